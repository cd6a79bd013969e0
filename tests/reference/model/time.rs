//! What the passing of time does: each timer at its own instant, the earliest first.

use owed::commitment::BreachCause;
use owed::{CommitmentId, Timestamp};

use super::{Breach, Debt, End, Heard, State, World};

/// What goes off. Of several for one instant, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    Review,
    Limit,
    Resume,
    Warning,
    Due,
    Horizon,
}

impl Debt {
    /// Everything that it waits for.
    fn waits(&self) -> Vec<(Timestamp, Timer)> {
        match self.state {
            State::Found { review_by } => vec![(review_by, Timer::Review)],
            State::Waiting => vec![(self.limit.expect("it waits for the customer"), Timer::Limit)],
            State::Standing { until, .. } => vec![(until, Timer::Resume)],
            State::Running => {
                let horizon = self.round.as_ref().filter(|round| !round.past_horizon).map(|round| round.horizon);
                let warnings = self.warnings.iter().map(|(at, _)| (*at, Timer::Warning));
                let horizon = horizon.map(|horizon| (horizon, Timer::Horizon));
                warnings.chain([(self.due(), Timer::Due)]).chain(horizon).collect()
            }
            State::Broken | State::Over { .. } => vec![],
        }
    }

    /// The instants that it waits for.
    pub(crate) fn timers(&self) -> impl Iterator<Item = Timestamp> {
        self.waits().into_iter().map(|(at, _)| at)
    }
}

impl World {
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.debts.values().flat_map(Debt::timers).min()
    }

    /// Its timers are set, after all that have been set before.
    pub(super) fn set(&mut self, id: CommitmentId, at: Timestamp) {
        self.set += 1;
        let set = (at, self.set);
        let debt = self.debt(id);
        debt.set = set;
        debt.nth.get_or_insert(set.1);
        debt.warnings = debt.warnings_from(at);
    }

    /// Lets time pass: what is due before an instant happens.
    pub(super) fn pass(&mut self, now: Timestamp) {
        loop {
            let waits = self
                .debts
                .iter()
                .flat_map(|(id, debt)| debt.waits().into_iter().map(|(at, timer)| ((at, timer, debt.set.1), *id)));
            let Some(((nominal, timer, _), id)) = waits.min_by_key(|(key, _)| *key) else { return };
            if nominal >= now {
                return;
            }
            // What was past when it was set stands where that was.
            let at = nominal.max(self.debts[&id].set.0);
            self.go_off(id, timer, nominal, at);
        }
    }

    fn go_off(&mut self, id: CommitmentId, timer: Timer, nominal: Timestamp, at: Timestamp) {
        let debt = self.debt(id);
        match timer {
            Timer::Review => self.count(id, at),
            Timer::Limit => debt.close(at, End::Lapsed),
            Timer::Resume => {
                debt.stand_no_more(at);
                debt.state = State::Running;
                self.set(id, at);
            }
            Timer::Warning => {
                let due = debt.due();
                let first = debt.warnings.iter().position(|(at, _)| *at == nominal).expect("it waits");
                let (_, warning) = debt.warnings.remove(first);
                self.heard.push(Heard::Warned(at, id, warning, due));
            }
            Timer::Due => {
                let cause = if nominal < at { BreachCause::BornLate } else { BreachCause::Deadline };
                self.break_(id, at, nominal, cause);
            }
            Timer::Horizon => self.horizon(id, at),
        }
    }

    /// What was found is a promise, from its making.
    pub(super) fn count(&mut self, id: CommitmentId, at: Timestamp) {
        let debt = self.debt(id);
        debt.state = if debt.limit.is_some() { State::Waiting } else { State::Running };
        self.set(id, at);
    }

    pub(super) fn break_(&mut self, id: CommitmentId, at: Timestamp, due: Timestamp, cause: BreachCause) {
        let debt = self.debt(id);
        // Where it stood it would end later; where it ran its deadline is what it was.
        debt.stand_no_more(at);
        debt.breach = Some(Breach { at, due, cause });
        debt.broken_under = Some(debt.owner.clone());
        debt.state = State::Broken;
        self.after_breach(id, at, cause);
    }
}
