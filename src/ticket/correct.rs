//! What follows when a message turns out to have been something else than it was taken for.

use alloc::vec::Vec;

use super::envelope::Event;
use super::event;
use super::fact::PutRight;
use super::state::{Matter, Ticket};
use crate::commitment::{Actor, Happened, Run, Source, Stamp};
use crate::policy::{Anew, Correction, Fact, Moment, Past, about_corrected, about_missed};
use crate::{MessageRef, TicketId, Timestamp};

impl Run<'_, Ticket> {
    /// Stores a correction. What the message had started or stopped is put right, and what should have begun with it begins.
    pub(super) fn put_right(&mut self, event: event::Event, at: Timestamp, source: &Source) {
        let right = self.stream.matter.as_ref().and_then(|matter| matter.put_right(&event));
        let evidence = event.message().cloned();
        let before = self.stream.matter.as_ref().map(|matter| matter.past.clone()).unwrap_or_default();
        self.store(Event::Ticket(event), None, at, source);
        let (Some(PutRight { index, happened, is }), Some(evidence)) = (right, evidence) else { return };
        let Some(matter) = &self.stream.matter else { return };
        // Whoever files it back as what a program has vouched for claims nothing.
        let is_claimed = matter.past.get(index).is_some_and(|past| past.filed.is_some());
        let happened = Happened { at: happened, stamp: if is_claimed { Stamp::Claim } else { Stamp::Transport } };
        let moment = put_right(self.stream.id, matter, at, (&is, happened), &evidence, &before);
        let rules = self.rules;
        let corrections = |edition| rules.edition(edition)?.corrections();
        let by = source.by.as_ref();
        let correction = Correction { moment: &moment, before: &before, happened, by, corrections: &corrections };
        let (runs, ledger) = (&self.stream.runs, &self.stream.ledger);
        let orders = about_corrected(&correction, runs, ledger, |edition| self.policy(edition));
        for (order, happened) in orders {
            self.carry_out([order].into(), source, at, happened);
        }
        let Some(matter) = &self.stream.matter else { return };
        let moment = put_right(self.stream.id, matter, at, (&is, happened), &evidence, &before);
        let correction = Correction { moment: &moment, before: &before, happened, by, corrections: &corrections };
        let in_force = rules.in_force(at).and_then(|edition| Some((edition, self.policy(edition)?)));
        let (runs, ledger) = (&self.stream.runs, &self.stream.ledger);
        let missed = in_force.map_or_else(Vec::new, |in_force| about_missed(&correction, runs, ledger, in_force));
        for (order, happened) in missed {
            self.carry_out([order].into(), source, at, happened);
        }
        let Some(matter) = &self.stream.matter else { return };
        let moment = put_right(self.stream.id, matter, at, (&is, happened), &evidence, &before);
        let orders = self.beginning(&moment);
        self.carry_out(orders, source, at, None);
        self.hear_of_correction(&before, at, &source.following());
    }
}

/// A program that tells of a bounce vouches for it; a person who files a message anew makes a claim.
pub(super) const fn stamp_of(by: Option<&Actor>) -> Stamp {
    match by {
        Some(Actor::Agent(_) | Actor::Customer(_) | Actor::Vendor(_)) => Stamp::Claim,
        Some(Actor::Automation(_) | Actor::Ai(_) | Actor::System(_)) | None => Stamp::Transport,
    }
}

/// The moment at which a record is put right.
fn put_right<'a>(
    ticket: TicketId,
    matter: &'a Matter,
    at: Timestamp,
    (is, happened): (&'a Fact, Happened),
    evidence: &'a MessageRef,
    before: &'a [Past],
) -> Moment<'a> {
    Moment {
        ticket,
        at,
        happened: Some(happened),
        fact: Some(is),
        anew: Anew::Record(before),
        evidence: Some(evidence),
        before: &matter.standing,
        after: &matter.standing,
        past: &matter.past,
    }
}
