//! Calendars that nobody asks.

use alloc::collections::BTreeSet;
use alloc::format;

use super::{Advice, Edition, Given, give};
use crate::Name;
use crate::policy::{CalendarRule, Whose};

pub(super) fn check(edition: &Edition, given: &mut Given) {
    let policy = &edition.policy;
    let mut asked = Asked::default();
    policy.calendar_rules().iter().for_each(|(_, rule)| asked.note(rule));
    let calendar_of = &policy.calendar_of;
    // The edition's own is what promises count by, and what stands in for whoever has no hours.
    asked.named.extend(&edition.calendar);
    asked.named.extend(edition.ladders.iter().filter_map(|ladder| ladder.calendar.as_ref()));
    asked.named.extend(edition.supervisor.as_ref().and_then(|supervisor| supervisor.calendar.as_ref()));
    if asked.team {
        asked.named.extend(calendar_of.teams.values());
    }
    if asked.customer {
        asked.named.extend(calendar_of.customers.values().chain(calendar_of.organisations.values()));
    }
    // What a ticket may name, it names by itself.
    if asked.ticket {
        return;
    }
    for name in edition.calendars.keys().filter(|name| !asked.named.contains(name)) {
        give(given, format!("calendars.{name}"), Advice::UnusedCalendar);
    }
}

/// Whose hours the rules ask for.
#[derive(Default)]
struct Asked<'a> {
    named: BTreeSet<&'a Name>,
    team: bool,
    customer: bool,
    ticket: bool,
}

impl<'a> Asked<'a> {
    fn note(&mut self, rule: &'a CalendarRule) {
        match rule {
            CalendarRule::Named(name) => drop(self.named.insert(name)),
            CalendarRule::Of(Whose::Team) => self.team = true,
            CalendarRule::Of(Whose::Customer) => self.customer = true,
            CalendarRule::Of(Whose::Ticket) => self.ticket = true,
            CalendarRule::Union(parts) | CalendarRule::Intersection(parts) => {
                for part in parts {
                    self.note(part);
                }
            }
        }
    }
}
