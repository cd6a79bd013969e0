//! Agreements and their targets, as someone wrote them.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::calendar_rule::hours;
use super::condition::condition;
use super::metric::deliverable;
use super::pattern::{patterns, pauses};
use super::{CalendarNames, Found, Metrics, word};
use crate::calendar::{CivilTime, ElapsedTime, Term};
use crate::commitment::{
    AgreementKind, Binding, BreachOwes, Deliverable, MAX_WARNINGS, OnPriorityChange, Owner, Warning,
};
use crate::document::{Entry, Node};
use crate::policy::agreement::{Agreement, OnReturn, TargetRule};
use crate::policy::calendar_rule::CalendarRule;
use crate::policy::condition::Condition;
use crate::policy::flaw::Flaw;
use crate::policy::merge::OnMerge;
use crate::policy::target::{Budgets, PauseLimit};
use crate::{AgentId, Name, Priority, TeamId, Timestamp};

pub(super) fn read(
    entry: &Entry<'_>,
    metrics: &Metrics<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<Agreement> {
    const KEYS: &[&str] = &[
        "name",
        "kind",
        "when",
        "from",
        "until",
        "binding",
        "owner",
        "calendar",
        "on_priority_change",
        "on_return",
        "on_merge",
        "targets",
    ];
    let fields = entry.fields(KEYS, found)?;
    let name = fields.required("name", found).and_then(|entry| entry.parse(found, Name::new));
    let kind = fields.optional("kind").map_or(Some(AgreementKind::Sla), |entry| word(entry, found));
    let when = fields.optional("when").map_or(Some(Condition::default()), |entry| condition(entry, found));
    let from = fields.optional("from").and_then(|entry| entry.parse(found, str::parse::<Timestamp>));
    let until = fields.optional("until").and_then(|entry| entry.parse(found, str::parse::<Timestamp>));
    if let Some((from, until)) = from.zip(until).filter(|(from, until)| until <= from) {
        found.add(&*entry.place, Flaw::NeverInForce { from, until });
    }
    let binding = fields.optional("binding").map_or(Some(Binding::Goal), |entry| word(entry, found));
    let owner = match fields.optional("owner") {
        Some(entry) => owner(entry, found),
        None => desk(entry, found),
    };
    let calendar = fields.optional("calendar").and_then(|entry| hours(entry, calendars, found));
    let calendar = calendar.or_else(|| calendars.own.cloned().map(CalendarRule::Named));
    let on_change =
        fields.optional("on_priority_change").map_or(Some(OnPriorityChange::default()), |entry| word(entry, found));
    let on_return = fields.optional("on_return").map_or(Some(OnReturn::default()), |entry| word(entry, found));
    let on_merge = fields.optional("on_merge").map_or(Some(OnMerge::default()), |entry| word(entry, found));
    let pairs = fields.required("targets", found).map(|entry| entry.pairs(found)).unwrap_or_default();
    let mut targets = BTreeMap::new();
    for (metric, entry) in pairs {
        let Some(metric) = found.keep(&entry.place, Name::new(metric)) else { continue };
        let Some(rule) = target(&entry, None, calendar.as_ref(), calendars, found) else { continue };
        fits(&metric, &rule, binding, metrics, &entry, found);
        targets.insert(metric, rule);
    }
    Some(Agreement {
        name: name?,
        kind: kind?,
        when: when?,
        from,
        until,
        binding: binding?,
        owner: owner?,
        calendar,
        on_priority_change: on_change?,
        on_return: on_return?,
        on_merge: on_merge?,
        targets,
    })
}

/// Whether a target has a metric, and what is promised has a bound.
pub(super) fn fits(
    metric: &Name,
    rule: &TargetRule,
    binding: Option<Binding>,
    metrics: &Metrics<'_>,
    entry: &Entry<'_>,
    found: &mut Found,
) {
    match metrics.known.get(metric) {
        None if metrics.named.contains(metric) => {}
        None => found.add(&*entry.place, Flaw::UnknownMetric { name: metric.clone() }),
        Some(data) => {
            let pauses = !rule.pauses(data).is_empty();
            if pauses && binding == Some(Binding::Promised) && rule.pausable.is_none() {
                found.add(&*entry.place, Flaw::PromiseWithoutAllowance);
            }
        }
    }
}

/// Who answers where nobody is named.
pub(super) fn desk(entry: &Entry<'_>, found: &mut Found) -> Option<Owner> {
    found.keep(&entry.place, TeamId::new("desk")).map(|team| Owner { team, agent: None })
}

pub(super) fn owner(entry: &Entry<'_>, found: &mut Found) -> Option<Owner> {
    let fields = entry.fields(&["team", "agent"], found)?;
    let team = fields.required("team", found).and_then(|entry| entry.parse(found, TeamId::new));
    let agent = fields.optional("agent").and_then(|entry| entry.parse(found, AgentId::new));
    Some(Owner { team: team?, agent })
}

/// What a target that says more than its budget may say.
pub(super) const TARGET_KEYS: &[&str] = &[
    "budget",
    "calendar",
    "warn",
    "pause",
    "pausable",
    "also",
    "cycles",
    "unanswered",
    "breach_owes",
    "ladder",
    "source",
];

/// A target: `"4 working hours"`, or with more to say, `{"budget": …, "warn": […], …}`.
///
/// What is not written is as in `base`, if there is a target that this one replaces.
pub(super) fn target(
    entry: &Entry<'_>,
    base: Option<&TargetRule>,
    of_agreement: Option<&CalendarRule>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<TargetRule> {
    let plain = || base.cloned().unwrap_or_else(|| TargetRule::new(Budgets::default()));
    let rule = if let Node::Text(_) = entry.node {
        TargetRule { budget: budgets(entry, found)?, ..plain() }
    } else {
        let fields = entry.fields(TARGET_KEYS, found)?;
        let budget = match (fields.optional("budget"), base) {
            (None, Some(base)) => Some(base.budget.clone()),
            (Some(entry), _) => budgets(entry, found),
            (None, None) => {
                fields.required("budget", found);
                None
            }
        };
        let calendar = fields.optional("calendar").and_then(|entry| hours(entry, calendars, found));
        let warn = fields.optional("warn").map(|entry| warnings(entry, found));
        let pause = fields.optional("pause").map(|entry| pauses(entry, found));
        let pausable = fields.optional("pausable").and_then(|entry| pause_limit(entry, found));
        let also = fields.optional("also").map(|entry| patterns(entry, found));
        let cycles = fields.optional("cycles").and_then(|entry| word(entry, found));
        let unanswered = fields.optional("unanswered").map(|entry| word(entry, found));
        let breach_owes = fields.optional("breach_owes").and_then(|entry| breach_owes(entry, found));
        let ladder = fields.optional("ladder").map(|entry| climbed(entry, calendars, found));
        let source = fields.optional("source").and_then(|entry| entry.parse(found, Name::new));
        let plain = plain();
        TargetRule {
            budget: budget?,
            calendar: calendar.or(plain.calendar),
            warn: warn.unwrap_or(plain.warn),
            pause: pause.or(plain.pause),
            pausable: pausable.or(plain.pausable),
            also: also.unwrap_or(plain.also),
            cycles: cycles.or(plain.cycles),
            unanswered: unanswered.unwrap_or(Some(plain.unanswered))?,
            breach_owes: breach_owes.or(plain.breach_owes),
            ladder: ladder.or(plain.ladder),
            source: source.or(plain.source),
        }
    };
    has_hours(&rule, of_agreement, calendars, entry, found);
    Some(rule)
}

/// Whether a target that cannot be counted without a calendar has one.
pub(super) fn has_hours(
    rule: &TargetRule,
    of_agreement: Option<&CalendarRule>,
    calendars: &CalendarNames<'_>,
    entry: &Entry<'_>,
    found: &mut Found,
) {
    let none = match rule.calendar.as_ref().or(of_agreement) {
        Some(hours) => calendars.own.is_none() && hours.may_find_none(),
        None => true,
    };
    if needs_hours(rule) && none {
        found.add(&*entry.place, Flaw::NoCalendar);
    }
}

/// Whether something in it cannot be counted without a calendar.
fn needs_hours(rule: &TargetRule) -> bool {
    let owed = rule.breach_owes.as_ref().is_some_and(|owes| owes.within.needs_calendar());
    owed || rule.budget.all().any(Term::needs_calendar) || rule.warn.iter().any(Warning::needs_calendar)
}

/// `{"deliverable": "explanation", "within": "1 business day", "depth": 1}`
fn breach_owes(entry: &Entry<'_>, found: &mut Found) -> Option<BreachOwes> {
    let fields = entry.fields(&["deliverable", "within", "depth"], found)?;
    let what = fields.optional("deliverable").map_or(Some(Deliverable::Explanation), |entry| deliverable(entry, found));
    let within = fields.required("within", found).and_then(|entry| more_than_nothing(entry, found));
    let depth = fields.optional("depth").map_or(Some(1), |entry| {
        let depth = entry.int(found).and_then(|depth| u8::try_from(depth).ok()).filter(|depth| *depth > 0);
        if depth.is_none() {
            found.add(&*entry.place, Flaw::Depth);
        }
        depth
    });
    Some(BreachOwes { deliverable: what?, within: within?, depth: depth? })
}

pub(super) fn budgets(entry: &Entry<'_>, found: &mut Found) -> Option<Budgets> {
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

fn more_than_nothing(entry: &Entry<'_>, found: &mut Found) -> Option<Term> {
    let term = entry.parse(found, str::parse::<Term>)?;
    if is_nothing(term) {
        found.add(&*entry.place, Flaw::Zero);
    }
    Some(term)
}

fn is_nothing(term: Term) -> bool {
    match term {
        Term::Working(time) => time.as_micros() == 0,
        Term::Elapsed(time) => time.as_micros() == 0,
        Term::Business(days) => days.days == 0,
        Term::Civil(CivilTime::Days(count) | CivilTime::Weeks(count) | CivilTime::Months(count)) => count == 0,
    }
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

/// The ladders that a target climbs, if there are such.
fn climbed(entry: &Entry<'_>, names: &CalendarNames<'_>, found: &mut Found) -> Vec<Name> {
    let climbed = one_or_several(entry, found);
    for name in climbed.iter().filter(|name| !(names.ladder)(name)) {
        found.add(&*entry.place, Flaw::UnknownLadder { name: name.clone() });
    }
    climbed
}

/// `"breach"` or `["warning", "breach"]`
pub(crate) fn one_or_several(entry: &Entry<'_>, found: &mut Found) -> Vec<Name> {
    match entry.node {
        Node::Text(_) => entry.parse(found, Name::new).into_iter().collect(),
        _ => super::names(entry, Name::new, found),
    }
}
