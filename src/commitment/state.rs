//! Where a commitment stands.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::clock::{Clock, Measure};
use super::event::{BreachCause, VoidCause};
use super::party::{Owner, Party};
use super::terms::{Binding, Deliverable, Origin, Rule, Terms};
use super::timer::Armed;
use super::warning::WarningAt;
use crate::calendar::{Amount, Calendar, micros};
use crate::{CommitmentId, EditionNumber, Name, Timestamp};

/// One thing that is owed, or was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// What is owed.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    pub owner: Owner,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the customer can hold the desk to it.
    pub binding: Binding,
    /// The edition of the rulebook that it was made under.
    pub edition: EditionNumber,
    /// The version of the event that made it.
    pub version: u64,
    /// When it was taken in.
    pub made: Timestamp,
    /// Since when it is owed.
    pub since: Timestamp,
    /// The first deadline that it had.
    pub first_due: Timestamp,
    /// The present one; the last one where there is none any more.
    pub due: Timestamp,
    /// Its terms.
    pub terms: Terms,
    /// The account of its time.
    pub clock: Clock,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The commitment that stands in for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired_by: Option<CommitmentId>,
    /// The breach on its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
    /// Where it is in its life.
    pub phase: Phase,
}

/// A breach on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The instant of the breach: the deadline, or the instant at which it was born late or withdrawn.
    pub at: Timestamp,
    /// The deadline that was missed.
    pub due: Timestamp,
    /// What made it a breach.
    pub cause: BreachCause,
}

/// Where a commitment is in its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
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
    },
}

/// How a commitment was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// It fell away without fault.
    Void(VoidCause),
}

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseName {
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
            Self::DeliveredLate { .. } | Self::Overtaken(_) | Self::Superseded { .. } => Verdict::Breached,
            Self::Void(_) => Verdict::Void,
        }
    }
}

impl Commitment {
    /// What became of it. Once it is not [`Verdict::Pending`], only a correction changes it, and both stay on record.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match &self.phase {
            Phase::Active { .. } | Phase::Paused { .. } => Verdict::Pending,
            Phase::Overdue => Verdict::Breached,
            Phase::Closed { outcome, .. } => outcome.verdict(),
        }
    }

    /// Whether it is still owed: not closed, though perhaps broken.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Closed { .. })
    }

    /// When it was closed, if it was.
    #[must_use]
    pub const fn closed_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Closed { at, .. } => Some(at),
            Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => None,
        }
    }

    /// When it was done, in time or late.
    #[must_use]
    pub const fn done_at(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Closed {
                outcome: Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. },
                ..
            } => Some(*done),
            Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue | Phase::Closed { .. } => None,
        }
    }

    /// What has run of its budget by `now`, in the budget's unit: until it was done or closed, without its pauses.
    ///
    /// `calendar` is the one that its terms name, in its own edition; working time without one counts as elapsed.
    #[must_use]
    pub fn used(&self, calendar: Option<&Calendar>, now: Timestamp) -> Amount {
        match self.phase {
            Phase::Closed { used, .. } => used,
            Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
                self.clock.budget.with_micros(self.clock.used(now, Measure::by(calendar)))
            }
        }
    }
}
