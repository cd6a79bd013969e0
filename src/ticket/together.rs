//! Two tickets, one decision.

use super::envelope::{Event, Refusal};
use super::refusal;
use super::state::Ticket;
use crate::commitment::{Pair as PairOf, Pairs, envelope};
use crate::{CommandId, TicketId};

/// What a decision about two tickets has come to on each: to be stored in one transaction, all or none.
pub type Both = envelope::Both<TicketId, Event>;

/// A refused decision about two tickets, with what time had caused on each by then. A host stores that all the same.
pub type RefusedBoth = envelope::RefusedBoth<TicketId, Event, Refusal>;

/// Two tickets in one call of the host's.
pub(super) type Pair<'a, 's> = PairOf<'a, 's, Ticket>;

impl Pairs for Ticket {
    fn same(&self) -> Refusal {
        refusal::Refusal::SameTicket { ticket: self.id }.into()
    }

    fn half_stored(&self, command: CommandId) -> Refusal {
        refusal::Refusal::HalfStored { command, missing: self.id }.into()
    }
}
