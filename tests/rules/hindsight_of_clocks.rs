//! When what is owed is due, where a record is put right: each tale is told twice, rightly at once and as it was taken at first.

use crate::desk::*;
use crate::put_right::{bounce, message, was};
use crate::record::*;

fn ask(desk: &mut Desk, at: &str, reference: &str) {
    desk.at(at, &message("customer", "public", reference));
}

/// A message of the agent's, or, told rightly, of what it was in truth.
fn said(desk: &mut Desk, at: &str, reference: &str, rightly: bool) {
    desk.at(at, &message(if rightly { "third_party" } else { "agent" }, "public", reference));
}

/// Back in the agreement, and then the answer of before bounces: its clock has run since the ticket came back, and not since the correction.
#[test]
fn the_clock_of_what_was_left_runs_since_the_ticket_is_back() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "3 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &priority("high"));
        said(&mut desk, "02 11:00", "m-2", rightly);
        desk.at("02 12:00", &priority("low"));
        if !rightly {
            desk.at("02 14:00", &bounce("m-2"));
        }
        // Half an hour had run, and two and a half run since noon.
        assert_eq!(dues(&desk), ["2026-03-02T14:30:00Z"], "rightly {rightly}");
    }
}

/// The answer bounces after the ticket has left the agreement: what had run had run by then, and not until the correction.
#[test]
fn what_was_left_in_hindsight_had_run_until_then() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "4 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        desk.at("02 15:00", &priority("low"));
        // One hour had run.
        assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "rightly {rightly}");
    }
}

/// The same where it was solved: an account of several cycles has used what had run until it was solved, and not until the correction.
#[test]
fn what_was_not_needed_in_hindsight_had_run_until_then() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": "3 hours", "cycles": "resume" } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:30", SOLVE);
        if !rightly {
            desk.at("02 14:00", &bounce("m-2"));
        }
        ask(&mut desk, "02 15:00", "m-3");
        // Half an hour had run.
        assert_eq!(dues(&desk), ["2026-03-02T17:30:00Z"], "rightly {rightly}");
    }
}

/// A promise moves only nearer (row 15a): it did not begin again with the tag, also where it is found later that there was one.
#[test]
fn what_is_promised_and_found_has_not_moved_away() {
    for rightly in [true, false] {
        let mut desk = Desk::with(
            r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                    "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
                 "agreements": [{ "name": "sla", "binding": "promised", "targets": { "news": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-1"));
        desk.at("02 12:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
        if !rightly {
            desk.at("02 13:00", &was("m-1", "customer", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "rightly {rightly}");
    }
}
