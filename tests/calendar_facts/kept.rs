//! What a calendar says of itself, what it reads, and where its time begins and ends: to the letter.

use owed::calendar::{
    Amount, AmountError, BusinessDays, Calendar, DayEnd, DayTime, Flaw, Interval, Lead, NaiveDate, NthWeekday, Season,
    Spec, Term, Tz, Week, WorkingTime, YearDay, wall_instant,
};

use super::{NINE_TO_FIVE, assert_spans, at, calendar};
use owed::Timestamp;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn explained(calendar: &Calendar, from: &str, until: &str) -> Vec<String> {
    calendar.explain(at(from), at(until)).map(|stretch| stretch.to_string()).collect()
}

/// A day on which the clocks change is told as one, as long as one thing is true of it.
#[test]
fn a_day_of_other_clocks_is_explained_in_one() {
    let always = calendar(r#"{ "time_zone": "Europe/Berlin", "weekly": { "mon-sun": ["00:00-24:00"] } }"#);
    let said = explained(&always, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    assert_eq!(said, ["Sunday 29 March 2026: open, 23 h"]);
    let said = explained(&always, "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z");
    assert_eq!(said, ["Sunday 29 March 2026, 00:00-02:00: open, 2 h"], "no further than was asked");
}

#[test]
fn calendars_are_equal_that_come_to_the_same_by_the_same_parts() {
    let (one, other) =
        (calendar(NINE_TO_FIVE), calendar(r#"{ "time_zone": "UTC", "weekly": { "mon": ["09:00-12:00"] } }"#));
    assert_ne!(one, other);
    let both = one.union(&other).unwrap();
    assert_eq!(both, one.union(&other).unwrap());
    assert_ne!(both, one.minus(&other).unwrap(), "the same parts in another way");
    assert_ne!(both, other.union(&one).unwrap(), "other parts in the same way");
    assert_ne!(both, one);
}

#[test]
fn a_calendar_tells_what_it_was_made_of() {
    let desk = calendar(r#"{ "time_zone": "Asia/Tehran", "weekly": { "sat": ["09:00-17:00"] } }"#);
    assert_eq!(desk.time_zone(), Tz::Asia__Tehran);
    assert_eq!(desk.spec().map(|spec| spec.weekly[5].len()), Some(1));
    let printed = format!("{desk:?}");
    assert!(printed.starts_with("Calendar(Spec {") && printed.contains("09:00-17:00"), "{printed}");
    let both = desk.union(&calendar(NINE_TO_FIVE)).unwrap();
    assert_eq!((both.time_zone(), both.spec()), (Tz::Asia__Tehran, None));
    assert!(format!("{both:?}").starts_with("Calendar(Union, [Calendar(Spec {"), "{both:?}");
}

#[test]
fn what_is_read_as_text_prints_as_it_is_written_for_programmers_too() {
    assert_eq!(format!("{:?}", "09:00".parse::<DayTime>().unwrap()), "09:00");
    assert_eq!(format!("{:?}", "22:00-06:00".parse::<Interval>().unwrap()), "22:00-06:00");
    assert_eq!(format!("{:?}", "12-25".parse::<YearDay>().unwrap()), "12-25");
    assert_eq!(format!("{:?}", "last mon may".parse::<NthWeekday>().unwrap()), "last mon may");
}

#[test]
fn a_day_a_weekday_and_a_lead_are_written_in_one_way() {
    for text in ["1-05", "+1-05", "01-5", "01-+5", "001-05"] {
        assert!(text.parse::<YearDay>().is_err(), "{text}");
    }
    assert_eq!("01-05".parse(), Ok(YearDay::new(1, 5).unwrap()));
    for text in ["01 mon may", "+1 mon may", "0 mon may", "6 mon may"] {
        assert!(text.parse::<NthWeekday>().is_err(), "{text}");
    }
    for text in ["007 %", "007%", "+5 %", "0 %", "100 %", " %", "%"] {
        assert!(text.parse::<Lead>().is_err(), "{text}");
    }
    assert_eq!("7 %".parse::<Lead>().unwrap().to_string(), "7 %");
}

#[test]
fn a_builder_needs_no_weekly_hours_where_something_else_opens() {
    let once = Calendar::builder().time_zone("UTC").shift("2026-03-02", &["09:00-17:00"]).build().unwrap();
    assert_eq!(once, calendar(r#"{ "time_zone": "UTC", "weekly": {}, "shifts": { "2026-03-02": ["09:00-17:00"] } }"#));
    let always = Calendar::builder().time_zone("UTC").round_the_clock().build().unwrap();
    assert_eq!(always, Calendar::new(Spec::round_the_clock(Tz::UTC)).unwrap());
}

#[test]
fn a_season_that_ends_before_it_begins_is_refused() {
    let season = Season { name: None, from: date("2026-07-31"), through: date("2026-07-01"), weekly: Week::default() };
    let problems = Calendar::new(Spec { seasons: vec![season], ..Spec::round_the_clock(Tz::UTC) }).unwrap_err();
    let [problem] = problems.as_slice() else { panic!("{problems}") };
    assert!(matches!(problem.flaw, Flaw::SeasonWithoutDays { .. }) && problem.place == "seasons[0]", "{problem}");
}

/// The year 2200 is the last in which a season counts, and it counts through its last day.
#[test]
fn a_season_lasts_through_the_last_day_that_one_may_have() {
    let desk = calendar(
        r#"{ "time_zone": "UTC", "weekly": { "mon-sun": ["09:00-17:00"] },
             "seasons": [{ "from": "2200-12-01", "through": "2200-12-31", "weekly": { "mon-sun": ["10:00-12:00"] } }] }"#,
    );
    assert_spans(
        &desk,
        "2200-12-30T00:00:00Z",
        "2201-01-02T00:00:00Z",
        &[
            ("2200-12-30T10:00:00Z", "2200-12-30T12:00:00Z"),
            ("2200-12-31T10:00:00Z", "2200-12-31T12:00:00Z"),
            ("2201-01-01T09:00:00Z", "2201-01-01T17:00:00Z"),
        ],
    );
}

/// As the churches had it: 15 April 2001, 4 April 2021, 20 April 2025.
#[test]
fn easter_is_where_the_moon_nearly_puts_it_a_week_earlier() {
    let desk =
        calendar(r#"{ "time_zone": "UTC", "weekly": { "mon-sun": ["09:00-17:00"] }, "holidays": [{ "easter": 0 }] }"#);
    for (sunday, before) in [("2001-04-15", "2001-04-08"), ("2021-04-04", "2021-03-28"), ("2025-04-20", "2025-04-13")] {
        assert!(!desk.is_business_day(date(sunday)) && desk.is_business_day(date(before)), "{sunday}");
    }
}

#[test]
fn no_days_at_all_from_after_closing_is_the_next_close() {
    let desk = calendar(NINE_TO_FIVE);
    let (evening, next) = (at("2026-03-02T18:00:00Z"), at("2026-03-03T17:00:00Z"));
    assert_eq!(desk.add_business_days(evening, 0, DayEnd::Close), Ok(next));
    // On Tuesday at three Monday's night is not over; Tuesday's one o'clock is past, and a business day later is Wednesday's.
    let nights = calendar(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["22:00-06:00"] } }"#);
    let one = DayEnd::At(DayTime::new(1, 0).unwrap());
    assert_eq!(nights.add_business_days(at("2026-03-03T03:00:00Z"), 1, one), Ok(at("2026-03-04T01:00:00Z")));
}

/// At ten on Tuesday neither its own hours are over nor those that Monday has until half past: the last close was Sunday's.
#[test]
fn no_days_at_all_back_is_the_last_close_however_hours_overlap() {
    let desk = calendar(r#"{ "time_zone": "UTC", "weekly": { "mon-sun": ["09:00-17:00", "23:00-10:30"] } }"#);
    let ten = at("2026-03-03T10:00:00Z");
    assert_eq!(desk.sub_business_days(ten, 0, DayEnd::Close), Ok(at("2026-03-02T10:30:00Z")));
}

#[test]
fn before_everything_that_is_special_a_week_is_like_every_other() {
    let desk = calendar(NINE_TO_FIVE);
    let wednesday = at("1950-03-01T10:00:00Z");
    assert_eq!(desk.add_business_days(wednesday, 1, DayEnd::SameTime), Ok(at("1950-03-02T10:00:00Z")));
    let once = calendar(r#"{ "time_zone": "UTC", "weekly": {}, "shifts": { "2026-03-02": ["09:00-17:00"] } }"#);
    assert_eq!(
        once.add_business_days(at("1950-03-01T10:00:00Z"), 1, DayEnd::Close),
        Ok(at("2026-03-02T17:00:00Z")),
        "the first that there is"
    );
}

/// The year 1 begins with a Monday.
#[test]
fn what_happened_when_time_began_is_neither_a_closing_nor_the_end_of_open_time() {
    let sundays = calendar(r#"{ "time_zone": "UTC", "weekly": { "sun": ["10:00-24:00"] } }"#);
    let tuesday = at("0001-01-02T12:00:00Z");
    assert_eq!(Timestamp::MIN, at("0001-01-01T00:00:00Z"));
    assert_eq!(sundays.previous_closing(tuesday), None);
    assert_eq!(sundays.open_end_at_or_before(tuesday), None);
    assert_eq!(sundays.previous_closing(at("0001-01-09T12:00:00Z")), Some(at("0001-01-08T00:00:00Z")));
}

#[test]
fn of_two_hours_that_look_alike_on_the_wall_the_first_is_meant() {
    let half_past_two = DayTime::new(2, 30).unwrap();
    let instant = wall_instant(Tz::Europe__Berlin, date("2026-10-25"), half_past_two);
    assert_eq!(instant, Some(at("2026-10-25T00:30:00Z")));
}

#[test]
fn each_layer_is_explained_in_its_words() {
    let desk = calendar(
        r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] },
             "seasons": [{ "name": "Ramadan", "from": "2026-03-03", "through": "2026-03-03", "weekly": { "tue": ["10:00-14:00"] } },
                         { "from": "2026-03-04", "through": "2026-03-04", "weekly": { "wed": ["10:00-11:00:30"] } }],
             "shifts": { "2026-03-05": ["08:00-09:30"] }, "weekly_breaks": { "mon": ["12:00-12:30"] },
             "holidays": ["2026-03-06", { "date": "2026-03-07", "name": "Nowruz" }] }"#,
    );
    let expected = [
        "Monday 2 March 2026, 00:00-09:00: closed, outside the hours",
        "Monday 2 March 2026, 09:00-12:00: open, 3 h",
        "Monday 2 March 2026, 12:00-12:30: closed, break",
        "Monday 2 March 2026, 12:30-17:00: open, 4 h 30 min",
        "Monday 2 March 2026, 17:00-24:00: closed, outside the hours",
        "Tuesday 3 March 2026, 00:00-10:00: closed, outside the hours of season Ramadan",
        "Tuesday 3 March 2026, 10:00-14:00: open, season Ramadan, 4 h",
        "Tuesday 3 March 2026, 14:00-24:00: closed, outside the hours of season Ramadan",
        "Wednesday 4 March 2026, 00:00-10:00: closed, outside the hours of the season",
        "Wednesday 4 March 2026, 10:00-11:00:30: open, the season, 1 h 30 s",
        "Wednesday 4 March 2026, 11:00:30-24:00: closed, outside the hours of the season",
        "Thursday 5 March 2026, 00:00-08:00: closed, outside the hours of the shift",
        "Thursday 5 March 2026, 08:00-09:30: open, the shift, 1 h 30 min",
        "Thursday 5 March 2026, 09:30-24:00: closed, outside the hours of the shift",
        "Friday 6 March 2026: closed, holiday",
        "Saturday 7 March 2026: closed, holiday Nowruz",
    ];
    assert_eq!(explained(&desk, "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z"), expected);
}

#[test]
fn what_is_explained_ends_on_the_second_that_has_not_gone_by() {
    let desk = calendar(NINE_TO_FIVE);
    let open = |until| explained(&desk, "2026-03-02T16:00:00Z", until);
    let almost = "Monday 2 March 2026, 16:00-16:59:59: open, 59 min 59 s";
    assert_eq!(open("2026-03-02T16:59:59.999998Z"), [format!("{almost} 999998 µs")]);
    assert_eq!(open("2026-03-02T16:59:59.999999Z"), [format!("{almost} 999999 µs")]);
    assert_eq!(open("2026-03-02T16:00:00.000007Z"), ["Monday 2 March 2026, 16:00-16:00: open, 7 µs"]);
}

#[test]
fn of_several_calendars_the_one_that_decides_is_named() {
    let office = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": [{ "date": "2026-03-06", "name": "Nowruz" }] }"#;
    let noon = r#"{ "time_zone": "UTC", "weekly": { "mon-sun": ["10:00-12:00"] } }"#;
    let both = calendar(&format!(r#"{{ "union": [{office}, {noon}] }}"#));
    assert_eq!(
        explained(&both, "2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z"),
        [
            "Friday 6 March 2026, 00:00-10:00: closed, holiday Nowruz",
            "Friday 6 March 2026, 10:00-12:00: open, 2 h",
            "Friday 6 March 2026, 12:00-24:00: closed, holiday Nowruz",
        ]
    );
}

/// A holiday that takes the shifts of its date has nothing to say of the rest of it.
#[test]
fn a_holiday_is_named_where_it_takes_hours() {
    let desk = calendar(
        r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] }, "holiday_scope": "shift",
             "holidays": [{ "date": "2026-03-06", "name": "Nowruz" }] }"#,
    );
    assert_eq!(
        explained(&desk, "2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z"),
        [
            "Friday 6 March 2026, 00:00-09:00: closed, outside the hours",
            "Friday 6 March 2026, 09:00-17:00: closed, holiday Nowruz",
            "Friday 6 March 2026, 17:00-24:00: closed, outside the hours",
        ]
    );
}

#[test]
fn a_time_of_day_has_two_digits_each() {
    for wrong in ["9:00", "09:0", "+9:00", "09:+0", "009:00", "09:00:5", "09:00:60", "09:00:00:00"] {
        assert!(wrong.parse::<DayTime>().is_err(), "{wrong}");
    }
    assert_eq!("09:00:05".parse(), Ok(DayTime::from_seconds(9 * 3_600 + 5).unwrap()));
}

#[test]
fn none_of_any_unit_is_no_time_at_all() {
    for unit in ["working hours", "hours", "business days", "business days, close", "days", "weeks", "months"] {
        let is_nothing = |count: u8| format!("{count} {unit}").parse::<Term>().unwrap().is_nothing();
        assert!(is_nothing(0) && !is_nothing(1), "{unit}");
    }
}

#[test]
fn what_is_wrong_with_a_number_of_dates_is_said_of_it() {
    let error = |text: &str| text.parse::<Term>().unwrap_err();
    let text = |text: &str| text.to_owned();
    assert_eq!(error("5 business days, noon"), AmountError::DayEnd { text: text("5 business days, noon") });
    for too_long in ["5000000000 business days", "5000000000 months"] {
        assert_eq!(error(too_long), AmountError::TooLong { text: text(too_long) });
    }
}

#[test]
fn a_unit_of_dates_is_told_from_one_that_nobody_knows() {
    let error = |text: &str| text.parse::<Amount>().unwrap_err();
    for (text, unit) in [("1 day", "days"), ("2 days", "days"), ("1 week", "weeks"), ("3 months", "months")] {
        assert_eq!(error(text), AmountError::CountsDates { text: text.to_owned(), unit });
    }
    let unknown = AmountError::UnknownUnit { text: "3 parsecs".to_owned(), unit: "parsecs".to_owned() };
    assert_eq!(error("3 parsecs"), unknown);
}

/// It is open one day a week, and the only week that is not as usual has no hour at all.
#[test]
fn after_a_week_without_hours_work_begins_in_the_next() {
    let second = WorkingTime::from_micros(1_000_000);
    for (day, date) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().zip(2..) {
        let weekly = format!(r#""time_zone": "UTC", "weekly": {{ "{day}": ["09:00-17:00"] }}"#);
        let desk = calendar(&format!(r#"{{ {weekly}, "holidays": ["2026-03-{date:02}"] }}"#));
        let noon = at(&format!("2026-03-{date:02}T12:00:00Z"));
        assert_eq!(desk.add_working(noon, second), Ok(at(&format!("2026-03-{:02}T09:00:01Z", date + 7))), "{day}");
    }
}

#[test]
fn business_days_end_where_one_says() {
    let three = BusinessDays::new(3);
    assert_eq!(three.ending(DayEnd::Close), BusinessDays { days: 3, ends: DayEnd::Close });
    assert_eq!(three.ends, DayEnd::SameTime);
}
