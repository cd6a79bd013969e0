//! What an incident owes, as its declaration says.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::calendar::{Term, micros};
use crate::commitment::{BreachOwes, By, DueRule, Rounds, Warning};
use crate::{Name, SeriesId};

/// What an incident owes, as its declaration says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owes {
    /// To each affected customer: that he is affected, from when he is known to be.
    pub notice: Target,
    /// To each affected customer who asks: an answer, from when he has asked.
    pub answer: Target,
    /// To all of them: the fix, or a dated review of where it stands.
    pub mending: Mending,
    /// To all of them: news of where it stands, every so often until it is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updates: Option<Updates>,
    /// To each affected customer: that it is over, from when it is.
    pub news: Target,
    /// To each affected customer: the question whether he is safe, from when it is over.
    pub feedback: Target,
    /// To each who is not safe: that he is, from when he has said so.
    pub repair: Target,
    /// To all of them: a look back at how it went, from when it is over; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Target>,
}

/// Within how much time something is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Within how much time, in any unit: `"72 hours"` run through nights and holidays, `"8 working hours"` do not.
    #[serde(with = "micros::term")]
    pub within: Term,
    /// The calendar for all but elapsed time; absent: the rulebook's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn of the deadline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// What a breach owes by itself; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_owes: Option<BreachOwes>,
}

impl Target {
    /// Within so much time, and nothing else.
    #[must_use]
    pub const fn within(within: Term) -> Self {
        Self { within, calendar: None, warn: Vec::new(), breach_owes: None }
    }

    /// The same, counted by the calendar of this name.
    #[must_use]
    pub fn counting_by(self, calendar: Name) -> Self {
        Self { calendar: Some(calendar), ..self }
    }

    /// The same, with what a breach of it owes by itself.
    #[must_use]
    pub fn owing_on_breach(self, owes: BreachOwes) -> Self {
        Self { breach_owes: Some(owes), ..self }
    }

    pub(super) fn by(&self) -> By {
        By {
            due: DueRule::Within(self.within),
            calendar: self.calendar.clone(),
            warn: self.warn.clone(),
            breach_owes: self.breach_owes.clone(),
        }
    }
}

/// What all those who are affected are owed of the cause: that it is gone, or a look at where it stands, by a date.
///
/// A review that does not end with the fix dates the next: one of the two is always owed until it is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mending {
    /// The fix.
    Fix(DueRule),
    /// A review of where it stands.
    Review(DueRule),
}

impl Mending {
    pub(super) fn by(&self) -> By {
        let (Self::Fix(due) | Self::Review(due)) = self;
        By { due: due.clone(), calendar: None, warn: Vec::new(), breach_owes: None }
    }
}

/// "Every four hours until it is fixed": a series of the ledger, whose rounds are promises to all those who are affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updates {
    /// The series, new and given by the host.
    pub series: SeriesId,
    /// How far the rounds are apart, in any unit.
    #[serde(with = "micros::term")]
    pub every: Term,
    /// From where the next round counts.
    pub mode: Rounds,
    /// When the incident's lead is to decide how it goes on, if it is not fixed by then. The rounds go on meanwhile.
    pub horizon: DueRule,
    /// Within how much time he is to.
    #[serde(with = "micros::term")]
    pub decide_within: Term,
    /// The calendar for all but elapsed time; absent: the rulebook's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
}
