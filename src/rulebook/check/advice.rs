//! What may be wrong with a rulebook that can be carried out.

use crate::calendar::{ElapsedTime, Term};
use crate::commitment::Warning;
use crate::{Name, Priority, Timestamp};

/// What is probably not meant. Comes in a [`Problem`](crate::Problem), with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Advice {
    /// No rule counts by a calendar, and nobody has it for his own.
    #[error("nothing counts by this calendar; only a promise that names it would")]
    UnusedCalendar,
    /// Its condition contradicts itself.
    #[error("applies to no ticket: its condition contradicts itself")]
    NeverApplies,
    /// Its time is over before its edition's begins.
    #[error("owes until {until}, and its edition is in force from {from} on; leave it out")]
    OverBefore {
        /// Since when the edition is in force.
        from: Timestamp,
        /// Until when the agreement owes.
        until: Timestamp,
    },
    /// An agreement of its kind that stands before it takes every ticket from it.
    #[error("never counts: {by} stands before it and has a target wherever it has one; put this one first")]
    NeverCounts {
        /// The other.
        by: Name,
    },
    /// None of the metric's starts can come on a ticket that the agreement applies to.
    #[error("nothing starts {metric} here: none of its starts can come on a ticket that this agreement is for")]
    NothingStarts {
        /// The metric.
        metric: Name,
    },
    /// It waits for a metric that never ends.
    #[error("{metric} waits for {after} to end, which nothing starts or ends")]
    NothingEnds {
        /// The metric.
        metric: Name,
        /// What it waits for.
        after: Name,
    },
    /// Wherever one of its starts comes, the clock stands.
    #[error("the clock stands still from its start: {reason:?} holds whenever one of its starts comes")]
    BornPaused {
        /// The reason; of several that hold between them, the first.
        reason: Name,
    },
    /// A warning longer than every budget.
    #[error("warns {warning} the deadline, which is before the clock starts")]
    WarnsBeforeTheStart {
        /// The warning.
        warning: Warning,
    },
    /// One pause may last longer than all of them together.
    #[error(
        "one pause may last {once}, and all of them together {total}, so that \"once\" bounds nothing; write less, or leave it out"
    )]
    OnceBoundsNothing {
        /// What one may last.
        once: ElapsedTime,
        /// What all of them may last.
        total: ElapsedTime,
    },
    /// What a team or a supplier owes the desk takes longer than what the desk owes the customer by it.
    #[error("{budget} is longer than the {other} of {metric} in {agreement}, which it supports{}", at(priority.as_ref()))]
    LongerThanWhatItSupports {
        /// How much time it has.
        budget: Term,
        /// The agreement that it supports.
        agreement: Name,
        /// The metric of that.
        metric: Name,
        /// How much time that has.
        other: Term,
        /// At which priority; absent: at none.
        priority: Option<Priority>,
    },
    /// Whenever the desk is open when it begins, somebody is told while it is closed.
    #[error(
        "{role} always hears of it outside working hours, whenever it begins inside of them; wait in working time, or wait less"
    )]
    OutsideHours {
        /// The role.
        role: Name,
    },
    /// A ladder shares its other roles with other ladders, and this one stands on one rung alone.
    #[error("no other rung tells {role}; is it the role that is meant?")]
    OnlyHere {
        /// The role.
        role: Name,
    },
    /// The same, and another role is but a letter away.
    #[error("no other rung tells {role}, and there is {other}; is that the role that is meant?")]
    NearlyThere {
        /// The role.
        role: Name,
        /// The other one.
        other: Name,
    },
    /// It waits for what becomes of commitments, and none climbs it.
    #[error(
        "nothing climbs this ladder, so this never starts it: name it under \"ladder\", or as the \"ladder\" of a target"
    )]
    NothingClimbs,
    /// It waits for a warning that nothing gives by itself.
    #[error("no target that climbs this ladder warns so; only a promise that is made with such a warning would")]
    NothingWarns,
    /// Which of both is longer depends on the hour at which somebody takes it up.
    #[error("at most {most}, and {hold} in another unit: which of both is longer depends on the hour; write one unit")]
    AcrossUnits {
        /// How long one has it.
        hold: Term,
        /// How long one has it at most.
        most: Term,
    },
    /// What is told together is told when those above have heard of it long since.
    #[error(
        "in {window} {role} hears of it once, and the next one hears of it {wait} later: what comes together then comes too late; write a shorter window"
    )]
    WindowOutlasts {
        /// The window.
        window: Term,
        /// Who is waited for.
        role: Name,
        /// How long.
        wait: Term,
    },
    /// It is the desk's own goal, and a sign says that it is the customer's.
    ///
    /// What is promised is what is spoken, announced, or owed by contract or law; a goal is never told. An agreement with customers that is
    /// a goal may be ended by its rules, does not keep a ticket from closing, and becomes a promise only when a host announces
    /// each of its commitments.
    #[error(
        "this is a goal, of which no customer is told, but {sign}; if he knows of it, write \"binding\": \"promised\""
    )]
    NeverAnnounced {
        /// The sign.
        sign: Sign,
    },
}

/// What says that a goal is meant for the customer to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sign {
    /// A breach of it owes him something.
    BreachOwes,
    /// It is written for customers by name, as a contract is.
    NamesCustomers,
}

impl core::fmt::Display for Sign {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::BreachOwes => "a breach of it owes him something",
            Self::NamesCustomers => "it is written for customers by name",
        })
    }
}

fn at(priority: Option<&Priority>) -> alloc::string::String {
    priority.map(|priority| alloc::format!(" (at priority {priority})")).unwrap_or_default()
}
