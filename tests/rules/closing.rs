//! Solving, closing, reopening.

use owed::policy::Status;
use owed::ticket::{Owing, Refusal as Why};
use owed::{Order, Refusal};

use crate::desk::*;

fn open() -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk
}

#[track_caller]
fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Ticket(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

#[test]
fn no_ticket_closes_on_a_promise() {
    let mut desk = open();
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
    desk.at("02 09:00", &promise('b', r#"{"at": "2026-03-02T15:00:00Z"}"#));
    let both = [('a', "02 12:00"), ('b', "02 15:00")].map(|(n, due)| Owing { commitment: promise_id(n), due: t(due) });
    assert_eq!(because(desk.refused("02 10:00", CLOSE)), Why::StillOwed { owed: both.to_vec() });
    desk.at("02 11:00", &about("fulfil", 'b', ""));
    assert_eq!(
        because(desk.refused("02 13:00", CLOSE)),
        Why::StillOwed { owed: both[..1].to_vec() },
        "broken, and owed"
    );
    desk.at("02 14:00", &about("fulfil", 'a', ""));
    assert_eq!(desk.at("02 14:00", CLOSE), ["02 14:00: closed"]);
}

#[test]
fn solving_is_never_refused() {
    let mut desk = open();
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
    assert_eq!(desk.at("02 10:00", SOLVE), ["02 10:00: solved"]);
    assert_eq!(desk.at("02 10:00", SOLVE), [""; 0]);
}

#[test]
fn closing_is_judged_after_what_it_settles_itself() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_resolution": "8 hours", "first_response": "1 hour" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    let Why::StillOwed { owed } = because(desk.refused("02 09:30", CLOSE)) else { panic!("owed") };
    assert_eq!(owed.len(), 1, "the reply; the closing itself is the resolution");
    desk.at("02 09:40", ANSWER);
    assert_eq!(desk.at("02 09:50", CLOSE), ["02 09:50: closed", "02 09:50: first_resolution 1 fulfilled 02 09:50"]);
}

#[test]
fn a_goal_keeps_no_ticket_from_closing() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "1 hour" } }]"#);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 09:30", CLOSE).len(), 2);
}

#[test]
fn what_has_ended_has_no_other_status_until_it_is_reopened() {
    let mut desk = open();
    assert_eq!(because(desk.refused("02 10:00", REOPEN)), Why::NotEnded { status: Status::New });
    desk.at("02 10:00", CLOSE);
    assert_eq!(desk.at("02 10:00", CLOSE), [""; 0]);
    assert_eq!(because(desk.refused("02 10:00", WAIT)), Why::Ended { status: Status::Closed });
    assert_eq!(desk.at("02 11:00", REOPEN), ["02 11:00: reopened"]);
    assert_eq!(desk.at("02 11:00", WAIT), ["02 11:00: pending"]);
    let solved = r#"{"room": "ticket", "type": "set_status", "status": "solved"}"#;
    assert_eq!(because(desk.refused("02 11:00", solved)), Why::OrderOfItsOwn { status: Status::Solved });
}

#[test]
fn nothing_can_be_asked_of_a_ticket_before_it_is_opened() {
    for order in [ASK, SOLVE, CLOSE, REOPEN, WAIT] {
        let mut desk = Desk::new("[]");
        assert_eq!(because(desk.refused("02 10:00", order)), Why::NotOpened { ticket: ticket_id() });
    }
    let mut desk = open();
    assert_eq!(
        because(desk.refused("02 10:00", OPEN)),
        Why::AlreadyOpened { ticket: ticket_id(), opened: t("02 09:00") }
    );
}

#[test]
fn there_is_no_command_that_removes_anything() {
    for word in ["delete", "remove", "erase", "purge"] {
        for room in ["ticket", "commitment"] {
            let order = format!(r#"{{"room": "{room}", "type": "{word}"}}"#);
            assert!(serde_json::from_str::<Order>(&order).is_err(), "{order}");
        }
    }
}

const EXPLAINED: &str = r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 hours",
    "unanswered": "breached", "breach_owes": { "within": "8 hours", "deliverable": "explanation" } } } }]"#;

/// To close without an answer would break what is owed, and promise an explanation on a ticket that is closed.
#[test]
fn what_closing_would_break_and_owe_amends_for_is_owed_still() {
    let mut desk = Desk::new(EXPLAINED);
    desk.at("02 09:00", OPEN);
    let Why::StillOwed { owed } = because(desk.refused("02 10:00", CLOSE)) else { panic!("it closes") };
    assert_eq!(owed.iter().map(|owing| owing.due).collect::<Vec<_>>(), [t("02 13:00")]);
    // Solving is never refused: it breaks it, and the explanation keeps the ticket open until it is given.
    assert_eq!(desk.at("02 10:00", SOLVE).len(), 4);
    let Why::StillOwed { owed } = because(desk.refused("02 10:00", CLOSE)) else { panic!("it closes") };
    let explanation = owed[0].commitment;
    let given =
        format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{explanation}", "evidence": "m-9"}}"#);
    desk.at("02 11:00", &given);
    assert_eq!(desk.at("02 11:00", CLOSE).len(), 1);
}

/// What an answer was given to is closed as ever.
#[test]
fn what_closing_breaks_nothing_of_closes() {
    let mut desk = Desk::new(EXPLAINED);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    assert_eq!(desk.at("02 10:00", CLOSE).len(), 1);
}
