//! What somebody's word has settled, in hindsight: terms that were accepted, what was let go, done by telephone, or announced.

use crate::desk::*;
use crate::hindsight::responses;
use crate::hindsight_of_beginnings::{ask, correctable, said, stands};
use crate::put_right::{bounce, message, was};
use crate::record::*;

/// A reply that is promised waits for a customer who is silent, and goes with him.
pub(crate) fn gone_with_him() -> Desk {
    let mut desk = Desk::with(
        r#"{ "corrections": { "window": "2400 hours", "four_eyes": false },
             "agreements": [{ "name": "sla", "binding": "promised", "targets": { "next_response": { "budget": "10 hours",
                "pausable": { "total": "2000 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 09:30", &message("customer", "public", "m-1"));
    desk.at("02 10:00", WAIT);
    for (at, step) in [
        ("02 11:00", r#""asked""#),
        ("03 11:00", r#""reminded""#),
        ("04 11:00", r#""reminded""#),
        ("05 11:00", r#"{"warned": {"until": "2026-03-06T12:00:00Z"}}"#),
    ] {
        let chase = order(&desk, "chase", &format!(r#", "step": {step}, "message": "r-2""#));
        desk.at(at, &chase);
    }
    let absent = order(&desk, "find_absent", "");
    desk.at("07 11:00", &absent);
    assert_eq!(open(&desk), 0);
    desk
}

/// What the customer let go, and what he asked later.
#[test]
fn what_is_asked_after_a_release_is_owed() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let release = order(&desk, "release", r#", "evidence": "m-9""#);
    desk.at("02 11:00", &release);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.at("02 13:00", &message("customer", "public", "m-3"));
    assert_eq!(open(&desk), 1);
    let said = desk.at("02 14:00", &bounce("m-2"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// What he asked after that was answered by what came back.
#[test]
fn what_is_asked_after_a_release_and_answered_by_a_bounce_is_owed() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let release = order(&desk, "release", r#", "evidence": "m-9""#);
    desk.at("02 11:00", &release);
    desk.at("02 12:00", &message("customer", "public", "m-3"));
    assert_eq!(open(&desk), 1);
    desk.at("02 13:00", &message("agent", "public", "m-4"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 14:00", &bounce("m-4"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// The same where he waived a breach.
#[test]
fn what_is_asked_after_a_waiver_and_answered_by_a_bounce_is_owed() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.wake("02 12:30");
    let waive = order(&desk, "waive", r#", "evidence": "m-9""#);
    desk.at("02 13:00", &waive);
    desk.at("02 13:10", &message("customer", "public", "m-3"));
    desk.at("02 14:00", &message("agent", "public", "m-4"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 14:30", &bounce("m-4"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// What was accepted in its place was answered by what came back.
#[test]
fn what_was_renegotiated_is_owed_where_its_answer_bounces() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let propose = order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#);
    desk.at("02 11:00", &propose);
    let accept = order(&desk, "accept", r#", "successor": "@a", "evidence": "m-8""#);
    desk.at("02 11:30", &accept);
    assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"]);
    let said = desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(open(&desk), 0, "{said:?}");
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "{said:?}");
}

/// And what he asks after that answer.
#[test]
fn what_was_renegotiated_and_asked_again() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let propose = order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#);
    desk.at("02 11:00", &propose);
    let accept = order(&desk, "accept", r#", "successor": "@a", "evidence": "m-8""#);
    desk.at("02 11:30", &accept);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.at("02 12:30", &message("customer", "public", "m-3"));
    assert_eq!(open(&desk), 1);
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert!(open(&desk) >= 1, "{said:?}");
}

/// He is back, and what answered him came back.
#[test]
fn what_came_back_with_him_is_owed_where_its_answer_bounces() {
    let mut desk = gone_with_him();
    let gone = desk.ticket.ledger().all().next().unwrap().id;
    desk.at("09 08:00", GO_ON);
    desk.at(
        "09 09:00",
        &format!(r#"{{"room": "commitment", "type": "take_up_again", "commitment": "{gone}", "successor": "@b"}}"#),
    );
    assert_eq!(open(&desk), 1);
    desk.at("09 10:00", &message("agent", "public", "m-6"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("09 11:00", &bounce("m-6"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// What he had asked was none of his, and does not come back with him.
#[test]
fn what_began_with_something_else_does_not_come_back_with_him() {
    let mut desk = gone_with_him();
    let gone = desk.ticket.ledger().all().next().unwrap().id;
    desk.at("09 08:00", &was("m-1", "third_party", "public"));
    let command = desk.command(
        "09 09:00",
        &format!(r#"{{"room": "commitment", "type": "take_up_again", "commitment": "{gone}", "successor": "@b"}}"#),
    );
    assert!(desk.handle(&command).is_err());
    assert_eq!(open(&desk), 0);
}

/// He had declined other terms in time, and what answered him in the end came back.
#[test]
fn what_is_owed_since_he_declined_in_time_is_so_where_its_answer_bounces() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let owed = desk.ticket.ledger().open().next().unwrap().id;
    let propose = order(&desk, "propose", r#", "due": {"at": "2026-03-02T20:00:00Z"}, "told": "m-7""#);
    desk.at("02 11:00", &propose);
    desk.wake("02 14:30");
    desk.fetched(
        "02 15:00",
        "02 13:00",
        &format!(r#"{{"room": "commitment", "type": "decline", "commitment": "{owed}", "evidence": "m-8"}}"#),
    );
    assert_eq!(open(&desk), 1);
    desk.at("02 16:00", &message("agent", "public", "m-2"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 17:00", &bounce("m-2"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// A goal that was announced is a promise from then on, and solving does not end it.
#[test]
fn what_was_announced_is_owed_where_its_answer_bounces() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let announce = order(&desk, "announce", r#", "message": "m-9""#);
    desk.at("02 10:30", &announce);
    desk.at("02 11:00", SOLVE);
    assert_eq!(open(&desk), 1);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// What turns out to have answered it.
#[test]
fn what_was_announced_is_answered_by_what_is_found() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let announce = order(&desk, "announce", r#", "message": "m-9""#);
    desk.at("02 10:30", &announce);
    desk.at("02 11:00", SOLVE);
    desk.at("02 12:00", &message("agent", "internal", "m-2"));
    let said = desk.at("02 13:00", &was("m-2", "agent", "public"));
    assert_eq!(open(&desk), 0, "{said:?}");
}

/// What waits for the first reply, which the customer had let go, or which was given by phone.
#[test]
fn what_is_asked_after_the_first_reply_is_owed() {
    for settled in ["fulfil", "release"] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "8 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        let settle = order(&desk, settled, r#", "evidence": "call-1""#);
        desk.at("02 10:00", &settle);
        desk.at("02 11:00", &message("agent", "public", "m-2"));
        desk.at("02 12:00", &message("customer", "public", "m-3"));
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"]);
        let said = desk.at("02 13:00", &bounce("m-2"));
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"], "{settled}: {said:?}");
    }
}

/// A goal that was given better terms.
#[test]
fn better_terms_stay_where_an_answer_bounces() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    let amend = order(&desk, "amend", r#", "due": {"at": "2026-03-02T12:00:00Z"}"#);
    desk.at("02 10:10", &amend);
    assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"]);
    desk.at("02 10:30", &message("agent", "public", "m-2"));
    let said = desk.at("02 11:00", &bounce("m-2"));
    assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"], "{said:?}");
}

/// A call that kept a promise at the very instant at which some record was put right.
#[test]
fn what_a_host_has_settled_is_so_whatever_else_was_put_right_then() {
    for at in ["02 12:00:01", "02 12:00"] {
        let mut desk = responses(r#""4 hours""#);
        desk.at("02 09:40", &message("third_party", "public", "x-1"));
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 12:00", &was("x-1", "automation", "public"));
        let call = order(&desk, "fulfil", r#", "evidence": "call-1""#);
        desk.at(at, &call);
        desk.at("02 13:00", &message("agent", "public", "m-2"));
        let said = desk.at("02 13:30", &bounce("m-2"));
        assert_eq!(open(&desk), 0, "{at}: {said:?}");
    }
}

/// A breach after all is heard of.
#[test]
fn a_breach_after_all_is_heard_of() {
    for late in [true, false] {
        let mut desk = Desk::with(
            r#"{ "agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }], "ladder": "watch",
                 "ladders": [{ "name": "watch", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.wake("02 12:30");
        assert_eq!(desk.ticket.escalations().live().count(), 1);
        if late {
            desk.at("02 13:00", &message("agent", "public", "m-2"));
        } else {
            desk.fetched("02 13:00", "02 11:00", &message("agent", "public", "m-2"));
        }
        assert_eq!(desk.ticket.escalations().live().count(), 0);
        desk.at("02 14:00", &bounce("m-2"));
        assert_eq!((breached(&desk), open(&desk)), (1, 1));
        assert_eq!(desk.ticket.escalations().live().count(), 1);
    }
}

/// What a host has struck out is not owed again because another message, which had been asked before it, bounces.
#[test]
fn what_a_host_has_struck_out_is_not_owed_again_by_a_bounce() {
    let mut desk = Desk::with(&format!(
        r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "when": {{ "priority": ["high"] }}, "targets": {{ "first_response": "4 hours" }} }}] }}"#
    ));
    desk.at("02 09:00", &open_at("high"));
    let owed = desk.ticket.ledger().open().next().expect("a reply").id;
    desk.at("02 09:10", &priority("low"));
    desk.fetched("02 09:20", "02 08:50", &message("customer", "public", "m-5"));
    desk.at(
        "02 09:30",
        &format!(
            r#"{{"room": "commitment", "type": "record_in_error", "commitment": "{owed}", "reason": "spam", "evidence": "m-2"}}"#
        ),
    );
    desk.at("02 09:40", &priority("high"));
    assert_eq!(open(&desk), 0);
    let said = desk.at("02 09:50", &bounce("m-5"));
    assert_eq!(open(&desk), 0, "{said:?}");
}

/// Worse terms were told, and took the place of what was broken. An answer of before the deadline is found: nothing was broken.
#[test]
fn what_was_done_in_time_was_kept_also_where_other_terms_had_taken_its_place() {
    for rightly in [true, false] {
        let mut desk = correctable(
            r#""next_response": { "budget": "2 hours", "breach_owes": { "deliverable": "explanation", "within": "800 hours" } }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#));
        desk.at("02 11:00", &message("agent", if rightly { "public" } else { "internal" }, "m-2"));
        if !rightly {
            desk.at("02 13:00", &was("m-2", "agent", "public"));
        }
        assert_eq!(stands(&desk), (0, 1, vec![]), "rightly {rightly}");
    }
}

/// Other terms that the customer has accepted are a promise, which solving does not end.
#[test]
fn what_was_accepted_is_owed_once_where_its_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:05", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#));
        desk.at("02 10:10", &order(&desk, "accept", r#", "successor": "@a", "evidence": "m-8""#));
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 10:40", SOLVE);
        ask(&mut desk, "02 11:00", "m-3");
        if !rightly {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "rightly {rightly}");
    }
}
