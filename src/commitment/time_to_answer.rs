//! How long a customer has to answer before his silence counts.

use serde::{Serialize, Serializer};

use crate::Timestamp;
use crate::calendar::{Amount, ElapsedTime};

/// How long a customer who is asked, reminded or warned has to answer, before the next of these steps and before he is absent: a
/// day, where nothing is said.
///
/// A promise can be taken away from a customer who stays silent, and silence that had no time to be broken is none. The
/// slowest way to ask is a mail to somebody who reads his once a day. None at all is for a host that sees to it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeToAnswer(pub ElapsedTime);

impl TimeToAnswer {
    /// What holds where nothing is said.
    pub const A_DAY: Self = Self(ElapsedTime::from_micros(86_400_000_000));

    /// From when on the next step can come.
    pub(super) const fn after(self, last: Timestamp) -> Timestamp {
        last.plus_micros(self.0.as_micros())
    }
}

impl Default for TimeToAnswer {
    fn default() -> Self {
        Self::A_DAY
    }
}

/// As text, as it is written: `"24 hours"`.
impl Serialize for TimeToAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Amount::Elapsed(self.0).serialize(serializer)
    }
}
