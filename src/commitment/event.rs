//! What has happened to a commitment. Stored for ever: fields may be added, never changed.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::clock::{Clock, Fallback};
use super::happened::Stamp;
use super::party::{Owner, Party};
use super::terms::{Binding, Deliverable, Origin, Rule, Terms};
use super::warning::{Warning, WarningAt};
use crate::calendar::{Amount, micros};
use crate::{CommitmentId, MessageRef, Name, Priority, Timestamp};

/// A fact about one commitment, with its results: replaying it needs no calendar and no rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// It was made, and its clock runs.
    Promised(Box<Promised>),
    /// Its deadline is near.
    Warned {
        /// Which.
        commitment: CommitmentId,
        /// Who answers for it.
        owner: Owner,
        /// The warning that went off.
        warning: Warning,
        /// The deadline.
        due: Timestamp,
    },
    /// It was not kept. It is still owed.
    Breached {
        /// Which.
        commitment: CommitmentId,
        /// Who answered for it then.
        owner: Owner,
        /// Who was let down.
        beneficiary: Party,
        /// The deadline.
        due: Timestamp,
        /// What made it a breach.
        cause: BreachCause,
        /// How the customer was told, if the desk withdrew it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<MessageRef>,
    },
    /// It was kept.
    Fulfilled {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// It was done after it was broken. The breach stands; nothing is owed any more.
    DeliveredLate {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// The deadline.
        due: Timestamp,
        /// How much later, in microseconds of elapsed time.
        late_us: u64,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The record of a breach was wrong: it had been done in time. Both stay on record.
    Corrected {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// Who vouches for that.
        stamp: Stamp,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// Its clock stands still.
    Paused {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// What is left of its budget.
        #[serde(with = "micros")]
        left: Amount,
        /// When it goes on at the latest.
        resume_by: Timestamp,
        /// How the customer was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MessageRef>,
    },
    /// Another reason for its standing still has come up.
    PauseJoined {
        /// Which.
        commitment: CommitmentId,
        /// The further reason.
        reason: Name,
    },
    /// A reason is gone, and it still stands for another.
    PauseLeft {
        /// Which.
        commitment: CommitmentId,
        /// The reason that is gone.
        reason: Name,
    },
    /// Its clock goes on: the last reason is gone, or it has stood as long as it may.
    Resumed {
        /// Which.
        commitment: CommitmentId,
        /// The last reason; absent where the time was up and all reasons ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Name>,
        /// What is left of its budget.
        #[serde(with = "micros")]
        left: Amount,
        /// The new deadline.
        due: Timestamp,
        /// The instants of its warnings.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        warnings: Vec<WarningAt>,
        /// Why the deadline is in elapsed time after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<Fallback>,
    },
    /// Its agreement gives it another budget, or lets it begin again.
    Retargeted(Box<Retargeted>),
    /// It fell away without anybody's fault.
    Voided {
        /// Which.
        commitment: CommitmentId,
        /// How.
        cause: VoidCause,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// It was broken, and then its metric ended without its being done.
    Overtaken {
        /// Which.
        commitment: CommitmentId,
        /// The rule.
        rule: Rule,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// It was broken, and another commitment stands in for it now.
    Superseded {
        /// Which.
        commitment: CommitmentId,
        /// The one that stands in for it.
        by: CommitmentId,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// Somebody else answers for it.
    HandedOver {
        /// Which.
        commitment: CommitmentId,
        /// Who.
        owner: Owner,
    },
}

/// A commitment was made, with all that was agreed and what it came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promised {
    /// Its id.
    pub commitment: CommitmentId,
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
    /// Its terms.
    pub terms: Terms,
    /// The account of its time.
    pub clock: Clock,
    /// The deadline, inclusive.
    pub due: Timestamp,
    /// The instants of its warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// Why the deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// A commitment got another budget, with what that came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retargeted {
    /// Which.
    pub commitment: CommitmentId,
    /// The priority whose budget it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Its terms from now on.
    pub terms: Terms,
    /// Since when it is owed: as before, unless it begins again.
    pub since: Timestamp,
    /// The account of its time from now on.
    pub clock: Clock,
    /// What is left of the new budget.
    #[serde(with = "micros")]
    pub left: Amount,
    /// The new deadline; where it stands still, what it would be if it went on now.
    pub due: Timestamp,
    /// The instants of its warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// Why the deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// What made it a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachCause {
    /// The deadline passed.
    Deadline,
    /// When it came to apply, its deadline had passed already. The breach stands at that instant.
    BornLate,
    /// The desk withdrew it. The breach stands at that instant.
    Withdrawn,
}

/// How a commitment fell away without fault. Nothing else makes one void.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidCause {
    /// The customer let the desk off.
    Released {
        /// How he said so.
        evidence: MessageRef,
    },
    /// A rule of its agreement ended it. Only a goal can end so.
    Rule(Rule),
    /// It stood in for a breach that turned out to be none.
    Corrected {
        /// What it stood in for.
        original: CommitmentId,
    },
}

impl Event {
    /// Whether nothing is owed after it.
    pub(crate) const fn closes(&self) -> bool {
        match self {
            Self::Fulfilled { .. }
            | Self::DeliveredLate { .. }
            | Self::Corrected { .. }
            | Self::Voided { .. }
            | Self::Overtaken { .. }
            | Self::Superseded { .. } => true,
            Self::Promised(_)
            | Self::Warned { .. }
            | Self::Breached { .. }
            | Self::Paused { .. }
            | Self::PauseJoined { .. }
            | Self::PauseLeft { .. }
            | Self::Resumed { .. }
            | Self::Retargeted(_)
            | Self::HandedOver { .. } => false,
        }
    }

    /// The commitment that it is about.
    #[must_use]
    pub fn commitment(&self) -> CommitmentId {
        match self {
            Self::Promised(promised) => promised.commitment,
            Self::Retargeted(retargeted) => retargeted.commitment,
            Self::Warned { commitment, .. }
            | Self::Breached { commitment, .. }
            | Self::Fulfilled { commitment, .. }
            | Self::DeliveredLate { commitment, .. }
            | Self::Corrected { commitment, .. }
            | Self::Paused { commitment, .. }
            | Self::PauseJoined { commitment, .. }
            | Self::PauseLeft { commitment, .. }
            | Self::Resumed { commitment, .. }
            | Self::Voided { commitment, .. }
            | Self::Overtaken { commitment, .. }
            | Self::Superseded { commitment, .. }
            | Self::HandedOver { commitment, .. } => *commitment,
        }
    }
}
