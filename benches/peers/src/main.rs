//! The same questions to four libraries in one process: first whether they agree, then how long each takes. What it prints
//! is `benches/PEERS.md`.

mod agree;
mod desk;

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use desk::{Desk, NAMES, jiff_at, wall};
use jiff::SignedDuration;
use owed::calendar::WorkingTime;

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
    (0..7).map(round).fold(f64::MAX, f64::min)
}

fn row(name: &str, owed: f64, peers: [Option<f64>; 3]) {
    let best = peers.into_iter().flatten().fold(f64::MAX, f64::min);
    let [one, two, three] = peers.map(|peer| peer.map_or("-".into(), |nanos| format!("{nanos:.0} ns")));
    println!("| {name} | {owed:.0} ns | {one} | {two} | {three} | {:.0} |", best / owed);
}

fn main() {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let holidays: Vec<_> = (0..200).map(|index| first + Days::new(index * 36)).collect();
    let desk = Desk::new(desk::Days::MonFri, "09:00-17:00", &holidays);

    println!("# Against its peers\n");
    println!(
        "Written by `benches/peers.sh`: workclock 0.1.4, ule-hours 0.1.2 and opening-hours 2.1.4 from the registry, in one"
    );
    println!("process. It needs the registry and is no part of CI; the times are those of one machine.\n");
    println!("## Do they agree?\n");
    let asked = agree::by_day(&desk);
    println!(
        "By day, yes: {asked} questions about Mon-Fri 9-17 in New York with a holiday every 36 days got one answer from"
    );
    println!(
        "all that could be asked. At night, when clocks are changed, no. From noon to noon, every day open at these hours;"
    );
    println!("right is what a clock on the wall shows, read in every minute:\n");
    agree::by_night();
    println!(
        "\nWho counts other than the wall does one of two things: it holds a skipped half-hour open, or counts a repeated"
    );
    println!("one once. `opening-hours` has no instants; its intervals on the wall are added up.\n");
    println!("## How long does each take?\n");
    println!(
        "The best of seven rounds; all start on 3 March 2026. The last column is the best peer's time over ours.\n"
    );
    println!("| question | {} | times |\n|---|---|---|---|---|---|", NAMES.join(" | "));
    let from: DateTime<Utc> = "2026-03-03T15:12:00Z".parse().unwrap();
    let at = jiff_at(from);
    for hours in [8, 40, 400] {
        let (amount, other) = (WorkingTime::from_hours(hours).unwrap(), SignedDuration::from_hours(hours as i64));
        let peers = [
            Some(time(|| desk.workclock.add(black_box(at), other))),
            Some(time(|| desk.ule.add(black_box(at), other))),
            None,
        ];
        row(&format!("+{hours} h"), time(|| desk.owed.add_working(black_box(from).into(), amount)), peers);
    }
    for (name, days) in [("a week", 7), ("a year", 365), ("ten years", 3_652)] {
        let until = from + TimeDelta::days(days);
        let b = jiff_at(until);
        let peers = [
            Some(time(|| desk.workclock.between(black_box(at), b))),
            Some(time(|| desk.ule.between(black_box(at), b))),
            Some(time(|| desk.osm_between(black_box(from), until))),
        ];
        let ours = time(|| desk.owed.working_between(black_box(from).into(), until.into()));
        row(&format!("between, {name}"), ours, peers);
    }
    let local = wall(from);
    let peers =
        [None, Some(time(|| desk.ule.is_open(black_box(at)))), Some(time(|| desk.osm.is_open(black_box(local))))];
    row("is_open", time(|| desk.owed.is_open(black_box(from).into())), peers);
}
