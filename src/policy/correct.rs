//! What an agreement orders when something on record turns out to have been something else: an auto-reply that was taken for an
//! answer, an answer that bounced, a customer's message that was filed as a note.
//!
//! The cycles by the past as it was known and by the past as it is known now are held against each other, and what differs is put
//! right: one that never was is struck out, one that had not ended goes on, one that had ended has.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Policy;
use super::before::{Ended, have_ended_by};
use super::candidate::Candidate;
use super::ends::fetched_since;
use super::fact::Past;
use super::fate::{stands, was_left, was_let_go, was_put_right};
use super::history::{End, Told, history};
use super::moment::Moment;
use super::running::{Clockwork, stopped_by};
use super::runs::Runs;
use super::trace::{Begun, Watched};
use crate::commitment::{Actor, ClockOrder, Commitment, Corrections, Happened, Ledger, Stamp, TakenBack};
use crate::{CommitmentId, EditionNumber, Timestamp};

/// The same past, as it was known before and as it is known now.
pub(crate) struct Correction<'a> {
    /// The moment at which that is known. Its past is as it is known now, and its fact what the message was.
    pub(crate) moment: &'a Moment<'a>,
    pub(crate) before: &'a [Past],
    /// When the message happened, and who vouches for what it was.
    pub(crate) happened: Happened,
    pub(crate) by: Option<&'a Actor>,
    /// How far a person may put a record right by an edition's rules.
    pub(crate) corrections: &'a dyn Fn(EditionNumber) -> Option<Corrections>,
}

impl Correction<'_> {
    /// Which of the facts is put right, and when it was taken in.
    fn put_right(&self) -> Option<(usize, Timestamp)> {
        let mut facts = self.before.iter().zip(self.moment.past).enumerate();
        facts.find(|(_, (before, now))| before != now).map(|(index, (before, _))| (index, before.at))
    }

    /// Whether whoever puts a breach of that instant right is believed what he claims, whoever he is.
    pub(super) fn believes(&self, edition: EditionNumber, broken: Option<Timestamp>) -> bool {
        let reaches = |corrections: Corrections| broken.is_none_or(|broken| corrections.reach(broken, self.moment.at));
        (self.corrections)(edition).is_some_and(|corrections| !corrections.four_eyes && reaches(corrections))
    }

    /// When one of the facts happened, and who vouches for that. A claim counts since it was made, unless it may be believed: this very one if whoever makes
    /// it may, and an earlier one as far as a breach of that instant may be put right, whoever does it.
    pub(super) fn when(&self, index: usize, edition: EditionNumber, broken: Option<Timestamp>) -> Option<Happened> {
        let told = self.moment.past.get(index)?;
        let is_this_one = told.filed.is_some() && self.put_right().is_some_and(|(right, _)| right == index);
        // What was too late by the claim as well takes nothing back.
        let in_time = broken.is_none_or(|broken| told.happened <= broken);
        let is_claim = told.known() > told.happened && in_time && (is_this_one || self.believes(edition, broken));
        Some(if is_claim {
            Happened { at: told.happened, stamp: Stamp::Claim }
        } else {
            Happened { at: told.known(), stamp: Stamp::Transport }
        })
    }
}

/// An order, and when what it tells of had happened.
pub(crate) type Belated = (ClockOrder, Option<Happened>);

/// What is ordered about cycles that have been. What runs by the corrected past, and did not before, begins like anything else.
pub(crate) fn about_corrected<'a>(
    correction: &Correction<'_>,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<Belated> {
    let mut orders = Vec::new();
    let put_right = correction.put_right();
    // What was taken in before a cycle began, or after it had ended, has ended nothing.
    let ran_then = |told: &Told, actual: &Commitment| {
        put_right
            .is_some_and(|(index, at)| told.begun.by < index && actual.closed_at().is_none_or(|closed| at <= closed))
    };
    for run in runs.iter() {
        let (mut gone, mut others) = (Vec::new(), Vec::new());
        let latest = run.cycles.iter().rev().chain(&run.carried_in).find_map(|id| ledger.get(*id));
        let clock = latest.and_then(|latest| Clockwork::of(latest, pinned(latest.edition)?));
        let Some(candidate) = clock.and_then(|clock| Candidate::of(&clock)) else { continue };
        let (then, now) = histories(&candidate, correction.before, correction.moment.past, runs, ledger);
        let cycles: Vec<_> = run.cycles.iter().chain(&run.carried_in).filter_map(|id| ledger.get(*id)).collect();
        for before in &then {
            let Some(actual) = cycle(&cycles, &then, before) else { continue };
            match now.iter().find(|told| told.is(before)) {
                None => {
                    gone.extend(Some(actual.id).filter(|_| !was_let_go(actual)));
                    // Where nobody may take a breach off with it, it has ended as far as that is beyond doubt.
                    let clock = pinned(actual.edition).and_then(|policy| Clockwork::of(actual, policy));
                    let came_later = put_right.is_some_and(|(index, _)| before.begun.by < index);
                    let clock = clock.filter(|_| actual.is_open() && came_later);
                    others.extend(clock.map(|clock| clock.put_right_untold(correction)).unwrap_or_default());
                }
                Some(told) => {
                    let clock = pinned(actual.edition).and_then(|policy| Clockwork::of(actual, policy));
                    let is_otherwise =
                        |clock: &Clockwork<'_>| ran_then(before, actual) && clock.ends_otherwise(correction);
                    let clock = clock.filter(|clock| told != before || is_otherwise(clock));
                    others.extend(clock.map(|clock| clock.put_right(before, told, correction)).unwrap_or_default());
                }
            }
        }
        // What stands in for a breach falls away with it.
        let untold = cycles.iter().filter(|cycle| !then.iter().any(|told| told.counted_since(cycle.since)));
        for actual in untold.filter(|cycle| stands(cycle, &cycles)) {
            let clock = pinned(actual.edition).and_then(|policy| Clockwork::of(actual, policy));
            others.extend(clock.map(|clock| clock.put_right_untold(correction)).unwrap_or_default());
        }
        // Where another goes on in its place, nobody gets rid of a breach by striking one out.
        let replaced = others.iter().any(|(order, _)| matches!(order, ClockOrder::TakeBack(_)));
        let stamp = if replaced { Stamp::Transport } else { correction.happened.stamp };
        let happened = Happened { stamp, ..correction.happened };
        let strike_out = |id| {
            let evidence = correction.moment.evidence?.clone();
            Some((ClockOrder::StrikeOut(id, evidence, correction.by.cloned()), Some(happened)))
        };
        orders.extend(gone.into_iter().filter_map(strike_out).chain(others));
    }
    orders
}

/// The cycles of a metric by the past as it was known before, and as it is known now.
pub(super) fn histories(
    candidate: &Candidate<'_>,
    before: &[Past],
    now: &[Past],
    runs: &Runs,
    ledger: &Ledger,
) -> (Vec<Told>, Vec<Told>) {
    let after = candidate.after();
    let known = candidate.after_ended(now, runs, ledger);
    // What ended it may be the very thing that is put right, unless somebody's word did.
    let by_fact = |past: &[Past], ended: &Ended| have_ended_by(&after, past, ended.told);
    let by_word = |ended: &Ended| candidate.is_after_a_word(*ended, [before, now], runs, ledger);
    let after_ended = known.filter(|ended| !by_fact(now, ended) && (!by_fact(before, ended) || by_word(ended)));
    let (watch, cycles) = (candidate.watching_as_promised(), candidate.cycles());
    let settled = candidate.settled(runs, ledger, [before, now]);
    let (promised, denied) = (candidate.promised(runs, ledger), candidate.denied(runs, ledger, before, now));
    let decided = candidate.before_its_time();
    let watched = Watched {
        watch,
        cycles,
        after: &after,
        after_ended,
        is_new: false,
        decided,
        settled: &settled,
        promised: &promised,
        denied: &denied,
    };
    (history(&watched, before), history(&watched, now))
}

/// The commitment that stands for a cycle: of several that began at one instant, each for its own.
fn cycle<'a>(cycles: &[&'a Commitment], then: &[Told], told: &Told) -> Option<&'a Commitment> {
    let alike = then.iter().filter(|other| other.begun.since == told.begun.since);
    let nth = alike.take_while(|other| !other.is(told)).count();
    let stand = cycles.iter().filter(|cycle| told.counted_since(cycle.since) && !was_put_right(cycle));
    let mut stand: Vec<_> = stand.filter(|cycle| !was_left(cycle) && stands(cycle, cycles)).copied().collect();
    // The one that runs is told last.
    stand.sort_by_key(|cycle| cycle.is_open());
    stand.get(nth).copied()
}

impl Clockwork<'_> {
    /// The cycle ended otherwise than it was thought to, or not at all.
    fn put_right(&self, before: &Told, told: &Told, correction: &Correction<'_>) -> Vec<Belated> {
        let id = self.commitment.id;
        let moved = |id: CommitmentId| self.moved(id, &before.begun, &told.begun, correction.moment);
        let (past, now) = (correction.before, correction.moment.past);
        let was = self.ended_in_fact(before.ended, past);
        let is = self.would_have_ended(told.ended, was, correction);
        let ended = |id: CommitmentId| is.and_then(|(index, end)| self.end(id, index, end, correction));
        if is == was {
            // What has ended it may be known to have happened earlier now.
            let done = self.commitment.done_at();
            let earlier = ended(id).filter(|(_, happened)| happened.map(|happened| happened.at) < done);
            return moved(id).into_iter().chain(earlier).collect();
        }
        let Some((index, _)) = was else { return moved(id).into_iter().chain(ended(id)).collect() };
        let ended_by = past.get(index).filter(|ended_by| self.was_ended_by(ended_by, past));
        // What no fact has ended can still have been done in time.
        let (Some(ended_by), Some(evidence)) = (ended_by, correction.moment.evidence) else {
            return ended(id).into_iter().collect();
        };
        let successor = id.derived("retracted");
        let meanwhile = self.meanwhile(successor, ended_by, is, correction.moment.past);
        let left = meanwhile.iter().find_map(|(order, _)| match order {
            ClockOrder::Cancel(_, _, at) => *at,
            _ => None,
        });
        let (pauses, resume_by) = self.standing_since(self.stopped_at(ended_by), (is, left), correction.moment);
        let ended = ended(successor);
        let claim = ended.as_ref().and_then(|(_, happened)| happened.filter(|happened| happened.stamp == Stamp::Claim));
        let claimed = claim.map(|happened| (happened, correction.by.cloned()));
        let back = TakenBack { commitment: id, evidence: evidence.clone(), pauses, resume_by, claimed };
        let back = (ClockOrder::TakeBack(Box::new(back)), None);
        let when = |index| self.when(index, correction);
        let fetched = |(index, end)| (end == End::Done).then(|| fetched_since(index, self.enders(now), when));
        let fetched = is.and_then(fetched).into_iter().flatten();
        let corrected = fetched.filter_map(|index| self.end(successor, index, End::Done, correction));
        [back].into_iter().chain(moved(successor)).chain(meanwhile).chain(ended).chain(corrected).collect()
    }

    /// One that stays on record as what the facts tell of no more, or that counts since an instant that they do not tell.
    fn put_right_untold(&self, correction: &Correction<'_>) -> Vec<Belated> {
        let (commitment, moment) = (self.commitment, correction.moment);
        if commitment.is_open() {
            let order = match moment.fact {
                Some(fact) if self.watch().stops(fact, moment.after) => self.stop(moment),
                Some(fact) if self.watch().cancels(fact, moment.after) => {
                    let why = self.rule_that(self.why_cancelled(Some(fact)));
                    ClockOrder::Cancel(commitment.id, why, correction.put_right().map(|(_, at)| at))
                }
                _ => return Vec::new(),
            };
            return Vec::from([(order, Some(correction.happened))]);
        }
        let Some([was, is]) = self.ends_untold(correction.before, moment.past) else { return Vec::new() };
        let told = |ended| Told { begun: Begun::at(commitment.since), ended };
        self.put_right(&told(was), &told(is), correction)
    }

    /// Whether what ends it, be it what has ended it or not, is something else than it was, or known since another instant.
    fn ends_otherwise(&self, correction: &Correction<'_>) -> bool {
        let enders = |past: &[Past]| {
            let known = |(index, end): (usize, End)| (index, end, past.get(index).map(Past::known));
            self.enders(past).into_iter().map(known).collect::<Vec<_>>()
        };
        enders(correction.before) != enders(correction.moment.past)
    }

    /// It counts since another instant: what had let it begin again was something else, or lets it.
    pub(super) fn from(&self, since: Timestamp, moment: &Moment<'_>) -> Option<Belated> {
        self.counting_from(self.commitment.id, since, moment)
    }

    fn counting_from(&self, id: CommitmentId, since: Timestamp, moment: &Moment<'_>) -> Option<Belated> {
        let (_, budget) = self.agreement.target(&self.cycle.metric, moment.after)?;
        let target = self.policy.terms(self.agreement, self.rule()?, budget, moment.after);
        Some((ClockOrder::Reset(id, target, Some(since)), None))
    }

    /// What one of the facts orders about a cycle that it ends.
    fn end(&self, id: CommitmentId, index: usize, end: End, correction: &Correction<'_>) -> Option<Belated> {
        let told @ Past { at, fact, .. } = correction.moment.past.get(index)?;
        let order = match end {
            End::Done => stopped_by(id, fact, fact.message()),
            End::Settled => return None,
            End::NotNeeded => {
                let why = self.rule_that(self.why_cancelled(Some(fact)));
                ClockOrder::Cancel(id, why, Some(told.known().max(*at)))
            }
        };
        Some((order, self.when(index, correction)))
    }

    /// It counts since other instants than it was thought to. Where it has begun again once more, each time is ordered by itself: what was broken by
    /// then did not.
    fn moved(&self, id: CommitmentId, before: &Begun, told: &Begun, moment: &Moment<'_>) -> Vec<Belated> {
        let more = told.again.strip_prefix(&before.again[..]).filter(|_| told.since == before.since);
        let latest = [told.latest()];
        let instants = match more {
            Some(more) => more,
            None if told.latest() == before.latest() => &[],
            None => &latest[..],
        };
        instants.iter().filter_map(|since| self.counting_from(id, *since, moment)).collect()
    }
}
