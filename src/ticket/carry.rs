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
        let from = &self.from.stream;
        let undecided = from.escalations.undecided(&from.ledger).filter(|(_, owed)| commitments.contains(&owed.id));
        let request = undecided.map(|(request, owed)| DecisionRequest { commitment: owed.id, ..request.clone() });
        for id in commitments {
            self.carry_one(*id, at);
            self.carry_escalations(Subject::Commitment(*id), at);
        }
        if let Some(request) = request {
            self.carry_request(request, at);
        }
    }

    /// Whom the customer has complained of does not decide on the other ticket either, though nothing is to be decided on this one.
    pub(super) fn carry_complaints(&mut self, at: Timestamp) {
        let (from, to) = (&self.from.stream.escalations, &self.to.stream.escalations);
        let Some(complained) = from.request().filter(|request| !request.about.is_empty()) else { return };
        let there = to.request();
        if complained.about.iter().all(|agent| there.is_some_and(|there| there.about.contains(agent))) {
            return;
        }
        // What is to be decided there is what it was.
        let decided = there.unwrap_or(complained);
        self.carry_request(DecisionRequest { about: complained.about.clone(), ..decided.clone() }, at);
    }

    /// Whom he complains of on either ticket decides nothing.
    fn carry_request(&mut self, mut request: DecisionRequest, at: Timestamp) {
        let there = self.to.stream.escalations.request().map_or(&[][..], |there| &there.about);
        let also: Vec<_> = there.iter().filter(|agent| !request.about.contains(agent)).cloned().collect();
        request.about.extend(also);
        let carried = escalation::Event::RequestCarriedIn { from: self.leaves(), request };
        self.to.store(Event::Escalation(carried), None, at, self.source);
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
}
