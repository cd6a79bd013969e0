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
    ///
    /// # The wrong way round it has no length
    ///
    /// ```
    /// use owed::Timestamp;
    /// use owed::calendar::{ElapsedTime, Span};
    ///
    /// let (sooner, later) = (Timestamp::from_micros(3), Timestamp::from_micros(10));
    /// assert_eq!(Span { from: sooner, until: later }.length().as_micros(), 7);
    /// assert_eq!(Span { from: later, until: sooner }.length(), ElapsedTime::ZERO);
    /// ```
    #[must_use]
    pub fn length(self) -> ElapsedTime {
        ElapsedTime::from_micros(self.until.micros_since(self.from))
    }
}
