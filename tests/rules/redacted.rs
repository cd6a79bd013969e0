//! What a reference points to is erased, and what was owed stays (DESIGN §3.14, SEMANTICS A 26).

use owed::commitment::Verdict;
use owed::{Task, effects};

use crate::desk::*;

const REDACT: &str = r#"{"room": "ticket", "type": "redact", "message": "m-1"}"#;

fn told() -> Desk {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "8 hours" } }]"#);
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "message": "m-1"}"#);
    desk.at("02 09:10", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "m-1"}"#);
    desk.at("02 09:20", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "message": "m-1""#));
    desk.at("02 09:30", &promise('b', r#"{"within": "3 hours"}"#));
    desk.at("02 09:40", r#"{"room": "ticket", "type": "mark", "mark": {"what": "apologised", "message": "m-1"}}"#);
    desk
}

#[test]
fn a_reference_goes_wherever_it_stands_on_the_ticket() {
    let mut desk = told();
    assert!(serde_json::to_string(&desk.ticket).expect("stored").contains("m-1"));
    assert_eq!(desk.at("02 10:00", REDACT), ["02 10:00: m-1 redacted", "02 10:00: promise a redacted m-1"]);
    assert!(!serde_json::to_string(&desk.ticket).expect("stored").contains("m-1"));
}

#[test]
fn what_was_owed_and_what_became_of_it_stay() {
    let (mut with, mut without) = (told(), told());
    with.at("02 10:00", REDACT);
    for desk in [&mut with, &mut without] {
        desk.wake("02 13:00");
    }
    let verdicts = |desk: &Desk| -> Vec<(Verdict, owed::Timestamp)> {
        desk.ticket.ledger().all().map(|owed| (owed.verdict(), owed.due)).collect()
    };
    assert_eq!(verdicts(&with), verdicts(&without));
    assert_eq!(with.next(), without.next());
}

/// The host hears what it is to erase, from the stored event alone.
#[test]
fn the_host_is_told_to_erase_it() {
    let mut desk = told();
    desk.at("02 10:00", REDACT);
    let tasks: Vec<Task> = desk.events.iter().flat_map(effects).map(|effect| effect.task).collect();
    let erase = tasks.iter().filter(|task| matches!(task, Task::Erase { message } if message.as_str() == "m-1"));
    assert_eq!(erase.count(), 1);
}

#[test]
fn what_is_erased_can_be_put_right_no_more() {
    let mut desk = told();
    desk.at("02 10:00", REDACT);
    let refused = desk.refused("02 10:10", r#"{"room": "ticket", "type": "bounce", "message": "m-1"}"#);
    assert_eq!(refused.code(), "unknown_message");
}

#[test]
fn what_is_over_can_be_redacted_too() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", r#"{"room": "ticket", "type": "message", "author": "customer", "message": "m-1"}"#);
    desk.at("02 09:20", CLOSE);
    assert_eq!(desk.at("02 10:00", REDACT), ["02 10:00: m-1 redacted"]);
}

/// An agreement that comes to apply finds what had waited longest, whether its words are there still or not.
#[test]
fn a_question_has_waited_since_it_was_asked_also_if_it_is_erased() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "when": { "priority": ["1"] }, "targets": { "first_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.fetched(
        "02 10:00",
        "02 08:30",
        r#"{"room": "ticket", "type": "message", "author": "customer", "message": "m-1"}"#,
    );
    desk.at("02 10:10", REDACT);
    assert_eq!(desk.at("02 11:00", &priority("1"))[1], "02 11:00: first_response 1 due 02 12:30");
}
