//! What terms come to: an account of time, and the deadline at which it ends.

use super::Context;
use crate::Timestamp;
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::clock::{Clock, Fallback, Found, LAST_TIMER};
use crate::commitment::event::Running;
use crate::commitment::refusal::Refusal;
use crate::commitment::terms::{DueRule, Terms};

/// An account of time, and where it ends.
pub(super) struct Resolved {
    pub(super) clock: Clock,
    pub(super) due: Found,
}

/// What terms come to whose time counts from an instant. Where a calendar has no answer, elapsed time stands in for it.
///
/// A fixed instant is a budget of the elapsed time until then, so that every commitment has the one kind of clock.
pub(super) fn of(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Resolved {
    match terms.due {
        DueRule::At(at) => {
            let clock = Clock::new(since, Amount::Elapsed(ElapsedTime::from_micros(at.micros_since(since))));
            Resolved { clock, due: Found { at: at.min(LAST_TIMER), fallback: None } }
        }
        DueRule::Within(amount) => {
            let clock = Clock::new(since, amount);
            let due = clock.due(context.measure(terms.calendar.as_ref()));
            Resolved { clock, due }
        }
    }
}

/// The same, refused where a calendar has no answer: nobody should promise what cannot be counted.
pub(super) fn strictly(terms: &Terms, since: Timestamp, context: &Context<'_>) -> Result<Resolved, Refusal> {
    let resolved = of(terms, since, context);
    match (resolved.due.fallback, &terms.calendar) {
        (None, _) => Ok(resolved),
        (Some(Fallback::OutOfReach), Some(calendar)) => {
            Err(Refusal::OutOfReach { calendar: calendar.clone(), from: since })
        }
        (Some(Fallback::NoCalendar | Fallback::OutOfReach), _) => Err(Refusal::NoCalendar),
    }
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
