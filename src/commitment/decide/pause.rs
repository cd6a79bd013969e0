//! The clock stands still, and goes on.

use alloc::vec::Vec;

use super::{Context, closed, wrong_phase};
use crate::commitment::clock::resume_by;
use crate::commitment::event::Event;
use crate::commitment::refusal::Refusal;
use crate::commitment::state::{Commitment, Phase};
use crate::commitment::terms::Binding;
use crate::{MessageRef, Name, Timestamp};

/// A host asks for a pause. A promise pauses only if the customer was told.
pub(super) fn pause(
    commitment: &Commitment,
    reason: &Name,
    until: Option<Timestamp>,
    told: Option<&MessageRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    if let (Phase::Active { .. }, Binding::Promised, None) = (&commitment.phase, commitment.binding, told) {
        return Err(Refusal::NotTold { commitment: id });
    }
    if let Some(until) = until.filter(|until| *until <= context.at) {
        return Err(Refusal::PauseEndsBefore { until, at: context.at });
    }
    stand_still(commitment, reason, until, told, context)
}

/// What a reason to stand still does. Reasons overlap as a union: a further one moves nothing.
pub(super) fn stand_still(
    commitment: &Commitment,
    reason: &Name,
    until: Option<Timestamp>,
    told: Option<&MessageRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        // The budget has run out: standing still would hide a breach, or put off a deadline that has come.
        Phase::Active { .. } if commitment.due <= context.at => {
            Err(Refusal::RunOut { commitment: id, due: commitment.due })
        }
        Phase::Active { .. } => {
            if commitment.terms.pausable.is_none() {
                return Err(Refusal::NotPausable { commitment: id });
            }
            let resume_by = resume_by(&commitment.clock.pauses, commitment.terms.pausable, context.at, until)
                .ok_or(Refusal::AllowanceSpent { commitment: id })?;
            let left = commitment.clock.left(context.at, context.measure(commitment.terms.calendar.as_ref()));
            let left = commitment.clock.budget.with_micros(left);
            let told = told.cloned();
            Ok(Vec::from([Event::Paused { commitment: id, reason: reason.clone(), left, resume_by, told }]))
        }
        Phase::Paused { reasons, .. } if reasons.contains(reason) => Ok(Vec::new()),
        Phase::Paused { resume_by, .. } if until.is_some_and(|until| until < *resume_by) => {
            Err(Refusal::StandsLonger { commitment: id, resume_by: *resume_by })
        }
        Phase::Paused { .. } => {
            Ok(Vec::from([Event::PauseJoined { commitment: id, reason: reason.clone(), told: told.cloned() }]))
        }
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue => Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => Err(closed(id, *at)),
    }
}

/// A reason is gone. With the last one the clock goes on, with exactly what was left.
pub(super) fn resume(commitment: &Commitment, reason: &Name, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        Phase::Paused { reasons, .. } if !reasons.contains(reason) => {
            Err(Refusal::NotPausedFor { commitment: id, reason: reason.clone() })
        }
        Phase::Paused { reasons, .. } if reasons.len() > 1 => {
            Ok(Vec::from([Event::PauseLeft { commitment: id, reason: reason.clone() }]))
        }
        Phase::Paused { .. } => Ok(go_on(commitment, Some(reason), context)),
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Overdue => {
            Err(wrong_phase(commitment))
        }
        Phase::Closed { at, .. } => Err(closed(id, *at)),
    }
}

/// The clock of a paused commitment goes on, for whatever reason it stood.
pub(super) fn go_on(commitment: &Commitment, reason: Option<&Name>, context: &Context<'_>) -> Vec<Event> {
    let Phase::Paused { left, .. } = commitment.phase else { return Vec::new() };
    let measure = context.measure(commitment.terms.calendar.as_ref());
    let due = commitment.clock.due_if_resumed(context.at, left.as_micros(), measure);
    let warnings = commitment.clock.paused_until(context.at).warnings(due.at, &commitment.terms.warn, measure);
    Vec::from([Event::Resumed {
        commitment: commitment.id,
        reason: reason.cloned(),
        left,
        due: due.at,
        warnings,
        fallback: due.fallback,
    }])
}
