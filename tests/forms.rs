//! The forms on disk, pinned: a sample of every command, event, refusal and statement, and of a whole rulebook.
//!
//! A line that stands in these files is read as it stands and written again to the byte, for ever. New lines may be added.

#![allow(missing_docs)]

use std::collections::BTreeSet;

use owed::commitment::{self, envelope};
use owed::report::Statement;
use owed::ticket::{Merge, Split};
use owed::{Command, Order, Recorded, Refusal, Rulebook, TicketId, incident};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[path = "forms/earlier.rs"]
mod earlier;
#[path = "forms/later.rs"]
mod later;
#[path = "forms/reading.rs"]
mod reading;

const COMMANDS: &str = include_str!("forms/commands.jsonl");
const EVENTS: &str = include_str!("forms/events.jsonl");
const EARLIER: &str = include_str!("forms/earlier.jsonl");
const WORDS: &str = include_str!("forms/words.jsonl");
const REFUSALS: &str = include_str!("forms/refusals.jsonl");
const INCIDENT_COMMANDS: &str = include_str!("forms/incident_commands.jsonl");
const INCIDENT_EVENTS: &str = include_str!("forms/incident_events.jsonl");
const INCIDENT_REFUSALS: &str = include_str!("forms/incident_refusals.jsonl");
const INCIDENT_MERGE: &str = include_str!("forms/incident_merge.json");
const ACCOUNT_COMMANDS: &str = include_str!("forms/account_commands.jsonl");
const ACCOUNT_EVENTS: &str = include_str!("forms/account_events.jsonl");
const STATEMENTS: &str = include_str!("forms/statements.jsonl");
const BY_HAND: &str = include_str!("forms/rulebook-by-hand.json");
const TWO_TICKETS: &str = include_str!("forms/two_tickets.jsonl");
const RULEBOOK: &str = include_str!("forms/rulebook.json");

#[track_caller]
fn read_and_written_again<T: DeserializeOwned + Serialize>(lines: &str) {
    for line in lines.lines() {
        let value: T = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(serde_json::to_string(&value).expect("written"), line);
    }
}

/// The names that an enum knows by a tag, as serde lists them when it is given another.
fn known<T: DeserializeOwned + std::fmt::Debug>(other: &str) -> BTreeSet<String> {
    let said = serde_json::from_str::<T>(other).expect_err("no such name").to_string();
    let (_, names) = said.split_once("expected").expect("a list");
    names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[track_caller]
fn every_name_has_a_sample<T: DeserializeOwned + std::fmt::Debug>(lines: &str, rooms: &[&str], at: &str, tag: &str) {
    let seen: BTreeSet<(String, String)> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|line| line.pointer(at).expect("the tagged part").clone())
        .map(|part| [&part["room"], &part[tag]].map(|name| name.as_str().expect("a name").to_owned()).into())
        .collect();
    let rooms: BTreeSet<String> = rooms.iter().map(|&room| room.to_owned()).collect();
    assert_eq!(known::<T>(r#"{"room": "?"}"#), rooms);
    for room in rooms {
        let names = known::<T>(&format!(r#"{{"room": "{room}", "{tag}": "?"}}"#));
        assert!(names.len() > 5, "{names:?}");
        for name in names {
            assert!(seen.contains(&(room.clone(), name.clone())), "no sample of {room} {name}");
        }
    }
}

#[test]
fn commands() {
    read_and_written_again::<Command>(COMMANDS);
    every_name_has_a_sample::<Order>(COMMANDS, &["ticket", "commitment", "escalation"], "/order", "type");
}

/// The commands about two tickets: a merge, and a split with all that it may say.
#[test]
fn commands_about_two_tickets() {
    let (merge, split) = TWO_TICKETS.trim_end().split_once('\n').expect("one of each");
    read_and_written_again::<envelope::Command<TicketId, Merge>>(merge);
    read_and_written_again::<envelope::Command<TicketId, Split>>(split);
}

#[test]
fn every_event_ever_released_still_loads() {
    read_and_written_again::<Recorded>(EVENTS);
    read_and_written_again::<Recorded>(WORDS);
    // Also each that only an earlier release wrote.
    let all = format!("{EVENTS}{EARLIER}");
    every_name_has_a_sample::<owed::Event>(&all, &["ticket", "commitment", "escalation"], "/event", "type");
}

#[test]
fn refusals() {
    read_and_written_again::<Refusal>(REFUSALS);
    every_name_has_a_sample::<Refusal>(REFUSALS, &["command", "ticket", "commitment", "escalation"], "", "code");
}

/// Of an incident, every name of its own; what is owed in it has the names that it has on a ticket.
#[test]
fn of_incidents() {
    read_and_written_again::<incident::envelope::Command>(INCIDENT_COMMANDS);
    read_and_written_again::<incident::envelope::Recorded>(INCIDENT_EVENTS);
    read_and_written_again::<incident::envelope::Refusal>(INCIDENT_REFUSALS);
    read_and_written_again::<owed::commitment::envelope::Command<owed::IncidentId, incident::Merge>>(INCIDENT_MERGE);
    let names = |lines: &str, at: &str, tag: &str| -> BTreeSet<String> {
        let parts = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let parts = parts.map(|line| line.pointer(at).expect("the tagged part").clone());
        parts
            .filter(|part| part["room"] == "incident")
            .map(|part| part[tag].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(names(INCIDENT_COMMANDS, "/order", "type"), known::<incident::Order>(r#"{"type": "?"}"#));
    assert_eq!(names(INCIDENT_EVENTS, "/event", "type"), known::<incident::Event>(r#"{"type": "?"}"#));
    assert_eq!(names(INCIDENT_REFUSALS, "", "code"), known::<incident::Refusal>(r#"{"code": "?"}"#));
    for line in INCIDENT_REFUSALS.lines() {
        let refusal: incident::envelope::Refusal = serde_json::from_str(line).expect("a refusal");
        assert_eq!(serde_json::from_str::<Value>(line).expect("JSON")["code"], refusal.code(), "{line}");
    }
}

/// Of an account, which has one room and so names none; it refuses as a ticket does, in the rooms that it shares with one.
#[test]
fn of_accounts() {
    read_and_written_again::<commitment::Command>(ACCOUNT_COMMANDS);
    read_and_written_again::<commitment::Recorded>(ACCOUNT_EVENTS);
    let names = |lines: &str, at: &str| -> BTreeSet<String> {
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.map(|line| line.pointer(at).and_then(Value::as_str).expect("a name").to_owned()).collect()
    };
    assert_eq!(names(ACCOUNT_COMMANDS, "/order/type"), known::<commitment::Order>(r#"{"type": "?"}"#));
    assert_eq!(names(ACCOUNT_EVENTS, "/event/type"), known::<commitment::Event>(r#"{"type": "?"}"#));
    let shared =
        |line: &&str| ["command", "commitment"].iter().any(|room| line.contains(&format!(r#""room":"{room}""#)));
    let refusals: Vec<&str> = REFUSALS.lines().filter(shared).collect();
    read_and_written_again::<commitment::AccountRefusal>(&refusals.join("\n"));
    every_name_has_a_sample::<commitment::AccountRefusal>(&refusals.join("\n"), &["command", "commitment"], "", "code");
}

/// What programs ask for is what is stored.
#[test]
fn the_code_of_a_refusal_is_the_serialised_one() {
    for line in REFUSALS.lines() {
        let refusal: Refusal = serde_json::from_str(line).expect("a refusal");
        let form: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(form["code"], refusal.code(), "{line}");
    }
}

#[test]
fn statements() {
    read_and_written_again::<Statement>(STATEMENTS);
    let phases: BTreeSet<String> = STATEMENTS
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["phase"].to_string())
        .collect();
    assert_eq!(phases.len(), 6, "one of each phase at least");
}

#[test]
fn the_full_rulebook() {
    let rulebook: Rulebook = serde_json::from_str(RULEBOOK).expect("a rulebook");
    assert_eq!(rulebook, serde_json::from_str(BY_HAND).expect("the same as somebody would write it"));
    assert_eq!(serde_json::to_string_pretty(&rulebook).expect("written"), RULEBOOK.trim_end());
}

#[test]
fn the_time_to_answer_of_an_edition_is_kept_as_text() {
    let by_hand = r#"{ "time_to_answer": "300 seconds", "agreements": [] }"#;
    let rulebook: Rulebook = serde_json::from_str(by_hand).expect("a rulebook");
    let written = serde_json::to_string(&rulebook).expect("written");
    assert!(written.contains(r#""time_to_answer":"5 minutes""#), "{written}");
    assert_eq!(serde_json::from_str::<Rulebook>(&written).expect("read again"), rulebook);
}

/// What this value at a place in a line is stored as: read, and written again.
fn stored_as<T: DeserializeOwned + Serialize>(line: &str, place: &str, value: &str) -> Option<String> {
    let mut document: Value = serde_json::from_str(line).expect("JSON");
    *document.pointer_mut(place).expect("a place") = serde_json::from_str(value).expect("JSON");
    let read: T = serde_json::from_str(&document.to_string()).ok()?;
    serde_json::to_value(&read).expect("written").pointer(place).map(Value::to_string)
}

/// An amount may be given as people write it, and is stored in microseconds.
#[test]
fn an_amount_may_be_text_and_is_stored_in_microseconds() {
    let line = EVENTS.lines().find(|line| line.contains(r#""type":"fulfilled""#)).expect("an event with an amount");
    let stored = |value: &str| stored_as::<Recorded>(line, "/event/used", value);
    let four_hours = r#"{"working_us":14400000000}"#;
    for either in [r#""4 working hours""#, four_hours] {
        assert_eq!(stored(either).as_deref(), Some(four_hours));
    }
    assert_eq!(stored(r#"{"elapsed_us":7}"#).as_deref(), Some(r#"{"elapsed_us":7}"#));
    for wrong in ["{}", "7", r#"{"days":1}"#, r#"{"elapsed_us":7,"working_us":7}"#, r#"{"elapsed_us":-1}"#] {
        assert_eq!(stored(wrong), None, "{wrong}");
    }
}

/// A rule for people keeps the form for people; of a term in an order only what accumulates is stored in microseconds.
#[test]
fn of_a_term_only_what_accumulates_is_stored_in_microseconds() {
    let line = COMMANDS.lines().find(|line| line.contains(r#""within""#)).expect("a promise");
    for (written, stored) in [
        (r#""4 hours""#, r#"{"elapsed_us":14400000000}"#),
        (r#"{"working_us":60000000}"#, r#"{"working_us":60000000}"#),
        (r#""5 business days""#, r#""5 business days""#),
        (r#""1 month""#, r#""1 month""#),
    ] {
        assert_eq!(stored_as::<Command>(line, "/order/due/within", written).as_deref(), Some(stored));
    }
    let amount: owed::calendar::Amount = "4 working hours".parse().expect("an amount");
    assert_eq!(serde_json::to_string(&amount).expect("written"), r#""4 working hours""#);
}

#[test]
fn an_instant_is_stored_in_utc_without_a_fraction_that_is_zero() {
    let stored = |text: &str| text.parse::<owed::Timestamp>().expect("an instant").to_string();
    assert_eq!(stored("2026-03-02T12:00:00.000000999+03:00"), "2026-03-02T09:00:00Z");
    assert_eq!(stored("2026-03-02T09:00:00.5Z"), "2026-03-02T09:00:00.500000Z");
    assert_eq!(stored("0000-12-31T23:59:59Z"), owed::Timestamp::MIN.to_string(), "clamped");
}
