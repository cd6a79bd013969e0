//! What a support desk owes its customers, held until it is fulfilled or breached.
//!
//! A reply within four hours because the contract says so; a call back by noon because an agent said so. Both are *commitments*:
//! one kind of thing, with one life and one verdict. This crate holds them, finds their deadlines in business hours, notices when
//! one passes, and keeps on record what became of each. It is pure: it reads no clock, draws no random number and does no I/O.
//! The host owns the time, the database, the network and the screen.
//!
//! # The host's loop
//!
//! A [`Ticket`] is one matter and one stream of events. A host gives it commands, stores the events that come back, and asks it
//! when to come again:
//!
//! ```
//! use owed::commitment::Actor;
//! use owed::{Agenda, Command, CommandId, Name, Rulebook, Ticket, TicketId, Timestamp, effects, ticket};
//! use uuid::Uuid;
//!
//! // 1. Load the rules. What is wrong with them is told all at once, each with its place.
//! let rules: Rulebook = serde_json::from_str(r#"{
//!     "calendars": { "office": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-18:00"] } } },
//!     "calendar": "office",
//!     "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours" } }]
//! }"#)?;
//! let mut store = Vec::new(); // the host's database
//! let mut agenda = Agenda::new();
//!
//! // 2. Load the ticket, here a new one: `Ticket::replay(id, &stored_events)`.
//! let id = TicketId(Uuid::from_u128(0x0193_0000_0000_8000_8000_0000_0000_0001));
//! let mut ticket = Ticket::replay(id, &[]);
//!
//! // 3. Carry out a command: it says when it was taken in (`Utc::now().into()` at a host), and by whom.
//! let command = Command {
//!     stream: id,
//!     id: CommandId(Uuid::from_u128(0x0193_0000_0000_8000_8000_0000_0000_0002)),
//!     at: "2026-03-06T14:40:00Z".parse()?, // Friday, 17:40 in Istanbul
//!     happened: None,
//!     by: Actor::System(Name::new("mail-gateway")?),
//!     order: serde_json::from_str(r#"{"room": "ticket", "type": "open", "requester": "c-17"}"#)?,
//! };
//! let events = ticket.handle(&rules, &command)?;
//!
//! // 4. Store the events, all or none; then do what they ask for.
//! for event in &events {
//!     assert!(effects(event).is_empty()); // nobody need be told of this yet
//! }
//! store.extend(events);
//!
//! // 5. Note when this ticket wants to be looked at, and sleep until the first of them all.
//! agenda.set(ticket.id(), ticket.next_wake());
//! let due: Timestamp = "2026-03-09T09:40:00Z".parse()?; // Monday, 12:40
//! assert_eq!(agenda.next(), Some(due.plus_micros(1)));
//!
//! // 6. Wake it. Being late changes nothing but when the host hears of it.
//! let now = due.plus_micros(3_000_000);
//! while let Some(id) = agenda.pop_due(now) {
//!     let events = ticket.wake(&rules, now);
//!     assert_eq!(events[0].at, due); // the breach stands at its deadline
//!     assert_eq!(effects(&events[0]).len(), 1); // and its owner must hear of it
//!     store.extend(events);
//!     agenda.set(id, ticket.next_wake());
//! }
//! assert_eq!(Ticket::replay(id, &store), ticket);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map
//!
//! | room | question |
//! |---|---|
//! | [`calendar`] | When does time count? A complete business-time library that knows nothing of support. |
//! | [`commitment`] | What is owed, by when, and what became of it? It stands alone: an [`Account`](commitment::Account) needs no ticket. |
//! | [`policy`] | What is owed without anyone saying so? Agreements, and metrics as data. |
//! | [`escalation`] | Who must hear of it, and when? Ladders that never go quiet. |
//! | [`rulebook`] | Calendars, agreements and ladders, loaded and validated together, edition by edition. |
//! | [`ticket`] | The matter as a whole: orders in, facts out. |
//! | [`incident`] | One cause, many customers: who is owed a notice, and who has had it? |
//! | [`Wake`], [`Agenda`] | When is there something to say, and who is next? |
//! | [`effects`] | What may a host have to do because of an event? |
//! | [`report`] | What has been kept, and how long did it take? |
//!
//! # Decisions
//!
//! - **A deadline is inclusive.** Done *at* it is in time, so every timer goes off a microsecond after its instant, and
//!   [`has_passed`] is the one place that knows.
//! - **A breach stands at its deadline**, whoever finds it and however late. What time has caused comes before any command.
//! - **Late delivery does not un-breach.** It ends what is owed; the verdict stays. Only a record that was wrong is corrected,
//!   and both sides stay on it.
//! - **The desk cannot cancel what it promised.** Withdrawing is a breach then and there. Only the customer releases.
//! - **Events carry results, not recipes.** Replaying needs no calendar and no rules, and a rule that changes tomorrow moves no
//!   deadline of yesterday.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::pedantic, unreachable_pub)]
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
#[doc = include_str!("coming_from.md")]
pub mod coming_from {}
pub mod commitment;
mod document;
mod effect;
pub mod escalation;
mod id;
pub mod incident;
mod name;
pub mod policy;
pub mod report;
pub mod rulebook;
mod snapshot;
pub mod ticket;
mod timestamp;
mod wake;

pub use agenda::Agenda;
pub use commitment::envelope::{Cause, CommandRefusal};
pub use document::{FormFlaw, Problem, Problems};
pub use effect::{DigestKey, Effect, EffectId, Reader, Room, Task, effects};
pub use id::{
    AccountId, CommandId, CommitmentId, EditionNumber, EscalationId, IncidentId, SeriesId, StreamId, TicketId,
};
pub use incident::Incident;
pub use name::{AgentId, ContactId, MAX_NAME_BYTES, MessageRef, Name, NameError, Priority, TeamId};
pub use rulebook::Rulebook;
pub use snapshot::{Snapshot, StaleSnapshot};
pub use ticket::Ticket;
pub use ticket::envelope::{Command, Event, Order, Recorded, Refusal, Refused};
pub use timestamp::{Timestamp, TimestampError, has_passed};
pub use wake::{Wake, WakeReason};

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
