//! The cycles that a metric would have had by these facts, each with what ended it.
//!
//! When a message turns out to have been something else, the cycles by the past as it was known and by the past as it is known now are
//! held against each other. Only where they differ is anything put right, so nothing that a host or a rule did besides is touched.

use alloc::vec::Vec;

use super::before::{is_after, over_by};
use super::fact::Past;
use super::metric::Cycles;
use super::standing::Standing;
use super::trace::{Begun, Waiting, Watched};
use crate::Timestamp;

/// A cycle by the facts alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// When it began, which of the facts has begun it, and when it has begun again.
    pub(super) begun: Begun,
    /// Which of the facts ended it, and how, if one did.
    pub(super) ended: Option<(usize, End)>,
}

impl Told {
    /// Whether it is the same cycle, by the same facts as far as they begin it.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.begun.by == other.begun.by
    }

    /// Whether it has counted since an instant. What was broken by then has not begun again with the facts.
    pub(super) fn counted_since(&self, since: Timestamp) -> bool {
        self.begun.instants().any(|instant| instant == since)
    }
}

/// What ended a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It was what the metric waits for.
    Done,
    /// It made that needless.
    NotNeeded,
    /// Somebody's word has ended it, before this fact: so no fact has.
    Settled,
}

/// Every cycle by these facts, the one that runs last. One that begins again is the same cycle.
pub(super) fn history(watched: &Watched<'_>, past: &[Past]) -> Vec<Told> {
    let over = over_by(watched.after, past);
    let mut waiting = Waiting::default();
    let (mut told, mut ticket) = (Vec::new(), None);
    // Somebody's word ends what waited then: what is heard of later waits on, however early it was.
    let mut words = watched.settled.to_vec();
    let mut settle = |index: usize, by: Option<Timestamp>, waiting: &mut Waiting, told: &mut Vec<Told>| {
        words.retain(|settled| {
            let is_over = by.is_none_or(|by| settled.is_over(by));
            if is_over {
                let running = waiting.undecided(watched.decided).filter(|begun| settled.covers(begun.since));
                told.extend(running.map(|begun| Told { begun, ended: Some((index, End::Settled)) }));
                waiting.settle(*settled);
            }
            !is_over
        });
    };
    for (index, told_of @ Past { at, happened, fact, .. }) in past.iter().enumerate() {
        let Some(after) = Standing::follow(&mut ticket, fact) else { continue };
        settle(index, Some(*at), &mut waiting, &mut told);
        if watched.cycles == Cycles::Once && !told.is_empty() {
            return told;
        }
        let running = waiting.undecided(watched.decided);
        let watch = watched.watch_of(running.as_ref());
        let denied = watched.is_denied(running.as_ref(), index);
        let ended = !denied && waiting.end(watch, told_of, index, after);
        if let Some(begun) = running.filter(|_| ended) {
            let end = if watch.stops(fact, after) { End::Done } else { End::NotNeeded };
            told.push(Told { begun, ended: Some((index, end)) });
        }
        if ended && watched.cycles == Cycles::Once {
            return told;
        }
        if !ended {
            waiting.begin_again(watched.watch, fact, *happened, after);
        }
        // What a host ended, the past does not tell.
        let free = is_after(over, index, told_of) || watched.after_ended.is_some_and(|ended| ended.is_before(told_of));
        if free && watched.watch.starts(fact, after) {
            waiting.start(told_of, index, ended, watched.watch.stops(fact, after));
        }
    }
    settle(past.len(), None, &mut waiting, &mut told);
    if watched.cycles == Cycles::Once && !told.is_empty() {
        return told;
    }
    let running = waiting.undecided(watched.decided);
    told.extend(running.map(|begun| Told { begun, ended: None }));
    told
}
