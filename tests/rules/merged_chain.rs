//! What waits on a ticket that goes on as another is what its metrics wait for, each after the one that it follows and as often as it is measured.

use owed::commitment::{Commitment, Origin};

use super::hindsight_of_beginnings::ask;
use super::merged_after_word::goes_on;
use super::put_right::message;
use super::record::dues;
use crate::desk::*;

const CALL: &str = r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#;
const ALSO_CALLS: &str =
    r#"{ "budget": "2 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] }"#;

fn word(desk: &Desk, metric: &str) -> String {
    let is_it = |owed: &&Commitment| matches!(&owed.origin, Origin::Policy(cycle) if cycle.metric.as_str() == metric);
    let id = desk.ticket.ledger().open().find(is_it).expect("owed").id;
    format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{id}"}}"#)
}

/// A desk with these targets, and with another ticket on which nothing waits.
fn desk_with(metrics: &str, targets: &str) -> Desk {
    let metrics = if metrics.is_empty() { String::new() } else { format!(r#""metrics": {{ {metrics} }}, "#) };
    let mut desk =
        Desk::with(&format!(r#"{{ {metrics}"agreements": [{{ "name": "sla", "targets": {{ {targets} }} }}] }}"#));
    goes_on(&mut desk);
    desk
}

/// Merges, and says what the ticket that goes on owes.
fn merged(desk: &mut Desk) -> Vec<String> {
    desk.merge("02 10:00");
    desk.swap();
    dues(desk)
}

/// "No reply needed" ends the next response, and nothing is waited for any more: be the first response given by mail or on the telephone.
#[test]
fn what_needs_no_reply_is_not_owed_after_a_merge() {
    for (by_mail, needed) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut desk = desk_with("", r#""first_response": "2 hours", "next_response": "2 hours""#);
        desk.at("02 09:00", OPEN);
        let word = word(&desk, "first_response");
        desk.at("02 09:10", &if by_mail { message("agent", "public", "m-0") } else { word });
        ask(&mut desk, "02 09:20", "q-1");
        if !needed {
            desk.at("02 09:30", r#"{"room": "ticket", "type": "need_no_reply"}"#);
        }
        let owed = if needed { vec!["2026-03-02T11:20:00Z".to_owned()] } else { Vec::new() };
        assert_eq!(merged(&mut desk), owed, "{by_mail} {needed}");
    }
}

/// A call counts for the first response, and the question before it was one with the opening.
#[test]
fn what_a_call_has_answered_as_the_first_response_is_not_owed_after_a_merge() {
    let mut desk = desk_with("", &format!(r#""first_response": {ALSO_CALLS}, "next_response": "2 hours""#));
    desk.at("02 09:00", OPEN);
    ask(&mut desk, "02 09:05", "q-1");
    desk.at("02 09:10", CALL);
    assert_eq!(dues(&desk), [""; 0]);
    assert_eq!(merged(&mut desk), [""; 0]);
}

/// Nobody measures the first response; a call counts for the next.
#[test]
fn what_a_call_has_answered_as_the_next_response_is_not_owed_after_a_merge() {
    let mut desk = desk_with("", &format!(r#""next_response": {ALSO_CALLS}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:02", &message("agent", "public", "m-0"));
    ask(&mut desk, "02 09:05", "q-1");
    desk.at("02 09:10", CALL);
    assert_eq!(merged(&mut desk), [""; 0]);
}

/// An expert's note comes after the reply to a question: nobody has answered that by it, be it written or told by the host.
#[test]
fn what_comes_after_a_reply_has_not_given_it() {
    let expert = r#""expert": { "deliverable": "reply", "after": "next_response", "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["internal"] }] }"#;
    for how in ["note", "word"] {
        let mut desk =
            desk_with(expert, r#""first_response": "8 hours", "next_response": "8 hours", "expert": "2 hours""#);
        desk.at("02 08:00", OPEN);
        desk.at("02 08:10", &message("agent", "public", "m-0"));
        ask(&mut desk, "02 08:20", "q-0");
        desk.at("02 08:30", &message("agent", "public", "m-1"));
        desk.at("02 08:40", &message("agent", "internal", "n-1"));
        ask(&mut desk, "02 09:00", "q-1");
        let word = word(&desk, "expert");
        desk.at(
            "02 09:30",
            if how == "word" {
                &word
            } else {
                r#"{"room": "ticket", "type": "message", "author": "agent", "visibility": "internal"}"#
            },
        );
        assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"], "{how}");
        assert_eq!(merged(&mut desk), ["2026-03-02T17:00:00Z"], "{how}");
    }
}

/// Every reply is measured from the opening on, beside the first, which is over.
#[test]
fn what_is_measured_once_waits_for_nothing_when_it_is_over() {
    let each = |name: &str| {
        format!(
            r#""{name}": {{ "deliverable": "reply", "start": [{{ "fact": "message", "author": ["customer"] }}],
                "stop": [{{ "fact": "message", "author": ["agent"], "visibility": ["public"] }}] }}"#
        )
    };
    for metric in ["each_reply", "next_response"] {
        for how in ["mail", "telephone"] {
            let mut desk = desk_with(&each(metric), &format!(r#""first_response": "2 hours", "{metric}": "2 hours""#));
            desk.at("02 09:00", OPEN);
            desk.at("02 09:10", &message("agent", "public", "m-0"));
            ask(&mut desk, "02 09:20", "q-1");
            let word = word(&desk, metric);
            desk.at("02 09:30", &if how == "mail" { message("agent", "public", "m-1") } else { word });
            assert_eq!(merged(&mut desk), [""; 0], "{metric}: {how}");
        }
    }
}

/// Calls count by the first of two agreements, or by an internal one, and not by the one that applies; or by that alone.
#[test]
fn what_waits_by_the_agreement_that_applies_goes_along_and_nothing_else() {
    let target = |calls: bool| {
        let response = if calls { ALSO_CALLS } else { r#""2 hours""# };
        format!(r#""targets": {{ "first_response": {response}, "next_response": {response} }}"#)
    };
    for of_base in [false, true] {
        let first = target(!of_base);
        for first in [
            format!(r#"{{ "name": "gold", "when": {{ "priority": ["high"] }}, {first} }}"#),
            format!(r#"{{ "name": "team", "kind": "ola", {first} }}"#),
        ] {
            let base = format!(r#"{{ "name": "base", {} }}"#, target(of_base));
            let mut desk = Desk::with(&format!(r#"{{ "agreements": [{first}, {base}] }}"#));
            goes_on(&mut desk);
            desk.at("02 09:00", OPEN);
            desk.at("02 09:10", CALL);
            let is_owed = |desk: &Desk| {
                desk.ticket.ledger().open().any(|owed| {
                    matches!(&owed.origin, Origin::Policy(cycle) if cycle.agreement.as_str() == "base")
                        && owed.due == t("2026-03-02T11:00:00Z")
                })
            };
            assert_eq!(is_owed(&desk), !of_base, "{first}");
            desk.merge("02 10:00");
            desk.swap();
            assert_eq!(is_owed(&desk), !of_base, "{first}");
        }
    }
}

/// An older answer is fetched after the call that has answered the first question and another: what runs is what was asked last, and goes along so.
#[test]
fn what_runs_on_record_goes_along_and_nothing_older() {
    for further in [false, true] {
        let mut desk = desk_with("", r#""first_response": "2 hours", "next_response": "2 hours""#);
        desk.at("02 08:00", OPEN);
        ask(&mut desk, "02 08:40", "q-1");
        let word = word(&desk, "first_response");
        desk.at("02 09:00", &word);
        if further {
            ask(&mut desk, "02 09:20", "q-2");
        }
        desk.fetched("02 09:25", "02 08:20", &message("agent", "public", "m-1"));
        let owed = dues(&desk);
        assert_eq!(owed, [if further { "2026-03-02T11:20:00Z" } else { "2026-03-02T10:40:00Z" }]);
        assert_eq!(merged(&mut desk), owed, "{further}");
    }
}

fn gold_counts_calls(of_gold: &str) -> Desk {
    let response = r#"{ "budget": "2 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] }"#;
    let gold: Vec<_> = of_gold.split_whitespace().map(|metric| format!(r#""{metric}": {response}"#)).collect();
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [{{ "name": "gold", "when": {{ "priority": ["high"] }}, "targets": {{ {} }} }},
            {{ "name": "base", "targets": {{ "first_response": "2 hours", "next_response": "2 hours" }} }}] }}"#,
        gold.join(", ")
    ));
    goes_on(&mut desk);
    desk
}

/// He is called back at ten past nine, and somebody sees that he is a gold customer: calls count for those. Nothing is owed before the merge.
#[test]
fn what_a_call_has_answered_by_the_agreement_that_has_come_to_apply_is_not_owed_after_a_merge() {
    for of_gold in ["first_response next_response", "first_response"] {
        let mut desk = gold_counts_calls(of_gold);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", CALL);
        desk.at("02 09:20", &priority("high"));
        assert_eq!(dues(&desk), [""; 0], "{of_gold}");
        assert_eq!(merged(&mut desk), [""; 0], "{of_gold}");
    }
}

/// Ranked high by mistake and put back: a call does not count for this customer, so his first response is owed, before the merge and after it.
#[test]
fn what_waits_by_an_agreement_that_applies_again_waits_after_a_merge() {
    let mut desk = gold_counts_calls("first_response next_response");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("high"));
    desk.at("02 09:20", &priority("normal"));
    desk.at("02 09:30", CALL);
    assert_eq!(dues(&desk).len(), 1);
    assert_eq!(merged(&mut desk), ["2026-03-02T11:00:00Z"]);
}

/// Only an internal agreement measures replies, and calls count for it.
#[test]
fn what_a_call_has_answered_by_an_internal_agreement_alone_is_not_owed_after_a_merge() {
    let response = r#"{ "budget": "2 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] }"#;
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [{{ "name": "team", "kind": "ola", "targets": {{ "first_response": {response}, "next_response": {response} }} }}] }}"#
    ));
    goes_on(&mut desk);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", CALL);
    assert_eq!(dues(&desk), [""; 0]);
    assert_eq!(merged(&mut desk), [""; 0]);
}

/// A call has answered the question as the first response. What is fetched afterwards and is no answer to it, be it a note of before the call or a mail of before the ticket was opened, has not
/// ended the first response before it was asked.
#[test]
fn what_is_fetched_and_is_no_answer_has_ended_nothing_earlier() {
    for (happened, visibility) in [("02 08:05", "internal"), ("02 07:50", "public")] {
        let mut desk = desk_with("", &format!(r#""first_response": {ALSO_CALLS}, "next_response": "2 hours""#));
        desk.at("02 08:00", OPEN);
        ask(&mut desk, "02 08:07", "q-1");
        desk.at("02 08:10", CALL);
        desk.fetched("02 08:50", happened, &message("agent", visibility, "m-1"));
        assert_eq!(dues(&desk), [""; 0], "{happened}");
        assert_eq!(merged(&mut desk), [""; 0], "{happened}");
    }
}

/// A question and the word that answers what was asked before it are of one instant: it is decided with that, before the merge and after it.
#[test]
fn what_was_asked_at_the_instant_of_a_word_does_not_go_along() {
    let mut desk = desk_with("", r#""first_response": "2 hours", "next_response": "2 hours""#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", &message("agent", "public", "m-0"));
    ask(&mut desk, "02 08:50", "q-1");
    ask(&mut desk, "02 09:00", "q-2");
    let word = word(&desk, "next_response");
    desk.at("02 09:00", &word);
    assert_eq!(dues(&desk), [""; 0]);
    assert_eq!(merged(&mut desk), [""; 0]);
}

/// What a new edition measures begins with its next start. What was asked before that is unanswered all the same, and goes along.
#[test]
fn what_no_agreement_measured_when_it_was_asked_goes_along() {
    let mut desk = Desk::with(
        r#"{ "editions": [{}, { "from": "2026-03-02T09:30:00Z", "agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }] }] }"#,
    );
    goes_on(&mut desk);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", &message("agent", "public", "m-0"));
    ask(&mut desk, "02 09:00", "q-1");
    assert_eq!(merged(&mut desk), ["2026-03-02T11:00:00Z"]);
}
