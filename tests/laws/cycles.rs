//! The laws about cycles of a metric: each stretch is owed once, whatever becomes of it.

use std::collections::BTreeMap;

use owed::commitment::{Event as Fact, Origin, RuleReason, VoidCause};
use owed::ticket::Event as Turn;
use owed::{Command, CommitmentId, Event, Name, Order, Recorded, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::book::{Book, Entry};
use super::desk::Desk;
use super::story::for_every_story;

/// What has been decided is not owed again: a cycle that begins in hindsight goes on with a stretch that the ticket had left.
#[test]
fn a_stretch_is_owed_once() {
    for_every_story(|story| {
        let mut stretches: BTreeMap<(Name, Timestamp), CommitmentId> = BTreeMap::new();
        Book::read(&story.played().log, |book, _, recorded, fact| {
            let Fact::Promised(promised) = fact else { return Ok(()) };
            let Origin::Policy(cycle) = &promised.origin else { return Ok(()) };
            let since = promised.clock.since;
            let earlier = stretches.insert((cycle.metric.clone(), since), promised.commitment);
            let told = story.turns.iter().filter(|turn| turn.command.at == recorded.at);
            let fresh = told.map(|turn| turn.command.happened.map_or(recorded.at, |happened| happened.at));
            if let Some(earlier) = earlier.filter(|_| !fresh.collect::<Vec<_>>().contains(&since)) {
                prop_assert!(was_left(&book.entries[&earlier]), "{recorded:?} after {:?}", book.entries[&earlier]);
            }
            Ok(())
        })?;
        Ok(())
    });
}

fn was_left(entry: &Entry) -> bool {
    let left = |closed: &Recorded| match &closed.event {
        Event::Commitment(Fact::Voided { cause: VoidCause::Rule(rule), .. }) => rule.why == RuleReason::Left,
        Event::Commitment(_) | Event::Ticket(_) => false,
    };
    entry.closed.as_ref().is_some_and(left)
}

/// A target that comes to apply late finds the same stretches running, since the same instants, as one that always applied.
#[test]
fn hindsight_equals_foresight() {
    for_every_story(|story| {
        let turns = story.turns.iter().map(|turn| Command { happened: None, ..turn.command.clone() });
        let mut commands: Vec<_> = turns.filter(|command| matches!(command.order, Order::Ticket(_))).collect();
        commands.sort_by_key(|command| command.at);
        let Some(middle) = commands.get(commands.len() / 2) else { return Ok(()) };
        let (always, late) = rulebooks(&story.text, middle.at);
        let (mut always, mut late) = (Desk::new(&always), Desk::new(&late));
        let mut looked_again = false;
        for command in &commands {
            always.handle(command);
            let call = late.handle(command);
            let looks = |recorded: &Recorded| match &recorded.event {
                Event::Ticket(Turn::Opened { .. } | Turn::MessageAdded { .. } | Turn::Assigned { .. }) => false,
                Event::Ticket(_) => recorded.at >= middle.at,
                Event::Commitment(_) => false,
            };
            looked_again |= late.heard(&call).iter().any(looks);
            if looked_again {
                prop_assert_eq!(running(&always.ticket), running(&late.ticket), "after {:?}", command);
            }
        }
        Ok(())
    });
}

/// The first edition without conditions, promises and deadlines; once in force always, and once from an instant on.
fn rulebooks(text: &str, from: Timestamp) -> (Rulebook, Rulebook) {
    let mut book: Value = serde_json::from_str(text).unwrap();
    let mut edition = book["editions"][0].take();
    for agreement in edition["agreements"].as_array_mut().unwrap() {
        agreement["binding"] = json!("goal");
        agreement["when"] = json!({});
        for target in agreement["targets"].as_object_mut().unwrap().values_mut() {
            target["budget"] = json!("90000000 hours");
        }
    }
    edition["from"] = json!(from);
    let late = json!({ "editions": [{ "agreements": [] }, edition] });
    edition.as_object_mut().unwrap().remove("from");
    (serde_json::from_value(edition).unwrap(), serde_json::from_value(late).unwrap())
}

fn running(ticket: &Ticket) -> BTreeMap<Name, Timestamp> {
    let cycles = ticket.ledger().open().filter_map(|owed| match &owed.origin {
        Origin::Policy(cycle) => Some((cycle.metric.clone(), owed.clock.since)),
        Origin::Spoken { .. } => None,
    });
    cycles.collect()
}
