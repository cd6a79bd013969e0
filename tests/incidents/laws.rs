//! What is never allowed to happen to an incident: laws 1 to 9 and 14 of the design, and its own.

use std::collections::BTreeMap;

use owed::commitment::{
    Actor, BreachCause, Commitment, Deliverable, Event as Fact, Outcome, Party, Phase as Stage, Verdict, VoidCause,
    envelope,
};
use owed::incident::envelope::{Event, Recorded};
use owed::incident::{self, Incident, Merge, Phase, Role};
use owed::{CommandId, CommitmentId, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::host::{ONE, TWO, ada, uuid};
use super::tale::Tale;

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 40..400)
}

fn facts(events: &[Recorded]) -> impl Iterator<Item = (&Recorded, &Fact)> {
    events.iter().filter_map(|recorded| match &recorded.event {
        Event::Commitment(fact) => Some((recorded, fact)),
        Event::Incident(_) => None,
    })
}

const fn makes(fact: &Fact) -> bool {
    matches!(fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_))
}

fn was_stopped(owed: &Commitment) -> bool {
    matches!(&owed.phase, Stage::Closed { outcome: Outcome::Void(VoidCause::SeriesStopped { .. }), .. })
}

/// What somebody was to be told of it does not depend on when it was found out.
fn unnoticed(events: &[Recorded]) -> Vec<Recorded> {
    events.iter().cloned().map(|event| Recorded { noticed: event.at, ..event }).collect()
}

/// The commands of a tale, handed in by a host that wakes as `wakes` says before each.
fn again(tale: &Tale, mut wakes: impl FnMut(&Incident, Timestamp) -> Vec<Timestamp>) -> Vec<Recorded> {
    let (mut incident, mut events) = (Incident::new(ONE), Vec::new());
    for command in &tale.commands {
        for at in wakes(&incident, command.at) {
            events.extend(incident.wake(&tale.rules, at));
        }
        events.extend(match incident.handle(&tale.rules, command) {
            Ok(events) => events,
            Err(refused) => refused.meanwhile,
        });
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(8), ..ProptestConfig::default() })]

    /// 1. Everything that was ever made is pending with a wake no later than its deadline, or has a verdict.
    #[test]
    fn nothing_is_forgotten(numbers in numbers()) {
        let mut made = Vec::new();
        Tale::told(&numbers, |incident, events| {
            made.extend(facts(events).filter(|(_, fact)| makes(fact)).map(|(_, fact)| fact.commitment()));
            for id in &made {
                let owed = incident.ledger().get(*id).expect("it is on record");
                if owed.verdict() == Verdict::Pending {
                    let until = owed.due_now().or(owed.waits_until()).expect("it is waited for");
                    let wake = incident.next_wake().expect("somebody looks");
                    assert!(wake.at <= until.plus_micros(1), "{owed} at {}", wake.at);
                }
            }
        });
    }

    /// 2. Time alone gives everything a verdict, by the last instant that anything pending is waited for.
    #[test]
    fn everything_is_decided(numbers in numbers()) {
        let mut tale = Tale::told(&numbers, |_, _| {});
        let pending: Vec<_> = tale.end.ledger().open().map(|owed| owed.id).collect();
        let last = tale.end.ledger().open().filter_map(|owed| owed.due_now().or(owed.waits_until())).max();
        tale.end.wake(&tale.rules, last.unwrap_or(Timestamp::MIN).plus_micros(1));
        for id in pending {
            prop_assert_ne!(tale.end.ledger().get(id).unwrap().verdict(), Verdict::Pending);
        }
    }

    /// 3. Wakes put anywhere change nothing but when it was noticed: none at all, each at its instant, or a host that stops for a week.
    #[test]
    fn wakes_change_nothing(numbers in numbers()) {
        let tale = Tale::told(&numbers, |_, _| {});
        let punctual = again(&tale, |incident, until| {
            let (mut incident, mut wakes) = (incident.clone(), Vec::new());
            while let Some(wake) = incident.next_wake().filter(|wake| wake.at <= until) {
                incident.wake(&tale.rules, wake.at);
                wakes.push(wake.at);
            }
            wakes
        });
        prop_assert_eq!(unnoticed(&punctual), unnoticed(&tale.events));
        // A week of silence, and then one wake for all of it, whatever was due meanwhile.
        let mut before = None;
        let late = again(&tale, |incident, until| {
            let slept = before.replace(until).is_some_and(|last: Timestamp| until.micros_since(last) >= 7 * 86_400_000_000);
            if slept { vec![until] } else { incident.next_wake().map(|wake| wake.at).filter(|at| *at <= until).into_iter().collect() }
        });
        prop_assert_eq!(unnoticed(&late), unnoticed(&tale.events));
    }

    /// 4. A microsecond before the next wake there is nothing; at it, something; and the next one is later.
    #[test]
    fn a_wake_is_exact(numbers in numbers()) {
        let rules = super::host::Host::new().rules;
        Tale::told(&numbers, |incident, _| {
            let Some(wake) = incident.next_wake() else { return };
            let mut incident = incident.clone();
            assert_eq!(incident.wake(&rules, Timestamp::from_micros(wake.at.as_micros() - 1)), []);
            assert_ne!(incident.wake(&rules, wake.at), []);
            assert!(incident.next_wake().is_none_or(|next| next.at > wake.at));
        });
    }

    /// 5. A verdict is given once, but for what corrects a record; and 7. a breach stands at its deadline.
    #[test]
    fn a_verdict_is_given_once_and_a_breach_is_at_its_deadline(numbers in numbers()) {
        let tale = Tale::told(&numbers, |_, _| {});
        let mut incident = Incident::new(ONE);
        for recorded in &tale.events {
            let Event::Commitment(fact) = &recorded.event else { incident.apply(recorded); continue };
            let verdict = |incident: &Incident| incident.ledger().get(fact.commitment()).map(|owed| owed.verdict());
            let before = verdict(&incident);
            let due = incident.ledger().get(fact.commitment()).map(|owed| owed.due);
            incident.apply(recorded);
            let after = verdict(&incident);
            let corrects = matches!(fact, Fact::Corrected { .. } | Fact::Voided { corrects: Some(_), .. }
                | Fact::Voided { cause: VoidCause::Retracted { .. } | VoidCause::InError { .. } | VoidCause::Corrected { .. }, .. });
            if before.is_some_and(|before| before != Verdict::Pending) && before != after {
                prop_assert!(corrects, "{fact:?} gives another verdict");
            }
            if let Fact::Breached { due: said, cause, .. } = fact {
                match cause {
                    BreachCause::Deadline => prop_assert_eq!((recorded.at, Some(recorded.at)), (*said, due)),
                    BreachCause::BornLate => prop_assert!(*said < recorded.at),
                    BreachCause::Withdrawn | BreachCause::Impossible => prop_assert!(recorded.by.is_some()),
                    BreachCause::Unanswered => prop_assert!(false, "no agreement is here"),
                }
            }
        }
    }

    /// 6. Nothing that is promised falls away but by the customer's word, an error, or what it was for.
    #[test]
    fn only_the_customer_releases_a_promise(numbers in numbers()) {
        let tale = Tale::told(&numbers, |_, _| {});
        let mut incident = Incident::new(ONE);
        for recorded in &tale.events {
            if let Event::Commitment(Fact::Voided { commitment, cause, corrects: None, .. }) = &recorded.event {
                let owed = incident.ledger().get(*commitment).unwrap();
                match cause {
                    VoidCause::Released { .. } => {
                        prop_assert!(!matches!(owed.beneficiary, Party::Affected(_)), "nobody speaks for everybody");
                        if let Some(Actor::Customer(by)) = &recorded.by {
                            prop_assert_eq!(&owed.beneficiary, &Party::Customer(by.clone()));
                        }
                    }
                    VoidCause::InError { .. } | VoidCause::Corrected { .. } | VoidCause::Renegotiated { .. } => {}
                    VoidCause::Retracted { .. } => prop_assert!(!owed.is_open()),
                    VoidCause::SeriesStopped { .. } => {
                        let of_series = owed.terms.series.is_some() || owed.deliverable == Deliverable::Decision;
                        // While it lasts, only a round that comes back of a series that was stopped before.
                        let stopped = |other: &Commitment| {
                            let same = other.terms.series.as_ref().map(|of| of.id) == owed.terms.series.as_ref().map(|of| of.id);
                            same && was_stopped(other)
                        };
                        let before = owed.terms.series.is_some() && incident.ledger().all().any(stopped);
                        prop_assert!(of_series && (before || incident.phase() != Some(Phase::Ongoing)));
                    }
                    other => prop_assert!(false, "{other:?} of {owed}"),
                }
            }
            incident.apply(recorded);
        }
    }

    /// 8. Nothing that an incident owes by itself stands still: whoever is to be told is not to wait for the desk.
    #[test]
    fn no_notice_stands_still(numbers in numbers()) {
        Tale::told(&numbers, |incident, _| {
            let paused = incident.ledger().open().any(|owed| matches!(owed.phase, Stage::Paused { .. }));
            assert!(!paused);
        });
    }

    /// 9. Made is pending, fulfilled, breached and void together, and what was made is what the events have made.
    #[test]
    fn made_equals_decided_plus_pending(numbers in numbers()) {
        let mut made = 0;
        Tale::told(&numbers, |incident, events| {
            made += facts(events).filter(|(_, fact)| makes(fact)).count() as u64;
            let count = incident.ledger().count();
            assert!(count.add_up() && count.made == made, "{count}");
        });
    }

    /// 14. Replaying the events gives the incident; a snapshot and the rest give it too; what comes twice changes nothing; the same input
    /// gives the same bytes.
    #[test]
    fn replay_equals_live(numbers in numbers(), cut in any::<prop::sample::Index>()) {
        let tale = Tale::told(&numbers, |_, _| {});
        prop_assert_eq!(&Incident::replay(ONE, &tale.events), &tale.end);
        let bytes = |events: &[Recorded]| serde_json::to_string(events).unwrap();
        prop_assert_eq!(bytes(&again(&tale, |_, _| Vec::new())), bytes(&tale.events));
        let stored: Vec<Recorded> = serde_json::from_str(&bytes(&tale.events)).unwrap();
        prop_assert_eq!(&stored, &tale.events);
        let (head, tail) = tale.events.split_at(cut.index(tale.events.len() + 1));
        let snapshot = serde_json::to_string(&Incident::replay(ONE, head)).unwrap();
        let mut incident: Incident = serde_json::from_str(&snapshot).unwrap();
        for event in head.iter().rev().take(3).chain(tail).chain(tail.last()) {
            incident.apply(event);
        }
        prop_assert_eq!(&incident, &tale.end);
        prop_assert_eq!(incident.next_wake(), tale.end.next_wake());
        if let Some(last) = tale.commands.last() {
            let mut twice = tale.end.clone();
            let taken = tale.events.last().is_some_and(|event| event.cause == owed::Cause::Command(last.id));
            if taken {
                prop_assert_eq!(twice.handle(&tale.rules, last), Ok(Vec::new()));
            }
        }
    }

    /// Whoever is affected has been owed a notice, each for himself; and the report counts everybody once.
    #[test]
    fn nobody_affected_is_passed_over(numbers in numbers()) {
        Tale::told(&numbers, |incident, _| {
            for (customer, _) in incident.affected() {
                assert!(incident.owed_as(Role::Notice, Some(customer)).next().is_some());
            }
            let Some(now) = incident.last_recorded() else { return };
            let report = incident.report(now);
            let counted = report.told + report.told_late + report.not_yet + report.overdue + report.not_owed;
            let held_to_be = incident.standing().map_or(0, |standing| standing.parts.len());
            assert_eq!(counted, held_to_be as u64);
        });
    }

    /// 10. It is closed only when nothing is owed to anybody outside, and whatever comes to be owed again takes it up.
    #[test]
    fn no_incident_closes_on_a_promise(numbers in numbers()) {
        Tale::told(&numbers, |incident, _| {
            if incident.phase() == Some(Phase::Closed) {
                let outside = |party: &Party| !matches!(party, Party::Team(_) | Party::Agent(_) | Party::Vendor(_));
                let open: Vec<_> = incident.ledger().open().filter(|owed| outside(&owed.beneficiary)).map(ToString::to_string).collect();
                assert_eq!(open, [""; 0]);
            }
        });
    }

    /// Two that turn out to be one. 1, 7 and 9: nothing is lost or made between them, no deadline and no verdict moves, and what is pending has
    /// its wake where it is now. 3: a wake more or less changes nothing. 14: both are what their events make of them.
    #[test]
    fn two_that_are_one_lose_nothing(first in numbers(), second in numbers(), wait in 0_u64..200) {
        let (one, two) = (Tale::told(&first, |_, _| {}), Tale::of(TWO, &second, |_, _| {}));
        let (mut into, mut from) = (one.end.clone(), two.end.clone());
        let at = into.last_recorded().max(from.last_recorded()).unwrap_or(Timestamp::MIN).plus_micros(wait * 3_600_000_000);
        let command = envelope::Command::new(TWO, CommandId(uuid(9_000_000)), at, ada(), Merge { into: ONE });
        let (to_from, to_into) = match from.merge(&mut into, &one.rules, &command) {
            Ok(both) => (both.from, both.to),
            Err(refused) => (refused.meanwhile.from, refused.meanwhile.to),
        };
        let merged = from.phase() == Some(Phase::Merged(ONE));
        prop_assert_eq!(merged, both_last(&one, &two));
        let log = |tale: &Tale, more: Vec<Recorded>| [tale.events.clone(), more].concat();
        prop_assert_eq!(&Incident::replay(TWO, &log(&two, to_from)), &from);
        prop_assert_eq!(&Incident::replay(ONE, &log(&one, to_into)), &into);

        // As both would be at that instant, each for itself.
        let (mut alone, mut other) = (two.end.clone(), one.end.clone());
        alone.wake(&two.rules, at);
        other.wake(&one.rules, at);
        prop_assert!(from.ledger().count().add_up() && into.ledger().count().add_up());
        prop_assert_eq!(
            alone.ledger().all().count() + other.ledger().all().count(),
            from.ledger().all().count() + into.ledger().all().count()
        );
        for owed in alone.ledger().all().chain(other.ledger().all()) {
            let there = if into.ledger().get(owed.id).is_some() { &into } else { &from };
            let Some(now) = there.ledger().get(owed.id) else { return Err(TestCaseError::fail(format!("{owed:?} is lost"))) };
            prop_assert_eq!(
                (now.due, now.verdict(), now.breach, now.done_at()),
                (owed.due, owed.verdict(), owed.breach, owed.done_at())
            );
            if now.verdict() == Verdict::Pending {
                let limit = now.due_now().or(now.waits_until()).unwrap_or(Timestamp::MIN);
                prop_assert!(there.next_wake().is_some_and(|wake| wake.at <= limit.plus_micros(1)), "{now:?}");
            }
        }
        if merged {
            prop_assert_eq!((from.ledger().all().count(), from.next_wake()), (0, None));
        }
        let far = at.plus_micros(90 * 86_400_000_000);
        let mut steps = into.clone();
        let jumped = into.wake(&one.rules, far);
        let mut walked = Vec::new();
        while let Some(wake) = steps.next_wake().filter(|wake| wake.at <= far) {
            walked.extend(steps.wake(&one.rules, wake.at));
        }
        prop_assert_eq!(unnoticed(&jumped), unnoticed(&walked));
    }

    /// As long as it lasts, the next update is owed if updates are: whatever is done about a round, there is no silence.
    #[test]
    fn the_updates_go_on_until_it_is_resolved(numbers in numbers()) {
        Tale::told(&numbers, |incident, _| {
            let Some(standing) = incident.standing().filter(|standing| standing.phase == Phase::Ongoing) else { return };
            let Some(series) = standing.series.last() else { return };
            // One that began before it was reopened has stopped.
            let rounds: BTreeMap<CommitmentId, _> = incident.ledger().all()
                .filter(|owed| owed.terms.series.as_ref().is_some_and(|of| of.id == *series)).map(|owed| (owed.id, owed)).collect();
            let stopped = rounds.values().any(|owed| was_stopped(owed));
            assert!(stopped || rounds.values().any(|owed| owed.is_open()), "{rounds:?}");
        });
    }
}

fn both_last(one: &Tale, two: &Tale) -> bool {
    [one, two].iter().all(|tale| tale.end.phase() == Some(Phase::Ongoing))
}

/// Two are often enough such that they can be merged.
#[test]
fn tales_are_merged() {
    let mut runner = prop::test_runner::TestRunner::deterministic();
    let mut drawn = || numbers().new_tree(&mut runner).unwrap().current();
    let merged = (0..200).filter(|_| both_last(&Tale::told(&drawn(), |_, _| {}), &Tale::of(TWO, &drawn(), |_, _| {})));
    assert!(merged.count() >= 20);
}

/// The tales reach what the laws are about.
#[test]
fn the_tales_are_not_dull() {
    let mut runner = prop::test_runner::TestRunner::new_with_rng(
        ProptestConfig::default(),
        prop::test_runner::TestRng::from_seed(prop::test_runner::RngAlgorithm::ChaCha, &[8; 32]),
    );
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..400 {
        let numbers = numbers().new_tree(&mut runner).unwrap().current();
        let tale = Tale::told(&numbers, |_, _| {});
        for event in &tale.events {
            let form = serde_json::to_value(&event.event).unwrap();
            let kind = format!("{} {}", form["room"].as_str().unwrap(), form["type"].as_str().unwrap());
            *seen.entry(kind).or_default() += 1;
        }
    }
    let said = serde_json::from_str::<incident::Event>(r#"{"type": "?"}"#).expect_err("no such name").to_string();
    let (_, names) = said.split_once("expected").unwrap();
    for name in names.split('`').skip(1).step_by(2).filter(|name| !name.starts_with("merged")) {
        assert!(seen.contains_key(&format!("incident {name}")), "no tale has {name}: {seen:?}");
    }
    for name in
        ["breached", "corrected", "delivered_late", "voided", "superseded", "ended", "horizon_reached", "warned"]
    {
        assert!(seen.contains_key(&format!("commitment {name}")), "no tale has {name}: {seen:?}");
    }
}
