//! The laws about what becomes of commitments: each gets its verdict, once, and none is lost.

use std::collections::BTreeMap;

use owed::commitment::{Actor, BreachCause, Event as Fact, Happened, Phase, PhaseName, Stamp, Verdict, VoidCause};
use owed::report::{Row, Tally, statements};
use owed::rulebook::Edition;
use owed::ticket::Order as Turn;
use owed::{Cause, Command, Event, Order, Recorded, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Entry, Waits};
use super::desk::Desk;
use super::story::{Story, for_every_story};

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
                prop_assert_eq!(known.phase.name(), entry.phase(), "{:?}", known);
                prop_assert_eq!((known.due, known.binding), (entry.due, entry.binding), "{:?}", known);
                prop_assert_eq!(&known.terms, &entry.terms);
                prop_assert_eq!((known.repaired_by, known.repairs), (entry.repaired_by, entry.repairs));
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
        let bound: usize = pending().map(|(_, entry)| wakes(entry)).sum();
        let made: usize = pending().map(|(_, entry)| owed_for_breaches(entry)).sum();
        let rest = desk.sleep_on(bound, |_, _| Ok::<_, TestCaseError>(()))?;
        prop_assert_eq!(desk.ticket.next_wake(), None, "{:?} within {} wakes", rest, bound);
        let after = Book::of(&desk.log);
        prop_assert!(after.entries.len() <= before.entries.len() + made);
        for entry in after.entries.values() {
            prop_assert!(entry.verdict != Verdict::Pending, "{entry:?}");
        }
        for (id, entry) in pending() {
            let then = &after.entries[id];
            let breach = then.breach.as_ref().map(|breach| breach.at);
            let left = |micros: u64, from: Timestamp| from.plus_micros(micros).min(Timestamp::MAX.minus_micros(1));
            let lapsed = match entry.waits {
                Some(Waits::Review(review_by, Some(limit))) => Some(limit.max(review_by)),
                Some(Waits::Condition(limit)) => Some(limit),
                Some(Waits::Review(_, None)) | None => None,
            };
            if let Some(lapsed) = lapsed {
                prop_assert!(then.is_void(|cause| *cause == VoidCause::Lapsed), "{then:?}");
                prop_assert_eq!(then.closed.as_ref().map(|closed| closed.at), Some(lapsed));
                continue;
            }
            prop_assert_eq!(then.verdict, Verdict::Breached);
            match (&entry.paused, entry.clock.budget) {
                (None, _) => match entry.waits {
                    Some(Waits::Review(review_by, _)) => prop_assert_eq!(breach, Some(entry.due.max(review_by))),
                    Some(Waits::Condition(_)) | None => prop_assert_eq!(breach, Some(entry.due)),
                },
                (Some(paused), owed::calendar::Amount::Elapsed(_)) => {
                    prop_assert_eq!(breach, Some(left(paused.left.as_micros(), paused.resume_by)));
                }
                (Some(paused), owed::calendar::Amount::Working(_)) => prop_assert!(breach >= Some(paused.resume_by)),
            }
        }
        Ok(())
    });
}

/// At most so many: somebody should have looked, the customer is not heard of; or it goes on, warns anew, and is broken. Then
/// what its breach owes, and what takes its place if other terms were told.
fn wakes(entry: &Entry) -> usize {
    let told = entry.proposal.as_ref().map_or(0, |_| 1 + entry.terms.warn.len());
    3 + entry.terms.warn.len() + told + owed_for_breaches(entry)
}

/// At most so many are made by its breach, and by the breaches of those.
fn owed_for_breaches(entry: &Entry) -> usize {
    let depth = entry.terms.breach_owes.as_ref().map_or(0, |owes| usize::from(owes.depth));
    entry.proposal.as_ref().map_or(depth, |_| 1 + 2 * depth)
}

/// Which fact may come of what was in such a phase: the chart, as far as one fact shows.
fn may_follow(entry: &Entry, fact: &Fact) -> bool {
    use PhaseName::{Active, Candidate, Closed, Conditional, Overdue, Paused};
    let phase = entry.phase();
    let in_any = |phases: &[PhaseName]| phases.contains(&phase);
    match fact {
        // One that is made is not there before.
        Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_) => false,
        Fact::Fulfilled { .. } => in_any(&[Candidate, Conditional, Active, Paused]),
        Fact::Breached { cause: BreachCause::Deadline, .. } | Fact::Warned { .. } | Fact::Paused { .. } => {
            in_any(&[Active])
        }
        Fact::Breached {
            cause: BreachCause::BornLate | BreachCause::Withdrawn | BreachCause::Impossible | BreachCause::Unanswered,
            ..
        }
        | Fact::Retargeted(_)
        | Fact::Chased { .. } => in_any(&[Active, Paused]),
        // What was told may have run out by the breach, and his no have come in after it.
        Fact::Declined { .. } => {
            let broke = entry.breach.as_ref().map(|breach| breach.at);
            let ran_out = broke.zip(entry.proposal.as_ref()).is_some_and(|(broke, told)| told.due_at <= broke);
            entry.proposal.is_some() && (in_any(&[Conditional, Active, Paused]) || in_any(&[Overdue]) && ran_out)
        }
        Fact::Amended(_) | Fact::Proposed { .. } => in_any(&[Conditional, Active, Paused]),
        Fact::PauseJoined { .. } | Fact::PauseLeft { .. } | Fact::Resumed { .. } => in_any(&[Paused]),
        Fact::DeliveredLate { .. } | Fact::Overtaken { .. } | Fact::Superseded { .. } | Fact::Ended { .. } => {
            in_any(&[Overdue])
        }
        Fact::Confirmed { running, .. } => match entry.waits {
            Some(Waits::Review(_, limit)) => in_any(&[Candidate]) && limit.is_none() == running.is_some(),
            Some(Waits::Condition(_)) | None => false,
        },
        Fact::ConditionMet { .. } => in_any(&[Conditional]),
        Fact::HorizonReached { .. } => in_any(&[Active]),
        Fact::Attempted { .. } => in_any(&[Active, Paused, Overdue]),
        Fact::Announced { .. } | Fact::HandedOver { .. } => !in_any(&[Closed]),
        Fact::Heard { .. } => !in_any(&[Closed]) && !entry.chased.is_empty(),
        Fact::Delegated { .. } => in_any(&[Conditional, Active, Overdue]),
        Fact::PutAtRisk { .. } => entry.verdict == Verdict::Pending,
        Fact::Excluded { .. } => entry.verdict == Verdict::Breached && entry.breach.is_some(),
        Fact::Redacted { .. } => true,
        // From one ticket to another; here is one.
        Fact::CarriedOut { .. } | Fact::CarriedIn { .. } => false,
        Fact::Corrected { .. } => entry.verdict == Verdict::Breached,
        // It takes back what time has said: that it was broken, or that the customer did not come.
        Fact::Voided { cause, corrects: Some(_), .. } => match cause {
            VoidCause::Released { .. } | VoidCause::Renegotiated { .. } | VoidCause::SeriesStopped { .. } => {
                entry.verdict == Verdict::Breached
                    || entry.is_void(|cause| matches!(cause, VoidCause::Lapsed | VoidCause::CustomerAbsent))
            }
            VoidCause::InTime { .. } => {
                entry.is_void(|cause| matches!(cause, VoidCause::Lapsed | VoidCause::CustomerAbsent))
                    || entry.verdict == Verdict::Breached && entry.repaired_by.is_some()
            }
            // It was needed no more before its deadline.
            VoidCause::Rule(_) => in_any(&[Overdue]),
            _ => false,
        },
        Fact::Voided { cause, corrects: None, .. } => match cause {
            VoidCause::InTime { .. } => false,
            VoidCause::Released { .. } | VoidCause::Renegotiated { .. } => in_any(&[Conditional, Active, Paused]),
            VoidCause::Rule(_) | VoidCause::CustomerAbsent => in_any(&[Active, Paused]),
            // A repair of what was kept after all is not owed, broken itself or not.
            VoidCause::Corrected { .. } => !in_any(&[Closed]),
            VoidCause::Dismissed { .. } => in_any(&[Candidate]),
            VoidCause::Lapsed | VoidCause::Withdrawn { .. } => in_any(&[Conditional]),
            VoidCause::SeriesStopped { .. } => entry.verdict == Verdict::Pending,
            // What was thought to have ended it, in time or late or for want of need, was something else.
            VoidCause::Retracted { .. } => match entry.closed.as_ref().map(|closed| &closed.event) {
                Some(Event::Commitment(Fact::Voided { cause, .. })) => matches!(cause, VoidCause::Rule(_)),
                Some(Event::Commitment(closing)) => {
                    matches!(
                        closing,
                        Fact::Fulfilled { .. }
                            | Fact::Corrected { .. }
                            | Fact::DeliveredLate { .. }
                            | Fact::Overtaken { .. }
                    )
                }
                Some(Event::Ticket(_) | Event::Escalation(_)) | None => false,
            },
            VoidCause::InError { .. } => !entry.is_void(|cause| matches!(cause, VoidCause::InError { .. })),
        },
    }
}

/// A verdict is given once. What puts a record right is an event, each once, and leaves both on record. What is closed stays
/// closed.
#[test]
fn a_verdict_is_given_once() {
    for_every_story(|story| {
        let book = Book::read(&story.played().log, |_, entry, recorded, fact| {
            let Some(entry) = entry else {
                let made = matches!(fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_));
                prop_assert!(made, "{recorded:?} of nothing");
                return Ok(());
            };
            prop_assert!(may_follow(entry, fact), "{recorded:?} when {:?}: {entry:?}", entry.phase());
            match fact {
                Fact::Corrected { done, stamp, .. } => corrected(story, entry, recorded, *done, *stamp)?,
                Fact::ConditionMet { met, .. } => {
                    let Some(Waits::Condition(limit)) = entry.waits else { return Err(TestCaseError::fail("not so")) };
                    let told = recorded.happened.map_or(recorded.at, |happened| happened.at);
                    prop_assert!(recorded.at <= limit && *met == told.max(entry.since), "{recorded:?}");
                }
                _ => {}
            }
            Ok(())
        })?;
        let ticket = story.played().ticket;
        for (id, entry) in &book.entries {
            let Some(known) = ticket.ledger().get(*id) else { return Err(TestCaseError::fail("lost")) };
            prop_assert_eq!(known.verdict(), entry.verdict);
            prop_assert_eq!(known.breach.map(|breach| breach.at), entry.breach.as_ref().map(|breach| breach.at));
            prop_assert_eq!(known.closed_at(), entry.closed.as_ref().map(|closed| closed.at));
            // A verdict and no more than one correction, one retraction and one striking out.
            prop_assert!(entry.closings.len() <= 4, "{entry:?}");
            let of_kind = |wanted: fn(&Fact) -> bool| {
                entry.closings.iter().filter(move |closing| match &closing.event {
                    Event::Commitment(fact) => wanted(fact),
                    Event::Ticket(_) | Event::Escalation(_) => false,
                })
            };
            let corrected = |fact: &Fact| matches!(fact, Fact::Corrected { .. });
            prop_assert!(of_kind(corrected).count() <= 1);
            let retracted = |fact: &Fact| matches!(fact, Fact::Voided { cause: VoidCause::Retracted { .. }, .. });
            prop_assert!(of_kind(retracted).count() <= 1);
            let in_error = |fact: &Fact| matches!(fact, Fact::Voided { cause: VoidCause::InError { .. }, .. });
            prop_assert!(of_kind(in_error).count() <= 1);
        }
        Ok(())
    });
}

/// Proof that it was done in time: the channel's always, a person's inside the window and, where four eyes are asked for, only if
/// he is another than the one who answers for it.
fn corrected(story: &Story, entry: &Entry, recorded: &Recorded, done: Timestamp, stamp: Stamp) -> TestCaseResult {
    let Some(breach) = &entry.breach else { return Err(TestCaseError::fail("it was not broken")) };
    prop_assert!((entry.since..=breach.at).contains(&done), "{recorded:?} of {breach:?}");
    let mut commands = story.turns.iter().map(|turn| &turn.command);
    // A status that is dated before it was owed holds from then.
    let stamped = |happened: Happened| happened.stamp == stamp && happened.at <= done;
    let vouched = |command: &Command| {
        let may = command.happened.is_some_and(stamped) || puts_right(command, stamp);
        Cause::Command(command.id) == recorded.cause && may
    };
    prop_assert!(commands.any(vouched), "{recorded:?} vouched for by nobody");
    if stamp == Stamp::Claim {
        let corrections = story.rules.edition(entry.edition).and_then(Edition::corrections);
        let Some(corrections) = corrections else { return Err(TestCaseError::fail("nobody may")) };
        let until = breach.at.plus_micros(corrections.window.as_micros());
        prop_assert!(recorded.at <= until, "{recorded:?} after {until}");
        // Whoever answered for it when it was broken.
        let Event::Commitment(Fact::Breached { owner, .. }) = &breach.event else { return Ok(()) };
        let owner = owner.agent.as_ref();
        let his_own = matches!(&recorded.by, Some(Actor::Agent(by)) if Some(by) == owner);
        prop_assert!(!corrections.four_eyes || !his_own, "{recorded:?} of {breach:?}");
    }
    Ok(())
}

/// Whether a message is filed anew, or came back: a person claims it, and what other messages were the channel has always known.
fn puts_right(command: &Command, stamp: Stamp) -> bool {
    let person = matches!(command.by, Actor::Agent(_) | Actor::Customer(_) | Actor::Vendor(_));
    let is_one = matches!(command.order, Order::Ticket(Turn::Reclassify { .. } | Turn::Bounce { .. }));
    is_one && (stamp == Stamp::Transport || person)
}

/// made = pending + fulfilled + breached + void, whoever counts, and each made once.
#[test]
fn made_equals_decided_plus_pending() {
    for_every_story(|story| {
        story.play(|desk, call| {
            let mut counted: BTreeMap<Verdict, u64> = BTreeMap::new();
            let book = Book::of(&desk.log);
            book.entries.values().for_each(|entry| *counted.entry(entry.verdict).or_default() += 1);
            let made = desk.log.iter().filter(|recorded| match &recorded.event {
                Event::Commitment(fact) => {
                    matches!(fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_))
                }
                Event::Ticket(_) | Event::Escalation(_) => false,
            });
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
