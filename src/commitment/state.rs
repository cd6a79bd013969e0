//! Where a commitment stands.

use super::notes::Notes;
use super::phase::Outcome;
use super::phase::Phase;
use super::phase::Verdict;
use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::cause::BreachCause;
use super::clock::{Clock, Measure};
use super::deliverable::Deliverable;
use super::origin::{Binding, Origin, Renews};
use super::party::{Owner, Party};
use super::terms::Terms;
use crate::calendar::{Amount, Calendar};
use crate::{CommitmentId, EditionNumber, Name, Timestamp};

/// One thing that is owed, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// What is owed.
    pub deliverable: Deliverable,
    /// Who owes it, if that is not the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    pub owner: Owner,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the customer can hold the desk to it.
    pub binding: Binding,
    /// The edition of the rulebook by which it goes: that which it was made under, until a replan.
    pub edition: EditionNumber,
    /// The version of the event that made it.
    pub version: u64,
    /// When it was taken in.
    pub made: Timestamp,
    /// Since when it is owed.
    pub since: Timestamp,
    /// The first deadline that it had; none as long as its clock has not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Timestamp>,
    /// The present one; the last one where there is none any more, or the last that there can be where there is none yet.
    /// [`due_now`](Commitment::due_now) tells whether there is one.
    pub due: Timestamp,
    /// Its terms.
    pub terms: Terms,
    /// The account of its time.
    pub clock: Clock,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The closed commitment that this one goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// The commitment that stands in for this broken one; or did, until the breach was taken back. What goes on with a closed one instead
    /// names it in its [`renews`](Self::renews).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired_by: Option<CommitmentId>,
    /// The breach on its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
    /// What was noted of it on its way, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Box<Notes>>,
    /// Where it is in its life.
    pub phase: Phase,
}

/// A breach on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The instant of the breach: the deadline, or the instant at which it was born late or withdrawn.
    pub at: Timestamp,
    /// The deadline that was missed.
    pub due: Timestamp,
    /// What made it a breach.
    pub cause: BreachCause,
}

impl Commitment {
    /// When it was done by whoever's word it is, believed or not.
    pub(crate) const fn said_done_at(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Closed { claimed: Some(claimed), .. } => Some(*claimed),
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { claimed: None, .. } => self.done_at(),
        }
    }

    /// What became of it. Once it is not [`Verdict::Pending`], only a correction changes it, and both stay on record.
    ///
    /// # Done late is broken
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
    /// let late = Order::Fulfil { commitment: call, evidence: None };
    /// account.handle(Hours::NONE, &account.command(second, due.plus_micros(1), ada, late))?;
    /// let owed = account.ledger().get(call).unwrap();
    /// assert_eq!((owed.verdict(), owed.is_open()), (Verdict::Breached, false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match &self.phase {
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
                Verdict::Pending
            }
            Phase::Overdue => Verdict::Breached,
            Phase::Closed { outcome, .. } => outcome.verdict(),
        }
    }

    /// Whether it is still owed: not closed, though perhaps broken.
    ///
    /// # Broken, and owed still
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
    /// account.wake(Hours::NONE, due.plus_micros(1));
    /// let owed = account.ledger().get(call).unwrap();
    /// assert_eq!((owed.verdict(), owed.is_open()), (Verdict::Breached, true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Closed { .. })
    }

    /// When it was closed, if it was.
    ///
    /// # What is broken is not closed by it
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
    /// account.wake(Hours::NONE, due.plus_micros(1));
    /// assert_eq!(account.ledger().get(call).unwrap().closed_at(), None);
    /// let late = Order::Fulfil { commitment: call, evidence: None };
    /// account.handle(Hours::NONE, &account.command(second, due.plus_micros(9), ada, late))?;
    /// assert_eq!(account.ledger().get(call).unwrap().closed_at(), Some(due.plus_micros(9)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn closed_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Closed { at, .. } => Some(at),
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue => None,
        }
    }

    /// When it was done, in time or late.
    ///
    /// # Closed without being done
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
    /// let off = Order::Release { commitment: call, evidence: "mail-7".parse()? };
    /// account.handle(Hours::NONE, &account.command(second, due, ryan, off))?;
    /// let released = account.ledger().get(call).unwrap();
    /// assert_eq!((released.closed_at(), released.done_at()), (Some(due), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn done_at(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Closed {
                outcome: Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. },
                ..
            } => Some(*done),
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { .. } => None,
        }
    }

    /// From when on the customer agreed to be there, if it has a slot.
    pub(super) fn agreed_from(&self) -> Option<Timestamp> {
        self.notes.as_ref().and_then(|notes| notes.agreed_from).or(self.terms.opens_at)
    }

    /// Where it would be due if its clock, which stands, went on at `now`; if it stood when it was closed, had it gone on then.
    ///
    /// `calendar` is the one that its terms name, in its own edition.
    ///
    /// # A clock that runs is not resumed
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
    /// assert_eq!(account.ledger().get(call).unwrap().due_if_resumed(None, now), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn due_if_resumed(&self, calendar: Option<&Calendar>, now: Timestamp) -> Option<Timestamp> {
        let (at, left) = match &self.phase {
            Phase::Paused { left, .. } => (now, left.as_micros()),
            Phase::Closed { at, used, stood_for, .. } if !stood_for.is_empty() => {
                (self.done_at().unwrap_or(*at), self.clock.budget.as_micros().saturating_sub(used.as_micros()))
            }
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Overdue
            | Phase::Closed { .. } => return None,
        };
        Some(self.clock.due_if_resumed(at, left, Measure::by(calendar)).at)
    }

    /// How much of its budget each reason to stand still has spared it by `now`: what would have run meanwhile.
    ///
    /// `calendar` is the one that its terms name, in its own edition.
    ///
    /// # A pause has spared it what would have run
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
    /// # let allowance = owed::commitment::Allowance { total: "24 hours".parse()?, once: None };
    /// # let promise = Promise::new(call, Deliverable::Fix).to(ryan.clone()).within("4 hours".parse()?).owned_by(sales.clone()).pausable(allowance);
    /// # account.handle(Hours::NONE, &account.command(first, now, ada.clone(), promise))?;
    /// # let pause = Order::Pause { commitment: call, reason: "customer".parse()?, until: None, told: Some("mail-7".parse()?) };
    /// # account.handle(Hours::NONE, &account.command(second, due, ada, pause))?;
    /// // A fix within four hours was promised at 09:00, and its clock stands since 11:00.
    /// let owed = account.ledger().get(call).unwrap();
    /// let by = due.plus_micros(3_600_000_000);
    /// assert_eq!(owed.spared(None, by), [("customer".parse()?, "1 hour".parse()?)]);
    /// assert_eq!(owed.used(None, by), "2 hours".parse()?);
    /// assert_eq!(owed.due_if_resumed(None, by), Some("2026-03-06T14:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spared(&self, calendar: Option<&Calendar>, now: Timestamp) -> Vec<(Name, Amount)> {
        let by_reason = self.clock.spared_by_reason(now, Measure::by(calendar)).into_iter();
        by_reason.map(|(reason, micros)| (reason, self.clock.budget.with_micros(micros))).collect()
    }

    /// What has run of its budget by `now`, in the budget's unit: until it was done or closed, without its pauses.
    ///
    /// `calendar` is the one that its terms name, in its own edition; working time without one counts as elapsed.
    ///
    /// # What waits for the customer has used nothing
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
    /// assert_eq!(account.ledger().get(call).unwrap().used(None, due).as_micros(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn used(&self, calendar: Option<&Calendar>, now: Timestamp) -> Amount {
        match self.phase {
            Phase::Closed { used, .. } => used,
            // The clock of what waits for the customer's part has not begun.
            Phase::Conditional { .. } => self.clock.budget.with_micros(0),
            Phase::Candidate { .. } | Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
                self.clock.budget.with_micros(self.clock.used(now, Measure::by(calendar)))
            }
        }
    }
}
