//! The calendars that agreements make of others: a team's hours and its customer's, three zones that follow the sun.
//!
//! Which of them a ticket needs depends on the ticket, and building one costs more than asking it. So all that there can be are built
//! when the rulebook is read.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Flaw;
use crate::Name;
use crate::calendar::{Calendar, Combination};
use crate::document::Findings;
use crate::policy::{self, MOST_CALENDARS, Policy, Resolved};

/// Every combination that the agreements can come to, by name. What never opens, and what is too many, is told.
pub(super) fn combined(
    policy: &Policy,
    calendars: &BTreeMap<Name, Calendar>,
    found: &mut Findings<Flaw>,
) -> BTreeMap<Name, Calendar> {
    let named: Vec<&Name> = calendars.keys().collect();
    let mut read = BTreeMap::new();
    for (place, rule) in policy.calendar_rules() {
        let every = rule.every(&policy.calendar_of, &named, policy.own_calendar.as_ref());
        if every.len() > MOST_CALENDARS {
            found.add(place, policy::Flaw::TooManyCalendars { most: MOST_CALENDARS });
            continue;
        }
        for one in every {
            let Some(name) = one.name().filter(|name| !matches!(one, Resolved::Named(_)) && !read.contains_key(name))
            else {
                continue;
            };
            if calendars.contains_key(&name) {
                found.add(&*place, policy::Flaw::Twice { what: alloc::format!("the calendar {name}") });
                continue;
            }
            match made(&one, calendars) {
                Some(calendar) => {
                    read.insert(name, calendar);
                }
                None => found.add(&*place, policy::Flaw::NeverOpen { calendar: name }),
            }
        }
    }
    read
}

fn made(one: &Resolved, calendars: &BTreeMap<Name, Calendar>) -> Option<Calendar> {
    let all = |combination, parts: &[Resolved]| {
        let parts: Vec<Calendar> = parts.iter().map(|part| made(part, calendars)).collect::<Option<_>>()?;
        Calendar::combined(combination, &parts).ok()
    };
    match one {
        Resolved::Named(name) => calendars.get(name).cloned(),
        Resolved::Union(parts) => all(Combination::Union, parts),
        Resolved::Intersection(parts) => all(Combination::Intersection, parts),
    }
}
