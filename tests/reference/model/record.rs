//! What is given up, and what puts the record right.

use owed::calendar::Amount;
use owed::commitment::{Actor, BreachCause, PhaseName};
use owed::{CommitmentId, Timestamp};

use super::{End, State, World};

impl World {
    /// The desk does not mean to do it: broken now, unless the customer has not done his part.
    pub(super) fn withdraw(&mut self, id: CommitmentId, at: Timestamp) -> bool {
        let debt = self.debt(id);
        match debt.phase() {
            PhaseName::Conditional => debt.close(at, End::Void),
            PhaseName::Active | PhaseName::Paused => {
                let due = debt.would_be_due(at);
                self.break_(id, at, due, BreachCause::Withdrawn);
            }
            PhaseName::Candidate | PhaseName::Overdue | PhaseName::Closed => return false,
        }
        true
    }

    /// It cannot be done: broken, owed no longer, and to be explained.
    pub(super) fn impossible(&mut self, id: CommitmentId, at: Timestamp) -> bool {
        let debt = self.debt(id);
        match debt.phase() {
            PhaseName::Active | PhaseName::Paused => {
                let due = debt.would_be_due(at);
                self.break_(id, at, due, BreachCause::Impossible);
            }
            PhaseName::Overdue => {}
            PhaseName::Candidate | PhaseName::Conditional | PhaseName::Closed => return false,
        }
        self.debt(id).close(at, End::Impossible);
        self.explain(id, at);
        self.next_round_let_off(id, at);
        true
    }

    /// What cannot be done is to be explained.
    pub(super) fn explain(&mut self, id: CommitmentId, at: Timestamp) {
        let day: Amount = "24 hours".parse().expect("an amount");
        let (within, depth) = self.debts[&id].owes.unwrap_or((day, 1));
        self.owe(id, at, within, depth);
    }

    /// The customer lets the desk off, and so the next round of a series begins.
    pub(super) fn release(&mut self, id: CommitmentId, at: Timestamp) {
        self.debt(id).close(at, End::Void);
        self.next_round_let_off(id, at);
    }

    /// What had fulfilled it is taken back.
    pub(super) fn retract(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) -> bool {
        let kept = matches!(self.debts[&id].state, State::Over { end: End::Kept, .. });
        if !kept || !self.can_come_back(id) || self.debts.contains_key(&successor) {
            return false;
        }
        // What was told of it is told of what goes on with it.
        let told = self.debts[&id].told.clone().filter(|told| told.due > at);
        self.debt(id).close(at, End::Void);
        self.again(id, successor, at);
        let debt = self.debt(successor);
        debt.told = told.filter(|_| debt.limit.is_some() || debt.due() >= at);
        true
    }

    /// It should not be on record. What is decided only inside of the window, and by another if so asked.
    pub(super) fn in_error(&mut self, id: CommitmentId, by: &Actor, at: Timestamp) -> bool {
        let (house, debt) = (self.house, &self.debts[&id]);
        let inside = match debt.state {
            State::Over { end: End::InError, .. } => false,
            State::Over { at: since, .. } => house.lets(debt, since, at, by),
            State::Broken => house.lets(debt, debt.breach.expect("broken").at, at, by),
            State::Found { .. } => true,
            // What is promised is not shed by calling it an error.
            State::Waiting | State::Running | State::Standing { .. } => house.lets(debt, debt.made, at, by),
        };
        if inside {
            let debt = self.debt(id);
            if let State::Over { end, .. } = debt.state {
                debt.was = Some(end);
            }
            debt.close(at, End::InError);
            self.fall_away(id, at);
            if self.debts[&id].round.as_ref().is_some_and(|round| self.stopped(round.series).is_none()) {
                self.next_round_let_off(id, at);
            }
        }
        inside
    }

    /// And that was the error.
    pub(super) fn reinstate(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) -> bool {
        let struck_out = matches!(self.debts[&id].state, State::Over { end: End::InError, .. });
        if !struck_out || !self.can_come_back(id) || self.debts.contains_key(&successor) {
            return false;
        }
        let owed_no_more = [End::Void, End::Lapsed, End::Absent, End::Stopped].map(Some);
        if owed_no_more.contains(&self.debts[&id].was) {
            return false;
        }
        self.as_it_was(id, successor, at);
        true
    }
}
