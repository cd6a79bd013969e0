//! What an agreement orders when something has happened on a ticket.

use alloc::vec::Vec;

use super::agreement::{Agreement, TargetRule};
use super::fact::{Fact, Past, View};
use super::metric::{Cycles, Metric};
use super::runs::Runs;
use super::trace::{Running, any, has_been_stopped, trace};
use super::{Policy, pattern::PauseRule};
use crate::calendar::Amount;
use crate::commitment::{
    ClockOrder, Commitment, Cycle, Happened, Ledger, Mode, Origin, Owner, Party, Pause, Rule, RuleReason, Start,
    Target, Verdict,
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
    agreement: &'a Agreement,
    metric: &'a Metric,
}

impl<'a> Clockwork<'a> {
    fn of(commitment: &'a Commitment, policy: &'a Policy) -> Option<Self> {
        let Origin::Policy(cycle) = &commitment.origin else { return None };
        let agreement = policy.agreement(&cycle.agreement)?;
        Some(Self { commitment, cycle, agreement, metric: policy.metrics.get(&cycle.metric)? })
    }

    fn orders(&self, moment: &Moment<'_>) -> Vec<ClockOrder> {
        let id = self.commitment.id;
        if any(&self.metric.stop, moment.fact) {
            return Vec::from([ClockOrder::Stop(id, moment.evidence.cloned())]);
        }
        if any(&self.metric.cancel, moment.fact) {
            return Vec::from([self.cancel(RuleReason::NotNeeded)]);
        }
        let Some((rule, budget)) = self.agreement.target(&self.cycle.metric, &moment.after) else {
            return Vec::from([self.cancel(RuleReason::Left)]);
        };
        let mut orders = Vec::new();
        orders.extend(self.retarget(rule, budget, moment));
        orders.extend(pauses(id, rule.pauses(self.metric), moment));
        if let (Fact::Assigned, Some(owner)) = (moment.fact, moment.owner) {
            orders.push(ClockOrder::HandOver(id, owner.clone()));
        }
        orders
    }

    fn retarget(&self, rule: &TargetRule, budget: Amount, moment: &Moment<'_>) -> Option<ClockOrder> {
        let id = self.commitment.id;
        let target = target(self.agreement, rule, budget, moment);
        if any(&self.metric.reset, moment.fact) {
            return Some(ClockOrder::Retarget(id, target, Mode::Restart));
        }
        let moved = moment.before.priority != moment.after.priority && self.commitment.clock.budget != budget;
        moved.then_some(ClockOrder::Retarget(id, target, self.agreement.on_priority_change))
    }

    fn correction(&self, moment: &Moment<'_>) -> Option<ClockOrder> {
        let wrong = self.commitment.verdict() == Verdict::Breached && any(&self.metric.stop, moment.fact);
        wrong.then(|| ClockOrder::Stop(self.commitment.id, moment.evidence.cloned()))
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
pub(crate) fn to_begin(moment: &Moment<'_>, runs: &Runs, ledger: &Ledger, in_force: &Policy) -> Vec<ClockOrder> {
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
            let Some(running) = begins(name, rule, metric, moment, runs, ledger, in_force) else { continue };
            let cycle = Cycle {
                agreement: agreement.name.clone(),
                metric: name.clone(),
                cycle: runs.cycles(&agreement.name, name).saturating_add(1),
                priority: moment.after.priority.cloned(),
            };
            orders.push(ClockOrder::Start(Start {
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
            }));
        }
    }
    orders
}

/// The cycle that begins with this fact: because the fact starts it, or because a target has come to apply to one that
/// has been running all along.
fn begins(
    name: &Name,
    rule: &TargetRule,
    metric: &Metric,
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    policy: &Policy,
) -> Option<Running> {
    let starts = any(&metric.start, moment.fact);
    if !starts && moment.before == moment.after {
        return None;
    }
    for run in runs.iter().filter(|run| run.metric == *name) {
        let runs_now = run.cycles.last().and_then(|id| ledger.get(*id)).is_some_and(Commitment::is_open);
        if runs_now || (metric.cycles == Cycles::Once && !run.left) {
            return None;
        }
    }
    let after = metric.after.as_ref().and_then(|after| policy.metrics.get(after));
    let rules = rule.pauses(metric);
    if !starts {
        return trace(metric, rules, after, moment.past);
    }
    if after.is_some_and(|after| !has_been_stopped(after, moment.past)) {
        return None;
    }
    let standing = rules.iter().filter(|rule| rule.when.holds(&moment.after));
    let pauses = standing.map(|rule| Pause { reason: rule.reason.clone(), from: moment.at, until: None }).collect();
    Some(Running { since: moment.happened_at(), pauses })
}

fn target(agreement: &Agreement, rule: &TargetRule, budget: Amount, moment: &Moment<'_>) -> Target {
    Target {
        budget,
        calendar: rule.calendar.as_ref().or(agreement.calendar.as_ref()).cloned(),
        warn: rule.warn.clone(),
        priority: moment.after.priority.cloned(),
    }
}
