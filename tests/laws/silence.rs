//! The laws over rules of silence, in rulebooks and stories like any other: what closes a ticket, and what never does.

use owed::commitment::{Binding, Ending, Event as Fact, Happened, Stamp, VoidCause};
use owed::escalation::{Decision, Event as Tell};
use owed::policy::{Author, Class, Mark, SilenceStep, Status, Visibility};
use owed::ticket::{Event as Turned, Order as Turn};
use owed::{Command, CommandId, CommitmentId, Event, MessageRef, Order, Recorded, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::looks_at_the_time;
use super::dice::Dice;
use super::rulebooks::HOUR;
use super::steps::{Scene, TICKET};
use super::story::{Drawn, for_everything_drawn};

/// From a warning to the closing, by each rule that warns.
const NOTICE: u64 = 2 * HOUR;

fn rules(drawn: &Drawn) -> Rulebook {
    let mut rules: Value = serde_json::from_str(&drawn.text).unwrap();
    for edition in rules["editions"].as_array_mut().unwrap() {
        // A promise that stands still while the ticket waits for the customer.
        edition["metrics"]["patience"] = json!({
            "deliverable": "visit", "start": [{ "fact": "opened" }], "stop": [{ "fact": "status", "to": ["solved"] }],
            "pause": [{ "reason": "him", "when": { "status": ["pending"] } }]
        });
        edition["agreements"].as_array_mut().unwrap().push(json!({
            "name": "patient", "binding": "promised",
            "targets": { "patience": { "budget": "300 hours", "pausable": { "total": "2000 hours" } } }
        }));
        edition["silence"] = json!([
            { "name": "silent", "while": { "status": ["pending"] },
              "remind": ["1 hour", "2 hours"], "warn": "3 hours", "close": "5 hours" },
            { "name": "solved", "while": { "status": ["solved"] }, "close": "3 hours" },
            { "name": "nudge", "while": { "priority": ["1"] }, "remind": ["2 hours"] }
        ]);
    }
    serde_json::from_value(rules).unwrap()
}

/// A host with one ticket.
#[derive(Clone)]
struct Host<'a> {
    rules: &'a Rulebook,
    ticket: Ticket,
    log: Vec<Recorded>,
    now: Timestamp,
}

impl<'a> Host<'a> {
    fn new(rules: &'a Rulebook, now: Timestamp) -> Self {
        Self { rules, ticket: Ticket::new(TICKET), log: vec![], now }
    }

    /// Wakes and a command, at an instant beside the one that a silence waits for, or as in any story.
    fn step(&self, number: usize, dice: &mut Dice<'_>) -> (Vec<Timestamp>, Command) {
        let scene = Scene { rules: self.rules, ticket: &self.ticket, turns: &[], now: self.now };
        let mut turn = scene.turn(dice);
        let id = CommandId(Uuid::from_u128(0xC0_0000 + number as u128));
        turn.command = Command { id, ..turn.command };
        if self.ticket.status().is_some() && dice.chance(90) {
            let wake = self.ticket.next_wake().map_or(self.now, |wake| wake.at);
            let near = wake.micros_since(self.now) < 100 * HOUR;
            let beside = dice.one_of(&[0, 1, 60_000_000]);
            let at = if near && dice.chance(90) { wake.minus_micros(1).plus_micros(beside) } else { self.now };
            let order = self.order(dice);
            turn.command = Command { at: at.max(self.now), happened: None, order, ..turn.command };
            turn.command.stream = TICKET;
            turn.wakes = dice.some_of(&[turn.command.at.minus_micros(1), turn.command.at], 50);
        }
        let refused = self.ticket.clone().handle(self.rules, &turn.command).err();
        if !looks_at_the_time(refused.as_ref().map(|refused| &refused.why)) {
            turn.wakes.clear();
        }
        (turn.wakes, turn.command)
    }

    fn order(&self, dice: &mut Dice<'_>) -> Order {
        let message = |author, class| {
            let visibility = Visibility::Public;
            Turn::Message { author, visibility, class, message: None }
        };
        let due = self.ticket.silences().iter().any(|silence| silence.due.is_some());
        let counts = !self.ticket.silences().is_empty();
        if due && dice.chance(85) {
            return Order::Ticket(Turn::Chase { rule: None, message: "told".parse().unwrap() });
        }
        Order::Ticket(match dice.below(if counts { 60 } else { 11 }) {
            0..4 => Turn::SetStatus { status: Status::Pending },
            4..7 => message(Author::Agent, None),
            7 => Turn::Solve {},
            8 => message(Author::Customer, Some(Class::Thanks)),
            9 => message(Author::Automation, None),
            10 => message(Author::Customer, None),
            // Time passes, and something that has nothing to do with it happens.
            _ => Turn::SetField { field: "seen".parse().unwrap(), value: None },
        })
    }

    fn play(&mut self, (wakes, command): &(Vec<Timestamp>, Command), awake: bool) {
        for wake in wakes.iter().filter(|_| awake) {
            let events = self.ticket.wake(self.rules, *wake);
            self.log.extend(events);
        }
        let events = match self.ticket.handle(self.rules, command) {
            Ok(events) => events,
            Err(refused) => refused.meanwhile,
        };
        self.log.extend(events);
        self.now = self.ticket.last_recorded().map_or(self.now, |last| last.max(self.now));
    }
}

fn for_every_host(law: impl Fn(&Host<'_>) -> TestCaseResult) {
    every_host(&law);
}

fn every_host(law: &dyn Fn(&Host<'_>) -> TestCaseResult) {
    for_everything_drawn(|drawn| {
        let rules = rules(drawn);
        let mut host = Host::new(&rules, drawn.base);
        for (number, numbers) in drawn.turns.iter().enumerate() {
            let step = host.step(number, &mut Dice::new(numbers));
            host.play(&step, true);
            law(&host)?;
        }
        let events = host.ticket.wake(&rules, Timestamp::MAX);
        host.log.extend(events);
        law(&host)
    });
}

/// A message, from the events alone.
struct Told {
    happened: Timestamp,
    author: Author,
    is_word: bool,
    message: Option<MessageRef>,
}

/// Whether it is something that the customer did about what is owed, or asked for.
fn acts(event: &Event) -> bool {
    match event {
        Event::Commitment(fact) => match fact {
            Fact::ConditionMet { .. } | Fact::Declined { .. } | Fact::Heard { .. } => true,
            Fact::Ended { ending, .. } => matches!(ending, Ending::Waived { .. }),
            Fact::Voided { cause, .. } => {
                matches!(cause, VoidCause::Released { .. } | VoidCause::Renegotiated { .. } | VoidCause::InTime { .. })
            }
            _ => false,
        },
        Event::Escalation(told) => matches!(
            told,
            Tell::DecisionRequested { .. }
                | Tell::DecisionRequestedAgain { .. }
                | Tell::Decided { decision: Decision::Withdrawn { .. }, .. }
        ),
        Event::Ticket(_) => false,
    }
}

/// Who has the last word after these events, the slow way: the customer (true), the desk (false), or nobody. What he says is answered by
/// what the desk says later, and has not said before.
pub fn last_word(log: &[Recorded]) -> Option<bool> {
    let mut told: Vec<Told> = Vec::new();
    for recorded in log {
        let happened = recorded.happened.map_or(recorded.at, |happened| happened.at);
        let mut speaks = |author, is_word, message: Option<&MessageRef>| {
            told.push(Told { happened, author, is_word, message: message.cloned() });
        };
        let turned = match &recorded.event {
            Event::Ticket(turned) => turned,
            event => {
                if acts(event) {
                    speaks(Author::Customer, true, None);
                }
                continue;
            }
        };
        match turned {
            Turned::HumanAskedFor {}
            | Turned::Marked {
                mark:
                    Mark::RemedyAsked { .. }
                    | Mark::SolutionFailed { .. }
                    | Mark::Unclear { .. }
                    | Mark::FeedbackGiven { safe: Some(false), .. },
            } => speaks(Author::Customer, true, None),
            Turned::Opened { author, message, .. } => {
                speaks(*author, true, message.as_ref());
            }
            Turned::MessageAdded { author, visibility, class, message, .. } => {
                let is_word = *visibility == Visibility::Public && class.is_none();
                speaks(*author, is_word, message.as_ref());
            }
            Turned::Called { author: Author::Customer | Author::Agent, reached: true, .. } => {
                speaks(Author::Agent, true, None);
            }
            Turned::Called { author: Author::Customer, reached: false, .. } => {
                speaks(Author::Customer, true, None);
            }
            Turned::MessageReclassified { message, author, visibility, class } => {
                if let Some(of) = told.iter_mut().rev().find(|told| told.message.as_ref() == Some(message)) {
                    (of.author, of.is_word) = (*author, *visibility == Visibility::Public && class.is_none());
                }
            }
            Turned::MessageBounced { message } | Turned::MessageMoved { message, .. } => {
                if let Some(of) = told.iter_mut().rev().find(|told| told.message.as_ref() == Some(message)) {
                    // Whatever it is filed as from now on, it came back, or is elsewhere.
                    (of.is_word, of.message) = (false, None);
                }
            }
            Turned::Redacted { message } => {
                for told in told.iter_mut().filter(|told| told.message.as_ref() == Some(message)) {
                    told.message = None;
                }
            }
            _ => {}
        }
    }
    let words: Vec<&Told> = told.iter().filter(|told| told.is_word).collect();
    let by = |author| words.iter().enumerate().filter(move |(_, told)| told.author == author);
    let waits = by(Author::Customer)
        .any(|(asked, his)| !by(Author::Agent).any(|(index, told)| index > asked && told.happened >= his.happened));
    if waits { Some(true) } else { by(Author::Agent).next().map(|_| false) }
}

/// Every closing by a rule, with the events before it.
pub fn closings(log: &[Recorded]) -> impl Iterator<Item = (&[Recorded], &Recorded, &str)> {
    log.iter().enumerate().filter_map(|(index, recorded)| match &recorded.event {
        Event::Ticket(Turned::Closed { rule: Some(rule), .. }) => Some((&log[..index], recorded, rule.as_str())),
        _ => None,
    })
}

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

/// A desk at which little else happens than that a customer is asked, and is silent: he is owed something that stands still while the ticket
/// waits for him, and something that comes to be owed later.
const QUIET: &str = r#"{ "editions": [{
    "metrics": { "patience": { "deliverable": "visit", "start": [{ "fact": "opened" }, { "fact": "field" }],
        "stop": [{ "fact": "status", "to": ["solved"] }], "pause": [{ "reason": "him", "when": { "status": ["pending"] } }] } },
    "agreements": [{ "name": "patient", "binding": "promised",
        "targets": { "patience": { "budget": "300 hours", "pausable": { "total": "2000 hours", "once": "40 hours" } } } }],
    "silence": [{ "name": "silent", "while": { "status": ["open", "pending"] },
        "remind": ["1 hour", "2 hours"], "warn": "3 hours", "close": "5 hours" }]
}] }"#;

/// Whatever happens at such a desk, told to a law as it comes.
fn for_every_quiet_host(law: impl Fn(&Host<'_>) -> TestCaseResult) {
    every_quiet_host(&law);
}

fn every_quiet_host(law: &dyn Fn(&Host<'_>) -> TestCaseResult) {
    let rules: Rulebook = serde_json::from_str(QUIET).unwrap();
    for_everything_drawn(|drawn| {
        let mut host = Host::new(&rules, drawn.base);
        for (number, numbers) in drawn.turns.iter().cycle().take(80).enumerate() {
            let mut dice = Dice::new(numbers);
            let skipped = dice.some_of(&[(); 4], 50).len() + number % 3;
            (0..skipped).for_each(|_| _ = dice.below(7));
            let order =
                if number == 0 { Order::Ticket(Turn::open("c-1".parse().unwrap())) } else { host.quietly(&mut dice) };
            let wake = host.ticket.next_wake().map_or(host.now, |wake| wake.at);
            let near = wake.micros_since(host.now) < 100 * HOUR && dice.chance(60);
            let at = if near { wake.max(host.now) } else { host.now.plus_micros(60_000_000) };
            let (stream, id) = (TICKET, CommandId(Uuid::from_u128(0xC1_0000 + number as u128)));
            // What the desk says may have been said before what the customer has said since.
            let earlier = Happened { at: at.minus_micros(90_000_000), stamp: Stamp::Transport };
            let happened = Some(earlier).filter(|_| number > 0 && dice.chance(50));
            let by = serde_json::from_str(r#"{"agent": "ada"}"#).unwrap();
            host.play(&(vec![], Command { stream, id, at, happened, by, order }), false);
        }
        law(&host)
    });
}

impl Host<'_> {
    fn quietly(&self, dice: &mut Dice<'_>) -> Order {
        let say = |author| Turn::Message { author, visibility: Visibility::Public, class: None, message: None };
        let due = self.ticket.silences().iter().any(|silence| silence.due.is_some());
        let counts = !self.ticket.silences().is_empty();
        let seen = self.ticket.standing().is_some_and(|standing| !standing.fields.is_empty());
        let set = |status| Turn::SetStatus { status };
        Order::Ticket(match dice.below(if counts { 36 } else { 8 }) {
            0 => say(Author::Customer),
            1..3 if counts => set(if dice.chance(50) { Status::Open } else { Status::Pending }),
            1..3 => set(Status::Pending),
            3..7 if !counts => say(Author::Agent),
            3 | 7 => {
                Turn::SetField { field: "seen".parse().unwrap(), value: Some(serde_json::from_str("true").unwrap()) }
            }
            _ if due => Turn::Chase { rule: None, message: "told".parse().unwrap() },
            _ if !seen => {
                Turn::SetField { field: "seen".parse().unwrap(), value: Some(serde_json::from_str("true").unwrap()) }
            }
            _ => Turn::SetLanguage { language: None },
        })
    }
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
