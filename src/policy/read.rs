//! From what someone wrote to metrics and agreements, with everything that is wrong with them.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::value::{Error as Unreadable, StrDeserializer};

use super::Policy;
use super::agreement::{Agreement, Budgets, PauseLimit, TargetRule};
use super::flaw::Flaw;
use super::metric::{Metric, built_in};
use super::pattern::{Condition, Pattern, PauseRule};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::{Binding, Deliverable, MAX_WARNINGS, Mode, Owner, Warning};
use crate::document::{Entry, Fields, Findings, Node};
use crate::{AgentId, Name, NameError, Priority, Problems, TeamId};

type Found = Findings<Flaw>;

/// The names that an edition gives to calendars, and which of them is its own.
pub(crate) struct CalendarNames<'a> {
    pub(crate) known: &'a dyn Fn(&Name) -> bool,
    pub(crate) own: Option<&'a Name>,
}

impl Policy {
    /// Reads the metrics and agreements that stand somewhere in a document.
    pub(crate) fn read(
        metrics: Option<&Entry<'_>>,
        agreements: Option<&Entry<'_>>,
        calendars: &CalendarNames<'_>,
    ) -> Result<Self, Problems<Flaw>> {
        let mut found = Findings::new();
        let mut known = built_in();
        for (name, entry) in metrics.map(|entry| entry.pairs(&mut found)).unwrap_or_default() {
            let name = found.keep(&entry.place, Name::new(name));
            known.extend(name.zip(metric(&entry, &mut found)));
        }
        for (name, entry) in metrics.map(|entry| entry.pairs(&mut Found::new())).unwrap_or_default() {
            let after = known.get(name).and_then(|metric| metric.after.clone());
            if let Some(after) = after.filter(|after| !known.contains_key(after)) {
                found.add(entry.place, Flaw::UnknownMetric { name: after });
            }
        }
        let mut read: Vec<Agreement> = Vec::new();
        for entry in agreements.map(|entry| entry.list(&mut found)).unwrap_or_default() {
            let Some(agreement) = agreement(&entry, &known, calendars, &mut found) else { continue };
            if read.iter().any(|other| other.name == agreement.name) {
                found.add(entry.place, Flaw::Twice { what: alloc::format!("agreement {}", agreement.name) });
            }
            read.push(agreement);
        }
        found.finish(Some(Self { metrics: known, agreements: read }))
    }
}

fn metric(entry: &Entry<'_>, found: &mut Found) -> Option<Metric> {
    const KEYS: &[&str] = &["deliverable", "start", "after", "stop", "cancel", "reset", "pause", "cycles"];
    let fields = entry.fields(KEYS, found)?;
    let deliverable = fields.required("deliverable", found).and_then(|entry| deliverable(entry, found));
    let start = fields.required("start", found).map(|entry| at_least_one(entry, found));
    let stop = fields.required("stop", found).map(|entry| at_least_one(entry, found));
    let after = fields.optional("after").and_then(|entry| entry.parse(found, Name::new));
    let cancel = fields.optional("cancel").map(|entry| patterns(entry, found)).unwrap_or_default();
    let reset = fields.optional("reset").map(|entry| patterns(entry, found)).unwrap_or_default();
    let pause = fields.optional("pause").map(|entry| pauses(entry, found)).unwrap_or_default();
    let cycles = fields.optional("cycles").and_then(|entry| word(entry, found)).unwrap_or_default();
    Some(Metric { deliverable: deliverable?, start: start?, after, stop: stop?, cancel, reset, pause, cycles })
}

fn deliverable(entry: &Entry<'_>, found: &mut Found) -> Option<Deliverable> {
    if let Node::Text(_) = entry.node {
        return word(entry, found);
    }
    let fields = entry.fields(&["other", "refund"], found)?;
    if let Some(refund) = fields.optional("refund") {
        return word(refund, found).map(Deliverable::Refund);
    }
    fields.required("other", found)?.parse(found, Name::new).map(Deliverable::Other)
}

fn at_least_one(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    if let Node::List(list) = entry.node
        && list.is_empty()
    {
        found.add(&*entry.place, Flaw::NoPattern);
    }
    patterns(entry, found)
}

fn patterns(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| pattern(entry, found)).collect()
}

fn pattern(entry: &Entry<'_>, found: &mut Found) -> Option<Pattern> {
    let kind = entry.pairs(&mut Found::new()).into_iter().find(|(key, _)| *key == "fact");
    let Some((_, kind)) = kind else {
        let fields = entry.fields(&["fact"], found)?;
        fields.required("fact", found);
        return None;
    };
    let fields = |known, found: &mut Found| entry.fields(known, found);
    match kind.text(found)? {
        "opened" => {
            let fields = fields(&["fact", "author"], found)?;
            Some(Pattern::Opened { author: words(&fields, "author", found) })
        }
        "message" => {
            let fields = fields(&["fact", "author", "visibility"], found)?;
            let author = words(&fields, "author", found);
            Some(Pattern::Message { author, visibility: words(&fields, "visibility", found) })
        }
        "status" => {
            let fields = fields(&["fact", "from", "to"], found)?;
            let from = words(&fields, "from", found);
            Some(Pattern::Status { from, to: words(&fields, "to", found) })
        }
        "priority" => fields(&["fact"], found).map(|_| Pattern::Priority {}),
        "assigned" => fields(&["fact"], found).map(|_| Pattern::Assigned {}),
        other => {
            let said = alloc::format!("{other:?} is no fact; write opened, message, status, priority or assigned");
            found.add(kind.place, Flaw::Word { said });
            None
        }
    }
}

fn pauses(entry: &Entry<'_>, found: &mut Found) -> Vec<PauseRule> {
    let list = entry.list(found);
    let rules: Vec<PauseRule> = list.iter().filter_map(|entry| pause(entry, found)).collect();
    for (index, rule) in rules.iter().enumerate() {
        if rules.iter().take(index).any(|other| other.reason == rule.reason) {
            found.add(&*entry.place, Flaw::Twice { what: alloc::format!("the reason {:?}", rule.reason) });
        }
    }
    rules
}

fn pause(entry: &Entry<'_>, found: &mut Found) -> Option<PauseRule> {
    let fields = entry.fields(&["reason", "when"], found)?;
    let reason = fields.required("reason", found).and_then(|entry| entry.parse(found, Name::new));
    let when_entry = fields.required("when", found);
    let when = when_entry.and_then(|entry| condition(entry, found));
    if let (Some(entry), Some(true)) = (when_entry, when.as_ref().map(Condition::is_empty)) {
        found.add(&*entry.place, Flaw::AlwaysPaused);
    }
    Some(PauseRule { reason: reason?, when: when? })
}

fn condition(entry: &Entry<'_>, found: &mut Found) -> Option<Condition> {
    let fields = entry.fields(&["status", "priority"], found)?;
    let list = fields.optional("priority").map(|entry| entry.list(found)).unwrap_or_default();
    let priority = list.iter().filter_map(|entry| entry.parse(found, Priority::new)).collect();
    Some(Condition { status: words(&fields, "status", found), priority })
}

fn agreement(
    entry: &Entry<'_>,
    metrics: &BTreeMap<Name, Metric>,
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
        match metrics.get(&metric) {
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

/// A list of words at a key, or none.
fn words<T: for<'de> Deserialize<'de>>(fields: &Fields<'_>, key: &str, found: &mut Found) -> Vec<T> {
    let list = fields.optional(key).map(|entry| entry.list(found)).unwrap_or_default();
    list.iter().filter_map(|entry| word(entry, found)).collect()
}

/// One of a fixed set of words.
fn word<T: for<'de> Deserialize<'de>>(entry: &Entry<'_>, found: &mut Found) -> Option<T> {
    let read = |text: &str| {
        T::deserialize(StrDeserializer::<Unreadable>::new(text)).map_err(|error| Flaw::Word { said: error.to_string() })
    };
    entry.parse(found, read)
}
