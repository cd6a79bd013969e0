//! The one agreement of a small desk, as it is written: metrics, and how much time each gets.

use alloc::collections::BTreeMap;

use super::agreement::{TARGET_KEYS, budgets, desk, fits, has_hours, target};
use super::{CalendarNames, Found, Metrics};
use crate::Name;
use crate::commitment::{AgreementKind, Binding, OnPriorityChange};
use crate::document::{Entry, Node};
use crate::policy::agreement::{Agreement, OnReturn, TargetRule};
use crate::policy::calendar_rule::CalendarRule;
use crate::policy::condition::Condition;
use crate::policy::flaw::Flaw;
use crate::policy::merge::OnMerge;

/// `{"first_response": "4 working hours", "resolution": "5 business days"}`
///
/// It is an agreement like any other: `sla`, for every ticket, the desk's own goal, by the edition's own calendar.
pub(super) fn read(
    entry: &Entry<'_>,
    metrics: &Metrics<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<Agreement> {
    let calendar = calendars.own.cloned().map(CalendarRule::Named);
    let mut targets = BTreeMap::new();
    let before = found.count();
    let pairs = entry.pairs(found);
    if pairs.is_empty() && found.count() == before {
        found.add(&*entry.place, Flaw::Nothing);
    }
    for (metric, entry) in pairs {
        let Some(metric) = found.keep(&entry.place, Name::new(meant(metric, metrics))) else { continue };
        let Some(rule) = brief(&entry, calendar.as_ref(), calendars, found) else { continue };
        fits(&metric, &rule, Some(Binding::Goal), metrics, &entry, found);
        if targets.contains_key(&metric) {
            found.add(&*entry.place, Flaw::Twice { what: alloc::format!("the metric {metric}") });
        }
        targets.insert(metric, rule);
    }
    Some(Agreement {
        name: found.keep(&entry.place, Name::new("sla"))?,
        kind: AgreementKind::Sla,
        when: Condition::default(),
        from: None,
        until: None,
        binding: Binding::Goal,
        owner: desk(entry, found)?,
        calendar,
        on_priority_change: OnPriorityChange::default(),
        on_return: OnReturn::default(),
        on_merge: OnMerge::default(),
        targets,
    })
}

/// The metric that a word means: people say resolution for the first one, unless they have defined another.
fn meant<'a>(word: &'a str, metrics: &Metrics<'_>) -> &'a str {
    if word == "resolution" && !metrics.named.contains(word) { "first_resolution" } else { word }
}

/// An amount, or one for each priority, or a target as it is written elsewhere.
fn brief(
    entry: &Entry<'_>,
    of_agreement: Option<&CalendarRule>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<TargetRule> {
    match entry.node {
        Node::Map(pairs) if !pairs.iter().any(|(key, _)| TARGET_KEYS.contains(&key.as_str())) => {
            let rule = TargetRule::new(budgets(entry, found)?);
            has_hours(&rule, of_agreement, calendars, entry, found);
            Some(rule)
        }
        _ => target(entry, None, of_agreement, calendars, found),
    }
}
