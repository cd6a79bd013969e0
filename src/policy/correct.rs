//! What an agreement orders when something on record turns out to have been something else: an auto-reply that was taken for an
//! answer, an answer that bounced, a customer's message that was filed as a note.
//!
//! The cycles by the past as it was known and by the past as it is known now are held against each other, and what differs is put
//! right: one that never was is struck out, one that had not ended goes on, one that had ended has.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Policy;
use super::begin::{Candidate, candidates, was_left};
use super::fact::Past;
use super::history::{End, Told, history};
use super::moment::Moment;
use super::running::{Clockwork, stopped_by, why_cancelled};
use super::runs::Runs;
use super::trace::{Begun, Running, Watched, have_ended, standing};
use crate::commitment::{
    Actor, Binding, ClockOrder, Commitment, Happened, Ledger, Outcome, Pause, Phase, Rule, RuleReason, Stamp,
    TakenBack, VoidCause,
};
use crate::{CommitmentId, EditionNumber, Timestamp};

/// The same past, as it was known before and as it is known now.
pub(crate) struct Correction<'a> {
    /// The moment at which that is known. Its past is as it is known now, and its fact what the message was.
    pub(crate) moment: &'a Moment<'a>,
    pub(crate) before: &'a [Past],
    /// When the message happened, and who vouches for what it was.
    pub(crate) happened: Happened,
    pub(crate) by: Option<&'a Actor>,
}

/// An order, and when what it tells of had happened.
pub(crate) type Belated = (ClockOrder, Option<Happened>);

/// What is ordered about cycles that have been. What runs by the corrected past, and did not before, begins like anything else.
pub(crate) fn about_corrected<'a>(
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<Belated> {
    let (mut gone, mut others) = (Vec::new(), Vec::new());
    for run in runs.iter() {
        let latest = run.cycles.iter().rev().find_map(|id| ledger.get(*id));
        let clock = latest.and_then(|latest| Clockwork::of(latest, pinned(latest.edition)?));
        let Some(candidate) = clock.and_then(|clock| Candidate::of(&clock)) else { continue };
        let (then, now) = histories(&candidate, correction, runs, ledger);
        let cycles: Vec<_> = run.cycles.iter().filter_map(|id| ledger.get(*id)).collect();
        // One that stays though the facts tell of it no more ends with what would have ended it.
        let untold =
            cycles.iter().filter(|cycle| cycle.is_open() && !then.iter().any(|told| told.counted_since(cycle.since)));
        for actual in untold {
            let clock = pinned(actual.edition).and_then(|policy| Clockwork::of(actual, policy));
            let ended = clock.filter(|clock| clock.is_stopped_by(correction.moment));
            others.extend(ended.map(|clock| (clock.stop(correction.moment), Some(correction.happened))));
        }
        for before in &then {
            let Some(actual) = cycle(&cycles, &then, before) else { continue };
            match now.iter().find(|told| told.is(before)) {
                None => gone.extend(Some(actual.id).filter(|_| !was_let_go(actual))),
                Some(told) if told == before => {}
                Some(told) => {
                    let clock = pinned(actual.edition).and_then(|policy| Clockwork::of(actual, policy));
                    others.extend(clock.map(|clock| clock.put_right(before, told, correction)).unwrap_or_default());
                }
            }
        }
    }
    // Where another goes on in its place, nobody gets rid of a breach by striking one out.
    let replaced = others.iter().any(|(order, _)| matches!(order, ClockOrder::TakeBack(_)));
    let stamp = if replaced { Stamp::Transport } else { correction.happened.stamp };
    let happened = Happened { stamp, ..correction.happened };
    let strike_out = |id| {
        let evidence = correction.moment.evidence?.clone();
        Some((ClockOrder::StrikeOut(id, evidence, correction.by.cloned()), Some(happened)))
    };
    gone.into_iter().filter_map(strike_out).chain(others).collect()
}

/// What is ordered about cycles that have been and that nobody knew of: each begins when it would have, and has ended as it would have.
pub(crate) fn about_missed(
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
    in_force: &Policy,
) -> Vec<Belated> {
    let mut orders = Vec::new();
    for (candidate, budget) in candidates(correction.moment, in_force) {
        let (then, now) = histories(&candidate, correction, runs, ledger);
        let new: Vec<&Told> = now.iter().filter(|told| then.iter().all(|other| !other.is(told))).collect();
        let kept: Vec<Told> = then.iter().filter(|told| now.iter().any(|now| now.is(told))).cloned().collect();
        let is_known = |nth: usize, told: &Told| {
            let alike = new.iter().take(nth).filter(|other| other.begun.since == told.begun.since).count();
            let until = told.ended.and_then(|(index, _)| correction.moment.past.get(index)).map(|past| past.happened);
            alike < candidate.besides(&kept, told, runs, ledger)
                || candidate.is_on_record(&now, told, until, runs, ledger)
        };
        let missed = new.iter().enumerate().filter(|(nth, told)| !is_known(*nth, told)).map(|(_, told)| told);
        let ended = missed.filter_map(|told| told.ended.map(|(index, end)| (&told.begun, index, end)));
        let number = runs.cycles(&candidate.agreement.name, candidate.name);
        for ((begun, index, end), further) in ended.zip(1..) {
            let Some(ended_by @ Past { happened, fact, .. }) = correction.moment.past.get(index) else { continue };
            let facts = correction.moment.past.get(..index).unwrap_or_default();
            let stood = candidate.stood(begun, facts, ended_by);
            let start = candidate.start(correction.moment, budget, stood, number.saturating_add(further));
            let id = start.commitment;
            let order = match end {
                End::Done => stopped_by(id, fact, fact.message()),
                End::NotNeeded => {
                    let (agreement, metric) = (candidate.agreement.name.clone(), candidate.name.clone());
                    let why = why_cancelled(Some(candidate.rule), Some(fact));
                    ClockOrder::Cancel(id, Rule { agreement, metric, why })
                }
            };
            let happened = Happened { at: *happened, stamp: Stamp::Transport };
            orders.extend([(ClockOrder::Start(Box::new(start)), None), (order, Some(happened))]);
        }
    }
    orders
}

impl Candidate<'_> {
    /// A cycle that has ended, with the pauses that it would have had by these facts. None of them outlasts it.
    fn stood(&self, begun: &Begun, facts: &[Past], ended_by: &Past) -> Running {
        let until = ended_by.counts_from();
        let (rules, allowance) = (self.rule.pauses(self.metric), self.agreement.allowance(self.rule, self.metric));
        let (mut pauses, _) = standing(begun.since, rules, allowance, facts, until);
        for pause in pauses.iter_mut().filter(|pause| pause.until.is_none()) {
            pause.until = Some(until.max(pause.from));
        }
        Running { again: begun.again.clone(), pauses, ..Running::since(begun.since) }
    }
}

fn histories(
    candidate: &Candidate<'_>,
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
) -> (Vec<Told>, Vec<Told>) {
    let (after, known) = candidate.after(runs, ledger);
    // What ended it may be the very thing that is put right.
    let after_ended = known.filter(|_| !have_ended(&after, correction.before));
    let (watch, cycles) = (candidate.watching_as_promised(), candidate.cycles());
    let watched = Watched { watch, cycles, after: &after, after_ended, decided: candidate.before_its_time() };
    (history(&watched, correction.before), history(&watched, correction.moment.past))
}

/// The commitment that stands for a cycle: of several that began at one instant, each for its own.
fn cycle<'a>(cycles: &[&'a Commitment], then: &[Told], told: &Told) -> Option<&'a Commitment> {
    let alike = then.iter().filter(|other| other.begun.since == told.begun.since);
    let nth = alike.take_while(|other| !other.is(told)).count();
    let stand =
        cycles.iter().filter(|cycle| told.counted_since(cycle.since) && !was_put_right(cycle) && !was_left(cycle));
    stand.copied().nth(nth)
}

/// Whether a correction has taken its place.
pub(super) fn was_put_right(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &cycle.phase else { return false };
    match cause {
        VoidCause::InError { .. } | VoidCause::Retracted { .. } => true,
        VoidCause::Rule(_)
        | VoidCause::Released { .. }
        | VoidCause::Corrected { .. }
        | VoidCause::Dismissed { .. }
        | VoidCause::Lapsed
        | VoidCause::Withdrawn { .. }
        | VoidCause::Renegotiated { .. }
        | VoidCause::CustomerAbsent
        | VoidCause::SeriesStopped { .. }
        | VoidCause::InTime { .. } => false,
    }
}

/// Whether it is void by somebody's word, and by no fact that a metric sees: so it stays, and covers what it was about.
fn was_let_go(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &cycle.phase else { return false };
    !matches!(cause, VoidCause::Rule(_))
}

impl Clockwork<'_> {
    /// The cycle ended otherwise than it was thought to, or not at all.
    fn put_right(&self, before: &Told, told: &Told, correction: &Correction<'_>) -> Vec<Belated> {
        let id = self.commitment.id;
        let moved = |id: CommitmentId| {
            let since = told.begun.latest();
            (since != before.begun.latest()).then(|| self.counting_from(id, since, correction.moment)).flatten()
        };
        if told.ended == before.ended {
            return moved(id).into_iter().collect();
        }
        let ended = |id: CommitmentId| told.ended.and_then(|(index, end)| self.end(id, index, end, correction));
        let Some((index, _)) = before.ended else { return moved(id).into_iter().chain(ended(id)).collect() };
        let past = correction.before;
        let ended_by = past.get(index).filter(|ended_by| self.was_ended_by(ended_by, past));
        let (Some(ended_by), Some(evidence)) = (ended_by, correction.moment.evidence) else { return Vec::new() };
        let (pauses, resume_by) = self.standing_since(self.stopped_at(ended_by), told.ended, correction.moment);
        let back = TakenBack { commitment: id, evidence: evidence.clone(), pauses, resume_by };
        let back = (ClockOrder::TakeBack(Box::new(back)), None);
        let successor = id.derived("retracted");
        let orders = [back].into_iter().chain(moved(successor));
        match ended(successor) {
            Some(end) => orders.chain([end]).collect(),
            None => orders.chain(self.as_it_is_now(successor, correction.moment)).collect(),
        }
    }

    /// It counts since another instant: what had let it begin again was something else, or lets it.
    pub(super) fn from(&self, since: Timestamp, moment: &Moment<'_>) -> Option<Belated> {
        self.counting_from(self.commitment.id, since, moment)
    }

    fn counting_from(&self, id: CommitmentId, since: Timestamp, moment: &Moment<'_>) -> Option<Belated> {
        let (_, budget) = self.agreement.target(&self.cycle.metric, moment.after)?;
        let target = self.policy.terms(self.agreement, self.rule()?, budget, moment.after);
        Some((ClockOrder::Reset(id, target, Some(since)), None))
    }

    /// What one of the facts orders about a cycle that it ends.
    fn end(&self, id: CommitmentId, index: usize, end: End, correction: &Correction<'_>) -> Option<Belated> {
        let Past { happened, fact, .. } = correction.moment.past.get(index)?;
        let is_this = correction.moment.fact == Some(fact) && *happened == correction.happened.at;
        let stamp = if is_this { correction.happened.stamp } else { Stamp::Transport };
        let order = match end {
            End::Done => stopped_by(id, fact, fact.message()),
            End::NotNeeded if self.commitment.binding == Binding::Promised => return None,
            End::NotNeeded => ClockOrder::Cancel(id, self.rule_that(self.why_cancelled(Some(fact)))),
        };
        Some((order, Some(Happened { at: *happened, stamp })))
    }

    /// Whether it was this fact that ended the cycle, and no host. What ended as a record was put right was ended by the past as it was known then.
    fn was_ended_by(&self, Past { at, happened, fact, .. }: &Past, past: &[Past]) -> bool {
        let Phase::Closed { at: closed, outcome, .. } = &self.commitment.phase else { return false };
        let in_hindsight = past.iter().any(|past| past.put_right.contains(closed));
        match outcome {
            Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. } => {
                *done == *happened || closed == at || in_hindsight
            }
            Outcome::Overtaken(rule) | Outcome::Void(VoidCause::Rule(rule)) => {
                (closed == at || in_hindsight) && *rule == self.rule_that(self.why_cancelled(Some(fact)))
            }
            Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => false,
        }
    }

    /// Until when its clock says how it stood. What has begun and ended in hindsight has stood by the facts.
    fn stopped_at(&self, ended_by: &Past) -> Timestamp {
        let Commitment { made, clock, .. } = self.commitment;
        let stood = clock.pauses.iter().filter_map(|pause| pause.until).max();
        let closed = self.commitment.closed_at().filter(|closed| closed != made);
        closed.unwrap_or_else(|| stood.map_or(ended_by.counts_from(), |stood| stood.max(ended_by.counts_from())))
    }

    /// How its clock would have stood since it was closed, until now or until it ended by the facts as they are known now.
    fn standing_since(
        &self,
        closed: Timestamp,
        ended: Option<(usize, End)>,
        moment: &Moment<'_>,
    ) -> (Vec<Pause>, Option<Timestamp>) {
        let Some(rule) = self.rule() else { return (Vec::new(), None) };
        let (rules, allowance) = (rule.pauses(self.metric), self.agreement.allowance(rule, self.metric));
        let ended_by = ended.and_then(|(index, _)| Some((moment.past.get(..index)?, moment.past.get(index)?)));
        let (facts, until) = ended_by.map_or((moment.past, moment.at), |(facts, by)| (facts, by.counts_from()));
        let (pauses, resume_by) = standing(self.commitment.since, rules, allowance, facts, until);
        let over = |pause: &Pause| pause.until.or(ended_by.map(|_| until));
        let later =
            pauses.into_iter().map(|pause| Pause { until: over(&pause), from: pause.from.max(closed), ..pause });
        let later = later.filter(|pause| pause.until.is_none_or(|until| until > pause.from));
        (later.collect(), resume_by.filter(|_| ended_by.is_none()))
    }

    /// What has changed of its target since it was closed. A deadline that had been missed by then does not move.
    fn as_it_is_now(&self, id: CommitmentId, moment: &Moment<'_>) -> Option<Belated> {
        if self.commitment.breach.is_some_and(|breach| breach.cause.is_missed()) {
            return None;
        }
        let order = match (self.agreement.target(&self.cycle.metric, moment.after), self.rule()) {
            (Some((_, budget)), Some(rule)) => {
                let target = self.policy.terms(self.agreement, rule, budget, moment.after);
                let same = self.cycle.priority == target.priority && target.is_of(&self.commitment.terms);
                (!same).then_some(ClockOrder::Retarget(id, target, self.agreement.on_priority_change))
            }
            _ if self.commitment.binding == Binding::Goal => {
                Some(ClockOrder::Cancel(id, self.rule_that(RuleReason::Left)))
            }
            _ => None,
        };
        order.map(|order| (order, None))
    }
}
