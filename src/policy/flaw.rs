//! What can be wrong with an agreement or a metric that someone wrote.

use alloc::string::String;
use alloc::vec::Vec;

use super::fact::Status;
use super::preset::{Preset, presets};
use crate::calendar::{AmountError, Term};
use crate::commitment::{MAX_WARNINGS, WarningError};
use crate::{FormFlaw, Name, NameError, Timestamp, TimestampError};

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
        /// The word.
        word: String,
        /// Those that may stand here, where they are a list.
        known: &'static [&'static str],
        /// What was read, and what may stand here.
        said: String,
    },
    /// No metric has this name.
    #[error("there is no metric {name}; the rulebook defines it under \"metrics\", or it is built in")]
    UnknownMetric {
        /// The name.
        name: Name,
    },
    /// No ladder has this name.
    #[error("there is no ladder {name}; define it under \"ladders\"")]
    UnknownLadder {
        /// The name.
        name: Name,
    },
    /// A metric that waits for itself, or for one that waits for it.
    #[error("a metric cannot come after itself, nor after one that comes after it")]
    AfterItself,
    /// No calendar has this name.
    #[error("there is no calendar {name}; {}", define_calendar(name))]
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
    /// An empty list, which nothing is in.
    #[error("nothing stands here; write what it may be, or leave it out")]
    Nothing,
    /// Several tests of one field, or none.
    #[error("ask one thing of a field: at_least, more_than, at_most, less_than or present; several go into \"all\"")]
    OneTest,
    /// Hours are named, somebody's, or combined.
    #[error("write the name of a calendar, or one of \"of\", \"union\" and \"intersection\"")]
    OneOfHours,
    /// A rule that comes to more calendars than anybody can check.
    #[error("this comes to more than {most} calendars; name the ones that count")]
    TooManyCalendars {
        /// The most that it may come to.
        most: usize,
    },
    /// A combination of calendars that never opens.
    #[error("{calendar} never opens")]
    NeverOpen {
        /// Which.
        calendar: Name,
    },
    /// How often a breach owes for a breach.
    #[error("a depth is 1 to 255: how often what is owed for a breach owes the same again")]
    Depth,
    /// It would owe nothing ever.
    #[error("owes until {until}, which is not after {from}, since when it does")]
    NeverInForce {
        /// Since when.
        from: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// An instant.
    #[error(transparent)]
    Timestamp(#[from] TimestampError),
    /// A condition that always holds would let a clock stand still for ever.
    #[error("a pause needs a condition: \"status\" or \"priority\", for instance")]
    AlwaysPaused,
    /// What is promised can stand still only for a time that is known beforehand.
    #[error("a promise that pauses needs an allowance: \"pausable\": {{\"total\": \"720 hours\"}}")]
    PromiseWithoutAllowance,
    /// A share is a whole number of a thousand.
    #[error("a share is 1 to 1000 of a thousand")]
    NoShare,
    /// A category has its own name.
    #[error("{name} is a category already; choose another name")]
    CategoryTaken {
        /// The name.
        name: Name,
    },
    /// What is over has no name of a desk's own.
    #[error("{category} is an end and has no other names; write new, open, pending or on_hold")]
    NoNameFor {
        /// The category.
        category: Status,
    },
    /// No ticket stands so.
    #[error("there is no status {name}; define it under \"statuses\", or write a category")]
    UnknownStatus {
        /// The name.
        name: Name,
    },
    /// Solving is never refused, whoever does it.
    #[error("solving is never refused: nothing can be said of who solves a ticket")]
    AnybodySolves,
    /// No list of transitions leads to it.
    #[error("no ticket can come to be {name}: no list of \"transitions\" has it, nor its category")]
    NeverReached {
        /// The name.
        name: Name,
    },
    /// A rule of silence that holds always would close whatever it is.
    #[error("a rule of silence needs a condition: {{\"status\": [\"pending\"]}}, for instance")]
    AlwaysSilent,
    /// A step that comes no later than the one before it.
    #[error("{term} is no later than the step before it; each step needs its own time")]
    StepsBackwards {
        /// The step.
        term: Term,
    },
    /// Whoever is silent is reminded twice and warned before anybody gives his matter up.
    #[error(
        "a matter that is not solved is closed only after two reminders and a warning: \"remind\": [\"3 days\", \"7 days\"], \"warn\": \"12 days\""
    )]
    GivenUpUnwarned,
    /// Two of the same.
    #[error("{what} stands here twice")]
    Twice {
        /// What.
        what: String,
    },
    /// Nothing can be due so soon that is due so late.
    #[error("no later than {no_later}, and no sooner than {no_sooner}: nothing can be promised so")]
    NeverPromised {
        /// The soonest.
        no_sooner: Term,
        /// The latest.
        no_later: Term,
    },
    /// No preset has this name.
    #[error("there is no preset {name}; there are {}", known())]
    UnknownPreset {
        /// The name.
        name: String,
    },
    /// A figure is given for a duty that the preset does not have.
    #[error("{preset} has no duty {metric}; it has {}", duties(preset))]
    NoSuchDuty {
        /// The preset.
        preset: &'static str,
        /// What was written.
        metric: String,
    },
}

fn known() -> String {
    let names: Vec<&str> = presets().map(|preset| preset.name).collect();
    names.join(", ")
}

fn duties(preset: &str) -> String {
    let names = Preset::named(preset).into_iter().flat_map(Preset::duties).map(|duty| duty.metric);
    names.collect::<Vec<_>>().join(", ")
}

impl Flaw {
    /// Whether it is a key that nobody knows, and no more.
    pub(crate) const fn is_unknown_key(&self) -> bool {
        matches!(self, Self::Form(FormFlaw::UnknownKey { .. }))
    }
}

/// What is to be done where no calendar has a name. The one that is always open is a calendar like others.
pub(crate) fn define_calendar(name: &Name) -> &'static str {
    match name.as_str() {
        "24x7" => "always open is a calendar that has a name, too: \"calendars\": {\"24x7\": \"24x7\"}",
        _ => "define it under \"calendars\"",
    }
}
