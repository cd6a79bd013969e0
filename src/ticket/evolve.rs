//! What a stored event changes. There are no rules here: every fact is taken as it stands.

use alloc::vec::Vec;

use super::envelope::{Event, Recorded};
use super::event;
use super::state::{Matter, Ticket};
use crate::TicketId;
use crate::commitment::{Party, Recording};
use crate::policy::{Past, Status};

impl Ticket {
    /// The ticket that these events, in their order, have made.
    #[must_use]
    pub fn replay<'a>(id: TicketId, events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut ticket = Self::new(id);
        for event in events {
            ticket.apply(event);
        }
        ticket
    }

    /// Takes in one stored event. One of another stream, and one that it has had, change nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.stream != self.id || !self.journal.note(recorded) {
            return;
        }
        match &recorded.event {
            Event::Ticket(event) => self.turn(event, recorded),
            Event::Commitment(event) => {
                self.ledger.evolve(event, Recording::of(recorded));
                self.runs.evolve(event);
            }
        }
    }

    fn turn(&mut self, event: &event::Event, recorded: &Recorded) {
        let at = recorded.at;
        if let event::Event::Opened { requester, priority, .. } = event {
            self.matter.get_or_insert_with(|| Matter {
                opened: at,
                requester: Party::Customer(requester.clone()),
                status: Status::New,
                priority: priority.clone(),
                owner: None,
                past: Vec::new(),
            });
        }
        let Some(matter) = &mut self.matter else { return };
        match event {
            event::Event::Opened { .. } | event::Event::MessageAdded { .. } => {}
            event::Event::StatusChanged { to, .. } => matter.status = *to,
            event::Event::PriorityChanged { to, .. } => matter.priority.clone_from(to),
            event::Event::Assigned { to } => matter.owner.clone_from(to),
            event::Event::Solved { .. } => matter.status = Status::Solved,
            event::Event::Closed { .. } => matter.status = Status::Closed,
            event::Event::Reopened { .. } => matter.status = Status::Open,
        }
        let happened = recorded.happened.map_or(at, |happened| happened.at);
        matter.past.push(Past { at, happened, fact: event.fact() });
    }
}
