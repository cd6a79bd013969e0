//! The same questions to four libraries in one process: first whether they agree, then how long each takes.
//!
//! Mon-Fri 9-17 in New York with a dated holiday every 36 days from 2020 to 2040. `opening-hours` has no working time and
//! is asked for it by adding up its intervals on the wall clock, which is the same here: no clock changes in these hours.

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use jiff::SignedDuration;
use opening_hours::OpeningHours;
use owed::calendar::{Calendar, WorkingTime};

fn holidays() -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    (0..200).map(|index| first + Days::new(index * 36)).collect()
}

fn jiff_date(date: NaiveDate) -> jiff::civil::Date {
    date.to_string().parse().unwrap()
}

fn jiff_at(at: DateTime<Utc>) -> jiff::Timestamp {
    jiff::Timestamp::from_second(at.timestamp()).unwrap()
}

/// Nanoseconds for one run, the best of some rounds.
fn time<T>(mut run: impl FnMut() -> T) -> f64 {
    let once = Instant::now();
    black_box(run());
    let runs = (2_000_000 / once.elapsed().as_nanos().max(1)).clamp(1, 20_000) as u32;
    let round = |_| {
        let start = Instant::now();
        (0..runs).for_each(|_| drop(black_box(run())));
        start.elapsed().as_nanos() as f64 / f64::from(runs)
    };
    (0..5).map(round).fold(f64::MAX, f64::min)
}

fn main() {
    let dates: Vec<String> = holidays().iter().map(ToString::to_string).collect();
    let json = serde_json::json!({ "time_zone": "America/New_York", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": dates });
    let ours: Calendar = serde_json::from_value(json).unwrap();
    let nine_to_five = |hour| jiff::civil::time(hour, 0, 0, 0);
    let workclock = workclock::Schedule::builder()
        .time_zone("America/New_York")
        .rule(workclock::WorkDay::new(nine_to_five(9), nine_to_five(17), workclock::Weekdays::MON_TO_FRI))
        .rule(workclock::Holidays::new(holidays().into_iter().map(jiff_date)))
        .build()
        .unwrap();
    let ule = holidays().into_iter().map(jiff_date).fold(
        ule_hours::Schedule::builder("America/New_York").unwrap().mon_fri("09:00-17:00").unwrap(),
        ule_hours::Builder::closed_on,
    );
    let ule = ule.build();
    let closed: Vec<_> = holidays().iter().map(|date| date.format("%Y %b %d off").to_string()).collect();
    let osm = format!("Mo-Fr 09:00-17:00; {}", closed.join("; ")).parse::<OpeningHours>().unwrap();

    let from: DateTime<Utc> = "2026-03-03T15:12:00Z".parse().unwrap();
    let naive = |at: DateTime<Utc>| at.with_timezone(&chrono_tz::America::New_York).naive_local();
    let osm_between = |from: DateTime<Utc>, until: DateTime<Utc>| -> i64 {
        let (from, until) = (naive(from), naive(until));
        let open = osm.iter_range(from, until).filter(|range| range.kind == opening_hours::RuleKind::Open);
        open.map(|range| (range.range.end - range.range.start).num_seconds()).sum()
    };

    println!("| question | owed | workclock | ule-hours | opening-hours | best peer / owed |\n|---|---|---|---|---|---|");
    let row = |name: &str, owed: f64, peers: [Option<f64>; 3]| {
        let best = peers.into_iter().flatten().fold(f64::MAX, f64::min);
        let [one, two, three] = peers.map(|peer| peer.map_or("-".into(), |nanos| format!("{nanos:.0} ns")));
        println!("| {name} | {owed:.0} ns | {one} | {two} | {three} | {:.0} |", best / owed);
    };
    for hours in [8, 40, 400] {
        let (amount, other) = (WorkingTime::from_hours(hours).unwrap(), SignedDuration::from_hours(hours as i64));
        let due = ours.add_working(from.into(), amount).unwrap();
        let seconds = due.to_utc().timestamp();
        assert_eq!(workclock.add(jiff_at(from), other).unwrap().as_second(), seconds, "workclock, +{hours} h");
        assert_eq!(ule.add(jiff_at(from), other).unwrap().as_second(), seconds, "ule-hours, +{hours} h");
        let at = jiff_at(from);
        let peers = [Some(time(|| workclock.add(black_box(at), other))), Some(time(|| ule.add(black_box(at), other))), None];
        row(&format!("+{hours} h"), time(|| ours.add_working(black_box(from).into(), amount)), peers);
    }
    for (name, days) in [("a week", 7), ("a year", 365), ("ten years", 3_652)] {
        let until = from + TimeDelta::days(days);
        let seconds = ours.signed_working_between(from.into(), until.into()) / 1_000_000;
        let (a, b) = (jiff_at(from), jiff_at(until));
        assert_eq!(workclock.between(a, b).as_secs(), seconds, "workclock, {name}");
        assert_eq!(ule.between(a, b).as_secs(), seconds, "ule-hours, {name}");
        assert_eq!(osm_between(from, until), seconds, "opening-hours, {name}");
        let peers = [
            Some(time(|| workclock.between(black_box(a), b))),
            Some(time(|| ule.between(black_box(a), b))),
            Some(time(|| osm_between(black_box(from), until))),
        ];
        row(&format!("between, {name}"), time(|| ours.working_between(black_box(from).into(), until.into())), peers);
    }
    let (at, wall) = (jiff_at(from), naive(from));
    assert!(ours.is_open(from.into()) && ule.is_open(at) && osm.is_open(wall));
    let peers = [None, Some(time(|| ule.is_open(black_box(at)))), Some(time(|| osm.is_open(black_box(wall))))];
    row("is_open", time(|| ours.is_open(black_box(from).into())), peers);
}
