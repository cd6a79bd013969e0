//! Agreements and their targets, as someone wrote them.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::metric::{condition, pauses};
use super::{CalendarNames, Found, Metrics, word};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::{Binding, MAX_WARNINGS, Mode, Owner, Warning};
use crate::document::{Entry, Fields, Node};
use crate::policy::agreement::{Agreement, Budgets, PauseLimit, TargetRule};
use crate::policy::flaw::Flaw;
use crate::policy::pattern::Condition;
use crate::{AgentId, Name, NameError, Priority, TeamId};

pub(super) fn read(
    entry: &Entry<'_>,
    metrics: &Metrics<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<Agreement> {
    const KEYS: &[&str] = &["name", "when", "binding", "owner", "calendar", "on_priority_change", "targets"];
    let fields = entry.fields(KEYS, found)?;
    let name = fields.required("name", found).and_then(|entry| entry.parse(found, Name::new));
    let when = fields.optional("when").map_or(Some(Condition::default()), |entry| condition(entry, found));
    let binding = fields.optional("binding").map_or(Some(Binding::Goal), |entry| word(entry, found));
    let owner = match fields.optional("owner") {
        Some(entry) => owner(entry, found),
        None => found.keep(&entry.place, desk()),
    };
    let calendar = calendar(&fields, calendars, found).or_else(|| calendars.own.cloned());
    let on_change = fields.optional("on_priority_change").map_or(Some(Mode::default()), |entry| word(entry, found));
    let mut targets = BTreeMap::new();
    let pairs = fields.required("targets", found).map(|entry| entry.pairs(found)).unwrap_or_default();
    for (metric, entry) in pairs {
        let Some(metric) = found.keep(&entry.place, Name::new(metric)) else { continue };
        let Some(rule) = target(&entry, calendar.as_ref(), calendars, found) else { continue };
        match metrics.known.get(&metric) {
            None if metrics.named.contains(&metric) => {}
            None => found.add(&*entry.place, Flaw::UnknownMetric { name: metric.clone() }),
            Some(data) => {
                let pauses = !rule.pauses(data).is_empty();
                if pauses && binding == Some(Binding::Promised) && rule.pausable.is_none() {
                    found.add(&*entry.place, Flaw::PromiseWithoutAllowance);
                }
            }
        }
        targets.insert(metric, rule);
    }
    Some(Agreement {
        name: name?,
        when: when?,
        binding: binding?,
        owner: owner?,
        calendar,
        on_priority_change: on_change?,
        targets,
    })
}

fn desk() -> Result<Owner, NameError> {
    Ok(Owner { team: TeamId::new("desk")?, agent: None })
}

fn owner(entry: &Entry<'_>, found: &mut Found) -> Option<Owner> {
    let fields = entry.fields(&["team", "agent"], found)?;
    let team = fields.required("team", found).and_then(|entry| entry.parse(found, TeamId::new));
    let agent = fields.optional("agent").and_then(|entry| entry.parse(found, AgentId::new));
    Some(Owner { team: team?, agent })
}

/// A target: `"4 working hours"`, or with more to say, `{"budget": …, "warn": […], …}`.
fn target(
    entry: &Entry<'_>,
    of_agreement: Option<&Name>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<TargetRule> {
    let plain = |budget| TargetRule { budget, calendar: None, warn: Vec::new(), pause: None, pausable: None };
    let rule = if let Node::Text(_) = entry.node {
        plain(budgets(entry, found)?)
    } else {
        let fields = entry.fields(&["budget", "calendar", "warn", "pause", "pausable"], found)?;
        let budget = fields.required("budget", found).and_then(|entry| budgets(entry, found));
        let calendar = calendar(&fields, calendars, found);
        let warn = fields.optional("warn").map(|entry| warnings(entry, found)).unwrap_or_default();
        let pause = fields.optional("pause").map(|entry| pauses(entry, found));
        let pausable = fields.optional("pausable").and_then(|entry| pause_limit(entry, found));
        TargetRule { calendar, warn, pause, pausable, ..plain(budget?) }
    };
    let before = |warning: &Warning| match warning {
        Warning::Before(amount) => Some(*amount),
        Warning::Percent(_) => None,
    };
    let amounts: Vec<Amount> = rule.budget.all().chain(rule.warn.iter().filter_map(before)).collect();
    let working = amounts.iter().any(|amount| matches!(amount, Amount::Working(_)));
    if working && rule.calendar.as_ref().or(of_agreement).is_none() {
        found.add(&*entry.place, Flaw::NoCalendar);
    }
    Some(rule)
}

fn budgets(entry: &Entry<'_>, found: &mut Found) -> Option<Budgets> {
    if let Node::Text(_) = entry.node {
        let amount = more_than_nothing(entry, found)?;
        return Some(Budgets { by_priority: BTreeMap::new(), otherwise: Some(amount) });
    }
    let mut budgets = Budgets::default();
    let pairs = entry.pairs(found);
    if pairs.is_empty() {
        found.add(&*entry.place, Flaw::NoBudget);
    }
    for (key, entry) in pairs {
        let amount = more_than_nothing(&entry, found);
        if key == "otherwise" {
            budgets.otherwise = amount;
        } else {
            let priority = found.keep(&entry.place, Priority::new(key));
            budgets.by_priority.extend(priority.zip(amount));
        }
    }
    Some(budgets)
}

fn more_than_nothing(entry: &Entry<'_>, found: &mut Found) -> Option<Amount> {
    let amount = entry.parse(found, str::parse::<Amount>)?;
    if amount.as_micros() == 0 {
        found.add(&*entry.place, Flaw::Zero);
    }
    Some(amount)
}

fn warnings(entry: &Entry<'_>, found: &mut Found) -> Vec<Warning> {
    let mut read: Vec<Warning> = Vec::new();
    for item in entry.list(found) {
        let Some(warning) = item.parse(found, str::parse::<Warning>) else { continue };
        if read.contains(&warning) {
            found.add(item.place, Flaw::Twice { what: warning.to_string() });
        }
        read.push(warning);
    }
    if read.len() > MAX_WARNINGS {
        found.add(&*entry.place, Flaw::TooManyWarnings);
    }
    read
}

fn pause_limit(entry: &Entry<'_>, found: &mut Found) -> Option<PauseLimit> {
    let fields = entry.fields(&["total", "once"], found)?;
    let mut amount = |entry: &Entry<'_>| {
        let time = entry.parse(found, str::parse::<ElapsedTime>)?;
        if time == ElapsedTime::ZERO {
            found.add(&*entry.place, Flaw::Zero);
        }
        Some(time)
    };
    let once = fields.optional("once").and_then(&mut amount);
    let total = fields.optional("total").and_then(&mut amount);
    if fields.optional("total").is_none() {
        fields.required("total", found);
    }
    Some(PauseLimit { total: total?, once })
}

fn calendar(fields: &Fields<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Option<Name> {
    let entry = fields.optional("calendar")?;
    let name = entry.parse(found, Name::new)?;
    if !(calendars.known)(&name) {
        found.add(&*entry.place, Flaw::UnknownCalendar { name: name.clone() });
    }
    Some(name)
}
