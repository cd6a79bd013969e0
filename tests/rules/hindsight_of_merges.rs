//! What is found in hindsight of promises that have come from another ticket.

use crate::desk::*;
use crate::hindsight_of_beginnings::ask;
use crate::put_right::{bounce, message, was};
use crate::record::*;

/// Two tickets of a desk that promises replies: the first is given on the one, and the other, which goes on as part of it, has just been opened.
fn two_tickets() -> Desk {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_response": "4 hours", "next_response": "8 hours" } }]"#,
    );
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk
}

/// What was carried in was answered by what came back.
#[test]
fn what_was_carried_in_is_owed_where_its_answer_bounces() {
    let mut desk = two_tickets();
    desk.merge("02 11:00");
    desk.swap();
    let before = open(&desk);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 12:30", &bounce("m-2"));
    assert_eq!(open(&desk), before, "{said:?}");
}

/// What turns out to have answered it.
#[test]
fn what_was_carried_in_is_answered_by_what_is_found() {
    let mut desk = two_tickets();
    desk.merge("02 11:00");
    desk.swap();
    desk.at("02 12:00", &message("agent", "internal", "m-2"));
    let said = desk.at("02 12:30", &was("m-2", "agent", "public"));
    assert_eq!(open(&desk), 0, "{said:?}");
}

/// What was carried in began with something else.
#[test]
fn what_was_carried_in_and_began_with_something_else() {
    let mut desk = two_tickets();
    desk.at("02 10:10", ANSWER);
    desk.at("02 10:20", &message("customer", "public", "m-1"));
    desk.merge("02 11:00");
    desk.swap();
    assert_eq!(open(&desk), 1);
    let said = desk.at("02 12:00", &was("m-1", "third_party", "public"));
    assert_eq!(open(&desk), 0, "{said:?}");
}

/// What counts since the earlier opening of two matters that are one.
#[test]
fn what_counts_since_the_earlier_opening_is_owed_where_its_answer_bounces() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "on_merge": "earliest_opening", "targets": { "first_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk.swap();
    desk.merge("02 11:00");
    desk.swap();
    assert_eq!(dues(&desk), ["2026-03-02T13:00:00Z"]);
    desk.at("02 11:30", &message("agent", "public", "m-2"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 12:00", &bounce("m-2"));
    assert_eq!(dues(&desk), ["2026-03-02T13:00:00Z"], "{said:?}");
}

/// A promise that came from another ticket was kept by phone. The next question counts from when it was asked.
#[test]
fn the_next_question_after_what_was_carried_in_counts_from_itself() {
    for merged in [false, true] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "4 hours" } }]"#);
        for _ in 0..2 {
            desk.at("02 09:00", OPEN);
            desk.at("02 09:30", ANSWER);
            desk.swap();
        }
        ask(&mut desk, "02 10:00", "m-1");
        if merged {
            desk.merge("02 10:30");
            desk.swap();
        }
        desk.at("02 11:00", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        ask(&mut desk, "02 16:00", "m-2");
        assert_eq!((breached(&desk), dues(&desk)), (0, vec!["2026-03-02T20:00:00Z".to_owned()]), "{merged}");
    }
}

/// "Same instant: in the order recorded": asked again in the instant of the answer, and after it, also on a ticket that another was merged into.
#[test]
fn what_is_asked_in_the_instant_of_an_answer_is_owed_after_a_merge() {
    for merged in [false, true] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "4 hours" } }]"#);
        for _ in 0..2 {
            desk.at("02 09:00", OPEN);
            desk.at("02 09:30", ANSWER);
            desk.swap();
        }
        ask(&mut desk, "02 10:00", "m-1");
        if merged {
            desk.merge("02 10:30");
            desk.swap();
        }
        desk.at("02 11:00", &message("agent", "public", "m-2"));
        ask(&mut desk, "02 11:00", "m-3");
        assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"], "{merged}");
    }
}
