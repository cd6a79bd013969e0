//! Which dates are business days, counted so that a million of them are no further than one.

use alloc::vec::Vec;

use super::pattern::Patterns;
use super::rules::{DayNumber, Rules};
use super::timeline::{SECOND, Timeline};
use super::weave::{day_at, irregular_weeks, seen};
use super::zone::Offsets;

/// The business days of a calendar, in whole civil weeks from Monday on.
#[derive(Debug)]
pub(super) struct Dates {
    /// The number of the first week that is kept; that of 1970-01-05 has number 0.
    first: i64,
    /// For each week its seven days, Monday in the lowest bit, and above them how many business days come before it;
    /// and one week more that stands for all that follow.
    weeks: Vec<u32>,
    /// The days of every week before the first.
    before: u8,
}

/// The Monday from which weeks are numbered.
const MONDAY: i64 = 4;

impl Dates {
    /// The dates whose own hours are open at some time.
    pub(super) fn of_rules(rules: &Rules, patterns: &Patterns, zone: &[Offsets]) -> Self {
        let usual = |week: i64| {
            let monday = DayNumber::try_from(week * 7 + MONDAY).unwrap_or(0);
            patterns.get(patterns.number_on(monday)).map_or(0, |pattern| pattern.business)
        };
        let weeks = irregular_weeks(patterns, zone);
        let mut days = Self::new(weeks.start - 1, usual(-1 << 24));
        let mut special = patterns.special();
        for week in weeks.start - 1..weeks.end + 1 {
            let mut business = usual(week);
            let monday = week * 7 + MONDAY;
            let of_monday = patterns.number_on(DayNumber::try_from(monday).unwrap_or(0));
            for (day, bit) in (monday..monday + 7).zip(0..) {
                let day = DayNumber::try_from(day).unwrap_or(0);
                if patterns.number_on(day) != of_monday {
                    let usual = patterns.get(patterns.number_on(day)).map_or(0, |pattern| pattern.business);
                    business = business & !(1 << bit) | usual & 1 << bit;
                }
                let passed = special.iter().take_while(|special| **special < day).count();
                special = special.get(passed..).unwrap_or_default();
                // A holiday on the day after may cut a day's night shift.
                if special.first().is_some_and(|special| *special <= day + 1) {
                    let open = u8::from(!rules.owned_on(day).is_empty());
                    business = business & !(1 << bit) | open << bit;
                }
            }
            days.push(business);
        }
        days.push(usual(1 << 24));
        days.leave_out_what_clocks_skip(rules, zone);
        days
    }

    /// The dates of a zone on which a line is open at some time.
    pub(super) fn of_line(line: &Timeline, zone: &[Offsets]) -> Self {
        let business = |week: i64| {
            let monday = week * 7 + MONDAY;
            (0..7).fold(0, |bits, day| bits | u8::from(is_open_on(line, zone, monday + day)) << day)
        };
        let mut weeks = line.kept();
        if let (Some(first), Some(last)) = (zone.get(1), zone.last()) {
            let (first, last) = (super::timeline::week_of(first.start), super::timeline::week_of(last.start));
            weeks = if weeks.is_empty() { first..last + 1 } else { weeks.start.min(first)..weeks.end.max(last + 1) };
        }
        let mut days = Self::new(weeks.start - 2, business(weeks.start - 3));
        let mut latest = None;
        let mut changes = zone.iter().skip(1).map(|stretch| super::timeline::week_of(stretch.start)).peekable();
        for week in weeks.start - 2..weeks.end + 2 {
            while changes.next_if(|change| *change < week - 1).is_some() {}
            // Two weeks that look alike, in which no clock is changed, have the same business days.
            let quiet = changes.peek().is_none_or(|change| *change > week + 1);
            let offset = quiet.then(|| super::zone::wall_at(zone, super::timeline::start_of(week)));
            let offset = offset.map(|wall| wall - super::timeline::start_of(week));
            let key = offset.map(|offset| (offset, line.key(week - 1), line.key(week)));
            let known = latest.filter(|(latest, _)| key.is_some() && *latest == key);
            let found = known.map_or_else(|| business(week), |(_, business)| business);
            latest = Some((key, found));
            days.push(found);
        }
        days.push(business(weeks.end + 3));
        days
    }

    fn new(first: i64, before: u8) -> Self {
        Self { first, weeks: Vec::new(), before }
    }

    fn push(&mut self, business: u8) {
        let count = self.weeks.last().map_or(0, |week| (week >> 7) + (week & 0x7f).count_ones());
        self.weeks.push(count << 7 | u32::from(business));
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
        let days: Vec<u8> = self.weeks.iter().map(|week| (week & 0x7f) as u8).collect();
        self.weeks.clear();
        for (week, mut business) in (self.first..).zip(days) {
            for day in &none_left {
                let (of_week, bit) = split(*day);
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
        let index = week - self.first;
        let last = i64::try_from(self.weeks.len()).unwrap_or(1) - 1;
        let kept = |index: i64| self.weeks.get(usize::try_from(index).ok()?).copied();
        if index < 0 {
            return (self.before, index * i64::from(self.before.count_ones()));
        }
        let week = kept(index.min(last)).unwrap_or_default();
        let business = (week & 0x7f) as u8;
        let repeats = (index - last).max(0) * i64::from(business.count_ones());
        (business, i64::from(week >> 7) + repeats)
    }

    /// The business day with so many before it; `None` if there is none.
    pub(super) fn with_before(&self, count: i64) -> Option<DayNumber> {
        let last = i64::try_from(self.weeks.len()).ok()? - 1;
        let behind = i64::try_from(self.weeks.partition_point(|week| i64::from(week >> 7) <= count)).ok()?;
        let week = if count < 0 {
            count.checked_div_euclid(self.before.count_ones().into())?
        } else if behind > last {
            let (business, before) = self.week(self.first + last);
            last + (count - before).checked_div(business.count_ones().into())?
        } else {
            behind - 1
        };
        let (business, before) = self.week(self.first.checked_add(week)?);
        let bits = (0..7_i64).filter(|bit| business >> bit & 1 != 0);
        let bit = bits.clone().nth(usize::try_from(count - before).ok()?)?;
        DayNumber::try_from((self.first + week).checked_mul(7)? + MONDAY + bit).ok()
    }

    pub(super) fn bytes(&self) -> usize {
        self.weeks.capacity() * size_of::<u32>()
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
    let reach = 2 * 86_400;
    let first = zone.partition_point(|stretch| stretch.start <= midnight - reach).saturating_sub(1);
    let stretches =
        zone.iter().enumerate().skip(first).take_while(|(_, stretch)| stretch.start <= midnight + 2 * reach);
    stretches.into_iter().any(|(index, stretch)| {
        let until = zone.get(index + 1).map_or(i64::MAX, |next| next.start);
        let offset = i64::from(stretch.offset);
        let (from, until) = ((midnight - offset).max(stretch.start), (midnight + 86_400 - offset).min(until));
        from < until && line.open_before(from * SECOND) < line.open_before(until * SECOND)
    })
}
