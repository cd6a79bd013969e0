//! A promise in place of a broken one: what a fact about the one orders about the other.
//!
//! The two may have been made under different editions, so the order is carried out by the hours of whom it is about.

use super::Context;
use crate::CommitmentId;
use crate::commitment::event::{Event, VoidCause};
use crate::commitment::ledger::Ledger;
use crate::commitment::state::Commitment;

/// What a fact about one commitment orders about another. One that does not apply yields nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RepairOrder {
    /// This broken one is owed no longer: the other stands in for it.
    Supersede(CommitmentId, CommitmentId),
    /// This repair is not needed any more: the original was kept after all.
    FallAway(CommitmentId, CommitmentId),
}

impl RepairOrder {
    /// The commitment that it is about.
    #[must_use]
    pub(crate) const fn commitment(self) -> CommitmentId {
        match self {
            Self::Supersede(commitment, _) | Self::FallAway(commitment, _) => commitment,
        }
    }
}

/// What a fact orders, if anything.
pub(crate) fn repair_after(ledger: &Ledger, fact: &Event) -> Option<RepairOrder> {
    match fact {
        Event::Promised(promised) => Some(RepairOrder::Supersede(promised.repairs?, promised.commitment)),
        Event::Corrected { commitment, .. } => {
            let repair = open_repair(ledger, ledger.get(*commitment)?)?;
            Some(RepairOrder::FallAway(repair.id, *commitment))
        }
        Event::Warned { .. }
        | Event::Breached { .. }
        | Event::Fulfilled { .. }
        | Event::DeliveredLate { .. }
        | Event::Paused { .. }
        | Event::PauseJoined { .. }
        | Event::PauseLeft { .. }
        | Event::Resumed { .. }
        | Event::Retargeted(_)
        | Event::Voided { .. }
        | Event::Overtaken { .. }
        | Event::Superseded { .. }
        | Event::HandedOver { .. } => None,
    }
}

/// What follows from such an order.
pub(crate) fn decide_for_repair(ledger: &Ledger, order: RepairOrder, context: &Context<'_>) -> Option<Event> {
    let commitment = ledger.get(order.commitment()).filter(|known| known.is_open())?;
    let used = context.used(commitment, context.at);
    Some(match order {
        RepairOrder::Supersede(commitment, by) => Event::Superseded { commitment, by, used },
        RepairOrder::FallAway(commitment, original) => {
            Event::Voided { commitment, cause: VoidCause::Corrected { original }, used }
        }
    })
}

/// What stands in for it now, at the end of the chain, if that is owed still, broken itself or not.
fn open_repair<'a>(ledger: &'a Ledger, commitment: &'a Commitment) -> Option<&'a Commitment> {
    let next = |repaired: &&Commitment| ledger.get(repaired.repaired_by?);
    core::iter::successors(Some(commitment), next).skip(1).find(|repair| repair.is_open())
}
