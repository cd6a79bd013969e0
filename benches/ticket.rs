//! What a ticket costs: `cargo bench --bench ticket`.
//!
//! Each row stands beside `copy_a_ticket` of the same run, so that figures of different machines can be held against each other.

use divan::{Bencher, black_box};
use owed::commitment::Actor;
use owed::{Command, CommandId, Name, Rulebook, Ticket, TicketId, Timestamp};
use uuid::Uuid;

fn main() {
    divan::main();
}

const RULES: &str = r#"{
    "calendars": { "office": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } } },
    "calendar": "office",
    "agreements": [{ "name": "sla", "targets": {
        "first_response": { "budget": "4 working hours", "warn": ["50 %", "30 working minutes before"] },
        "next_response": "8 working hours",
        "first_resolution": { "budget": "40 working hours", "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]
}"#;

const OPEN: &str = r#"{"room": "ticket", "type": "open", "requester": "c-1"}"#;
const ANSWER: &str = r#"{"room": "ticket", "type": "message", "author": "agent"}"#;
const NOTE: &str = r#"{"room": "ticket", "type": "message", "author": "agent", "visibility": "internal"}"#;
const WAIT: &str = r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#;

fn rules() -> Rulebook {
    serde_json::from_str(RULES).expect("a rulebook")
}

fn command(number: u128, minutes: u64, order: &str) -> Command {
    Command {
        stream: TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0001)),
        id: CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | number)),
        at: Timestamp::from_micros(1_772_438_400_000_000).plus_micros(minutes * 60_000_000),
        happened: None,
        by: Actor::System(Name::new("bench").expect("a name")),
        order: serde_json::from_str(order).expect("an order"),
    }
}

fn opened(rules: &Rulebook) -> Ticket {
    let open = command(1, 0, OPEN);
    let mut ticket = Ticket::new(open.stream);
    ticket.handle(rules, &open).expect("opened");
    ticket
}

/// The measure for the others.
#[divan::bench]
fn copy_a_ticket(bencher: Bencher) {
    let ticket = opened(&rules());
    bencher.bench_local(|| black_box(&ticket).clone());
}

/// Two deadlines by the calendar, two warnings, two derived ids.
#[divan::bench]
fn open_a_ticket_that_owes_two_things(bencher: Bencher) {
    let (rules, open) = (rules(), command(1, 0, OPEN));
    bencher.with_inputs(|| Ticket::new(open.stream)).bench_local_values(|mut ticket| {
        let events = ticket.handle(&rules, &open);
        (ticket, events)
    });
}

/// A reply: one clock runs and ends; of six one ends and one begins again.
#[divan::bench(args = ["one clock", "six clocks"])]
fn a_reply(bencher: Bencher, clocks: &str) {
    let targets = match clocks {
        "one clock" => r#""first_response": "4 working hours""#,
        _ => {
            r#""first_response": "4 working hours", "periodic_update": "8 working hours", "first_resolution": "5 business days",
               "full_resolution": "40 working hours", "requester_wait": "40 working hours", "agent_work": "24 working hours""#
        }
    };
    let office = r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } }"#;
    let rules: Rulebook = serde_json::from_str(&format!(r#"{{ "calendar": {office}, "agreement": {{ {targets} }} }}"#))
        .expect("a rulebook");
    let (ticket, answer) = (opened(&rules), command(2, 30, ANSWER));
    bencher.with_inputs(|| ticket.clone()).bench_local_values(|mut ticket| {
        let events = ticket.handle(&rules, &answer);
        (ticket, events)
    });
}

#[divan::bench(args = ["a note", "an answer", "a pause"])]
fn one_command(bencher: Bencher, name: &str) {
    let order = match name {
        "a note" => NOTE,
        "an answer" => ANSWER,
        _ => WAIT,
    };
    let (rules, command) = (rules(), command(2, 30, order));
    let ticket = opened(&rules);
    bencher.with_inputs(|| ticket.clone()).bench_local_values(|mut ticket| {
        let events = ticket.handle(&rules, &command);
        (ticket, events)
    });
}

/// Two warnings and two breaches at once.
#[divan::bench]
fn wake_a_month_late(bencher: Bencher) {
    let rules = rules();
    let ticket = opened(&rules);
    let late = command(2, 60 * 24 * 30, NOTE).at;
    bencher.with_inputs(|| ticket.clone()).bench_local_values(|mut ticket| {
        let events = ticket.wake(&rules, late);
        (ticket, events)
    });
}

#[divan::bench]
fn next_wake(bencher: Bencher) {
    let ticket = opened(&rules());
    bencher.bench_local(|| black_box(&ticket).next_wake());
}
