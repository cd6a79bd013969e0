//! What an agreement orders to begin.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Policy;
use super::before::have_ended;
use super::candidate::{Candidate, candidates};
use super::correct::histories;
use super::ends::Settled;
use super::fact::Past;
use super::fate::was_put_right;
use super::history::Told;
use super::metric::Cycles;
use super::moment::{Anew, Moment};
use super::runs::Runs;
use super::standing::Standing;
use super::standstill::standing;
use super::trace::{Begun, Running, Watched, running_since};
use crate::calendar::Term;
use crate::commitment::{ClockOrder, Commitment, Continues, Ledger};
use crate::{EditionNumber, Timestamp};

/// What is ordered to begin, by the edition in force: for each metric, under the first agreement of its kind that has a target for it.
pub(crate) fn to_begin<'a>(
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    in_force: &Policy,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy> + Copy,
) -> Vec<ClockOrder> {
    let start = |(candidate, budget): (Candidate<'_>, Term)| {
        let running = candidate.begins(moment, runs, ledger, pinned)?;
        let number = runs.cycles(&candidate.agreement.name, candidate.name).saturating_add(1);
        Some(ClockOrder::Start(Box::new(candidate.start(moment, budget, running, number))))
    };
    candidates(moment, in_force).into_iter().filter_map(start).collect()
}

impl Candidate<'_> {
    /// The cycle that begins with this fact: because the fact starts it; because the target has come to apply to one that has
    /// been running all along; or because what ended the last one, or the metric that comes before, had happened before another start.
    fn begins<'b>(
        &self,
        moment: &Moment<'_>,
        runs: &Runs,
        ledger: &Ledger,
        pinned: impl Fn(EditionNumber) -> Option<&'b Policy>,
    ) -> Option<Running> {
        let starts = moment.is_any(&self.metric.start);
        let ended_before = moment.happened_at() < moment.at && self.is_ended_by(moment);
        let mut left = self.last_left(runs, ledger);
        let left_now = left.is_some_and(|left| left.closed_at() == Some(moment.at));
        let anew = match moment.anew {
            Anew::No => false,
            Anew::Word(metric) => self.name == metric || self.before().contains(&metric),
            Anew::Rules | Anew::Record(_) => true,
        };
        if !starts && !ended_before && !left_now && !anew && !self.has_come_to_apply(moment) {
            return None;
        }
        let cycles = self.cycles();
        for run in self.runs(runs) {
            let open = run.running().any(|id| ledger.get(id).is_some_and(Commitment::is_open));
            if open || cycles == Cycles::Once && run.is_over(ledger) {
                return None;
            }
        }
        let after = self.after();
        let after_ended = self.after_ended(moment.past, runs, ledger);
        let rules = self.rule.pauses(self.metric);
        let allowance = self.agreement.allowance(self.rule, self.metric);
        // Only where every cycle has been kept is it known that nothing older waits.
        let watched_all = left.is_none() && self.runs(runs).any(|run| !run.cycles.is_empty());
        if starts && watched_all && !moment.anew.is_so() {
            let free = after_ended.is_some() || after.is_empty() || have_ended(&after, moment.past);
            let continues = self.continues(runs, ledger);
            let since = moment.past.last().map_or(moment.at, Past::counts_from);
            if self.was_over_by_then(since, moment, runs, ledger) {
                return None;
            }
            let (pauses, resume_by) = standing(since, rules, allowance, moment.past, moment.at);
            return free.then_some(Running { pauses, resume_by, continues, ..Running::since(since) });
        }
        if let Anew::Record(before) = moment.anew {
            let (Begun { since, again, .. }, of_it) = self.turned_out(before, moment, runs, ledger)?;
            left = of_it.or(left);
            if watched_all {
                let continues = self.continues(runs, ledger);
                let (pauses, resume_by) = standing(since, rules, allowance, moment.past, moment.at);
                return Some(Running { again, pauses, resume_by, continues, ..Running::since(since) });
            }
        }
        let decided = self.decided(moment.past, runs, ledger);
        let is_new = !matches!(moment.anew, Anew::Word(_));
        // Where the agreement has applied all along, no rule has ended what was promised by it.
        let applied = match moment.anew {
            Anew::No => ended_before && !self.has_come_to_apply(moment),
            Anew::Word(_) | Anew::Record(_) => true,
            Anew::Rules => false,
        };
        let watch = if applied { self.watching_as_promised() } else { self.watching() };
        let watched = Watched {
            watch,
            cycles,
            after: &after,
            after_ended,
            is_new,
            decided,
            settled: &[],
            promised: &[],
            denied: &[],
        };
        let running = running_since(&watched, moment.past)?;
        if let Some(back) = left.and_then(|left| self.back(left, &running, moment, pinned)) {
            return Some(back);
        }
        let (pauses, resume_by) = standing(running.begun(), rules, allowance, moment.past, moment.at);
        let continues = self.continues(runs, ledger).filter(|_| left.is_none());
        Some(Running { pauses, resume_by, continues, ..running })
    }

    /// Whether a fact ends a cycle, or what must have ended before there is one.
    fn is_ended_by(&self, moment: &Moment<'_>) -> bool {
        let Some(fact) = moment.fact else { return false };
        self.watching().stops(fact, moment.after) || self.after().iter().any(|watch| watch.ends(fact, moment.after))
    }

    /// Whether a fact that stops the metric as well had happened before something else that ends it: what it would have begun was over by then.
    fn was_over_by_then(&self, since: Timestamp, moment: &Moment<'_>, runs: &Runs, ledger: &Ledger) -> bool {
        let is_late = since < moment.at;
        if !is_late || moment.fact.is_none_or(|fact| !self.watching_as_promised().stops(fact, moment.after)) {
            return false;
        }
        let Some((_, before)) = moment.past.split_last() else { return false };
        let enders = self.watching_as_promised().enders(before).into_iter();
        let over = enders.filter_map(|(index, _)| before.get(index)).map(Past::counts_from);
        let settled = self.settled(runs, ledger, [moment.past, moment.past]);
        over.chain(settled.into_iter().map(Settled::last)).any(|over| since <= over)
    }

    /// What has turned out to run as a record is put right, and which cycle of it the ticket had left: not what ran by the past as it was known, nor
    /// what is on record.
    fn turned_out<'b>(
        &'b self,
        before: &[Past],
        moment: &Moment<'_>,
        runs: &'b Runs,
        ledger: &'b Ledger,
    ) -> Option<(Begun, Option<&'b Commitment>)> {
        let (known, mut now) = histories(self, before, moment.past, runs, ledger);
        let told = now.pop().filter(|told| told.ended.is_none())?;
        // What had begun later may have been left as well, and is this one's now.
        let left = self.left_of(&told, runs, ledger);
        let known = known.iter().find(|known| known.is(&told)).filter(|_| left.is_none());
        // What had waited behind another agreement's is that one's no more as soon as it has ended.
        let was_covered = self.on_ticket(runs, ledger).into_iter().any(|cycle| {
            cycle.closed_at() == Some(moment.at) && cycle.since < told.begun.since && !was_put_right(cycle)
        });
        let is_known = known.is_some_and(|known| match known.ended {
            None => !was_covered,
            Some(_) => !self.came_to_apply_since(&told, moment, runs, ledger),
        });
        let is_on_record = self.besides(&now, &told, runs, ledger) > 0
            || self.is_on_record(&now, &told, None, moment.past, runs, ledger);
        (!is_known && !is_on_record).then_some((told.begun, left))
    }

    /// Whether it is by this fact that the target applies. One that an edition has brought begins with the next start.
    fn has_come_to_apply(&self, moment: &Moment<'_>) -> bool {
        if moment.before == moment.after {
            return false;
        }
        let before = self.policy.applying(self.name, self.agreement.kind, moment.before, moment.at);
        before.is_none_or(|(agreement, _)| agreement.name != self.agreement.name)
    }

    /// Whether the target came to apply only when what ended a cycle had ended it, by the past as it was known: so none was made for it.
    fn came_to_apply_since(&self, told: &Told, moment: &Moment<'_>, runs: &Runs, ledger: &Ledger) -> bool {
        if self.made_here(runs, ledger).any(|cycle| told.counted_since(cycle.since)) {
            return false;
        }
        let mut ticket = None;
        let began = moment.past.get(..=told.begun.by).unwrap_or_default();
        for past in began {
            Standing::follow(&mut ticket, &past.fact);
        }
        let applied =
            ticket.as_ref().and_then(|then| self.policy.applying(self.name, self.agreement.kind, then, moment.at));
        applied.is_none_or(|(agreement, _)| agreement.name != self.agreement.name)
    }

    /// The cycle whose account a further one goes on with, if they are one account.
    fn continues(&self, runs: &Runs, ledger: &Ledger) -> Option<Continues> {
        match self.cycles() {
            Cycles::Resume => self.last_kept(runs, ledger).map(|last| Continues::Reopened(last.id)),
            Cycles::Each | Cycles::Once => None,
        }
    }
}
