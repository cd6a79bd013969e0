//! What a metric would be doing now, had it been watched from the beginning.
//!
//! A ticket may come under a target long after it was opened. Its clock then counts from where it would have started, and has
//! stood still when it would have, for as long as it would have been let.

use alloc::vec::Vec;

use super::fact::{Fact, Past, Status, View};
use super::metric::{Cycles, Metric};
use super::pattern::{Pattern, PauseRule};
use crate::commitment::{Allowance, Pause, resume_by};
use crate::{Priority, Timestamp, has_passed};

/// A cycle that runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    pub(super) since: Timestamp,
    pub(super) pauses: Vec<Pause>,
    /// When the pauses that still last must end.
    pub(super) resume_by: Option<Timestamp>,
}

/// The cycle of a metric that runs after these facts, if one does.
pub(super) fn trace(
    metric: &Metric,
    after: Option<&Metric>,
    rules: &[PauseRule],
    allowance: Option<Allowance>,
    past: &[Past],
) -> Option<Running> {
    let since = running_since(metric, after, past)?;
    let mut standing = Standing { pauses: Vec::new(), resume_by: None, allowance };
    let mut held: Vec<&PauseRule> = Vec::new();
    let mut status = Status::New;
    let mut priority: Option<&Priority> = None;
    for Past { at, fact, .. } in past {
        match fact {
            Fact::Opened(_, given) | Fact::Priority(given) => priority = given.as_ref(),
            Fact::Status(_, to) => status = *to,
            Fact::Message(..) | Fact::Assigned => {}
        }
        if *at < since {
            continue;
        }
        standing.let_pass(*at);
        let holds: Vec<&PauseRule> = rules.iter().filter(|rule| rule.when.holds(&View { status, priority })).collect();
        holds.iter().filter(|rule| !held.contains(rule)).for_each(|rule| standing.begin(rule, *at));
        held.iter().filter(|rule| !holds.contains(rule)).for_each(|rule| standing.end(rule, *at));
        held = holds;
    }
    Some(Running { since, pauses: standing.pauses, resume_by: standing.resume_by })
}

/// Since when a cycle runs, the facts told in the order in which they were taken in.
fn running_since(metric: &Metric, after: Option<&Metric>, past: &[Past]) -> Option<Timestamp> {
    let mut before = Before::of(after);
    let mut waiting = Waiting { starts: Vec::new() };
    for Past { happened, fact, .. } in past {
        before.take(fact);
        let ended = waiting.hear(metric, fact, *happened);
        if ended && metric.cycles == Cycles::Once {
            return None;
        }
        if before.done() && any(&metric.start, fact) {
            waiting.start(*happened, ended);
        }
    }
    waiting.starts.first().copied()
}

/// The starts that nothing has ended yet, by when they happened. The first is since when a cycle runs.
struct Waiting {
    starts: Vec<Timestamp>,
}

impl Waiting {
    /// A running cycle begins with the oldest that waits, unless that is told of when a later one has begun it.
    fn start(&mut self, happened: Timestamp, afresh: bool) {
        if afresh || self.starts.first().is_none_or(|first| *first < happened) {
            self.starts.push(happened);
            self.starts.sort_unstable();
        }
    }

    /// Whether a fact ends the running cycle. What had not happened by then waits on.
    fn hear(&mut self, metric: &Metric, fact: &Fact, happened: Timestamp) -> bool {
        let Some(since) = self.starts.first().copied() else { return false };
        if any(&metric.stop, fact) {
            // A status holds from when it is taken in, however early somebody dates it.
            let done = if let Fact::Status(..) = fact { Timestamp::MAX } else { happened };
            self.starts.retain(|start| *start > done);
            return done >= since;
        }
        if any(&metric.cancel, fact) {
            self.starts.clear();
            return true;
        }
        if any(&metric.reset, fact) {
            self.starts = Vec::from([happened.max(since)]);
        }
        false
    }
}

/// Whether a cycle of the metric has been started and then ended by these facts.
pub(super) fn has_ended(metric: &Metric, past: &[Past]) -> bool {
    let mut before = Before::of(Some(metric));
    past.iter().any(|past| {
        before.take(&past.fact);
        before.done()
    })
}

/// The pauses that a clock would have had: a union of reasons, bounded by an allowance.
struct Standing {
    pauses: Vec<Pause>,
    resume_by: Option<Timestamp>,
    allowance: Option<Allowance>,
}

impl Standing {
    fn let_pass(&mut self, now: Timestamp) {
        if let Some(up) = self.resume_by.filter(|up| has_passed(*up, now)) {
            self.pauses.iter_mut().filter(|pause| pause.until.is_none()).for_each(|pause| pause.until = Some(up));
            self.resume_by = None;
        }
    }

    fn begin(&mut self, rule: &PauseRule, at: Timestamp) {
        self.resume_by = self.resume_by.or_else(|| resume_by(&self.pauses, self.allowance, at, None));
        if self.resume_by.is_some() {
            self.pauses.push(Pause { reason: rule.reason.clone(), from: at, until: None });
        }
    }

    fn end(&mut self, rule: &PauseRule, at: Timestamp) {
        let lasting = self.pauses.iter_mut().filter(|pause| pause.until.is_none());
        lasting.filter(|pause| pause.reason == rule.reason).for_each(|pause| pause.until = Some(at));
        if self.pauses.iter().all(|pause| pause.until.is_some()) {
            self.resume_by = None;
        }
    }
}

/// Watches for a metric's first cycle to end.
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
            Self::Started(metric) if any(&metric.stop, fact) || any(&metric.cancel, fact) => *self = Self::Done,
            Self::Unstarted(_) | Self::Started(_) | Self::Done => {}
        }
    }
}

/// Whether a fact is of one of these kinds.
pub(super) fn any(patterns: &[Pattern], fact: &Fact) -> bool {
    patterns.iter().any(|pattern| pattern.matches(fact))
}
