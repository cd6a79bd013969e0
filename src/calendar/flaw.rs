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
    /// A date on which no layer but the weekly hours counts, so that it would be passed over in silence.
    #[error("{date} lies outside the years 1900 to 2200; before and after, only weekly hours and breaks count")]
    DateBeyondLayers {
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
    /// Something else where a day of every year belongs, or one that no year has.
    #[error("{text:?} is no day of the year; write it as 12-25")]
    YearDay {
        /// What was read.
        text: String,
    },
    /// Something else where a weekday of a month belongs.
    #[error("{text:?} is no weekday of a month; write it as \"4 thu nov\" or \"last mon may\"")]
    NthWeekday {
        /// What was read.
        text: String,
    },
    /// A day that is more than a year away from Easter.
    #[error("{days} days from Easter are more than a year; write -366 to 366")]
    Easter {
        /// How many days after Easter Sunday.
        days: i64,
    },
    /// A holiday that is given by no rule, or by two.
    #[error("a holiday has exactly one of date, yearly, nth and easter")]
    HolidayRule,
    /// A season whose last date comes before its first.
    #[error("a season from {from} through {through} has no days")]
    SeasonWithoutDays {
        /// Its first date.
        from: NaiveDate,
        /// Its last date.
        through: NaiveDate,
    },
    /// A revision that is not from a later date on than the one before it.
    #[error("the revision from {from} stands behind the one from {before}; write each once, in order")]
    RevisionOrder {
        /// From when on the one before it holds.
        before: NaiveDate,
        /// From when on this one holds.
        from: NaiveDate,
    },
    /// More of something than a calendar may have.
    #[error("there may be at most {limit} {what}")]
    TooMany {
        /// Of what, in the plural.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// A combination of one calendar, or none.
    #[error("{combination} takes two calendars or more")]
    TooFewParts {
        /// The kind of combination.
        combination: &'static str,
    },
    /// A combination that is not open for one microsecond in the years 1 to 9999.
    #[error("this {combination} never opens; its calendars leave no time that is open")]
    NeverOpensTogether {
        /// The kind of combination.
        combination: &'static str,
    },
    /// There is not one open microsecond in the years 1 to 9999.
    #[error("this calendar never opens; give it weekly hours, or a shift")]
    NeverOpens,
}

impl Flaw {
    /// A line numbers the stretches of a week with 16 bits.
    pub(super) const TOO_MANY_STRETCHES: Self = Self::TooMany { what: "open stretches in one week", limit: 65_534 };
}
