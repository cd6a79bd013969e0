//! Why something was broken, fell away or ended.

use serde::{Deserialize, Serialize};

use super::origin::Rule;
use super::party::Party;
use crate::{CommitmentId, MessageRef, Name};

/// Why something that was done does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Short {
    /// Nobody answered, or the line was busy.
    NotReached,
    /// Nobody answered, and a message was left.
    MessageLeft,
    /// It was before the agreed time.
    TooEarly,
}

/// How something broken came to be owed no longer without being done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It cannot be done.
    Impossible {
        /// How the customer was told.
        notice: MessageRef,
    },
    /// The customer does not insist.
    Waived {
        /// How he said so.
        evidence: MessageRef,
    },
    /// One who may say so has given it up.
    WrittenOff {
        /// Who may.
        authority: Party,
        /// Why.
        reason: Name,
    },
}

/// Why a breach is counted apart, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Why.
    pub reason: Name,
    /// Who says so.
    pub approver: Party,
}

/// What made it a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachCause {
    /// The deadline passed.
    Deadline,
    /// When it came to apply, its deadline had passed already. The breach stands at that instant. Where its budget had been used up before its account began,
    /// the deadline is the microsecond before that.
    BornLate,
    /// The desk withdrew it. The breach stands at that instant.
    Withdrawn,
    /// It cannot be done. The breach stands at the instant of saying so.
    Impossible,
    /// The matter ended without it, which its agreement takes for a breach. It stands at that instant.
    Unanswered,
}

impl BreachCause {
    /// Whether a deadline was missed, and no word of anybody's made it a breach. Such a deadline does not move any more.
    pub(crate) const fn is_missed(self) -> bool {
        match self {
            Self::Deadline | Self::BornLate => true,
            Self::Withdrawn | Self::Impossible | Self::Unanswered => false,
        }
    }
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
    /// It stood in for a breach that turned out to be none, or that the customer had not agreed to have stood in for; it was owed for such
    /// a breach; or it followed a round of a series, or a cycle of a metric, that goes on.
    Corrected {
        /// What it stood in for, was owed for, or followed.
        original: CommitmentId,
    },
    /// What had been found in a message was no promise.
    Dismissed {
        /// Why.
        reason: Name,
    },
    /// The customer's part was not done in time.
    Lapsed,
    /// The desk withdrew it before the customer had done his part.
    Withdrawn {
        /// How the customer was told.
        notice: MessageRef,
    },
    /// The customer has accepted other terms.
    Renegotiated {
        /// What is owed from now on.
        successor: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The customer's part failed, each step on record.
    CustomerAbsent,
    /// What had fulfilled it was taken back.
    Retracted {
        /// Why.
        reason: Name,
        /// What is owed from now on.
        successor: CommitmentId,
    },
    /// What its series waited for has come.
    SeriesStopped {
        /// What shows it.
        evidence: MessageRef,
    },
    /// It had lapsed, or the customer had been found absent, and he had done his part or spoken before that; or worse terms had taken the
    /// place of what was broken, and he had declined them before that. What goes on with it is then broken, as this was.
    InTime {
        /// What is owed from now on.
        successor: CommitmentId,
        /// What shows it, if it is not his speaking alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// It should not have been on record.
    InError {
        /// Why.
        reason: Name,
        /// What shows it.
        evidence: MessageRef,
    },
}
