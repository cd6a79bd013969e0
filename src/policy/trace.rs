//! What a metric would be doing now, had it been watched from the beginning.
//!
//! A ticket may come under a target long after it was opened. Its clock then counts from where it would have started, and has
//! stood still when it would have, for as long as it would have been let.

use alloc::vec::Vec;

use super::fact::{Fact, Past, Status, View};
use super::metric::{Cycles, Metric};
use super::pattern::{Pattern, PauseRule};
use crate::commitment::{Allowance, Pause, resume_by};
use crate::{CommitmentId, Priority, Timestamp, has_passed};

/// A cycle that runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    pub(super) since: Timestamp,
    pub(super) pauses: Vec<Pause>,
    /// When the pauses that still last must end.
    pub(super) resume_by: Option<Timestamp>,
    /// The cycle that the ticket had left, and whose account this one goes on with.
    pub(super) continues: Option<CommitmentId>,
}

/// What a metric's past is judged by, besides the facts.
pub(super) struct Watched<'a> {
    pub(super) metric: &'a Metric,
    /// The metrics that must have ended before, each after the one that follows it here.
    pub(super) after: &'a [&'a Metric],
    /// When the first of those is known to have ended, whatever its patterns say.
    pub(super) after_ended: Option<Timestamp>,
    /// Until when all that waited has been decided by earlier cycles.
    pub(super) decided: Option<Timestamp>,
}

/// Since when a cycle runs after these facts, if one does.
///
/// The facts are heard in the order in which they were taken in, as they were when they came.
pub(super) fn running_since(watched: &Watched<'_>, past: &[Past]) -> Option<Timestamp> {
    let metric = watched.metric;
    let mut before = Before::of(watched.after);
    let mut waiting = Waiting { starts: Vec::new() };
    let known = watched.after_ended;
    for (Past { at, happened, fact }, to_come) in past.iter().zip((0..past.len()).rev()) {
        before.take(fact);
        let ended = waiting.hear(metric, fact, *happened);
        if ended && metric.cycles == Cycles::Once {
            return None;
        }
        // Of older facts of that very instant it is not known which came before.
        let free = before.is_over() || known.is_some_and(|ended| to_come == 0 || ended < *at);
        if free && any(&metric.start, fact) {
            waiting.start(*happened, ended);
        }
    }
    let undecided = |start: &&Timestamp| watched.decided.is_none_or(|decided| **start > decided);
    waiting.starts.iter().find(undecided).copied()
}

/// When a clock that runs since an instant would have stood still.
pub(super) fn standing(
    since: Timestamp,
    rules: &[PauseRule],
    allowance: Option<Allowance>,
    past: &[Past],
) -> (Vec<Pause>, Option<Timestamp>) {
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
    (standing.pauses, standing.resume_by)
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

/// Watches for the first cycle of a metric to end, which itself may have to wait for another's.
struct Before<'a> {
    /// What has not ended yet; the last comes first, and whether it has started.
    waits: Vec<(&'a Metric, bool)>,
}

impl<'a> Before<'a> {
    fn of(after: &[&'a Metric]) -> Self {
        Self { waits: after.iter().map(|metric| (*metric, false)).collect() }
    }

    const fn is_over(&self) -> bool {
        self.waits.is_empty()
    }

    fn take(&mut self, fact: &Fact) {
        while let Some((metric, started)) = self.waits.last_mut() {
            let ends = *started && (any(&metric.stop, fact) || any(&metric.cancel, fact));
            if !ends {
                *started = *started || any(&metric.start, fact);
                return;
            }
            // What ends the one may start the next.
            self.waits.pop();
        }
    }
}

/// Whether the first cycle of each of these metrics, each after the one that follows it, has ended by these facts.
pub(super) fn have_ended(after: &[&Metric], past: &[Past]) -> bool {
    let mut before = Before::of(after);
    past.iter().any(|past| {
        before.take(&past.fact);
        before.is_over()
    })
}

/// Whether a fact is of one of these kinds.
pub(super) fn any(patterns: &[Pattern], fact: &Fact) -> bool {
    patterns.iter().any(|pattern| pattern.matches(fact))
}
