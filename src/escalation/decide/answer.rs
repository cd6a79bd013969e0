//! What people do about an escalation, and what the host says of a notice.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::climb::{above, scheduled_before, stands_on, to, unhandled};
use super::{Scene, live};
use crate::commitment::Actor;
use crate::escalation::event::{Closing, Event, Unhandled};
use crate::escalation::ladder::IfNobody;
use crate::escalation::refusal::Refusal;
use crate::escalation::state::{Escalation, Place, Stage, StageName};
use crate::{AgentId, Name, Timestamp};

/// The notice has reached somebody.
pub(super) fn reached(escalation: &Escalation, notice: u32, who: &AgentId) -> Result<Vec<Event>, Refusal> {
    let escalation = live(escalation)?;
    is_the_last(escalation, notice)?;
    let said_before = escalation.reached.as_ref() == Some(who);
    let reached = Event::Reached { escalation: escalation.id, notice, who: who.clone() };
    Ok(if said_before { Vec::new() } else { Vec::from([reached]) })
}

/// Nobody has the role. The next one hears of it as if there were no such rung; where no rung has anybody, nobody is left.
pub(super) fn nobody(scene: &Scene<'_>, escalation: &Escalation, notice: u32) -> Result<Vec<Event>, Refusal> {
    let escalation = live(escalation)?;
    is_the_last(escalation, notice)?;
    if let Stage::Armed { .. } | Stage::Acknowledged { .. } | Stage::Snoozed { .. } | Stage::Closed { .. } =
        escalation.stage
    {
        return Err(not_there(escalation, StageName::Notified));
    }
    if let Some(who) = &escalation.reached {
        return Err(Refusal::AlreadyReached { notice, who: who.clone() });
    }
    let ladder = &escalation.ladder;
    let told = escalation.last_told();
    let Some(rung) = ladder.rung(told) else { return Ok(Vec::new()) };
    if escalation.empty == Some(notice) {
        return Ok(Vec::new());
    }
    let skipped = Event::NobodyThere { escalation: escalation.id, notice, role: rung.notify.clone() };
    let mut without = escalation.clone();
    without.vacant.insert(told);
    let Stage::Notified { scheduled, .. } = escalation.stage else {
        return Ok([Some(skipped), reminded_instead(scene, &without)].into_iter().flatten().collect());
    };
    let next = match rung.if_nobody {
        IfNobody::Wait => return Ok(Vec::from([skipped])),
        IfNobody::Skip if escalation.nobody.saturating_add(1) >= ladder.height() => None,
        IfNobody::Skip => above(escalation.place, ladder),
    };
    Ok(Vec::from([skipped, to(scene, &without, next, scheduled)]))
}

/// Nobody has the role that was reminded: the nearest below hears of it in its place, as long as there is one that somebody may have.
fn reminded_instead(scene: &Scene<'_>, without: &Escalation) -> Option<Event> {
    let Stage::Exhausted { reminders, next, .. } = without.stage else { return None };
    let somebody = without.vacant.len() < usize::from(without.ladder.height());
    let again = somebody.then(|| unhandled(scene, without, scheduled_before(next, reminders), reminders))?;
    // What is said now moves no timer.
    Some(Event::Reminded(Box::new(Unhandled { next, ..again })))
}

fn is_the_last(escalation: &Escalation, notice: u32) -> Result<(), Refusal> {
    let last = escalation.notices;
    if last == 0 {
        return Err(not_there(escalation, StageName::Notified));
    }
    if notice == last { Ok(()) } else { Err(Refusal::NotTheNotice { escalation: escalation.id, notice, last }) }
}

/// Somebody takes it up, for a time that ends.
pub(super) fn acknowledge(scene: &Scene<'_>, escalation: &Escalation, by: &Actor) -> Result<Vec<Event>, Refusal> {
    match &escalation.stage {
        Stage::Notified { .. } | Stage::Exhausted { .. } => {
            let at = scene.context.at;
            let ladder = &escalation.ladder;
            let (hold, fallback) = scene.context.after(at, ladder.hold, ladder.calendar.as_ref());
            let (most, of_most) = scene.context.after(at, ladder.hold_at_most, ladder.calendar.as_ref());
            let (until, fallback) = (hold.min(most), fallback.or(of_most));
            Ok(Vec::from([Event::Acknowledged { escalation: escalation.id, by: by.clone(), until, fallback }]))
        }
        Stage::Closed { .. } => live(escalation).map(|_| Vec::new()),
        Stage::Armed { .. } | Stage::Acknowledged { .. } | Stage::Snoozed { .. } => {
            Err(not_there(escalation, StageName::Acknowledged))
        }
    }
}

/// It goes on, so whoever has it has it longer, but not beyond the most that there is.
pub(super) fn progress(scene: &Scene<'_>, escalation: &Escalation) -> Result<Option<Event>, Refusal> {
    let Stage::Acknowledged { since, until: before, .. } = escalation.stage else {
        return Err(not_there(escalation, StageName::Acknowledged));
    };
    let ladder = &escalation.ladder;
    let (hold, fallback) = scene.context.after(scene.context.at, ladder.hold, ladder.calendar.as_ref());
    let (most, of_most) = scene.context.after(since, ladder.hold_at_most, ladder.calendar.as_ref());
    let (until, fallback) = (hold.min(most), fallback.or(of_most));
    Ok((until > before).then_some(Event::Progressed { escalation: escalation.id, until, fallback }))
}

/// It is put off, for a time that ends.
pub(super) fn snooze(
    scene: &Scene<'_>,
    escalation: &Escalation,
    until: Timestamp,
    reason: &Name,
) -> Result<Vec<Event>, Refusal> {
    match &escalation.stage {
        Stage::Notified { .. } | Stage::Acknowledged { .. } => {
            let after = scene.context.at;
            let by = after.plus_micros(escalation.ladder.snooze_at_most.as_micros());
            if until <= after || until > by || until.is_an_end_of_time() {
                return Err(Refusal::SnoozeOutside { until, after, by });
            }
            Ok(Vec::from([Event::Snoozed { escalation: escalation.id, until, reason: reason.clone() }]))
        }
        Stage::Closed { .. } => live(escalation).map(|_| Vec::new()),
        Stage::Armed { .. } | Stage::Snoozed { .. } | Stage::Exhausted { .. } => {
            Err(not_there(escalation, StageName::Snoozed))
        }
    }
}

/// Another skill looks at it. It is the same escalation, and what is owed has the same owner.
pub(super) fn hand_over(escalation: &Escalation, tier: u8) -> Result<Vec<Event>, Refusal> {
    let escalation = live(escalation)?;
    let handed = Event::HandedOver { escalation: escalation.id, tier };
    Ok(if escalation.tier == Some(tier) { Vec::new() } else { Vec::from([handed]) })
}

/// It goes down, or is closed. Going down begins anew there, so it counts as a lapse: there is an end to it.
pub(super) fn de_escalate(
    scene: &Scene<'_>,
    escalation: &Escalation,
    to_rung: Option<u16>,
    justification: &Name,
) -> Result<Vec<Event>, Refusal> {
    let escalation = live(escalation)?;
    let (id, place) = (escalation.id, escalation.place);
    let Some(rung) = to_rung else {
        let why = Closing::DeEscalated { justification: justification.clone() };
        return Ok(Vec::from([Event::Closed { escalation: id, why }]));
    };
    let stands_on = stands_on(escalation);
    if rung == 0 || rung >= stands_on {
        return Err(Refusal::NotLower { to: rung, rung: stands_on });
    }
    if let Stage::Armed { .. } = escalation.stage {
        // Nobody has heard of it yet, so nobody's time has lapsed: it will only begin lower.
        return Ok(Vec::from([Event::DeEscalated { escalation: id, to: rung, justification: justification.clone() }]));
    }
    if place.lapse >= u16::from(escalation.ladder.lapses) {
        return Err(Refusal::NoLapseLeft { lapses: place.lapse });
    }
    let lower = Place { lapse: place.lapse.saturating_add(1), round: 0, rung };
    let lowered = Event::DeEscalated { escalation: id, to: rung, justification: justification.clone() };
    Ok(Vec::from([lowered, to(scene, escalation, Some(lower), scene.context.at)]))
}

fn not_there(escalation: &Escalation, wanted: StageName) -> Refusal {
    match escalation.stage {
        Stage::Closed { at, .. } => Refusal::AlreadyClosed { escalation: escalation.id, at },
        Stage::Armed { .. }
        | Stage::Notified { .. }
        | Stage::Acknowledged { .. }
        | Stage::Snoozed { .. }
        | Stage::Exhausted { .. } => {
            Refusal::NotThere { escalation: escalation.id, stage: escalation.stage.name(), wanted }
        }
    }
}
