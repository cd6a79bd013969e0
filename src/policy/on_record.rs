//! What is on record of a metric: its cycles on the ticket, which of them was the last, and until when what waited has been decided.

use alloc::vec::Vec;

use super::before::Ended;
use super::candidate::Candidate;
use super::ends::Settled;
use super::fact::{Fact, Past};
use super::fate::{is_in_place, line, owed_again_by_word, was_left, was_put_right, was_struck_out};
use super::history::Told;
use super::metric::Metric;
use super::running::Clockwork;
use super::runs::{Run, Runs};
use super::trace::Watch;
use crate::Timestamp;
use crate::commitment::{AgreementKind, Binding, Commitment, Ledger, Origin};

impl Candidate<'_> {
    /// The cycles of the metric under agreements of the kind.
    pub(super) fn runs<'b>(&'b self, runs: &'b Runs) -> impl Iterator<Item = &'b Run> {
        runs.iter().filter(|run| run.metric == *self.name && run.kind == self.agreement.kind)
    }

    /// Its cycles, but for those that were carried over to the ticket.
    pub(super) fn made_here<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> impl Iterator<Item = &'b Commitment> {
        self.runs(runs).flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id))
    }

    /// Its cycles, and those that were carried over to the ticket.
    pub(super) fn on_ticket<'b>(&self, runs: &Runs, ledger: &'b Ledger) -> Vec<&'b Commitment> {
        let cycles = self.runs(runs).flat_map(|run| run.cycles.iter().chain(&run.carried_in));
        cycles.filter_map(|id| ledger.get(*id)).collect()
    }

    /// The latest cycle: of those that began at one instant, the one that was made last. What goes on with another in its place may have been made
    /// after one that began later.
    fn last<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        let when = |cycle: &&Commitment| (cycle.since, cycle.version);
        let latest = |run: &'b Run| {
            let cycles = run.cycles.iter().rev().filter_map(|id| ledger.get(*id));
            let mut earlier = cycles.filter(|cycle| was_struck_out(cycle) || !was_put_right(cycle));
            let last = earlier.next()?;
            let made_before = core::iter::successors(Some(last), |made| earlier.next().filter(|_| is_in_place(made)));
            made_before.max_by_key(when)
        };
        self.runs(runs).filter_map(latest).max_by_key(when)
    }

    /// The latest that nothing has taken off the record.
    pub(super) fn last_kept<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        self.made_here(runs, ledger).filter(|cycle| !was_put_right(cycle)).max_by_key(|cycle| cycle.version)
    }

    /// The cycle that the ticket has left last, if nothing has been decided of the metric since.
    pub(super) fn last_left<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        self.last(runs, ledger).filter(|last| was_left(last))
    }

    /// The cycle that the ticket has left last of those that stood for this one.
    pub(super) fn left_of<'b>(&'b self, told: &Told, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        let cycles = self.made_here(runs, ledger);
        cycles.filter(|cycle| was_left(cycle) && told.counted_since(cycle.since)).max_by_key(|cycle| cycle.version)
    }

    /// The stretches of the metric that somebody's word has ended.
    pub(super) fn settled(&self, runs: &Runs, ledger: &Ledger, pasts: [&[Past]; 2]) -> Vec<Settled> {
        let cycles = self.on_ticket(runs, ledger);
        let enders = |watch: Watch<'_>| pasts.map(|past| (past, watch.enders(past)));
        let (of_goals, of_promises) = (enders(self.watching()), enders(self.watching_as(Binding::Promised)));
        let settled = |commitment: &&Commitment| {
            let Origin::Policy(cycle) = &commitment.origin else { return None };
            let Self { policy, agreement, metric, .. } = *self;
            let enders = match commitment.binding {
                Binding::Goal => &of_goals,
                Binding::Promised => &of_promises,
            };
            Clockwork { commitment, cycle, policy, agreement, metric }.settled(&cycles, enders)
        };
        cycles.iter().filter_map(settled).collect()
    }

    /// Since when those run that have become promises, so that no rule can end them.
    pub(super) fn promised(&self, runs: &Runs, ledger: &Ledger) -> Vec<Timestamp> {
        let cycles = self.on_ticket(runs, ledger);
        let promised = cycles.iter().filter(|cycle| cycle.binding == Binding::Promised);
        promised.flat_map(|cycle| line(cycle.id, &cycles)).map(|cycle| cycle.since).collect()
    }

    /// Which facts are known not to have ended what has run since an instant, though they look like it: a host has said so. What the correction itself has
    /// made is known as that only by the past as it is known now.
    pub(super) fn denied(
        &self,
        runs: &Runs,
        ledger: &Ledger,
        before: &[Past],
        now: &[Past],
    ) -> Vec<(Timestamp, usize)> {
        let cycles = self.on_ticket(runs, ledger);
        let enders = self.watching_as_promised().enders(before);
        let again = |cycle: &&Commitment| Some((cycle.since, owed_again_by_word(cycle, &cycles, now)?));
        let denied = |(since, again): (Timestamp, Timestamp)| {
            let by_then = enders.iter().filter(move |(index, _)| before.get(*index).is_some_and(|by| by.at < again));
            by_then.map(move |(index, _)| (since, *index))
        };
        cycles.iter().filter_map(again).flat_map(denied).collect()
    }

    /// How many cycles of that beginning there have been besides those that the facts tell of: each began because a host had ended the one
    /// before it, so it is known.
    pub(super) fn besides(&self, known: &[Told], told: &Told, runs: &Runs, ledger: &Ledger) -> usize {
        let cycles = self.made_here(runs, ledger);
        let stand = cycles.filter(|cycle| told.counted_since(cycle.since) && !was_put_right(cycle) && !was_left(cycle));
        stand.count().saturating_sub(known.iter().filter(|known| known.begun.since == told.begun.since).count())
    }

    /// Whether some of a stretch has been measured by a cycle that the facts tell of no more, or as another: what is on record is so once.
    pub(super) fn is_on_record(
        &self,
        known: &[Told],
        told: &Told,
        until: Option<Timestamp>,
        past: &[Past],
        runs: &Runs,
        ledger: &Ledger,
    ) -> bool {
        let stand = self.made_here(runs, ledger).filter(|cycle| !was_put_right(cycle) && !was_left(cycle));
        let tells_of = |cycle: &Commitment| known.iter().chain([told]).any(|told| told.counted_since(cycle.since));
        let mut stay = stand.filter(|cycle| !tells_of(cycle));
        let claims = self.claims(past);
        stay.any(|cycle| {
            let over = over_at(cycle, &claims);
            over.is_none_or(|over| told.begun.since < over) && until.is_none_or(|until| cycle.since < until)
        })
    }

    /// What somebody claims to have ended it: since when that counts, and when it is said to have happened.
    fn claims(&self, past: &[Past]) -> Vec<(Timestamp, Timestamp)> {
        let is_claim = |told: &&Past| told.happened < told.known();
        if !past.iter().any(|told| is_claim(&told)) {
            return Vec::new();
        }
        let enders = self.watching_as_promised().enders(past).into_iter();
        let claims = enders.filter_map(|(index, _)| past.get(index)).filter(is_claim);
        claims.map(|told| (told.known(), told.happened)).collect()
    }

    /// When the metric that comes before is known to have ended.
    pub(super) fn after_ended(&self, past: &[Past], runs: &Runs, ledger: &Ledger) -> Option<Ended> {
        runs.ended_before(self.metric, self.agreement.kind, &self.after(), past, ledger)
    }

    /// Whether it was by somebody's word that the metric which comes before had ended then, whatever the facts of that instant say.
    pub(super) fn is_after_a_word(&self, ended: Ended, pasts: [&[Past]; 2], runs: &Runs, ledger: &Ledger) -> bool {
        let before = |run: &&Run| Some(&run.metric) == self.metric.after.as_ref() && run.kind == self.agreement.kind;
        let cycles = runs.iter().filter(before).flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id));
        let cycles: Vec<&Commitment> = cycles.collect();
        let then = cycles.iter().filter(|cycle| cycle.closed_at() == Some(ended.told));
        let mut clocks = then.filter_map(|cycle| Clockwork::of(cycle, self.policy));
        clocks.any(|clock| clock.settled(&cycles, &pasts.map(|past| (past, clock.enders(past)))).is_some())
    }

    /// Until when all that waited has been decided. A cycle that was merely left has decided nothing, and is taken up again.
    pub(super) fn decided(&self, past: &[Past], runs: &Runs, ledger: &Ledger) -> Option<Timestamp> {
        let closed = self.made_here(runs, ledger).filter(|cycle| !was_left(cycle));
        // Of one that was put right nothing is decided, but by whoever struck it out; and what goes on with another in its place decides for it.
        let claims = self.claims(past);
        let until = |cycle: &Commitment| if was_put_right(cycle) { None } else { over_at(cycle, &claims) };
        // A word about what was carried over, or whoever struck one out: else the cycles say it themselves.
        let by_word = |run: &Run| {
            let mut cycles = run.cycles.iter().filter_map(|id| ledger.get(*id));
            !run.carried_in.is_empty() || cycles.any(was_struck_out)
        };
        let by_word = self.runs(runs).any(by_word);
        let settled = if by_word { self.settled(runs, ledger, [past, past]) } else { Vec::new() };
        let settled = settled.into_iter().map(Settled::last);
        let decided = closed.filter_map(until).chain(settled).chain(self.before_its_time()).max();
        // What was left was not decided, whenever the one before it is said to have been done.
        let left = self.last_left(runs, ledger).map(|left| left.since.minus_micros(1));
        decided.map(|decided| left.map_or(decided, |left| left.min(decided)))
    }
}

impl Runs {
    /// When the metric that comes right before one is known to have ended for the first time, however that came about: when it was closed, or when it was done. A
    /// status holds from when it is taken in, however early somebody dates it.
    pub(super) fn ended_before(
        &self,
        metric: &Metric,
        kind: AgreementKind,
        after: &[Watch<'_>],
        past: &[Past],
        ledger: &Ledger,
    ) -> Option<Ended> {
        let name = metric.after.as_ref()?;
        // A goal ends where the matter is solved, a promise does not.
        let is_after_a_status = |told: Timestamp, binding: Binding| {
            let is_it = |past: &Past| past.at == told && matches!(past.fact, Fact::Status { .. });
            let enders = after.first().map(|watch| Watch { binding, ..*watch }.enders(past));
            enders.into_iter().flatten().any(|(index, _)| past.get(index).is_some_and(is_it))
        };
        // Of each run the first that was decided: the others came later.
        let first = |run: &Run| {
            let cycles = run.cycles.iter().filter_map(|id| ledger.get(*id));
            let mut decided = cycles.filter(|cycle| !was_left(cycle) && !was_put_right(cycle));
            decided.find_map(|cycle| {
                let told = cycle.closed_at()?;
                let done = cycle.said_done_at().filter(|done| *done == told || !is_after_a_status(told, cycle.binding));
                Some(Ended { told, done: done.unwrap_or(told) })
            })
        };
        let of_kind = |run: &&Run| run.metric == *name && run.kind == kind;
        self.iter().filter(of_kind).filter_map(first).min()
    }
}

/// When what a cycle waited for was over: when that was done, or when it was closed. What somebody claims has answered nothing that came after it, by his
/// own word.
fn over_at(cycle: &Commitment, claims: &[(Timestamp, Timestamp)]) -> Option<Timestamp> {
    let said = |done: Timestamp| {
        let claims = claims.iter().filter(|(known, happened)| *known == done && cycle.since <= *happened);
        claims.map(|(_, happened)| *happened).min().unwrap_or(done)
    };
    cycle.said_done_at().map(said).or(cycle.closed_at())
}
