//! What can be wrong with an agreement or a metric that someone wrote.

use alloc::string::String;

use crate::calendar::AmountError;
use crate::commitment::{MAX_WARNINGS, WarningError};
use crate::{FormFlaw, Name, NameError};

/// What is wrong with an agreement or a metric. Comes in [`Problems`](crate::Problems), with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// It is not written as it should be.
    #[error(transparent)]
    Form(#[from] FormFlaw),
    /// A name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An amount of time.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// A warning.
    #[error(transparent)]
    Warning(#[from] WarningError),
    /// A word that means nothing here.
    #[error("{said}")]
    Word {
        /// What was read, and what may stand here.
        said: String,
    },
    /// No metric has this name.
    #[error("there is no metric {name}; the rulebook defines it under \"metrics\", or it is built in")]
    UnknownMetric {
        /// The name.
        name: Name,
    },
    /// A metric that waits for itself.
    #[error("a metric cannot come after itself")]
    AfterItself,
    /// No calendar has this name.
    #[error("there is no calendar {name}; define it under \"calendars\"")]
    UnknownCalendar {
        /// The name.
        name: Name,
    },
    /// Working time is counted, and no calendar says what that is.
    #[error("working time needs a calendar: name one here, in the agreement or in the edition")]
    NoCalendar,
    /// No time at all is given.
    #[error("no time at all is given; write more than nothing")]
    Zero,
    /// More warnings than a commitment can have.
    #[error("at most {MAX_WARNINGS} warnings can stand here")]
    TooManyWarnings,
    /// No priority has a budget.
    #[error("no priority has a budget; write one, or \"otherwise\"")]
    NoBudget,
    /// A list that must not be empty.
    #[error("at least one pattern is needed here")]
    NoPattern,
    /// A condition that always holds would let a clock stand still for ever.
    #[error("a pause needs a condition: \"status\" or \"priority\"")]
    AlwaysPaused,
    /// What is promised can stand still only for a time that is known beforehand.
    #[error("a promise that pauses needs an allowance: \"pausable\": {{\"total\": \"720 hours\"}}")]
    PromiseWithoutAllowance,
    /// Two of the same.
    #[error("{what} stands here twice")]
    Twice {
        /// What.
        what: String,
    },
}
