//! What a support desk owes its customers, held until it is fulfilled or breached.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod agenda;
pub mod calendar;
pub mod commitment;
mod document;
mod effect;
mod id;
pub mod policy;
pub mod report;
pub mod rulebook;
pub mod ticket;
mod timestamp;
mod wake;

pub use agenda::Agenda;
pub use document::{FormFlaw, Problem, Problems};
pub use effect::{Effect, EffectId, Task, effects};
pub use id::{
    AgentId, CommandId, CommitmentId, ContactId, EditionNumber, MAX_NAME_BYTES, MessageRef, Name, NameError, Priority,
    TeamId, TicketId,
};
pub use rulebook::Rulebook;
pub use ticket::Ticket;
pub use ticket::envelope::{Cause, Command, CommandRefusal, Event, Order, Recorded, Refusal, Refused};
pub use timestamp::{Timestamp, TimestampError, has_passed};
pub use wake::{Wake, WakeReason};
