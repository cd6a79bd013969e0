//! What is found in hindsight: cycles that nobody knew of, because what had started or ended them was filed as something else.

use crate::desk::*;
use crate::put_right::{bounce, desk, message, was, with_a_cancelling_note};

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

fn fulfil_the_last(desk: &Desk) -> String {
    let last = desk.ticket.ledger().open().next().expect("one is open").id;
    format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{last}", "evidence": "call-1"}}"#)
}

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

fn responses(budget: &str) -> Desk {
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

fn explained() -> Desk {
    Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 working hours",
            "breach_owes": { "deliverable": "explanation", "within": "8 working hours" } } } }]"#,
    )
}

fn explanations(desk: &Desk) -> Vec<String> {
    let of = |owed: &&owed::commitment::Commitment| owed.deliverable == owed::commitment::Deliverable::Explanation;
    let due = |owed: &owed::commitment::Commitment| owed.due.to_string();
    desk.ticket.ledger().open().filter(of).map(due).collect()
}

/// One breach owes one explanation, by one deadline, however often its answer turns out to be none.
#[test]
fn a_late_answer_that_was_none_owes_the_explanation_that_was_owed() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.at("03 10:00", &message("agent", "public", "m-2"));
    desk.at("03 12:00", &was("m-2", "agent", "internal"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    assert_eq!(desk.ticket.ledger().open().count(), 2, "the reply, and one explanation");
}

/// What has been explained needs no second explanation.
#[test]
fn a_late_answer_that_was_none_is_not_explained_twice() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.at("02 14:30", &fulfil_the_last(&desk));
    assert_eq!(explanations(&desk).len(), 0);
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk).len(), 0);
}

/// An explanation that is itself broken stays owed, and is the only one; if the breach was none, it falls away.
#[test]
fn a_broken_explanation_is_the_only_one() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.wake("04 09:00");
    desk.at("04 10:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.fetched("04 11:00", "02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(explanations(&desk).len(), 0, "{}", desk.ticket.ledger().count());
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

/// What was broken when its late answer turns out to be none stays broken by the deadline that it had, whatever the priority has become since.
#[test]
fn what_was_broken_does_not_move_with_the_priority_in_hindsight() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "on_priority_change": "restart",
            "targets": { "next_response": { "budget": { "high": "1 hour", "otherwise": "4 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 15:00", &message("agent", "public", "m-2"));
    desk.at("02 16:00", r#"{"room": "ticket", "type": "set_priority", "priority": "high"}"#);
    let said = desk.at("02 17:00", &bounce("m-2"));
    assert!(said.last().unwrap().ends_with("breached, due 02 14:00, born late"), "{said:?}");
    let count = desk.ticket.ledger().count();
    assert_eq!((count.breached, count.pending), (1, 0), "{count}");
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

/// What was found not to be needed any more, and had been answered before that, was answered.
#[test]
fn what_was_not_needed_in_hindsight_had_been_answered() {
    let mut desk = responses(r#""4 hours""#);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "internal", "m-2"));
    desk.at("02 12:00", SOLVE);
    desk.at("02 16:00", &was("m-1", "customer", "public"));
    let said = desk.at("02 17:00", &was("m-2", "agent", "public"));
    assert!(said.last().unwrap().ends_with("fulfilled 02 11:00"), "{said:?}");
}

/// What was broken stood still no more, whatever the ticket waited for after its late answer, which was none.
#[test]
fn what_was_broken_has_stood_no_more_in_hindsight() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "next_response": { "budget": "4 hours",
            "pause": [{ "reason": "waiting", "when": { "status": ["pending"] } }], "pausable": { "total": "100 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 15:00", &message("agent", "public", "m-2"));
    desk.at("02 16:00", r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#);
    let said = desk.at("02 17:00", &bounce("m-2"));
    assert!(said.last().unwrap().ends_with("breached, due 02 14:00, born late"), "{said:?}");
    let back = desk.ticket.ledger().open().next().unwrap();
    assert_eq!(
        (back.is_open(), back.breach.map(|breach| breach.due.to_string())),
        (true, Some("2026-03-02T14:00:00Z".into()))
    );
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

/// The explanation that is owed still is owed as it was promised last, by whoever has it.
#[test]
fn a_late_answer_that_was_none_leaves_the_explanation_as_it_was_promised() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    let first = desk.ticket.ledger().open().next().expect("an explanation").id;
    let better = r#""due": {"at": "2026-03-02T18:00:00Z"}"#;
    desk.at("02 14:20", &format!(r#"{{"room": "commitment", "type": "amend", "commitment": "{first}", {better}}}"#));
    let taken = r#""owner": {"team": "second"}"#;
    desk.at("02 14:30", &format!(r#"{{"room": "commitment", "type": "hand_over", "commitment": "{first}", {taken}}}"#));
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-02T18:00:00Z"]);
    assert!(desk.ticket.ledger().open().any(|owed| owed.owner.team.as_str() == "second"));
}

/// An explanation that had fallen away with its breach, and was struck out after that, is owed when the breach is one after all.
#[test]
fn what_was_struck_out_after_it_had_fallen_away_is_owed_for_the_breach_after_all() {
    let mut desk = Desk::with(
        r#"{ "corrections": { "window": "24 hours", "four_eyes": false }, "agreements": [{ "name": "sla", "targets": { "first_response": {
            "budget": "4 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.wake("02 14:00");
    let explanation = desk.ticket.ledger().open().last().expect("an explanation").id;
    desk.fetched("02 15:00", "02 10:00", &message("agent", "public", "m-1"));
    let reason = r#""reason": "spam", "evidence": "m-2""#;
    desk.at(
        "02 15:30",
        &format!(r#"{{"room": "commitment", "type": "record_in_error", "commitment": "{explanation}", {reason}}}"#),
    );
    assert_eq!(explanations(&desk).len(), 0);
    desk.at("02 16:00", &bounce("m-1"));
    assert_eq!(explanations(&desk).len(), 1);
}
