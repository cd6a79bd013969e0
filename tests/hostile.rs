//! A host that does everything wrong: commands in any order, doubled, for tickets that do not exist, at the ends of time, with ids that clash and
//! ids of version 5, with references of a megabyte and ten thousand tags. A typed refusal each, never a panic, and what was taken is kept.

#![allow(missing_docs, clippy::pedantic)]

use std::collections::{BTreeMap, BTreeSet};

use owed::commitment::{Happened, Stamp, envelope};
use owed::ticket::{Merge, Order as Turn, Split};
use owed::{
    AgentId, Command, CommandId, MessageRef, Name, Order, Recorded, Refusal, Rulebook, Ticket, TicketId, Timestamp,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use uuid::Uuid;

const COMMANDS: &str = include_str!("forms/commands.jsonl");
const RULEBOOK: &str = include_str!("forms/rulebook.json");

/// Every order that there is, as it is pinned.
fn orders() -> Vec<Order> {
    COMMANDS.lines().map(|line| serde_json::from_str::<Command>(line).expect("a command").order).collect()
}

const TICKETS: [u128; 3] = [0x8000_8000_0000_0000_0001, 0x8000_8000_0000_0000_0002, 0x8000_8000_0000_0000_0003];

/// Instants that hosts send: sensible ones, out of order, and those at the ends of what can be said.
fn instants() -> Vec<Timestamp> {
    let said = [
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:00:00.000001Z",
        "2026-03-02T17:00:00Z",
        "2026-03-09T09:00:00Z",
        "2027-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00.000001Z",
        "9999-12-31T23:59:59.999998Z",
    ];
    let said = said.iter().map(|text| text.parse().expect("an instant"));
    said.chain([Timestamp::MIN, Timestamp::MAX]).collect()
}

#[derive(Clone, Debug)]
struct Act {
    order: usize,
    ticket: usize,
    stream: usize,
    at: usize,
    happened: Option<usize>,
    id: u8,
    derived: bool,
    about_two: u8,
}

fn act(orders: usize, instants: usize) -> impl Strategy<Value = Act> {
    // Mostly for the ticket that is asked, at an instant that goes on, with an id of its own.
    let instant = prop_oneof![4 => 0..4_usize, 1 => 0..instants];
    let happened = prop_oneof![6 => Just(None), 1 => (0..instants).prop_map(Some)];
    let stream = prop_oneof![12 => Just(usize::MAX), 1 => 0..TICKETS.len()];
    let derived = prop_oneof![20 => Just(false), 1 => Just(true)];
    let two = prop_oneof![12 => Just(0_u8), 1 => Just(1_u8), 1 => Just(2_u8)];
    (0..orders, 0..TICKETS.len(), stream, instant, happened, any::<u8>(), derived, two).prop_map(
        |(order, ticket, stream, at, happened, id, derived, about_two)| Act {
            order,
            ticket,
            stream,
            at,
            happened,
            id,
            derived,
            about_two,
        },
    )
}

struct Host {
    rules: Rulebook,
    tickets: Vec<Ticket>,
    logs: Vec<Vec<Recorded>>,
    refused: BTreeMap<&'static str, usize>,
    taken: usize,
}

impl Host {
    fn new(rules: &Rulebook) -> Self {
        let tickets = TICKETS.map(|id| Ticket::new(TicketId(Uuid::from_u128(id)))).to_vec();
        Self { rules: rules.clone(), tickets, logs: vec![vec![]; 3], refused: BTreeMap::new(), taken: 0 }
    }

    fn keep(&mut self, ticket: usize, events: Vec<Recorded>) {
        self.logs[ticket].extend(events);
    }

    fn note(&mut self, why: Option<&Refusal>) {
        match why {
            Some(why) => *self.refused.entry(why.code()).or_default() += 1,
            None => self.taken += 1,
        }
    }

    fn command<O>(act: &Act, order: O) -> envelope::Command<TicketId, O> {
        let instants = instants();
        let stream = if act.stream == usize::MAX { act.ticket } else { act.stream };
        let id = if act.derived {
            Uuid::new_v5(&Uuid::NAMESPACE_OID, b"x")
        } else {
            Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | u128::from(act.id))
        };
        let by = AgentId::new("ada").expect("an agent");
        let mut command = envelope::Command::new(
            TicketId(Uuid::from_u128(TICKETS[stream])),
            CommandId(id),
            instants[act.at],
            by,
            order,
        );
        command.happened = act.happened.map(|at| Happened { at: instants[at], stamp: Stamp::Claim });
        command
    }

    fn one(&mut self, act: &Act, order: Order) {
        let command = Self::command(act, order);
        let result = self.tickets[act.ticket].handle(&self.rules, &command);
        self.note(result.as_ref().err().map(|refused| &refused.why));
        let events = result.unwrap_or_else(|refused| refused.meanwhile);
        self.keep(act.ticket, events);
    }

    fn two(&mut self, act: &Act) {
        let other = (act.ticket + 1) % TICKETS.len();
        let into = TicketId(Uuid::from_u128(TICKETS[other]));
        let [from, to] = self.tickets.get_disjoint_mut([act.ticket, other]).expect("two tickets");
        let result = if act.about_two == 1 {
            from.merge(to, &self.rules, &Self::command(act, Merge { into }))
        } else {
            let messages = BTreeSet::from([MessageRef::new("m-1").expect("a reference")]);
            let split = Split {
                into,
                messages,
                commitments: BTreeSet::new(),
                requester: None,
                priority: None,
                about: Box::default(),
            };
            from.split(to, &self.rules, &Self::command(act, split))
        };
        self.note(result.as_ref().err().map(|refused| &refused.why));
        let both = result.unwrap_or_else(|refused| refused.meanwhile);
        self.keep(act.ticket, both.from);
        self.keep(other, both.to);
    }
}

#[test]
fn a_hostile_host_gets_a_typed_refusal_and_loses_nothing() {
    let (orders, rules) = (orders(), serde_json::from_str::<Rulebook>(RULEBOOK).expect("a rulebook"));
    let open = Order::Ticket(Turn::open("c-1".parse().expect("a contact")));
    let seed =
        if std::env::var_os("PROPTEST_CASES").is_none() { RngSeed::Fixed(2026) } else { Config::default().rng_seed };
    let config = Config { failure_persistence: None, rng_seed: seed, ..Config::default() };
    let acts = prop::collection::vec(act(orders.len(), instants().len()), 1..60);
    let seen = std::cell::RefCell::new((BTreeMap::<&str, usize>::new(), 0));
    let result = TestRunner::new(config).run(&acts, |acts| {
        let mut host = Host::new(&rules);
        for (number, act) in acts.iter().enumerate() {
            match (act.about_two, number % 8) {
                (1 | 2, _) => host.two(act),
                (_, 0) => host.one(act, open.clone()),
                _ => host.one(act, orders[act.order].clone()),
            }
            // Doubled, as a network does.
            if act.id % 5 == 0 && act.about_two == 0 {
                host.one(act, orders[act.order].clone());
            }
            for (ticket, log) in host.tickets.iter().zip(&host.logs) {
                prop_assert_eq!(&Ticket::replay(ticket.id(), log), ticket, "what was taken is kept");
                prop_assert!(ticket.ledger().count().add_up());
            }
        }
        for (ticket, log) in host.tickets.iter_mut().zip(&mut host.logs) {
            log.extend(ticket.wake(&host.rules, Timestamp::MAX));
            prop_assert_eq!(ticket.next_wake(), None, "time has come to its end");
        }
        let (refused, taken) = &mut *seen.borrow_mut();
        *taken += host.taken;
        for (code, often) in host.refused {
            *refused.entry(code).or_default() += often;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let (refused, taken) = seen.into_inner();
    println!("{taken} taken, {} refused for {} reasons", refused.values().sum::<usize>(), refused.len());
    assert!(taken > 500, "{taken}");
    for code in
        ["other_stream", "outside_time", "derived_id", "happened_later", "out_of_order", "not_opened", "unknown"]
    {
        assert!(refused.contains_key(code), "{code}: {refused:?}");
    }
}

/// What is too long, or no word at all, is an error with its place where it is read: no command comes of it.
#[test]
fn what_is_too_long_is_told_where_it_is_read() {
    let megabyte = "m".repeat(1 << 20);
    let of = |order: &str| {
        format!(
            r#"{{"stream":"00000000-0007-8000-8000-000000000001","id":"00000000-0009-8000-8000-000000000001","at":"2026-03-02T09:00:00Z","by":{{"agent":"ada"}},"order":{order}}}"#
        )
    };
    let said = |order: &str| serde_json::from_str::<Command>(&of(order)).expect_err("no command").to_string();
    let long = said(&format!(r#"{{"room":"ticket","type":"bounce","message":"{megabyte}"}}"#));
    assert!(long.contains("bytes") && long.len() < 400, "{long}");
    assert!(
        said(r#"{"room":"ticket","type":"delete"}"#).contains("unknown variant `delete`"),
        "there is no order that removes anything"
    );
    assert!(said(r#"{"room":"ticket","type":"bounce","message":""}"#).len() < 200);
    let beyond = of(r#"{"room":"ticket","type":"solve"}"#).replace("2026-03-02T09:00:00Z", "+12026-03-02T09:00:00Z");
    assert!(serde_json::from_str::<Command>(&beyond).is_err(), "no instant of the years 1 to 9999");
}

/// Ten thousand tags are refused, and those that there were are kept.
#[test]
fn ten_thousand_tags_are_refused() {
    let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#).expect("a rulebook");
    let id = TicketId(Uuid::from_u128(TICKETS[0]));
    let mut ticket = Ticket::new(id);
    let tags = |from: usize, how_many: usize| -> BTreeSet<Name> {
        (from..from + how_many).map(|number| Name::new(&format!("tag {number}")).expect("a name")).collect()
    };
    let mut number = 0_u128;
    let mut order = |ticket: &mut Ticket, order: Turn| {
        number += 1;
        let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | number));
        let at = "2026-03-02T09:00:00Z".parse().expect("an instant");
        let by = AgentId::new("ada").expect("an agent");
        let command = Command::new(ticket.id(), id, at, by, order);
        ticket.handle(&rules, &command).map_err(|refused| refused.why.code())
    };
    let about = owed::ticket::About { tags: tags(0, 10_000), ..Default::default() };
    let opened = Turn::Open {
        requester: "c-1".parse().expect("a contact"),
        author: owed::policy::Author::Customer,
        priority: None,
        message: None,
        about: Box::new(about),
    };
    assert_eq!(order(&mut ticket, opened), Err("too_many"));
    order(&mut ticket, Turn::open("c-1".parse().expect("a contact"))).expect("taken");
    order(&mut ticket, Turn::Tag { add: tags(0, 200), remove: BTreeSet::new() }).expect("taken");
    assert_eq!(order(&mut ticket, Turn::Tag { add: tags(0, 10_000), remove: BTreeSet::new() }), Err("too_many"));
    assert_eq!(order(&mut ticket, Turn::Tag { add: tags(200, 57), remove: BTreeSet::new() }), Err("too_many"));
    order(&mut ticket, Turn::Tag { add: tags(200, 57), remove: tags(0, 1) }).expect("one goes as another comes");
    assert_eq!(ticket.standing().map(|standing| standing.tags.len()), Some(256));
    let mut fields = 0;
    let refused = loop {
        let field = Name::new(&format!("field {fields}")).expect("a name");
        match order(&mut ticket, Turn::SetField { field, value: Some(owed::policy::Value::Flag(true)) }) {
            Ok(_) => fields += 1,
            Err(code) => break code,
        }
    };
    assert_eq!((fields, refused), (256, "too_many"));
}
