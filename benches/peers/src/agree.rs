//! Do they agree, and where they do not, who is right?

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use crate::desk::{Days, Desk, NAMES, wall};

/// Asks all of them many times in hours at which no clock is changed. They must agree.
pub fn by_day(desk: &Desk) -> usize {
    let first: DateTime<Utc> = "2021-01-04T00:00:00Z".parse().unwrap();
    let mut asked = 0;
    for index in 0..400 {
        let from = first + TimeDelta::seconds(index * 311_041);
        for hours in [8, 40, 400] {
            let [owed, workclock, ule] = desk.add(from, hours);
            assert_eq!((workclock, ule), (owed, owed), "+{hours} h from {from}");
        }
        let until = from + TimeDelta::seconds(index * 7_919 + 1);
        let [owed, others @ ..] = desk.between(from, until);
        assert_eq!(others, [owed; 3], "between {from} and {until}");
        let [owed, others @ ..] = desk.is_open(from);
        assert_eq!(others, [owed; 2], "open at {from}");
        asked += 5;
    }
    asked
}

/// Nights on which the clocks of New York are changed, and what each counts from noon to noon.
pub fn by_night() {
    println!("| night | hours | right | {} |\n|---|---|---|---|---|---|---|", NAMES.join(" | "));
    for (night, date) in [("forward, 8 March 2026", "2026-03-07"), ("back, 1 November 2026", "2026-10-31")] {
        for hours in ["01:15-01:45", "02:15-02:45", "22:00-06:00"] {
            let desk = Desk::new(Days::All, hours, &[]);
            let noon = date.parse::<NaiveDate>().unwrap().and_hms_opt(17, 0, 0).unwrap().and_utc();
            let right = minute_by_minute(hours, noon, noon + TimeDelta::hours(24));
            let told = desk.between(noon, noon + TimeDelta::hours(24)).map(|seconds| {
                let mark = if seconds == right { "" } else { " (wrong)" };
                format!("{} min{mark}", seconds / 60)
            });
            println!("| {night} | {hours} | {} min | {} |", right / 60, told.join(" | "));
        }
    }
}

/// Reads the clock on the wall in every minute.
fn minute_by_minute(hours: &str, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    let time = |text: &str| text[..2].parse::<u32>().unwrap() * 60 + text[3..].parse::<u32>().unwrap();
    let (start, end) = hours.split_once('-').map(|(start, end)| (time(start), time(end))).unwrap();
    let open = |at: DateTime<Utc>| {
        let minute = wall(at).num_seconds_from_midnight() / 60;
        if start < end { (start..end).contains(&minute) } else { minute >= start || minute < end }
    };
    (0..(until - from).num_minutes()).filter(|minute| open(from + TimeDelta::minutes(*minute))).count() as i64 * 60
}
