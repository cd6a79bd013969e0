//! A desk's own names for how a ticket stands, as someone wrote them.

use alloc::vec::Vec;

use super::{Found, names, word};
use crate::Name;
use crate::document::Entry;
use crate::policy::fact::Status;
use crate::policy::flaw::Flaw;
use crate::policy::lifecycle::{Lifecycle, Mover, is_category};

/// `{"waiting for parts": "on_hold"}`, and `{"waiting for parts": ["open"], "closed": []}`
pub(super) fn lifecycle(
    statuses: Option<&Entry<'_>>,
    transitions: Option<&Entry<'_>>,
    set_by: Option<&Entry<'_>>,
    found: &mut Found,
) -> Lifecycle {
    let mut lifecycle = Lifecycle::default();
    for (name, entry) in statuses.map(|entry| entry.pairs(found)).unwrap_or_default() {
        let (name, category) = (found.keep(&entry.place, Name::new(name)), word::<Status>(&entry, found));
        let (Some(name), Some(category)) = (name, category) else { continue };
        if is_category(&name) {
            found.add(&*entry.place, Flaw::CategoryTaken { name: name.clone() });
        }
        if matches!(category, Status::Solved | Status::Closed) {
            found.add(&*entry.place, Flaw::NoNameFor { category });
        }
        lifecycle.statuses.insert(name, category);
    }
    let mut words: Vec<(alloc::string::String, Name)> = Vec::new();
    for (name, entry) in transitions.map(|entry| entry.pairs(found)).unwrap_or_default() {
        let Some(name) = found.keep(&entry.place, Name::new(name)) else { continue };
        let list = names(&entry, Name::new, found);
        words.push((entry.place.clone(), name.clone()));
        words.extend(list.iter().map(|word| (entry.place.clone(), word.clone())));
        lifecycle.transitions.insert(name, list);
    }
    for (name, entry) in set_by.map(|entry| entry.pairs(found)).unwrap_or_default() {
        let Some(name) = found.keep(&entry.place, Name::new(name)) else { continue };
        let movers: Vec<Mover> = super::words(&entry, found);
        if movers.is_empty() {
            found.add(&*entry.place, Flaw::Nothing);
        }
        if name.as_str() == Status::Solved.word() {
            found.add(&*entry.place, Flaw::AnybodySolves);
        }
        words.push((entry.place.clone(), name.clone()));
        lifecycle.set_by.insert(name, movers);
    }
    for (place, word) in words.into_iter().filter(|(_, word)| !lifecycle.knows(word)) {
        found.add(place, Flaw::UnknownStatus { name: word });
    }
    let entries = statuses.map(|entry| entry.pairs(&mut Found::new())).unwrap_or_default();
    for (name, entry) in entries {
        let known = lifecycle.statuses.get_key_value(name);
        if let Some((name, _)) = known.filter(|(name, category)| !lifecycle.is_reached(name, **category)) {
            found.add(&*entry.place, Flaw::NeverReached { name: name.clone() });
        }
    }
    lifecycle
}
