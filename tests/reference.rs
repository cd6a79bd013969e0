//! The room of commitments against a naive reference: a list of what was ordered and when the host woke, from which every phase,
//! deadline and verdict is told again from the beginning at each question. See `reference/model/`.

#![allow(missing_docs, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "reference/compare.rs"]
mod compare;
#[allow(dead_code, reason = "shared with the laws")]
#[path = "laws/dice.rs"]
mod dice;
#[path = "reference/minutes/mod.rs"]
mod minutes;
#[path = "reference/model/mod.rs"]
mod model;
#[path = "reference/tale/mod.rs"]
mod tale;
#[path = "reference/week.rs"]
mod week;

use std::cell::RefCell;
use std::collections::BTreeMap;

use owed::commitment::Verdict;
use owed::{Command, CommandId, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use uuid::Uuid;

use compare::{Seen, count, heard, same};
use dice::Dice;
use model::{Heard, House, Told, World};
use tale::TICKET;

const HOURS: i64 = 3_600_000_000;

/// As many tales as `PROPTEST_CASES` says, or the same 512 at every run.
#[test]
fn the_crate_agrees_with_the_reference() {
    let usual = std::env::var_os("PROPTEST_CASES").is_none();
    let rng_seed = if usual { RngSeed::Fixed(2026) } else { Config::default().rng_seed };
    let cases = if usual { 512 } else { Config::default().cases };
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, rng_seed, ..Config::default() };
    let numbers = prop::collection::vec(prop::collection::vec(any::<u16>(), 40), 1..60);
    let tales = (any::<bool>(), numbers.prop_map(Numbers));
    let seen = RefCell::new(BTreeMap::new());
    let compared = TestRunner::new(config).run(&tales, |(four_eyes, numbers)| compare(four_eyes, &numbers.0, &seen));
    if let Err(error) = compared {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    let told: Vec<String> = seen.iter().map(|(what, times)| format!("{times:7} {what}")).collect();
    println!("{}", told.join("\n"));
    // Each order is given and taken, and given and refused; each phase and each cause of a breach is compared.
    let orders = "promise suggest fulfil pause resume release withdraw confirm dismiss meet_condition attempt announce amend propose decline \
                  accept declare_impossible waive write_off exclude retract record_in_error reinstate chase find_absent take_up_again hear \
                  hand_over delegate start_series stop_series";
    let kinds = orders.split_whitespace().flat_map(|order| [format!("{order}: taken"), format!("{order}: refused")]);
    let phases = ["candidate", "conditional", "active", "paused", "overdue", "closed"].map(String::from);
    let causes = ["Deadline", "BornLate", "Withdrawn", "Impossible"].map(String::from);
    let heard = ["Warned", "AtRisk", "GivenOn", "HandedOver", "Horizon"].map(String::from);
    let rare: Vec<_> = kinds.chain(phases).chain(causes).chain(heard).filter(|what| !seen.contains_key(what)).collect();
    assert!(!usual || rare.is_empty(), "never seen: {rare:?}");
}

/// What was drawn. The tale that it makes is told where it fails.
#[derive(Clone)]
struct Numbers(Vec<Vec<u16>>);

impl std::fmt::Debug for Numbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} turns", self.0.len())
    }
}

fn house(four_eyes: bool) -> (House, Rulebook) {
    let rules = serde_json::json!({
        "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } },
        "calendar": "office", "corrections": { "window": "24 hours", "four_eyes": four_eyes }, "time_to_answer": "0 seconds", "agreements": [],
    });
    (House { window: 24 * HOURS, four_eyes }, serde_json::from_value(rules).unwrap())
}

fn compare(four_eyes: bool, numbers: &[Vec<u16>], seen: &Seen) -> TestCaseResult {
    let (house, rules) = house(four_eyes);
    let mut now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let mut ticket = Ticket::new(TICKET);
    let open = serde_json::from_str(r#"{ "room": "ticket", "type": "open", "requester": "c-1" }"#).unwrap();
    let by = serde_json::from_str(r#"{ "agent": "ada" }"#).unwrap();
    let open = Command { stream: TICKET, id: CommandId(Uuid::from_u128(1)), at: now, happened: None, by, order: open };
    ticket.handle(&rules, &open).unwrap();
    let mut told: Vec<Told> = Vec::new();
    let mut so_far: Vec<Heard> = Vec::new();
    let mut tale = String::new();
    for (number, numbers) in numbers.iter().enumerate() {
        let world = World::told(house, &told, now);
        let next = tale::next(&mut Dice::new(numbers), &world, now, number);
        match &next {
            Told::Woken(at) => {
                now = *at;
                so_far.extend(heard(&ticket.wake(&rules, now)));
                tale += &format!("wake     {now}\n");
                told.push(next);
            }
            Told::Command(command) => {
                now = command.at;
                tale += &format!("command  {}\n", serde_json::to_string(command).unwrap());
                let taken = ticket.handle(&rules, command);
                let expected = world.takes(command);
                so_far.extend(heard(taken.as_deref().unwrap_or_else(|refused| &refused.meanwhile)));
                prop_assert_eq!(taken.is_ok(), expected, "\n{}{:?}", tale, taken);
                let name = serde_json::to_value(&command.order).unwrap()["type"].as_str().unwrap().to_owned();
                count(seen, &format!("{name}: {}", if expected { "taken" } else { "refused" }));
                if expected {
                    told.push(next);
                }
            }
        }
        same(&ticket, &so_far, &World::told(house, &told, now), &tale, seen)?;
    }
    // And whatever is left, time alone decides.
    let end: Timestamp = "2027-12-31T00:00:00Z".parse().unwrap();
    so_far.extend(heard(&ticket.wake(&rules, end)));
    tale += &format!("wake     {end}\n");
    let world = World::told(house, &told, end);
    same(&ticket, &so_far, &world, &tale, seen)?;
    // But for a series, which never ends by itself.
    let decided = world.debts.values().all(|debt| debt.verdict() != Verdict::Pending || debt.round.is_some());
    prop_assert!(decided, "{tale}");
    Ok(())
}
