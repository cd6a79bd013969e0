//! What stays on record though its start turns out to have been none, because nobody may take it off or somebody has settled it.

use crate::desk::*;
use crate::hindsight::{fulfil_the_last, responses};
use crate::put_right::{desk, message, was};

/// Where a host had said that a question was answered, the next question was a matter of its own, and is not owed again because the first was none.
#[test]
fn a_question_after_one_that_a_host_had_settled_is_owed_once() {
    let responses = r#"[{ "name": "sla", "targets": { "next_response": "8 working hours" } }]"#;
    for last in ["answered", "settled by the host", "open"] {
        let mut desk = Desk::new(responses);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 10:30", &fulfil_the_last(&desk));
        desk.at("02 11:00", &message("customer", "public", "m-2"));
        match last {
            "answered" => drop(desk.at("02 11:30", ANSWER)),
            "open" => {}
            _ => drop(desk.at("02 11:30", &fulfil_the_last(&desk))),
        }
        let said = desk.at("02 12:00", &was("m-1", "automation", "public"));
        assert_eq!(said.len(), 2, "{last}: {said:?}");
        assert!(said[1].contains("next_response 1 void"), "{last}: {said:?}");
        assert_eq!(desk.ticket.ledger().open().count(), usize::from(last == "open"), "{last}");
    }
}

/// Where no record can be put right, a breach stays on it whatever a person says of its start, and what was asked meanwhile is not owed besides.
#[test]
fn what_stays_on_record_is_owed_once() {
    for second in ["10:00", "10:30"] {
        let mut desk = desk();
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at(&format!("02 {second}"), &message("customer", "public", "m-2"));
        desk.at("03 15:00", ANSWER);
        let spam = r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "customer", "visibility": "public", "class": "spam"}"#;
        assert_eq!(desk.at("03 16:00", spam).len(), 1, "{second}");
    }
}

/// A late answer that is claimed takes no other breach off the record.
#[test]
fn a_claim_hides_no_breach_that_came_after_it() {
    let mut desk = responses(r#""2 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 12:30", &message("agent", "internal", "n-1"));
    desk.at("02 13:00", &message("customer", "public", "m-2"));
    desk.at("02 15:30", ANSWER);
    desk.at("02 18:00", &was("n-1", "agent", "public"));
    let count = desk.ticket.ledger().count();
    assert_eq!(count.breached, 2, "{count}");
}

const SPAM: &str = r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "customer", "visibility": "public", "class": "spam"}"#;

/// What stays on record covers what was asked while it ran, whether anybody wrote later or not.
#[test]
fn what_stays_on_record_covers_what_was_asked_meanwhile() {
    for wrote_later in [false, true] {
        let mut desk = responses(r#""8 working hours""#);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("03 14:00", &message("customer", "public", "m-2"));
        desk.at("03 15:00", &fulfil_the_last(&desk));
        if wrote_later {
            desk.at("03 15:30", ANSWER);
        }
        assert_eq!(desk.at("03 16:00", SPAM).len(), 1, "{wrote_later}");
    }
}

/// The same of an older question, which had waited for the same answer.
#[test]
fn an_older_question_beside_a_breach_that_stays_is_not_owed_besides() {
    let mut desk =
        responses(r#"{ "budget": "2 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } }"#);
    desk.at("02 09:50", &message("third_party", "public", "m-0"));
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 15:00", ANSWER);
    desk.at("02 16:00", &was("m-0", "customer", "public"));
    let count = desk.ticket.ledger().count();
    assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 1), "{count}");
}

/// What stays on record stays so at each correction, whichever comes first.
#[test]
fn an_older_question_beside_a_breach_that_has_stayed_is_not_owed_besides() {
    let corrections = [SPAM.to_owned(), was("m-0", "customer", "public")];
    for [first, second] in [[0, 1], [1, 0]] {
        let mut desk = responses(r#""2 hours""#);
        desk.at("02 09:50", &message("third_party", "public", "m-0"));
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 15:00", ANSWER);
        desk.at("02 16:00", &corrections[first]);
        desk.at("02 17:00", &corrections[second]);
        let count = desk.ticket.ledger().count();
        assert_eq!(count.breached, 1, "{first}: {count}");
    }
}

/// What the customer has let go covers what he had asked by then, also where the message that it began with was none of his.
#[test]
fn what_the_customer_let_go_is_not_owed_in_hindsight() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("customer", "public", "m-2"));
    let reply = desk.ticket.ledger().open().next().expect("one is open").id;
    desk.at(
        "02 12:00",
        &format!(r#"{{"room": "commitment", "type": "release", "commitment": "{reply}", "evidence": "m-3"}}"#),
    );
    assert_eq!(desk.at("02 16:00", SPAM).len(), 1);
    // What he asks later is another matter.
    desk.at("02 17:00", &message("customer", "public", "m-4"));
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}

/// What stays on record, and is owed, is answered by what turns out to have answered it.
#[test]
fn what_stays_on_record_is_answered_by_what_is_found() {
    for [first, second] in [["m-1", "m-3"], ["m-3", "m-1"]] {
        let mut desk = responses(r#""2 hours""#);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 13:00", &message("customer", "public", "m-2"));
        desk.at("02 14:00", &message("third_party", "public", "m-3"));
        for (at, which) in [("02 16:00", first), ("02 17:00", second)] {
            desk.at(at, &was(which, "agent", "public"));
        }
        let count = desk.ticket.ledger().count();
        assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 0), "{first}: {count}");
    }
}
