//! A record that was wrong is put right: messages filed as something else, answers that bounced.

use crate::desk::*;

pub fn message(author: &str, visibility: &str, reference: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "message", "author": "{author}", "visibility": "{visibility}", "message": "{reference}"}}"#
    )
}

pub fn was(reference: &str, author: &str, visibility: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "reclassify", "message": "{reference}", "author": "{author}", "visibility": "{visibility}"}}"#
    )
}

pub fn bounce(reference: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "bounce", "message": "{reference}"}}"#)
}

pub fn desk() -> Desk {
    Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "8 working hours" } }]"#,
    )
}

#[test]
fn an_answer_that_bounced_is_owed_still_by_the_same_deadline() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    let said = desk.at("02 11:00", &bounce("m-1"));
    assert_eq!(said[0], "02 11:00: m-1 bounced");
    assert!(said[1].contains("first_response 1 void: retracted (m-1)"), "{said:?}");
    assert!(said[2].ends_with("due 02 13:00"), "{said:?}");
    let said = desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert!(said[1].ends_with("fulfilled 02 12:00"), "{said:?}");
}

#[test]
fn an_answer_that_bounced_and_is_found_late_is_a_breach_at_its_deadline() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    let said = desk.at("03 09:00", &bounce("m-1"));
    assert!(said[2].ends_with("due 02 13:00"), "{said:?}");
    assert!(said[3].contains("breached, due 02 13:00"), "{said:?}");
}

#[test]
fn what_came_after_a_bounced_answer_has_answered() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:30", &message("agent", "public", "m-2"));
    let said = desk.at("03 09:00", &bounce("m-1"));
    assert!(said.iter().any(|line| line.ends_with("fulfilled 02 10:30")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("breached")), "{said:?}");
}

#[test]
fn an_auto_reply_that_was_taken_for_an_answer_has_answered_nothing() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01", &message("agent", "public", "m-1"));
    let said = desk.at("02 10:00", &was("m-1", "automation", "public"));
    assert!(said[1].contains("void: retracted"), "{said:?}");
    assert!(said[2].ends_with("due 02 13:00"), "{said:?}");
    assert!(desk.at("02 10:00", &was("m-1", "automation", "public")).is_empty(), "said twice, it changes nothing");
}

#[test]
fn a_note_that_was_an_answer_has_answered_then() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "internal", "m-1"));
    let said = desk.at("02 12:00", &was("m-1", "agent", "public"));
    assert_eq!(said[1], "02 12:00: first_response 1 fulfilled 02 10:00");
}

#[test]
fn a_message_of_the_customer_s_that_was_filed_as_a_note_has_waited_since_then() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    let said = desk.at("02 12:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1], "02 12:00: next_response 1 due 03 10:00");
}

#[test]
fn an_out_of_office_that_started_a_clock_is_struck_out_and_what_waited_behind_it_waits_on() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("customer", "public", "m-2"));
    let said = desk.at("02 12:00", &was("m-1", "automation", "public"));
    assert!(said[1].contains("next_response 1 void: in error"), "{said:?}");
    assert_eq!(said[2], "02 12:00: next_response 2 due 03 11:00");
}

#[test]
fn a_message_that_nobody_knows_cannot_be_put_right() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.refused("02 10:00", &bounce("m-9")).to_string(), "no message of this ticket is m-9");
}

#[test]
fn thanks_and_out_of_office_start_nothing_if_so_classified() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    let thanks = r#"{"room": "ticket", "type": "message", "author": "customer", "class": "thanks", "message": "m-1"}"#;
    assert_eq!(desk.at("02 10:00", thanks).len(), 1);
    let said = desk.at("02 11:00", &was("m-1", "customer", "public"));
    assert_eq!(said[1], "02 11:00: next_response 1 due 03 10:00", "it was more than thanks, and has waited since then");
    let away = was("m-1", "customer", "public")
        .replace("\"message\": \"m-1\"", "\"message\": \"m-1\", \"class\": \"out_of_office\"");
    assert!(desk.at("02 12:00", &away)[1].contains("void: in error"));
}

#[test]
fn a_bounced_answer_to_a_matter_that_was_solved_too_late_is_a_breach_and_overtaken() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 14:00", SOLVE);
    let said = desk.at("02 15:00", &bounce("m-1"));
    assert!(said[3].contains("breached, due 02 13:00, born late"), "{said:?}");
    assert!(said[4].contains("overtaken"), "{said:?}");
}

#[test]
fn a_bounced_answer_to_a_matter_that_was_solved_in_time_is_not_needed_any_more() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 11:00", SOLVE);
    let said = desk.at("02 15:00", &bounce("m-1"));
    assert!(said[3].contains("void: first_response of sla: not needed any more"), "{said:?}");
    assert_eq!(said.len(), 4, "{said:?}");
}

/// A clock of the desk's own: the customer is asked to call, and an internal note says that nobody need wait for him.
pub fn with_a_cancelling_note() -> Desk {
    Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
            "metrics": { "chased": { "deliverable": "update", "start": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                "stop": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
                "cancel": [{ "fact": "message", "author": ["agent"], "visibility": ["internal"] }] } },
            "agreements": [{ "name": "sla", "targets": { "chased": "4 working hours" } }] }"#,
    )
}

#[test]
fn a_note_that_had_cancelled_a_clock_and_was_none_lets_it_go_on() {
    let mut desk = with_a_cancelling_note();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    let said = desk.at("02 11:00", &message("agent", "internal", "m-2"));
    assert!(said[1].ends_with("not needed any more"), "{said:?}");
    let said = desk.at("02 12:00", &was("m-2", "third_party", "internal"));
    assert!(said[1].contains("chased 1 void: retracted (m-2)"), "{said:?}");
    assert!(said[2].ends_with("due 02 14:00"), "{said:?}");
    let said = desk.at("02 13:00", &message("customer", "public", "m-3"));
    assert!(said[1].ends_with("fulfilled 02 13:00"), "{said:?}");
}

#[test]
fn a_note_that_had_cancelled_what_was_broken_leaves_one_breach_that_is_owed() {
    let mut desk = with_a_cancelling_note();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    let said = desk.at("02 15:00", &message("agent", "internal", "m-2"));
    assert!(said.iter().any(|line| line.contains("overtaken")), "{said:?}");
    let said = desk.at("02 16:00", &was("m-2", "third_party", "internal"));
    assert!(said[3].contains("breached, due 02 14:00, born late"), "{said:?}");
    let count = desk.ticket.ledger().count();
    assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 1), "{count}");
}

#[test]
fn a_message_that_turns_out_to_cancel_a_clock_cancels_it() {
    let mut desk = with_a_cancelling_note();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 11:00", &message("third_party", "internal", "m-2"));
    let said = desk.at("02 12:00", &was("m-2", "agent", "internal"));
    assert!(said[1].contains("chased 1 void"), "{said:?}");
}

/// One cycle of a metric runs at a time. What began only because the one before it seemed to have ended had no reason to begin, and
/// neither had what waits for that to end.
#[test]
fn what_began_after_an_answer_that_bounced_is_struck_out() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "8 working hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:30", &message("customer", "public", "m-2"));
    let said = desk.at("02 11:00", &bounce("m-1"));
    assert!(said.iter().any(|line| line.contains("next_response 1 void")), "{said:?}");
    assert_eq!(desk.ticket.ledger().open().count(), 1, "{said:?}");
    desk.at("02 12:00", &message("agent", "public", "m-3"));
    desk.at("02 12:30", &message("customer", "public", "m-4"));
    desk.at("02 13:00", &message("agent", "public", "m-5"));
    desk.at("02 14:00", &message("customer", "public", "m-6"));
    // The answer to the second bounces: what the third waits for is what the second waited for.
    let said = desk.at("02 15:00", &bounce("m-5"));
    assert!(said.iter().any(|line| line.contains("next_response 3 void")), "{said:?}");
    assert_eq!(desk.ticket.ledger().open().count(), 1, "{said:?}");
}

/// It was late, and bounced: it is owed still, and the one breach is what it was.
#[test]
fn a_late_answer_that_bounced_is_owed_still() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.at("02 15:00", &bounce("m-1"));
    let count = desk.ticket.ledger().count();
    assert_eq!((count.breached, desk.ticket.ledger().open().count()), (1, 1), "{count}");
    let said = desk.at("02 15:30", &message("agent", "public", "m-2"));
    assert!(said[1].contains("late 02 15:30"), "{said:?}");
}

/// What cancelled a clock was the very thing that it waited for.
#[test]
fn a_note_that_had_cancelled_a_clock_and_was_what_it_waited_for_has_ended_it_then() {
    let mut desk = with_a_cancelling_note();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "internal", "m-2"));
    let said = desk.at("02 12:00", &was("m-2", "customer", "public"));
    assert!(said[3].ends_with("fulfilled 02 11:00"), "{said:?}");
    assert_eq!(desk.next(), None);
}

/// An answer bounced, and the next one was sent after the deadline: that was too late.
#[test]
fn what_came_too_late_after_a_bounced_answer_is_late() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 15:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 16:00", &bounce("m-1"));
    assert!(said[3].contains("breached, due 02 13:00, born late"), "{said:?}");
    assert!(said[4].contains("late 02 15:00, by 7200 s"), "{said:?}");
}

/// SEMANTICS B: the anchor is "the oldest customer message not yet answered", also where that is fetched later than another.
#[test]
fn the_oldest_unanswered_message_counts_also_if_it_is_fetched_later() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 11:00", &message("customer", "public", "m-2"));
    let said = desk.fetched("02 11:05", "02 09:30", &message("customer", "public", "m-1"));
    assert_eq!(said[2], "02 11:05: next_response 2 due 03 09:30", "{said:?}");
    assert_eq!(desk.ticket.ledger().open().count(), 1);
    desk.at("02 12:00", ANSWER);
    assert_eq!(desk.next(), None);
}

/// What was done, late as it was, is owed no more: nothing can stand in for it (rows 21 and 29). Where it came back, it is owed again.
#[test]
fn a_late_answer_is_not_promised_again_and_is_owed_once_when_it_bounces() {
    let mut desk = desk();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    let late = desk.ticket.ledger().all().next().expect("a reply").id;
    let again = promise_with('a', r#"{"within": "3 hours"}"#, &format!(r#", "repairs": "{late}""#));
    assert_eq!(desk.refused("02 14:10", &again).code(), "already_closed");
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(desk.ticket.ledger().open().count(), 1);
    desk.at("02 15:10", &promise_with('a', r#"{"within": "3 hours"}"#, &format!(r#", "repairs": "{}""#, open(&desk))));
    assert_eq!(desk.ticket.ledger().open().count(), 1, "promised again now");
}

fn open(desk: &Desk) -> owed::CommitmentId {
    desk.ticket.ledger().open().next().expect("owed").id
}

/// A message had let a clock begin again, and came back: it counts since it did before.
#[test]
fn a_reset_by_what_bounced_is_taken_back() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "quiet": { "deliverable": "update", "start": [{"fact": "opened"}], "stop": [{"fact": "status", "to": ["solved"]}],
                "reset": [{"fact": "message", "author": ["agent"]}] } },
            "agreements": [{ "name": "sla", "targets": { "quiet": "4 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(desk.next().as_deref(), Some("02 16:00:00.000001 Due"));
    desk.at("02 12:30", &bounce("m-2"));
    assert_eq!(desk.next().as_deref(), Some("02 14:00:00.000001 Due"));
    desk.at("02 12:40", &bounce("m-1"));
    assert_eq!(desk.next().as_deref(), Some("02 13:00:00.000001 Due"));
    desk.at("02 12:50", SOLVE);
    assert_eq!(desk.next(), None);
}

/// What was over for want of need is over, and is measured once.
#[test]
fn a_first_question_that_is_found_after_the_solution_was_the_first() {
    let mut desk = desk();
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#);
    desk.at("02 10:00", &message("third_party", "internal", "m-1"));
    desk.at("02 11:00", SOLVE);
    desk.at("02 11:10", REOPEN);
    let said = desk.at("02 12:00", &was("m-1", "customer", "public"));
    assert!(said[2].contains("first_response 1 void: first_response of sla: not needed any more"), "{said:?}");
    let said = desk.at("02 13:00", &message("customer", "public", "m-2"));
    assert!(said[1].contains("next_response 1 due"), "{said:?}");
}

/// A status holds from when it is taken in, whatever it is said to have happened: who solved had not seen the question, and is asked again by a host that
/// takes his command in later (`Command::taken_in_again`).
#[test]
fn a_solving_that_is_taken_in_after_a_question_takes_that_along() {
    for order in [SOLVE, CLOSE] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "1 hour", "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        let kept = desk.command("02 10:00", order);
        desk.at("02 10:01", ASK);
        assert_eq!(desk.handle(&kept).expect_err("overtaken").why.code(), "out_of_order");
        assert_eq!(desk.ticket.ledger().owed().len(), 1, "until he says so again, the question is owed an answer");
        desk.handle(&kept.taken_in_again(t("02 10:02"))).expect("taken");
        assert_eq!(desk.ticket.ledger().owed().len(), 0, "{order}");
    }
}
