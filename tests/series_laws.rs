//! What is never allowed to happen to a series, over random deliveries and wakes.
#![allow(missing_docs, clippy::pedantic)]

#[allow(dead_code, reason = "shared with the rules")]
mod desk;

use desk::*;
use owed::commitment::{Event as Fact, VoidCause};
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

fn started(mode: &str, horizon: u64) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 08:00", OPEN);
    desk.at(
        "02 08:00",
        &format!(
            r#"{{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
            "owner": {{"team": "desk"}}, "every": "2 hours", "mode": "{mode}", "stop": "fixed",
            "horizon": {{"within": "{horizon} hours"}}, "lead": {{"team": "leads"}}, "decide_within": "1 hour"}}"#
        ),
    );
    desk
}

/// Plays it, with or without the wakes in between, to a month later.
fn played(mode: &str, horizon: u64, turns: &[Turn], with_wakes: bool) -> (Desk, bool) {
    let mut desk = started(mode, horizon);
    let (mut now, mut stopped) = (t("02 08:00"), false);
    for turn in turns {
        let (Turn::Deliver(minutes) | Turn::Wake(minutes) | Turn::Stop(minutes)) = *turn;
        now = now.plus_micros(minutes * MINUTE + 1);
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

fn without_noticed(events: &[Recorded]) -> Vec<Recorded> {
    events.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// One round is owed until what it waits for has come; each missed one is broken at its own deadline; and wakes change nothing.
    #[test]
    fn a_round_is_always_owed(slots in any::<bool>(), horizon in 1..80_u64, turns in turns()) {
        let mode = if slots { "slots" } else { "rolling" };
        let (desk, stopped) = played(mode, horizon, &turns, true);
        let (quiet, _) = played(mode, horizon, &turns, false);
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
        // A month is at most 360 rounds, each made, broken and superseded, and a decision with its horizon.
        prop_assert!(desk.events.len() < 3 * 400 + turns.len() + 4);
    }
}
