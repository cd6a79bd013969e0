//! The slowest call there is: calendars with as much of everything as there may be, asked at instants of all years from 1 to
//! 9999. Each call must end under a millisecond. `benches/count.sh` puts the answer under its table.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a bench is a program")]

use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use owed::Timestamp;
use owed::calendar::{
    Calendar, Combination, DayEnd, HolidayRule, Interval, MAX_DATES, MAX_INTERVALS, MAX_PARTS, MAX_REVISIONS,
    MAX_SEASONS, Revision, Season, Spec, Tz, WorkingTime,
};

fn date(days: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days as u64)
}

/// A minute and some seconds of every quarter of an hour, different on each day.
fn intervals(count: usize, salt: usize) -> Vec<Interval> {
    let text = |index: usize| {
        let (hour, minute) = (index / 4, index % 4 * 15);
        format!("{hour:02}:{minute:02}:00-{hour:02}:{:02}:{:02}", minute + 1, (index + salt) % 60)
    };
    (0..count).map(|index| text(index).parse().unwrap()).collect()
}

/// As much of each layer as there may be, all at once.
fn full() -> Calendar {
    let week = |salt: usize| std::array::from_fn(|day| intervals(MAX_INTERVALS, salt + day));
    let season = |index: usize| {
        let from = date(index * 100);
        Season { name: None, from, through: from + Days::new(40), weekly: week(index) }
    };
    Calendar::new(Spec {
        weekly: week(0),
        seasons: (0..MAX_SEASONS).map(season).collect(),
        holidays: (0..MAX_DATES).map(|index| HolidayRule::Date(date(index * 2)).into()).collect(),
        shifts: (0..MAX_DATES).map(|index| (date(index * 2 + 1), intervals(24, index))).collect(),
        weekly_breaks: week(30),
        breaks: (0..MAX_DATES).map(|index| (date(index * 2 + 1), intervals(12, index + 7))).collect(),
        revisions: (1..=MAX_REVISIONS)
            .map(|index| Revision { weekly: Some(week(index)), ..Revision::new(date(index * 900)) })
            .collect(),
        ..Spec::new(Tz::America__New_York)
    })
    .unwrap()
}

/// Two hours in three centuries.
fn sparse() -> Calendar {
    let hour = || vec!["09:00-10:00".parse().unwrap()];
    Calendar::new(Spec { shifts: [(date(3), hour()), (date(109_000), hour())].into(), ..Spec::new(Tz::Asia__Gaza) })
        .unwrap()
}

/// As many calendars in one as there may be.
fn many() -> Calendar {
    let zones = chrono_tz::TZ_VARIANTS.iter().step_by(9).take(MAX_PARTS);
    let desk =
        |zone: &Tz| Calendar::new(Spec { weekly: std::array::from_fn(|day| intervals(9, day)), ..Spec::new(*zone) });
    let parts: Vec<_> = zones.map(|zone| desk(zone).unwrap()).collect();
    Calendar::combined(Combination::Union, &parts).unwrap()
}

/// Nanoseconds of the slowest call, each the best of some tries, for it is not the machine that is asked about.
fn slowest<T>(calls: impl Fn(Timestamp) -> T) -> u128 {
    let span = Timestamp::MAX.micros_since(Timestamp::MIN);
    let anywhere = (0..400).map(|index| Timestamp::MIN.plus_micros(span / 399 * index));
    let layers: Timestamp = "1899-12-20T00:00:00Z".parse().unwrap();
    let inside = (0..1_600).map(|index| layers.plus_micros(index * 5_941_999_999_999));
    let once = |at: Timestamp| {
        let start = Instant::now();
        black_box(calls(black_box(at)));
        start.elapsed().as_nanos()
    };
    anywhere.chain(inside).map(|at| (0..5).map(|_| once(at)).min().unwrap_or(0)).max().unwrap_or(0)
}

fn main() {
    println!(
        "| calendar | bytes | is_open | between | add, sub | openings, closings | spans | business days | explain |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, calendar) in [("full", full()), ("sparse", sparse()), ("many", many())] {
        let hours = |hours| WorkingTime::from_hours(hours).unwrap();
        let far: Timestamp = "2200-06-01T12:00:00Z".parse().unwrap();
        let days =
            |at, ends| (calendar.add_business_days(at, 1_000, ends), calendar.sub_business_days(at, 1_000, ends));
        let figures = [
            slowest(|at| calendar.is_open(at)),
            slowest(|at| calendar.working_between(at, far)),
            slowest(|at| calendar.add_working(at, hours(1))).max(slowest(|at| calendar.sub_working(at, hours(1_000)))),
            slowest(|at| (calendar.next_opening(at), calendar.previous_closing(at)))
                .max(slowest(|at| (calendar.next_closing(at), calendar.previous_opening(at)))),
            slowest(|at| calendar.open_spans(at, Timestamp::MAX).next())
                .max(slowest(|at| calendar.open_spans(Timestamp::MIN, at).next_back())),
            slowest(|at| days(at, DayEnd::Close)).max(slowest(|at| days(at, DayEnd::SameTime))),
            slowest(|at| calendar.explain(at, Timestamp::MAX).next()),
        ];
        let figures = figures.map(|nanos| format!("{}.{} µs", nanos / 1_000, nanos % 1_000 / 100));
        println!("| {name} | {} | {} |", calendar.bytes(), figures.join(" | "));
    }
    let [york, berlin] = [Tz::America__New_York, Tz::Europe__Berlin].map(plain);
    let combine = || {
        let start = Instant::now();
        black_box(black_box(&york).union(black_box(&berlin)).unwrap());
        start.elapsed().as_micros()
    };
    let fastest = (0..50).map(|_| combine()).min().unwrap_or(0);
    println!(
        "\nCombining two desks of two continents, each with ten holidays a year for a century: {fastest} µs, the best of fifty."
    );
}

/// Mon-Fri nine to five, ten holidays a year for a century.
fn plain(zone: Tz) -> Calendar {
    let office: Vec<Interval> = vec!["09:00-17:00".parse().unwrap()];
    let weekly = std::array::from_fn(|day| if day < 5 { office.clone() } else { vec![] });
    let holidays = (0..1_000).map(|index| HolidayRule::Date(date(index * 36 + 36_500)).into()).collect();
    Calendar::new(Spec { weekly, holidays, ..Spec::new(zone) }).unwrap()
}
