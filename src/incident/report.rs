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
    ///
    /// # Before it was known, nobody was held to be affected
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // It affects Ryan.
    /// assert_eq!(incident.notices(at).count(), 1);
    /// assert_eq!(incident.notices(at.minus_micros(1)).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn notices(&self, at: Timestamp) -> impl Iterator<Item = (&ContactId, Notice)> {
        let parts = self.standing.iter().flat_map(|standing| standing.parts.keys());
        parts.filter_map(move |customer| Some((customer, self.notice(customer, at)?)))
    }

    /// Whether one customer had been told by an instant; none if nothing was owed to him by then.
    ///
    /// # At the deadline there is time still
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // Ryan is owed a notice by 13:00.
    /// assert_eq!(incident.notice(&ryan, due), Some(Notice::NotYet { due }));
    /// assert_eq!(incident.notice(&ryan, due.plus_micros(1)), Some(Notice::Overdue { due }));
    /// assert_eq!(incident.notice(&ryan, at.minus_micros(1)), None); // nobody knew of it
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn notice(&self, customer: &ContactId, at: Timestamp) -> Option<Notice> {
        let owed = self.owed_as(Role::Notice, Some(customer)).filter(|owed| owed.since <= at);
        // Where several were owed, each for itself, the one that was not kept says how it stands.
        owed.filter_map(|owed| told(owed, at)).max_by_key(|notice| notice.rank())
    }

    /// How many had been told by an instant, how many not, and how many too late.
    ///
    /// # Told a moment too late is told late
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // Ryan was owed a notice by 13:00.
    /// let late = due.plus_micros(1);
    /// let tell = Order::Tell { what: Telling::Notice, whom: Whom::Everybody, message: "mail-8".parse()? };
    /// incident.handle(&rules, &incident.command(second, late, ada, tell))?;
    /// let (before, after) = (incident.report(due), incident.report(late));
    /// assert_eq!((before.not_yet, before.told_late), (1, 0));
    /// assert_eq!((after.not_yet, after.told_late), (0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// # So often is enough
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // Ryan was hit twice.
    /// assert_eq!(incident.hit_again(2).count(), 1);
    /// assert_eq!(incident.hit_again(3).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
