//! Orders in a word or two.

pub const OPEN: &str = r#"{"room": "ticket", "type": "open", "requester": "c-1"}"#;
pub const ASK: &str = r#"{"room": "ticket", "type": "message", "author": "customer"}"#;
pub const ANSWER: &str = r#"{"room": "ticket", "type": "message", "author": "agent"}"#;
pub const SOLVE: &str = r#"{"room": "ticket", "type": "solve"}"#;
pub const CLOSE: &str = r#"{"room": "ticket", "type": "close"}"#;
pub const REOPEN: &str = r#"{"room": "ticket", "type": "reopen"}"#;
pub const WAIT: &str = r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#;
pub const GO_ON: &str = r#"{"room": "ticket", "type": "set_status", "status": "open"}"#;

/// A call back, promised for an instant or within an amount of time: `promise('a', r#"{"within": "6 hours"}"#)`.
pub fn promise(name: char, due: &str) -> String {
    promise_with(name, due, "")
}

/// The same with further fields.
pub fn promise_with(name: char, due: &str, more: &str) -> String {
    format!(
        r#"{{"room": "commitment", "type": "promise", "commitment": "@{name}", "deliverable": "callback",
            "beneficiary": "c-1", "owner": {{"team": "desk", "agent": "ada"}}, "due": {due}{more}}}"#
    )
}

/// An order about a promise: `about("fulfil", 'a', "")`.
pub fn about(order: &str, name: char, more: &str) -> String {
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "@{name}"{more}}}"#)
}

pub fn priority(priority: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "set_priority", "priority": "{priority}"}}"#)
}

pub fn open_at(priority: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "open", "requester": "c-1", "priority": "{priority}"}}"#)
}
