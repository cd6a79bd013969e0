//! The second time of a fact: when it happened, where that differs from when the host took it in.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// When something happened, and who says so.
///
/// A mail that was sent a second before the deadline and fetched three seconds after it was in time; the envelope's `at` says
/// when it was fetched, this says when it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The instant; never after the host took the fact in.
    pub at: Timestamp,
    /// Who vouches for it.
    pub stamp: Stamp,
}

/// Who vouches for an earlier instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamp {
    /// The channel that carried it: a mail server, a telephone system. It corrects a breach by itself.
    Transport,
    /// A person. It is put on record, and corrects nothing by itself.
    Claim,
}
