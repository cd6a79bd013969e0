//! What a calendar answers in cases that somebody once got wrong, and what it says to whoever writes one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "calendar_facts/clocks.rs"]
mod clocks;
#[path = "calendar_facts/dates.rs"]
mod dates;
#[path = "calendar_facts/kept.rs"]
mod kept;
#[path = "calendar_facts/kept_days.rs"]
mod kept_days;

use owed::Timestamp;
use owed::calendar::{
    Amount, AmountError, Calendar, ElapsedTime, Flaw, NaiveDate, OutOfReach, Span, Spec, Tz, WorkingTime,
};

fn calendar(json: &str) -> Calendar {
    serde_json::from_str(json).unwrap_or_else(|problem| panic!("{problem}"))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(hours: u64) -> WorkingTime {
    WorkingTime::from_hours(hours).unwrap()
}

#[track_caller]
fn assert_spans(calendar: &Calendar, from: &str, until: &str, expected: &[(&str, &str)]) {
    let spans: Vec<_> = calendar.open_spans(at(from), at(until)).collect();
    let expected = expected.iter().map(|(from, until)| Span { from: at(from), until: at(until) });
    assert_eq!(spans, expected.collect::<Vec<_>>());
}

const NINE_TO_FIVE: &str = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#;

#[test]
fn a_budget_that_ends_with_the_day_is_due_at_closing_and_not_at_the_next_opening() {
    let desk = calendar(NINE_TO_FIVE);
    assert_eq!(desk.add_working(at("2026-03-06T13:00:00Z"), hours(4)), Ok(at("2026-03-06T17:00:00Z")));
    assert_eq!(desk.add_working(at("2026-03-06T13:00:00.000001Z"), hours(4)), Ok(at("2026-03-09T09:00:00.000001Z")));
    // On Saturday nothing has been used up, and nothing is still nothing.
    assert_eq!(desk.add_working(at("2026-03-07T12:00:00Z"), WorkingTime::ZERO), Ok(at("2026-03-07T12:00:00Z")));
    assert_eq!(desk.add_working(at("2026-03-07T12:00:00Z"), hours(8)), Ok(at("2026-03-09T17:00:00Z")));
}

#[test]
fn counting_back_ends_on_an_opening_and_never_at_midnight() {
    let desk = calendar(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } }"#);
    let due = at("2026-03-03T11:00:00Z");
    assert_eq!(desk.sub_working(due, hours(2)), Ok(at("2026-03-03T09:00:00Z")));
    assert_eq!(desk.sub_working(due, hours(3)), Ok(at("2026-03-03T08:00:00Z")));
    assert_eq!(desk.sub_working(due, hours(4)), Ok(at("2026-03-02T17:00:00Z")));
    assert_eq!(desk.sub_working(at("2026-03-07T12:00:00Z"), WorkingTime::ZERO), Ok(at("2026-03-07T12:00:00Z")));
}

#[test]
fn merging_never_loses_open_time() {
    let desk =
        calendar(r#"{ "time_zone": "UTC", "weekly": { "mon": ["10:00-16:00", "12:00-14:00", "16:00-17:00"] } }"#);
    assert_spans(
        &desk,
        "2026-03-02T00:00:00Z",
        "2026-03-03T00:00:00Z",
        &[("2026-03-02T10:00:00Z", "2026-03-02T17:00:00Z")],
    );
}

#[test]
fn an_hour_that_the_clock_skips_counts_nothing() {
    let night = calendar(r#"{ "time_zone": "Europe/Berlin", "weekly": { "sun": ["02:15-02:45"] } }"#);
    // On the 29th of March 2026 the clock goes from 02:00 to 03:00.
    assert_eq!(night.working_between(at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z")), WorkingTime::ZERO);
    assert_spans(
        &night,
        "2026-03-28T12:00:00Z",
        "2026-04-06T12:00:00Z",
        &[("2026-04-05T00:15:00Z", "2026-04-05T00:45:00Z")],
    );
}

#[test]
fn an_hour_that_the_clock_repeats_counts_twice() {
    let night = calendar(r#"{ "time_zone": "Europe/Berlin", "weekly": { "sun": ["02:15-02:45"] } }"#);
    assert_spans(
        &night,
        "2026-10-24T12:00:00Z",
        "2026-10-26T12:00:00Z",
        &[("2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z"), ("2026-10-25T01:15:00Z", "2026-10-25T01:45:00Z")],
    );
}

#[test]
fn midnight_itself_may_be_skipped() {
    let desk = calendar(r#"{ "time_zone": "Asia/Beirut", "weekly": { "mon-sun": ["00:00-08:00"] } }"#);
    assert_spans(
        &desk,
        "2022-03-26T12:00:00Z",
        "2022-03-28T12:00:00Z",
        &[("2022-03-26T22:00:00Z", "2022-03-27T05:00:00Z"), ("2022-03-27T21:00:00Z", "2022-03-28T05:00:00Z")],
    );
}

#[test]
fn a_date_that_a_zone_left_out_counts_nothing() {
    // Samoa went from Thursday the 29th of December 2011 to Saturday the 31st.
    let desk = calendar(r#"{ "time_zone": "Pacific/Apia", "weekly": { "thu-sat": ["00:00-24:00"] } }"#);
    let (thursday, sunday) = (at("2011-12-29T00:00:00-10:00"), at("2012-01-01T00:00:00+14:00"));
    assert_eq!(desk.working_between(thursday, sunday), hours(48));
    assert_eq!(desk.open_spans(thursday, sunday).count(), 1);
    let fridays = calendar(r#"{ "time_zone": "Pacific/Apia", "weekly": { "fri": ["09:00-17:00"] } }"#);
    assert_eq!(fridays.add_working(thursday, hours(1)), Ok(at("2012-01-06T10:00:00+14:00")));
}

#[test]
fn a_night_shift_is_kept_from_christmas_on_both_sides_unless_it_is_written_otherwise() {
    let nights = |scope: &str| {
        calendar(&format!(
            r#"{{ "time_zone": "UTC", "weekly": {{ "mon-sun": ["22:00-06:00"] }}, "holidays": ["2026-12-25"], {scope} }}"#
        ))
    };
    let (from, until) = ("2026-12-24T12:00:00Z", "2026-12-26T12:00:00Z");
    let to_midnight = ("2026-12-24T22:00:00Z", "2026-12-25T00:00:00Z");
    let both = nights(r#""holiday_scope": "both""#);
    assert_spans(&both, from, until, &[to_midnight]);
    let date = nights(r#""holiday_scope": "date""#);
    assert_spans(&date, from, until, &[to_midnight, ("2026-12-26T00:00:00Z", "2026-12-26T06:00:00Z")]);
    let shift = nights(r#""holiday_scope": "shift""#);
    assert_spans(&shift, from, until, &[("2026-12-24T22:00:00Z", "2026-12-25T06:00:00Z")]);
    assert_eq!(both, nights(r#""shifts_beat_holidays": true"#), "both is what is usual");
}

#[test]
fn a_shift_on_a_holiday_is_worked_unless_the_holiday_is_to_be_stronger() {
    let json = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] },
        "holidays": ["2026-12-24"], "shifts": { "2026-12-24": ["09:00-12:00"], "2026-12-23": [] }, "shifts_beat_holidays": BEATS }"#;
    let (from, until) = ("2026-12-23T00:00:00Z", "2026-12-25T00:00:00Z");
    let worked = calendar(&json.replace("BEATS", "true"));
    assert_spans(&worked, from, until, &[("2026-12-24T09:00:00Z", "2026-12-24T12:00:00Z")]);
    assert_spans(&calendar(&json.replace("BEATS", "false")), from, until, &[]);
}

#[test]
fn around_the_clock_is_one_span_for_all_time() {
    let always = Calendar::new(Spec::round_the_clock(Tz::Europe__Istanbul)).unwrap();
    assert_eq!(always, calendar(r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-sun": ["00:00-24:00"] } }"#));
    let spans: Vec<_> = always.open_spans(Timestamp::MIN, Timestamp::MAX).collect();
    assert_eq!(spans, [Span { from: Timestamp::MIN, until: Timestamp::MAX }]);
    assert_eq!(always.add_working(at("2026-03-28T12:00:00Z"), hours(72)), Ok(at("2026-03-31T12:00:00Z")));
}

#[test]
fn what_is_not_found_before_time_ends_is_an_error_with_the_values() {
    let once = calendar(r#"{ "time_zone": "UTC", "weekly": {}, "shifts": { "2026-03-02": ["09:00-17:00"] } }"#);
    let from = at("2026-03-02T12:00:00Z");
    assert_eq!(once.add_working(from, hours(5)), Ok(at("2026-03-02T17:00:00Z")));
    let error = once.add_working(from, hours(6)).unwrap_err();
    assert_eq!(error, OutOfReach::After { from, amount: hours(6) });
    assert_eq!(error.to_string(), "there are no 6 working hours from 2026-03-02T12:00:00Z to the end of the year 9999");
    assert_eq!(once.sub_working(from, hours(4)), Err(OutOfReach::Before { until: from, amount: hours(4) }));
    assert_eq!(once.open_spans(from, Timestamp::MAX).count(), 1);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_with_its_place() {
    let json = r#"{ "time_zone": "Europe/Berln", "colour": "blue",
        "weekly": { "thu": ["25:00-26:00", "09:00"], "thx": [], "mon-fri": ["08:00-08:00"], "sat": "09:00-12:00", "sun": ["24:00-06:00", 7] },
        "holidays": ["2026-02-30", { "yearly": "12-25", "easter": 1 }, { "date": "2026-03-21", "date": "2026-03-22", "name": "" }, null],
        "shifts": { "2026-3-1": ["08:00-11:00"], "2026-03-02": ["08:00–11:00"] },
        "holiday_scope": "day", "shifts_beat_holidays": 1 }"#;
    let problems = serde_json::from_str::<Calendar>(json).unwrap_err().to_string();
    let expected = r#"unknown key "colour"; known here: time_zone, weekly, seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays, revisions
time_zone: "Europe/Berln" is no time zone; write an IANA name such as "Europe/Istanbul"
weekly.thu[0]: "25:00" is no time of day; write 00:00 to 24:00
weekly.thu[1]: "09:00" is no interval; write it as 09:00-17:00
weekly.thx: "thx" is no day of the week; write mon, tue, wed, thu, fri, sat or sun, or a range such as mon-fri
weekly.mon-fri[0]: 08:00-08:00 has no length; for a whole day write 00:00-24:00
weekly.mon-fri: the hours of thu are given by two keys
weekly.sat: expected a list, found text
weekly.sun[0]: an interval cannot start at 24:00; write it on the next day, from 00:00
weekly.sun[1]: expected text, found a whole number
holidays[0]: "2026-02-30" is no date; write it as 2026-03-21
holidays[1]: a holiday has exactly one of date, yearly, nth and easter
holidays[2]: the key "date" is written twice
holidays[2].name: a name must not be empty
holidays[3]: expected a map (its keys: date, yearly, nth, easter, name), found null
shifts.2026-3-1: "2026-3-1" is no date; write it as 2026-03-21
shifts.2026-03-02[0]: "08:00–11:00" is no interval; write it as 09:00-17:00
holiday_scope: "day" is no holiday scope; write "date", "shift" or "both"
shifts_beat_holidays: expected true or false, found a whole number"#;
    assert_eq!(problems, expected);
    let problems = serde_json::from_str::<Calendar>("{}").unwrap_err().to_string();
    assert_eq!(problems, "the key \"time_zone\" is missing\nthe key \"weekly\" is missing");
    let problems = serde_json::from_str::<Calendar>("[]").unwrap_err().to_string();
    assert_eq!(
        problems,
        "expected a map (its keys: time_zone, weekly, seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays, revisions), found a list"
    );
}

#[test]
fn a_calendar_that_never_opens_is_refused() {
    let never = Calendar::new(Spec::new(Tz::UTC)).unwrap_err();
    assert!(matches!(never.as_slice(), [problem] if problem.flaw == Flaw::NeverOpens && problem.place.is_empty()));
    // Its only shift is on a holiday that is the stronger.
    let json = r#"{ "time_zone": "UTC", "weekly": {}, "holidays": ["2026-03-02"], "shifts": { "2026-03-02": ["09:00-17:00"] },
        "shifts_beat_holidays": false }"#;
    assert!(serde_json::from_str::<Calendar>(json).unwrap_err().to_string().contains("never opens"));
}

#[test]
fn dates_that_would_not_count_are_refused() {
    let spec = Spec {
        holidays: vec![NaiveDate::MAX.into()],
        shifts: [(NaiveDate::MIN, vec![])].into(),
        ..Spec::round_the_clock(Tz::UTC)
    };
    let problems = Calendar::new(spec).unwrap_err().to_string();
    let beyond = "lies outside the years 1900 to 2200; before and after, only weekly hours and breaks count";
    let expected = format!("holidays[0]: +262142-12-31 {beyond}\nshifts.-262143-01-01: -262143-01-01 {beyond}");
    assert_eq!(problems, expected);
    let json = r#"{ "time_zone": "UTC", "weekly": "24x7", "holidays": ["2200-12-31", "2201-01-01", { "date": "1899-12-31" }],
        "seasons": [{ "from": "1900-01-01", "through": "9999-12-31", "weekly": {} }], "breaks": { "1899-12-31": [] },
        "revisions": [{ "from": "1800-01-01", "shifts": { "2201-01-01": ["09:00-17:00"] } }] }"#;
    let problems = serde_json::from_str::<Calendar>(json).unwrap_err().to_string();
    let places: Vec<_> = problems.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let layers = ["seasons[0].through", "holidays[1]", "holidays[2].date", "breaks.1899-12-31"];
    assert_eq!(places, [&layers[..], &["revisions[0].from", "revisions[0].shifts.2201-01-01"]].concat());
    assert!(problems.lines().all(|line| line.contains(beyond)), "{problems}");
}

#[test]
fn a_document_that_nests_without_end_is_refused() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let error = serde_json::from_str::<Calendar>(&deep).unwrap_err().to_string();
    assert!(error.starts_with("nested deeper than 64 levels"), "{error}");
}

#[test]
fn a_calendar_is_written_as_people_write_it_and_without_what_is_usual() {
    let short =
        r#"{"time_zone":"Asia/Tehran","weekly":{"thu":["08:00-12:00"],"sat-wed":["08:00-12:00","13:00-16:30"]}}"#;
    assert_eq!(serde_json::to_string(&calendar(short)).unwrap(), short);
    let long = concat!(
        r#"{"time_zone":"UTC","weekly":{"mon-sun":["22:00-06:00:30"]},"#,
        r#""holidays":["2026-03-21",{"date":"2026-03-22","name":"Nowruz"}],"shifts":{"2026-03-19":["08:00-24:00"],"2026-03-20":[]},"#,
        r#""holiday_scope":"shift","shifts_beat_holidays":false}"#
    );
    assert_eq!(serde_json::to_string(&calendar(long)).unwrap(), long);
}

#[test]
fn days_that_run_over_the_end_of_the_week_come_back_as_they_were_written() {
    let week = |key: &str| format!(r#"{{"time_zone":"UTC","weekly":{{"{key}":["09:00-17:00"]}}}}"#);
    for key in ["thu", "mon-fri", "sat-wed", "mon-sun", "sun-mon"] {
        assert_eq!(serde_json::to_string(&calendar(&week(key))).unwrap(), week(key));
    }
    assert_eq!(serde_json::to_string(&calendar(&week("fri-thu"))).unwrap(), week("mon-sun"), "all seven");
    for wrong in ["", "mon-", "-", "Mon", "mon-tue-wed", "monday"] {
        assert!(serde_json::from_str::<Calendar>(&week(wrong)).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_calendar_prints_as_a_week_that_a_person_can_read_with_all_that_is_different_below() {
    let json = r#"{ "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["08:00-12:00", "13:00-16:30"], "thu": ["08:00-12:00"] },
        "seasons": [{ "name": "Ramadan", "from": "2026-02-18", "through": "2026-03-19", "weekly": { "sat-wed": ["09:00-14:00"] } }],
        "holidays": ["2026-03-21", { "date": "2026-03-22", "name": "Nowruz" }, { "yearly": "12-25" }, { "nth": "last mon may" },
                     { "easter": -2 }, { "easter": 1, "name": "Easter Monday" }, { "easter": 0 }],
        "shifts": { "2026-03-19": ["08:00-11:00"], "2026-03-20": [] }, "weekly_breaks": { "wed": ["10:00-10:15"] },
        "breaks": { "2026-06-03": ["12:00-14:00"] }, "holiday_scope": "date", "shifts_beat_holidays": false,
        "revisions": [{ "from": "2027-01-01", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": [], "weekly_breaks": {},
                        "holiday_scope": "both", "shifts_beat_holidays": true }] }"#;
    let expected = "\
Asia/Tehran
thu      08:00-12:00
fri      closed
sat-wed  08:00-12:00, 13:00-16:30
from 2026-02-18 through 2026-03-19 (Ramadan)
  thu-fri  closed
  sat-wed  09:00-14:00
closed on 2026-03-21
closed on 2026-03-22 (Nowruz)
closed every year on 12-25
closed every year on the last mon may
closed 2 days before Easter Sunday
closed 1 day after Easter Sunday (Easter Monday)
closed on Easter Sunday
on 2026-03-19 08:00-11:00
on 2026-03-20 closed
break on wed 10:00-10:15
break on 2026-06-03 12:00-14:00
holidays close their date, and no shift of it after midnight
holidays close dates that have a shift, too
from 2027-01-01 on, instead:
  mon-fri  09:00-17:00
  sat-sun  closed
  no holidays
  no weekly breaks
  holidays close their date, and the night shifts that begin on it
  a date that has a shift is no holiday";
    assert_eq!(calendar(json).to_string(), expected);
    let both = calendar(r#"{ "union": ["24x7", { "time_zone": "UTC", "weekly": { "mon": ["09:00-17:00"] } }] }"#);
    let expected = "union of\n1. UTC\n   mon-sun  00:00-24:00\n2. UTC\n   mon      09:00-17:00\n   tue-sun  closed";
    assert_eq!(both.to_string(), expected);
}

#[test]
fn a_calendar_is_shared_between_threads() {
    const fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Calendar>();
    shared::<Spec>();
}

#[test]
fn calendars_of_a_zone_whose_clocks_were_last_changed_before_1970_can_be_combined() {
    let tokyo = calendar(r#"{ "time_zone": "Asia/Tokyo", "weekly": { "mon-fri": ["09:00-17:00"] } }"#);
    let both = tokyo.union(&calendar(NINE_TO_FIVE)).unwrap();
    assert!(both.is_open(at("2026-03-02T01:00:00Z")) && both.is_open(at("2026-03-02T15:00:00Z")));
    let dates = ["1951-09-08", "1951-09-10", "2026-03-02", "2026-03-08"]
        .map(|date| both.is_business_day(date.parse().unwrap()));
    assert_eq!(dates, [true, true, true, false]);
}

#[test]
fn the_builder_says_the_same_as_json() {
    let built = Calendar::builder()
        .time_zone("Europe/Berlin")
        .weekly("mon-thu", &["08:00-12:00", "13:00-17:00"])
        .weekly("fri", &["08:00-12:00"])
        .season("summer", "2026-07-01", "2026-08-31", &[("mon-fri", &["07:00-14:00"])])
        .holiday("2026-05-01", "Tag der Arbeit")
        .yearly("12-25", "Weihnachten")
        .nth("4 thu nov", "Thanksgiving")
        .easter(-2, "Karfreitag")
        .shift("2026-12-24", &["08:00-12:00"])
        .weekly_break("mon-fri", &["10:00-10:15"])
        .cut("2026-06-03", &["09:00-11:00"])
        .holiday_scope(owed::calendar::HolidayScope::Shift)
        .shifts_beat_holidays(false)
        .revision("2027-01-01", Calendar::builder().weekly("mon-fri", &["09:00-17:00"]).yearly("01-01", "Neujahr"))
        .build()
        .unwrap();
    let written = calendar(
        r#"{ "time_zone": "Europe/Berlin", "weekly": { "mon-thu": ["08:00-12:00", "13:00-17:00"], "fri": ["08:00-12:00"] },
            "seasons": [{ "name": "summer", "from": "2026-07-01", "through": "2026-08-31", "weekly": { "mon-fri": ["07:00-14:00"] } }],
            "holidays": [{ "date": "2026-05-01", "name": "Tag der Arbeit" }, { "yearly": "12-25", "name": "Weihnachten" },
                         { "nth": "4 thu nov", "name": "Thanksgiving" }, { "easter": -2, "name": "Karfreitag" }],
            "shifts": { "2026-12-24": ["08:00-12:00"] }, "weekly_breaks": { "mon-fri": ["10:00-10:15"] },
            "breaks": { "2026-06-03": ["09:00-11:00"] }, "holiday_scope": "shift", "shifts_beat_holidays": false,
            "revisions": [{ "from": "2027-01-01", "weekly": { "mon-fri": ["09:00-17:00"] },
                            "holidays": [{ "yearly": "01-01", "name": "Neujahr" }] }] }"#,
    );
    assert_eq!(built, written);
}

#[test]
fn an_amount_without_a_space_is_told_its_unit_and_not_its_number() {
    for (text, unit) in [("1h", "h"), ("30m", "m"), ("4hours", "hours")] {
        let unknown = AmountError::UnknownUnit { text: text.into(), unit: unit.into() };
        assert_eq!(text.parse::<Amount>(), Err(unknown), "{text:?}");
    }
    for text in ["h", "", "+4 hours", "4"] {
        assert_eq!(text.parse::<Amount>(), Err(AmountError::NoNumber { text: text.into() }), "{text:?}");
    }
}

#[test]
fn amounts_print_what_they_read() {
    let texts = ["4 working hours", "90 working minutes", "72 hours", "1 working hour", "30 seconds", "5 microseconds"];
    for text in texts.into_iter().chain([
        "0 hours",
        "1 millisecond",
        "3721 working minutes",
        "18446744073709551615 microseconds",
    ]) {
        assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
    }
    assert_eq!("60 minute".parse(), Ok(Amount::Elapsed(ElapsedTime::from_hours(1).unwrap())));
    let wrong = [
        "",
        "4",
        "hours",
        "4hours",
        "+4 hours",
        "-4 hours",
        "4.5 hours",
        "4 Hours",
        "4 hour s",
        "4  hours",
        "4 hours ",
        "½ hour",
    ];
    for text in wrong {
        assert!(text.parse::<Amount>().is_err(), "{text:?}");
    }
    let units = ["5 business days", "1 business day", "8 weeks", "3 days", "1 month"];
    for text in units {
        assert!(matches!(text.parse::<Amount>(), Err(AmountError::CountsDates { .. })), "{text:?}");
    }
    assert!(matches!("99999999999 hours".parse::<Amount>(), Err(AmountError::TooLong { .. })));
    assert!(matches!("99999999999999999999 hours".parse::<Amount>(), Err(AmountError::TooLong { .. })));
    assert!(matches!("4 hours".parse::<WorkingTime>(), Err(AmountError::NotWorking { .. })));
}
