//! What a host may ask of a ledger.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::party::{Owner, Party};
use super::strict;
use super::terms::{Allowance, Deliverable, DueRule};
use super::warning::Warning;
use crate::{CommitmentId, MessageRef, Name, Timestamp};

/// What a host may ask about a commitment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Somebody at the desk has promised something. The words bind the desk, whoever spoke them.
    Promise(Box<Promise>),
    /// It has been done.
    Fulfil {
        /// Which.
        commitment: CommitmentId,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The clock is to stand still.
    Pause {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// Until when at the latest; the terms may end it sooner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// How the customer was told. Needed where it is a promise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MessageRef>,
    },
    /// A reason to stand still is gone.
    Resume {
        /// Which.
        commitment: CommitmentId,
        /// The reason.
        reason: Name,
    },
    /// The customer lets the desk off.
    Release {
        /// Which.
        commitment: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The desk does not mean to do it any more. That is a breach, then and there.
    Withdraw {
        /// Which.
        commitment: CommitmentId,
        /// How the customer was told.
        notice: MessageRef,
    },
    /// Somebody else answers for it from now on.
    HandOver {
        /// Which.
        commitment: CommitmentId,
        /// Who.
        #[serde(deserialize_with = "strict::owner")]
        owner: Owner,
    },
}

/// A promise that somebody at the desk has made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Its id, new and given by the host.
    pub commitment: CommitmentId,
    /// What was promised.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    #[serde(deserialize_with = "strict::owner")]
    pub owner: Owner,
    /// By when.
    pub due: DueRule,
    /// The calendar for working time; absent: the rulebook's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn of the deadline.
    #[serde(default, deserialize_with = "strict::warnings", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// How long it may stand still; absent: not at all.
    #[serde(default, deserialize_with = "strict::allowance_if_any", skip_serializing_if = "Option::is_none")]
    pub pausable: Option<Allowance>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
}

impl Order {
    /// The commitment that it is about.
    #[must_use]
    pub fn commitment(&self) -> CommitmentId {
        match self {
            Self::Promise(promise) => promise.commitment,
            Self::Fulfil { commitment, .. }
            | Self::Pause { commitment, .. }
            | Self::Resume { commitment, .. }
            | Self::Release { commitment, .. }
            | Self::Withdraw { commitment, .. }
            | Self::HandOver { commitment, .. } => *commitment,
        }
    }
}
