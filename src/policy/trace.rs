//! What a metric would be doing now, had it been watched from the beginning.
//!
//! A ticket may come under a target long after it was opened. Its clock then counts from where it would have started, and has
//! stood still when it would have.

use alloc::vec::Vec;

use super::fact::{Fact, Past, Status, View};
use super::metric::{Cycles, Metric};
use super::pattern::{Pattern, PauseRule};
use crate::commitment::Pause;
use crate::{Priority, Timestamp};

/// A cycle that runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    pub(super) since: Timestamp,
    pub(super) pauses: Vec<Pause>,
}

/// The cycle of a metric that runs after these facts, if one does.
pub(super) fn trace(metric: &Metric, pause: &[PauseRule], after: Option<&Metric>, past: &[Past]) -> Option<Running> {
    let mut running: Option<Running> = None;
    let mut status = Status::New;
    let mut priority: Option<&Priority> = None;
    let mut before = Before::of(after);
    for Past { at, happened, fact } in past {
        match fact {
            Fact::Opened(_, given) | Fact::Priority(given) => priority = given.as_ref(),
            Fact::Status(_, to) => status = *to,
            Fact::Message(..) | Fact::Assigned => {}
        }
        let armed = before.done();
        before.take(fact);
        if running.is_some() && (any(&metric.stop, fact) || any(&metric.cancel, fact)) {
            running = None;
            if metric.cycles == Cycles::Once {
                return None;
            }
        }
        let restarts = running.is_some() && any(&metric.reset, fact);
        let starts = running.is_none() && armed && any(&metric.start, fact);
        if restarts || starts {
            running = Some(Running { since: *happened, pauses: Vec::new() });
        }
        if let Some(running) = &mut running {
            book(&mut running.pauses, pause, &View { status, priority }, *at);
        }
    }
    running
}

/// Whether a cycle of the metric has been started and then stopped by these facts.
pub(super) fn has_been_stopped(metric: &Metric, past: &[Past]) -> bool {
    let mut before = Before::of(Some(metric));
    past.iter().any(|past| {
        before.take(&past.fact);
        before.done()
    })
}

/// Watches for a metric's first cycle to be stopped.
enum Before<'a> {
    Unstarted(&'a Metric),
    Started(&'a Metric),
    Done,
}

impl<'a> Before<'a> {
    fn of(metric: Option<&'a Metric>) -> Self {
        metric.map_or(Self::Done, Self::Unstarted)
    }

    const fn done(&self) -> bool {
        matches!(self, Self::Done)
    }

    fn take(&mut self, fact: &Fact) {
        match self {
            Self::Unstarted(metric) if any(&metric.start, fact) => *self = Self::Started(metric),
            Self::Started(metric) if any(&metric.stop, fact) => *self = Self::Done,
            Self::Unstarted(_) | Self::Started(_) | Self::Done => {}
        }
    }
}

/// Begins and ends pauses as their conditions come and go.
fn book(pauses: &mut Vec<Pause>, rules: &[PauseRule], view: &View<'_>, at: Timestamp) {
    for PauseRule { reason, when } in rules {
        let standing = pauses.iter_mut().find(|pause| pause.until.is_none() && pause.reason == *reason);
        match (standing, when.holds(view)) {
            (None, true) => pauses.push(Pause { reason: reason.clone(), from: at, until: None }),
            (Some(pause), false) => pause.until = Some(at),
            (None, false) | (Some(_), true) => {}
        }
    }
}

/// Whether a fact is of one of these kinds.
pub(super) fn any(patterns: &[Pattern], fact: &Fact) -> bool {
    patterns.iter().any(|pattern| pattern.matches(fact))
}
