//! The next instant at which anything has something to say, and why.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// When to call `wake` next, and what will have happened by then.
///
/// A host sleeps until `at` and calls `wake` with the time it then is. Sleeping too long changes nothing but the time at
/// which the host hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Wake {
    /// The earliest instant at which `wake` yields something.
    pub at: Timestamp,
    /// What goes off then.
    pub reason: WakeReason,
}

/// What goes off, in the order in which timers of one instant go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WakeReason {
    /// What was found in a message and reviewed by nobody counts from now on.
    ReviewBy,
    /// The customer's part was not done in time.
    ConditionLimit,
    /// A pause has lasted as long as it may.
    ResumeBy,
    /// A deadline is near enough to warn of.
    Warning,
    /// A deadline passes.
    Due,
    /// A series has not come to its end by its horizon.
    Horizon,
    /// Nobody has taken up an escalation, and somebody else is to hear of it.
    Rung,
    /// Whoever took it up, or put it off, has had his time.
    HoldOver,
    /// Nobody is left to hear of it, and it is not forgotten.
    Reminder,
    /// The customer has been silent so long that he is to be told, or the matter is closed.
    Silence,
}

impl Wake {
    /// The wake for a timer set for `instant`: one microsecond after it, since done *at* the instant is in time.
    ///
    /// `None` at the end of time, after which there is no microsecond left.
    ///
    /// # The deadline itself is in time
    ///
    /// ```
    /// use owed::{Timestamp, Wake, WakeReason};
    ///
    /// let due = Timestamp::from_micros(10);
    /// assert_eq!(Wake::just_after(due, WakeReason::Due).map(|wake| wake.at), Some(due.plus_micros(1)));
    /// assert_eq!(Wake::just_after(Timestamp::MAX, WakeReason::Due), None);
    /// ```
    #[must_use]
    pub fn just_after(instant: Timestamp, reason: WakeReason) -> Option<Self> {
        (instant < Timestamp::MAX).then(|| Self { at: instant.plus_micros(1), reason })
    }
}
