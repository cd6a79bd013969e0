//! What a day is of which clocks, nights and holidays leave little.

use owed::calendar::{Calendar, EasterDay, HolidayRule};
use serde_json::{Value, json};

use super::at;

fn calendar(spec: &Value) -> Calendar {
    serde_json::from_value(spec.clone()).expect("a calendar")
}

/// Business days end with their hours, also before 1970, when seconds are counted downwards.
#[test]
fn a_business_day_of_1960_ends_with_its_hours() {
    let berlin =
        calendar(&json!({ "time_zone": "Europe/Berlin", "weekly": { "mon-fri": ["09:00-12:00", "13:00-17:00"] } }));
    let close = "0 business days, close".parse().expect("a term");
    assert_eq!(berlin.add(at("1960-03-07T09:00:00Z"), close), Ok(at("1960-03-07T16:00:00Z")));
}

/// The night shift of Saturday ends at six on Sunday, by the clock that was put forward meanwhile.
#[test]
fn a_night_shift_ends_by_the_clock_of_its_end() {
    let berlin = calendar(&json!({ "time_zone": "Europe/Berlin", "weekly": { "sat": ["22:00-06:00"] } }));
    let close = "0 business days, close".parse().expect("a term");
    assert_eq!(berlin.add(at("2026-03-28T21:30:00Z"), close), Ok(at("2026-03-29T04:00:00Z")));
}

/// At a minute past midnight the clocks of St John's went back to Saturday. Of Sunday one minute was open, and it ended with that.
#[test]
fn a_day_of_which_clocks_went_back_ends_where_it_was_open_last() {
    let both = calendar(&json!({ "intersection": [
        { "time_zone": "America/St_Johns", "weekly": { "mon-sun": ["00:00-24:00"] } },
        { "time_zone": "UTC", "weekly": {}, "shifts": { "2010-11-07": ["02:00-03:30"] } }] }));
    let close = |from: &str| both.add(at(from), "0 business days, close".parse().expect("a term"));
    assert_eq!(close("2010-11-07T02:30:30Z"), Ok(at("2010-11-07T02:31:00Z")), "Sunday");
    assert_eq!(close("2010-11-07T02:10:00Z"), Ok(at("2010-11-07T03:30:00Z")), "Saturday, twice");
}

/// Only the hour from two to three on Sunday is left, and on one night in March there is none: of Saturday's night, or, as Saturday's break goes on
/// until two, of Sunday's hours. That date is no business day.
#[test]
fn a_date_of_which_a_break_and_the_clocks_leave_nothing_is_no_business_day() {
    for weekly in [json!({ "sat": ["22:00-03:00"] }), json!({ "sun": ["00:30-03:00"] })] {
        let berlin = calendar(
            &json!({ "time_zone": "Europe/Berlin", "weekly": weekly, "weekly_breaks": { "sat": ["22:00-02:00"] } }),
        );
        let after = |from: &str, days: u32| {
            berlin.add(at(from), format!("{days} business days, close").parse().expect("a term"))
        };
        assert_eq!(after("2026-03-16T09:00:00Z", 1), Ok(at("2026-03-22T02:00:00Z")), "{weekly}");
        assert_eq!(
            after("2026-03-16T09:00:00Z", 2),
            Ok(at("2026-04-05T01:00:00Z")),
            "{weekly}: not on the twenty-ninth of March"
        );
        assert_eq!(after("2026-03-23T09:00:00Z", 2), Ok(at("2026-04-12T01:00:00Z")), "{weekly}");
    }
}

/// Greenland's clocks skip the last hour of a Saturday in March, and the Sunday after it is a holiday: nothing is left of that night.
#[test]
fn a_night_of_which_the_clocks_and_a_holiday_leave_nothing_is_no_business_day() {
    let third = |holidays: Value| {
        let spec = json!({ "time_zone": "America/Nuuk", "weekly": { "sat": ["23:00-02:00"] }, "holidays": holidays });
        calendar(&spec).add(at("2026-03-16T09:00:00Z"), "3 business days, close".parse().expect("a term"))
    };
    assert_eq!(third(json!([])), Ok(at("2026-04-05T03:00:00Z")));
    assert_eq!(third(json!(["2026-03-29"])), Ok(at("2026-04-12T03:00:00Z")));
}

/// The same before 1970, when seconds are counted downwards: New York's clocks skipped an hour of the twenty-fourth of April, and all that lies in it.
#[test]
fn a_date_that_the_clocks_of_1960_skipped_is_no_business_day() {
    let hours = [
        ("02:00-03:00", ["1960-04-17T08:00:00Z", "1960-05-08T07:00:00Z"]),
        ("02:15-02:45", ["1960-04-17T07:45:00Z", "1960-05-08T06:45:00Z"]),
    ];
    for (hours, [first, third]) in hours {
        let york = calendar(&json!({ "time_zone": "America/New_York", "weekly": { "sun": [hours] } }));
        let after = |days: u32| {
            york.add(at("1960-04-11T09:00:00Z"), format!("{days} business days, close").parse().expect("a term"))
        };
        assert_eq!((after(1), after(3)), (Ok(at(first)), Ok(at(third))), "{hours}");
    }
}

/// The holiday closes its date, and what the night shift has after midnight is open all the same: the day has that much business.
#[test]
fn a_holiday_of_which_the_night_is_left_is_a_business_day() {
    for (hours, is_one) in [("22:00-06:00", true), ("22:00-24:00", false)] {
        let night = calendar(&json!({ "time_zone": "UTC", "weekly": { "thu": ["09:00-17:00"], "fri": [hours] },
            "holidays": ["2026-03-06"], "holiday_scope": "date" }));
        assert_eq!(night.is_business_day("2026-03-06".parse().unwrap()), is_one, "{hours}");
        let next = night.add(at("2026-03-05T10:00:00Z"), "1 business day, close".parse().expect("a term"));
        assert_eq!(next, Ok(at(if is_one { "2026-03-07T06:00:00Z" } else { "2026-03-12T17:00:00Z" })), "{hours}");
    }
}

/// Hours that touch are one stretch: nothing closes and opens again between them, whatever they were written as.
#[test]
fn hours_that_touch_are_one_stretch() {
    for hours in [json!(["09:00-12:00", "12:00-17:00"]), json!(["12:00-17:00", "09:00-12:00"]), json!(["09:00-17:00"])]
    {
        let desk = calendar(&json!({ "time_zone": "UTC", "weekly": { "mon-fri": hours } }));
        assert_eq!(desk.next_closing(at("2026-03-02T10:00:00Z")), Some(at("2026-03-02T17:00:00Z")), "{hours}");
        assert_eq!(desk.next_opening(at("2026-03-02T11:00:00Z")), Some(at("2026-03-03T09:00:00Z")), "{hours}");
    }
}

/// Nor is more kept of them, within a day or about midnight.
#[test]
fn of_hours_that_touch_one_stretch_is_kept() {
    let bytes = |hours: Value| calendar(&json!({ "time_zone": "UTC", "weekly": { "mon-sun": hours } })).bytes();
    assert!(bytes(json!(["09:00-12:00", "12:00-17:00"])) < bytes(json!(["09:00-12:00", "13:00-17:00"])));
    assert!(bytes(json!(["00:00-24:00"])) < bytes(json!(["00:00-23:00"])));
}

/// What is written as a text is open around the clock, or it is no calendar.
#[test]
fn no_text_but_one_is_a_calendar() {
    assert!(serde_json::from_value::<Calendar>(json!("24x7")).is_ok());
    for text in ["24x8", "office", ""] {
        assert!(serde_json::from_value::<Calendar>(json!(text)).is_err(), "{text}");
    }
}

/// Counted from Easter, a holiday of the first year may go back to the Easter of the year before, and one of the last to that of the year after.
#[test]
fn holidays_far_from_easter_are_kept_in_the_first_and_the_last_year() {
    for (days, year) in [(300, 1900), (-120, 2200)] {
        let rule = HolidayRule::Easter(EasterDay::new(days).unwrap());
        let desk = calendar(&json!({ "time_zone": "UTC", "weekly": "24x7", "holidays": [{ "easter": days }] }));
        let dates: Vec<_> = rule.in_year(year).collect();
        assert!(!dates.is_empty());
        for date in dates {
            assert!(!desk.is_business_day(date), "{date}");
        }
    }
}
