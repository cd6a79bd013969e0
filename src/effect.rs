//! What a host may have to do, derived from one stored event.

mod digest;
mod of_commitment;
mod of_escalation;
mod of_incident;
mod of_ticket;
mod room;
mod task;

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

pub use self::digest::{DigestKey, Reader};
pub use self::room::Room;
pub use self::task::Task;
use crate::TicketId;
use crate::commitment::envelope::Recorded;
use crate::ticket::EffectRef;

/// Something that a host may have to do, with all that it needs for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect<S = TicketId> {
    /// The same event gives the same id, so an outbox keeps each effect once. A host that is killed after doing one and before it says so does it
    /// again: whoever receives it is to be given this id, as an idempotency key.
    pub id: EffectId<S>,
    /// What is to be done.
    pub task: Task,
}

/// Names an effect by the event that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectId<S = TicketId> {
    /// The stream.
    pub stream: S,
    /// The event.
    pub version: u64,
    /// Which of the event's effects, from 0.
    pub index: u16,
}

/// By this name the host reports to the ticket itself that it could not be done, or was done after all.
impl From<EffectId> for EffectRef {
    fn from(id: EffectId) -> Self {
        Self { version: id.version, index: id.index }
    }
}

impl<S: fmt::Display> fmt::Display for EffectId<S> {
    /// As a key: `0193f1a0-0000-8000-8000-000000000001/7/0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.stream, self.version, self.index)
    }
}

/// What a host may have to do because of a stored event, of a ticket or of an [`Account`](crate::commitment::Account).
///
/// It depends on nothing else: whoever lost his outbox makes it again from the stored events.
///
/// # Made again, they have the same ids
///
/// ```
/// # use owed::ticket::{Author, Order, Status};
/// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
/// # use uuid::Uuid;
/// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
/// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
/// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
/// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
/// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
/// # let mut ticket = Ticket::new(id);
/// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
/// # let opened = ticket.handle(&rules, &open)?;
/// use owed::effects;
///
/// // A reply is owed to Ryan by 13:00. That nobody need be told of yet.
/// assert!(opened.iter().all(|event| effects(event).is_empty()));
/// let broken = ticket.wake(&rules, due.plus_micros(1));
/// assert_eq!(effects(&broken[0])[0].id, effects(&broken[0])[0].id);
/// assert_eq!(effects(&broken[0])[0].id.version, broken[0].version);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn effects<S: Copy, E>(recorded: &Recorded<S, E>) -> Vec<Effect<S>>
where
    // An event of any kind of stream.
    for<'a> &'a E: Into<Room<'a>>,
{
    let late_us = |scheduled| recorded.noticed.micros_since(scheduled);
    let tasks = match (&recorded.event).into() {
        Room::Commitment(event) => of_commitment::tasks(event),
        Room::Escalation(event) => of_escalation::tasks(event, late_us),
        Room::Ticket(event) => of_ticket::tasks(event, late_us),
        Room::Incident(event) => of_incident::tasks(event, recorded.at),
        Room::Other => Vec::new(),
    };
    let id = |index| EffectId { stream: recorded.stream, version: recorded.version, index };
    tasks.into_iter().zip(0..).map(|(task, index)| Effect { id: id(index), task }).collect()
}
