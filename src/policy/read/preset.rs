//! Duties of law that a rulebook names, with what it says otherwise of them.

use alloc::string::String;
use alloc::vec::Vec;

use super::agreement::{desk, fits, has_hours, owner, target};
use super::calendar_rule::hours;
use super::condition::condition;
use super::{CalendarNames, Found, Metrics, word};
use crate::Timestamp;
use crate::document::{Entry, Fields, Node};
use crate::policy::agreement::Agreement;
use crate::policy::calendar_rule::CalendarRule;
use crate::policy::flaw::Flaw;
use crate::policy::preset::{Preset, PresetTerms};

/// A preset that is named somewhere in a document.
pub(super) struct Chosen<'a> {
    pub(super) preset: &'static Preset,
    pub(super) place: String,
    entry: Entry<'a>,
    otherwise: Option<Fields<'a>>,
}

/// `"gdpr_12_3"`, or with something else to say, `{"preset": "gdpr_12_3", "targets": {…}}`.
pub(super) fn chosen<'a>(entry: &Entry<'a>, found: &mut Found) -> Option<Chosen<'a>> {
    const KEYS: &[&str] = &["preset", "when", "from", "until", "binding", "owner", "calendar", "targets"];
    let known = |text: &str| Preset::named(text).ok_or_else(|| Flaw::UnknownPreset { name: text.into() });
    let whole = || Entry { node: entry.node, place: entry.place.clone() };
    let (preset, otherwise) = if let Node::Text(_) = entry.node {
        (entry.parse(found, known)?, None)
    } else {
        let fields = entry.fields(KEYS, found)?;
        (fields.required("preset", found)?.parse(found, known)?, Some(fields))
    };
    Some(Chosen { preset, place: entry.place.clone(), entry: whole(), otherwise })
}

/// The agreements that it stands for.
pub(super) fn read(
    chosen: &Chosen<'_>,
    metrics: &Metrics<'_>,
    calendars: &CalendarNames<'_>,
    found: &mut Found,
) -> Vec<Agreement> {
    let said = |key| chosen.otherwise.as_ref().and_then(|fields| fields.optional(key));
    let answers = match said("owner") {
        Some(entry) => owner(entry, found),
        None => desk(&chosen.entry, found),
    };
    let calendar = said("calendar").and_then(|entry| hours(entry, calendars, found));
    let terms = answers.map(|owner| PresetTerms {
        when: said("when").and_then(|entry| condition(entry, found)),
        owner,
        calendar: calendar.or_else(|| calendars.own.cloned().map(CalendarRule::Named)),
        binding: said("binding").and_then(|entry| word(entry, found)),
    });
    let instant = |entry: &Entry<'_>, found: &mut Found| entry.parse(found, str::parse::<Timestamp>);
    let from = said("from").and_then(|entry| instant(entry, found));
    let until = said("until").and_then(|entry| instant(entry, found));
    if let Some((from, until)) = from.zip(until).filter(|(from, until)| until <= from) {
        found.add(&*chosen.place, Flaw::NeverInForce { from, until });
    }
    let pairs = said("targets").map(|entry| entry.pairs(found)).unwrap_or_default();
    for (metric, entry) in &pairs {
        if chosen.preset.duties().all(|duty| duty.metric != *metric) {
            let (preset, metric) = (chosen.preset.name, (*metric).into());
            found.add(&*entry.place, Flaw::NoSuchDuty { preset, metric });
        }
    }
    let mut agreements = terms.map(|terms| chosen.preset.agreements(&terms)).unwrap_or_default();
    for agreement in &mut agreements {
        (agreement.from, agreement.until) = (from, until);
        let hours = agreement.calendar.as_ref();
        for (metric, rule) in &mut agreement.targets {
            let written = pairs.iter().find(|(name, _)| *name == metric.as_str());
            let place = match written {
                None => {
                    has_hours(rule, hours, calendars, &chosen.entry, found);
                    &chosen.entry
                }
                Some((_, entry)) => {
                    let Some(other) = target(entry, Some(rule), hours, calendars, found) else { continue };
                    *rule = other;
                    entry
                }
            };
            fits(metric, rule, Some(agreement.binding), metrics, place, found);
        }
    }
    agreements
}
