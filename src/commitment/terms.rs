//! What exactly is owed: the deliverable, where the debt came from, and its terms.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::due_rule::DueRule;
use super::party::Actor;
use super::series::Series;
use super::warning::Warning;
use crate::calendar::{Amount, ElapsedTime, micros};
use crate::{CommitmentId, MessageRef, Name, Priority, SeriesId, Timestamp};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deliverable {
    /// An answer to what the customer wrote.
    Reply,
    /// A call to the customer.
    Callback,
    /// News of where things stand.
    Update,
    /// The matter solved.
    Fix,
    /// Data or a service brought back.
    Restore,
    /// Money back.
    Refund(Kept),
    /// Another thing for the broken one.
    Replacement,
    /// Something for the trouble.
    Compensation,
    /// Somebody comes.
    Visit,
    /// A warning to those concerned.
    Notice,
    /// Why it went wrong.
    Explanation,
    /// A yes or a no by one who may give it.
    Decision,
    /// The question whether it was well done.
    Feedback,
    /// A look back at how it was handled.
    Review,
    /// Something else, in the host's own word.
    Other(Name),
}

/// When a payment counts as made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// When the desk sent it.
    Sent,
    /// When the customer has it.
    Received,
}

impl fmt::Display for Deliverable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reply => "reply",
            Self::Callback => "callback",
            Self::Update => "update",
            Self::Fix => "fix",
            Self::Restore => "restore",
            Self::Refund(_) => "refund",
            Self::Replacement => "replacement",
            Self::Compensation => "compensation",
            Self::Visit => "visit",
            Self::Notice => "notice",
            Self::Explanation => "explanation",
            Self::Decision => "decision",
            Self::Feedback => "feedback",
            Self::Review => "review",
            Self::Other(name) => name.as_str(),
        })
    }
}

/// Where a commitment comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An agreement owes it: one cycle of one metric.
    Policy(Cycle),
    /// Somebody said so.
    Spoken {
        /// Who.
        by: Actor,
        /// Where, if it is on record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// A breach, or finding it impossible, owes it.
    Amends {
        /// What was broken.
        of: CommitmentId,
        /// How many breaches lie behind it, each owing for the one before: 1 for that of a commitment that owed nothing for another.
        depth: u8,
    },
    /// A series has come to its horizon, and somebody is to decide how it goes on.
    Horizon {
        /// The series.
        series: SeriesId,
    },
    /// A part, or all, of what another owes was given on.
    Delegated {
        /// The other, whose owner stays answerable.
        by: CommitmentId,
    },
}

/// Goes on with what another commitment was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renews {
    /// The other.
    pub of: CommitmentId,
    /// Why.
    pub why: Renewal,
}

/// Why a commitment goes on with what another was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// The customer has accepted other terms.
    Accepted,
    /// Worse terms had been told when the breach came.
    Told,
    /// What had fulfilled it was taken back.
    Retracted,
    /// It was closed for the customer's absence, and he has come back.
    Returned,
    /// It was struck out in error, and that was the error.
    Reinstated,
}

/// One stretch of a metric under an agreement, such as the second time that a customer waits for the next response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// The agreement's name.
    pub agreement: Name,
    /// The metric's name.
    pub metric: Name,
    /// Which stretch, from 1.
    pub cycle: u32,
    /// The priority whose budget it got, if the ticket had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// Whether the customer can hold the desk to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// Spoken, announced, or owed by contract or law: only the customer lets the desk off.
    Promised,
    /// The desk's own target, never told: its agreement's rules may end it.
    Goal,
}

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
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What he does, in the host's word.
    pub what: Name,
    /// By when. Never for ever: what is not met by then lapses.
    pub limit: DueRule,
}

/// What a breach owes, made by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreachOwes {
    /// What: an explanation, as a rule.
    pub deliverable: Deliverable,
    /// Within how much time of the breach.
    #[serde(with = "micros")]
    pub within: Amount,
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

/// Why a commitment of the desk's own was ended without fault: a rule of its agreement, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The agreement.
    pub agreement: Name,
    /// The metric.
    pub metric: Name,
    /// What the rule says.
    pub why: RuleReason,
}

/// What a rule that ends a goal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleReason {
    /// One of the metric's cancel patterns came: it is not needed any more.
    NotNeeded,
    /// The agreement does not apply any more, or has no target for the ticket's priority.
    Left,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            RuleReason::NotNeeded => "not needed any more",
            RuleReason::Left => "does not apply any more",
        };
        write!(f, "{} of {}: {why}", self.metric, self.agreement)
    }
}
