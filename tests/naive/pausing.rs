//! The clock of a commitment stands and goes on, and gets another budget.

use owed::commitment::BreachCause;

use super::facts::{Heard, Key};
use super::life::{Account, Life, News, State};
use super::week::At;

impl Life<'_> {
    /// When it has stood, the pause that lasts among that.
    pub(super) fn stood(&self, now: At) -> Vec<(At, At)> {
        let lasts = match self.state {
            State::Standing(from, _) => Some((from, now)),
            State::Running(_) | State::Broken | State::Over(..) => None,
        };
        self.account.stood.iter().copied().chain(lasts).collect()
    }

    pub(crate) fn used(&self, now: At) -> At {
        self.account.used(self.weeks, now, &self.stood(now))
    }

    pub(crate) fn left(&self, now: At) -> At {
        (self.account.budget - self.used(now)).max(0)
    }

    /// For how long it has stood, all in all.
    pub(crate) fn has_stood(&self, now: At) -> At {
        self.stood(now).iter().map(|(from, until)| until - from).sum()
    }

    fn due_from(&self, now: At, left: At) -> At {
        self.weeks.end(self.account.unit, now, left, &[])
    }

    /// The deadline that it has, or would have if it went on now.
    pub(crate) fn due_now(&self, now: At) -> At {
        match self.state {
            State::Running(due) => due,
            _ => self.due_from(now, self.left(now)),
        }
    }

    /// Until when a pause that begins now may last.
    pub(crate) fn may_stand_until(&self, now: At) -> Option<At> {
        let (total, once) = self.allowance?;
        let left = total - self.has_stood(now);
        (left > 0).then(|| now + once.map_or(left, |once| left.min(once)))
    }

    /// There is a reason to stand. A clock that has run out is not stood still.
    pub(crate) fn stand(&mut self, reason: &'static str, asked: Option<At>, key: Key) {
        let now = key.0;
        match self.state {
            State::Running(due) if due > now || key == self.born => {
                let Some(until) = self.may_stand_until(now) else { return };
                self.state = State::Standing(now, asked.map_or(until, |asked| asked.min(until)));
                self.reasons = vec![reason];
                self.warnings.clear();
                self.news.push((key, News::Moved));
            }
            State::Standing(..) if !self.reasons.contains(&reason) => self.reasons.push(reason),
            State::Running(_) | State::Standing(..) | State::Broken | State::Over(..) => {}
        }
    }

    /// A reason is gone; with the last one it goes on.
    pub(crate) fn stand_no_more(&mut self, reason: &str, key: Key) {
        if let State::Standing(..) = self.state
            && self.reasons.contains(&reason)
        {
            self.reasons.retain(|standing| *standing != reason);
            if self.reasons.is_empty() {
                self.go_on(key);
            }
        }
    }

    pub(super) fn go_on(&mut self, key: Key) {
        let now = key.0;
        let due = self.due_now(now);
        self.account.stood = self.stood(now);
        self.reasons.clear();
        self.run(due, now);
    }

    /// Why its agreement wants it to stand in a status.
    pub(crate) fn wanted(&self, status: &str) -> Vec<&'static str> {
        self.rules.iter().filter(|(_, statuses)| statuses.contains(&status)).map(|(reason, _)| *reason).collect()
    }

    /// The status has changed. What begins comes first: for one reason after another it stands throughout.
    pub(crate) fn turn(&mut self, fact: &Heard<'_>) {
        let before = fact.before.map_or(vec![], |before| self.wanted(before.status));
        let after = self.wanted(fact.after.status);
        let begun = after.iter().filter(|reason| !before.contains(reason));
        begun.for_each(|reason| self.stand(reason, None, fact.key));
        let ended = before.iter().filter(|reason| !after.contains(reason));
        ended.for_each(|reason| self.stand_no_more(reason, fact.key));
    }

    /// It has another budget. A promise moves only nearer.
    pub(crate) fn retarget(&mut self, budget: At, restarts: bool, key: Key) {
        let now = key.0;
        if !self.is_pending() {
            return;
        }
        let stood = self.stood(now);
        let mut account = Account { budget, ..self.account.clone() };
        if restarts {
            (account.start, account.carried) = (now, 0);
        }
        let exhausted = account.end(self.weeks, budget, &stood);
        let left = (budget - account.used(self.weeks, now, &stood)).max(0);
        let stands = matches!(self.state, State::Standing(..));
        let over = exhausted < now;
        let due = if stands && !over { self.due_from(now, left) } else { exhausted };
        if self.is_promised_by(key) && due > self.due_now(now) {
            return;
        }
        self.account = account;
        self.news.push((key, News::Moved));
        if !stands {
            self.run(due, now);
        } else if over {
            self.break_(key, exhausted, BreachCause::BornLate);
        }
    }
}
