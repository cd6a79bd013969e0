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
    /// Its unit counts dates, which have no length: that is a [`Term`](super::Term).
    #[error("{text:?}: {unit} are dates, and an amount of time is wanted here; write hours or working hours")]
    CountsDates {
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
    /// It is working time, or a number of days, where elapsed time is wanted.
    #[error("{text:?} is no elapsed time in hours, minutes or seconds, which is wanted here; write it as \"72 hours\"")]
    NotElapsed {
        /// What was read.
        text: String,
    },
    /// It is no number of business days, where one is wanted.
    #[error("{text:?} is no number of business days; write it as \"5 business days\"")]
    NotBusinessDays {
        /// What was read.
        text: String,
    },
    /// It does not say where on the last business day it ends.
    #[error(
        "{text:?} does not say where on its last day it ends; write \"5 business days, close\" or \"5 business days, 17:00\""
    )]
    DayEnd {
        /// What was read.
        text: String,
    },
    /// It is no civil time, where that is wanted.
    #[error("{text:?} is no number of dates; write it as \"3 days\", \"8 weeks\" or \"1 month\"")]
    NotCivil {
        /// What was read.
        text: String,
    },
    /// It is an amount in none of the units that there are.
    #[error(
        "{text:?} is no amount of time; write \"4 working hours\", \"72 hours\", \"5 business days\", \"8 weeks\" or \"1 month\""
    )]
    NoTerm {
        /// What was read.
        text: String,
    },
}
