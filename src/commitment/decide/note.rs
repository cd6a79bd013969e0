//! What is put on record of a commitment and moves no clock.

use alloc::vec::Vec;

use super::begin::{after_all, voided};
use super::successor::as_before;
use super::{Context, closed, hand_over, series, wrong_phase};
use crate::commitment::cause::{Exclusion, Short, VoidCause};
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::notes::{Chasing, Tried};
use crate::commitment::origin::Renewal;
use crate::commitment::party::{Actor, Owner, Party};
use crate::commitment::phase::Phase;
use crate::commitment::promise::Chase;
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;
use crate::{MessageRef, Name, Timestamp, has_passed};

/// The customer is told of it.
pub(super) fn announce(commitment: &Commitment, message: &MessageRef) -> Result<Vec<Event>, Refusal> {
    open(commitment)?;
    Ok(Vec::from([Event::Announced { commitment: commitment.id, message: message.clone() }]))
}

fn open(commitment: &Commitment) -> Result<(), Refusal> {
    commitment.closed_at().map_or(Ok(()), |at| Err(closed(commitment.id, at)))
}

/// A breach is counted apart.
pub(super) fn exclude(commitment: &Commitment, reason: &Name, approver: &Party) -> Result<Vec<Event>, Refusal> {
    if commitment.breach.is_none() || commitment.verdict() != crate::commitment::Verdict::Breached {
        return Err(Refusal::NoBreach { commitment: commitment.id });
    }
    let exclusion = Exclusion { reason: reason.clone(), approver: approver.clone() };
    Ok(Vec::from([Event::Excluded { commitment: commitment.id, exclusion }]))
}

/// What a reference points to was erased.
pub(super) fn redact(commitment: &Commitment, reference: &MessageRef) -> Vec<Event> {
    Vec::from([Event::Redacted { commitment: commitment.id, reference: reference.clone() }])
}

/// The customer is asked, reminded or warned, in that order.
pub(super) fn chase(
    commitment: &Commitment,
    step: Chase,
    message: &MessageRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    running(commitment)?;
    let so_far = chasing(commitment);
    let in_order = match step {
        Chase::Asked => true,
        Chase::Reminded => so_far.asked,
        Chase::Warned { .. } => so_far.asked && so_far.reminded >= 2,
    };
    if !in_order {
        return Err(Refusal::StepMissing { commitment: commitment.id, so_far });
    }
    let answers = match step {
        // That begins anew, and takes nothing from him.
        Chase::Asked => None,
        Chase::Reminded | Chase::Warned { .. } => so_far.last.map(|last| (last, context.at)),
    };
    let heard = match step {
        Chase::Asked | Chase::Reminded => None,
        Chase::Warned { until } if until <= context.at => {
            return Err(Refusal::DueNotAfter { due: until, made: context.at });
        }
        Chase::Warned { until } => Some((context.at, until)),
    };
    let too_soon = |(last, next): &(Timestamp, Timestamp)| *next < context.time_to_answer.after(*last);
    if let Some((last, next)) = answers.into_iter().chain(heard).find(too_soon) {
        let earliest = context.time_to_answer.after(last);
        return Err(Refusal::TooSoon { commitment: commitment.id, last, next, earliest });
    }
    Ok(Vec::from([Event::Chased { commitment: commitment.id, step, message: message.clone() }]))
}

/// The customer has spoken again: of what he was found absent from he was not, if he spoke before that, and it is owed by the instants
/// that it had.
pub(crate) fn heard(
    ledger: &Ledger,
    commitment: &Commitment,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !commitment.is_open() {
        let (absence, successor) = after_all(ledger, commitment, &VoidCause::CustomerAbsent, None, by, context)?;
        let again = as_before(commitment, successor, Renewal::InTime, context);
        return Ok([absence].into_iter().chain(series::again(ledger, commitment, again, context)).collect());
    }
    let chased = commitment.notes.as_ref().is_some_and(|notes| notes.chase.is_some());
    Ok(chased.then_some(Event::Heard { commitment: commitment.id }).into_iter().collect())
}

/// The customer's part failed, each step on record: asked, reminded twice, warned and silent past the limit; or two attempts in the
/// agreed slot, and a message left.
pub(super) fn absent(commitment: &Commitment, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    running(commitment)?;
    if !may_be_found_absent(commitment, context.at) {
        return Err(Refusal::StepMissing { commitment: commitment.id, so_far: chasing(commitment) });
    }
    silent(commitment, context)
}

/// Whether its own steps say so.
pub(crate) fn may_be_found_absent(commitment: &Commitment, at: Timestamp) -> bool {
    let silent = chasing(commitment).until.is_some_and(|until| has_passed(until, at));
    running(commitment).is_ok() && (silent || missed_his_slot(commitment))
}

/// The same where the steps are on record elsewhere: the ticket has asked, reminded and warned him.
pub(super) fn silent(commitment: &Commitment, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    running(commitment)?;
    Ok(Vec::from([voided(commitment, VoidCause::CustomerAbsent, context)]))
}

fn missed_his_slot(commitment: &Commitment) -> bool {
    let Some(opens_at) = commitment.agreed_from() else { return false };
    let attempts = commitment.notes.as_ref().map_or(&[][..], |notes| &notes.attempts);
    let in_slot = |tried: &&Tried| (opens_at..=commitment.due).contains(&tried.at);
    let left = attempts.iter().filter(in_slot).any(|tried| tried.short == Short::MessageLeft);
    left && attempts.iter().filter(in_slot).count() >= 2
}

fn chasing(commitment: &Commitment) -> Chasing {
    commitment.notes.as_ref().and_then(|notes| notes.chase).unwrap_or_default()
}

/// Refused unless its clock runs, or stands.
fn running(commitment: &Commitment) -> Result<(), Refusal> {
    match commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } => Ok(()),
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(commitment.id, at)),
    }
}

/// Everything that one answers for is another's, in the order in which it was made: derived ids come from names, and no name orders
/// anything.
pub(super) fn hand_over_all(ledger: &Ledger, from: &Owner, to: &Owner) -> Vec<Event> {
    let mut theirs: Vec<_> = ledger.open().filter(|commitment| commitment.owner.is_of(from)).collect();
    theirs.sort_unstable_by_key(|commitment| (commitment.version, commitment.id));
    theirs.into_iter().filter_map(|commitment| hand_over(commitment, to).ok()).flatten().collect()
}
