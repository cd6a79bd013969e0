//! What a stored event changes. There are no rules here: every fact is taken as it stands.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::affected::{Affected, Part};
use super::envelope::{Event, Recorded};
use super::event::{self, Declared};
use super::phase::Phase;
use super::state::{Incident, Standing};
use crate::commitment::envelope::UnknownEvent;
use crate::commitment::{self, Party, Recording};
use crate::{ContactId, IncidentId, Timestamp};

impl Incident {
    /// The incident that these events, in their order, have made.
    #[must_use]
    pub fn replay<'a>(id: IncidentId, events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut incident = Self::new(id);
        for event in events {
            incident.apply(event);
        }
        incident
    }

    /// Passes over an event that only a later release knows. From then on the incident is to be looked at, and decides nothing: it refuses every
    /// command, and no timer of it goes off.
    pub fn skip(&mut self, event: &UnknownEvent<IncidentId>) {
        if event.stream == self.id {
            self.journal.skip(event);
        }
    }

    /// Takes in one stored event. One of another stream, and one that it has had, change nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.stream != self.id || !self.journal.note(recorded) {
            return;
        }
        match &recorded.event {
            Event::Commitment(event) => {
                if let (commitment::Event::Promised(made), Some(standing)) = (event, &mut self.standing)
                    && let (Some(series), Party::Affected(_)) = (&made.terms.series, &made.beneficiary)
                    && !standing.series.contains(&series.id)
                {
                    standing.series.push(series.id);
                }
                self.ledger.evolve(event, Recording::of(recorded));
            }
            Event::Incident(event::Event::Declared(declared)) => {
                self.standing = Some(Standing::declared(declared, recorded.at));
            }
            Event::Incident(event) => {
                if let Some(standing) = &mut self.standing {
                    standing.take(event);
                }
            }
        }
    }
}

impl Standing {
    pub(super) fn declared(declared: &Declared, at: Timestamp) -> Self {
        Self {
            declared: at,
            severity: declared.severity.clone(),
            owner: declared.owner.clone(),
            lead: declared.lead.clone(),
            owes: declared.owes.clone(),
            clocks: declared.clocks.clone(),
            phase: Phase::Ongoing,
            parts: BTreeMap::new(),
            tickets: BTreeMap::new(),
            series: Vec::new(),
            apologies: BTreeSet::new(),
            merged: Vec::new(),
            languages: BTreeSet::new(),
        }
    }

    fn take(&mut self, event: &event::Event) {
        match event {
            event::Event::SeverityChanged { to, .. } => self.severity = to.clone(),
            event::Event::Affected { customers } => customers.iter().for_each(|affected| self.affect(affected)),
            event::Event::TakenOff { customer, .. } => self.part(customer, |part| part.taken_off = true),
            event::Event::WayChanged { customer, channel, language, .. } => {
                let language = language.as_ref().map(|language| self.shared(language));
                self.part(customer, |part| (part.channel, part.language) = (*channel, language));
            }
            event::Event::Learned { customer, contact, recurrence, .. } => self.part(customer, |part| {
                part.contact = contact.clone().or(part.contact.take());
                part.recurrence = recurrence.map(Box::new).or(part.recurrence.take());
            }),
            event::Event::Heard { customer, safe, .. } => self.part(customer, |part| part.safe = Some(*safe)),
            event::Event::Repaired { customer, .. } => self.part(customer, |part| part.safe = None),
            event::Event::Linked { ticket, customer, .. } => {
                self.tickets.insert(*ticket, customer.clone());
            }
            event::Event::Unlinked { ticket } => {
                self.tickets.remove(ticket);
            }
            event::Event::Apologised { message } => {
                self.apologies.insert(message.clone());
            }
            event::Event::Resolved { .. } | event::Event::TakenUp {} => self.phase = Phase::Resolved,
            event::Event::Reopened { .. } => self.phase = Phase::Ongoing,
            event::Event::Closed {} => self.phase = Phase::Closed,
            event::Event::MergedInto { incident } => self.phase = Phase::Merged(*incident),
            event::Event::MergedFrom { incident, standing } => self.join(*incident, standing),
            event::Event::Declared(_)
            | event::Event::Asked { .. }
            | event::Event::Updated { .. }
            | event::Event::Held { .. }
            | event::Event::Freed { .. }
            | event::Event::Credited { .. }
            | event::Event::Reviewed { .. } => {}
        }
    }

    fn affect(&mut self, affected: &Affected) {
        let language = affected.language.as_ref().map(|language| self.shared(language));
        self.parts.insert(affected.customer.clone(), Part::of(affected, language));
    }

    fn part(&mut self, customer: &ContactId, change: impl FnOnce(&mut Part)) {
        if let Some(part) = self.parts.get_mut(customer) {
            change(part);
        }
    }

    /// The same language as others have it.
    fn shared(&mut self, language: &crate::Name) -> crate::Name {
        if let Some(shared) = self.languages.get(language) {
            return shared.clone();
        }
        self.languages.insert(language.clone());
        language.clone()
    }

    /// Whom the other affects, what is linked to it and what it owes in rounds is of this one from now on.
    fn join(&mut self, incident: IncidentId, other: &Self) {
        for (customer, part) in &other.parts {
            let language = part.language.as_ref().map(|language| self.shared(language));
            let part = Part { language, ..part.clone() };
            let there = self.parts.entry(customer.clone()).or_insert_with(|| part.clone());
            // Whom the one holds to be affected is so, whatever the other says of him.
            there.taken_off &= part.taken_off;
            there.complete(part);
        }
        self.tickets.extend(other.tickets.iter().map(|(ticket, customer)| (*ticket, customer.clone())));
        let new: Vec<_> = other.series.iter().filter(|series| !self.series.contains(series)).copied().collect();
        self.series.extend(new);
        self.apologies.extend(other.apologies.iter().cloned());
        self.merged.push(incident);
        self.merged.extend(other.merged.iter().copied());
    }
}
