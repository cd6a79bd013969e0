//! What a ledger's answers cost, in instructions, and what a commitment costs, in bytes. `benches/ledger_count.sh` runs it under
//! callgrind and writes the table.
//!
//! Each question is asked through a function of its own that is not inlined: it is those that are counted.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a bench is a program")]

use std::hint::black_box;

use owed::{Command, CommandId, CommitmentId, Order, Recorded, Rulebook, Ticket, TicketId, Timestamp, Wake};
use uuid::Uuid;

const RULES: &str = r#"{
    "calendars": { "office": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } } },
    "calendar": "office",
    "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "8 working hours" } }]
}"#;

#[inline(never)]
fn count_next_wake(ticket: &Ticket) -> Option<Wake> {
    ticket.next_wake()
}

#[inline(never)]
fn count_handle(ticket: &mut Ticket, rules: &Rulebook, command: &Command) -> Vec<Recorded> {
    ticket.handle(rules, command).unwrap()
}

#[inline(never)]
fn count_wake(ticket: &mut Ticket, rules: &Rulebook, now: Timestamp) -> Vec<Recorded> {
    ticket.wake(rules, now)
}

/// One clock runs until somebody answers.
const ONE_CLOCK: &str = r#""first_response": "4 working hours""#;

/// Six run; an answer ends one, and another begins again with it.
const SIX_CLOCKS: &str = r#""first_response": "4 working hours", "periodic_update": "8 working hours", "first_resolution": "5 business days",
    "full_resolution": "40 working hours", "requester_wait": "40 working hours", "agent_work": "24 working hours""#;

fn by_targets(targets: &str) -> Rulebook {
    let office = r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } }"#;
    let text = format!(r#"{{ "calendar": {office}, "agreement": {{ {targets} }} }}"#);
    serde_json::from_str(&text).unwrap()
}

/// A desk that gives commands a minute apart.
struct Desk {
    rules: Rulebook,
    ticket: Ticket,
    given: u64,
}

impl Desk {
    fn new() -> Self {
        Self::by(serde_json::from_str(RULES).unwrap())
    }

    fn by(rules: Rulebook) -> Self {
        let mut desk =
            Self { rules, ticket: Ticket::new(TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0001))), given: 0 };
        desk.give(r#"{"room": "ticket", "type": "open", "requester": "c-1"}"#);
        desk
    }

    fn command(&mut self, order: &str) -> Command {
        self.given += 1;
        let order: Order = serde_json::from_str(order).unwrap();
        let by = serde_json::from_str(r#"{"agent": "ada"}"#).unwrap();
        let id = CommandId(Uuid::from_u128(0x9000_8000_0000_0000_0000 | u128::from(self.given)));
        let at = Timestamp::from_micros(1_772_438_400_000_000).plus_micros(self.given * 1_000_000);
        Command { stream: self.ticket.id(), id, at, happened: None, by, order }
    }

    fn give(&mut self, order: &str) {
        let command = self.command(order);
        self.ticket.handle(&self.rules, &command).unwrap();
    }

    fn promise(&mut self, number: u64, hours: u64) {
        let id = promise(number);
        self.give(&format!(
            r#"{{"room": "commitment", "type": "promise", "commitment": "{id}", "deliverable": "callback", "beneficiary": "c-1",
                "owner": {{"team": "desk", "agent": "ada"}}, "due": {{"within": "{hours} hours"}}}}"#
        ));
    }

    fn fulfil(&mut self, number: u64) {
        let id = promise(number);
        self.give(&format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{id}"}}"#));
    }
}

fn promise(number: u64) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x7000_8000_0000_0000_0000 | u128::from(number)))
}

const ASK: &str = r#"{"room": "ticket", "type": "message", "author": "customer"}"#;
const ANSWER: &str = r#"{"room": "ticket", "type": "message", "author": "agent"}"#;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let what = arguments.next().unwrap_or_default();
    let size: u64 = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(100);
    let mut desk = Desk::new();
    match what.as_str() {
        // Every promise has a due of its own, and one is handed over between two questions.
        "open" => {
            (0..size).for_each(|number| desk.promise(number, 1_000 + number));
            for turn in 0..100 {
                let owner = ["ada", "ben"][usize::try_from(turn % 2).unwrap()];
                let id = promise((turn * 7) % size);
                let order = format!(
                    r#"{{"room": "commitment", "type": "hand_over", "commitment": "{id}", "owner": {{"team": "desk", "agent": "{owner}"}}}}"#
                );
                let command = desk.command(&order);
                black_box(count_handle(&mut desk.ticket, &desk.rules, &command));
                black_box(count_next_wake(&desk.ticket));
            }
        }
        // A question is answered on a ticket on which so many cycles and promises have been closed.
        "closed" => {
            desk.give(ANSWER);
            for number in 0..size / 2 {
                desk.give(ASK);
                desk.give(ANSWER);
                desk.promise(number, 1_000);
                desk.fulfil(number);
            }
            for _ in 0..100 {
                desk.give(ASK);
                let command = desk.command(ANSWER);
                black_box(count_handle(&mut desk.ticket, &desk.rules, &command));
            }
        }
        // So many promises are broken at once.
        "breached" => {
            (0..size).for_each(|number| desk.promise(number, 1_000 + number));
            let late = Timestamp::from_micros(1_772_438_400_000_000).plus_micros(20_000 * 3_600_000_000);
            black_box(count_wake(&mut desk.ticket, &desk.rules, late));
        }
        // A reply while one clock runs, or six; without the reply, what it takes to set that up.
        "reply-1" | "reply-6" | "copy-1" | "copy-6" => {
            let mut desk = Desk::by(by_targets(if what.ends_with('1') { ONE_CLOCK } else { SIX_CLOCKS }));
            let answer = desk.command(ANSWER);
            for _ in 0..size {
                let mut ticket = desk.ticket.clone();
                if what.starts_with("reply") {
                    black_box(count_handle(&mut ticket, &desk.rules, &answer));
                }
                black_box(ticket);
            }
        }
        // So many promises are left in memory, for what is in use at the end.
        "bytes-open" | "bytes-closed" => {
            (0..size).for_each(|number| desk.promise(number, 1_000 + number));
            if what == "bytes-closed" {
                (0..size).for_each(|number| desk.fulfil(number));
            }
            std::mem::forget(desk.ticket);
        }
        _ => println!("{} bytes is a Commitment", size_of::<owed::commitment::Commitment>()),
    }
}
