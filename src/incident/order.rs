//! What may be asked of an incident.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::affected::Affected;
use super::clocks::Clocks;
use super::role::Role;
use super::terms::{Mending, Owes, Updates};
use crate::commitment::{Channel, DueRule, Owner};
use crate::{ContactId, MessageRef, Name, TicketId};

/// What a host may ask of an incident. There is none that removes anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Something has happened that affects customers.
    Declare(Box<Declare>),
    /// It is graver than it was held to be, or less grave.
    SetSeverity {
        /// How grave it is, in the host's word.
        severity: Name,
    },
    /// These customers are affected, too. Each is owed his notice from now on. Of who is known to be affected already only what is new is taken
    /// in: how one speaks with him, if nobody knew; who is there for him from now on; how often he was hit.
    Affect {
        /// Who.
        #[serde(deserialize_with = "crate::document::strict")]
        customers: Vec<Affected>,
    },
    /// A customer is none of those affected.
    TakeOff {
        /// Who.
        customer: ContactId,
        /// Why.
        #[serde(deserialize_with = "crate::document::strict")]
        why: WhyOff,
    },
    /// A customer is spoken with in another way from now on.
    Reach {
        /// Who.
        customer: ContactId,
        /// Over which channel; absent: the host knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// In which language; absent: the host knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Name>,
    },
    /// Customers were told.
    Tell {
        /// What.
        what: Telling,
        /// Whom.
        whom: Whom,
        /// Where the host keeps it.
        message: MessageRef,
    },
    /// What a customer was told by this message has come back. He is owed it as before, so late if its deadline has passed. What he was told
    /// by another message stays told; and news of an end that was none he need not hear.
    Bounce {
        /// What.
        what: Telling,
        /// Who was not reached.
        customer: ContactId,
        /// The message that came back.
        message: MessageRef,
    },
    /// A customer asks, and is owed an answer.
    Ask {
        /// Who.
        customer: ContactId,
        /// Where he asked.
        message: MessageRef,
    },
    /// He was answered, by a human being.
    Answer {
        /// Who.
        customer: ContactId,
        /// Where.
        message: MessageRef,
    },
    /// News of where it stands, for everybody.
    Update {
        /// Where the host keeps it.
        message: MessageRef,
        /// Whether it answers what each customer has asked, here and on the linked tickets. Only the host can know.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        answers: bool,
    },
    /// A ticket is about it. Its customer is affected from now on, if he was not.
    Link {
        /// Which.
        ticket: TicketId,
        /// Whose it is.
        customer: ContactId,
    },
    /// It is not about it after all.
    Unlink {
        /// Which.
        ticket: TicketId,
    },
    /// The desk apologises. That keeps no promise.
    Apologise {
        /// Where.
        message: MessageRef,
    },
    /// Somebody has looked at where it stands, or, once it is over, back at how it went.
    Review {
        /// Where that is put down.
        message: MessageRef,
        /// By when the next look is owed, as long as it lasts and no fix is.
        #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
        next: Option<DueRule>,
    },
    /// Its cause is gone.
    Resolve {
        /// What shows it. An apology shows nothing.
        message: MessageRef,
    },
    /// A customer says that he is safe, or that he is not.
    Hear {
        /// Who.
        customer: ContactId,
        /// Whether he is.
        safe: bool,
        /// Where he said so.
        message: MessageRef,
    },
    /// A customer who was not safe is so now.
    Repair {
        /// Who.
        customer: ContactId,
        /// What shows it.
        message: MessageRef,
    },
    /// It was not over.
    Reopen {
        /// What shows it.
        message: MessageRef,
        /// What is owed of the cause from now on.
        #[serde(deserialize_with = "crate::document::strict")]
        mending: Mending,
        /// News every so often, as a new series; absent: none.
        #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
        updates: Option<Updates>,
    },
    /// Nothing is owed because of it any more.
    Close {},
}

/// The order that declares an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declare {
    /// How grave it is, in the host's word.
    pub severity: Name,
    /// Who answers for it.
    #[serde(deserialize_with = "crate::document::strict")]
    pub owner: Owner,
    /// Who leads it, by name: he decides how it goes on when the updates come to their horizon.
    #[serde(deserialize_with = "crate::document::strict")]
    pub lead: Owner,
    /// What is owed.
    #[serde(deserialize_with = "crate::document::strict")]
    pub owes: Owes,
    /// What becomes of the clocks of linked tickets while it lasts.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "is_on")]
    pub clocks: Clocks,
    /// Who is known to be affected.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<Affected>,
}

const fn is_on(clocks: &Clocks) -> bool {
    clocks.are_left()
}

/// Why a customer is none of those affected. A desk cannot drop what it owes him: it was an error, or he lets it off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOff {
    /// He never was. What he is owed is struck out as recorded in error; what he was told stays told.
    NotAffected {
        /// How it came that he was held to be.
        reason: Name,
        /// What shows it.
        evidence: MessageRef,
    },
    /// He does not want to hear of it. What he is owed is released, and waived where it is broken.
    Released {
        /// How he said so.
        evidence: MessageRef,
    },
}

/// What customers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// That they are affected.
    Notice,
    /// That it is over.
    News,
    /// That the desk wants to know whether they are safe.
    Feedback,
}

impl Telling {
    pub(super) const fn role(self) -> Role {
        match self {
            Self::Notice => Role::Notice,
            Self::News => Role::News,
            Self::Feedback => Role::Feedback,
        }
    }
}

/// Whom something is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Everybody who is owed it.
    Everybody,
    /// These.
    These(Vec<ContactId>),
}
