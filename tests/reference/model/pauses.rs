//! The clock stands, and goes on with what was left.

use owed::{Name, Timestamp};

use super::{Debt, State};
use crate::week::{Unit, between};

impl Debt {
    /// Whatever it was doing, it does so no more from now on: what has run is taken off what is left.
    pub(super) fn stop(&mut self, now: Timestamp) {
        if self.state == State::Running {
            self.left.1 -= between(self.left.0, self.here, now).min(self.left.1);
            // The time of a round may not have begun yet.
            self.here = self.here.max(now);
        }
        self.stand_no_more(now);
    }

    pub(super) fn stand_no_more(&mut self, now: Timestamp) {
        if let State::Standing { .. } = self.state {
            self.here = now;
            self.pauses.iter_mut().filter(|pause| pause.1.is_none()).for_each(|pause| pause.1 = Some(now));
        }
    }

    /// For how long it has stood.
    pub(super) fn stood(&self, now: Timestamp) -> i64 {
        self.pauses.iter().map(|(from, until)| between(Unit::Elapsed, *from, until.unwrap_or(now))).sum()
    }

    /// A reason to stand; several are a union.
    pub(super) fn pause(&mut self, reason: &Name, until: Option<Timestamp>, told: bool, at: Timestamp) -> bool {
        if until.is_some_and(|until| until <= at) {
            return false;
        }
        if let State::Standing { reasons, until: stands } = &mut self.state {
            if reasons.contains(&reason.to_string()) {
                return true;
            }
            let longer = until.is_some_and(|until| until < *stands);
            if !longer {
                reasons.push(reason.to_string());
            }
            return !longer;
        }
        if self.state == State::Running && self.due() <= at {
            return false;
        }
        let (State::Running, Some((total, once)), true) = (&self.state, self.pausable, told) else { return false };
        let allowed = (total - self.stood(at)).min(once.unwrap_or(total));
        if total <= self.stood(at) {
            return false;
        }
        let by = Timestamp::from_micros(at.as_micros() + allowed);
        self.stop(at);
        self.pauses.push((at, None));
        let until = until.map_or(by, |until| until.min(by));
        self.state = State::Standing { reasons: vec![reason.to_string()], until };
        true
    }

    /// A reason is gone; with the last one it goes on.
    pub(super) fn resume(&mut self, reason: &Name, at: Timestamp) -> bool {
        let State::Standing { reasons, .. } = &mut self.state else { return false };
        if !reasons.contains(&reason.to_string()) {
            return false;
        }
        reasons.retain(|standing| *standing != reason.to_string());
        if reasons.is_empty() {
            self.stand_no_more(at);
            self.state = State::Running;
        }
        true
    }
}
