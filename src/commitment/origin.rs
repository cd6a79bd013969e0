//! Where a commitment comes from, and whom it binds.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::party::Actor;
use crate::{CommitmentId, IncidentId, MessageRef, Name, Priority, SeriesId};

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
        /// The role that may not promise this, in which he spoke all the same. It is owed like any other promise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beyond: Option<Name>,
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
    /// The customer has asked for a decision, which nobody may refuse him in silence.
    Request {
        /// Who passed that on.
        by: Actor,
        /// Where he said so, if it is on record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// An incident owes it.
    Incident(OfIncident),
    /// A part, or all, of what another owes was given on.
    Delegated {
        /// The other, whose owner stays answerable.
        by: CommitmentId,
    },
}

/// The incident that owes something, and how whoever is owed it is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfIncident {
    /// Which.
    pub incident: IncidentId,
    /// Over which channel; absent: the host knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language; absent: the host knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
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
    /// The matter was reopened, and what had been used of the budget stays used.
    Reopened,
    /// It had fallen away, or worse terms had taken its place, for want of the customer's part or his word, which had come in time.
    InTime,
}

impl Renewal {
    /// Whether what had ended the one before was none, so that it is owed as it was, and its breach is the same one.
    pub(super) const fn is_by_its_own_instants(self) -> bool {
        match self {
            Self::Retracted | Self::Reinstated | Self::InTime => true,
            Self::Accepted | Self::Told | Self::Returned | Self::Reopened => false,
        }
    }
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
    /// Between whom the agreement is.
    #[serde(default, skip_serializing_if = "AgreementKind::is_sla")]
    pub kind: AgreementKind,
}

/// Between whom an agreement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementKind {
    /// Between the desk and its customer.
    #[default]
    Sla,
    /// Between teams of the desk, an operational level agreement: the team that has the ticket owes it to the agreement's owner.
    Ola,
    /// Between a supplier and the desk: the supplier who has the ticket owes it to the agreement's owner.
    Supplier,
}

impl AgreementKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(crate) const fn is_sla(&self) -> bool {
        matches!(self, Self::Sla)
    }
}

/// Whether the customer can hold the desk to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// Spoken, announced, or owed by contract or law: only the customer lets the desk off.
    Promised,
    /// The desk's own target, never told: its agreement's rules may end it.
    Goal,
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
    /// The matter has ended without it, which the agreement says is a breach.
    Unanswered,
    /// The agreement does not apply any more, or has no target for the ticket's priority.
    Left,
    /// The matter goes on as part of another.
    Merged,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            RuleReason::NotNeeded => "not needed any more",
            RuleReason::Unanswered => "not given by the end",
            RuleReason::Left => "does not apply any more",
            RuleReason::Merged => "goes on as part of another matter",
        };
        write!(f, "{} of {}: {why}", self.metric, self.agreement)
    }
}
