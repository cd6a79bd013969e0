//! Holidays, as people write them.

use super::holiday::{EasterDay, date};
use super::{Flaw, Holiday, HolidayRule};
use crate::Name;
use crate::document::{Entry, Findings, Node};

const RULES: [&str; 4] = ["date", "yearly", "nth", "easter"];

/// `"2026-03-21"`, or a map with one rule and perhaps a name.
pub(super) fn holiday(entry: &Entry<'_>, found: &mut Findings<Flaw>) -> Option<Holiday> {
    if let Node::Text(_) = entry.node {
        return entry.parse(found, date).map(Holiday::from);
    }
    let fields = entry.fields(&["date", "yearly", "nth", "easter", "name"], found)?;
    let name = fields.optional("name").and_then(|entry| entry.parse(found, Name::new));
    let mut rules = RULES.into_iter().filter_map(|key| Some((key, fields.optional(key)?)));
    let (Some((key, rule)), None) = (rules.next(), rules.next()) else {
        found.add(&*entry.place, Flaw::HolidayRule);
        return None;
    };
    let on = match key {
        "date" => rule.parse(found, date).map(HolidayRule::Date),
        "yearly" => rule.parse(found, str::parse).map(HolidayRule::Yearly),
        "nth" => rule.parse(found, str::parse).map(HolidayRule::Nth),
        _ => {
            let days = rule.int(found)?;
            let day = i16::try_from(days).ok().and_then(EasterDay::new).ok_or(Flaw::Easter { days });
            found.keep(&rule.place, day).map(HolidayRule::Easter)
        }
    };
    Some(Holiday { on: on?, name })
}
