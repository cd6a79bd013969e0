//! An amount of time in any unit there is.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Amount, AmountError, BusinessDays, CivilTime, ElapsedTime, WorkingTime};

/// An amount of time with its unit, whichever it is. Units are never mixed silently: what is added is what is named.
///
/// It reads and prints as a person would write it, and serialises as that text.
///
/// ```
/// use owed::calendar::{BusinessDays, CivilTime, Term};
///
/// assert_eq!("5 business days".parse(), Ok(Term::Business(BusinessDays::new(5))));
/// assert_eq!("1 month".parse(), Ok(Term::Civil(CivilTime::Months(1))));
/// let texts = ["4 working hours", "72 hours", "5 business days, close", "8 weeks"];
/// assert!(texts.iter().all(|text| text.parse::<Term>().is_ok_and(|term| term.to_string() == *text)));
/// ```
///
/// # Example: a unit that there is not
///
/// ```
/// use owed::calendar::Term;
///
/// let error = "2 fortnights".parse::<Term>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\"2 fortnights\" is no amount of time; write \"4 working hours\", \"72 hours\", \"5 business days\", \"8 weeks\" or \"1 month\""
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Time during which a calendar is open.
    Working(WorkingTime),
    /// Physical time, open or not.
    Elapsed(ElapsedTime),
    /// Dates on which a calendar is open.
    Business(BusinessDays),
    /// Dates, open or not.
    Civil(CivilTime),
}

impl Term {
    /// Whether a calendar is needed to count it: for all but elapsed time.
    ///
    /// # A day is one on a wall, so even that needs a calendar
    ///
    /// ```
    /// use owed::calendar::Term;
    ///
    /// assert!("1 day".parse::<Term>()?.needs_calendar());
    /// assert!(!"24 hours".parse::<Term>()?.needs_calendar());
    /// # Ok::<(), owed::calendar::AmountError>(())
    /// ```
    #[must_use]
    pub const fn needs_calendar(self) -> bool {
        match self {
            Self::Working(_) | Self::Business(_) | Self::Civil(_) => true,
            Self::Elapsed(_) => false,
        }
    }

    /// Whether it is no time at all, whatever its unit.
    ///
    /// # No business days are nothing, wherever they end
    ///
    /// ```
    /// use owed::calendar::{BusinessDays, DayEnd, Term};
    ///
    /// assert!(Term::from(BusinessDays::new(0).ending(DayEnd::Close)).is_nothing());
    /// assert!(!Term::from(BusinessDays::new(1)).is_nothing());
    /// ```
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        match self {
            Self::Working(time) => time.as_micros() == 0,
            Self::Elapsed(time) => time.as_micros() == 0,
            Self::Business(days) => days.days == 0,
            Self::Civil(CivilTime::Days(count) | CivilTime::Weeks(count) | CivilTime::Months(count)) => count == 0,
        }
    }

    /// Whether it is shorter than another of the same unit. Of two units, nobody can say.
    pub(crate) const fn is_shorter_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::Working(time), Self::Working(other)) => time.as_micros() < other.as_micros(),
            (Self::Elapsed(time), Self::Elapsed(other)) => time.as_micros() < other.as_micros(),
            (Self::Business(days), Self::Business(other)) => days.days < other.days,
            (Self::Civil(CivilTime::Days(count)), Self::Civil(CivilTime::Days(other)))
            | (Self::Civil(CivilTime::Weeks(count)), Self::Civil(CivilTime::Weeks(other)))
            | (Self::Civil(CivilTime::Months(count)), Self::Civil(CivilTime::Months(other))) => count < other,
            (Self::Working(_) | Self::Elapsed(_) | Self::Business(_) | Self::Civil(_), _) => false,
        }
    }

    /// Whether another counts in the same unit, so that one of the two is the longer whatever the hour.
    pub(crate) const fn is_of_the_unit(self, other: Self) -> bool {
        match (self, other) {
            (Self::Working(_), Self::Working(_))
            | (Self::Elapsed(_), Self::Elapsed(_))
            | (Self::Business(_), Self::Business(_))
            | (Self::Civil(_), Self::Civil(_)) => true,
            (Self::Working(_) | Self::Elapsed(_) | Self::Business(_) | Self::Civil(_), _) => false,
        }
    }

    /// So many times as long, in the same unit. More than can be held is the most that can.
    ///
    /// ```
    /// use owed::calendar::Term;
    ///
    /// assert_eq!("2 business days, close".parse::<Term>()?.times(3).to_string(), "6 business days, close");
    /// # Ok::<(), owed::calendar::AmountError>(())
    /// ```
    ///
    /// # The most that can be held is the end
    ///
    /// ```
    /// use owed::calendar::{CivilTime, Term};
    ///
    /// let most = Term::from(CivilTime::Days(u32::MAX));
    /// assert_eq!(most.times(2), most);
    /// assert!(most.times(0).is_nothing());
    /// ```
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        let micros = |micros: u64| micros.saturating_mul(factor.into());
        match self {
            Self::Working(time) => Self::Working(WorkingTime::from_micros(micros(time.as_micros()))),
            Self::Elapsed(time) => Self::Elapsed(ElapsedTime::from_micros(micros(time.as_micros()))),
            Self::Business(days) => Self::Business(BusinessDays { days: days.days.saturating_mul(factor), ..days }),
            Self::Civil(CivilTime::Days(days)) => CivilTime::Days(days.saturating_mul(factor)).into(),
            Self::Civil(CivilTime::Weeks(weeks)) => CivilTime::Weeks(weeks.saturating_mul(factor)).into(),
            Self::Civil(CivilTime::Months(months)) => CivilTime::Months(months.saturating_mul(factor)).into(),
        }
    }
}

impl From<Amount> for Term {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Working(time) => Self::Working(time),
            Amount::Elapsed(time) => Self::Elapsed(time),
        }
    }
}

impl From<WorkingTime> for Term {
    fn from(time: WorkingTime) -> Self {
        Self::Working(time)
    }
}

impl From<ElapsedTime> for Term {
    fn from(time: ElapsedTime) -> Self {
        Self::Elapsed(time)
    }
}

impl From<BusinessDays> for Term {
    fn from(days: BusinessDays) -> Self {
        Self::Business(days)
    }
}

impl From<CivilTime> for Term {
    fn from(time: CivilTime) -> Self {
        Self::Civil(time)
    }
}

impl FromStr for Term {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        match (text.parse::<CivilTime>(), text.parse::<BusinessDays>()) {
            (Ok(time), _) => return Ok(Self::Civil(time)),
            (_, Ok(days)) => return Ok(Self::Business(days)),
            (Err(error @ AmountError::TooLong { .. }), _)
            | (_, Err(error @ (AmountError::TooLong { .. } | AmountError::DayEnd { .. }))) => return Err(error),
            _ => {}
        }
        text.parse::<Amount>().map(Self::from).map_err(|error| match error {
            AmountError::UnknownUnit { text, .. } | AmountError::CountsDates { text, .. } => {
                AmountError::NoTerm { text }
            }
            other => other,
        })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Working(time) => time.fmt(f),
            Self::Elapsed(time) => time.fmt(f),
            Self::Business(days) => days.fmt(f),
            Self::Civil(time) => time.fmt(f),
        }
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
