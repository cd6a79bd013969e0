//! Orders about promise a, in the words of the desk.

use crate::desk::*;

pub const PAUSABLE: &str = r#", "pausable": {"total": "10 hours"}"#;
pub const CONDITION: &str = r#", "condition": {"what": "logs", "limit": {"within": "2 hours"}}"#;
pub const SLOT: &str = r#", "opens_at": "2026-03-02T10:00:00Z""#;
pub const OWES: &str = r#", "breach_owes": {"deliverable": "explanation", "within": "2 hours"}"#;
pub const REPAIRS: &str = r#", "repairs": "@a""#;
pub const LOGS: &str = r#", "reason": "logs", "told": "m-1""#;
pub const SHOWN: &str = r#", "evidence": "m-2""#;
pub const TOLD: &str = r#", "notice": "m-2""#;
pub const NEXT: &str = r#", "reason": "bounced", "successor": "@b""#;
pub const BACK: &str = r#", "successor": "@b""#;
pub const THREE: &str = r#"{"within": "3 hours"}"#;

pub const SERIES: &str = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
    "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "horizon": {"within": "90 hours"},
    "lead": {"team": "leads"}, "decide_within": "1 hour"}"#;
pub const STOP: &str = r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-9"}"#;

pub fn three_hours(more: &str) -> String {
    promise_with('a', THREE, more)
}

/// The order without its room, to stand inside another.
pub fn inside(promise: &str) -> String {
    promise.replacen(r#""room": "commitment", "type": "promise", "#, "", 1)
}

pub fn suggest(review_by: &str, more: &str) -> String {
    let promise = inside(&three_hours(more));
    format!(r#"{{"room": "commitment", "type": "suggest", "review_by": "{review_by}", "promise": {promise}}}"#)
}

pub fn pause() -> String {
    about("pause", 'a', LOGS)
}

pub fn due(order: &str, time: &str, more: &str) -> String {
    about(order, 'a', &format!(r#", "due": {{"at": "2026-03-02T{time}:00Z"}}{more}"#))
}

pub fn amend(time: &str) -> String {
    due("amend", time, "")
}

pub fn propose(time: &str) -> String {
    due("propose", time, r#", "told": "m-5""#)
}

pub fn accept() -> String {
    about("accept", 'a', r#", "successor": "@b", "evidence": "m-6""#)
}

pub fn chase(step: &str) -> String {
    about("chase", 'a', &format!(r#", "step": {step}, "message": "m-7""#))
}

pub fn attempt(reached: &str) -> String {
    about("attempt", 'a', &format!(r#", "outcome": "{reached}""#))
}

pub fn delegate(within: &str) -> String {
    let child = inside(&promise('b', &format!(r#"{{"within": "{within}"}}"#)));
    let child = child.replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "desk"}"#);
    about("delegate", 'a', &format!(r#", "promise": {child}"#))
}

pub fn in_error() -> String {
    about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#)
}

pub fn exclude() -> String {
    about("exclude", 'a', r#", "reason": "storm", "approver": {"agent": "lea"}"#)
}

pub fn write_off() -> String {
    about("write_off", 'a', r#", "authority": {"agent": "lea"}, "reason": "bankrupt""#)
}
