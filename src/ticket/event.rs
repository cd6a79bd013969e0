//! What has happened on a ticket. Stored for ever: fields may be added, never changed.

use serde::{Deserialize, Serialize};

use crate::commitment::Owner;
use crate::policy::{Author, Fact, Status, Visibility};
use crate::{ContactId, MessageRef, Priority};

/// A fact about a ticket itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A matter began.
    Opened {
        /// Whose matter it is.
        requester: ContactId,
        /// Who began it.
        author: Author,
        /// How urgent it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
        /// What he wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// A message came in or went out.
    MessageAdded {
        /// Who it comes from.
        author: Author,
        /// Who can read it.
        visibility: Visibility,
        /// Where the host keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// It stood elsewhere.
    StatusChanged {
        /// Where it stood.
        from: Status,
        /// Where it stands.
        to: Status,
    },
    /// It became more urgent, or less.
    PriorityChanged {
        /// How urgent it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Priority>,
        /// How urgent it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Priority>,
    },
    /// It was given to somebody.
    Assigned {
        /// Who answers for it; absent: nobody in particular.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Owner>,
    },
    /// A solution was given.
    Solved {
        /// Where it stood.
        from: Status,
    },
    /// It was over.
    Closed {
        /// Where it stood.
        from: Status,
    },
    /// It was not over after all.
    Reopened {
        /// Where it stood.
        from: Status,
    },
}

impl Event {
    /// The same as a fact that the patterns of metrics match.
    #[must_use]
    pub fn fact(&self) -> Fact {
        match self {
            Self::Opened { author, priority, .. } => Fact::Opened(*author, priority.clone()),
            Self::MessageAdded { author, visibility, .. } => Fact::Message(*author, *visibility),
            Self::StatusChanged { from, to } => Fact::Status(*from, *to),
            Self::PriorityChanged { to, .. } => Fact::Priority(to.clone()),
            Self::Assigned { .. } => Fact::Assigned,
            Self::Solved { from } => Fact::Status(*from, Status::Solved),
            Self::Closed { from } => Fact::Status(*from, Status::Closed),
            Self::Reopened { from } => Fact::Status(*from, Status::Open),
        }
    }

    /// The message that it tells of.
    #[must_use]
    pub const fn message(&self) -> Option<&MessageRef> {
        match self {
            Self::Opened { message, .. } | Self::MessageAdded { message, .. } => message.as_ref(),
            Self::StatusChanged { .. }
            | Self::PriorityChanged { .. }
            | Self::Assigned { .. }
            | Self::Solved { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. } => None,
        }
    }
}
