//! The laws about when the host calls: whenever it likes, and it changes nothing.

use std::ops::ControlFlow;

use owed::commitment::{Event as Fact, VoidCause};
use owed::{Cause, Event, Recorded, Refusal, Timestamp, WakeReason};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Waits};
use super::desk::{Call, Desk};
use super::story::for_every_story;

/// Everything but when it was found out.
fn unnoticed(log: &[Recorded]) -> Vec<Recorded> {
    log.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
}

/// Wakes put anywhere not later than the next command change no event but `noticed`. A jump equals the steps.
#[test]
fn wakes_change_nothing() {
    for_every_story(|story| {
        let (mut awake, mut asleep) = (Desk::new(&story.rules), Desk::new(&story.rules));
        let (mut heard, mut missed): (Vec<Option<Refusal>>, Vec<Option<Refusal>>) = (vec![], vec![]);
        for turn in &story.turns {
            for wake in &turn.wakes {
                awake.wake(*wake);
            }
            heard.push(awake.handle(&turn.command).refusal);
            missed.push(asleep.handle(&turn.command).refusal);
        }
        prop_assert_eq!(heard, missed);
        let steps = awake.sleep_on(200, |_, _| Ok::<_, TestCaseError>(()))?;
        prop_assert_eq!(steps, ControlFlow::Continue(()), "it does not come to rest");
        awake.wake(Timestamp::MAX);
        asleep.wake(Timestamp::MAX);
        prop_assert_eq!(unnoticed(&awake.log), unnoticed(&asleep.log));
        prop_assert_eq!(awake.ticket, asleep.ticket);
        Ok(())
    });
}

/// A microsecond before `next_wake` nothing, at it something; after every call the next is later.
#[test]
fn wake_is_exact() {
    for_every_story(|story| {
        story.play(|desk, call| {
            let Some(wake) = desk.ticket.next_wake() else { return is_at_rest(desk) };
            prop_assert!(!call.tells_the_time() || wake.at > call.now, "{wake:?} after a call at {}", call.now);
            let mut early = desk.clone();
            early.wake(wake.at.minus_micros(1));
            prop_assert_eq!(&early.log, &desk.log);
            prop_assert_eq!(&early.ticket, &desk.ticket);
            let call = early.wake(wake.at);
            let Some(first) = early.heard(&call).first() else {
                return Err(TestCaseError::fail("nothing at the wake"));
            };
            prop_assert_eq!(Some(wake.reason), reason(first), "{:?}", first);
            prop_assert_eq!(first.at.plus_micros(1), wake.at);
            prop_assert!(early.ticket.next_wake().is_none_or(|next| next.at > wake.at));
            Ok(())
        })
    });
}

fn is_at_rest(desk: &Desk<'_>) -> TestCaseResult {
    let mut later = desk.clone();
    later.wake(Timestamp::MAX);
    prop_assert_eq!(&later.log, &desk.log);
    Ok(())
}

/// Why the host was woken, if it was by this.
fn reason(recorded: &Recorded) -> Option<WakeReason> {
    match &recorded.event {
        Event::Commitment(Fact::Warned { .. }) => Some(WakeReason::Warning),
        Event::Commitment(Fact::Breached { .. }) => Some(WakeReason::Due),
        Event::Commitment(Fact::Resumed { .. }) => Some(WakeReason::ResumeBy),
        Event::Commitment(Fact::Confirmed { .. }) => Some(WakeReason::ReviewBy),
        Event::Commitment(Fact::Voided { cause: VoidCause::Lapsed, .. }) => Some(WakeReason::ConditionLimit),
        Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
    }
}

/// Events stand in the order of their instants, and facts of time after every command of theirs. Those of one instant go by
/// rank, then by the event that set them.
#[test]
fn time_goes_in_order() {
    for_every_story(|story| {
        let log = story.played().log;
        for (index, recorded) in log.iter().enumerate() {
            prop_assert_eq!(recorded.version, index as u64 + 1);
            prop_assert!(recorded.at <= recorded.noticed);
        }
        for (one, next) in log.iter().zip(&log[1.min(log.len())..]) {
            prop_assert!(one.at <= next.at, "{one:?} before {next:?}");
            let by_time = one.cause == Cause::Time && next.cause != Cause::Time;
            prop_assert!(!by_time || one.at < next.at, "a command after time: {one:?}, {next:?}");
        }
        let mut last: Option<((Timestamp, u8, u64), u64)> = None;
        Book::read(&log, |_, entry, recorded, _| {
            let (Cause::Time, Some(rank), Some(entry)) = (recorded.cause, rank(recorded), entry) else {
                return Ok(());
            };
            // What was over before its timer was set goes off at once, whatever else waits for this instant.
            let nominal = match entry.waits {
                Some(Waits::Review(limit, _) | Waits::Condition(limit)) => limit,
                None => entry.due,
            };
            if entry.paused.is_none() && nominal < entry.set.at {
                return Ok(());
            }
            let set = entry.paused.as_ref().map_or(&entry.set, |paused| &paused.set).version;
            let key = (recorded.at, rank, set);
            // What a fact of this instant has set itself comes after it, whatever it is.
            let in_order = last.is_none_or(|(before, version)| before <= key || version <= set);
            prop_assert!(in_order, "{last:?}, then {key:?}");
            last = Some((key, recorded.version));
            Ok(())
        })?;
        Ok(())
    });
}

/// Of one instant: what counts now, what lapses, what goes on, then what is near, then what is over.
fn rank(recorded: &Recorded) -> Option<u8> {
    Some(match reason(recorded)? {
        WakeReason::ReviewBy => 0,
        WakeReason::ConditionLimit => 1,
        WakeReason::ResumeBy => 2,
        WakeReason::Warning => 3,
        _ => 4,
    })
}

/// A command is taken in at its own instant, or not at all; nothing of it stands before what was there.
#[test]
fn a_command_stands_at_its_instant() {
    for_every_story(|story| {
        story.play(|desk, call: &Call<'_>| {
            for recorded in desk.heard(call) {
                prop_assert!(recorded.noticed == call.now);
                let Cause::Command(id) = recorded.cause else {
                    prop_assert_eq!(recorded.happened, None);
                    continue;
                };
                let command = call.command.filter(|command| command.id == id && call.refusal.is_none());
                prop_assert_eq!(command.map(|command| command.at), Some(recorded.at), "{:?}", recorded);
                let own = recorded.happened == command.and_then(|command| command.happened);
                prop_assert!(own || recorded.happened.is_none());
            }
            Ok(())
        })
    });
}
