//! Warnings: how long before a deadline somebody is to hear of it.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::clock::Fallback;
use crate::Timestamp;
use crate::calendar::{AmountError, Lead, Percent, Term, micros};

/// A point on the way to a deadline: `"50 %"` of the budget, `"30 working minutes before"`, `"1 week before"`.
///
/// ```
/// use owed::calendar::Percent;
/// use owed::commitment::Warning;
///
/// let half: Warning = "50 %".parse()?;
/// assert_eq!(Some(half), Percent::new(50).map(Warning::Percent));
/// assert_eq!("2 working hours before".parse::<Warning>()?.to_string(), "2 working hours before");
/// assert_eq!("1 business day, close before".parse::<Warning>()?.to_string(), "1 business day, close before");
/// # Ok::<(), owed::commitment::WarningError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// When so many hundredths of the budget have run.
    Percent(Percent),
    /// So much time before the deadline, in any unit, counted backwards over closings.
    Before(#[serde(with = "micros::term")] Term),
}

/// A warning with the instant that it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningAt {
    /// When it goes off. If that has passed already when the deadline is set, it stands here and never goes off.
    pub at: Timestamp,
    /// What was asked for.
    pub warning: Warning,
    /// Why it stands in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// Why a text is no [`Warning`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WarningError {
    /// Neither of the two forms.
    #[error("{text:?} is no warning; write \"50 %\", \"30 working minutes before\" or \"1 business day before\"")]
    Form {
        /// What was read.
        text: String,
    },
    /// The amount of time before the deadline.
    #[error(transparent)]
    Amount(AmountError),
}

impl Warning {
    /// Whether a calendar is needed to find its instant, whatever the budget is measured in.
    #[must_use]
    pub(crate) const fn needs_calendar(&self) -> bool {
        match self {
            Self::Before(term) => term.needs_calendar(),
            Self::Percent(_) => false,
        }
    }
}

impl FromStr for Warning {
    type Err = WarningError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || WarningError::Form { text: text.into() };
        if let Some(number) = text.strip_suffix('%') {
            let percent = number.trim().parse().ok().and_then(Percent::new);
            return percent.map(Self::Percent).ok_or_else(form);
        }
        let amount = text.strip_suffix(" before").ok_or_else(form)?;
        amount.parse().map(Self::Before).map_err(WarningError::Amount)
    }
}

/// The most warnings that one commitment can have.
pub const MAX_WARNINGS: usize = 32;

/// The same point for a [`Calendar`](crate::calendar::Calendar) to find. A share is of the budget here, and there of the working time up to the
/// deadline: the two are one where the clock runs in working time and never stands still.
impl From<Warning> for Lead {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::Percent(percent) => Self::Percent(percent),
            Warning::Before(term) => Self::Before(term),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => percent.fmt(f),
            Self::Before(term) => write!(f, "{term} before"),
        }
    }
}
