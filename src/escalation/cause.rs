//! What somebody must hear of, and why.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::commitment::{Actor, Deliverable, Ledger, Owner, Party, Warning, are_of_one_series};
use crate::policy::Channel;
use crate::{CommitmentId, Name, Priority, Timestamp};

/// What an escalation is about: one commitment, or the matter as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One commitment; of a series, the round with which it began, and the rounds that follow as long as there is no news.
    Commitment(CommitmentId),
    /// The ticket as a whole.
    Ticket,
}

impl Subject {
    /// Whether what becomes of a commitment is a matter of this: it is what this is about, or another round of the same series.
    pub(crate) fn is_a_matter_of(self, commitment: CommitmentId, ledger: &Ledger) -> bool {
        match self {
            Self::Commitment(subject) => subject == commitment || are_of_one_series(ledger, subject, commitment),
            Self::Ticket => false,
        }
    }
}

/// A reason for somebody to hear of it. Several may feed one escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Which of the ladder's causes it is, from 0; absent: somebody has asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<u16>,
    /// Since when there is it.
    pub since: Timestamp,
    /// How long it has to last before anybody hears of it; absent: it has lasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What it is.
    pub why: Why,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A deadline is near.
    Warned {
        /// Which warning went off.
        warning: Warning,
        /// The deadline.
        due: Timestamp,
    },
    /// It was not kept.
    Breached {
        /// The deadline.
        due: Timestamp,
        /// The how many-th breach it is, of what goes on with one another or stands in for one another.
        times: u32,
    },
    /// After a breach it was promised again.
    PromisedAgain {
        /// How often by now.
        times: u32,
    },
    /// A part of it that was given on is broken.
    AtRisk {
        /// The part.
        part: CommitmentId,
    },
    /// A fact of the kind that the ladder names.
    Fact {
        /// The how many-th of its kind.
        times: u32,
    },
    /// The ticket stands as the ladder says.
    Stands,
    /// The customer asked for a decision.
    CustomerAsked,
    /// Somebody at the desk asked for it.
    Asked {
        /// Who.
        by: Actor,
        /// Why.
        reason: Name,
    },
}

/// What the reader of a notice needs to act, as it was when the notice was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Who is owed, or whose matter it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<Party>,
    /// What is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverable: Option<Deliverable>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// How urgent the ticket is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// How one speaks with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
}

impl Cause {
    /// Whether it has lasted long enough by an instant that somebody is to hear of it.
    pub(super) fn has_lasted(&self, at: Timestamp) -> bool {
        self.until.is_none_or(|until| until <= at)
    }
}

/// The reasons of those causes that somebody is to hear of by an instant.
pub(super) fn reasons(causes: &[Cause], at: Timestamp) -> Vec<Why> {
    causes.iter().filter(|cause| cause.has_lasted(at)).map(|cause| cause.why.clone()).collect()
}
