//! One ticket that turns out to be two (DESIGN §3.12, SEMANTICS B "split").

use super::two_tickets::*;
use crate::desk::*;

/// One ticket with a question and its answer, and another question.
fn with_another_question(agreements: &str) -> Desk {
    let mut desk = Desk::new(agreements);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", &said("answer", "agent"));
    desk.at("02 10:00", &said("another", "customer"));
    desk
}

/// "Fresh clocks from the moved message's own instant."
#[test]
fn what_is_split_off_has_fresh_clocks_from_the_messages_own_instant() {
    let mut desk = with_another_question(REPLIES);
    let [from, to] = desk.split("02 12:00", r#"{"messages": ["another"]}"#);
    assert_eq!(
        from,
        ["02 12:00: another moved", "02 12:00: next_response 1 void: in error (its start was something else)"],
        "here nothing waits any more"
    );
    assert_eq!(to, ["02 12:00: opened", "02 12:00: first_response 1 due 02 14:00", "02 12:00: split off the other"]);
    desk.swap();
    assert_eq!(desk.at("02 13:00", ANSWER)[1], "02 13:00: first_response 1 fulfilled 02 13:00");
}

#[test]
fn a_target_that_has_passed_by_then_is_born_late() {
    let mut desk = with_another_question(REPLIES);
    let [_, to] = desk.split("02 15:00", r#"{"messages": ["another"]}"#);
    assert_eq!(to[1..3], ["02 15:00: first_response 1 due 02 14:00", "02 15:00: split off the other"]);
    assert_eq!(to[3], "02 15:00: first_response 1 breached, due 02 14:00, born late");
}

/// An answer that belongs to the other matter was none to this one.
#[test]
fn an_answer_that_is_moved_is_taken_back_here_and_counts_there() {
    let mut desk = Desk::new(REPLIES);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &said("another", "customer"));
    desk.at("02 11:00", &said("answer", "agent"));
    let [from, to] = desk.split("02 12:00", r#"{"messages": ["another", "answer"]}"#);
    assert_eq!(
        to,
        [
            "02 12:00: opened",
            "02 12:00: first_response 1 due 02 14:00",
            "02 12:00: split off the other",
            "02 12:00: public message of agent",
            "02 12:00: first_response 1 fulfilled 02 11:00"
        ]
    );
    let owed: Vec<_> =
        desk.ticket.ledger().owed().iter().map(|known| (known.deliverable.to_string(), known.due)).collect();
    assert_eq!(owed, [("reply".to_owned(), t("02 13:00"))], "nobody has answered the first question: {from:?}");
}

#[test]
fn promises_go_along_when_they_are_named() {
    let mut desk = with_another_question(REPLIES);
    desk.at("02 10:30", &promise('a', r#"{"at": "2026-03-02T16:00:00Z"}"#));
    desk.at("02 10:30", &promise('b', r#"{"at": "2026-03-02T16:30:00Z"}"#));
    let [from, to] = desk.split("02 12:00", r#"{"messages": ["another"], "commitments": ["@a"]}"#);
    assert!(from.contains(&"02 12:00: promise a carried out".into()), "{from:?}");
    assert!(to.contains(&"02 12:00: promise a carried in".into()), "{to:?}");
    assert!(desk.ticket.ledger().get(promise_id('b')).is_some(), "what is not named stays");
    let (left, took) = (desk.ticket.ledger().count(), desk.aside.0.ledger().count());
    assert!(left.add_up() && took.add_up());
}

#[test]
fn what_cannot_be_split_off() {
    let mut desk = Desk::new(REPLIES);
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "message": "first"}"#);
    desk.at(
        "02 09:10",
        r#"{"room": "ticket", "type": "message", "author": "agent", "visibility": "internal", "message": "note"}"#,
    );
    desk.at("02 09:20", &said("more", "customer"));
    let code = |desk: &mut Desk, order: &str| desk.split_refused("02 10:00", order).code();
    assert_eq!(code(&mut desk, r#"{"messages": ["first"]}"#), "opens_the_ticket");
    assert_eq!(code(&mut desk, r#"{"messages": ["none"]}"#), "unknown_message");
    assert_eq!(code(&mut desk, r#"{"messages": []}"#), "nothing_to_open_with");
    assert_eq!(code(&mut desk, r#"{"messages": ["note"]}"#), "nothing_to_open_with");
    let own = desk.ticket.ledger().open().next().expect("a clock").id;
    assert_eq!(code(&mut desk, &format!(r#"{{"messages": ["more"], "commitments": ["{own}"]}}"#)), "own_clock");
    assert_eq!(code(&mut desk, r#"{"messages": ["more"], "commitments": ["@z"]}"#), "unknown_commitment");
    desk.split("02 10:00", r#"{"messages": ["more", "note"]}"#);
    assert_eq!(code(&mut desk, r#"{"messages": ["more"]}"#), "already_opened");
    let bounce = r#"{"room": "ticket", "type": "bounce", "message": "more"}"#;
    assert_eq!(desk.refused("02 10:00", bounce).code(), "unknown_message", "it is elsewhere");
}

/// What was split off by mistake goes back.
#[test]
fn what_was_split_off_can_be_merged_back() {
    let mut desk = with_another_question(REPLIES);
    desk.at("02 10:30", &promise('a', r#"{"at": "2026-03-02T16:00:00Z"}"#));
    desk.split("02 12:00", r#"{"messages": ["another"], "commitments": ["@a"]}"#);
    desk.swap();
    let [_, back] = desk.merge("02 12:30");
    assert_eq!(
        back,
        [
            "02 12:30: promise a carried in",
            "02 12:30: the other merged into it",
            "02 12:30: public message of customer",
            "02 12:30: next_response 2 due 02 18:00"
        ],
        "since when he has waited"
    );
    desk.swap();
    let counts = desk.ticket.ledger().count();
    assert_eq!((counts.carried_in, counts.carried_out), (1, 1));
    assert!(counts.add_up());
    assert_eq!(desk.at("02 13:00", &about("fulfil", 'a', "")), ["02 13:00: promise a fulfilled 02 13:00"]);
}
