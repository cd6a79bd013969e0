//! Why a text is no amount of time.

use alloc::string::String;

/// Why a text is no amount of time, or not of the kind wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmountError {
    /// It does not begin with a whole number.
    #[error("{text:?} does not begin with a whole number; write it as \"4 working hours\" or \"72 hours\"")]
    NoNumber {
        /// What was read.
        text: String,
    },
    /// Its unit is none.
    #[error("{text:?}: {unit:?} is no unit; write hours, minutes or seconds, or working hours and so on")]
    UnknownUnit {
        /// What was read.
        text: String,
        /// What stands where the unit belongs.
        unit: String,
    },
    /// Its unit is one that this version does not count in.
    #[error("{text:?}: this version cannot count in {unit} yet; write hours or working hours")]
    UnitNotYetKnown {
        /// What was read.
        text: String,
        /// The unit, in the plural.
        unit: &'static str,
    },
    /// It is more than can be held: 2⁶⁴ microseconds, some 584,000 years.
    #[error("{text:?} is too long")]
    TooLong {
        /// What was read.
        text: String,
    },
    /// It is elapsed time where working time is wanted.
    #[error("{text:?} is elapsed time, and working time is wanted here; write \"working\" before the unit")]
    NotWorking {
        /// What was read.
        text: String,
    },
    /// It is working time where elapsed time is wanted.
    #[error("{text:?} is working time, and elapsed time is wanted here; leave out \"working\"")]
    NotElapsed {
        /// What was read.
        text: String,
    },
}
