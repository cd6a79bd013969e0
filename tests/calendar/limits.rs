//! How much there may be of everything, and what is said of more.

use chrono::{Days, NaiveDate};
use owed::calendar::{
    Calendar, Combination, Flaw, Holiday, HolidayRule, Interval, MAX_DATES, MAX_INTERVALS, MAX_LEVELS, MAX_PARTS,
    MAX_REVISIONS, MAX_SEASONS, Revision, Season, Spec, Tz, Week,
};

fn date(days: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days as u64)
}

fn always() -> Spec {
    Spec::round_the_clock(Tz::Europe__Berlin)
}

/// One minute of every quarter of an hour.
fn intervals(count: usize) -> Vec<Interval> {
    let time = |minute: usize| format!("{:02}:{:02}:{:02}", minute / 60, minute % 60 % 60, 0);
    let short = |index: usize| format!("{}-{}", time(index * 15), time(index * 15 + 1)).parse().unwrap();
    let mut list: Vec<Interval> = (0..count.min(96)).map(short).collect();
    list.resize(count, list[0]);
    list
}

#[track_caller]
fn assert_limit(limit: usize, what: &str, place: &str, spec: impl Fn(usize) -> Spec) {
    assert!(Calendar::new(spec(limit)).is_ok(), "{limit} {what} are taken");
    let problems = Calendar::new(spec(limit + 1)).unwrap_err();
    let [problem] = problems.as_slice() else { panic!("{problems}") };
    assert!(matches!(problem.flaw, Flaw::TooMany { limit: known, .. } if known == limit));
    assert_eq!(problem.to_string(), format!("{place}: there may be at most {limit} {what}"));
}

#[test]
fn each_layer_has_a_limit_up_to_which_it_is_taken() {
    assert_limit(MAX_DATES, "holidays", "holidays", |count| Spec {
        holidays: (0..count).map(|days| Holiday::from(HolidayRule::Date(date(2 * days)))).collect(),
        ..always()
    });
    assert_limit(MAX_DATES, "shifts", "shifts", |count| Spec {
        shifts: (0..count).map(|days| (date(days), vec![])).collect(),
        ..always()
    });
    assert_limit(MAX_DATES, "breaks", "breaks", |count| Spec {
        breaks: (0..count).map(|days| (date(days), vec![])).collect(),
        ..always()
    });
    let season = |days| Season { name: None, from: date(days), through: date(days + 3), weekly: Week::default() };
    assert_limit(MAX_SEASONS, "seasons", "seasons", |count| Spec {
        seasons: (0..count).map(|index| season(index * 9)).collect(),
        ..always()
    });
    assert_limit(MAX_REVISIONS, "revisions", "revisions", |count| Spec {
        revisions: (0..count).map(|index| Revision::new(date(index))).collect(),
        ..always()
    });
    assert_limit(MAX_INTERVALS, "intervals in one list", "weekly", |count| Spec {
        weekly: std::array::from_fn(|_| intervals(count)),
        ..always()
    });
}

#[test]
fn what_revisions_bring_is_counted_with_the_rest() {
    let half =
        |days| (0..MAX_DATES / 2 + 1).map(|index| Holiday::from(HolidayRule::Date(date(index + days)))).collect();
    let revision = Revision { holidays: Some(half(1)), ..Revision::new(date(50_000)) };
    let problems = Calendar::new(Spec { holidays: half(0), revisions: vec![revision], ..always() }).unwrap_err();
    assert_eq!(problems.to_string(), format!("holidays: there may be at most {MAX_DATES} holidays"));
}

#[test]
fn a_combination_has_limits_of_its_own() {
    let one = Calendar::new(always()).unwrap();
    let many = |count| Calendar::combined(Combination::Union, &vec![one.clone(); count]);
    assert!(many(MAX_PARTS).is_ok());
    let problem = many(MAX_PARTS + 1).unwrap_err();
    assert_eq!(problem.to_string(), format!("there may be at most {MAX_PARTS} calendars in one"));
    let deeper = |calendar: Calendar| calendar.union(&one);
    let deepest = (0..MAX_LEVELS).fold(one.clone(), |calendar, _| deeper(calendar).unwrap());
    let problem = deeper(deepest).unwrap_err();
    assert_eq!(problem.to_string(), format!("there may be at most {MAX_LEVELS} levels of combined calendars"));
    let problem = Calendar::combined(Combination::Minus, std::slice::from_ref(&one)).unwrap_err();
    assert_eq!(problem.to_string(), "minus takes two calendars or more");
    let problem = one.minus(&one).unwrap_err();
    assert_eq!(problem.to_string(), "this minus never opens; its calendars leave no time that is open");
}
