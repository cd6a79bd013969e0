//! Warnings: once for each deadline, on the way to it or back from it.

use owed::Timestamp;
use owed::commitment::Warning;

use super::rule::{hours, unit_of};
use super::{Debt, State};
use crate::week::{after, before, between};

impl Debt {
    /// The warnings of the present deadline that have not passed by now. One that has is on record, and never goes off.
    pub(super) fn warnings_from(&self, now: Timestamp) -> Vec<(Timestamp, Warning)> {
        if self.state != State::Running {
            return vec![];
        }
        let all = self.warn.iter().map(|warning| (self.warning_at(*warning), *warning));
        all.filter(|(at, _)| *at >= now).collect()
    }

    fn warning_at(&self, warning: Warning) -> Timestamp {
        match warning {
            Warning::Before(term) => {
                let (unit, much) = unit_of(hours(term));
                before(unit, self.due(), much)
            }
            Warning::Percent(percent) => self.when_has_run(self.whole * i64::from(percent.get()) / 100),
        }
    }

    /// The first instant by which so much of its time has run. If it stops running at that very instant, nobody has heard of it yet:
    /// then it is when it goes on.
    fn when_has_run(&self, much: i64) -> Timestamp {
        let (unit, mut here, mut left) = (self.left.0, self.began, much);
        for (from, until) in &self.pauses {
            let until = until.expect("it runs");
            if until <= here {
                continue;
            }
            let there = after(unit, here, left);
            if there < *from {
                return there;
            }
            left -= between(unit, here, *from);
            here = until;
        }
        after(unit, here, left)
    }
}
