//! Causes come and go.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Scene;
use super::climb::{rung_of, to, unhandled};
use crate::commitment::{self, Actor, Ledger};
use crate::escalation::cause::{Cause, Subject, Why};
use crate::escalation::event::{Closing, Event, Started};
use crate::escalation::ladder::Ladder;
use crate::escalation::state::{Escalation, Place, Stage};
use crate::escalation::trigger::{Trigger, Turned, has_ended};
use crate::policy::Past;
use crate::{CommitmentId, EscalationId, Name, Timestamp};

/// What has happened that causes may come from, or go with.
#[derive(Clone, Copy)]
pub(crate) enum Occasion<'a> {
    /// Something has become of a commitment.
    Commitment(&'a commitment::Event),
    /// Something has happened to the ticket.
    Ticket(&'a Turned<'a>),
    /// Its past was another than it was known to be.
    PutRight {
        /// As it was known.
        before: &'a [Past],
        /// As it is known now.
        now: &'a [Past],
    },
    /// The rules are others, and the past is what it was.
    NewRules(&'a [Past]),
}

/// What starts, and since when there is it; absent: as of now.
type Start = (Why, Option<Timestamp>);

impl Occasion<'_> {
    fn starts(&self, trigger: &Trigger, ledger: &Ledger) -> Option<Start> {
        let since = |(since, why)| (why, Some(since));
        match self {
            Self::Commitment(event) => trigger.commitment(event, ledger).map(|why| (why, None)),
            Self::Ticket(turned) => trigger.fact(turned).map(|why| (why, None)),
            Self::PutRight { before, now } => {
                let known = trigger.caused(before).map(|(since, _)| since);
                trigger.caused(now).filter(|(since, _)| Some(*since) != known).map(since)
            }
            Self::NewRules(past) => trigger.caused(past).map(since),
        }
    }

    /// Whether it starts what nothing has started before: what has only begun at another instant was heard of, or somebody has closed that.
    fn is_new(&self, trigger: &Trigger, since: Option<Timestamp>, heard_of: impl Fn(Timestamp) -> bool) -> bool {
        match self {
            Self::Commitment(_) | Self::Ticket(_) => true,
            Self::PutRight { before, .. } => trigger.caused(before).is_none(),
            Self::NewRules(_) => since.is_none_or(|since| !heard_of(since)),
        }
    }

    fn ends(&self, cause: &Cause, escalation: &Escalation, ledger: &Ledger) -> bool {
        let trigger = cause.trigger.and_then(|index| escalation.ladder.causes.get(usize::from(index)));
        match self {
            Self::Commitment(event) => {
                let of_subject = escalation.subject.is_a_matter_of(event.commitment(), ledger);
                cause.is_gone(event, of_subject, commitment::is_missing_news(ledger, event.commitment()))
            }
            Self::Ticket(turned) => match trigger {
                Some(trigger) => trigger.is_gone(turned),
                None => escalation.subject == Subject::Ticket && has_ended(turned),
            },
            Self::PutRight { before, now } => {
                let Some(trigger) = trigger else { return false };
                match (trigger.caused(before), trigger.caused(now)) {
                    (Some(_), None) => true,
                    // It has to last from another instant on.
                    (Some((known, _)), Some((since, _))) => known != since && cause.until.is_some(),
                    (None, _) => false,
                }
            }
            Self::NewRules(_) => false,
        }
    }
}

/// What an occasion is to an escalation that there is: causes join it, go from it, or were the last ones.
///
/// A cause that goes and comes with the same fact begins again: that is an end, and a new escalation.
pub(crate) fn decide_for_causes(scene: &Scene<'_>, escalation: &Escalation, occasion: Occasion<'_>) -> Vec<Event> {
    let id = escalation.id;
    let indexed = escalation.causes.iter().zip(0_u16..);
    let gone: Vec<(&Cause, u16)> =
        indexed.filter(|(cause, _)| occasion.ends(cause, escalation, scene.ledger)).collect();
    // Each part that is broken is a cause of its own; and what goes by this may come again by it.
    let left = || escalation.causes.iter().zip(0_u16..).filter(|(_, index)| gone.iter().all(|(_, gone)| gone != index));
    let has = |index: u16, why: &Why| {
        let part = matches!(why, Why::AtRisk { .. });
        left().any(|(cause, _)| cause.trigger == Some(index) && (!part || cause.why == *why))
    };
    let again = |cause: &Cause| gone.iter().any(|(gone, _)| gone.trigger == cause.trigger);
    let triggers = escalation.ladder.causes.iter().zip(0_u16..);
    let joined: Vec<(&Trigger, Cause)> = triggers
        .filter_map(|(trigger, index)| Some((trigger, index, occasion.starts(trigger, scene.ledger)?)))
        .filter(|(_, index, (why, _))| !has(*index, why))
        .map(|(trigger, index, start)| (trigger, lasting(scene, &escalation.ladder, trigger, index, start)))
        .collect();
    // What only has to last from another instant on is the same escalation.
    let begins_again = joined.is_empty() || !matches!(occasion, Occasion::PutRight { .. });
    if gone.len() == escalation.causes.len() && begins_again && joined.iter().all(|(_, cause)| again(cause)) {
        return Vec::from([Event::Closed { escalation: id, why: Closing::Moot }]);
    }
    let mut events: Vec<Event> =
        joined.iter().map(|(_, cause)| Event::CauseJoined { escalation: id, cause: cause.clone() }).collect();
    // From the last to the first, so that each stands where it is said to.
    events.extend(gone.iter().rev().map(|(_, index)| Event::CauseGone { escalation: id, cause: *index }));
    let at_once = joined.iter().filter(|(_, cause)| cause.until.is_none()).map(|(trigger, _)| trigger.rung).max();
    let causes = left().map(|(cause, _)| cause.clone()).chain(joined.iter().map(|(_, cause)| cause.clone())).collect();
    let with = Escalation { causes, ..escalation.clone() };
    // Whoever has heard of what is gone need not hear any more; what has still to last begins by itself.
    let heard_of = with.causes.iter().any(|cause| cause.until.is_none());
    let armed = matches!(escalation.stage, Stage::Armed { .. });
    if !heard_of && !armed {
        return begun_anew(scene, &with);
    }
    events.extend(at_once.and_then(|rung| raised(scene, &with, rung, scene.context.at)));
    events
}

/// Everything that somebody has heard of is gone, and something has still to last: that is an end, and a new escalation.
fn begun_anew(scene: &Scene<'_>, escalation: &Escalation) -> Vec<Event> {
    let closed = Event::Closed { escalation: escalation.id, why: Closing::Moot };
    let (mut events, mut id) = (Vec::from([closed]), None);
    let trigger = |cause: &Cause| escalation.ladder.causes.get(usize::from(cause.trigger?));
    let mut causes: Vec<&Cause> = escalation.causes.iter().collect();
    // It begins with what has lasted first, the highest rung of that.
    causes.sort_by_key(|cause| (cause.until, core::cmp::Reverse(trigger(cause).map(|trigger| trigger.rung))));
    for cause in causes {
        match id {
            None => {
                let trigger = trigger(cause);
                let begun = begin(scene, &escalation.ladder, escalation.subject, cause.clone(), trigger);
                id = begun.iter().find_map(Event::escalation);
                events.extend(begun);
            }
            Some(escalation) => events.push(Event::CauseJoined { escalation, cause: cause.clone() }),
        }
    }
    events
}

/// A cause that begins higher takes it up there; one that need not last lets those hear of it for whom it was still too early.
pub(super) fn raised(scene: &Scene<'_>, escalation: &Escalation, rung: u16, at: Timestamp) -> Option<Event> {
    let there = Place { rung, ..escalation.place };
    match escalation.stage {
        // Whoever stands where another cause begins hears of it when that has lasted.
        Stage::Armed { .. } => Some(to(scene, escalation, Some(there), at)),
        // Also where somebody has it, or has put it off: those higher have not heard of it.
        Stage::Notified { .. } | Stage::Acknowledged { .. } | Stage::Snoozed { .. } => {
            (rung > escalation.place.rung).then(|| to(scene, escalation, Some(there), at))
        }
        // All have heard, and of this nobody: it is unhandled anew, and is reminded of a day later.
        Stage::Exhausted { .. } => Some(Event::Exhausted(Box::new(unhandled(scene, escalation, at, 0)))),
        Stage::Closed { .. } => None,
    }
}

/// What an occasion starts on a ladder, if there is no escalation of that subject on it.
pub(crate) fn start(scene: &Scene<'_>, ladder: &Ladder, subject: Subject, occasion: Occasion<'_>) -> Vec<Event> {
    let triggers = ladder.causes.iter().zip(0_u16..);
    let heard_of = |since| scene.board.has_begun_since(subject, &ladder.name, since);
    let started = triggers.filter_map(|(trigger, index)| {
        let start =
            occasion.starts(trigger, scene.ledger).filter(|(_, since)| occasion.is_new(trigger, *since, heard_of));
        Some((trigger, lasting(scene, ladder, trigger, index, start?)))
    });
    let mut started: Vec<(&Trigger, Cause)> = started.collect();
    // It begins with what need not last, the highest rung first, or else with what has lasted first. The others feed it as well.
    started.sort_by_key(|(trigger, cause)| (cause.until, core::cmp::Reverse(trigger.rung)));
    let mut started = started.into_iter();
    let Some((trigger, first)) = started.next() else { return Vec::new() };
    let mut events = begin(scene, ladder, subject, first, Some(trigger));
    let id = events.iter().find_map(Event::escalation);
    let joined = started.filter_map(|(_, cause)| Some(Event::CauseJoined { escalation: id?, cause }));
    // Whoever is told is told of all of them.
    let told = events.pop_if(|event| matches!(event, Event::Notified(_)));
    let joined: Vec<Event> = joined.collect();
    let why = joined.iter().filter_map(|event| match event {
        Event::CauseJoined { cause, .. } if cause.until.is_none() => Some(cause.why.clone()),
        _ => None,
    });
    let told = told.map(|event| match event {
        Event::Notified(mut notice) => {
            notice.why.extend(why);
            Event::Notified(notice)
        }
        other => other,
    });
    events.into_iter().chain(joined).chain(told).collect()
}

/// Somebody at the desk asks for a ladder: a new escalation, or one more cause of the one that there is.
pub(super) fn asked(
    scene: &Scene<'_>,
    ladder: &Ladder,
    commitment: Option<CommitmentId>,
    by: &Actor,
    reason: &Name,
) -> Vec<Event> {
    let subject = commitment.map_or(Subject::Ticket, Subject::Commitment);
    let cause = cause(scene, None, Why::Asked { by: by.clone(), reason: reason.clone() });
    let there = scene.board.of_the_matter(subject, scene.ledger);
    let Some(escalation) = there.into_iter().find(|one| one.ladder.name == ladder.name) else {
        return begin(scene, ladder, subject, cause, None);
    };
    let joined = Event::CauseJoined { escalation: escalation.id, cause: cause.clone() };
    let mut with = escalation.clone();
    let last = u16::try_from(with.causes.len()).unwrap_or(u16::MAX);
    with.causes.extend([cause]);
    let at = scene.context.at;
    let told = match escalation.stage {
        Stage::Armed { .. } => raised(scene, &with, rung_of(&with, last), at),
        Stage::Exhausted { .. } => Some(Event::Exhausted(Box::new(unhandled(scene, &with, at, 0)))),
        Stage::Notified { .. } | Stage::Acknowledged { .. } | Stage::Snoozed { .. } | Stage::Closed { .. } => None,
    };
    [Some(joined), told].into_iter().flatten().collect()
}

fn cause(scene: &Scene<'_>, trigger: Option<u16>, why: Why) -> Cause {
    Cause { trigger, since: scene.context.at, until: None, why }
}

/// A cause that may have to last, by the hours of its ladder. One that there has been for longer may have lasted.
fn lasting(scene: &Scene<'_>, ladder: &Ladder, trigger: &Trigger, index: u16, (why, since): Start) -> Cause {
    let since_before = since.filter(|since| *since < scene.context.at);
    let since = since_before.unwrap_or(scene.context.at);
    let until = trigger.after.map(|term| scene.context.after(since, term, ladder.calendar.as_ref()).0);
    let until = until.filter(|until| since_before.is_none() || *until > scene.context.at);
    Cause { since, until, ..cause(scene, Some(index), why) }
}

fn begin(scene: &Scene<'_>, ladder: &Ladder, subject: Subject, cause: Cause, trigger: Option<&Trigger>) -> Vec<Event> {
    let number = scene.board.next_number(subject, &ladder.name);
    let of = match subject {
        Subject::Commitment(commitment) => commitment.0,
        Subject::Ticket => scene.stream,
    };
    let at = scene.context.at;
    let until = cause.until;
    // It may count from before, where an escalation goes on with what had still to last.
    let fallback = trigger.and_then(|trigger| trigger.after.filter(|_| until.is_some()));
    let fallback = fallback.and_then(|term| scene.context.after(cause.since, term, ladder.calendar.as_ref()).1);
    let started = Started {
        escalation: EscalationId::of(of, &ladder.name, number),
        subject,
        ladder: ladder.clone(),
        cause,
        rung: trigger.map_or_else(|| ladder.first_rung(), |trigger| trigger.rung).min(ladder.height()),
        until: until.unwrap_or(at),
        fallback,
    };
    let first = until.is_none().then(|| {
        let begun = Escalation::begun(&started, at);
        to(scene, &begun, Some(begun.place), at)
    });
    [Some(Event::Started(Box::new(started))), first].into_iter().flatten().collect()
}
