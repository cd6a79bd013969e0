//! What a host tells of a ticket in words of its own.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// The value of one of a ticket's own fields: `"gold"`, `12`, `true`.
///
/// What a host knows of a customer's history comes in the same way: `{"breaches_this_quarter": 3}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number; only these are more or less than others.
    Number(i64),
    /// A short text, taken as it stands.
    Text(Name),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(true) => f.pad("yes"),
            Self::Flag(false) => f.pad("no"),
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Text(text) => fmt::Display::fmt(text, f),
        }
    }
}
