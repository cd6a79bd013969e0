//! What has changed while a cycle was thought to be over: when its clock would have stood still, who answers for it, and what its agreement wants of
//! it.

use alloc::vec::Vec;

use super::correct::Belated;
use super::fact::{Fact, Past};
use super::history::End;
use super::moment::Moment;
use super::running::Clockwork;
use super::standing::Standing;
use super::standstill::{Standstill, standing};
use crate::commitment::{Binding, ClockOrder, Happened, Pause, Phase, RuleReason, Stamp, Target};
use crate::{CommitmentId, Timestamp};

impl Clockwork<'_> {
    /// When it was closed, unless it has begun and ended in hindsight.
    pub(super) fn closed_at(&self) -> Option<Timestamp> {
        self.commitment.closed_at().filter(|closed| *closed != self.commitment.made)
    }

    /// Until when its clock says how it stood. What has begun and ended in hindsight has stood by the facts.
    pub(super) fn stopped_at(&self, ended_by: &Past) -> Timestamp {
        let stood = self.commitment.clock.pauses.iter().filter_map(|pause| pause.until).max();
        self.closed_at().unwrap_or_else(|| stood.map_or(ended_by.ends_at(), |stood| stood.max(ended_by.ends_at())))
    }

    /// How its clock would have stood since it was closed, until now or until it ended by the facts as they are known now or was left.
    pub(super) fn standing_since(
        &self,
        closed: Timestamp,
        (ended, left): (Option<(usize, End)>, Option<Timestamp>),
        moment: &Moment<'_>,
    ) -> (Vec<Pause>, Option<Timestamp>) {
        let Some(rule) = self.rule() else { return (Vec::new(), None) };
        let (rules, allowance) = (rule.pauses(self.metric), self.commitment.terms.pausable);
        let ended_by = ended.and_then(|(index, _)| Some((moment.past.get(..index)?, moment.past.get(index)?)));
        let facts = ended_by.map_or(moment.past, |(facts, _)| facts);
        let over = ended_by.map(|(_, by)| by.ends_at()).into_iter().chain(left).min();
        let until = over.unwrap_or(moment.at);
        let (pauses, resume_by) = match self.stood_when_closed() {
            Some(stood) => stood.since(closed, rules, |_| true, facts, until),
            None => standing(self.commitment.since, rules, allowance, facts, until),
        };
        let ends = |pause: &Pause| pause.until.into_iter().chain(over).min();
        let later =
            pauses.into_iter().map(|pause| Pause { until: ends(&pause), from: pause.from.max(closed), ..pause });
        (later.collect(), resume_by.filter(|_| over.is_none()))
    }

    /// How its clock stood when it was closed, for whatever reason: that lasts on, and what was over by then does not begin again.
    fn stood_when_closed(&self) -> Option<Standstill> {
        let (Some(_), Phase::Closed { at, stood_for, resume_by, .. }) = (self.closed_at(), &self.commitment.phase)
        else {
            return None;
        };
        let stood = Standstill::of(self.commitment.clock.pauses.clone(), self.commitment.terms.pausable);
        Some(stood.lasting(stood_for, *at, *resume_by))
    }

    /// What has changed since it was closed, until now or until it ended by the facts as they are known now. Each change is ordered by itself: what was
    /// broken by then does not move, and whoever left that was not let off.
    pub(super) fn meanwhile(
        &self,
        id: CommitmentId,
        ended_by: &Past,
        ended: Option<(usize, End)>,
        past: &[Past],
    ) -> Vec<Belated> {
        let closed = self.closed_at().unwrap_or(ended_by.at);
        let facts = ended.and_then(|(index, _)| past.get(..index)).unwrap_or(past);
        let given = facts.iter().rev().filter(|past| past.at >= closed).find_map(|past| match &past.fact {
            Fact::Assigned { to, .. } => Some(to.as_ref()),
            _ => None,
        });
        let handed = given.map(|to| ClockOrder::HandOver(id, to.unwrap_or(&self.agreement.owner).clone()));
        let missed = self.commitment.breach.is_some_and(|breach| breach.cause.is_missed());
        let mut changes = if missed { Vec::new() } else { self.changes_since(closed, facts) };
        match changes.iter().position(|(_, wanted)| wanted.is_none()) {
            _ if self.commitment.binding == Binding::Promised => changes.retain(|(_, wanted)| wanted.is_some()),
            // What was answered when the ticket was back has been owed all along.
            Some(_) if ended.is_some() && changes.last().is_some_and(|(_, wanted)| wanted.is_some()) => {
                changes.retain(|(_, wanted)| wanted.is_some());
            }
            Some(left) => changes.truncate(left + 1),
            None => {}
        }
        let moved = changes.into_iter().map(|(at, wanted)| {
            if let Some(target) = wanted {
                return (ClockOrder::Retarget(id, target, self.agreement.on_priority_change, Some(at)), None);
            }
            let left = ClockOrder::Cancel(id, self.rule_that(RuleReason::Left), Some(at));
            (left, Some(Happened { at, stamp: Stamp::Transport }))
        });
        handed.map(|order| (order, None)).into_iter().chain(moved).collect()
    }

    /// When the ticket has left it. What was left in hindsight is closed only later.
    pub(super) fn left_at(&self, past: &[Past]) -> Option<Timestamp> {
        self.closed_at().or_else(|| {
            let changes = self.changes_since(Timestamp::MIN, past);
            changes.iter().rev().find(|(_, wanted)| wanted.is_none()).map(|(at, _)| *at)
        })
    }

    /// What its agreement wants of it for a ticket that stands so, if it is the one that counts.
    fn wanted(&self, standing: &Standing) -> Option<Target> {
        let (metric, made) = (&self.cycle.metric, self.commitment.made);
        let (agreement, budget) = self.policy.applying(metric, self.agreement.kind, standing, made)?;
        let rule = self.rule().filter(|_| agreement.name == self.agreement.name)?;
        Some(self.policy.terms(self.agreement, rule, budget, standing))
    }

    /// What that has been since an instant, each time that it became another.
    fn changes_since(&self, closed: Timestamp, facts: &[Past]) -> Vec<(Timestamp, Option<Target>)> {
        let (mut ticket, mut last, mut changes) = (None, None, Vec::new());
        for Past { at, fact, .. } in facts {
            let Some(after) = Standing::follow(&mut ticket, fact) else { continue };
            let wanted = self.wanted(after);
            if *at >= closed && wanted != last {
                changes.push((*at, wanted.clone()));
            }
            last = wanted;
        }
        // At that very instant it may have become what it is already.
        let is_so = |wanted: &Target| self.cycle.priority == wanted.priority && wanted.is_of(&self.commitment.terms);
        changes.into_iter().skip_while(|(_, wanted)| wanted.as_ref().is_some_and(is_so)).collect()
    }
}
