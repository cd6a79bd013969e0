//! One metric under one agreement, counted minute by minute: a second reference, for the clocks that a ticket's agreement runs.
//!
//! Everything happens on whole minutes. At each question the story is told again from its beginning, and each minute of it is looked at:
//! is the desk open, does the clock stand? It shares data types with the crate, and no rule.

mod account;
mod compare;
mod cycle;
mod desk;
mod ghost;
mod pausing;
mod story;

use owed::Timestamp;

/// A minute, counted from Monday, 2 March 2026, 00:00 UTC.
pub(crate) type Minute = i64;

/// A minute in microseconds.
const MINUTE: i64 = 60_000_000;
const BEGINNING: i64 = 1_772_409_600_000_000;

/// Whether the desk is open in the minute that begins then: Monday to Friday, nine to five.
const fn is_open(minute: Minute) -> bool {
    let (day, of_day) = (minute.div_euclid(1440).rem_euclid(7), minute.rem_euclid(1440));
    day < 5 && 9 * 60 <= of_day && of_day < 17 * 60
}

/// An instant in microseconds since the beginning, for people and for the crate.
fn instant(micros: i64) -> Timestamp {
    Timestamp::from_micros(BEGINNING + micros)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Elapsed,
    Working,
}

/// What is started, stopped, reset and cancelled by what.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Metric {
    /// From the opening to the first answer; not needed once it is solved.
    FirstResponse,
    /// From the oldest unanswered question after the first response; not needed once it is solved.
    NextResponse,
    /// From the opening until it is solved.
    FirstResolution,
    /// The desk's own: begins again with each answer, until it is solved.
    Quiet,
}

/// What becomes of what has run when the priority changes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Keep,
    Restart,
    Recount,
}

/// The agreement.
#[derive(Clone, Debug)]
struct Terms {
    metric: Metric,
    mode: Mode,
    promised: bool,
    /// By priority, in minutes; there is none for any other.
    budgets: Vec<(&'static str, Unit, i64)>,
    /// Whether it stands while the customer or a supplier is waited for; how long in all, and at once.
    pauses: bool,
    total: i64,
    once: Option<i64>,
}

/// What happens on the ticket.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fact {
    Open(&'static str),
    Ask,
    /// Sent so many minutes before it was fetched.
    Answer(i64),
    Note,
    Status(&'static str),
    Priority(&'static str),
    Solve,
    Reopen,
    /// The host wakes, and nothing happens.
    Wake,
}
