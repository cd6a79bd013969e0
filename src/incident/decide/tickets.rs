//! Tickets that are about it. They are streams of their own: what becomes of them is an order that the host hands in there.

use alloc::vec::Vec;

use super::{Deciding, one};
use crate::incident::affected::Affected;
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event;
use crate::incident::phase::Phase;
use crate::incident::refusal;
use crate::incident::state::Standing;
use crate::{ContactId, TicketId};

impl Deciding<'_, '_> {
    /// A ticket is about it. Whose it is is affected, too, and is owed his notice from now on if he was not before.
    pub(super) fn link(
        &self,
        ticket: TicketId,
        customer: &ContactId,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        if standing.tickets.contains_key(&ticket) {
            return Err(refusal::Refusal::AlreadyLinked { ticket }.into());
        }
        // Who was taken off, and is affected after all, is spoken with as before.
        let known = standing.parts.get(customer);
        let affected = known.map_or_else(|| Affected::new(customer.clone()), |part| part.is_affected(customer));
        let mut events = self.affect(&[affected], standing);
        let recurrence = known.and_then(|part| part.recurrence.as_deref().copied());
        events.extend(one(event::Event::Linked { ticket, customer: customer.clone(), recurrence }));
        if standing.phase == Phase::Ongoing {
            events.extend(held(ticket, standing));
        }
        Ok(events)
    }
}

/// It is not about it after all.
pub(super) fn unlink(ticket: TicketId, standing: &Standing) -> Result<Vec<Event>, Refusal> {
    if !standing.tickets.contains_key(&ticket) {
        return Err(refusal::Refusal::NotLinked { ticket }.into());
    }
    let freed = (standing.phase == Phase::Ongoing).then(|| freed(ticket, standing)).flatten();
    Ok(one(event::Event::Unlinked { ticket }).into_iter().chain(freed).collect())
}

/// Its clocks go as the incident says while it lasts.
pub(super) fn held(ticket: TicketId, standing: &Standing) -> Option<Event> {
    let clocks = standing.clocks.clone();
    (!clocks.are_left()).then_some(Event::Incident(event::Event::Held { ticket, clocks }))
}

/// They go as ever again.
pub(super) fn freed(ticket: TicketId, standing: &Standing) -> Option<Event> {
    let clocks = standing.clocks.clone();
    (!clocks.are_left()).then_some(Event::Incident(event::Event::Freed { ticket, clocks }))
}
