//! What of a ticket's past nobody has answered: it goes along with a ticket that goes on as part of another.

use alloc::vec::Vec;

use super::Policy;
use super::before::Ended;
use super::candidate::Candidate;
use super::ends::Settled;
use super::fact::{Fact, Past};
use super::metric::{Cycles, Metric};
use super::running::Clockwork;
use super::runs::{Run, Runs};
use super::standing::Standing;
use super::trace::{Watch, Watched, heard};
use crate::commitment::{AgreementKind, Deliverable, Ledger};
use crate::{EditionNumber, Name, Timestamp};

/// The agreements by which a customer is answered.
const KIND: AgreementKind = AgreementKind::Sla;

/// Which facts of a ticket's past are messages of the customer's that wait for a reply, and calls in vain that wait to be called back: for that of any
/// metric, be it measured here or not, after the one that comes before it. What a host's word has answered by that metric waits no more, nor what it has
/// answered by another for one that nobody has measured here.
pub(crate) fn unanswered<'a>(
    policy: &Policy,
    past: &[Past],
    (runs, ledger): (&Runs, &Ledger),
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<usize> {
    let answers = |metric: &Metric| matches!(metric.deliverable, Deliverable::Reply | Deliverable::Callback);
    let measured = runs.iter().filter(|run| run.kind == KIND).filter_map(|run| {
        let latest = run.cycles.iter().rev().chain(&run.carried_in).find_map(|id| ledger.get(*id))?;
        let candidate = Candidate::of(&Clockwork::of(latest, pinned(latest.edition)?)?)?;
        answers(candidate.metric).then(|| Measured::of(candidate, run, past, runs, ledger))
    });
    let measured: Vec<Measured<'_>> = measured.collect();
    let waits = |(name, metric): (&Name, &Metric)| {
        let here: Vec<&Measured<'_>> = measured.iter().filter(|one| one.candidate.name == name).collect();
        let waiting = match here.last() {
            None => unmeasured(policy, (name, metric), past, runs, ledger),
            Some(_) if here.iter().any(|one| one.is_over) => Vec::new(),
            Some(latest) => latest.candidate.waiting(past, runs, ledger),
        };
        let since = here.iter().filter_map(|one| one.since).min();
        let words = if here.is_empty() { measured.iter().collect() } else { here };
        let waiting = waiting.into_iter().filter(|index| !words.iter().any(|one| one.answered.contains(index)));
        on_record(waiting.collect(), since, past)
    };
    let mut waiting: Vec<usize> = policy.metrics.iter().filter(|(_, metric)| answers(metric)).flat_map(waits).collect();
    waiting.sort_unstable();
    waiting.dedup();
    let asks = |fact: &Fact| fact.is_customers_message() || fact.is_customers_call_in_vain();
    waiting.retain(|index| past.get(*index).is_some_and(|past| asks(&past.fact)));
    waiting
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

/// Since when it waits is on record where a cycle runs, whatever is found to be older.
fn on_record(mut waiting: Vec<usize>, since: Option<Timestamp>, past: &[Past]) -> Vec<usize> {
    let is_older = |index: &usize| past.get(*index).is_some_and(|told| Some(told.counts_from()) < since);
    if !waiting.iter().all(is_older) {
        waiting.retain(|index| !is_older(index));
    }
    waiting
}

/// Which facts have started a metric, and had been told of when a host's word answered them.
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

/// The same of a metric that nobody has measured here.
fn unmeasured(
    policy: &Policy,
    (name, metric): (&Name, &Metric),
    past: &[Past],
    runs: &Runs,
    ledger: &Ledger,
) -> Vec<usize> {
    let Some(watch) = policy.watch(name, KIND) else { return Vec::new() };
    let cycles = policy.first_rule(name, KIND).map_or(metric.cycles, |rule| rule.cycles(metric));
    let after = policy.after(metric, KIND);
    let after_ended = runs.ended_before(metric, KIND, &after, past, ledger);
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
