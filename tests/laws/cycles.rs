//! The laws about cycles of a metric: each stretch is owed once, whatever becomes of it.

use std::collections::BTreeMap;

use owed::commitment::{AgreementKind, Event as Fact, Happened, Origin, RuleReason, Stamp, VoidCause};
use owed::ticket::Order as About;
use owed::{Command, CommandId, CommitmentId, Event, Name, Order, Recorded, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::book::{Book, Entry};
use super::desk::Desk;
use super::story::for_every_story;

/// What has been decided is not owed again: a cycle that begins in hindsight goes on with a stretch that the ticket had left.
#[test]
fn a_stretch_is_owed_once() {
    for_every_story(|story| {
        let mut stretches: BTreeMap<(Name, AgreementKind, Timestamp), CommitmentId> = BTreeMap::new();
        Book::read(&story.played().log, |book, _, recorded, fact| {
            let Fact::Promised(promised) = fact else { return Ok(()) };
            let Origin::Policy(cycle) = &promised.origin else { return Ok(()) };
            // What goes on with a cycle is that cycle still.
            if promised.renews.is_some() {
                return Ok(());
            }
            // What is taken up where it was left has run since before.
            let since = promised.since.unwrap_or(promised.clock.since);
            let earlier = stretches.insert((cycle.metric.clone(), cycle.kind, since), promised.commitment);
            let told = story.turns.iter().filter(|turn| turn.command.at == recorded.at);
            let fresh = told.map(|turn| turn.command.happened.map_or(recorded.at, |happened| happened.at));
            if let Some(earlier) = earlier.filter(|_| !fresh.collect::<Vec<_>>().contains(&since)) {
                // What goes on with one whose end was none decides for it.
                let next = |id: &CommitmentId| book.entries[id].renewed_by;
                let last = std::iter::successors(Some(earlier), next).last().expect("itself at least");
                let last = &book.entries[&last];
                prop_assert!(was_left(last) || was_done_at(last, since), "{recorded:?} after {last:?}");
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// Whether nothing was decided: the ticket had left it, or its start turned out to have been something else.
fn was_left(entry: &Entry) -> bool {
    let left = |closed: &Recorded| match &closed.event {
        Event::Commitment(Fact::Voided { cause: VoidCause::Rule(rule), .. }) => rule.why == RuleReason::Left,
        // Not what a host has struck out: of that its own start is decided.
        Event::Commitment(Fact::Voided { cause: VoidCause::InError { reason, .. }, .. }) => {
            reason.as_str() == "its start was something else"
        }
        Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => false,
    };
    entry.closed.as_ref().is_some_and(left)
}

/// Whether it was done in the instant in which it began: what has begun with that is another.
fn was_done_at(entry: &Entry, since: Timestamp) -> bool {
    let done = entry.closed.as_ref().map(|closed| &closed.event);
    matches!(done, Some(Event::Commitment(Fact::Fulfilled { done, .. })) if *done == since)
}

/// A target that comes to apply late finds the same stretches running, since the same instants, as one that always applied.
#[test]
fn hindsight_equals_foresight() {
    for_every_story(|story| {
        let (always, late) = rulebooks(&story.text);
        let (mut always, mut late) = (Desk::new(&always), Desk::new(&late));
        let turns = story.turns.iter().map(|turn| turn.command.clone());
        // What was put right in a past that the one ticket has lived through by then, and the other has not, is another matter.
        let lives = |order: &Order| {
            !matches!(order, Order::Commitment(_) | Order::Ticket(About::Reclassify { .. } | About::Bounce { .. }))
        };
        let mut commands: Vec<_> = turns.filter(|command| lives(&command.order)).collect();
        commands.sort_by_key(|command| command.at);
        stamp_some_early(&mut commands);
        let middle = commands.len() / 2;
        for (index, command) in commands.iter().enumerate() {
            if index == middle {
                let order = Order::Ticket(About::SetPriority { priority: Some(LATE.parse().unwrap()) });
                let change = Command { id: CommandId(Uuid::from_u128(0xC1)), order, ..command.clone() };
                always.handle(&change);
                late.handle(&change);
            }
            if index < middle || !matches!(command.order, Order::Ticket(About::SetPriority { .. })) {
                always.handle(command);
                late.handle(command);
            }
            if late.ticket.priority().is_some_and(|priority| priority.as_str() == LATE) {
                prop_assert_eq!(running(&always.ticket), running(&late.ticket), "after {:?}", command);
            }
        }
        Ok(())
    });
}

/// Clocks that disagree: every third command tells of something from before the one before it was taken in.
fn stamp_some_early(commands: &mut [Command]) {
    let taken_in: Vec<Timestamp> = commands.iter().map(|command| command.at).collect();
    for (command, before) in commands.iter_mut().skip(1).zip(taken_in).step_by(3) {
        command.happened = Some(Happened { at: before.minus_micros(1_000_000), stamp: Stamp::Transport });
    }
}

/// The priority with which the targets come to apply.
const LATE: &str = "late";

/// The first edition with all targets goals without a deadline; once for every ticket, and once from a priority on.
fn rulebooks(text: &str) -> (Rulebook, Rulebook) {
    let mut book: Value = serde_json::from_str(text).unwrap();
    let mut edition = book["editions"][0].take();
    edition.as_object_mut().unwrap().remove("from");
    let mut with = |when: Value| {
        for agreement in edition["agreements"].as_array_mut().unwrap() {
            agreement["binding"] = json!("goal");
            agreement["when"] = when.clone();
            // What an agreement owes from or until some day, it does not owe in hindsight.
            agreement.as_object_mut().unwrap().retain(|key, _| key != "from" && key != "until" && key != "on_return");
            for target in agreement["targets"].as_object_mut().unwrap().values_mut() {
                target["budget"] = json!("90000000 hours");
                // What is owed for a breach would keep the one ticket from closing, and not the other.
                target.as_object_mut().unwrap().remove("breach_owes");
            }
        }
        serde_json::from_value(edition.clone()).unwrap()
    };
    (with(json!({})), with(json!({ "priority": [LATE] })))
}

fn running(ticket: &Ticket) -> BTreeMap<(Name, Name), Timestamp> {
    let cycles = ticket.ledger().open().filter_map(|owed| match &owed.origin {
        Origin::Policy(cycle) => Some(((cycle.agreement.clone(), cycle.metric.clone()), owed.since)),
        Origin::Spoken { .. }
        | Origin::Amends { .. }
        | Origin::Delegated { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => None,
    });
    cycles.collect()
}
