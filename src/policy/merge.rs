//! What agreements make of two matters that become one.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Policy;
use super::candidate::Candidate;
use super::ends::Settled;
use super::fact::{Fact, Past};
use super::metric::{Cycles, Metric};
use super::moment::Moment;
use super::running::Clockwork;
use super::runs::Runs;
use super::standing::Standing;
use super::trace::{Ended, Watch, Watched, heard};
use crate::commitment::{
    AgreementKind, Binding, ClockOrder, Commitment, Deliverable, Ledger, Origin, Rule, RuleReason,
};
use crate::{CommitmentId, EditionNumber, Name, Timestamp};

/// Since when what counts from the opening counts, once an older ticket goes on as part of this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMerge {
    /// Since this ticket's own.
    #[default]
    OwnOpening,
    /// Since that of the older ticket.
    EarliestOpening,
}

impl OnMerge {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(super) const fn is_own(&self) -> bool {
        matches!(self, Self::OwnOpening)
    }
}

/// Whether it is a goal of an agreement's, which ends with a ticket that goes on as part of another.
pub(crate) fn ends_as_merged(known: &Commitment) -> bool {
    known.binding == Binding::Goal && matches!(known.origin, Origin::Policy(_))
}

/// What ends so, by that rule.
pub(crate) fn to_end(ledger: &Ledger) -> Vec<ClockOrder> {
    let end = |goal: &Commitment| {
        let Origin::Policy(cycle) = &goal.origin else { return None };
        let (agreement, metric) = (cycle.agreement.clone(), cycle.metric.clone());
        Some(ClockOrder::Cancel(goal.id, Rule { agreement, metric, why: RuleReason::Merged }, None))
    };
    ledger.open().filter(|known| ends_as_merged(known)).filter_map(end).collect()
}

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
    let of_customers = runs.iter().filter(|run| run.kind == AgreementKind::Sla);
    let measured = of_customers.filter_map(|run| {
        let latest = run.cycles.iter().rev().chain(&run.carried_in).find_map(|id| ledger.get(*id))?;
        let candidate = Candidate::of(&Clockwork::of(latest, pinned(latest.edition)?)?)?;
        let is_over = candidate.cycles() == Cycles::Once && run.is_over(ledger);
        answers(candidate.metric).then_some(Measured { candidate, is_over })
    });
    let measured: Vec<Measured<'_>> = measured.collect();
    let by_word = |one: &Measured<'_>| answered_by_word(&one.candidate, past, runs, ledger);
    let by_word: Vec<Vec<usize>> = measured.iter().map(by_word).collect();
    let waits = |(name, metric): (&Name, &Metric)| {
        let is_it = |one: &&Measured<'_>| one.candidate.name == name;
        if measured.iter().filter(is_it).any(|one| one.is_over) {
            return Vec::new();
        }
        let here = measured.iter().rfind(is_it);
        let mut waiting = match here {
            Some(Measured { candidate, .. }) => candidate.waiting(past, runs, ledger),
            None => unmeasured(policy, (name, metric), past, runs, ledger),
        };
        let words = measured.iter().zip(&by_word).filter(|(one, _)| here.is_none() || is_it(one));
        let answered = words.flat_map(|(_, facts)| facts);
        waiting.retain(|index| !answered.clone().any(|answered| answered == index));
        waiting
    };
    let mut waiting: Vec<usize> = policy.metrics.iter().filter(|(_, metric)| answers(metric)).flat_map(waits).collect();
    waiting.sort_unstable();
    waiting.dedup();
    let asks = |fact: &Fact| fact.is_customers_message() || fact.is_customers_call_in_vain();
    waiting.retain(|index| past.get(*index).is_some_and(|past| asks(&past.fact)));
    waiting
}

/// A metric that the ticket has had cycles of, and whether it is measured once and that is over.
struct Measured<'a> {
    candidate: Candidate<'a>,
    is_over: bool,
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
    const KIND: AgreementKind = AgreementKind::Sla;
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

/// What is ordered about clocks that ran on another ticket: they see their ticket stand otherwise, and nothing else.
pub(crate) fn about_carried<'a>(
    moment: &Moment<'_>,
    carried: &[CommitmentId],
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let open = carried.iter().filter_map(|id| ledger.get(*id)).filter(|known| known.is_open());
    let clocks = open.filter_map(|known| Clockwork::of(known, pinned(known.edition)?));
    clocks.flat_map(|clock| clock.orders(moment)).collect()
}

/// What is ordered about the clocks that run since the ticket's opening, now that an older one goes on as part of it.
pub(crate) fn about_opening<'a>(
    moment: &Moment<'_>,
    earlier: Timestamp,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let Some(opening) = moment.past.first().filter(|opening| earlier < opening.happened) else { return Vec::new() };
    let own = runs.iter().flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id));
    let since_then = own.filter(|known| known.is_open() && known.since == opening.happened);
    let moved = |known: &Commitment| {
        let clock = Clockwork::of(known, pinned(known.edition)?)?;
        let by_opening = clock.metric.is_begun_by(opening);
        let wanted = clock.agreement.on_merge == OnMerge::EarliestOpening && by_opening;
        wanted.then(|| clock.from(earlier, moment)).flatten().map(|(order, _)| order)
    };
    since_then.filter_map(moved).collect()
}

impl Metric {
    fn is_begun_by(&self, opening: &Past) -> bool {
        let Fact::Opened(standing) = &opening.fact else { return false };
        self.start.iter().any(|start| start.matches(&opening.fact, standing))
    }
}
