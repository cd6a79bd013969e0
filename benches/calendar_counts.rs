//! What a question to a calendar costs, in instructions. `benches/count.sh` runs it under callgrind and writes the table.
//!
//! Each question is asked through a function of its own that is not inlined and not merged with another: it is those that
//! are counted. Run plainly, it only says what the answers are.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a bench is a program")]

use std::hint::black_box;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use owed::Timestamp;
use owed::calendar::{Calendar, Spec, WorkingTime};
use serde_json::{Map, Value, json};

#[inline(never)]
fn count_is_open(calendar: &Calendar, at: Timestamp) -> bool {
    calendar.is_open(at)
}

#[inline(never)]
fn count_between(calendar: &Calendar, from: Timestamp, until: Timestamp) -> WorkingTime {
    calendar.working_between(from, until)
}

#[inline(never)]
fn count_add(calendar: &Calendar, from: Timestamp, amount: WorkingTime) -> Option<Timestamp> {
    calendar.add_working(from, amount).ok()
}

#[inline(never)]
fn count_sub(calendar: &Calendar, until: Timestamp, amount: WorkingTime) -> Option<Timestamp> {
    calendar.sub_working(until, amount).ok()
}

/// The same through chrono's instants.
#[inline(never)]
fn count_between_utc(calendar: &Calendar, from: DateTime<Utc>, until: DateTime<Utc>) -> WorkingTime {
    calendar.working_between(from.into(), until.into())
}

#[inline(never)]
fn count_add_utc(calendar: &Calendar, from: DateTime<Utc>, amount: WorkingTime) -> Option<DateTime<Utc>> {
    calendar.add_working(from.into(), amount).ok().map(Timestamp::to_utc)
}

#[inline(never)]
fn count_sub_utc(calendar: &Calendar, until: DateTime<Utc>, amount: WorkingTime) -> Option<DateTime<Utc>> {
    calendar.sub_working(until.into(), amount).ok().map(Timestamp::to_utc)
}

#[inline(never)]
fn count_build(spec: Spec) -> Calendar {
    Calendar::new(spec).unwrap()
}

#[inline(never)]
fn count_read(text: &str) -> Calendar {
    serde_json::from_str(text).unwrap()
}

#[inline(never)]
fn count_combine(one: &Calendar, two: &Calendar) -> Calendar {
    one.union(two).unwrap()
}

fn date(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(days)
}

/// Mon-Fri 9-17 with ten holidays a year for a century.
fn plain(zone: &str) -> Value {
    let holidays: Vec<_> = (0..1_000).map(|index| date(index * 36_525 / 1_000 + index % 7).to_string()).collect();
    json!({ "time_zone": zone, "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": holidays })
}

/// The same with ten rules instead of a thousand dates: they hold from 1900 to 2200.
fn by_rules() -> Value {
    let rules: Vec<_> =
        (1..=10).map(|month| json!({ "nth": format!("{} mon {}", month % 4 + 1, MONTHS[month]) })).collect();
    json!({ "time_zone": "America/New_York", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": rules })
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Five intervals a day, the last over midnight, and forty exceptions a year: holidays, shifts and breaks.
fn nasty() -> Value {
    let hours = ["06:00-07:30", "08:15-10:00", "10:20-12:05", "13:00-17:45", "22:00-02:30"];
    let (mut holidays, mut shifts, mut breaks) = (vec![], Map::new(), Map::new());
    for index in 0..4_000_u64 {
        let date = date(index * 36_525 / 4_000 + index * index % 5).to_string();
        match index % 4 {
            0 => holidays.push(date),
            1 => drop(shifts.insert(date, json!(["07:00-11:00", format!("{:02}:00-18:30", 12 + index % 3)]))),
            2 => drop(shifts.insert(date, json!([format!("20:{:02}-05:00", index % 60)]))),
            _ => drop(breaks.insert(date, json!([format!("09:{:02}-14:00", index * 7 % 60)]))),
        }
    }
    json!({ "time_zone": "America/New_York", "weekly": { "mon-sun": hours }, "holidays": holidays,
            "shifts": shifts, "breaks": breaks, "holiday_scope": "both" })
}

fn main() {
    let case = std::env::args().nth(1).filter(|case| !case.starts_with('-')).unwrap_or_else(|| "plain".into());
    let days: i64 = std::env::args().nth(2).and_then(|days| days.parse().ok()).unwrap_or(1);
    let load = |json: &Value| serde_json::from_value::<Calendar>(json.clone()).unwrap();
    let calendar = match case.as_str() {
        "rules" => load(&by_rules()),
        "nasty" => load(&nasty()),
        "union" => load(&json!({ "union": [plain("America/New_York"), plain("Europe/Berlin"), plain("Asia/Tokyo")] })),
        "two" => load(&json!({ "union": [plain("America/New_York"), plain("Europe/Berlin")] })),
        _ => load(&plain("America/New_York")),
    };
    if let Some(spec) = calendar.spec() {
        let text = serde_json::to_string(spec).unwrap();
        println!("{} bytes", black_box(count_build(spec.clone())).bytes());
        black_box(count_read(&text));
    } else {
        println!("{} bytes", calendar.bytes());
    }
    let (one, two) = (load(&plain("America/New_York")), load(&plain("Europe/Berlin")));
    black_box(count_combine(&one, &two));
    // Many beginnings, so that no lucky one decides.
    let (mut open, mut working) = (0_u32, 0_u64);
    let asked = 500;
    for index in 0..asked {
        let from = date(0).and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::seconds(index * 733_331);
        let until = from + TimeDelta::days(days);
        let (first, last) = (Timestamp::from(from), Timestamp::from(until));
        open += u32::from(black_box(count_is_open(&calendar, first)));
        let amount = black_box(count_between(&calendar, first, last));
        working += amount.as_micros();
        let amount = amount.max(WorkingTime::from_micros(1));
        black_box(count_add(&calendar, first, amount));
        black_box(count_sub(&calendar, last, amount));
        black_box(count_between_utc(&calendar, from, until));
        black_box(count_add_utc(&calendar, from, amount));
        black_box(count_sub_utc(&calendar, until, amount));
    }
    println!("{open} of {asked} open, {} working hours", working / 3_600_000_000);
}
