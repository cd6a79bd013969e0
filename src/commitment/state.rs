//! Where a commitment stands.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::clock::{Clock, Measure};
use super::event::{BreachCause, Ending, Exclusion, Proposal, Short, VoidCause};
use super::party::{Owner, Party};
use super::terms::{Binding, Deliverable, Origin, Renews, Rule, Terms};
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
    /// Who owes it, if that is not the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
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
    /// The first deadline that it had; none as long as its clock has not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Timestamp>,
    /// The present one; the last one where there is none any more, or the last that there can be where there is none yet.
    pub due: Timestamp,
    /// Its terms.
    pub terms: Terms,
    /// The account of its time.
    pub clock: Clock,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The closed commitment that this one goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// The commitment that stands in for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired_by: Option<CommitmentId>,
    /// The breach on its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
    /// What was noted of it on its way, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Box<Notes>>,
    /// Where it is in its life.
    pub phase: Phase,
}

/// What was noted of a commitment on its way, and is not for its clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// The worse terms that were told last and wait for the customer's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// How far the customer has been asked for his part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chase: Option<Chasing>,
    /// The attempts that did not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Tried>,
    /// Who answered for it when it was broken, where that is another now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken_under: Option<Owner>,
    /// Why its breach is counted apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<Exclusion>,
    /// The commitment that goes on with what this one was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewed_by: Option<CommitmentId>,
    /// When a goal became a promise: the customer was told of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<Timestamp>,
    /// What of it was given on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given_on: Vec<CommitmentId>,
    /// Whether something that was given on is broken.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub at_risk: bool,
}

/// How far a customer has been asked for his part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chasing {
    /// Whether he was asked.
    pub asked: bool,
    /// How often he was reminded since.
    pub reminded: u8,
    /// Until when he is heard, once he was warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// An attempt that did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// When.
    pub at: Timestamp,
    /// Why it did not count.
    pub short: Short,
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
    /// Broken, and owed no longer all the same.
    Ended(Ending),
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

impl Commitment {
    /// What became of it. Once it is not [`Verdict::Pending`], only a correction changes it, and both stay on record.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match &self.phase {
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
                Verdict::Pending
            }
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
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue => None,
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
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { .. } => None,
        }
    }

    /// What has run of its budget by `now`, in the budget's unit: until it was done or closed, without its pauses.
    ///
    /// `calendar` is the one that its terms name, in its own edition; working time without one counts as elapsed.
    #[must_use]
    pub fn used(&self, calendar: Option<&Calendar>, now: Timestamp) -> Amount {
        match self.phase {
            Phase::Closed { used, .. } => used,
            // The clock of what waits for the customer's part has not begun.
            Phase::Conditional { .. } => self.clock.budget.with_micros(0),
            Phase::Candidate { .. } | Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
                self.clock.budget.with_micros(self.clock.used(now, Measure::by(calendar)))
            }
        }
    }
}
