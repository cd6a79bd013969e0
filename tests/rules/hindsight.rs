//! What is found in hindsight: cycles that nobody knew of, because what had started or ended them was filed as something else.

use crate::desk::*;
use crate::put_right::{bounce, desk, message, was, with_a_cancelling_note};
use crate::record::correctable;

/// "Every cycle is kept": also one that had begun and ended before anybody knew of it.
#[test]
fn a_question_that_is_found_after_its_answer_was_answered_too_late() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "2 working hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 15:00", ANSWER);
    let said = desk.at("02 16:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1], "02 16:00: next_response 1 due 02 12:00");
    assert!(said.iter().any(|line| line.contains("late 02 15:00, by 10800 s")), "{said:?}");
    let said = desk.at("02 16:10", &message("customer", "public", "m-2"));
    assert_eq!(said[1], "02 16:10: next_response 2 due 03 10:10");
}

/// Answered in time, it was kept.
#[test]
fn a_question_that_is_found_after_its_answer_was_answered_in_time() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 11:00", ANSWER);
    let said = desk.at("02 16:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1..], ["02 16:00: next_response 1 due 03 10:00", "02 16:00: next_response 1 fulfilled 02 11:00"]);
    assert_eq!(desk.next(), None);
}

/// A question that is found late, on a ticket that waited for the customer from an hour after it on.
fn waits_for_the_customer() -> Desk {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "next_response": { "budget": "4 hours", "pausable": { "total": "10 hours" },
            "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 11:00", WAIT);
    desk
}

/// A cycle that nobody knew of has stood still while it would have: what waited for the customer in between was answered in time.
#[test]
fn a_question_that_is_found_after_its_answer_has_stood_while_it_would_have() {
    let mut desk = waits_for_the_customer();
    desk.at("02 14:00", GO_ON);
    desk.at("02 16:00", ANSWER);
    let said = desk.at("02 18:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1..], ["02 18:00: next_response 1 due 02 17:00", "02 18:00: next_response 1 fulfilled 02 16:00"]);
}

/// The same where it stood still when the answer came.
#[test]
fn a_question_that_is_found_may_have_stood_as_it_was_answered() {
    let mut desk = waits_for_the_customer();
    desk.at("02 16:00", ANSWER);
    let said = desk.at("02 22:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1..], ["02 22:00: next_response 1 due 02 19:00", "02 22:00: next_response 1 fulfilled 02 16:00"]);
    assert_eq!(desk.next(), None);
}

pub fn fulfil_the_last(desk: &Desk) -> String {
    let last = desk.ticket.ledger().open().next().expect("one is open").id;
    format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{last}", "evidence": "call-1"}}"#)
}

pub fn responses(budget: &str) -> Desk {
    let mut desk = Desk::new(&format!(r#"[{{ "name": "sla", "targets": {{ "next_response": {budget} }} }}]"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk
}

/// What is put right first makes no difference: a cycle that is found after another has been there all the same.
#[test]
fn the_order_of_two_corrections_makes_no_difference() {
    let corrections = [was("m-1", "customer", "public"), was("m-2", "customer", "public")];
    for [first, second] in [[0, 1], [1, 0]] {
        let mut desk = responses(r#""4 hours""#);
        desk.at("02 10:00", &message("third_party", "public", "m-1"));
        desk.at("02 12:00", SOLVE);
        desk.at("02 13:00", &message("third_party", "public", "m-2"));
        desk.at("02 14:00", ANSWER);
        let mut said = desk.at("02 20:00", &corrections[first]);
        said.extend(desk.at("02 21:00", &corrections[second]));
        assert!(said.iter().any(|line| line.ends_with("not needed any more")), "{said:?}");
        assert!(said.iter().any(|line| line.ends_with("due 02 17:00")), "{said:?}");
        assert!(said.iter().any(|line| line.ends_with("fulfilled 02 14:00")), "{said:?}");
    }
}

#[test]
fn what_came_after_a_cancelling_note_that_is_found_late_is_kept() {
    let mut desk = with_a_cancelling_note();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 11:00", &message("third_party", "internal", "n-1"));
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.at("02 13:00", &message("customer", "public", "m-3"));
    let said = desk.at("02 15:00", &was("n-1", "agent", "internal"));
    assert!(said.iter().any(|line| line.ends_with("due 02 16:00")), "{said:?}");
    assert!(said.iter().any(|line| line.ends_with("fulfilled 02 13:00")), "{said:?}");
}

/// What was asked before the agreement's time is not measured by it: the next question begins a cycle, which goes with its own start.
#[test]
fn a_question_that_began_a_cycle_beside_one_of_before_the_agreement_was_none() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "from": "2026-03-02T12:00:00Z", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 13:00", &message("customer", "public", "m-2"));
    desk.at("02 13:30", &message("customer", "public", "m-3"));
    let said = desk.at("02 14:00", &was("m-2", "automation", "public"));
    assert!(said[1].ends_with("void: in error (its start was something else)"), "{said:?}");
    assert!(said[2].ends_with("due 02 17:30"), "{said:?}");
    assert_eq!(said.len(), 3, "{said:?}");
}

/// What was broken when its late answer turns out to be none stays broken by the deadline that it had, whatever the ticket has become since: another priority,
/// or one that waits for the customer.
#[test]
fn what_was_broken_does_not_move_in_hindsight() {
    for since in [
        r#"{"room": "ticket", "type": "set_priority", "priority": "high"}"#,
        r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#,
    ] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "on_priority_change": "restart",
                "targets": { "next_response": { "budget": { "high": "1 hour", "otherwise": "4 hours" },
                    "pause": [{ "reason": "waiting", "when": { "status": ["pending"] } }], "pausable": { "total": "100 hours" } } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 15:00", &message("agent", "public", "m-2"));
        desk.at("02 16:00", since);
        let said = desk.at("02 17:00", &bounce("m-2"));
        assert!(said.last().unwrap().ends_with("breached, due 02 14:00, born late"), "{said:?}");
        let count = desk.ticket.ledger().count();
        assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 1), "{count}");
    }
}

/// A late answer that was found late is no answer any more once an earlier one is found, in whatever order that was.
#[test]
fn of_two_answers_that_are_found_late_the_first_counts() {
    for [first, second] in [["m-2", "m-3"], ["m-3", "m-2"]] {
        let mut desk = Desk::with(
            r#"{ "corrections": { "window": "24 hours", "four_eyes": false },
                 "agreements": [{ "name": "sla", "targets": { "next_response": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 12:00", &message("third_party", "public", "m-2"));
        desk.at("02 15:00", &message("third_party", "public", "m-3"));
        desk.at("02 16:00", &was(first, "agent", "public"));
        let said = desk.at("02 17:00", &was(second, "agent", "public"));
        let count = desk.ticket.ledger().count();
        assert_eq!((count.fulfilled, count.breached, count.pending), (1, 0, 0), "{first} {count}: {said:?}");
    }
}

/// What was found not to be needed any more, and had been answered before that, was answered, as far as somebody may say so.
#[test]
fn what_was_not_needed_in_hindsight_had_been_answered() {
    for may in [false, true] {
        let mut desk = if may {
            correctable(r#""agreements": [{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#)
        } else {
            Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#)
        };
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("third_party", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", SOLVE);
        desk.at("02 16:00", &was("m-1", "customer", "public"));
        let said = desk.at("02 17:00", &was("m-2", "agent", "public"));
        assert_eq!(said.last().unwrap().ends_with("fulfilled 02 11:00"), may, "{said:?}");
        assert_eq!(said.len() == 1, !may, "{said:?}");
    }
}

/// An update is owed from the opening on, and the customer's tag lets it count anew.
fn resets() -> Desk {
    Desk::with(
        r#"{ "corrections": { "window": "24 hours", "four_eyes": false },
             "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "4 hours" } }] }"#,
    )
}

const TAG: &str = r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#;

/// What had begun again after its end was over by then.
#[test]
fn what_is_found_to_have_ended_did_not_begin_again_after_that() {
    let mut desk = resets();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("third_party", "public", "m-2"));
    desk.at("02 12:00", TAG);
    let said = desk.at("02 13:00", &was("m-2", "agent", "public"));
    assert!(said.last().unwrap().ends_with("fulfilled 02 11:00"), "{said:?}");
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

/// What is found to have been broken did not begin again after that, and what is found to have begun again did before.
#[test]
fn what_is_found_has_begun_again_unless_it_was_broken() {
    for (tagged, due) in [("02 13:00", "02 17:00"), ("02 15:00", "02 14:00")] {
        let mut desk = resets();
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message("third_party", "public", "m-1"));
        desk.at(tagged, TAG);
        desk.at("02 16:30", &message("agent", "public", "m-2"));
        let said = desk.at("02 20:00", &was("m-1", "customer", "public"));
        assert!(said[1].ends_with(&format!("due {due}")), "{said:?}");
        // And it is that cycle still whose answer comes back.
        let said = desk.at("02 21:00", &bounce("m-2"));
        assert!(said.iter().any(|line| line.ends_with(&format!("breached, due {due}, born late"))), "{said:?}");
        assert_eq!(desk.ticket.ledger().open().count(), 1, "{said:?}");
    }
}

/// Where elapsed time stands in for hours that never come, a pause after the deadline puts it off no more than by any other clock.
#[test]
fn what_stands_in_for_hours_that_never_come_ends_before_a_later_pause() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "none": { "time_zone": "UTC", "weekly": {}, "shifts": { "2026-04-01": ["09:00-09:15"] } } },
             "calendar": "none",
             "agreements": [{ "name": "sla", "targets": { "next_response": { "budget": "4 working hours",
                "pause": [{ "reason": "waiting", "when": { "status": ["pending"] } }], "pausable": { "total": "100 hours" } } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 15:00", r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#);
    desk.at("02 16:00", ANSWER);
    let said = desk.at("02 20:00", &was("m-1", "customer", "public"));
    assert!(said[2].contains("breached, due 02 14:00"), "{said:?}");
}

/// What is promised is owed until it is done, also where the ticket was solved before it was found: a later question waits for the same reply.
#[test]
fn what_is_promised_and_found_was_not_ended_by_solving() {
    let corrections = [was("m-1", "customer", "public"), was("m-2", "customer", "public")];
    for [first, second] in [[0, 1], [1, 0]] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "next_response": "2 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("third_party", "public", "m-1"));
        desk.at("02 11:00", SOLVE);
        desk.at("02 12:00", &message("third_party", "public", "m-2"));
        desk.at("02 16:00", &corrections[first]);
        desk.at("02 17:00", &corrections[second]);
        let count = desk.ticket.ledger().count();
        assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 1), "{first}: {count}");
    }
}
