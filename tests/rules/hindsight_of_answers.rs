//! Which of several answers counts in hindsight, and who may say so.

use crate::desk::*;
use crate::hindsight::responses;
use crate::put_right::{bounce, message, was};
use crate::record::*;

/// What was found to have been answered in time stays so where a later answer is found, too.
#[test]
fn a_later_answer_that_is_found_breaks_nothing() {
    let mut desk = Desk::with(&format!(
        r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ "next_response": "2 hours" }} }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 12:30", &message("agent", "internal", "m-2"));
    desk.fetched("02 13:00", "02 11:00", &message("agent", "public", "m-3"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1));
    let said = desk.at("02 14:00", &was("m-2", "agent", "public"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "{said:?}");
}

/// A mail that was sent in time and fetched after a late answer came back.
#[test]
fn a_correction_by_what_bounced_is_none() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 13:00", &message("agent", "public", "m-2"));
    assert_eq!(breached(&desk), 1);
    desk.fetched("02 14:00", "02 11:00", &message("agent", "public", "m-3"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1));
    let said = desk.at("02 15:00", &bounce("m-3"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// Solved too late without an answer, and then the mail that was in time came back.
#[test]
fn a_correction_of_what_was_overtaken_by_what_bounced_is_none() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 13:00", SOLVE);
    assert_eq!(breached(&desk), 1);
    desk.fetched("02 14:00", "02 11:00", &message("agent", "public", "m-3"));
    assert_eq!(breached(&desk), 0);
    let said = desk.at("02 15:00", &bounce("m-3"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// Two questions of one instant, each with a cycle of its own.
#[test]
fn of_two_questions_of_one_instant_the_right_one_is_struck_out() {
    let mut desk = Desk::with(&format!(
        r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ "next_response": "20 hours" }} }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 11:00", ANSWER);
    desk.fetched("02 12:00", "02 10:00", &message("customer", "public", "m-2"));
    assert_eq!(open(&desk), 1);
    desk.at("02 13:00", &was("m-1", "customer", "public"));
    assert_eq!(open(&desk), 1);
    let said = desk.at("02 14:00", &was("m-1", "third_party", "public"));
    assert_eq!(open(&desk), 1, "m-2 waits still: {said:?}");
}

/// No rulebook lets anybody put a record right, so a claim takes no breach off it.
#[test]
fn a_claim_corrects_no_late_answer() {
    for answered in [false, true] {
        let mut desk = responses(r#""2 hours""#);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "internal", "n-1"));
        if answered {
            desk.at("02 13:00", ANSWER);
        }
        let said = desk.at("02 18:00", &was("n-1", "agent", "public"));
        assert_eq!(breached(&desk), 1, "{answered}: {said:?}");
    }
}

/// Where it takes four eyes, nobody vouches for himself, also after a late answer.
#[test]
fn nobody_vouches_for_himself_after_a_late_answer() {
    for answered in [false, true] {
        let mut desk = Desk::with(
            r#"{ "corrections": { "window": "24 hours", "four_eyes": true }, "agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "internal", "n-1"));
        if answered {
            desk.at("02 13:00", ANSWER);
        }
        let said = desk.at("02 18:00", &was("n-1", "agent", "public"));
        assert_eq!(breached(&desk), 1, "{answered}: {said:?}");
    }
}

/// What was broken by solving, and a claim.
#[test]
fn a_claim_takes_no_unanswered_matter_off_the_record() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "next_response": { "budget": "4 hours", "unanswered": "breached" } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 10:30", &message("agent", "internal", "n-1"));
    desk.at("02 11:00", SOLVE);
    assert_eq!(breached(&desk), 1);
    let said = desk.at("02 12:00", &was("n-1", "agent", "public"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// What goes on in another metric lets nobody get rid of a breach.
#[test]
fn a_claim_takes_no_breach_of_another_metric_off_the_record() {
    for answered in [false, true] {
        let mut desk = Desk::with(
            r#"{ "metrics": { "chased": { "deliverable": "update", "start": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                    "stop": [{ "fact": "status", "to": ["solved"] }] } },
                 "agreements": [{ "name": "sla", "targets": { "chased": "2 hours", "next_response": "20 hours" } }] }"#,
        );
        desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1"}"#);
        desk.at("02 09:01", ANSWER);
        desk.at("02 09:02", SOLVE);
        desk.at("02 09:03", REOPEN);
        if answered {
            desk.at("02 09:30", &message("customer", "public", "m-1"));
        }
        desk.at("02 10:00", &message("agent", "public", "m-2"));
        desk.wake("02 13:00");
        assert_eq!(breached(&desk), 1);
        let said = desk.at("02 14:00", &was("m-2", "agent", "internal"));
        assert_eq!(breached(&desk), 1, "{answered}: {said:?}");
    }
}

/// Promised again, answered later; a mail that was sent in time turns out to be an answer.
#[test]
fn what_was_answered_in_time_is_corrected_whatever_came_later() {
    for (name, later) in [("nothing", false), ("answer", true)] {
        let mut desk = Desk::with(&format!(
            r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ "next_response": "2 hours" }} }}] }}"#
        ));
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "internal", "n-1"));
        desk.wake("02 12:30");
        let owed = desk.ticket.ledger().open().next().unwrap().id;
        desk.at("02 12:40", &promise_with('a', r#"{"within": "6 hours"}"#, &format!(r#", "repairs": "{owed}""#)));
        if later {
            desk.at("02 13:00", ANSWER);
        }
        let said = desk.at("02 14:00", &was("n-1", "agent", "public"));
        assert_eq!((breached(&desk), open(&desk)), (0, 0), "{name}: {said:?}");
    }
}

/// What stays on record covers the later question; what answered both came back.
#[test]
fn what_stays_on_record_and_its_answer_bounces() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 13:00", &message("customer", "public", "m-2"));
    desk.at("02 14:00", &was("m-1", "agent", "public"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1));
    desk.at("02 15:00", &message("agent", "public", "m-3"));
    assert_eq!((breached(&desk), open(&desk)), (1, 0));
    let said = desk.at("02 16:00", &bounce("m-3"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

/// What stays on record is not needed any more where that is found.
#[test]
fn what_stays_on_record_ends_with_what_cancels_it() {
    for found in [false, true] {
        let mut desk = Desk::with(
            r#"{ "metrics": { "chased": { "deliverable": "update", "start": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                    "stop": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
                    "cancel": [{ "fact": "message", "author": ["agent"], "visibility": ["internal"] }] } },
                 "agreements": [{ "name": "sla", "targets": { "chased": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message("agent", "public", "m-1"));
        desk.wake("02 14:30");
        desk.at("02 15:00", &was("m-1", "third_party", "public"));
        assert_eq!((breached(&desk), open(&desk)), (1, 1), "it stays");
        desk.at("02 16:00", &message(if found { "third_party" } else { "agent" }, "internal", "n-1"));
        let said = if found { desk.at("02 17:00", &was("n-1", "agent", "internal")) } else { Vec::new() };
        assert_eq!((breached(&desk), open(&desk)), (1, 0), "{found}: {said:?}");
    }
}

/// What has begun again after an answer that was none has the deadline of then, and what was done after that was late.
#[test]
fn what_was_done_after_the_deadline_of_what_has_begun_again_was_late() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "2 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 12:30", &message("customer", "public", "m-2"));
    desk.at("02 13:00", &message("agent", "public", "m-3"));
    desk.at("02 14:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
    desk.at("02 17:00", &message("agent", "public", "m-4"));
    let said = desk.at("02 18:00", &bounce("m-3"));
    assert!(said.iter().any(|line| line.ends_with("late 02 17:00, by 3600 s")), "{said:?}");
}

/// Answered in time, by a late answer, and by a mail that had been sent in time and was fetched last: where the first bounces, the last still counts.
#[test]
fn what_was_sent_in_time_and_fetched_last_has_answered_in_hindsight() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "public", "m-2"));
    desk.at("02 13:00", &message("agent", "public", "m-3"));
    desk.fetched("02 14:00", "02 11:30", &message("agent", "public", "m-4"));
    let said = desk.at("02 15:00", &bounce("m-2"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "{said:?}");
}
