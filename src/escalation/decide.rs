//! The rules: what follows from an order, from a cause or from the passing of time. Nothing here changes anything.

mod answer;
mod causes;
mod climb;
mod request;

use alloc::vec::Vec;

use super::board::Escalations;
use super::cause::{Brief, Subject};
use super::event::Event;
use super::ladder::Ladder;
use super::order::Order;
use super::refusal::Refusal;
use super::state::Escalation;
use crate::commitment::{Actor, Context, Ledger};
use crate::{EscalationId, Name};

pub(crate) use causes::{Occasion, decide_for_causes, start};
pub(crate) use climb::decide_for_time;
pub(crate) use request::{Asking, Denied, Settled, ask, decided, to_be_decided};

/// What a rule may look at besides the escalation.
pub(crate) struct Scene<'a> {
    /// The instant, and the calendars of the escalation's edition or, for a new one, of the edition in force.
    pub(crate) context: Context<'a>,
    /// All escalations of the stream.
    pub(crate) board: &'a Escalations,
    /// All its commitments.
    pub(crate) ledger: &'a Ledger,
    /// The stream's id, which new ones take theirs from.
    pub(crate) stream: uuid::Uuid,
    /// What a reader needs to act.
    pub(crate) brief: &'a dyn Fn(Subject) -> Brief,
}

/// What follows from an order about escalations that `by` gives.
///
/// # Errors
/// A [`Refusal`] says what stands against it.
pub(crate) fn decide<'l>(
    scene: &Scene<'_>,
    order: &Order,
    by: &Actor,
    ladder: impl Fn(&Name) -> Option<&'l Ladder>,
) -> Result<Vec<Event>, Refusal> {
    if let (Actor::Customer(_) | Actor::Ai(_), false) = (by, is_the_customer_s(order)) {
        return Err(Refusal::NotTheDesk { by: by.clone() });
    }
    if let (Actor::Vendor(_) | Actor::Automation(_) | Actor::System(_), true) = (by, is_a_person_s(order)) {
        return Err(Refusal::NotTheDesk { by: by.clone() });
    }
    let known = |id: EscalationId| {
        let known = scene.board.get(id).ok_or(Refusal::Unknown { escalation: id })?;
        // Who is complained of does not quiet what others are to hear of that.
        let undecided = scene.board.undecided(scene.ledger);
        let request = undecided.filter(|(_, owed)| known.subject == Subject::Commitment(owed.id));
        request.map_or(Ok(()), |(request, _)| request::is_not_complained_of(request, by)).map(|()| known)
    };
    match order {
        Order::Escalate { ladder: name, commitment, reason } => {
            let ladder = ladder(name).ok_or_else(|| Refusal::UnknownLadder { ladder: name.clone() })?;
            if let Some(id) = *commitment {
                let known = scene.ledger.get(id).ok_or(Refusal::UnknownCommitment { commitment: id })?;
                if !known.is_open() {
                    return Err(Refusal::NotOwed { commitment: id });
                }
            }
            Ok(causes::asked(scene, ladder, *commitment, by, reason))
        }
        Order::ReportReached { escalation, notice, who } => answer::reached(known(*escalation)?, *notice, who),
        Order::ReportNobodyThere { escalation, notice } => answer::nobody(scene, known(*escalation)?, *notice),
        Order::Acknowledge { escalation } => answer::acknowledge(scene, known(*escalation)?, by),
        Order::Progress { escalation } => {
            let escalation = live(known(*escalation)?)?;
            answer::progress(scene, escalation).map(|event| event.into_iter().collect())
        }
        Order::Snooze { escalation, until, reason } => answer::snooze(scene, known(*escalation)?, *until, reason),
        Order::HandOver { escalation, tier } => answer::hand_over(known(*escalation)?, *tier),
        Order::DeEscalate { escalation, to, justification } => {
            answer::de_escalate(scene, known(*escalation)?, *to, justification)
        }
        // Whoever has the ledger decides on these: `request.rs`.
        Order::AskForDecision { .. } | Order::Grant { .. } | Order::Decline { .. } | Order::WithdrawRequest { .. } => {
            Ok(Vec::new())
        }
    }
}

/// What a customer may ask for.
const fn is_the_customer_s(order: &Order) -> bool {
    match order {
        Order::AskForDecision { .. } | Order::Grant { .. } | Order::Decline { .. } | Order::WithdrawRequest { .. } => {
            true
        }
        Order::Escalate { .. }
        | Order::ReportReached { .. }
        | Order::ReportNobodyThere { .. }
        | Order::Acknowledge { .. }
        | Order::Progress { .. }
        | Order::Snooze { .. }
        | Order::HandOver { .. }
        | Order::DeEscalate { .. } => false,
    }
}

/// What only a person at the desk does: a machine that takes something up has quieted it, and nobody has it.
const fn is_a_person_s(order: &Order) -> bool {
    match order {
        Order::Acknowledge { .. } | Order::Snooze { .. } | Order::DeEscalate { .. } => true,
        Order::AskForDecision { .. }
        | Order::Grant { .. }
        | Order::Decline { .. }
        | Order::WithdrawRequest { .. }
        | Order::Escalate { .. }
        | Order::ReportReached { .. }
        | Order::ReportNobodyThere { .. }
        | Order::Progress { .. }
        | Order::HandOver { .. } => false,
    }
}

/// The progress that a fact of the ticket is for an escalation that somebody has.
pub(crate) fn progress(scene: &Scene<'_>, escalation: &Escalation) -> Option<Event> {
    answer::progress(scene, escalation).ok().flatten()
}

/// One that is not closed.
fn live(escalation: &Escalation) -> Result<&Escalation, Refusal> {
    match escalation.stage {
        super::state::Stage::Closed { at, .. } => Err(Refusal::AlreadyClosed { escalation: escalation.id, at }),
        _ => Ok(escalation),
    }
}
