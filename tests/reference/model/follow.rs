//! What follows from one thing for others: what goes on with it, is owed for it, or falls away with it.

use owed::calendar::Amount;
use owed::commitment::{BreachCause, Deliverable, Verdict};
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
            same_as: None,
            needless: false,
            parts: vec![],
            at_risk: false,
            told: None,
            chased: vec![],
            tried: vec![],
            state: State::Running,
            was: None,
            nth: None,
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
            debt.close(at, End::Superseded(by));
        }
    }

    /// An explanation for a breach: once.
    pub(super) fn owe(&mut self, id: CommitmentId, at: Timestamp, within: Amount, depth: u8) {
        let broken = &self.debts[&id];
        let amends = derived(id, "explanation");
        if broken.depth >= depth || self.debts.contains_key(&amends) || self.was_explained(id) {
            return;
        }
        let new = Debt::new(broken.to.clone(), broken.owner.clone(), Rule::Within(within), at);
        let owes = (broken.depth + 1 < depth).then_some((within, depth));
        let new = Debt { owes, depth: broken.depth + 1, what: Deliverable::Explanation, ..new };
        self.debts.insert(amends, new);
        self.set(amends, at);
    }

    /// Whether something has become of the explanation of the same breach, of what it goes on with.
    fn was_explained(&self, id: CommitmentId) -> bool {
        let Some(before) = self.debts[&id].same_as else { return false };
        let mut explanation = derived(before, "explanation");
        if !self.debts.contains_key(&explanation) {
            return self.was_explained(before);
        }
        while let Some(by) = self.debts[&explanation].renewed_by {
            explanation = by;
        }
        !self.debts[&explanation].needless
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

    /// What was taken back or struck out is owed as before.
    ///
    /// A round that others have followed: one is owed at a time. In time still, it is the one; too late by now, the later one takes its
    /// place as soon as time says so. What the series waited for may have come by its deadline, and then it falls away as it would have.
    pub(super) fn again(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) {
        let later = self.another(id);
        let stopped = self.debts[&id].round.as_ref().and_then(|round| self.stopped(round.series));
        let due = self.came_back(id, successor, at);
        match (later, stopped) {
            (Some(later), _) if due >= at => self.debt(later).close(at, End::Void),
            (None, Some(stop)) if due >= stop => self.debt(successor).close(at, End::Stopped),
            _ => {}
        }
    }

    /// Another goes on with it by its instants, to which nothing has happened: apart from its series if that has stopped.
    fn came_back(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) -> Timestamp {
        let mut new = self.debts[&id].as_new(at);
        if new.limit.is_some() {
            new.state = State::Waiting;
        }
        let later = self.another(id).and_then(|later| self.debts[&later].round.clone());
        if let Some(round) = &mut new.round {
            let stopped = self.stopped(round.series).is_some();
            round.past_horizon |= later.as_ref().is_some_and(|later| later.past_horizon);
            if later.is_none() && stopped {
                new.round = None;
            }
        }
        new.same_as = Some(id);
        let due = new.due();
        self.goes_on(id, successor, new, at);
        due
    }

    /// What was struck out in error has become again what it had become.
    pub(super) fn as_it_was(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) {
        let old = self.debts[&id].clone();
        let by_word = |breach: &Breach| !matches!(breach.cause, BreachCause::Deadline | BreachCause::BornLate);
        let of_a_series = old.round.as_ref().is_some_and(|round| self.stopped(round.series).is_none());
        let owed = match old.was {
            None => !old.breach.as_ref().is_some_and(by_word),
            // What stood in for it has fallen away with it, or is the round that is owed, and will again.
            Some(End::Superseded(by)) => of_a_series || self.debts[&by].verdict() == Verdict::Void,
            Some(_) => false,
        };
        if owed {
            return self.again(id, successor, at);
        }
        self.came_back(id, successor, at);
        let broken = match old.was {
            None | Some(End::Late | End::Broken | End::Impossible | End::Superseded(_)) => old.breach,
            Some(End::Kept | End::Void | End::Lapsed | End::Absent | End::InError | End::Stopped) => None,
        };
        if let Some(breach) = broken {
            let cause = if by_word(&breach) { breach.cause } else { BreachCause::BornLate };
            self.break_(successor, at, breach.due, cause);
        }
        let Some(was) = old.was else { return };
        if let End::Superseded(by) = was {
            self.debt(successor).repaired_by = Some(by);
        }
        if self.debt(successor).is_open() {
            self.debt(successor).close(at, was);
        }
        match was {
            End::Impossible => self.explain(successor, at),
            End::Kept | End::Void | End::Absent => {}
            End::Late | End::Broken | End::Superseded(_) | End::Lapsed | End::InError | End::Stopped => return,
        }
        self.next_round_let_off(successor, at);
    }

    /// What stands in for it, and what is owed for its breach, is not needed. The next round of a series is owed for itself; what was
    /// told in place of a round is that round still.
    pub(super) fn fall_away(&mut self, id: CommitmentId, at: Timestamp) {
        let mut behind = self.behind(id);
        behind.push(derived(id, "explanation"));
        let mut seen = vec![];
        while let Some(id) = behind.pop() {
            if seen.contains(&id) || !self.debts.contains_key(&id) {
                continue;
            }
            seen.push(id);
            behind.extend(self.behind(id));
            behind.extend(self.debts[&id].renewed_by);
            behind.push(derived(id, "explanation"));
            let debt = self.debt(id);
            if debt.is_open() {
                debt.close(at, End::Void);
                debt.needless = true;
            }
        }
    }

    fn behind(&self, id: CommitmentId) -> Vec<CommitmentId> {
        let number = |id: &CommitmentId| self.debts[id].round.as_ref().map(|round| round.number);
        self.debts[&id].repaired_by.into_iter().filter(|by| number(by) == number(&id)).collect()
    }
}
