//! What an agreement orders when something on record turns out to have been something else: an auto-reply that was taken for an
//! answer, an answer that bounced, a customer's message that was filed as a note.

use alloc::vec::Vec;

use super::Policy;
use super::fact::{Fact, Past};
use super::pattern::any;
use super::running::{Clockwork, stopped_by};
use super::runs::Runs;
use super::standing::Standing;
use crate::commitment::{Binding, ClockOrder, Commitment, Happened, Ledger, Outcome, Phase, Stamp, Verdict};
use crate::{EditionNumber, MessageRef, Timestamp};

/// A fact of the past that was something else.
pub(crate) struct Correction<'a> {
    /// When it happened, and who vouches for what it was.
    pub(crate) happened: Happened,
    /// What it was taken for.
    pub(crate) was: &'a Fact,
    /// What it was.
    pub(crate) is: &'a Fact,
    /// Which message it was.
    pub(crate) evidence: &'a MessageRef,
    /// All facts of the ticket, as they are now known to have been.
    pub(crate) past: &'a [Past],
    /// Which of them it is.
    pub(crate) index: usize,
}

/// An order, and when what it tells of had happened.
pub(crate) type Belated = (ClockOrder, Option<Happened>);

/// What is ordered about cycles that the fact had started or stopped, or should have.
pub(crate) fn about_corrected<'a>(
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<Belated> {
    let Some(then) = Standing::after(correction.past, correction.index) else { return Vec::new() };
    let mut orders = Vec::new();
    for commitment in runs.iter().flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id)) {
        let clock = pinned(commitment.edition).and_then(|policy| Clockwork::of(commitment, policy));
        orders.extend(clock.map(|clock| clock.put_right(correction, &then)).unwrap_or_default());
    }
    orders
}

impl Clockwork<'_> {
    fn put_right(&self, correction: &Correction<'_>, then: &Standing) -> Vec<Belated> {
        let Correction { happened, was, is, evidence, .. } = *correction;
        let id = self.commitment.id;
        let stops = |fact| any(&self.metric.stop, fact, then) || self.also(fact, then);
        let starts = |fact| any(&self.metric.start, fact, then);
        let by_this = was_done(self.commitment) == Some(happened.at);
        if by_this && stops(was) && !stops(is) {
            let taken_back = (ClockOrder::TakeBack(id, evidence.clone()), None);
            return [taken_back].into_iter().chain(self.later_end(correction)).collect();
        }
        let is_open = self.commitment.is_open();
        if is_open && self.commitment.since == happened.at && starts(was) && !starts(is) {
            return Vec::from([(ClockOrder::StrikeOut(id, evidence.clone()), None)]);
        }
        let undecided = is_open || self.commitment.verdict() == Verdict::Breached;
        if undecided && self.commitment.since <= happened.at && stops(is) && !stops(was) {
            return Vec::from([(ClockOrder::Stop(id, Some(evidence.clone())), Some(happened))]);
        }
        Vec::new()
    }

    fn also(&self, fact: &Fact, then: &Standing) -> bool {
        self.rule().is_some_and(|rule| any(&rule.also, fact, then))
    }

    /// What came after it and ended what goes on now: it has been delivered since, or is not needed any more.
    fn later_end(&self, correction: &Correction<'_>) -> Option<Belated> {
        let mut ticket = None;
        let successor = self.commitment.id.derived("retracted");
        correction.past.iter().enumerate().find_map(|(index, Past { happened, fact, .. })| {
            let after = Standing::follow(&mut ticket, fact)?;
            if index <= correction.index {
                return None;
            }
            let happened = Happened { at: *happened, stamp: Stamp::Transport };
            let order = if any(&self.metric.stop, fact, after) || self.also(fact, after) {
                stopped_by(successor, fact, fact.message())
            } else if self.commitment.binding == Binding::Goal && any(&self.metric.cancel, fact, after) {
                ClockOrder::Cancel(successor, self.rule_that(self.why_cancelled(Some(fact))))
            } else {
                return None;
            };
            Some((order, Some(happened)))
        })
    }
}

/// When a commitment that counts as kept was kept.
fn was_done(commitment: &Commitment) -> Option<Timestamp> {
    match &commitment.phase {
        Phase::Closed { outcome: Outcome::Fulfilled { done } | Outcome::Corrected { done }, .. } => Some(*done),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => None,
    }
}
