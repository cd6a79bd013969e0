//! Bytes into events, commands, rulebooks, calendars and snapshots: whatever stands there, it is read or refused, and never a panic.
//!
//! What is read is written and read again as the same; what a calendar or a rulebook says can be asked; what an event says can be applied.

#![no_main]

use libfuzzer_sys::fuzz_target;
use owed::calendar::Calendar;
use owed::{Command, Recorded, Rulebook, Snapshot, Ticket, Timestamp, effects, incident};
use serde::{Serialize, de::DeserializeOwned};

fn again<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &str) -> Option<T> {
    let value: T = serde_json::from_str(text).ok()?;
    let written = serde_json::to_string(&value).expect("what was read is written");
    assert_eq!(serde_json::from_str::<T>(&written).expect("what was written is read"), value, "{written}");
    Some(value)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let at: Timestamp = "2026-03-02T09:00:00Z".parse().expect("an instant");
    if let Some(calendar) = again::<Calendar>(text) {
        let _ = calendar.is_open(at);
        let _ = calendar.next_opening(at);
    }
    let rules = again::<Rulebook>(text);
    if let Some(rules) = &rules {
        let _ = rules.check();
    }
    // One document a line: what a host has stored.
    let mut ticket: Option<Ticket> = None;
    for line in text.lines() {
        if let Some(recorded) = again::<Recorded>(line) {
            let _ = effects(&recorded);
            let ticket = ticket.get_or_insert_with(|| Ticket::new(recorded.stream));
            ticket.apply(&recorded);
            let _ = (ticket.next_wake(), ticket.ledger().count());
        }
        if let (Some(command), Some(rules)) = (again::<Command>(line), &rules) {
            let mut ticket = ticket.clone().unwrap_or_else(|| Ticket::new(command.stream));
            let _ = ticket.handle(rules, &command);
        }
        let _ = again::<incident::envelope::Recorded>(line);
        let _ = again::<incident::envelope::Command>(line);
        let _ = serde_json::from_str::<Snapshot<Ticket>>(line).map(Snapshot::restore);
    }
});
