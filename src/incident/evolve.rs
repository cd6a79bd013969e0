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
    ///
    /// # Of no events, nothing is known
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// let events = incident.handle(&rules, &declare)?;
    /// assert_eq!(Incident::replay(id, &[]), Incident::new(id));
    /// assert_eq!(Incident::replay(id, &events), incident);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// # One of another stream changes nothing
    ///
    /// ```
    /// use owed::Incident;
    /// use owed::incident::envelope::Stored;
    ///
    /// let later = r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":1,"at":"2026-03-02T09:00:00Z","event":{"room":"incident","type":"teleported"}}"#;
    /// let unknown = serde_json::from_str::<Stored>(later)?.known().unwrap_err();
    /// let mut another = Incident::new("0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d02".parse()?);
    /// another.skip(&unknown);
    /// assert_eq!((another.skipped(), another.version()), (None, 0));
    ///
    /// let mut incident = Incident::new(unknown.stream);
    /// incident.skip(&unknown);
    /// assert_eq!((incident.skipped(), incident.version()), (Some(1), 1));
    /// assert_eq!(incident.next_wake(), None); // it decides nothing any more
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn skip(&mut self, event: &UnknownEvent<IncidentId>) {
        if event.stream == self.id {
            self.journal.skip(event);
        }
    }

    /// Takes in one stored event. One of another stream, and one that it has had, change nothing.
    ///
    /// # An event that it has had changes nothing
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// let events = incident.handle(&rules, &declare)?;
    /// let before = incident.clone();
    /// incident.apply(&events[0]);
    /// assert_eq!(incident, before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
