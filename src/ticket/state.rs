//! Where a ticket stands.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::envelope;
use super::silence::Silence;
use super::undone::Undone;
use crate::commitment::{Actor, Journal, Ledger, Owner};
use crate::escalation::Escalations;
use crate::policy::{Past, Runs, Standing, Status};
use crate::{CommandId, CommitmentId, EditionNumber, MessageRef, Name, Priority, Rulebook, TicketId, Timestamp, Wake};

/// One matter: its conversation as facts, and what is owed in it. It is one stream of events, and what they made of it.
///
/// A host stores what [`handle`](Self::handle) and [`wake`](Self::wake) return, and gets the same ticket back from
/// [`replay`](Self::replay).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub(super) id: TicketId,
    pub(super) journal: Journal,
    pub(super) matter: Option<Matter>,
    pub(super) ledger: Ledger,
    pub(super) runs: Runs,
    #[serde(default, skip_serializing_if = "Escalations::is_empty")]
    pub(super) escalations: Escalations,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) undone: Vec<Undone>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) silences: Vec<Silence>,
}

/// What an opened ticket is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Matter {
    pub(super) opened: Timestamp,
    /// The message that opened it, where the host named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) opening: Option<MessageRef>,
    pub(super) standing: Standing,
    pub(super) past: Vec<Past>,
    /// The ticket that it goes on as part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) merged_into: Option<TicketId>,
    /// The rule that has closed it, if one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) closed_by: Option<Name>,
    /// What was let go with it then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) absent: Vec<CommitmentId>,
    /// How the customer had been told before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) told: Vec<MessageRef>,
    /// When the customer last did something about what is owed, or asked for a decision; or when a matter of his came here in which he had
    /// the last word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) acted: Option<Timestamp>,
}

impl Ticket {
    /// A ticket of which nothing is known yet.
    #[must_use]
    pub fn new(id: TicketId) -> Self {
        let (journal, ledger, runs) = (Journal::default(), Ledger::default(), Runs::default());
        Self {
            id,
            journal,
            matter: None,
            ledger,
            runs,
            escalations: Escalations::default(),
            undone: Vec::new(),
            silences: Vec::new(),
        }
    }

    /// An order to it, in its envelope, that was taken in at `at`.
    ///
    /// # It is for this ticket
    ///
    /// ```
    /// use owed::ticket::{Author, Order};
    /// use owed::{AgentId, CommandId, Ticket, TicketId};
    /// use uuid::Uuid;
    ///
    /// let [id, command] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// let ticket = Ticket::new(TicketId(id));
    /// let at = "2026-03-02T09:20:00Z".parse()?;
    /// let command = ticket.command(CommandId(command), at, AgentId::new("ada")?, Order::message(Author::Agent));
    /// assert_eq!(command.stream, ticket.id());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn command(
        &self,
        id: CommandId,
        at: Timestamp,
        by: impl Into<Actor>,
        order: impl Into<envelope::Order>,
    ) -> envelope::Command {
        envelope::Command::new(self.id, id, at, by, order)
    }

    /// Its id, which is its stream's.
    #[must_use]
    pub const fn id(&self) -> TicketId {
        self.id
    }

    /// How many events it has had.
    ///
    /// # It is the version of the last event, from 1
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
    /// assert_eq!(Ticket::new(id).version(), 0);
    /// assert_eq!(ticket.version(), opened.last().unwrap().version);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.journal.version
    }

    /// The edition that this ticket needs and a rulebook has not: what was recorded here under it cannot be judged without.
    ///
    /// # Whoever lacks it says nothing, and it stays due
    ///
    /// ```
    /// # use owed::ticket::Order;
    /// # use owed::{CommandId, ContactId, EditionNumber, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// let sla = r#""agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }]"#;
    /// let old: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// let whole: Rulebook =
    ///     serde_json::from_str(&format!(r#"{{ "editions": [{{ "agreements": [] }}, {{ "from": "2026-03-01T00:00:00Z", {sla} }}] }}"#))?;
    /// # let [id, first] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let ryan = ContactId::new("c-17")?;
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
    /// ticket.handle(&whole, &open)?; // a reply is owed by 13:00, under the second edition
    /// let late: Timestamp = "2026-03-06T14:00:00Z".parse()?;
    /// assert_eq!(ticket.missing_edition(&old), Some(EditionNumber(2)));
    /// assert_eq!(ticket.wake(&old, late), []);
    /// assert!(ticket.next_wake().is_some_and(|wake| wake.at < late));
    /// assert_eq!(ticket.wake(&whole, late).len(), 1); // broken
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn missing_edition(&self, rules: &Rulebook) -> Option<EditionNumber> {
        self.journal.edition.filter(|needed| rules.edition(*needed).is_none())
    }

    /// The first event that was [skipped](Self::skip), if any was.
    ///
    /// # Of several it is the first
    ///
    /// ```
    /// use owed::{Stored, Ticket, TicketId};
    ///
    /// let id: TicketId = "0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?;
    /// let mut ticket = Ticket::new(id);
    /// assert_eq!(ticket.skipped(), None);
    /// for version in [1, 2] {
    ///     let later = format!(r#"{{"stream":"{id}","version":{version},"at":"2026-03-02T09:00:00Z","event":{{"room":"ticket","type":"teleported"}}}}"#);
    ///     ticket.skip(&serde_json::from_str::<Stored>(&later)?.known().unwrap_err());
    /// }
    /// assert_eq!((ticket.skipped(), ticket.version()), (Some(1), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn skipped(&self) -> Option<u64> {
        self.journal.skipped
    }

    /// Where its last event stands.
    ///
    /// # Before anything has happened there is none
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
    /// assert_eq!(Ticket::new(id).last_recorded(), None);
    /// assert_eq!(ticket.last_recorded(), Some(at));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn last_recorded(&self) -> Option<Timestamp> {
        self.journal.last
    }

    /// Where it stands, once it has been opened.
    ///
    /// # Before it is opened it stands nowhere
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
    /// assert_eq!(Ticket::new(id).status(), None);
    /// assert_eq!(ticket.status(), Some(Status::New));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.matter.as_ref().map(|matter| matter.standing.status)
    }

    /// Its priority, if it has one.
    ///
    /// # None is given, and none is taken for granted
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
    /// assert_eq!(ticket.priority(), None);
    /// let urgent = Order::SetPriority { priority: Some("high".parse()?) };
    /// ticket.handle(&rules, &ticket.command(second, at, ada, urgent))?;
    /// assert_eq!(ticket.priority(), Some(&"high".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn priority(&self) -> Option<&Priority> {
        self.matter.as_ref()?.standing.priority.as_ref()
    }

    /// Who it is given to, if it is.
    ///
    /// # Opened is not given to anybody
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
    /// assert_eq!(ticket.owner(), None);
    /// assert_eq!(ticket.priority(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        self.matter.as_ref()?.standing.owner.as_ref()
    }

    /// How it stands, as conditions see it, once it has been opened.
    ///
    /// # What conditions see, once there is anything to be seen
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
    /// assert!(Ticket::new(id).standing().is_none());
    /// assert_eq!(ticket.standing().unwrap().status, Status::New);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        Some(&self.matter.as_ref()?.standing)
    }

    /// The rule of silence that has closed it, if one has. The customer's next word takes it up again.
    ///
    /// # Closed by a person is closed by no rule
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
    /// let third = CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0006));
    /// ticket.handle(&rules, &ticket.command(second, at, ada.clone(), Order::Solve {}))?;
    /// ticket.handle(&rules, &ticket.command(third, at, ada, Order::Close {}))?;
    /// assert_eq!((ticket.status(), ticket.closed_by()), (Some(Status::Closed), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn closed_by(&self) -> Option<&Name> {
        self.matter.as_ref()?.closed_by.as_ref()
    }

    /// The ticket that it was merged into, and goes on as part of, if it was.
    ///
    /// # One that stands for itself was merged into none
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
    /// assert_eq!(ticket.merged_into(), None);
    /// assert_eq!(ticket.closed_by(), None); // nor has a silence closed it
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn merged_into(&self) -> Option<TicketId> {
        self.matter.as_ref()?.merged_into
    }

    /// Its facts in the order in which they were taken in, as metrics see them.
    ///
    /// # What comes in later stands later, whenever it happened
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
    /// use owed::commitment::{Happened, Stamp};
    ///
    /// let later = due.minus_micros(1);
    /// let message = ticket.command(second, later, ryan, Order::message(Author::Customer));
    /// let message = message.that_happened(Happened { at, stamp: Stamp::Transport });
    /// ticket.handle(&rules, &message)?;
    /// let last = ticket.past().last().unwrap();
    /// assert_eq!((last.at, last.happened), (later, at));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn past(&self) -> &[Past] {
        self.matter.as_ref().map_or(&[], |matter| &matter.past)
    }

    /// What is owed in it, and what was.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// When to call [`wake`](Self::wake) next, or `None` while only a command can change anything, and once an event was [skipped](Self::skip).
    ///
    /// It is exact: a microsecond earlier there is nothing to say, and at it there is. It changes only with an event.
    ///
    /// # It is exact
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
    /// // A reply is owed to Ryan by 13:00.
    /// let wake = ticket.next_wake().unwrap();
    /// assert_eq!(wake.at, due.plus_micros(1));
    /// assert_eq!(ticket.wake(&rules, wake.at.minus_micros(1)), []);
    /// assert_eq!(ticket.wake(&rules, wake.at).len(), 1);
    /// assert_eq!(ticket.next_wake(), None); // only a command can change anything now
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_wake(&self) -> Option<Wake> {
        if self.journal.skipped.is_some() {
            return None;
        }
        match self.next_room()? {
            Next::Ledger => self.ledger.next_wake(),
            Next::Escalations => self.escalations.next_wake(),
            Next::Silence => self.silence_wake(),
        }
    }

    /// Who must hear of what, and who has it.
    #[must_use]
    pub const fn escalations(&self) -> &Escalations {
        &self.escalations
    }

    /// Whose timer goes off first.
    pub(super) fn next_room(&self) -> Option<Next> {
        let owed = self.ledger.next_timer().map(|timer| (timer.rank(), Next::Ledger));
        let told = self.escalations.next_timer().map(|timer| (timer.rank(), Next::Escalations));
        let silent = self.next_silence().map(|(_, timer)| (timer.rank(), Next::Silence));
        let first = [owed, told, silent].into_iter().flatten().min();
        first.map(|(_, room)| room)
    }
}

/// A room that has timers, in the order in which those of one instant and rank go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Next {
    Ledger,
    Escalations,
    Silence,
}
