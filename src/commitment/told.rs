//! What a customer may see, as data. Nothing of how the desk divides its work has a place in it.

use serde::{Deserialize, Serialize};

use super::cause::BreachCause;
use super::deliverable::Deliverable;
use super::state::Breach;
use crate::{AgentId, CommitmentId, Name, Timestamp};

/// One thing that a customer was promised, as he may see it: data that a host puts into his language and time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub commitment: CommitmentId,
    /// What.
    pub what: Deliverable,
    /// When he was told: for a round of a series, when that round began; for what a contract owes, since when it is owed.
    pub said_at: Timestamp,
    /// By whom, if anybody in particular said so: not by a contract, nor by the terms of another promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<Speaker>,
    /// The deadline. Absent while there is none: it stands still, or waits for his part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Before when it is not to be expected: a visit, a call slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// How it was broken, if it was. Doing it late does not mend that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<Breach>,
    /// Where it stands.
    pub now: Standing,
    /// A later deadline that he was told of and has not agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Timestamp>,
    /// Before when it would not be to be expected then, where that is proposed to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_not_before: Option<Timestamp>,
    /// The broken one that it stands in for, or the closed one that it goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<CommitmentId>,
    /// What stands in for it, or goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_its_place: Option<InItsPlace>,
}

/// Who told the customer, without the inside of the desk: of its people the name, of its programs only that it was one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// One who works at the desk.
    Agent(AgentId),
    /// A language model that speaks for the desk.
    Ai,
    /// A helper from outside.
    Vendor,
    /// A rule or a program of the desk.
    Program,
    /// The customer, who says that he was promised it.
    Customer,
}

/// Where something promised stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is owed, in time or late; also where he was told that nobody will do it, since that ends nothing.
    Owed,
    /// It waits for the customer's part.
    Waits {
        /// His part, in the host's word.
        what: Name,
        /// Until when he can do it.
        until: Timestamp,
    },
    /// It stands still, as he was told.
    StandsStill {
        /// Until when at the latest.
        until: Timestamp,
    },
    /// It was done.
    Done {
        /// When.
        at: Timestamp,
    },
    /// Something else is owed in its place.
    Replaced,
    /// He has let the desk off.
    Released,
    /// It will not be done any more.
    GivenUp,
    /// His part was not done.
    Lapsed,
    /// What it was for has come, or has gone.
    NotNeeded,
}

/// What stands in for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InItsPlace {
    /// Which.
    pub commitment: CommitmentId,
    /// Its deadline, if it has one now, or had one when it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

impl Told {
    /// Since when it is late, or was until it was done: the deadline that was missed.
    ///
    /// # At its deadline it is not late
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
    /// let whom = Party::Customer(ryan);
    /// account.wake(Hours::NONE, due);
    /// assert_eq!(account.ledger().told_to(&whom)[0].late_since(), None);
    /// account.wake(Hours::NONE, due.plus_micros(1));
    /// assert_eq!(account.ledger().told_to(&whom)[0].late_since(), Some(due));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn late_since(&self) -> Option<Timestamp> {
        self.broken.and_then(|breach| match breach.cause {
            BreachCause::Deadline | BreachCause::BornLate => Some(breach.due),
            BreachCause::Withdrawn | BreachCause::Impossible | BreachCause::Unanswered => None,
        })
    }
}
