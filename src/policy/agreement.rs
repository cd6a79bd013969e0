//! What is owed without anyone saying so: an agreement and its targets.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use super::fact::View;
use super::metric::Metric;
use super::pattern::{Condition, PauseRule};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::{Allowance, Binding, Mode, Owner, Warning};
use crate::{Name, Priority};

/// A set of targets for the tickets that it applies to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Its name, which its commitments carry.
    pub name: Name,
    /// To which tickets it applies. A ticket that it ceases to apply to leaves it.
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
    /// Whether customers are told of it.
    pub binding: Binding,
    /// Who answers for what it owes while the ticket is nobody's.
    pub owner: Owner,
    /// The calendar of its targets, where they name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// What becomes of the time that has run when the priority changes.
    pub on_priority_change: Mode,
    /// What it owes, by metric.
    pub targets: BTreeMap<Name, TargetRule>,
}

/// How much time a metric gets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetRule {
    /// By priority.
    pub budget: Budgets,
    /// The calendar for working time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// When its clock stands still, in place of what the metric says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<Vec<PauseRule>>,
    /// How long it may stand still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pausable: Option<PauseLimit>,
}

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

/// A budget for each priority, and one for all others: `{"1": "4 hours", "otherwise": "8 working hours"}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Budgets {
    /// By priority.
    #[serde(flatten)]
    pub by_priority: BTreeMap<Priority, Amount>,
    /// For every other priority, and for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Amount>,
}

impl TargetRule {
    /// When its clock stands still.
    #[must_use]
    pub fn pauses<'a>(&'a self, metric: &'a Metric) -> &'a [PauseRule] {
        self.pause.as_deref().unwrap_or(&metric.pause)
    }
}

impl Budgets {
    /// The budget for a priority.
    #[must_use]
    pub fn of(&self, priority: Option<&Priority>) -> Option<Amount> {
        priority.and_then(|priority| self.by_priority.get(priority)).copied().or(self.otherwise)
    }

    /// Every budget.
    pub fn all(&self) -> impl Iterator<Item = Amount> {
        self.by_priority.values().copied().chain(self.otherwise)
    }
}

impl Agreement {
    /// What it owes of one metric to a ticket that stands so.
    #[must_use]
    pub fn target(&self, metric: &Name, view: &View<'_>) -> Option<(&TargetRule, Amount)> {
        let rule = self.targets.get(metric).filter(|_| self.when.holds(view))?;
        Some((rule, rule.budget.of(view.priority)?))
    }

    /// How long the clock of a target may stand still: not at all, where no pause is written.
    ///
    /// A goal with pauses for which nothing is set gets the goals' own allowance.
    #[must_use]
    pub fn allowance(&self, rule: &TargetRule, metric: &Metric) -> Option<Allowance> {
        let stated = rule.pausable.map(|limit| Allowance { total: limit.total, once: limit.once });
        match self.binding {
            Binding::Goal if !rule.pauses(metric).is_empty() => stated.or(Some(Allowance::OF_A_GOAL)),
            Binding::Goal | Binding::Promised => stated,
        }
    }
}

fn as_text<S: Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    use alloc::string::ToString;
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
