//! Rungs that nobody means: told at midnight, waited for too briefly, or told to a role that there may not be.

mod climbed;
mod roles;

use alloc::format;
use alloc::vec::Vec;

use super::{Advice, Edition, Given, give};
use crate::Timestamp;
use crate::calendar::{Calendar, Term};
use crate::commitment::{Context, Hours};
use crate::escalation::Ladder;

const QUARTER: u64 = 15 * 60_000_000;
const FOUR_WEEKS: u64 = 28 * 24 * 4 * QUARTER;
/// A Monday.
const FROM: Timestamp = Timestamp::from_micros(1_772_409_600_000_000);

pub(super) fn check(edition: &Edition, given: &mut Given) {
    for (index, ladder) in edition.ladders.iter().enumerate() {
        outside_hours(edition, ladder, index, given);
        climbed::check(edition, ladder, index, given);
        across_units(ladder, index, given);
    }
    roles::check(edition, given);
}

/// What is written in two units may be the longer one way or the other; and nobody waits for what is told together.
fn across_units(ladder: &Ladder, index: usize, given: &mut Given) {
    let (hold, most) = (ladder.hold, ladder.hold_at_most);
    if !hold.is_of_the_unit(most) {
        give(given, format!("ladders[{index}].hold_at_most"), Advice::AcrossUnits { hold, most });
    }
    let Some(window) = ladder.window.map(Term::Elapsed) else { return };
    let mut rungs = ladder.rungs.iter();
    // After the last rung of the last round nobody else hears of it.
    let waited_for = if ladder.repeats == 0 { ladder.rungs.len().saturating_sub(1) } else { ladder.rungs.len() };
    if let Some(rung) = rungs.by_ref().take(waited_for).find(|rung| rung.wait.is_shorter_than(window)) {
        let (role, wait) = (rung.notify.clone(), rung.wait);
        give(given, format!("ladders[{index}].window"), Advice::WindowOutlasts { window, role, wait });
    }
}

/// Tries every quarter of an hour of four weeks at which the desk is open.
fn outside_hours(edition: &Edition, ladder: &Ladder, index: usize, given: &mut Given) {
    let name = ladder.calendar.as_ref().or(edition.calendar.as_ref());
    let Some(calendar) = name.and_then(|name| edition.calendar(name)) else { return };
    let starts = open_quarters(calendar);
    let Some(first) = starts.first() else { return };
    // A ladder in elapsed time alone whose desk never closes tells nobody outside its hours.
    let mut always: Vec<Option<bool>> = ladder.rungs.iter().map(|_| None).collect();
    let hours = Hours { calendars: Some(edition.calendars()), ..Hours::NONE };
    for start in &starts {
        for at_rung in told(ladder, Context::at(*first, hours), *start) {
            if let Some(always) = always.get_mut(at_rung.0) {
                *always = Some(always.unwrap_or(true) && !calendar.is_open(at_rung.1));
            }
        }
    }
    for (rung, role) in ladder.rungs.iter().enumerate().filter(|(rung, _)| always.get(*rung) == Some(&Some(true))) {
        let role = role.notify.clone();
        give(given, format!("ladders[{index}].rungs[{rung}]"), Advice::OutsideHours { role });
    }
}

/// When each rung is told, whichever cause begins at an instant; only the first time up counts, and of a rung below that nothing is known.
fn told(ladder: &Ladder, context: Context<'_>, start: Timestamp) -> Vec<(usize, Timestamp)> {
    let named = ladder.calendar.as_ref();
    let begin = |after: Option<_>| after.map_or(start, |after| context.after(start, after, named).0);
    let mut begins: Vec<(u16, Timestamp)> =
        ladder.causes.iter().map(|cause| (cause.rung, begin(cause.after))).collect();
    if begins.is_empty() {
        begins.push((1, start));
    }
    let mut all = Vec::new();
    for (rung, mut at) in begins {
        for (index, step) in ladder.rungs.iter().enumerate().skip(usize::from(rung.saturating_sub(1))) {
            all.push((index, at));
            at = context.after(at, step.wait, named).0;
        }
    }
    all
}

fn open_quarters(calendar: &Calendar) -> Vec<Timestamp> {
    let spans = calendar.open_spans(FROM, FROM.plus_micros(FOUR_WEEKS));
    let quarters = |span: crate::calendar::Span| {
        let count = span.until.micros_since(span.from).div_ceil(QUARTER);
        (0..count).map(move |nth| span.from.plus_micros(nth.saturating_mul(QUARTER)))
    };
    spans.flat_map(quarters).collect()
}
