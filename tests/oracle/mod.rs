//! The slowest thing that could possibly work: walk through time minute by minute, read the clock on the wall, and look
//! the hours up in the rules. It takes nothing from the crate but plain data.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Utc};
use owed::calendar::{HolidayScope, Interval, Spec};

pub(crate) const MINUTE: i64 = 60_000_000;

/// The wall clock of the calendar's zone at an instant.
pub(crate) fn wall(spec: &Spec, micros: i64) -> NaiveDateTime {
    let utc: DateTime<Utc> = DateTime::from_timestamp_micros(micros).expect("inside chrono's range");
    utc.with_timezone(&spec.time_zone).naive_local()
}

pub(crate) fn is_open(spec: &Spec, micros: i64) -> bool {
    let local = wall(spec, micros);
    let today = local.date();
    if is_holiday(spec, today) && spec.holiday_scope != HolidayScope::Shift {
        return false;
    }
    let second = local.time().num_seconds_from_midnight();
    let yesterday = today.checked_sub_days(Days::new(1)).expect("inside chrono's range");
    let by_day = hours_of(spec, today).iter().any(|interval| {
        let start = interval.start().as_seconds();
        second >= start && (interval.crosses_midnight() || second < interval.end().as_seconds())
    });
    let by_night = hours_of(spec, yesterday)
        .iter()
        .any(|interval| interval.crosses_midnight() && second < interval.end().as_seconds());
    by_day || by_night
}

/// The hours that a date owns.
fn hours_of(spec: &Spec, date: NaiveDate) -> &[Interval] {
    if is_holiday(spec, date) && spec.holiday_scope != HolidayScope::Date {
        return &[];
    }
    match spec.shifts.get(&date) {
        Some(hours) => hours,
        None => &spec.weekly[date.weekday().num_days_from_monday() as usize],
    }
}

fn is_holiday(spec: &Spec, date: NaiveDate) -> bool {
    let named = spec.holidays.iter().any(|holiday| holiday.date == date);
    named && !(spec.shifts_beat_holidays && spec.shifts.contains_key(&date))
}

/// Open microseconds between two instants on whole minutes, where every edge is on a whole minute.
pub(crate) fn working_between(spec: &Spec, from: i64, until: i64) -> i64 {
    minutes(from, until).filter(|minute| is_open(spec, *minute)).count() as i64 * MINUTE
}

/// The first instant by which so many minutes were open, if it comes before `limit`.
pub(crate) fn add_working(spec: &Spec, from: i64, minutes_wanted: i64, limit: i64) -> Option<i64> {
    let mut open = minutes(from, limit).filter(|minute| is_open(spec, *minute));
    match minutes_wanted {
        0 => Some(from),
        wanted => open.nth(wanted as usize - 1).map(|minute| minute + MINUTE),
    }
}

/// The last instant from which so many minutes are open until `until`, if it comes after `limit`.
pub(crate) fn sub_working(spec: &Spec, until: i64, minutes_wanted: i64, limit: i64) -> Option<i64> {
    let mut open = minutes(limit, until).rev().filter(|minute| is_open(spec, *minute));
    match minutes_wanted {
        0 => Some(until),
        wanted => open.nth(wanted as usize - 1),
    }
}

/// The open stretches, in order.
pub(crate) fn open_spans(spec: &Spec, from: i64, until: i64) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for minute in minutes(from, until).filter(|minute| is_open(spec, *minute)) {
        match spans.last_mut() {
            Some((_, end)) if *end == minute => *end += MINUTE,
            _ => spans.push((minute, minute + MINUTE)),
        }
    }
    spans
}

/// All instants at which the wall clock jumps, by days between two years, to the minute.
pub(crate) fn clock_changes(spec: &Spec) -> BTreeSet<i64> {
    let offset = |micros: i64| wall(spec, micros).and_utc().timestamp_micros() - micros;
    let hour = 60 * MINUTE;
    let (from, until) = (FIRST_YEAR, LAST_YEAR);
    let days = (from..until).step_by(24 * hour as usize).filter(|day| offset(*day) != offset(day + 24 * hour));
    let hours = days.flat_map(|day| (day..day + 24 * hour).step_by(hour as usize));
    let hours = hours.filter(|start| offset(*start) != offset(start + hour));
    hours
        .flat_map(|start| minutes(start, start + hour))
        .filter(|at| offset(*at) != offset(at + MINUTE))
        .map(|at| at + MINUTE)
        .collect()
}

/// 1975 and 2045: no zone has had seconds in its offset since, and all that is odd about zones is between.
pub(crate) const FIRST_YEAR: i64 = 157_766_400_000_000;
pub(crate) const LAST_YEAR: i64 = 2_366_841_600_000_000;

fn minutes(from: i64, until: i64) -> impl DoubleEndedIterator<Item = i64> {
    (0..(until - from).max(0) / MINUTE).map(move |index| from + index * MINUTE)
}
