//! The customer's part: asked, reminded, warned, silent; or missed in his own slot.

use owed::commitment::{Chase, Stamp};
use owed::{Command, CommitmentId, Timestamp};

use super::rule::{Rule, derived};
use super::{Debt, End, State, World};
use crate::week::Unit;
use owed::calendar::{Amount, ElapsedTime, WorkingTime};

impl Debt {
    /// Asked, then reminded, twice at least, then warned; asked anew, it begins anew.
    pub(super) fn chase(&mut self, step: Chase, now: Timestamp) -> bool {
        let reminded = self.chased.iter().filter(|step| **step == Chase::Reminded).count();
        let in_order = match step {
            Chase::Asked => true,
            Chase::Reminded => !self.chased.is_empty(),
            Chase::Warned { until } => reminded >= 2 && until > now,
        };
        if in_order {
            if step == Chase::Asked {
                self.chased.clear();
            }
            self.chased.push(step);
        }
        in_order
    }

    pub(super) fn is_absent(&self, now: Timestamp) -> bool {
        self.is_silent(now) || self.missed_the_slot()
    }

    /// Whether he has been warned, and silent past the limit that he was told last.
    fn is_silent(&self, now: Timestamp) -> bool {
        let until = self.chased.iter().rev().find_map(|step| match step {
            Chase::Warned { until } => Some(*until),
            Chase::Asked | Chase::Reminded => None,
        });
        until.is_some_and(|until| until < now)
    }

    /// Two attempts in the agreed slot, and a message left.
    fn missed_the_slot(&self) -> bool {
        let Some(opens_at) = self.opens_at else { return false };
        let in_slot: Vec<_> = self.tried.iter().filter(|(at, _)| opens_at <= *at && *at <= self.due()).collect();
        in_slot.len() >= 2 && in_slot.iter().any(|(_, left)| *left)
    }
}

impl World {
    pub(super) fn find_absent(&mut self, id: CommitmentId, at: Timestamp) {
        let debt = self.debt(id);
        debt.stop(at);
        debt.close(at, End::Absent);
        self.next_round_let_off(id, at);
    }

    /// He had done his part in time, and that came in after it was given up for want of it: it counts from when he did it.
    pub(super) fn met_after_all(&mut self, id: CommitmentId, command: &Command, then: Timestamp) -> bool {
        let (house, debt) = (self.house, &self.debts[&id]);
        let State::Over { at: since, end: End::Lapsed } = debt.state else { return false };
        let in_time = command.happened.filter(|happened| Some(happened.at) <= debt.limit);
        let vouched = in_time.is_some_and(|happened| match happened.stamp {
            Stamp::Transport => true,
            Stamp::Claim => house.lets(debt, since, command.at, &command.by),
        });
        if !vouched || !self.can_come_back(id) {
            return false;
        }
        let old = self.debt(id);
        old.close(command.at, End::Void);
        let mut new = Debt { pauses: vec![], ..old.as_new(command.at) };
        new.begin(then.max(old.since));
        self.goes_on(id, derived(id, "in time"), new, command.at);
        true
    }

    /// He is back: what was left when he was found absent is owed from then on.
    pub(super) fn take_up_again(
        &mut self,
        id: CommitmentId,
        successor: CommitmentId,
        then: Timestamp,
        at: Timestamp,
    ) -> bool {
        let absent = matches!(self.debts[&id].state, State::Over { end: End::Absent, .. });
        // A series goes on with its next round, or has come to its end.
        let stopped = self.debts[&id].round.as_ref().is_some_and(|round| self.stopped(round.series).is_some());
        if !absent
            || stopped
            || self.another(id).is_some()
            || !self.can_come_back(id)
            || self.debts.contains_key(&successor)
        {
            return false;
        }
        let old = self.debt(id);
        let micros = u64::try_from(old.left.1).expect("never less than nothing");
        let left = match old.left.0 {
            Unit::Working => Amount::Working(WorkingTime::from_micros(micros)),
            Unit::Elapsed => Amount::Elapsed(ElapsedTime::from_micros(micros)),
        };
        let stood = old.stood(at);
        let pausable = old.pausable.map(|(total, once)| (total - stood, once)).filter(|(total, _)| *total > 0);
        let mut new = Debt { rule: Rule::Within(left), opens_at: None, pauses: vec![], pausable, ..old.as_new(at) };
        new.begin(then);
        self.goes_on(id, successor, new, at);
        true
    }
}
