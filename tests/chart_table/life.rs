//! The lines of rows 1 to 17a: how it is made, runs, stands, and what changes on the way.

use owed::commitment::{PhaseName, Verdict};

use PhaseName::{Active, Candidate, Closed, Conditional, Overdue, Paused};
use Verdict::{Breached, Fulfilled, Pending, Void};

use crate::desk::*;
use crate::line::{Line, line, time};
use crate::orders::*;

#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    let plain = || ("09:00", three_hours(""));
    let with = |more: &str| ("09:00", three_hours(more));
    let found = |review_by: &str| ("09:00", suggest(&format!("2026-03-02T{review_by}:00Z"), ""));
    let broken = || [plain(), ("12:30", time())];
    let announce = || about("announce", 'a', r#", "message": "m-1""#);
    vec![
        line("1", &[], "09:00", three_hours(""), "09:00: promise a due 12:00", (Active, Pending)),
        line("1 on a condition", &[], "09:00", three_hours(CONDITION), "09:00: promise a on condition until 11:00, due at the latest 14:00", (Conditional, Pending)),
        line("2", &[], "09:00", suggest("2026-03-02T10:00:00Z", ""), "09:00: promise a suggested, review by 10:00, due 12:00", (Candidate, Pending)),
        line("3 confirm", &[found("10:00")], "09:30", about("confirm", 'a', ""), "09:30: promise a confirmed, due 12:00", (Active, Pending)),
        line("3 confirm, on a condition", &[("09:00", suggest("2026-03-02T10:00:00Z", CONDITION))], "09:30", about("confirm", 'a', ""), "09:30: promise a confirmed, on its condition", (Conditional, Pending)),
        line("3 dismiss", &[found("10:00")], "09:30", about("dismiss", 'a', r#", "reason": "irony""#), "09:30: promise a dismissed (irony)", (Closed, Void)),
        line("4", &[found("10:00")], "11:00", time(), "10:00 by time: promise a confirmed, due 12:00", (Active, Pending)),
        line("4 past", &[found("15:00")], "16:00", time(), "15:00 by time: promise a confirmed, due 12:00 | 15:00 by time: promise a breached, due 12:00, born late", (Overdue, Breached)),
        line("4 past, confirmed", &[found("15:00")], "14:00", about("confirm", 'a', ""), "14:00: promise a confirmed, due 12:00 | 14:00: promise a breached, due 12:00, born late", (Overdue, Breached)),
        line("5", &[with(CONDITION)], "11:00", about("meet_condition", 'a', SHOWN), "11:00: promise a condition met 11:00, due 14:00", (Active, Pending)),
        line("6", &[with(CONDITION)], "11:30", time(), "11:00 by time: promise a lapsed", (Closed, Void)),
        line("7", &[with(CONDITION)], "10:00", about("withdraw", 'a', TOLD), "10:00: promise a void: withdrawn", (Closed, Void)),
        line("8 candidate", &[found("10:00")], "09:30", about("fulfil", 'a', ""), "09:30: promise a fulfilled 09:30", (Closed, Fulfilled)),
        line("8 conditional", &[with(CONDITION)], "09:30", about("fulfil", 'a', ""), "09:30: promise a fulfilled 09:30", (Closed, Fulfilled)),
        line("8 active", &[plain()], "12:00", about("fulfil", 'a', ""), "12:00: promise a fulfilled 12:00", (Closed, Fulfilled)),
        line("8 paused", &[with(PAUSABLE), ("10:00", pause())], "15:00", about("fulfil", 'a', ""), "15:00: promise a fulfilled 15:00", (Closed, Fulfilled)),
        line("9 active", &[plain()], "10:00", attempt("not_reached"), "10:00: promise a tried 10:00: NotReached", (Active, Pending)),
        line("9 paused", &[with(PAUSABLE), ("10:00", pause())], "10:30", attempt("message_left"), "10:30: promise a tried 10:30: MessageLeft", (Paused, Pending)),
        line("9 overdue", &broken(), "12:30", attempt("not_reached"), "12:30: promise a tried 12:30: NotReached", (Overdue, Breached)),
        line("9 too early", &[with(SLOT)], "09:59", about("fulfil", 'a', ""), "09:59: promise a tried 09:59: TooEarly", (Active, Pending)),
        line("9a", &[plain()], "10:00", announce(), "10:00: promise a announced", (Active, Pending)),
        line("9a candidate", &[found("10:00")], "09:30", announce(), "09:30: promise a announced", (Candidate, Pending)),
        line("9a conditional", &[with(CONDITION)], "10:00", announce(), "10:00: promise a announced", (Conditional, Pending)),
        line("9a paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", announce(), "11:00: promise a announced", (Paused, Pending)),
        line("9a overdue", &broken(), "13:00", announce(), "13:00: promise a announced", (Overdue, Breached)),
        line("10", &[with(r#", "warn": ["50 %"]"#)], "11:00", time(), "10:30 by time: promise a warned 50 %, due 12:00", (Active, Pending)),
        line("11", &[plain()], "13:00", time(), "12:00 by time: promise a breached, due 12:00", (Overdue, Breached)),
        line("11 owes", &[with(OWES)], "13:00", time(), "12:00 by time: promise a breached, due 12:00 | 12:00 by time: explanation for promise a due 14:00", (Overdue, Breached)),
        line("12", &[with(PAUSABLE)], "10:00", pause(), "10:00: promise a paused (logs), 2 hours left, until 20:00", (Paused, Pending)),
        line("13", &[with(PAUSABLE), ("10:00", pause())], "10:30", about("pause", 'a', r#", "reason": "visit", "told": "m-1""#), "10:30: promise a also paused (visit)", (Paused, Pending)),
        line("14", &[with(PAUSABLE), ("10:00", pause())], "15:00", about("resume", 'a', r#", "reason": "logs""#), "15:00: promise a resumed (logs), due 17:00", (Active, Pending)),
        line("14 by time", &[with(PAUSABLE), ("10:00", pause())], "21:00", time(), "20:00 by time: promise a resumed (time is up), due 22:00", (Active, Pending)),
        line("15 conditional", &[with(CONDITION)], "10:00", about("amend", 'a', r#", "due": {"within": "1 hour"}"#), "10:00: promise a amended, 1 hour left, due 12:00", (Conditional, Pending)),
        line("15 active", &[plain()], "10:00", amend("11:00"), "10:00: promise a amended, 1 hour left, due 11:00", (Active, Pending)),
        line("15 paused", &[with(PAUSABLE), ("10:00", pause())], "15:00", amend("16:30"), "15:00: promise a amended, 90 minutes left, due 16:30", (Paused, Pending)),
        line("16", &[plain()], "10:00", propose("17:00"), "10:00: promise a proposed 17:00", (Active, Pending)),
        line("16 conditional", &[with(CONDITION)], "10:00", propose("17:00"), "10:00: promise a proposed 17:00", (Conditional, Pending)),
        line("16 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", propose("17:00"), "11:00: promise a proposed 17:00", (Paused, Pending)),
        line("17", &[plain(), ("10:00", propose("17:00"))], "11:00", accept(), "11:00: promise a void: now promise b | 11:00: promise b due 17:00", (Closed, Void)),
        line("17 conditional", &[with(CONDITION), ("10:00", propose("17:00"))], "10:30", accept(), "10:30: promise a void: now promise b | 10:30: promise b on condition until 11:00, due at the latest 17:00", (Closed, Void)),
        line("17 paused", &[with(PAUSABLE), ("10:00", pause()), ("10:00", propose("17:00"))], "11:00", accept(), "11:00: promise a void: now promise b | 11:00: promise b due 17:00", (Closed, Void)),
        line("17 declined", &[plain(), ("10:00", propose("17:00"))], "11:00", about("decline", 'a', SHOWN), "11:00: promise a proposal declined", (Active, Pending)),
        line("17a declined", &[plain(), ("10:00", propose("17:00")), ("11:00", about("decline", 'a', SHOWN))], "13:00", time(), "12:00 by time: promise a breached, due 12:00", (Overdue, Breached)),
        line("17a", &[plain(), ("10:00", propose("17:00"))], "13:00", time(), "12:00 by time: promise a breached, due 12:00 | 12:00 by time: successor of promise a due 17:00 | 12:00 by time: promise a superseded by successor of promise a", (Closed, Breached)),
    ]
}
