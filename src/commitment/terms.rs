//! What exactly is owed: the deliverable, where the debt came from, and its terms.

use super::deliverable::Deliverable;
use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::due_rule::DueRule;
use super::series::Series;
use super::warning::Warning;
use crate::calendar::{ElapsedTime, Term, micros};
use crate::{Name, Timestamp};

/// The terms of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How the deadline is found.
    pub due: DueRule,
    /// The calendar by which working time counts, by its name in the edition that the commitment was made under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// How long it may stand still. Absent: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pausable: Option<Allowance>,
    /// What is done before this instant does not count: a visit, a call slot. Absent: early counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// Whether an attempt that did not reach the customer counts.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub attempt_counts: bool,
    /// What the customer does first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What a breach of it owes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_owes: Option<BreachOwes>,
    /// The series that it is a round of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Box<Series>>,
}

impl Terms {
    /// Terms that say when, and nothing else.
    pub(super) const fn by(due: DueRule) -> Self {
        Self {
            due,
            calendar: None,
            warn: Vec::new(),
            pausable: None,
            opens_at: None,
            attempt_counts: false,
            condition: None,
            breach_owes: None,
            series: None,
        }
    }
}

/// The customer's part, without which nothing runs: "once you send the logs".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What he does, in the host's word.
    pub what: Name,
    /// By when. Never for ever: what is not met by then lapses.
    pub limit: DueRule,
}

/// What a breach owes, made by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachOwes {
    /// What: an explanation, as a rule.
    pub deliverable: Deliverable,
    /// Within how much time of the breach, in any unit: `"2 business days"`.
    #[serde(with = "micros::term")]
    pub within: Term,
    /// Whether its own breach owes the same again, and how often: 1 is not.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub depth: u8,
}

const fn once() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_once(depth: &u8) -> bool {
    *depth == 1
}

/// How long a commitment may be paused, in elapsed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// All its pauses together.
    #[serde(with = "elapsed")]
    pub total: ElapsedTime,
    /// One pause, where that is less.
    #[serde(default, with = "elapsed::option", skip_serializing_if = "Option::is_none")]
    pub once: Option<ElapsedTime>,
}

impl Allowance {
    /// What the desk's own goals get where nothing is set: 366 days in all.
    pub const OF_A_GOAL: Self = Self { total: ElapsedTime::from_micros(366 * 86_400_000_000), once: None };
}

/// Elapsed time in the form of an amount: `{"elapsed_us": …}`, or a text to read.
mod elapsed {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    use crate::calendar::{Amount, ElapsedTime, micros};

    fn of<E: Error>(amount: Amount) -> Result<ElapsedTime, E> {
        match amount {
            Amount::Elapsed(time) => Ok(time),
            Amount::Working(_) => Err(E::custom(format_args!("{amount}: a pause is measured in elapsed time"))),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(super) fn serialize<S: Serializer>(time: &ElapsedTime, serializer: S) -> Result<S::Ok, S::Error> {
        micros::serialize(&Amount::Elapsed(*time), serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ElapsedTime, D::Error> {
        of(micros::deserialize(deserializer)?)
    }

    pub(super) mod option {
        use super::{Amount, Deserializer, ElapsedTime, Serializer, micros, of};

        #[expect(clippy::ref_option, reason = "serde hands a reference")]
        pub(in super::super) fn serialize<S: Serializer>(
            time: &Option<ElapsedTime>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            micros::option::serialize(&time.map(Amount::Elapsed), serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<ElapsedTime>, D::Error> {
            micros::option::deserialize(deserializer)?.map(of).transpose()
        }
    }
}
