//! What a metric waits for, as data: patterns over facts, and conditions over how a ticket stands.

use alloc::vec::Vec;

use serde::Serialize;

use super::fact::{Author, Fact, Status, View, Visibility};
use crate::{Name, Priority};

/// A kind of fact. An empty list asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Pattern {
    /// `{"fact": "opened", "author": ["customer"]}`
    Opened {
        /// Opened by or for one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Author>,
    },
    /// `{"fact": "message", "author": ["agent"], "visibility": ["public"]}`
    Message {
        /// From one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Author>,
        /// To be read by these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        visibility: Vec<Visibility>,
    },
    /// `{"fact": "status", "to": ["solved", "closed"]}`
    Status {
        /// Away from one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        from: Vec<Status>,
        /// To one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        to: Vec<Status>,
    },
    /// `{"fact": "priority"}`
    Priority {},
    /// `{"fact": "assigned"}`
    Assigned {},
}

impl Pattern {
    /// Whether a fact is of this kind.
    #[must_use]
    pub fn matches(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::Opened { author }, Fact::Opened(by, _)) => admits(author, by),
            (Self::Message { author, visibility }, Fact::Message(by, seen)) => {
                admits(author, by) && admits(visibility, seen)
            }
            (Self::Status { from, to }, Fact::Status(before, after)) => admits(from, before) && admits(to, after),
            (Self::Priority {}, Fact::Priority(_)) | (Self::Assigned {}, Fact::Assigned) => true,
            (
                Self::Opened { .. }
                | Self::Message { .. }
                | Self::Status { .. }
                | Self::Priority {}
                | Self::Assigned {},
                Fact::Opened(..) | Fact::Message(..) | Fact::Status(..) | Fact::Priority(_) | Fact::Assigned,
            ) => false,
        }
    }
}

/// A condition over how a ticket stands: every list that is not empty must admit it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, view: &View<'_>) -> bool {
        admits(&self.status, &view.status)
            && (self.priority.is_empty() || view.priority.is_some_and(|priority| self.priority.contains(priority)))
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.status.is_empty() && self.priority.is_empty()
    }
}

fn admits<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// A reason for a clock to stand still, for as long as a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PauseRule {
    /// What the time is booked under.
    pub reason: Name,
    /// When it stands still.
    pub when: Condition,
}
