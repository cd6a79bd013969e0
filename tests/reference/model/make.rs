//! A promise is made: outright, on a condition, or found in a message.

use owed::commitment::{Promise, Verdict};
use owed::{CommitmentId, Timestamp};

use super::debt::End;
use super::rule::{Rule, hours};
use super::{Debt, State, World};

impl World {
    pub(super) fn promise(
        &mut self,
        promise: &Promise,
        review_by: Option<Timestamp>,
        at: Timestamp,
        then: Timestamp,
    ) -> bool {
        if self.debts.contains_key(&promise.commitment) {
            return false;
        }
        let outright = promise.condition.is_none() && review_by.is_none();
        let repairs = |broken| self.can_be_repaired(broken, promise) && outright;
        if promise.repairs.is_some_and(|broken| !repairs(broken)) {
            return false;
        }
        let made = if promise.repairs.is_some() { at } else { then };
        let limit = promise.condition.as_ref().map(|condition| Rule::of(&condition.limit).due(made));
        let begins = limit.unwrap_or(then);
        let rule = Rule::of(&promise.due);
        let due = rule.due(begins);
        let slot_is_too_late = promise.opens_at.is_some_and(|opens_at| opens_at > due);
        let owes_nothing =
            promise.breach_owes.as_ref().is_some_and(|owes| hours(owes.within).as_micros() == 0 || owes.depth == 0);
        let no_time = limit.is_some_and(|limit| limit <= made) || due <= limit.unwrap_or(made);
        if no_time || slot_is_too_late || owes_nothing {
            return false;
        }
        let micros = |time: owed::calendar::ElapsedTime| i64::try_from(time.as_micros()).expect("small");
        let state = match (review_by, limit) {
            (Some(review_by), _) => State::Found { review_by },
            (None, Some(_)) => State::Waiting,
            (None, None) => State::Running,
        };
        let debt = Debt {
            made: at,
            since: then,
            what: promise.deliverable.clone(),
            opens_at: promise.opens_at,
            attempt_counts: promise.attempt_counts,
            pausable: promise.pausable.map(|allowance| (micros(allowance.total), allowance.once.map(micros))),
            warn: promise.warn.clone(),
            owes: promise.breach_owes.as_ref().map(|owes| (hours(owes.within), owes.depth)),
            repairs: promise.repairs,
            state,
            limit,
            ..Debt::new(promise.beneficiary.clone(), promise.owner.clone(), rule, begins)
        };
        self.debts.insert(promise.commitment, debt);
        self.set(promise.commitment, at);
        if let Some(broken) = promise.repairs {
            self.superseded(broken, promise.commitment, at);
        }
        true
    }

    /// Broken, owed to the same, and nothing stands in for it yet.
    fn can_be_repaired(&self, broken: CommitmentId, by: &Promise) -> bool {
        self.debts.get(&broken).is_some_and(|debt| {
            let over = matches!(debt.state, State::Over { end: End::Late, .. });
            debt.verdict() == Verdict::Breached
                && !over
                && debt.what == by.deliverable
                && self.taken(broken).is_none()
                && debt.to == by.beneficiary
        })
    }

    /// What stands in for it at the end of the chain, unless that fell away.
    fn taken(&self, broken: CommitmentId) -> Option<CommitmentId> {
        let last =
            std::iter::successors(Some(broken), |id| self.debts[id].repaired_by).last().filter(|id| *id != broken);
        last.filter(|id| self.debts[id].verdict() != Verdict::Void)
    }

    /// Whether nothing goes on with it yet; and, if it stood in for something, whether that is broken and nothing else does.
    pub(super) fn can_come_back(&self, id: CommitmentId) -> bool {
        let free = self.debts[&id].renewed_by.is_none_or(|by| self.debts[&by].verdict() == Verdict::Void);
        free && self.debts[&id].repairs.is_none_or(|broken| {
            self.debts[&broken].verdict() == Verdict::Breached && self.taken(broken).is_none_or(|by| by == id)
        })
    }
}
