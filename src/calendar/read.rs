//! From what someone wrote to a calendar, with everything that is wrong with it.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de::Error};

use super::answers::within_time;
use super::{Calendar, Flaw, Holiday, HolidayScope, Interval, Spec, days};
use crate::document::{Entry, Findings, Node};
use crate::{Name, Problems};

const KEYS: &[&str] = &["time_zone", "weekly", "holidays", "shifts", "holiday_scope", "shifts_beat_holidays"];

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        Self::read(&Entry::root(&node)).map_err(D::Error::custom)
    }
}

impl Calendar {
    /// Reads a calendar that stands somewhere in a document.
    pub(crate) fn read(entry: &Entry<'_>) -> Result<Self, Problems<Flaw>> {
        let mut found = Findings::new();
        let spec = spec(entry, &mut found);
        let spec = found.finish(spec)?;
        Self::compile(spec).map_err(|flaw| Problems::one(entry.place.clone(), flaw))
    }
}

type Found = Findings<Flaw>;

fn spec(entry: &Entry<'_>, found: &mut Found) -> Option<Spec> {
    let fields = entry.fields(KEYS, found)?;
    let time_zone = fields.required("time_zone", found).and_then(|entry| entry.parse(found, zone));
    let weekly = fields.required("weekly", found).map(|entry| week(entry, found));
    let holidays = fields.optional("holidays").map(|entry| entry.list(found)).unwrap_or_default();
    let holidays = holidays.iter().filter_map(|entry| holiday(entry, found)).collect();
    let shifts = fields.optional("shifts").map(|entry| entry.pairs(found)).unwrap_or_default();
    let shifts = shifts.iter().filter_map(|(key, entry)| shift(key, entry, found)).collect();
    let scope = fields.optional("holiday_scope").and_then(|entry| entry.parse(found, scope));
    let shifts_beat_holidays = fields.optional("shifts_beat_holidays").and_then(|entry| entry.bool(found));
    Some(Spec {
        time_zone: time_zone?,
        weekly: weekly?,
        holidays,
        shifts,
        holiday_scope: scope.unwrap_or_default(),
        shifts_beat_holidays: shifts_beat_holidays.unwrap_or(true),
    })
}

fn zone(name: &str) -> Result<Tz, Flaw> {
    name.parse().map_err(|_| Flaw::Zone { name: name.into() })
}

fn week(entry: &Entry<'_>, found: &mut Found) -> [Vec<Interval>; 7] {
    let mut week: [Option<Vec<Interval>>; 7] = Default::default();
    for (key, entry) in entry.pairs(found) {
        let hours = intervals(&entry, found);
        let Some(days) = days::read(key) else {
            found.add(&*entry.place, Flaw::Day { text: key.into() });
            continue;
        };
        for day in days {
            let (Some(place), Some(name)) = (week.get_mut(day), days::NAMES.get(day)) else {
                continue;
            };
            if place.is_some() {
                found.add(&*entry.place, Flaw::DayTwice { day: name });
            }
            *place = Some(hours.clone());
        }
    }
    week.map(Option::unwrap_or_default)
}

fn intervals(entry: &Entry<'_>, found: &mut Found) -> Vec<Interval> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| entry.parse(found, str::parse::<Interval>)).collect()
}

fn holiday(entry: &Entry<'_>, found: &mut Found) -> Option<Holiday> {
    if let Node::Text(_) = entry.node {
        return entry.parse(found, date).map(Holiday::from);
    }
    let fields = entry.fields(&["date", "name"], found)?;
    let date = fields.required("date", found).and_then(|entry| entry.parse(found, date));
    let name = fields.optional("name").and_then(|entry| entry.parse(found, Name::new));
    Some(Holiday { date: date?, name })
}

fn shift(key: &str, entry: &Entry<'_>, found: &mut Found) -> Option<(NaiveDate, Vec<Interval>)> {
    let date = found.keep(&entry.place, date(key));
    let hours = intervals(entry, found);
    Some((date?, hours))
}

/// Reads `YYYY-MM-DD` and nothing else: chrono alone would take "2026-3-1" and " +2026-03-01".
fn date(text: &str) -> Result<NaiveDate, Flaw> {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let shape = [4, 2, 2].into_iter().all(|length| parts.next().is_some_and(|part| digits(part, length)));
    let date = (shape && parts.next().is_none()).then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| Flaw::Date { text: String::from(text) }).and_then(within_time)
}

fn scope(text: &str) -> Result<HolidayScope, Flaw> {
    let scope = HolidayScope::ALL.into_iter().find(|scope| scope.word() == text);
    scope.ok_or_else(|| Flaw::Scope { text: text.into() })
}
