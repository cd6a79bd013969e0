//! Open time that has a date: from an instant to an instant.

use serde::{Deserialize, Serialize};

use super::ElapsedTime;
use crate::Timestamp;

/// A stretch of open time, half-open: at `until` it is closed, or the question ended there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub until: Timestamp,
}

impl Span {
    /// How long it lasts; nothing if it ends before it begins.
    #[must_use]
    pub fn length(self) -> ElapsedTime {
        ElapsedTime::from_micros(self.until.micros_since(self.from))
    }
}
