//! The laws of the calendar, over random hours of every kind in odd zones, with instants drawn around the nights on which
//! clocks change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod oracle;

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use oracle::{MINUTE, Oracle, SECOND, Steps, Walk};
use owed::Timestamp;
use owed::calendar::{Calendar, Span, Tz, WorkingTime};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const DAY: i64 = 24 * 60 * MINUTE;

const ODD_ZONES: [Tz; 15] = [
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
];

/// The instants at which the clocks of each odd zone are changed: since 1975 by whole minutes, and all since 1900.
static CHANGES: LazyLock<Vec<(Tz, Vec<i64>, Vec<i64>)>> = LazyLock::new(|| {
    let changes =
        |zone, from, until| oracle::clock_changes(zone, oracle::year(from), oracle::year(until)).into_iter().collect();
    ODD_ZONES.into_iter().map(|zone| (zone, changes(zone, 1975, 2045), changes(zone, 1900, 1975))).collect()
});

/// A zone, an instant, and the steps in which to look at it: minutes for six days, or seconds for some hours in the time
/// when clocks were set by the second.
fn place_and_time() -> BoxedStrategy<(Tz, Steps)> {
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
fn interval() -> impl Strategy<Value = Value> {
    let quarter = prop_oneof![2 => 0..17_u32, 1 => 84..=96_u32, 2 => 0..=96_u32];
    let time = |quarter: u32| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    let pair = (quarter.clone(), quarter).prop_filter("no interval", |(start, end)| start != end && *start != 96);
    pair.prop_map(move |(start, end)| json!(format!("{}-{}", time(start), time(end))))
}

fn hours() -> impl Strategy<Value = Value> {
    let some = prop::collection::vec(interval(), 1..4).prop_map(Value::from);
    prop_oneof![1 => Just(json!([])), 1 => Just(json!(["00:00-24:00"])), 4 => some]
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn week() -> BoxedStrategy<Value> {
    let week = prop::array::uniform7(hours());
    week.prop_map(|week| WEEKDAYS.into_iter().map(String::from).zip(week).collect::<Map<_, _>>().into()).boxed()
}

/// A holiday by one of the rules that fall on a date.
fn holiday(date: NaiveDate, rule: u8) -> Value {
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
fn layers(first: NaiveDate) -> BoxedStrategy<Map<String, Value>> {
    let date = move |days: u64| first + Days::new(days);
    let dated = move || {
        prop::collection::btree_map(1..6_u64, hours(), 0..3).prop_map(move |dates| -> Value {
            dates.into_iter().map(|(days, hours)| (date(days).to_string(), hours)).collect::<Map<_, _>>().into()
        })
    };
    let season = (0..8_u64, 0..5_u64, week()).prop_map(move |(from, length, weekly)| {
        json!({ "name": "Ramadan", "from": date(from).to_string(), "through": date(from + length).to_string(), "weekly": weekly })
    });
    let holiday = (1..6_u64, 0..6_u8).prop_map(move |(days, rule)| holiday(date(days), rule));
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

/// Rules whose dates lie around an instant.
fn rules(zone: Tz, at: i64) -> BoxedStrategy<Value> {
    let first = oracle::wall(zone, at).date() - Days::new(2);
    let revision =
        (0..10_u64, prop::option::of(week()), layers(first)).prop_map(move |(days, weekly, mut revision)| {
            revision.insert("from".into(), json!((first + Days::new(days)).to_string()));
            revision.extend(weekly.map(|weekly| ("weekly".into(), weekly)));
            (days, Value::from(revision))
        });
    let revisions = prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec(revision, 1..3)];
    (week(), layers(first), revisions)
        .prop_map(move |(weekly, mut rules, mut revisions)| {
            rules.insert("time_zone".into(), json!(zone.name()));
            rules.insert("weekly".into(), weekly);
            revisions.sort_by_key(|(days, _)| *days);
            revisions.dedup_by_key(|(days, _)| *days);
            if !revisions.is_empty() {
                rules.insert("revisions".into(), revisions.into_iter().map(|(_, revision)| revision).collect());
            }
            rules.into()
        })
        .boxed()
}

struct Case {
    json: Value,
    calendar: Calendar,
    steps: Steps,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} from {}", self.json, instant(self.steps.from))
    }
}

/// A calendar, and an instant around which its dates lie.
fn case() -> BoxedStrategy<Case> {
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

fn instant(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

fn working(micros: i64) -> WorkingTime {
    WorkingTime::from_micros(u64::try_from(micros).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn agrees_with_the_minute_by_minute_oracle(case in case(), wanted in 0..4_000_i64) {
        let Case { json, calendar, steps } = case;
        let walk = Walk::new(&Oracle::new(&json), steps);
        let (from, until) = (instant(steps.from), instant(steps.until));
        for at in steps.all() {
            prop_assert_eq!(calendar.is_open(instant(at)), walk.is_open(at), "open at {}", instant(at));
            let last = instant(at + steps.step - 1);
            prop_assert_eq!(calendar.is_open(last), walk.is_open(at), "open at {}", last);
        }
        let spans: Vec<_> = calendar.open_spans(from, until).collect();
        let expected = walk.spans();
        let expected: Vec<_> = expected.into_iter().map(|(from, until)| Span { from: instant(from), until: instant(until) }).collect();
        prop_assert_eq!(&spans, &expected);
        let mut backwards: Vec<_> = calendar.open_spans(from, until).rev().collect();
        backwards.reverse();
        prop_assert_eq!(&backwards, &expected);
        prop_assert_eq!(calendar.working_between(from, until), working(walk.working()));
        prop_assert_eq!(calendar.signed_working_between(until, from), -walk.working());
        prop_assert_eq!(calendar.working_between(until, from), WorkingTime::ZERO);
        if let Some(expected) = walk.add(wanted) {
            prop_assert_eq!(calendar.add_working(from, working(wanted * steps.step)), Ok(instant(expected)));
        }
        if let Some(expected) = walk.sub(wanted) {
            prop_assert_eq!(calendar.sub_working(until, working(wanted * steps.step)), Ok(instant(expected)));
        }
    }

    #[test]
    fn openings_and_closings_are_those_of_the_oracle(case in case(), shift in 0..MINUTE) {
        let Case { json, calendar, steps } = case;
        let oracle = Oracle::new(&json);
        let open = |at: i64| oracle.is_open(at.div_euclid(SECOND) * SECOND);
        let turns: Vec<(i64, bool)> = steps.all().filter(|at| open(*at) != open(at - 1)).map(|at| (at, open(at))).collect();
        for at in [steps.from, steps.from.midpoint(steps.until), steps.until - 1, steps.from + shift] {
            // Only what lies inside the steps is known; the rest would take another walk.
            for opens in [true, false] {
                let next = turns.iter().find(|(turn, open)| *turn > at && *open == opens).map(|(turn, _)| instant(*turn));
                let found = if opens { calendar.next_opening(instant(at)) } else { calendar.next_closing(instant(at)) };
                prop_assert_eq!(found.filter(|found| *found < instant(steps.until)), next, "next, opens {}, of {}", opens, instant(at));
                let last = turns.iter().rfind(|(turn, open)| *turn < at && *open == opens).map(|(turn, _)| instant(*turn));
                let found = if opens { calendar.previous_opening(instant(at)) } else { calendar.previous_closing(instant(at)) };
                prop_assert_eq!(found.filter(|found| *found >= instant(steps.from)), last, "last, opens {}, of {}", opens, instant(at));
            }
            let first = calendar.open_at_or_after(instant(at));
            prop_assert!(first.is_none_or(|first| first >= instant(at) && calendar.is_open(first)));
            prop_assert_eq!(first == Some(instant(at)), open(at));
            let end = calendar.open_end_at_or_before(instant(at));
            prop_assert!(end.is_none_or(|end| end <= instant(at) && calendar.is_open(end.minus_micros(1))));
            prop_assert_eq!(end == Some(instant(at)), open(at - 1));
        }
    }

    #[test]
    fn what_is_explained_is_what_is_counted(case in case()) {
        let Case { calendar, steps, .. } = case;
        let (from, until) = (instant(steps.from), instant(steps.until));
        let (mut here, mut open) = (from, 0);
        for stretch in calendar.explain(from, until) {
            prop_assert_eq!(stretch.from, here, "{}", stretch);
            prop_assert!(stretch.until > here, "{}", stretch);
            let length = stretch.until.micros_since(stretch.from);
            let counted = calendar.working_between(stretch.from, stretch.until).as_micros();
            prop_assert_eq!(counted, if stretch.open { length } else { 0 }, "{}", stretch);
            here = stretch.until;
            open += counted;
        }
        prop_assert_eq!(here, until);
        prop_assert_eq!(open, calendar.working_between(from, until).as_micros());
    }

    #[test]
    fn business_days_are_those_on_which_somebody_works(case in case()) {
        let Case { json, calendar, steps } = case;
        if steps.step == MINUTE {
            let oracle = Oracle::new(&json);
            let owners: std::collections::BTreeSet<_> = steps.all().flat_map(|at| oracle.owners(at)).collect();
            let first = oracle::wall(oracle.zone(), steps.from).date() + Days::new(1);
            for date in first.iter_days().take(3) {
                prop_assert_eq!(calendar.is_business_day(date), owners.contains(&date), "{}", date);
            }
        }
    }

    #[test]
    fn add_then_measure_gives_back(case in case(), shift in -MINUTE..MINUTE, amount in amount()) {
        let Case { calendar, steps, .. } = case;
        let from = instant(steps.from + shift);
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
    fn measuring_is_additive(case in case(), mut offsets in prop::array::uniform3(-400 * DAY..400 * DAY)) {
        let Case { calendar, steps, .. } = case;
        offsets.sort_unstable();
        let [a, b, c] = offsets.map(|offset| instant(steps.from + offset));
        let sum = calendar.working_between(a, b).as_micros() + calendar.working_between(b, c).as_micros();
        prop_assert_eq!(calendar.working_between(a, c).as_micros(), sum);
        let spans: u64 = calendar.open_spans(a, c).map(|span| span.length().as_micros()).sum();
        prop_assert_eq!(spans, sum);
    }

    #[test]
    fn deadlines_are_monotone_in_budget(case in case(), one in amount(), two in amount()) {
        let Case { calendar, steps, .. } = case;
        let (less, more) = (one.min(two), one.max(two));
        let due = |amount| calendar.add_working(instant(steps.from), amount);
        if let (Ok(sooner), Ok(later)) = (due(less), due(more)) {
            prop_assert!(sooner <= later);
            prop_assert!(less == more || sooner < later);
        }
        let start = |amount| calendar.sub_working(instant(steps.from), amount);
        if let (Ok(later), Ok(sooner)) = (start(less), start(more)) {
            prop_assert!(sooner <= later);
        }
    }

    #[test]
    fn open_spans_are_maximal_and_in_order(case in case(), length in 0..60 * DAY) {
        let Case { calendar, steps, .. } = case;
        let (from, until) = (instant(steps.from), instant(steps.from + length));
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
    fn union_and_intersection_are_sets(one in case(), two in case(), length in 0..2_000 * DAY) {
        let (from, until) = (instant(one.steps.from), instant(one.steps.from + length));
        let between = |calendar: Result<Calendar, _>| calendar.map_or(0, |calendar| calendar.signed_working_between(from, until));
        let (a, b) = (one.calendar, two.calendar);
        let (union, both, only) = (a.union(&b), a.intersection(&b), a.minus(&b));
        let (union, both, only) = (between(union), between(both), between(only));
        let (a, b) = (between(Ok(a)), between(Ok(b)));
        prop_assert_eq!(union + both, a + b);
        prop_assert_eq!(only + both, a);
    }

    #[test]
    fn nothing_panics_or_loops_at_the_ends_of_time(
        case in case(), from in any::<i64>(), until in any::<i64>(), amount in any::<u64>(), days in any::<u32>(),
    ) {
        let calendar = case.calendar;
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
            prop_assert!(calendar.open_spans(instant(until), at).rev().take(50).count() <= 50);
            prop_assert!(calendar.next_opening(at).is_none_or(|next| next > at && calendar.is_open(next)));
            prop_assert!(calendar.next_closing(at).is_none_or(|next| next > at && !calendar.is_open(next)));
            prop_assert!(calendar.previous_opening(at).is_none_or(|last| last < at && calendar.is_open(last)));
            prop_assert!(calendar.previous_closing(at).is_none_or(|last| last < at && !calendar.is_open(last)));
            for days in [0, 1, days % 10_000, days] {
                for term in ["business days", "business days, close", "business days, 17:00", "days", "weeks", "months", "hours"] {
                    let term = format!("{days} {term}").parse().unwrap();
                    prop_assert!(calendar.add(at, term).is_err() || calendar.add(at, term).is_ok_and(|due| due >= at), "{} {}", at, term);
                    prop_assert!(calendar.sub(at, term).is_err() || calendar.sub(at, term).is_ok_and(|start| start <= at), "{} {}", at, term);
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again(case in case()) {
        let text = serde_json::to_string(&case.calendar).unwrap();
        let again: Calendar = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
        prop_assert_eq!(again, case.calendar);
    }
}

/// From nothing to years, to the microsecond or to the minute, on which edges lie.
fn amount() -> impl Strategy<Value = WorkingTime> {
    let minutes = prop_oneof![0..600_i64, 0..60_000_i64].prop_map(|minutes| minutes * MINUTE);
    prop_oneof![minutes, 0..2 * DAY, 0..2_000 * DAY].prop_map(working)
}
