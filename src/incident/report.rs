//! Who has been told, who not, and who too late.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::role::Role;
use super::state::Incident;
use crate::commitment::{Commitment, Outcome, Phase};
use crate::{ContactId, Timestamp, has_passed};

/// Whether a customer has been told, at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// In time.
    Told {
        /// When.
        at: Timestamp,
    },
    /// After his notice was due.
    ToldLate {
        /// When.
        at: Timestamp,
        /// When it was due.
        due: Timestamp,
    },
    /// Not yet, and there is time.
    NotYet {
        /// Until when.
        due: Timestamp,
    },
    /// Not yet, and it is too late.
    Overdue {
        /// When it was due.
        due: Timestamp,
    },
    /// He is owed no notice any more: it was an error, or he has let the desk off.
    NotOwed,
}

impl Incident {
    /// Of each customer who was held to be affected by an instant, whether he had been told by then.
    ///
    /// It is what is known now of that instant: who was told by a message that has come back since had not been told. What was known
    /// then, an incident replayed up to then says.
    pub fn notices(&self, at: Timestamp) -> impl Iterator<Item = (&ContactId, Notice)> {
        let parts = self.standing.iter().flat_map(|standing| standing.parts.keys());
        parts.filter_map(move |customer| Some((customer, self.notice(customer, at)?)))
    }

    /// Whether one customer had been told by an instant; none if nothing was owed to him by then.
    #[must_use]
    pub fn notice(&self, customer: &ContactId, at: Timestamp) -> Option<Notice> {
        let owed = self.owed_as(Role::Notice, Some(customer)).filter(|owed| owed.since <= at);
        // Where several were owed, each for itself, the one that was not kept says how it stands.
        owed.filter_map(|owed| told(owed, at)).max_by_key(|notice| notice.rank())
    }

    /// How many had been told by an instant, how many not, and how many too late.
    #[must_use]
    pub fn report(&self, at: Timestamp) -> Report {
        let mut report = Report::default();
        for (_, notice) in self.notices(at) {
            let count = match notice {
                Notice::Told { .. } => &mut report.told,
                Notice::ToldLate { .. } => &mut report.told_late,
                Notice::NotYet { .. } => &mut report.not_yet,
                Notice::Overdue { .. } => &mut report.overdue,
                Notice::NotOwed => &mut report.not_owed,
            };
            *count = count.saturating_add(1);
        }
        report
    }

    /// Who was hit so often at least, this time among it, as far as the host knows.
    pub fn hit_again(&self, times: u32) -> impl Iterator<Item = (&ContactId, super::affected::Recurrence)> {
        self.affected().filter_map(move |(customer, part)| {
            let recurrence = part.recurrence.as_deref().filter(|recurrence| recurrence.times >= times)?;
            Some((customer, *recurrence))
        })
    }
}

impl Notice {
    /// What weighs most of several.
    const fn rank(self) -> u8 {
        match self {
            Self::NotOwed => 0,
            Self::Told { .. } => 1,
            Self::ToldLate { .. } => 2,
            Self::NotYet { .. } => 3,
            Self::Overdue { .. } => 4,
        }
    }
}

/// What one notice says of an instant; nothing where another goes on with it.
fn told(owed: &Commitment, at: Timestamp) -> Option<Notice> {
    let due = owed.breach.map_or(owed.due, |breach| breach.due);
    let done = owed.done_at().filter(|done| *done <= at);
    let by_done = |done: Timestamp| {
        if has_passed(due, done) { Notice::ToldLate { at: done, due } } else { Notice::Told { at: done } }
    };
    let not_done = if has_passed(due, at) { Notice::Overdue { due } } else { Notice::NotYet { due } };
    match &owed.phase {
        Phase::Closed { outcome, at: closed, .. } => match outcome {
            Outcome::Fulfilled { .. } | Outcome::Corrected { .. } | Outcome::DeliveredLate { .. } => {
                Some(done.map_or(not_done, by_done))
            }
            // What stands in for it, or goes on with it, says how it stands.
            Outcome::Superseded { .. } => None,
            Outcome::Void(_) | Outcome::Ended(_) | Outcome::Overtaken(_) => {
                let goes_on = owed.notes.as_ref().is_some_and(|notes| notes.renewed_by.is_some());
                (!goes_on).then_some(if *closed <= at { Notice::NotOwed } else { not_done })
            }
        },
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => Some(not_done),
    }
}

/// How many customers had been told by an instant, how many not, and how many too late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In time.
    pub told: u64,
    /// After their notice was due.
    pub told_late: u64,
    /// Not yet, and there is time.
    pub not_yet: u64,
    /// Not yet, and it is too late.
    pub overdue: u64,
    /// Owed no notice any more.
    pub not_owed: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { told, told_late, not_yet, overdue, not_owed } = self;
        write!(
            f,
            "{told} told in time, {told_late} told too late, {not_yet} not yet told, {overdue} not told and too late"
        )?;
        if *not_owed > 0 { write!(f, ", {not_owed} owed no notice any more") } else { Ok(()) }
    }
}
