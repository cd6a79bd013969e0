//! What follows from one thing for others: what goes on with it, is owed for it, or falls away with it.

use owed::calendar::Amount;
use owed::commitment::BreachCause;
use owed::{CommitmentId, Timestamp};

use super::debt::Proposal;
use super::rule::{Rule, derived};
use super::{Breach, Debt, End, State, World};

impl Debt {
    /// The same terms, to which nothing has happened yet.
    pub(super) fn as_new(&self, made: Timestamp) -> Self {
        Self {
            made,
            broken_under: None,
            repaired_by: None,
            renewed_by: None,
            parts: vec![],
            at_risk: false,
            told: None,
            chased: vec![],
            tried: vec![],
            state: State::Running,
            was: None,
            breach: None,
            ..self.clone()
        }
    }
}

impl World {
    /// Another goes on with it.
    pub(super) fn goes_on(&mut self, id: CommitmentId, successor: CommitmentId, new: Debt, at: Timestamp) {
        self.debt(id).renewed_by = Some(successor);
        self.debts.insert(successor, new);
        self.set(successor, at);
    }

    pub(super) fn after_breach(&mut self, id: CommitmentId, at: Timestamp, cause: BreachCause) {
        if let Some((within, depth)) = self.debts[&id].owes {
            self.owe(id, at, within, depth);
        }
        let missed = matches!(cause, BreachCause::Deadline | BreachCause::BornLate);
        let debt = &self.debts[&id];
        let told = debt.told.clone().filter(|told| missed && debt.told_due(told) > at);
        // Where a round goes on by what was told, that is the round that is owed.
        let goes_on = told.is_some();
        if let Some(told) = told {
            let successor = derived(id, "repair");
            self.renew(id, successor, &told, at);
            self.debt(successor).repairs = Some(id);
            self.superseded(id, successor, at);
        }
        self.put_at_risk(id, at);
        if cause != BreachCause::Impossible && !goes_on {
            self.next_round_missed(id, at);
        }
    }

    /// What is broken is owed no longer: the other stands in for it.
    pub(super) fn superseded(&mut self, id: CommitmentId, by: CommitmentId, at: Timestamp) {
        let debt = self.debt(id);
        debt.repaired_by = Some(by);
        if debt.is_open() {
            debt.close(at, End::Broken);
        }
    }

    /// An explanation for a breach: once.
    pub(super) fn owe(&mut self, id: CommitmentId, at: Timestamp, within: Amount, depth: u8) {
        let broken = &self.debts[&id];
        let amends = derived(id, "explanation");
        if broken.depth >= depth || self.debts.contains_key(&amends) {
            return;
        }
        let new = Debt::new(broken.to.clone(), broken.owner.clone(), Rule::Within(within), at);
        let owes = (broken.depth + 1 < depth).then_some((within, depth));
        let new = Debt { owes, depth: broken.depth + 1, ..new };
        self.debts.insert(amends, new);
        self.set(amends, at);
    }

    /// What was told takes the place of another.
    pub(super) fn renew(&mut self, id: CommitmentId, successor: CommitmentId, told: &Proposal, at: Timestamp) {
        let old = &self.debts[&id];
        let mut new = Debt { rule: told.rule, pauses: vec![], ..old.as_new(at) };
        match told.limit {
            Some(limit) if old.limit.is_some() => new.wait(told.since, limit),
            Some(_) => new.begin(old.since),
            None => new.begin(told.since),
        }
        self.goes_on(id, successor, new, at);
    }

    /// What was taken back or struck out is owed as before; what had been done of what was struck out is done.
    pub(super) fn again(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) {
        let mut new = self.debts[&id].as_new(at);
        if new.limit.is_some() {
            new.state = State::Waiting;
        }
        let (was, breach) = (self.debts[&id].was, self.debts[&id].breach);
        self.goes_on(id, successor, new, at);
        match (was, breach) {
            (Some(End::Kept), _) => self.debt(successor).close(at, End::Kept),
            (Some(End::Late), Some(Breach { due, cause: BreachCause::Deadline | BreachCause::BornLate, .. })) => {
                self.break_(successor, at, due, BreachCause::BornLate);
                self.debt(successor).close(at, End::Late);
            }
            _ => {}
        }
    }

    /// What stands in for it, and what is owed for its breach, is not needed. The next round of a series is owed for itself.
    pub(super) fn fall_away(&mut self, id: CommitmentId, at: Timestamp) {
        let original = &self.debts[&id];
        let repair = original.repaired_by.filter(|_| original.round.is_none());
        let mut behind: Vec<CommitmentId> = repair.into_iter().collect();
        behind.push(derived(id, "explanation"));
        while let Some(id) = behind.pop() {
            let Some(debt) = self.debts.get_mut(&id) else { continue };
            if debt.is_open() {
                debt.close(at, End::Void);
            } else {
                behind.extend(debt.repaired_by.or(debt.renewed_by));
            }
            behind.push(derived(id, "explanation"));
        }
    }
}
