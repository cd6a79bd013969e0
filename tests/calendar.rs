//! The laws of the calendar, over random hours in odd zones, with instants drawn around the nights on which clocks change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod oracle;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use oracle::MINUTE;
use owed::Timestamp;
use owed::calendar::{Calendar, DayTime, Holiday, HolidayScope, Interval, Span, Spec, Tz, WorkingTime};
use proptest::prelude::*;

const DAY: i64 = 24 * 60 * MINUTE;

const ODD_ZONES: [Tz; 13] = [
    Tz::UTC,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
    Tz::Africa__Cairo,
    Tz::Africa__Casablanca,
    Tz::Antarctica__Troll,
    Tz::Asia__Tehran,
    Tz::Pacific__Kiritimati,
    Tz::Asia__Gaza,
    Tz::Europe__Moscow,
    Tz::Europe__Dublin,
    Tz::America__New_York,
    Tz::Asia__Beirut,
];

/// The instants at which the clocks of each odd zone are changed.
static CHANGES: LazyLock<Vec<(Tz, Vec<i64>)>> = LazyLock::new(|| {
    let changes = |zone| oracle::clock_changes(&Spec::new(zone)).into_iter().collect();
    ODD_ZONES.into_iter().map(|zone| (zone, changes(zone))).collect()
});

/// A zone, and an instant on a whole minute: near a change of its clocks, or anywhere between 1975 and 2045.
fn place_and_time() -> impl Strategy<Value = (Tz, i64)> {
    let near = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), -3 * DAY / MINUTE..DAY / MINUTE);
    let near = near.prop_map(|(zone, change, minutes)| {
        let (zone, changes) = zone.get(&CHANGES);
        let change = if changes.is_empty() { oracle::FIRST_YEAR } else { *change.get(changes) };
        (*zone, change + minutes * MINUTE)
    });
    let anywhere = (prop::sample::select(&ODD_ZONES[..]), oracle::FIRST_YEAR / MINUTE..oracle::LAST_YEAR / MINUTE);
    prop_oneof![4 => near, 1 => anywhere.prop_map(|(zone, minute)| (zone, minute * MINUTE))]
}

/// Hours with edges on quarters of an hour, fond of the small hours, of midnight and of crossing it.
fn interval() -> impl Strategy<Value = Interval> {
    let quarter = prop_oneof![2 => 0..17_u32, 1 => 84..=96_u32, 2 => 0..=96_u32];
    let time = |quarter: u32| DayTime::from_seconds(quarter * 900).unwrap();
    (quarter.clone(), quarter)
        .prop_filter_map("no interval", move |(start, end)| Interval::new(time(start), time(end)).ok())
}

fn hours() -> impl Strategy<Value = Vec<Interval>> {
    prop_oneof![1 => Just(vec![]), 1 => Just(vec![Interval::WHOLE_DAY]), 4 => prop::collection::vec(interval(), 1..4)]
}

/// A calendar, and an instant around which its holidays and shifts lie.
fn calendar_and_time() -> impl Strategy<Value = (Calendar, i64)> {
    let weekly = prop::array::uniform7(hours());
    let scope = prop_oneof![Just(HolidayScope::Date), Just(HolidayScope::Shift), Just(HolidayScope::Both)];
    let holidays = prop::collection::vec(0..10_u64, 0..4);
    let shifts = prop::collection::btree_map(0..10_u64, hours(), 0..4);
    let parts = (place_and_time(), weekly, holidays, shifts, scope, any::<bool>());
    parts.prop_filter_map("never opens", |((time_zone, at), weekly, holidays, shifts, holiday_scope, beat)| {
        let first = oracle::wall(&Spec::new(time_zone), at).date() - Days::new(2);
        let date = |days: u64| first + Days::new(days);
        let spec = Spec {
            time_zone,
            weekly,
            holidays: holidays.into_iter().map(|days| Holiday::from(date(days))).collect(),
            shifts: shifts.into_iter().map(|(days, hours)| (date(days), hours)).collect::<BTreeMap<NaiveDate, _>>(),
            holiday_scope,
            shifts_beat_holidays: beat,
        };
        Some((Calendar::new(spec).ok()?, at))
    })
}

fn instant(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

fn working(micros: i64) -> WorkingTime {
    WorkingTime::from_micros(u64::try_from(micros).unwrap())
}

/// How far from the drawn instant the oracle looks.
const REACH: i64 = 6 * DAY;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn agrees_with_the_minute_by_minute_oracle((calendar, at) in calendar_and_time(), minutes in 0..4_000_i64) {
        let spec = calendar.spec();
        let (from, until) = (at, at + REACH);
        for minute in (from..until).step_by(7 * MINUTE as usize) {
            prop_assert_eq!(calendar.is_open(instant(minute)), oracle::is_open(spec, minute), "open at {}", instant(minute));
        }
        let spans: Vec<_> = calendar.open_spans(instant(from), instant(until)).collect();
        let expected = oracle::open_spans(spec, from, until);
        let expected: Vec<_> = expected.into_iter().map(|(from, until)| Span { from: instant(from), until: instant(until) }).collect();
        prop_assert_eq!(spans, expected);
        prop_assert_eq!(calendar.working_between(instant(from), instant(until)), working(oracle::working_between(spec, from, until)));
        prop_assert_eq!(calendar.working_between(instant(until), instant(from)), WorkingTime::ZERO);
        if let Some(expected) = oracle::add_working(spec, from, minutes, until) {
            prop_assert_eq!(calendar.add_working(instant(from), working(minutes * MINUTE)), Ok(instant(expected)));
        }
        if let Some(expected) = oracle::sub_working(spec, until, minutes, from) {
            prop_assert_eq!(calendar.sub_working(instant(until), working(minutes * MINUTE)), Ok(instant(expected)));
        }
    }

    #[test]
    fn add_then_measure_gives_back((calendar, at) in calendar_and_time(), shift in -MINUTE..MINUTE, amount in amount()) {
        let from = instant(at + shift);
        if let Ok(due) = calendar.add_working(from, amount) {
            prop_assert_eq!(calendar.working_between(from, due), amount);
            if amount > WorkingTime::ZERO {
                let before = working(amount.as_micros() as i64 - 1);
                prop_assert_eq!(calendar.working_between(from, due.minus_micros(1)), before, "{} is not the first", due);
            }
        }
        if let Ok(start) = calendar.sub_working(from, amount) {
            prop_assert_eq!(calendar.working_between(start, from), amount);
            if amount > WorkingTime::ZERO {
                let before = working(amount.as_micros() as i64 - 1);
                prop_assert_eq!(calendar.working_between(start.plus_micros(1), from), before, "{} is not the last", start);
            }
        }
    }

    #[test]
    fn measuring_is_additive((calendar, at) in calendar_and_time(), mut offsets in prop::array::uniform3(-400 * DAY..400 * DAY)) {
        offsets.sort_unstable();
        let [a, b, c] = offsets.map(|offset| instant(at + offset));
        let sum = calendar.working_between(a, b).as_micros() + calendar.working_between(b, c).as_micros();
        prop_assert_eq!(calendar.working_between(a, c).as_micros(), sum);
        let spans: u64 = calendar.open_spans(a, c).map(|span| span.length().as_micros()).sum();
        prop_assert_eq!(spans, sum);
    }

    #[test]
    fn deadlines_are_monotone_in_budget((calendar, at) in calendar_and_time(), one in amount(), two in amount()) {
        let (less, more) = (one.min(two), one.max(two));
        let due = |amount| calendar.add_working(instant(at), amount);
        if let (Ok(sooner), Ok(later)) = (due(less), due(more)) {
            prop_assert!(sooner <= later);
            prop_assert!(less == more || sooner < later);
        }
        let start = |amount| calendar.sub_working(instant(at), amount);
        if let (Ok(later), Ok(sooner)) = (start(less), start(more)) {
            prop_assert!(sooner <= later);
        }
    }

    #[test]
    fn open_spans_are_maximal_and_in_order((calendar, at) in calendar_and_time(), length in 0..60 * DAY) {
        let (from, until) = (instant(at), instant(at + length));
        let mut last: Option<Span> = None;
        for span in calendar.open_spans(from, until) {
            prop_assert!(from <= span.from && span.from < span.until && span.until <= until);
            prop_assert!(calendar.is_open(span.from) && calendar.is_open(span.until.minus_micros(1)));
            prop_assert!(span.from == from || !calendar.is_open(span.from.minus_micros(1)));
            prop_assert!(span.until == until || !calendar.is_open(span.until));
            prop_assert!(last.is_none_or(|last| last.until < span.from));
            last = Some(span);
        }
    }

    #[test]
    fn nothing_panics_or_loops_at_the_ends_of_time(
        (calendar, _) in calendar_and_time(), from in any::<i64>(), until in any::<i64>(), amount in any::<u64>(),
    ) {
        for at in [instant(from), Timestamp::MIN, Timestamp::MAX] {
            let elapsed = instant(until).micros_since(at);
            prop_assert!(calendar.working_between(at, instant(until)).as_micros() <= elapsed);
            prop_assert!(at == Timestamp::MAX || calendar.is_open(at) == (calendar.working_between(at, at.plus_micros(1)).as_micros() == 1));
            for amount in [amount, amount % 400_000_000_000_000_000, 1, u64::MAX].map(WorkingTime::from_micros) {
                if let Ok(due) = calendar.add_working(at, amount) {
                    prop_assert_eq!(calendar.working_between(at, due), amount);
                }
                if let Ok(start) = calendar.sub_working(at, amount) {
                    prop_assert_eq!(calendar.working_between(start, at), amount);
                }
            }
            prop_assert!(calendar.open_spans(at, instant(until)).take(50).count() <= 50);
        }
    }

    #[test]
    fn what_is_written_is_read_again((calendar, _) in calendar_and_time()) {
        let text = serde_json::to_string(&calendar).unwrap();
        let again: Calendar = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
        // Holidays are kept in the order given and days of equal hours in any grouping, so the two are the same.
        prop_assert_eq!(again, calendar);
    }
}

/// From nothing to years, to the microsecond or to the minute, on which edges lie.
fn amount() -> impl Strategy<Value = WorkingTime> {
    let minutes = prop_oneof![0..600_i64, 0..60_000_i64].prop_map(|minutes| minutes * MINUTE);
    prop_oneof![minutes, 0..2 * DAY, 0..2_000 * DAY].prop_map(working)
}

#[test]
fn offsets_of_odd_seconds_are_counted_to_the_second() {
    // Monrovia was 44 minutes and 30 seconds behind until the 7th of January 1972, when the clock went forward.
    let hours = ["00:20-01:00", "23:59-00:10"].map(|hours| hours.parse().unwrap());
    let spec = Spec { weekly: std::array::from_fn(|_| hours.to_vec()), ..Spec::new(Tz::Africa__Monrovia) };
    let desk = Calendar::new(spec).unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let (from, until) = (at("1972-01-06T00:00:00Z"), at("1972-01-09T00:00:00Z"));
    let seconds = (from.as_micros()..until.as_micros()).step_by(1_000_000);
    let open = seconds.filter(|second| oracle::is_open(desk.spec(), *second)).count();
    assert_eq!(desk.working_between(from, until), working(open as i64 * 1_000_000));
}
