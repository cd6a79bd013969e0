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
    pub(super) fn propose(&mut self, due: &DueRule, since: Timestamp, now: Timestamp) -> bool {
        let rule = Rule::of(due);
        let due = rule.due(since);
        if due <= now || self.opens_at.is_some_and(|opens_at| opens_at > due) {
            return false;
        }
        self.told = Some(Proposal { since, rule, due });
        true
    }
}

impl World {
    /// The customer accepts what was told last.
    pub(super) fn accept(&mut self, id: CommitmentId, successor: CommitmentId, by: &Actor, at: Timestamp) -> bool {
        let told = self.debts[&id].told.clone().filter(|told| told.due > at);
        let (Some(told), true) = (told, self.debts[&id].speaks(by)) else { return false };
        if self.debts.contains_key(&successor) {
            return false;
        }
        self.debt(id).close(at, End::Void);
        self.renew(id, successor, &told, at);
        true
    }
}
