//! What an agreement orders about the clocks that run.

use alloc::vec::Vec;

use super::Policy;
use super::agreement::{Agreement, TargetRule, Unanswered};
use super::fact::{Fact, Status};
use super::fate::is_in_place;
use super::metric::Metric;
use super::moment::Moment;
use super::pattern::PauseRule;
use super::runs::Runs;
use super::standing::Standing;
use super::trace::Watch;
use crate::calendar::Term;
use crate::commitment::{Binding, ClockOrder, Commitment, Cycle, Ledger, Origin, Rule, RuleReason, Target, Verdict};
use crate::{CommitmentId, EditionNumber, MessageRef, Name, Timestamp};

/// What is ordered about the clocks that run, each by the edition that it was made under.
pub(crate) fn about_running<'a>(
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let clock = |id: CommitmentId| {
        let commitment = ledger.get(id)?;
        Clockwork::of(commitment, pinned(commitment.edition)?)
    };
    let mut orders = Vec::new();
    for run in runs.iter() {
        let running = run.running().filter_map(clock).filter(|clock| clock.commitment.is_open());
        orders.extend(running.flat_map(|clock| clock.orders(moment)));
        // Only what was still open when this happened can be put right by it.
        let Some(happened) = moment.happened.map(|happened| happened.at) else { continue };
        for cycles in [&run.cycles, &run.carried_in] {
            let known = cycles.iter().rev().filter_map(|id| ledger.get(*id));
            let closed = known.filter_map(|cycle| Some((cycle, cycle.closed_at()?)));
            // What goes on with another in its place is not in the order of the others.
            let late = closed.take_while(|(cycle, closed)| *closed >= happened || is_in_place(cycle));
            let late = late.filter(|(_, closed)| *closed >= happened).filter_map(|(cycle, _)| clock(cycle.id));
            orders.extend(late.filter_map(|clock| clock.correction(moment)));
        }
    }
    orders
}

/// A running clock with the data that it runs by.
pub(super) struct Clockwork<'a> {
    pub(super) commitment: &'a Commitment,
    pub(super) cycle: &'a Cycle,
    pub(super) policy: &'a Policy,
    pub(super) agreement: &'a Agreement,
    pub(super) metric: &'a Metric,
}

impl<'a> Clockwork<'a> {
    pub(super) fn of(commitment: &'a Commitment, policy: &'a Policy) -> Option<Self> {
        let Origin::Policy(cycle) = &commitment.origin else { return None };
        let agreement = policy.agreement(&cycle.agreement)?;
        Some(Self { commitment, cycle, policy, agreement, metric: policy.metrics.get(&cycle.metric)? })
    }

    /// What the agreement says of the metric.
    pub(super) fn rule(&self) -> Option<&'a TargetRule> {
        self.agreement.targets.get(&self.cycle.metric)
    }

    /// When the clock is to stand still.
    pub(super) fn pauses(&self) -> &'a [PauseRule] {
        self.rule().map_or(&[], |rule| rule.pauses(self.metric))
    }

    /// Whether a fact is what the metric waits for.
    pub(super) fn is_stopped_by(&self, moment: &Moment<'_>) -> bool {
        let also = self.rule().map_or(&[][..], |rule| &rule.also);
        let watch = Watch { metric: self.metric, also, binding: self.commitment.binding };
        moment.fact.is_some_and(|fact| watch.stops(fact, moment.after))
    }

    pub(super) fn orders(&self, moment: &Moment<'_>) -> Vec<ClockOrder> {
        let id = self.commitment.id;
        if self.is_stopped_by(moment) {
            return Vec::from([self.stop(moment)]);
        }
        // An older message than the one that began it has waited longer: the cycle is that one's.
        let older = moment.happened_at() < self.commitment.since && moment.is_any(&self.metric.start);
        if let (true, Some(evidence)) = (older, moment.evidence) {
            return Vec::from([ClockOrder::StrikeOut(id, evidence.clone(), None)]);
        }
        let is_goal = self.commitment.binding == Binding::Goal;
        if is_goal && moment.is_any(&self.metric.cancel) {
            return Vec::from([self.cancel(self.why_cancelled(moment.fact))]);
        }
        let target = self.target(moment);
        if is_goal && target.is_none() {
            return Vec::from([self.cancel(RuleReason::Left)]);
        }
        // What was promised goes on by the rules that it was promised under, whatever the ticket has become.
        let Some(rule) = self.rule() else { return Vec::new() };
        let mut orders = Vec::new();
        orders.extend(target.and_then(|budget| self.retarget(rule, budget, moment)));
        orders.extend(pauses(id, rule.pauses(self.metric), moment));
        if let Some(Fact::Assigned { .. }) = moment.fact {
            orders.push(ClockOrder::HandOver(id, moment.owner().unwrap_or(&self.agreement.owner).clone()));
        }
        orders
    }

    /// The budget that its agreement has for the ticket, if it is the one that counts for the metric now.
    fn target(&self, moment: &Moment<'_>) -> Option<Term> {
        let metric = &self.cycle.metric;
        if moment.before == moment.after {
            return self.agreement.target(metric, moment.after).map(|(_, budget)| budget);
        }
        let (agreement, budget) =
            self.policy.applying(metric, self.agreement.kind, moment.after, self.commitment.made)?;
        (agreement.name == self.agreement.name).then_some(budget)
    }

    pub(super) fn stop(&self, moment: &Moment<'_>) -> ClockOrder {
        let id = self.commitment.id;
        moment.fact.map_or(ClockOrder::End(id), |fact| stopped_by(id, fact, moment.evidence))
    }

    /// Why it ends without what was owed: the matter has ended, or what was owed is not wanted.
    pub(super) fn why_cancelled(&self, fact: Option<&Fact>) -> RuleReason {
        why_cancelled(self.rule(), fact)
    }

    fn retarget(&self, rule: &TargetRule, budget: Term, moment: &Moment<'_>) -> Option<ClockOrder> {
        let id = self.commitment.id;
        let target = self.policy.terms(self.agreement, rule, budget, moment.after);
        if moment.is_any(&self.metric.reset) {
            return Some(ClockOrder::Reset(id, target, None));
        }
        let moved = moment.before.priority != moment.after.priority
            || moment.before != moment.after && self.is_another(rule, &target, moment.before);
        moved.then_some(ClockOrder::Retarget(id, target, self.agreement.on_priority_change, None))
    }

    /// Whether the target was another before: the hours are those of somebody else now.
    fn is_another(&self, rule: &TargetRule, target: &Target, before: &Standing) -> bool {
        let Some((_, budget)) = self.agreement.target(&self.cycle.metric, before) else { return false };
        self.policy.terms(self.agreement, rule, budget, before) != *target
    }

    fn correction(&self, moment: &Moment<'_>) -> Option<ClockOrder> {
        let wrong = self.commitment.verdict() == Verdict::Breached && self.is_stopped_by(moment);
        wrong.then(|| self.stop(moment))
    }

    pub(super) fn cancel(&self, why: RuleReason) -> ClockOrder {
        ClockOrder::Cancel(self.commitment.id, self.rule_that(why), None)
    }

    pub(super) fn rule_that(&self, why: RuleReason) -> Rule {
        Rule { agreement: self.cycle.agreement.clone(), metric: self.cycle.metric.clone(), why }
    }
}

/// Why a fact ends a clock without what was owed.
pub(super) fn why_cancelled(rule: Option<&TargetRule>, fact: Option<&Fact>) -> RuleReason {
    let ended = matches!(fact, Some(Fact::Status { to: Status::Solved | Status::Closed, .. }));
    match rule.map(|rule| rule.unanswered) {
        Some(Unanswered::Breached) if ended => RuleReason::Unanswered,
        Some(Unanswered::Breached | Unanswered::NotNeeded) | None => RuleReason::NotNeeded,
    }
}

/// How a clock is stopped by a fact: a status holds from when it is taken in, and everything else counts from when it happened.
pub(super) fn stopped_by(id: CommitmentId, fact: &Fact, evidence: Option<&MessageRef>) -> ClockOrder {
    match fact {
        Fact::Status { .. } => ClockOrder::End(id),
        Fact::Opened(_)
        | Fact::Message(_)
        | Fact::Called { .. }
        | Fact::Priority(_)
        | Fact::Assigned { .. }
        | Fact::Tagged { .. }
        | Fact::Field { .. }
        | Fact::Channel(_)
        | Fact::Language(_)
        | Fact::Kind(_)
        | Fact::StatusName(_)
        | Fact::Vendor(_)
        | Fact::OnTheLine(_)
        | Fact::HumanAskedFor
        | Fact::NoReplyNeeded
        | Fact::Merged
        | Fact::EffectFailed
        | Fact::Marked(_) => ClockOrder::Stop(id, evidence.cloned()),
    }
}

/// The pause conditions that this fact has made true, and those that it has ended.
fn pauses(id: CommitmentId, rules: &[PauseRule], moment: &Moment<'_>) -> Vec<ClockOrder> {
    let turns = |rule: &PauseRule, held, holds| {
        (rule.when.holds(moment.before), rule.when.holds(moment.after)) == (held, holds)
    };
    let begun = rules.iter().filter(|rule| turns(rule, false, true));
    let ended = rules.iter().filter(|rule| turns(rule, true, false));
    // What begins comes first: a clock that stands for one reason after another stands throughout.
    let begun = begun.map(|rule| ClockOrder::Pause(id, rule.reason.clone()));
    begun.chain(ended.map(|rule| ClockOrder::Resume(id, rule.reason.clone()))).collect()
}

/// Whether a clock, by its agreement, stands still because the ticket waits for the customer, and has since an instant: it would not if the
/// desk were at it.
pub(crate) fn waits_for_the_customer(
    commitment: &Commitment,
    since: Timestamp,
    standing: &Standing,
    policy: &Policy,
) -> bool {
    let Some(clock) = Clockwork::of(commitment, policy) else { return false };
    let at_it = Standing { status: Status::Open, ..standing.clone() };
    let waits = |rule: &&PauseRule| rule.when.holds(standing) && !rule.when.holds(&at_it);
    let stands = |rule: &PauseRule| {
        let lasting = commitment.clock.pauses.iter().filter(|pause| pause.until.is_none() && pause.from <= since);
        lasting.into_iter().any(|pause| pause.reason == rule.reason)
    };
    standing.status == Status::Pending && clock.pauses().iter().filter(waits).any(stands)
}

/// Whether the agreement that a clock runs by wants it to stand still for this reason as the ticket is.
pub(crate) fn wants_pause(commitment: &Commitment, reason: &Name, standing: &Standing, policy: &Policy) -> bool {
    let Some(clock) = Clockwork::of(commitment, policy) else { return false };
    let Some(rule) = clock.rule() else { return false };
    rule.pauses(clock.metric).iter().any(|rule| rule.reason == *reason && rule.when.holds(standing))
}
