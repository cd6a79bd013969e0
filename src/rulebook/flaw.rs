//! What can be wrong with a rulebook that someone wrote.

use crate::calendar::AmountError;
use crate::policy::define_calendar;
use crate::{FormFlaw, Name, NameError, Timestamp, TimestampError, calendar, escalation, policy};

/// What is wrong with a rulebook. Comes in [`Problems`](crate::Problems), with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// It is not written as a rulebook is.
    #[error(transparent)]
    Form(#[from] FormFlaw),
    /// A name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An instant.
    #[error(transparent)]
    Timestamp(#[from] TimestampError),
    /// An amount of time.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// One of its calendars.
    #[error(transparent)]
    Calendar(#[from] calendar::Flaw),
    /// One of its metrics or agreements.
    #[error(transparent)]
    Policy(#[from] policy::Flaw),
    /// One of its ladders.
    #[error(transparent)]
    Escalation(#[from] escalation::Flaw),
    /// It has no edition.
    #[error("a rulebook has at least one edition")]
    NoEdition,
    /// Only the first edition can have been in force always.
    #[error("only a first edition may leave out \"from\"; say when this one comes into force")]
    NoFrom,
    /// Editions follow each other.
    #[error("in force from {from}, which is not after {before}, when the one before it is")]
    NotLater {
        /// When it is in force.
        from: Timestamp,
        /// When the one before it is.
        before: Timestamp,
    },
    /// No calendar has this name.
    #[error("there is no calendar {name}; {}", define_calendar(name))]
    UnknownCalendar {
        /// The name.
        name: Name,
    },
    /// A calendar stands where its name would, and the name that it gets is taken.
    #[error("there is a calendar {name} already; define this one under \"calendars\" and write its name here")]
    CalendarTaken {
        /// The name.
        name: Name,
    },
}
