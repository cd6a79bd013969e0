//! What the passing of an instant causes.

use alloc::vec::Vec;

use super::{Context, begin, pause};
use crate::commitment::cause::BreachCause;
use crate::commitment::event::Event;
use crate::commitment::phase::Phase;
use crate::commitment::state::Commitment;
use crate::commitment::timer::Timer;
use crate::{WakeReason, has_passed};

/// What follows when one of a commitment's timers goes off.
pub(crate) fn decide_for_time(commitment: &Commitment, timer: &Timer, context: &Context<'_>) -> Vec<Event> {
    match (timer.reason, &commitment.phase) {
        (WakeReason::ReviewBy, Phase::Candidate { .. }) => begin::counts(commitment, context),
        (WakeReason::ConditionLimit, Phase::Conditional { .. }) => begin::lapse(commitment, context),
        (WakeReason::Horizon, Phase::Active { .. }) => Vec::from([Event::HorizonReached { commitment: commitment.id }]),
        (WakeReason::ResumeBy, Phase::Paused { .. }) => pause::go_on(commitment, None, context),
        (WakeReason::Warning, Phase::Active { warnings, .. }) => warnings
            .get(usize::from(timer.index))
            .map(|warning| Event::Warned {
                commitment: commitment.id,
                owner: commitment.owner.clone(),
                warning: warning.warning,
                due: commitment.due,
            })
            .into_iter()
            .collect(),
        (WakeReason::Due, Phase::Active { armed, .. }) => {
            let born_late = has_passed(commitment.due, armed.at);
            let cause = if born_late { BreachCause::BornLate } else { BreachCause::Deadline };
            Vec::from([breached(commitment, cause)])
        }
        // A timer of another phase than the one that the commitment is in does not exist.
        (
            WakeReason::ReviewBy
            | WakeReason::ConditionLimit
            | WakeReason::ResumeBy
            | WakeReason::Warning
            | WakeReason::Due
            | WakeReason::Horizon
            // Nor does one of an escalation, or of a silence, belong to a commitment.
            | WakeReason::Rung
            | WakeReason::HoldOver
            | WakeReason::Reminder
            | WakeReason::Silence,
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { .. },
        ) => Vec::new(),
    }
}

pub(super) fn breached(commitment: &Commitment, cause: BreachCause) -> Event {
    Event::Breached {
        commitment: commitment.id,
        owner: commitment.owner.clone(),
        beneficiary: commitment.beneficiary.clone(),
        due: commitment.due,
        cause,
        notice: None,
    }
}
