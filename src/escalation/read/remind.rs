//! What a small desk writes in place of ladders: `{"owner": "1 working hour before", "desk": "at breach"}`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Found;
use crate::calendar::{ElapsedTime, Term};
use crate::commitment::Warning;
use crate::document::Entry;
use crate::escalation::flaw::Flaw;
use crate::escalation::ladder::{Ladder, Rung};
use crate::escalation::trigger::{Happening, On, Trigger, Turn};
use crate::{Name, Problems, policy};

/// How long is waited for the one who is reminded, before it counts as unhandled. A working day of a small desk.
const WAIT: ElapsedTime = ElapsedTime::from_micros(8 * 3_600_000_000);

/// What the simple form stands for.
pub(crate) struct Reminders {
    /// A ladder of one rung for each role, called `remind_` and the role's name, with its place.
    pub(crate) ladders: Vec<(String, Ladder)>,
    /// The warnings that they wait for.
    pub(crate) warnings: Vec<Warning>,
}

pub(crate) fn remind(entry: &Entry<'_>) -> Result<Reminders, Problems<Flaw>> {
    let mut found = Found::new();
    let (mut ladders, mut warnings) = (Vec::new(), Vec::new());
    let before = found.count();
    let pairs = entry.pairs(&mut found);
    if pairs.is_empty() && found.count() == before {
        found.add(&*entry.place, policy::Flaw::Nothing);
    }
    for (role, entry) in pairs {
        let names = [Name::new(role), Name::new(&format!("remind_{role}"))].map(|name| found.keep(&entry.place, name));
        let [Some(role), Some(name)] = names else { continue };
        let Some(on) = when(&entry, &mut warnings, &mut found) else { continue };
        let causes = Vec::from([Trigger::new(on)]);
        let rungs = Vec::from([Rung::new(role, Term::Elapsed(WAIT))]);
        ladders.push((entry.place, Ladder { causes, ..Ladder::new(name, rungs) }));
    }
    found.finish(Some(Reminders { ladders, warnings }))
}

/// `"at breach"`, or a warning.
fn when(entry: &Entry<'_>, warnings: &mut Vec<Warning>, found: &mut Found) -> Option<On> {
    let text = entry.text(found)?;
    if text == "at breach" {
        return Some(On::Commitment(Turn::any(Happening::Breached)));
    }
    let Ok(warning) = text.parse::<Warning>() else {
        let said = format!("{text:?} is no time to remind; write \"at breach\", \"1 working hour before\" or \"50 %\"");
        found.add(&*entry.place, Flaw::Word { word: text.into(), known: &[], said });
        return None;
    };
    if !warnings.contains(&warning) {
        warnings.push(warning);
    }
    Some(On::Commitment(Turn { warning: Vec::from([warning]), ..Turn::any(Happening::Warned) }))
}
