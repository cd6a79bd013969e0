//! Which layers have a say on a civil date, and what is open on it. No zone, no instants.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate};

use super::sets::{DAY, part, set, without};
use super::spec::Week;
use super::timeline::Stretch;
use super::{Holiday, HolidayScope, Interval, Revision, Season, Spec};

/// Days since 1970-01-01.
pub(super) type DayNumber = i32;

/// The dates on which all layers count: 1900-01-01 to 2200-12-31.
pub(super) const FIRST_DAY: DayNumber = -25_567;
pub(super) const LAST_DAY: DayNumber = 84_370;

pub(super) fn day_number(date: NaiveDate) -> DayNumber {
    date.num_days_from_ce().saturating_sub(719_163)
}

pub(super) fn date_of(day: DayNumber) -> NaiveDate {
    // Every day of the years 1 to 9999 has a date; the epoch stands in for a case that does not exist.
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(719_163)).unwrap_or_default()
}

/// Monday is 0.
pub(super) fn weekday(day: DayNumber) -> usize {
    usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0)
}

pub(super) fn of_weekday(week: &Week, day: DayNumber) -> &[Interval] {
    week.get(weekday(day)).map_or(&[], Vec::as_slice)
}

/// The rules of a [`Spec`], with every holiday's dates found.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) spec: Spec,
    /// The days on which there is a holiday, and its place in the list that is in force then. In order.
    holidays: Vec<(DayNumber, u32)>,
    /// The days for which some list has a shift or a break. In order.
    dated: Vec<DayNumber>,
}

/// What is in force on a date, whatever revision it is from.
#[derive(Clone, Copy)]
pub(super) struct Layers<'a> {
    pub(super) weekly: &'a Week,
    pub(super) seasons: &'a [Season],
    pub(super) holidays: &'a [Holiday],
    pub(super) shifts: &'a BTreeMap<NaiveDate, Vec<Interval>>,
    pub(super) weekly_breaks: &'a Week,
    pub(super) breaks: &'a BTreeMap<NaiveDate, Vec<Interval>>,
    holiday_scope: HolidayScope,
    shifts_beat_holidays: bool,
}

/// Whose hours a date has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<'a> {
    Weekly,
    Season(&'a Season),
    Shift,
}

/// What the layers say of one date.
#[derive(Clone, Copy)]
pub(super) struct Day<'a> {
    /// The hours that it would own without a holiday.
    pub(super) hours: &'a [Interval],
    pub(super) owner: Owner<'a>,
    pub(super) holiday: Option<&'a Holiday>,
    scope: HolidayScope,
    pub(super) weekly_breaks: &'a [Interval],
    pub(super) breaks: &'a [Interval],
}

impl<'a> Day<'a> {
    /// A day of the week without a holiday and without anything dated.
    pub(super) const fn usual(hours: &'a [Interval], weekly_breaks: &'a [Interval]) -> Self {
        let (owner, scope) = (Owner::Weekly, HolidayScope::Both);
        Self { hours, owner, holiday: None, scope, weekly_breaks, breaks: &[] }
    }

    /// The hours that it owns, to their end.
    pub(super) fn owned(&self) -> &'a [Interval] {
        if self.holiday.is_some() && self.scope.closes_shift() { &[] } else { self.hours }
    }

    /// How long the longest interval is that it owns.
    pub(super) fn longest(&self) -> u32 {
        let lengths = self.owned().iter().map(|interval| interval.seconds()).map(|(start, end)| end - start);
        lengths.max().unwrap_or(0)
    }

    /// Whether it is closed from midnight to midnight.
    pub(super) fn is_closed(&self) -> bool {
        self.holiday.is_some() && self.scope.closes_date()
    }

    /// Breaks that begin on it; they may reach into the next day.
    pub(super) fn all_breaks(&self) -> impl Iterator<Item = Stretch> + 'a {
        self.weekly_breaks.iter().chain(self.breaks).map(|interval| interval.seconds())
    }
}

impl Rules {
    pub(super) fn new(spec: Spec) -> Self {
        let dated = dated(&spec);
        let mut rules = Self { spec, holidays: Vec::new(), dated };
        let mut found = Vec::new();
        for (from, until) in rules.editions() {
            for (index, holiday) in (0..).zip(rules.layers(from).holidays) {
                found.extend(days_of(holiday, from, until).map(|day| (day, index)));
            }
        }
        found.sort_unstable();
        // The first in the list gives the day its name.
        found.dedup_by_key(|(day, _)| *day);
        found.shrink_to_fit();
        rules.holidays = found;
        rules
    }

    /// The stretches of days between revisions, cut to those on which all layers count.
    pub(super) fn editions(&self) -> Vec<(DayNumber, DayNumber)> {
        let within = |date| day_number(date).clamp(FIRST_DAY, LAST_DAY + 1);
        let mut starts = alloc::vec![FIRST_DAY];
        starts.extend(self.spec.revisions.iter().map(|revision| within(revision.from)));
        let ends = starts.iter().copied().skip(1).chain([LAST_DAY + 1]);
        starts.iter().copied().zip(ends).filter(|(from, until)| from < until).collect()
    }

    /// What is in force on a day. Before 1900 it is what was in force then, and after 2200 likewise.
    pub(super) fn layers(&self, day: DayNumber) -> Layers<'_> {
        let spec = &self.spec;
        let mut layers = Layers {
            weekly: &spec.weekly,
            seasons: &spec.seasons,
            holidays: &spec.holidays,
            shifts: &spec.shifts,
            weekly_breaks: &spec.weekly_breaks,
            breaks: &spec.breaks,
            holiday_scope: spec.holiday_scope,
            shifts_beat_holidays: spec.shifts_beat_holidays,
        };
        let day = day.clamp(FIRST_DAY, LAST_DAY);
        for revision in spec.revisions.iter().take_while(|revision| day_number(revision.from) <= day) {
            layers.weekly = revision.weekly.as_ref().unwrap_or(layers.weekly);
            layers.seasons = revision.seasons.as_deref().unwrap_or(layers.seasons);
            layers.holidays = revision.holidays.as_deref().unwrap_or(layers.holidays);
            layers.shifts = revision.shifts.as_ref().unwrap_or(layers.shifts);
            layers.weekly_breaks = revision.weekly_breaks.as_ref().unwrap_or(layers.weekly_breaks);
            layers.breaks = revision.breaks.as_ref().unwrap_or(layers.breaks);
            layers.holiday_scope = revision.holiday_scope.unwrap_or(layers.holiday_scope);
            layers.shifts_beat_holidays = revision.shifts_beat_holidays.unwrap_or(layers.shifts_beat_holidays);
        }
        layers
    }

    /// Whether there is a break in any list.
    pub(super) fn has_breaks(&self) -> bool {
        let empty = |week: &Week| week.iter().all(Vec::is_empty);
        let changed = |revision: &Revision| {
            revision.breaks.as_ref().is_some_and(|breaks| !breaks.is_empty())
                || revision.weekly_breaks.as_ref().is_some_and(|week| !empty(week))
        };
        !self.spec.breaks.is_empty() || !empty(&self.spec.weekly_breaks) || self.spec.revisions.iter().any(changed)
    }

    /// The days that have a holiday, in order.
    pub(super) fn holidays(&self) -> impl Iterator<Item = DayNumber> {
        self.holidays.iter().map(|(day, _)| *day)
    }

    /// What the layers say of a day.
    pub(super) fn day(&self, day: DayNumber) -> Day<'_> {
        let layers = self.layers(day);
        let usual = Day::usual(of_weekday(layers.weekly, day), of_weekday(layers.weekly_breaks, day));
        if !(FIRST_DAY..=LAST_DAY).contains(&day) {
            return usual;
        }
        // Most days have nothing but their number to be looked up by.
        let dated = self.dated.binary_search(&day).is_ok();
        let date = if dated || !layers.seasons.is_empty() { date_of(day) } else { NaiveDate::default() };
        let shift = if dated { layers.shifts.get(&date) } else { None };
        let season = layers.seasons.iter().rev().find(|season| (season.from..=season.through).contains(&date));
        let (hours, owner) = match (shift, season) {
            (Some(shift), _) => (shift.as_slice(), Owner::Shift),
            (None, Some(season)) => (of_weekday(&season.weekly, day), Owner::Season(season)),
            (None, None) => (usual.hours, Owner::Weekly),
        };
        let beaten = layers.shifts_beat_holidays && matches!(owner, Owner::Shift);
        let holiday = self.holidays.binary_search_by_key(&day, |(day, _)| *day).ok().filter(|_| !beaten);
        let holiday = holiday.and_then(|place| self.holidays.get(place));
        let holiday = holiday.and_then(|(_, index)| layers.holidays.get(usize::try_from(*index).ok()?));
        let breaks = if dated { layers.breaks.get(&date) } else { None };
        let breaks = breaks.map_or(&[][..], Vec::as_slice);
        Day { hours, owner, holiday, scope: layers.holiday_scope, breaks, ..usual }
    }

    /// What is open of the hours that a day owns, in seconds after its midnight; some may lie on the day after.
    pub(super) fn owned_on(&self, day: DayNumber) -> Vec<Stretch> {
        owned(&self.day(day), &self.day(day - 1), &self.day(day + 1))
    }
}

/// The days for which some list has a shift or a break.
fn dated(spec: &Spec) -> Vec<DayNumber> {
    let revisions = spec.revisions.iter().flat_map(|revision| [&revision.shifts, &revision.breaks]).flatten();
    let lists = [&spec.shifts, &spec.breaks].into_iter().chain(revisions);
    let mut days: Vec<_> = lists.flat_map(BTreeMap::keys).map(|date| day_number(*date)).collect();
    days.sort_unstable();
    days.dedup();
    days.shrink_to_fit();
    days
}

/// What is open of the hours that a day owns, knowing the days around it.
pub(super) fn owned(day: &Day<'_>, before: &Day<'_>, after: &Day<'_>) -> Vec<Stretch> {
    let owned = set(day.owned().iter().map(|interval| interval.seconds()));
    let (start, end) = (if day.is_closed() { DAY } else { 0 }, if after.is_closed() { DAY } else { 2 * DAY });
    let open = part(&owned, start, end).map(|(from, until)| (from + start, until + start)).collect();
    let later = |(start, end): Stretch| (start + DAY, end + DAY);
    let breaks = before.all_breaks().map(left_over).chain(day.all_breaks()).chain(after.all_breaks().map(later));
    without(open, &set(breaks))
}

/// What is open on a day that no holiday closes, knowing the day before.
pub(super) fn hours(today: &Day<'_>, before: &Day<'_>) -> Vec<Stretch> {
    let on_the_day = |(start, end): Stretch| (start.min(DAY), end.min(DAY));
    let own = today.owned().iter().map(|interval| on_the_day(interval.seconds()));
    let night = before.owned().iter().map(|interval| left_over(interval.seconds()));
    let breaks = today.all_breaks().map(on_the_day).chain(before.all_breaks().map(left_over));
    without(set(own.chain(night)), &set(breaks))
}

/// The part of a day's hours that lies on the next one, in seconds of that.
fn left_over((start, end): Stretch) -> Stretch {
    (start.max(DAY) - DAY, end.max(DAY) - DAY)
}

/// The days of a holiday, among those from one to before another.
fn days_of(holiday: &Holiday, from: DayNumber, until: DayNumber) -> impl Iterator<Item = DayNumber> {
    let (first, last) = (date_of(from).year(), date_of(until - 1).year());
    let years = match holiday.on {
        super::HolidayRule::Date(date) => date.year()..=date.year(),
        _ => first - 1..=last + 1,
    };
    let rule = holiday.on;
    years.filter_map(move |year| rule.reckoned_in(year)).map(day_number).filter(move |day| (from..until).contains(day))
}
