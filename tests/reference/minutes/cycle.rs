//! One cycle of the metric, as it is on record.

use owed::commitment::BreachCause;

use super::account::Account;
use super::pausing::Pausing;
use super::{Fact, MINUTE, Minute, Mode, Terms, Unit};

#[derive(Clone, Debug)]
pub(super) struct Cycle {
    pub(super) since: Minute,
    pub(super) account: Account,
    pub(super) pausing: Pausing,
    pub(super) state: State,
    pub(super) first_due: i64,
    /// At, due, cause.
    pub(super) breach: Option<(i64, i64, BreachCause)>,
    /// Whether it has had another budget, or has begun again.
    moved: bool,
    /// Whether the ticket has left the agreement while it ran.
    pub(super) left: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    /// Until this instant, if it stands no more.
    Running(i64),
    Standing,
    Broken,
    Over(Minute, End),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Kept,
    Broken,
    Void,
}

impl Cycle {
    /// It begins: standing if it is to stand, unless it was too late before that.
    pub(super) fn new(since: Minute, account: Account, pausing: Pausing, now: Minute) -> Self {
        let due = account.due();
        let stands = pausing.stands() && due >= now * MINUTE;
        let mut new = Self {
            since,
            account,
            pausing,
            state: State::Running(due),
            first_due: due,
            breach: None,
            moved: false,
            left: false,
        };
        if stands {
            new.state = State::Standing;
        }
        new
    }

    pub(super) const fn is_open(&self) -> bool {
        !matches!(self.state, State::Over(..))
    }

    pub(super) const fn closed_at(&self) -> Option<Minute> {
        match self.state {
            State::Over(at, _) => Some(at),
            State::Running(_) | State::Standing | State::Broken => None,
        }
    }

    const fn is_pending(&self) -> bool {
        matches!(self.state, State::Running(_) | State::Standing)
    }

    fn break_(&mut self, at: i64, due: i64, cause: BreachCause) {
        self.breach = Some((at, due, cause));
        self.state = State::Broken;
    }

    /// A minute begins, and all that waited for an instant before it or for this one has happened by its end.
    pub(super) fn minute(&mut self, minute: Minute) {
        if !self.is_pending() {
            return;
        }
        let stands = self.pausing.minute(minute);
        if self.state == State::Standing && !stands {
            self.state = State::Running(self.account.due_from(minute, self.account.left()));
        }
        self.pass(minute * MINUTE + 1);
        self.account.stood.push(stands);
    }

    /// All instants before this one have passed.
    pub(super) fn pass(&mut self, now: i64) {
        if let State::Running(due) = self.state
            && due < now
        {
            self.break_(due, due, BreachCause::Deadline);
        }
    }

    /// What a fact has made too late is too late then and there.
    pub(super) fn born_late(&mut self, now: Minute) {
        if let State::Running(due) = self.state
            && due < now * MINUTE
        {
            self.break_(now * MINUTE, due, BreachCause::BornLate);
        }
    }

    /// It is done. What was done before a breach and fetched after it puts the record right, as the channel vouches.
    pub(super) fn stop(&mut self, done: Minute, now: Minute) {
        let early = done < now;
        if let State::Over(closed, end) = self.state
            && (end != End::Broken || !early || closed < done)
        {
            return;
        }
        if done < self.since {
            return;
        }
        let in_time = self.breach.is_some_and(|(at, due, cause)| {
            // What was too late when it was taken in had its deadline all the same.
            let never_in_time = cause == BreachCause::BornLate && self.first_due == due && !self.moved;
            done * MINUTE <= if never_in_time { due } else { at }
        });
        let end = match self.state {
            State::Running(_) | State::Standing => End::Kept,
            State::Broken | State::Over(..) if early && in_time => End::Kept,
            State::Broken => End::Broken,
            State::Over(..) => return,
        };
        self.state = State::Over(now, end);
    }

    /// It is not needed any more, says a rule.
    pub(super) fn cancel(&mut self, now: Minute) {
        match self.state {
            State::Running(_) | State::Standing => self.state = State::Over(now, End::Void),
            State::Broken => self.state = State::Over(now, End::Broken),
            State::Over(..) => {}
        }
    }

    /// The ticket leaves the agreement. What is broken is owed all the same.
    pub(super) fn leave(&mut self, now: Minute) {
        if self.is_pending() {
            self.state = State::Over(now, End::Void);
            self.left = true;
        }
    }

    /// The status has changed. A clock that has run out is not stood still.
    pub(super) fn turn(&mut self, terms: &Terms, status: (&str, &str), now: Minute) {
        let run_out = matches!(self.state, State::Running(due) if due <= now * MINUTE);
        if !self.is_pending() || run_out {
            return;
        }
        self.pausing.turn(terms, status.0, status.1, now);
        match (self.state, self.pausing.stands()) {
            (State::Running(_), true) => self.state = State::Standing,
            (State::Standing, false) => {
                self.state = State::Running(self.account.due_from(now, self.account.left()));
            }
            _ => {}
        }
    }

    /// Another budget. A promise moves only nearer.
    pub(super) fn retarget(&mut self, terms: &Terms, unit: Unit, budget: i64, fact: Fact, now: Minute) {
        let old = &self.account;
        let afresh = Account::new(unit, budget, now);
        let (since, account) = match (fact, terms.mode) {
            (Fact::Answer(_), _) => (now, afresh),
            (_, Mode::Restart) => (self.since, afresh),
            (_, Mode::Recount) => (self.since, Account { unit, budget, ..old.clone() }),
            (_, Mode::Keep) if unit == old.unit => (self.since, Account { budget, ..old.clone() }),
            (_, Mode::Keep) => (self.since, Account { carried: share(old, budget), ..afresh }),
        };
        let exhausted = account.due();
        let over = exhausted < now * MINUTE;
        let (present, due) = match self.state {
            State::Running(due) => (due, exhausted),
            State::Standing if over => (old.due_from(now, old.left()), exhausted),
            State::Standing => (old.due_from(now, old.left()), account.due_from(now, account.left())),
            State::Broken | State::Over(..) => return,
        };
        if terms.promised && due > present {
            return;
        }
        (self.since, self.account, self.moved) = (since, account, true);
        match self.state {
            State::Running(_) => self.state = State::Running(due),
            _ if over => self.break_(now * MINUTE, exhausted, BreachCause::BornLate),
            _ => {}
        }
    }
}

/// What has run of one budget, as a share of another.
pub(super) fn share(old: &Account, budget: i64) -> i64 {
    i64::try_from(i128::from(old.used()) * i128::from(budget) / i128::from(old.budget)).expect("small")
}
