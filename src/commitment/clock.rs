//! How a budget of time runs, stands still and ends.
//!
//! Every commitment has such a clock. One that is due at a fixed instant is one whose budget is the elapsed time until then.

use alloc::vec::Vec;
use core::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::stand_in::stand_in;
use super::terms::Allowance;
use super::warning::{Warning, WarningAt};
use crate::calendar::{Amount, Calendar, ElapsedTime, Term, WorkingTime, micros};
use crate::{Name, Timestamp};

/// The account of a budget: what it is, since when it runs, and when it stood still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The instant from which time counts.
    pub since: Timestamp,
    /// What had been used up at `since`, in the budget's unit; absent if nothing had.
    #[serde(default, with = "micros::option", skip_serializing_if = "Option::is_none")]
    pub carried: Option<Amount>,
    /// How much time there is.
    #[serde(with = "micros")]
    pub budget: Amount,
    /// When it stood still and why, by the start of each. Those of different reasons may overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
}

/// One stretch of time in which a clock stood still for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Why.
    pub reason: Name,
    /// Since when.
    pub from: Timestamp,
    /// Until when; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Why an instant was found in elapsed time, though another unit was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// No calendar of that name was at hand: its edition was missing from the rulebook.
    NoCalendar,
    /// The calendar does not hold so much time before the year 10000.
    OutOfReach,
}

/// A measure of time: elapsed, or working time by a calendar.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    calendar: Option<&'a Calendar>,
}

/// An instant, and what stood in for the calendar if that had no answer.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) at: Timestamp,
    pub(super) fallback: Option<Fallback>,
}

impl<'a> Measure<'a> {
    pub(super) const fn by(calendar: Option<&'a Calendar>) -> Self {
        Self { calendar }
    }

    /// How much time of the unit of `unit` lies between two instants, in microseconds.
    pub(super) fn between(self, unit: Amount, from: Timestamp, until: Timestamp) -> u64 {
        match (unit, self.calendar) {
            (Amount::Working(_), Some(calendar)) => calendar.working_between(from, until).as_micros(),
            (Amount::Working(_), None) | (Amount::Elapsed(_), _) => until.micros_since(from),
        }
    }

    /// The earliest instant by which so much time of the unit of `unit` has run.
    fn after(self, unit: Amount, from: Timestamp, micros: u64) -> Found {
        let elapsed = |fallback| Found { at: last_timer(from.plus_micros(micros)), fallback };
        match (unit, self.calendar) {
            (Amount::Elapsed(_), _) => elapsed(None),
            (Amount::Working(_), None) => elapsed(Some(Fallback::NoCalendar)),
            (Amount::Working(_), Some(calendar)) => {
                match calendar.add_working(from, WorkingTime::from_micros(micros)) {
                    Ok(at) => Found { at: last_timer(at), fallback: None },
                    Err(_) => elapsed(Some(Fallback::OutOfReach)),
                }
            }
        }
    }

    /// The latest instant from which a term still lies before `until`. That a calendar holds no such time is no want of an answer: it
    /// has passed.
    fn before(self, term: Term, until: Timestamp) -> Found {
        let elapsed = |fallback| Found { at: until.minus_micros(stand_in(term).as_micros()), fallback };
        match (term, self.calendar) {
            (Term::Elapsed(_), _) => elapsed(None),
            (Term::Working(_) | Term::Business(_) | Term::Civil(_), None) => elapsed(Some(Fallback::NoCalendar)),
            (Term::Working(_) | Term::Business(_) | Term::Civil(_), Some(calendar)) => {
                // The close of the day of the deadline itself may come after that.
                let at = calendar.sub(until, term).unwrap_or(Timestamp::MIN).min(until);
                Found { at, fallback: None }
            }
        }
    }
}

/// The last instant that a timer can be set for: there is one microsecond after it, in which it goes off.
pub(super) const LAST_TIMER: Timestamp = Timestamp::MAX.minus_micros(1);

fn last_timer(at: Timestamp) -> Timestamp {
    at.min(LAST_TIMER)
}

impl Clock {
    /// A clock of which nothing has been used.
    pub(super) const fn new(since: Timestamp, budget: Amount) -> Self {
        Self { since, carried: None, budget, pauses: Vec::new() }
    }

    fn carried(&self) -> u64 {
        self.carried.map_or(0, Amount::as_micros)
    }

    /// Where the budget ends if no further pause comes: the smallest instant at which what has run equals it.
    ///
    /// A budget that was used up before `since` ended the microsecond before.
    pub(super) fn due(&self, measure: Measure<'_>) -> Found {
        self.end_of(self.budget.as_micros(), measure, true)
    }

    /// Where so much has run. Where a pause begins at that very instant, it is that, or else where the clock goes on.
    fn end_of(&self, budget: u64, measure: Measure<'_>, before_a_pause: bool) -> Found {
        let Some(left) = budget.checked_sub(self.carried()) else {
            return Found { at: self.since.minus_micros(1), fallback: None };
        };
        let found = self.end_after(left, measure, before_a_pause, false);
        // Where elapsed time stands in for hours that never come, what it ran before a pause ends by it too.
        if found.fallback.is_some() { self.end_after(left, measure, before_a_pause, true) } else { found }
    }

    fn end_after(&self, mut left: u64, measure: Measure<'_>, before_a_pause: bool, stands_in: bool) -> Found {
        let mut at = self.since;
        for pause in &self.pauses {
            let until = pause.until.unwrap_or(Timestamp::MAX);
            if until <= at {
                continue;
            }
            let ran = measure.between(self.budget, at, pause.from);
            let ends = match ran.cmp(&left) {
                Ordering::Less => stands_in && measure.after(self.budget, at, left).at < pause.from,
                // It may have run by a closing, long before the pause.
                Ordering::Equal => before_a_pause || measure.after(self.budget, at, left).at < pause.from,
                Ordering::Greater => true,
            };
            if ends {
                break;
            }
            left -= ran;
            at = until;
        }
        measure.after(self.budget, at, left)
    }

    /// What has run by `now`, in microseconds of the budget's unit.
    pub(super) fn used(&self, now: Timestamp, measure: Measure<'_>) -> u64 {
        let mut used = self.carried();
        let mut at = self.since;
        for pause in &self.pauses {
            let until = pause.until.unwrap_or(Timestamp::MAX);
            if until <= at {
                continue;
            }
            if pause.from >= now {
                break;
            }
            used = used.saturating_add(measure.between(self.budget, at, pause.from));
            at = until;
        }
        used.saturating_add(measure.between(self.budget, at, now))
    }

    /// What is left at `now`; nothing if more has run than there was.
    pub(super) fn left(&self, now: Timestamp, measure: Measure<'_>) -> u64 {
        self.budget.as_micros().saturating_sub(self.used(now, measure))
    }

    /// The same account as it is while it runs at `now`, the pauses that still last having ended.
    pub(super) fn paused_until(&self, now: Timestamp) -> Self {
        let ended = |pause: &Pause| Pause { until: pause.until.or(Some(now)), ..pause.clone() };
        Self { pauses: self.pauses.iter().map(ended).collect(), ..self.clone() }
    }

    /// Where a clock that stands at `now` would end if it went on now.
    pub(super) fn due_if_resumed(&self, now: Timestamp, left: u64, measure: Measure<'_>) -> Found {
        measure.after(self.budget, now, left)
    }

    /// The instants of the warnings on the way to `due`.
    pub(super) fn warnings(&self, due: Timestamp, warn: &[Warning], measure: Measure<'_>) -> Vec<WarningAt> {
        let at = |warning: &Warning| match *warning {
            Warning::Percent(percent) => {
                let share = percent.of(self.budget.as_micros());
                // A share that has just run when a pause begins is warned of when the clock goes on.
                // The budget is in the same unit, and its event has said if elapsed time stands in for that.
                let at = self.end_of(share, measure, false).at;
                Found { at, fallback: None }
            }
            Warning::Before(term) => measure.before(term, due),
        };
        let set = |warning: &Warning| {
            let Found { at, fallback } = at(warning);
            WarningAt { at, warning: *warning, fallback }
        };
        warn.iter().map(set).collect()
    }

    /// Elapsed time stood still for each reason by `now`, in the order in which the reasons first came.
    ///
    /// # One that has never stood still
    ///
    /// ```
    /// # use owed::commitment::{Account, Deliverable, Hours, Order, Owner, Party, Promise, Verdict};
    /// # use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp, WakeReason};
    /// # use uuid::Uuid;
    /// # let [id, first, second, call] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second, call) = (AccountId(id), CommandId(first), CommandId(second), CommitmentId(call));
    /// # let (ada, ryan, sales) = (AgentId::new("ada")?, ContactId::new("c-17")?, TeamId::new("sales")?);
    /// # let (now, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T11:00:00Z".parse()?);
    /// # let mut account = Account::new(id);
    /// # let promise = Promise::new(call, Deliverable::Callback).to(ryan.clone()).by(due).owned_by(sales.clone());
    /// # let command = account.command(first, now, ada.clone(), promise);
    /// # account.handle(Hours::NONE, &command)?;
    /// assert_eq!(account.ledger().get(call).unwrap().clock.paused_by_reason(due), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn paused_by_reason(&self, now: Timestamp) -> Vec<(Name, ElapsedTime)> {
        let stood = self.stood_by_reason(now, |from, until| until.micros_since(from));
        stood.into_iter().map(|(reason, micros)| (reason, ElapsedTime::from_micros(micros))).collect()
    }

    /// The same in the budget's unit: what would have run meanwhile.
    pub(super) fn spared_by_reason(&self, now: Timestamp, measure: Measure<'_>) -> Vec<(Name, u64)> {
        self.stood_by_reason(now, |from, until| measure.between(self.budget, from, until))
    }

    fn stood_by_reason(&self, now: Timestamp, count: impl Fn(Timestamp, Timestamp) -> u64) -> Vec<(Name, u64)> {
        let mut sums: Vec<(Name, u64)> = Vec::new();
        for pause in &self.pauses {
            let stood = count(pause.from, pause.until.map_or(now, |until| until.min(now)).max(pause.from));
            match sums.iter_mut().find(|(reason, _)| *reason == pause.reason) {
                Some((_, sum)) => *sum = sum.saturating_add(stood),
                None => sums.push((pause.reason.clone(), stood)),
            }
        }
        sums
    }
}

/// How long these pauses have lasted by `now` in elapsed time, those that overlap counted once.
pub(super) fn stood(pauses: &[Pause], now: Timestamp) -> u64 {
    let mut counted = Timestamp::MIN;
    let mut stood = 0_u64;
    for pause in pauses {
        let until = pause.until.unwrap_or(now);
        stood = stood.saturating_add(until.micros_since(counted.max(pause.from)));
        counted = counted.max(until);
    }
    stood
}

/// The instant at which a pause that begins `now` must end, or nothing if none is allowed or all of the allowance is used.
pub(crate) fn resume_by(
    pauses: &[Pause],
    pausable: Option<Allowance>,
    now: Timestamp,
    asked: Option<Timestamp>,
) -> Option<Timestamp> {
    let Allowance { total, once } = pausable?;
    let left = total.as_micros().checked_sub(stood(pauses, now)).filter(|left| *left > 0)?;
    let once = once.map_or(left, ElapsedTime::as_micros);
    let by = last_timer(now.plus_micros(left.min(once)));
    Some(asked.map_or(by, |asked| asked.min(by)))
}
