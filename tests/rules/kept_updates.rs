//! An update of the desk's lets the next be owed, unless that was over before it was told.

use super::kept_beginnings::{BY_TELEPHONE, with};
use super::put_right::{message, was};
use super::record::{VIP, dues, order};
use crate::desk::*;

const UPDATES: &str = r#"{ "name": "sla", "targets": { "periodic_update": "2 hours" } }"#;

/// An update of the desk's lets the next be owed. One of before the last is fetched late: the next after that has been let go, given or made needless.
#[test]
fn an_update_of_before_that_is_fetched_late_owes_no_next_beside_what_has_been_settled() {
    let released = |desk: &Desk| order(desk, "release", r#", "evidence": "m-2""#);
    let called = |desk: &Desk| order(desk, "fulfil", BY_TELEPHONE);
    let solved = |_: &Desk| SOLVE.to_owned();
    let settle: [fn(&Desk) -> String; 3] = [released, called, solved];
    for settle in settle {
        for happened in ["02 09:30", "02 10:15"] {
            let mut desk = with("", UPDATES);
            desk.at("02 09:00", OPEN);
            desk.at("02 10:00", &message("agent", "public", "m-1"));
            assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"]);
            let settled = settle(&desk);
            desk.at("02 10:30", &settled);
            if settled == SOLVE {
                desk.at("02 11:00", REOPEN);
            }
            let told = desk.fetched("02 11:00", happened, &message("agent", "public", "m-3"));
            assert_eq!(told.len(), 1, "{settled} {happened} {told:#?}");
            // Nor where it is found to have been that later still.
            desk.fetched("02 11:10", happened, &message("automation", "public", "m-4"));
            let told = desk.at("02 11:20", &was("m-4", "agent", "public"));
            assert_eq!(told.len(), 1, "{settled} {happened} {told:#?}");
            // What was sent since then lets the next be owed.
            desk.fetched("02 11:30", "02 10:45", &message("agent", "public", "m-5"));
            assert_eq!(dues(&desk), ["2026-03-02T12:45:00Z"], "{settled} {happened}");
        }
    }
}

/// Nor where nobody has measured it until then. That the ticket is solved holds from when it is taken in, however early somebody dates it.
#[test]
fn an_update_of_before_the_ticket_was_solved_owes_no_next_where_a_target_comes_later() {
    for (happened, owed) in [("02 09:30", 0), ("02 10:45", 1)] {
        for dated in ["02 10:30", "02 09:20"] {
            let mut desk = with("", &UPDATES.replace(r#""targets""#, r#""when": { "tags": ["vip"] }, "targets""#));
            desk.at("02 09:00", OPEN);
            desk.fetched("02 10:30", dated, SOLVE);
            desk.at("02 11:00", REOPEN);
            desk.fetched("02 11:10", happened, &message("agent", "public", "m-3"));
            desk.at("02 11:20", VIP);
            assert_eq!(dues(&desk).len(), owed, "{happened} {dated}");
        }
    }
}

/// "In the order recorded": an update that is sent at the very instant at which the ticket was reopened came after that, and the next is owed.
#[test]
fn an_update_of_the_instant_of_a_solution_and_a_reopening_owes_the_next() {
    let mut desk = with("", &UPDATES.replace(r#""targets""#, r#""when": { "tags": ["vip"] }, "targets""#));
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 10:00", REOPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 11:00", VIP);
    assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"]);
}

/// Nor where the solution itself broke it, so that it was owed still and the update has given it late.
#[test]
fn an_update_of_before_a_solution_that_broke_the_last_owes_no_next() {
    let mut desk = with("", &UPDATES.replace(r#""2 hours""#, r#"{ "budget": "2 hours", "unanswered": "breached" }"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 10:30", REOPEN);
    desk.fetched("02 11:00", "02 09:30", &message("agent", "public", "m-1"));
    assert!(dues(&desk).is_empty());
}

/// Nor an older one than the last, which was sent on the solved ticket and let nothing be owed; whether a target applied all along or comes later.
#[test]
fn an_update_of_before_one_that_was_sent_on_a_solved_ticket_owes_no_next() {
    for rules in [UPDATES.to_owned(), UPDATES.replace(r#""targets""#, r#""when": { "tags": ["vip"] }, "targets""#)] {
        let mut desk = with("", &rules);
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", SOLVE);
        desk.at("02 11:00", &message("agent", "public", "m-1"));
        desk.at("02 11:10", REOPEN);
        desk.fetched("02 11:20", "02 10:50", &message("agent", "public", "m-2"));
        desk.at("02 11:30", VIP);
        assert!(dues(&desk).is_empty(), "{rules}: {:?}", dues(&desk));
    }
}
