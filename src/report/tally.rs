//! How many were kept: made = fulfilled + breached + void + pending, by metric and priority.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::statement::{by_ai, used};
use crate::calendar::Amount;
use crate::commitment::{Origin, Verdict};
use crate::{Name, Priority, Rulebook, Ticket, Timestamp};

/// Counts what became of commitments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    rows: BTreeMap<TallyKey, Row>,
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TallyKey {
    /// The cycles of a metric, by the priority whose budget they had last.
    Metric(Name, Option<Priority>),
    /// What was promised in so many words.
    Spoken,
    /// Decisions that customers have asked for.
    Asked,
    /// What is owed for a breach.
    Amends,
    /// What was given on to others.
    Delegated,
    /// What incidents owe.
    Incident,
}

/// What became of the commitments that are counted together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many were made.
    pub made: u64,
    /// How many of them were kept.
    pub fulfilled: u64,
    /// How many were broken.
    pub breached: u64,
    /// How many of those that were done, in time or late, a language model's answer has ended.
    pub by_ai: u64,
    /// How many fell away without fault.
    pub void: u64,
    /// How many have no verdict yet.
    pub pending: u64,
    /// How many of the broken ones are still owed.
    pub overdue: u64,
    /// How many of the broken ones are counted apart: take them off for the net figure.
    pub excluded: u64,
    /// What was used of their budgets, of those that are closed.
    used: Vec<Amount>,
}

impl Tally {
    /// A tally of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts every commitment of a ticket as it stands at `now`.
    pub fn count(&mut self, ticket: &Ticket, rules: &Rulebook, now: Timestamp) {
        for commitment in ticket.ledger().all() {
            let key = match &commitment.origin {
                Origin::Policy(cycle) => TallyKey::Metric(cycle.metric.clone(), cycle.priority.clone()),
                Origin::Spoken { .. } | Origin::Horizon { .. } => TallyKey::Spoken,
                Origin::Request { .. } => TallyKey::Asked,
                Origin::Amends { .. } => TallyKey::Amends,
                Origin::Delegated { .. } => TallyKey::Delegated,
                Origin::Incident(_) => TallyKey::Incident,
            };
            let row = self.rows.entry(key).or_default();
            row.made += 1;
            match commitment.verdict() {
                Verdict::Pending => row.pending += 1,
                Verdict::Fulfilled => row.fulfilled += 1,
                Verdict::Breached => row.breached += 1,
                Verdict::Void => row.void += 1,
            }
            row.by_ai += u64::from(by_ai(ticket, commitment));
            let excluded = commitment.notes.as_ref().is_some_and(|notes| notes.exclusion.is_some());
            row.excluded += u64::from(excluded && commitment.verdict() == Verdict::Breached);
            if commitment.is_open() {
                row.overdue += u64::from(commitment.verdict() == Verdict::Breached);
            } else {
                row.used.push(used(commitment, rules, now));
            }
        }
    }

    /// The rows, by metric and priority, and what was spoken last.
    pub fn rows(&self) -> impl Iterator<Item = (&TallyKey, &Row)> {
        self.rows.iter()
    }

    /// All rows in one.
    #[must_use]
    pub fn total(&self) -> Row {
        let mut total = Row::default();
        for row in self.rows.values() {
            total.made += row.made;
            total.fulfilled += row.fulfilled;
            total.breached += row.breached;
            total.void += row.void;
            total.by_ai += row.by_ai;
            total.pending += row.pending;
            total.overdue += row.overdue;
            total.excluded += row.excluded;
            total.used.extend_from_slice(&row.used);
        }
        total
    }
}

impl Row {
    /// The smallest amount that at least so many hundredths of the closed ones had used or less: the nearest rank.
    ///
    /// `None` if none is closed, if some used working and others elapsed time, or if `percent` is not 1 to 100.
    ///
    /// # Of none that is closed there is none
    ///
    /// ```
    /// use owed::report::Row;
    ///
    /// assert_eq!(Row::default().percentile(50), None);
    /// ```
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Option<Amount> {
        if !(1..=100).contains(&percent) {
            return None;
        }
        let (first, rest) = self.used.split_first()?;
        if rest.iter().any(|amount| !amount.is_like(*first)) {
            return None;
        }
        let mut used = self.used.clone();
        used.sort_unstable_by_key(|amount| amount.as_micros());
        let rank = used.len().saturating_mul(usize::from(percent)).div_ceil(100);
        used.get(rank.checked_sub(1)?).copied()
    }
}
