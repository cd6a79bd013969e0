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
    let mut loom = Loom {
        patterns,
        zone,
        weaver: Weaver::new(usize::try_from(weeks.end - weeks.start).unwrap_or(0)),
        usual: BTreeMap::new(),
        latest: None,
        passed: 0,
        exceptions,
        stretches: Vec::new(),
    };
    let offset = |stretch: Option<&Offsets>| stretch.map_or(0, |stretch| stretch.offset);
    let before = loom.usual(patterns.number_on(DayNumber::MIN), offset(zone.first()))?;
    let after = loom.usual(patterns.number_on(DayNumber::MAX), offset(zone.last()))?;
    for week in weeks.clone() {
        let template = loom.week(start_of(week))?;
        loom.weaver.push(template);
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
    zone: &'a [Offsets],
    weaver: Weaver,
    /// The templates of the weeks that are all as usual, by pattern and offset.
    usual: BTreeMap<(usize, i32), u16>,
    latest: Option<((usize, i32), u16)>,
    /// How many changes of the clock have been passed.
    passed: usize,
    /// The exceptions that have not been passed.
    exceptions: &'a [Exception],
    /// The week at hand.
    stretches: Vec<Stretch>,
}

impl Loom<'_> {
    /// The template of the week that begins with a second.
    fn week(&mut self, start: i64) -> Result<u16, TooManyStretches> {
        while self.zone.get(self.passed + 1).is_some_and(|next| next.start <= start) {
            self.passed += 1;
        }
        let offset = self.zone.get(self.passed).map_or(0, |stretch| stretch.offset);
        let changes = self.zone.get(self.passed + 1).is_some_and(|next| next.start < start + WEEK);
        let (first, last) = (day_at(start - DAY_SECONDS), day_at(start + WEEK + DAY_SECONDS));
        while let [exception, later @ ..] = self.exceptions
            && exception.day < first
        {
            self.exceptions = later;
        }
        let near = self.exceptions.iter().take_while(|exception| exception.day <= last).count();
        if changes || near > 0 {
            return self.odd(start, self.exceptions.get(..near).unwrap_or_default());
        }
        self.usual(self.patterns.number_on(first), offset)
    }

    /// A week all of whose days are as usual, with one offset.
    fn usual(&mut self, pattern: usize, offset: i32) -> Result<u16, TooManyStretches> {
        let key = (pattern, offset);
        if let Some((_, template)) = self.latest.filter(|(latest, _)| *latest == key) {
            return Ok(template);
        }
        let known = self.usual.get(&key).copied();
        let template = known.map_or_else(|| self.new_usual(pattern, offset), Ok)?;
        if known.is_none() {
            self.usual.insert(key, template);
        }
        self.latest = Some((key, template));
        Ok(template)
    }

    fn new_usual(&mut self, pattern: usize, offset: i32) -> Result<u16, TooManyStretches> {
        let pattern = self.patterns.get(pattern);
        let offset = i64::from(offset);
        let mut week = Vec::new();
        for day in day_at(start_of(0) + offset)..=day_at(start_of(1) + offset) {
            let hours = pattern.and_then(|pattern: &Pattern| pattern.hours.get(weekday(day)));
            let hours = hours.map(Vec::as_slice).unwrap_or_default();
            lay(&mut week, hours, i64::from(day) * DAY_SECONDS - offset - start_of(0), (0, WEEK));
        }
        self.weaver.template(&week)
    }

    /// A week in which a day is not as usual, or clocks are changed.
    fn odd(&mut self, start: i64, exceptions: &[Exception]) -> Result<u16, TooManyStretches> {
        let mut week = core::mem::take(&mut self.stretches);
        week.clear();
        for (index, stretch) in self.zone.iter().enumerate().skip(self.passed) {
            let until = self.zone.get(index + 1).map_or(i64::MAX, |next| next.start).min(start + WEEK);
            let from = stretch.start.max(start);
            if from >= until {
                break;
            }
            let offset = i64::from(stretch.offset);
            for day in day_at(from + offset)..=day_at(until - 1 + offset) {
                let exception = exceptions.iter().find(|exception| exception.day == day);
                let usual = || {
                    let pattern = self.patterns.get(self.patterns.number_on(day));
                    pattern.and_then(|pattern| pattern.hours.get(weekday(day))).map(Vec::as_slice).unwrap_or_default()
                };
                let hours = exception.and_then(|exception| exception.hours.as_deref()).unwrap_or_else(usual);
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
