//! From what someone wrote to metrics and agreements, with everything that is wrong with them.

mod agreement;
mod calendar_rule;
mod condition;
mod lifecycle;
mod may_promise;
mod metric;
mod pattern;
mod preset;
mod silence;
mod simple;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::value::{Error as Unreadable, StrDeserializer};

use super::Policy;
use super::agreement::Agreement;
use super::built_in::built_in;
use super::calendar_rule::CalendarOf;
use super::flaw::Flaw;
use super::metric::Metric;
use crate::document::{Entry, Findings, known_words};
use crate::{Name, NameError, Problems};

pub(crate) use agreement::one_or_several;
pub(crate) use condition::condition as read_condition;
pub(crate) use may_promise::may_promise as read_may_promise;
pub(crate) use pattern::{pattern as read_pattern, patterns as read_patterns};

pub(crate) type Found = Findings<Flaw>;

/// The names that an edition gives to calendars, and which of them is its own; and those of its ladders.
pub(crate) struct CalendarNames<'a> {
    pub(crate) known: &'a dyn Fn(&Name) -> bool,
    pub(crate) own: Option<&'a Name>,
    /// The names that it gives to ladders.
    pub(crate) ladder: &'a dyn Fn(&Name) -> bool,
}

/// The metrics of an edition, and the names of all that it means to have.
struct Metrics<'a> {
    known: &'a BTreeMap<Name, Metric>,
    named: &'a BTreeSet<Name>,
}

/// Where the parts of a policy stand in a document.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a, 'd> {
    pub(crate) metrics: Option<&'a Entry<'d>>,
    pub(crate) agreements: Option<&'a Entry<'d>>,
    pub(crate) agreement: Option<&'a Entry<'d>>,
    pub(crate) presets: Option<&'a Entry<'d>>,
    pub(crate) calendar_of: Option<&'a Entry<'d>>,
    pub(crate) statuses: Option<&'a Entry<'d>>,
    pub(crate) transitions: Option<&'a Entry<'d>>,
    pub(crate) set_by: Option<&'a Entry<'d>>,
    pub(crate) silence: Option<&'a Entry<'d>>,
    pub(crate) customer_silent: Option<&'a Entry<'d>>,
}

impl Policy {
    /// Reads the metrics and agreements that stand somewhere in a document.
    pub(crate) fn read(parts: Parts<'_, '_>, calendars: &CalendarNames<'_>) -> Result<Self, Problems<Flaw>> {
        let Parts { metrics, agreements, agreement, presets, calendar_of, silence, customer_silent, .. } = parts;
        let mut found = Findings::new();
        let mut known = built_in();
        // A metric that is named and could not be read is not missing as well.
        let mut named: BTreeSet<Name> = known.keys().cloned().collect();
        for (name, entry) in metrics.map(|entry| entry.pairs(&mut found)).unwrap_or_default() {
            let name = found.keep(&entry.place, Name::new(name));
            named.extend(name.clone());
            known.extend(name.zip(metric::read(&entry, &mut found)));
        }
        let presets = presets.map(|entry| entry.list(&mut found)).unwrap_or_default();
        let presets: Vec<_> = presets.iter().filter_map(|entry| preset::chosen(entry, &mut found)).collect();
        // A metric of the rulebook's own comes before one of a preset, as before a built-in one.
        for (name, metric) in presets.iter().flat_map(|chosen| chosen.preset.metrics()) {
            if named.insert(name.clone()) {
                known.insert(name, metric);
            }
        }
        for (name, entry) in metrics.map(|entry| entry.pairs(&mut Found::new())).unwrap_or_default() {
            let after = known.get(name).and_then(|metric| metric.after.clone());
            let place = alloc::format!("{}.after", entry.place);
            let next = |name: &Name| known.get(name).and_then(|metric| metric.after.clone());
            let awaited = core::iter::successors(after.clone(), next).take(known.len());
            if awaited.into_iter().any(|awaited| awaited.as_str() == name) {
                found.add(&*place, Flaw::AfterItself);
            }
            if let Some(after) = after.filter(|after| !named.contains(after)) {
                found.add(place, Flaw::UnknownMetric { name: after });
            }
        }
        let terms = Metrics { known: &known, named: &named };
        let mut read: Vec<(String, Agreement)> = Vec::new();
        for entry in agreements.map(|entry| entry.list(&mut found)).unwrap_or_default() {
            let agreement = agreement::read(&entry, &terms, calendars, &mut found);
            read.extend(agreement.map(|agreement| (entry.place, agreement)));
        }
        for chosen in &presets {
            let agreements = preset::read(chosen, &terms, calendars, &mut found);
            read.extend(agreements.into_iter().map(|agreement| (chosen.place.clone(), agreement)));
        }
        // Those that stand in the list are for some tickets or for all; the simple one is for all that are left.
        if let Some(entry) = agreement {
            let agreement = simple::read(entry, &terms, calendars, &mut found);
            read.extend(agreement.map(|agreement| (entry.place.clone(), agreement)));
        }
        for (index, (place, agreement)) in read.iter().enumerate() {
            if read.iter().take(index).any(|(_, other)| other.name == agreement.name) {
                found.add(&**place, Flaw::Twice { what: alloc::format!("agreement {}", agreement.name) });
            }
        }
        let mut rules = silence.map(|entry| silence::rules(entry, calendars, &mut found)).unwrap_or_default();
        rules.extend(customer_silent.and_then(|entry| silence::customer_silent(entry, calendars, &mut found)));
        for (index, rule) in rules.iter().enumerate() {
            if rules.iter().take(index).any(|other| other.name == rule.name) {
                found.add("silence", Flaw::Twice { what: alloc::format!("the rule {}", rule.name) });
            }
        }
        let calendar_of = calendar_of.map(|entry| calendar_rule::calendar_of(entry, calendars, &mut found));
        let own_calendar = calendars.own.cloned();
        let lifecycle = lifecycle::lifecycle(parts.statuses, parts.transitions, parts.set_by, &mut found);
        found.finish(Some(Self {
            metrics: known,
            calendar_of: calendar_of.unwrap_or_else(CalendarOf::default),
            own_calendar,
            agreements: read.into_iter().map(|(_, agreement)| agreement).collect(),
            lifecycle,
            silence: rules,
        }))
    }
}

/// A list of words.
fn words<T: for<'de> Deserialize<'de>>(entry: &Entry<'_>, found: &mut Found) -> Vec<T> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| word(entry, found)).collect()
}

/// A list of names.
fn names<T>(entry: &Entry<'_>, read: impl Fn(&str) -> Result<T, NameError>, found: &mut Found) -> Vec<T> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| entry.parse(found, &read)).collect()
}

/// One of a fixed set of words.
fn word<T: for<'de> Deserialize<'de>>(entry: &Entry<'_>, found: &mut Found) -> Option<T> {
    let read = |text: &str| {
        T::deserialize(StrDeserializer::<Unreadable>::new(text)).map_err(|error| Flaw::Word {
            word: text.into(),
            known: known_words::<T>(),
            said: error.to_string(),
        })
    };
    entry.parse(found, read)
}
