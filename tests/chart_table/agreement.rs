//! The lines of rows that an agreement gives: no host can order them.

use owed::commitment::{PhaseName, Verdict};

use PhaseName::{Active, Closed, Overdue, Paused};
use Verdict::{Breached, Pending, Void};

use crate::desk::*;
use crate::line::{Line, line, of, time};

/// One budget for each priority, and none for the others; it stands while the customer is waited for.
fn resolution(binding: &str, pausable: &str) -> Desk {
    Desk::new(&format!(
        r#"[{{ "name": "sla", "binding": "{binding}", "targets": {{ "first_resolution": {{
            "budget": {{ "low": "16 working hours", "high": "4 working hours" }}{pausable},
            "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}]"#
    ))
}

fn goal() -> Desk {
    resolution("goal", "")
}

fn promised() -> Desk {
    resolution("promised", r#", "pausable": {"total": "720 hours"}"#)
}

/// Answers, the later ones of which stand while a supplier is waited for.
fn answers() -> Desk {
    Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "1 hour", "next_response": { "budget": "8 working hours",
            "pause": [{ "reason": "supplier", "when": { "status": ["on_hold"] } }] } } }]"#,
    )
}

const HOLD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;

#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    let low = || ("09:00", open_at("low"));
    let high = || ("09:00", open_at("high"));
    let opened = || ("09:00", OPEN.to_owned());
    let wait = |at| (at, WAIT.to_owned());
    let hold = |at| (at, HOLD.to_owned());
    let answered = || ("09:10", ANSWER.to_owned());
    let asked = |at| (at, ASK.to_owned());
    let propose = |at| (at, of("propose", "first_resolution 1", r#", "due": {"at": "2026-03-02T20:00:00Z"}, "told": "m-5""#));
    let announce = || of("announce", "first_resolution 1", r#", "message": "m-1""#);
    let assign = || r#"{"room": "ticket", "type": "assign", "to": {"team": "night"}}"#.to_owned();
    let by = |house, about, line: Line| Line { house, about, ..line };
    let fix = |line| by(goal, "first_resolution 1", line);
    let first = |line| by(answers, "first_response 1", line);
    let next = |line| by(answers, "next_response 1", line);
    vec![
        fix(line("1 by an agreement", &[], "09:00", open_at("low"), "09:00: opened | 09:00: first_resolution 1 due 03 17:00", (Active, Pending))),
        first(line("8 by its metric", &[opened()], "09:30", ANSWER.into(), "09:30: public message of agent | 09:30: first_response 1 fulfilled 09:30", (Closed, Verdict::Fulfilled))),
        fix(line("9a a goal", &[low()], "10:00", announce(), "10:00: first_resolution 1 announced", (Active, Pending))),
        first(line("11 a goal", &[opened()], "10:30", time(), "10:00 by time: first_response 1 breached, due 10:00", (Overdue, Breached))),
        fix(line("12 by its condition", &[low()], "10:00", WAIT.into(), "10:00: pending | 10:00: first_resolution 1 paused (customer), 15 working hours left, until 2027-03-03T10:00:00Z", (Paused, Pending))),
        next(line("12a", &[opened(), answered(), hold("09:20")], "10:00", ASK.into(), "10:00: public message of customer | 10:00: next_response 1 due 03 10:00 | 10:00: next_response 1 paused (supplier), 8 working hours left, until 2027-03-03T10:00:00Z", (Paused, Pending))),
        fix(line("12b", &[low(), wait("15:00")], "16:00", priority("high"), "16:00: priority high | 16:00: first_resolution 1 retargeted, 0 working hours left, due 13:00 | 16:00: first_resolution 1 breached, due 13:00, born late", (Overdue, Breached))),
        fix(line("14 by its condition", &[low(), wait("10:00")], "12:00", GO_ON.into(), "12:00: open | 12:00: first_resolution 1 resumed (customer), due 04 11:00", (Active, Pending))),
        fix(line("15a", &[low()], "11:00", priority("high"), "11:00: priority high | 11:00: first_resolution 1 retargeted, 2 working hours left, due 13:00", (Active, Pending))),
        fix(line("15a later", &[high()], "11:00", priority("low"), "11:00: priority low | 11:00: first_resolution 1 retargeted, 14 working hours left, due 03 17:00", (Active, Pending))),
        fix(line("15a paused", &[low(), wait("10:00")], "16:00", priority("high"), "16:00: priority high | 16:00: first_resolution 1 retargeted, 3 working hours left, due 03 11:00", (Paused, Pending))),
        fix(line("15a late", &[low()], "14:00", priority("high"), "14:00: priority high | 14:00: first_resolution 1 retargeted, 0 working hours left, due 13:00 | 14:00: first_resolution 1 breached, due 13:00, born late", (Overdue, Breached))),
        by(promised, "first_resolution 1", line("15a a promise, sooner", &[low()], "11:00", priority("high"), "11:00: priority high | 11:00: first_resolution 1 retargeted, 2 working hours left, due 13:00", (Active, Pending))),
        by(promised, "first_resolution 1", line("15a a promise, no later", &[high()], "11:00", priority("low"), "11:00: priority low", (Active, Pending))),
        fix(line("17a paused", &[low(), wait("15:00"), propose("15:30")], "16:00", priority("high"), "16:00: priority high | 16:00: first_resolution 1 retargeted, 0 working hours left, due 13:00 | 16:00: first_resolution 1 breached, due 13:00, born late | 16:00: first_resolution 1 due 20:00 | 16:00: first_resolution 1 superseded by first_resolution 1", (Closed, Breached))),
        fix(line("18b left", &[low()], "11:00", priority("none"), "11:00: priority none | 11:00: first_resolution 1 void: first_resolution of sla: does not apply any more", (Closed, Void))),
        fix(line("18b left, paused", &[low(), wait("10:00")], "11:00", priority("none"), "11:00: priority none | 11:00: first_resolution 1 void: first_resolution of sla: does not apply any more", (Closed, Void))),
        first(line("18b not needed", &[opened()], "09:30", SOLVE.into(), "09:30: solved | 09:30: first_response 1 void: first_response of sla: not needed any more", (Closed, Void))),
        next(line("18b not needed, paused", &[opened(), answered(), asked("10:00"), hold("10:30")], "11:00", SOLVE.into(), "11:00: solved | 11:00: next_response 1 void: next_response of sla: not needed any more", (Closed, Void))),
        by(promised, "first_resolution 1", line("15a a promise is not left", &[low()], "11:00", priority("none"), "11:00: priority none", (Active, Pending))),
        first(line("20 by its metric", &[opened(), ("10:30", time())], "10:30", ANSWER.into(), "10:30: public message of agent | 10:30: first_response 1 late 10:30, by 1800 s", (Closed, Breached))),
        first(line("20a", &[opened(), ("10:30", time())], "11:00", SOLVE.into(), "11:00: solved | 11:00: first_response 1 overtaken: first_response of sla: not needed any more", (Closed, Breached))),
        fix(line("24 with the ticket", &[low()], "10:00", assign(), "10:00: assigned to night | 10:00: first_resolution 1 handed over to night", (Active, Pending))),
        first(line("27 by its metric", &[opened(), ("10:30", time())], "10:40 of 10:00", ANSWER.into(), "10:40: public message of agent | 10:40: first_response 1 corrected 10:00", (Closed, Verdict::Fulfilled))),
    ]
}
