//! How a commitment ends: done, done late, found to have been done in time, released, withdrawn.

use alloc::vec::Vec;

use super::begin::{taken_back, voided};
use super::correct::{earlier, in_time};
use super::{Context, closed, wrong_phase};
use crate::commitment::cause::{BreachCause, Ending, Short, VoidCause};
use crate::commitment::event::Event;
use crate::commitment::happened::Stamp;
use crate::commitment::party::{Actor, Party};
use crate::commitment::phase::{Phase, Verdict};
use crate::commitment::promise::Attempt;
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;
use crate::{MessageRef, Name, Timestamp};

/// It was done. When the breach has been recorded already, proof that it was done before corrects the record.
///
/// `by` is who says so; nobody in particular where an agreement's metric finds it.
pub(super) fn fulfil(
    commitment: &Commitment,
    evidence: Option<&MessageRef>,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    let done = context.happened_at();
    let too_early = commitment.terms.opens_at.is_some_and(|opens_at| done < opens_at);
    let counts_from = counts_from(commitment);
    // A claim that is not to be believed is no proof, and what was done is done all the same.
    let stamp = earlier(commitment, counts_from, by, context).unwrap_or_default();
    let stamp = stamp.filter(|_| !too_early && commitment.verdict() == Verdict::Breached);
    if let (Phase::Closed { at, .. }, None) = (&commitment.phase, stamp) {
        return Err(closed(id, *at));
    }
    if too_early && done >= counts_from {
        return tried(commitment, Short::TooEarly, evidence, context);
    }
    if done < counts_from {
        return Err(Refusal::DoneBeforeOwed { done, owed_since: commitment.since });
    }
    let evidence = evidence.cloned();
    match commitment.phase {
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            let used = context.used(commitment, done);
            Ok(Vec::from([Event::Fulfilled { commitment: id, done, used, evidence }]))
        }
        Phase::Overdue | Phase::Closed { .. } => {
            if let Some(stamp) = stamp {
                let used = context.used(commitment, done);
                return Ok(Vec::from([Event::Corrected { commitment: id, done, stamp, used, evidence }]));
            }
            // What only a person claims to have been earlier is late by when it was taken in.
            let done = if context.happened.is_some_and(|h| h.stamp == Stamp::Claim) { context.at } else { done };
            let (due, late_us) = (commitment.due, done.micros_since(commitment.due));
            Ok(Vec::from([Event::DeliveredLate {
                commitment: id,
                done,
                due,
                late_us,
                used: context.used(commitment, done),
                evidence,
            }]))
        }
    }
}

/// From when on it counts that it is done: since it is owed. The time of a round of a series may begin only where the one before it
/// would have ended; what is delivered once that round is open is delivered.
fn counts_from(commitment: &Commitment) -> Timestamp {
    let opened = commitment.terms.series.as_ref().map(|_| commitment.made);
    opened.map_or(commitment.since, |opened| opened.min(commitment.since))
}

/// Somebody tried, and did not reach the customer.
pub(super) fn attempt(
    commitment: &Commitment,
    reached: Attempt,
    evidence: Option<&MessageRef>,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if commitment.terms.attempt_counts {
        return fulfil(commitment, evidence, Some(by), context);
    }
    let short = match reached {
        Attempt::NotReached => Short::NotReached,
        Attempt::MessageLeft => Short::MessageLeft,
    };
    tried(commitment, short, evidence, context)
}

/// What was done and does not count is on record.
fn tried(
    commitment: &Commitment,
    short: Short,
    evidence: Option<&MessageRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (id, tried, evidence) = (commitment.id, context.happened_at(), evidence.cloned());
    match commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
            Ok(Vec::from([Event::Attempted { commitment: id, tried, short, evidence }]))
        }
        Phase::Candidate { .. } | Phase::Conditional { .. } => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(id, at)),
    }
}

/// The customer lets the desk off: as long as it is not broken, or before it was.
pub(super) fn release(
    commitment: &Commitment,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let vouched = in_time(commitment, by, context)?;
    customer(commitment, by)?;
    let released = VoidCause::Released { evidence: evidence.clone() };
    Ok(Vec::from([taken_back(commitment, released, vouched, context)]))
}

/// Refused to whoever does not speak for the one who is owed.
pub(crate) fn customer(commitment: &Commitment, by: &Actor) -> Result<(), Refusal> {
    let beneficiary = &commitment.beneficiary;
    if speaks_for(by, beneficiary) {
        return Ok(());
    }
    Err(Refusal::NotTheBeneficiary { commitment: commitment.id, beneficiary: beneficiary.clone() })
}

/// A customer speaks for himself and for his company; whoever else passes it on has the evidence for it.
fn speaks_for(by: &Actor, beneficiary: &Party) -> bool {
    match (by, beneficiary) {
        (Actor::Customer(speaker), Party::Customer(owed)) => speaker == owed,
        // Nobody speaks for everybody whom an incident affects.
        (_, Party::Affected(_))
        | (Actor::Customer(_), Party::Team(_) | Party::Agent(_) | Party::Vendor(_) | Party::Authority(_)) => false,
        (Actor::Customer(_), Party::Organisation(_))
        | (
            Actor::Agent(_) | Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_),
            Party::Customer(_)
            | Party::Organisation(_)
            | Party::Team(_)
            | Party::Agent(_)
            | Party::Vendor(_)
            | Party::Authority(_),
        ) => true,
    }
}

/// The desk does not mean to do it any more. It cannot cancel what it owes: that is a breach, and it is owed still.
pub(super) fn withdraw(
    commitment: &Commitment,
    notice: &MessageRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    match commitment.phase {
        // As long as the customer has not done his part, nothing runs.
        Phase::Conditional { .. } => {
            Ok(Vec::from([voided(commitment, VoidCause::Withdrawn { notice: notice.clone() }, context)]))
        }
        Phase::Active { .. } | Phase::Paused { .. } => {
            Ok(Vec::from([broken_now(commitment, BreachCause::Withdrawn, notice, context)]))
        }
        Phase::Candidate { .. } | Phase::Overdue => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

/// It cannot be done: broken now, if it was not before, and owed no longer.
pub(super) fn impossible(
    commitment: &Commitment,
    notice: &MessageRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let ended = ended(commitment, Ending::Impossible { notice: notice.clone() }, context);
    match commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } => {
            Ok(Vec::from([broken_now(commitment, BreachCause::Impossible, notice, context), ended]))
        }
        Phase::Overdue => Ok(Vec::from([ended])),
        Phase::Candidate { .. } | Phase::Conditional { .. } => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

fn broken_now(commitment: &Commitment, cause: BreachCause, notice: &MessageRef, context: &Context<'_>) -> Event {
    let due = match commitment.phase {
        Phase::Paused { left, .. } => {
            let measure = context.measure(commitment.terms.calendar.as_ref());
            commitment.clock.due_if_resumed(context.at, left.as_micros(), measure).at
        }
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => commitment.due,
    };
    Event::Breached {
        commitment: commitment.id,
        owner: commitment.owner.clone(),
        beneficiary: commitment.beneficiary.clone(),
        due,
        cause,
        notice: Some(notice.clone()),
    }
}

/// The customer does not insist on what is broken.
pub(super) fn waive(
    commitment: &Commitment,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    overdue(commitment)?;
    customer(commitment, by)?;
    Ok(Vec::from([ended(commitment, Ending::Waived { evidence: evidence.clone() }, context)]))
}

/// One who may says that nothing will come of it any more.
pub(super) fn write_off(
    commitment: &Commitment,
    authority: &Party,
    reason: &Name,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    overdue(commitment)?;
    let ending = Ending::WrittenOff { authority: authority.clone(), reason: reason.clone() };
    Ok(Vec::from([ended(commitment, ending, context)]))
}

fn overdue(commitment: &Commitment) -> Result<(), Refusal> {
    match commitment.phase {
        Phase::Overdue => Ok(()),
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            Err(wrong_phase(commitment))
        }
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

fn ended(commitment: &Commitment, ending: Ending, context: &Context<'_>) -> Event {
    Event::Ended { commitment: commitment.id, ending, used: context.used(commitment, context.at) }
}
