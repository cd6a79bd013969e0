//! How much time there is: budgets by priority, and limits to standing still.

use alloc::collections::BTreeMap;
use alloc::string::ToString;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::Priority;
use crate::calendar::{Amount, ElapsedTime, Term};
use crate::commitment::{BreachOwes, Warning};

/// How long a clock may stand still, in a rulebook's words: `{"total": "720 hours", "once": "72 hours"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PauseLimit {
    /// All pauses together.
    #[serde(serialize_with = "as_amount")]
    pub total: ElapsedTime,
    /// One pause.
    #[serde(serialize_with = "as_amount_if_any", skip_serializing_if = "Option::is_none")]
    pub once: Option<ElapsedTime>,
}

/// A budget for each priority, and one for all others: `{"1": "4 hours", "otherwise": "5 business days"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Budgets {
    /// By priority.
    #[serde(flatten)]
    pub by_priority: BTreeMap<Priority, Term>,
    /// For every other priority, and for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Term>,
}

impl Budgets {
    /// The budget for a priority.
    ///
    /// # Without a priority, what is owed otherwise
    ///
    /// ```
    /// use owed::policy::Budgets;
    ///
    /// let budgets = Budgets { by_priority: [("high".parse()?, "1 hour".parse()?)].into(), otherwise: Some("4 hours".parse()?) };
    /// assert_eq!(budgets.of(Some(&"high".parse()?)), Some("1 hour".parse()?));
    /// assert_eq!(budgets.of(Some(&"low".parse()?)), Some("4 hours".parse()?));
    /// assert_eq!(Budgets { otherwise: None, ..budgets }.of(None), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(&self, priority: Option<&Priority>) -> Option<Term> {
        priority.and_then(|priority| self.by_priority.get(priority)).copied().or(self.otherwise)
    }

    /// Every budget.
    pub(crate) fn all(&self) -> impl Iterator<Item = Term> {
        self.by_priority.values().copied().chain(self.otherwise)
    }
}

pub(super) fn as_text<S: Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(warnings.iter().map(ToString::to_string))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_amount<S: Serializer>(time: &ElapsedTime, serializer: S) -> Result<S::Ok, S::Error> {
    Amount::Elapsed(*time).serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn as_amount_if_any<S: Serializer>(time: &Option<ElapsedTime>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(Amount::Elapsed).serialize(serializer)
}

/// What a breach owes, in a rulebook's words: `{"deliverable": "explanation", "within": "1 business day"}`.
#[expect(clippy::ref_option, reason = "serde hands a reference")]
pub(super) fn breach_owes<S: Serializer>(owes: &Option<BreachOwes>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(owes) = owes else { return serializer.serialize_none() };
    let once = owes.depth == 1;
    let mut map = serializer.serialize_map(Some(if once { 2 } else { 3 }))?;
    map.serialize_entry("deliverable", &owes.deliverable)?;
    map.serialize_entry("within", &owes.within.to_string())?;
    if !once {
        map.serialize_entry("depth", &owes.depth)?;
    }
    map.end()
}
