//! A promise in one sentence: what, to whom, by when, and who answers for it. Until all four are said, it is no promise.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::deliverable::Deliverable;
use super::due_rule::DueRule;
use super::order::Order;
use super::party::{Actor, Owner, Party};
use super::promise::Promise;
use super::terms::{Allowance, BreachOwes, Condition};
use super::warning::Warning;
use crate::calendar::Term;
use crate::{AgentId, CommitmentId, ContactId, MessageRef, Name, TeamId, Timestamp};

impl Promise {
    /// Begins the sentence: `Promise::new(id, what).to(whom).by(when).owned_by(who)`. The id is new, and not of version 5.
    ///
    /// # The whole sentence, and a warning
    ///
    /// ```
    /// use owed::commitment::{Deliverable, Owner, Promise};
    /// use owed::{CommitmentId, ContactId, TeamId};
    /// use uuid::Uuid;
    ///
    /// let id = CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0001));
    /// let promise = Promise::new(id, Deliverable::Restore)
    ///     .to(ContactId::new("ryan")?)
    ///     .within("48 hours".parse()?)
    ///     .owned_by(TeamId::new("backups")?)
    ///     .warning("75 %".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[expect(clippy::new_ret_no_self, reason = "what is owed to nobody, or for ever, is no promise yet")]
    pub const fn new(commitment: CommitmentId, deliverable: Deliverable) -> Promising {
        Promising { commitment, deliverable }
    }

    /// It counts by the calendar of this name.
    #[must_use]
    pub fn counting_by(self, calendar: Name) -> Self {
        Self { calendar: Some(calendar), ..self }
    }

    /// A warning goes before its deadline. There can be several.
    #[must_use]
    pub fn warning(mut self, warning: Warning) -> Self {
        self.warn.push(warning);
        self
    }

    /// It may stand still, that long.
    ///
    /// # Without it the clock does not stand
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
    /// let pause = Order::Pause { commitment: call, reason: "customer".parse()?, until: None, told: Some("mail-7".parse()?) };
    /// let pause = account.command(second, now.plus_micros(1), ada, pause);
    /// assert_eq!(account.handle(Hours::NONE, &pause).unwrap_err().why.code(), "not_pausable");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn pausable(self, allowance: Allowance) -> Self {
        Self { pausable: Some(allowance), ..self }
    }

    /// Where it was said.
    #[must_use]
    pub fn said_in(self, message: MessageRef) -> Self {
        Self { message: Some(message), ..self }
    }

    /// It stands in for a broken one.
    ///
    /// # What is not broken is not repaired
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
    /// let again = Promise::new(CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0005)), Deliverable::Callback);
    /// let again = again.to(ryan).by(due.plus_micros(3_600_000_000)).owned_by(sales).repairing(call);
    /// let soon = account.command(second, due, ada.clone(), again.clone());
    /// assert_eq!(account.handle(Hours::NONE, &soon).unwrap_err().why.code(), "not_broken");
    /// let later = account.command(second, due.plus_micros(1), ada, again);
    /// assert!(account.handle(Hours::NONE, &later).is_ok()); // a microsecond after the deadline it is
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn repairing(self, broken: CommitmentId) -> Self {
        Self { repairs: Some(broken), ..self }
    }

    /// Another than the desk owes it: a supplier, another team.
    #[must_use]
    pub fn owed_through(self, promiser: Party) -> Self {
        Self { promiser: Some(promiser), ..self }
    }

    /// What is done before this instant does not count.
    ///
    /// # Too early does not count
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
    /// let promise = Promise::new(call, Deliverable::Visit).to(ryan).by(due).owned_by(sales).not_before(due.minus_micros(60_000_000));
    /// account.handle(Hours::NONE, &account.command(first, now, ada.clone(), promise))?;
    /// let there = Order::Fulfil { commitment: call, evidence: None };
    /// account.handle(Hours::NONE, &account.command(second, due.minus_micros(60_000_001), ada, there))?;
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Pending);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn not_before(self, opens_at: Timestamp) -> Self {
        Self { opens_at: Some(opens_at), ..self }
    }

    /// An attempt that does not reach the customer counts.
    ///
    /// # Without it, nobody there is not kept
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
    /// use owed::commitment::Attempt;
    ///
    /// let promise = Promise::new(call, Deliverable::Callback).to(ryan).by(due).owned_by(sales).kept_by_an_attempt();
    /// let attempt = Order::Attempt { commitment: call, outcome: Attempt::NotReached, evidence: None };
    /// for (promise, verdict) in [(Promise { attempt_counts: false, ..promise.clone() }, Verdict::Pending), (promise, Verdict::Fulfilled)] {
    ///     let mut account = Account::new(id);
    ///     account.handle(Hours::NONE, &account.command(first, now, ada.clone(), promise))?;
    ///     account.handle(Hours::NONE, &account.command(second, due, ada.clone(), attempt.clone()))?;
    ///     assert_eq!(account.ledger().get(call).unwrap().verdict(), verdict);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn kept_by_an_attempt(self) -> Self {
        Self { attempt_counts: true, ..self }
    }

    /// In which role it is said. A rulebook may limit what a role promises.
    #[must_use]
    pub fn said_as(self, role: Name) -> Self {
        Self { role: Some(role), ..self }
    }

    /// The customer does his part first.
    ///
    /// # At its limit the customer's part is in time
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
    /// use owed::commitment::{Condition, DueRule};
    ///
    /// let condition = Condition { what: "logs".parse()?, limit: DueRule::At(due) };
    /// let promise = Promise::new(call, Deliverable::Fix).to(ryan).within("4 hours".parse()?).owned_by(sales).once(condition);
    /// account.handle(Hours::NONE, &account.command(first, now, ada, promise))?;
    /// assert_eq!(account.wake(Hours::NONE, due), []);
    /// account.wake(Hours::NONE, due.plus_micros(1));
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Void); // it has lapsed, and nobody is at fault
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn once(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }

    /// What a breach of it owes by itself.
    #[must_use]
    pub fn owing_on_breach(self, owes: BreachOwes) -> Self {
        Self { breach_owes: Some(owes), ..self }
    }
}

/// Something that will be promised. It is not said yet to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "say to whom it is promised: .to(…)"]
pub struct Promising {
    commitment: CommitmentId,
    deliverable: Deliverable,
}

impl Promising {
    /// To whom.
    pub fn to(self, beneficiary: impl Into<Party>) -> PromisingTo {
        PromisingTo { what: self, beneficiary: beneficiary.into() }
    }
}

/// Something that will be promised to somebody. It is not said yet by when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "say by when: .by(…), .within(…) or .as_said(…)"]
pub struct PromisingTo {
    what: Promising,
    beneficiary: Party,
}

impl PromisingTo {
    /// By this instant, inclusive. [`within`](Self::within) takes an amount of time, [`as_said`](Self::as_said) whatever else was said.
    ///
    /// # At the instant itself it is kept
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
    /// let done = Order::Fulfil { commitment: call, evidence: None };
    /// account.handle(Hours::NONE, &account.command(second, due, ada, done))?;
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Fulfilled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn by(self, due: Timestamp) -> PromisingBy {
        PromisingBy { whom: self, due: DueRule::At(due) }
    }

    /// When this much time has run, in the unit that the term names: `"48 hours"`, `"5 business days"`.
    ///
    /// # Working time needs a calendar
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
    /// let promise = Promise::new(call, Deliverable::Fix).to(ryan).within("4 working hours".parse()?).owned_by(sales);
    /// let command = account.command(first, now, ada, promise);
    /// assert_eq!(account.handle(Hours::NONE, &command).unwrap_err().why.code(), "no_calendar");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn within(self, term: Term) -> PromisingBy {
        PromisingBy { whom: self, due: DueRule::Within(term) }
    }

    /// As it was said: at a time on the customer's wall, at the end of business, as soon as possible.
    pub const fn as_said(self, due: DueRule) -> PromisingBy {
        PromisingBy { whom: self, due }
    }
}

/// Something that will be promised to somebody for some time. It is not said yet who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "say who answers for it: .owned_by(…)"]
pub struct PromisingBy {
    whom: PromisingTo,
    due: DueRule,
}

impl PromisingBy {
    /// Who answers for it: a team, with one in it or without. With that it is a promise.
    #[must_use]
    pub fn owned_by(self, owner: impl Into<Owner>) -> Promise {
        let Self { whom: PromisingTo { what: Promising { commitment, deliverable }, beneficiary }, due } = self;
        Promise {
            commitment,
            deliverable,
            beneficiary,
            owner: owner.into(),
            due,
            calendar: None,
            warn: Vec::new(),
            pausable: None,
            message: None,
            repairs: None,
            promiser: None,
            opens_at: None,
            attempt_counts: false,
            condition: None,
            breach_owes: None,
            role: None,
        }
    }
}

impl From<Promise> for Order {
    fn from(promise: Promise) -> Self {
        Self::Promise(Box::new(promise))
    }
}

impl From<ContactId> for Party {
    fn from(customer: ContactId) -> Self {
        Self::Customer(customer)
    }
}

impl From<TeamId> for Party {
    fn from(team: TeamId) -> Self {
        Self::Team(team)
    }
}

impl From<AgentId> for Party {
    fn from(agent: AgentId) -> Self {
        Self::Agent(agent)
    }
}

impl From<AgentId> for Actor {
    fn from(agent: AgentId) -> Self {
        Self::Agent(agent)
    }
}

impl From<ContactId> for Actor {
    fn from(customer: ContactId) -> Self {
        Self::Customer(customer)
    }
}

impl From<TeamId> for Owner {
    fn from(team: TeamId) -> Self {
        Self { team, agent: None }
    }
}

impl Owner {
    /// The same team, through one who works in it.
    #[must_use]
    pub fn through(self, agent: AgentId) -> Self {
        Self { agent: Some(agent), ..self }
    }

    /// Whether one answers for it that is meant by another: where a team is named alone, that is all of its agents too.
    pub(crate) fn is_of(&self, meant: &Self) -> bool {
        self.team == meant.team && (meant.agent.is_none() || self.agent == meant.agent)
    }
}
