//! The slowest thing that could possibly work: step through time, read the clock on the wall, and look the hours up in
//! the rules as they are written. It takes nothing from the crate; a calendar is its JSON.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
const DAY: u32 = 86_400;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The wall clock of a zone at an instant.
pub(crate) fn wall(zone: Tz, micros: i64) -> NaiveDateTime {
    let utc: DateTime<Utc> = DateTime::from_timestamp_micros(micros).expect("inside chrono's range");
    utc.with_timezone(&zone).naive_local()
}

/// A calendar that is looked up minute by minute.
pub(crate) enum Oracle {
    Rules { zone: Tz, rules: Value, days: RefCell<BTreeMap<NaiveDate, Rc<Day>>> },
    Combined { how: &'static str, parts: Vec<Oracle> },
}

/// What is written about one date. Seconds after its midnight, up to two days.
pub(crate) struct Day {
    owned: Vec<(u32, u32)>,
    closed: bool,
    breaks: Vec<(u32, u32)>,
    /// The hours that it would own without its holiday, and whose they are.
    hours: Vec<(u32, u32)>,
    whose: Reason,
    holiday: Option<Option<String>>,
}

/// The layer that opens or closes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reason {
    Hours,
    Season(String),
    Shift,
    Holiday(Option<String>),
    Break,
}

impl Oracle {
    pub(crate) fn new(calendar: &Value) -> Self {
        for how in ["union", "intersection", "minus"] {
            if let Some(parts) = calendar.get(how) {
                return Self::Combined { how, parts: parts.as_array().unwrap().iter().map(Self::new).collect() };
            }
        }
        if calendar == "24x7" {
            return Self::new(&json!({ "time_zone": "UTC", "weekly": { "mon-sun": ["00:00-24:00"] } }));
        }
        let zone = calendar["time_zone"].as_str().unwrap().parse().unwrap();
        Self::Rules { zone, rules: calendar.clone(), days: RefCell::default() }
    }

    pub(crate) fn zone(&self) -> Tz {
        match self {
            Self::Rules { zone, .. } => *zone,
            Self::Combined { parts, .. } => parts[0].zone(),
        }
    }

    pub(crate) fn is_open(&self, micros: i64) -> bool {
        match self {
            Self::Rules { .. } => !self.owners(micros).is_empty(),
            Self::Combined { how: "union", parts } => parts.iter().any(|part| part.is_open(micros)),
            Self::Combined { how: "intersection", parts } => parts.iter().all(|part| part.is_open(micros)),
            Self::Combined { parts, .. } => {
                parts[0].is_open(micros) && !parts[1..].iter().any(|part| part.is_open(micros))
            }
        }
    }

    /// The dates in whose hours an open instant lies; of a combination, the date on the wall.
    pub(crate) fn owners(&self, micros: i64) -> Vec<NaiveDate> {
        let local = wall(self.zone(), micros);
        let (today, second) = (local.date(), local.time().num_seconds_from_midnight());
        if matches!(self, Self::Combined { .. }) {
            return if self.is_open(micros) { vec![today] } else { vec![] };
        }
        let yesterday = today - Days::new(1);
        let (day, before) = (self.day(today), self.day(yesterday));
        let holds = |list: &[(u32, u32)], second: u32| list.iter().any(|(start, end)| (*start..*end).contains(&second));
        if day.closed || holds(&day.breaks, second) || holds(&before.breaks, second + DAY) {
            return vec![];
        }
        let owns = [(today, holds(&day.owned, second)), (yesterday, holds(&before.owned, second + DAY))];
        owns.into_iter().filter(|(_, owns)| *owns).map(|(date, _)| date).collect()
    }

    pub(crate) fn has_rules(&self) -> bool {
        matches!(self, Self::Rules { .. })
    }

    /// Why it is open or closed: the last layer that had something to say about this time.
    pub(crate) fn reason(&self, micros: i64) -> Reason {
        let local = wall(self.zone(), micros);
        let (date, second) = (local.date(), local.time().num_seconds_from_midnight());
        let (day, before) = (self.day(date), self.day(date - Days::new(1)));
        let holds = |list: &[(u32, u32)], second: u32| list.iter().any(|(start, end)| (*start..*end).contains(&second));
        if let (true, Some(name)) = (day.closed, &day.holiday) {
            return Reason::Holiday(name.clone());
        }
        let (own, night) = (holds(&day.owned, second), holds(&before.owned, second + DAY));
        if (own || night) && (holds(&day.breaks, second) || holds(&before.breaks, second + DAY)) {
            return Reason::Break;
        }
        let taken = |day: &Day, second: u32| day.holiday.clone().filter(|_| holds(&day.hours, second));
        match (own, night) {
            (true, _) => day.whose.clone(),
            (false, true) => before.whose.clone(),
            (false, false) => {
                let taken = taken(&day, second).or(taken(&before, second + DAY));
                taken.map_or(day.whose.clone(), Reason::Holiday)
            }
        }
    }

    fn day(&self, date: NaiveDate) -> Rc<Day> {
        let Self::Rules { rules, days, .. } = self else { unreachable!("only rules have days") };
        days.borrow_mut().entry(date).or_insert_with(|| Rc::new(look_up(rules, date))).clone()
    }
}

/// Reads what the rules say of a date, layer by layer.
fn look_up(rules: &Value, date: NaiveDate) -> Day {
    let (first, last) = (ymd(1900, 1, 1), ymd(2200, 12, 31));
    // Later revisions first: what one says counts, else what the one before it says.
    let in_force = |date: NaiveDate| {
        let revisions = rules["revisions"].as_array().cloned().unwrap_or_default();
        let mut texts: Vec<Value> = revisions.into_iter().filter(|revision| day(&revision["from"]) <= date).collect();
        texts.reverse();
        texts.push(rules.clone());
        texts
    };
    let texts = in_force(date.clamp(first, last));
    let layer = |key: &str| texts.iter().find_map(|text| text.get(key)).cloned().unwrap_or(Value::Null);
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    let (mut owned, mut breaks) = (of_week(&layer("weekly"), weekday), of_week(&layer("weekly_breaks"), weekday));
    if date < first || date > last {
        let hours = owned.clone();
        return Day { owned, closed: false, breaks, hours, whose: Reason::Hours, holiday: None };
    }
    let mut whose = Reason::Hours;
    for season in layer("seasons").as_array().into_iter().flatten() {
        if day(&season["from"]) <= date && date <= day(&season["through"]) {
            owned = of_week(&season["weekly"], weekday);
            whose = Reason::Season(season["name"].as_str().unwrap_or_default().into());
        }
    }
    let key = date.to_string();
    let shift = layer("shifts").get(&key).map(intervals);
    breaks.extend(layer("breaks").get(&key).map(intervals).unwrap_or_default());
    let beaten = shift.is_some() && layer("shifts_beat_holidays") != json!(false);
    let holidays = layer("holidays");
    let mut named = holidays.as_array().into_iter().flatten().filter(|holiday| is_on(holiday, date));
    let named = named.next().filter(|_| !beaten).map(|holiday| holiday["name"].as_str().map(String::from));
    let holiday = named.is_some();
    let scope = layer("holiday_scope");
    if let Some(shift) = shift {
        (owned, whose) = (shift, Reason::Shift);
    }
    let hours = owned.clone();
    if holiday && scope != "date" {
        owned.clear();
    }
    Day { owned, closed: holiday && scope != "shift", breaks, hours, whose, holiday: named }
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn day(text: &Value) -> NaiveDate {
    text.as_str().unwrap().parse().unwrap()
}

fn of_week(week: &Value, weekday: &str) -> Vec<(u32, u32)> {
    if week == "24x7" {
        return vec![(0, DAY)];
    }
    let names = |key: &str| -> Vec<&str> {
        let (first, last) = key.split_once('-').unwrap_or((key, key));
        let from_first = WEEKDAYS.into_iter().cycle().skip_while(|name| *name != first);
        let mut names: Vec<_> = from_first.take(7).collect();
        let length = names.iter().position(|name| *name == last).unwrap();
        names.truncate(length + 1);
        names
    };
    let pairs = week.as_object().into_iter().flatten();
    let hours = pairs.filter(|(key, _)| names(key).contains(&weekday)).map(|(_, hours)| intervals(hours));
    hours.flatten().collect()
}

fn intervals(list: &Value) -> Vec<(u32, u32)> {
    let seconds = |time: &str| {
        let digits: Vec<u32> = time.split(':').map(|part| part.parse().unwrap()).collect();
        digits[0] * 3_600 + digits[1] * 60 + digits.get(2).unwrap_or(&0)
    };
    let interval = |text: &Value| {
        let (start, end) = text.as_str().unwrap().split_once('-').unwrap();
        let (start, end) = (seconds(start), seconds(end));
        (start, if end < start { end + DAY } else { end })
    };
    list.as_array().unwrap().iter().map(interval).collect()
}

fn is_on(holiday: &Value, date: NaiveDate) -> bool {
    if let Some(text) = holiday.as_str().or(holiday["date"].as_str()) {
        return text == date.to_string();
    }
    if let Some(yearly) = holiday["yearly"].as_str() {
        return date.format("%m-%d").to_string() == yearly;
    }
    if let Some(nth) = holiday["nth"].as_str() {
        let words: Vec<&str> = nth.split(' ').collect();
        let month: Vec<NaiveDate> =
            (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(date.year(), date.month(), day)).collect();
        let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
        let same: Vec<_> = month.into_iter().filter(|other| other.weekday() == date.weekday()).collect();
        let place = same.iter().position(|other| *other == date).unwrap();
        let is_nth = if words[0] == "last" { place + 1 == same.len() } else { words[0].parse() == Ok(place + 1) };
        return is_nth && words[1] == weekday && date.format("%b").to_string().to_lowercase() == words[2];
    }
    let days = holiday["easter"].as_i64().unwrap();
    (date.year() - 1..=date.year() + 1).any(|year| easter(year) + chrono::TimeDelta::days(days) == date)
}

/// Oudin's form of the rule; the crate has another.
fn easter(year: i32) -> NaiveDate {
    let (golden, century) = (year % 19, year / 100);
    let h = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let i = h - (h / 28) * (1 - (29 / (h + 1)) * ((21 - golden) / 11));
    let j = (year + year / 4 + i + 2 - century + century / 4) % 7;
    let month = 3 + (i - j + 40) / 44;
    ymd(year, month as u32, (i - j + 28 - 31 * (month / 4)) as u32)
}

/// Time in steps at which nothing changes but at their ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps {
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) step: i64,
}

impl Steps {
    pub(crate) fn all(self) -> impl DoubleEndedIterator<Item = i64> {
        (0..(self.until - self.from).max(0) / self.step).map(move |index| self.from + index * self.step)
    }
}

/// For each step, whether it is open.
pub(crate) struct Walk {
    pub(crate) steps: Steps,
    open: Vec<bool>,
}

impl Walk {
    pub(crate) fn new(oracle: &Oracle, steps: Steps) -> Self {
        Self { steps, open: steps.all().map(|at| oracle.is_open(at)).collect() }
    }

    pub(crate) fn is_open(&self, at: i64) -> bool {
        self.open[((at - self.steps.from) / self.steps.step) as usize]
    }

    fn open(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        let Steps { from, step, .. } = self.steps;
        let open = self.open.iter().enumerate().filter(|(_, open)| **open);
        open.map(move |(index, _)| from + index as i64 * step)
    }

    /// Open microseconds from the first step to the last.
    pub(crate) fn working(&self) -> i64 {
        self.open().count() as i64 * self.steps.step
    }

    /// The first instant by which so many steps were open.
    pub(crate) fn add(&self, wanted: i64) -> Option<i64> {
        match wanted {
            0 => Some(self.steps.from),
            wanted => self.open().nth(wanted as usize - 1).map(|at| at + self.steps.step),
        }
    }

    /// The last instant from which so many steps are open until the end.
    pub(crate) fn sub(&self, wanted: i64) -> Option<i64> {
        match wanted {
            0 => Some(self.steps.until),
            wanted => self.open().nth_back(wanted as usize - 1),
        }
    }

    /// The open stretches, in order.
    pub(crate) fn spans(&self) -> Vec<(i64, i64)> {
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for at in self.open() {
            match spans.last_mut() {
                Some((_, end)) if *end == at => *end += self.steps.step,
                _ => spans.push((at, at + self.steps.step)),
            }
        }
        spans
    }
}

/// All instants from one to another at which a wall clock jumps.
pub(crate) fn clock_changes(zone: Tz, from: i64, until: i64) -> BTreeSet<i64> {
    let offset = |micros: i64| wall(zone, micros).and_utc().timestamp_micros() - micros;
    let mut found = vec![from];
    for step in [24 * 60 * MINUTE, 60 * MINUTE, MINUTE, SECOND] {
        let (coarse, wide) = (
            found,
            if step == 24 * 60 * MINUTE { until - from } else { step * if step == 60 * MINUTE { 24 } else { 60 } },
        );
        let inner = coarse.into_iter().flat_map(|start| (start..start + wide).step_by(step as usize));
        found = inner.filter(|at| offset(*at) != offset(at + step)).collect();
    }
    found.into_iter().map(|at| at + SECOND).collect()
}

/// Midnight, UTC.
pub(crate) fn year(year: i32) -> i64 {
    ymd(year, 1, 1).and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp_micros()
}
