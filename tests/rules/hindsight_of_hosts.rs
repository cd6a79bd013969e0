//! What is found in hindsight where a host has ordered something besides: a pause, a withdrawal, other terms, an exclusion, a part given on.

use owed::commitment::{Commitment, Deliverable};

use crate::desk::*;
use crate::put_right::{bounce, message, was};

const CORRECTABLE: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }"#;

const EXPLAINED: &str =
    r#"{ "budget": "2 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } }"#;

/// A desk with such a target for replies, that owes the second since 10:00.
fn owes(target: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ "next_response": {target} }} }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk
}

/// An order about the first that is open.
fn order(desk: &Desk, order: &str, more: &str) -> String {
    let owed = desk.ticket.ledger().open().next().expect("one is open").id;
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{owed}"{more}}}"#)
}

/// How much is broken, and how much is open.
fn broken_and_open(desk: &Desk) -> (usize, usize) {
    let ledger = desk.ticket.ledger();
    (ledger.count().breached as usize, ledger.open().count())
}

fn explanation(desk: &Desk) -> &Commitment {
    let mut open = desk.ticket.ledger().open();
    open.find(|owed| owed.deliverable == Deliverable::Explanation).expect("an explanation is owed")
}

/// "Pauses are bounded": what a host's pause has used of the allowance, the agreement's has not.
#[test]
fn pauses_are_bounded_together_where_an_answer_bounces() {
    for bounced in [None, Some("02 14:30"), Some("02 15:00"), Some("02 16:30")] {
        let mut desk = owes(
            r#"{ "budget": "20 hours", "pausable": { "total": "4 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#,
        );
        desk.at("02 10:00", &order(&desk, "pause", r#", "reason": "logs""#));
        desk.at("02 13:00", &order(&desk, "resume", r#", "reason": "logs""#));
        if bounced.is_some() {
            desk.at("02 13:30", &message("agent", "public", "m-2"));
        }
        desk.at("02 14:00", WAIT);
        if let Some(bounced) = bounced {
            desk.at(bounced, &bounce("m-2"));
        }
        desk.wake("02 17:00");
        // Twenty hours, and four that it stood.
        assert_eq!(desk.next().as_deref(), Some("03 10:00:00.000001 Due"), "{bounced:?}");
    }
}
