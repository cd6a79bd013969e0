//! Conditions over how a ticket stands, as data.
//!
//! ```text
//! {"priority": ["1"], "channel": ["chat"]}                  every key must admit it
//! {"any": [{"tags": ["vip"]}, {"fields": {"plan": "gold"}}]}
//! {"not": {"status": ["pending"]}, "fields": {"seats": {"at_least": 100}}}
//! ```
//!
//! The language is total: every condition holds or does not, of every ticket, and one that does not can say [why](Unmet).

mod clause;
mod sample;
mod test;
mod unmet;
mod words;

use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

pub use clause::Clause;
pub use sample::Sample;
pub use test::{Comparison, Test};
pub use unmet::{Subject, Unmet};

use super::standing::Standing;

/// A condition: every clause must hold. One without clauses always does.
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{
///     "name": "gold",
///     "when": { "any": [{ "tags": ["vip"] }, { "fields": { "seats": { "at_least": 100 } } }] },
///     "targets": { "first_response": "1 hour" }
/// }] }"#)?;
/// assert!(serde_json::to_string(&rules)?.contains(r#"{"seats":{"at_least":100}}"#));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition(pub Vec<Clause>);

impl Condition {
    /// Whether it holds of a ticket that stands so.
    ///
    /// # What asks for nothing always holds
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::policy::Condition;
    ///
    /// // A ticket that has just been opened, by a customer.
    /// assert!(Condition::default().holds(&standing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holds(&self, standing: &Standing) -> bool {
        self.0.iter().all(|clause| clause.holds(standing))
    }

    /// Why it does not hold, if it does not: the first clause that fails, with what was found.
    ///
    /// # What holds has no reason not to
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::policy::Condition;
    /// use owed::{EditionNumber, Rulebook};
    ///
    /// // A ticket that has just been opened, without a priority.
    /// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "gold", "when": { "priority": ["high"] }, "targets": {} }] }"#)?;
    /// let gold = &rules.edition(EditionNumber(1)).unwrap().policy().agreements[0];
    /// assert_eq!(gold.when.unmet(&standing).unwrap().to_string(), "priority is unknown, not high");
    /// assert_eq!(Condition::default().unmet(&standing), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unmet(&self, standing: &Standing) -> Option<Unmet> {
        self.0.iter().find_map(|clause| clause.unmet(standing))
    }

    /// Whether it asks where the ticket stands.
    pub(crate) fn asks_for_status(&self) -> bool {
        self.0.iter().any(Clause::asks_for_status)
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for clause in &self.0 {
            clause.write::<S>(&mut map)?;
        }
        map.end()
    }
}
