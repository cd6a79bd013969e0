//! How a commitment ends: done, done late, found to have been done in time, released, withdrawn.

use alloc::vec::Vec;

use super::{Context, closed, wrong_phase};
use crate::MessageRef;
use crate::commitment::event::{BreachCause, Event, VoidCause};
use crate::commitment::happened::Stamp;
use crate::commitment::party::{Actor, Party};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::{Commitment, Phase, Verdict};

/// It was done. When the breach has been recorded already, a transport stamp from before it corrects the record.
pub(super) fn fulfil(
    commitment: &Commitment,
    evidence: Option<&MessageRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    let done = context.happened_at();
    let evidence = evidence.cloned();
    if let Phase::Closed { at, .. } = commitment.phase
        && !corrects(commitment, context)
    {
        return Err(closed(id, at));
    }
    if done < commitment.since {
        return Err(Refusal::DoneBeforeOwed { done, owed_since: commitment.since });
    }
    match commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } => {
            let used = context.used(commitment, done);
            Ok(Vec::from([Event::Fulfilled { commitment: id, done, used, evidence }]))
        }
        Phase::Overdue | Phase::Closed { .. } if corrects(commitment, context) => {
            let used = context.used(commitment, done);
            Ok(Vec::from([Event::Corrected { commitment: id, done, stamp: Stamp::Transport, used, evidence }]))
        }
        Phase::Overdue | Phase::Closed { .. } => {
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

/// Whether a fact shows that a recorded breach was none: the channel vouches that it was done by then.
fn corrects(commitment: &Commitment, context: &Context<'_>) -> bool {
    let breach = commitment.breach.filter(|_| commitment.verdict() == Verdict::Breached);
    breach.zip(context.happened).is_some_and(|(breach, happened)| {
        happened.stamp == Stamp::Transport && happened.at <= breach.at && happened.at >= commitment.since
    })
}

/// The customer lets the desk off.
pub(super) fn release(
    commitment: &Commitment,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } if speaks_for(by, &commitment.beneficiary) => {
            let cause = VoidCause::Released { evidence: evidence.clone() };
            let used = context.used(commitment, context.at);
            Ok(Vec::from([Event::Voided { commitment: id, cause, used }]))
        }
        Phase::Active { .. } | Phase::Paused { .. } => {
            let beneficiary = commitment.beneficiary.clone();
            Err(Refusal::NotTheBeneficiary { commitment: id, beneficiary })
        }
        Phase::Overdue => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(id, *at)),
    }
}

/// A customer speaks for himself and for his company; whoever else passes it on has the evidence for it.
fn speaks_for(by: &Actor, beneficiary: &Party) -> bool {
    match (by, beneficiary) {
        (Actor::Customer(speaker), Party::Customer(owed)) => speaker == owed,
        (Actor::Customer(_), Party::Team(_) | Party::Agent(_) | Party::Vendor(_) | Party::Authority(_)) => false,
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
    let due = match commitment.phase {
        Phase::Active { .. } => commitment.due,
        Phase::Paused { left, .. } => {
            let measure = context.measure(commitment.terms.calendar.as_ref());
            commitment.clock.due_if_resumed(context.at, left.as_micros(), measure).at
        }
        Phase::Overdue => return Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => return Err(closed(commitment.id, at)),
    };
    Ok(Vec::from([Event::Breached {
        commitment: commitment.id,
        owner: commitment.owner.clone(),
        beneficiary: commitment.beneficiary.clone(),
        due,
        cause: BreachCause::Withdrawn,
        notice: Some(notice.clone()),
    }]))
}
