//! Why an order about a commitment is refused.

use serde::{Deserialize, Serialize};

use super::party::Party;
use super::state::PhaseName;
use super::warning::{MAX_WARNINGS, Warning};
use crate::{CommitmentId, Name, Timestamp};

/// Why an order about a commitment was refused, with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such commitment.
    #[error("there is no commitment {commitment}")]
    Unknown {
        /// The id.
        commitment: CommitmentId,
    },
    /// The id has been used.
    #[error("commitment {commitment} has been made already; a new promise needs a new id")]
    AlreadyMade {
        /// The id.
        commitment: CommitmentId,
    },
    /// The id is of UUID version 5, which the crate derives itself.
    #[error("id {commitment} is of version 5, which is kept for derived ids; give one of version 4, 7 or 8")]
    DerivedId {
        /// The id.
        commitment: CommitmentId,
    },
    /// The promised time had come before it was promised.
    #[error("due at {due}, which is not after {made}, when it was made")]
    DueNotAfter {
        /// The promised time.
        due: Timestamp,
        /// When it was made.
        made: Timestamp,
    },
    /// The rulebook has no calendar of this name.
    #[error("the rulebook has no calendar {calendar}")]
    UnknownCalendar {
        /// The name.
        calendar: Name,
    },
    /// Working time was promised, and no calendar says what that is.
    #[error("working time needs a calendar: name one, or give the rulebook one of its own")]
    NoCalendar,
    /// The calendar does not hold so much working time before the year 10000.
    #[error("the calendar {calendar} does not hold that much working time after {from}")]
    OutOfReach {
        /// The calendar.
        calendar: Name,
        /// The start.
        from: Timestamp,
    },
    /// More warnings than a commitment can have.
    #[error("{given} warnings are given, and a commitment has at most {MAX_WARNINGS}")]
    TooManyWarnings {
        /// How many are given.
        given: usize,
    },
    /// The same warning is asked for twice.
    #[error("the warning {warning} is given twice")]
    WarningTwice {
        /// The warning.
        warning: Warning,
    },
    /// What is to be repaired is not broken.
    #[error("commitment {commitment} is not broken, so nothing can stand in for it")]
    NotBroken {
        /// The id.
        commitment: CommitmentId,
    },
    /// What stands in for a broken commitment is owed to the same.
    #[error("commitment {commitment} is owed to {beneficiary}; what stands in for it is owed to the same")]
    OwedToAnother {
        /// The broken one.
        commitment: CommitmentId,
        /// Who is owed.
        beneficiary: Party,
    },
    /// Another commitment stands in for it already.
    #[error("{by} stands in for commitment {commitment} already")]
    AlreadyRepaired {
        /// The broken one.
        commitment: CommitmentId,
        /// Its stand-in.
        by: CommitmentId,
    },
    /// It is said to have been done before it was owed.
    #[error("done at {done}, before it was owed at {owed_since}")]
    DoneBeforeOwed {
        /// When it is said to have been done.
        done: Timestamp,
        /// Since when it is owed.
        owed_since: Timestamp,
    },
    /// Its terms do not let it stand still.
    #[error("the terms of commitment {commitment} allow no pause")]
    NotPausable {
        /// The id.
        commitment: CommitmentId,
    },
    /// It has stood still as long as its terms allow.
    #[error("commitment {commitment} has been paused as long as its terms allow")]
    AllowanceSpent {
        /// The id.
        commitment: CommitmentId,
    },
    /// A promise stands still only if the customer was told.
    #[error("commitment {commitment} is a promise: it pauses only if the customer was told")]
    NotTold {
        /// The id.
        commitment: CommitmentId,
    },
    /// The pause would end before it begins.
    #[error("a pause until {until} would end before it begins at {at}")]
    PauseEndsBefore {
        /// The asked end.
        until: Timestamp,
        /// The start.
        at: Timestamp,
    },
    /// It does not stand still for that reason.
    #[error("commitment {commitment} does not stand still for {reason:?}")]
    NotPausedFor {
        /// The id.
        commitment: CommitmentId,
        /// The reason given.
        reason: Name,
    },
    /// The agreement's own condition for standing still holds on.
    #[error("commitment {commitment} stands still for {reason:?} as long as its agreement's condition holds")]
    StillHolds {
        /// The id.
        commitment: CommitmentId,
        /// The reason.
        reason: Name,
    },
    /// Only the one who is owed can let the desk off.
    #[error("only {beneficiary} can release commitment {commitment}")]
    NotTheBeneficiary {
        /// The id.
        commitment: CommitmentId,
        /// Who is owed.
        beneficiary: Party,
    },
    /// It is in a phase in which this cannot be asked.
    #[error("commitment {commitment} is {phase}")]
    WrongPhase {
        /// The id.
        commitment: CommitmentId,
        /// Its phase.
        phase: PhaseName,
    },
    /// Nothing is owed any more.
    #[error("commitment {commitment} was closed at {closed}")]
    AlreadyClosed {
        /// The id.
        commitment: CommitmentId,
        /// When.
        closed: Timestamp,
    },
}
