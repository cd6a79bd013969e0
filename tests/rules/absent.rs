//! What is owed on a ticket that closes for its customer's silence goes with him, and comes back with him (SEMANTICS 18a); and what else
//! than a message is his word (law 11).

use owed::commitment::Renewal;
use owed::policy::Status;

use crate::desk::*;

const SILENT: &str = r#""customer_silent": { "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" }"#;
const WAITING: &str =
    r#""pausable": { "total": "2000 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;

const THANKS: &str = r#"{"room": "ticket", "type": "message", "author": "customer", "class": "thanks"}"#;

fn told(message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "chase", "message": "{message}"}}"#)
}

/// A customer has come, was asked something, and the ticket waits for him since the 2nd at 10.
fn asked(rules: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ "calendar": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }}, {rules}, {SILENT} }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", WAIT);
    desk
}

/// A promise of ten working hours to solve it, which stands still while the ticket waits for him.
fn owed_to_him() -> Desk {
    asked(&format!(
        r#""agreements": [{{ "name": "sla", "binding": "promised", "targets": {{ "first_resolution": {{
            "budget": "10 working hours", {WAITING} }} }} }}]"#
    ))
}

/// He is reminded twice and warned, each a minute late.
fn tell_all(desk: &mut Desk) {
    for (at, message) in [("03 10:01", "r-1"), ("04 10:02", "r-2"), ("06 10:03", "w-1")] {
        desk.at(at, &told(message));
    }
}

/// "Asked, reminded twice, warned, silent past the limit": void without fault, and by no means kept.
#[test]
fn row_18a_what_waits_for_the_customer_goes_with_him() {
    let mut desk = owed_to_him();
    tell_all(&mut desk);
    assert_eq!(
        desk.wake("09 00:00"),
        ["08 10:03 by time: first_resolution 1 void: customer absent", "08 10:03 by time: closed (customer_silent)"]
    );
}

/// "His return makes a linked successor with what was left."
#[test]
fn row_18a_his_return_takes_it_up_again_with_what_was_left() {
    let mut desk = owed_to_him();
    tell_all(&mut desk);
    desk.wake("09 00:00");
    assert_eq!(
        desk.at("10 09:00", ASK),
        [
            "10 09:00: reopened",
            // An hour had run when the ticket began to wait.
            "10 09:00: first_resolution 1 due 11 10:00",
            "10 09:00: public message of customer"
        ]
    );
    let again = desk.ticket.ledger().open().next().expect("owed again");
    assert_eq!(again.renews.map(|renews| renews.why), Some(Renewal::Returned));
    assert_eq!(
        desk.at("10 10:00", SOLVE)[..2],
        ["10 10:00: solved", "10 10:00: first_resolution 1 fulfilled 10 10:00"]
    );
}

/// He had written in time, and the mail came late: it is owed as it had been.
#[test]
fn a_mail_that_was_late_finds_it_as_it_was() {
    let mut desk = owed_to_him();
    tell_all(&mut desk);
    desk.wake("09 00:00");
    let said = desk.fetched("09 01:00", "08 09:00", ASK);
    assert_eq!(said[0], "09 01:00: reopened");
    assert!(said[1].contains("in time after all"), "{said:?}");
}

/// That it closes by itself solves nothing.
#[test]
fn what_does_not_wait_for_him_keeps_the_ticket_open() {
    let mut desk = asked(
        r#""agreements": [{ "name": "sla", "binding": "promised", "targets": { "first_resolution": "60 days" } }]"#,
    );
    tell_all(&mut desk);
    assert_eq!(desk.wake("09 00:00"), ["08 10:03 by time: closing put off, 1 owed"]);
    assert_eq!(
        desk.at("10 09:00", SOLVE)[..2],
        ["10 09:00: solved", "10 09:00: first_resolution 1 fulfilled 10 09:00"]
    );
    assert_eq!(desk.ticket.status(), Some(Status::Solved), "it does not wait for him any more");
}

/// It came to be owed when he had been reminded already, so he was never asked for his part in it.
#[test]
fn what_was_owed_after_the_first_reminder_does_not_go_with_him() {
    let mut desk = asked(&format!(
        r#""agreements": [{{ "name": "sla", "binding": "promised", "when": {{ "tags": ["vip"] }}, "targets": {{ "full_resolution": {{
            "budget": "10 working hours", {WAITING} }} }} }}]"#
    ));
    desk.at("03 10:01", &told("r-1"));
    desk.at("03 11:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
    desk.at("04 10:02", &told("r-2"));
    desk.at("06 10:03", &told("w-1"));
    assert_eq!(desk.wake("09 00:00"), ["08 10:03 by time: closing put off, 1 owed"]);
}

/// Its own steps are on record, as the host has asked, reminded and warned him about it.
#[test]
fn what_was_chased_by_itself_goes_with_him() {
    let mut desk = asked(r#""time_to_answer": "1 hour", "agreements": []"#);
    desk.at("02 11:00", &promise('a', r#"{"at": "2026-03-30T12:00:00Z"}"#));
    for (at, step) in [("02 12:00", "asked"), ("02 14:00", "reminded"), ("02 16:00", "reminded")] {
        desk.at(at, &about("chase", 'a', &format!(r#", "step": "{step}", "message": "m-1""#)));
    }
    let warned = r#", "step": {"warned": {"until": "2026-03-03T09:00:00Z"}}, "message": "m-2""#;
    desk.at("02 18:00", &about("chase", 'a', warned));
    tell_all(&mut desk);
    assert_eq!(
        desk.wake("09 00:00"),
        ["08 10:03 by time: promise a void: customer absent", "08 10:03 by time: closed (customer_silent)"]
    );
}

/// Whoever is heard of is not absent, be it only that he thanks: what he had been asked before counts no more.
#[test]
fn what_he_had_been_asked_counts_no_more_once_he_is_heard() {
    let call = |author: &str, reached: bool| {
        format!(r#"{{"room": "ticket", "type": "call", "author": "{author}", "reached": {reached}}}"#)
    };
    let message = |author: &str, class: &str, visibility: &str| {
        format!(
            r#"{{"room": "ticket", "type": "message", "author": "{author}", "class": "{class}", "visibility": "{visibility}"}}"#
        )
    };
    for (order, is_heard) in [
        (ASK.to_owned(), true),
        (THANKS.to_owned(), true),
        (call("agent", true), true),
        (call("customer", false), true),
        (ANSWER.to_owned(), false),
        (message("customer", "spam", "public"), false),
        (message("customer", "out_of_office", "public"), false),
        (message("customer", "thanks", "internal"), false),
        (message("agent", "thanks", "public"), false),
        (call("agent", false), false),
        (r#"{"room": "ticket", "type": "set_language", "language": "tr"}"#.to_owned(), false),
    ] {
        let mut desk = asked(r#""agreements": []"#);
        desk.at("02 11:00", &promise('a', r#"{"at": "2026-03-30T12:00:00Z"}"#));
        desk.at("02 12:00", &about("chase", 'a', r#", "step": "asked", "message": "m-1""#));
        let said = desk.at("02 13:00", &order);
        assert_eq!(said.iter().any(|line| line.ends_with("promise a heard")), is_heard, "{order}: {said:?}");
    }
}

/// Law 11: whatever he does is his word.
#[test]
fn what_the_customer_does_is_his_word() {
    let over = |said: &[String]| said.iter().any(|line| line.ends_with("silence over (customer_silent)"));
    for order in [
        r#"{"room": "ticket", "type": "ask_for_human"}"#,
        r#"{"room": "ticket", "type": "call", "author": "customer", "reached": false}"#,
        r#"{"room": "ticket", "type": "mark", "mark": {"what": "remedy_asked", "remedy": "refund"}}"#,
        r#"{"room": "escalation", "type": "ask_for_decision"}"#,
        &about("release", 'a', r#", "evidence": "m-9""#),
    ] {
        let mut desk = asked(r#""agreements": []"#);
        desk.at("02 11:00", &promise('a', r#"{"at": "2026-03-30T12:00:00Z"}"#));
        let said = desk.at("02 12:00", order);
        assert!(over(&said), "{order}: {said:?}");
        assert!(!over(&desk.at("02 13:00", r#"{"room": "ticket", "type": "set_language", "language": "tr"}"#)));
        assert!(desk.ticket.silences().is_empty(), "{order}: nobody has answered that");
        assert!(desk.at("02 14:00", ANSWER).iter().any(|line| line.contains("silence begins")), "{order}");
    }
}

#[test]
fn a_word_that_was_taken_for_spam_opens_it_again() {
    let spam = r#"{"room": "ticket", "type": "message", "author": "customer", "class": "spam", "message": "m-7"}"#;
    let none = r#"{"room": "ticket", "type": "reclassify", "author": "customer", "message": "m-7"}"#;
    let mut desk = asked(r#""agreements": []"#);
    tell_all(&mut desk);
    desk.at("07 09:00", spam);
    desk.wake("09 00:00");
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.at("10 09:00", none), ["10 09:00: reopened", "10 09:00: m-7 was public of customer"]);
}
