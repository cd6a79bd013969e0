//! What a support desk owes its customers, held until it is fulfilled or breached.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::pedantic)]
// It touches nothing but its arguments, and it never panics. `clippy.toml` says what it must not touch.
#![cfg_attr(not(test), forbid(clippy::disallowed_macros, clippy::disallowed_methods, clippy::disallowed_types))]
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::get_unwrap,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::panic_in_result_fn,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

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
