//! What an incident has of its own in the loop of streams.

use alloc::vec::Vec;

use super::decide::decide;
use super::envelope::{Command, Event, Order, Recorded, Refusal, Refused};
use super::state::Incident;
use crate::commitment::{CommandRefusal, Context, Happened, Journal, Ledger, Run, Source, Stream, stream};
use crate::rulebook::Rulebook;
use crate::{EditionNumber, IncidentId, Timestamp};

impl Incident {
    /// Carries out a command: records what time has caused by its instant, then decides, then lets time catch up once more.
    ///
    /// The events are to be stored, in their order and all or none. The incident is then as replaying them would leave it.
    /// A command that changes nothing, or that was recorded at this very instant before, yields no event.
    ///
    /// Of the rulebook an incident needs the calendars, and how far records may be put right.
    ///
    /// # Errors
    /// [`Refused`] says why, and holds what time had caused by then. That has happened whether or not the command is taken: a
    /// host stores it, or drops it together with the incident.
    ///
    /// # The same command again does nothing
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
    /// assert!(!incident.handle(&rules, &declare)?.is_empty());
    /// assert_eq!(incident.handle(&rules, &declare)?, []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn handle(&mut self, rules: &Rulebook, command: &Command) -> Result<Vec<Recorded>, Refused> {
        stream::handle(self, rules, command)
    }

    /// Records what time has caused by `now`. The events are to be stored like those of a command.
    ///
    /// Calling it often, seldom, late or twice changes nothing but the events' `noticed`. By a rulebook that lacks its edition nothing is recorded
    /// ([`missing_edition`](Self::missing_edition)).
    ///
    /// # At the deadline nobody has been told too late
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
    /// # incident.handle(&rules, &declare)?;
    /// // Ryan is owed a notice by 13:00.
    /// assert_eq!(incident.wake(&rules, due), []);
    /// let events = incident.wake(&rules, due.plus_micros(3_600_000_000)); // an hour late
    /// assert_eq!(events[0].at, due); // it is broken at its deadline all the same
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wake(&mut self, rules: &Rulebook, now: Timestamp) -> Vec<Recorded> {
        stream::wake(self, rules, now)
    }
}

impl Stream for Incident {
    type Id = IncidentId;
    type Order = Order;
    type Event = Event;
    type Refusal = Refusal;
    type Rules<'a> = &'a Rulebook;

    fn id(&self) -> IncidentId {
        self.id
    }

    fn journal(&self) -> &Journal {
        &self.journal
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn take(&mut self, recorded: &Recorded) {
        self.apply(recorded);
    }

    fn another(&self, given: IncidentId) -> CommandRefusal {
        CommandRefusal::OtherIncident { incident: self.id, given }
    }

    fn missing(&self, rules: &Rulebook) -> Option<CommandRefusal> {
        rules.lacks(self.journal.edition)
    }

    fn in_force(rules: &Rulebook, at: Timestamp) -> Option<EditionNumber> {
        rules.in_force(at)
    }

    fn context(
        rules: Self::Rules<'_>,
        edition: EditionNumber,
        at: Timestamp,
        happened: Option<Happened>,
    ) -> Context<'_> {
        rules.context(edition, at, happened)
    }

    fn decide(run: &Run<'_, Self>, command: &Command) -> Result<Vec<Event>, Refusal> {
        decide(run, command)
    }

    fn record(run: &mut Run<'_, Self>, event: Event, at: Timestamp, source: &Source) {
        match event {
            Event::Commitment(fact) => run.follow(fact, at, source),
            Event::Incident(_) => run.store(event, None, at, source),
        }
    }
}
