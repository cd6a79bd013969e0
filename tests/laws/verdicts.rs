//! The laws about what becomes of commitments: each gets its verdict, once, and none is lost.

use std::collections::BTreeMap;

use owed::commitment::{
    Actor, BreachCause, Clock, Ending, Event as Fact, Happened, Origin, Phase, PhaseName, Renewal, Stamp, Terms,
    Verdict, VoidCause,
};
use owed::report::{Row, Tally, statements};
use owed::rulebook::Edition;
use owed::ticket::Order as Turn;
use owed::{Cause, Command, CommitmentId, Event, Order, Recorded, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Entry, Waits};
use super::desk::Desk;
use super::running::carried;
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

/// What goes on with another is linked to it, of the same kind, and made by the fact that calls for it; nothing goes on twice,
/// and of all that go on with one another one at most is pending.
#[test]
fn a_successor_goes_on_with_one() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, _, recorded, fact| {
            let (renews, origin, beneficiary, binding) = match fact {
                Fact::Promised(made) => (made.renews, &made.origin, &made.beneficiary, made.binding),
                Fact::Suggested(made) | Fact::PromisedOnCondition(made) => {
                    (made.renews, &made.origin, &made.beneficiary, made.binding)
                }
                _ => return Ok(()),
            };
            let Some(renews) = renews else { return Ok(()) };
            let Some(old) = book.entries.get(&renews.of) else {
                return Err(TestCaseError::fail("goes on with nothing"));
            };
            // A breach that was corrected, and what was told voided with it: then the correction was the error.
            let by = old.renewed_by.map(|by| &book.entries[&by]).filter(|by| by.closed.is_none());
            // What is taken back may have been reopened meanwhile: that is another cycle, and goes on for itself.
            let reopened = |by: &Entry| by.renews.is_some_and(|renews| renews.why == Renewal::Reopened);
            let goes_on = by.is_some_and(|by| renews.why != Renewal::Retracted || !reopened(by));
            prop_assert!(!goes_on, "{recorded:?} of {old:?}");
            match (origin, &old.origin) {
                // It is another cycle, of the same metric.
                (Origin::Policy(new), Origin::Policy(old)) if renews.why == Renewal::Reopened => {
                    prop_assert_eq!((&new.metric, new.kind), (&old.metric, old.kind));
                }
                _ => prop_assert_eq!((origin, beneficiary), (&old.origin, &old.beneficiary)),
            }
            prop_assert!(recorded.edition == old.edition || renews.why == Renewal::Reopened);
            let id = fact.commitment();
            let names_it = |cause: &VoidCause| match cause {
                VoidCause::Renegotiated { successor, .. } => renews.why == Renewal::Accepted && *successor == id,
                VoidCause::Retracted { successor, .. } => renews.why == Renewal::Retracted && *successor == id,
                VoidCause::CustomerAbsent => renews.why == Renewal::Returned,
                VoidCause::InTime { successor, .. } => renews.why == Renewal::InTime && *successor == id,
                VoidCause::InError { .. } => renews.why == Renewal::Reinstated,
                _ => false,
            };
            match renews.why {
                Renewal::Accepted | Renewal::Told => prop_assert_eq!(binding, owed::commitment::Binding::Promised),
                // It is another cycle, perhaps under another agreement.
                Renewal::Reopened => {}
                Renewal::Retracted | Renewal::Returned | Renewal::Reinstated | Renewal::InTime => {
                    prop_assert_eq!(binding, old.binding)
                }
            }
            match renews.why {
                Renewal::Accepted | Renewal::Retracted | Renewal::InTime => {
                    prop_assert!(old.is_void(names_it), "{recorded:?} of {old:?}");
                    // What was owed for a breach that was none falls away in between.
                    let closed = old.closed.as_ref().map(|closed| closed.cause);
                    prop_assert_eq!(closed, Some(recorded.cause));
                }
                Renewal::Reopened => {
                    prop_assert!(old.closed.is_some());
                }
                Renewal::Returned | Renewal::Reinstated => {
                    prop_assert!(old.is_void(names_it), "{recorded:?} of {old:?}")
                }
                Renewal::Told => {
                    let breach = old.breach.as_ref().map(|breach| (breach.at, breach.cause));
                    prop_assert_eq!(breach, Some((recorded.at, recorded.cause)));
                    prop_assert_eq!(old.phase(), PhaseName::Overdue);
                    let told = old.proposal.as_ref().map(|told| told.due_at).filter(|told| *told > recorded.at);
                    let Fact::Promised(made) = fact else { return Err(TestCaseError::fail("told, and no promise")) };
                    // Told while it waited for the customer's part, it counts from that.
                    let from_his_part = old.proposal.as_ref().is_some_and(|told| told.limit.is_some());
                    let told =
                        if from_his_part { told.filter(|told| made.due <= *told).map(|_| made.due) } else { told };
                    prop_assert_eq!((told, made.repairs), (Some(made.due), Some(renews.of)));
                }
            }
            if let (Fact::Promised(made), Renewal::Returned) = (fact, renews.why) {
                let Some(Event::Commitment(Fact::Voided { used, .. })) =
                    old.closed.as_ref().map(|closed| &closed.event)
                else {
                    return Err(TestCaseError::fail("it was not closed"));
                };
                let left = old.clock.budget.as_micros().saturating_sub(used.as_micros());
                prop_assert_eq!(made.clock.budget, old.clock.budget.with_micros(left), "what was left of it");
                prop_assert_eq!(carried(&made.clock), 0);
            }
            if let (Fact::Promised(made), Renewal::Retracted | Renewal::Reinstated) = (fact, renews.why) {
                // A series that has stopped or come to its horizon has so for what comes back of it.
                let terms = Terms { series: made.terms.series.clone(), ..old.terms.clone() };
                prop_assert_eq!(&made.terms, &terms);
                // It has stood still meanwhile when its rules wanted it to.
                let pauses = &made.clock.pauses;
                let stood = pauses.strip_prefix(&old.clock.pauses[..]).ok_or(TestCaseError::fail("a pause is lost"))?;
                prop_assert!(stood.is_empty() || renews.why == Renewal::Retracted);
                prop_assert_eq!(&made.clock, &Clock { pauses: pauses.clone(), ..old.clock.clone() });
                // There was no deadline while it stood.
                prop_assert!(made.due == old.due || !made.clock.pauses.is_empty(), "{recorded:?} of {old:?}");
            }
            Ok(())
        })?;
        let mut pending: BTreeMap<CommitmentId, u32> = BTreeMap::new();
        for (id, entry) in book.entries.iter().filter(|(_, entry)| entry.verdict == Verdict::Pending) {
            let mut first = *id;
            while let Some(before) = book.entries[&first].renews {
                first = before.of;
            }
            *pending.entry(first).or_default() += 1;
            prop_assert_eq!(pending[&first], 1, "{:?}", entry);
        }
        Ok(())
    });
}

/// A breach owes what its terms say, once, by a deadline, and to the same; as often as they say, and nothing else is owed so.
#[test]
fn a_breach_owes_what_its_terms_say() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, _, recorded, fact| {
            let Fact::Promised(made) = fact else { return Ok(()) };
            // What was owed for a breach, and is owed anew, was made before.
            let (Origin::Amends { of, depth }, None) = (&made.origin, made.renews) else { return Ok(()) };
            let Some(broken) = book.entries.get(of) else { return Err(TestCaseError::fail("for no breach")) };
            prop_assert_eq!(broken.verdict, Verdict::Breached);
            let fresh = [broken.breach.as_ref(), broken.closed.as_ref()].into_iter().flatten();
            prop_assert!(fresh.map(|fresh| (fresh.at, fresh.cause)).any(|now| now == (recorded.at, recorded.cause)));
            prop_assert_eq!(&made.beneficiary, &broken.beneficiary);
            prop_assert_eq!(*depth, depth_of(broken) + 1);
            match &broken.terms.breach_owes {
                Some(owes) if made.deliverable == owes.deliverable => prop_assert!(*depth <= owes.depth),
                // What cannot be done owes an explanation, whatever else it owes.
                Some(_) => prop_assert!(is_impossible(broken), "{recorded:?} for {broken:?}"),
                None => prop_assert!(is_impossible(broken), "{recorded:?} for {broken:?}"),
            }
            // The same breach goes by the deadline that it had, which may be this instant.
            let same = broken.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
            prop_assert!(
                made.due > recorded.at || same && made.due == recorded.at || made.due == Timestamp::MAX.minus_micros(1)
            );
            Ok(())
        })?;
        for (id, entry) in book.entries.iter().filter(|(_, entry)| entry.breach.is_some()) {
            let mut owed: Vec<_> = book.entries.values().filter(|other| owed_for(other, *id)).map(owed_thing).collect();
            let of_terms = entry.terms.breach_owes.as_ref().filter(|owes| depth_of(entry) < owes.depth);
            let of_terms = of_terms.filter(|_| !is_owed_already(&book, entry));
            let explains = Some("explanation".into()).filter(|_| is_impossible(entry) && depth_of(entry) == 0);
            let expected = of_terms.map(|owes| owes.deliverable.to_string()).into_iter().chain(explains);
            let mut expected: Vec<String> = expected.collect();
            owed.sort_unstable();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(owed, expected, "{:?}", entry);
        }
        Ok(())
    });
}

fn depth_of(entry: &Entry) -> u8 {
    match entry.origin {
        Origin::Amends { depth, .. } => depth,
        Origin::Policy(_)
        | Origin::Spoken { .. }
        | Origin::Delegated { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => 0,
    }
}

fn owed_for(entry: &Entry, broken: CommitmentId) -> bool {
    matches!(entry.origin, Origin::Amends { of, .. } if of == broken) && entry.renews.is_none()
}

/// Whether something has become of what was owed for the same breach, before what had fulfilled it turned out to be none.
fn is_owed_already(book: &Book, entry: &Entry) -> bool {
    let retracted =
        |entry: &Entry| entry.renews.filter(|renews| renews.why == Renewal::Retracted).map(|renews| renews.of);
    let mut before = std::iter::successors(retracted(entry), |id| retracted(&book.entries[id]));
    let fell_away = |closed: &Recorded| {
        matches!(&closed.event, Event::Commitment(Fact::Voided { cause: VoidCause::Corrected { .. }, .. }))
    };
    let owed = before.find_map(|id| book.entries.values().find(|other| owed_for(other, id)));
    owed.is_some_and(|owed| !owed.closings.iter().any(fell_away))
}

fn owed_thing(entry: &Entry) -> String {
    let Event::Commitment(Fact::Promised(made)) = &entry.made.event else { return "no promise".into() };
    made.deliverable.to_string()
}

fn is_impossible(entry: &Entry) -> bool {
    let ended = |closing: &Recorded| {
        matches!(&closing.event, Event::Commitment(Fact::Ended { ending: Ending::Impossible { .. }, .. }))
    };
    entry.closings.iter().any(ended)
}

/// What stands broken puts at risk what hangs on it, at that very instant; nothing else does.
#[test]
fn a_broken_part_puts_the_whole_at_risk() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, entry, recorded, fact| {
            let (Fact::PutAtRisk { child, due, .. }, Some(entry)) = (fact, entry) else { return Ok(()) };
            let part = &book.entries[child];
            let hangs = matches!(part.origin, Origin::Delegated { by } if by == fact.commitment());
            prop_assert!(hangs, "{recorded:?} for {part:?}");
            let breach = part.breach.as_ref().map(|breach| (breach.at, breach.cause));
            prop_assert_eq!((breach, *due), (Some((recorded.at, recorded.cause)), entry.due));
            Ok(())
        })?;
        for part in book.entries.values() {
            let (Origin::Delegated { by }, Some(breach)) = (&part.origin, &part.breach) else { continue };
            let whole = &book.entries[by];
            let decided = [whole.breach.as_ref(), whole.closings.first()].into_iter().flatten();
            let first = decided.map(|decided| decided.version).min();
            prop_assert!(whole.at_risk || first.is_some_and(|first| first < breach.version), "{whole:?}");
        }
        Ok(())
    });
}
