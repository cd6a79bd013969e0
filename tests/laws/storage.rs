//! The laws about storing: what is on disk is all there is, and nothing happens twice.

use std::collections::BTreeSet;

use owed::{Cause, Recorded, Ticket, effects};
use proptest::prelude::*;

use super::desk::Desk;
use super::steps::TICKET;
use super::story::{Story, for_every_story};

/// A ticket is what its stored events make of it, after every call, also after one that was refused.
#[test]
fn replay_equals_live() {
    for_every_story(|story| {
        let mut mirror = Ticket::new(TICKET);
        story.play(|desk, call| {
            for recorded in desk.heard(call) {
                let stored = serde_json::to_string(recorded).unwrap();
                let loaded: Recorded = serde_json::from_str(&stored).unwrap();
                prop_assert_eq!(&loaded, recorded);
                mirror.apply(&loaded);
            }
            prop_assert_eq!(&mirror, &desk.ticket);
            prop_assert_eq!(mirror.next_wake(), desk.ticket.next_wake());
            Ok(())
        })?;
        let desk = story.played();
        prop_assert_eq!(Ticket::replay(TICKET, &desk.log), mirror);
        Ok(())
    });
}

/// A stored ticket goes on as if it had never been put away, with events that come or with those that had come.
#[test]
fn snapshot_plus_tail_equals_all() {
    for_every_story(|story| {
        let mut desk = Desk::new(&story.rules);
        let mut snapshots = Vec::new();
        for turn in &story.turns {
            let stored = serde_json::to_string(&desk.ticket).unwrap();
            let loaded: Ticket = serde_json::from_str(&stored).unwrap();
            prop_assert_eq!(&loaded, &desk.ticket);
            prop_assert_eq!(loaded.next_wake(), desk.ticket.next_wake());
            snapshots.push((loaded.clone(), desk.log.len()));
            let mut restored = Desk { rules: &story.rules, ticket: loaded, log: desk.log.clone() };
            let (call, again) = (desk.handle(&turn.command), restored.handle(&turn.command));
            prop_assert_eq!(call.refusal, again.refusal);
            prop_assert_eq!(&restored.log, &desk.log);
        }
        for (mut ticket, first) in snapshots {
            desk.log[first..].iter().for_each(|recorded| ticket.apply(recorded));
            prop_assert_eq!(&ticket, &desk.ticket);
        }
        Ok(())
    });
}

/// The same rulebook and commands give the same events and refusals, byte for byte; also by a rulebook that was stored.
#[test]
fn same_input_same_bytes() {
    let told = |story: &Story| {
        let mut text = String::new();
        let rest = story.play(|desk, call| {
            text += &serde_json::to_string(desk.heard(call)).unwrap();
            text += &serde_json::to_string(&call.refusal).unwrap();
            text += &serde_json::to_string(&desk.ticket).unwrap();
            Ok(())
        });
        rest.map(|()| text)
    };
    for_every_story(|story| {
        let stored = serde_json::to_string(&*story.rules).unwrap();
        let rules = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(&rules, &*story.rules);
        let again = Story { rules: std::sync::Arc::new(rules), ..story.clone() };
        prop_assert_eq!(told(story)?, told(&again)?);
        Ok(())
    });
}

/// A command that is sent again at once, or at any time after it was recorded, changes nothing; nor does an event.
#[test]
fn duplicates_are_harmless() {
    for_every_story(|story| {
        let mut desk = Desk::new(&story.rules);
        for (index, turn) in story.turns.iter().enumerate() {
            let first = desk.handle(&turn.command);
            for again in story.turns[..=index].iter().map(|turn| &turn.command) {
                let by_it = |known: &Recorded| known.at == again.at && known.cause == Cause::Command(again.id);
                let recorded = desk.log.iter().any(by_it);
                if !recorded && again != &turn.command {
                    continue;
                }
                let mut twice = desk.clone();
                let call = twice.handle(again);
                prop_assert_eq!(&twice.log, &desk.log, "{:?} once more", again);
                prop_assert_eq!(&twice.ticket, &desk.ticket);
                prop_assert!(again != &turn.command || recorded || call.refusal == first.refusal);
            }
            let mut again = desk.ticket.clone();
            desk.log.iter().for_each(|recorded| again.apply(recorded));
            prop_assert_eq!(&again, &desk.ticket);
        }
        Ok(())
    });
}

/// What a host has to do follows from a stored event alone, and each has an id of its own.
#[test]
fn an_outbox_can_be_made_again() {
    for_every_story(|story| {
        let log = story.played().log;
        let ids: Vec<_> = log.iter().flat_map(effects).map(|effect| effect.id).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        for recorded in &log {
            let noticed = Recorded { noticed: owed::Timestamp::MAX, ..recorded.clone() };
            prop_assert_eq!(effects(recorded), effects(&noticed));
        }
        Ok(())
    });
}
