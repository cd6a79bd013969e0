//! What each role may promise, as someone wrote it.

use alloc::collections::BTreeMap;

use super::metric::deliverable;
use super::{CalendarNames, Found};
use crate::calendar::Term;
use crate::commitment::{MayPromise, Permit};
use crate::document::Entry;
use crate::policy::flaw::Flaw;
use crate::{Name, Problems};

/// `{"front line": [{"deliverable": ["reply"], "no_later": "2 business days"}], "ai": []}`
pub(crate) fn may_promise(entry: &Entry<'_>, calendars: &CalendarNames<'_>) -> Result<MayPromise, Problems<Flaw>> {
    let mut found = Found::new();
    let mut roles = BTreeMap::new();
    for (role, entry) in entry.pairs(&mut found) {
        let role = found.keep(&entry.place, Name::new(role));
        let permits = entry.list(&mut found);
        let permits = permits.iter().filter_map(|entry| permit(entry, calendars, &mut found)).collect();
        roles.extend(role.map(|role| (role, permits)));
    }
    found.finish(Some(MayPromise(roles)))
}

fn permit(entry: &Entry<'_>, calendars: &CalendarNames<'_>, found: &mut Found) -> Option<Permit> {
    let fields = entry.fields(&["deliverable", "no_sooner", "no_later"], found)?;
    let deliverables = fields.optional("deliverable").map(|entry| entry.list(found)).unwrap_or_default();
    let deliverable = deliverables.iter().filter_map(|entry| deliverable(entry, found)).collect();
    let mut term = |key: &str| {
        let entry = fields.optional(key)?;
        let term = entry.parse(found, str::parse::<Term>)?;
        if term.needs_calendar() && calendars.own.is_none() {
            found.add(&*entry.place, Flaw::NoCalendar);
        }
        Some((entry.place.clone(), term))
    };
    let (no_sooner, no_later) = (term("no_sooner"), term("no_later"));
    if let (Some((_, no_sooner)), Some((place, no_later))) = (&no_sooner, &no_later)
        && no_later.is_shorter_than(*no_sooner)
    {
        found.add(place.clone(), Flaw::NeverPromised { no_sooner: *no_sooner, no_later: *no_later });
    }
    Some(Permit { deliverable, no_sooner: no_sooner.map(|(_, term)| term), no_later: no_later.map(|(_, term)| term) })
}
