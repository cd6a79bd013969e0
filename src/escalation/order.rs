//! What a host may ask of escalations.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::complained;
use crate::commitment::Promise;
use crate::{AgentId, CommitmentId, EscalationId, MessageRef, Name, Timestamp};

/// What a host may ask about an escalation, or about a customer's request for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Somebody at the desk asks for a ladder.
    Escalate {
        /// Which.
        ladder: Name,
        /// What it is about; absent: the ticket as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        commitment: Option<CommitmentId>,
        /// Why.
        reason: Name,
    },
    /// The host reports that the notice has reached somebody with the role.
    #[serde(rename = "reached")]
    ReportReached {
        /// Which.
        escalation: EscalationId,
        /// The number of the notice.
        notice: u32,
        /// Who.
        who: AgentId,
    },
    /// The host reports that nobody has the role.
    #[serde(rename = "nobody_there")]
    ReportNobodyThere {
        /// Which.
        escalation: EscalationId,
        /// The number of the notice.
        notice: u32,
    },
    /// Somebody takes it up: the one who gives the command.
    Acknowledge {
        /// Which.
        escalation: EscalationId,
    },
    /// It goes on.
    Progress {
        /// Which.
        escalation: EscalationId,
    },
    /// It is put off.
    Snooze {
        /// Which.
        escalation: EscalationId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: Name,
    },
    /// Somebody of another skill is to look at it.
    HandOver {
        /// Which.
        escalation: EscalationId,
        /// The functional tier.
        tier: u8,
    },
    /// It goes back to a lower rung, or nobody need hear of it any more.
    DeEscalate {
        /// Which.
        escalation: EscalationId,
        /// The rung, from 1; absent: it is closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<u16>,
        /// Why.
        justification: Name,
    },
    /// The customer asks for a supervisor, or for another decision by one who may give it. It is not refused; it joins one that is open.
    AskForDecision {
        /// The agents whom he complains of, who are not to decide: `"bob"`, or `["bob", "eve"]`.
        #[serde(
            default,
            deserialize_with = "complained::one_or_more",
            serialize_with = "complained::as_given",
            skip_serializing_if = "Vec::is_empty"
        )]
        about: Vec<AgentId>,
        /// Where he said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// He gets what he asked for: one who may decide speaks with him.
    Grant {
        /// How he is told.
        told: MessageRef,
    },
    /// He does not, for a reason, and is offered something else.
    Decline {
        /// Why. That nobody has time is no reason.
        reason: Name,
        /// What he is owed instead.
        offer: Box<Promise>,
        /// How he is told.
        told: MessageRef,
    },
    /// He does not want it any more.
    WithdrawRequest {
        /// How he said so.
        evidence: MessageRef,
    },
}

impl Order {
    /// The escalation that it is about, if it is about one that there is.
    ///
    /// # What asks for one is about none yet
    ///
    /// ```
    /// use owed::escalation::Order;
    ///
    /// let ask = Order::AskForDecision { about: Vec::new(), message: None };
    /// assert_eq!(ask.escalation(), None);
    /// ```
    #[must_use]
    pub const fn escalation(&self) -> Option<EscalationId> {
        match self {
            Self::ReportReached { escalation, .. }
            | Self::ReportNobodyThere { escalation, .. }
            | Self::Acknowledge { escalation }
            | Self::Progress { escalation }
            | Self::Snooze { escalation, .. }
            | Self::HandOver { escalation, .. }
            | Self::DeEscalate { escalation, .. } => Some(*escalation),
            Self::Escalate { .. }
            | Self::AskForDecision { .. }
            | Self::Grant { .. }
            | Self::Decline { .. }
            | Self::WithdrawRequest { .. } => None,
        }
    }
}
