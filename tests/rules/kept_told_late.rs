//! What is told late, or claimed: which of several answers counts, and what none of them answers.

use super::put_right::{bounce, message, was};
use super::record::{breached, by_mail, dues, goal};
use crate::desk::*;

/// Nobody may put a record right here.
fn desk(metric: &str, budget: &str) -> Desk {
    Desk::with(&format!(r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "{metric}": "{budget}" }} }}] }}"#))
}

/// It was claimed in time, and was taken for what it was. An answer that is found afterwards, and is later, is one more.
#[test]
fn what_was_claimed_in_time_stays_where_a_later_answer_is_found() {
    let mut desk = desk("first_response", "50 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 10:20", &message("customer", "public", "m-1"));
    let answered = desk.claimed("02 10:25", "02 09:20", &message("agent", "public", "m-2"));
    assert_eq!(answered, ["02 10:25: public message of agent", "02 10:25: first_response 1 fulfilled 02 09:20"]);
    assert_eq!(by_mail(&mut desk, "02 10:35", &was("m-1", "agent", "public")), ["02 10:35: m-1 was public of agent"]);
}

/// The second update did arrive, and nobody doubts when: what somebody claims to have sent before that does not stand in for the first, though he would be believed.
#[test]
fn a_claim_does_not_take_the_place_of_what_is_known() {
    let mut desk = goal("periodic_update", r#""50 hours""#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:40", &message("agent", "public", "m-1"));
    desk.at("02 09:20", &message("agent", "public", "m-2"));
    desk.claimed("02 09:55", "02 08:20", &message("agent", "public", "m-3"));
    let said = by_mail(&mut desk, "02 11:10", &bounce("m-1"));
    assert_eq!(said.last().map(String::as_str), Some("02 11:10: periodic_update 1 fulfilled 02 09:20"));
}

/// Of two answers the later had been told first. Once an agent says that he had written before both, the one that nobody only claims counts.
#[test]
fn beside_a_claim_the_earlier_of_the_others_counts() {
    let mut desk = desk("first_response", "100 minutes");
    desk.at("02 08:00", OPEN);
    desk.at("02 10:00", &message("automation", "public", "m-1"));
    desk.at("02 10:40", &message("agent", "public", "m-2"));
    desk.fetched("02 10:45", "02 10:20", &message("agent", "public", "m-3"));
    let said = desk.at("02 11:00", &was("m-1", "agent", "public"));
    assert_eq!(said.last().map(String::as_str), Some("02 11:00: first_response 1 late 02 10:20, by 2400 s"));
    assert_eq!(breached(&desk), 1, "and it is one breach");
}

/// Two agents' words, and a question that was taken in after them: it goes along, and waits on the other ticket.
#[test]
fn a_word_answers_nothing_that_was_told_after_it_on_the_ticket_that_goes_on() {
    let mut desk = desk("first_response", "45 minutes");
    desk.at("02 08:00", OPEN);
    let owed = desk.ticket.ledger().open().next().expect("a first response is owed").id;
    desk.at("02 09:40", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}"}}"#));
    desk.claimed("02 09:50", "02 09:00", &message("customer", "public", "m-1"));
    desk.swap();
    desk.at("02 08:07", OPEN);
    desk.swap();
    let [_, other] = desk.merge("02 10:10");
    assert!(other.contains(&"02 10:10: public message of customer".to_owned()), "{other:?}");
}

/// The second update began when the first was fetched. What had been taken in before has not delivered it, and it is owed still.
#[test]
fn an_update_is_not_delivered_by_what_was_taken_in_before_it_began() {
    let mut desk = desk("periodic_update", "100 minutes");
    desk.at("02 08:00", OPEN);
    desk.at("02 10:00", &message("automation", "public", "m-1"));
    desk.fetched("02 10:45", "02 09:00", &message("agent", "public", "m-2"));
    assert_eq!(dues(&desk), ["2026-03-02T10:40:00Z"]);
    assert_eq!(desk.at("02 12:05", &was("m-1", "agent", "public")), ["02 12:05: m-1 was public of agent"]);
    assert_eq!(dues(&desk), ["2026-03-02T10:40:00Z"]);
}

/// The desk had written before it knew of the question: that was no answer to it.
#[test]
fn a_question_that_is_fetched_was_not_answered_by_what_was_taken_in_before() {
    let mut desk = desk("first_response", "45 minutes");
    desk.at("02 08:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#);
    desk.at("02 08:40", &message("agent", "public", "m-1"));
    desk.at("02 09:00", &message("customer", "public", "m-2"));
    desk.fetched("02 09:40", "02 08:20", &message("customer", "public", "m-3"));
    assert_eq!(dues(&desk), ["2026-03-02T09:05:00Z"]);
    assert_eq!(breached(&desk), 1);
}

/// What the host has said of a call and a mail that is polled with it are two answers. The mail comes back, the call has been made.
#[test]
fn a_word_stands_where_a_mail_of_the_same_poll_bounces() {
    let mut desk = desk("first_response", "100 minutes");
    desk.at("02 08:00", OPEN);
    let owed = desk.ticket.ledger().open().next().expect("a first response is owed").id;
    let word = format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}"}}"#);
    desk.fetched("02 09:20", "02 08:20", &word);
    desk.claimed("02 09:20", "02 08:40", &message("agent", "public", "m-1"));
    assert_eq!(by_mail(&mut desk, "02 10:10", &bounce("m-1")), ["02 10:10: m-1 bounced"]);
    assert_eq!(dues(&desk), Vec::<String>::new());
}

/// The same, and he has asked further since: the first response was given by the call, so that question is one for the next.
#[test]
fn what_follows_on_a_word_stands_where_a_mail_of_the_same_poll_bounces() {
    for mail in ["02 08:46", "02 08:47"] {
        for asked in ["02 09:01", "02 09:31"] {
            let mut desk = Desk::with(
                r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "8 hours" } }] }"#,
            );
            desk.at("02 08:00", OPEN);
            let owed = desk.ticket.ledger().open().next().expect("a first response is owed").id;
            let word = format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}"}}"#);
            desk.fetched("02 08:46", "02 08:12", &word);
            desk.fetched(mail, "02 08:26", &message("agent", "public", "m-1"));
            desk.fetched(asked, "02 09:01", &message("customer", "public", "q-1"));
            let said = by_mail(&mut desk, "02 10:00", &bounce("m-1"));
            assert_eq!(said, ["02 10:00: m-1 bounced"], "{mail} {asked}");
            assert_eq!(dues(&desk), ["2026-03-02T17:01:00Z"], "{mail} {asked}");
        }
    }
}

/// Two answers come with one poll: one that somebody claims to have given in time, which nobody may believe here, and one that was sent in time. That one comes back.
#[test]
fn of_two_answers_of_one_poll_the_one_that_bounces_has_kept_nothing() {
    let mut desk = desk("first_response", "45 minutes");
    desk.at("02 08:00", OPEN);
    desk.claimed("02 10:15", "02 08:20", &message("agent", "public", "m-1"));
    let kept = desk.fetched("02 10:15", "02 08:40", &message("agent", "public", "m-2"));
    assert_eq!(kept.last().map(String::as_str), Some("02 10:15: first_response 1 corrected 02 08:40"));
    let said = by_mail(&mut desk, "02 11:20", &bounce("m-2"));
    assert_eq!(said.last().map(String::as_str), Some("02 11:20: first_response 1 late 02 10:15, by 5400 s"));
    assert_eq!(breached(&desk), 1, "it was answered late after all");
}

/// Solved, reopened and written to in one poll: the news of that instant is not what the solution has made needless.
#[test]
fn an_update_of_the_poll_that_reopens_the_matter_begins_the_next() {
    let mut desk = desk("periodic_update", "45 minutes");
    desk.at("02 08:00", OPEN);
    desk.at("02 10:20", SOLVE);
    desk.at("02 10:20", REOPEN);
    let said = desk.at("02 10:20", &message("agent", "public", "m-1"));
    assert_eq!(said, ["02 10:20: public message of agent", "02 10:20: periodic_update 2 due 02 11:05"]);
}

/// It was solved before anybody promised anything. Once the matter is urgent a further question is promised its reply, and no first response besides.
#[test]
fn what_was_solved_before_an_agreement_applied_is_not_promised_by_a_further_question() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "gold", "when": { "priority": ["high"] }, "binding": "promised",
             "targets": { "first_response": "50 hours", "next_response": "3 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 08:40", SOLVE);
    desk.at("02 09:00", &priority("high"));
    let said = desk.at("02 10:40", &message("customer", "public", "m-1"));
    assert_eq!(said, ["02 10:40: public message of customer", "02 10:40: next_response 1 due 02 13:40"]);
}

/// A question and an automatic mail come with one poll, and the mail turns out to be the answer. Both are split off: nothing is owed where they were.
#[test]
fn what_is_split_off_with_the_answer_of_its_own_poll_is_owed_nowhere() {
    let mut desk = desk("next_response", "45 minutes");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:20", SOLVE);
    desk.fetched("02 09:40", "02 08:40", &message("customer", "public", "m-1"));
    desk.at("02 09:40", &message("automation", "public", "m-2"));
    let late = by_mail(&mut desk, "02 10:45", &was("m-2", "agent", "public"));
    assert_eq!(late, ["02 10:45: m-2 was public of agent", "02 10:45: next_response 1 late 02 09:40, by 900 s"]);
    let [said, _] = desk.split("02 10:50", r#"{ "messages": ["m-1", "m-2"] }"#);
    assert_eq!(said, ["02 10:50: m-1 moved", "02 10:50: m-2 moved"]);
}

/// She said that it had been an answer, and was not believed; the program knows that it was sent then, if by somebody else.
#[test]
fn what_a_program_says_of_an_answer_counts_since_then_also_where_somebody_had_claimed_another() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "word": { "deliverable": "update",
                "start": [{ "fact": "message", "author": ["customer"] }],
                "stop": [{ "fact": "message", "author": ["agent", "third_party"], "visibility": ["public"] }] } },
            "agreements": [{ "name": "sla", "targets": { "word": "2 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", ASK);
    desk.at("02 10:00", &message("agent", "internal", "m-1"));
    let claimed = desk.at("02 12:00", &was("m-1", "agent", "public"));
    assert_eq!(claimed.last().map(String::as_str), Some("02 12:00: word 1 late 02 12:00, by 3600 s"));
    assert_eq!(
        by_mail(&mut desk, "02 12:30", &was("m-1", "third_party", "public")),
        ["02 12:30: m-1 was public of thirdparty", "02 12:30: word 1 corrected 02 10:00"]
    );
}

/// It was solved and reopened, and an update of the very instant of the solution is fetched after that: it was needless by then, and begins no next.
#[test]
fn an_update_of_the_instant_of_a_solution_that_is_fetched_later_begins_no_next() {
    let mut desk = desk("periodic_update", "100 minutes");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", SOLVE);
    desk.at("02 09:10", REOPEN);
    let said = desk.fetched("02 09:30", "02 09:00", &message("agent", "public", "m-1"));
    assert_eq!(said, ["02 09:30: public message of agent"]);
    desk.fetched("02 09:40", "02 09:00", &message("agent", "internal", "m-2"));
    let said = by_mail(&mut desk, "02 09:50", &was("m-2", "agent", "public"));
    assert_eq!(said, ["02 09:50: m-2 was public of agent"]);
}

/// Each waits for the one before. What was asked at the very instant of the first answer, which is fetched later, has not begun the second, so the next question does.
#[test]
fn of_three_in_a_row_the_second_is_begun_by_what_is_asked_after_the_first() {
    let metric = |name: &str, after: &str| {
        format!(
            r#""{name}": {{ "deliverable": "update", "after": "{after}", "start": [{{ "fact": "message", "author": ["customer"] }}],
                 "stop": [{{ "fact": "message", "author": ["agent"], "visibility": ["public"] }}] }}"#
        )
    };
    let mut desk = Desk::with(&format!(
        r#"{{ "metrics": {{ {}, {} }},
            "agreements": [{{ "name": "sla", "targets": {{ "first_response": "50 hours", "second": "50 hours", "third": "50 hours" }} }}] }}"#,
        metric("second", "first_response"),
        metric("third", "second")
    ));
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "q-1"));
    desk.fetched("02 09:30", "02 09:00", &message("agent", "public", "m-1"));
    desk.at("02 10:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 10:10", &message("customer", "public", "q-2"));
    assert_eq!(said, ["02 10:10: public message of customer", "02 10:10: second 1 due 04 12:10"]);
}

/// The first answer is fetched after a later one, which turns out to be none: what was asked between waits for the next.
#[test]
fn what_was_asked_after_an_answer_that_is_fetched_waits_where_the_later_one_was_none() {
    for fetched in ["02 08:25", "02 09:05"] {
        for none in [bounce("m-1"), was("m-1", "agent", "internal"), was("m-1", "third_party", "public")] {
            let mut desk = Desk::with(
                r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "8 hours" } }] }"#,
            );
            let mail = |desk: &mut Desk| desk.fetched(fetched, "02 08:20", &message("agent", "public", "m-0"));
            desk.at("02 08:00", OPEN);
            if fetched == "02 08:25" {
                mail(&mut desk);
            }
            desk.at("02 08:40", &message("customer", "public", "q-1"));
            desk.at("02 09:00", &message("agent", "public", "m-1"));
            if fetched == "02 09:05" {
                mail(&mut desk);
            }
            by_mail(&mut desk, "02 09:07", &none);
            assert_eq!(dues(&desk), ["2026-03-02T16:40:00Z"], "{fetched} {none}");
        }
    }
}

/// A note of ten past eight turns out to have been the first answer. The question of 8:26 was answered by telephone; what waits is that of 8:47.
#[test]
fn what_a_word_has_answered_is_not_owed_since_before_it_where_a_note_was_the_first_answer() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 08:12", &message("agent", "internal", "n-1"));
    desk.at("02 08:26", &message("customer", "public", "q-1"));
    let owed = desk.ticket.ledger().open().next().expect("owed").id;
    desk.at("02 08:40", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}"}}"#));
    desk.at("02 08:47", &message("customer", "public", "q-2"));
    assert_eq!(dues(&desk), ["2026-03-02T10:47:00Z"]);
    let was =
        r#"{"room": "ticket", "type": "reclassify", "message": "n-1", "author": "agent", "visibility": "public"}"#;
    desk.at("02 09:15", was);
    assert_eq!(dues(&desk), ["2026-03-02T10:47:00Z"]);
}

/// A mail has given the first response, and somebody's word of the same poll is about another reply: the mail comes back, and the first response is owed.
#[test]
fn a_word_about_another_reply_of_the_poll_keeps_nothing_that_follows_on_the_first() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "expert": { "deliverable": "reply", "start": [{ "fact": "opened" }], "stop": [{ "fact": "message", "visibility": ["internal"] }] } },
            "agreements": [{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "7 hours", "expert": "9 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    let expert = desk.ticket.ledger().open().find(|owed| owed.due.to_string().contains("T17:00")).expect("owed").id;
    desk.fetched("02 08:46", "02 08:26", &message("agent", "public", "m-1"));
    desk.at("02 08:46", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{expert}"}}"#));
    desk.at("02 09:01", &message("customer", "public", "q-1"));
    assert_eq!(dues(&desk), ["2026-03-02T16:01:00Z"]);
    by_mail(&mut desk, "02 10:00", &bounce("m-1"));
    assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"]);
}
