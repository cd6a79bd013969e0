//! A promise is made, perhaps in place of one that was broken.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Context, closed};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::clock::{Clock, Fallback};
use crate::commitment::event::{Event, Promised};
use crate::commitment::ledger::Ledger;
use crate::commitment::order::Promise;
use crate::commitment::party::Actor;
use crate::commitment::refusal::Refusal;
use crate::commitment::state::{Commitment, Phase, Verdict};
use crate::commitment::terms::{Binding, DueRule, Origin, Terms};
use crate::commitment::warning::{MAX_WARNINGS, Warning};
use crate::{CommitmentId, Name, Timestamp};

pub(super) fn promise(
    ledger: &Ledger,
    order: &Promise,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = order.commitment;
    if id.is_derived() {
        return Err(Refusal::DerivedId { commitment: id });
    }
    let twice =
        order.warn.iter().zip(1..).find(|(warning, next)| order.warn.iter().skip(*next).any(|other| other == *warning));
    if let (Some((warning, _)), true) = (twice, order.warn.len() <= MAX_WARNINGS) {
        return Err(Refusal::WarningTwice { warning: *warning });
    }
    if order.warn.len() > MAX_WARNINGS {
        return Err(Refusal::TooManyWarnings { given: order.warn.len() });
    }
    if ledger.get(id).is_some() {
        return Err(Refusal::AlreadyMade { commitment: id });
    }
    let broken = order.repairs.map(|broken| repairable(ledger, broken)).transpose()?;
    if let Some(broken) = broken.filter(|broken| broken.beneficiary != order.beneficiary) {
        let beneficiary = broken.beneficiary.clone();
        return Err(Refusal::OwedToAnother { commitment: broken.id, beneficiary });
    }
    let calendar = calendar(order, context)?;
    if calendar.is_none() && order.warn.iter().any(Warning::is_in_working_time) {
        return Err(Refusal::NoCalendar);
    }
    let since = context.happened_at();
    let measure = context.measure(calendar.as_ref());
    let clock = Clock::new(since, budget(order.due, since));
    let due = clock.due(measure);
    match due.fallback {
        None => {}
        Some(Fallback::NoCalendar) => return Err(Refusal::NoCalendar),
        Some(Fallback::OutOfReach) => {
            return Err(calendar.map_or(Refusal::NoCalendar, |calendar| Refusal::OutOfReach { calendar, from: since }));
        }
    }
    // A promise taken in late may have been broken by then; one that is to repair a breach is for a time to come.
    let made = if broken.is_some() { context.at } else { since };
    if due.at <= made {
        return Err(Refusal::DueNotAfter { due: due.at, made });
    }
    let warnings = clock.warnings(due.at, &order.warn, measure);
    let promised = Event::Promised(Box::new(Promised {
        commitment: id,
        deliverable: order.deliverable.clone(),
        beneficiary: order.beneficiary.clone(),
        owner: order.owner.clone(),
        origin: Origin::Spoken { by: by.clone(), message: order.message.clone() },
        binding: Binding::Promised,
        terms: Terms { due: order.due, calendar, warn: order.warn.clone(), pausable: order.pausable },
        clock,
        due: due.at,
        warnings,
        repairs: order.repairs,
        fallback: None,
    }));
    Ok(Vec::from([promised]))
}

/// The broken commitment that a new promise may stand in for: one at a time.
fn repairable(ledger: &Ledger, id: CommitmentId) -> Result<&Commitment, Refusal> {
    let broken = ledger.get(id).ok_or(Refusal::Unknown { commitment: id })?;
    if broken.verdict() != Verdict::Breached {
        return Err(match broken.phase {
            Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => Refusal::NotBroken { commitment: id },
            Phase::Closed { at, .. } => closed(id, at),
        });
    }
    match broken.repaired_by.and_then(|by| ledger.get(by)).filter(|by| by.is_open()) {
        Some(by) => Err(Refusal::AlreadyRepaired { commitment: id, by: by.id }),
        None => Ok(broken),
    }
}

/// The calendar that the terms name, or the rulebook's own where they count working time and name none.
fn calendar(order: &Promise, context: &Context<'_>) -> Result<Option<Name>, Refusal> {
    let name = order.calendar.as_ref().or_else(|| context.calendars?.own);
    let known = name.filter(|name| context.calendar(Some(name)).is_some());
    if let (Some(name), None) = (&order.calendar, known) {
        return Err(Refusal::UnknownCalendar { calendar: name.clone() });
    }
    Ok(known.cloned())
}

/// A fixed instant is a budget of elapsed time, so that every commitment has the one kind of clock.
fn budget(due: DueRule, since: Timestamp) -> Amount {
    match due {
        DueRule::At(instant) => Amount::Elapsed(ElapsedTime::from_micros(instant.micros_since(since))),
        DueRule::Within(amount) => amount,
    }
}
