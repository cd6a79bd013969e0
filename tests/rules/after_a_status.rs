//! What comes after a first response, where a status has something to do with it.

use super::hindsight_of_beginnings::ask;
use super::put_right::message;
use super::record::{dues, order};
use crate::desk::*;

/// A solution ends nothing that was promised. What is polled at 10:40 is a mail of 9:30, and that somebody has solved it; a question of 10:00 waits.
#[test]
fn a_promised_reply_is_owed_in_whatever_order_a_mail_and_a_status_of_one_poll_are_told() {
    for order in ["the mail, the status", "the status, the mail"] {
        let mut desk = Desk::with(
            r#"{ "agreements": [{ "name": "sla", "binding": "promised", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        ask(&mut desk, "02 10:00", "q-2");
        let mail = |desk: &mut Desk| desk.fetched("02 10:40", "02 09:30", &message("agent", "public", "m-1"));
        if order.starts_with("the mail") {
            mail(&mut desk);
            desk.at("02 10:40", SOLVE);
        } else {
            desk.at("02 10:40", SOLVE);
            mail(&mut desk);
        }
        assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"], "{order}");
    }
}

/// The same where only what follows is promised, and the mail is fetched with the solution or after it.
#[test]
fn what_follows_on_an_answer_that_is_fetched_after_a_solution_is_owed_since_it_was_asked() {
    for told in ["02 08:26", "02 08:54", "02 08:56"] {
        let mut desk = Desk::with(
            r#"{ "agreements": [{ "name": "sla", "binding": "promised", "targets": { "next_response": "8 hours" } }] }"#,
        );
        let mail = |desk: &mut Desk| desk.fetched(told, "02 08:26", &message("agent", "public", "m-1"));
        desk.at("02 08:00", OPEN);
        if told == "02 08:26" {
            mail(&mut desk);
        }
        ask(&mut desk, "02 08:40", "q-1");
        desk.at("02 08:54", SOLVE);
        if told != "02 08:26" {
            mail(&mut desk);
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:40:00Z"], "{told}");
    }
}

/// A word of 8:20 and the solution are told with one poll: what was promised and asked after that call is owed.
#[test]
fn a_promised_reply_is_owed_where_a_word_and_a_status_of_one_poll_are_told() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "binding": "promised", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    let word = order(&desk, "fulfil", "");
    ask(&mut desk, "02 08:40", "q-1");
    desk.at("02 08:46", SOLVE);
    desk.fetched("02 08:46", "02 08:20", &word);
    assert_eq!(dues(&desk), ["2026-03-02T10:40:00Z"]);
}

/// The first response was given by a call of 8:20, by the host's word; another call counts for it as well. What was asked between is owed once its agreement applies.
#[test]
fn what_follows_on_a_word_is_owed_where_a_call_of_the_same_poll_counts_besides() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "base", "targets": { "first_response": { "budget": "2 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] } } },
            { "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "2 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    let word = order(&desk, "fulfil", "");
    ask(&mut desk, "02 08:40", "q-1");
    desk.fetched("02 08:46", "02 08:20", &word);
    desk.fetched("02 08:46", "02 08:45", r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#);
    desk.at("02 09:00", &priority("high"));
    assert_eq!(dues(&desk), ["2026-03-02T10:40:00Z"]);
}
