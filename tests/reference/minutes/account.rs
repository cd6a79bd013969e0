//! The account of a budget: every minute since it began, and whether the clock stood in it.

use super::{MINUTE, Minute, Unit, is_open};

#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) unit: Unit,
    /// In microseconds; and what had been used of it when it began.
    pub(super) budget: i64,
    pub(super) carried: i64,
    pub(super) start: Minute,
    /// For each minute since then, whether the clock stood.
    pub(super) stood: Vec<bool>,
}

impl Account {
    pub(super) const fn new(unit: Unit, budget: i64, start: Minute) -> Self {
        Self { unit, budget, carried: 0, start, stood: Vec::new() }
    }

    fn worth(&self, minute: Minute) -> i64 {
        match self.unit {
            Unit::Elapsed => MINUTE,
            Unit::Working if is_open(minute) => MINUTE,
            Unit::Working => 0,
        }
    }

    pub(super) fn used(&self) -> i64 {
        let ran = (self.start..).zip(&self.stood).filter(|(_, stood)| !**stood);
        self.carried + ran.map(|(minute, _)| self.worth(minute)).sum::<i64>()
    }

    pub(super) fn left(&self) -> i64 {
        (self.budget - self.used()).max(0)
    }

    /// The first instant by which the budget has run, if the clock runs on from now; the last one before it began if even then more
    /// had been used.
    pub(super) fn due(&self) -> i64 {
        if self.carried > self.budget {
            return self.start * MINUTE - 1;
        }
        let mut left = self.budget - self.carried;
        let mut here = self.start * MINUTE;
        let mut stood = self.stood.iter();
        for minute in self.start.. {
            if left == 0 {
                break;
            }
            let worth = if stood.next() == Some(&true) { 0 } else { self.worth(minute) };
            if worth > 0 {
                here = minute * MINUTE + left.min(worth);
                left -= left.min(worth);
            }
        }
        here
    }

    /// The instant at which so much has run from a minute on.
    pub(super) fn due_from(&self, now: Minute, left: i64) -> i64 {
        Self { carried: 0, budget: left, start: now, stood: vec![], ..self.clone() }.due()
    }
}
