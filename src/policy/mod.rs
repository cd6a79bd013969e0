//! What is owed without anyone saying so?
//!
//! An [`Agreement`] sets targets for the tickets that it applies to: how much time a [`Metric`] gets at each priority. A metric
//! is data: patterns over [`Fact`]s that start, stop, cancel and reset it, and conditions under which its clock stands still. A
//! cycle of a metric *is* a commitment; nothing here decides what becomes of one. This room watches facts and gives orders.

mod agreement;
mod back;
mod before;
mod begin;
mod built_in;
mod calendar_rule;
mod candidate;
mod condition;
mod correct;
mod ends;
mod erase;
mod fact;
mod fate;
mod flaw;
mod history;
mod lifecycle;
mod mark;
mod meanwhile;
mod merge;
mod metric;
mod missed;
mod moment;
mod on_record;
mod pattern;
pub mod preset;
mod read;
mod replan;
mod running;
mod runs;
mod silence;
mod standing;
mod standstill;
mod target;
mod telling;
mod trace;
mod unanswered;
mod value;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

pub use agreement::{Agreement, OnReturn, TargetRule, Unanswered, WhyNot};
pub(crate) use begin::to_begin;
pub use built_in::built_in;
pub use calendar_rule::{CalendarOf, CalendarRule, Whose};
pub(crate) use calendar_rule::{MOST as MOST_CALENDARS, Resolved};
pub use condition::{Clause, Comparison, Condition, Sample, Subject, Test, Unmet};
pub(crate) use correct::{Correction, about_corrected};
pub(crate) use fact::Channel;
pub use fact::{Author, Class, Fact, Filed, InVain, Past, Said, Status, Visibility};
pub use flaw::Flaw;
pub(crate) use flaw::define_calendar;
pub use lifecycle::{Lifecycle, Mover};
pub(crate) use mark::MOST as MOST_SCORE;
pub use mark::{Mark, Remedy, Stage};
pub use merge::OnMerge;
pub(crate) use merge::{about_carried, about_opening, ends_as_merged, to_end};
pub use metric::{Cycles, Metric};
pub(crate) use missed::about_missed;
pub(crate) use moment::{Anew, Moment};
pub use pattern::{Assignee, FactKind, Handed, Pattern, PauseRule, Writer};
pub use preset::{Preset, PresetTerms, eu_1182_71, presets};
pub(crate) use read::{
    CalendarNames, Found, Parts, one_or_several, read_condition, read_may_promise, read_pattern, read_patterns,
};
pub(crate) use replan::{to_replan, to_stand};
pub(crate) use running::{about_running, waits_for_the_customer, wants_pause};
pub(crate) use runs::Runs;
pub use silence::{SilenceRule, SilenceStep};
pub(crate) use silence::{Word, last_word};
pub use standing::Standing;
pub use target::{Budgets, PauseLimit};
pub(crate) use telling::last_of;
pub(crate) use unanswered::unanswered;
pub use value::Value;

use crate::calendar::Term;
use crate::commitment::{AgreementKind, Target};
use crate::{Name, Timestamp};

/// The agreements of one edition of a rulebook, with the metrics that they measure by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The metrics by name, the built-in ones among them. Those are not written out.
    #[serde(serialize_with = "but_the_built_in", skip_serializing_if = "are_built_in")]
    pub metrics: BTreeMap<Name, Metric>,
    /// Whose hours are which.
    #[serde(skip_serializing_if = "CalendarOf::is_empty")]
    pub calendar_of: CalendarOf,
    /// The calendar of whoever has none of his own.
    #[serde(skip)]
    pub own_calendar: Option<Name>,
    /// The agreements. Of several that have a target for a metric, the first that applies to a ticket counts.
    pub agreements: Vec<Agreement>,
    /// A desk's own names for how a ticket stands, and which may follow which.
    #[serde(flatten)]
    pub lifecycle: Lifecycle,
    /// What is to become of matters in which the customer is silent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub silence: Vec<SilenceRule>,
}

fn are_built_in(metrics: &BTreeMap<Name, Metric>) -> bool {
    *metrics == built_in()
}

fn but_the_built_in<S: Serializer>(metrics: &BTreeMap<Name, Metric>, serializer: S) -> Result<S::Ok, S::Error> {
    let built_in = built_in();
    serializer.collect_map(metrics.iter().filter(|(name, metric)| built_in.get(*name) != Some(*metric)))
}

impl Policy {
    /// The agreement of a kind that counts for a metric of a ticket that stands so, of those that owe at an instant: the first that
    /// has a budget for it. Of what has begun, that is the instant at which it began.
    ///
    /// # The first that has a budget for it counts
    ///
    /// ```
    /// # use owed::commitment::Party;
    /// # use owed::policy::Standing;
    /// # use owed::ticket::Author;
    /// # use owed::ContactId;
    /// # let standing = Standing::new(Party::Customer(ContactId::new("c-17")?), Author::Customer);
    /// use owed::commitment::AgreementKind;
    /// use owed::{EditionNumber, Rulebook};
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "urgent", "targets": { "first_response": { "budget": { "high": "1 hour" } } } },
    ///                         { "name": "base", "targets": { "first_response": "4 hours" } },
    ///                         { "name": "never", "targets": { "first_response": "8 hours" } }] }"#,
    /// )?;
    /// let policy = rules.edition(EditionNumber(1)).unwrap().policy();
    /// // A ticket that has just been opened, without a priority.
    /// let (reply, at) = ("first_response".parse()?, "2026-03-06T09:00:00Z".parse()?);
    /// let (agreement, budget) = policy.applying(&reply, AgreementKind::Sla, &standing, at).unwrap();
    /// assert_eq!((agreement.name.as_str(), budget), ("base", "4 hours".parse()?));
    /// assert!(policy.applying(&reply, AgreementKind::Ola, &standing, at).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn applying(
        &self,
        metric: &Name,
        kind: AgreementKind,
        standing: &Standing,
        at: Timestamp,
    ) -> Option<(&Agreement, Term)> {
        let owes = |agreement: &&Agreement| agreement.kind == kind && agreement.out_of_force(at).is_none();
        let mut of_kind = self.agreements.iter().filter(owes);
        of_kind.find_map(|agreement| Some((agreement, agreement.target(metric, standing)?.1)))
    }

    /// What a target comes to for a ticket that stands so.
    fn terms(&self, agreement: &Agreement, rule: &TargetRule, budget: Term, standing: &Standing) -> Target {
        let hours = rule.calendar.as_ref().or(agreement.calendar.as_ref());
        let resolved = hours.and_then(|hours| hours.resolve(&self.calendar_of, standing, self.own_calendar.as_ref()));
        Target {
            budget,
            calendar: resolved.and_then(|resolved| resolved.name()),
            warn: rule.warn.clone(),
            breach_owes: rule.breach_owes.clone(),
            priority: standing.priority.clone(),
        }
    }

    /// Every rule that says by which calendar a target counts, with its place in the edition.
    pub(crate) fn calendar_rules(&self) -> Vec<(String, &CalendarRule)> {
        let mut rules = Vec::new();
        for (index, agreement) in self.agreements.iter().enumerate() {
            let place = |rest: &str| format!("agreements[{index}]{rest}");
            rules.extend(agreement.calendar.as_ref().map(|rule| (place(".calendar"), rule)));
            for (metric, target) in &agreement.targets {
                let place = || place(&format!(".targets.{metric}.calendar"));
                rules.extend(target.calendar.as_ref().map(|rule| (place(), rule)));
            }
        }
        rules
    }

    /// The agreement of this name.
    ///
    /// # By a name that there is not
    ///
    /// ```
    /// use owed::{EditionNumber, Rulebook};
    ///
    /// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// let policy = rules.edition(EditionNumber(1)).unwrap().policy();
    /// assert!(policy.agreement(&"sla".parse()?).is_some());
    /// assert!(policy.agreement(&"gold".parse()?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn agreement(&self, name: &Name) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.name == *name)
    }
}
