//! Which room an event comes from.

use crate::{commitment, escalation, incident, ticket};

/// What an event is about, as far as there may be something to do because of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Room<'a> {
    /// A commitment.
    Commitment(&'a commitment::Event),
    /// An escalation.
    Escalation(&'a escalation::Event),
    /// The ticket itself.
    Ticket(&'a ticket::Event),
    /// The incident itself.
    Incident(&'a incident::Event),
    /// Something else, because of which nobody has to do anything.
    Other,
}

impl<'a> From<&'a commitment::Event> for Room<'a> {
    fn from(event: &'a commitment::Event) -> Self {
        Self::Commitment(event)
    }
}

impl<'a> From<&'a ticket::envelope::Event> for Room<'a> {
    fn from(event: &'a ticket::envelope::Event) -> Self {
        match event {
            ticket::envelope::Event::Ticket(event) => Self::Ticket(event),
            ticket::envelope::Event::Commitment(event) => Self::Commitment(event),
            ticket::envelope::Event::Escalation(event) => Self::Escalation(event),
        }
    }
}

impl<'a> From<&'a incident::envelope::Event> for Room<'a> {
    fn from(event: &'a incident::envelope::Event) -> Self {
        match event {
            incident::envelope::Event::Incident(event) => Self::Incident(event),
            incident::envelope::Event::Commitment(event) => Self::Commitment(event),
        }
    }
}
