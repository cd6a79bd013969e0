//! What an agreement owes: each metric from its start to its end, once more and once more.

use owed::CommitmentId;
use owed::commitment::BreachCause;
use uuid::Uuid;

use super::TICKET;
use super::book::{Agreement, Book, Metric, Target};
use super::facts::{Deed, Heard, Who};
use super::life::{Account, End, Life, State};
use super::promises::ordered;
use super::week::At;

/// Every cycle of a target.
pub(super) fn cycles<'a>(
    book: &'a Book,
    agreement: &Agreement,
    (metric, target): &(Metric, Target),
    heard: &[Heard<'_>],
    now: At,
) -> Vec<Life<'a>> {
    let mut cycles: Vec<Life<'a>> = Vec::new();
    // What the host has ended, the facts do not tell.
    let first =
        agreement.targets.iter().find(|(of, _)| *of == Metric::FirstResponse && *metric == Metric::NextResponse);
    let first = first.and_then(|first| self::cycles(book, agreement, first, heard, now).into_iter().next());
    let answered = |fact: &Heard<'_>| first.as_ref().is_some_and(|first| first.is_over_by(fact.key));
    for (place, fact) in heard.iter().enumerate() {
        if cycles.last().is_some_and(|last| !last.is_over_by(fact.key))
            || !metric.starts(&heard[..=place], answered(fact))
        {
            continue;
        }
        if !cycles.is_empty() && metric.is_once() {
            break;
        }
        let name = format!("{}\0{}\0{}", agreement.name, metric.name(), cycles.len() + 1);
        let id = CommitmentId(Uuid::new_v5(&TICKET.0, name.as_bytes()));
        let account = Account {
            unit: target.unit,
            budget: target.budgets[fact.after.priority],
            start: fact.key.0,
            carried: 0,
            stood: vec![],
        };
        let mut cycle = Life {
            metric: Some(*metric),
            promised: agreement.promised,
            to_customer: agreement.with_customer,
            ladders: target.ladders.clone().unwrap_or_else(|| book.climbed.clone()),
            owes: target.owes,
            amends: target.owes.is_some() && target.unanswered_breaks && !agreement.promised && !metric.is_resolution(),
            warn: target.warn.clone(),
            rules: target.pauses(*metric).to_vec(),
            allowance: target.allowance(*metric, agreement.promised),
            ..Life::new(&book.weeks, id, fact.key, account)
        };
        if let Some(last) = cycles.last().filter(|_| metric.resumes()) {
            goes_on_with(&mut cycle, last);
        }
        let reasons = cycle.wanted(fact.after.status);
        let hears = |cycle: &mut Life<'_>, fact: &Heard<'_>| hears(cycle, agreement, *metric, target, fact);
        let cycle = cycle.begins(reasons).lives(heard, now, hears);
        cycles.push(cycle);
    }
    cycles
}

/// What had run of the last one has run, and what it had stood of its allowance is gone.
fn goes_on_with(cycle: &mut Life<'_>, last: &Life<'_>) {
    let State::Over(closed, _) = last.state else { unreachable!("it is over") };
    cycle.account.carried = last.used(closed);
    cycle.before = Some(last.id);
    cycle.allowance = cycle.allowance.and_then(|(total, once)| {
        let had = last.allowance.map_or(0, |(total, _)| total);
        let left = (had - last.has_stood(closed)).min(total);
        (left > 0).then_some((left, once))
    });
}

fn hears(cycle: &mut Life<'_>, agreement: &Agreement, metric: Metric, target: &Target, fact: &Heard<'_>) {
    ordered(cycle, fact);
    if !cycle.is_open() {
        return;
    }
    if metric.stops(fact) {
        return cycle.done(fact.key);
    }
    if metric.cancels(fact) && !cycle.is_promised() {
        let ended = fact.comes_to().is_some();
        if cycle.is_pending() && target.unanswered_breaks && ended {
            cycle.break_(fact.key, cycle.due_now(fact.key.0), BreachCause::Unanswered);
        }
        let end = if cycle.is_pending() { End::Void } else { End::Broken };
        return cycle.close(fact.key, end);
    }
    if fact.before.is_some_and(|before| before.priority != fact.after.priority) {
        cycle.retarget(target.budgets[fact.after.priority], agreement.restarts, fact.key);
    }
    cycle.turn(fact);
}

impl Metric {
    const fn is_once(self) -> bool {
        matches!(self, Self::FirstResponse | Self::FirstResolution)
    }

    /// Whether the closing of the ticket is what it waits for.
    pub(super) const fn is_settled_by_closing(self) -> bool {
        self.is_resolution()
    }

    const fn is_resolution(self) -> bool {
        matches!(self, Self::FirstResolution | Self::FullResolution | Self::RequesterWait | Self::AgentWork)
    }

    /// Whether the last of these facts starts it.
    fn starts(self, told: &[Heard<'_>], answered: bool) -> bool {
        let Some((fact, earlier)) = told.split_last() else { return false };
        let opened = matches!(fact.deed, Deed::Open { .. });
        let reopened = *fact.deed == Deed::Reopen;
        match self {
            Self::FirstResponse => {
                matches!(fact.deed, Deed::Open { by_customer: true, .. }) || fact.says(Who::Customer)
            }
            Self::NextResponse => {
                let first = |place: &usize| Self::FirstResponse.starts(&earlier[..=*place], false);
                let ends = |end: &Heard<'_>| Self::FirstResponse.stops(end) || Self::FirstResponse.cancels(end);
                let begun = (0..earlier.len()).find(first);
                let ended = || begun.is_some_and(|begun| earlier[begun + 1..].iter().any(ends));
                fact.says(Who::Customer) && (answered || ended())
            }
            Self::PeriodicUpdate | Self::PausableUpdate => (opened || fact.says(Who::Agent)) && !fact.after.is_ended(),
            Self::FirstResolution | Self::FullResolution | Self::RequesterWait | Self::AgentWork => opened || reopened,
        }
    }

    pub(super) fn stops(self, fact: &Heard<'_>) -> bool {
        if self.is_resolution() {
            return fact.comes_to().is_some_and(|status| matches!(status, "solved" | "closed"));
        }
        fact.says(Who::Agent)
    }

    fn cancels(self, fact: &Heard<'_>) -> bool {
        let ended = fact.comes_to().is_some_and(|status| matches!(status, "solved" | "closed"));
        let needless = self == Self::NextResponse && *fact.deed == Deed::NoReplyNeeded;
        !self.is_resolution() && (ended || needless)
    }
}
