//! What waits for an instant, in the order in which it goes off.

use serde::{Deserialize, Serialize};

use crate::{CommitmentId, Timestamp, WakeReason};

/// The event that set a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Armed {
    /// When it was recorded.
    pub at: Timestamp,
    /// Its version.
    pub version: u64,
}

/// One timer of one thing. Its order is the order of time's facts: by instant, then by rank, then by the event that set it.
///
/// The id comes last and decides nothing: one event sets the timers of one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timer<I = CommitmentId> {
    /// The instant after which it goes off.
    pub(crate) nominal: Timestamp,
    /// What it is, which ranks those of one instant.
    pub(crate) reason: WakeReason,
    /// The version of the event that set it.
    pub(crate) version: u64,
    /// Which of several that the event set: the place of a warning in its list.
    pub(crate) index: u16,
    /// Whose it is.
    pub(crate) of: I,
}

impl<I> Timer<I> {
    /// What ranks it among the timers of other rooms.
    pub(crate) const fn rank(&self) -> (Timestamp, WakeReason, u64) {
        (self.nominal, self.reason, self.version)
    }
}
