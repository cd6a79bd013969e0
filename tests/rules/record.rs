//! What stands on record and what is owed, for the tests of records put right.

use crate::desk::*;

pub const CORRECTABLE: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }"#;

/// An order about the first that is open.
pub fn order(desk: &Desk, order: &str, more: &str) -> String {
    let owed = desk.ticket.ledger().open().next().expect("one is open").id;
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{owed}"{more}}}"#)
}

pub fn open(desk: &Desk) -> usize {
    desk.ticket.ledger().open().count()
}

pub fn breached(desk: &Desk) -> u64 {
    desk.ticket.ledger().count().breached
}

pub fn fulfilled(desk: &Desk) -> u64 {
    desk.ticket.ledger().count().fulfilled
}

/// The deadlines of all that is owed.
pub fn dues(desk: &Desk) -> Vec<String> {
    desk.ticket.ledger().open().map(|owed| owed.due.to_string()).collect()
}

pub const VIP: &str = r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#;
pub const NO_VIP: &str = r#"{"room": "ticket", "type": "tag", "remove": ["vip"]}"#;

/// Orders something as somebody else than ada.
#[track_caller]
pub fn by(desk: &mut Desk, who: &str, at: &str, order: &str) -> Vec<String> {
    let mut command = desk.command(at, order);
    command.by = serde_json::from_str(who).expect("an actor");
    let events = desk.handle(&command).expect("taken");
    desk.say_all(&events)
}

/// What a program tells, and vouches for.
#[track_caller]
pub fn by_mail(desk: &mut Desk, at: &str, order: &str) -> Vec<String> {
    by(desk, r#"{"system": "mail"}"#, at, order)
}

/// A desk at which whoever puts a record right may.
pub fn correctable(rules: &str) -> Desk {
    Desk::with(&format!(r#"{{ {CORRECTABLE}, {rules} }}"#))
}

pub fn goal(metric: &str, target: &str) -> Desk {
    correctable(&format!(r#""agreements": [{{ "name": "sla", "targets": {{ "{metric}": {target} }} }}]"#))
}
