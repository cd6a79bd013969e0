//! Random agreements and stories, made by looking at the reference only.

use super::cycle::State;
use super::desk::Desk;
use super::{Fact, MINUTE, Metric, Minute, Mode, Terms, Unit};
use crate::dice::Dice;

/// Priorities that there are; the last has no budget anywhere.
const NONE: &str = "none";

pub(super) fn terms(dice: &mut Dice<'_>) -> Terms {
    let metric = dice.one_of(&[Metric::FirstResolution, Metric::FirstResponse, Metric::NextResponse, Metric::Quiet]);
    let mode = dice.one_of(&[Mode::Keep, Mode::Keep, Mode::Restart, Mode::Recount]);
    let units = dice.one_of(&[[Unit::Working; 3], [Unit::Elapsed; 3], [Unit::Working, Unit::Working, Unit::Elapsed]]);
    let minutes = dice.one_of(&[[16 * 60, 4 * 60, 2 * 60], [8 * 60, 20 * 60, 7], [2400, 960, 1441], [120, 480, 60]]);
    let pauses = dice.chance(75);
    Terms {
        metric,
        mode,
        promised: dice.chance(25),
        budgets: ["low", "high", "urgent"]
            .iter()
            .zip(units)
            .zip(minutes)
            .map(|((of, unit), n)| (*of, unit, n))
            .collect(),
        pauses,
        total: dice.one_of(&[600, 6000, 30]),
        once: dice.one_of(&[None, Some(120), Some(15)]),
    }
}

/// A priority. What becomes of what ran while no target applied is said for what starts once, and is not counted again.
fn priority(dice: &mut Dice<'_>, terms: &Terms) -> &'static str {
    let once = matches!(terms.metric, Metric::FirstResolution | Metric::FirstResponse);
    let leaves = once && terms.mode != Mode::Recount && dice.chance(25);
    if leaves { NONE } else { dice.one_of(&["low", "high", "urgent"]) }
}

pub(super) fn next(dice: &mut Dice<'_>, terms: &Terms, desk: Option<&Desk>) -> (Minute, Fact) {
    let Some(desk) = desk else { return (8 * 60 + dice.one_of(&[60, 0, 500]), Fact::Open(priority(dice, terms))) };
    if let Some((at, ago)) = proof(dice, terms, desk) {
        return (at, Fact::Answer(ago));
    }
    let fact = match dice.below(16) {
        0 => Fact::Wake,
        1..5 => Fact::Priority(priority(dice, terms)),
        5..9 => Fact::Status(dice.one_of(&["pending", "open", "on_hold"])),
        9 | 10 if terms.metric == Metric::NextResponse => Fact::Ask,
        9..12 => Fact::Answer(ago(dice, terms)),
        12 if terms.metric == Metric::NextResponse => Fact::Answer(0),
        12 => Fact::Note,
        13 => Fact::Solve,
        14 => Fact::Reopen,
        _ => Fact::Status("open"),
    };
    (minute(dice, desk), fact)
}

/// An answer from about the time when a first one was due, or was found to be late, that is fetched now.
fn proof(dice: &mut Dice<'_>, terms: &Terms, desk: &Desk) -> Option<(Minute, i64)> {
    let (at, due, _) = desk.cycles.last()?.breach?;
    if terms.metric != Metric::FirstResponse || !dice.chance(40) {
        return None;
    }
    let (at, due) = (at.div_euclid(MINUTE), due.div_euclid(MINUTE));
    let sent = dice.one_of(&[at, due, (at + due) / 2, at - 1, due + 1, at + 1]);
    Some((desk.now, desk.now - sent.min(desk.now)))
}

/// How long before it was fetched an answer was sent. Where there are several stretches the crate's tests of its own have that.
fn ago(dice: &mut Dice<'_>, terms: &Terms) -> i64 {
    let once = terms.metric == Metric::FirstResponse;
    if once && dice.chance(60) { dice.one_of(&[1, 10, 60, 300]) } else { 0 }
}

/// Now, soon, or about when something is due.
fn minute(dice: &mut Dice<'_>, desk: &Desk) -> Minute {
    let point = desk.cycles.last().and_then(|cycle| match cycle.state {
        State::Running(due) => Some(due.div_euclid(MINUTE)),
        State::Standing => cycle.pausing.resume_by,
        State::Broken | State::Over(..) => None,
    });
    // A pause without a bound of its own lasts longer than any story.
    let point = point.filter(|point| *point < desk.now + 20_000);
    match (dice.below(8), point) {
        (0 | 1, _) => desk.now,
        (2, _) => desk.now + 1 + dice.below(10) as i64,
        (3 | 4, _) | (_, None) => desk.now + 30 * (1 + dice.below(16) as i64),
        (_, Some(point)) => (point + dice.below(3) as i64 - 1).max(desk.now),
    }
}
