//! What a ledger answers when it is asked: what is owed, to whom, by whom, and how much of all that was made.

use alloc::vec::Vec;
use core::fmt;
use core::iter::Sum;
use core::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::ledger::{Carried, Ledger};
use super::party::Party;
use super::phase::{Phase, Verdict};
use super::state::Commitment;
use crate::{AgentId, TeamId, Timestamp};

impl Ledger {
    /// What is owed, broken or not, the most urgent first, as of the last event: time is heard by waking the stream.
    ///
    /// What has a deadline comes first, by that. What has none follows: it stands still, waits for the customer's part, or for
    /// somebody to look at it; those go by the instant at which that ends at the latest. What is alike goes as it was made.
    ///
    /// # What is broken is owed still
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
    /// let owed = account.ledger().owed();
    /// assert_eq!((owed.len(), owed[0].verdict()), (1, Verdict::Breached));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owed(&self) -> Vec<&Commitment> {
        self.owed_where(|_| true)
    }

    /// What is owed to one, the most urgent first, as [`owed`](Self::owed) sorts it.
    ///
    /// # Nothing is owed to whom nothing was promised
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
    /// // A call back is owed to Ryan.
    /// assert_eq!(account.ledger().owed_to(&Party::Customer(ryan)).len(), 1);
    /// assert!(account.ledger().owed_to(&Party::Customer(ContactId::new("c-18")?)).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owed_to(&self, beneficiary: &Party) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.beneficiary == *beneficiary)
    }

    /// What a team answers for, also through one of its agents, the most urgent first.
    ///
    /// # A team answers for what its agents have
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
    /// let promise = Promise::new(call, Deliverable::Callback).to(ryan).by(due).owned_by(Owner::from(sales.clone()).through(ada.clone()));
    /// account.handle(Hours::NONE, &account.command(first, now, ada, promise))?;
    /// assert_eq!(account.ledger().owed_by_team(&sales).len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owed_by_team(&self, team: &TeamId) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.owner.team == *team)
    }

    /// What an agent answers for, in whichever team, the most urgent first.
    ///
    /// # What a team has is none of its agents' own
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
    /// // Ada has promised it, and her team owns it.
    /// assert!(account.ledger().owed_by_agent(&ada).is_empty());
    /// assert_eq!(account.ledger().owed_by_team(&sales).len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owed_by_agent(&self, agent: &AgentId) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.owner.agent.as_ref() == Some(agent))
    }

    fn owed_where(&self, wanted: impl Fn(&Commitment) -> bool) -> Vec<&Commitment> {
        let mut owed: Vec<&Commitment> = self.open().filter(|commitment| wanted(commitment)).collect();
        owed.sort_by_key(|commitment| commitment.urgency());
        owed
    }

    /// How many commitments there are, and what became of them.
    ///
    /// # What is broken and owed still counts as broken
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
    /// let counts = account.ledger().count();
    /// assert_eq!(counts.to_string(), "1 made: 0 pending, 0 fulfilled, 1 breached, 0 void");
    /// assert!(counts.add_up());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn count(&self) -> Counts {
        let there = u64::try_from(self.len()).unwrap_or(u64::MAX);
        let Carried { into: carried_in, out: carried_out } = self.carried();
        let made = there.saturating_add(carried_out).saturating_sub(carried_in);
        let counts = Counts { made, carried_in, carried_out, ..Counts::default() };
        self.all().fold(counts, |counts, commitment| counts.and(commitment.verdict()))
    }
}

/// How many commitments were made, and what became of them. Nothing gets lost: what was made, or carried in, is pending, has a verdict,
/// or was carried out.
///
/// A commitment is counted, and not what was said: a promise that was moved with the customer's consent is two, the one that he let go (void) and
/// the one in its place; so is whatever a correction puts in the place of another. Counts of several streams are added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many were made.
    pub made: u64,
    /// How many have no verdict yet.
    pub pending: u64,
    /// How many were kept.
    pub fulfilled: u64,
    /// How many were broken, whether or not they are owed still.
    pub breached: u64,
    /// How many fell away without fault.
    pub void: u64,
    /// How many came from other streams.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried_in: u64,
    /// How many went to other streams, and count there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried_out: u64,
}

impl Counts {
    /// Whether what was made and carried in is just what is pending, kept, broken, void and carried out together.
    #[must_use]
    pub const fn add_up(&self) -> bool {
        let decided = self.fulfilled.saturating_add(self.breached).saturating_add(self.void);
        let here = decided.saturating_add(self.pending);
        self.made.saturating_add(self.carried_in) == here.saturating_add(self.carried_out)
    }

    const fn and(mut self, verdict: Verdict) -> Self {
        let count = match verdict {
            Verdict::Pending => &mut self.pending,
            Verdict::Fulfilled => &mut self.fulfilled,
            Verdict::Breached => &mut self.breached,
            Verdict::Void => &mut self.void,
        };
        *count = count.saturating_add(1);
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        let Self { made, pending, fulfilled, breached, void, carried_in, carried_out } = other;
        let pairs = [
            (&mut self.made, made),
            (&mut self.pending, pending),
            (&mut self.fulfilled, fulfilled),
            (&mut self.breached, breached),
            (&mut self.void, void),
            (&mut self.carried_in, carried_in),
            (&mut self.carried_out, carried_out),
        ];
        for (sum, more) in pairs {
            *sum = sum.saturating_add(more);
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { made, pending, fulfilled, breached, void, carried_in, carried_out } = self;
        write!(f, "{made} made")?;
        if *carried_in > 0 {
            write!(f, ", {carried_in} carried in")?;
        }
        write!(f, ": {pending} pending, {fulfilled} fulfilled, {breached} breached, {void} void")?;
        if *carried_out > 0 {
            write!(f, ", {carried_out} carried out")?;
        }
        Ok(())
    }
}

impl Commitment {
    /// The deadline that it has now. None while it stands still or waits, and none once it is closed.
    ///
    /// # Overdue, it has its deadline still
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
    /// assert_eq!(owed.due_now(), Some(due));
    /// assert_eq!(owed.waits_until(), None); // it stands still for nothing
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn due_now(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Active { .. } | Phase::Overdue => Some(self.due),
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Paused { .. } | Phase::Closed { .. } => None,
        }
    }

    /// Until when it stands still at the latest, or waits: for the customer's part, or for somebody to look at it.
    ///
    /// # What waits for the customer has no deadline yet
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
    /// let owed = account.ledger().get(call).unwrap();
    /// assert_eq!((owed.waits_until(), owed.due_now()), (Some(due), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn waits_until(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Candidate { review_by: until, .. }
            | Phase::Conditional { limit: until, .. }
            | Phase::Paused { resume_by: until, .. } => Some(until),
            Phase::Active { .. } | Phase::Overdue | Phase::Closed { .. } => None,
        }
    }

    fn urgency(&self) -> (bool, Option<Timestamp>, u64) {
        let due = self.due_now();
        (due.is_none(), due.or(self.waits_until()), self.version)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}
