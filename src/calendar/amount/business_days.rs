//! Business days: a number of working days, and where on the last of them.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AmountError, unit};
use crate::calendar::DayTime;

/// Where on its last day a number of business days ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DayEnd {
    /// At the same time of day at which it was counted from.
    #[default]
    SameTime,
    /// When the hours of that day end.
    Close,
    /// At this time of day.
    At(DayTime),
}

/// So many working days on: `"5 business days"`, `"3 business days, close"`, `"1 business day, 17:00"`.
///
/// ```
/// use owed::calendar::{BusinessDays, DayEnd};
///
/// let complaint: BusinessDays = "3 business days, close".parse()?;
/// assert_eq!(complaint, BusinessDays { days: 3, ends: DayEnd::Close });
/// assert_eq!(BusinessDays::new(5).to_string(), "5 business days");
/// # Ok::<(), owed::calendar::AmountError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BusinessDays {
    /// How many.
    pub days: u32,
    /// Where on the last of them.
    pub ends: DayEnd,
}

impl BusinessDays {
    /// So many business days on, at the same time of day.
    #[must_use]
    pub const fn new(days: u32) -> Self {
        Self { days, ends: DayEnd::SameTime }
    }

    /// The same number of days, ending elsewhere on the last.
    #[must_use]
    pub const fn ending(self, ends: DayEnd) -> Self {
        Self { ends, ..self }
    }
}

impl FromStr for BusinessDays {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (amount, ends) = match text.split_once(", ") {
            None => (text, Ok(DayEnd::SameTime)),
            Some((amount, "close")) => (amount, Ok(DayEnd::Close)),
            Some((amount, time)) => (amount, time.parse().map(DayEnd::At)),
        };
        let (number, unit) = unit::split(text, amount)?;
        if !matches!(unit, "business day" | "business days") {
            return Err(AmountError::NotBusinessDays { text: text.into() });
        }
        let days = u32::try_from(number).map_err(|_| AmountError::TooLong { text: text.into() })?;
        let ends = ends.map_err(|_| AmountError::DayEnd { text: text.into() })?;
        Ok(Self { days, ends })
    }
}

impl fmt::Display for BusinessDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.days == 1 { "" } else { "s" };
        write!(f, "{} business day{plural}", self.days)?;
        match self.ends {
            DayEnd::SameTime => Ok(()),
            DayEnd::Close => f.write_str(", close"),
            DayEnd::At(time) => write!(f, ", {time}"),
        }
    }
}

impl Serialize for BusinessDays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BusinessDays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
