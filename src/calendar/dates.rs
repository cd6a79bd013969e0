//! Which dates are business days, counted so that a million of them are no further than one.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::exceptions::Exception;
use super::pattern::Patterns;
use super::rules::{DayNumber, Rules};
use super::timeline::{SECOND, Timeline, start_of, week_of};
use super::weave::{day_at, irregular_weeks, seen};
use super::zone::Offsets;

/// The business days of a calendar, in whole civil weeks from Monday on.
#[derive(Debug)]
pub(super) struct Dates {
    /// The number of the first week that is kept; that of 1970-01-05 has number 0.
    first: i64,
    /// For each week its seven days, Monday in the lowest bit; and one week more that stands for all that follow.
    weeks: Vec<u8>,
    /// How many business days come before every [`BLOCK`]th week.
    counts: Vec<u32>,
    /// The days of every week before the first.
    before: u8,
}

/// The Monday from which weeks are numbered.
const MONDAY: i64 = 4;

/// A little before the first date of the year 1, and a little after the last of 9999.
const BEGINNING: DayNumber = -720_000;
const END: DayNumber = 2_940_000;

/// After so many weeks the count is noted; in between it is counted.
const BLOCK: usize = 16;

impl Dates {
    /// The dates whose own hours are open at some time.
    pub(super) fn of_rules(rules: &Rules, patterns: &Patterns, mut exceptions: &[Exception], zone: &[Offsets]) -> Self {
        let usual = |day: DayNumber| patterns.get(patterns.number_on(day)).map_or(0, |pattern| pattern.business);
        let weeks = irregular_weeks(patterns, zone);
        let mut dates = Self::new(weeks.start - 1, usual(DayNumber::MIN));
        for week in (weeks.start - 1)..=weeks.end {
            let monday = DayNumber::try_from(week * 7 + MONDAY).unwrap_or(0);
            let mut business = usual(monday);
            while let [exception, later @ ..] = exceptions
                && exception.day < monday + 7
            {
                // Where another pattern begins, there is an exception; what follows in its week is of that pattern.
                let bit = exception.day - monday;
                if bit >= 0 {
                    let usual = usual(exception.day + 1) & 0x7f << (bit + 1);
                    business = business & ((1 << bit) - 1) | u8::from(exception.business) << bit | usual;
                }
                exceptions = later;
            }
            dates.push(business);
        }
        dates.push(usual(DayNumber::MAX));
        dates.leave_out_what_clocks_skip(rules, zone);
        dates
    }

    /// The dates of a zone on which a line is open at some time.
    pub(super) fn of_line(line: &Timeline, zone: &[Offsets]) -> Self {
        let business = |week: i64, zone: &[Offsets]| {
            let monday = week * 7 + MONDAY;
            (0..7).fold(0, |bits, day| bits | u8::from(is_open_on(line, zone, monday + day)) << day)
        };
        let mut weeks = line.kept();
        if let (Some(first), Some(last)) = (zone.get(1), zone.last()) {
            let (first, last) = (week_of(first.start), week_of(last.start));
            weeks = if weeks.is_empty() { first..last + 1 } else { weeks.start.min(first)..weeks.end.max(last + 1) };
        }
        let mut days = Self::new(weeks.start - 2, business(weeks.start - 3, zone));
        let mut known: BTreeMap<_, u8> = BTreeMap::new();
        let mut latest = None;
        let mut rest = zone;
        for week in weeks.start - 2..weeks.end + 2 {
            // What changed before the week before is over.
            while rest.get(1).is_some_and(|change| change.start < start_of(week - 1)) {
                rest = rest.get(1..).unwrap_or_default();
            }
            // Two weeks that look alike, in which no clock is changed, have the same business days.
            let quiet = rest.get(1).is_none_or(|change| change.start >= start_of(week + 2));
            let key = (rest.first().map_or(0, |stretch| stretch.offset), line.key(week - 1), line.key(week));
            let found = match latest {
                Some((latest, found)) if quiet && latest == key => found,
                _ if quiet => *known.entry(key).or_insert_with(|| business(week, rest)),
                _ => business(week, rest),
            };
            latest = quiet.then_some((key, found));
            days.push(found);
        }
        days.push(business(weeks.end + 3, zone));
        days
    }

    const fn new(first: i64, before: u8) -> Self {
        Self { first, weeks: Vec::new(), counts: Vec::new(), before }
    }

    fn push(&mut self, business: u8) {
        if self.weeks.len().is_multiple_of(BLOCK) {
            let count = self.counts.last().copied().unwrap_or(0);
            let since = self.weeks.iter().rev().take(BLOCK).map(|week| week.count_ones()).sum::<u32>();
            self.counts.push(count + since);
        }
        self.weeks.push(business);
    }

    /// The night on which clocks are put forward may swallow all that a date owns, and once even the date.
    fn leave_out_what_clocks_skip(&mut self, rules: &Rules, zone: &[Offsets]) {
        let mut none_left = Vec::new();
        for (before, after) in
            zone.iter().zip(zone.iter().skip(1)).filter(|(before, after)| before.offset < after.offset)
        {
            let gap = (after.start + i64::from(before.offset), after.start + i64::from(after.offset));
            for day in day_at(gap.0) - 1..=day_at(gap.1 - 1) {
                if self.is_business_day(day) && seen(rules.owned_on(day), day, gap).is_empty() {
                    none_left.push(day);
                }
            }
        }
        if none_left.is_empty() {
            return;
        }
        let weeks = core::mem::take(&mut self.weeks);
        self.counts.clear();
        for (week, mut business) in (self.first..).zip(weeks) {
            for (of_week, bit) in none_left.iter().map(|day| split(*day)) {
                business &= if of_week == week { !(1 << bit) } else { 0x7f };
            }
            self.push(business);
        }
    }

    /// Whether a date is a business day.
    pub(super) fn is_business_day(&self, day: DayNumber) -> bool {
        let (week, bit) = split(day);
        self.week(week).0 >> bit & 1 != 0
    }

    /// How many business days come before a date, counted from anywhere.
    pub(super) fn count_before(&self, day: DayNumber) -> i64 {
        let (week, bit) = split(day);
        let (business, count) = self.week(week);
        count + i64::from((business & ((1 << bit) - 1)).count_ones())
    }

    /// The days of a week, and how many business days come before it.
    fn week(&self, week: i64) -> (u8, i64) {
        let last = self.weeks.len().saturating_sub(1);
        let Ok(index) = usize::try_from(week - self.first) else {
            return (self.before, (week - self.first) * i64::from(self.before.count_ones()));
        };
        let repeats = i64::try_from(index.saturating_sub(last)).unwrap_or(0);
        let index = index.min(last);
        let business = self.weeks.get(index).copied().unwrap_or(0);
        let block = index / BLOCK;
        let since = self.weeks.get(block * BLOCK..index).unwrap_or_default();
        let count =
            self.counts.get(block).copied().unwrap_or(0) + since.iter().map(|week| week.count_ones()).sum::<u32>();
        (business, i64::from(count) + repeats * i64::from(business.count_ones()))
    }

    /// The business day with so many before it; `None` if there is none.
    pub(super) fn with_before(&self, count: i64) -> Option<DayNumber> {
        let last = self.first + i64::try_from(self.weeks.len()).ok()? - 1;
        let (business, in_all) = self.week(last);
        let mut week = if count < 0 {
            self.first.checked_add(count.checked_div_euclid(self.before.count_ones().into())?)?
        } else if count >= in_all {
            last.checked_add((count - in_all).checked_div(business.count_ones().into())?)?
        } else {
            let block = self.counts.partition_point(|before| i64::from(*before) <= count).checked_sub(1)?;
            self.first + i64::try_from(block * BLOCK).ok()?
        };
        let days = |week: i64| i64::from(self.week(week).0.count_ones());
        let mut before = self.week(week).1;
        while count - before >= days(week) {
            before += days(week);
            week += 1;
        }
        let business = self.week(week).0;
        let mut bits = (0..7_i64).filter(|bit| business >> bit & 1 != 0);
        let bit = bits.nth(usize::try_from(count - before).ok()?)?;
        let day = DayNumber::try_from(week.checked_mul(7)? + MONDAY + bit).ok()?;
        // Far from there, no instant has that date, and nobody has to reckon with it.
        (BEGINNING..END).contains(&day).then_some(day)
    }

    pub(super) fn bytes(&self) -> usize {
        self.weeks.capacity() + self.counts.capacity() * size_of::<u32>()
    }
}

/// The week of a day, and its place in it.
fn split(day: DayNumber) -> (i64, u32) {
    let since = i64::from(day) - MONDAY;
    (since.div_euclid(7), u32::try_from(since.rem_euclid(7)).unwrap_or(0))
}

/// Whether a line is open at an instant whose wall clock shows a date.
fn is_open_on(line: &Timeline, zone: &[Offsets], day: i64) -> bool {
    let midnight = day * 86_400;
    let stretches = zone.iter().enumerate().take_while(|(_, stretch)| stretch.start <= midnight + 2 * 86_400);
    stretches.into_iter().any(|(index, stretch)| {
        let until = zone.get(index + 1).map_or(i64::MAX, |next| next.start);
        let offset = i64::from(stretch.offset);
        let (from, until) = ((midnight - offset).max(stretch.start), (midnight + 86_400 - offset).min(until));
        from < until && line.open_before(from * SECOND) < line.open_before(until * SECOND)
    })
}
