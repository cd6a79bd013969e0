//! A metric that an agreement has a target for: what starts and ends it, what must come before it, and the clock that it would be.

use alloc::vec::Vec;

use super::Policy;
use super::agreement::{Agreement, TargetRule};
use super::metric::{Cycles, Metric};
use super::moment::Moment;
use super::running::Clockwork;
use super::trace::{Running, Watch};
use crate::calendar::Term;
use crate::commitment::{AgreementKind, Binding, Cycle, Party, Start};
use crate::{CommitmentId, Name, Timestamp};

/// For each metric the first agreement of its kind that has a target for it, and its budget.
pub(super) fn candidates<'a>(moment: &Moment<'_>, in_force: &'a Policy) -> Vec<(Candidate<'a>, Term)> {
    let mut found: Vec<(Candidate<'a>, Term)> = Vec::new();
    for agreement in &in_force.agreements {
        for name in agreement.targets.keys() {
            let Some((rule, budget)) = agreement.target(name, moment.after) else { continue };
            let taken =
                |(other, _): &(Candidate<'_>, Term)| other.agreement.kind == agreement.kind && other.name == name;
            if agreement.out_of_force(moment.at).is_some() || found.iter().any(taken) {
                continue;
            }
            let Some(metric) = in_force.metrics.get(name) else { continue };
            found.push((Candidate { name, agreement, rule, metric, policy: in_force }, budget));
        }
    }
    found
}

/// A metric that an agreement has a target for, and that may begin.
pub(super) struct Candidate<'a> {
    pub(super) name: &'a Name,
    pub(super) agreement: &'a Agreement,
    pub(super) rule: &'a TargetRule,
    pub(super) metric: &'a Metric,
    pub(super) policy: &'a Policy,
}

impl<'a> Candidate<'a> {
    /// The same metric under the same agreement as a clock that there is.
    pub(super) fn of(clock: &Clockwork<'a>) -> Option<Self> {
        let &Clockwork { cycle, policy, agreement, metric, .. } = clock;
        Some(Self { name: &cycle.metric, agreement, rule: clock.rule()?, metric, policy })
    }

    pub(super) fn cycles(&self) -> Cycles {
        self.rule.cycles(self.metric)
    }

    /// What starts and ends it, with what the agreement counts besides.
    pub(super) fn watching(&self) -> Watch<'a> {
        Watch { metric: self.metric, also: &self.rule.also, binding: Binding::Goal }
    }

    /// The same where the agreement applied, so that what was promised by it was not ended by a rule.
    pub(super) fn watching_as_promised(&self) -> Watch<'a> {
        self.watching_as(self.agreement.binding)
    }

    pub(super) fn watching_as(&self, binding: Binding) -> Watch<'a> {
        Watch { binding, ..self.watching() }
    }

    pub(super) fn start(&self, moment: &Moment<'_>, budget: Term, running: Running, number: u32) -> Start {
        let Self { agreement, rule, metric, .. } = *self;
        let cycle = Cycle {
            agreement: agreement.name.clone(),
            metric: self.name.clone(),
            cycle: number,
            priority: moment.after.priority.clone(),
            kind: agreement.kind,
        };
        let owner = moment.owner().unwrap_or(&agreement.owner);
        let desk = || Party::Team(agreement.owner.team.clone());
        // Between whom it is: the desk and its customer, a team and the desk, a supplier and the desk.
        let (promiser, beneficiary) = match agreement.kind {
            AgreementKind::Sla => (None, moment.after.requester.clone()),
            AgreementKind::Ola => (Some(Party::Team(owner.team.clone())), desk()),
            AgreementKind::Supplier => (moment.after.vendor.clone().map(Party::Vendor), desk()),
        };
        Start {
            commitment: CommitmentId::of_cycle(moment.ticket, &cycle.agreement, &cycle.metric, cycle.cycle),
            cycle,
            deliverable: metric.deliverable.clone(),
            promiser,
            beneficiary,
            owner: owner.clone(),
            binding: agreement.binding,
            target: self.policy.terms(agreement, rule, budget, moment.after),
            pausable: agreement.allowance(rule, metric),
            since: running.since,
            again: running.again,
            earlier: running.earlier,
            pauses: running.pauses,
            resume_by: running.resume_by,
            continues: running.continues,
        }
    }

    /// The last instant before the agreement's time: what began until then is not measured by it.
    pub(super) fn before_its_time(&self) -> Option<Timestamp> {
        self.agreement.from.map(|from| from.minus_micros(1))
    }

    /// The names of the metrics that must have ended before, each after the one that follows it.
    pub(super) fn before(&self) -> Vec<&'a Name> {
        self.policy.before(self.metric)
    }

    /// The metrics that must have ended before, each after the one that follows it.
    pub(super) fn after(&self) -> Vec<Watch<'a>> {
        self.policy.after(self.metric, self.agreement.kind)
    }
}

impl Policy {
    /// The names of the metrics that must have ended before one, each after the one that follows it.
    pub(super) fn before<'a>(&'a self, metric: &'a Metric) -> Vec<&'a Name> {
        let mut names: Vec<&'a Name> = Vec::new();
        let mut next = metric.after.as_ref();
        while let Some(name) = next.filter(|name| !names.contains(name)) {
            names.push(name);
            next = self.metrics.get(name).and_then(|metric| metric.after.as_ref());
        }
        names
    }

    /// The metrics that must have ended before one, each after the one that follows it.
    pub(super) fn after(&self, metric: &Metric, kind: AgreementKind) -> Vec<Watch<'_>> {
        self.before(metric).into_iter().filter_map(|name| self.watch(name, kind)).collect()
    }

    /// What would end a metric: by the first agreement of the kind that has a target for it, if there is one.
    pub(super) fn watch(&self, name: &Name, kind: AgreementKind) -> Option<Watch<'_>> {
        let also = self.first_rule(name, kind).map_or(&[][..], |rule| &rule.also);
        Some(Watch { metric: self.metrics.get(name)?, also, binding: Binding::Goal })
    }

    /// What the first agreement of the kind that has a target for a metric says of it.
    pub(super) fn first_rule(&self, name: &Name, kind: AgreementKind) -> Option<&TargetRule> {
        let mut of_kind = self.agreements.iter().filter(|agreement| agreement.kind == kind);
        of_kind.find_map(|agreement| agreement.targets.get(name))
    }
}
