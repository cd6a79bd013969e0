//! Why a condition does not hold.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::words::or;
use crate::Name;

/// What a condition asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// Where the ticket stands.
    Status,
    /// How urgent it is.
    Priority,
    /// Who began it.
    Author,
    /// How one speaks with the customer.
    Channel,
    /// In which language.
    Language,
    /// What kind of matter it is.
    Kind,
    /// The desk's own name for where it stands.
    StatusName,
    /// Whether it is in a sample.
    Sample,
    /// The host's own words for it.
    Tags,
    /// The team that has it.
    Team,
    /// The agent who has it.
    Agent,
    /// Whose matter it is.
    Requester,
    /// The customer's company.
    Organisation,
    /// The supplier who has it.
    Vendor,
    /// Whether some supplier has it.
    WithVendor,
    /// Whether the customer is on hold on a live channel.
    OnTheLine,
    /// Whether he has asked to speak with a human being.
    HumanAskedFor,
    /// One of the ticket's own fields.
    Field(Name),
}

/// Why a condition does not hold of a ticket: `priority is P4, not P1 or P2`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unmet {
    /// Something is other than it should be.
    Is {
        /// What.
        what: Subject,
        /// What it is; absent: nothing, or nobody knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found: Option<String>,
        /// What it should be, one of these.
        wanted: Vec<String>,
    },
    /// Of several conditions none holds, each for its reason.
    NoneOf(Vec<Self>),
    /// Something holds that should not.
    Holds(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Author => "author",
            Self::Channel => "channel",
            Self::Language => "language",
            Self::Kind => "kind",
            Self::StatusName => "status name",
            Self::Sample => "in the sample",
            Self::Tags => "tags",
            Self::Team => "team",
            Self::Agent => "agent",
            Self::Requester => "requester",
            Self::Organisation => "organisation",
            Self::Vendor => "supplier",
            Self::WithVendor => "with a supplier",
            Self::OnTheLine => "on the line",
            Self::HumanAskedFor => "human asked for",
            Self::Field(field) => field.as_str(),
        })
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is { what, found, wanted } => {
                match (what, found) {
                    (Subject::Tags, Some(found)) => write!(f, "tags are {found}, not ")?,
                    (Subject::Tags, None) => f.write_str("there are no tags, not ")?,
                    (_, found) => write!(f, "{what} is {}, not ", found.as_deref().unwrap_or("unknown"))?,
                }
                or(f, wanted)
            }
            Self::NoneOf(reasons) => {
                for (index, reason) in reasons.iter().enumerate() {
                    let between = if index == 0 { "" } else { "; and " };
                    write!(f, "{between}{reason}")?;
                }
                Ok(())
            }
            Self::Holds(condition) => write!(f, "{condition}, and must not"),
        }
    }
}
