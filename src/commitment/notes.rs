//! What was noted of a commitment on its way.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::cause::{Exclusion, Short};
use super::made::Proposal;
use super::party::Owner;
use super::phase::Outcome;
use crate::{CommitmentId, Timestamp};

/// What was noted of a commitment on its way, and is not for its clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// The worse terms that were told last and wait for the customer's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// When the customer did not accept what had been told last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined: Option<Timestamp>,
    /// From when on the customer agreed to be there, where better terms have opened the slot sooner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_from: Option<Timestamp>,
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
    /// How it had ended before it was struck out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub struck_out: Option<Outcome>,
    /// The commitment that goes on with what this one was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewed_by: Option<CommitmentId>,
    /// When it was said, where its time began later: with the customer's part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Timestamp>,
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
    /// When the last of these was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
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
