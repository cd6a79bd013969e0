//! One desk in New York, told to four libraries.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use jiff::SignedDuration;
use opening_hours::{OpeningHours, RuleKind};
use owed::calendar::{Calendar, WorkingTime};

/// The names, in the order of all answers.
pub const NAMES: [&str; 4] = ["owed", "workclock", "ule-hours", "opening-hours"];

/// The same hours in four forms.
pub struct Desk {
    pub owed: Calendar,
    pub workclock: workclock::Schedule,
    pub ule: ule_hours::Schedule,
    pub osm: OpeningHours,
}

/// Mon-Fri or every day.
#[derive(Clone, Copy, PartialEq)]
pub enum Days {
    MonFri,
    All,
}

impl Desk {
    pub fn new(days: Days, hours: &str, holidays: &[NaiveDate]) -> Self {
        let (start, end) = hours.split_once('-').unwrap();
        let time = |text: &str| text.parse::<jiff::civil::Time>().unwrap();
        let jiff_date = |date: &NaiveDate| date.to_string().parse::<jiff::civil::Date>().unwrap();
        let (ours, weekdays, osm) = match days {
            Days::MonFri => ("mon-fri", workclock::Weekdays::MON_TO_FRI, "Mo-Fr"),
            Days::All => ("mon-sun", workclock::Weekdays::ALL, "Mo-Su"),
        };
        let dates: Vec<String> = holidays.iter().map(ToString::to_string).collect();
        let json =
            serde_json::json!({ "time_zone": "America/New_York", "weekly": { ours: [hours] }, "holidays": dates });
        let schedule = workclock::Schedule::builder().time_zone("America/New_York");
        let schedule = schedule.rule(workclock::WorkDay::new(time(start), time(end), weekdays));
        let builder = ule_hours::Schedule::builder("America/New_York").unwrap();
        let builder = match days {
            Days::MonFri => builder.mon_fri(hours),
            Days::All => builder.every_day(hours),
        };
        let closed = holidays.iter().map(|date| date.format("; %Y %b %d off").to_string()).collect::<String>();
        Self {
            owed: serde_json::from_value(json).unwrap(),
            workclock: schedule.rule(workclock::Holidays::new(holidays.iter().map(jiff_date))).build().unwrap(),
            ule: holidays.iter().map(jiff_date).fold(builder.unwrap(), ule_hours::Builder::closed_on).build(),
            osm: format!("{osm} {hours}{closed}").parse().unwrap(),
        }
    }

    /// Seconds of working time by each. `opening-hours` has no working time: its intervals on the wall are added up.
    pub fn between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> [i64; 4] {
        let (a, b) = (jiff_at(from), jiff_at(until));
        [
            self.owed.signed_working_between(from.into(), until.into()) / 1_000_000,
            self.workclock.between(a, b).as_secs(),
            self.ule.between(a, b).as_secs(),
            self.osm_between(from, until),
        ]
    }

    pub fn osm_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
        let open = self.osm.iter_range(wall(from), wall(until)).filter(|range| range.kind == RuleKind::Open);
        open.map(|range| (range.range.end - range.range.start).num_seconds()).sum()
    }

    /// The second at which so many hours are used up; `opening-hours` is not asked.
    pub fn add(&self, from: DateTime<Utc>, hours: u64) -> [Option<i64>; 3] {
        let (amount, other) = (WorkingTime::from_hours(hours).unwrap(), SignedDuration::from_hours(hours as i64));
        let at = jiff_at(from);
        [
            self.owed.add_working(from.into(), amount).ok().map(|due| due.to_utc().timestamp()),
            self.workclock.add(at, other).ok().map(|due| due.as_second()),
            self.ule.add(at, other).ok().map(|due| due.as_second()),
        ]
    }

    /// Whether each holds it open; `workclock` cannot be asked.
    pub fn is_open(&self, at: DateTime<Utc>) -> [bool; 3] {
        [self.owed.is_open(at.into()), self.ule.is_open(jiff_at(at)), self.osm.is_open(wall(at))]
    }
}

pub fn jiff_at(at: DateTime<Utc>) -> jiff::Timestamp {
    jiff::Timestamp::from_second(at.timestamp()).unwrap()
}

pub fn wall(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&chrono_tz::America::New_York).naive_local()
}
