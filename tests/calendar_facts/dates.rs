//! On which dates a combination is open, read on the wall of its first part; how much memory it takes; and when Easter is.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use owed::calendar::{Calendar, EasterDay, HolidayRule, YearDay};

use super::{NINE_TO_FIVE, calendar};

/// Whether these are business days of what is open in a calendar, read in its zone.
#[track_caller]
fn assert_days(rules: &str, expected: &[(&str, bool)]) {
    let zone = calendar(rules).time_zone();
    let always = format!(r#"{{ "time_zone": "{zone}", "weekly": "24x7" }}"#);
    let both = calendar(&format!(r#"{{ "intersection": [{always}, {rules}] }}"#));
    assert_business(&both, expected);
}

#[track_caller]
fn assert_business(calendar: &Calendar, expected: &[(&str, bool)]) {
    for (date, is_one) in expected {
        assert_eq!(calendar.is_business_day(date.parse().unwrap()), *is_one, "{date}");
    }
}

/// All of a Monday's hours may lie in the week of UTC before it, and all of a Sunday's in the one after it.
#[test]
fn a_day_is_one_of_its_own_week_on_the_wall() {
    let east = r#"{ "time_zone": "Asia/Tokyo", "weekly": { "mon": ["00:00-08:00"] } }"#;
    assert_days(east, &[("2026-03-01", false), ("2026-03-02", true), ("2026-03-03", false)]);
    let west = r#"{ "time_zone": "America/New_York", "weekly": { "sun": ["20:00-23:00"] } }"#;
    assert_days(west, &[("2026-03-14", false), ("2026-03-15", true), ("2026-03-16", false)]);
    let longer = r#"{ "time_zone": "America/New_York", "weekly": { "sun": ["10:00-23:00"] } }"#;
    assert_days(longer, &[("2026-03-14", false), ("2026-03-15", true), ("2026-03-16", false)]);
}

/// Half past ten at night in Greenwich is Monday in Berlin in winter, and Tuesday in summer.
#[test]
fn the_same_hours_are_on_another_date_in_summer() {
    let both = calendar(
        r#"{ "intersection": [{ "time_zone": "Europe/Berlin", "weekly": "24x7" },
                              { "time_zone": "UTC", "weekly": { "mon": ["22:30-23:00"] } }] }"#,
    );
    assert_business(&both, &[("2026-01-05", true), ("2026-01-06", false), ("2026-07-06", false), ("2026-07-07", true)]);
}

/// The first hour of the Monday after clocks were put forward lies where the last of Sunday had been.
#[test]
fn in_the_week_in_which_clocks_are_changed_each_side_is_read_by_its_own_offset() {
    let berlin = r#"{ "time_zone": "Europe/Berlin", "weekly": { "mon": ["00:00-01:00"] } }"#;
    assert_days(berlin, &[("2026-03-29", false), ("2026-03-30", true), ("1949-04-10", false), ("1949-04-11", true)]);
    // At one minute past midnight the clock went back to the day before, and nothing of that was open.
    let newfoundland = r#"{ "time_zone": "America/St_Johns", "weekly": { "sun": ["00:00-00:01"] } }"#;
    assert_days(newfoundland, &[("2010-11-06", false), ("2010-11-07", true), ("2010-11-08", false)]);
}

#[test]
fn a_holiday_of_a_part_is_none_of_its_business_days() {
    for [thursday, holiday, monday] in
        [["1951-09-06", "1951-09-07", "1951-09-10"], ["2026-03-05", "2026-03-06", "2026-03-09"]]
    {
        let office = format!(
            r#"{{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }}, "holidays": ["{holiday}"] }}"#
        );
        assert_days(&office, &[(thursday, true), (holiday, false), (monday, true)]);
    }
}

/// A Monday's hours lie in the week of UTC before it, also in all the weeks before the first that is special.
#[test]
fn long_before_a_holiday_mondays_are_worked() {
    let east = r#"{ "time_zone": "Etc/GMT-9", "weekly": { "mon": ["00:00-08:00"] }"#;
    let holiday = format!(r#"{east}, "holidays": ["2026-03-09"] }}"#);
    assert_days(&holiday, &[("2026-01-05", true), ("2026-03-02", true), ("2026-03-09", false), ("2026-03-16", true)]);
    let revised =
        format!(r#"{east}, "revisions": [{{ "from": "1951-01-01", "weekly": {{ "tue": ["09:00-17:00"] }} }}] }}"#);
    assert_days(&revised, &[("1940-01-01", true), ("1960-01-04", false), ("1960-01-05", true)]);
}

/// A week between the first and the last change of clocks takes some nine bytes, six of them for its hours. Berlin has eleven thousand, from 1893
/// to 2099, and a zone whose clocks stand has none.
#[test]
fn memory_is_told_as_it_is_taken() {
    let berlin = calendar(r#"{ "time_zone": "Europe/Berlin", "weekly": { "mon-fri": ["09:00-17:00"] } }"#);
    let told = berlin.bytes();
    assert!((102_000..102_500).contains(&told), "{told}");
    let told = calendar(NINE_TO_FIVE).bytes();
    assert!((300..600).contains(&told), "{told}");
    // Three hundred weeks of which each is like no other.
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let shift = |week: u64| {
        let (date, minutes) = (monday + Days::new(7 * week), week + 1);
        format!(r#""{date}": ["09:00-{:02}:{:02}"]"#, 9 + minutes / 60, minutes % 60)
    };
    let shifts: Vec<_> = (0..300).map(shift).collect();
    let told = calendar(&format!(r#"{{ "time_zone": "UTC", "weekly": {{}}, "shifts": {{ {} }} }}"#, shifts.join(", ")))
        .bytes();
    assert!((19_000..21_000).contains(&told), "{told}");
}

/// What is the same in every week takes no weeks of its own, and adds none to what it is combined with.
#[test]
fn a_calendar_combined_with_one_that_changes_nothing_takes_no_more_than_it_took() {
    let plain = calendar(NINE_TO_FIVE);
    let office = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": ["2026-03-06"] }"#;
    let office = calendar(office);
    assert_eq!(plain.union(&plain).unwrap().bytes(), plain.bytes());
    for both in [office.union(&office), office.intersection(&plain), plain.intersection(&office)] {
        assert_eq!(both.unwrap().bytes(), office.bytes());
    }
}

/// The earliest and the latest there can be, some that are easily wrong, and every year.
#[test]
fn easter_is_on_the_known_days() {
    let sunday = HolidayRule::Easter(EasterDay::new(0).unwrap());
    let in_year = |year| sunday.in_year(year).collect::<Vec<NaiveDate>>();
    let known = [(1818, 3, 22), (1886, 4, 25), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23)];
    for (year, month, day) in known.into_iter().chain([(2008, 3, 23), (2026, 4, 5), (2038, 4, 25), (2049, 4, 18)]) {
        assert_eq!(in_year(year), [NaiveDate::from_ymd_opt(year, month, day).unwrap()]);
    }
    assert!((1..=9999).all(|year| matches!(in_year(year)[..], [date] if date.weekday() == Weekday::Sun)));
}

/// Counted far enough from Easter, a day lies in the year before or after: of some years in none, of others there are two.
#[test]
fn a_day_far_from_easter_is_looked_for_in_the_years_around() {
    let dates = |days: i16, year: i32| {
        let rule = HolidayRule::Easter(EasterDay::new(days).unwrap());
        rule.in_year(year).map(|date| date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates(300, 2027), ["2027-01-30"], "after the Easter of 2026");
    assert_eq!(dates(-366, 2025), ["2025-04-04"], "before that of 2026");
    assert_eq!(dates(-95, 2025), ["2025-01-15", "2025-12-31"], "before those of 2025 and 2026");
    assert_eq!(dates(-95, 2024), [""; 0]);
}

/// "No panics on any input": nor of the years at the ends of all numbers.
#[test]
fn no_holiday_is_in_a_year_that_no_calendar_has() {
    let (christmas, last) = (NaiveDate::from_ymd_opt(2026, 12, 25).unwrap(), EasterDay::new(366).unwrap());
    let rules = [
        HolidayRule::Date(christmas),
        HolidayRule::Yearly(YearDay::new(12, 25).unwrap()),
        HolidayRule::Nth("4 thu nov".parse().unwrap()),
        HolidayRule::Easter(last),
    ];
    for (rule, year) in rules.into_iter().flat_map(|rule| [(rule, i32::MIN), (rule, i32::MAX)]) {
        assert_eq!(rule.in_year(year).count(), 0, "{rule:?} {year}");
    }
}
