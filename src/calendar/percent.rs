//! A share of a whole in hundredths.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// So many hundredths of a whole: more than none of it, and less than all, 1 to 99.
///
/// ```
/// use owed::calendar::Percent;
///
/// let half = Percent::new(50).ok_or("1 to 99")?;
/// assert_eq!((half.get(), half.to_string()), (50, "50 %".into()));
/// // What nobody could read again cannot be made.
/// assert_eq!((Percent::new(0), Percent::new(100)), (None, None));
/// assert_eq!(serde_json::to_string(&half)?, "50");
/// assert!(serde_json::from_str::<Percent>("100").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Percent(u8);

impl Percent {
    /// So many hundredths; none unless they are 1 to 99.
    ///
    /// # None of it and all of it are no shares
    ///
    /// ```
    /// use owed::calendar::Percent;
    ///
    /// let [none, least, most, all] = [0, 1, 99, 100].map(Percent::new);
    /// assert!(least.is_some() && most.is_some());
    /// assert_eq!((none, all), (None, None));
    /// ```
    #[must_use]
    pub const fn new(hundredths: u8) -> Option<Self> {
        if 0 < hundredths && hundredths < 100 { Some(Self(hundredths)) } else { None }
    }

    /// How many hundredths.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// This share of so much, rounded down.
    pub(crate) fn of(self, whole: u64) -> u64 {
        let share = u128::from(whole) * u128::from(self.0) / 100;
        u64::try_from(share).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hundredths = u8::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format_args!("{hundredths} % is no share of a whole; write 1 to 99"));
        Self::new(hundredths).ok_or_else(wrong)
    }
}
