//! The ladders of an edition as someone wrote them, and what climbs them.

use alloc::string::String;
use alloc::vec::Vec;

use super::Flaw;
use crate::commitment::Warning;
use crate::document::{Fields, Findings};
use crate::escalation::{self, Ladder, Reminders, Supervisor, check_ladders, ladder, remind, supervisor};
use crate::policy::{self, CalendarNames, Policy, one_or_several};
use crate::{FormFlaw, Name};

type Found = Findings<Flaw>;

/// The ladders with their places, and what climbs them.
#[derive(Default)]
pub(super) struct Climbing {
    pub(super) ladders: Vec<(String, Ladder)>,
    /// Which of them everything climbs whose target names none.
    pub(super) by_all: Vec<Name>,
    pub(super) supervisor: Option<Supervisor>,
    /// The warnings that the simple form needs.
    warnings: Vec<Warning>,
    /// The names that stand in the list, also of those that could not be read.
    named: Vec<Name>,
}

pub(super) fn read(fields: &Fields<'_>, found: &mut Found) -> Climbing {
    let mut climbing = Climbing::default();
    for entry in fields.optional("ladders").map(|entry| entry.list(found)).unwrap_or_default() {
        let name = entry.pairs(&mut Found::new()).into_iter().find(|(key, _)| *key == "name");
        climbing.named.extend(name.and_then(|(_, name)| name.parse(&mut Found::new(), Name::new)));
        let ladder = found.absorb(ladder(&entry));
        climbing.ladders.extend(ladder.map(|ladder| (entry.place, ladder)));
    }
    if let Some(entry) = fields.optional("ladder") {
        let mut inside = policy::Found::new();
        climbing.by_all = one_or_several(entry, &mut inside);
        found.pour(inside);
    }
    if let Some(entry) = fields.optional("remind")
        && let Some(Reminders { ladders, warnings }) = found.absorb(remind(entry))
    {
        let names = ladders.iter().map(|(_, ladder)| ladder.name.clone());
        climbing.named.extend(names.clone());
        climbing.by_all.extend(names);
        climbing.ladders.extend(ladders);
        climbing.warnings = warnings;
        if fields.optional("agreement").is_none() && !climbing.warnings.is_empty() {
            // Nothing would ever give the warning that it waits for.
            found.add(&*entry.place, FormFlaw::MissingKey { key: "agreement" });
        }
    }
    climbing.supervisor = fields.optional("supervisor").and_then(|entry| found.absorb(supervisor(entry)));
    climbing
}

impl Climbing {
    /// Whether there is a ladder of this name, or one was meant.
    pub(super) fn has(&self, name: &Name) -> bool {
        self.named.contains(name)
    }

    /// Whether every name leads somewhere; and the simple agreement gets the warnings that are to remind somebody.
    pub(super) fn check(&self, policy: Option<&mut Policy>, known: &CalendarNames<'_>, found: &mut Found) {
        let Some(policy) = policy else { return };
        let metric = |name: &Name| policy.metrics.contains_key(name);
        found.absorb(check_ladders(&self.ladders, known.known, known.own, &metric));
        if let Some(name) = self.supervisor.as_ref().and_then(|supervisor| supervisor.calendar.as_ref())
            && !(known.known)(name)
        {
            found.add("supervisor.calendar", Flaw::UnknownCalendar { name: name.clone() });
        }
        if let Some(supervisor) = &self.supervisor {
            let needs = supervisor.within.needs_calendar() || supervisor.warn.iter().any(Warning::needs_calendar);
            if needs && supervisor.calendar.is_none() && known.own.is_none() {
                found.add("supervisor", policy::Flaw::NoCalendar);
            }
        }
        for name in self.by_all.iter().filter(|name| !self.has(name)) {
            found.add("ladder", escalation::Flaw::UnknownLadder { name: name.clone() });
        }
        if known.own.is_none() && self.warnings.iter().any(Warning::needs_calendar) {
            found.add("remind", policy::Flaw::NoCalendar);
        }
        if let Some(simple) = policy.agreements.last_mut().filter(|_| !self.warnings.is_empty()) {
            for target in simple.targets.values_mut() {
                let new = self.warnings.iter().filter(|warning| !target.warn.contains(warning));
                let new: Vec<Warning> = new.copied().collect();
                target.warn.extend(new);
            }
        }
    }
}
