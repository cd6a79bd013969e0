//! Amounts of time that name their unit: "4 working hours" are not "4 hours".

mod business_days;
mod civil_time;
mod duration;
mod error;
pub(crate) mod micros;
mod term;
mod unit;

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use business_days::{BusinessDays, DayEnd};
pub use civil_time::CivilTime;
pub use duration::{ElapsedTime, WorkingTime};
pub use error::AmountError;
pub use term::Term;
use unit::Quantity;

/// An amount of time, with what is counted: open time only, or all of it.
///
/// It reads and prints as a person would write it, in the largest unit that divides it, and serialises as that text.
/// Only whole numbers are read.
///
/// ```
/// use owed::calendar::{Amount, ElapsedTime, WorkingTime};
///
/// let budget: Amount = "90 working minutes".parse()?;
/// assert_eq!(budget, Amount::Working(WorkingTime::from_minutes(90).unwrap()));
/// assert_eq!(Amount::Elapsed(ElapsedTime::from_hours(72).unwrap()).to_string(), "72 hours");
/// # Ok::<(), owed::calendar::AmountError>(())
/// ```
///
/// Business days, and the days, weeks and months of a wall calendar, are no amounts of this kind but a [`Term`].
///
/// # Example: a unit that is none of time
///
/// ```
/// use owed::calendar::Amount;
///
/// let error = "5 business days".parse::<Amount>().unwrap_err();
/// assert_eq!(error.to_string(), "\"5 business days\": business days are dates, and an amount of time is wanted here; write hours or working hours");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Time during which a calendar is open.
    Working(WorkingTime),
    /// Physical time, open or not.
    Elapsed(ElapsedTime),
}

impl Amount {
    /// How many microseconds this is, of whichever kind of time.
    #[must_use]
    pub const fn as_micros(self) -> u64 {
        match self {
            Self::Working(time) => time.as_micros(),
            Self::Elapsed(time) => time.as_micros(),
        }
    }

    /// So many microseconds of the same kind of time.
    ///
    /// # It stays the same kind of time
    ///
    /// ```
    /// use owed::calendar::Amount;
    ///
    /// let budget: Amount = "4 working hours".parse()?;
    /// assert_eq!(budget.with_micros(60_000_000).to_string(), "1 working minute");
    /// # Ok::<(), owed::calendar::AmountError>(())
    /// ```
    #[must_use]
    pub const fn with_micros(self, micros: u64) -> Self {
        match self {
            Self::Working(_) => Self::Working(WorkingTime::from_micros(micros)),
            Self::Elapsed(_) => Self::Elapsed(ElapsedTime::from_micros(micros)),
        }
    }

    /// Whether two amounts are of the same kind of time.
    ///
    /// # Four hours are not like four working hours
    ///
    /// ```
    /// use owed::calendar::Amount;
    ///
    /// let [working, longer, elapsed] = ["4 working hours", "8 working hours", "4 hours"].map(|text| text.parse::<Amount>());
    /// assert!(working.clone()?.is_like(longer?));
    /// assert!(!working?.is_like(elapsed?));
    /// # Ok::<(), owed::calendar::AmountError>(())
    /// ```
    #[must_use]
    pub const fn is_like(self, other: Self) -> bool {
        matches!((self, other), (Self::Working(_), Self::Working(_)) | (Self::Elapsed(_), Self::Elapsed(_)))
    }
}

impl From<WorkingTime> for Amount {
    fn from(time: WorkingTime) -> Self {
        Self::Working(time)
    }
}

impl From<ElapsedTime> for Amount {
    fn from(time: ElapsedTime) -> Self {
        Self::Elapsed(time)
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Reads a whole number and a unit: `1 working hour`, `72 hours`, `30 seconds`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Quantity { micros, working } = unit::read(text)?;
        Ok(if working {
            Self::Working(WorkingTime::from_micros(micros))
        } else {
            Self::Elapsed(ElapsedTime::from_micros(micros))
        })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Working(time) => time.fmt(f),
            Self::Elapsed(time) => time.fmt(f),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
