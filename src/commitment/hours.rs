//! What a host without a rulebook hands in to judge by.

use alloc::collections::BTreeMap;

use super::corrections::Corrections;
use super::decide::Calendars;
use super::may_promise::MayPromise;
use super::time_to_answer::TimeToAnswer;
use crate::Name;
use crate::calendar::{Calendar, Term};

/// The calendars by which an account's time counts, and how far a person may put its records right.
///
/// A host hands in the same ones at every call: what was promised by a calendar goes on by it. One calendar is handed in as it is,
/// several by their names; whoever promises in elapsed time and for fixed instants only needs [`Hours::NONE`].
///
/// ```
/// use std::collections::BTreeMap;
///
/// use owed::Name;
/// use owed::calendar::{Calendar, ElapsedTime};
/// use owed::commitment::{Corrections, Hours};
///
/// let office: Calendar = serde_json::from_str(r#"{ "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["08:00-16:00"] } }"#)?;
/// let one = Hours::from(&office);
///
/// let name = Name::new("office")?;
/// let named = BTreeMap::from([(name.clone(), office.clone())]);
/// let window = ElapsedTime::from_hours(48).unwrap();
/// let several = Hours::from(&named).by_default(&name).correcting(Corrections { window, four_eyes: true });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Hours<'a> {
    pub(crate) calendars: Option<Calendars<'a>>,
    pub(crate) corrections: Option<Corrections>,
    pub(crate) vague: Option<&'a BTreeMap<Name, Term>>,
    pub(crate) time_to_answer: TimeToAnswer,
    pub(crate) may_promise: Option<&'a MayPromise>,
}

impl<'a> Hours<'a> {
    /// No calendar: nothing can be promised in working time.
    pub const NONE: Self = Self {
        calendars: None,
        corrections: None,
        vague: None,
        time_to_answer: TimeToAnswer::A_DAY,
        may_promise: None,
    };

    /// The same, where a promise that names no calendar counts by this one. Of one calendar without a name, nothing changes.
    ///
    /// # Without it, a promise must name its calendar
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
    /// use std::collections::BTreeMap;
    /// use owed::Name;
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let name = Name::new("always")?;
    /// let named = BTreeMap::from([(name.clone(), Calendar::new(Spec::round_the_clock(Tz::UTC))?)]);
    /// let promise = Promise::new(call, Deliverable::Fix).to(ryan).within("4 working hours".parse()?).owned_by(sales);
    /// let command = account.command(first, now, ada, promise);
    /// assert_eq!(account.handle(&named, &command).unwrap_err().why.code(), "no_calendar");
    /// assert!(account.handle(Hours::from(&named).by_default(&name), &command).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn by_default(mut self, name: &'a Name) -> Self {
        if let Some(Calendars::Named { all, combined, .. }) = self.calendars {
            self.calendars = Some(Calendars::Named { all, combined, own: Some(name) });
        }
        self
    }

    /// The same, where a person may put records right that far. Without it nobody may.
    ///
    /// # Without it nobody puts a record right
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
    /// use owed::calendar::ElapsedTime;
    /// use owed::commitment::{Corrections, Happened, Stamp};
    ///
    /// // A call back was owed to Ryan by 11:00. An hour later Ada says that she had called at 10:59.
    /// let done = Order::Fulfil { commitment: call, evidence: Some("call-3".parse()?) };
    /// let done = account.command(second, due.plus_micros(3_600_000_000), ada, done);
    /// let done = done.that_happened(Happened { at: due.minus_micros(60_000_000), stamp: Stamp::Claim });
    /// let mut strict = account.clone();
    /// let corrections = Corrections { window: ElapsedTime::from_hours(2).unwrap(), four_eyes: false };
    /// account.handle(Hours::NONE.correcting(corrections), &done)?;
    /// assert_eq!(account.ledger().get(call).unwrap().verdict(), Verdict::Fulfilled);
    /// strict.handle(Hours::NONE, &done)?;
    /// assert_eq!(strict.ledger().get(call).unwrap().verdict(), Verdict::Breached);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn correcting(mut self, corrections: Corrections) -> Self {
        self.corrections = Some(corrections);
        self
    }

    /// The same, where a customer has that long to answer each time that he is asked, reminded or warned, and not a day.
    #[must_use]
    pub const fn giving(mut self, time_to_answer: TimeToAnswer) -> Self {
        self.time_to_answer = time_to_answer;
        self
    }

    /// The same, where words that promise no time ("as soon as possible") come to these figures. Without them nobody may promise so.
    ///
    /// # Without a figure nobody promises so
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
    /// use std::collections::BTreeMap;
    /// use owed::Name;
    /// use owed::commitment::DueRule;
    ///
    /// let soon = Name::new("as soon as possible")?;
    /// let promise = Promise::new(call, Deliverable::Fix).to(ryan).as_said(DueRule::Vague(soon.clone())).owned_by(sales);
    /// let command = account.command(first, now, ada, promise);
    /// assert_eq!(account.handle(Hours::NONE, &command).unwrap_err().why.code(), "no_figure");
    /// let vague = BTreeMap::from([(soon, "2 hours".parse()?)]);
    /// account.handle(Hours::NONE.taking(&vague), &command)?;
    /// assert_eq!(account.ledger().get(call).unwrap().due_now(), Some(due));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn taking(mut self, vague: &'a BTreeMap<Name, Term>) -> Self {
        self.vague = Some(vague);
        self
    }

    /// The same, where roles may promise only so much. What is promised beyond that is flagged, and owed.
    ///
    /// # Promised beyond it is owed all the same
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
    /// use owed::commitment::MayPromise;
    ///
    /// let nothing = MayPromise([("agent".parse()?, Vec::new())].into());
    /// account.handle(Hours::NONE.limiting(&nothing), &command)?;
    /// assert_eq!(account.ledger().owed().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn limiting(mut self, may_promise: &'a MayPromise) -> Self {
        self.may_promise = Some(may_promise);
        self
    }
}

impl<'a> From<&'a Calendar> for Hours<'a> {
    fn from(calendar: &'a Calendar) -> Self {
        Self {
            calendars: Some(Calendars::Only(calendar)),
            corrections: None,
            vague: None,
            time_to_answer: TimeToAnswer::A_DAY,
            may_promise: None,
        }
    }
}

impl<'a> From<&'a BTreeMap<Name, Calendar>> for Hours<'a> {
    fn from(all: &'a BTreeMap<Name, Calendar>) -> Self {
        Self {
            calendars: Some(Calendars::Named { all, combined: None, own: None }),
            corrections: None,
            vague: None,
            time_to_answer: TimeToAnswer::A_DAY,
            may_promise: None,
        }
    }
}
