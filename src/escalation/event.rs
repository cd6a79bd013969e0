//! What has happened to an escalation. Stored for ever: fields may be added, never changed.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::board::DecisionRequest;
use super::cause::{Brief, Cause, Subject, Why};
use super::complained;
use super::ladder::{Ladder, Suggestion};
use super::state::Escalation;
use crate::commitment::{Actor, Fallback, Owner};
use crate::{AgentId, CommitmentId, EscalationId, MessageRef, Name, StreamId, Timestamp};

/// A fact about one escalation, or about a customer's request for a decision, with its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// There was a cause. The ladder goes with it: whatever becomes of the rulebook's, this one is climbed.
    Started(Box<Started>),
    /// There was another cause for it.
    CauseJoined {
        /// Which.
        escalation: EscalationId,
        /// The cause.
        cause: Cause,
    },
    /// One of its causes was gone, and another was left.
    CauseGone {
        /// Which.
        escalation: EscalationId,
        /// The place of the cause in its list, from 0.
        cause: u16,
    },
    /// A cause has lasted as long as it had to, so that somebody is to hear of it.
    CauseLasted {
        /// Which.
        escalation: EscalationId,
        /// Which of its causes, from 0.
        cause: u16,
    },
    /// Somebody is to hear of it.
    Notified(Box<Notice>),
    /// Somebody with the role has heard of it.
    Reached {
        /// Which.
        escalation: EscalationId,
        /// The number of the notice.
        notice: u32,
        /// Who.
        who: AgentId,
    },
    /// Nobody had the role.
    NobodyThere {
        /// Which.
        escalation: EscalationId,
        /// The number of the notice.
        notice: u32,
        /// The role.
        role: Name,
    },
    /// Somebody took it up.
    Acknowledged {
        /// Which.
        escalation: EscalationId,
        /// Who.
        by: Actor,
        /// How long he has it for himself.
        until: Timestamp,
        /// Why that is in elapsed time after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<Fallback>,
    },
    /// It went on, and whoever has it has it longer.
    Progressed {
        /// Which.
        escalation: EscalationId,
        /// How long now.
        until: Timestamp,
        /// Why that is in elapsed time after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<Fallback>,
    },
    /// It was put off.
    Snoozed {
        /// Which.
        escalation: EscalationId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: Name,
    },
    /// Somebody of another skill looks at it. Who answers for what is owed is the same.
    HandedOver {
        /// Which.
        escalation: EscalationId,
        /// The functional tier.
        tier: u8,
    },
    /// It was put on a lower rung.
    DeEscalated {
        /// Which.
        escalation: EscalationId,
        /// The rung.
        to: u16,
        /// Why.
        justification: Name,
    },
    /// Everybody has been told, and nobody has taken it up. It is not forgotten.
    Exhausted(Box<Unhandled>),
    /// It is still so.
    Reminded(Box<Unhandled>),
    /// Nobody need hear of it any more.
    Closed {
        /// Which.
        escalation: EscalationId,
        /// Why.
        why: Closing,
    },
    /// The customer asked for a decision, and one is owed. The first release stored it as `decision_asked`, with one agent.
    #[serde(alias = "decision_asked")]
    DecisionRequested {
        /// What is owed.
        commitment: CommitmentId,
        /// The agents whom he complains of, who are not to decide.
        #[serde(default, deserialize_with = "complained::one_or_more", skip_serializing_if = "Vec::is_empty")]
        about: Vec<AgentId>,
        /// Where he said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// He asked again, before there was a decision. It is the same that is owed. The first release stored it as `decision_asked_again`.
    #[serde(alias = "decision_asked_again")]
    DecisionRequestedAgain {
        /// What is owed.
        commitment: CommitmentId,
        /// The agents whom he complains of now.
        #[serde(default, deserialize_with = "complained::one_or_more", skip_serializing_if = "Vec::is_empty")]
        about: Vec<AgentId>,
        /// Where he said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// It was live on another stream until now, where it was closed for that ([`Closing::CarriedOut`]). It goes on as it stood.
    CarriedIn {
        /// The other stream.
        from: StreamId,
        /// All that is on record of it.
        escalation: Box<Escalation>,
    },
    /// What the customer had asked for on another stream is to be decided here, where the decision is owed now; or only whom he complained of
    /// there is known here now, and decides nothing here either.
    RequestCarriedIn {
        /// The other stream.
        from: StreamId,
        /// What he asked for.
        request: DecisionRequest,
    },
    /// It was decided.
    Decided {
        /// What had been owed.
        commitment: CommitmentId,
        /// How.
        decision: Decision,
    },
}

/// An escalation begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Its id.
    pub escalation: EscalationId,
    /// What it is about.
    pub subject: Subject,
    /// The ladder.
    pub ladder: Ladder,
    /// Its first cause.
    pub cause: Cause,
    /// The rung on which it begins, from 1.
    pub rung: u16,
    /// When somebody is to hear of it first.
    pub until: Timestamp,
    /// Why that is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// Somebody is to hear of an escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which.
    pub escalation: EscalationId,
    /// The number of the notice, from 1.
    pub notice: u32,
    /// What it is about.
    pub subject: Subject,
    /// The ladder's name.
    pub ladder: Name,
    /// Who is to hear of it. The host knows who has the role.
    pub role: Name,
    /// The rung, from 1.
    pub rung: u16,
    /// The round, from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u16,
    /// How often somebody had it and let his time pass.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lapse: u16,
    /// How much skill it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// How much authority it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// When it was to be given: how late it is, is counted from here.
    pub scheduled: Timestamp,
    /// When the next one hears of it, unless somebody takes it up.
    pub next: Timestamp,
    /// Why that is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
    /// Why.
    pub why: Vec<Why>,
    /// What the reader needs to act.
    pub brief: Brief,
    /// With what else it is to be told, if it is not told by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// What the host may want to do besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggest: Vec<Suggestion>,
}

impl Notice {
    /// Who hears of it, as far as that is known: whoever has the role, or of an owner which one.
    pub(super) fn told_as(&self) -> Name {
        told_as(&self.role, &self.brief)
    }

    /// Whoever answers for the ticket, where it is he who is to hear of it.
    pub(crate) fn owner(&self) -> Option<&Owner> {
        self.brief.owner.as_ref().filter(|_| self.role.as_str() == OWNER)
    }
}

/// Every ticket has an owner of its own, so what one has heard says nothing of another.
pub(super) fn told_as(role: &Name, brief: &Brief) -> Name {
    match &brief.owner {
        Some(owner) if role.as_str() == OWNER => Name::new(&alloc::format!("{role}: {owner}")).unwrap_or(role.clone()),
        _ => role.clone(),
    }
}

/// The role of whoever answers for it.
const OWNER: &str = "owner";

/// What is told together, because the role has just heard of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// What has the same key is told together, over all streams.
    pub key: Name,
    /// When.
    pub at: Timestamp,
}

/// An escalation that nobody takes up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhandled {
    /// Which.
    pub escalation: EscalationId,
    /// What it is about.
    pub subject: Subject,
    /// The ladder's name.
    pub ladder: Name,
    /// The number of the notice, from 1: they count on. None was given to what was stored before reminders had one.
    #[serde(default, skip_serializing_if = "is_none")]
    pub notice: u32,
    /// The role that is told: that of the last rung, or where nobody has that, of the nearest below that somebody may have.
    pub role: Name,
    /// When that was so: how late this is, is counted from here.
    pub scheduled: Timestamp,
    /// How often there has been a reminder.
    pub reminders: u32,
    /// When there is the next one: a day after it was so, then two, four and so on.
    pub next: Timestamp,
    /// Why somebody is to hear of it.
    pub why: Vec<Why>,
    /// What the reader needs to act.
    pub brief: Brief,
}

/// Why nobody need hear of an escalation any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// All its causes are gone.
    Moot,
    /// Somebody said so.
    DeEscalated {
        /// Why.
        justification: Name,
    },
    /// It goes on in another stream, with what it is about.
    CarriedOut {
        /// The other stream.
        to: StreamId,
    },
}

/// How a request for a decision was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// He gets what he asked for.
    Granted {
        /// How he was told.
        told: MessageRef,
    },
    /// He does not.
    Declined {
        /// Why.
        reason: Name,
        /// What he is owed instead.
        offer: CommitmentId,
        /// How he was told.
        told: MessageRef,
    },
    /// He does not want it any more.
    Withdrawn {
        /// How he said so.
        evidence: MessageRef,
    },
}

impl Event {
    /// Whether it tells of something that the customer asked for.
    pub(crate) const fn is_the_customers(&self) -> bool {
        matches!(
            self,
            Self::DecisionRequested { .. }
                | Self::DecisionRequestedAgain { .. }
                | Self::Decided { decision: Decision::Withdrawn { .. }, .. }
        )
    }

    /// The escalation that it is about; none if it is about a customer's request.
    ///
    /// # A customer's request is about none, and what is told of a notice is about one
    ///
    /// ```
    /// use owed::escalation::Event;
    ///
    /// let asked: Event = serde_json::from_str(
    ///     r#"{ "type": "decision_requested", "commitment": "9b9606c1-cfc8-5bfd-a2bf-5384f486f02d", "about": ["bob"] }"#,
    /// )?;
    /// let nobody: Event = serde_json::from_str(
    ///     r#"{ "type": "nobody_there", "escalation": "0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01", "notice": 1, "role": "lead" }"#,
    /// )?;
    /// assert_eq!((asked.escalation(), nobody.escalation()), (None, Some("0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn escalation(&self) -> Option<EscalationId> {
        match self {
            Self::Started(started) => Some(started.escalation),
            Self::Notified(notice) => Some(notice.escalation),
            Self::Exhausted(unhandled) | Self::Reminded(unhandled) => Some(unhandled.escalation),
            Self::CauseJoined { escalation, .. }
            | Self::CauseGone { escalation, .. }
            | Self::CauseLasted { escalation, .. }
            | Self::Reached { escalation, .. }
            | Self::NobodyThere { escalation, .. }
            | Self::Acknowledged { escalation, .. }
            | Self::Progressed { escalation, .. }
            | Self::Snoozed { escalation, .. }
            | Self::HandedOver { escalation, .. }
            | Self::DeEscalated { escalation, .. }
            | Self::Closed { escalation, .. } => Some(*escalation),
            Self::CarriedIn { escalation, .. } => Some(escalation.id),
            Self::DecisionRequested { .. }
            | Self::DecisionRequestedAgain { .. }
            | Self::RequestCarriedIn { .. }
            | Self::Decided { .. } => None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_none(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u16) -> bool {
    *number == 0
}
