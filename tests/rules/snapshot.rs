//! A state that is kept beside its events (DESIGN §3.13): what it is in, and which it is not.

use owed::{Snapshot, StaleSnapshot, Ticket};

use crate::desk::*;

/// A snapshot of the form that this release reads. It is not for ever: when a state comes to have another form, `FORM` in `src/snapshot.rs` is
/// raised, and this is what `a_rich_ticket` writes from then on.
const PINNED: &str = include_str!("../forms/snapshot.json");

const RULES: &str = r#"{
    "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": "2 hours", "warn": ["50 %"] },
        "requester_wait": { "budget": "90 hours", "pausable": { "total": "50 hours" } } } }],
    "ladders": [{ "name": "late", "causes": ["breached", { "while": { "tags": ["vip"] }, "after": "90 hours" }], "window": "1 hour",
        "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "head", "wait": "2 hours" }] }],
    "ladder": "late", "corrections": { "window": "24 hours" },
    "silence": [{ "name": "silent", "while": { "status": ["pending"] }, "remind": ["20 hours", "30 hours"], "warn": "40 hours", "close": "60 hours" }]
}"#;

/// Something of everything that a ticket remembers.
fn a_rich_ticket() -> Ticket {
    let mut desk = Desk::with(RULES);
    desk.at(
        "02 09:00",
        r#"{"room": "ticket", "type": "open", "requester": "c-1", "priority": "2", "message": "m-1",
        "about": {"channel": "chat", "language": "pt", "tags": ["vip"], "fields": {"plan": "gold", "seats": 3}}}"#,
    );
    desk.at(
        "02 09:10",
        &promise_with(
            'a',
            r#"{"within": "1 hour"}"#,
            r#", "warn": ["50 %"], "breach_owes": {"within": "3 hours", "deliverable": "explanation"}"#,
        ),
    );
    desk.at(
        "02 09:20",
        &promise_with(
            'b',
            r#"{"within": "9 hours"}"#,
            r#", "condition": {"what": "logs", "limit": {"within": "8 hours"}}"#,
        ),
    );
    desk.at(
        "02 09:30",
        &promise_with('c', r#"{"within": "6 hours"}"#, r#", "pausable": {"total": "10 hours", "once": "8 hours"}"#),
    );
    desk.at("02 09:40", &about("pause", 'c', r#", "reason": "logs", "told": "m-2""#));
    desk.at("02 12:00", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
    desk.at("02 12:30", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "m-3"}"#);
    desk.at("02 12:30", r#"{"room": "ticket", "type": "mark", "mark": {"what": "feedback_given", "score": 40}}"#);
    desk.at("02 12:40", r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#);
    desk.wake("03 09:00");
    desk.ticket
}

#[test]
fn a_snapshot_of_this_form_is_read_and_written_as_it_stands() {
    let rich = a_rich_ticket();
    let snapshot: Snapshot<Ticket> = serde_json::from_str(PINNED).expect("a snapshot");
    assert_eq!(snapshot.restore().as_ref(), Ok(&rich));
    let written = serde_json::to_string_pretty(&Snapshot::of(rich)).expect("written");
    assert_eq!(written, PINNED.trim_end(), "its form is another: raise FORM in src/snapshot.rs, and pin this");
}

#[test]
fn a_snapshot_of_another_form_is_refused_whatever_is_in_it() {
    for (form, text) in [
        (2, r#"{"form": 2, "state": [1, {"a": null}]}"#.to_owned()),
        (0, r#"{"state": {}}"#.to_owned()),
        (0, serde_json::to_string(&Ticket::new(ticket_id())).expect("a bare state")),
        (7, PINNED.replacen("\"form\": 1", "\"form\": 7", 1)),
    ] {
        let snapshot: Snapshot<Ticket> = serde_json::from_str(&text).expect("an envelope");
        assert_eq!(snapshot.restore(), Err(StaleSnapshot { form, reads: 1 }));
    }
    // What has the form, and is not what it says it is, is no snapshot at all.
    assert!(serde_json::from_str::<Snapshot<Ticket>>(r#"{"form": 1, "state": {"id": 7}}"#).is_err());
}
