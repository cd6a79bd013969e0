//! One kind of instant for the whole crate, and the one edge that every timer asks about.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant in whole microseconds, between the years 1 and 9999.
///
/// It is made from chrono's [`DateTime`] at the door and truncated there, once, so that a verdict never hangs on a
/// fraction that storage would lose. What lies outside the years 1 to 9999 becomes [`Timestamp::MIN`] or
/// [`Timestamp::MAX`].
///
/// It reads and writes RFC 3339; written, it is in UTC, without a fraction when that is zero.
///
/// ```
/// use owed::Timestamp;
///
/// let noon: Timestamp = "2026-03-02T12:00:00+03:00".parse()?;
/// assert_eq!(noon.to_string(), "2026-03-02T09:00:00Z");
/// # Ok::<(), owed::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The first instant of the year 1.
    pub const MIN: Self = Self(-62_135_596_800_000_000);
    /// The last microsecond of the year 9999.
    pub const MAX: Self = Self(253_402_300_799_999_999);

    /// The instant so many microseconds after 1970-01-01T00:00:00Z, clamped to the years 1 to 9999.
    ///
    /// # Before the year 1 is the beginning of time
    ///
    /// ```
    /// use owed::Timestamp;
    ///
    /// assert_eq!(Timestamp::from_micros(i64::MIN), Timestamp::MIN);
    /// assert_eq!(Timestamp::from_micros(i64::MAX), Timestamp::MAX);
    /// ```
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        if micros < Self::MIN.0 {
            Self::MIN
        } else if micros > Self::MAX.0 {
            Self::MAX
        } else {
            Self(micros)
        }
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The instant so many microseconds later, clamped to the end of time.
    ///
    /// # Nothing is after the end of time
    ///
    /// ```
    /// use owed::Timestamp;
    ///
    /// assert_eq!(Timestamp::MAX.plus_micros(1), Timestamp::MAX);
    /// assert_eq!(Timestamp::MIN.plus_micros(u64::MAX), Timestamp::MAX);
    /// ```
    #[must_use]
    pub const fn plus_micros(self, micros: u64) -> Self {
        let micros = if micros > i64::MAX as u64 { i64::MAX } else { micros.cast_signed() };
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// The instant so many microseconds earlier, clamped to the beginning of time.
    ///
    /// # Nothing is before the beginning of time
    ///
    /// ```
    /// use owed::Timestamp;
    ///
    /// assert_eq!(Timestamp::MIN.minus_micros(1), Timestamp::MIN);
    /// ```
    #[must_use]
    pub const fn minus_micros(self, micros: u64) -> Self {
        let micros = if micros > i64::MAX as u64 { i64::MAX } else { micros.cast_signed() };
        Self::from_micros(self.0.saturating_sub(micros))
    }

    /// Microseconds of elapsed time since `earlier`; 0 if that is not earlier.
    ///
    /// # Since what has not come yet, no time has gone by
    ///
    /// ```
    /// use owed::Timestamp;
    ///
    /// let (sooner, later) = (Timestamp::from_micros(3), Timestamp::from_micros(10));
    /// assert_eq!(later.micros_since(sooner), 7);
    /// assert_eq!(sooner.micros_since(later), 0);
    /// ```
    #[must_use]
    pub const fn micros_since(self, earlier: Self) -> u64 {
        if self.0 > earlier.0 { self.0.abs_diff(earlier.0) } else { 0 }
    }

    /// Whether this is one of the two ends of time, where instants from outside are clamped to.
    ///
    /// # What lies outside of time becomes one of its ends
    ///
    /// ```
    /// use owed::Timestamp;
    ///
    /// assert!(Timestamp::from_micros(i64::MAX).is_an_end_of_time());
    /// assert!(!Timestamp::MAX.minus_micros(1).is_an_end_of_time());
    /// ```
    #[must_use]
    pub const fn is_an_end_of_time(self) -> bool {
        self.0 == Self::MIN.0 || self.0 == Self::MAX.0
    }

    /// The same instant for chrono.
    #[must_use]
    #[inline]
    pub fn to_utc(self) -> DateTime<Utc> {
        // chrono's own way takes twice as many steps, for it starts from an epoch in the midst of a leap cycle. Since the
        // first of the year 1, the longer year stands at the end of every four, and so does the longer century.
        let since = (self.0 - Self::MIN.0).cast_unsigned();
        let (seconds, micros) = (since / 1_000_000, small(since % 1_000_000));
        let (day, second) = (small(seconds / 86_400), small(seconds % 86_400));
        let century = (4 * day + 3) / 146_097;
        let day = day - century * 146_097 / 4;
        let year = (4 * day + 3) / 1_461;
        let day = day - year * 1_461 / 4;
        let date = NaiveDate::from_yo_opt((100 * century + year + 1).cast_signed(), day + 1);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, micros * 1_000);
        // Every Timestamp has a date and a time; the epoch stands in for a case that does not exist.
        NaiveDateTime::new(date.unwrap_or_default(), time.unwrap_or_default()).and_utc()
    }
}

/// A figure that is known to have at most 32 bits.
#[allow(clippy::cast_possible_truncation, reason = "it comes from a division that leaves no more")]
const fn small(figure: u64) -> u32 {
    figure as u32
}

/// Whether a timer set for `instant` goes off at `now`: only *after* its instant.
///
/// This is the one edge of the crate. Deadlines are inclusive (done at `due` is in time), so everything that waits for an
/// instant goes off a microsecond after it, and everything asks here.
///
/// # At its instant it has not passed yet
///
/// ```
/// use owed::{Timestamp, has_passed};
///
/// let due = Timestamp::from_micros(10);
/// assert!(!has_passed(due, due));
/// assert!(has_passed(due, Timestamp::from_micros(11)));
/// ```
#[must_use]
pub const fn has_passed(instant: Timestamp, now: Timestamp) -> bool {
    now.0 > instant.0
}

impl From<DateTime<Utc>> for Timestamp {
    #[inline]
    fn from(instant: DateTime<Utc>) -> Self {
        // The other way round than `to_utc`, and for the same reason.
        let utc = instant.naive_utc();
        let (date, time) = (utc.date(), utc.time());
        let year = match u32::try_from(date.year()) {
            Ok(year @ 1..=9_999) => year - 1,
            Ok(0) | Err(_) => return Self::MIN,
            Ok(_) => return Self::MAX,
        };
        let century = year / 100;
        let day = year * 1_461 / 4 - century + century / 4 + date.ordinal0();
        let second = i64::from(day) * 86_400 + i64::from(time.num_seconds_from_midnight());
        // A leap second has more than a million of them.
        let micros = second * 1_000_000 + i64::from(time.nanosecond() / 1_000);
        Self((Self::MIN.0 + micros).min(Self::MAX.0))
    }
}

impl From<Timestamp> for DateTime<Utc> {
    #[inline]
    fn from(instant: Timestamp) -> Self {
        instant.to_utc()
    }
}

/// Why a text is no [`Timestamp`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no instant; write it as 2026-03-02T17:00:00Z")]
pub struct TimestampError {
    /// What was read.
    pub text: String,
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339 with any offset. Digits below the microsecond are cut off.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text)
            .map(|instant| Self::from(instant.to_utc()))
            .map_err(|_| TimestampError { text: text.into() })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = self.to_utc();
        write!(f, "{:04}-{:02}-{:02}", utc.year(), utc.month(), utc.day())?;
        write!(f, "T{:02}:{:02}:{:02}", utc.hour(), utc.minute(), utc.second())?;
        match utc.timestamp_subsec_micros() {
            0 => f.write_str("Z"),
            micros => write!(f, ".{micros:06}Z"),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an instant such as 2026-03-02T17:00:00Z")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}
