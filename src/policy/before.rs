//! What must have ended before a metric begins: the first cycle of the one that it follows, which may follow another itself.

use alloc::vec::Vec;

use super::fact::Past;
use super::standing::Standing;
use super::trace::{Watch, is_older};
use crate::Timestamp;

/// When a cycle had ended that others come after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ended {
    /// When that was told.
    pub(super) told: Timestamp,
    /// When it was done, if that is told later.
    pub(super) done: Timestamp,
}

impl Ended {
    /// Whether a fact came after it: it was taken in after that, or had happened after it.
    pub(super) fn is_before(self, told: &Past) -> bool {
        self.told < told.at || self.done < told.counts_from()
    }
}

/// Watches for the first cycle of a metric to end, which itself may have to wait for another's.
struct Before<'a> {
    /// What has not ended yet; the last comes first, and since when it runs if it has started.
    waits: Vec<(Watch<'a>, Option<Timestamp>)>,
    /// When the last that has ended had ended.
    ended: Timestamp,
    /// When that had begun.
    began: Timestamp,
}

impl<'a> Before<'a> {
    fn of(after: &[Watch<'a>]) -> Self {
        Self { waits: after.iter().map(|watch| (*watch, None)).collect(), ended: Timestamp::MIN, began: Timestamp::MIN }
    }

    const fn is_over(&self) -> bool {
        self.waits.is_empty()
    }

    /// Takes the last of these facts.
    fn take(&mut self, past: &[Past], after: &Standing) {
        let Some((told, earlier)) = past.split_last() else { return };
        while let Some((watch, since)) = self.waits.last_mut() {
            // What had been done before it began is not what it waits for.
            let done = |began: Timestamp| began <= told.counts_from() || watch.cancels(&told.fact, after);
            let Some(began) = since.filter(|began| watch.ends(&told.fact, after) && done(*began)) else {
                let older = is_older(&told.fact, watch.stops(&told.fact, after));
                let starts = (since.is_none() || older) && watch.starts(&told.fact, after);
                *since = (*since).into_iter().chain(starts.then(|| told.counts_from())).min();
                return;
            };
            self.ended = told.counts_from().max(began);
            self.began = began;
            // What ends the one may start the next, and what had happened since then may have, where that is told only now.
            self.waits.pop();
            if let Some((watch, since)) = self.waits.last_mut() {
                *since = watch.first_since(self.ended, earlier);
            }
        }
    }
}

/// Whether it had ended so by an instant: if it was later, a host had ended it before.
pub(super) fn have_ended_by(after: &[Watch<'_>], past: &[Past], by: Timestamp) -> bool {
    let until = past.iter().position(|past| past.at > by).unwrap_or(past.len());
    have_ended(after, past.get(..until).unwrap_or_default())
}

/// Whether the first cycle of each of these metrics, each after the one that follows it, has ended by these facts.
pub(super) fn have_ended(after: &[Watch<'_>], past: &[Past]) -> bool {
    over_by(after, past).is_some()
}

/// Which of these facts has ended the first cycle of each of these metrics, each after the one that follows it, and when it had happened.
pub(super) fn over_by(after: &[Watch<'_>], past: &[Past]) -> Option<(usize, Timestamp)> {
    first_over(after, past).map(|over| (over.by, over.ended))
}

/// The same, where what is told later may have ended it before that: so for what begins now. What is put right goes by what was known when, as the cycles on
/// record do.
pub(super) fn over_first(after: &[Watch<'_>], past: &[Past]) -> Option<(usize, Timestamp)> {
    let FirstOver { by, began, mut ended, mut ticket } = first_over(after, past)?;
    let later = past.get(by + 1..).unwrap_or_default();
    let is_earlier = |told: &Past, ended: Timestamp| began <= told.counts_from() && told.counts_from() < ended;
    if let Some(watch) = after.first().filter(|_| later.iter().any(|told| is_earlier(told, ended))) {
        for told in later {
            let Some(after) = Standing::follow(&mut ticket, &told.fact) else { continue };
            if is_earlier(told, ended) && watch.stops(&told.fact, after) {
                ended = told.counts_from();
            }
        }
    }
    Some((by, ended))
}

/// The first of some facts by which all that must come before has ended.
struct FirstOver {
    by: usize,
    /// When the last of it had begun, and ended.
    began: Timestamp,
    ended: Timestamp,
    /// How the ticket stood then.
    ticket: Option<Standing>,
}

fn first_over(after: &[Watch<'_>], past: &[Past]) -> Option<FirstOver> {
    let mut before = Before::of(after);
    let mut ticket = None;
    let by = past.iter().enumerate().position(|(index, told)| {
        if let Some(after) = Standing::follow(&mut ticket, &told.fact) {
            before.take(past.get(..=index).unwrap_or_default(), after);
        }
        before.is_over()
    })?;
    Some(FirstOver { by, began: before.began, ended: before.ended, ticket })
}

/// Whether a fact comes after what must have ended before: it was taken in after that, or had happened after it, where that is told of later.
pub(super) fn is_after(over: Option<(usize, Timestamp)>, index: usize, told: &Past) -> bool {
    over.is_some_and(|(by, ended)| by <= index || ended < told.counts_from())
}
