//! What the envelopes of a ticket hold: the orders, events and refusals of all its rooms.

use serde::{Deserialize, Serialize};

use super::{event, order, refusal};
use crate::TicketId;
use crate::commitment::{self, CommandRefusal, envelope};
use crate::escalation;

/// An order to a ticket, in its envelope.
pub type Command = envelope::Command<TicketId, Order>;

/// An event of a ticket in its envelope, as it is stored for ever.
pub type Recorded = envelope::Recorded<TicketId, Event>;

/// The same as it is read where a later release may have written.
pub type Stored = envelope::Stored<TicketId, Event>;

/// A refused command, with what time had caused on the ticket by then. A host stores that all the same.
pub type Refused = envelope::Refused<TicketId, Event, Refusal>;

/// What may be asked, by the room that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Order {
    /// Of the ticket itself.
    Ticket(order::Order),
    /// Of what is owed in it.
    Commitment(commitment::Order),
    /// Of who must hear of it.
    Escalation(escalation::Order),
}

impl From<order::Order> for Order {
    fn from(order: order::Order) -> Self {
        Self::Ticket(order)
    }
}

impl From<commitment::Order> for Order {
    fn from(order: commitment::Order) -> Self {
        Self::Commitment(order)
    }
}

impl From<escalation::Order> for Order {
    fn from(order: escalation::Order) -> Self {
        Self::Escalation(order)
    }
}

impl From<commitment::Promise> for Order {
    fn from(promise: commitment::Promise) -> Self {
        Self::Commitment(promise.into())
    }
}

/// What has happened, by the room that decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Event {
    /// To the ticket itself.
    Ticket(event::Event),
    /// To what is owed in it.
    Commitment(commitment::Event),
    /// To what somebody must hear of.
    Escalation(escalation::Event),
}

impl From<event::Event> for Event {
    fn from(event: event::Event) -> Self {
        Self::Ticket(event)
    }
}

impl From<commitment::Event> for Event {
    fn from(event: commitment::Event) -> Self {
        Self::Commitment(event)
    }
}

impl From<escalation::Event> for Event {
    fn from(event: escalation::Event) -> Self {
        Self::Escalation(event)
    }
}

/// Why a command was refused, by the room that refused it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// The command cannot be taken as it is, whatever it orders.
    #[error(transparent)]
    Command(#[from] CommandRefusal),
    /// By the ticket itself.
    #[error(transparent)]
    Ticket(#[from] refusal::Refusal),
    /// By what is owed in it.
    #[error(transparent)]
    Commitment(#[from] commitment::Refusal),
    /// By its escalations.
    #[error(transparent)]
    Escalation(#[from] escalation::Refusal),
}

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    ///
    /// It tells refusals of one room apart; which room it was, the variant says.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Command(why) => why.code(),
            Self::Ticket(why) => why.code(),
            Self::Commitment(why) => why.code(),
            Self::Escalation(why) => why.code(),
        }
    }
}
