//! The ticket and its agreement: a story told from its beginning.

use super::account::Account;
use super::cycle::{Cycle, State, share};
use super::ghost::Ghost;
use super::pausing::Pausing;
use super::{Fact, MINUTE, Metric, Minute, Terms, Unit};

#[derive(Clone, Debug)]
pub(super) struct Desk {
    terms: Terms,
    pub(super) now: Minute,
    pub(super) status: &'static str,
    priority: &'static str,
    ghost: Ghost,
    pub(super) cycles: Vec<Cycle>,
}

impl Desk {
    pub(super) fn told(terms: &Terms, story: &[(Minute, Fact)]) -> Self {
        let now = story.first().map_or(0, |(at, _)| *at);
        let terms = terms.clone();
        let mut desk = Self { terms, now, status: "new", priority: "", ghost: Ghost::default(), cycles: vec![] };
        for (at, fact) in story {
            desk.pass(*at);
            desk.hear(*fact);
        }
        desk
    }

    /// Each minute until now.
    fn pass(&mut self, now: Minute) {
        for minute in self.now..now {
            self.ghost.minute(minute);
            self.cycles.iter_mut().for_each(|cycle| cycle.minute(minute));
        }
        self.now = now;
        self.cycles.iter_mut().for_each(|cycle| cycle.pass(now * MINUTE));
    }

    fn budget(&self, priority: &str) -> Option<(Unit, i64)> {
        let of_priority = self.terms.budgets.iter().find(|(of, ..)| *of == priority);
        of_priority.map(|(_, unit, minutes)| (*unit, minutes * MINUTE))
    }

    fn hear(&mut self, fact: Fact) {
        let ended = self.status == "solved";
        let (status, priority) = (self.status, self.priority);
        match fact {
            Fact::Open(priority) => self.priority = priority,
            Fact::Priority(to) if to != priority => self.priority = to,
            Fact::Status(to) if !ended && to != status => self.status = to,
            Fact::Solve if !ended => self.status = "solved",
            Fact::Reopen if ended => self.status = "open",
            Fact::Ask | Fact::Answer(_) | Fact::Note => {}
            // Nothing is recorded.
            Fact::Priority(_) | Fact::Status(_) | Fact::Solve | Fact::Reopen | Fact::Wake => return,
        }
        let (before, after) = (self.budget(priority), self.budget(self.priority));
        let turned = (status, self.status);
        self.about_running(fact, turned, after);
        let starts = self.ghost.hear(&self.terms, fact, turned, self.now);
        let comes_to_apply = before.is_none() && after.is_some();
        if let (Some((unit, budget)), true) = (after, starts || comes_to_apply) {
            self.begin(unit, budget);
        }
        let now = self.now;
        self.cycles.iter_mut().for_each(|cycle| cycle.born_late(now));
    }

    fn about_running(&mut self, fact: Fact, status: (&str, &str), budget: Option<(Unit, i64)>) {
        let (now, terms) = (self.now, self.terms.clone());
        let Some(cycle) = self.cycles.last_mut() else { return };
        match (terms.metric, fact) {
            (Metric::FirstResponse | Metric::NextResponse, Fact::Answer(ago)) => return cycle.stop(now - ago, now),
            (Metric::FirstResolution | Metric::Quiet, Fact::Solve) if cycle.is_open() => return cycle.stop(now, now),
            (Metric::FirstResponse | Metric::NextResponse, Fact::Solve) if !terms.promised => return cycle.cancel(now),
            _ => {}
        }
        if budget.is_none() && !terms.promised {
            return cycle.leave(now);
        }
        let again = terms.metric == Metric::Quiet && matches!(fact, Fact::Answer(_));
        if let (Some((unit, budget)), true) = (budget, again || matches!(fact, Fact::Priority(_))) {
            cycle.retarget(&terms, unit, budget, fact, now);
        }
        cycle.turn(&terms, status, now);
    }

    /// What the metric has been doing all along is on record from now on. Of what the ticket has left it goes on with what had run, and
    /// the time away counts nothing.
    fn begin(&mut self, unit: Unit, budget: i64) {
        let Some(stretch) = self.ghost.stretch.clone() else { return };
        if self.cycles.last().is_some_and(Cycle::is_open) {
            return;
        }
        let now = self.now;
        let left = self.cycles.last().filter(|last| last.left && last.since == stretch.since);
        let new = if let Some(left) = left {
            let carried = if left.account.unit == unit { left.account.used() } else { share(&left.account, budget) };
            let mut pausing = Pausing { stood: left.pausing.stood, ..Pausing::default() };
            // What had come to its limit before the ticket left does not begin anew with its coming back.
            let gone = left.closed_at();
            if stretch.pausing.run_out.is_none_or(|run_out| gone.is_some_and(|gone| run_out > gone)) {
                pausing.turn(&self.terms, "", self.status, now);
            }
            Cycle::new(stretch.since, Account { carried, ..Account::new(unit, budget, now) }, pausing, now)
        } else {
            let account = Account { stood: stretch.stood, ..Account::new(unit, budget, stretch.since) };
            Cycle::new(stretch.since, account, stretch.pausing, now)
        };
        self.cycles.push(new);
    }

    /// When the host is to wake, in microseconds.
    pub(super) fn next(&self) -> Option<i64> {
        let cycle = self.cycles.last()?;
        let at = match cycle.state {
            State::Running(due) => due,
            State::Standing => cycle.pausing.resume_by? * MINUTE,
            State::Broken | State::Over(..) => return None,
        };
        Some(at + 1)
    }
}
