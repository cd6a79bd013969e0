//! A stream of commitments that stands alone: no ticket, no rulebook.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::decide::Context;
use super::envelope::{self, CommandRefusal};
use super::event::Event;
use super::evolve::Recording;
use super::happened::Happened;
use super::hours::Hours;
use super::journal::Journal;
use super::ledger::Ledger;
use super::order::Order;
use super::party::Actor;
use super::refusal::Refusal;
use super::stream::{self, Run, Source, Stream};
use crate::{AccountId, CommandId, EditionNumber, Timestamp, Wake};

/// An order to an account, in its envelope.
pub type Command = envelope::Command<AccountId, Order>;

/// An event of an account in its envelope, as it is stored for ever.
pub type Recorded = envelope::Recorded<AccountId, Event>;

/// The same as it is read where a later release may have written.
pub type Stored = envelope::Stored<AccountId, Event>;

/// A refused command, with what time had caused on the account by then. A host stores that all the same.
pub type Refused = envelope::Refused<AccountId, Event, AccountRefusal>;

/// What is owed in one matter, for whoever has no tickets: a customer's account, a repair, a project.
///
/// It is one stream of events, and keeps the same contract with its host as a [`Ticket`](crate::Ticket) does: time comes before any
/// command, a deadline is inclusive, and a refusal carries what time had caused meanwhile.
///
/// ```
/// use owed::calendar::Calendar;
/// use owed::commitment::{Account, Deliverable, Owner, Promise};
/// use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp};
/// use uuid::Uuid;
///
/// let [id, command, commitment] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
/// let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
/// let desk = Owner::from(TeamId::new("desk")?).through(ada.clone());
/// let (now, due): (Timestamp, Timestamp) = ("2026-03-07T10:00:00Z".parse()?, "2026-03-07T14:00:00Z".parse()?);
/// let office: Calendar = serde_json::from_str(r#"{ "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["08:00-18:00"] } }"#)?;
///
/// let mut account = Account::new(AccountId(id));
/// let promise = Promise::new(CommitmentId(commitment), Deliverable::Callback).to(ryan).by(due).owned_by(desk);
/// let events = account.handle(&office, &account.command(CommandId(command), now, ada, promise))?; // to be stored
/// for debt in account.ledger().owed() {
///     assert_eq!(debt.to_string(), "callback to c-17 by 2026-03-07T14:00:00Z (ada)");
/// }
/// assert_eq!(account.next_wake().unwrap().at, due.plus_micros(1));
/// assert_eq!(Account::replay(AccountId(id), &events), account);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    id: AccountId,
    journal: Journal,
    ledger: Ledger,
}

impl Account {
    /// An account on which nothing was ever owed.
    #[must_use]
    pub fn new(id: AccountId) -> Self {
        Self { id, journal: Journal::default(), ledger: Ledger::default() }
    }

    /// The account that these events, in their order, have made.
    ///
    /// # Of no events, it is the new one
    ///
    /// ```
    /// use owed::AccountId;
    /// use owed::commitment::Account;
    /// use uuid::Uuid;
    ///
    /// let id = AccountId(Uuid::from_u128(0x8000_8000_0000_0000_0001));
    /// assert_eq!(Account::replay(id, &[]), Account::new(id));
    /// ```
    #[must_use]
    pub fn replay<'a>(id: AccountId, events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut account = Self::new(id);
        for event in events {
            account.apply(event);
        }
        account
    }

    /// An order to this account, in its envelope: [`Command::new`](envelope::Command::new) for this stream.
    #[must_use]
    pub fn command(&self, id: CommandId, at: Timestamp, by: impl Into<Actor>, order: impl Into<Order>) -> Command {
        Command::new(self.id, id, at, by, order)
    }

    /// Carries out a command: records what time has caused by its instant, then decides, then lets time catch up once more.
    ///
    /// The events are to be stored, in their order and all or none. The account is then as replaying them would leave it.
    /// A command that changes nothing, or that was recorded at this very instant before, yields no event.
    ///
    /// # Errors
    /// [`Refused`] says why, and holds what time had caused by then. That has happened whether or not the command is taken: a
    /// host stores it, or drops it together with the account.
    ///
    /// # The same command again does nothing
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
    /// assert_eq!(account.handle(Hours::NONE, &command)?.len(), 1); // promised to Ryan
    /// assert_eq!(account.handle(Hours::NONE, &command)?, []);
    ///
    /// let sooner = account.command(second, now.minus_micros(1), ada, Order::Confirm { commitment: call });
    /// assert_eq!(account.handle(Hours::NONE, &sooner).unwrap_err().why.code(), "out_of_order");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn handle<'a>(&mut self, hours: impl Into<Hours<'a>>, command: &Command) -> Result<Vec<Recorded>, Refused> {
        stream::handle(self, hours.into(), command)
    }

    /// Records what time has caused by `now`. The events are to be stored like those of a command.
    ///
    /// Calling it often, seldom, late or twice changes nothing but the events' `noticed`. If the calendar by which something is
    /// owed is not handed in, a clock that goes on by itself does so in elapsed time, and its event says so.
    ///
    /// # At the deadline nothing is broken yet
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
    /// // A call back is owed to Ryan by 11:00.
    /// assert_eq!(account.wake(Hours::NONE, due), []);
    /// let events = account.wake(Hours::NONE, due.plus_micros(3_600_000_000)); // an hour late
    /// assert_eq!((events.len(), events[0].at), (1, due)); // it is broken at its deadline all the same
    /// assert_eq!(account.wake(Hours::NONE, due.plus_micros(3_600_000_000)), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wake<'a>(&mut self, hours: impl Into<Hours<'a>>, now: Timestamp) -> Vec<Recorded> {
        stream::wake(self, hours.into(), now)
    }

    /// When to call [`wake`](Self::wake) next, or `None` while only a command can change anything, and once an event was [skipped](Self::skip).
    ///
    /// It is exact: a microsecond earlier there is nothing to say, and at it there is. It changes only with an event.
    ///
    /// # Once it is broken, time has no more to say
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
    /// // A call back is owed to Ryan by 11:00.
    /// let wake = account.next_wake().unwrap();
    /// assert_eq!((wake.at, wake.reason), (due.plus_micros(1), WakeReason::Due));
    /// account.wake(Hours::NONE, wake.at);
    /// assert_eq!(account.next_wake(), None); // what is owed still needs somebody who does it
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_wake(&self) -> Option<Wake> {
        if self.journal.skipped.is_some() {
            return None;
        }
        self.ledger.next_wake()
    }

    /// Takes in one stored event. One of another account, and one that it has had, change nothing.
    ///
    /// # An event that it has had changes nothing
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
    /// let events = account.handle(Hours::NONE, &command)?;
    /// let before = account.clone();
    /// account.apply(&events[0]);
    /// assert_eq!(account, before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.stream == self.id && self.journal.note(recorded) {
            self.ledger.evolve(&recorded.event, Recording::of(recorded));
        }
    }

    /// Passes over an event that only a later release knows. From then on the account is to be looked at, and decides nothing: it refuses every
    /// command, and no timer of it goes off.
    ///
    /// # One of another stream changes nothing
    ///
    /// ```
    /// use owed::commitment::{Account, Stored};
    ///
    /// let later = r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":1,"at":"2026-03-02T09:00:00Z","event":{"type":"teleported"}}"#;
    /// let unknown = serde_json::from_str::<Stored>(later)?.known().unwrap_err();
    /// let mut another = Account::new("0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d02".parse()?);
    /// another.skip(&unknown);
    /// assert_eq!((another.skipped(), another.version()), (None, 0));
    ///
    /// let mut account = Account::new(unknown.stream);
    /// account.skip(&unknown);
    /// assert_eq!((account.skipped(), account.version()), (Some(1), 1));
    /// assert_eq!(account.next_wake(), None); // it decides nothing any more
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn skip(&mut self, event: &envelope::UnknownEvent<AccountId>) {
        if event.stream == self.id {
            self.journal.skip(event);
        }
    }

    /// The first event that was skipped, if any was.
    ///
    /// # Of several it is the first
    ///
    /// ```
    /// use owed::AccountId;
    /// use owed::commitment::{Account, Stored};
    ///
    /// let id: AccountId = "0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?;
    /// let mut account = Account::new(id);
    /// assert_eq!(account.skipped(), None);
    /// for version in [1, 2] {
    ///     let later = format!(r#"{{"stream":"{id}","version":{version},"at":"2026-03-02T09:00:00Z","event":{{"type":"teleported"}}}}"#);
    ///     account.skip(&serde_json::from_str::<Stored>(&later)?.known().unwrap_err());
    /// }
    /// assert_eq!((account.skipped(), account.version()), (Some(1), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn skipped(&self) -> Option<u64> {
        self.journal.skipped
    }

    /// Its id, which is its stream's.
    #[must_use]
    pub const fn id(&self) -> AccountId {
        self.id
    }

    /// How many events it has had.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.journal.version
    }

    /// Where its last event stands.
    ///
    /// # Before anything has happened there is none
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
    /// assert_eq!(account.last_recorded(), None);
    /// account.handle(Hours::NONE, &command)?;
    /// assert_eq!(account.last_recorded(), Some(now));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn last_recorded(&self) -> Option<Timestamp> {
        self.journal.last
    }

    /// What is owed on it, and what was.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Without a rulebook there is one edition of the rules, for ever.
const EDITION: EditionNumber = EditionNumber(1);

impl Stream for Account {
    type Id = AccountId;
    type Order = Order;
    type Event = Event;
    type Refusal = AccountRefusal;
    type Rules<'a> = Hours<'a>;

    fn id(&self) -> AccountId {
        self.id
    }

    fn journal(&self) -> &Journal {
        &self.journal
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn take(&mut self, recorded: &Recorded) {
        self.apply(recorded);
    }

    fn another(&self, given: AccountId) -> CommandRefusal {
        CommandRefusal::OtherAccount { account: self.id, given }
    }

    fn missing(&self, _: Hours<'_>) -> Option<CommandRefusal> {
        None
    }

    fn in_force(_: Hours<'_>, _: Timestamp) -> Option<EditionNumber> {
        Some(EDITION)
    }

    fn context(hours: Self::Rules<'_>, _: EditionNumber, at: Timestamp, happened: Option<Happened>) -> Context<'_> {
        Context { happened, ..Context::at(at, hours) }
    }

    fn decide(run: &Run<'_, Self>, command: &Command) -> Result<Vec<Event>, AccountRefusal> {
        Ok(run.ordered(command, &command.order, EDITION)?)
    }

    fn record(run: &mut Run<'_, Self>, fact: Event, at: Timestamp, source: &Source) {
        run.follow(fact, at, source);
    }
}

/// Why a command to an account was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountRefusal {
    /// The command cannot be taken as it is, whatever it orders.
    #[error(transparent)]
    Command(#[from] CommandRefusal),
    /// What it orders cannot be.
    #[error(transparent)]
    Commitment(#[from] Refusal),
}

impl AccountRefusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Command(why) => why.code(),
            Self::Commitment(why) => why.code(),
        }
    }
}
