//! Where a commitment is in its life, and what became of it.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::cause::{Ending, VoidCause};
use super::origin::Rule;
use super::timer::Armed;
use super::warning::WarningAt;
use crate::calendar::{Amount, micros};
use crate::{CommitmentId, MessageRef, Name, Timestamp};

/// Where a commitment is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Found in a message, and not confirmed.
    Candidate {
        /// Until when somebody is to look.
        review_by: Timestamp,
        /// Until when the customer is to have done his part, if he has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Timestamp>,
        /// The event that set its timer.
        armed: Armed,
    },
    /// Waits for the customer's part.
    Conditional {
        /// Until when.
        limit: Timestamp,
        /// The event that set its timer.
        armed: Armed,
    },
    /// Owed, and the clock runs.
    Active {
        /// The warnings still to come.
        warnings: Vec<WarningAt>,
        /// The event that set its timers.
        armed: Armed,
    },
    /// Owed, and the clock stands.
    Paused {
        /// Why; never empty.
        reasons: Vec<Name>,
        /// What is left of the budget.
        #[serde(with = "micros")]
        left: Amount,
        /// When it goes on at the latest.
        resume_by: Timestamp,
        /// The event that set its timer.
        armed: Armed,
    },
    /// Broken, and still owed.
    Overdue,
    /// Nothing is owed any more.
    Closed {
        /// When it was closed.
        at: Timestamp,
        /// How.
        outcome: Outcome,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// Why its clock stood at that instant, if it did.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        stood_for: Vec<Name>,
        /// Until when it would have stood at the latest, if its clock stood then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resume_by: Option<Timestamp>,
        /// The message that kept it, where an incident owed it: if that comes back, it is known by this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
        /// When it was done by what somebody claims who is not believed, if he does: what was asked since then, that has not answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed: Option<Timestamp>,
    },
}

/// How a commitment was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Kept.
    Fulfilled {
        /// When it was done.
        done: Timestamp,
    },
    /// Held to be broken, and then shown to have been kept.
    Corrected {
        /// When it was done.
        done: Timestamp,
    },
    /// Broken, then done.
    DeliveredLate {
        /// When it was done.
        done: Timestamp,
        /// How much after its deadline, in microseconds.
        late_us: u64,
    },
    /// Broken, then ended by a rule without being done.
    Overtaken(Rule),
    /// Broken, and another one stands in for it.
    Superseded {
        /// The other one.
        by: CommitmentId,
    },
    /// Broken, and owed no longer all the same.
    Ended(Ending),
    /// It fell away without fault.
    Void(VoidCause),
}

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is too early to say.
    Pending,
    /// It was kept.
    Fulfilled,
    /// It was not.
    Breached,
    /// It fell away without anybody's fault.
    Void,
}

/// A phase without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseName {
    /// Found in a message, and not confirmed.
    Candidate,
    /// Waits for the customer's part.
    Conditional,
    /// Owed, and the clock runs.
    Active,
    /// Owed, and the clock stands.
    Paused,
    /// Broken, and still owed.
    Overdue,
    /// Nothing is owed any more.
    Closed,
}

impl fmt::Display for PhaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Candidate => "candidate",
            Self::Conditional => "conditional",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Overdue => "overdue",
            Self::Closed => "closed",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pending => "pending",
            Self::Fulfilled => "fulfilled",
            Self::Breached => "breached",
            Self::Void => "void",
        })
    }
}

impl Phase {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> PhaseName {
        match self {
            Self::Candidate { .. } => PhaseName::Candidate,
            Self::Conditional { .. } => PhaseName::Conditional,
            Self::Active { .. } => PhaseName::Active,
            Self::Paused { .. } => PhaseName::Paused,
            Self::Overdue => PhaseName::Overdue,
            Self::Closed { .. } => PhaseName::Closed,
        }
    }
}

impl Outcome {
    /// The verdict that this closing leaves.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Fulfilled { .. } | Self::Corrected { .. } => Verdict::Fulfilled,
            Self::DeliveredLate { .. } | Self::Overtaken(_) | Self::Superseded { .. } | Self::Ended(_) => {
                Verdict::Breached
            }
            Self::Void(_) => Verdict::Void,
        }
    }
}
