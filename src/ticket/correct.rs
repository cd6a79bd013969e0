//! What follows when a message turns out to have been something else than it was taken for.

use super::envelope::Event;
use super::event;
use super::fact::PutRight;
use super::state::Ticket;
use crate::Timestamp;
use crate::commitment::{Actor, Happened, Run, Source, Stamp};
use crate::policy::{Correction, Moment, about_corrected};

impl Run<'_, Ticket> {
    /// Stores a correction. What the message had started or stopped is put right, and what should have begun with it begins.
    pub(super) fn put_right(&mut self, event: event::Event, at: Timestamp, source: &Source) {
        let right = self.stream.matter.as_ref().and_then(|matter| matter.put_right(&event));
        let evidence = event.message().cloned();
        // A program that tells of a bounce vouches for it; a person who files a message anew makes a claim.
        let stamp = match &source.by {
            Some(Actor::Agent(_) | Actor::Customer(_) | Actor::Vendor(_)) => Stamp::Claim,
            Some(Actor::Automation(_) | Actor::Ai(_) | Actor::System(_)) | None => Stamp::Transport,
        };
        self.store(Event::Ticket(event), None, at, source);
        let (Some(PutRight { index, happened, was, is }), Some(evidence)) = (right, evidence) else { return };
        let happened = Happened { at: happened, stamp };
        let Some(matter) = &self.stream.matter else { return };
        let correction = Correction { happened, was: &was, is: &is, evidence: &evidence, past: &matter.past, index };
        let orders =
            about_corrected(&correction, &self.stream.runs, &self.stream.ledger, |edition| self.policy(edition));
        for (order, happened) in orders {
            self.carry_out([order].into(), source, at, happened);
        }
        let Some(matter) = &self.stream.matter else { return };
        let moment = Moment {
            ticket: self.stream.id,
            at,
            happened: Some(happened),
            fact: Some(&is),
            anew: true,
            evidence: Some(&evidence),
            before: &matter.standing,
            after: &matter.standing,
            past: &matter.past,
        };
        let orders = self.beginning(&moment);
        self.carry_out(orders, source, at, None);
    }
}
