//! The laws about a rulebook that grows: what is owed goes on by the edition that it was made under.

use std::collections::BTreeSet;

use owed::commitment::{Event as Fact, Order as About, Origin, Renewal};
use owed::ticket::{Event as Turned, Order as Turn};
use owed::{CommitmentId, EditionNumber, Event, Order, Recorded, Rulebook, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::book::Book;
use super::desk::Desk;
use super::story::{Story, for_every_story};

/// Each event names the edition that it was found under: a commitment's own, else the one in force.
#[test]
fn a_commitment_keeps_its_edition() {
    for_every_story(|story| {
        let log = story.played().log;
        let in_force = |recorded: &Recorded| {
            let begun = (1..=story.rules.len()).map(EditionNumber).take_while(|number| {
                let edition = story.rules.edition(*number).expect("an edition");
                edition.from().is_none_or(|from| from <= recorded.at)
            });
            begun.last()
        };
        for recorded in log.iter().filter(|recorded| matches!(recorded.event, Event::Ticket(_))) {
            prop_assert_eq!(Some(recorded.edition), in_force(recorded));
        }
        Book::read(&log, |book, entry, recorded, fact| {
            // What springs from another goes by the edition of that.
            let from = springs_from(fact).map(|from| book.entries[&from].edition);
            let pinned = from.or_else(|| entry.map(|entry| entry.edition)).or_else(|| in_force(recorded));
            // What is planned anew goes by the edition in force, and what begins again on a reopened ticket does.
            let reopened = matches!(fact, Fact::Promised(made) if made.renews.is_some_and(|renews| renews.why == Renewal::Reopened));
            if reopened || replanned(&log, recorded) && is_replanned(fact) {
                prop_assert_eq!(Some(recorded.edition), in_force(recorded));
                return Ok(());
            }
            prop_assert_eq!(Some(recorded.edition), pinned);
            Ok(())
        })?;
        Ok(())
    });
}

/// Whether it is what the rules in force were let apply for.
fn replanned(log: &[Recorded], recorded: &Recorded) -> bool {
    let replans = |other: &Recorded| matches!(other.event, Event::Ticket(Turned::Replanned { .. }));
    log.iter().filter(|other| (other.cause, other.at) == (recorded.cause, recorded.at)).any(replans)
}

/// The target, and what the clock stands still for.
fn is_replanned(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Retargeted(_)
            | Fact::Breached { .. }
            | Fact::Paused { .. }
            | Fact::PauseJoined { .. }
            | Fact::PauseLeft { .. }
            | Fact::Resumed { .. }
    )
}

fn springs_from(fact: &Fact) -> Option<CommitmentId> {
    let (origin, renews) = match fact {
        Fact::Promised(made) => (&made.origin, made.renews),
        Fact::Suggested(made) | Fact::PromisedOnCondition(made) => (&made.origin, made.renews),
        _ => return None,
    };
    // What goes on with another is that one still, whoever had given it on.
    renews.map(|renews| renews.of).or(match origin {
        Origin::Amends { of, .. } | Origin::Delegated { by: of } => Some(*of),
        Origin::Policy(_)
        | Origin::Spoken { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => None,
    })
}

/// Whatever the last edition says, what was owed before it goes the same way.
#[test]
fn an_edition_moves_nothing_that_is_owed() {
    for_every_story(|story| {
        let mut book: Value = serde_json::from_str(&story.text).unwrap();
        let last = EditionNumber(story.rules.len());
        let Some(from) = story.rules.edition(last).and_then(|edition| edition.from()) else { return Ok(()) };
        *book["editions"].as_array_mut().unwrap().last_mut().unwrap() = json!({ "from": from, "agreements": [] });
        let other: Rulebook = serde_json::from_value(book).unwrap();
        prop_assert_eq!(of_old(story, &story.rules, from, last), of_old(story, &other, from, last));
        Ok(())
    });
}

/// What is recorded of the commitments of earlier editions, if no promise is made and nothing is closed after the last one.
fn of_old(story: &Story, rules: &Rulebook, from: Timestamp, last: EditionNumber) -> Vec<Recorded> {
    let alike = |order: &Order| match order {
        Order::Ticket(order) => !matches!(order, Turn::Close {} | Turn::Replan {}),
        Order::Escalation(_) => true,
        // What makes one that has an id of the host's: whether that is taken depends on what else was made.
        Order::Commitment(order) => !matches!(
            order,
            About::Promise(_)
                | About::Suggest { .. }
                | About::Delegate { .. }
                | About::Accept { .. }
                | About::TakeUpAgain { .. }
                | About::Retract { .. }
                | About::Reinstate { .. }
        ),
    };
    let mut desk = Desk::new(rules);
    let (mut latest, mut ids) = (Timestamp::MIN, BTreeSet::new());
    for command in story.turns.iter().map(|turn| &turn.command) {
        // Whether one that comes too late is taken depends on what else was.
        let in_order = command.at >= latest;
        // Which of two by one id is taken depends on whether the first was.
        let first = ids.insert(command.id);
        if first && (command.at < from || (in_order && alike(&command.order))) {
            latest = latest.max(command.at);
            desk.handle(command);
        }
    }
    desk.wake(Timestamp::MAX);
    let book = Book::of(&desk.log);
    let is_old = |recorded: &Recorded| match &recorded.event {
        Event::Commitment(fact) => book.entries[&fact.commitment()].edition < last,
        Event::Ticket(_) | Event::Escalation(_) => false,
    };
    let unnumbered = |recorded| Recorded { version: 0, ..recorded };
    desk.log.into_iter().filter(is_old).map(unnumbered).collect()
}
