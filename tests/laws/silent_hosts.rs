//! Hosts of desks whose rulebooks have rules of silence: as random as any, but fond of the instants that a silence waits for; and one of a desk
//! where little else happens.

use owed::commitment::{Happened, Stamp};
use owed::policy::{Author, Class, Status, Visibility};
use owed::ticket::Order as Turn;
use owed::{Command, CommandId, Order, Recorded, Rulebook, Ticket, Timestamp};
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::looks_at_the_time;
use super::dice::Dice;
use super::rulebooks::HOUR;
use super::steps::{Scene, TICKET};
use super::story::{Drawn, for_everything_drawn};

pub fn rules(drawn: &Drawn) -> Rulebook {
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
pub struct Host<'a> {
    pub rules: &'a Rulebook,
    pub ticket: Ticket,
    pub log: Vec<Recorded>,
    pub now: Timestamp,
}

impl<'a> Host<'a> {
    pub fn new(rules: &'a Rulebook, now: Timestamp) -> Self {
        Self { rules, ticket: Ticket::new(TICKET), log: vec![], now }
    }

    /// Wakes and a command, at an instant beside the one that a silence waits for, or as in any story.
    pub fn step(&self, number: usize, dice: &mut Dice<'_>) -> (Vec<Timestamp>, Command) {
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

    pub fn play(&mut self, (wakes, command): &(Vec<Timestamp>, Command), awake: bool) {
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

pub fn for_every_host(law: impl Fn(&Host<'_>) -> TestCaseResult) {
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
pub fn for_every_quiet_host(law: impl Fn(&Host<'_>) -> TestCaseResult) {
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
