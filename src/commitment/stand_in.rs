//! Elapsed time in the place of what no calendar can count.
//!
//! Inside a reaction nobody is there to be told that a calendar is missing, and what is owed is owed by some instant. The event says so
//! by its [`Fallback`](super::Fallback).

use crate::calendar::{CivilTime, ElapsedTime, Term};

const DAY: u64 = 86_400_000_000;

/// How much elapsed time stands in for a term: as much of it, a day for a day, and thirty for a month.
pub(crate) fn stand_in(term: Term) -> ElapsedTime {
    let days = |days: u64| ElapsedTime::from_micros(days.saturating_mul(DAY));
    match term {
        Term::Working(time) => ElapsedTime::from_micros(time.as_micros()),
        Term::Elapsed(time) => time,
        Term::Business(business) => days(business.days.into()),
        Term::Civil(CivilTime::Days(count)) => days(count.into()),
        Term::Civil(CivilTime::Weeks(weeks)) => days(u64::from(weeks) * 7),
        Term::Civil(CivilTime::Months(months)) => days(u64::from(months) * 30),
    }
}

/// Whether a term is no time at all, whatever its unit.
pub(super) fn is_nothing(term: Term) -> bool {
    stand_in(term) == ElapsedTime::ZERO
}
