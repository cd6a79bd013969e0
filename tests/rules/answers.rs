//! What is an answer, what never is, and what becomes of a response clock on which none came.

use crate::desk::*;

/// Every response clock, running, at a desk that answers by people.
fn waiting(more: &str) -> Desk {
    let target = |budget: &str| format!(r#"{{ "budget": "{budget}"{more} }}"#);
    let hours = target("4 working hours");
    let mut desk = Desk::new(&format!(
        r#"[{{ "name": "sla", "targets": {{ "first_response": {hours}, "periodic_update": {hours} }} }}]"#
    ));
    desk.at("02 09:00", OPEN);
    desk
}

/// One on which a question waits after the first response.
fn asked_again(more: &str) -> Desk {
    let target = format!(r#"{{ "budget": "4 working hours"{more} }}"#);
    let mut desk = Desk::new(&format!(r#"[{{ "name": "sla", "targets": {{ "next_response": {target} }} }}]"#));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", ASK);
    desk
}

fn message(author: &str, more: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "m-1"{more}}}"#)
}

#[track_caller]
fn answers_nothing(order: &str) {
    for mut desk in [waiting(""), asked_again("")] {
        assert_eq!(desk.at("02 10:00", order).len(), 1, "{order}");
        assert!(desk.at("02 11:00", ANSWER).len() > 1, "the clock has run on");
    }
}

/// Must 5.1.
#[test]
fn an_acknowledgement_or_auto_reply_is_never_an_answer() {
    answers_nothing(&message("automation", ""));
}

#[test]
fn an_internal_note_is_never_an_answer() {
    answers_nothing(&message("agent", r#", "visibility": "internal""#));
}

#[test]
fn a_message_by_a_third_party_is_never_an_answer() {
    answers_nothing(&message("third_party", ""));
}

#[test]
fn a_message_of_the_system_is_never_an_answer() {
    answers_nothing(&message("system", ""));
}

#[test]
fn a_call_in_vain_is_never_an_answer_and_one_that_reached_him_is_where_the_agreement_says_so() {
    let call =
        |reached: bool| format!(r#"{{"room": "ticket", "type": "call", "author": "agent", "reached": {reached}}}"#);
    answers_nothing(&call(true));
    let counts = r#", "also": [{ "fact": "call", "author": ["agent"], "reached": true }]"#;
    let mut desk = waiting(counts);
    assert_eq!(desk.at("02 09:30", &call(false)).len(), 1);
    assert_eq!(desk.at("02 10:00", &call(true))[1], "02 10:00: first_response 1 fulfilled 02 10:00");
}

#[test]
fn a_bounced_message_was_never_an_answer() {
    let mut desk = waiting("");
    desk.at("02 10:00", &message("agent", ""));
    let said = desk.at("02 10:05", r#"{"room": "ticket", "type": "bounce", "message": "m-1"}"#);
    assert!(said.iter().any(|line| line.starts_with("02 10:05: first_response 1 void: retracted")), "{said:?}");
    // What was left is owed on, by the same deadline.
    let said = desk.at("02 14:00", ANSWER);
    assert!(said[0].contains("02 13:00 by time") && said[0].contains("breached, due 02 13:00"), "{said:?}");
}

#[test]
fn an_auto_reply_that_was_taken_for_an_answer_was_none() {
    let mut desk = waiting("");
    desk.at("02 10:00", &message("agent", ""));
    let said =
        desk.at("02 10:05", r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "automation"}"#);
    assert!(said.iter().any(|line| line.starts_with("02 10:05: first_response 1 void: retracted")), "{said:?}");
}

const BY_AI: &str = r#", "also": [{ "fact": "message", "author": ["ai"], "visibility": ["public"],
                                    "when": { "human_asked_for": false } }]"#;

#[test]
fn an_ai_answers_nothing_unless_the_agreement_says_so() {
    answers_nothing(&message("ai", ""));
    assert_eq!(waiting(BY_AI).at("02 10:00", &message("ai", ""))[1], "02 10:00: first_response 1 fulfilled 02 10:00");
    assert_eq!(
        asked_again(BY_AI).at("02 10:00", &message("ai", ""))[1],
        "02 10:00: next_response 1 fulfilled 02 10:00"
    );
}

#[test]
fn an_ai_answers_nothing_once_the_customer_has_asked_for_a_human() {
    for mut desk in [waiting(BY_AI), asked_again(BY_AI)] {
        desk.at("02 09:30", r#"{"room": "ticket", "type": "ask_for_human"}"#);
        assert_eq!(desk.at("02 10:00", &message("ai", "")).len(), 1);
        assert!(desk.at("02 10:30", ANSWER).len() > 1, "a human being's counts");
    }
}

#[test]
fn solved_without_an_answer_is_not_needed_by_default() {
    let void = |metric| format!("02 10:00: {metric} 1 void: {metric} of sla: not needed any more");
    assert_eq!(waiting("").at("02 10:00", SOLVE)[1..], [void("first_response"), void("periodic_update")]);
    assert_eq!(asked_again("").at("02 10:00", SOLVE)[1..], [void("next_response")]);
}

#[test]
fn solved_without_an_answer_is_breached_where_the_agreement_says_so() {
    let unanswered = r#", "unanswered": "breached""#;
    for (mut desk, metric) in [(waiting(unanswered), "first_response"), (asked_again(unanswered), "next_response")] {
        let due = desk.ticket.ledger().open().find(|one| one.since >= t("02 09:00")).map(|one| one.due);
        let said = desk.at("02 10:00", SOLVE);
        // The breach stands at that instant; the deadline that it would have had stays on record.
        assert!(said[1].starts_with(&format!("02 10:00: {metric} 1 breached, due ")), "{said:?}");
        assert!(said[1].ends_with(", unanswered") && due > Some(t("02 10:00")), "{said:?}");
        assert!(said[2].starts_with(&format!("02 10:00: {metric} 1 overtaken")), "{said:?}");
    }
    // What needs no reply is no breach: the matter has not ended without one.
    let mut desk = asked_again(unanswered);
    let said = desk.at("02 10:00", r#"{"room": "ticket", "type": "need_no_reply"}"#);
    assert_eq!(said[1], "02 10:00: next_response 1 void: next_response of sla: not needed any more");
}

/// SEMANTICS B: an AI's answer "is shown apart", in what is said of one clock and in the count of all.
#[test]
fn an_ai_s_answer_is_shown_apart() {
    let rules = r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 hours",
        "also": [{ "fact": "message", "author": ["ai"], "visibility": ["public"] }] }, "next_response": "4 hours" } }]"#;
    let mut desk = Desk::new(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01", r#"{"room": "ticket", "type": "message", "author": "ai"}"#);
    desk.at("02 10:00", ASK);
    desk.at("02 10:30", ANSWER);
    let now = t("02 11:00");
    let said = owed::report::statements(&desk.ticket, &desk.rules, now);
    assert_eq!(said.iter().map(|one| one.by_ai).collect::<Vec<_>>(), [true, false]);
    let mut tally = owed::report::Tally::new();
    tally.count(&desk.ticket, &desk.rules, now);
    assert_eq!((tally.total().fulfilled, tally.total().by_ai), (2, 1));
}
