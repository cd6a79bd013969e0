//! Rules of silence, as someone wrote them.

use alloc::format;
use alloc::vec::Vec;

use super::condition::condition;
use super::{CalendarNames, Found};
use crate::calendar::Term;
use crate::commitment::roughly;
use crate::document::{Entry, Fields};
use crate::policy::condition::{Clause, Condition};
use crate::policy::fact::Status;
use crate::policy::flaw::Flaw;
use crate::policy::silence::SilenceRule;
use crate::{FormFlaw, Name};

/// How often the customer is reminded, at the least, before a matter is closed that is not solved.
const REMINDERS: usize = 2;

/// `[{"name": "customer_silent", "while": {"status": ["pending"]}, "remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days"}]`
pub(super) fn rules(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Vec<SilenceRule> {
    let mut rules: Vec<SilenceRule> = Vec::new();
    for entry in entry.list(found) {
        let Some(fields) = entry.fields(&["name", "while", "remind", "warn", "close"], found) else { continue };
        let name = fields.required("name", found).and_then(|entry| entry.parse(found, Name::new));
        let holds = fields.required("while", found).and_then(|entry| {
            let holds = condition(entry, found)?;
            if holds.is_empty() {
                found.add(&*entry.place, Flaw::AlwaysSilent);
            }
            Some(holds)
        });
        let (Some(name), Some(holds)) = (name, holds) else { continue };
        rules.extend(rule(name, holds, &entry, &fields, calendars, found));
    }
    rules
}

/// `{"remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days"}`: a rule for tickets that wait for the customer.
pub(super) fn customer_silent(
    entry: &Entry<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<SilenceRule> {
    let fields = entry.fields(&["remind", "warn", "close"], found)?;
    let name = found.keep(&entry.place, Name::new("customer_silent"))?;
    let holds = Condition(Vec::from([Clause::Status(Vec::from([Status::Pending]))]));
    rule(name, holds, entry, &fields, calendars, found)
}

fn rule(
    name: Name,
    holds: Condition,
    entry: &Entry<'_>,
    fields: &Fields<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Option<SilenceRule> {
    let before = found.count();
    let mut last = 0;
    let mut step = |entry: &Entry<'_>, found: &mut Found| {
        let term = entry.parse(found, str::parse::<Term>)?;
        let so_long = roughly(term).as_micros();
        if so_long == 0 {
            found.add(&*entry.place, Flaw::Zero);
        } else if so_long <= last {
            found.add(&*entry.place, Flaw::StepsBackwards { term });
        }
        if term.needs_calendar() && calendars.own.is_none() {
            found.add(&*entry.place, Flaw::NoCalendar);
        }
        last = so_long;
        Some(term)
    };
    let remind = fields.optional("remind").map(|entry| entry.list(found)).unwrap_or_default();
    let remind: Vec<Term> = remind.iter().filter_map(|entry| step(entry, found)).collect();
    let warn = fields.optional("warn").and_then(|entry| step(entry, found));
    let close = fields.optional("close").and_then(|entry| step(entry, found));
    if fields.optional("warn").is_some() && fields.optional("close").is_none() {
        found.add(format!("{}.warn", entry.place), FormFlaw::MissingKey { key: "close" });
    }
    if found.count() > before {
        return None;
    }
    let rule = SilenceRule { name, holds, remind, warn, close };
    if rule.steps().next().is_none() {
        found.add(&*entry.place, Flaw::Nothing);
    }
    let given_up = rule.close.is_some() && !rule.is_about_the_solved();
    if given_up && (rule.remind.len() < REMINDERS || rule.warn.is_none()) {
        found.add(&*entry.place, Flaw::GivenUpUnwarned);
    }
    Some(rule)
}
