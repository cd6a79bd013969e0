//! The envelopes that orders and events travel in, and are stored in: the same for every kind of stream.
//!
//! `S` names the stream, `O` is what may be asked of it, `E` what happens in it, and `R` why it refuses.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::happened::{Happened, Stamp};
use super::party::Actor;
pub use super::stored::{Stored, UnknownEvent};
use crate::{AccountId, CommandId, EditionNumber, IncidentId, TicketId, Timestamp};

/// An order in its envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command<S, O> {
    /// The stream that it is for.
    pub stream: S,
    /// Its own id. The same id again at the same instant does nothing, as long as nothing stands at a later one. At another instant it is
    /// another command.
    pub id: CommandId,
    /// When the host took it in. Commands of one stream go in the order of their instants.
    pub at: Timestamp,
    /// When what it tells happened, where that was earlier.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
    pub happened: Option<Happened>,
    /// Who gives it.
    pub by: Actor,
    /// What is to be done.
    pub order: O,
}

impl<S, O> Command<S, O> {
    /// An order that was taken in at `at`.
    ///
    /// # Who gives it is an agent
    ///
    /// ```
    /// use owed::commitment::Actor;
    /// use owed::{AgentId, Command, CommandId, TicketId, ticket};
    /// use uuid::Uuid;
    ///
    /// let [stream, id] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// let at = "2026-03-02T09:20:00Z".parse()?;
    /// let command = Command::new(TicketId(stream), CommandId(id), at, AgentId::new("ada")?, ticket::Order::Solve {});
    /// assert_eq!(command.by.to_string(), "ada");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(stream: S, id: CommandId, at: Timestamp, by: impl Into<Actor>, order: impl Into<O>) -> Self {
        Self { stream, id, at, happened: None, by: by.into(), order: order.into() }
    }

    /// The same, telling of something that had happened before it was taken in. [`Happened`] shows what comes of it.
    ///
    /// # What happened a second before the deadline was in time
    ///
    /// ```
    /// # use owed::commitment::{Account, Deliverable, Hours, Order, Owner, Party, Promise, Verdict};
    /// # use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp, WakeReason};
    /// # use uuid::Uuid;
    /// # let [id, first, second, call] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second, call) = (AccountId(id), CommandId(first), CommandId(second), CommitmentId(call));
    /// # let (ada, ryan, sales) = (AgentId::new("ada")?, ContactId::new("c-17")?, TeamId::new("sales")?);
    /// # let (now, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T11:00:00Z".parse()?);
    /// # let mut account = Account::new(id);
    /// # let promise = Promise::new(call, Deliverable::Callback).to(ryan.clone()).by(due).owned_by(sales.clone());
    /// # let command = account.command(first, now, ada.clone(), promise);
    /// # account.handle(Hours::NONE, &command)?;
    /// use owed::commitment::{Happened, Stamp};
    ///
    /// // A call back was owed to Ryan by 11:00.
    /// let done = Order::Fulfil { commitment: call, evidence: None };
    /// let done = account.command(second, due.plus_micros(3_000_000), ada, done);
    /// let done = done.that_happened(Happened { at: due.minus_micros(1_000_000), stamp: Stamp::Transport });
    /// let events = account.handle(Hours::NONE, &done)?;
    /// assert_eq!(events.len(), 2); // broken, and put right: both are on record
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Fulfilled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn that_happened(mut self, happened: Happened) -> Self {
        self.happened = Some(happened);
        self
    }

    /// The same command, with its id, taken in at a later instant: the host has kept it in time, and was overtaken by another, or by a clock.
    ///
    /// What it tells happened when it was first taken in, unless it says so itself; the host's own record vouches for that. Whoever has events of
    /// it in his store has carried it out, and does not take it in again: a stream remembers only the commands of its last instant.
    ///
    /// A status holds from when it is taken in: a solving or a closing that the customer's next question has overtaken would take that along. Who gave
    /// it had not seen the question, and is asked again.
    ///
    /// # It was done in time, whoever noticed the breach first
    ///
    /// ```
    /// # use owed::commitment::{Account, Deliverable, Hours, Order, Owner, Party, Promise, Verdict};
    /// # use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp, WakeReason};
    /// # use uuid::Uuid;
    /// # let [id, first, second, call] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second, call) = (AccountId(id), CommandId(first), CommandId(second), CommitmentId(call));
    /// # let (ada, ryan, sales) = (AgentId::new("ada")?, ContactId::new("c-17")?, TeamId::new("sales")?);
    /// # let (now, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T11:00:00Z".parse()?);
    /// # let mut account = Account::new(id);
    /// # let promise = Promise::new(call, Deliverable::Callback).to(ryan.clone()).by(due).owned_by(sales.clone());
    /// # let command = account.command(first, now, ada.clone(), promise);
    /// # account.handle(Hours::NONE, &command)?;
    /// // A call back was owed to Ryan by 11:00. One host takes in that Ada has called; before he decides, another one wakes the account.
    /// let done = account.command(second, due, ada, Order::Fulfil { commitment: call, evidence: None });
    /// account.wake(Hours::NONE, due.plus_micros(1));
    /// let refused = account.handle(Hours::NONE, &done).unwrap_err();
    /// assert_eq!(refused.why.code(), "out_of_order");
    ///
    /// account.handle(Hours::NONE, &done.taken_in_again(due.plus_micros(3_000_000)))?;
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Fulfilled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn taken_in_again(mut self, now: Timestamp) -> Self {
        if self.happened.is_none() {
            self.happened = Some(Happened { at: self.at, stamp: Stamp::Transport });
        }
        self.at = now;
        self
    }
}

/// An event in its envelope, as it is stored for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded<S, E> {
    /// The stream that it belongs to.
    pub stream: S,
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
    /// The edition of the rulebook that it was found under; 1 where there is no rulebook.
    pub edition: EditionNumber,
    /// What has happened.
    pub event: E,
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

/// A refused command, with what time had caused by then. A host stores that all the same.
///
/// ```
/// use owed::commitment::{Account, Deliverable, Hours, Order, Promise};
/// use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, MessageRef, TeamId};
/// use uuid::Uuid;
///
/// let [id, first, second, call, other] = [1, 2, 3, 4, 5].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
/// let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
/// let mut account = Account::new(AccountId(id));
/// let promise = Promise::new(CommitmentId(call), Deliverable::Callback).to(ryan.clone()).by("2026-03-06T11:00:00Z".parse()?);
/// let promise = promise.owned_by(TeamId::new("sales")?);
/// account.handle(Hours::NONE, &account.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ada, promise))?;
///
/// let release = Order::Release { commitment: CommitmentId(other), evidence: MessageRef::new("mail-7")? };
/// let release = account.command(CommandId(second), "2026-03-06T12:00:00Z".parse()?, ryan, release);
/// let refused = account.handle(Hours::NONE, &release).unwrap_err();
/// assert_eq!(refused.why.code(), "unknown"); // nothing of that id was promised
/// assert_eq!(refused.meanwhile.len(), 1); // and what was promised was broken at 11: to be stored
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{why}")]
pub struct Refused<S, E, R> {
    /// Why.
    #[source]
    pub why: R,
    /// What time had caused.
    pub meanwhile: Vec<Recorded<S, E>>,
}

/// What a decision about two streams has come to on each: to be stored in one transaction, all or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both<S, E> {
    /// The events of the stream that something was taken from.
    pub from: Vec<Recorded<S, E>>,
    /// The events of the stream that got it.
    pub to: Vec<Recorded<S, E>>,
}

impl<S, E> Default for Both<S, E> {
    fn default() -> Self {
        Self { from: Vec::new(), to: Vec::new() }
    }
}

/// A refused decision about two streams, with what time had caused on each by then. A host stores that all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{why}")]
pub struct RefusedBoth<S, E, R> {
    /// Why.
    #[source]
    pub why: R,
    /// What time had caused.
    pub meanwhile: Both<S, E>,
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
    /// It is for another account.
    #[error("the command is for account {given}, not for {account}")]
    OtherAccount {
        /// This account.
        account: AccountId,
        /// The one that it is for.
        given: AccountId,
    },
    /// It is for another incident.
    #[error("the command is for incident {given}, not for {incident}")]
    OtherIncident {
        /// This incident.
        incident: IncidentId,
        /// The one that it is for.
        given: IncidentId,
    },
    /// Its instant lies outside the years 1 to 9999.
    #[error(
        "the command's instant is at an end of time, or beyond: commands come after the first and before the last microsecond of the years 1 to 9999"
    )]
    OutsideTime,
    /// Something has been recorded at a later instant, or time has caused something at the same one.
    ///
    /// If the store has an event that this command caused, it has been carried out. Otherwise the host's clock is behind, or the command
    /// has waited too long: it is taken in now ([`Command::taken_in_again`]). That is no answer to whoever gave it, who is answered then.
    #[error(
        "the command's instant {at} comes too late: something stands at {recorded} already; unless it has been carried out, take it in later than that, and say when it happened"
    )]
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
    /// The rulebook lacks an edition that this stream was recorded under.
    #[error("it was recorded under edition {needed}, and the rulebook has {there}; load the whole rulebook")]
    EditionMissing {
        /// The edition that is needed.
        needed: EditionNumber,
        /// How many there are.
        there: u32,
    },
    /// An event of a later release was skipped. It may have been a delivery or a release, so what goes on here is for a host that knows it.
    #[error(
        "event {version} is of a later release and was skipped, so nothing is decided here; leave it to a release that knows it, and replay the events there"
    )]
    UnknownEvent {
        /// The first that was skipped.
        version: u64,
    },
    /// No edition of the rulebook was in force yet.
    #[error("no edition of the rulebook is in force at {at}")]
    NoEdition {
        /// The command's instant.
        at: Timestamp,
    },
}

impl CommandRefusal {
    /// Whether whoever gave the command has his answer by it. Otherwise it says something of the host, and the command waits, unanswered: to be taken in
    /// again later ([`OutOfOrder`](Self::OutOfOrder)), for a host with the whole rulebook ([`EditionMissing`](Self::EditionMissing)), or for a later release
    /// ([`UnknownEvent`](Self::UnknownEvent)). Nothing is to be stored then.
    ///
    /// # While a new edition reaches one host after the other, no command is lost
    ///
    /// ```
    /// use owed::{CommandRefusal, EditionNumber};
    ///
    /// assert!(CommandRefusal::OutsideTime.is_answer());
    /// assert!(!CommandRefusal::EditionMissing { needed: EditionNumber(2), there: 1 }.is_answer());
    /// ```
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        match self {
            Self::OutOfOrder { .. } | Self::EditionMissing { .. } | Self::UnknownEvent { .. } => false,
            Self::OtherStream { .. }
            | Self::OtherAccount { .. }
            | Self::OtherIncident { .. }
            | Self::OutsideTime
            | Self::HappenedLater { .. }
            | Self::DerivedId { .. }
            | Self::NoEdition { .. } => true,
        }
    }

    /// Its name for programs, the same as in its serialised form: stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherStream { .. } => "other_stream",
            Self::OtherAccount { .. } => "other_account",
            Self::OtherIncident { .. } => "other_incident",
            Self::OutsideTime => "outside_time",
            Self::OutOfOrder { .. } => "out_of_order",
            Self::HappenedLater { .. } => "happened_later",
            Self::DerivedId { .. } => "derived_id",
            Self::EditionMissing { .. } => "edition_missing",
            Self::UnknownEvent { .. } => "unknown_event",
            Self::NoEdition { .. } => "no_edition",
        }
    }
}
