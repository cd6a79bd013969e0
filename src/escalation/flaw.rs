//! What can be wrong with a ladder that someone wrote.

use alloc::string::String;

use super::ladder::MAX_RUNGS;
use crate::calendar::{AmountError, Term};
use crate::commitment::WarningError;
use crate::{FormFlaw, Name, NameError, policy};

/// What is wrong with a ladder. Comes in [`Problems`](crate::Problems), with its place.
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
    /// A pattern or a condition.
    #[error(transparent)]
    Policy(#[from] policy::Flaw),
    /// A word that means nothing here.
    #[error("{said}")]
    Word {
        /// The word.
        word: String,
        /// Those that may stand here, where they are a list.
        known: &'static [&'static str],
        /// What was read, and what may stand here.
        said: String,
    },
    /// It tells nobody.
    #[error("a ladder has at least one rung: {{\"notify\": \"lead\", \"wait\": \"1 hour\"}}")]
    NoRung,
    /// More rungs than a ladder can have.
    #[error("a ladder has at most {MAX_RUNGS} rungs")]
    TooManyRungs,
    /// It leads nowhere: the next one would hear of it at the same instant.
    #[error("no time at all is waited; write more than nothing")]
    NoWait,
    /// Whoever has it would have it no longer than he had it already.
    #[error("at most {most}, which is less than the {hold} that whoever takes it up has it for")]
    Backwards {
        /// How long one has it.
        hold: Term,
        /// How long one has it at most.
        most: Term,
    },
    /// A number that is too small or too large.
    #[error("write a whole number from {least} to {most}")]
    Number {
        /// The least that may stand here.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A cause begins on a rung that there is not.
    #[error("begins on rung {rung}, and the ladder has {rungs}")]
    NoSuchRung {
        /// The rung.
        rung: u16,
        /// How many there are.
        rungs: u16,
    },
    /// Nothing ever leads to a rung.
    #[error(
        "nobody ever hears of it here: every cause begins on rung {first}, and nothing leads back; let one begin lower, or repeat it"
    )]
    Unreachable {
        /// The lowest that a cause begins on.
        first: u16,
    },
    /// A condition that always holds would never be over.
    #[error("\"while\" needs a condition: \"status\" or \"priority\", for instance")]
    Always,
    /// What stands here has no meaning for such a cause.
    #[error("{key:?} has no meaning for this cause")]
    NotForThis {
        /// The key.
        key: &'static str,
    },
    /// No calendar has this name.
    #[error("there is no calendar {name}; define it under \"calendars\"")]
    UnknownCalendar {
        /// The name.
        name: Name,
    },
    /// Something is counted for which a calendar is needed.
    #[error("waits {wait}, which needs a calendar: name one here, or in the edition")]
    NoCalendar {
        /// What is waited.
        wait: Term,
    },
    /// No ladder has this name.
    #[error("there is no ladder {name}; define it under \"ladders\"")]
    UnknownLadder {
        /// The name.
        name: Name,
    },
    /// No metric has this name.
    #[error("there is no metric {name}")]
    UnknownMetric {
        /// The name.
        name: Name,
    },
    /// Two of the same.
    #[error("there is a ladder {name} already; give this one another name")]
    Taken {
        /// The name.
        name: Name,
    },
}
