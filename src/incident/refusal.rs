//! Why an order about an incident is refused.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::phase::Phase;
use crate::commitment::Actor;
use crate::ticket::{Owing, count, list};
use crate::{CommandId, CommitmentId, ContactId, IncidentId, MessageRef, SeriesId, TicketId, Timestamp};

/// Why an order about an incident was refused, with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// It has not been declared.
    #[error("incident {incident} has not been declared")]
    NotDeclared {
        /// The incident.
        incident: IncidentId,
    },
    /// It was declared before.
    #[error("incident {incident} was declared already, at {declared}")]
    AlreadyDeclared {
        /// The incident.
        incident: IncidentId,
        /// When.
        declared: Timestamp,
    },
    /// A team leads nothing: somebody decides, by name.
    #[error("an incident is led by a named agent; name one in the team")]
    NoLead {},
    /// It is over, or part of another.
    #[error("the incident is {phase}; {}", way_out(*phase))]
    WrongPhase {
        /// Where it is.
        phase: Phase,
    },
    /// The customer is none of those affected.
    #[error("{customer} is not among those affected; add him first")]
    NotAffected {
        /// Who.
        customer: ContactId,
    },
    /// He was told nothing of the kind, or that has come back already.
    #[error("{customer} was told nothing that could have come back")]
    NothingTold {
        /// Who.
        customer: ContactId,
    },
    /// Nobody has said that he is not safe.
    #[error("nothing is to be repaired for {customer}")]
    NothingToRepair {
        /// Who.
        customer: ContactId,
    },
    /// The ticket is about it already.
    #[error("ticket {ticket} is linked already")]
    AlreadyLinked {
        /// Which.
        ticket: TicketId,
    },
    /// The ticket is not about it.
    #[error("ticket {ticket} is not linked")]
    NotLinked {
        /// Which.
        ticket: TicketId,
    },
    /// An apology keeps no promise.
    #[error("{message} is an apology, and fixes nothing; show what was done")]
    ApologyIsNoFix {
        /// The message.
        message: MessageRef,
    },
    /// Only a human being answers.
    #[error("{by} is no human being, and answers nobody")]
    NoAnswer {
        /// Who speaks.
        by: Actor,
    },
    /// As long as it lasts, the fix or a next look at where it stands is owed.
    #[error("neither a fix nor a review would be owed; say by when there is a next review")]
    NoNextReview {},
    /// That it is fixed, or that he was answered, is said by an order of the incident's own.
    #[error("commitment {commitment} is kept by an order of the incident's own")]
    OrderOfItsOwn {
        /// Which.
        commitment: CommitmentId,
    },
    /// The updates go on until it is resolved.
    #[error("series {series} goes on until the incident is resolved")]
    UntilResolved {
        /// The series.
        series: SeriesId,
    },
    /// A promise is still owed.
    #[error("{} still owed; fulfil each, or have it released: {}", count(owed), list(owed))]
    StillOwed {
        /// Every one of them.
        owed: Vec<Owing>,
    },
    /// An incident is no part of itself.
    #[error("incident {incident} is no part of itself")]
    SameIncident {
        /// The incident.
        incident: IncidentId,
    },
    /// A decision about both was stored on one of them only.
    #[error(
        "command {command} was recorded on the other incident, and not on {missing}: store both lists of events, or none"
    )]
    HalfStored {
        /// The command.
        command: CommandId,
        /// The incident that has not had its events.
        missing: IncidentId,
    },
}

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotDeclared { .. } => "not_declared",
            Self::AlreadyDeclared { .. } => "already_declared",
            Self::NoLead {} => "no_lead",
            Self::WrongPhase { .. } => "wrong_phase",
            Self::NotAffected { .. } => "not_affected",
            Self::NothingTold { .. } => "nothing_told",
            Self::NothingToRepair { .. } => "nothing_to_repair",
            Self::AlreadyLinked { .. } => "already_linked",
            Self::NotLinked { .. } => "not_linked",
            Self::ApologyIsNoFix { .. } => "apology_is_no_fix",
            Self::NoAnswer { .. } => "no_answer",
            Self::NoNextReview {} => "no_next_review",
            Self::OrderOfItsOwn { .. } => "order_of_its_own",
            Self::UntilResolved { .. } => "until_resolved",
            Self::StillOwed { .. } => "still_owed",
            Self::SameIncident { .. } => "same_incident",
            Self::HalfStored { .. } => "half_stored",
        }
    }
}

const fn way_out(phase: Phase) -> &'static str {
    match phase {
        Phase::Ongoing => "resolve it first",
        Phase::Resolved | Phase::Closed => "reopen it first",
        Phase::Merged(_) => "go on there",
    }
}
