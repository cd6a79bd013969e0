//! A part, or all, of what is owed is given on. The owner stays answerable.

use alloc::vec::Vec;

use super::promise::made;
use super::terms::due_of;
use super::{Context, closed, wrong_phase};
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::origin::Origin;
use crate::commitment::party::Party;
use crate::commitment::phase::Phase;
use crate::commitment::promise::Promise;
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;

/// Another owes a part of it to the desk.
pub(super) fn delegate(
    ledger: &Ledger,
    commitment: &Commitment,
    order: &Promise,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match commitment.phase {
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Overdue => {}
        Phase::Candidate { .. } | Phase::Paused { .. } => return Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => return Err(closed(id, at)),
    }
    match &order.beneficiary {
        Party::Customer(_) | Party::Organisation(_) | Party::Authority(_) | Party::Affected(_) => {
            return Err(Refusal::OwedOutside { commitment: order.commitment, beneficiary: order.beneficiary.clone() });
        }
        Party::Team(_) | Party::Agent(_) | Party::Vendor(_) => {}
    }
    let child = made(ledger, order, Origin::Delegated { by: id }, None, context)?;
    let due = due_of(&child).unwrap_or(commitment.due);
    let delegated = Event::Delegated { commitment: id, child: order.commitment, too_late: due > commitment.due };
    Ok(Vec::from([child, delegated]))
}
