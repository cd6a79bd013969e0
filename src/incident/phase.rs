//! Where an incident is.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// Where an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It lasts.
    Ongoing,
    /// Its cause is gone. What is owed because of it may not be done.
    Resolved,
    /// Nothing is owed because of it any more.
    Closed,
    /// It goes on as part of another.
    Merged(IncidentId),
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ongoing => f.pad("ongoing"),
            Self::Resolved => f.pad("resolved"),
            Self::Closed => f.pad("closed"),
            Self::Merged(into) => write!(f, "merged into {into}"),
        }
    }
}
