//! Business days and civil amounts of time, against an oracle that walks minute by minute and date by date.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use owed::calendar::{BusinessDays, CivilTime, DayEnd, DayTime};
use proptest::prelude::*;

use super::cases::{Case, DAY, case, config, instant};
use crate::oracle::{self, MINUTE, Oracle, SECOND, Steps, Walk};

/// Minutes around an instant, with the date on the wall at each, and for each date the end of its last open minute.
struct Window {
    oracle: Oracle,
    walk: Walk,
    from: i64,
    until: i64,
    /// The dates in whose hours some minute lies, and when the last of those is over.
    closes: BTreeMap<NaiveDate, i64>,
}

/// So many days are looked at on either side.
const REACH: i64 = 16;

impl Window {
    fn new(oracle: Oracle, at: i64) -> Self {
        let (from, until) = (at - REACH * DAY, at + REACH * DAY);
        let steps = Steps { from, until, step: MINUTE };
        let mut closes = BTreeMap::new();
        for minute in steps.all() {
            for date in oracle.owners(minute) {
                closes.insert(date, minute + MINUTE);
            }
        }
        let walk = Walk::new(&oracle, steps);
        Self { oracle, walk, from, until, closes }
    }

    fn wall(&self, at: i64) -> NaiveDateTime {
        oracle::wall(self.oracle.zone(), at)
    }

    /// The first second at which the wall shows a time, or a later one.
    fn first_at(&self, wall: NaiveDateTime) -> i64 {
        // Nowhere is the wall further from UTC than a day.
        let about = wall.and_utc().timestamp_micros();
        let minutes = Steps { from: about - DAY - 2 * MINUTE, until: about + 3 * DAY, step: MINUTE }.all();
        let minute = minutes.into_iter().find(|minute| self.wall(*minute) >= wall).unwrap();
        // Until 1972 some clocks were not set by whole minutes.
        let mut seconds = (0..60).rev().map(|second| minute - second * SECOND);
        seconds.find(|second| self.wall(*second) >= wall).unwrap()
    }

    /// Whether a date lies so far inside of the window that all its hours are known.
    fn knows(&self, date: NaiveDate) -> bool {
        let (first, last) = (self.wall(self.from).date() + Days::new(2), self.wall(self.until).date() - Days::new(3));
        (first..=last).contains(&date)
    }

    /// The date to which an instant belongs, inside the window: whose hours it is in, else what the wall shows. Where two
    /// own it, the later.
    fn owner(&self, at: i64) -> NaiveDate {
        self.oracle.owners(at).into_iter().max().unwrap_or(self.wall(at).date())
    }

    fn open_at_or_after(&self, at: i64) -> Option<i64> {
        (at..self.until).step_by(MINUTE as usize).find(|minute| self.walk.is_open(*minute))
    }

    fn open_end_at_or_before(&self, at: i64) -> Option<i64> {
        let mut ends = (0..).map(|minutes| at - minutes * MINUTE).take_while(|end| *end > self.from);
        ends.find(|end| self.walk.is_open(*end - MINUTE))
    }

    /// The time of an instant, as that of the date to which `inside` belongs.
    fn moved(&self, at: i64, inside: i64, to: NaiveDate) -> i64 {
        let owner = self.owner(inside);
        let since = self.wall(inside) - owner.and_hms_opt(0, 0, 0).unwrap();
        let since = since + chrono::TimeDelta::microseconds(at - inside);
        self.first_at(to.and_hms_opt(0, 0, 0).unwrap() + since)
    }

    fn end(&self, date: NaiveDate, ends: DayEnd) -> i64 {
        match ends {
            DayEnd::At(time) => {
                let midnight = date.and_hms_opt(0, 0, 0).unwrap();
                self.first_at(midnight + chrono::TimeDelta::seconds(time.as_seconds().into()))
            }
            _ => self.closes[&date],
        }
    }

    /// The business days after a date, in order; `None` stands for those that are not known.
    fn after(&self, date: NaiveDate) -> impl Iterator<Item = Option<NaiveDate>> + '_ {
        let days = date.iter_days().skip(1).take(40);
        days.filter(|date| !self.knows(*date) || self.closes.contains_key(date))
            .map(|date| self.knows(date).then_some(date))
    }

    fn before(&self, date: NaiveDate) -> impl Iterator<Item = Option<NaiveDate>> + '_ {
        let days = (1..40).map(move |days| date - Days::new(days));
        days.filter(|date| !self.knows(*date) || self.closes.contains_key(date))
            .map(|date| self.knows(date).then_some(date))
    }

    fn add(&self, at: i64, days: u32, ends: DayEnd) -> Option<i64> {
        if ends == DayEnd::SameTime {
            let start = self.open_at_or_after(at)?;
            return match days {
                0 => Some(start),
                days => {
                    let date = self.after(self.owner(start)).nth(days as usize - 1)??;
                    Some(self.moved(start, start, date))
                }
            };
        }
        let today = self.owner(at);
        // None at all may end today, and so does the walk begin a day earlier.
        let (behind, skip) = if days == 0 { (today - Days::new(1), 0) } else { (today, days as usize - 1) };
        let mut ends = self.after(behind).skip(skip).map(|date| date.map(|date| self.end(date, ends)));
        ends.find(|end| end.is_none_or(|end| end >= at))?
    }

    fn sub(&self, at: i64, days: u32, ends: DayEnd) -> Option<i64> {
        if ends == DayEnd::SameTime {
            let start = if self.walk.is_open(at) { at } else { self.open_end_at_or_before(at)? };
            let inside = if self.walk.is_open(start) { start } else { start - MINUTE };
            return match days {
                0 => Some(start),
                days => {
                    let date = self.before(self.owner(inside)).nth(days as usize - 1)??;
                    Some(self.moved(start, inside, date))
                }
            };
        }
        let today = self.owner(at);
        let (behind, skip) = if days == 0 { (today + Days::new(1), 0) } else { (today, days as usize - 1) };
        let mut ends = self.before(behind).skip(skip).map(|date| date.map(|date| self.end(date, ends)));
        ends.find(|end| end.is_none_or(|end| end <= at))?
    }
}

fn ends() -> impl Strategy<Value = DayEnd> {
    let time = (0..=24_u32, prop::sample::select(&[0, 15, 30][..]));
    let at = time.prop_map(|(hour, minute)| DayEnd::At(DayTime::new(hour, minute % (60 - hour / 24 * 59)).unwrap()));
    prop_oneof![3 => Just(DayEnd::SameTime), 2 => Just(DayEnd::Close), 1 => at]
}

/// The rule in its own words: 31 January and a month is the last of February.
fn months_later(date: NaiveDate, months: i32) -> NaiveDate {
    let month = date.year() * 12 + date.month0() as i32 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
    (1..=date.day()).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn business_days_are_those_on_which_somebody_works(case in case()) {
        let Case { json, calendar, steps } = case;
        if steps.step == MINUTE {
            let oracle = Oracle::new(&json);
            let owners: BTreeSet<_> = steps.all().flat_map(|at| oracle.owners(at)).collect();
            let first = oracle::wall(oracle.zone(), steps.from).date() + Days::new(1);
            for date in first.iter_days().take(3) {
                prop_assert_eq!(calendar.is_business_day(date), owners.contains(&date), "{}", date);
            }
        }
    }

    #[test]
    fn business_days_lead_where_a_walk_from_date_to_date_leads(
        case in case(), minutes in prop::collection::vec(0..6 * DAY / MINUTE, 4), days in 0..5_u32, ends in ends(),
    ) {
        let Case { json, calendar, steps } = case;
        if steps.step == MINUTE {
            let window = Window::new(Oracle::new(&json), steps.from + 3 * DAY);
            for minutes in minutes {
                let at = steps.from + minutes * MINUTE;
                let term = BusinessDays::new(days).ending(ends);
                if let Some(expected) = window.add(at, days, ends) {
                    let found = calendar.add_business_days(instant(at), days, ends);
                    prop_assert_eq!(found, Ok(instant(expected)), "{} and {}", instant(at), term);
                }
                if let Some(expected) = window.sub(at, days, ends) {
                    let found = calendar.sub_business_days(instant(at), days, ends);
                    prop_assert_eq!(found, Ok(instant(expected)), "{} less {}", instant(at), term);
                }
            }
        }
    }

    #[test]
    fn civil_time_is_the_same_time_on_another_date(case in case(), minutes in 0..6 * DAY / MINUTE, count in 0..40_u32) {
        let Case { json, calendar, steps } = case;
        if steps.step == MINUTE {
            let window = Window { walk: Walk::new(&Oracle::new(&json), Steps { until: steps.from, ..steps }),
                oracle: Oracle::new(&json), from: 0, until: 0, closes: BTreeMap::new() };
            let at = steps.from + minutes * MINUTE;
            let (date, time) = (window.wall(at).date(), window.wall(at).time());
            let expected = |to: NaiveDate| instant(if to == date { at } else { window.first_at(to.and_time(time)) });
            let days = |days: i64| date + chrono::TimeDelta::days(days);
            let (n, months) = (i64::from(count), count.cast_signed());
            for (term, later, sooner) in [
                (CivilTime::Days(count), days(n), days(-n)),
                (CivilTime::Weeks(count), days(7 * n), days(-7 * n)),
                (CivilTime::Months(count), months_later(date, months), months_later(date, -months)),
            ] {
                prop_assert_eq!(calendar.add_civil(instant(at), term), Ok(expected(later)), "{} and {}", instant(at), term);
                prop_assert_eq!(calendar.sub_civil(instant(at), term), Ok(expected(sooner)), "{} less {}", instant(at), term);
            }
        }
    }
}
