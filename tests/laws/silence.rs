//! The laws over rules of silence, in rulebooks and stories like any other: what closes a ticket, and what never does.

use owed::commitment::{Binding, Event as Fact, VoidCause};
use owed::policy::SilenceStep;
use owed::ticket::Event as Turned;
use owed::{CommitmentId, Event, Recorded, Ticket, Timestamp};
use proptest::prelude::*;

use super::dice::Dice;
use super::last_word::{closings, last_word};
use super::rulebooks::HOUR;
use super::silent_hosts::{Host, for_every_host, for_every_quiet_host, rules};
use super::steps::TICKET;
use super::story::for_everything_drawn;

/// From a warning to the closing, by each rule that warns.
const NOTICE: u64 = 2 * HOUR;

/// Must 3.3. Law 11: no rule closes a ticket whose last word is the customer's.
#[test]
fn our_silence_never_closes() {
    let law = |host: &Host<'_>| {
        for (before, closed, _) in closings(&host.log) {
            prop_assert_eq!(last_word(before), Some(false), "at {}", closed.at);
        }
        for silence in host.ticket.silences() {
            prop_assert_eq!(last_word(&host.log), Some(false), "{:?}", silence);
        }
        Ok(())
    };
    for_every_host(law);
    for_every_quiet_host(law);
}

/// Nobody is given up who was not asked, reminded twice and warned, each with time to answer.
#[test]
fn nobody_is_given_up_unwarned() {
    for_every_host(|host| {
        for (before, closed, rule) in closings(&host.log) {
            if rule == "solved" {
                continue;
            }
            prop_assert_eq!(rule, "silent", "the other closes nothing");
            let since = before.iter().rev().take_while(|recorded| {
                !matches!(&recorded.event, Event::Ticket(Turned::SilenceBegan(began)) if began.rule.as_str() == rule)
            });
            let told: Vec<(SilenceStep, Timestamp)> = since
                .filter_map(|recorded| match &recorded.event {
                    Event::Ticket(Turned::Chased { rule: of, step, .. }) if of.as_str() == rule => {
                        Some((*step, recorded.at))
                    }
                    _ => None,
                })
                .collect();
            let steps: Vec<SilenceStep> = told.iter().rev().map(|(step, _)| *step).collect();
            prop_assert_eq!(steps, [SilenceStep::Remind, SilenceStep::Remind, SilenceStep::Warn]);
            prop_assert!(told.windows(2).all(|two| two[0].1.micros_since(two[1].1) >= HOUR), "{told:?}");
            prop_assert!(closed.at.micros_since(told[0].1) >= NOTICE, "{told:?}, closed at {}", closed.at);
        }
        Ok(())
    });
}

/// Law 6: what goes with the customer was owed when he was first reminded, and waited for him, or was asked for by itself; and it is not owed
/// twice when he comes back.
#[test]
fn only_what_waits_for_him_goes_with_him() {
    let seen = std::cell::Cell::new(0);
    for_every_quiet_host(|host| {
        for (before, closed, rule) in closings(&host.log) {
            let Event::Ticket(Turned::Closed { absent, .. }) = &closed.event else { unreachable!("a closing") };
            let same = |recorded: &&Recorded| (recorded.at, recorded.cause) == (closed.at, closed.cause);
            let gone: Vec<_> = before.iter().rev().take_while(same).filter_map(absence).collect();
            for id in absent {
                prop_assert!(gone.contains(id));
            }
            let began = |one: &Recorded| matches!(&one.event, Event::Ticket(Turned::SilenceBegan(began)) if began.rule.as_str() == rule);
            let since = before.iter().rposition(began);
            let first = before[since.unwrap_or(0)..]
                .iter()
                .find(|one| matches!(&one.event, Event::Ticket(Turned::Chased { rule: of, step: SilenceStep::Remind, .. }) if of.as_str() == rule));
            seen.set(seen.get() + absent.len());
            for id in absent {
                let owed = host.ticket.ledger().get(*id).expect("on record");
                let chased =
                    owed.notes.as_ref().is_some_and(|notes| notes.chase.is_some() || !notes.attempts.is_empty());
                let stood = |since| {
                    let mut pauses = owed.clock.pauses.iter();
                    pauses.any(|pause| pause.from <= since && pause.until.is_none_or(|until| until >= closed.at))
                };
                let waits = first.is_some_and(|first| owed.made <= first.at && stood(first.at));
                prop_assert!(chased || waits, "{owed:?}");
                let again =
                    host.ticket.ledger().all().filter(|other| other.renews.is_some_and(|renews| renews.of == *id));
                prop_assert!(again.filter(|other| other.is_open()).count() <= 1);
            }
        }
        Ok(())
    });
    assert!(seen.get() > 0, "it holds for want of closings: {}", seen.get());
}

fn absence(recorded: &Recorded) -> Option<CommitmentId> {
    match &recorded.event {
        Event::Commitment(Fact::Voided { commitment, cause: VoidCause::CustomerAbsent, .. }) => Some(*commitment),
        _ => None,
    }
}

/// Law 10, for rules as well.
#[test]
fn no_rule_closes_on_a_promise() {
    for_every_host(|host| {
        if let Some((before, closed, _)) = closings(&host.log).last() {
            let mut ticket = Ticket::replay(TICKET, before);
            ticket.apply(closed);
            // What the closing itself settles follows it at once.
            for recorded in &host.log[before.len() + 1..] {
                if recorded.at == closed.at && recorded.cause == closed.cause {
                    ticket.apply(recorded);
                }
            }
            let owed = ticket.ledger().open().filter(|owed| owed.binding == Binding::Promised && owed.made < closed.at);
            prop_assert_eq!(owed.filter(|owed| owed.beneficiary.to_string() == "c-1").count(), 0);
        }
        Ok(())
    });
}

/// Laws 3 and 4.
#[test]
fn wakes_change_nothing_about_a_silence() {
    let unnoticed = |log: &[Recorded]| -> Vec<Recorded> {
        log.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
    };
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let (mut awake, mut asleep) = (Host::new(&rules, drawn.base), Host::new(&rules, drawn.base));
        for (number, numbers) in drawn.turns.iter().enumerate() {
            let step = awake.step(number, &mut Dice::new(numbers));
            awake.play(&step, true);
            asleep.play(&step, false);
            let Some(wake) = awake.ticket.next_wake() else { continue };
            let mut early = awake.ticket.clone();
            prop_assert_eq!(early.wake(&rules, wake.at.minus_micros(1)), vec![]);
            prop_assert!(!early.wake(&rules, wake.at).is_empty());
            prop_assert!(early.next_wake().is_none_or(|next| next.at > wake.at));
        }
        for host in [&mut awake, &mut asleep] {
            let events = host.ticket.wake(&rules, Timestamp::MAX);
            host.log.extend(events);
        }
        prop_assert_eq!(unnoticed(&awake.log), unnoticed(&asleep.log));
        prop_assert_eq!(awake.ticket, asleep.ticket);
        Ok(())
    });
}

/// Law 14.
#[test]
fn a_silence_is_what_its_events_make_of_it() {
    for_every_host(|host| {
        let replayed = Ticket::replay(TICKET, &host.log);
        prop_assert_eq!(&replayed, &host.ticket);
        prop_assert_eq!(replayed.next_wake(), host.ticket.next_wake());
        let loaded: Ticket = serde_json::from_str(&serde_json::to_string(&host.ticket).unwrap()).unwrap();
        prop_assert_eq!(&loaded, &host.ticket);
        prop_assert_eq!(loaded.next_wake(), host.ticket.next_wake());
        Ok(())
    });
}

/// None of this holds for want of closings.
#[test]
fn silences_come_to_their_end() {
    let seen = std::cell::RefCell::new(std::collections::BTreeMap::new());
    let count = |host: &Host<'_>| {
        for recorded in &host.log {
            let name = match &recorded.event {
                Event::Ticket(Turned::Closed { rule: Some(rule), .. }) => format!("closed by {rule}"),
                Event::Ticket(Turned::Reopened { returned: true, .. }) => "he is back".to_owned(),
                Event::Commitment(Fact::Voided { cause: VoidCause::CustomerAbsent, .. })
                    if recorded.cause == owed::Cause::Time =>
                {
                    "gone with him".to_owned()
                }
                event => serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned(),
            };
            *seen.borrow_mut().entry(name).or_insert(0) += 1;
        }
    };
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let mut host = Host::new(&rules, drawn.base);
        for (number, numbers) in drawn.turns.iter().enumerate() {
            let step = host.step(number, &mut Dice::new(numbers));
            host.play(&step, true);
        }
        count(&host);
        Ok(())
    });
    for_every_quiet_host(|host| {
        count(host);
        Ok(())
    });

    let seen = seen.into_inner();
    let wanted = [
        "he is back",
        "gone with him",
        "closed by silent",
        "closed by solved",
        "closing_put_off",
        "silence_ended",
        "chase_due",
        "chased",
    ];
    let often = wanted.map(|name| (name, seen.get(name).copied().unwrap_or(0)));
    assert!(often.iter().all(|(_, times)| *times >= 5), "{often:?}");
}
