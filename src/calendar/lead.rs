//! Warnings: an instant on the way to a deadline.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::{AmountError, Calendar, OutOfReach, Percent, Term, WorkingTime};
use crate::Timestamp;

/// A point on the way to a deadline: `"50 %"` of the working time until then, or `"30 working minutes before"`.
///
/// ```
/// use owed::calendar::{Calendar, Lead};
///
/// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } }"#)?;
/// let (opened, due) = ("2026-03-02T17:00:00Z".parse()?, "2026-03-03T11:00:00Z".parse()?);
/// let before: Lead = "2 working hours before".parse()?;
/// assert_eq!(desk.lead_before(opened, due, before)?, "2026-03-03T09:00:00Z".parse()?);
/// // Four working hours are what there is, so this is where it began, and not some midnight.
/// assert_eq!(desk.lead_before(opened, due, "4 working hours before".parse()?)?, opened);
/// assert_eq!(desk.lead_before(opened, due, "50 %".parse()?)?, "2026-03-03T09:00:00Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lead {
    /// When so many hundredths of the working time have gone by.
    Percent(Percent),
    /// So much time before the deadline, counted backwards over closings.
    Before(Term),
}

/// Why a text is no [`Lead`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LeadError {
    /// Neither of the two forms.
    #[error("{text:?} is no point before a deadline; write \"50 %\" or \"30 working minutes before\"")]
    Form {
        /// What was read.
        text: String,
    },
    /// The amount of time before the deadline.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

impl Calendar {
    /// The instant of a warning on the way from the beginning of a term to its end.
    ///
    /// It may lie before the beginning, if so much time before the end is longer than the term.
    ///
    /// # Errors
    /// [`OutOfReach`] if there is not so much time before the deadline, back to the beginning of the year 1.
    ///
    /// # A warning can lie before what it warns of began
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } }"#)?;
    /// let (opened, due) = ("2026-03-02T17:00:00Z".parse()?, "2026-03-03T11:00:00Z".parse()?);
    /// assert_eq!(desk.lead_before(opened, due, "5 working hours before".parse()?)?, "2026-03-02T16:00:00Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lead_before(&self, from: Timestamp, due: Timestamp, lead: Lead) -> Result<Timestamp, OutOfReach> {
        match lead {
            Lead::Before(term) => self.sub(due, term),
            Lead::Percent(percent) => {
                let all = self.working_between(from, due).as_micros();
                self.add_working(from, WorkingTime::from_micros(percent.of(all)))
            }
        }
    }
}

impl FromStr for Lead {
    type Err = LeadError;

    fn from_str(text: &str) -> Result<Self, LeadError> {
        let form = || LeadError::Form { text: text.into() };
        if let Some(number) = text.strip_suffix('%') {
            let number = number.strip_suffix(' ').unwrap_or(number);
            let digits = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            let percent = if digits { number.parse().ok() } else { None };
            return percent.and_then(Percent::new).map(Self::Percent).ok_or_else(form);
        }
        let amount = text.strip_suffix(" before").ok_or_else(form)?;
        Ok(Self::Before(amount.parse()?))
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => percent.fmt(f),
            Self::Before(term) => write!(f, "{term} before"),
        }
    }
}
