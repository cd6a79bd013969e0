//! What the host's word has answered is not owed on the ticket that the first goes on as: under the plainest of agreements, a first and a next response.

use owed::commitment::{Commitment, Origin};

use super::claims_in_hindsight::answered_once;
use super::hindsight_of_beginnings::{ask, stands};
use super::put_right::message;
use super::record::{dues, order};
use crate::desk::*;

const BOTH: &str =
    r#""agreements": [{ "name": "sla", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }]"#;

/// The ticket that goes on: opened and answered at seven, so nothing waits there.
pub(super) fn goes_on(desk: &mut Desk) {
    desk.swap();
    desk.at("02 07:00", OPEN);
    desk.at("02 07:10", &message("agent", "public", "t-1"));
    desk.swap();
}

fn answered(desk: &mut Desk, at: &str, how: &str, reference: &str) {
    let word = order(desk, "fulfil", r#", "evidence": "call-7""#);
    desk.at(at, &if how == "mail" { message("agent", "public", reference) } else { word });
}

/// Asked at nine, answered at half past nine; merged at noon. Green where `how` is a mail.
#[test]
fn a_further_question_that_was_answered_on_the_telephone_is_not_owed_after_a_merge() {
    for how in ["mail", "telephone"] {
        let mut desk = answered_once(BOTH);
        goes_on(&mut desk);
        ask(&mut desk, "02 09:00", "q-1");
        answered(&mut desk, "02 09:30", how, "m-1");
        desk.merge("02 12:00");
        desk.swap();
        assert_eq!(stands(&desk), (0, 1, Vec::new()), "{how}");
    }
}

/// "Any news?" before the first answer, which is given on the telephone; a further question is answered there as well.
#[test]
fn what_a_first_answer_on_the_telephone_has_answered_is_not_owed_after_a_merge() {
    for how in ["mail", "telephone"] {
        let mut desk = Desk::with(&format!("{{ {BOTH} }}"));
        goes_on(&mut desk);
        desk.at("02 09:00", OPEN);
        ask(&mut desk, "02 09:10", "q-1");
        answered(&mut desk, "02 09:30", how, "m-1");
        ask(&mut desk, "02 09:40", "q-2");
        answered(&mut desk, "02 09:50", how, "m-2");
        desk.merge("02 10:00");
        desk.swap();
        assert_eq!(dues(&desk), Vec::<String>::new(), "{how}");
    }
}

/// The same, where the further question does wait: it is owed since it was asked, not since the one before that has been answered.
#[test]
fn the_oldest_that_waits_is_taken_over_and_not_what_was_answered_before_it() {
    for how in ["mail", "telephone"] {
        let mut desk = Desk::with(&format!("{{ {BOTH} }}"));
        goes_on(&mut desk);
        desk.at("02 09:00", OPEN);
        ask(&mut desk, "02 09:10", "q-1");
        answered(&mut desk, "02 09:30", how, "m-1");
        ask(&mut desk, "02 09:40", "q-2");
        desk.merge("02 09:45");
        desk.swap();
        assert_eq!(dues(&desk), ["2026-03-02T11:40:00Z"], "{how}");
    }
}

/// He was called in time, and the host hears of it after the deadline: what was broken is put right, and is not owed again by the ticket, opened for him by an
/// agent, that goes on.
#[test]
fn what_a_call_has_answered_that_was_told_late_is_not_owed_after_a_merge() {
    for binding in ["goal", "promised"] {
        let mut desk = Desk::with(&format!(
            r#"{{ "agreements": [{{ "name": "sla", "binding": "{binding}", "targets": {{ "first_response": "45 minutes" }} }}] }}"#
        ));
        desk.at("02 09:00", OPEN);
        let word = order(&desk, "fulfil", r#", "evidence": "call-7""#);
        desk.fetched("02 09:50", "02 09:40", &word);
        desk.swap();
        desk.at("02 11:50", r#"{"room": "ticket", "type": "open", "author": "agent", "requester": "c-1"}"#);
        desk.swap();
        desk.merge("02 12:00");
        desk.swap();
        assert_eq!(stands(&desk), (0, 0, Vec::new()), "{binding}");
    }
}

/// A question was sent before the call and fetched after it, and the host tells of the call then. With a mail in place of the call: the same.
#[test]
fn what_had_been_asked_before_a_call_and_is_fetched_after_it_is_not_owed_after_a_merge() {
    for (told, owed) in [("02 09:35", 0), ("02 09:20", 1)] {
        for how in ["mail", "telephone"] {
            let mut desk = answered_once(BOTH);
            goes_on(&mut desk);
            ask(&mut desk, "02 08:50", "q-1");
            let word = order(&desk, "fulfil", r#", "evidence": "call-7""#);
            let answer = if how == "mail" { message("agent", "public", "m-1") } else { word };
            let further = message("customer", "public", "q-2");
            let mut tale = [(told, "02 09:15", answer), ("02 09:31", "02 08:54", further)];
            tale.sort();
            for (at, happened, order) in &tale {
                desk.fetched(at, happened, order);
            }
            assert_eq!(dues(&desk).len(), owed, "{how} {told}");
            desk.merge("02 12:00");
            desk.swap();
            assert_eq!(dues(&desk).len(), owed, "{how} {told}");
        }
    }
}

/// A word about something else that is measured by itself, the expert's reply, has not answered the question for the desk's.
#[test]
fn a_word_about_another_reply_answers_no_question_on_the_ticket_that_goes_on() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "expert": { "deliverable": "reply", "start": [{ "fact": "message", "author": ["customer"] }],
                "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["internal"] }] } },
            "agreements": [{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "8 hours", "expert": "2 hours" } }] }"#,
    );
    goes_on(&mut desk);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", &message("agent", "public", "m-0"));
    ask(&mut desk, "02 09:00", "q-1");
    let is_expert =
        |owed: &&Commitment| matches!(&owed.origin, Origin::Policy(cycle) if cycle.metric.as_str() == "expert");
    let owed = desk.ticket.ledger().open().find(is_expert).expect("the expert's reply").id;
    desk.at("02 09:30", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}"}}"#));
    desk.merge("02 10:00");
    desk.swap();
    assert!(dues(&desk).contains(&"2026-03-02T17:00:00Z".to_owned()), "{:?}", dues(&desk));
}

/// He was called in time, which the host tells after the deadline; a question of before the call is fetched shortly before that. With a mail in place of the call: the same.
#[test]
fn what_had_been_asked_before_a_call_that_put_a_breach_right_is_not_owed_after_a_merge() {
    for how in ["mail", "telephone"] {
        let mut desk = Desk::with(
            r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "25 minutes", "next_response": "25 minutes" } }] }"#,
        );
        goes_on(&mut desk);
        desk.at("02 08:00", OPEN);
        desk.at("02 08:05", ANSWER);
        ask(&mut desk, "02 08:10", "q-1");
        let word = order(&desk, "fulfil", r#", "evidence": "call-7""#);
        desk.fetched("02 09:31", "02 08:20", &message("customer", "public", "q-2"));
        desk.fetched("02 09:35", "02 08:30", &if how == "mail" { message("agent", "public", "m-1") } else { word });
        assert_eq!(dues(&desk), [""; 0], "{how}");
        desk.merge("02 10:00");
        desk.swap();
        assert_eq!(dues(&desk), [""; 0], "{how}");
    }
}
