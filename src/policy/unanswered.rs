//! What of a ticket's past nobody has answered: it goes along with a ticket that goes on as part of another.

use alloc::vec::Vec;

use super::Policy;
use super::agreement::Agreement;
use super::before::Ended;
use super::candidate::Candidate;
use super::ends::Settled;
use super::fact::{Fact, Past};
use super::metric::{Cycles, Metric};
use super::moment::Moment;
use super::running::Clockwork;
use super::runs::{Run, Runs};
use super::standing::Standing;
use super::trace::{Watch, Watched, heard};
use crate::commitment::{AgreementKind, Deliverable, Ledger};
use crate::{EditionNumber, Name, Timestamp};

/// Which facts of a ticket's past are messages of the customer's that wait for a reply, and calls in vain that wait to be called back: for that of any
/// metric, be it measured here or not, after the one that comes before it, and by the agreement that it runs by, or that has a target for it now. What a host's word has
/// answered by that metric waits no more, nor what it has answered by another for one that nobody has measured here.
pub(crate) fn unanswered<'a>(
    policy: &Policy,
    moment: &Moment<'_>,
    (runs, ledger): (&Runs, &Ledger),
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<usize> {
    let past = moment.past;
    let answers = |metric: &Metric| matches!(metric.deliverable, Deliverable::Reply | Deliverable::Callback);
    let measured = runs.iter().filter_map(|run| {
        let cycles = || run.cycles.iter().rev().chain(&run.carried_in).filter_map(|id| ledger.get(*id));
        let latest = cycles().find(|cycle| cycle.is_open()).or_else(|| cycles().next())?;
        let candidate = Candidate::of(&Clockwork::of(latest, pinned(latest.edition)?)?)?;
        answers(candidate.metric).then(|| Measured::of(candidate, run, past, runs, ledger))
    });
    let measured: Vec<Measured<'_>> = measured.collect();
    let waits = |(name, metric): (&Name, &Metric)| {
        let kind = policy.kind_of(name);
        let of_kind = || measured.iter().filter(|one| one.candidate.agreement.kind == kind);
        let here: Vec<&Measured<'_>> = of_kind().filter(|one| one.candidate.name == name).collect();
        if here.iter().any(|one| one.is_over) {
            return Vec::new();
        }
        let open = here.iter().filter(|one| one.since.is_some()).min_by_key(|one| one.since);
        let waiting = match (open, policy.applying(name, kind, moment.after, moment.at)) {
            (Some(open), _) => open.candidate.waiting(past, runs, ledger),
            (None, Some((agreement, _))) => {
                policy.candidate(name, metric, agreement).map_or_else(Vec::new, |one| one.waiting(past, runs, ledger))
            }
            (None, None) => unmeasured(policy, (name, metric), kind, past, runs, ledger),
        };
        let since = open.and_then(|one| one.since);
        let last = here.last().filter(|_| open.is_none());
        let decided = last.and_then(|one| one.candidate.decided(past, runs, ledger));
        let words = if here.is_empty() { of_kind().collect() } else { here };
        let waiting = waiting.into_iter().filter(|index| !words.iter().any(|one| one.answered.contains(index)));
        on_record(waiting.collect(), since, decided, past)
    };
    let mut waiting: Vec<usize> = policy.metrics.iter().filter(|(_, metric)| answers(metric)).flat_map(waits).collect();
    waiting.sort_unstable();
    waiting.dedup();
    let asks = |fact: &Fact| fact.is_customers_message() || fact.is_customers_call_in_vain();
    waiting.retain(|index| past.get(*index).is_some_and(|past| asks(&past.fact)));
    waiting
}

impl Policy {
    /// Between whom the agreements are by which that is measured: the desk and its customer, if one of them has a target for it.
    fn kind_of(&self, metric: &Name) -> AgreementKind {
        use AgreementKind::{Ola, Sla, Supplier};
        let has_target = |kind: &AgreementKind| self.first_rule(metric, *kind).is_some();
        [Sla, Ola, Supplier].into_iter().find(has_target).unwrap_or(Sla)
    }

    /// The metric as an agreement has a target for it.
    fn candidate<'a>(&'a self, name: &'a Name, metric: &'a Metric, agreement: &'a Agreement) -> Option<Candidate<'a>> {
        Some(Candidate { name, agreement, rule: agreement.targets.get(name)?, metric, policy: self })
    }
}

/// A metric that the ticket has had cycles of, by one agreement.
struct Measured<'a> {
    candidate: Candidate<'a>,
    /// Whether it is measured once, and that is over.
    is_over: bool,
    /// Since when a cycle runs.
    since: Option<Timestamp>,
    /// Which facts a host's word has answered.
    answered: Vec<usize>,
}

impl<'a> Measured<'a> {
    fn of(candidate: Candidate<'a>, run: &Run, past: &[Past], runs: &Runs, ledger: &Ledger) -> Self {
        let is_over = candidate.cycles() == Cycles::Once && run.is_over(ledger);
        let open = run.running().filter_map(|id| ledger.get(id)).filter(|cycle| cycle.is_open());
        let since = open.map(|cycle| cycle.since).min();
        let answered = answered_by_word(&candidate, past, runs, ledger);
        Self { candidate, is_over, since, answered }
    }
}

/// What waits as far as the record says no more of it. Where a cycle runs, nothing that is found to be older waits besides, unless nothing else does; where none
/// runs, all has been decided until some instant.
fn on_record(
    mut waiting: Vec<usize>,
    since: Option<Timestamp>,
    decided: Option<Timestamp>,
    past: &[Past],
) -> Vec<usize> {
    waiting.retain(|index| past.get(*index).is_some_and(|told| Some(told.counts_from()) > decided));
    let is_older = |index: &usize| past.get(*index).is_some_and(|told| Some(told.counts_from()) < since);
    if !waiting.iter().all(is_older) {
        waiting.retain(|index| !is_older(index));
    }
    waiting
}

/// Which facts have started a metric, and had been told of when that was done which a host's word says.
fn answered_by_word(candidate: &Candidate<'_>, past: &[Past], runs: &Runs, ledger: &Ledger) -> Vec<usize> {
    let settled = candidate.settled(runs, ledger, [past, past]);
    let mut ticket = None;
    let mut answered = Vec::new();
    for (index, told) in past.iter().enumerate() {
        let Some(after) = Standing::follow(&mut ticket, &told.fact) else { continue };
        let is_over = |settled: &Settled| settled.covers(told.counts_from()) && !settled.is_over(told.at);
        if candidate.watching().starts(&told.fact, after) && settled.iter().any(is_over) {
            answered.push(index);
        }
    }
    answered
}

impl Candidate<'_> {
    /// Which facts it has begun with that no fact has ended.
    fn waiting(&self, past: &[Past], runs: &Runs, ledger: &Ledger) -> Vec<usize> {
        let after_ended = self.after_ended(past, runs, ledger);
        waiting_for(self.watching(), self.cycles(), &self.after(), after_ended, past)
    }
}

/// The same of a metric for which no agreement that applies has a target.
fn unmeasured(
    policy: &Policy,
    (name, metric): (&Name, &Metric),
    kind: AgreementKind,
    past: &[Past],
    runs: &Runs,
    ledger: &Ledger,
) -> Vec<usize> {
    let Some(watch) = policy.watch(name, kind) else { return Vec::new() };
    let cycles = policy.first_rule(name, kind).map_or(metric.cycles, |rule| rule.cycles(metric));
    let after = policy.after(metric, kind);
    let after_ended = runs.ended_before(metric, kind, &after, past, ledger);
    waiting_for(watch, cycles, &after, after_ended, past)
}

fn waiting_for(
    watch: Watch<'_>,
    cycles: Cycles,
    after: &[Watch<'_>],
    after_ended: Option<Ended>,
    past: &[Past],
) -> Vec<usize> {
    let (settled, promised, denied) = (&[][..], &[][..], &[][..]);
    let watched =
        Watched { watch, cycles, after, after_ended, is_new: false, decided: None, settled, promised, denied };
    heard(&watched, past).map_or_else(Vec::new, |(waiting, _)| waiting.facts().collect())
}
