//! The way up: from rung to rung, from round to round, and what time does.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::{Scene, causes};
use crate::Timestamp;
use crate::escalation::cause::reasons;
use crate::escalation::event::{Digest, Event, Notice, Unhandled, told_as};
use crate::escalation::ladder::{AfterHold, Ladder};
use crate::escalation::state::{Escalation, Place, Stage};

const DAY: u64 = 86_400_000_000;

/// What follows when an escalation's timer goes off. Each is scheduled from the instant of the one before, not from when that was found.
pub(crate) fn decide_for_time(scene: &Scene<'_>, escalation: &Escalation) -> Vec<Event> {
    let ladder = &escalation.ladder;
    let stage_waits = escalation.waits().map(|(until, _)| until);
    if let Some((cause, until)) =
        escalation.lasting().filter(|(_, until)| stage_waits.is_some_and(|waits| *until < waits))
    {
        let lasted = Event::CauseLasted { escalation: escalation.id, cause };
        return [
            Some(lasted),
            causes::raised(scene, &having_lasted(escalation, cause), rung_of(escalation, cause), until),
        ]
        .into_iter()
        .flatten()
        .collect();
    }
    let event = match escalation.stage {
        Stage::Armed { until } => {
            let place = Place { rung: stands_on(escalation), ..escalation.place };
            to(scene, escalation, Some(place), stage_waits.unwrap_or(until))
        }
        Stage::Notified { next, .. } => to(scene, escalation, above(escalation.place, ladder), next),
        Stage::Acknowledged { until, .. } | Stage::Snoozed { until, .. } => {
            to(scene, escalation, lapsed(escalation.place, ladder), until)
        }
        Stage::Exhausted { reminders, next, .. } => {
            let reminders = reminders.saturating_add(1);
            Event::Reminded(Box::new(unhandled(scene, &asked_anew(escalation), next, reminders)))
        }
        Stage::Closed { .. } => return Vec::new(),
    };
    Vec::from([event])
}

/// The rung on which it stands; before anybody has heard of it, the one on which it will begin, the highest of what lasts first.
pub(super) fn stands_on(escalation: &Escalation) -> u16 {
    let first = escalation.lasting().filter(|_| matches!(escalation.stage, Stage::Armed { .. }));
    let Some((_, until)) = first else { return escalation.place.rung };
    let lasted = escalation.causes.iter().zip(0_u16..).filter(|(cause, _)| cause.has_lasted(until));
    lasted.map(|(_, index)| rung_of(escalation, index)).max().unwrap_or(escalation.place.rung)
}

/// The rung on which one of its causes begins.
pub(super) fn rung_of(escalation: &Escalation, cause: u16) -> u16 {
    let trigger = escalation.causes.get(usize::from(cause)).and_then(|cause| cause.trigger);
    let rung = trigger.and_then(|index| escalation.ladder.causes.get(usize::from(index))).map(|trigger| trigger.rung);
    let rung = rung.unwrap_or_else(|| escalation.ladder.first_rung()).min(escalation.ladder.height());
    // What was put lower before anybody had heard of it begins there.
    let most = escalation.begins_at_most.filter(|_| matches!(escalation.stage, Stage::Armed { .. }));
    most.map_or(rung, |most| rung.min(most))
}

/// Where nobody had any of its roles, all are asked anew, the highest first: by now somebody may have one.
fn asked_anew(escalation: &Escalation) -> Escalation {
    let nobody = escalation.vacant.len() >= usize::from(escalation.ladder.height());
    let vacant = if nobody { BTreeSet::new() } else { escalation.vacant.clone() };
    Escalation { vacant, ..escalation.clone() }
}

/// The same once that cause has lasted.
fn having_lasted(escalation: &Escalation, cause: u16) -> Escalation {
    let mut lasted = escalation.clone();
    if let Some(cause) = lasted.causes.get_mut(usize::from(cause)) {
        cause.until = None;
    }
    lasted
}

/// The next rung, or the first of the next round; none after the last.
pub(super) fn above(place: Place, ladder: &Ladder) -> Option<Place> {
    if place.rung < ladder.height() {
        Some(Place { rung: place.rung.saturating_add(1), ..place })
    } else if place.round < u16::from(ladder.repeats) {
        Some(Place { rung: 1, round: place.round.saturating_add(1), ..place })
    } else {
        None
    }
}

/// Where it goes on when somebody has let his time pass; nowhere, if that has happened as often as it may.
fn lapsed(place: Place, ladder: &Ladder) -> Option<Place> {
    let lapse = place.lapse.saturating_add(1);
    if place.lapse >= u16::from(ladder.lapses) {
        return None;
    }
    match ladder.after_hold {
        AfterHold::First => Some(Place { lapse, round: 0, rung: 1 }),
        AfterHold::Next => above(place, ladder).map(|above| Place { lapse, ..above }),
    }
}

/// Whoever stands at the place hears of it; where there is none, everybody has.
///
/// He hears of all that has lasted by then. Where that begins higher, whoever stands there hears of it: else he would not.
pub(super) fn to(scene: &Scene<'_>, escalation: &Escalation, place: Option<Place>, scheduled: Timestamp) -> Event {
    let causes = escalation.causes.iter().zip(0_u16..);
    let new = causes.filter(|(cause, _)| cause.until.is_some() && cause.has_lasted(scheduled));
    let highest = new.map(|(_, index)| rung_of(escalation, index)).max().unwrap_or(0);
    // Nor is it exhausted as long as there is one above who has still to hear of something.
    let place = place.or_else(|| (highest > escalation.place.rung).then_some(escalation.place));
    let place = place.map(|place| Place { rung: place.rung.max(highest), ..place });
    match place.and_then(|place| notice(scene, escalation, place, scheduled)) {
        Some(notice) => Event::Notified(Box::new(notice)),
        None => Event::Exhausted(Box::new(unhandled(scene, escalation, scheduled, 0))),
    }
}

fn notice(scene: &Scene<'_>, escalation: &Escalation, place: Place, scheduled: Timestamp) -> Option<Notice> {
    let ladder = &escalation.ladder;
    let rung = ladder.rung(place.rung)?;
    let (next, fallback) = scene.context.after(scheduled, rung.wait, ladder.calendar.as_ref());
    let brief = (scene.brief)(escalation.subject);
    let told_as = told_as(&rung.notify, &brief);
    let together = scene.board.together(&told_as, ladder.window, scheduled);
    let key = || ladder.digest.clone().unwrap_or_else(|| told_as.clone());
    Some(Notice {
        escalation: escalation.id,
        notice: escalation.notices.saturating_add(1),
        subject: escalation.subject,
        ladder: ladder.name.clone(),
        role: rung.notify.clone(),
        rung: place.rung,
        round: place.round,
        lapse: place.lapse,
        tier: escalation.tier.or(rung.tier),
        level: rung.level,
        scheduled,
        // A day's end may be the very instant; a rung is never waited for without end, nor not at all.
        next: next.max(scheduled.plus_micros(1)),
        fallback,
        why: reasons(&escalation.causes, scheduled),
        digest: together.map(|at| Digest { key: key(), at }),
        suggest: rung.suggest.clone(),
        brief,
    })
}

/// How long until there is the next reminder.
fn until_next(reminders: u32) -> u64 {
    1_u64.checked_shl(reminders).unwrap_or(u64::MAX).saturating_mul(DAY)
}

/// When the last reminder was to be given, by when the next one is.
pub(super) fn scheduled_before(next: Timestamp, reminders: u32) -> Timestamp {
    next.minus_micros(until_next(reminders))
}

/// Nobody is left. It goes on reminding: a day later, then two, four and so on.
pub(super) fn unhandled(scene: &Scene<'_>, escalation: &Escalation, scheduled: Timestamp, reminders: u32) -> Unhandled {
    let ladder = &escalation.ladder;
    let last = ladder.rung(escalation.reminds()).map(|rung| rung.notify.clone());
    Unhandled {
        escalation: escalation.id,
        subject: escalation.subject,
        ladder: ladder.name.clone(),
        notice: escalation.notices.saturating_add(1),
        role: last.unwrap_or_else(|| ladder.name.clone()),
        scheduled,
        reminders,
        next: scheduled.plus_micros(until_next(reminders)),
        why: reasons(&escalation.causes, scheduled),
        brief: (scene.brief)(escalation.subject),
    }
}
