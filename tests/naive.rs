//! Whole tickets against a naive desk: it keeps the facts that it was told, and tells everything again from the first to the last at
//! each question, counting minute after minute through a table of the week. No increments, no cleverness, and nothing of the crate's but
//! its public data types.
//!
//! It knows two agreements at once with eight of the built-in metrics, each in two calendars or elapsed time: cycles, budgets by priority
//! that are swapped or begin again, pauses and their allowances, warnings, what is taken up again with what had run, what is solved
//! without an answer, what a breach owes; promises with pauses, repairs and withdrawals; what a host orders about a clock; two ladders
//! with every stage; and what stands against closing. It does not know facts that are told late, corrections, editions and agreements
//! that begin, end or are left, series, conditions and candidates, parts given on, silence, requests for a decision, windows and digests,
//! merges and splits: `tests/README.md` says which tests have those.

#![allow(missing_docs, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "naive/book.rs"]
mod book;
#[path = "naive/book_text.rs"]
mod book_text;
#[path = "naive/climb.rs"]
mod climb;
#[path = "naive/compare.rs"]
mod compare;
#[path = "naive/cycles.rs"]
mod cycles;
#[path = "naive/desk.rs"]
mod desk;
#[allow(dead_code, reason = "shared with the laws")]
#[path = "laws/dice.rs"]
mod dice;
#[path = "naive/draw.rs"]
mod draw;
#[path = "naive/facts.rs"]
mod facts;
#[path = "naive/life.rs"]
mod life;
#[path = "naive/orders.rs"]
mod orders;
#[path = "naive/pausing.rs"]
mod pausing;
#[path = "naive/promises.rs"]
mod promises;
#[path = "naive/rungs.rs"]
mod rungs;
#[path = "naive/story.rs"]
mod story;
#[path = "naive/week.rs"]
mod week;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use owed::commitment::Warning;
use owed::{Rulebook, Ticket, TicketId};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestCaseResult, TestRunner};
use uuid::Uuid;

use book::{Book, Warn};
use desk::Desk;
use dice::Dice;
use facts::{Deed, Fact};
use orders::command;
use week::{DAY, stamp};

pub(crate) const TICKET: TicketId = TicketId(Uuid::from_u128(0x8_8000_8000_0000_0000_0073));

/// How often each thing has been seen.
pub(crate) type Seen = RefCell<BTreeMap<String, u32>>;

pub(crate) fn count(seen: &Seen, what: &str) {
    *seen.borrow_mut().entry(what.into()).or_default() += 1;
}

pub(crate) fn warning(warn: Warn) -> Warning {
    warn.text().parse().expect("a warning")
}

/// As many stories as `PROPTEST_CASES` says, or the same 256 at every run.
#[test]
fn the_crate_agrees_with_a_naive_desk() {
    let usual = std::env::var_os("PROPTEST_CASES").is_none();
    let rng_seed = if usual { RngSeed::Fixed(2028) } else { Config::default().rng_seed };
    let cases = if usual { 256 } else { Config::default().cases };
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, rng_seed, ..Config::default() };
    let rulebook = prop::collection::vec(any::<u16>(), 220);
    let turns = prop::collection::vec(prop::collection::vec(any::<u16>(), 24), 1..40);
    let stories = (rulebook, turns).prop_map(|(rulebook, turns)| Drawn { rulebook, turns });
    let seen = RefCell::new(BTreeMap::new());
    if let Err(error) = TestRunner::new(config).run(&stories, |drawn| told(&drawn, &seen)) {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    let lines: Vec<String> = seen.iter().map(|(what, times)| format!("{times:7} {what}")).collect();
    println!("{}", lines.join("\n"));
    // Each deed is taken, and refused if it can be; each phase, verdict, cause of a breach and stage is compared.
    let always = "Open Says Status Priority Solve NoReplyNeeded";
    let deeds = "Close Reopen Promise Fulfil Release Withdraw Waive WriteOff Pause Resume Announce Escalate Acknowledge Progress Snooze \
                 Nobody Reached Lower";
    let both = deeds.split_whitespace().flat_map(|deed| ["taken", "refused"].map(|what| format!("{deed}: {what}")));
    let taken = always.split_whitespace().map(|deed| format!("{deed}: taken"));
    let states = "active paused overdue closed pending fulfilled breached void Deadline BornLate Withdrawn Unanswered armed notified \
                  acknowledged snoozed exhausted";
    let answers = states.split_whitespace().chain(["may close", "may not close"]).map(String::from);
    let rare: Vec<_> = both.chain(taken).chain(answers).filter(|what| !seen.contains_key(what)).collect();
    assert!(!usual || rare.is_empty(), "never seen: {rare:?}");
}

/// What was drawn. The story that it makes is told where it fails.
#[derive(Clone)]
struct Drawn {
    rulebook: Vec<u16>,
    turns: Vec<Vec<u16>>,
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} turns", self.turns.len())
    }
}

fn told(drawn: &Drawn, seen: &Seen) -> TestCaseResult {
    let book = Book::drawn(&mut Dice::new(&drawn.rulebook));
    let json = book.json();
    let rules: Rulebook = serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}\n{json}"));
    let mut ticket = Ticket::new(TICKET);
    let mut facts: Vec<Fact> = Vec::new();
    let mut tale = format!("\n{json}\n");
    let mut desk = Desk::told(&book, &facts, 0);
    let closing = |at, number: usize| command(&book, 100_000 + number, at, &Deed::Close);
    for (number, numbers) in drawn.turns.iter().enumerate() {
        let dice = &mut Dice::new(numbers);
        let (at, deed) = match number {
            0 => story::opening(dice),
            _ => story::next(dice, &desk, number),
        };
        let _ = writeln!(tale, "{}  {deed:?}", stamp(at));
        match deed {
            None => drop(ticket.wake(&rules, stamp(at))),
            Some(deed) => {
                let expected = Desk::told(&book, &facts, at).takes(&deed);
                let taken = ticket.handle(&rules, &command(&book, number, at, &deed));
                count(seen, &format!("{}: {}", deed.name(), if expected { "taken" } else { "refused" }));
                prop_assert_eq!(taken.is_ok(), expected, "{}{:?}", tale, taken);
                if expected {
                    facts.push(Fact { at, deed });
                }
            }
        }
        desk = Desk::told(&book, &facts, at);
        compare::same(&ticket, &rules, &desk, &closing(at, number), seen).map_err(|why| because(why, &tale))?;
    }
    let end = desk.now + 40 * DAY;
    ticket.wake(&rules, stamp(end));
    desk = Desk::told(&book, &facts, end);
    compare::same(&ticket, &rules, &desk, &closing(end, 1000), seen).map_err(|why| because(why, &tale))
}

fn because(why: TestCaseError, tale: &str) -> TestCaseError {
    match why {
        TestCaseError::Fail(why) => TestCaseError::fail(format!("{why}{tale}")),
        TestCaseError::Reject(why) => TestCaseError::Reject(why),
    }
}
