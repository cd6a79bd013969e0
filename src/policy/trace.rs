//! What a metric would be doing now, had it been watched from the beginning.
//!
//! A ticket may come under a target long after it was opened. Its clock then counts from where it would have started.

use alloc::vec::Vec;

use super::before::{Ended, is_after, over_first};
use super::ends::Settled;
use super::fact::{Author, Fact, Past};
use super::metric::{Cycles, Metric};
use super::pattern::{Pattern, any};
use super::standing::Standing;
use crate::Timestamp;
use crate::commitment::{Binding, Continues, Deliverable, Pause};

/// A cycle that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) since: Timestamp,
    /// When it has begun again since.
    pub(super) again: Vec<Timestamp>,
    /// The stretches that count towards it and have ended.
    pub(super) earlier: Vec<(Timestamp, Timestamp)>,
    pub(super) pauses: Vec<Pause>,
    /// When the pauses that still last must end.
    pub(super) resume_by: Option<Timestamp>,
    /// The closed cycle whose account this one goes on with.
    pub(super) continues: Option<Continues>,
}

impl Running {
    pub(super) const fn since(since: Timestamp) -> Self {
        Self { since, again: Vec::new(), earlier: Vec::new(), pauses: Vec::new(), resume_by: None, continues: None }
    }

    /// Since when it counts: since it began, or has begun again.
    pub(super) fn latest(&self) -> Timestamp {
        self.again.last().copied().unwrap_or(self.since)
    }

    /// When the first stretch that counts towards it began.
    pub(super) fn begun(&self) -> Timestamp {
        self.earlier.first().map_or(self.since, |(begun, _)| *begun)
    }
}

/// What is looked for in a ticket's past: the facts of a metric, with what an agreement counts besides.
#[derive(Clone, Copy)]
pub(super) struct Watch<'a> {
    pub(super) metric: &'a Metric,
    pub(super) also: &'a [Pattern],
    pub(super) binding: Binding,
}

impl Watch<'_> {
    pub(super) fn starts(self, fact: &Fact, after: &Standing) -> bool {
        any(&self.metric.start, fact, after)
    }

    pub(super) fn stops(self, fact: &Fact, after: &Standing) -> bool {
        let reply = self.metric.deliverable == Deliverable::Reply;
        let is_it = |stop: &Pattern| stop.matches(fact, after) && (!reply || stop.is_answered_by(fact));
        counts(fact, after) && self.metric.stop.iter().chain(self.also).any(is_it)
    }

    /// Whether a fact ends it, one way or the other.
    pub(super) fn ends(self, fact: &Fact, after: &Standing) -> bool {
        self.stops(fact, after) || self.cancels(fact, after)
    }

    /// The first start after an instant.
    pub(super) fn first_since(self, instant: Timestamp, past: &[Past]) -> Option<Timestamp> {
        let mut ticket = None;
        let starts = |told: &&Past| {
            let after = Standing::follow(&mut ticket, &told.fact);
            after.is_some_and(|after| instant < told.counts_from() && self.starts(&told.fact, after))
        };
        past.iter().filter(starts).map(Past::counts_from).min()
    }

    /// Whether a fact makes it needless. What is promised to a customer, no rule of the desk's can end.
    pub(super) fn cancels(self, fact: &Fact, after: &Standing) -> bool {
        self.binding == Binding::Goal && any(&self.metric.cancel, fact, after)
    }
}

/// Whether a fact can be what a metric has waited for since before another start of which was told earlier: a message is. What stops the metric as well has no
/// older one to wait for.
pub(super) fn is_older(fact: &Fact, stops: bool) -> bool {
    !stops && matches!(fact, Fact::Message(said) if said.message.is_some() || said.redacted)
}

/// Whether a fact can be what a metric waits for. Once the customer has asked for a human being, no language model answers him.
fn counts(fact: &Fact, after: &Standing) -> bool {
    !matches!(fact, Fact::Message(said) if said.author == Author::Ai && after.human_asked_for)
}

/// What a metric's past is judged by, besides the facts.
pub(super) struct Watched<'a> {
    pub(super) watch: Watch<'a>,
    pub(super) cycles: Cycles,
    /// The metrics that must have ended before, each after the one that follows it here.
    pub(super) after: &'a [Watch<'a>],
    /// When the first of those is known to have ended, whatever its patterns say.
    pub(super) after_ended: Option<Ended>,
    /// Whether the last of the facts is heard only now.
    pub(super) is_new: bool,
    /// Until when all that waited has been decided by earlier cycles.
    pub(super) decided: Option<Timestamp>,
    /// The stretches that somebody's word has ended, which no fact tells of.
    pub(super) settled: &'a [Settled],
    /// Since when those run that have been promised since, which no rule of the desk's can end.
    pub(super) promised: &'a [Timestamp],
    /// Which facts have not ended what has run since an instant, by a host's word.
    pub(super) denied: &'a [(Timestamp, usize)],
}

impl<'a> Watched<'a> {
    /// Whether a host has said of one of the facts that it did not end a cycle.
    pub(super) fn is_denied(&self, begun: Option<&Begun>, index: usize) -> bool {
        let of_it = |since: Timestamp| self.denied.contains(&(since, index));
        begun.is_some_and(|begun| begun.instants().any(of_it))
    }

    /// What ends a cycle, be it the agreement's goal or promised.
    pub(super) fn watch_of(&self, begun: Option<&Begun>) -> Watch<'a> {
        let promised = begun.is_some_and(|begun| begun.instants().any(|since| self.promised.contains(&since)));
        if promised { Watch { binding: Binding::Promised, ..self.watch } } else { self.watch }
    }
}

/// The cycle that runs after these facts, if one does.
pub(super) fn running_since(watched: &Watched<'_>, past: &[Past]) -> Option<Running> {
    let (waiting, mut earlier) = heard(watched, past)?;
    let Begun { since, again, .. } = waiting.undecided(watched.decided)?;
    earlier.retain(|(_, until)| watched.decided.is_none_or(|decided| *until > decided));
    Some(Running { again, earlier, ..Running::since(since) })
}

/// What waits after these facts, and the stretches that count towards it and have ended; nothing, where it is measured once and that is over.
///
/// The facts are heard in the order in which they were taken in, as they were when they came.
pub(super) fn heard(watched: &Watched<'_>, past: &[Past]) -> Option<(Waiting, Vec<(Timestamp, Timestamp)>)> {
    let over = over_first(watched.after, past);
    let mut waiting = Waiting::default();
    let mut earlier: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut ticket = None;
    let known = watched.after_ended;
    for (index, told @ Past { happened, fact, .. }) in past.iter().enumerate() {
        let Some(after) = Standing::follow(&mut ticket, fact) else { continue };
        let since = waiting.since();
        let ended = waiting.end(watched.watch, told, index, after);
        if !ended {
            waiting.begin_again(watched.watch, fact, *happened, after);
        }
        match watched.cycles {
            Cycles::Once if ended => return None,
            Cycles::Resume if ended => earlier.extend(since.map(|since| (since, (*happened).max(since)))),
            Cycles::Once | Cycles::Resume | Cycles::Each => {}
        }
        // Of older facts of that very instant it is not known which came before.
        let free = is_after(over, index, told)
            || known.is_some_and(|ended| watched.is_new && index + 1 == past.len() || ended.is_before(told));
        if free && watched.watch.starts(fact, after) {
            waiting.start(told, index, ended, watched.watch.stops(fact, after));
        }
    }
    Some((waiting, earlier))
}

/// The starts that nothing has ended yet, by when they happened, and which facts they are. The first is since when a cycle runs.
#[derive(Default)]
pub(super) struct Waiting {
    starts: Vec<(Timestamp, usize)>,
    /// Since when the first counted before it has begun again, each time.
    before: Vec<Timestamp>,
    /// Until when all was given, made needless, or settled by somebody's word, and which fact says so, if one does.
    over: Option<(Timestamp, usize)>,
}

/// A cycle that waits for its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Begun {
    /// When it began, as far as that has not been decided.
    pub(super) since: Timestamp,
    /// Which fact has begun it.
    pub(super) by: usize,
    /// When it has begun again since.
    pub(super) again: Vec<Timestamp>,
}

impl Begun {
    /// One that no fact is known to have begun.
    pub(super) const fn at(since: Timestamp) -> Self {
        Self { since, by: usize::MAX, again: Vec::new() }
    }

    /// Since when it counts: since it began, or has begun again.
    pub(super) fn latest(&self) -> Timestamp {
        self.again.last().copied().unwrap_or(self.since)
    }

    /// Every instant since which it has counted.
    pub(super) fn instants(&self) -> impl Iterator<Item = Timestamp> {
        core::iter::once(self.since).chain(self.again.iter().copied())
    }
}

impl Waiting {
    pub(super) fn since(&self) -> Option<Timestamp> {
        self.starts.first().map(|(since, _)| *since)
    }

    /// Which facts they are.
    pub(super) fn facts(&self) -> impl Iterator<Item = usize> {
        self.starts.iter().map(|(_, index)| *index)
    }

    /// The first that is later than all that has been decided.
    pub(super) fn undecided(&self, decided: Option<Timestamp>) -> Option<Begun> {
        let undecided = |start: Timestamp| decided.is_none_or(|decided| start > decided);
        let (last, by) = self.starts.iter().find(|(start, _)| undecided(*start)).copied()?;
        let is_first = self.since() == Some(last);
        let before = self.before.iter().copied().filter(|start| is_first && undecided(*start));
        let mut instants = before.chain([last]);
        Some(Begun { since: instants.next()?, by, again: instants.collect() })
    }

    /// A running cycle begins with the oldest that waits: with an older message, also where that is told of when a later one has begun it.
    ///
    /// What stops the metric as well has no older one to wait for, and begins nothing if what it would have begun was over by later facts.
    pub(super) fn start(&mut self, told: &Past, index: usize, afresh: bool, stops: bool) {
        let happened = told.counts_from();
        let is_late = happened < told.at;
        if stops && is_late && !afresh && self.over.is_some_and(|(over, by)| by != index && happened <= over) {
            return;
        }
        let first = self.starts.first().map(|(first, _)| *first);
        if afresh || first.is_none_or(|first| first <= happened || is_older(&told.fact, stops)) {
            self.starts.push((happened, index));
            self.starts.sort_unstable();
        }
    }

    /// Whether a fact ends the running cycle. What had not happened by then waits on. Where none runs, what was over by then is over all the same.
    pub(super) fn end(&mut self, watch: Watch<'_>, told: &Past, index: usize, after: &Standing) -> bool {
        let Past { happened, fact, .. } = told;
        let stops = watch.stops(fact, after);
        let cancels = !stops && watch.cancels(fact, after);
        if stops || cancels {
            self.is_over(told.counts_from(), index);
        }
        let Some(since) = self.since().filter(|_| stops || cancels) else { return false };
        // A status holds from when it is taken in, however early somebody dates it; and what is needless is so, whenever it was asked.
        let done = if cancels || matches!(fact, Fact::Status { .. }) { Timestamp::MAX } else { *happened };
        self.starts.retain(|(start, _)| *start > done);
        let ended = done >= since;
        self.before.retain(|_| !ended);
        ended
    }

    /// Somebody's word has ended a stretch: what waited meanwhile waits no more.
    pub(super) fn settle(&mut self, settled: Settled) {
        let first = self.since();
        self.starts.retain(|(start, _)| !settled.covers(*start));
        self.is_over(settled.last(), usize::MAX);
        self.before.retain(|_| self.starts.first().map(|(start, _)| *start) == first);
    }

    fn is_over(&mut self, until: Timestamp, by: usize) {
        if self.over.is_none_or(|(over, _)| over < until) {
            self.over = Some((until, by));
        }
    }

    /// A fact that lets the running cycle begin again.
    pub(super) fn begin_again(&mut self, watch: Watch<'_>, fact: &Fact, happened: Timestamp, after: &Standing) {
        let first = self.starts.first().filter(|_| any(&watch.metric.reset, fact, after)).copied();
        if let Some((since, index)) = first {
            self.starts = Vec::from([(happened.max(since), index)]);
            self.before.push(since);
        }
    }
}
