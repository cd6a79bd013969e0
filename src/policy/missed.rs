//! What an agreement orders about cycles that have been and that nobody knew of, because what had started them was filed as something else.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Policy;
use super::candidate::{Candidate, candidates};
use super::correct::{Belated, Correction, histories};
use super::ends::fetched_since;
use super::fact::Past;
use super::history::{End, Told};
use super::running::{stopped_by, why_cancelled};
use super::runs::Runs;
use super::standstill::standing;
use super::trace::{Begun, Running};
use crate::EditionNumber;
use crate::commitment::{ClockOrder, Ledger, Rule};

/// What is ordered about cycles that have been and that nobody knew of: each begins when it would have, and has ended as it would have.
pub(crate) fn about_missed(
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
    (edition, in_force): (EditionNumber, &Policy),
) -> Vec<Belated> {
    let mut orders = Vec::new();
    for (candidate, budget) in candidates(correction.moment, in_force) {
        let (then, now) = histories(&candidate, correction.before, correction.moment.past, runs, ledger);
        let new: Vec<&Told> = now.iter().filter(|told| then.iter().all(|other| !other.is(told))).collect();
        let kept: Vec<Told> = then.iter().filter(|told| now.iter().any(|now| now.is(told))).cloned().collect();
        let is_known = |nth: usize, told: &Told| {
            let alike = new.iter().take(nth).filter(|other| other.begun.since == told.begun.since).count();
            let until = told.ended.and_then(|(index, _)| correction.moment.past.get(index)).map(|past| past.happened);
            alike < candidate.besides(&kept, told, runs, ledger)
                || candidate.is_on_record(&now, told, until, correction.moment.past, runs, ledger)
        };
        let missed = new.iter().enumerate().filter(|(nth, told)| !is_known(*nth, told)).map(|(_, told)| told);
        let ended = missed.filter_map(|told| told.ended.map(|(index, end)| (&told.begun, index, end)));
        let number = runs.cycles(&candidate.agreement.name, candidate.name);
        for ((begun, index, end), further) in ended.zip(1..) {
            let Some(ended_by @ Past { at, fact, .. }) = correction.moment.past.get(index) else { continue };
            let facts = correction.moment.past.get(..index).unwrap_or_default();
            let stood = candidate.stood(begun, facts, ended_by);
            let start = candidate.start(correction.moment, budget, stood, number.saturating_add(further));
            let id = start.commitment;
            let order = match end {
                End::Done => stopped_by(id, fact, fact.message()),
                End::Settled => continue,
                End::NotNeeded => {
                    let (agreement, metric) = (candidate.agreement.name.clone(), candidate.name.clone());
                    let why = why_cancelled(Some(candidate.rule), Some(fact));
                    ClockOrder::Cancel(id, Rule { agreement, metric, why }, Some(ended_by.known().max(*at)))
                }
            };
            orders.extend([(ClockOrder::Start(Box::new(start)), None), (order, correction.when(index, edition, None))]);
            let past = correction.moment.past;
            let when = |index| correction.when(index, edition, None);
            let enders = candidate.watching_as_promised().enders(past);
            let fetched = (end == End::Done).then(|| fetched_since(index, enders, when));
            let fetched = fetched.into_iter().flatten().filter_map(|index| Some((index, past.get(index)?)));
            let stopped = |by: &Past| stopped_by(id, &by.fact, by.fact.message());
            orders.extend(fetched.map(|(index, by)| (stopped(by), correction.when(index, edition, None))));
        }
    }
    orders
}

impl Candidate<'_> {
    /// A cycle that has ended, with the pauses that it would have had by these facts. None of them outlasts it.
    fn stood(&self, begun: &Begun, facts: &[Past], ended_by: &Past) -> Running {
        let until = ended_by.ends_at();
        let (rules, allowance) = (self.rule.pauses(self.metric), self.agreement.allowance(self.rule, self.metric));
        let (mut pauses, _) = standing(begun.since, rules, allowance, facts, until);
        for pause in pauses.iter_mut().filter(|pause| pause.until.is_none()) {
            pause.until = Some(until.max(pause.from));
        }
        Running { again: begun.again.clone(), pauses, ..Running::since(begun.since) }
    }
}
