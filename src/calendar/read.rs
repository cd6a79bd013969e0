//! From what someone wrote to a calendar, with everything that is wrong with it.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de::Error};

use super::holiday::date;
use super::spec::Week;
use super::{Calendar, Combination, Flaw, HolidayScope, Interval, Revision, Season, Spec, check, days, read_holiday};
use crate::document::{Entry, Fields, Findings, Node};
use crate::{Name, Problems};

const KEYS: &[&str] = &[
    "time_zone",
    "weekly",
    "seasons",
    "holidays",
    "shifts",
    "weekly_breaks",
    "breaks",
    "holiday_scope",
    "shifts_beat_holidays",
    "revisions",
];
const REVISION_KEYS: &[&str] = &[
    "from",
    "weekly",
    "seasons",
    "holidays",
    "shifts",
    "weekly_breaks",
    "breaks",
    "holiday_scope",
    "shifts_beat_holidays",
];

/// Open around the clock, as a word.
const ALWAYS: &str = "24x7";

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        Self::read(&Entry::root(&node)).map_err(D::Error::custom)
    }
}

impl Calendar {
    /// Reads a calendar that stands somewhere in a document: rules, a combination, or "24x7".
    pub(crate) fn read(entry: &Entry<'_>) -> Result<Self, Problems<Flaw>> {
        let mut found = Findings::new();
        let here = |flaw| Problems::one(entry.place.clone(), flaw);
        if let Some((combination, key)) = combination(entry) {
            let parts = parts(entry, key, &mut found);
            let parts = found.finish(parts)?;
            return Self::combine(combination, &parts).map_err(here);
        }
        let spec = match entry.node {
            Node::Text(text) if text == ALWAYS => Some(Spec::round_the_clock(Tz::UTC)),
            _ => spec(entry, &mut found),
        };
        Self::compile(found.finish(spec)?).map_err(here)
    }
}

type Found = Findings<Flaw>;

/// Whether this is a combination, by its key.
fn combination(entry: &Entry<'_>) -> Option<(Combination, &'static [&'static str])> {
    let Node::Map(pairs) = entry.node else { return None };
    let found = Combination::ALL.into_iter().find(|known| pairs.iter().any(|(key, _)| key == known.word()))?;
    let keys: &[&str] = match found {
        Combination::Union => &["union"],
        Combination::Intersection => &["intersection"],
        Combination::Minus => &["minus"],
    };
    Some((found, keys))
}

fn parts(entry: &Entry<'_>, keys: &'static [&'static str], found: &mut Found) -> Option<Vec<Calendar>> {
    let fields = entry.fields(keys, found)?;
    let list = fields.optional(keys.first()?)?.list(found);
    Some(list.iter().filter_map(|part| found.absorb(Calendar::read(part))).collect())
}

fn spec(entry: &Entry<'_>, found: &mut Found) -> Option<Spec> {
    let fields = entry.fields(KEYS, found)?;
    let time_zone = fields.required("time_zone", found).and_then(|entry| entry.parse(found, zone));
    let weekly = fields.required("weekly", found).map(|entry| week(entry, found));
    let Layers { seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays } =
        layers(&fields, found);
    let revisions = fields.optional("revisions").map(|entry| entry.list(found)).unwrap_or_default();
    let revisions = revisions.iter().filter_map(|entry| revision(entry, found)).collect();
    let spec = Spec {
        time_zone: time_zone.unwrap_or(Tz::UTC),
        weekly: weekly.clone().unwrap_or_default(),
        seasons: seasons.unwrap_or_default(),
        holidays: holidays.unwrap_or_default(),
        shifts: shifts.unwrap_or_default(),
        weekly_breaks: weekly_breaks.unwrap_or_default(),
        breaks: breaks.unwrap_or_default(),
        holiday_scope: holiday_scope.unwrap_or_default(),
        shifts_beat_holidays: shifts_beat_holidays.unwrap_or(true),
        revisions,
    };
    let place = if entry.place.is_empty() { String::new() } else { format!("{}.", entry.place) };
    check::order(&spec.revisions, &place, found);
    check::limits(&spec, &place, found);
    (time_zone.is_some() && weekly.is_some()).then_some(spec)
}

fn revision(entry: &Entry<'_>, found: &mut Found) -> Option<Revision> {
    let fields = entry.fields(REVISION_KEYS, found)?;
    let from = fields.required("from", found).and_then(|entry| entry.parse(found, date));
    let weekly = fields.optional("weekly").map(|entry| week(entry, found));
    let Layers { seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays } =
        layers(&fields, found);
    let from = from?;
    Some(Revision {
        from,
        weekly,
        seasons,
        holidays,
        shifts,
        weekly_breaks,
        breaks,
        holiday_scope,
        shifts_beat_holidays,
    })
}

/// What a calendar and its revisions have in common.
struct Layers {
    seasons: Option<Vec<Season>>,
    holidays: Option<Vec<super::Holiday>>,
    shifts: Option<BTreeMap<NaiveDate, Vec<Interval>>>,
    weekly_breaks: Option<Week>,
    breaks: Option<BTreeMap<NaiveDate, Vec<Interval>>>,
    holiday_scope: Option<HolidayScope>,
    shifts_beat_holidays: Option<bool>,
}

fn layers(fields: &Fields<'_>, found: &mut Found) -> Layers {
    let seasons = fields.optional("seasons").map(|entry| entry.list(found));
    let seasons = seasons.map(|list| list.iter().filter_map(|entry| season(entry, found)).collect());
    let holidays = fields.optional("holidays").map(|entry| entry.list(found));
    let holidays = holidays.map(|list| list.iter().filter_map(|entry| read_holiday::holiday(entry, found)).collect());
    let shifts = fields.optional("shifts").map(|entry| dated(entry, found));
    let weekly_breaks = fields.optional("weekly_breaks").map(|entry| week(entry, found));
    let breaks = fields.optional("breaks").map(|entry| dated(entry, found));
    let holiday_scope = fields.optional("holiday_scope").and_then(|entry| entry.parse(found, scope));
    let shifts_beat_holidays = fields.optional("shifts_beat_holidays").and_then(|entry| entry.bool(found));
    Layers { seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays }
}

fn zone(name: &str) -> Result<Tz, Flaw> {
    name.parse().map_err(|_| Flaw::Zone { name: name.into() })
}

fn week(entry: &Entry<'_>, found: &mut Found) -> Week {
    if matches!(entry.node, Node::Text(text) if text == ALWAYS) {
        return core::array::from_fn(|_| alloc::vec![Interval::WHOLE_DAY]);
    }
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

fn season(entry: &Entry<'_>, found: &mut Found) -> Option<Season> {
    let fields = entry.fields(&["name", "from", "through", "weekly"], found)?;
    let name = fields.optional("name").and_then(|entry| entry.parse(found, Name::new));
    let from = fields.required("from", found).and_then(|entry| entry.parse(found, date));
    let through = fields.required("through", found).and_then(|entry| entry.parse(found, date));
    let weekly = fields.required("weekly", found).map(|entry| week(entry, found));
    let season = Season { name, from: from?, through: through?, weekly: weekly? };
    found.keep(&entry.place, check::season(&season)).map(|()| season)
}

fn dated(entry: &Entry<'_>, found: &mut Found) -> BTreeMap<NaiveDate, Vec<Interval>> {
    let pairs = entry.pairs(found);
    let read = |(key, entry): &(&str, Entry<'_>)| {
        let date = found.keep(&entry.place, date(key));
        let hours = intervals(entry, found);
        Some((date?, hours))
    };
    pairs.iter().filter_map(read).collect()
}

fn scope(text: &str) -> Result<HolidayScope, Flaw> {
    let scope = HolidayScope::ALL.into_iter().find(|scope| scope.word() == text);
    scope.ok_or_else(|| Flaw::Scope { text: text.into() })
}
