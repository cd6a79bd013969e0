//! A clock begins to run that has waited: for somebody to look, or for the customer's part.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::correct::earlier;
use super::due::{self, Resolved};
use super::successor::{renewed, taken_up};
use super::{Context, closed, wrong_phase};
use crate::commitment::cause::VoidCause;
use crate::commitment::clock::Found;
use crate::commitment::event::Event;
use crate::commitment::happened::Stamp;
use crate::commitment::ledger::Ledger;
use crate::commitment::origin::Renewal;
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;
use crate::{CommitmentId, MessageRef, Name, Timestamp, has_passed};

/// What was found in a message is a promise.
pub(super) fn confirm(commitment: &Commitment, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    match commitment.phase {
        Phase::Candidate { .. } => Ok(counts(commitment, context)),
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
            Err(wrong_phase(commitment))
        }
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

/// What was found counts from its making. Where the customer has a part in it, it waits for that.
pub(super) fn counts(commitment: &Commitment, context: &Context<'_>) -> Vec<Event> {
    let Phase::Candidate { limit, .. } = commitment.phase else { return Vec::new() };
    let running = limit.is_none().then(|| {
        let due = Found { at: commitment.due, fallback: None };
        let resolved = Resolved { clock: commitment.clock.clone(), due };
        Box::new(due::running(&commitment.terms, resolved, context))
    });
    Vec::from([Event::Confirmed { commitment: commitment.id, running }])
}

/// What was found in a message is no promise.
pub(super) fn dismiss(commitment: &Commitment, reason: &Name, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    match commitment.phase {
        Phase::Candidate { .. } => {
            Ok(Vec::from([voided(commitment, VoidCause::Dismissed { reason: reason.clone() }, context)]))
        }
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
            Err(wrong_phase(commitment))
        }
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

/// The customer has done his part. What he has done after the limit came too late, and time has said so before this; what he did by
/// then and came in later takes that back, and his part counts from when he did it.
pub(super) fn meet(
    ledger: &Ledger,
    commitment: &Commitment,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    match commitment.phase {
        // Nobody has looked yet, and the customer has done his part all the same: it counts.
        Phase::Candidate { limit: Some(limit), .. } if !has_passed(limit, context.happened_at()) => {
            let confirmed = Event::Confirmed { commitment: commitment.id, running: None };
            Ok([confirmed].into_iter().chain(met(commitment, evidence, context)).collect())
        }
        Phase::Conditional { .. } => Ok(met(commitment, evidence, context)),
        Phase::Candidate { .. } | Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
            Err(wrong_phase(commitment))
        }
        Phase::Closed { .. } => {
            let lapsed = VoidCause::Lapsed;
            let (lapse, successor) = after_all(ledger, commitment, &lapsed, Some(evidence), Some(by), context)?;
            let terms = commitment.terms.clone();
            let resolved = due::of(&terms, context.happened_at().max(commitment.since), context);
            Ok(Vec::from([lapse, renewed(commitment, successor, Renewal::InTime, terms, resolved, context)]))
        }
    }
}

fn met(commitment: &Commitment, evidence: &MessageRef, context: &Context<'_>) -> Vec<Event> {
    let met = context.happened_at().max(commitment.since);
    let resolved = due::of(&commitment.terms, met, context);
    let running = Box::new(due::running(&commitment.terms, resolved, context));
    let (commitment, evidence) = (commitment.id, evidence.clone());
    Vec::from([Event::ConditionMet { commitment, met, evidence, running }])
}

/// The customer's part was not done in time.
pub(super) fn lapse(commitment: &Commitment, context: &Context<'_>) -> Vec<Event> {
    Vec::from([voided(commitment, VoidCause::Lapsed, context)])
}

/// It falls away by what takes back the verdict on record, if somebody vouches for that. What had run of its budget had run by then.
pub(super) fn taken_back(
    commitment: &Commitment,
    cause: VoidCause,
    vouched: Option<Stamp>,
    context: &Context<'_>,
) -> Event {
    if vouched.is_none() {
        return voided(commitment, cause, context);
    }
    let used = context.used(commitment, context.happened_at());
    Event::Voided { commitment: commitment.id, cause, used, corrects: vouched, to: None }
}

/// It had fallen away for want of the customer's part or his word, which had come in time. What is closed never opens again: another
/// goes on with it.
pub(super) fn after_all(
    ledger: &Ledger,
    commitment: &Commitment,
    want: &VoidCause,
    evidence: Option<&MessageRef>,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<(Event, CommitmentId), Refusal> {
    taken_up(ledger, commitment, |outcome| matches!(outcome, Outcome::Void(cause) if cause == want))?;
    let vouched = earlier(commitment, Timestamp::MIN, by, context)?;
    let vouched = vouched.ok_or(closed(commitment.id, commitment.closed_at().unwrap_or(context.at)))?;
    let successor = commitment.id.derived("in time");
    let cause = VoidCause::InTime { successor, evidence: evidence.cloned() };
    Ok((taken_back(commitment, cause, Some(vouched), context), successor))
}

/// It falls away. What had run of its budget has run, if it was closed before.
pub(super) fn voided(commitment: &Commitment, cause: VoidCause, context: &Context<'_>) -> Event {
    let used = match commitment.phase {
        Phase::Closed { used, .. } => used,
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => context.used(commitment, context.at),
    };
    let to = (cause == VoidCause::Lapsed).then(|| Box::new(context.reach.address(&commitment.beneficiary)));
    Event::Voided { commitment: commitment.id, cause, used, corrects: None, to }
}
