//! The laws over several tickets that are merged and split: nothing gets lost between them, and each is what its own events make of it.

use std::collections::BTreeSet;

use owed::commitment::{Binding, BreachCause, Commitment, Event as Fact, Origin, Party, Verdict, envelope};
use owed::escalation::Subject;
use owed::policy::Author;
use owed::ticket::{Both, Event as Turned, Merge, RefusedBoth, Split};
use owed::{
    AgentId, Command, CommandId, CommitmentId, Event, MessageRef, Recorded, Rulebook, Ticket, TicketId, Timestamp,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use uuid::Uuid;

use super::desk::looks_at_the_time;
use super::dice::Dice;
use super::last_word::{closings, last_word};
use super::steps::{Scene, TICKET, Turn};
use super::story::{Drawn, for_everything_drawn};

/// No more tickets than this.
const MOST: usize = 6;

/// The rules of a story, and ladders that everything climbs: breaches, and whatever is urgent.
fn rules(drawn: &Drawn) -> Rulebook {
    let mut rules: serde_json::Value = serde_json::from_str(&drawn.text).unwrap();
    for edition in rules["editions"].as_array_mut().unwrap() {
        edition["silence"] = serde_json::json!([
            { "name": "quiet", "while": { "not": { "status": ["closed", "solved"] } }, "remind": ["30 hours"] },
            { "name": "solved", "while": { "status": ["solved"] }, "close": "3 hours" }
        ]);
        edition["ladder"] = serde_json::json!("broken");
        edition["ladders"] = serde_json::json!([
            { "name": "broken", "causes": ["breached"],
              "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "head", "wait": "30 hours" }] },
            { "name": "urgent", "causes": [{ "while": { "priority": ["1"] } }], "rungs": [{ "notify": "lead", "wait": "4 hours" }] }
        ]);
    }
    serde_json::from_value(rules).unwrap()
}

/// Several tickets of one host, and what it has stored of each.
pub(super) struct Host<'a> {
    pub(super) rules: &'a Rulebook,
    now: Timestamp,
    tickets: Vec<Ticket>,
    pub(super) logs: Vec<Vec<Recorded>>,
    turns: Vec<Turn>,
    /// How many commands it has given about two tickets: each has a number of its own.
    about_two: u128,
}

/// What the host does next.
#[derive(Clone)]
enum Step {
    One { ticket: usize, wakes: Vec<Timestamp>, command: Command },
    Merge { from: usize, into: usize, command: envelope::Command<TicketId, Merge> },
    Split { from: usize, command: envelope::Command<TicketId, Split> },
}

fn id(ticket: usize) -> TicketId {
    TicketId(Uuid::from_u128(TICKET.0.as_u128() + ticket as u128))
}

impl<'a> Host<'a> {
    fn new(rules: &'a Rulebook, drawn: &Drawn) -> Self {
        let tickets = vec![Ticket::new(id(0)), Ticket::new(id(1))];
        Self { rules, now: drawn.base, tickets, logs: vec![vec![], vec![]], turns: vec![], about_two: 0 }
    }

    fn step(&self, dice: &mut Dice<'_>) -> Step {
        let from = dice.below(self.tickets.len());
        let at = self.now.plus_micros(dice.weighted(&[(3, 0), (2, 1), (2, 3_600_000_000), (1, 86_400_000_000)]));
        let number = CommandId(Uuid::from_u128(0xD0_0000 + self.about_two));
        let by = AgentId::new("ada").unwrap();
        match dice.weighted(&[(8, 0), (2, 1), (1, 2)]) {
            0 => self.one(from, dice),
            1 => {
                let into = dice.below(self.tickets.len());
                let command = envelope::Command::new(id(from), number, at, by, Merge { into: id(into) });
                if into == from { self.one(from, dice) } else { Step::Merge { from, into, command } }
            }
            _ if self.tickets.len() < MOST => {
                let command = envelope::Command::new(id(from), number, at, by, self.split(from, dice));
                Step::Split { from, command }
            }
            _ => self.one(from, dice),
        }
    }

    /// A turn of one ticket, as of a story of its own. What is new on it has ids that no other ticket gives.
    fn one(&self, ticket: usize, dice: &mut Dice<'_>) -> Step {
        let scene = Scene { rules: self.rules, ticket: &self.tickets[ticket], turns: &self.turns, now: self.now };
        let Turn { wakes, command } = scene.turn(dice);
        let mut order = serde_json::to_string(&command.order).unwrap();
        for number in 0..256 {
            let drawn = format!("00000000-0000-0000-0000-0000000000{number:02x}");
            let known = self.tickets[ticket].ledger().get(drawn.parse().unwrap()).is_some();
            if !known {
                order = order.replace(&drawn, &format!("00000000-0000-0000-000{ticket}-0000000000{number:02x}"));
            }
        }
        let stream = if command.stream == TICKET { id(ticket) } else { command.stream };
        let command = Command { stream, order: serde_json::from_str(&order).unwrap(), ..command };
        let refused = self.tickets[ticket].clone().handle(self.rules, &command).err();
        // The next command may be earlier than one that is not believed, and must not be later than a wake.
        let believed = looks_at_the_time(refused.as_ref().map(|refused| &refused.why));
        Step::One { ticket, wakes: if believed { wakes } else { vec![] }, command }
    }

    fn split(&self, from: usize, dice: &mut Dice<'_>) -> Split {
        let ticket = &self.tickets[from];
        let messages: Vec<&MessageRef> = ticket.past().iter().filter_map(|past| past.fact.message()).collect();
        let spoken = ticket.ledger().open().filter(|owed| !matches!(owed.origin, Origin::Policy(_)));
        let spoken: Vec<CommitmentId> = spoken.map(|owed| owed.id).collect();
        Split {
            into: id(self.tickets.len()),
            messages: dice.some_of(&messages, 60).into_iter().cloned().collect(),
            commitments: dice.some_of(&spoken, 60).into_iter().collect(),
            requester: None,
            priority: ticket.priority().cloned(),
            about: Box::default(),
        }
    }

    /// Does it; says which tickets it was about.
    fn play(&mut self, step: &Step, awake: bool) -> Vec<usize> {
        match step {
            Step::One { ticket, wakes, command } => {
                for wake in wakes.iter().filter(|_| awake) {
                    let events = self.tickets[*ticket].wake(self.rules, *wake);
                    self.logs[*ticket].extend(events);
                }
                let events = match self.tickets[*ticket].handle(self.rules, command) {
                    Ok(events) => events,
                    Err(refused) => refused.meanwhile,
                };
                self.logs[*ticket].extend(events);
                self.turns.push(Turn { wakes: vec![], command: command.clone() });
                vec![*ticket]
            }
            Step::Merge { from, into, command } => {
                self.both([*from, *into], |from, into, rules| from.merge(into, rules, command))
            }
            Step::Split { from, command } => {
                let into = self.tickets.len();
                self.tickets.push(Ticket::new(id(into)));
                self.logs.push(vec![]);
                self.both([*from, into], |from, into, rules| from.split(into, rules, command))
            }
        }
    }

    fn both(
        &mut self,
        [from, into]: [usize; 2],
        order: impl Fn(&mut Ticket, &mut Ticket, &Rulebook) -> Result<Both, RefusedBoth>,
    ) -> Vec<usize> {
        let [one, other] = self.tickets.get_disjoint_mut([from, into]).unwrap();
        self.about_two += 1;
        let both = match order(one, other, self.rules) {
            Ok(both) => {
                let again = order(&mut one.clone(), &mut other.clone(), self.rules);
                assert_eq!(again, Ok(Both::default()), "the same command again");
                both
            }
            Err(refused) => refused.meanwhile,
        };
        self.logs[from].extend(both.from);
        self.logs[into].extend(both.to);
        vec![from, into]
    }

    fn all(&self) -> impl Iterator<Item = &Commitment> {
        self.tickets.iter().flat_map(|ticket| ticket.ledger().all())
    }

    fn facts(&self) -> impl Iterator<Item = (&Recorded, &Fact)> {
        self.logs.iter().flatten().filter_map(|recorded| match &recorded.event {
            Event::Commitment(fact) => Some((recorded, fact)),
            Event::Ticket(_) | Event::Escalation(_) => None,
        })
    }
}

pub(super) fn for_every_host(law: impl Fn(&Host<'_>, &[usize]) -> TestCaseResult) {
    every_host(&law);
}

fn every_host(law: &dyn Fn(&Host<'_>, &[usize]) -> TestCaseResult) {
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let mut host = Host::new(&rules, drawn);
        for numbers in &drawn.turns {
            let step = host.step(&mut Dice::new(numbers));
            let about = host.play(&step, true);
            host.now =
                about.iter().filter_map(|ticket| host.tickets[*ticket].last_recorded()).fold(host.now, Timestamp::max);
            law(&host, &about)?;
        }
        let all: Vec<usize> = (0..host.tickets.len()).collect();
        for ticket in &all {
            let events = host.tickets[*ticket].wake(host.rules, Timestamp::MAX);
            host.logs[*ticket].extend(events);
        }
        law(&host, &all)
    });
}

/// Law 9, per ticket and in total, through merges and splits.
#[test]
fn made_and_carried_in_equals_decided_pending_and_carried_out() {
    for_every_host(|host, about| {
        for ticket in about {
            let counts = host.tickets[*ticket].ledger().count();
            prop_assert!(counts.add_up(), "{counts}");
        }
        let counts: Vec<_> = host.tickets.iter().map(|ticket| ticket.ledger().count()).collect();
        let sum = |of: fn(&owed::commitment::Counts) -> u64| counts.iter().map(of).sum::<u64>();
        prop_assert_eq!(sum(|counts| counts.carried_in), sum(|counts| counts.carried_out));
        let verdicts = sum(|counts| counts.pending + counts.fulfilled + counts.breached + counts.void);
        prop_assert_eq!(sum(|counts| counts.made), verdicts);
        Ok(())
    });
}

/// Law 1: what was ever made is on record on one ticket and no other, and what is pending has a wake there.
#[test]
fn nothing_is_forgotten_between_tickets() {
    for_every_host(|host, _| {
        let made: BTreeSet<CommitmentId> = host
            .facts()
            .filter(|(_, fact)| matches!(fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_)))
            .map(|(_, fact)| fact.commitment())
            .collect();
        let there: Vec<CommitmentId> = host.all().map(|owed| owed.id).collect();
        prop_assert_eq!(there.len(), made.len());
        prop_assert_eq!(there.into_iter().collect::<BTreeSet<_>>(), made);
        for ticket in &host.tickets {
            let waits = ticket.ledger().open().any(|owed| owed.verdict() == Verdict::Pending);
            prop_assert!(!waits || ticket.next_wake().is_some());
        }
        Ok(())
    });
}

/// Law 2: time alone gives everything a verdict, on whichever ticket it is.
#[test]
fn everything_is_decided_on_some_ticket() {
    for_every_host(|host, _| {
        if host.tickets.iter().all(|ticket| ticket.next_wake().is_none()) {
            prop_assert!(host.all().all(|owed| owed.verdict() != Verdict::Pending));
        }
        Ok(())
    });
}

/// Law 7: what was carried over breaks at its deadline like anything else.
#[test]
fn a_breach_is_at_its_deadline_on_whichever_ticket() {
    for_every_host(|host, about| {
        for recorded in about.iter().flat_map(|ticket| &host.logs[*ticket]) {
            if let Event::Commitment(Fact::Breached { due, cause: BreachCause::Deadline, .. }) = &recorded.event {
                prop_assert_eq!(recorded.at, *due);
            }
        }
        Ok(())
    });
}

/// Law 10: a ticket that goes on as part of another leaves nothing owed behind, and nothing that somebody must hear of.
#[test]
fn a_merged_ticket_leaves_nothing_behind() {
    for_every_host(|host, about| {
        for (index, (ticket, log)) in host.tickets.iter().zip(&host.logs).enumerate() {
            let last = log.iter().rev().find(|recorded| matches!(recorded.event, Event::Ticket(_)));
            let merged = last.is_some_and(|last| matches!(last.event, Event::Ticket(Turned::MergedInto { .. })));
            // What is put right later may be owed here again, as on any closed ticket.
            if merged && about.first() == Some(&index) && about.len() == 2 {
                prop_assert_eq!(ticket.ledger().open().count(), 0);
                prop_assert_eq!(ticket.escalations().live().count(), 0);
                prop_assert_eq!(ticket.next_wake(), None);
            }
            for escalation in ticket.escalations().live() {
                if let Subject::Commitment(id) = escalation.subject {
                    prop_assert!(ticket.ledger().get(id).is_some(), "an orphan: {escalation:?}");
                }
            }
        }
        Ok(())
    });
}

/// What was carried over is just what it was: terms, deadline, verdict, breach and record.
#[test]
fn what_is_carried_over_is_what_it_was() {
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let mut host = Host::new(&rules, drawn);
        for numbers in &drawn.turns {
            let step = host.step(&mut Dice::new(numbers));
            let about = host.play(&step, false);
            host.now =
                about.iter().filter_map(|ticket| host.tickets[*ticket].last_recorded()).fold(host.now, Timestamp::max);
        }
        for (index, log) in host.logs.iter().enumerate() {
            for (place, recorded) in log.iter().enumerate() {
                let Event::Commitment(Fact::CarriedOut { commitment, to }) = &recorded.event else { continue };
                let before = Ticket::replay(id(index), &log[..place]);
                let was = before.ledger().get(*commitment).expect("it was there");
                let there = host.tickets.iter().position(|ticket| ticket.id().0 == to.0).expect("a ticket");
                let arrived = host.logs[there].iter().find_map(|other| match &other.event {
                    Event::Commitment(Fact::CarriedIn { commitment, .. })
                        if commitment.id == was.id && other.cause == recorded.cause =>
                    {
                        Some(commitment)
                    }
                    _ => None,
                });
                prop_assert_eq!(arrived.map(|arrived| &**arrived), Some(was));
            }
        }
        Ok(())
    });
}

/// Laws 3 and 4: wakes change nothing on either, and each knows when it must be woken.
#[test]
fn wakes_change_nothing_on_several_tickets() {
    let unnoticed = |log: &[Recorded]| -> Vec<Recorded> {
        log.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
    };
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let (mut awake, mut asleep) = (Host::new(&rules, drawn), Host::new(&rules, drawn));
        for numbers in &drawn.turns {
            let step = awake.step(&mut Dice::new(numbers));
            let about = awake.play(&step, true);
            asleep.play(&step, false);
            awake.now = about
                .iter()
                .filter_map(|ticket| awake.tickets[*ticket].last_recorded())
                .fold(awake.now, Timestamp::max);
            for ticket in about {
                let ticket = &awake.tickets[ticket];
                let Some(wake) = ticket.next_wake() else { continue };
                let mut early = ticket.clone();
                prop_assert_eq!(early.wake(awake.rules, wake.at.minus_micros(1)), vec![]);
                prop_assert!(!early.wake(awake.rules, wake.at).is_empty());
            }
        }
        for host in [&mut awake, &mut asleep] {
            for (ticket, log) in host.tickets.iter_mut().zip(&mut host.logs) {
                log.extend(ticket.wake(host.rules, Timestamp::MAX));
            }
        }
        for (awake, asleep) in awake.logs.iter().zip(&asleep.logs) {
            prop_assert_eq!(unnoticed(awake), unnoticed(asleep));
        }
        prop_assert_eq!(awake.tickets, asleep.tickets);
        Ok(())
    });
}

/// Law 14: each ticket is what its own stored events make of it, and a stored one goes on the same.
#[test]
fn replay_equals_live_on_several_tickets() {
    for_every_host(|host, about| {
        for index in about {
            let (ticket, log) = (&host.tickets[*index], &host.logs[*index]);
            let stored: Vec<Recorded> = log
                .iter()
                .map(|recorded| serde_json::from_str(&serde_json::to_string(recorded).unwrap()).unwrap())
                .collect();
            let replayed = Ticket::replay(id(*index), &stored);
            prop_assert_eq!(&replayed, ticket);
            prop_assert_eq!(replayed.next_wake(), ticket.next_wake());
            let loaded: Ticket = serde_json::from_str(&serde_json::to_string(ticket).unwrap()).unwrap();
            prop_assert_eq!(&loaded, ticket);
            prop_assert_eq!(loaded.next_wake(), ticket.next_wake());
        }
        Ok(())
    });
}

/// Law 10: whichever ticket a promise has come to, by a merge, by a split or as a part that was given on, that one does not close on it.
#[test]
fn no_ticket_closes_on_a_promise_that_came_over() {
    let closed = std::cell::Cell::new([0_usize; 2]);
    for_every_host(|host, about| {
        for index in about {
            let (ticket, log) = (&host.tickets[*index], &host.logs[*index]);
            let Some(last) = log.last() else { continue };
            let heard = log.iter().rev().take_while(|recorded| recorded.cause == last.cause && recorded.at == last.at);
            let heard: Vec<_> = heard.collect();
            if !heard.iter().any(|recorded| matches!(recorded.event, Event::Ticket(Turned::Closed { .. }))) {
                continue;
            }
            let came = log.iter().any(|recorded| matches!(recorded.event, Event::Commitment(Fact::CarriedIn { .. })));
            let mut so_far = closed.get();
            so_far[usize::from(came)] += 1;
            closed.set(so_far);
            let made_now = |owed: &Commitment| {
                heard.iter().any(|recorded| matches!(&recorded.event, Event::Commitment(Fact::Promised(made)) if made.commitment == owed.id))
            };
            let promised = ticket.ledger().open().filter(|owed| {
                let customer = matches!(owed.beneficiary, Party::Customer(_) | Party::Organisation(_));
                customer && owed.binding == Binding::Promised && !made_now(owed)
            });
            prop_assert_eq!(promised.map(|owed| owed.id).collect::<Vec<_>>(), Vec::new());
        }
        Ok(())
    });
    let [alone, came] = closed.get();
    assert!(alone > 10 && came > 0, "closed: {alone}, and {came} to which something had come");
}

/// Law 11: what the customer had said last on a ticket that goes on as part of another waits there, until the desk has spoken.
#[test]
fn nobody_is_silent_whose_word_was_carried_over() {
    for_every_host(|host, about| {
        for index in about {
            let (ticket, log) = (&host.tickets[*index], &host.logs[*index]);
            let Some(silence) = ticket.silences().iter().max_by_key(|silence| silence.since) else { continue };
            prop_assert_eq!(last_word(log), Some(false), "{:?}", silence);
            for (place, recorded) in log.iter().enumerate() {
                let Event::Ticket(Turned::MergedFrom { ticket: from, .. }) = &recorded.event else { continue };
                let there = host.tickets.iter().position(|ticket| ticket.id() == *from).expect("a ticket");
                let until = |other: &&Recorded| {
                    !(other.cause == recorded.cause && matches!(other.event, Event::Ticket(Turned::MergedInto { .. })))
                };
                let source: Vec<Recorded> = host.logs[there].iter().take_while(until).cloned().collect();
                let answered = log[place..].iter().any(|later| {
                    later.at > recorded.at
                        && match &later.event {
                            Event::Ticket(
                                Turned::MessageAdded { author, .. } | Turned::MessageReclassified { author, .. },
                            ) => *author == Author::Agent,
                            Event::Ticket(Turned::Called { reached, .. }) => *reached,
                            _ => false,
                        }
                });
                prop_assert!(answered || last_word(&source) != Some(true), "{:?}, {:?}", silence, recorded);
            }
        }
        Ok(())
    });
}

/// Law 11: no rule closes a ticket whose last word is the customer's, also where that came over.
#[test]
fn our_silence_closes_no_ticket_of_several() {
    let seen = std::cell::Cell::new(0_usize);
    for_every_host(|host, about| {
        for index in about {
            for (before, closed, _) in closings(&host.logs[*index]) {
                seen.set(seen.get() + 1);
                prop_assert_eq!(last_word(before), Some(false), "at {}", closed.at);
            }
        }
        Ok(())
    });
    assert!(seen.get() > 10, "closed by a rule: {}", seen.get());
}

/// Merges and splits are taken, and not only refused.
#[test]
fn tickets_are_merged_and_split() {
    let seen = std::cell::RefCell::new(std::collections::BTreeMap::new());
    for_every_host(|host, about| {
        if about.len() == host.tickets.len() {
            for recorded in host.logs.iter().flatten() {
                let name = serde_json::to_value(&recorded.event).unwrap()["type"].as_str().unwrap().to_owned();
                *seen.borrow_mut().entry(name).or_insert(0) += 1;
            }
        }
        Ok(())
    });
    let seen = seen.into_inner();
    for name in ["merged_into", "merged_from", "split_from", "message_moved", "carried_out", "carried_in"] {
        assert!(seen.get(name).is_some_and(|often| *often > 20), "{name}: {:?}", seen.get(name));
    }
}
