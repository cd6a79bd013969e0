//! Whether ladders can be climbed: what an edition must not say, however well each word is written.

use alloc::format;
use alloc::string::String;

use super::Found;
use crate::escalation::flaw::Flaw;
use crate::escalation::ladder::{AfterHold, Ladder, MAX_RUNGS};
use crate::escalation::trigger::On;
use crate::{Name, Problems};

/// Checks the ladders of an edition, each with its place; its calendars and metrics have these names.
pub(crate) fn check_ladders(
    ladders: &[(String, Ladder)],
    calendar: &dyn Fn(&Name) -> bool,
    own: Option<&Name>,
    metric: &dyn Fn(&Name) -> bool,
) -> Result<(), Problems<Flaw>> {
    let mut found = Found::new();
    for (index, (place, ladder)) in ladders.iter().enumerate() {
        if ladders.iter().take(index).any(|(_, other)| other.name == ladder.name) {
            found.add(&**place, Flaw::Taken { name: ladder.name.clone() });
        }
        waits(ladder, place, &mut found);
        causes(ladder, place, metric, &mut found);
        let named = ladder.calendar.as_ref();
        if let Some(name) = named.filter(|name| !calendar(name)) {
            found.add(format!("{place}.calendar"), Flaw::UnknownCalendar { name: name.clone() });
        }
        let needs = ladder.waits().find(|wait| wait.needs_calendar());
        if let Some(wait) = needs.filter(|_| named.or(own).is_none()) {
            found.add(&**place, Flaw::NoCalendar { wait });
        }
    }
    found.finish(Some(()))
}

/// No wait is nothing, and none goes backwards; there are rungs, and each can be reached.
fn waits(ladder: &Ladder, place: &str, found: &mut Found) {
    match ladder.rungs.len() {
        0 => found.add(format!("{place}.rungs"), Flaw::NoRung),
        rungs if rungs > MAX_RUNGS => found.add(format!("{place}.rungs"), Flaw::TooManyRungs),
        _ => {}
    }
    let rungs = ladder.rungs.iter().enumerate();
    for (index, _) in rungs.clone().filter(|(_, rung)| rung.wait.is_nothing()) {
        found.add(format!("{place}.rungs[{index}].wait"), Flaw::NoWait);
    }
    let first = ladder.first_rung();
    // A round begins at the first rung, and so does whoever lets his time pass, unless it goes on above him.
    let leads_down = ladder.repeats > 0 || ladder.lapses > 0 && ladder.after_hold == AfterHold::First;
    if !leads_down {
        for (index, _) in rungs.filter(|(index, _)| index.saturating_add(1) < usize::from(first)) {
            found.add(format!("{place}.rungs[{index}]"), Flaw::Unreachable { first });
        }
    }
    for (key, wait) in [("hold", ladder.hold), ("hold_at_most", ladder.hold_at_most)] {
        if wait.is_nothing() {
            found.add(format!("{place}.{key}"), Flaw::NoWait);
        }
    }
    for (key, time) in [("snooze_at_most", Some(ladder.snooze_at_most)), ("window", ladder.window)] {
        if time.is_some_and(|time| time.as_micros() == 0) {
            found.add(format!("{place}.{key}"), Flaw::NoWait);
        }
    }
    if ladder.hold_at_most.is_shorter_than(ladder.hold) {
        let (hold, most) = (ladder.hold, ladder.hold_at_most);
        found.add(format!("{place}.hold_at_most"), Flaw::Backwards { hold, most });
    }
}

fn causes(ladder: &Ladder, place: &str, metric: &dyn Fn(&Name) -> bool, found: &mut Found) {
    for (index, cause) in ladder.causes.iter().enumerate() {
        let place = format!("{place}.causes[{index}]");
        if cause.after.is_some_and(crate::calendar::Term::is_nothing) {
            found.add(format!("{place}.after"), Flaw::NoWait);
        }
        if cause.rung > ladder.height() {
            let rungs = ladder.height();
            found.add(format!("{place}.rung"), Flaw::NoSuchRung { rung: cause.rung, rungs });
        }
        if let On::Commitment(turn) = &cause.on {
            for name in turn.metric.iter().filter(|name| !metric(name)) {
                found.add(format!("{place}.metric"), Flaw::UnknownMetric { name: name.clone() });
            }
        }
    }
}
