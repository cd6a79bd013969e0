//! Why an order about escalations is refused.

use serde::{Deserialize, Serialize};

use super::state::StageName;
use crate::commitment::Actor;
use crate::{AgentId, CommitmentId, EscalationId, Name, Timestamp};

/// Why an order about an escalation, or about a customer's request, was refused, with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such escalation.
    #[error("there is no escalation {escalation}")]
    Unknown {
        /// The id.
        escalation: EscalationId,
    },
    /// The edition in force has no such ladder.
    #[error("there is no ladder {ladder}; the rulebook defines it under \"ladders\"")]
    UnknownLadder {
        /// The name.
        ladder: Name,
    },
    /// There is no such commitment.
    #[error("nothing is or was owed by the id {commitment}")]
    UnknownCommitment {
        /// The id.
        commitment: CommitmentId,
    },
    /// Nothing is owed by it any more, so nobody need hear of it.
    #[error("commitment {commitment} is closed: nobody need hear of it")]
    NotOwed {
        /// The commitment.
        commitment: CommitmentId,
    },
    /// It is somewhere else than the order is for.
    #[error("escalation {escalation} is {stage}: it cannot be {wanted} from there")]
    NotThere {
        /// The escalation.
        escalation: EscalationId,
        /// Where it is.
        stage: StageName,
        /// What it was to become.
        wanted: StageName,
    },
    /// It is closed.
    #[error("escalation {escalation} has been closed since {at}")]
    AlreadyClosed {
        /// The escalation.
        escalation: EscalationId,
        /// Since when.
        at: Timestamp,
    },
    /// The notice is not the last one.
    #[error("notice {notice} of escalation {escalation} is not the one that is out: there have been {last}")]
    NotTheNotice {
        /// The escalation.
        escalation: EscalationId,
        /// The notice.
        notice: u32,
        /// The last one.
        last: u32,
    },
    /// It cannot be put off to an instant that has come, or so far.
    #[error("put off until {until}; write an instant after {after}, and by {by} at the latest")]
    SnoozeOutside {
        /// Until when.
        until: Timestamp,
        /// It must be later.
        after: Timestamp,
        /// And not later than this.
        by: Timestamp,
    },
    /// A rung that is not below.
    #[error("rung {to} is not below rung {rung}, where it stands; leave the rung out to close it")]
    NotLower {
        /// The rung asked for.
        to: u16,
        /// Where it stands.
        rung: u16,
    },
    /// It was taken up and let go as often as the ladder allows.
    #[error("it was let go {lapses} times, which is as often as its ladder allows: take it up, or close it")]
    NoLapseLeft {
        /// How often.
        lapses: u16,
    },
    /// The customer has not asked for a decision, or it has been given.
    #[error("no decision is owed that the customer has asked for")]
    NothingAsked {},
    /// He complains of the one who would decide.
    #[error("the customer complains of {agent}, who does not decide; another must")]
    ComplainedOf {
        /// The agent.
        agent: AgentId,
    },
    /// Only one who works at the desk decides.
    #[error("{by} cannot decide: one who works at the desk does")]
    NotADecider {
        /// Who would.
        by: Actor,
    },
    /// What the desk is to hear of, the desk takes up, puts off or takes down.
    #[error(
        "{by} cannot do that for the desk: one who works there does; a customer asks for a decision (ask_for_decision)"
    )]
    NotTheDesk {
        /// Who would.
        by: Actor,
    },
    /// What is offered instead is owed outright: on no condition, and not in the place of the decision.
    #[error(
        "{commitment} is offered instead of what he asked for: promise it on no condition, and not as a repair of the decision"
    )]
    NotOutright {
        /// What is offered.
        commitment: CommitmentId,
    },
    /// Somebody has heard of it, so that there is somebody.
    #[error("{who} has heard of notice {notice}: there is somebody")]
    AlreadyReached {
        /// Which notice.
        notice: u32,
        /// Who.
        who: AgentId,
    },
    /// That nobody has time is no reason.
    #[error(
        "{reason:?} is no reason to decline what the customer has a right to; grant it, or say what stands against it"
    )]
    NoReason {
        /// What was given.
        reason: Name,
    },
    /// What is offered instead is due so late that it is none.
    #[error("what is offered instead is due {due}, and is due by {latest} at the latest; name an earlier time")]
    OfferedTooLate {
        /// When it would be due.
        due: Timestamp,
        /// The latest.
        latest: Timestamp,
    },
    /// What is offered is offered to somebody else.
    #[error("what is offered instead is owed to another than the one who asked")]
    OfferedToAnother {},
    /// A decision ends by being given.
    #[error(
        "commitment {commitment} is a decision that the customer asked for: grant or decline it, or let him withdraw it"
    )]
    ToBeDecided {
        /// The commitment.
        commitment: CommitmentId,
    },
}

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown",
            Self::UnknownLadder { .. } => "unknown_ladder",
            Self::UnknownCommitment { .. } => "unknown_commitment",
            Self::NotOwed { .. } => "not_owed",
            Self::NotThere { .. } => "not_there",
            Self::AlreadyClosed { .. } => "already_closed",
            Self::NotTheNotice { .. } => "not_the_notice",
            Self::SnoozeOutside { .. } => "snooze_outside",
            Self::NotLower { .. } => "not_lower",
            Self::NoLapseLeft { .. } => "no_lapse_left",
            Self::NothingAsked {} => "nothing_asked",
            Self::ComplainedOf { .. } => "complained_of",
            Self::NotADecider { .. } => "not_a_decider",
            Self::NotOutright { .. } => "not_outright",
            Self::AlreadyReached { .. } => "already_reached",
            Self::NotTheDesk { .. } => "not_the_desk",
            Self::NoReason { .. } => "no_reason",
            Self::OfferedTooLate { .. } => "offered_too_late",
            Self::OfferedToAnother {} => "offered_to_another",
            Self::ToBeDecided { .. } => "to_be_decided",
        }
    }
}
