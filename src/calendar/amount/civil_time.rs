//! Civil time: days, weeks and months as a wall calendar counts them.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AmountError, unit};

/// So many dates on, at the same time on the wall: `"3 days"`, `"8 weeks"`, `"1 month"`.
///
/// ```
/// use owed::calendar::CivilTime;
///
/// assert_eq!("1 month".parse(), Ok(CivilTime::Months(1)));
/// assert_eq!(CivilTime::Weeks(8).to_string(), "8 weeks");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CivilTime {
    /// Dates. The night on which clocks are changed makes one of 23 or 25 hours.
    Days(u32),
    /// Seven dates each.
    Weeks(u32),
    /// The same day of a later month, or its last if it is shorter.
    Months(u32),
}

impl CivilTime {
    const fn parts(self) -> (u32, &'static str) {
        match self {
            Self::Days(count) => (count, "day"),
            Self::Weeks(count) => (count, "week"),
            Self::Months(count) => (count, "month"),
        }
    }
}

impl FromStr for CivilTime {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (number, unit) = unit::split(text, text)?;
        let kind = match unit {
            "day" | "days" => Self::Days,
            "week" | "weeks" => Self::Weeks,
            "month" | "months" => Self::Months,
            _ => return Err(AmountError::NotCivil { text: text.into() }),
        };
        u32::try_from(number).map(kind).map_err(|_| AmountError::TooLong { text: text.into() })
    }
}

impl fmt::Display for CivilTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = self.parts();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}")
    }
}

impl Serialize for CivilTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
