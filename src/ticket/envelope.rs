//! The envelopes that every room's orders and events travel in, and are stored in.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{event, order, refusal};
use crate::commitment::{self, Actor, Happened, strict};
use crate::{CommandId, EditionNumber, TicketId, Timestamp};

/// An order in its envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// The ticket that it is for.
    pub stream: TicketId,
    /// Its own id. The same id again at the same instant does nothing.
    pub id: CommandId,
    /// When the host took it in. Commands of one ticket go in the order of their instants.
    pub at: Timestamp,
    /// When what it tells happened, where that was earlier.
    #[serde(default, deserialize_with = "strict::happened_if_any", skip_serializing_if = "Option::is_none")]
    pub happened: Option<Happened>,
    /// Who gives it.
    pub by: Actor,
    /// What is to be done.
    pub order: Order,
}

/// What may be asked, by the room that answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Order {
    /// Of the ticket itself.
    Ticket(order::Order),
    /// Of what is owed in it.
    Commitment(commitment::Order),
}

/// An event in its envelope, as it is stored for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The ticket that it belongs to.
    pub stream: TicketId,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Where it stands. It never decreases along the stream; a fact of time stands at the instant that caused it.
    pub at: Timestamp,
    /// When it was found out. Nothing depends on it.
    pub noticed: Timestamp,
    /// When it happened, where that was before it was taken in. Only on facts that a command brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Happened>,
    /// Who gave the command that brought it. Not on what only followed from that, and not on facts of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// What caused it.
    pub cause: Cause,
    /// The edition of the rulebook that it was found under.
    pub edition: EditionNumber,
    /// What has happened.
    pub event: Event,
}

/// What caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// This command.
    Command(CommandId),
    /// The passing of time. Whoever found it out is not named: it would have come to pass anyway.
    Time,
}

/// What has happened, by the room that decided it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Event {
    /// To the ticket itself.
    Ticket(event::Event),
    /// To what is owed in it.
    Commitment(commitment::Event),
}

/// A refused command, with what time had caused by then. A host stores that all the same.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[error("{why}")]
pub struct Refused {
    /// Why.
    #[source]
    pub why: Refusal,
    /// What time had caused.
    pub meanwhile: Vec<Recorded>,
}

/// Why a command was refused, by the room that refused it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Refusal {
    /// The command cannot be taken as it is, whatever it orders.
    #[error(transparent)]
    Command(CommandRefusal),
    /// By the ticket itself.
    #[error(transparent)]
    Ticket(refusal::Refusal),
    /// By what is owed in it.
    #[error(transparent)]
    Commitment(commitment::Refusal),
}

/// Why a command cannot be taken as it is, whatever it orders.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CommandRefusal {
    /// It is for another ticket.
    #[error("the command is for ticket {given}, not for {ticket}")]
    OtherStream {
        /// This ticket.
        ticket: TicketId,
        /// The one that it is for.
        given: TicketId,
    },
    /// Its instant lies outside the years 1 to 9999.
    #[error(
        "the command's instant is at an end of time, or beyond: commands come after the first and before the last microsecond of the years 1 to 9999"
    )]
    OutsideTime,
    /// Something has been recorded at a later instant, or time has caused something at the same one.
    #[error("the command's instant {at} comes too late: something stands at {recorded} already")]
    OutOfOrder {
        /// The command's.
        at: Timestamp,
        /// The recorded one.
        recorded: Timestamp,
    },
    /// It tells of something that had not happened when it was taken in.
    #[error("happened at {happened}, after it was taken in at {at}")]
    HappenedLater {
        /// When it is said to have happened.
        happened: Timestamp,
        /// The command's instant.
        at: Timestamp,
    },
    /// An id of UUID version 5, which the crate keeps for those that it derives.
    #[error("id {id} is of version 5, which is kept for derived ids; give one of version 4, 7 or 8")]
    DerivedId {
        /// The id.
        id: uuid::Uuid,
    },
    /// The rulebook lacks an edition that this ticket was recorded under.
    #[error("the ticket was recorded under edition {needed}, and the rulebook has {there}; load the whole rulebook")]
    EditionMissing {
        /// The edition that is needed.
        needed: EditionNumber,
        /// How many there are.
        there: u32,
    },
    /// No edition of the rulebook was in force yet.
    #[error("no edition of the rulebook is in force at {at}")]
    NoEdition {
        /// The command's instant.
        at: Timestamp,
    },
}
