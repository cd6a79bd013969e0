//! What an agreement orders when something has happened on a ticket.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::agreement::{Agreement, TargetRule};
use super::fact::{Fact, Past, View};
use super::metric::{Cycles, Metric};
use super::runs::{Run, Runs};
use super::trace::{Running, Watched, any, have_ended, running_since, standing};
use super::{Policy, pattern::PauseRule};
use crate::calendar::Amount;
use crate::commitment::{
    Binding, ClockOrder, Commitment, Cycle, Happened, Ledger, Origin, Outcome, Owner, Party, Pause, Phase, Rule,
    RuleReason, Start, Target, Verdict, VoidCause,
};
use crate::{CommitmentId, EditionNumber, MessageRef, Name, TicketId, Timestamp};

/// A fact of a ticket, with all that agreements ask about it.
#[derive(Clone, Debug)]
pub(crate) struct Moment<'a> {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) happened: Option<Happened>,
    pub(crate) fact: &'a Fact,
    pub(crate) evidence: Option<&'a MessageRef>,
    pub(crate) before: View<'a>,
    pub(crate) after: View<'a>,
    /// All facts of the ticket, this one included.
    pub(crate) past: &'a [Past],
    /// Who the ticket is given to, if it is.
    pub(crate) owner: Option<&'a Owner>,
    pub(crate) beneficiary: &'a Party,
}

impl Moment<'_> {
    fn happened_at(&self) -> Timestamp {
        self.happened.map_or(self.at, |happened| happened.at)
    }
}

/// What is ordered about the clocks that run, each by the edition that it was made under.
pub(crate) fn about_running<'a>(
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let mut orders = Vec::new();
    for run in runs.iter() {
        for commitment in run.cycles.iter().rev().filter_map(|id| ledger.get(*id)) {
            let clock = pinned(commitment.edition).and_then(|policy| Clockwork::of(commitment, policy));
            let Some(clock) = clock else { break };
            match commitment.closed_at() {
                None => orders.extend(clock.orders(moment)),
                // Only what was still open when this happened can be put right by it.
                Some(closed) if moment.happened.is_none() || closed < moment.happened_at() => break,
                Some(_) => orders.extend(clock.correction(moment)),
            }
        }
    }
    orders
}

/// A running clock with the data that it runs by.
struct Clockwork<'a> {
    commitment: &'a Commitment,
    cycle: &'a Cycle,
    policy: &'a Policy,
    agreement: &'a Agreement,
    metric: &'a Metric,
}

impl<'a> Clockwork<'a> {
    fn of(commitment: &'a Commitment, policy: &'a Policy) -> Option<Self> {
        let Origin::Policy(cycle) = &commitment.origin else { return None };
        let agreement = policy.agreement(&cycle.agreement)?;
        Some(Self { commitment, cycle, policy, agreement, metric: policy.metrics.get(&cycle.metric)? })
    }

    fn orders(&self, moment: &Moment<'_>) -> Vec<ClockOrder> {
        let id = self.commitment.id;
        if any(&self.metric.stop, moment.fact) {
            return Vec::from([self.stop(moment)]);
        }
        let is_goal = self.commitment.binding == Binding::Goal;
        if is_goal && any(&self.metric.cancel, moment.fact) {
            return Vec::from([self.cancel(RuleReason::NotNeeded)]);
        }
        let target = self.target(moment);
        if is_goal && target.is_none() {
            return Vec::from([self.cancel(RuleReason::Left)]);
        }
        // What was promised goes on by the rules that it was promised under, whatever the ticket has become.
        let Some(rule) = self.agreement.targets.get(&self.cycle.metric) else { return Vec::new() };
        let mut orders = Vec::new();
        orders.extend(target.and_then(|budget| self.retarget(rule, budget, moment)));
        orders.extend(pauses(id, rule.pauses(self.metric), moment));
        if let Fact::Assigned = moment.fact {
            orders.push(ClockOrder::HandOver(id, moment.owner.unwrap_or(&self.agreement.owner).clone()));
        }
        orders
    }

    /// The budget that its agreement has for the ticket, if it is the one that counts for the metric now.
    fn target(&self, moment: &Moment<'_>) -> Option<Amount> {
        let metric = &self.cycle.metric;
        if moment.before == moment.after {
            return self.agreement.target(metric, &moment.after).map(|(_, budget)| budget);
        }
        let (agreement, budget) = self.policy.applying(metric, &moment.after)?;
        (agreement.name == self.agreement.name).then_some(budget)
    }

    fn stop(&self, moment: &Moment<'_>) -> ClockOrder {
        match moment.fact {
            Fact::Status(..) => ClockOrder::End(self.commitment.id),
            Fact::Opened(..) | Fact::Message(..) | Fact::Priority(_) | Fact::Assigned => {
                ClockOrder::Stop(self.commitment.id, moment.evidence.cloned())
            }
        }
    }

    fn retarget(&self, rule: &TargetRule, budget: Amount, moment: &Moment<'_>) -> Option<ClockOrder> {
        let id = self.commitment.id;
        let target = target(self.agreement, rule, budget, moment);
        if any(&self.metric.reset, moment.fact) {
            return Some(ClockOrder::Reset(id, target));
        }
        let moved = moment.before.priority != moment.after.priority;
        moved.then_some(ClockOrder::Retarget(id, target, self.agreement.on_priority_change))
    }

    fn correction(&self, moment: &Moment<'_>) -> Option<ClockOrder> {
        let wrong = self.commitment.verdict() == Verdict::Breached && any(&self.metric.stop, moment.fact);
        wrong.then(|| self.stop(moment))
    }

    fn cancel(&self, why: RuleReason) -> ClockOrder {
        let rule = Rule { agreement: self.cycle.agreement.clone(), metric: self.cycle.metric.clone(), why };
        ClockOrder::Cancel(self.commitment.id, rule)
    }
}

/// The pause conditions that this fact has made true, and those that it has ended.
fn pauses(id: CommitmentId, rules: &[PauseRule], moment: &Moment<'_>) -> Vec<ClockOrder> {
    let turns = |rule: &PauseRule, held, holds| {
        (rule.when.holds(&moment.before), rule.when.holds(&moment.after)) == (held, holds)
    };
    let begun = rules.iter().filter(|rule| turns(rule, false, true));
    let ended = rules.iter().filter(|rule| turns(rule, true, false));
    // What begins comes first: a clock that stands for one reason after another stands throughout.
    let begun = begun.map(|rule| ClockOrder::Pause(id, rule.reason.clone()));
    begun.chain(ended.map(|rule| ClockOrder::Resume(id, rule.reason.clone()))).collect()
}

/// What is ordered to begin, by the edition in force: for each metric, under the first agreement that has a target for it.
pub(crate) fn to_begin<'a>(
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    in_force: &Policy,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy> + Copy,
) -> Vec<ClockOrder> {
    let mut orders = Vec::new();
    let mut taken: Vec<&Name> = Vec::new();
    for agreement in &in_force.agreements {
        for name in agreement.targets.keys() {
            let Some((rule, budget)) = agreement.target(name, &moment.after) else { continue };
            if taken.contains(&name) {
                continue;
            }
            taken.push(name);
            let Some(metric) = in_force.metrics.get(name) else { continue };
            let candidate = Candidate { name, agreement, rule, metric, policy: in_force };
            let Some(running) = candidate.begins(moment, runs, ledger, pinned) else { continue };
            let cycle = Cycle {
                agreement: agreement.name.clone(),
                metric: name.clone(),
                cycle: runs.cycles(&agreement.name, name).saturating_add(1),
                priority: moment.after.priority.cloned(),
            };
            orders.push(ClockOrder::Start(Box::new(Start {
                commitment: CommitmentId::of_cycle(moment.ticket, &cycle.agreement, &cycle.metric, cycle.cycle),
                cycle,
                deliverable: metric.deliverable.clone(),
                beneficiary: moment.beneficiary.clone(),
                owner: moment.owner.unwrap_or(&agreement.owner).clone(),
                binding: agreement.binding,
                target: target(agreement, rule, budget, moment),
                pausable: agreement.allowance(rule, metric),
                since: running.since,
                pauses: running.pauses,
                resume_by: running.resume_by,
                continues: running.continues,
            })));
        }
    }
    orders
}

/// A metric that an agreement has a target for, and that may begin.
struct Candidate<'a> {
    name: &'a Name,
    agreement: &'a Agreement,
    rule: &'a TargetRule,
    metric: &'a Metric,
    policy: &'a Policy,
}

impl Candidate<'_> {
    /// The cycle that begins with this fact: because the fact starts it; because the target has come to apply to one that has
    /// been running all along; or because what stopped the last one had happened before another start.
    fn begins<'a>(
        &self,
        moment: &Moment<'_>,
        runs: &Runs,
        ledger: &Ledger,
        pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
    ) -> Option<Running> {
        let starts = any(&self.metric.start, moment.fact);
        let stopped_before = moment.happened_at() < moment.at && any(&self.metric.stop, moment.fact);
        let left = self.last_left(runs, ledger);
        let left_now = left.is_some_and(|left| left.closed_at() == Some(moment.at));
        if !starts && !stopped_before && !left_now && !self.has_come_to_apply(moment) {
            return None;
        }
        for run in runs.iter().filter(|run| run.metric == *self.name) {
            let last = run.cycles.last().and_then(|id| ledger.get(*id));
            if last.is_some_and(Commitment::is_open) || (self.metric.cycles == Cycles::Once && !run.left) {
                return None;
            }
        }
        let (after, after_ended) = self.after(runs, ledger);
        let rules = self.rule.pauses(self.metric);
        // Only where every cycle has been kept is it known that nothing older waits.
        let watched = left.is_none() && runs.iter().any(|run| run.metric == *self.name);
        if starts && watched {
            let free = after_ended.is_some() || after.is_empty() || have_ended(&after, moment.past);
            let (since, pauses) = (moment.happened_at(), holding(rules, moment));
            return free.then_some(Running { since, pauses, resume_by: None, continues: None });
        }
        let decided = self.decided(runs, ledger);
        let watched = Watched { metric: self.metric, after: &after, after_ended, decided };
        let since = running_since(&watched, moment.past)?;
        if let Some(left) = left.filter(|left| left.since == since) {
            let host_s = pinned(left.edition).map_or_else(Vec::new, |policy| host_pauses(left, policy, moment));
            let pauses = left.clock.pauses.iter().cloned().chain(host_s).chain(holding(rules, moment)).collect();
            return Some(Running { since, pauses, resume_by: None, continues: Some(left.id) });
        }
        let allowance = self.agreement.allowance(self.rule, self.metric);
        let (pauses, resume_by) = standing(since, rules, allowance, moment.past);
        Some(Running { since, pauses, resume_by, continues: None })
    }

    /// Whether it is by this fact that the target applies. One that an edition has brought begins with the next start.
    fn has_come_to_apply(&self, moment: &Moment<'_>) -> bool {
        if moment.before == moment.after {
            return false;
        }
        let before = self.policy.applying(self.name, &moment.before);
        before.is_none_or(|(agreement, _)| agreement.name != self.agreement.name)
    }

    /// The cycle that the ticket has left last, if nothing has been decided of the metric since.
    fn last_left<'a>(&self, runs: &'a Runs, ledger: &'a Ledger) -> Option<&'a Commitment> {
        let of_metric = runs.iter().filter(|run| run.metric == *self.name);
        let last = of_metric.filter_map(|run| ledger.get(*run.cycles.last()?)).max_by_key(|cycle| cycle.version)?;
        was_left(last).then_some(last)
    }

    /// The metrics that must have ended before, each after the one that follows it; and when the first of them is known to have
    /// ended, however that came about.
    fn after(&self, runs: &Runs, ledger: &Ledger) -> (Vec<&Metric>, Option<Timestamp>) {
        let mut names: Vec<&Name> = Vec::new();
        let mut next = self.metric.after.as_ref();
        while let Some(name) = next.filter(|name| !names.contains(name)) {
            names.push(name);
            next = self.policy.metrics.get(name).and_then(|metric| metric.after.as_ref());
        }
        let ended = names.first().and_then(|name| {
            // Of each run the first that was decided: the others came later.
            let first = |run: &Run| {
                let mut cycles = run.cycles.iter().filter_map(|id| ledger.get(*id)).filter(|cycle| !was_left(cycle));
                cycles.find_map(Commitment::closed_at)
            };
            runs.iter().filter(|run| run.metric == **name).filter_map(first).min()
        });
        (names.iter().filter_map(|name| self.policy.metrics.get(*name)).collect(), ended)
    }

    /// Until when all that waited has been decided. A cycle that was merely left has decided nothing, and is taken up again.
    fn decided(&self, runs: &Runs, ledger: &Ledger) -> Option<Timestamp> {
        let of_metric = runs.iter().filter(|run| run.metric == *self.name).flat_map(|run| &run.cycles);
        let closed = of_metric.filter_map(|id| ledger.get(*id)).filter(|cycle| !was_left(cycle));
        closed.filter_map(|cycle| cycle.done_at().or(cycle.closed_at())).max()
    }
}

/// The pauses that an agreement wants as the ticket is now.
fn holding(rules: &[PauseRule], moment: &Moment<'_>) -> Vec<Pause> {
    let standing = rules.iter().filter(|rule| rule.when.holds(&moment.after));
    standing.map(|rule| Pause { reason: rule.reason.clone(), from: moment.at, until: None }).collect()
}

/// The pauses that a host had ordered and that lasted when the ticket left an agreement by this fact: they last on.
fn host_pauses(left: &Commitment, policy: &Policy, moment: &Moment<'_>) -> Vec<Pause> {
    let Phase::Closed { at, stood_for, .. } = &left.phase else { return Vec::new() };
    let rules = Clockwork::of(left, policy).and_then(|clock| {
        let rule = clock.agreement.targets.get(&clock.cycle.metric)?;
        Some(rule.pauses(clock.metric))
    });
    let by_rule = |reason: &Name| rules.is_some_and(|rules| rules.iter().any(|rule| rule.reason == *reason));
    let lasting = stood_for.iter().filter(|reason| *at == moment.at && !by_rule(reason));
    lasting.map(|reason| Pause { reason: reason.clone(), from: moment.at, until: None }).collect()
}

/// Whether a cycle ended because its agreement ceased to apply.
fn was_left(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(VoidCause::Rule(rule)), .. } = &cycle.phase else { return false };
    rule.why == RuleReason::Left
}

/// Whether the agreement that a clock runs by wants it to stand still for this reason as the ticket is.
pub(crate) fn wants_pause(commitment: &Commitment, reason: &Name, view: &View<'_>, policy: &Policy) -> bool {
    let Some(clock) = Clockwork::of(commitment, policy) else { return false };
    let Some(rule) = clock.agreement.targets.get(&clock.cycle.metric) else { return false };
    rule.pauses(clock.metric).iter().any(|rule| rule.reason == *reason && rule.when.holds(view))
}

fn target(agreement: &Agreement, rule: &TargetRule, budget: Amount, moment: &Moment<'_>) -> Target {
    Target {
        budget,
        calendar: rule.calendar.as_ref().or(agreement.calendar.as_ref()).cloned(),
        warn: rule.warn.clone(),
        priority: moment.after.priority.cloned(),
    }
}
