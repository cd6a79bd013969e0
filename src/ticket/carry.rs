//! What is owed on one ticket, and whoever must hear of it, goes over to another as it stands.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::envelope::Event;
use super::state::Ticket;
use super::together::Pair;
use crate::commitment::{self, Commitment};
use crate::escalation::{self, Closing, DecisionRequest, Subject};
use crate::{CommitmentId, Timestamp};

/// A host gives an id once, whichever ticket it is for: what is carried over takes no other's place.
pub(super) fn has_none_of(ticket: &Ticket, carried: &[&Commitment]) -> Result<(), commitment::Refusal> {
    let there = carried.iter().find(|known| ticket.ledger.get(known.id).is_some());
    there.map_or(Ok(()), |there| Err(commitment::Refusal::AlreadyMade { commitment: there.id }))
}

impl Pair<'_, '_> {
    /// These commitments go over in their order, each with what somebody must hear of it. The decision that a customer waits for takes
    /// along whom he complains of.
    pub(super) fn carry(&mut self, commitments: &[CommitmentId], at: Timestamp) {
        for id in commitments {
            self.carry_one(*id, at);
            self.carry_escalations(Subject::Commitment(*id), at);
        }
        let request = self.from.stream.escalations.request();
        let request = request.filter(|request| commitments.contains(&request.commitment)).cloned();
        if let Some(request) = request.filter(|request| self.is_open(request)) {
            let carried = escalation::Event::RequestCarriedIn { from: self.leaves(), request };
            self.to.store(Event::Escalation(carried), None, at, self.source);
        }
    }

    /// Whatever somebody must hear of a subject goes over, unless the same is heard of it there already.
    pub(super) fn carry_escalations(&mut self, subject: Subject, at: Timestamp) {
        let live: Vec<_> = self.from.stream.escalations.about(subject).cloned().collect();
        for escalation in live {
            let (id, edition) = (escalation.id, escalation.edition);
            let closed = escalation::Event::Closed { escalation: id, why: Closing::CarriedOut { to: self.arrives() } };
            let covered = self.to.stream.escalations.about(subject).any(|there| there.covers(&escalation));
            self.from.store(Event::Escalation(closed), Some(edition), at, self.source);
            if covered {
                continue;
            }
            let carried = escalation::Event::CarriedIn { from: self.leaves(), escalation: Box::new(escalation) };
            self.to.store(Event::Escalation(carried), Some(edition), at, self.source);
        }
    }

    fn is_open(&self, request: &DecisionRequest) -> bool {
        self.to.stream.ledger.get(request.commitment).is_some_and(Commitment::is_open)
    }
}
