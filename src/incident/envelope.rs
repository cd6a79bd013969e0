//! What the envelopes of an incident hold: the orders, events and refusals of its rooms.

use serde::{Deserialize, Serialize};

use super::{event, order, refusal};
use crate::IncidentId;
use crate::commitment::{self, CommandRefusal, envelope};

/// An order to an incident, in its envelope.
pub type Command = envelope::Command<IncidentId, Order>;

/// An event of an incident in its envelope, as it is stored for ever.
pub type Recorded = envelope::Recorded<IncidentId, Event>;

/// The same as it is read where a later release may have written.
pub type Stored = envelope::Stored<IncidentId, Event>;

/// A refused command, with what time had caused on the incident by then. A host stores that all the same.
pub type Refused = envelope::Refused<IncidentId, Event, Refusal>;

/// What may be asked, by the room that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Order {
    /// Of the incident itself.
    Incident(order::Order),
    /// Of what is owed in it.
    Commitment(commitment::Order),
}

impl From<order::Order> for Order {
    fn from(order: order::Order) -> Self {
        Self::Incident(order)
    }
}

impl From<order::Declare> for Order {
    fn from(declare: order::Declare) -> Self {
        Self::Incident(order::Order::Declare(alloc::boxed::Box::new(declare)))
    }
}

impl From<commitment::Order> for Order {
    fn from(order: commitment::Order) -> Self {
        Self::Commitment(order)
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
    /// To the incident itself.
    Incident(event::Event),
    /// To what is owed in it.
    Commitment(commitment::Event),
}

impl From<event::Event> for Event {
    fn from(event: event::Event) -> Self {
        Self::Incident(event)
    }
}

impl From<commitment::Event> for Event {
    fn from(fact: commitment::Event) -> Self {
        Self::Commitment(fact)
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
    /// By the incident itself.
    #[error(transparent)]
    Incident(#[from] refusal::Refusal),
    /// By what is owed in it.
    #[error(transparent)]
    Commitment(#[from] commitment::Refusal),
}

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    ///
    /// It tells refusals of one room apart; which room it was, the variant says.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Command(why) => why.code(),
            Self::Incident(why) => why.code(),
            Self::Commitment(why) => why.code(),
        }
    }
}
