//! Whose hours count, as someone wrote it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{CalendarNames, Found};
use crate::document::{Entry, Node};
use crate::policy::calendar_rule::{CalendarOf, CalendarRule, Whose};
use crate::policy::flaw::Flaw;
use crate::{ContactId, Name, NameError, TeamId};

/// `"office"`, `{"of": "team"}`, `{"union": […]}`, `{"intersection": […]}`
pub(super) fn hours(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Option<CalendarRule> {
    if let Node::Text(_) = entry.node {
        return named(entry, calendars, found).map(CalendarRule::Named);
    }
    let fields = entry.fields(&["of", "union", "intersection"], found)?;
    match (fields.optional("of"), fields.optional("union"), fields.optional("intersection")) {
        (Some(of), None, None) => of.parse(found, whose).map(CalendarRule::Of),
        (None, Some(list), None) => parts(list, calendars, found).map(CalendarRule::Union),
        (None, None, Some(list)) => parts(list, calendars, found).map(CalendarRule::Intersection),
        _ => {
            found.add(&*entry.place, Flaw::OneOfHours);
            None
        }
    }
}

fn parts(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Option<Vec<CalendarRule>> {
    let list = entry.list(found);
    if list.is_empty() {
        found.add(&*entry.place, Flaw::Nothing);
    }
    let read: Vec<_> = list.iter().map(|entry| hours(entry, calendars, found)).collect();
    read.into_iter().collect()
}

fn whose(text: &str) -> Result<Whose, Flaw> {
    let known = Whose::ALL.into_iter().find(|whose| whose.word() == text);
    known.ok_or_else(|| {
        let said = alloc::format!("{text:?} has no hours; write team, customer or ticket");
        Flaw::Word { word: text.into(), known: &["team", "customer", "ticket"], said }
    })
}

pub(super) fn named(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Option<Name> {
    let name = entry.parse(found, Name::new)?;
    if !(calendars.known)(&name) {
        found.add(&*entry.place, Flaw::UnknownCalendar { name: name.clone() });
    }
    Some(name)
}

/// `{"teams": {"network": "zurich"}, "customers": {…}, "organisations": {…}}`
pub(super) fn calendar_of(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> CalendarOf {
    let Some(fields) = entry.fields(&["teams", "customers", "organisations"], found) else {
        return CalendarOf::default();
    };
    CalendarOf {
        teams: by_name(fields.optional("teams"), TeamId::new, calendars, found),
        customers: by_name(fields.optional("customers"), ContactId::new, calendars, found),
        organisations: by_name(fields.optional("organisations"), Name::new, calendars, found),
    }
}

fn by_name<K: Ord>(
    entry: Option<&Entry<'_>>,
    key: impl Fn(&str) -> Result<K, NameError>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> BTreeMap<K, Name> {
    let pairs = entry.map(|entry| entry.pairs(found)).unwrap_or_default();
    let read = pairs.into_iter().filter_map(|(text, entry)| {
        let key = found.keep(&entry.place, key(text));
        key.zip(named(&entry, calendars, found))
    });
    read.collect()
}
