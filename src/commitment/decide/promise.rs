//! A promise is made: outright, on a condition, or found in a message.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::due::{self, Resolved};
use super::{Context, closed, unknown};
use crate::commitment::clock::LAST_TIMER;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Drafted, Promised};
use crate::commitment::origin::{Binding, Origin};
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::promise::Promise;
use crate::commitment::refusal::Refusal;
use crate::commitment::stand_in::is_nothing;
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::commitment::warning::{MAX_WARNINGS, Warning};
use crate::{CommitmentId, Name, Timestamp};

/// Somebody has promised something.
pub(super) fn promise(
    ledger: &Ledger,
    order: &Promise,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let origin = Origin::Spoken { by: by.clone(), message: order.message.clone() };
    Ok(Vec::from([made(ledger, order, origin, None, context)?]))
}

/// Somebody may have promised something.
pub(super) fn suggest(
    ledger: &Ledger,
    review_by: Timestamp,
    order: &Promise,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if review_by <= context.at {
        return Err(Refusal::ReviewOver { review_by, at: context.at });
    }
    let origin = Origin::Spoken { by: by.clone(), message: order.message.clone() };
    Ok(Vec::from([made(ledger, order, origin, Some(review_by.min(LAST_TIMER)), context)?]))
}

/// The fact that makes it, if nothing stands against it.
pub(super) fn made(
    ledger: &Ledger,
    order: &Promise,
    origin: Origin,
    review_by: Option<Timestamp>,
    context: &Context<'_>,
) -> Result<Event, Refusal> {
    let id = new_id(ledger, order.commitment)?;
    check_warnings(&order.warn)?;
    let broken = order.repairs.map(|broken| repairable(ledger, broken)).transpose()?;
    if let Some(broken) = broken.filter(|broken| broken.beneficiary != order.beneficiary) {
        let beneficiary = broken.beneficiary.clone();
        return Err(Refusal::OwedToAnother { commitment: broken.id, beneficiary });
    }
    // Of the desk's own goals it may promise whatever it likes instead.
    let shed = |broken: &&Commitment| broken.binding == Binding::Promised && broken.deliverable != order.deliverable;
    if let Some(broken) = broken.filter(shed) {
        let (owed, promised) = (broken.deliverable.clone(), order.deliverable.clone());
        return Err(Refusal::NotTheSame { commitment: broken.id, owed, promised });
    }
    let calendar = calendar(order.calendar.as_ref(), context)?;
    // A promise taken in late may have been broken by then; one that is to repair a breach is for a time to come.
    let since = context.happened_at();
    let made = if broken.is_some() { context.at } else { since };
    let terms = Terms {
        due: order.due.clone(),
        calendar,
        warn: order.warn.clone(),
        pausable: order.pausable,
        opens_at: order.opens_at,
        attempt_counts: order.attempt_counts,
        condition: order.condition.clone(),
        breach_owes: order.breach_owes.clone(),
        series: None,
    };
    due::can_be_counted(&terms, None, context)?;
    if let Some(broken) = broken.filter(|_| terms.condition.is_some() || review_by.is_some()) {
        return Err(Refusal::NotOutright { commitment: broken.id });
    }
    let limit = limit(&terms, made, context)?;
    let Resolved { clock, due } = due::strictly(&terms, limit.unwrap_or(since), context)?;
    // The customer's part, however late within its limit, must not come too late for the desk's.
    let begins = limit.unwrap_or(made);
    if due.at <= begins {
        return Err(Refusal::DueNotAfter { due: due.at, made: begins });
    }
    if order.breach_owes.as_ref().is_some_and(|owes| is_nothing(owes.within) || owes.depth == 0) {
        return Err(Refusal::OwesNothing { commitment: id });
    }
    due::can_be_kept(&terms, due.at)?;
    let (deliverable, promiser) = (order.deliverable.clone(), order.promiser.clone());
    let (beneficiary, owner) = (order.beneficiary.clone(), order.owner.clone());
    let (binding, repairs) = (Binding::Promised, order.repairs);
    if limit.is_none() && review_by.is_none() {
        let warnings = clock.warnings(due.at, &terms.warn, context.measure(terms.calendar.as_ref()));
        return Ok(Event::Promised(Box::new(Promised {
            commitment: id,
            deliverable,
            beneficiary,
            owner,
            origin,
            binding,
            terms,
            since: None,
            clock,
            due: due.at,
            warnings,
            repairs,
            renews: None,
            promiser,
            fallback: None,
        })));
    }
    let drafted = Box::new(Drafted {
        commitment: id,
        deliverable,
        promiser,
        beneficiary,
        owner,
        origin,
        binding,
        terms,
        since,
        clock,
        due: due.at,
        review_by,
        limit,
        repairs,
        renews: None,
        fallback: None,
    });
    Ok(if review_by.is_some() { Event::Suggested(drafted) } else { Event::PromisedOnCondition(drafted) })
}

/// Until when the customer is to do his part, if he has one.
fn limit(terms: &Terms, made: Timestamp, context: &Context<'_>) -> Result<Option<Timestamp>, Refusal> {
    let Some(condition) = &terms.condition else { return Ok(None) };
    let terms = Terms { due: condition.limit.clone(), ..terms.clone() };
    let limit = due::strictly(&terms, made, context)?.due.at;
    if limit <= made { Err(Refusal::LimitNotAfter { limit, made }) } else { Ok(Some(limit)) }
}

/// An id that a host may give, and has not given before.
pub(super) fn new_id(ledger: &Ledger, id: CommitmentId) -> Result<CommitmentId, Refusal> {
    if id.is_derived() {
        return Err(Refusal::DerivedId { commitment: id });
    }
    if ledger.has_had(id) { Err(Refusal::AlreadyMade { commitment: id }) } else { Ok(id) }
}

pub(super) fn check_warnings(warn: &[Warning]) -> Result<(), Refusal> {
    if warn.len() > MAX_WARNINGS {
        return Err(Refusal::TooManyWarnings { given: warn.len() });
    }
    let twice = warn.iter().zip(1..).find(|(warning, next)| warn.iter().skip(*next).any(|other| other == *warning));
    twice.map_or(Ok(()), |(warning, _)| Err(Refusal::WarningTwice { warning: *warning }))
}

/// The broken commitment that a new promise may stand in for: one at a time.
fn repairable(ledger: &Ledger, id: CommitmentId) -> Result<&Commitment, Refusal> {
    let broken = ledger.get(id).ok_or_else(|| unknown(ledger, id))?;
    if broken.verdict() != Verdict::Breached {
        return Err(match broken.phase {
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue => Refusal::NotBroken { commitment: id },
            Phase::Closed { at, .. } => closed(id, at),
        });
    }
    // What was done, late as it was, is owed no more, and nothing can stand in for it.
    if let Phase::Closed { at, outcome: Outcome::DeliveredLate { .. }, .. } = broken.phase {
        return Err(closed(id, at));
    }
    match repaired(ledger, broken) {
        Some(by) => Err(Refusal::AlreadyRepaired { commitment: id, by: by.id }),
        None => Ok(broken),
    }
}

/// What stands in for it at the end of the chain, unless that fell away. Only the end can be repaired in its turn, so that one at most
/// is owed.
pub(super) fn repaired<'a>(ledger: &'a Ledger, broken: &'a Commitment) -> Option<&'a Commitment> {
    let next = |repaired: &&Commitment| ledger.get(repaired.repaired_by?);
    let last = core::iter::successors(Some(broken), next).take(ledger.len()).skip(1).last();
    last.filter(|last| last.verdict() != Verdict::Void)
}

/// The calendar that the terms name, or the rulebook's own where they count working time and name none.
pub(super) fn calendar(named: Option<&Name>, context: &Context<'_>) -> Result<Option<Name>, Refusal> {
    let name = named.or_else(|| context.own());
    let known = name.filter(|name| context.calendar(Some(name)).is_some());
    if let (Some(name), None) = (named, known) {
        return Err(Refusal::UnknownCalendar { calendar: name.clone() });
    }
    Ok(known.cloned())
}
