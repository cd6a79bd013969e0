//! The lines of rows 18 to 29: how it ends, is given on, and is put right.

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
    let done = |at| (at, about("fulfil", 'a', ""));
    let broken = || [plain(), ("12:30", time())];
    let asked = || [plain(), ("09:10", chase(r#""asked""#)), ("09:20", chase(r#""reminded""#)), ("09:30", chase(r#""reminded""#)),
        ("09:40", chase(r#"{"warned": {"until": "2026-03-02T10:00:00Z"}}"#))];
    let give = || about("hand_over", 'a', r#", "owner": {"team": "night"}"#);
    let erase = || about("redact", 'a', r#", "reference": "m-1""#);
    vec![
        line("18 conditional", &[with(CONDITION)], "10:00", about("release", 'a', SHOWN), "10:00: promise a released", (Closed, Void)),
        line("18 active", &[plain()], "10:00", about("release", 'a', SHOWN), "10:00: promise a released", (Closed, Void)),
        line("18 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", about("release", 'a', SHOWN), "11:00: promise a released", (Closed, Void)),
        line("18a asked", &[plain()], "09:10", chase(r#""asked""#), "09:10: promise a asked", (Active, Pending)),
        line("18a silent", &asked(), "10:00:00.000001", about("find_absent", 'a', ""), "10:00:00.000001: promise a void: customer absent", (Closed, Void)),
        line("18a paused", &[with(PAUSABLE), ("09:05", pause()), asked()[1].clone(), asked()[2].clone(), asked()[3].clone(), asked()[4].clone()], "10:00:00.000001", about("find_absent", 'a', ""), "10:00:00.000001: promise a void: customer absent", (Closed, Void)),
        line("18a missed", &[with(SLOT), ("10:10", attempt("not_reached")), ("10:40", attempt("message_left"))], "10:40", about("find_absent", 'a', ""), "10:40: promise a void: customer absent", (Closed, Void)),
        line("18a back", &[with(SLOT), ("10:10", attempt("not_reached")), ("11:00", attempt("message_left")), ("11:00", about("find_absent", 'a', ""))], "16:00", about("take_up_again", 'a', BACK), "16:00: promise b due 17:00", (Closed, Void)),
        line("19 active", &[plain()], "10:00", about("withdraw", 'a', TOLD), "10:00: promise a breached, due 12:00, withdrawn", (Overdue, Breached)),
        line("19 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", about("withdraw", 'a', TOLD), "11:00: promise a breached, due 13:00, withdrawn", (Overdue, Breached)),
        line("19a", &[plain()], "10:00", about("declare_impossible", 'a', TOLD), "10:00: promise a breached, due 12:00, impossible | 10:00: promise a ended: impossible | 10:00: explanation for promise a due 03 10:00", (Closed, Breached)),
        line("19a paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", about("declare_impossible", 'a', TOLD), "11:00: promise a breached, due 13:00, impossible | 11:00: promise a ended: impossible | 11:00: explanation for promise a due 03 11:00", (Closed, Breached)),
        line("19b", &broken(), "13:00", about("declare_impossible", 'a', TOLD), "13:00: promise a ended: impossible | 13:00: explanation for promise a due 03 13:00", (Closed, Breached)),
        line("20", &broken(), "12:30", about("fulfil", 'a', ""), "12:30: promise a late 12:30, by 1800 s", (Closed, Breached)),
        line("21", &broken(), "13:00", promise_with('b', THREE, REPAIRS), "13:00: promise b due 16:00 | 13:00: promise a superseded by promise b", (Closed, Breached)),
        line("22", &broken(), "13:00", about("waive", 'a', SHOWN), "13:00: promise a ended: waived", (Closed, Breached)),
        line("23", &broken(), "13:00", write_off(), "13:00: promise a ended: written off (bankrupt)", (Closed, Breached)),
        line("23a overdue", &broken(), "13:00", exclude(), "13:00: promise a excluded (storm)", (Overdue, Breached)),
        line("23a closed", &[plain(), done("12:30")], "13:00", exclude(), "13:00: promise a excluded (storm)", (Closed, Breached)),
        line("24", &[plain()], "10:00", give(), "10:00: promise a handed over to night", (Active, Pending)),
        line("24 candidate", &[found("10:00")], "09:30", give(), "09:30: promise a handed over to night", (Candidate, Pending)),
        line("24 conditional", &[with(CONDITION)], "10:00", give(), "10:00: promise a handed over to night", (Conditional, Pending)),
        line("24 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", give(), "11:00: promise a handed over to night", (Paused, Pending)),
        line("24 overdue", &broken(), "13:00", give(), "13:00: promise a handed over to night", (Overdue, Breached)),
        line("25 conditional", &[with(CONDITION)], "10:00", delegate("1 hour"), "10:00: promise b due 11:00 | 10:00: promise a given on as promise b", (Conditional, Pending)),
        line("25 active", &[plain()], "10:00", delegate("1 hour"), "10:00: promise b due 11:00 | 10:00: promise a given on as promise b", (Active, Pending)),
        line("25 overdue", &broken(), "13:00", delegate("1 hour"), "13:00: promise b due 14:00 | 13:00: promise a given on as promise b, too late", (Overdue, Breached)),
        line("25 at risk", &[plain(), ("10:00", delegate("1 hour"))], "11:30", time(), "11:00 by time: promise b breached, due 11:00 | 11:00 by time: promise a at risk: promise b", (Active, Pending)),
        line("26", &[plain(), done("10:00")], "11:00", erase(), "11:00: promise a redacted m-1", (Closed, Fulfilled)),
        line("26 candidate", &[found("10:00")], "09:30", erase(), "09:30: promise a redacted m-1", (Candidate, Pending)),
        line("26 conditional", &[with(CONDITION)], "10:00", erase(), "10:00: promise a redacted m-1", (Conditional, Pending)),
        line("26 active", &[plain()], "10:00", erase(), "10:00: promise a redacted m-1", (Active, Pending)),
        line("26 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", erase(), "11:00: promise a redacted m-1", (Paused, Pending)),
        line("26 overdue", &broken(), "13:00", erase(), "13:00: promise a redacted m-1", (Overdue, Breached)),
        line("27 overdue", &broken(), "12:30 of 12:00", about("fulfil", 'a', ""), "12:30: promise a corrected 12:00", (Closed, Fulfilled)),
        line("27 closed", &[plain(), done("12:30")], "13:00 of 11:00", about("fulfil", 'a', ""), "13:00: promise a corrected 11:00", (Closed, Fulfilled)),
        line("27 repair", &[plain(), ("12:30", promise_with('b', THREE, REPAIRS))], "13:00 of 11:00", about("fulfil", 'a', ""), "13:00: promise a corrected 11:00 | 13:00: promise b void: promise a corrected", (Closed, Fulfilled)),
        line("27a", &[plain(), done("10:00")], "11:00", about("retract", 'a', NEXT), "11:00: promise a void: retracted (bounced), now promise b | 11:00: promise b due 12:00", (Closed, Void)),
        line("27a late", &[plain(), done("10:00")], "13:00", about("retract", 'a', NEXT), "13:00: promise a void: retracted (bounced), now promise b | 13:00: promise b due 12:00 | 13:00: promise b breached, due 12:00, born late", (Closed, Void)),
        line("28 open", &[plain()], "10:00", in_error(), "10:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 closed", &[plain(), done("10:00")], "11:00", in_error(), "11:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 candidate", &[found("10:00")], "09:30", in_error(), "09:30: promise a void: in error (spam)", (Closed, Void)),
        line("28 overdue", &broken(), "13:00", in_error(), "13:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 conditional", &[with(CONDITION)], "10:00", in_error(), "10:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", in_error(), "11:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 undone", &[plain(), ("10:00", in_error())], "11:00", about("reinstate", 'a', BACK), "11:00: promise b due 12:00", (Closed, Void)),
        line("29 again", &[plain(), done("10:00")], "11:00", about("fulfil", 'a', ""), "refused: already_closed", (Closed, Fulfilled)),
    ]
}
