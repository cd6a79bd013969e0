//! How much of a budget has run: counted the slow way, from nothing but what an event says and the clock on the wall.

use owed::calendar::Amount;
use owed::commitment::{Clock, Terms};
use owed::{EditionNumber, Rulebook, Timestamp};

use super::rulebooks::HOUR;
use crate::oracle::{self, Oracle};

const QUARTER: i64 = (HOUR / 4) as i64;
const LONGEST: u64 = 10 * 24 * HOUR;

/// What a clock counts by.
#[derive(Clone, Copy)]
pub(crate) struct Pace<'a> {
    pub(crate) rules: &'a Rulebook,
    pub(crate) edition: EditionNumber,
    pub(crate) terms: &'a Terms,
}

/// What had run before a clock began, in microseconds of its unit.
pub(crate) fn carried(clock: &Clock) -> u64 {
    clock.carried.map_or(0, Amount::as_micros)
}

impl Pace<'_> {
    /// What has run of a budget by an instant, in its unit, if that is not too long to count.
    pub(crate) fn ran(self, clock: &Clock, until: Timestamp) -> Option<u64> {
        let mut sum = carried(clock);
        for (from, until) in stretches(clock, until) {
            sum += self.between(clock.budget, from, until)?;
        }
        Some(sum)
    }

    /// How much time of a budget's unit lies between two instants.
    pub(crate) fn between(self, budget: Amount, from: Timestamp, until: Timestamp) -> Option<u64> {
        let elapsed = until.micros_since(from);
        let calendar = self.terms.calendar.as_ref();
        let calendar =
            calendar.zip(self.rules.edition(self.edition)).and_then(|(name, edition)| edition.calendar(name));
        match (budget, calendar) {
            (Amount::Elapsed(_), _) | (Amount::Working(_), None) => Some(elapsed),
            (Amount::Working(_), Some(calendar)) => {
                let (from, until) = (from.as_micros(), until.as_micros());
                let known = oracle::year(1975) < from && until < oracle::year(2045) && elapsed < LONGEST;
                known.then(|| working(calendar, from, until))
            }
        }
    }
}

/// The rulebooks' hours begin and end on quarters of an hour.
fn working(calendar: &owed::calendar::Calendar, from: i64, until: i64) -> u64 {
    let oracle = Oracle::new(&serde_json::to_value(calendar).unwrap());
    let mut sum = 0;
    let mut here = from;
    while here < until {
        let there = until.min((here.div_euclid(QUARTER) + 1) * QUARTER);
        if oracle.is_open(here) {
            sum += here.abs_diff(there);
        }
        here = there;
    }
    sum
}

/// The stretches until an instant in which a clock did not stand still.
fn stretches(clock: &Clock, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let mut pauses: Vec<_> = clock.pauses.iter().map(|pause| (pause.from, pause.until.unwrap_or(until))).collect();
    pauses.sort_unstable();
    let mut stretches = Vec::new();
    let mut here = clock.since;
    for (from, end) in pauses {
        if here < from.min(until) {
            stretches.push((here, from.min(until)));
        }
        here = here.max(end);
    }
    if here < until {
        stretches.push((here, until));
    }
    stretches
}

/// How long a clock has stood still by an instant, reasons that overlap counted once.
pub(crate) fn stood(clock: &Clock, now: Timestamp) -> u64 {
    let first = clock.pauses.iter().map(|pause| pause.from).min().unwrap_or(now);
    let whole = Clock { since: first, ..clock.clone() };
    now.micros_since(first) - stretches(&whole, now).iter().map(|(from, until)| until.micros_since(*from)).sum::<u64>()
}
