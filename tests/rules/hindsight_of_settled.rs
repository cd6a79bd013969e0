//! Which questions are owed in hindsight after somebody's word: terms that were accepted, an absence, a return.

use crate::desk::*;
use crate::hindsight_of_beginnings::{ask, correctable, said};
use crate::hindsight_of_words::gone_with_him;
use crate::put_right::{bounce, message, was};
use crate::record::*;

fn accepted_and_ended(how: &str) -> Desk {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    ask(&mut desk, "02 10:00", "m-1");
    desk.at("02 10:05", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#));
    desk.at("02 10:10", &order(&desk, "accept", r#", "successor": "@a", "evidence": "m-8""#));
    desk.at("02 11:00", &order(&desk, how, r#", "evidence": "call-1""#));
    assert_eq!(open(&desk), 0);
    desk
}

/// The customer accepted other terms, and they were kept by phone, or let go by him. The next question is owed, whatever bounces before it.
#[test]
fn a_question_after_accepted_terms_is_owed_where_an_answer_before_it_bounces() {
    for how in ["fulfil", "release"] {
        for rightly in [true, false] {
            let mut desk = accepted_and_ended(how);
            said(&mut desk, "02 11:30", "m-2", rightly);
            ask(&mut desk, "02 12:00", "m-3");
            assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"]);
            if !rightly {
                desk.at("02 13:00", &bounce("m-2"));
            }
            assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{how} rightly {rightly}");
        }
    }
}

/// And one that is found.
#[test]
fn a_question_after_accepted_terms_is_found() {
    for how in ["fulfil", "release"] {
        for rightly in [true, false] {
            let mut desk = accepted_and_ended(how);
            desk.at("02 12:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-2"));
            if !rightly {
                desk.at("02 13:00", &was("m-2", "customer", "public"));
            }
            assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{how} rightly {rightly}");
        }
    }
}

/// The customer was found absent: asked, reminded twice, warned.
fn absent() -> Desk {
    let mut desk = gone_with_him();
    desk.at("07 11:30", GO_ON);
    desk
}

/// He was absent, and asks again: that is owed, whatever bounces between the two.
#[test]
fn a_question_after_an_absence_is_owed_where_an_answer_before_it_bounces() {
    for rightly in [true, false] {
        let mut desk = absent();
        said(&mut desk, "07 12:00", "m-2", rightly);
        ask(&mut desk, "07 13:00", "m-3");
        let before = dues(&desk);
        assert_eq!(before.len(), 1);
        if !rightly {
            desk.at("07 14:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), before, "rightly {rightly}");
    }
}

/// He was absent, came back, and was answered by phone.
#[test]
fn a_question_after_a_return_is_owed_where_an_answer_before_it_bounces() {
    for rightly in [true, false] {
        let mut desk = absent();
        let gone = desk.ticket.ledger().all().find(|owed| {
            matches!(
                owed.phase,
                owed::commitment::Phase::Closed {
                    outcome: owed::commitment::Outcome::Void(owed::commitment::VoidCause::CustomerAbsent),
                    ..
                }
            )
        });
        let gone = gone.expect("it fell away").id;
        desk.at(
            "07 11:40",
            &format!(r#"{{"room": "commitment", "type": "take_up_again", "commitment": "{gone}", "successor": "@a"}}"#),
        );
        desk.at("07 11:50", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        said(&mut desk, "07 12:00", "m-2", rightly);
        ask(&mut desk, "07 13:00", "m-3");
        let before = dues(&desk);
        assert_eq!(before.len(), 1);
        if !rightly {
            desk.at("07 14:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), before, "rightly {rightly}");
    }
}

/// A question that is found, after an absence.
#[test]
fn a_question_after_an_absence_is_found() {
    for rightly in [true, false] {
        let mut desk = absent();
        desk.at("07 12:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-2"));
        if !rightly {
            desk.at("07 13:00", &was("m-2", "customer", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-07T22:00:00Z"], "rightly {rightly}");
    }
}

/// "Same instant: in the order recorded." What was asked after the customer's word of the same instant is not covered by that.
#[test]
fn what_is_asked_in_the_same_instant_after_a_word_is_owed() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 11:00", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        desk.at("02 11:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-2"));
        if !rightly {
            desk.at("02 13:00", &was("m-2", "customer", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"], "rightly {rightly}");
    }
}

/// A host has struck out what three messages had asked for. That one of them was somebody else's brings none of it back.
#[test]
fn what_a_host_struck_out_stays_so_where_one_of_its_questions_was_none() {
    for corrected in [false, true] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        ask(&mut desk, "02 10:10", "m-2");
        ask(&mut desk, "02 10:20", "m-3");
        desk.at("02 11:00", &order(&desk, "record_in_error", r#", "reason": "mail_loop", "evidence": "m-1""#));
        assert_eq!(open(&desk), 0);
        if corrected {
            desk.at("02 12:00", &was("m-2", "third_party", "public"));
        }
        assert_eq!(open(&desk), 0, "{corrected}");
    }
}

/// What the customer was told took the place of what was broken, and is the one reply that is owed.
#[test]
fn what_was_told_and_took_its_place_is_owed_once_where_its_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T20:00:00Z"}, "told": "m-7""#));
        desk.wake("02 12:30");
        said(&mut desk, "02 13:00", "m-2", rightly);
        ask(&mut desk, "02 14:00", "m-3");
        if !rightly {
            desk.at("02 15:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"], "rightly {rightly}");
    }
}
