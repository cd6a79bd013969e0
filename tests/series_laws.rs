//! What is never allowed to happen to a series, over random deliveries and wakes.
#![allow(missing_docs, clippy::pedantic)]

#[allow(dead_code, reason = "shared with the rules")]
mod desk;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use desk::*;
use owed::calendar::{BusinessDays, CivilTime, DayEnd, Term};
use owed::commitment::{DueRule, Event as Fact, VoidCause};
use owed::{Event, Recorded, Timestamp};
use proptest::prelude::*;

const MINUTE: u64 = 60_000_000;

/// What a host does, so many minutes after what it did before.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Deliver(u64),
    Wake(u64),
    Stop(u64),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = (0..12_u8, 0..400_u64).prop_map(|(kind, minutes)| match kind {
        0..6 => Turn::Deliver(minutes),
        6..11 => Turn::Wake(minutes * 3),
        _ => Turn::Stop(minutes),
    });
    prop::collection::vec(turn, 1..14)
}

/// From nine to five, on Saturdays till noon, UTC.
const OFFICE: &str = r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"], "sat": ["09:00-12:00"] } } },
    "calendar": "office", "agreements": [] }"#;

/// The lengths that the rounds have, each with how much slower a desk is that gives news so often.
const LENGTHS: [(&str, u64); 8] = [
    ("2 hours", 1),
    ("1 working hour", 1),
    ("1 business day", 12),
    ("2 business days", 20),
    ("1 business day, close", 12),
    ("1 business day, 00:00", 12),
    ("1 day", 12),
    ("1 month", 200),
];

fn started(every: &str, mode: &str, horizon: u64) -> Desk {
    let mut desk = Desk::with(OFFICE);
    desk.at("02 08:00", OPEN);
    desk.at(
        "02 08:00",
        &format!(
            r#"{{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
            "owner": {{"team": "desk"}}, "every": "{every}", "mode": "{mode}", "stop": "fixed",
            "horizon": {{"within": "{horizon} hours"}}, "lead": {{"team": "leads"}}, "decide_within": "1 hour"}}"#
        ),
    );
    desk
}

/// Plays it, with or without the wakes in between, to a month later.
fn played((every, slower): (&str, u64), mode: &str, horizon: u64, turns: &[Turn], with_wakes: bool) -> (Desk, bool) {
    let mut desk = started(every, mode, horizon);
    let (mut now, mut stopped) = (t("02 08:00"), false);
    for turn in turns {
        let (Turn::Deliver(minutes) | Turn::Wake(minutes) | Turn::Stop(minutes)) = *turn;
        now = now.plus_micros(slower * minutes * MINUTE + 1);
        let at = now.to_string();
        let order = match turn {
            Turn::Wake(_) if with_wakes => {
                desk.wake(&at);
                continue;
            }
            Turn::Wake(_) => continue,
            Turn::Stop(_) => {
                r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-1"}"#.into()
            }
            Turn::Deliver(_) => {
                // Whom it is for is known once time has caught up.
                let mut then = desk.ticket.clone();
                then.wake(&desk.rules, now);
                let round = then.ledger().open().find(|owed| owed.terms.series.is_some()).map(|owed| owed.id);
                let Some(round) = round else { continue };
                format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{round}"}}"#)
            }
        };
        let command = desk.command(&at, &order);
        stopped |= desk.handle(&command).is_ok() && matches!(turn, Turn::Stop(_));
    }
    desk.wake(&now.plus_micros(30 * 24 * 60 * MINUTE).to_string());
    (desk, stopped)
}

fn count(term: Term) -> u32 {
    match term {
        Term::Business(BusinessDays { days, .. }) => days,
        Term::Civil(CivilTime::Days(count) | CivilTime::Weeks(count) | CivilTime::Months(count)) => count,
        Term::Working(_) | Term::Elapsed(_) => panic!("{term} is no number of dates"),
    }
}

/// When the office closes on a date, in hours after midnight.
fn closes(date: NaiveDate) -> Option<u32> {
    match date.weekday() {
        Weekday::Sun => None,
        Weekday::Sat => Some(12),
        _ => Some(17),
    }
}

/// So many of a unit of dates after an instant, from one date to the next.
fn walked(from: Timestamp, unit: Term, count: u32) -> Timestamp {
    let (mut date, mut time) = (from.to_utc().date_naive(), from.to_utc().time());
    let at = |date: NaiveDate, time: NaiveTime| Timestamp::from(date.and_time(time).and_utc());
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
    match unit {
        Term::Business(BusinessDays { ends, .. }) => {
            if ends == DayEnd::SameTime && closes(date).is_none_or(|close| time >= hour(close)) {
                date = date.iter_days().skip(1).find(|date| closes(*date).is_some()).expect("a business day");
                time = hour(9);
            }
            let after = date.iter_days().skip(1).filter(|date| closes(*date).is_some());
            let date = after.take(count as usize).last().expect("a business day");
            match ends {
                DayEnd::SameTime => at(date, time.max(hour(9))),
                DayEnd::Close => at(date, hour(closes(date).expect("open"))),
                DayEnd::At(_) => at(date, hour(0)),
            }
        }
        Term::Civil(CivilTime::Months(_)) => at(date + Months::new(count), time),
        Term::Civil(CivilTime::Days(_) | CivilTime::Weeks(_)) => at(date + Days::new(count.into()), time),
        Term::Working(_) | Term::Elapsed(_) => panic!("{unit} is no number of dates"),
    }
}

fn without_noticed(events: &[Recorded]) -> Vec<Recorded> {
    events.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// One round is owed until what it waits for has come; each missed one is broken at its own deadline; and wakes change nothing.
    #[test]
    fn a_round_is_always_owed(
        length in prop::sample::select(&LENGTHS[..]), slots in any::<bool>(), horizon in 1..80_u64, turns in turns(),
    ) {
        let mode = if slots { "slots" } else { "rolling" };
        let (desk, stopped) = played(length, mode, length.1 * horizon, &turns, true);
        let (quiet, _) = played(length, mode, length.1 * horizon, &turns, false);
        prop_assert_eq!(without_noticed(&desk.events), without_noticed(&quiet.events));

        let rounds = desk.ticket.ledger().all().filter(|owed| owed.terms.series.is_some());
        prop_assert_eq!(rounds.filter(|owed| owed.is_open()).count(), usize::from(!stopped));
        prop_assert_eq!(desk.next().is_none(), stopped);

        let mut owed: Vec<Timestamp> = Vec::new();
        for recorded in &desk.events {
            match &recorded.event {
                Event::Commitment(Fact::Promised(made)) if made.terms.series.is_some() => owed.push(made.due),
                Event::Commitment(Fact::Breached { due, .. }) => {
                    let decision = !owed.contains(due);
                    prop_assert!(recorded.at == *due || (decision && recorded.at > *due), "{recorded:?}");
                }
                Event::Commitment(Fact::Voided { cause, .. }) => {
                    let stopped = matches!(cause, VoidCause::SeriesStopped { .. });
                    prop_assert!(stopped, "{recorded:?}");
                }
                _ => {}
            }
        }
        // A month is at most 360 rounds of two hours, each made, broken and superseded, and a decision with its horizon.
        prop_assert!(desk.events.len() < 3 * 400 + turns.len() + 4);
    }

    /// Each round is due where a walk from date to date leads, so many lengths from the start or, where they roll, from the last
    /// delivery; and at least a minute after it has begun.
    #[test]
    fn a_round_is_due_where_its_unit_leads(
        length in prop::sample::select(&LENGTHS[2..]), slots in any::<bool>(), horizon in 1..80_u64, turns in turns(),
    ) {
        let mode = if slots { "slots" } else { "rolling" };
        let (desk, _) = played(length, mode, length.1 * horizon, &turns, true);
        let unit: Term = length.0.parse().expect("a term");
        let (mut from, mut lengths, mut done) = (t("02 08:00"), 0, None);
        for recorded in &desk.events {
            match &recorded.event {
                Event::Commitment(Fact::Fulfilled { done: then, .. }) => done = Some(*then),
                Event::Commitment(Fact::Promised(made)) if made.terms.series.is_some() => {
                    if let Some(done) = done.take().filter(|_| !slots) {
                        (from, lengths) = (done, 0);
                    }
                    // Past the horizon, each missed round doubles the time to the next.
                    let DueRule::Within(long) = made.terms.due else { panic!("{:?}", made.terms.due) };
                    lengths += count(long) / count(unit);
                    let mut due = walked(from, unit, lengths * count(unit));
                    if due < made.clock.since.plus_micros(MINUTE) {
                        lengths += 1;
                        due = walked(from, unit, lengths * count(unit));
                    }
                    prop_assert_eq!(made.due, due, "{} times {} from {}", lengths, unit, from);
                    prop_assert!(made.due >= made.clock.since.plus_micros(MINUTE), "{made:?}");
                }
                _ => {}
            }
        }
    }
}
