//! What terms come to: an account of time, and the deadline at which it ends.
//!
//! Time that accumulates is a budget. Whatever names an instant in the end (a date, business days, months) is the budget of the time
//! until then, so that every commitment has the one kind of clock.

use super::Context;
use crate::Timestamp;
use crate::calendar::{Amount, Calendar, DayEnd, ElapsedTime, Term, wall_instant};
use crate::commitment::clock::{Clock, Fallback, Found, LAST_TIMER};
use crate::commitment::due_rule::{DueRule, WallTime};
use crate::commitment::made::Running;
use crate::commitment::phase::Phase;
use crate::commitment::refusal::Refusal;
use crate::commitment::stand_in::stand_in;
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::commitment::warning::Warning;

/// An account of time, and where it ends.
pub(super) struct Resolved {
    pub(super) clock: Clock,
    pub(super) due: Found,
}

/// Where a rule leads.
#[derive(Clone, Copy)]
enum Leads {
    /// So much time is to run.
    Budget(Amount),
    /// To an instant that lies so many days, weeks or months on: so much elapsed or working time is to run as there is until then.
    Dates(Timestamp, Unit),
    /// To an instant, whenever its time begins to count.
    Instant(Timestamp),
}

#[derive(Clone, Copy)]
enum Unit {
    Elapsed,
    Working,
}

/// What terms come to whose time counts from an instant. Where a calendar has no answer, elapsed time stands in for it.
pub(super) fn of(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Resolved {
    match leads(terms, since, context) {
        Ok(leads) => resolved(terms, leads, since, context),
        Err(why) => {
            let out_of_reach = matches!(why, Refusal::OutOfReach { .. });
            let fallback = Some(if out_of_reach { Fallback::OutOfReach } else { Fallback::NoCalendar });
            let clock = Clock::new(since, Amount::Elapsed(instead(&terms.due)));
            let due = Found { fallback, ..clock.due(context.measure(None)) };
            Resolved { clock, due }
        }
    }
}

/// The same for terms that are so much time, where it is known at which instant that ends.
pub(super) fn until(terms: &Terms, term: Term, at: Timestamp, since: Timestamp, context: &Context<'_>) -> Resolved {
    let leads = match term {
        Term::Working(time) => Leads::Budget(time.into()),
        Term::Elapsed(time) => Leads::Budget(time.into()),
        Term::Business(_) => Leads::Dates(at, Unit::Working),
        Term::Civil(_) => Leads::Dates(at, Unit::Elapsed),
    };
    resolved(terms, leads, since, context)
}

/// The same, refused where a calendar has no answer: nobody should promise what cannot be counted.
pub(super) fn strictly(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Result<Resolved, Refusal> {
    let resolved = resolved(terms, leads(terms, since, context)?, since, context);
    match resolved.due.fallback {
        None => Ok(resolved),
        Some(Fallback::OutOfReach) => Err(Refusal::OutOfReach { calendar: terms.calendar.clone(), from: since }),
        Some(Fallback::NoCalendar) => Err(Refusal::NoCalendar),
    }
}

/// The account of a commitment that is closed, and where it ends. What stood when it was closed had no deadline, but something left.
pub(super) fn as_it_was(commitment: &Commitment, context: &Context<'_>) -> Resolved {
    let stood = matches!(&commitment.phase, Phase::Closed { stood_for, .. } if !stood_for.is_empty());
    let counted = commitment.clock.due(context.measure(commitment.terms.calendar.as_ref()));
    let due = Found { at: if stood { counted.at } else { commitment.due }, fallback: counted.fallback };
    Resolved { clock: commitment.clock.clone(), due }
}

/// The deadline of a rule that names it, whenever its time begins to count; none where there is a budget, of time or of dates.
pub(super) fn instant(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Option<Timestamp> {
    match leads(terms, since, context) {
        Ok(Leads::Instant(at)) => Some(at.min(LAST_TIMER)),
        Ok(Leads::Budget(_) | Leads::Dates(..)) | Err(_) => None,
    }
}

/// The instant at which a rule that counts dates ends, or that it names; none where time accumulates.
pub(super) fn date(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Option<Timestamp> {
    match leads(terms, since, context) {
        Ok(Leads::Instant(at) | Leads::Dates(at, _)) => Some(at.min(LAST_TIMER)),
        Ok(Leads::Budget(_)) | Err(_) => None,
    }
}

fn resolved(terms: &Terms, leads: Leads, since: Timestamp, context: &Context<'_>) -> Resolved {
    let measure = context.measure(terms.calendar.as_ref());
    match leads {
        Leads::Budget(amount) => {
            let clock = Clock::new(since, amount);
            let due = clock.due(measure);
            Resolved { clock, due }
        }
        Leads::Instant(at) => resolved(terms, Leads::Dates(at, Unit::Elapsed), since, context),
        Leads::Dates(at, unit) => {
            let at = at.min(LAST_TIMER);
            let elapsed = Amount::Elapsed(ElapsedTime::from_micros(at.micros_since(since)));
            let calendar = context.calendar(terms.calendar.as_ref());
            let budget = match (unit, calendar) {
                (Unit::Working, Some(calendar)) => Amount::Working(calendar.working_between(since, at)),
                (Unit::Working | Unit::Elapsed, _) => elapsed,
            };
            Resolved { clock: Clock::new(since, budget), due: Found { at, fallback: None } }
        }
    }
}

fn leads(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Result<Leads, Refusal> {
    match &terms.due {
        DueRule::At(at) => Ok(Leads::Instant(*at)),
        DueRule::Within(term) => within(*term, terms, since, context),
        DueRule::By(WallTime { date, time, zone }) => {
            Ok(Leads::Instant(wall_instant(*zone, *date, *time).unwrap_or(LAST_TIMER)))
        }
        DueRule::EndOfBusiness(date) => {
            let calendar = meant(terms, context)?;
            let midnight = wall_instant(calendar.time_zone(), *date, crate::calendar::DayTime::START);
            let open = midnight.filter(|_| calendar.is_business_day(*date));
            let end = open.and_then(|midnight| calendar.add_business_days(midnight, 0, DayEnd::Close).ok());
            let closed = || Refusal::NoBusiness { calendar: terms.calendar.clone(), date: *date };
            Ok(Leads::Instant(end.ok_or_else(closed)?))
        }
        DueRule::Vague(word) => {
            let figure = context.vague.and_then(|figures| figures.get(word));
            let figure = figure.ok_or_else(|| Refusal::NoFigure { word: word.clone() })?;
            within(*figure, terms, since, context)
        }
    }
}

fn within(term: Term, terms: &Terms, since: Timestamp, context: &Context<'_>) -> Result<Leads, Refusal> {
    let by_dates = |unit| {
        let calendar = meant(terms, context)?;
        let out_of_reach = |_| Refusal::OutOfReach { calendar: terms.calendar.clone(), from: since };
        Ok(Leads::Dates(calendar.add(since, term).map_err(out_of_reach)?, unit))
    };
    match term {
        Term::Working(time) => Ok(Leads::Budget(time.into())),
        Term::Elapsed(time) => Ok(Leads::Budget(time.into())),
        Term::Business(_) => by_dates(Unit::Working),
        Term::Civil(_) => by_dates(Unit::Elapsed),
    }
}

/// The calendar by which the terms count.
fn meant<'a>(terms: &Terms, context: &Context<'a>) -> Result<&'a Calendar, Refusal> {
    context.calendar(terms.calendar.as_ref()).ok_or(Refusal::NoCalendar)
}

/// What stands in, in elapsed time, for a rule that a calendar or the rulebook should have answered; a day for what names no time.
fn instead(rule: &DueRule) -> ElapsedTime {
    match rule {
        DueRule::Within(term) => stand_in(*term),
        DueRule::At(_) | DueRule::By(_) | DueRule::EndOfBusiness(_) | DueRule::Vague(_) => {
            ElapsedTime::from_micros(86_400_000_000)
        }
    }
}

/// Refused where something would be counted that no calendar at hand counts: nobody should promise that. Inside a reaction, elapsed time
/// stands in for it.
pub(super) fn can_be_counted(terms: &Terms, more: Option<Term>, context: &Context<'_>) -> Result<(), Refusal> {
    let owed = terms.breach_owes.as_ref().is_some_and(|owes| owes.within.needs_calendar());
    let needed = owed || terms.warn.iter().any(Warning::needs_calendar) || more.is_some_and(Term::needs_calendar);
    let counted = !needed || context.calendar(terms.calendar.as_ref()).is_some();
    if counted { Ok(()) } else { Err(Refusal::NoCalendar) }
}

/// Refused where what is done counts only after the deadline, so that nobody could keep it.
pub(super) fn can_be_kept(terms: &Terms, due: Timestamp) -> Result<(), Refusal> {
    match terms.opens_at.filter(|opens_at| *opens_at > due) {
        Some(opens_at) => Err(Refusal::OpensAfterDue { opens_at, due }),
        None => Ok(()),
    }
}

/// A clock that begins to run with this account.
pub(super) fn running(terms: &Terms, Resolved { clock, due }: Resolved, context: &Context<'_>) -> Running {
    let warnings = clock.warnings(due.at, &terms.warn, context.measure(terms.calendar.as_ref()));
    Running { clock, due: due.at, warnings, fallback: due.fallback }
}
