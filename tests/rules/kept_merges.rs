//! What is kept where tickets are merged, and what comes home.

use super::put_right::{message, was};
use super::record::dues;
use crate::desk::*;

const BY_OPTION: &str = r#"[{ "name": "sla", "on_merge": "earliest_opening", "targets": { "first_response": "4 hours", "periodic_update": "8 hours", "requester_wait": "20 hours" } }]"#;

/// What a part was given on as hangs together with the whole, and goes over with it, though it is done: its id is no other's there.
#[test]
fn an_id_of_what_goes_along_that_both_have_is_refused() {
    let sla = r#"[{ "name": "sla", "binding": "promised", "targets": { "first_response": "4 hours" } }]"#;
    let mut desk = Desk::new(sla);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &promise('b', r#"{"within": "20 hours"}"#));
    desk.swap();
    desk.at("02 09:00", OPEN);
    let whole = desk.ticket.ledger().open().next().expect("it is owed").id;
    let part = promise_with('b', r#"{"within": "1 hour"}"#, "");
    let part = part.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    let part =
        part.replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "desk"}, "promiser": {"vendor": "host"}"#);
    let order = format!(r#"{{"room": "commitment", "type": "delegate", "commitment": "{whole}", "promise": {part}}}"#);
    desk.at("02 09:20", &order);
    desk.at("02 09:30", &about("fulfil", 'b', ""));
    assert_eq!(desk.merge_refused("02 10:00").code(), "already_made");
}

/// Neither is older: nothing is to be counted otherwise.
#[test]
fn of_two_that_were_opened_at_one_instant_none_is_the_earlier() {
    let mut desk = Desk::new(BY_OPTION);
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    let [_, to] = desk.merge("02 10:00");
    assert!(!to.iter().any(|line| line.contains("retargeted")), "{to:?}");
}

/// The update that is owed since the last one is no older because the matter is, nor is what is owed since it was reopened.
#[test]
fn what_does_not_count_from_the_opening_stays_where_the_older_opening_counts() {
    let mut desk = Desk::new(BY_OPTION);
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk.at("02 11:00", ANSWER);
    desk.swap();
    let [_, to] = desk.merge("02 12:00");
    assert!(!to.iter().any(|line| line.contains("periodic_update")), "{to:?}");
}

/// The desk has opened it, and the customer has written at that very instant: what he waits for is owed since his message.
#[test]
fn what_a_message_has_begun_counts_from_no_opening() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "on_merge": "earliest_opening", "targets": { "first_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.swap();
    desk.at("02 10:00", &OPEN.replace("c-1\"", "c-1\", \"author\": \"agent\""));
    assert_eq!(desk.at("02 10:00", ASK)[1], "02 10:00: first_response 1 due 02 14:00");
    desk.swap();
    let [_, to] = desk.merge("02 12:00");
    assert!(!to.iter().any(|line| line.contains("first_response")), "{to:?}");
}

/// It was another matter after all, and then the same again: what was promised has gone there and has come home. It is planned anew once.
#[test]
fn what_has_come_home_is_planned_anew_once() {
    let sla = |budget: &str| {
        format!(r#"[{{ "name": "sla", "binding": "promised", "targets": {{ "next_response": "{budget}" }} }}]"#)
    };
    let mut desk = Desk::with(&format!(
        r#"{{ "editions": [{{ "agreements": {} }}, {{ "from": "2026-03-02T13:00:00Z", "agreements": {} }}] }}"#,
        sla("20 hours"),
        sla("15 hours")
    ));
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 10:00", ASK);
    desk.merge("02 11:00");
    desk.at("02 11:10", REOPEN);
    desk.swap();
    let [_, home] = desk.merge("02 12:00");
    assert_eq!(home[0], "02 12:00: next_response 1 carried in");
    desk.swap();
    assert_eq!(
        desk.at("02 14:00", r#"{"room": "ticket", "type": "replan"}"#),
        ["02 14:00: replanned, 0 to be told", "02 14:00: next_response 1 retargeted, 11 hours left, due 03 01:00"]
    );
}

/// What has been carried over came before what is promised there later, however long the other ticket was.
#[test]
fn what_was_carried_over_has_its_place_before_what_is_promised_there_later() {
    let mut desk = Desk::new("[]");
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    for priority_of_the_hour in ["P1", "P2", "P3", "P4", "P5", "P6", "P7"] {
        desk.at("02 09:10", &priority(priority_of_the_hour));
    }
    desk.at("02 09:20", &promise('b', r#"{"within": "20 hours"}"#));
    desk.merge("02 10:00");
    desk.swap();
    desk.at("02 10:10", &promise('a', r#"{"within": "20 hours"}"#));
    let all = r#"{"room": "commitment", "type": "hand_over_all", "from": {"team": "desk", "agent": "ada"}, "to": {"team": "night"}}"#;
    assert_eq!(
        desk.at("02 11:00", all),
        ["02 11:00: promise b handed over to night", "02 11:00: promise a handed over to night"]
    );
}

/// By the older opening it was due at nine. That is known since ten to eleven only, and what was done by then was done in time.
#[test]
fn what_a_merge_has_made_late_is_kept_by_what_had_been_done_before() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "word": { "deliverable": "update", "cycles": "once", "start": [{ "fact": "opened" }], "stop": [{ "fact": "message", "author": ["customer"] }] } },
             "agreements": [{ "name": "sla", "on_merge": "earliest_opening", "targets": { "word": "1 hour" } }] }"#,
    );
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk.swap();
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", ANSWER);
    desk.at("02 09:30", ASK);
    let [_, to] = desk.merge("02 10:50");
    assert_eq!(
        to[1..],
        [
            "02 10:50: word 1 retargeted, 0 hours left, due 02 09:00",
            "02 10:50: public message of customer",
            "02 10:50: word 1 breached, due 02 09:00, born late",
            "02 10:50: word 1 corrected 02 09:30"
        ]
    );
}

/// "The customer's messages that nobody has answered arrive": both of two that were sent at one instant.
#[test]
fn both_of_two_questions_of_one_instant_go_over() {
    for second in ["02 10:00", "02 10:01"] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "8 hours" } }]"#);
        for _ in 0..2 {
            desk.swap();
            desk.at("02 09:00", OPEN);
            desk.at("02 09:10", ANSWER);
        }
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at(second, &message("customer", "public", "m-2"));
        desk.merge("02 11:00");
        desk.swap();
        desk.at("02 12:00", &was("m-1", "third_party", "public"));
        assert_eq!(dues(&desk).len(), 1, "{second}");
    }
}
