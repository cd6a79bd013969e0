//! The chart as a table: a line for each row, and one for each pair of a phase and an order that the chart does not have, refused
//! with its own reason and the values that decided it.
//!
//! Phases and orders are enumerated from the enums: whoever adds one has to say here what it does.

#![allow(missing_docs, clippy::pedantic)]

#[allow(dead_code, reason = "shared with the rules")]
mod desk;

use desk::*;
use owed::commitment::{Chasing, Order, PhaseName, Refusal as Why, Verdict};
use owed::{Order as Any, Refusal};

use PhaseName::{Active, Candidate, Closed, Conditional, Overdue, Paused};
use Verdict::{Breached, Fulfilled, Pending, Void};

const PAUSABLE: &str = r#", "pausable": {"total": "10 hours"}"#;
const CONDITION: &str = r#", "condition": {"what": "logs", "limit": {"within": "2 hours"}}"#;
const SLOT: &str = r#", "opens_at": "2026-03-02T10:00:00Z""#;
const OWES: &str = r#", "breach_owes": {"deliverable": "explanation", "within": "2 hours"}"#;
const REPAIRS: &str = r#", "repairs": "@a""#;
const LOGS: &str = r#", "reason": "logs", "told": "m-1""#;
const SHOWN: &str = r#", "evidence": "m-2""#;
const TOLD: &str = r#", "notice": "m-2""#;
const NEXT: &str = r#", "reason": "bounced", "successor": "@b""#;
const BACK: &str = r#", "successor": "@b""#;
const THREE: &str = r#"{"within": "3 hours"}"#;

/// A desk where a person may put right within a day what he got wrong.
fn desk() -> Desk {
    let mut desk = Desk::with(r#"{ "corrections": {"window": "24 hours"}, "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk
}

fn three_hours(more: &str) -> String {
    promise_with('a', THREE, more)
}

/// The order without its room, to stand inside another.
fn inside(promise: &str) -> String {
    promise.replacen(r#""room": "commitment", "type": "promise", "#, "", 1)
}

fn suggest(review_by: &str, more: &str) -> String {
    let promise = inside(&three_hours(more));
    format!(r#"{{"room": "commitment", "type": "suggest", "review_by": "{review_by}", "promise": {promise}}}"#)
}

fn pause() -> String {
    about("pause", 'a', LOGS)
}

fn due(order: &str, time: &str, more: &str) -> String {
    about(order, 'a', &format!(r#", "due": {{"at": "2026-03-02T{time}:00Z"}}{more}"#))
}

fn amend(time: &str) -> String {
    due("amend", time, "")
}

fn propose(time: &str) -> String {
    due("propose", time, r#", "told": "m-5""#)
}

fn accept() -> String {
    about("accept", 'a', r#", "successor": "@b", "evidence": "m-6""#)
}

fn chase(step: &str) -> String {
    about("chase", 'a', &format!(r#", "step": {step}, "message": "m-7""#))
}

fn attempt(reached: &str) -> String {
    about("attempt", 'a', &format!(r#", "outcome": "{reached}""#))
}

fn delegate(within: &str) -> String {
    let child = inside(&promise('b', &format!(r#"{{"within": "{within}"}}"#)));
    let child = child.replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "desk"}"#);
    about("delegate", 'a', &format!(r#", "promise": {child}"#))
}

fn in_error() -> String {
    about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#)
}

fn exclude() -> String {
    about("exclude", 'a', r#", "reason": "storm", "approver": {"agent": "lea"}"#)
}

fn write_off() -> String {
    about("write_off", 'a', r#", "authority": {"agent": "lea"}, "reason": "bankrupt""#)
}

/// What was on record before, what is ordered then (nothing: time passes), what is recorded of it, and where that leaves promise a.
struct Line {
    row: &'static str,
    before: Vec<(&'static str, String)>,
    at: &'static str,
    order: String,
    said: &'static str,
    stands: (PhaseName, Verdict),
}

fn line(
    row: &'static str,
    before: &[(&'static str, String)],
    at: &'static str,
    order: String,
    said: &'static str,
    stands: (PhaseName, Verdict),
) -> Line {
    Line { row, before: before.to_vec(), at, order, said, stands }
}

/// Does what was ordered; an instant with a second one after it is what happened then, as the channel vouches.
fn carry_out(desk: &mut Desk, at: &str, order: &str) -> Vec<String> {
    match at.split_once(" of ") {
        _ if order.is_empty() => desk.wake(&format!("02 {at}")),
        Some((at, happened)) => desk.fetched(&format!("02 {at}"), &format!("02 {happened}"), order),
        None => desk.at(&format!("02 {at}"), order),
    }
}

#[rustfmt::skip]
fn chart() -> Vec<Line> {
    let time = String::new;
    let plain = || ("09:00", three_hours(""));
    let with = |more: &str| ("09:00", three_hours(more));
    let found = |review_by: &str| ("09:00", suggest(&format!("2026-03-02T{review_by}:00Z"), ""));
    let done = |at| (at, about("fulfil", 'a', ""));
    let broken = || [plain(), ("12:30", time())];
    let asked = || [plain(), ("09:10", chase(r#""asked""#)), ("09:20", chase(r#""reminded""#)), ("09:30", chase(r#""reminded""#)),
        ("09:40", chase(r#"{"warned": {"until": "2026-03-02T10:00:00Z"}}"#))];
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
        line("9a", &[plain()], "10:00", about("announce", 'a', r#", "message": "m-1""#), "10:00: promise a announced", (Active, Pending)),
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
        line("17", &[plain(), ("10:00", propose("17:00"))], "11:00", accept(), "11:00: promise a void: now promise b | 11:00: promise b due 17:00", (Closed, Void)),
        line("17 conditional", &[with(CONDITION), ("10:00", propose("17:00"))], "10:30", accept(), "10:30: promise a void: now promise b | 10:30: promise b on condition until 11:00, due at the latest 17:00", (Closed, Void)),
        line("17 paused", &[with(PAUSABLE), ("10:00", pause()), ("10:00", propose("17:00"))], "11:00", accept(), "11:00: promise a void: now promise b | 11:00: promise b due 17:00", (Closed, Void)),
        line("17 declined", &[plain(), ("10:00", propose("17:00"))], "11:00", about("decline", 'a', SHOWN), "11:00: promise a proposal declined", (Active, Pending)),
        line("17a declined", &[plain(), ("10:00", propose("17:00")), ("11:00", about("decline", 'a', SHOWN))], "13:00", time(), "12:00 by time: promise a breached, due 12:00", (Overdue, Breached)),
        line("17a", &[plain(), ("10:00", propose("17:00"))], "13:00", time(), "12:00 by time: promise a breached, due 12:00 | 12:00 by time: successor of promise a due 17:00 | 12:00 by time: promise a superseded by successor of promise a", (Closed, Breached)),
        line("18 conditional", &[with(CONDITION)], "10:00", about("release", 'a', SHOWN), "10:00: promise a released", (Closed, Void)),
        line("18 active", &[plain()], "10:00", about("release", 'a', SHOWN), "10:00: promise a released", (Closed, Void)),
        line("18 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", about("release", 'a', SHOWN), "11:00: promise a released", (Closed, Void)),
        line("18a asked", &[plain()], "09:10", chase(r#""asked""#), "09:10: promise a asked", (Active, Pending)),
        line("18a silent", &asked(), "10:00:00.000001", about("find_absent", 'a', ""), "10:00:00.000001: promise a void: customer absent", (Closed, Void)),
        line("18a missed", &[with(SLOT), ("10:10", attempt("not_reached")), ("10:40", attempt("message_left"))], "10:40", about("find_absent", 'a', ""), "10:40: promise a void: customer absent", (Closed, Void)),
        line("18a back", &[with(SLOT), ("10:10", attempt("not_reached")), ("11:00", attempt("message_left")), ("11:00", about("find_absent", 'a', ""))], "16:00", about("take_up_again", 'a', BACK), "16:00: promise b due 17:00", (Closed, Void)),
        line("19 active", &[plain()], "10:00", about("withdraw", 'a', TOLD), "10:00: promise a breached, due 12:00, withdrawn", (Overdue, Breached)),
        line("19 paused", &[with(PAUSABLE), ("10:00", pause())], "11:00", about("withdraw", 'a', TOLD), "11:00: promise a breached, due 13:00, withdrawn", (Overdue, Breached)),
        line("19a", &[plain()], "10:00", about("declare_impossible", 'a', TOLD), "10:00: promise a breached, due 12:00, impossible | 10:00: promise a ended: impossible | 10:00: explanation for promise a due 03 10:00", (Closed, Breached)),
        line("19b", &broken(), "13:00", about("declare_impossible", 'a', TOLD), "13:00: promise a ended: impossible | 13:00: explanation for promise a due 03 13:00", (Closed, Breached)),
        line("20", &broken(), "12:30", about("fulfil", 'a', ""), "12:30: promise a late 12:30, by 1800 s", (Closed, Breached)),
        line("21", &broken(), "13:00", promise_with('b', THREE, REPAIRS), "13:00: promise b due 16:00 | 13:00: promise a superseded by promise b", (Closed, Breached)),
        line("22", &broken(), "13:00", about("waive", 'a', SHOWN), "13:00: promise a ended: waived", (Closed, Breached)),
        line("23", &broken(), "13:00", write_off(), "13:00: promise a ended: written off (bankrupt)", (Closed, Breached)),
        line("23a overdue", &broken(), "13:00", exclude(), "13:00: promise a excluded (storm)", (Overdue, Breached)),
        line("23a closed", &[plain(), done("12:30")], "13:00", exclude(), "13:00: promise a excluded (storm)", (Closed, Breached)),
        line("24", &[plain()], "10:00", about("hand_over", 'a', r#", "owner": {"team": "night"}"#), "10:00: promise a handed over to night", (Active, Pending)),
        line("25 conditional", &[with(CONDITION)], "10:00", delegate("1 hour"), "10:00: promise b due 11:00 | 10:00: promise a given on as promise b", (Conditional, Pending)),
        line("25 active", &[plain()], "10:00", delegate("1 hour"), "10:00: promise b due 11:00 | 10:00: promise a given on as promise b", (Active, Pending)),
        line("25 overdue", &broken(), "13:00", delegate("1 hour"), "13:00: promise b due 14:00 | 13:00: promise a given on as promise b, too late", (Overdue, Breached)),
        line("25 at risk", &[plain(), ("10:00", delegate("1 hour"))], "11:30", time(), "11:00 by time: promise b breached, due 11:00 | 11:00 by time: promise a at risk: promise b", (Active, Pending)),
        line("26", &[plain(), done("10:00")], "11:00", about("redact", 'a', r#", "reference": "m-1""#), "11:00: promise a redacted m-1", (Closed, Fulfilled)),
        line("27 overdue", &broken(), "12:30 of 12:00", about("fulfil", 'a', ""), "12:30: promise a corrected 12:00", (Closed, Fulfilled)),
        line("27 closed", &[plain(), done("12:30")], "13:00 of 11:00", about("fulfil", 'a', ""), "13:00: promise a corrected 11:00", (Closed, Fulfilled)),
        line("27 repair", &[plain(), ("12:30", promise_with('b', THREE, REPAIRS))], "13:00 of 11:00", about("fulfil", 'a', ""), "13:00: promise a corrected 11:00 | 13:00: promise b void: promise a corrected", (Closed, Fulfilled)),
        line("27a", &[plain(), done("10:00")], "11:00", about("retract", 'a', NEXT), "11:00: promise a void: retracted (bounced), now promise b | 11:00: promise b due 12:00", (Closed, Void)),
        line("27a late", &[plain(), done("10:00")], "13:00", about("retract", 'a', NEXT), "13:00: promise a void: retracted (bounced), now promise b | 13:00: promise b due 12:00 | 13:00: promise b breached, due 12:00, born late", (Closed, Void)),
        line("28 open", &[plain()], "10:00", in_error(), "10:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 closed", &[plain(), done("10:00")], "11:00", in_error(), "11:00: promise a void: in error (spam)", (Closed, Void)),
        line("28 undone", &[plain(), ("10:00", in_error())], "11:00", about("reinstate", 'a', BACK), "11:00: promise b due 12:00", (Closed, Void)),
    ]
}

/// Row 10 to 23 of other rooms' orders (15a, 18b, 20a, 12a, 12b) have no order here: an agreement gives them.
#[test]
fn every_row_of_the_chart() {
    let lines = chart();
    for Line { row, before, at, order, said, stands } in &lines {
        let mut desk = desk();
        for (at, order) in before {
            carry_out(&mut desk, at, order);
        }
        let told: Vec<String> = carry_out(&mut desk, at, order).iter().map(|line| line.replace("02 ", "")).collect();
        assert_eq!(told.join(" | "), *said, "row {row}");
        let known = desk.ticket.ledger().get(promise_id('a')).expect("made");
        assert_eq!((known.phase.name(), known.verdict()), *stands, "row {row}");
        if known.phase.name() != Closed {
            continue;
        }
        // Row 29, after every row that closes: the same command again does nothing, another is refused.
        let refused = desk.refused("03 23:00", &about("release", 'a', SHOWN));
        assert!(matches!(because(refused), Why::AlreadyClosed { .. }), "row {row}, then 29");
    }
    println!("{} lines", lines.len());
}

fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

/// A promise a that is in a phase since ten o'clock, without anything under way.
fn in_phase(phase: PhaseName) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let mut give = |at: &str, order: &str| drop(desk.at(at, order));
    match phase {
        Candidate => give("02 10:00", &suggest("2026-03-03T10:00:00Z", PAUSABLE)),
        Conditional => give("02 10:00", &three_hours(&format!("{CONDITION}{PAUSABLE}"))),
        Active => give("02 10:00", &three_hours(PAUSABLE)),
        Paused => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &pause());
        }
        Overdue => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &about("withdraw", 'a', TOLD));
        }
        Closed => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &about("release", 'a', SHOWN));
        }
    }
    let known = desk.ticket.ledger().get(promise_id('a')).expect("made");
    assert_eq!(known.phase.name(), phase);
    desk
}

/// Every phase, each after the one before it.
fn phase_after(phase: PhaseName) -> Option<PhaseName> {
    match phase {
        Candidate => Some(Conditional),
        Conditional => Some(Active),
        Active => Some(Paused),
        Paused => Some(Overdue),
        Overdue => Some(Closed),
        Closed => None,
    }
}

/// Every order about promise a, each after the one before it.
fn order_after(order: &Order) -> Option<String> {
    Some(match order {
        Order::Promise(_) => suggest("2026-03-03T10:00:00Z", ""),
        Order::Suggest { .. } => about("fulfil", 'a', ""),
        Order::Fulfil { .. } => about("pause", 'a', r#", "reason": "visit", "told": "m-1""#),
        Order::Pause { .. } => about("resume", 'a', r#", "reason": "logs""#),
        Order::Resume { .. } => about("release", 'a', SHOWN),
        Order::Release { .. } => about("withdraw", 'a', TOLD),
        Order::Withdraw { .. } => about("hand_over", 'a', r#", "owner": {"team": "night"}"#),
        Order::HandOver { .. } => about("confirm", 'a', ""),
        Order::Confirm { .. } => about("dismiss", 'a', r#", "reason": "irony""#),
        Order::Dismiss { .. } => about("meet_condition", 'a', SHOWN),
        Order::MeetCondition { .. } => attempt("not_reached"),
        Order::Attempt { .. } => about("announce", 'a', r#", "message": "m-1""#),
        Order::Announce { .. } => about("amend", 'a', r#", "due": {"within": "2 hours"}"#),
        Order::Amend { .. } => propose("20:00"),
        Order::Propose { .. } => accept(),
        Order::Accept { .. } => about("decline", 'a', SHOWN),
        Order::Decline { .. } => chase(r#""asked""#),
        Order::Chase { .. } => about("hear", 'a', ""),
        Order::Hear { .. } => about("find_absent", 'a', ""),
        Order::FindAbsent { .. } => about("take_up_again", 'a', BACK),
        Order::TakeUpAgain { .. } => about("declare_impossible", 'a', TOLD),
        Order::DeclareImpossible { .. } => about("waive", 'a', SHOWN),
        Order::Waive { .. } => write_off(),
        Order::WriteOff { .. } => exclude(),
        Order::Exclude { .. } => delegate("1 hour"),
        Order::Delegate { .. } => about("retract", 'a', NEXT),
        Order::Retract { .. } => in_error(),
        Order::RecordInError { .. } => about("reinstate", 'a', BACK),
        Order::Reinstate { .. } => about("redact", 'a', r#", "reference": "m-1""#),
        Order::Redact { .. } => {
            let from = r#""from": {"team": "desk"}, "to": {"team": "night"}"#;
            format!(r#"{{"room": "commitment", "type": "hand_over_all", {from}}}"#)
        }
        Order::HandOverAll { .. } => SERIES.into(),
        Order::StartSeries(_) => STOP.into(),
        Order::StopSeries { .. } => return None,
    })
}

const SERIES: &str = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
    "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "horizon": {"within": "90 hours"},
    "lead": {"team": "leads"}, "decide_within": "1 hour"}"#;
const STOP: &str = r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-9"}"#;

/// What the chart says to an order in a phase.
#[derive(Debug, PartialEq)]
enum Answer {
    /// It has a row, and is taken.
    Taken,
    /// It has a row, and something is missing that comes before it.
    NotYet(Why),
    /// It has none.
    Refused(Why),
}

/// The chart: in which phases it has a row for an order about a commitment that nothing else has happened to.
fn answer(phase: PhaseName, order: &Order) -> Answer {
    let commitment = promise_id('a');
    let no_row = match phase {
        Candidate | Conditional | Active | Paused | Overdue => Answer::Refused(Why::WrongPhase { commitment, phase }),
        Closed => Answer::Refused(Why::AlreadyClosed { commitment, closed: t("02 10:00") }),
    };
    let only_in = |phases: &[PhaseName]| if phases.contains(&phase) { Answer::Taken } else { no_row };
    match order {
        // Rows 1 and 2: an id is given once, whatever became of it.
        Order::Promise(_) | Order::Suggest { .. } => Answer::Refused(Why::AlreadyMade { commitment }),
        Order::Confirm { .. } | Order::Dismiss { .. } => only_in(&[Candidate]),
        Order::MeetCondition { .. } => only_in(&[Conditional]),
        // Rows 8 and 20; row 27 needs proof, which there is none of here.
        Order::Fulfil { .. } => only_in(&[Candidate, Conditional, Active, Paused, Overdue]),
        Order::Attempt { .. } => only_in(&[Active, Paused, Overdue]),
        Order::Announce { .. } | Order::HandOver { .. } | Order::Hear { .. } => {
            only_in(&[Candidate, Conditional, Active, Paused, Overdue])
        }
        Order::Pause { .. } => only_in(&[Active, Paused]),
        Order::Resume { .. } => only_in(&[Paused]),
        Order::Amend { .. } | Order::Propose { .. } => only_in(&[Conditional, Active, Paused]),
        Order::Accept { .. } | Order::Decline { .. } => match only_in(&[Conditional, Active, Paused]) {
            Answer::Taken => Answer::NotYet(Why::NoProposal { commitment }),
            refused => refused,
        },
        Order::Release { .. } | Order::Withdraw { .. } => only_in(&[Conditional, Active, Paused]),
        Order::Chase { .. } => only_in(&[Active, Paused]),
        Order::FindAbsent { .. } => match only_in(&[Active, Paused]) {
            Answer::Taken => Answer::NotYet(Why::StepMissing { commitment, so_far: Chasing::default() }),
            refused => refused,
        },
        // Only what was closed for that may come back.
        Order::TakeUpAgain { .. } | Order::Retract { .. } | Order::Reinstate { .. } => only_in(&[]),
        Order::DeclareImpossible { .. } => only_in(&[Active, Paused, Overdue]),
        Order::Waive { .. } | Order::WriteOff { .. } => only_in(&[Overdue]),
        Order::Exclude { .. } => match phase {
            Overdue => Answer::Taken,
            Candidate | Conditional | Active | Paused | Closed => Answer::Refused(Why::NoBreach { commitment }),
        },
        Order::Delegate { .. } => only_in(&[Conditional, Active, Overdue]),
        // Row 28; what is closed, inside a window that this rulebook does not have.
        Order::RecordInError { .. } => match phase {
            Candidate | Conditional | Active | Paused => Answer::Taken,
            Overdue | Closed => Answer::Refused(Why::CorrectionOver { commitment, closed: t("02 10:00"), until: None }),
        },
        Order::Redact { .. } | Order::HandOverAll { .. } | Order::StartSeries(_) => Answer::Taken,
        // None of the kind has begun.
        Order::StopSeries { series, .. } => Answer::Refused(Why::UnknownSeries { series: *series }),
    }
}

#[test]
fn every_pair_of_phase_and_order() {
    let (mut taken, mut refused) = (0, 0);
    for phase in std::iter::successors(Some(Candidate), |phase| phase_after(*phase)) {
        let mut next = Some(three_hours(""));
        while let Some(order) = next {
            let mut desk = in_phase(phase);
            let command = desk.command("02 10:30", &order);
            let Any::Commitment(order) = &command.order else { panic!("an order of this room") };
            let before = desk.ticket.clone();
            let given = match desk.handle(&command) {
                Ok(_) => Answer::Taken,
                Err(why) => {
                    assert_eq!(desk.ticket, before, "what is refused changes nothing");
                    assert_eq!(why.meanwhile, [], "nothing was to happen by then");
                    Answer::Refused(because(why.why))
                }
            };
            let expected = answer(phase, order);
            if let Answer::Refused(why) | Answer::NotYet(why) = &expected {
                refused += 1;
                // The values are told to a person, too.
                let id = match order {
                    Order::StopSeries { series, .. } => series.to_string(),
                    _ => promise_id('a').to_string(),
                };
                assert!(why.to_string().contains(&id), "{why}");
            } else {
                taken += 1;
            }
            match (given, expected) {
                (Answer::Refused(why), Answer::NotYet(expected)) => assert_eq!(why, expected, "{phase}: {order:?}"),
                (given, expected) => assert_eq!(given, expected, "{phase}: {order:?}"),
            }
            next = order_after(order);
        }
    }
    println!("{taken} pairs are taken, {refused} refused");
    assert_eq!(taken + refused, 6 * 33);
}
