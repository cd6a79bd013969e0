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
//! # Once, and not twice
//!
//! A host can be killed between any two steps, and there can be several of them. Nothing is lost and nothing is recorded twice if
//!
//! - a command is kept, with its id and its instant, before it is carried out, and what came of it is kept in the same transaction as its
//!   events. Sent again, it is answered from there: with a new instant it may be taken for another command. It has one answer: whoever stores one looks
//!   first whether there is any, in that transaction;
//! - no two events have the same stream and version, and nothing is stored, be it only an answer, unless the stream is still as it was when it was loaded.
//!   Whoever finds it otherwise has lost a race: he drops what he has in memory, loads the stream, and carries out *the same* command on that.
//!   So does, a little later, whoever could not store for any other reason;
//! - a command is not too early. Those of one stream go by their instants, so of two hosts the slower one may find that his has been passed
//!   ([`CommandRefusal::OutOfOrder`]). That is no answer: he takes it in again, later ([`taken_in_again`](Command::taken_in_again)).
//!   But whoever solves or closes says that nothing is left to do, and has not seen what has overtaken him: he is asked again, and a program looks again;
//! - what says something of the host is no answer either ([`CommandRefusal::is_answer`]): that it lacks an edition of the rulebook, or the words of a later
//!   release. Nothing is stored, and the command waits for a host that can;
//! - a host whose rulebook lacks an edition of a stream's wakes nothing of it ([`Ticket::missing_edition`], [`Incident::missing_edition`]): it stays due, for one that has the whole. A loop that
//!   sleeps until the first wake leaves such streams out;
//! - what time had caused is stored also where a command is refused;
//! - what [`effects`] asks for and when the stream wants to be woken are kept in the transaction of the events that say so. Effects are done from
//!   that outbox, at least once: its key, [`Effect::id`], goes along to whoever receives them. An [`Agenda`] is made from the table of wakes and
//!   sees what other hosts have stored only when it looks there again;
//! - of two tickets that are merged or split both streams are looked at so, and both are stored in one transaction, or neither;
//! - an order of an incident to a ticket ([`Task::OrderTicket`]) is kept as a command of that ticket with the event that asks for it, and with its instant;
//! - a host that starts first carries out the commands that have no answer, by their instants, and then wakes what is due.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use owed::ticket::{Author, Order};
//! use owed::{
//!     AgentId, Command, CommandId, CommandRefusal, ContactId, EffectId, Recorded, Refusal, Rulebook, Task, Ticket, TicketId, Timestamp, Wake,
//!     effects,
//! };
//! use uuid::Uuid;
//!
//! /// Tables; a database has a transaction around each of these calls.
//! #[derive(Default)]
//! struct Store {
//!     commands: BTreeMap<CommandId, Command>,
//!     events: BTreeMap<(TicketId, u64), Recorded>, // its key is the unique index
//!     answers: BTreeMap<CommandId, Result<(), String>>,
//!     outbox: BTreeMap<EffectId, Task>,
//!     wakes: BTreeMap<TicketId, Wake>,
//! }
//!
//! impl Store {
//!     fn load(&self, id: TicketId) -> Ticket {
//!         Ticket::replay(id, self.events.range((id, 0)..=(id, u64::MAX)).map(|(_, event)| event))
//!     }
//!
//!     /// All or none, and what follows from it. `false`: another was faster.
//!     fn store(&mut self, ticket: &Ticket, events: Vec<Recorded>, answer: Option<(CommandId, Result<(), String>)>) -> bool {
//!         let moved = self.load(ticket.id()).version() + events.len() as u64 != ticket.version(); // a column of the stream's, in a database
//!         if moved || answer.as_ref().is_some_and(|(command, _)| self.answers.contains_key(command)) {
//!             return false;
//!         }
//!         self.outbox.extend(events.iter().flat_map(effects).map(|effect| (effect.id, effect.task)));
//!         self.wakes.remove(&ticket.id());
//!         self.wakes.extend(ticket.next_wake().map(|wake| (ticket.id(), wake)));
//!         self.events.extend(events.into_iter().map(|event| ((event.stream, event.version), event)));
//!         self.answers.extend(answer);
//!         true
//!     }
//! }
//!
//! /// Whether somebody said that nothing is left to do.
//! fn is_said_of_all(command: &Command) -> bool {
//!     matches!(&command.order, owed::Order::Ticket(Order::Solve {} | Order::Close {}))
//! }
//!
//! fn carry_out(store: &mut Store, rules: &Rulebook, mut command: Command, now: Timestamp) -> Result<(), String> {
//!     store.commands.entry(command.id).or_insert_with(|| command.clone());
//!     loop {
//!         if let Some(answer) = store.answers.get(&command.id) {
//!             return answer.clone();
//!         }
//!         let mut ticket = store.load(command.stream);
//!         let (events, answer) = match ticket.handle(rules, &command) {
//!             Ok(events) => (events, Ok(())),
//!             Err(refused) => match refused.why {
//!                 Refusal::Command(CommandRefusal::OutOfOrder { recorded, .. }) if recorded < Timestamp::MAX && !is_said_of_all(&command) => {
//!                     command = command.taken_in_again(now.max(recorded.plus_micros(1)));
//!                     continue;
//!                 }
//!                 Refusal::Command(why @ CommandRefusal::OutOfOrder { .. }) => (Vec::new(), Err(why.to_string())), // he is asked again
//!                 Refusal::Command(why) if !why.is_answer() => return Err(why.to_string()), // it stays without one
//!                 why => (refused.meanwhile, Err(why.to_string())),
//!             },
//!         };
//!         store.store(&ticket, events, Some((command.id, answer))); // if another was faster: once more, on what he has stored
//!     }
//! }
//!
//! /// What is due is woken. Whoever loses a race finds that another has done it.
//! fn wake(store: &mut Store, rules: &Rulebook, id: TicketId, now: Timestamp) {
//!     let mut ticket = store.load(id);
//!     let events = ticket.wake(rules, now);
//!     store.store(&ticket, events, None);
//! }
//!
//! fn start(store: &mut Store, rules: &Rulebook, now: Timestamp) {
//!     let unanswered = store.commands.values().filter(|command| !store.answers.contains_key(&command.id));
//!     let mut unanswered: Vec<_> = unanswered.cloned().collect();
//!     unanswered.sort_by_key(|command| command.at); // what is told of a ticket before it is opened is refused
//!     for command in unanswered {
//!         _ = carry_out(store, rules, command, now); // its answer is kept
//!     }
//!     let due = store.wakes.iter().filter(|(_, wake)| wake.at <= now).map(|(id, _)| *id);
//!     for id in due.collect::<Vec<_>>() {
//!         wake(store, rules, id, now);
//!     }
//! }
//!
//! let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
//! let [id, first, second, third] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
//! let (ryan, mut store) = (ContactId::new("c-17")?, Store::default());
//! let mut ticket = Ticket::new(TicketId(id));
//! let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
//! let answer = ticket.command(CommandId(second), "2026-03-06T12:00:00Z".parse()?, AgentId::new("ada")?, Order::message(Author::Agent));
//! let thanks = ticket.command(CommandId(third), "2026-03-06T14:30:00Z".parse()?, ryan, Order::thanks());
//!
//! let now = "2026-03-06T14:00:00Z".parse()?;
//! ticket.handle(&rules, &open)?; // decided, and killed before it was stored: nothing has happened
//! carry_out(&mut store, &rules, open.clone(), now)?;
//! wake(&mut store, &rules, open.stream, now); // the reply was owed by 13:00
//! carry_out(&mut store, &rules, answer.clone(), now)?; // kept at 12:00, and overtaken by that wake: it was in time
//! carry_out(&mut store, &rules, open, now)?; // sent again by somebody who has not heard: nothing happens
//! assert_eq!(store.events.len(), 5); // opened, a reply owed, broken, an answer, put right
//! assert_eq!(store.load(answer.stream).ledger().count().fulfilled, 1);
//! assert_eq!((store.outbox.len(), store.wakes.len()), (1, 0)); // somebody was to hear of the breach
//!
//! let stale = ticket.handle(&rules, &answer)?; // another host, which has opened it by itself and stored nothing
//! assert!(!store.store(&ticket, stale, None)); // comes too late
//! assert!(!store.store(&Ticket::new(answer.stream), vec![], None)); // and so does one that has nothing to store
//!
//! store.commands.insert(thanks.id, thanks); // kept, and killed before it was carried out
//! start(&mut store, &rules, "2026-03-06T15:00:00Z".parse()?);
//! assert_eq!((store.events.len(), store.answers.len()), (6, 3));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Events are for ever
//!
//! A host stores each event as its serde form gives it, JSON as a rule, and never writes it again. Then
//!
//! - what an earlier release has stored, every later one reads. A field that is added is optional. What gets another form gets another name, and
//!   the old one is read as the new: `decision_asked` with `"about": "bob"` is `decision_requested` with `"about": ["bob"]`. No host has to
//!   rewrite its store;
//! - what a later release has added to an event, at any depth, an earlier one passes over. A name or a word that it does not know it tells as an
//!   [`UnknownEvent`]: to be loaded by a release that knows it, or [skipped](Ticket::skip) on purpose, to look at a ticket that decides nothing any
//!   more, and of which nothing is stored: no answer, no wake, no snapshot. What could not be loaded stays due, for whoever can: a loop that sleeps until
//!   the first wake leaves such streams out. Hosts that only read are brought up to date first; whoever hands events on hands on the text that he has read;
//! - a command is no event: a key that nobody knows is an error there, at any depth, as it is in a rulebook;
//! - a state is no event either: it is kept in a [`Snapshot`], and one of another release is refused.
//!
//! ```
//! use owed::{Recorded, Stored, Ticket, TicketId};
//!
//! /// The ticket that these lines have made. What only a later release knows is an [`owed::UnknownEvent`], what is damaged an error of the format.
//! fn load(id: TicketId, lines: &[&str]) -> Result<Ticket, Box<dyn std::error::Error>> {
//!     let mut ticket = Ticket::new(id);
//!     for line in lines {
//!         match serde_json::from_str::<Recorded>(line) {
//!             Ok(event) => ticket.apply(&event),
//!             Err(_) => ticket.apply(&serde_json::from_str::<Stored>(line)?.known()?),
//!         }
//!     }
//!     Ok(ticket)
//! }
//!
//! let of_the_first_release = r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":1,"at":"2026-03-02T14:07:00Z","noticed":"2026-03-02T14:07:00Z","cause":{"command":"4d1f0d7e-0000-4000-8000-000000000001"},"edition":1,"event":{"room":"escalation","type":"decision_asked","commitment":"9b9606c1-cfc8-5bfd-a2bf-5384f486f02d","about":"bob"}}"#;
//! let of_a_later_one = of_the_first_release.replace("decision_asked", "decision_dreamt_of");
//! let id = "0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?;
//!
//! let ticket = load(id, &[of_the_first_release])?;
//! assert_eq!(ticket.escalations().request().unwrap().about[0].as_str(), "bob");
//! let why = load(id, &[&of_a_later_one]).unwrap_err();
//! assert_eq!(why.downcast::<owed::UnknownEvent<TicketId>>()?.word, "decision_dreamt_of");
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
//! | [`Stored`] | What if a later release has written it? |
//! | [`Snapshot`] | What may a host keep beside the events of a long stream? |
//!
//! Whoever knows another helpdesk finds its words in [`coming_from`], and whoever asks why it is so, in [`questions`]. The decisions that
//! everything else hangs on:
//!
//! - **A deadline is inclusive**: done *at* it is in time.
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
#[doc = include_str!("questions.md")]
pub mod questions {}
pub mod report;
pub mod rulebook;
mod snapshot;
pub mod ticket;
mod timestamp;
mod wake;

pub use agenda::Agenda;
pub use commitment::envelope::{Cause, CommandRefusal, UnknownEvent};
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
pub use ticket::envelope::{Command, Event, Order, Recorded, Refusal, Refused, Stored};
pub use timestamp::{Timestamp, TimestampError, has_passed};
pub use wake::{Wake, WakeReason};

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
