//! A desk's own names for how a ticket stands, and which may follow which.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::fact::Status;
use super::standing::Standing;
use crate::Name;
use crate::commitment::Actor;

/// Every category, in the order of a matter's life.
const CATEGORIES: [Status; 6] =
    [Status::New, Status::Open, Status::Pending, Status::OnHold, Status::Solved, Status::Closed];

impl Status {
    /// How it is written in a rulebook, a command and an event.
    #[must_use]
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::OnHold => "on_hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }
}

/// A desk's own names for how a ticket stands, each over a category, and which may follow which.
///
/// A word is a category (`"on_hold"`) or one of these names. Where a word has a list, what follows it must stand there; a category in the
/// list admits every name over it, and a name without a list goes by that of its category. Where nothing is said, everything may follow.
/// Solving is never refused, and what a rule or the customer's return does to a ticket asks nobody.
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{
///     "agreement": { "first_response": "4 hours" },
///     "statuses": { "waiting for parts": "on_hold", "with the lab": "on_hold" },
///     "transitions": { "waiting for parts": ["open", "with the lab"], "closed": [] },
///     "set_by": { "closed": ["agent", "system"], "with the lab": ["agent"] }
/// }"#)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lifecycle {
    /// The names, each with its category.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<Name, Status>,
    /// What may follow a word; any other word may be followed by all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub transitions: BTreeMap<Name, Vec<Name>>,
    /// Who may bring a ticket to a word: any other word, everybody. Nobody asks who solves it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub set_by: BTreeMap<Name, Vec<Mover>>,
}

/// Who gives an order to a ticket, as far as a rulebook tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// One who works at the desk.
    Agent,
    /// The customer.
    Customer,
    /// A supplier.
    Vendor,
    /// A program that acts by rule.
    Automation,
    /// A language model.
    Ai,
    /// The system itself.
    System,
}

impl From<&Actor> for Mover {
    fn from(actor: &Actor) -> Self {
        match actor {
            Actor::Agent(_) => Self::Agent,
            Actor::Customer(_) => Self::Customer,
            Actor::Vendor(_) => Self::Vendor,
            Actor::Automation(_) => Self::Automation,
            Actor::Ai(_) => Self::Ai,
            Actor::System(_) => Self::System,
        }
    }
}

impl fmt::Display for Mover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Agent => "agent",
            Self::Customer => "customer",
            Self::Vendor => "vendor",
            Self::Automation => "automation",
            Self::Ai => "AI",
            Self::System => "system",
        })
    }
}

impl Lifecycle {
    /// What may follow where a ticket stands so; nothing where all may.
    pub(crate) fn after(&self, standing: &Standing) -> Option<&[Name]> {
        let own = standing.status_name.as_ref().and_then(|name| self.transitions.get(name));
        let list = own.or_else(|| self.transitions.get(standing.status.word()));
        list.map(Vec::as_slice)
    }

    /// Who may bring a ticket to a name over a category, or to the category itself; nothing where everybody may.
    pub(crate) fn movers(&self, category: Status, name: Option<&Name>) -> Option<&[Mover]> {
        let own = name.and_then(|name| self.set_by.get(name));
        own.or_else(|| self.set_by.get(category.word())).map(Vec::as_slice)
    }

    /// Whether a list admits a name over a category, or the category itself.
    pub(crate) fn admits(list: &[Name], category: Status, name: Option<&Name>) -> bool {
        list.iter().any(|word| word.as_str() == category.word() || Some(word) == name)
    }

    /// Whether it is a word for how a ticket can stand.
    pub(super) fn knows(&self, word: &Name) -> bool {
        is_category(word) || self.statuses.contains_key(word)
    }

    /// Whether a ticket can ever come to stand so.
    pub(super) fn is_reached(&self, name: &Name, category: Status) -> bool {
        let others = self.statuses.iter().filter(|(other, _)| *other != name);
        let named = others.map(|(other, category)| (*category, Some(other)));
        let mut from = CATEGORIES.into_iter().map(|category| (category, None)).chain(named);
        from.any(|(from, word)| {
            let own = word.and_then(|word| self.transitions.get(word));
            let list = own.or_else(|| self.transitions.get(from.word()));
            list.is_none_or(|list| Self::admits(list, category, Some(name)))
        })
    }
}

pub(super) fn is_category(word: &Name) -> bool {
    CATEGORIES.iter().any(|category| category.word() == word.as_str())
}
