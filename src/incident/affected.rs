//! An affected customer.

use alloc::boxed::Box;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::commitment::Channel;
use crate::{AgentId, ContactId, Name, Timestamp};

/// A customer whom an incident affects, as the host knows him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Who.
    pub customer: ContactId,
    /// How one speaks with him; absent: the host knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language; absent: the host knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
    /// Who at the desk is there for him, and answers for what he is owed; absent: whoever answers for the incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<AgentId>,
    /// How often he was hit, this time among it, where the host knows of other times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
}

impl Affected {
    /// A customer of whom nothing else is said.
    #[must_use]
    pub const fn new(customer: ContactId) -> Self {
        Self { customer, channel: None, language: None, contact: None, recurrence: None }
    }

    /// The same, who is spoken with over this channel in this language.
    #[must_use]
    pub fn over(self, channel: Channel, language: Name) -> Self {
        Self { channel: Some(channel), language: Some(language), ..self }
    }

    /// The same, who has a named contact at the desk.
    #[must_use]
    pub fn with_contact(self, contact: AgentId) -> Self {
        Self { contact: Some(contact), ..self }
    }

    /// The same, who was hit before.
    #[must_use]
    pub fn hit_again(self, recurrence: Recurrence) -> Self {
        Self { recurrence: Some(recurrence), ..self }
    }
}

/// How often a customer was hit, and since when: what the host knows of his other incidents.
///
/// On a linked ticket it becomes two of its fields, which conditions can ask for: `{"fields": {"incident_times": {"at_least": 4}}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// How often, this time among it.
    pub times: u32,
    /// When it was the first time.
    pub first: Timestamp,
}

impl Recurrence {
    /// The field of a linked ticket that says how often he was hit.
    pub const TIMES: &'static str = "incident_times";
    /// The field of a linked ticket that says how many whole days lie between the first time and this one.
    pub const SPAN_DAYS: &'static str = "incident_span_days";

    /// How many whole days lie between the first time and an instant.
    ///
    /// # Less than a day is none
    ///
    /// ```
    /// use owed::Timestamp;
    /// use owed::incident::Recurrence;
    ///
    /// let first: Timestamp = "2026-03-06T09:00:00Z".parse()?;
    /// let hit = Recurrence { times: 2, first };
    /// assert_eq!(hit.span_days(first.plus_micros(86_399_999_999)), 0);
    /// assert_eq!(hit.span_days(first.plus_micros(86_400_000_000)), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn span_days(&self, until: Timestamp) -> u64 {
        until.micros_since(self.first) / 86_400_000_000
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} times since {}", self.times, self.first)
    }
}

/// How an incident stands for one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How one speaks with him.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
    /// Who at the desk is there for him.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<AgentId>,
    /// How often he was hit, where the host knows of other times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Box<Recurrence>>,
    /// What he has said last: that he is safe, or that he is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe: Option<bool>,
    /// Whether he was taken off: he is not affected, or lets the desk off.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub taken_off: bool,
}

impl Part {
    pub(super) fn of(affected: &Affected, language: Option<Name>) -> Self {
        Self {
            channel: affected.channel,
            language,
            contact: affected.contact.clone(),
            recurrence: affected.recurrence.map(Box::new),
            safe: None,
            taken_off: false,
        }
    }

    /// The same customer, affected again.
    pub(super) fn is_affected(&self, customer: &ContactId) -> Affected {
        Affected {
            customer: customer.clone(),
            channel: self.channel,
            language: self.language.clone(),
            contact: self.contact.clone(),
            recurrence: self.recurrence.as_deref().copied(),
        }
    }

    /// What another incident knows of the same customer, and this one does not.
    pub(super) fn complete(&mut self, other: Self) {
        if (self.channel, self.language.as_ref()) == (None, None) {
            (self.channel, self.language) = (other.channel, other.language);
        }
        self.contact = self.contact.take().or(other.contact);
        self.recurrence = self.recurrence.take().or(other.recurrence);
        self.safe = self.safe.or(other.safe);
    }
}
