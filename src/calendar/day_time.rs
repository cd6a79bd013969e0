//! A time of day that runs to 24:00.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A time of day as a wall clock shows it, from 00:00 to 24:00, in whole seconds.
///
/// 24:00 is there because the end of Monday is not the start of Tuesday.
///
/// ```
/// use owed::calendar::DayTime;
///
/// let noon: DayTime = "12:00".parse()?;
/// assert_eq!(DayTime::new(12, 0), Some(noon));
/// assert_eq!(DayTime::new(24, 0).unwrap().to_string(), "24:00");
/// assert_eq!(DayTime::new(24, 1), None);
/// # Ok::<(), owed::calendar::DayTimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime(u32);

impl DayTime {
    /// 00:00, at which a day begins.
    pub const START: Self = Self(0);
    /// 24:00, at which a day is over.
    pub const END: Self = Self(86_400);

    /// The time so many hours and minutes after midnight; `None` for 60 minutes or more, and after 24:00.
    ///
    /// # 24:00 is the last
    ///
    /// ```
    /// use owed::calendar::DayTime;
    ///
    /// assert_eq!(DayTime::new(24, 0), Some(DayTime::END));
    /// assert_eq!(DayTime::new(23, 60), None);
    /// ```
    #[must_use]
    pub const fn new(hour: u32, minute: u32) -> Option<Self> {
        if hour <= 24 && minute < 60 { Self::from_seconds(hour * 3_600 + minute * 60) } else { None }
    }

    /// The time that the clock shows so many seconds after midnight; `None` after 24:00.
    ///
    /// # The end of a day is a time of it
    ///
    /// ```
    /// use owed::calendar::DayTime;
    ///
    /// assert_eq!(DayTime::from_seconds(86_400), Some(DayTime::END));
    /// assert_eq!(DayTime::from_seconds(86_401), None);
    /// ```
    #[must_use]
    pub const fn from_seconds(seconds: u32) -> Option<Self> {
        if seconds <= Self::END.0 { Some(Self(seconds)) } else { None }
    }

    /// Seconds after midnight, 0 to 86,400.
    #[must_use]
    pub const fn as_seconds(self) -> u32 {
        self.0
    }
}

/// Why a text is no [`DayTime`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no time of day; write 00:00 to 24:00")]
pub struct DayTimeError {
    /// What was read.
    pub text: String,
}

impl FromStr for DayTime {
    type Err = DayTimeError;

    /// Reads `HH:MM` or `HH:MM:SS`, two digits each.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| DayTimeError { text: text.into() })
    }
}

fn read(text: &str) -> Option<DayTime> {
    let two_digits = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok())?
    };
    let mut parts = text.split(':');
    let hour = two_digits(parts.next()?)?;
    let minute = two_digits(parts.next()?)?;
    let second = parts.next().map_or(Some(0), two_digits)?;
    if parts.next().is_some() || second >= 60 {
        return None;
    }
    DayTime::from_seconds(DayTime::new(hour, minute)?.as_seconds() + second)
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 3_600, self.0 / 60 % 60)?;
        match self.0 % 60 {
            0 => Ok(()),
            second => write!(f, ":{second:02}"),
        }
    }
}

impl Serialize for DayTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
