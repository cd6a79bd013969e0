//! Random calendars of every kind, whose dates lie around an instant that is fond of the nights on which clocks change.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use owed::Timestamp;
use owed::calendar::{Calendar, Tz, WorkingTime};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

use crate::oracle::{self, MINUTE, SECOND, Steps};

/// The same calendars at every run, so that a red law is red for everybody; whoever asks for more gets new ones.
pub(crate) fn config() -> ProptestConfig {
    let usual = std::env::var_os("PROPTEST_CASES").is_none();
    let rng_seed = if usual { RngSeed::Fixed(2026) } else { ProptestConfig::default().rng_seed };
    let cases = if usual { 160 } else { ProptestConfig::default().cases };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

pub(crate) const ODD_ZONES: [Tz; 16] = [
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
    Tz::Africa__Monrovia,
    Tz::America__Noronha,
    Tz::Asia__Tokyo,
];

type Changes = (Tz, Vec<i64>, Vec<i64>);

/// The instants at which the clocks of each odd zone are changed: since 1975 by whole minutes, and all since 1900.
static CHANGES: LazyLock<Vec<Changes>> = LazyLock::new(|| {
    let changes =
        |zone, from, until| oracle::clock_changes(zone, oracle::year(from), oracle::year(until)).into_iter().collect();
    ODD_ZONES.into_iter().map(|zone| (zone, changes(zone, 1975, 2045), changes(zone, 1900, 1975))).collect()
});

/// A zone, an instant, and the steps in which to look at it: minutes for six days, or seconds for some hours in the time
/// when clocks were set by the second.
pub(crate) fn place_and_time() -> BoxedStrategy<(Tz, Steps)> {
    let near = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), -3 * DAY / MINUTE..DAY / MINUTE);
    let near = near.prop_map(|(zone, change, minutes)| {
        let (zone, changes, _) = zone.get(&CHANGES);
        let change = if changes.is_empty() { oracle::year(1975) } else { *change.get(changes) };
        let from = change + minutes * MINUTE;
        (*zone, Steps { from, until: from + 6 * DAY, step: MINUTE })
    });
    let old = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), -3 * 3_600..3_600_i64);
    let old = old.prop_map(|(zone, change, seconds)| {
        let (zone, _, changes) = zone.get(&CHANGES);
        let change = if changes.is_empty() { oracle::year(1900) } else { *change.get(changes) };
        let from = change + seconds * SECOND;
        (*zone, Steps { from, until: from + 6 * 3_600 * SECOND, step: SECOND })
    });
    // Offsets have had no seconds since 1975, and before, three hours are enough to look at.
    let anywhere = (prop::sample::select(&ODD_ZONES[..]), oracle::year(1975) / MINUTE..oracle::year(2200) / MINUTE);
    let anywhere = anywhere.prop_map(|(zone, minute)| (zone, minute * MINUTE));
    let anywhere = anywhere.prop_map(|(zone, from)| (zone, Steps { from, until: from + 6 * DAY, step: MINUTE }));
    let ends = (prop::sample::select(&ODD_ZONES[..]), prop::sample::select(&[1900, 2201][..]), 0..5_000_i64);
    let ends = ends.prop_map(|(zone, year, minutes)| {
        let from = oracle::year(year) - minutes * MINUTE;
        let (until, step) = if year == 1900 { (from + DAY / 4, SECOND) } else { (from + 6 * DAY, MINUTE) };
        (zone, Steps { from, until, step })
    });
    prop_oneof![6 => near, 2 => old, 2 => anywhere, 1 => ends].boxed()
}

/// Hours with edges on quarters of an hour, fond of the small hours, of midnight and of crossing it.
pub(crate) fn interval() -> impl Strategy<Value = Value> {
    let quarter = prop_oneof![2 => 0..17_u32, 1 => 84..=96_u32, 2 => 0..=96_u32];
    let time = |quarter: u32| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    let pair = (quarter.clone(), quarter).prop_filter("no interval", |(start, end)| start != end && *start != 96);
    pair.prop_map(move |(start, end)| json!(format!("{}-{}", time(start), time(end))))
}

pub(crate) fn hours() -> impl Strategy<Value = Value> {
    let some = prop::collection::vec(interval(), 1..4).prop_map(Value::from);
    prop_oneof![1 => Just(json!([])), 1 => Just(json!(["00:00-24:00"])), 4 => some]
}

pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(crate) fn week() -> BoxedStrategy<Value> {
    let week = prop::array::uniform7(hours());
    week.prop_map(|week| WEEKDAYS.into_iter().map(String::from).zip(week).collect::<Map<_, _>>().into()).boxed()
}

/// A holiday by one of the rules that fall on a date.
pub(crate) fn holiday(date: NaiveDate, rule: u8) -> Value {
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    let month = date.format("%b").to_string().to_lowercase();
    match rule {
        0 => json!(date.to_string()),
        1 => json!({ "date": date.to_string(), "name": "Nowruz" }),
        2 => json!({ "yearly": date.format("%m-%d").to_string(), "name": "every year" }),
        3 => json!({ "nth": format!("{} {weekday} {month}", (date.day() - 1) / 7 + 1) }),
        4 => json!({ "nth": format!("last {weekday} {month}") }),
        _ => {
            // Wherever Easter is, some number of days leads here.
            let spring = NaiveDate::from_ymd_opt(date.year(), 4, 5).unwrap();
            json!({ "easter": (date - spring).num_days().clamp(-366, 366) })
        }
    }
}

/// What may be written of the ten days from a date on, besides the weekly hours.
pub(crate) fn layers(first: NaiveDate) -> BoxedStrategy<Map<String, Value>> {
    let date = move |days: u64| first + Days::new(days);
    let dated = move || {
        prop::collection::btree_map(1..6_u64, hours(), 0..3).prop_map(move |dates| -> Value {
            let dates = dates.into_iter().map(|(days, hours)| (date(days), hours)).filter(|(date, _)| counts(*date));
            dates.map(|(date, hours)| (date.to_string(), hours)).collect::<Map<_, _>>().into()
        })
    };
    let season = (0..8_u64, 0..5_u64, week()).prop_map(move |(from, length, weekly)| {
        let (from, through) = (nearest(date(from)).to_string(), nearest(date(from + length)).to_string());
        json!({ "name": "Ramadan", "from": from, "through": through, "weekly": weekly })
    });
    let holiday = (1..6_u64, 0..6_u8).prop_map(move |(days, rule)| {
        let rule = if counts(date(days)) { rule } else { rule.max(2) };
        holiday(date(days), rule)
    });
    let optional = |value: BoxedStrategy<Value>| prop::option::of(value);
    let scope = prop::sample::select(&["date", "shift", "both"][..]).prop_map(|scope| json!(scope));
    let parts = (
        optional(prop::collection::vec(season, 0..3).prop_map(Value::from).boxed()),
        optional(prop::collection::vec(holiday, 0..4).prop_map(Value::from).boxed()),
        optional(dated().boxed()),
        optional(prop_oneof![3 => Just(json!({})), 1 => week()].boxed()),
        optional(dated().boxed()),
        optional(scope.boxed()),
        optional(any::<bool>().prop_map(Value::from).boxed()),
    );
    parts
        .prop_map(|(seasons, holidays, shifts, weekly_breaks, breaks, scope, beat)| {
            let keys =
                ["seasons", "holidays", "shifts", "weekly_breaks", "breaks", "holiday_scope", "shifts_beat_holidays"];
            let values = [seasons, holidays, shifts, weekly_breaks, breaks, scope, beat];
            keys.into_iter().zip(values).filter_map(|(key, value)| Some((key.into(), value?))).collect()
        })
        .boxed()
}

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2200, 12, 31).unwrap();

/// Whether a date may be written in a calendar.
fn counts(date: NaiveDate) -> bool {
    (FIRST..=LAST).contains(&date)
}

/// The nearest date that may be written.
fn nearest(date: NaiveDate) -> NaiveDate {
    date.clamp(FIRST, LAST)
}

/// Rules whose dates lie around an instant.
pub(crate) fn rules(zone: Tz, at: i64) -> BoxedStrategy<Value> {
    let first = oracle::wall(zone, at).date() - Days::new(2);
    let revision =
        (0..10_u64, prop::option::of(week()), layers(first)).prop_map(move |(days, weekly, mut revision)| {
            let from = nearest(first + Days::new(days));
            revision.insert("from".into(), json!(from.to_string()));
            revision.extend(weekly.map(|weekly| ("weekly".into(), weekly)));
            (from, Value::from(revision))
        });
    let revisions = prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec(revision, 1..3)];
    (week(), layers(first), revisions)
        .prop_map(move |(weekly, mut rules, mut revisions)| {
            rules.insert("time_zone".into(), json!(zone.name()));
            rules.insert("weekly".into(), weekly);
            revisions.sort_by_key(|(from, _)| *from);
            revisions.dedup_by_key(|(from, _)| *from);
            if !revisions.is_empty() {
                rules.insert("revisions".into(), revisions.into_iter().map(|(_, revision)| revision).collect());
            }
            rules.into()
        })
        .boxed()
}

pub(crate) struct Case {
    pub(crate) json: Value,
    pub(crate) calendar: Calendar,
    pub(crate) steps: Steps,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} from {}", self.json, instant(self.steps.from))
    }
}

/// A calendar, and an instant around which its dates lie.
pub(crate) fn case() -> BoxedStrategy<Case> {
    let plain = place_and_time().prop_flat_map(|(zone, steps)| (rules(zone, steps.from), Just(steps)));
    let other = prop::sample::select(&ODD_ZONES[..]);
    let how = prop::sample::select(&["union", "intersection", "minus"][..]);
    let combined =
        (place_and_time(), other.clone(), other, how).prop_flat_map(|((zone, steps), second, third, how)| {
            let at = steps.from;
            let pair = (rules(zone, at), rules(second, at), prop::option::of(rules(third, at)));
            let json = pair.prop_map(move |(one, two, three)| {
                let nested = three.map(|three| json!({ "union": [two.clone(), three] })).unwrap_or(two);
                json!({ how: [one, nested] })
            });
            (json, Just(steps))
        });
    let all = prop_oneof![3 => plain, 1 => combined];
    all.prop_filter_map("never opens", |(json, steps)| {
        let calendar = match serde_json::from_value(json.clone()) {
            Ok(calendar) => calendar,
            Err(problem) if problem.to_string().contains("never opens") => return None,
            Err(problem) => panic!("{problem}: {json}"),
        };
        Some(Case { json, calendar, steps })
    })
    .boxed()
}

pub(crate) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

pub(crate) fn working(micros: i64) -> WorkingTime {
    WorkingTime::from_micros(u64::try_from(micros).unwrap())
}

/// From nothing to years, to the microsecond or to the minute, on which edges lie.
pub(crate) fn amount() -> impl Strategy<Value = WorkingTime> {
    let minutes = prop_oneof![0..600_i64, 0..60_000_i64].prop_map(|minutes| minutes * MINUTE);
    prop_oneof![minutes, 0..2 * DAY, 0..2_000 * DAY].prop_map(working)
}
