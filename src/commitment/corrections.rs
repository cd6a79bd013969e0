//! How far a person may put a record right.

use serde::{Serialize, Serializer};

use crate::calendar::{Amount, ElapsedTime};
use crate::{Timestamp, has_passed};

/// How far a person may put a record right. Where a rulebook says nothing of it, nobody may.
///
/// What does not count under it is no error: a claim that something was done in time, made after the window or under four eyes by whoever did it, is taken
/// for what it is beyond doubt, a delivery when it is told, and late. [`Commitment::verdict`](super::Commitment::verdict) says which it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Corrections {
    /// How long after a breach, or after something was closed.
    #[serde(serialize_with = "as_amount")]
    pub window: ElapsedTime,
    /// Whether it takes another than the one who answered for it when it was broken.
    pub four_eyes: bool,
}

impl Corrections {
    /// Whether what stands on record since an instant can still be put right.
    pub(super) const fn reach(&self, since: Timestamp, now: Timestamp) -> bool {
        !has_passed(self.last(since), now)
    }

    /// The last instant at which it can.
    pub(super) const fn last(&self, since: Timestamp) -> Timestamp {
        since.plus_micros(self.window.as_micros())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_amount<S: Serializer>(time: &ElapsedTime, serializer: S) -> Result<S::Ok, S::Error> {
    Amount::Elapsed(*time).serialize(serializer)
}
