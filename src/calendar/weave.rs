//! From the civil days of a calendar to its line: a wall clock is laid over each week of UTC.
//!
//! An instant is open if its wall clock shows a time that is. So a week is put together from stretches of constant
//! offset, each showing a part of the civil days: a skipped hour is in none of them, a repeated one is in two. Nobody has
//! to ask which instant a local time is.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::exceptions::Exception;
use super::pattern::{Pattern, Patterns};
use super::rules::{DayNumber, weekday};
use super::sets::{self, DAY};
use super::timeline::{Stretch, Timeline, TooManyStretches, WEEK, Weaver, start_of, week_of};
use super::zone::Offsets;

const DAY_SECONDS: i64 = DAY as i64;

/// The line of a calendar.
pub(super) fn weave(
    patterns: &Patterns,
    exceptions: &[Exception],
    zone: &[Offsets],
) -> Result<Timeline, TooManyStretches> {
    let weeks = irregular_weeks(patterns, zone);
    let (weaver, usual, stretches) = (Weaver::default(), BTreeMap::new(), Vec::new());
    let mut loom = Loom { patterns, weaver, usual, zone, exceptions, stretches };
    let offset = |stretch: Option<&Offsets>| stretch.map_or(0, |stretch| stretch.offset);
    let before = loom.usual(patterns.number_on(DayNumber::MIN), offset(zone.first()))?;
    let after = loom.usual(patterns.number_on(DayNumber::MAX), offset(zone.last()))?;
    let mut week = weeks.start;
    while week < weeks.end {
        week = loom.go_on(week, weeks.end)?;
    }
    Ok(loom.weaver.finish(weeks.start, before, after))
}

/// The weeks outside of which each is like the next.
pub(super) fn irregular_weeks(patterns: &Patterns, zone: &[Offsets]) -> core::ops::Range<i64> {
    // A day's instants lie within a day of it on either side, whatever the zone.
    let day = |day: &DayNumber, later: i64| week_of((i64::from(*day) + later) * DAY_SECONDS);
    let special = patterns.special();
    let days = special.first().zip(special.last()).map(|(first, last)| (day(first, -1), day(last, 2)));
    let change = |stretch: &Offsets| week_of(stretch.start);
    let changes = zone.get(1).zip(zone.last()).map(|(first, last)| (change(first), change(last)));
    match (days, changes) {
        (Some(days), Some(changes)) => days.0.min(changes.0)..days.1.max(changes.1) + 1,
        (Some((first, last)), None) | (None, Some((first, last))) => first..last + 1,
        (None, None) => 0..0,
    }
}

struct Loom<'a> {
    patterns: &'a Patterns,
    weaver: Weaver,
    /// The templates of the weeks that are all as usual, by pattern and offset.
    usual: BTreeMap<(usize, i32), u16>,
    /// From the stretch on in which the week at hand begins.
    zone: &'a [Offsets],
    /// The exceptions that are not yet over.
    exceptions: &'a [Exception],
    /// The week at hand.
    stretches: Vec<Stretch>,
}

impl Loom<'_> {
    /// Adds the weeks from one on that are all as usual, or one that is not. Returns the week behind them.
    fn go_on(&mut self, week: i64, end: i64) -> Result<i64, TooManyStretches> {
        let start = start_of(week);
        while let [_, next, ..] = self.zone
            && next.start <= start
        {
            self.zone = self.zone.get(1..).unwrap_or_default();
        }
        let offset = self.zone.first().map_or(0, |stretch| stretch.offset);
        let midnight = |day: DayNumber| i64::from(day) * DAY_SECONDS - i64::from(offset);
        // A day longer than it seems, for the clock may be put back.
        while let [exception, later @ ..] = self.exceptions
            && (exception.hours.is_none() || midnight(exception.day + 2) <= start)
        {
            self.exceptions = later;
        }
        let next = self.exceptions.iter().filter(|exception| exception.hours.is_some());
        let next = next.map(|exception| exception.day).find(|day| start < midnight(day + 1));
        let next = next.map_or(end, |day| week_of(midnight(day)));
        let change = self.zone.get(1).map_or(end, |next| week_of(next.start));
        let first = day_at(start + i64::from(offset));
        let other = self.patterns.next_after(first).map_or(end, |day| week_of(midnight(day)));
        let quiet = next.min(change).min(other).min(end);
        if quiet <= week {
            let template = self.odd(start)?;
            self.weaver.push(template, 1);
            return Ok(week + 1);
        }
        let template = self.usual(self.patterns.number_on(first), offset)?;
        self.weaver.push(template, usize::try_from(quiet - week).unwrap_or(0));
        Ok(quiet)
    }

    /// A week all of whose days are as usual, with one offset.
    fn usual(&mut self, pattern: usize, offset: i32) -> Result<u16, TooManyStretches> {
        let key = (pattern, offset);
        if let Some(template) = self.usual.get(&key) {
            return Ok(*template);
        }
        let found = self.patterns.get(pattern);
        let offset = i64::from(offset);
        let mut week = Vec::new();
        for day in day_at(start_of(0) + offset)..=day_at(start_of(1) + offset) {
            let hours = found.and_then(|pattern: &Pattern| pattern.hours.get(weekday(day)));
            let hours = hours.map(Vec::as_slice).unwrap_or_default();
            lay(&mut week, hours, i64::from(day) * DAY_SECONDS - offset - start_of(0), (0, WEEK));
        }
        let template = self.weaver.template(&week)?;
        self.usual.insert(key, template);
        Ok(template)
    }

    /// A week in which a day is not as usual, or clocks are changed.
    fn odd(&mut self, start: i64) -> Result<u16, TooManyStretches> {
        let mut week = core::mem::take(&mut self.stretches);
        week.clear();
        for (index, stretch) in self.zone.iter().enumerate() {
            let until = self.zone.get(index + 1).map_or(i64::MAX, |next| next.start).min(start + WEEK);
            let from = stretch.start.max(start);
            if from >= until {
                break;
            }
            let offset = i64::from(stretch.offset);
            let mut exceptions = self.exceptions;
            for day in day_at(from + offset)..=day_at(until - 1 + offset) {
                while let [exception, later @ ..] = exceptions
                    && exception.day < day
                {
                    exceptions = later;
                }
                let exception = exceptions.first().filter(|exception| exception.day == day);
                let hours = exception.and_then(|exception| exception.hours.as_deref());
                let hours = hours.unwrap_or_else(|| self.patterns.usual_on(day));
                lay(&mut week, hours, i64::from(day) * DAY_SECONDS - offset - start, (from - start, until - start));
            }
        }
        let template = self.weaver.template(&week);
        self.stretches = week;
        template
    }
}

/// Adds a day's hours to a week; the day's midnight comes `shift` seconds after the week's beginning.
fn lay(week: &mut Vec<Stretch>, hours: &[Stretch], shift: i64, (from, until): (i64, i64)) {
    if let Ok(whole) = u32::try_from(shift)
        && from <= shift
        && shift + DAY_SECONDS <= until
    {
        let mut hours = hours.iter().map(|(start, end)| (start + whole, end + whole));
        // Only the first may touch what is there.
        hours.next().into_iter().for_each(|first| sets::push(week, first));
        week.extend(hours);
        return;
    }
    for (start, end) in hours {
        let within = |second: u32| u32::try_from((i64::from(second) + shift).clamp(from, until)).unwrap_or(0);
        let stretch = (within(*start), within(*end));
        if stretch.0 < stretch.1 {
            sets::push(week, stretch);
        }
    }
}

/// The day on which a second of a wall clock lies.
pub(super) fn day_at(second: i64) -> DayNumber {
    DayNumber::try_from(second.div_euclid(DAY_SECONDS)).unwrap_or(0)
}

/// What is left of the hours that a day owns when a wall clock is put forward over a gap.
pub(super) fn seen(owned: Vec<Stretch>, day: DayNumber, gap: (i64, i64)) -> Vec<Stretch> {
    let midnight = i64::from(day) * DAY_SECONDS;
    let within = |second: i64| u32::try_from((second - midnight).clamp(0, 2 * DAY_SECONDS)).unwrap_or(0);
    sets::without(owned, &[(within(gap.0), within(gap.1))])
}
