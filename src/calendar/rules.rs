//! Which layers have a say on a civil date, and what they say. No zone, no instants.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate};

use super::day::{Day, Owner, owned};
use super::spec::Week;
use super::timeline::Stretch;
use super::{Holiday, HolidayScope, Interval, Season, Spec};

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

impl<'a> Layers<'a> {
    /// What they say of a day, knowing what is dated of it: a shift, breaks, and the place of a holiday.
    pub(super) fn day(
        &self,
        day: DayNumber,
        shift: Option<&'a [Interval]>,
        breaks: Option<&'a [Interval]>,
        holiday: Option<u32>,
    ) -> Day<'a> {
        let usual = Day::usual(of_weekday(self.weekly, day), of_weekday(self.weekly_breaks, day));
        if !(FIRST_DAY..=LAST_DAY).contains(&day) {
            return usual;
        }
        let (hours, owner) = match (shift, self.season_on(day)) {
            (Some(shift), _) => (shift, Owner::Shift),
            (None, Some(season)) => (of_weekday(&season.weekly, day), Owner::Season(season)),
            (None, None) => (usual.hours, Owner::Weekly),
        };
        let beaten = self.shifts_beat_holidays && matches!(owner, Owner::Shift);
        let holiday = holiday.filter(|_| !beaten).and_then(|index| self.holidays.get(usize::try_from(index).ok()?));
        Day { hours, owner, holiday, scope: self.holiday_scope, breaks: breaks.unwrap_or_default(), ..usual }
    }

    /// The season that counts on a day: the last in the list.
    fn season_on(&self, day: DayNumber) -> Option<&'a Season> {
        if self.seasons.is_empty() {
            return None;
        }
        let date = date_of(day);
        self.seasons.iter().rev().find(|season| (season.from..=season.through).contains(&date))
    }
}

impl Rules {
    pub(super) fn new(spec: Spec) -> Self {
        let mut rules = Self { spec, holidays: Vec::new() };
        let mut found = Vec::new();
        for (from, until) in rules.editions() {
            for (index, holiday) in (0..).zip(rules.layers(from).holidays) {
                found.extend(days_of(holiday, from, until).map(|day| (day, index)));
            }
        }
        #[allow(
            clippy::stable_sort_primitive,
            reason = "made from lists that are in order, which this takes into account"
        )]
        found.sort();
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

    /// The days that have a holiday, in order, with its place in the list that is in force then.
    pub(super) fn holidays(&self) -> &[(DayNumber, u32)] {
        &self.holidays
    }

    /// What the layers say of a day.
    pub(super) fn day(&self, day: DayNumber) -> Day<'_> {
        let layers = self.layers(day);
        let date = date_of(day);
        let holiday = self.holidays.binary_search_by_key(&day, |(day, _)| *day).ok();
        let holiday = holiday.and_then(|place| self.holidays.get(place)).map(|(_, index)| *index);
        let shift = layers.shifts.get(&date).map(Vec::as_slice);
        layers.day(day, shift, layers.breaks.get(&date).map(Vec::as_slice), holiday)
    }

    /// What is open of the hours that a day owns, in seconds after its midnight; some may lie on the day after.
    pub(super) fn owned_on(&self, day: DayNumber) -> Vec<Stretch> {
        owned(&self.day(day), &self.day(day - 1), &self.day(day + 1))
    }
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
