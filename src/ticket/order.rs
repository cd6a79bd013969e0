//! What may be asked of a ticket.

use serde::{Deserialize, Serialize};

use crate::commitment::{Owner, strict};
use crate::policy::{Author, Status, Visibility};
use crate::{ContactId, MessageRef, Priority};

/// What a host may ask of a ticket. There is none that removes anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// A matter begins.
    Open {
        /// The customer whose matter it is.
        requester: ContactId,
        /// Who began it: the customer (also where an agent writes down what he says), or the desk.
        #[serde(default = "customer")]
        author: Author,
        /// How urgent it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
        /// What he wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// A message came in or went out.
    Message {
        /// Who it comes from, in substance.
        author: Author,
        /// Who can read it.
        #[serde(default)]
        visibility: Visibility,
        /// Where the host keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// It stands elsewhere now: new, open, pending or on hold. Solving, closing and reopening are orders of their own.
    SetStatus {
        /// Where.
        status: Status,
    },
    /// It is more urgent, or less.
    SetPriority {
        /// How urgent; absent: nobody says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
    },
    /// It is given to a team, or to one in it; or taken from them and given to nobody.
    Assign {
        /// Who answers for it from now on; absent: nobody in particular.
        #[serde(default, deserialize_with = "strict::owner_if_any", skip_serializing_if = "Option::is_none")]
        to: Option<Owner>,
    },
    /// A solution was given. Never refused.
    Solve {},
    /// It is over. Refused while a promise is owed.
    Close {},
    /// It is not over after all.
    Reopen {},
}

const fn customer() -> Author {
    Author::Customer
}
