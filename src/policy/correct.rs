//! What an agreement orders when something on record turns out to have been something else: an auto-reply that was taken for an
//! answer, an answer that bounced, a customer's message that was filed as a note.

use alloc::vec::Vec;

use super::Policy;
use super::fact::{Fact, Past};
use super::pattern::any;
use super::running::{Clockwork, stopped_by};
use super::runs::Runs;
use super::standing::Standing;
use crate::commitment::{Binding, ClockOrder, Commitment, Happened, Ledger, Outcome, Phase, Stamp, Verdict, VoidCause};
use crate::{EditionNumber, MessageRef, Name, Timestamp};

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
    ledger: &'a Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<Belated> {
    let Some(then) = Standing::after(correction.past, correction.index) else { return Vec::new() };
    let known = runs.iter().flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id));
    let clock = |commitment: &'a Commitment| Clockwork::of(commitment, pinned(commitment.edition)?);
    let clocks: Vec<_> = known.filter_map(clock).collect();
    let mut orders = Vec::new();
    for clock in &clocks {
        let belated = clock.put_right(correction, &then);
        if let [(ClockOrder::TakeBack(goes_on, _), _), end @ ..] = &belated[..] {
            let until = end.first().and_then(|(_, happened)| *happened).map(|end| end.at);
            let needless = clocks.iter().filter(|other| other.began_while(clock, until));
            orders.extend(needless.map(|other| (ClockOrder::FallAway(other.commitment.id, *goes_on), None)));
        }
        orders.extend(belated);
    }
    orders
}

impl Clockwork<'_> {
    fn put_right(&self, correction: &Correction<'_>, then: &Standing) -> Vec<Belated> {
        let Correction { happened, was, is, evidence, past, index } = *correction;
        let id = self.commitment.id;
        let stops = |fact| any(&self.metric.stop, fact, then) || self.also(fact, then);
        let starts = |fact| any(&self.metric.start, fact, then);
        let cancels = |fact| self.commitment.binding == Binding::Goal && any(&self.metric.cancel, fact, then);
        let taken_in = past.get(index).map(|past| past.at);
        let stopped = was_done(self.commitment) == Some(happened.at) && stops(was) && !stops(is);
        let cancelled = self.was_cancelled(was) == taken_in && cancels(was) && !cancels(is);
        if stopped || cancelled {
            let taken_back = (ClockOrder::TakeBack(id, evidence.clone()), None);
            return [taken_back].into_iter().chain(self.later_end(correction)).collect();
        }
        let is_open = self.commitment.is_open();
        if is_open && self.commitment.since == happened.at && starts(was) && !starts(is) {
            return Vec::from([(ClockOrder::StrikeOut(id, evidence.clone()), None)]);
        }
        let undecided = is_open || self.commitment.verdict() == Verdict::Breached;
        if !undecided || self.commitment.since > happened.at {
            return Vec::new();
        }
        if stops(is) && !stops(was) {
            return Vec::from([(ClockOrder::Stop(id, Some(evidence.clone())), Some(happened))]);
        }
        if is_open && cancels(is) && !cancels(was) {
            return Vec::from([(self.cancel(self.why_cancelled(Some(is))), Some(happened))]);
        }
        Vec::new()
    }

    /// When an agreement's rule for such a fact ended it.
    fn was_cancelled(&self, fact: &Fact) -> Option<Timestamp> {
        let why = self.rule_that(self.why_cancelled(Some(fact)));
        match &self.commitment.phase {
            Phase::Closed { at, outcome: Outcome::Overtaken(rule) | Outcome::Void(VoidCause::Rule(rule)), .. } => {
                (*rule == why).then_some(*at)
            }
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { .. } => None,
        }
    }

    /// Whether this cycle could begin only because another had ended, which goes on, until an instant if that is known: one of a metric
    /// runs at a time, and none of a metric that is to follow.
    fn began_while(&self, goes_on: &Self, until: Option<Timestamp>) -> bool {
        let (since, before) = (self.commitment.since, goes_on.commitment);
        let alike = self.cycle.agreement == goes_on.cycle.agreement && self.cycle.kind == goes_on.cycle.kind;
        let after = |metric: &&'_ Name| self.policy.metrics.get(*metric).and_then(|metric| metric.after.as_ref());
        let mut awaited = core::iter::successors(Some(&self.cycle.metric), after).take(self.policy.metrics.len());
        self.commitment.is_open()
            && alike
            && self.commitment.version > before.version
            && until.is_none_or(|until| since < until)
            && awaited.any(|metric| *metric == goes_on.cycle.metric)
    }

    fn also(&self, fact: &Fact, then: &Standing) -> bool {
        self.rule().is_some_and(|rule| any(&rule.also, fact, then))
    }

    /// What ended what goes on now, the fact itself or one that came after it: it was delivered, or is not needed any more.
    fn later_end(&self, correction: &Correction<'_>) -> Option<Belated> {
        let mut ticket = None;
        let successor = self.commitment.id.derived("retracted");
        correction.past.iter().enumerate().find_map(|(index, Past { happened, fact, .. })| {
            let after = Standing::follow(&mut ticket, fact)?;
            if index < correction.index {
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

/// When a commitment was done, in time or late.
fn was_done(commitment: &Commitment) -> Option<Timestamp> {
    match &commitment.phase {
        Phase::Closed { outcome, .. } => match outcome {
            Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. } => {
                Some(*done)
            }
            Outcome::Overtaken(_) | Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => None,
        },
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => None,
    }
}
