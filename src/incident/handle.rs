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
    pub fn handle(&mut self, rules: &Rulebook, command: &Command) -> Result<Vec<Recorded>, Refused> {
        stream::handle(self, rules, command)
    }

    /// Records what time has caused by `now`. The events are to be stored like those of a command.
    ///
    /// Calling it often, seldom, late or twice changes nothing but the events' `noticed`.
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
