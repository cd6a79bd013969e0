//! A rulebook drawn at random: two weeks, two agreements, two ladders.

use super::week::{At, MINUTE, Unit, Weeks};

#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) weeks: Weeks,
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) ladders: Vec<Ladder>,
    /// Which of them everything climbs that names none.
    pub(crate) climbed: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) name: &'static str,
    /// Between the desk and its customer, or else between a team and the desk.
    pub(crate) with_customer: bool,
    pub(crate) promised: bool,
    /// Whether another priority forgets what has run.
    pub(crate) restarts: bool,
    pub(crate) targets: Vec<(Metric, Target)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Metric {
    FirstResponse,
    NextResponse,
    PeriodicUpdate,
    PausableUpdate,
    RequesterWait,
    AgentWork,
    FirstResolution,
    FullResolution,
}

#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) unit: Unit,
    /// By priority.
    pub(crate) budgets: [At; 3],
    pub(crate) warn: Vec<Warn>,
    /// Why it stands, and in which statuses; what the metric says, if nothing is written.
    pub(crate) pause: Option<Vec<Reason>>,
    /// For how long in all, and at once.
    pub(crate) allowance: Option<(At, Option<At>)>,
    /// Whether to be solved without it is a breach.
    pub(crate) unanswered_breaks: bool,
    pub(crate) owes: Option<At>,
    pub(crate) ladders: Option<Vec<usize>>,
}

pub(crate) type Reason = (&'static str, &'static [&'static str]);

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Warn {
    Percent(i64),
    Before(Unit, At),
}

#[derive(Clone, Debug)]
pub(crate) struct Ladder {
    pub(crate) name: &'static str,
    pub(crate) causes: Vec<Trigger>,
    pub(crate) rungs: Vec<Rung>,
    pub(crate) week: usize,
    pub(crate) repeats: u16,
    pub(crate) lapses: u16,
    pub(crate) hold: (Unit, At),
    pub(crate) hold_at_most: (Unit, At),
    /// Whether it goes on above whoever let his time pass.
    pub(crate) goes_on_above: bool,
    pub(crate) snooze_at_most: At,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Rung {
    pub(crate) wait: (Unit, At),
    /// Whether its time is kept though nobody has the role.
    pub(crate) keeps: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) on: On,
    pub(crate) times: usize,
    pub(crate) after: Option<(Unit, At)>,
    pub(crate) rung: u16,
    /// Whether an agent's message ends it.
    pub(crate) until_answered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum On {
    Warned,
    Breached {
        metric: Option<Metric>,
        promised: Option<bool>,
    },
    PromisedAgain,
    /// The ticket comes to this status.
    Comes(&'static str),
    /// It stands so.
    Stands(&'static [&'static str]),
    /// It is of priority 1, and not solved.
    Urgent,
}

impl Metric {
    pub(crate) const ALL: [Self; 8] = [
        Self::FirstResponse,
        Self::NextResponse,
        Self::FirstResolution,
        Self::FullResolution,
        Self::PeriodicUpdate,
        Self::PausableUpdate,
        Self::RequesterWait,
        Self::AgentWork,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::PeriodicUpdate => "periodic_update",
            Self::PausableUpdate => "pausable_update",
            Self::RequesterWait => "requester_wait",
            Self::AgentWork => "agent_work",
            Self::FirstResolution => "first_resolution",
            Self::FullResolution => "full_resolution",
        }
    }

    /// When it stands, where its target says nothing.
    const fn pauses(self) -> &'static [Reason] {
        const CUSTOMER: Reason = ("waiting on the customer", &["pending"]);
        const THIRD: Reason = ("waiting on a third party", &["on_hold"]);
        match self {
            Self::PausableUpdate | Self::RequesterWait => &[CUSTOMER],
            Self::AgentWork => &[CUSTOMER, THIRD],
            Self::FirstResponse
            | Self::NextResponse
            | Self::PeriodicUpdate
            | Self::FirstResolution
            | Self::FullResolution => &[],
        }
    }

    /// Whether what a reopening begins goes on with what had run.
    pub(crate) const fn resumes(self) -> bool {
        matches!(self, Self::RequesterWait | Self::AgentWork | Self::FullResolution)
    }
}

impl Target {
    pub(crate) fn pauses(&self, metric: Metric) -> &[Reason] {
        self.pause.as_deref().unwrap_or(metric.pauses())
    }

    /// A goal that may pause and says not how long has a year and a day.
    pub(crate) fn allowance(&self, metric: Metric, promised: bool) -> Option<(At, Option<At>)> {
        let of_a_goal = !promised && !self.pauses(metric).is_empty();
        self.allowance.or(of_a_goal.then_some((366 * super::week::DAY, None)))
    }
}

pub(crate) fn calendar(which: usize) -> &'static str {
    ["office", "night"][which]
}

pub(crate) fn amount((unit, much): (Unit, At)) -> String {
    match unit {
        Unit::Elapsed => format!("{} minutes", much / MINUTE),
        Unit::Working(_) => format!("{} working minutes", much / MINUTE),
    }
}

impl Warn {
    pub(crate) fn text(self) -> String {
        match self {
            Self::Percent(percent) => format!("{percent} %"),
            Self::Before(unit, much) => format!("{} before", amount((unit, much))),
        }
    }
}
