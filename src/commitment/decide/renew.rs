//! A commitment that goes on with what another was about. What is closed never opens again; its successor is linked to it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::begin::voided;
use super::due::{self, Resolved};
use super::promise::{new_id, repaired};
use super::settle::{is_another, performer};
use super::{Context, closed, wrong_phase};
use crate::commitment::cause::VoidCause;
use crate::commitment::clock::Found;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Drafted, Promised, Running};
use crate::commitment::origin::{Binding, Renewal, Renews};
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::{CommitmentId, MessageRef, Name, Timestamp};

/// What had fulfilled it is taken back: it is owed as before, so broken if its deadline has passed.
pub(super) fn retract(
    ledger: &Ledger,
    commitment: &Commitment,
    reason: &Name,
    successor: CommitmentId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        Phase::Closed { outcome: Outcome::Fulfilled { .. } | Outcome::Corrected { .. }, .. } => {}
        Phase::Closed { at, .. } => return Err(closed(id, *at)),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => return Err(wrong_phase(commitment)),
    }
    still_needed(ledger, commitment)?;
    let successor = new_id(ledger, successor)?;
    let cause = VoidCause::Retracted { reason: reason.clone(), successor };
    Ok(Vec::from([voided(commitment, cause, context), as_before(commitment, successor, Renewal::Retracted, context)]))
}

/// It should not be on record. What is closed can be struck out only as long as the rulebook lets records be put right.
pub(super) fn in_error(
    commitment: &Commitment,
    reason: &Name,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {}
        // Whoever strikes out a verdict puts a record right.
        Phase::Overdue => {
            may_put_right(commitment, commitment.breach.map_or(context.at, |breach| breach.at), by, context)?;
        }
        Phase::Closed { at, outcome: Outcome::Void(VoidCause::InError { .. }), .. } => return Err(closed(id, *at)),
        Phase::Closed { at, .. } => may_put_right(commitment, *at, by, context)?,
    }
    let cause = VoidCause::InError { reason: reason.clone(), evidence: evidence.clone() };
    Ok(Vec::from([voided(commitment, cause, context)]))
}

/// Refused outside of the window, and to the one who answered for it where it takes another.
fn may_put_right(commitment: &Commitment, since: Timestamp, by: &Actor, context: &Context<'_>) -> Result<(), Refusal> {
    let id = commitment.id;
    let corrections = context.corrections.filter(|corrections| corrections.reach(since, context.at));
    let Some(corrections) = corrections else {
        let until = context.corrections.map(|corrections| corrections.last(since));
        return Err(Refusal::CorrectionOver { commitment: id, closed: since, until });
    };
    if corrections.four_eyes && !is_another(by, performer(commitment)) {
        return Err(Refusal::NotByAnother { commitment: id });
    }
    Ok(())
}

/// Striking it out was the error: it is owed by the instants that it had.
pub(super) fn reinstate(
    ledger: &Ledger,
    commitment: &Commitment,
    successor: CommitmentId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    match &commitment.phase {
        Phase::Closed { outcome: Outcome::Void(VoidCause::InError { .. }), .. } => {}
        Phase::Closed { at, .. } => return Err(closed(commitment.id, *at)),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => return Err(wrong_phase(commitment)),
    }
    not_renewed(ledger, commitment)?;
    still_needed(ledger, commitment)?;
    let successor = new_id(ledger, successor)?;
    Ok(Vec::from([as_before(commitment, successor, Renewal::Reinstated, context)]))
}

/// The customer is back: it is owed again, with what was left when he was found absent.
pub(super) fn come_back(
    ledger: &Ledger,
    commitment: &Commitment,
    successor: CommitmentId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let used = match &commitment.phase {
        Phase::Closed { outcome: Outcome::Void(VoidCause::CustomerAbsent), used, .. } => *used,
        Phase::Closed { at, .. } => return Err(closed(commitment.id, *at)),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => return Err(wrong_phase(commitment)),
    };
    not_renewed(ledger, commitment)?;
    still_needed(ledger, commitment)?;
    let successor = new_id(ledger, successor)?;
    let budget = commitment.clock.budget;
    let left = budget.with_micros(budget.as_micros().saturating_sub(used.as_micros()));
    let terms = Terms { due: DueRule::Within(left.into()), opens_at: None, ..commitment.terms.clone() };
    let resolved = due::of(&terms, context.happened_at(), context);
    Ok(Vec::from([renewed(commitment, successor, Renewal::Returned, terms, resolved, context)]))
}

/// Refused where another goes on with it, unless that fell away.
fn not_renewed(ledger: &Ledger, commitment: &Commitment) -> Result<(), Refusal> {
    let by = commitment.notes.as_ref().and_then(|notes| ledger.get(notes.renewed_by?));
    match by.filter(|by| by.verdict() != Verdict::Void) {
        Some(by) => Err(Refusal::AlreadyRenewed { commitment: commitment.id, by: by.id }),
        None => Ok(()),
    }
}

/// Refused where it stood in for a breach that turned out to be none, or that something else stands in for now.
fn still_needed(ledger: &Ledger, commitment: &Commitment) -> Result<(), Refusal> {
    let Some(broken) = commitment.repairs.and_then(|broken| ledger.get(broken)) else { return Ok(()) };
    if broken.verdict() != Verdict::Breached {
        return Err(Refusal::NotBroken { commitment: broken.id });
    }
    match repaired(ledger, broken).filter(|by| by.id != commitment.id) {
        Some(by) => Err(Refusal::AlreadyRepaired { commitment: broken.id, by: by.id }),
        None => Ok(()),
    }
}

/// A successor by the instants of the one before it: where that waited for the customer's part, it waits for it still.
fn as_before(commitment: &Commitment, successor: CommitmentId, why: Renewal, context: &Context<'_>) -> Event {
    let terms = commitment.terms.clone();
    // What stood when it was closed had no deadline, but something left.
    let stood = matches!(&commitment.phase, Phase::Closed { stood_for, .. } if !stood_for.is_empty());
    let counted = commitment.clock.due(context.measure(terms.calendar.as_ref()));
    let due = Found { at: if stood { counted.at } else { commitment.due }, fallback: counted.fallback };
    let limit = terms.condition.as_ref().filter(|_| commitment.first_due.is_none()).map(|_| commitment.clock.since);
    if let Some(limit) = limit {
        return Event::PromisedOnCondition(Box::new(Drafted {
            commitment: successor,
            deliverable: commitment.deliverable.clone(),
            promiser: commitment.promiser.clone(),
            beneficiary: commitment.beneficiary.clone(),
            owner: commitment.owner.clone(),
            origin: commitment.origin.clone(),
            binding: commitment.binding,
            terms,
            since: commitment.since,
            clock: commitment.clock.clone(),
            due: due.at,
            review_by: None,
            limit: Some(limit),
            repairs: commitment.repairs,
            renews: Some(Renews { of: commitment.id, why }),
            fallback: None,
        }));
    }
    renewed(commitment, successor, why, terms, Resolved { clock: commitment.clock.clone(), due }, context)
}

/// A successor whose clock runs.
pub(super) fn renewed(
    commitment: &Commitment,
    successor: CommitmentId,
    why: Renewal,
    terms: Terms,
    resolved: Resolved,
    context: &Context<'_>,
) -> Event {
    let Running { clock, due, warnings, fallback } = due::running(&terms, resolved, context);
    // What is owed as before is owed since then, though its account may have begun anew with an amendment.
    let since = match why {
        Renewal::Retracted | Renewal::Reinstated => Some(commitment.since).filter(|since| *since != clock.since),
        Renewal::Accepted | Renewal::Told | Renewal::Returned => None,
    };
    let (binding, repairs) = match why {
        Renewal::Accepted => (Binding::Promised, commitment.repairs),
        Renewal::Told => (Binding::Promised, Some(commitment.id)),
        Renewal::Returned | Renewal::Retracted | Renewal::Reinstated => (commitment.binding, commitment.repairs),
    };
    Event::Promised(Box::new(Promised {
        commitment: successor,
        deliverable: commitment.deliverable.clone(),
        beneficiary: commitment.beneficiary.clone(),
        owner: commitment.owner.clone(),
        origin: commitment.origin.clone(),
        binding,
        terms,
        since,
        clock,
        due,
        warnings,
        repairs,
        renews: Some(Renews { of: commitment.id, why }),
        promiser: commitment.promiser.clone(),
        fallback,
    }))
}
