//! What has ended a cycle in fact, by what is on record of it: a fact that the metric waits for or that makes it needless, a mail that was
//! fetched late and had been sent in time, or somebody's word, which no fact tells of.

use alloc::vec::Vec;

use super::correct::Correction;
use super::fact::{Fact, Past};
use super::fate::{has_successor, line, ran_until, was_let_go, was_put_right, was_struck_out};
use super::history::End;
use super::running::Clockwork;
use super::standing::Standing;
use super::trace::Watch;
use crate::Timestamp;
use crate::commitment::{Commitment, Happened, Outcome, Phase, Verdict, VoidCause};

/// A past, and which of its facts end a cycle that runs.
pub(super) type Enders<'a> = (&'a [Past], Vec<(usize, End)>);

/// From when to when a cycle ran that somebody's word has ended: what waited then is decided, whatever the facts say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    since: Timestamp,
    until: Timestamp,
}

impl Settled {
    pub(super) fn covers(self, start: Timestamp) -> bool {
        self.since <= start && start <= self.last()
    }

    /// The last start that it covers.
    pub(super) fn last(self) -> Timestamp {
        self.until.minus_micros(1).max(self.since)
    }

    pub(super) fn is_over(self, by: Timestamp) -> bool {
        self.until < by
    }
}

impl Watch<'_> {
    /// Which of these facts end a cycle that runs, and how.
    pub(super) fn enders(self, past: &[Past]) -> Vec<(usize, End)> {
        let mut ticket = None;
        let ends = |(index, past): (usize, &Past)| {
            let after = Standing::follow(&mut ticket, &past.fact)?;
            let end = if self.stops(&past.fact, after) {
                End::Done
            } else if self.cancels(&past.fact, after) {
                End::NotNeeded
            } else {
                return None;
            };
            Some((index, end))
        };
        past.iter().enumerate().filter_map(ends).collect()
    }
}

/// Which of the facts that end a cycle were taken in after the one that ended it, and count since before that: mails that were fetched late.
pub(super) fn fetched_since(
    ended: usize,
    enders: Vec<(usize, End)>,
    when: impl Fn(usize) -> Option<Happened>,
) -> impl Iterator<Item = usize> {
    let at = move |index: usize| when(index).map(|happened| happened.at);
    let done = enders.into_iter().filter(move |(index, end)| *index > ended && *end == End::Done);
    done.map(|(index, _)| index).filter(move |index| at(*index) < at(ended))
}

/// What has ended a cycle, or the first that does since, by the rules that it runs by. Later ones may make something else of the same fact, and what ends a
/// goal may end no promise.
fn by_its_own_rules(ended: (usize, End), enders: &[(usize, End)]) -> Option<(usize, End)> {
    match ended {
        (_, End::Settled) => Some(ended),
        (first, End::Done | End::NotNeeded) => enders.iter().copied().find(|(index, _)| *index >= first),
    }
}

impl Clockwork<'_> {
    pub(super) fn watch(&self) -> Watch<'_> {
        let also = self.rule().map_or(&[][..], |rule| &rule.also);
        Watch { metric: self.metric, also, binding: self.commitment.binding }
    }

    /// Which of these facts end it, and how.
    pub(super) fn enders(&self, past: &[Past]) -> Vec<(usize, End)> {
        self.watch().enders(past)
    }

    /// Whether it was this fact that ended the cycle, and no host. What ended as a record was put right was ended by the past as it was known then.
    pub(super) fn was_ended_by(&self, told: &Past, past: &[Past]) -> bool {
        let Past { at, happened, fact, put_right, .. } = told;
        let Phase::Closed { at: closed, outcome, .. } = &self.commitment.phase else { return false };
        let in_hindsight = || past.iter().any(|past| past.put_right.contains(closed));
        match outcome {
            // What a host settled at the instant of a correction, that has not ended: only what was put right itself counts from then, or a status.
            Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. } => {
                let is_status = matches!(fact, Fact::Status { .. });
                *done == *happened || *done == told.known() || put_right.contains(done) || is_status && in_hindsight()
            }
            Outcome::Overtaken(rule) | Outcome::Void(VoidCause::Rule(rule)) => {
                *rule == self.rule_that(self.why_cancelled(Some(fact))) && (closed == at || in_hindsight())
            }
            Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => false,
        }
    }

    /// What has ended it in fact, of what ended it by the facts, and what was fetched later and had been sent in time.
    pub(super) fn ended_in_fact(&self, ended: Option<(usize, End)>, past: &[Past]) -> Option<(usize, End)> {
        let enders = self.enders(past);
        let ended @ (first, _) = by_its_own_rules(ended.filter(|_| !self.commitment.is_open())?, &enders)?;
        let is_it = |(index, _): &(usize, End)| past.get(*index).is_some_and(|by| self.was_ended_by(by, past));
        if is_it(&ended) {
            return Some(ended);
        }
        let mut later = enders.into_iter().filter(|(index, end)| *index > first && *end == End::Done);
        later.find(is_it).or(Some(ended))
    }

    /// What would have ended it by the facts. What has ended it in fact, and ends it still, stays so where it is known to have happened before that; and
    /// where somebody only claims the one, any other counts that is.
    pub(super) fn would_have_ended(
        &self,
        ended: Option<(usize, End)>,
        in_fact: Option<(usize, End)>,
        correction: &Correction<'_>,
    ) -> Option<(usize, End)> {
        let enders = self.enders(correction.moment.past);
        let ended @ (first, _) = by_its_own_rules(ended?, &enders)?;
        // What is claimed now counts only as far as somebody may put a record right. Where it takes a breach back, that is asked of him then.
        let is_broken = self.commitment.is_open() || self.commitment.verdict() == Verdict::Breached;
        let known = |index: usize| correction.moment.past.get(index).map(Past::known);
        let at = |end: &(usize, End)| match self.commitment.done_at() {
            Some(done) if in_fact == Some(*end) => Some(done),
            _ if is_broken || correction.believes(self.commitment.edition, None) => {
                self.when(end.0, correction).map(|happened| happened.at)
            }
            _ => known(end.0),
        };
        let is_claimed = correction.moment.past.get(first).is_some_and(|told| told.happened < told.known());
        let counts = |(index, _): &(usize, End)| {
            let told = correction.moment.past.get(*index);
            is_claimed && told.is_some_and(|told| self.commitment.since <= told.counts_from())
        };
        let others = enders.into_iter().filter(|other| other.0 > first && (counts(other) || Some(*other) == in_fact));
        others.filter(|other| at(other) < at(&ended)).min_by_key(at).or(Some(ended))
    }

    /// When one of the facts happened, and who vouches for that: what is claimed of it is believed as far as its breach may be put right, be it on record
    /// or what it comes to without what had kept it. Whose clock stood may come to none.
    pub(super) fn when(&self, index: usize, correction: &Correction<'_>) -> Option<Happened> {
        let stood = matches!(self.commitment.phase, Phase::Closed { resume_by: Some(_), .. });
        let due = (!stood && !self.commitment.is_open()).then_some(self.commitment.due);
        let broken = self.commitment.breach.map(|breach| breach.at).or(due);
        correction.when(index, self.commitment.edition, broken)
    }

    /// What has ended one that the facts tell of as another, or not at all; and what would have by the facts as they are known now.
    pub(super) fn ends_untold(&self, before: &[Past], now: &[Past]) -> Option<[Option<(usize, End)>; 2]> {
        let then = self.enders(before);
        let was =
            then.iter().copied().find(|(index, _)| before.get(*index).is_some_and(|by| self.was_ended_by(by, before)));
        let (index, _) = was?;
        let passed_by = |end: &(usize, End)| end.0 < index && then.contains(end);
        let since = |end: &(usize, End)| now.get(end.0).is_some_and(|by| by.happened >= self.commitment.since);
        let is = self.enders(now).into_iter().find(|end| !passed_by(end) && since(end));
        (was != is).then_some([was, is])
    }

    /// From when to when it ran, if somebody's word has ended it and no other goes on in its place. What can end it is found once for all cycles.
    pub(super) fn settled(&self, cycles: &[&Commitment], enders: &[Enders<'_>; 2]) -> Option<Settled> {
        let cycle = self.commitment;
        let until = if was_struck_out(cycle) { ran_until(cycle) } else { cycle.said_done_at().or(cycle.closed_at()) }?;
        let by_word = match &cycle.phase {
            Phase::Closed {
                outcome: Outcome::Fulfilled { .. } | Outcome::Corrected { .. } | Outcome::DeliveredLate { .. },
                ..
            } => {
                let ended = |past: &[Past], index: usize| past.get(index).is_some_and(|by| self.was_ended_by(by, past));
                !enders.iter().any(|(past, enders)| enders.iter().any(|(index, _)| ended(past, *index)))
            }
            Phase::Closed { outcome: Outcome::Superseded { .. } | Outcome::Ended(_), .. }
            | Phase::Closed { outcome: Outcome::Void(VoidCause::CustomerAbsent), .. } => true,
            // What fell away with a breach that was none has settled nothing.
            Phase::Closed { outcome: Outcome::Void(VoidCause::Corrected { .. }), .. } => false,
            _ => was_struck_out(cycle) || was_let_go(cycle) && !was_put_right(cycle),
        };
        // What goes on with another in its place has been owed since that was.
        let since = line(cycle.id, cycles).map(|cycle| cycle.since).fold(cycle.since, Timestamp::min);
        (by_word && !has_successor(cycle, cycles)).then_some(Settled { since, until })
    }
}
