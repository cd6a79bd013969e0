//! What can be wrong with a calendar that someone wrote.

use alloc::string::String;

use chrono::NaiveDate;

use super::IntervalError;
use crate::{FormFlaw, NameError};

/// What is wrong with a calendar. Comes in [`Problems`](crate::Problems), with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// It is not written as a calendar is.
    #[error(transparent)]
    Form(#[from] FormFlaw),
    /// A time zone nobody knows.
    #[error("{name:?} is no time zone; write an IANA name such as \"Europe/Istanbul\"")]
    Zone {
        /// What was read.
        name: String,
    },
    /// A key under `weekly` that names no days.
    #[error("{text:?} is no day of the week; write mon, tue, wed, thu, fri, sat or sun, or a range such as mon-fri")]
    Day {
        /// What was read.
        text: String,
    },
    /// A day of the week whose hours are given by two keys: it would be open to guess which of them counts.
    #[error("the hours of {day} are given by two keys")]
    DayTwice {
        /// The day, such as `fri`.
        day: &'static str,
    },
    /// Something else where opening hours belong.
    #[error(transparent)]
    Interval(#[from] IntervalError),
    /// Something else where a date belongs, or a date that does not exist.
    #[error("{text:?} is no date; write it as 2026-03-21")]
    Date {
        /// What was read.
        text: String,
    },
    /// A date that no instant has.
    #[error("{date} lies outside the years 1 to 9999")]
    DateBeyondTime {
        /// The date.
        date: NaiveDate,
    },
    /// The name of a holiday is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Something else where a holiday scope belongs.
    #[error("{text:?} is no holiday scope; write \"date\", \"shift\" or \"both\"")]
    Scope {
        /// What was read.
        text: String,
    },
    /// There is not one open microsecond in the years 1 to 9999.
    #[error("this calendar never opens; give it weekly hours, or a shift")]
    NeverOpens,
}
