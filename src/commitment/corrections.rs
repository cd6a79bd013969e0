//! How far a person may put a record right.

use serde::{Serialize, Serializer};

use crate::calendar::{Amount, ElapsedTime};
use crate::{Timestamp, has_passed};

/// How far a person may put a record right. Where a rulebook says nothing of it, nobody may.
///
/// It bounds [`RecordInError`](super::Order::RecordInError), from when a commitment was made or closed, and what a person claims to have come before a verdict:
/// what he claims to have been done in time, and an act of the customer's, such as a release. It does not bound
/// [`Retract`](super::Order::Retract) and [`Exclude`](super::Order::Exclude), which count against the desk or stand beside the figures, nor what the channel vouches for.
///
/// What was claimed to be in time and does not count under it, since the window is over or four eyes are required, is no error: it is taken for what it is beyond
/// doubt, a delivery when it is told, and late. An act of the customer's is refused then. [`Commitment::verdict`](super::Commitment::verdict) says which it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Corrections {
    /// How long after a breach, or after something was closed.
    #[serde(serialize_with = "as_amount")]
    pub window: ElapsedTime,
    /// Whether it takes another than the one who answered for it when it was broken, and whoever he is, a person of the desk or the customer.
    ///
    /// A message, a call or a status that is told late has somebody who tells of it, and nobody who confirms it: under four eyes it corrects nothing, unless
    /// the channel vouches for it. Another person puts the breach right by an [`Order::Fulfil`](super::Order::Fulfil) with the same instant.
    pub four_eyes: bool,
}

impl Corrections {
    /// Whether what stands on record since an instant can still be put right.
    pub(crate) const fn reach(&self, since: Timestamp, now: Timestamp) -> bool {
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
