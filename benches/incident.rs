//! What an incident costs that affects many: `cargo bench --bench incident` measures 10,000 and 100,000 customers, and prints the table of
//! `benches/INCIDENT.md`; `cargo bench --bench incident -- 1000000` measures a million.
//!
//! Each is told in random order, one command each; of twenty, one notice comes back and is sent in another way. Memory is what the process
//! holds more after an incident has been replayed from its stored lines, one at a time (Linux only).
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a bench is a program")]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

use owed::commitment::{Channel, DueRule, Owner, Rounds};
use owed::incident::envelope::{Command, Order as Any, Recorded};
use owed::incident::{
    Affected, Clocks, Declare, Incident, Mending, Order, Owes, Report, Target, Telling, Updates, Whom,
};
use owed::{AgentId, CommandId, ContactId, IncidentId, MessageRef, Name, Rulebook, SeriesId, TeamId, Timestamp};
use uuid::Uuid;

const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)
}

const ID: IncidentId = IncidentId(uuid(1));

fn customer(number: usize) -> ContactId {
    ContactId::new(&format!("customer-{number:07}")).unwrap()
}

fn message(text: &str) -> MessageRef {
    MessageRef::new(text).unwrap()
}

fn declare(customers: usize) -> Declare {
    let within = |text: &str| Target::within(text.parse().unwrap());
    let team = Owner::from(TeamId::new("security").unwrap());
    let languages = ["en", "fa", "hi", "tr", "ur"].map(|language| Name::new(language).unwrap());
    let affected = (0..customers).map(|n| Affected::new(customer(n)).over(Channel::Email, languages[n % 5].clone()));
    Declare {
        severity: Name::new("major").unwrap(),
        owner: team.clone(),
        lead: team.through(AgentId::new("lena").unwrap()),
        owes: Owes {
            notice: within("72 hours"),
            answer: within("4 hours"),
            mending: Mending::Fix(DueRule::Within("48 hours".parse().unwrap())),
            updates: Some(Updates {
                series: SeriesId(uuid(2)),
                every: "4 hours".parse().unwrap(),
                mode: Rounds::Rolling,
                horizon: DueRule::Within("168 hours".parse().unwrap()),
                decide_within: "1 hour".parse().unwrap(),
                calendar: None,
            }),
            news: within("24 hours"),
            feedback: within("48 hours"),
            repair: within("8 hours"),
            review: None,
        },
        clocks: Clocks::On,
        affected: affected.collect(),
    }
}

struct Desk {
    incident: Incident,
    rules: Rulebook,
    at: Timestamp,
    given: u128,
    events: Vec<Recorded>,
}

impl Desk {
    fn give(&mut self, order: impl Into<Any>) {
        self.given += 1;
        self.at = self.at.plus_micros(1_000);
        let id = CommandId(uuid(1_000 + self.given));
        let command = Command::new(ID, id, self.at, AgentId::new("ada").unwrap(), order);
        let events = self.incident.handle(&self.rules, &command).unwrap();
        self.events.extend(events);
        black_box(self.incident.next_wake());
    }
}

/// The numbers below `many` in an order that looks like chance and is the same at every run.
fn shuffled(many: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..many).collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for index in (1..many).rev() {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        order.swap(index, (seed % (index as u64 + 1)) as usize);
    }
    order
}

struct Row(&'static str, Vec<f64>);

/// What each step takes, in microseconds a customer; and the stored bytes.
fn measured(many: usize) -> Vec<(&'static str, f64)> {
    let mut steps = Vec::new();
    let rules = serde_json::from_str(r#"{ "agreements": [] }"#).unwrap();
    let at = "2026-03-02T09:00:00Z".parse().unwrap();
    let mut desk = Desk { incident: Incident::new(ID), rules, at, given: 0, events: Vec::new() };
    let each = |since: Instant| since.elapsed().as_secs_f64() * 1e6 / many as f64;

    let order = declare(many);
    let since = Instant::now();
    desk.give(order);
    steps.push(("declared at once, µs", each(since)));

    let since = Instant::now();
    for (turn, number) in shuffled(many).into_iter().enumerate() {
        let tell = || Order::Tell {
            what: Telling::Notice,
            whom: Whom::These(vec![customer(number)]),
            message: message("mail"),
        };
        desk.give(tell());
        if turn % 20 == 0 {
            desk.give(Order::Bounce { what: Telling::Notice, customer: customer(number), message: message("mail") });
            desk.give(Order::Reach { customer: customer(number), channel: Some(Channel::Phone), language: None });
            desk.give(tell());
        }
    }
    steps.push(("told one by one, one in twenty three times, µs", each(since)));

    let told = desk.at;
    let since = Instant::now();
    let report = desk.incident.report(desk.at);
    steps.push(("reported, µs", each(since)));
    assert_eq!(report, Report { told: many as u64, ..Report::default() });

    let since = Instant::now();
    for _ in 0..1_000 {
        black_box(desk.incident.next_wake());
    }
    steps.push(("next wake, ns a call", since.elapsed().as_secs_f64() * 1e6));

    let since = Instant::now();
    desk.give(Order::Resolve { message: message("patch") });
    steps.push(("resolved: news and question owed, µs", each(since)));

    let since = Instant::now();
    for what in [Telling::News, Telling::Feedback] {
        desk.give(Order::Tell { what, whom: Whom::Everybody, message: message("it is over") });
    }
    steps.push(("told the news and asked, all at once, µs", each(since)));
    desk.give(Order::Close {});

    let since = Instant::now();
    let replayed = Incident::replay(ID, &desk.events);
    steps.push(("replayed from events, µs", each(since)));
    assert_eq!(replayed, desk.incident);
    steps.push(("events", desk.events.len() as f64 / many as f64));
    drop(replayed);

    let path = std::env::temp_dir().join(format!("owed-incident-{many}.jsonl"));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let mut bytes = 0;
    for event in &desk.events {
        let line = serde_json::to_string(event).unwrap();
        bytes += line.len();
        // What comes after all were told would hide what one notice holds.
        if event.at <= told {
            writeln!(file, "{line}").unwrap();
        }
    }
    drop(file);
    steps.push(("stored in all, bytes", bytes as f64 / many as f64));
    steps
}

/// What the process holds, in bytes.
fn held() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages: Option<f64> = pages.and_then(|text| text.split(' ').nth(1)?.parse().ok());
    pages.map_or(f64::NAN, |pages| pages * 4096.0)
}

/// An incident replayed from lines, read one at a time: what it takes, and what it holds.
fn memory(many: usize, told: bool) -> (f64, f64) {
    let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#).unwrap();
    let path = std::env::temp_dir().join(format!("owed-incident-{many}.jsonl"));
    let before = held();
    let since = Instant::now();
    let mut incident = Incident::new(ID);
    for line in BufReader::new(File::open(path).unwrap()).lines() {
        let event: Recorded = serde_json::from_str(&line.unwrap()).unwrap();
        // Declared, and nothing else: what comes after it is another instant.
        if !told && event.at > "2026-03-02T09:00:00.001Z".parse().unwrap() {
            break;
        }
        incident.apply(&event);
    }
    let (took, holds) = (since.elapsed().as_secs_f64() * 1e6 / many as f64, (held() - before) / many as f64);
    black_box((incident.next_wake(), &rules));
    (took, holds)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, many] = &arguments[..] {
        let (took, holds) = memory(many.parse().unwrap(), what == "told");
        println!("{took} {holds}");
        return;
    }
    let sizes: Vec<usize> = arguments.first().map_or(vec![10_000, 100_000], |many| vec![many.parse().unwrap()]);
    let mut rows: Vec<Row> = Vec::new();
    let add = |rows: &mut Vec<Row>, name: &'static str, value: f64| match rows
        .iter_mut()
        .find(|Row(known, _)| *known == name)
    {
        Some(Row(_, values)) => values.push(value),
        None => rows.push(Row(name, vec![value])),
    };
    for many in &sizes {
        for (name, value) in measured(*many) {
            add(&mut rows, name, value);
        }
        // In a process of its own, which has held nothing else.
        for (what, took_name, holds_name) in [
            ("owed", "", "held while nobody has been told, bytes"),
            ("told", "replayed from lines of JSON until all were told, µs", "held when all have been told, bytes"),
        ] {
            let output =
                std::process::Command::new(std::env::current_exe().unwrap()).args([what, &many.to_string()]).output();
            let output = String::from_utf8(output.unwrap().stdout).unwrap();
            let (took, holds) = output.trim().split_once(' ').unwrap();
            if !took_name.is_empty() {
                add(&mut rows, took_name, took.parse().unwrap());
            }
            add(&mut rows, holds_name, holds.parse().unwrap());
        }
    }
    let head: Vec<_> = sizes.iter().map(|many| format!(" {many} |")).collect();
    println!("| for each customer |{}\n|---|{}", head.concat(), "---|".repeat(sizes.len()));
    for Row(name, values) in rows {
        let values: Vec<_> = values.iter().map(|value| format!(" {value:.2} |")).collect();
        println!("| {name} |{}", values.concat());
    }
}
