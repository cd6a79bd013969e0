//! Which dates are business days, counted so that a million of them are no further than one.

use alloc::vec::Vec;

use super::exceptions::Exception;
use super::pattern::Patterns;
use super::rules::{DayNumber, Rules};
use super::timeline::{Timeline, WEEK, start_of, week_of};
use super::weave::{day_at, irregular_weeks, seen};
use super::zone::Offsets;

/// The business days of a calendar, in whole civil weeks from Monday on.
#[derive(Debug)]
pub(super) struct Dates {
    /// The number of the first week that is kept. They are numbered as the weeks of a line are.
    first: i64,
    /// For each week its seven days, Monday in the lowest bit; and one week more that stands for all that follow.
    weeks: Vec<u8>,
    /// How many business days come before every [`BLOCK`]th week.
    counts: Vec<u32>,
    /// The days of every week before the first.
    before: u8,
}

/// The Monday from which weeks are numbered.
const MONDAY: i64 = -3;

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
        let mut weeks = line.kept();
        if let (Some(first), Some(last)) = (zone.get(1), zone.last()) {
            let (first, last) = (week_of(first.start), week_of(last.start));
            weeks = if weeks.is_empty() { first..last + 1 } else { weeks.start.min(first)..weeks.end.max(last + 1) };
        }
        let mut shown = Shown { line, zone, known: Vec::new() };
        // Outside of these weeks, each is like the one before it.
        let (first, last) = (weeks.start - 2, weeks.end + 2);
        let mut around = [shown.week(first - 2), shown.week(first - 1), shown.week(first)];
        let mut dates = Self::new(first, own_dates(around));
        for week in first..last {
            let [_, before, this] = around;
            around = [before, this, shown.week(week + 1)];
            dates.push(own_dates(around));
        }
        dates
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
                let [before, owner, after] = [day - 1, day, day + 1].map(|day| rules.day(day));
                if owner.surely_owns_more_than(gap.1 - gap.0, &before, &after) {
                    continue;
                }
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

/// Which dates of a zone a week of UTC shows while a line is open: from the Sunday before it, in the lowest bit, to the
/// Monday after it.
struct Shown<'a> {
    line: &'a Timeline,
    /// From the stretch on in which the week at hand begins.
    zone: &'a [Offsets],
    /// By offset, what is known of each template.
    known: Vec<(i32, Vec<Option<u16>>)>,
}

impl Shown<'_> {
    /// The dates of a week. Weeks are asked for in order.
    fn week(&mut self, week: i64) -> u16 {
        let start = start_of(week);
        while let [_, next, ..] = self.zone
            && next.start <= start
        {
            self.zone = self.zone.get(1..).unwrap_or_default();
        }
        let offset = self.zone.first().map_or(0, |stretch| stretch.offset);
        let template = self.line.template_of(week);
        if self.zone.get(1).is_some_and(|next| next.start < start + WEEK) {
            let ends = self.zone.iter().skip(1).map(|next| next.start).chain([i64::MAX]);
            let pieces = self.zone.iter().zip(ends).take_while(|(stretch, _)| stretch.start < start + WEEK);
            let within = |second: i64| second.clamp(start, start + WEEK) - start;
            let pieces = pieces.map(|(stretch, end)| (within(stretch.start), within(end), stretch.offset));
            return pieces.fold(0, |dates, (from, until, offset)| dates | self.dates(template, from, until, offset));
        }
        if self.known.last().is_none_or(|(latest, _)| *latest != offset) {
            let place = self.known.iter().position(|(known, _)| *known == offset);
            let known = place.map_or((offset, Vec::new()), |place| self.known.swap_remove(place));
            self.known.push(known);
        }
        let all = || self.dates(template, 0, WEEK, offset);
        let index = usize::from(template);
        let known = self.known.last().and_then(|(_, known)| *known.get(index)?);
        let dates = known.unwrap_or_else(all);
        if let (None, Some((_, list))) = (known, self.known.last_mut()) {
            list.resize(list.len().max(index + 1), None);
            list.iter_mut().skip(index).take(1).for_each(|slot| *slot = Some(dates));
        }
        dates
    }

    /// The dates that the open stretches of a template show between two of its seconds.
    fn dates(&self, template: u16, from: i64, until: i64, offset: i32) -> u16 {
        let shown = self.line.stretches_of(template).map(|(start, end)| (i64::from(start), i64::from(end)));
        let shown = shown.map(|(start, end)| (start.max(from), end.min(until))).filter(|(start, end)| start < end);
        // The Sunday before has number 0.
        let day = |second: i64| (second + i64::from(offset)).div_euclid(86_400) + 1;
        shown.fold(0, |dates, (start, end)| (day(start)..=day(end - 1)).fold(dates, |dates, day| dates | 1 << day))
    }
}

/// The dates from Monday to Sunday, from what is shown of them by the week before, their own, and the one after.
fn own_dates([before, this, after]: [u16; 3]) -> u8 {
    let monday = before >> 8 & 1;
    let sunday = (after & 1) << 6;
    u8::try_from((this >> 1 | monday | sunday) & 0x7f).unwrap_or(0)
}
