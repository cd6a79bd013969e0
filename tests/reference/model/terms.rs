//! Other terms: no worse at once, worse ones with consent.

use owed::commitment::{Actor, DueRule};
use owed::{CommitmentId, Timestamp};

use super::debt::Proposal;
use super::rule::{Rule, unit_of};
use super::{Debt, End, World};
use crate::week::{Unit, after};

impl Debt {
    /// Terms that are no worse: a new budget counts from the beginning, without the pauses.
    pub(super) fn amend(&mut self, rule: Rule, now: Timestamp) -> bool {
        if let Some(limit) = self.limit {
            let due = rule.due(limit);
            let alike = matches!(rule, Rule::At(_)) || rule.budget(limit).0 == self.rule.budget(limit).0;
            let worse = due > self.due() || rule.due(now) > self.rule.due(now) || !alike;
            if worse || due <= now || self.opens_at.is_some_and(|opens_at| opens_at > due) {
                return false;
            }
            (self.rule, self.left) = (rule, rule.budget(limit));
            return true;
        }
        // The time of a round may not have begun yet.
        let (unit, here, left, whole, began) = match rule {
            Rule::At(at) => {
                let left = at.as_micros() - now.as_micros();
                (Unit::Elapsed, now, left, self.ran(Unit::Elapsed, now) + left, self.since.min(now))
            }
            Rule::Within(amount) => {
                let (unit, whole) = unit_of(amount);
                (unit, now.max(self.since), whole - self.ran(unit, now), whole, self.since)
            }
        };
        let due = after(unit, here, left);
        if left <= 0 || due > self.would_be_due(now) || self.opens_at.is_some_and(|opens_at| opens_at > due) {
            return false;
        }
        (self.rule, self.here, self.left, self.whole, self.began) = (rule, here, (unit, left), whole, began);
        true
    }

    /// Terms that are worse are told; nothing changes.
    ///
    /// What waits for the customer's part goes on waiting for it, unless it is proposed outright.
    pub(super) fn propose(&mut self, due: &DueRule, outright: bool, since: Timestamp, now: Timestamp) -> bool {
        let rule = Rule::of(due);
        let limit = self.limit.filter(|_| !outright);
        let due = rule.due(limit.unwrap_or(since));
        if due <= limit.unwrap_or(now) || self.opens_at.is_some_and(|opens_at| opens_at > due) {
            return false;
        }
        self.told = Some(Proposal { since, rule, due, limit });
        true
    }

    /// When what was told is due: where he has done his part since, from then on.
    pub(super) fn told_due(&self, told: &Proposal) -> Timestamp {
        if told.limit.is_some() && self.limit.is_none() { told.rule.due(self.since) } else { told.due }
    }
}

impl World {
    /// The customer does not want what was told last.
    pub(super) fn decline(&mut self, id: CommitmentId, by: &Actor) -> bool {
        let debt = self.debt(id);
        debt.speaks(by) && debt.told.take().is_some()
    }

    /// The customer accepts what was told last.
    pub(super) fn accept(&mut self, id: CommitmentId, successor: CommitmentId, by: &Actor, at: Timestamp) -> bool {
        let debt = &self.debts[&id];
        let told = debt.told.clone().filter(|told| debt.told_due(told) > at);
        let (Some(told), true) = (told, debt.speaks(by)) else { return false };
        if self.debts.contains_key(&successor) {
            return false;
        }
        self.debt(id).close(at, End::Void);
        self.renew(id, successor, &told, at);
        true
    }
}
