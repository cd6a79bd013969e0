//! The laws about what becomes of commitments: each gets its verdict, once, and none is lost.

use std::collections::BTreeMap;

use owed::commitment::{Event as Fact, Happened, Phase, Stamp, Verdict, VoidCause};
use owed::report::{Row, Tally, statements};
use owed::{Cause, Command, Event, Timestamp};
use proptest::prelude::*;

use super::book::Book;
use super::desk::Desk;
use super::story::for_every_story;

/// Every commitment ever made is, at every instant, pending with a wake-up, or has a verdict.
#[test]
fn nothing_is_forgotten() {
    for_every_story(|story| {
        story.play(|desk, _| {
            let book = Book::of(&desk.log);
            let ledger = desk.ticket.ledger();
            prop_assert_eq!(ledger.all().count(), book.entries.len());
            for (id, entry) in &book.entries {
                let Some(known) = ledger.get(*id) else { return Err(TestCaseError::fail(format!("{id} is lost"))) };
                prop_assert_eq!(known.verdict(), entry.verdict, "{:?}", known);
                prop_assert_eq!(known.is_open(), entry.closed.is_none());
                let limit = match &known.phase {
                    Phase::Candidate { review_by: limit, .. } | Phase::Conditional { limit, .. } => *limit,
                    Phase::Active { .. } => known.due,
                    Phase::Paused { resume_by, .. } => *resume_by,
                    Phase::Overdue | Phase::Closed { .. } => continue,
                };
                let wake = desk.ticket.next_wake();
                prop_assert!(wake.is_some_and(|wake| wake.at <= limit.plus_micros(1)), "{wake:?} for {known:?}");
            }
            Ok(())
        })
    });
}

/// From any state, time alone gives every commitment a verdict, at an instant and in a number of wakes known beforehand.
#[test]
fn everything_is_decided() {
    for_every_story(|story| {
        let mut desk = Desk::new(&story.rules);
        for turn in &story.turns {
            desk.handle(&turn.command);
        }
        let before = Book::of(&desk.log);
        let pending = || before.entries.iter().filter(|(_, entry)| entry.verdict == Verdict::Pending);
        // At most: it goes on, warns anew, and is broken.
        let bound: usize = pending().map(|(_, entry)| 2 + entry.terms.warn.len()).sum();
        let rest = desk.sleep_on(bound, |_, _| Ok::<_, TestCaseError>(()))?;
        prop_assert_eq!(desk.ticket.next_wake(), None, "{:?} within {} wakes", rest, bound);
        let after = Book::of(&desk.log);
        for (id, entry) in pending() {
            prop_assert_eq!(after.entries[id].verdict, Verdict::Breached);
            let breach = after.entries[id].breach.as_ref().map(|breach| breach.at);
            let left = |micros: u64, from: Timestamp| from.plus_micros(micros).min(Timestamp::MAX.minus_micros(1));
            match (&entry.paused, entry.clock.budget) {
                (None, _) => prop_assert_eq!(breach, Some(entry.due)),
                (Some(paused), owed::calendar::Amount::Elapsed(_)) => {
                    prop_assert_eq!(breach, Some(left(paused.left.as_micros(), paused.resume_by)));
                }
                (Some(paused), owed::calendar::Amount::Working(_)) => prop_assert!(breach >= Some(paused.resume_by)),
            }
        }
        Ok(())
    });
}

/// A verdict is given once. A correction is an event, once, and leaves both on record. What is closed stays closed.
#[test]
fn a_verdict_is_given_once() {
    for_every_story(|story| {
        let book = Book::read(&story.played().log, |_, entry, recorded, fact| {
            let Some(entry) = entry else {
                prop_assert!(matches!(fact, Fact::Promised(_)), "{recorded:?} of nothing");
                return Ok(());
            };
            let (broken, closed) = (entry.breach.is_some(), entry.closed.is_some());
            let fits = match fact {
                Fact::Promised(_) => false,
                // A repair of what was kept after all is not owed, broken itself or not.
                Fact::Voided { cause: VoidCause::Corrected { .. }, .. } => !closed,
                Fact::Fulfilled { .. } | Fact::Voided { .. } | Fact::Breached { .. } | Fact::Retargeted(_) => {
                    !broken && !closed
                }
                Fact::Warned { .. } | Fact::Paused { .. } => !broken && !closed && entry.paused.is_none(),
                Fact::PauseJoined { .. } | Fact::PauseLeft { .. } | Fact::Resumed { .. } => entry.paused.is_some(),
                Fact::DeliveredLate { .. } | Fact::Overtaken { .. } | Fact::Superseded { .. } | Fact::Ended { .. } => {
                    broken && !closed
                }
                Fact::Suggested(_)
                | Fact::PromisedOnCondition(_)
                | Fact::Confirmed { .. }
                | Fact::ConditionMet { .. }
                | Fact::Attempted { .. }
                | Fact::Announced { .. }
                | Fact::Amended(_)
                | Fact::Proposed { .. }
                | Fact::Chased { .. }
                | Fact::Heard { .. }
                | Fact::Excluded { .. }
                | Fact::Delegated { .. }
                | Fact::PutAtRisk { .. }
                | Fact::HorizonReached { .. }
                | Fact::Redacted { .. } => !closed,
                Fact::Corrected { .. } => entry.verdict == Verdict::Breached,
                Fact::HandedOver { .. } => !closed,
            };
            prop_assert!(fits, "{recorded:?} after {entry:?}");
            if let (Fact::Corrected { done, .. }, Some(breach)) = (fact, &entry.breach) {
                let since = entry.promised.since.unwrap_or(entry.promised.clock.since);
                prop_assert!((since..=breach.at).contains(done), "{recorded:?} of {breach:?}");
                let mut commands = story.turns.iter().map(|turn| &turn.command);
                // A status that is dated before it was owed holds from then.
                let stamped = |happened: Happened| happened.stamp == Stamp::Transport && happened.at <= *done;
                let vouched = |command: &Command| {
                    Cause::Command(command.id) == recorded.cause && command.happened.is_some_and(stamped)
                };
                prop_assert!(commands.any(vouched), "{recorded:?} vouched for by nobody");
            }
            Ok(())
        })?;
        let ticket = story.played().ticket;
        for (id, entry) in &book.entries {
            let Some(known) = ticket.ledger().get(*id) else { return Err(TestCaseError::fail("lost")) };
            prop_assert_eq!(known.verdict(), entry.verdict);
            prop_assert_eq!(known.breach.map(|breach| breach.at), entry.breach.as_ref().map(|breach| breach.at));
            prop_assert_eq!(known.closed_at(), entry.closed.as_ref().map(|closed| closed.at));
        }
        Ok(())
    });
}

/// made = pending + fulfilled + breached + void, whoever counts, and each made once.
#[test]
fn made_equals_decided_plus_pending() {
    for_every_story(|story| {
        story.play(|desk, call| {
            let mut counted: BTreeMap<Verdict, u64> = BTreeMap::new();
            let book = Book::of(&desk.log);
            book.entries.values().for_each(|entry| *counted.entry(entry.verdict).or_default() += 1);
            let made =
                desk.log.iter().filter(|recorded| matches!(&recorded.event, Event::Commitment(Fact::Promised(_))));
            let made = made.count() as u64;
            prop_assert_eq!(counted.values().sum::<u64>(), made);
            let mut tally = Tally::new();
            tally.count(&desk.ticket, desk.rules, call.now);
            let Row { made: told, fulfilled, breached, void, pending, overdue, .. } = tally.total();
            prop_assert_eq!((told, fulfilled + breached + void + pending), (made, made));
            let of = |verdict| counted.get(&verdict).copied().unwrap_or(0);
            prop_assert_eq!((fulfilled, breached), (of(Verdict::Fulfilled), of(Verdict::Breached)));
            prop_assert_eq!((void, pending), (of(Verdict::Void), of(Verdict::Pending)));
            let owed =
                book.entries.values().filter(|entry| entry.verdict == Verdict::Breached && entry.closed.is_none());
            prop_assert_eq!(overdue, owed.count() as u64);
            prop_assert_eq!(statements(&desk.ticket, desk.rules, call.now).len() as u64, made);
            Ok(())
        })
    });
}
