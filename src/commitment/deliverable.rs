//! What is to be done.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deliverable {
    /// An answer to what the customer wrote.
    Reply,
    /// A call to the customer.
    Callback,
    /// News of where things stand.
    Update,
    /// The matter solved.
    Fix,
    /// Data or a service brought back.
    Restore,
    /// Money back.
    Refund(Kept),
    /// Another thing for the broken one.
    Replacement,
    /// Something for the trouble.
    Compensation,
    /// Somebody comes.
    Visit,
    /// A warning to those concerned.
    Notice,
    /// Why it went wrong.
    Explanation,
    /// A yes or a no by one who may give it.
    Decision,
    /// The question whether it was well done.
    Feedback,
    /// A look back at how it was handled.
    Review,
    /// Something else, in the host's own word.
    Other(Name),
}

/// When a payment counts as made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// When the desk sent it.
    Sent,
    /// When the customer has it.
    Received,
}

impl fmt::Display for Deliverable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reply => "reply",
            Self::Callback => "callback",
            Self::Update => "update",
            Self::Fix => "fix",
            Self::Restore => "restore",
            Self::Refund(_) => "refund",
            Self::Replacement => "replacement",
            Self::Compensation => "compensation",
            Self::Visit => "visit",
            Self::Notice => "notice",
            Self::Explanation => "explanation",
            Self::Decision => "decision",
            Self::Feedback => "feedback",
            Self::Review => "review",
            Self::Other(name) => name.as_str(),
        })
    }
}
