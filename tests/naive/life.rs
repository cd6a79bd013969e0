//! One commitment, told from its beginning.

use owed::CommitmentId;
use owed::commitment::BreachCause;

use super::book::{Metric, Reason, Warn};
use super::facts::{Heard, Key, TIME};
use super::week::{At, Unit, Weeks};

#[derive(Clone, Debug)]
pub(crate) struct Life<'a> {
    pub(crate) weeks: &'a Weeks,
    pub(crate) id: CommitmentId,
    pub(crate) born: Key,
    pub(crate) metric: Option<Metric>,
    /// Whether it was promised from the first, and when the customer was told of it.
    pub(crate) promised: bool,
    pub(crate) told: Option<Key>,
    pub(crate) to_customer: bool,
    /// What it goes on with or stands in for, and which of the two.
    pub(crate) before: Option<CommitmentId>,
    pub(crate) repairs: bool,
    pub(crate) ladders: Vec<usize>,
    pub(crate) owes: Option<At>,
    /// Whether to be closed without it is a breach, for which something is owed.
    pub(crate) amends: bool,
    pub(crate) since: At,
    pub(crate) account: Account,
    pub(crate) warn: Vec<Warn>,
    pub(crate) allowance: Option<(At, Option<At>)>,
    /// When its agreement wants it to stand.
    pub(crate) rules: Vec<Reason>,
    pub(crate) reasons: Vec<&'static str>,
    pub(crate) state: State,
    pub(crate) warnings: Vec<(At, Warn)>,
    pub(crate) breach: Option<(At, At, BreachCause)>,
    pub(crate) news: Vec<(Key, News)>,
}

/// A budget, since when its time runs, what had run before that, and when it has stood.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) unit: Unit,
    pub(crate) budget: At,
    pub(crate) start: At,
    pub(crate) carried: At,
    pub(crate) stood: Vec<(At, At)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum State {
    /// Until this instant, if it stands no more.
    Running(At),
    /// Since one instant, until another at the latest.
    Standing(At, At),
    Broken,
    Over(At, End),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    Kept,
    /// Done, too late.
    Late,
    /// Ended otherwise, broken.
    Broken,
    Void,
}

/// What others may have to hear of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum News {
    PromisedAgain,
    Warned,
    /// The deadline that was near is so no longer.
    Moved,
    Broken,
    Over,
}

impl Account {
    pub(super) fn used(&self, weeks: &Weeks, now: At, stood: &[(At, At)]) -> At {
        self.carried + weeks.ran(self.unit, self.start, now, stood)
    }

    /// When it has run out; the last instant before it began if that was so even then.
    pub(super) fn end(&self, weeks: &Weeks, much: At, stood: &[(At, At)]) -> At {
        if much < self.carried {
            return self.start - 1;
        }
        weeks.end(self.unit, self.start, much - self.carried, stood)
    }
}

impl<'a> Life<'a> {
    pub(crate) fn new(weeks: &'a Weeks, id: CommitmentId, born: Key, account: Account) -> Self {
        Self {
            weeks,
            id,
            born,
            metric: None,
            promised: true,
            told: None,
            to_customer: true,
            before: None,
            repairs: false,
            ladders: vec![],
            owes: None,
            amends: false,
            since: account.start,
            account,
            warn: vec![],
            allowance: None,
            rules: vec![],
            reasons: vec![],
            state: State::Broken,
            warnings: vec![],
            breach: None,
            news: vec![],
        }
    }

    /// It begins, standing if it is to stand, unless it was too late before that.
    pub(crate) fn begins(mut self, reasons: Vec<&'static str>) -> Self {
        let now = self.born.0;
        if self.repairs {
            self.news.push((self.born, News::PromisedAgain));
        }
        self.run(self.account.end(self.weeks, self.account.budget, &self.account.stood), now);
        let reasons = if matches!(self.state, State::Running(due) if due < now) { vec![] } else { reasons };
        reasons.into_iter().for_each(|reason| self.stand(reason, None, self.born));
        self.born_late(self.born);
        self
    }

    /// All facts after its birth, and time until now.
    pub(crate) fn lives(mut self, heard: &[Heard<'_>], now: At, hears: impl Fn(&mut Self, &Heard<'_>)) -> Self {
        let (at, index, _) = self.born;
        for fact in heard.iter().filter(|fact| (fact.key.0, fact.key.1) > (at, index)) {
            self.pass(fact.key.0);
            hears(&mut self, fact);
            self.born_late(fact.key);
        }
        self.pass(now);
        self
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, State::Over(..))
    }

    /// Whether it was over once a fact had been taken in.
    pub(crate) fn is_over_by(&self, (at, index, _): Key) -> bool {
        self.news.iter().any(|((then, by, _), news)| *news == News::Over && (*then, *by) <= (at, index))
    }

    /// Whether it was a promise once a fact had been taken in.
    pub(crate) fn is_promised_by(&self, (at, index, _): Key) -> bool {
        self.promised || self.told.is_some_and(|(then, by, _)| (then, by) <= (at, index))
    }

    pub(crate) fn is_promised(&self) -> bool {
        self.promised || self.told.is_some()
    }

    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.state, State::Running(_) | State::Standing(..))
    }

    /// It runs until an instant, and warns on the way to that. What has passed by now is not warned of.
    pub(super) fn run(&mut self, due: At, now: At) {
        self.state = State::Running(due);
        let at = |warn: &Warn| match *warn {
            Warn::Before(unit, much) => self.weeks.back(unit, due, much),
            Warn::Percent(percent) => {
                let share = self.account.budget * percent / 100;
                let mut ran = self.account.end(self.weeks, share, &self.account.stood);
                // Where it stops running at that very instant, it is when it goes on.
                let lasts = |ran: At| self.account.stood.iter().find(|(from, until)| *from <= ran && ran < *until);
                while let Some((_, until)) = lasts(ran) {
                    ran = *until;
                }
                ran
            }
        };
        self.warnings = self.warn.iter().map(|warn| (at(warn), *warn)).filter(|(at, _)| *at >= now).collect();
    }

    /// Time does what it does before this instant.
    fn pass(&mut self, now: At) {
        loop {
            match self.state {
                State::Standing(_, until) if until < now => self.go_on((until, TIME, 0)),
                State::Running(due) => {
                    let near = self.warnings.iter().map(|(at, _)| *at).min().filter(|near| *near <= due && *near < now);
                    if let Some(near) = near {
                        let first = self.warnings.iter().position(|(at, _)| *at == near).expect("it is near");
                        self.warnings.remove(first);
                        self.news.push(((near, TIME, 0), News::Warned));
                    } else if due < now {
                        self.break_((due, TIME, 0), due, BreachCause::Deadline);
                    } else {
                        return;
                    }
                }
                State::Standing(..) | State::Broken | State::Over(..) => return,
            }
        }
    }

    /// What a fact has made too late is too late then and there, once all that follows from the fact is done.
    fn born_late(&mut self, (at, index, _): Key) {
        if let State::Running(due) = self.state
            && due < at
        {
            self.break_((at, index, 2), due, BreachCause::BornLate);
        }
    }

    pub(crate) fn break_(&mut self, key: Key, due: At, cause: BreachCause) {
        self.account.stood = self.stood(key.0);
        self.breach = Some((key.0, due, cause));
        self.state = State::Broken;
        self.reasons.clear();
        self.warnings.clear();
        self.news.push((key, News::Broken));
    }

    pub(crate) fn close(&mut self, key: Key, end: End) {
        self.account.stood = self.stood(key.0);
        self.state = State::Over(key.0, end);
        self.reasons.clear();
        self.warnings.clear();
        self.news.push((key, News::Over));
    }

    /// What is done is kept, or is late.
    pub(crate) fn done(&mut self, key: Key) {
        if self.is_open() {
            let end = if self.is_pending() { End::Kept } else { End::Late };
            self.close(key, end);
        }
    }

    /// What it waits for: a deadline, a warning, the end of a pause.
    pub(crate) fn waits(&self) -> Vec<At> {
        match self.state {
            State::Running(due) => self.warnings.iter().map(|(at, _)| *at).chain([due]).collect(),
            State::Standing(_, until) => vec![until],
            State::Broken | State::Over(..) => vec![],
        }
    }
}
