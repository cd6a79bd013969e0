//! How one speaks with a customer.

use core::fmt;

use serde::{Deserialize, Serialize};

/// How one speaks with a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail.
    Email,
    /// In a chat.
    Chat,
    /// By telephone.
    Phone,
    /// On a social network.
    Social,
    /// By a form on a page.
    Web,
    /// Face to face.
    InPerson,
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Email => "e-mail",
            Self::Chat => "chat",
            Self::Phone => "phone",
            Self::Social => "social",
            Self::Web => "web",
            Self::InPerson => "in person",
        })
    }
}
