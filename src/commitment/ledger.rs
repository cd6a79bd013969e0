//! All commitments of one stream, and which of their timers goes off first.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::born;
use super::cause::VoidCause;
use super::event::Event;
use super::evolve::Recording;
use super::origin::Renews;
use super::phase::{Outcome, Phase};
use super::state::Commitment;
use super::timer::Timer;
use crate::{CommitmentId, StreamId, Wake, WakeReason};

/// The commitments of one stream: those that are still owed, and those that are not.
///
/// It is what its events made of it. Its timers are derived from that, so they are neither stored nor compared.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Ledger {
    open: BTreeMap<CommitmentId, Box<Commitment>>,
    closed: BTreeMap<CommitmentId, Box<Commitment>>,
    /// What was made or taken in here and is on record elsewhere now, and where.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    gone: BTreeMap<CommitmentId, StreamId>,
    #[serde(default, skip_serializing_if = "Carried::is_none")]
    carried: Carried,
    #[serde(skip_serializing)]
    timers: BTreeSet<Timer>,
    /// What was closed for the customer's absence, for whoever hears of him: derived like the timers.
    #[serde(skip_serializing)]
    absent: BTreeSet<CommitmentId>,
}

#[derive(Deserialize)]
struct Stored {
    open: BTreeMap<CommitmentId, Box<Commitment>>,
    closed: BTreeMap<CommitmentId, Box<Commitment>>,
    #[serde(default)]
    gone: BTreeMap<CommitmentId, StreamId>,
    #[serde(default)]
    carried: Carried,
}

/// How many commitments have come from other streams, and how many have gone to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Carried {
    pub(super) into: u64,
    pub(super) out: u64,
}

impl Carried {
    const fn is_none(&self) -> bool {
        self.into == 0 && self.out == 0
    }
}

impl From<Stored> for Ledger {
    fn from(Stored { open, closed, gone, carried }: Stored) -> Self {
        let timers = open.values().flat_map(|commitment| commitment.timers()).collect();
        let absent = closed.values().filter(|known| known.is_absent()).map(|known| known.id).collect();
        Self { open, closed, gone, carried, timers, absent }
    }
}

impl Eq for Ledger {}

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.open == other.open
            && self.closed == other.closed
            && self.gone == other.gone
            && self.carried == other.carried
    }
}

impl Ledger {
    /// One commitment, open or closed.
    ///
    /// # What is not here
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
    /// assert!(account.ledger().get(call).is_some());
    /// assert_eq!(account.ledger().get(call.derived("repair")), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get(&self, id: CommitmentId) -> Option<&Commitment> {
        self.open.get(&id).or_else(|| self.closed.get(&id)).map(|commitment| &**commitment)
    }

    /// What is still owed, broken or not, by id.
    ///
    /// # What is done is not open, and stays on record
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
    /// account.handle(Hours::NONE, &account.command(second, due, ada, done))?; // at its deadline, so in time
    /// assert_eq!(account.ledger().open().count(), 0);
    /// assert_eq!(account.ledger().all().map(|owed| owed.verdict()).collect::<Vec<_>>(), [Verdict::Fulfilled]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(&self) -> impl Iterator<Item = &Commitment> {
        self.open.values().map(|commitment| &**commitment)
    }

    /// Everything that was ever owed, what is still open first.
    ///
    /// # What is owed still comes first
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
    /// // Two call backs are owed to Ryan, and the first is made.
    /// let other = CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0003));
    /// let promise = Promise::new(other, Deliverable::Callback).to(ryan).by(due).owned_by(sales);
    /// account.handle(Hours::NONE, &account.command(second, now, ada.clone(), promise))?;
    /// let third = CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0006));
    /// account.handle(Hours::NONE, &account.command(third, due, ada, Order::Fulfil { commitment: other, evidence: None }))?;
    /// assert_eq!(account.ledger().all().map(|owed| owed.id).collect::<Vec<_>>(), [call, other]); // though its id is the greater
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn all(&self) -> impl Iterator<Item = &Commitment> {
        self.open.values().chain(self.closed.values()).map(|commitment| &**commitment)
    }

    /// A commitment, and each that stood in for the one before or went on with it.
    pub(crate) fn chain<'a>(&'a self, first: &'a Commitment) -> impl Iterator<Item = &'a Commitment> + use<'a> {
        let next = |owed: &&'a Commitment| {
            let renewed = owed.notes.as_ref().and_then(|notes| notes.renewed_by);
            renewed.or(owed.repaired_by).and_then(|next| self.get(next))
        };
        core::iter::successors(Some(first), next).take(self.len())
    }

    /// What was closed for the customer's absence.
    pub(crate) fn absent(&self) -> impl Iterator<Item = &Commitment> {
        self.absent.iter().filter_map(|id| self.get(*id))
    }

    /// Whether there is one of this id, or has been.
    pub(super) fn has_had(&self, id: CommitmentId) -> bool {
        self.get(id).is_some() || self.gone.contains_key(&id)
    }

    /// The stream that a commitment was carried to, if it was, and has not come back.
    ///
    /// # What is here was carried nowhere
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
    /// assert_eq!(account.ledger().carried_to(call), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn carried_to(&self, id: CommitmentId) -> Option<StreamId> {
        self.gone.get(&id).copied()
    }

    pub(super) const fn carried(&self) -> Carried {
        self.carried
    }

    /// How many commitments there have been; no chain of them is longer.
    pub(crate) fn len(&self) -> usize {
        self.open.len().saturating_add(self.closed.len())
    }

    /// The timer that goes off first.
    pub(crate) fn next_timer(&self) -> Option<&Timer> {
        self.timers.first()
    }

    /// When the first of them goes off, and why; none if only a command can change anything.
    pub(crate) fn next_wake(&self) -> Option<Wake> {
        let timer = self.next_timer()?;
        Wake::just_after(timer.nominal, timer.reason)
    }

    /// Takes a fact as it stands.
    pub(crate) fn evolve(&mut self, event: &Event, recording: Recording) {
        let id = event.commitment();
        match event {
            Event::CarriedIn { .. } => {
                self.gone.remove(&id);
                self.carried.into = self.carried.into.saturating_add(1);
            }
            Event::CarriedOut { to, .. } => return self.let_go(id, *to),
            _ => {}
        }
        if let Some(made) = born::made(event, recording) {
            self.make(made);
            return;
        }
        if let Some(closed) = self.closed.get_mut(&id) {
            closed.evolve(event, recording);
            if !closed.is_absent() {
                self.absent.remove(&id);
            }
            return;
        }
        let Some(open) = self.open.get_mut(&id) else { return };
        for timer in open.timers() {
            self.timers.remove(&timer);
        }
        open.evolve(event, recording);
        if open.is_open() {
            self.timers.extend(open.timers());
        } else if let Some(closed) = self.open.remove(&id) {
            self.absent.extend(closed.is_absent().then_some(id));
            self.closed.insert(id, closed);
        }
    }

    fn let_go(&mut self, id: CommitmentId, to: StreamId) {
        let open = self.open.remove(&id);
        for timer in open.iter().flat_map(|open| open.timers()) {
            self.timers.remove(&timer);
        }
        self.absent.remove(&id);
        if open.or_else(|| self.closed.remove(&id)).is_some() {
            self.gone.insert(id, to);
            self.carried.out = self.carried.out.saturating_add(1);
        }
    }

    fn make(&mut self, made: Commitment) {
        if let Some(original) = made.repairs {
            let broken = self.open.get_mut(&original).or_else(|| self.closed.get_mut(&original));
            if let Some(broken) = broken {
                broken.repaired_by = Some(made.id);
            }
        }
        if let Some(Renews { of, .. }) = made.renews {
            let original = self.open.get_mut(&of).or_else(|| self.closed.get_mut(&of));
            if let Some(original) = original {
                original.notes_mut().renewed_by = Some(made.id);
            }
        }
        self.timers.extend(made.timers());
        self.absent.extend(made.is_absent().then_some(made.id));
        let record = if made.is_open() { &mut self.open } else { &mut self.closed };
        record.insert(made.id, Box::new(made));
    }
}

impl Commitment {
    const fn is_absent(&self) -> bool {
        matches!(self.phase, Phase::Closed { outcome: Outcome::Void(VoidCause::CustomerAbsent), .. })
    }

    /// Every timer that it waits for.
    fn timers(&self) -> impl Iterator<Item = Timer> + use<> {
        let timer = |nominal, reason, version, index| Timer { nominal, reason, version, index, of: self.id };
        let (first, warnings) = match &self.phase {
            Phase::Candidate { review_by, armed, .. } => {
                (Some(timer(*review_by, WakeReason::ReviewBy, armed.version, 0)), alloc::vec::Vec::new())
            }
            Phase::Conditional { limit, armed } => {
                (Some(timer(*limit, WakeReason::ConditionLimit, armed.version, 0)), alloc::vec::Vec::new())
            }
            Phase::Active { warnings, armed } => {
                let warnings: alloc::vec::Vec<Timer> = warnings
                    .iter()
                    .zip(0..u16::MAX)
                    .map(|(warning, index)| timer(warning.at, WakeReason::Warning, armed.version, index))
                    .collect();
                (Some(timer(self.due, WakeReason::Due, armed.version, 0)), warnings)
            }
            Phase::Paused { resume_by, armed, .. } => {
                (Some(timer(*resume_by, WakeReason::ResumeBy, armed.version, 0)), alloc::vec::Vec::new())
            }
            Phase::Overdue | Phase::Closed { .. } => (None, alloc::vec::Vec::new()),
        };
        let series = self.terms.series.as_ref().filter(|series| !series.past_horizon);
        let horizon = match (&self.phase, series) {
            (Phase::Active { armed, .. }, Some(series)) => {
                Some(timer(series.horizon, WakeReason::Horizon, armed.version, 0))
            }
            _ => None,
        };
        first.into_iter().chain(warnings).chain(horizon)
    }
}
