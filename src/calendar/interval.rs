//! Hours of a day, undated: "from nine to five".

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::{DayTime, DayTimeError};

/// Opening hours within a day, half-open: at the end it is closed.
///
/// One whose end comes before its start crosses midnight, and belongs to the date on which it starts.
///
/// ```
/// use owed::calendar::Interval;
///
/// let night: Interval = "22:00-06:00".parse()?;
/// assert!(night.crosses_midnight());
/// assert_eq!(night.to_string(), "22:00-06:00");
/// # Ok::<(), owed::calendar::IntervalError>(())
/// ```
///
/// # Example: an interval without length
///
/// ```
/// use owed::calendar::Interval;
///
/// let error = "08:00-08:00".parse::<Interval>().unwrap_err();
/// assert_eq!(error.to_string(), "08:00-08:00 has no length; for a whole day write 00:00-24:00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: DayTime,
    end: DayTime,
}

impl Interval {
    /// The whole day, 00:00-24:00.
    pub const WHOLE_DAY: Self = Self { start: DayTime::START, end: DayTime::END };

    /// From `start` to `end`; on the next day if `end` is before `start`.
    ///
    /// # Errors
    /// [`IntervalError::NoLength`] if the two are equal, [`IntervalError::StartsAtEnd`] if it starts at 24:00.
    ///
    /// # It may end on the next day, and does not start at the end of one
    ///
    /// ```
    /// use owed::calendar::{DayTime, Interval, IntervalError};
    ///
    /// let (six, ten) = (DayTime::new(6, 0).unwrap(), DayTime::new(22, 0).unwrap());
    /// assert_eq!(Interval::new(ten, six).unwrap().to_string(), "22:00-06:00");
    /// assert_eq!(Interval::new(DayTime::START, DayTime::END), Ok(Interval::WHOLE_DAY));
    /// assert_eq!(Interval::new(six, six), Err(IntervalError::NoLength { at: six }));
    /// assert_eq!(Interval::new(DayTime::END, six), Err(IntervalError::StartsAtEnd));
    /// ```
    pub fn new(start: DayTime, end: DayTime) -> Result<Self, IntervalError> {
        if start == DayTime::END {
            Err(IntervalError::StartsAtEnd)
        } else if start == end {
            Err(IntervalError::NoLength { at: start })
        } else {
            Ok(Self { start, end })
        }
    }

    /// When it opens.
    #[must_use]
    pub const fn start(self) -> DayTime {
        self.start
    }

    /// When it closes, on the next day if that is before [`start`](Self::start).
    #[must_use]
    pub const fn end(self) -> DayTime {
        self.end
    }

    /// Whether it closes on the day after the one on which it opens.
    ///
    /// # Until midnight is not over it
    ///
    /// ```
    /// use owed::calendar::Interval;
    ///
    /// assert!(!"18:00-24:00".parse::<Interval>()?.crosses_midnight());
    /// assert!("18:00-00:00".parse::<Interval>()?.crosses_midnight()); // it ends when the next day begins
    /// # Ok::<(), owed::calendar::IntervalError>(())
    /// ```
    #[must_use]
    pub fn crosses_midnight(self) -> bool {
        self.end < self.start
    }

    /// Both ends in seconds after the midnight with which its day begins; less than two days.
    pub(super) fn seconds(self) -> (u32, u32) {
        let over_midnight = if self.crosses_midnight() { DayTime::END.as_seconds() } else { 0 };
        (self.start.as_seconds(), self.end.as_seconds() + over_midnight)
    }
}

/// Why a text, or a pair of times, is no [`Interval`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalError {
    /// It is not two times with a hyphen between.
    #[error("{text:?} is no interval; write it as 09:00-17:00")]
    NoInterval {
        /// What was read.
        text: String,
    },
    /// One of its ends is no time of day.
    #[error(transparent)]
    Time(#[from] DayTimeError),
    /// It ends where it starts, which may mean nothing or a whole day.
    #[error("{at}-{at} has no length; for a whole day write 00:00-24:00")]
    NoLength {
        /// Where it starts and ends.
        at: DayTime,
    },
    /// It starts at 24:00, when its day is over.
    #[error("an interval cannot start at 24:00; write it on the next day, from 00:00")]
    StartsAtEnd,
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// Reads `HH:MM-HH:MM`, without spaces; seconds may be given.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ends = text.split_once('-');
        let (start, end) = ends.ok_or_else(|| IntervalError::NoInterval { text: text.into() })?;
        Self::new(start.parse()?, end.parse()?)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
