//! What has happened to an incident. Stored for ever: fields may be added, never changed.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::affected::{Affected, Recurrence};
use super::clocks::Clocks;
use super::order::WhyOff;
use super::phase::Phase;
use super::role::Role;
use super::state::Standing;
use super::terms::Owes;
use crate::commitment::{Channel, Owner};
use crate::policy::Author;
use crate::{AgentId, CommitmentId, ContactId, IncidentId, MessageRef, Name, TicketId, Timestamp};

/// A fact about an incident itself. What it owes are facts of their own, about commitments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// It began to be known.
    Declared(Box<Declared>),
    /// It was held to be graver, or less grave.
    SeverityChanged {
        /// How grave it was.
        from: Name,
        /// How grave it is.
        to: Name,
    },
    /// These customers are affected.
    ///
    /// One event for all whom one order names, since it says only who they are; what is owed to each is an event of his own, with its own
    /// timer and its own effect.
    Affected {
        /// Who.
        customers: Vec<Affected>,
    },
    /// A customer is none of those affected.
    TakenOff {
        /// Who.
        customer: ContactId,
        /// Why.
        why: WhyOff,
    },
    /// A customer is spoken with in another way from now on.
    WayChanged {
        /// Who.
        customer: ContactId,
        /// Over which channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// In which language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Name>,
        /// What he is still to be told, and is so in this way.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        untold: Vec<Untold>,
    },
    /// More is known of a customer who is affected.
    Learned {
        /// Who.
        customer: ContactId,
        /// Who at the desk is there for him from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<AgentId>,
        /// How often he was hit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recurrence: Option<Recurrence>,
        /// His tickets, which are to know that, too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tickets: Vec<TicketId>,
    },
    /// A customer has asked.
    Asked {
        /// Who.
        customer: ContactId,
        /// Where.
        message: MessageRef,
    },
    /// There was news of where it stands, for everybody.
    Updated {
        /// Where the host keeps it.
        message: MessageRef,
        /// Whether it answered what each customer had asked.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        answers: bool,
    },
    /// A ticket is about it.
    Linked {
        /// Which.
        ticket: TicketId,
        /// Whose it is.
        customer: ContactId,
        /// How often he was hit, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recurrence: Option<Recurrence>,
    },
    /// It is not about it after all.
    Unlinked {
        /// Which.
        ticket: TicketId,
    },
    /// The clocks of a linked ticket go so while it lasts.
    Held {
        /// Which.
        ticket: TicketId,
        /// How.
        clocks: Clocks,
    },
    /// They go as ever again.
    Freed {
        /// Which.
        ticket: TicketId,
        /// How they went.
        clocks: Clocks,
    },
    /// A linked ticket was answered by what everybody was told.
    Credited {
        /// Which.
        ticket: TicketId,
        /// By whom.
        author: Author,
        /// Where the host keeps it.
        message: MessageRef,
    },
    /// The desk has apologised. Nothing is kept by that.
    Apologised {
        /// Where.
        message: MessageRef,
    },
    /// Somebody has looked at where it stands, or back at how it went.
    Reviewed {
        /// Where that is put down.
        message: MessageRef,
    },
    /// Its cause is gone.
    Resolved {
        /// What shows it.
        message: MessageRef,
    },
    /// A customer has said whether he is safe.
    Heard {
        /// Who.
        customer: ContactId,
        /// Whether he is.
        safe: bool,
        /// Where he said so.
        message: MessageRef,
    },
    /// A customer who was not safe is so.
    Repaired {
        /// Who.
        customer: ContactId,
        /// What shows it.
        message: MessageRef,
    },
    /// It was not over.
    Reopened {
        /// Where it was.
        from: Phase,
        /// What shows it.
        message: MessageRef,
    },
    /// It was closed, and a customer is owed something because of it again.
    TakenUp {},
    /// Nothing was owed because of it any more.
    Closed {},
    /// It goes on as part of another.
    MergedInto {
        /// The other.
        incident: IncidentId,
    },
    /// Another goes on as part of it.
    MergedFrom {
        /// The other.
        incident: IncidentId,
        /// How that stood.
        standing: Box<Standing>,
    },
}

/// What was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// How grave it was.
    pub severity: Name,
    /// Who answers for it.
    pub owner: Owner,
    /// Who leads it.
    pub lead: Owner,
    /// What is owed.
    pub owes: Owes,
    /// What becomes of the clocks of linked tickets while it lasts.
    #[serde(default)]
    pub clocks: Clocks,
}

/// Something that a customer is still to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// What.
    pub what: Role,
    /// The commitment.
    pub commitment: CommitmentId,
    /// By when.
    pub due: Timestamp,
}
