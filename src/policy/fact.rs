//! What a metric can see of a ticket: its facts, and how it stands.

use serde::{Deserialize, Serialize};

use crate::{Priority, Timestamp};

/// Who a message or a ticket comes from, in substance: a mail that an agent types in for a caller is the customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer, or somebody for him.
    Customer,
    /// One who works at the desk.
    Agent,
    /// An auto-reply, an acknowledgement, a macro.
    Automation,
    /// A language model that speaks for the desk.
    Ai,
    /// A supplier, or anybody else.
    ThirdParty,
    /// The system itself: a bounce, a delivery notice.
    System,
}

/// Who can read a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The customer too.
    #[default]
    Public,
    /// Only the desk.
    Internal,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    New,
    /// The desk is at it.
    Open,
    /// Waiting for the customer.
    Pending,
    /// Waiting for somebody else.
    OnHold,
    /// A solution was given.
    Solved,
    /// It is over.
    Closed,
}

impl core::fmt::Display for Status {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::OnHold => "on hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        })
    }
}

/// A fact that patterns match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The ticket was opened, with this priority.
    Opened(Author, Option<Priority>),
    /// A message came in or went out.
    Message(Author, Visibility),
    /// The status changed from one to another.
    Status(Status, Status),
    /// The priority became this, or none.
    Priority(Option<Priority>),
    /// It was given to somebody.
    Assigned,
}

/// How a ticket stands, as far as conditions ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a> {
    /// Its status.
    pub status: Status,
    /// Its priority.
    pub priority: Option<&'a Priority>,
}

/// A fact of a ticket's past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// When it was taken in.
    pub at: Timestamp,
    /// When it happened.
    pub happened: Timestamp,
    /// What it was.
    pub fact: Fact,
}
