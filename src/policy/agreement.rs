//! What is owed without anyone saying so: an agreement and its targets.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::calendar_rule::CalendarRule;
use super::condition::{Condition, Unmet};
use super::merge::OnMerge;
use super::metric::{Cycles, Metric};
use super::pattern::{Pattern, PauseRule};
use super::standing::Standing;
use super::target::{Budgets, PauseLimit, as_text, breach_owes};
use crate::calendar::Term;
use crate::commitment::{AgreementKind, Allowance, Binding, BreachOwes, OnPriorityChange, Owner, Warning};
use crate::{Name, Timestamp};

/// A set of targets for the tickets that it applies to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Its name, which its commitments carry.
    pub name: Name,
    /// Between whom it is. Of each kind, the first agreement that applies counts for a metric.
    #[serde(skip_serializing_if = "AgreementKind::is_sla")]
    pub kind: AgreementKind,
    /// To which tickets it applies. A ticket that it ceases to apply to leaves it.
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
    /// Since when it owes: what begins before is not measured by it. What has begun goes on to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when it owes, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Whether customers are told of it.
    pub binding: Binding,
    /// Who answers for what it owes while the ticket is nobody's.
    pub owner: Owner,
    /// By which calendar its targets count, where they say nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarRule>,
    /// What becomes of the time that has run when the priority changes.
    pub on_priority_change: OnPriorityChange,
    /// What becomes of it when a ticket that has left comes back.
    #[serde(skip_serializing_if = "OnReturn::is_resume")]
    pub on_return: OnReturn,
    /// Since when what counts from the opening counts, once an older ticket goes on as part of this one.
    #[serde(skip_serializing_if = "OnMerge::is_own")]
    pub on_merge: OnMerge,
    /// What it owes, by metric.
    pub targets: BTreeMap<Name, TargetRule>,
}

/// What becomes of the time that had run when a ticket that has left an agreement comes back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnReturn {
    /// It goes on with what was left.
    #[default]
    Resume,
    /// It begins again.
    NewCycle,
}

impl OnReturn {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    const fn is_resume(&self) -> bool {
        matches!(self, Self::Resume)
    }
}

/// What becomes of a clock when the matter ends without what was owed: a ticket solved without an answer. Never is it met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// It is not needed any more.
    #[default]
    NotNeeded,
    /// It is breached.
    Breached,
}

impl Unanswered {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    const fn is_not_needed(&self) -> bool {
        matches!(self, Self::NotNeeded)
    }
}

/// How much time a metric gets, and what goes with that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetRule {
    /// By priority.
    pub budget: Budgets,
    /// By which calendar it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarRule>,
    /// When to warn.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// When its clock stands still, in place of what the metric says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<Vec<PauseRule>>,
    /// How long it may stand still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pausable: Option<PauseLimit>,
    /// What counts as delivered besides what the metric says: an AI's answer, a call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Pattern>,
    /// What a reopening does, in place of what the metric says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles: Option<Cycles>,
    /// What becomes of it where the matter ends without.
    #[serde(skip_serializing_if = "Unanswered::is_not_needed")]
    pub unanswered: Unanswered,
    /// What a breach of it owes.
    #[serde(serialize_with = "breach_owes", skip_serializing_if = "Option::is_none")]
    pub breach_owes: Option<BreachOwes>,
    /// The ladders that it climbs, by name; absent: those that the edition names for everything.
    #[serde(serialize_with = "one_or_several", skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Vec<Name>>,
    /// Where it is written that it is owed: an article of a law, a clause of a contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Name>,
}

impl TargetRule {
    /// A budget, and nothing else.
    #[must_use]
    pub const fn new(budget: Budgets) -> Self {
        Self {
            budget,
            calendar: None,
            warn: Vec::new(),
            pause: None,
            pausable: None,
            also: Vec::new(),
            cycles: None,
            unanswered: Unanswered::NotNeeded,
            breach_owes: None,
            ladder: None,
            source: None,
        }
    }

    /// When its clock stands still.
    #[must_use]
    pub(crate) fn pauses<'a>(&'a self, metric: &'a Metric) -> &'a [PauseRule] {
        self.pause.as_deref().unwrap_or(&metric.pause)
    }

    /// How often it can start.
    #[must_use]
    pub(crate) fn cycles(&self, metric: &Metric) -> Cycles {
        self.cycles.unwrap_or(metric.cycles)
    }
}

/// Why an agreement owes nothing of a metric to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WhyNot {
    /// It has no target for the metric.
    NoTarget,
    /// It does not apply to the ticket.
    Unmet(Unmet),
    /// It has no budget for the ticket's priority.
    NoBudget {
        /// The priority; absent: the ticket has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<crate::Priority>,
    },
    /// It owes only from then on.
    NotYet {
        /// Since when it owes.
        from: Timestamp,
    },
    /// It owes no more.
    NoMore {
        /// Until when it owed.
        until: Timestamp,
    },
    /// Another that stands before it counts.
    After {
        /// The other's name.
        agreement: Name,
    },
}

impl core::fmt::Display for WhyNot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoTarget => f.write_str("has no target for it"),
            Self::Unmet(unmet) => write!(f, "did not apply: {unmet}"),
            Self::NoBudget { priority: Some(priority) } => write!(f, "has no budget for priority {priority}"),
            Self::NoBudget { priority: None } => f.write_str("has no budget for a ticket without priority"),
            Self::NotYet { from } => write!(f, "owes only from {from} on"),
            Self::NoMore { until } => write!(f, "owed only until {until}"),
            Self::After { agreement } => write!(f, "comes after {agreement}, which counts"),
        }
    }
}

impl Agreement {
    /// What it owes of one metric to a ticket that stands so.
    ///
    /// # Without a budget for the priority there is none
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::{EditionNumber, Rulebook};
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": { "high": "1 hour" } }, "vendor": "8 hours" } }] }"#,
    /// )?;
    /// let sla = &rules.edition(EditionNumber(1)).unwrap().policy().agreements[0];
    /// // A ticket that has just been opened, without a priority.
    /// assert!(sla.target(&"first_response".parse()?, &standing).is_none());
    /// assert!(sla.target(&"vendor".parse()?, &standing).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn target(&self, metric: &Name, standing: &Standing) -> Option<(&TargetRule, Term)> {
        let rule = self.targets.get(metric).filter(|_| self.when.holds(standing))?;
        Some((rule, rule.budget.of(standing.priority.as_ref())?))
    }

    /// What it allows for a metric that begins at an instant, of a ticket that stands like this; or why it owes nothing.
    ///
    /// # Errors
    /// [`WhyNot`] is the first thing that stands in the way.
    ///
    /// # The first thing that stands in the way
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::policy::WhyNot;
    /// use owed::{EditionNumber, Rulebook, Timestamp};
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_response": "1 hour" } }] }"#,
    /// )?;
    /// let gold = &rules.edition(EditionNumber(1)).unwrap().policy().agreements[0];
    /// // A ticket that has just been opened, without a priority.
    /// let now: Timestamp = "2026-03-06T09:00:00Z".parse()?;
    /// assert!(matches!(gold.explain(&"next_response".parse()?, &standing, now), Err(WhyNot::NoTarget)));
    /// assert!(matches!(gold.explain(&"first_response".parse()?, &standing, now), Err(WhyNot::Unmet { .. })));
    /// assert_eq!(gold.target(&"first_response".parse()?, &standing), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # It owes from its instant on, and no more from its end on
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::policy::WhyNot;
    /// use owed::{EditionNumber, Rulebook, Timestamp};
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "trial", "from": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z",
    ///         "targets": { "first_response": "1 hour" } }] }"#,
    /// )?;
    /// let trial = &rules.edition(EditionNumber(1)).unwrap().policy().agreements[0];
    /// let [from, until]: [Timestamp; 2] = ["2026-01-01T00:00:00Z".parse()?, "2026-02-01T00:00:00Z".parse()?];
    /// let metric = "first_response".parse()?;
    /// assert!(matches!(trial.explain(&metric, &standing, from.minus_micros(1)), Err(WhyNot::NotYet { .. })));
    /// assert!(trial.explain(&metric, &standing, from).is_ok());
    /// assert!(trial.explain(&metric, &standing, until.minus_micros(1)).is_ok());
    /// assert!(matches!(trial.explain(&metric, &standing, until), Err(WhyNot::NoMore { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, metric: &Name, standing: &Standing, at: Timestamp) -> Result<Term, WhyNot> {
        let rule = self.targets.get(metric).ok_or(WhyNot::NoTarget)?;
        if let Some(unmet) = self.when.unmet(standing) {
            return Err(WhyNot::Unmet(unmet));
        }
        let priority = standing.priority.clone();
        let budget = rule.budget.of(priority.as_ref()).ok_or(WhyNot::NoBudget { priority })?;
        self.out_of_force(at).map_or(Ok(budget), Err)
    }

    /// Why it owes nothing of what begins at an instant, if it does not.
    pub(crate) fn out_of_force(&self, at: Timestamp) -> Option<WhyNot> {
        match (self.from, self.until) {
            (Some(from), _) if at < from => Some(WhyNot::NotYet { from }),
            (_, Some(until)) if at >= until => Some(WhyNot::NoMore { until }),
            (Some(_) | None, Some(_) | None) => None,
        }
    }

    /// How long the clock of a target may stand still: not at all, where no pause is written.
    ///
    /// A goal with pauses for which nothing is set gets the goals' own allowance.
    #[must_use]
    pub(crate) fn allowance(&self, rule: &TargetRule, metric: &Metric) -> Option<Allowance> {
        let stated = rule.pausable.map(|limit| Allowance { total: limit.total, once: limit.once });
        match self.binding {
            Binding::Goal if !rule.pauses(metric).is_empty() => stated.or(Some(Allowance::OF_A_GOAL)),
            Binding::Goal | Binding::Promised => stated,
        }
    }
}

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn one_or_several<S: serde::Serializer>(names: &Option<Vec<Name>>, serializer: S) -> Result<S::Ok, S::Error> {
    match names.as_deref() {
        Some([one]) => one.serialize(serializer),
        names => names.serialize(serializer),
    }
}
