//! What is never allowed to happen to an incident: laws 1 to 9 and 14 of the design, and its own.

use std::collections::BTreeMap;

use owed::commitment::{
    Actor, BreachCause, Commitment, Deliverable, Event as Fact, Outcome, Party, Phase as Stage, Verdict, VoidCause,
    envelope,
};
use owed::incident::envelope::{Command, Event, Recorded};
use owed::incident::{self, Clocks, Incident, Merge, Order as Ask, Phase, Role};
use owed::{AgentId, CommandId, CommitmentId, IncidentId, Rulebook, Task, TicketId, Timestamp, effects};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::dice::Dice;
use super::host::{ONE, ticket, uuid, who};
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
    let stopped = |outcome: &Outcome| matches!(outcome, Outcome::Void(VoidCause::SeriesStopped { .. }));
    let now = matches!(&owed.phase, Stage::Closed { outcome, .. } if stopped(outcome));
    // That it was struck out later does not begin the series anew.
    now || owed.notes.as_ref().and_then(|notes| notes.struck_out.as_ref()).is_some_and(stopped)
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

const TWO: IncidentId = IncidentId(uuid(2));

/// Two tales of which the second goes on as part of the first, if both last.
fn merged<'n>(numbers: &'n [u16], others: &[u16]) -> Option<(Tale, Tale, Dice<'n>)> {
    let (mut dice, mut second_dice) = (Dice::new(numbers), Dice::new(others));
    let (mut first, mut second) = (Tale::new(ONE), Tale::new(TWO));
    let (steps, of_second) = (2 + dice.below(8), 2 + second_dice.below(8));
    first.go_on(&mut dice, steps, |_, _| {});
    second.go_on(&mut second_dice, of_second, |_, _| {});
    let at = first.at.max(second.at).plus_micros(dice.below(3) as u64);
    let by = AgentId::new("ada").unwrap();
    // Sometimes a ticket is about both.
    let about = dice.chance(50).then_some(Ask::Link { ticket: ticket(0), customer: who("ann") });
    for (tale, order) in [&mut first, &mut second].into_iter().zip([about.clone(), about]) {
        let Some(order) = order else { continue };
        let link = Command::new(tale.end.id(), CommandId(uuid(901)), at, by.clone(), order);
        let events = tale.end.handle(&tale.rules, &link);
        tale.events.extend(events.unwrap_or_else(|refused| refused.meanwhile));
    }
    let command = envelope::Command::new(TWO, CommandId(uuid(900)), at, by, Merge { into: ONE });
    let both = second.end.merge(&mut first.end, &first.rules, &command).ok()?;
    first.events.extend(both.to);
    second.events.extend(both.from);
    first.at = at;
    Some((first, second, dice))
}

/// What holds of an incident at any instant.
fn lawful(incident: &Incident, rules: &Rulebook) {
    assert!(incident.ledger().count().add_up());
    let wake = incident.next_wake();
    for owed in incident.ledger().open().filter(|owed| owed.verdict() == Verdict::Pending) {
        let until = owed.due_now().or(owed.waits_until()).expect("it is waited for");
        assert!(wake.as_ref().is_some_and(|wake| wake.at <= until.plus_micros(1)), "{owed}");
    }
    if let Some(wake) = wake {
        let mut incident = incident.clone();
        assert_eq!(incident.wake(rules, Timestamp::from_micros(wake.at.as_micros() - 1)), []);
        assert_ne!(incident.wake(rules, wake.at), []);
        assert!(incident.next_wake().is_none_or(|next| next.at > wake.at));
    }
    for (customer, _) in incident.affected() {
        assert!(incident.owed_as(Role::Notice, Some(customer)).next().is_some(), "{customer} is owed nothing");
    }
    let rounds =
        incident.ledger().open().filter(|owed| owed.terms.series.is_some() && owed.verdict() == Verdict::Pending);
    assert!(
        matches!(incident.phase(), None | Some(Phase::Ongoing)) || rounds.count() == 0,
        "the updates go on for ever"
    );
    let owed = |role| incident.owed_as(role, None).any(Commitment::is_open);
    assert!(incident.phase() != Some(Phase::Ongoing) || owed(Role::Fix) || owed(Role::Progress));
}

/// The statuses that a linked ticket was ordered to have, in the order of their instants.
fn orders(events: &[Recorded], ticket: TicketId) -> Vec<String> {
    let mut ordered: Vec<_> = events.iter().collect();
    // Of one instant, what went over comes first.
    ordered.sort_by_key(|event| (event.at, event.stream == ONE));
    let tasks = ordered.into_iter().flat_map(effects).map(|effect| effect.task);
    let of_it = tasks.filter_map(|task| match task {
        Task::OrderTicket { ticket: of, order } if of == ticket => Some(serde_json::to_value(&order).unwrap()),
        _ => None,
    });
    of_it.filter_map(|order| order["status"].as_str().map(str::to_owned)).collect()
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

    /// As long as it lasts, the fix is owed, or a look at where it stands.
    #[test]
    fn the_cause_is_owed_until_it_is_resolved(numbers in numbers()) {
        Tale::told(&numbers, |incident, _| {
            if incident.phase() == Some(Phase::Ongoing) {
                let mut owed = [Role::Fix, Role::Progress].into_iter().flat_map(|role| incident.owed_as(role, None));
                assert!(owed.any(Commitment::is_open), "nothing is owed of the cause");
            }
        });
    }

    /// Two tales that turn out to be one incident, which goes on: wherever it stands all the laws hold of it, nothing that was made of either
    /// is lost or was twice, whoever was affected by either is still, and replaying gives both.
    #[test]
    fn two_that_are_one_owe_what_both_owed(numbers in numbers(), others in numbers()) {
        let Some((first, second, mut dice)) = merged(&numbers, &others) else { return Ok(()) };
        let (mut tale, gone) = (first, second.end);
        prop_assert_eq!(&Incident::replay(TWO, &second.events), &gone);
        prop_assert_eq!((gone.next_wake(), gone.ledger().all().count()), (None, 0));
        prop_assert_eq!(gone.ledger().count().carried_out, tale.end.ledger().count().carried_in);
        let made = |events: &[Recorded]| facts(events).filter(|(_, fact)| makes(fact)).count() as u64;
        let rules = tale.rules.clone();
        let mut here = made(&tale.events);
        lawful(&tale.end, &rules);
        let steps = 4 + dice.below(16);
        tale.go_on(&mut dice, steps, |incident, events| {
            here += made(events);
            lawful(incident, &rules);
            let count = incident.ledger().count();
            assert_eq!((count.made, count.carried_in), (here, gone.ledger().count().carried_out));
        });
        prop_assert_eq!(&Incident::replay(ONE, &tale.events), &tale.end);
        for (customer, part) in &gone.standing().unwrap().parts {
            prop_assert!(tale.end.part(customer).is_some(), "{customer}: {part:?}");
        }
        let events: Vec<_> = tale.events.iter().chain(&second.events).cloned().collect();
        let standing = tale.end.standing().unwrap();
        for ticket in gone.standing().unwrap().tickets.keys() {
            let holds = standing.phase == Phase::Ongoing && standing.clocks == Clocks::Off && standing.tickets.contains_key(ticket);
            let ordered = orders(&events, *ticket);
            prop_assert_eq!(ordered.last().is_some_and(|last| last == "on_hold"), holds, "{:?}", ordered);
        }
        let pending: Vec<_> = tale.end.ledger().open().map(|owed| owed.id).collect();
        let last = tale.end.ledger().open().filter_map(|owed| owed.due_now().or(owed.waits_until())).max();
        tale.end.wake(&rules, last.unwrap_or(Timestamp::MIN).plus_micros(1));
        for id in pending {
            prop_assert_ne!(tale.end.ledger().get(id).unwrap().verdict(), Verdict::Pending);
        }
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
            assert!(stopped || rounds.values().any(|owed| owed.is_open()), "the updates are silent");
        });
    }
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
    let mut both = 0;
    for _ in 0..200 {
        let mut drawn = || numbers().new_tree(&mut runner).unwrap().current();
        let (one, other) = (drawn(), drawn());
        both += u32::from(merged(&one, &other).is_some());
    }
    assert!(both > 60, "{both} of two hundred are merged");
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
