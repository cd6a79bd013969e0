//! Working time and elapsed time: two types, so that mixing them up does not compile.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{AmountError, unit};

/// Declares a newtype over whole microseconds.
macro_rules! duration {
    ($(#[$doc:meta])* $name:ident, $working:literal, $kind:literal, $wrong:ident) => {
        $(#[$doc])*
        ///
        /// Counted in whole microseconds, and serialised as that integer: the field that holds it names the unit.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// No time at all.
            pub const ZERO: Self = Self(0);

            /// So many microseconds.
            #[must_use]
            pub const fn from_micros(micros: u64) -> Self {
                Self(micros)
            }

            /// So many minutes; `None` if that is more than 2⁶⁴ microseconds.
            ///
            /// # More than can be counted is none
            ///
            /// ```
            #[doc = concat!("use owed::calendar::", stringify!($name), ";")]
            ///
            /// let most = u64::MAX / 60_000_000;
            #[doc = concat!("assert!(", stringify!($name), "::from_minutes(most).is_some());")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_minutes(most + 1), None);")]
            /// ```
            #[must_use]
            pub fn from_minutes(minutes: u64) -> Option<Self> {
                minutes.checked_mul(60_000_000).map(Self)
            }

            /// So many hours; `None` if that is more than 2⁶⁴ microseconds.
            ///
            /// # More than can be counted is none
            ///
            /// ```
            #[doc = concat!("use owed::calendar::", stringify!($name), ";")]
            ///
            /// let most = u64::MAX / 3_600_000_000;
            #[doc = concat!("assert!(", stringify!($name), "::from_hours(most).is_some());")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_hours(most + 1), None);")]
            /// ```
            #[must_use]
            pub fn from_hours(hours: u64) -> Option<Self> {
                hours.checked_mul(3_600_000_000).map(Self)
            }

            /// How many microseconds this is.
            #[must_use]
            pub const fn as_micros(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                unit::write(f, self.0, $kind)
            }
        }

        impl FromStr for $name {
            type Err = AmountError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let quantity = unit::read(text).map_err(|error| match error {
                    AmountError::CountsDates { text, .. } if !$working => AmountError::$wrong { text },
                    error => error,
                })?;
                if quantity.working == $working {
                    Ok(Self(quantity.micros))
                } else {
                    Err(AmountError::$wrong { text: text.into() })
                }
            }
        }
    };
}

duration! {
    /// An amount of *open* time: four working hours on a Friday afternoon end on Monday.
    ///
    /// ```
    /// use owed::calendar::WorkingTime;
    ///
    /// let shift = WorkingTime::from_hours(8).unwrap();
    /// assert_eq!(shift.as_micros(), 28_800_000_000);
    /// assert_eq!(shift.to_string(), "8 working hours");
    /// assert_eq!("480 working minutes".parse(), Ok(shift));
    /// assert!(WorkingTime::from_hours(u64::MAX).is_none());
    /// ```
    WorkingTime, true, "working ", NotWorking
}
duration! {
    /// An amount of physical time, whether anyone is at the desk or not.
    ///
    /// ```
    /// use owed::calendar::ElapsedTime;
    ///
    /// let notice: ElapsedTime = "72 hours".parse()?;
    /// assert_eq!(notice, ElapsedTime::from_hours(72).unwrap());
    /// assert!("72 working hours".parse::<ElapsedTime>().is_err());
    /// assert!(ElapsedTime::from_minutes(u64::MAX).is_none());
    /// # Ok::<(), owed::calendar::AmountError>(())
    /// ```
    ElapsedTime, false, "", NotElapsed
}
