//! Where no rulebook lets anybody put a record right, no claim takes a breach off it: neither at once nor in two steps (row 27).

use super::put_right::{bounce, message, was};
use super::record::{breached, correctable, order};
use crate::desk::*;

/// No rulebook lets anybody put a record right, so a claim that nothing was needed takes no breach off it, either.
#[test]
fn what_nobody_may_claim_to_be_needless_stays_broken() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "chased": { "deliverable": "fix",
                "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
                "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                "cancel": [{ "fact": "message", "author": ["automation"] }] } },
            "agreements": [{ "name": "sla", "targets": { "chased": "2 hours" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 10:00", &message("third_party", "public", "m-2"));
    desk.at("02 12:00", ANSWER);
    assert_eq!(breached(&desk), 1);
    let said = desk.at("02 14:00", &was("m-2", "automation", "public"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// What a claim could not take off the record at once, it cannot in two steps.
#[test]
fn a_claim_in_two_steps_takes_no_breach_off_the_record() {
    for (name, then) in [("filed as a stranger's", was("m-3", "third_party", "public")), ("came back", bounce("m-3"))] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
        desk.at("02 08:00", OPEN);
        desk.at("02 08:30", ANSWER);
        desk.at("02 09:00", &message("customer", "public", "m-1"));
        desk.at("02 10:00", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", &message("agent", "public", "m-3"));
        assert_eq!(breached(&desk), 1);
        desk.at("02 13:00", &was("m-2", "agent", "public"));
        assert_eq!(breached(&desk), 1);
        let said = desk.at("02 14:00", &then);
        assert_eq!(breached(&desk), 1, "{name}: {said:?}");
    }
}

/// An instant that somebody claims stays a claim, whatever is put right later.
#[test]
fn what_is_claimed_to_be_older_stays_a_claim_in_hindsight() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.claimed("02 13:00", "02 10:00", &message("agent", "public", "m-3"));
    assert_eq!(breached(&desk), 1);
    let said = desk.at("02 14:00", &bounce("m-2"));
    assert_eq!(breached(&desk), 1, "{said:?}");
    // The same where the question is found only later.
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("third_party", "public", "m-1"));
    desk.claimed("02 12:00", "02 10:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 14:00", &was("m-1", "customer", "public"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// Also where it is claimed to be older than what let the cycle begin again: it takes a breach off the record all the same.
#[test]
fn a_claim_of_before_it_began_again_takes_no_breach_off_the_record() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "sent": { "deliverable": "fix", "start": [{ "fact": "status", "to": ["solved"] }],
                "stop": [{ "fact": "message", "author": ["agent"] }],
                "reset": [{ "fact": "message", "author": ["customer"] }] } },
            "agreements": [{ "name": "sla", "targets": { "sent": "2 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", SOLVE);
    desk.at("02 11:20", &message("customer", "internal", "m-1"));
    desk.at("02 11:50", &message("customer", "public", "m-2"));
    desk.at("02 16:00", ANSWER);
    assert_eq!(breached(&desk), 1);
    let said = desk.at("02 20:50", &was("m-1", "agent", "internal"));
    assert_eq!(breached(&desk), 1, "{said:?}");
}

/// Nor does a claim that an answer came before a late one, and too late all the same, make it any later.
#[test]
fn what_is_claimed_to_be_late_as_well_does_not_make_a_late_answer_later() {
    for corrections in ["", r#""corrections": { "window": "24 hours", "four_eyes": false },"#] {
        let mut desk = Desk::with(&format!(
            r#"{{ {corrections} "agreements": [{{ "name": "sla", "targets": {{ "next_response": "2 hours" }} }}] }}"#
        ));
        desk.at("02 08:00", OPEN);
        desk.at("02 08:30", ANSWER);
        desk.at("02 09:00", ASK);
        desk.at("02 11:30", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", &message("agent", "public", "m-3"));
        assert_eq!(desk.at("02 13:00", &was("m-2", "agent", "public")).len(), 1);
        let late = desk.ticket.ledger().all().find_map(|known| known.done_at().filter(|done| *done > t("02 11:00")));
        assert_eq!(late, Some(t("02 12:00")));
    }
}

/// A claim of before a question was asked says nothing of when that was answered, though it was made at that instant.
#[test]
fn what_is_claimed_of_before_a_question_has_not_answered_it() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", ASK);
    desk.claimed("02 11:00", "02 08:45", &message("agent", "public", "m-2"));
    let by_telephone = order(&desk, "fulfil", r#", "evidence": "call-7""#);
    desk.fetched("02 11:01", "02 11:00", &by_telephone);
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

/// What was done while the clock stood still was done in time, whenever it would have been due had it run.
#[test]
fn what_may_be_claimed_to_have_been_done_in_a_pause_was_in_time() {
    let mut desk = correctable(
        r#""agreements": [{ "name": "sla", "targets": { "next_response": { "budget": "2 hours", "pausable": { "total": "8 hours" },
            "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", ASK);
    desk.at("02 09:30", WAIT);
    desk.at("02 12:00", &message("agent", "internal", "m-2"));
    desk.at("02 13:00", SOLVE);
    let said = desk.at("02 14:00", &was("m-2", "agent", "public"));
    assert!(said.last().unwrap().ends_with("fulfilled 02 12:00"), "{said:?}");
}
