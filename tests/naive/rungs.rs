//! The way up one ladder: what time does, and what people do about it.

use owed::EscalationId;

use super::climb::{By, Cause, Climb, Stage};
use super::facts::{Deed, Heard, Who};
use super::week::{At, DAY, Unit};

/// How far it has come: how often somebody let his time pass, the round, the rung.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) lapse: u16,
    pub(crate) round: u16,
    pub(crate) rung: u16,
}

impl By<'_> {
    pub(super) fn after(self, at: At, (unit, much): (Unit, At)) -> At {
        self.weeks.end(unit, at, much, &[])
    }

    fn height(self) -> u16 {
        self.ladder.rungs.len() as u16
    }

    /// On which rung a cause begins; what somebody asks for, on the lowest that there is a cause for.
    pub(super) fn rung(self, cause: &Cause) -> u16 {
        let lowest = || self.ladder.causes.iter().map(|trigger| trigger.rung).min().unwrap_or(1);
        cause.trigger.map_or_else(lowest, |trigger| self.ladder.causes[trigger].rung)
    }

    /// The next rung, or the first of the next round.
    fn above(self, place: Place) -> Option<Place> {
        if place.rung < self.height() {
            return Some(Place { rung: place.rung + 1, ..place });
        }
        (place.round < self.ladder.repeats).then_some(Place { round: place.round + 1, rung: 1, ..place })
    }

    /// Where it goes on when somebody has let his time pass.
    fn lapsed(self, place: Place) -> Option<Place> {
        let lapse = place.lapse + 1;
        let first = Place { lapse, round: 0, rung: 1 };
        let next = if self.ladder.goes_on_above { self.above(place) } else { Some(first) };
        next.filter(|_| lapse <= self.ladder.lapses).map(|place| Place { lapse, ..place })
    }
}

impl Climb {
    pub(crate) fn is_live(&self) -> bool {
        !matches!(self.stage, Stage::Closed(_))
    }

    /// The cause that has lasted first, of those that have to.
    fn lasting(&self) -> Option<(usize, At)> {
        let all = self.causes.iter().enumerate().filter_map(|(index, cause)| Some((index, cause.until?)));
        all.min_by_key(|(index, until)| (*until, *index))
    }

    fn stage_waits(&self) -> Option<At> {
        match self.stage {
            Stage::Armed(until) => Some(self.lasting().map_or(until, |(_, until)| until)),
            Stage::Notified(_, until)
            | Stage::Acknowledged(_, _, until)
            | Stage::Snoozed(until)
            | Stage::Exhausted(_, _, until) => Some(until),
            Stage::Closed(_) => None,
        }
    }

    pub(crate) fn waits(&self) -> Option<At> {
        let stage = self.stage_waits()?;
        Some(self.lasting().map_or(stage, |(_, until)| until.min(stage)))
    }

    /// Time does what it does before this instant, each from the instant that was set.
    pub(super) fn pass(&mut self, by: By<'_>, now: At) {
        while let Some(at) = self.waits().filter(|at| *at < now) {
            if let Some((cause, until)) = self.lasting()
                && self.stage_waits().is_some_and(|waits| until < waits)
            {
                self.causes[cause].until = None;
                let rung = self.rung_of(by, &self.causes[cause]);
                self.raise(by, rung, until);
                continue;
            }
            match self.stage {
                Stage::Armed(_) => self.notify(by, Place { rung: self.begins_on(by), ..self.place }, at),
                Stage::Notified(..) => self.go(by, by.above(self.place), at),
                Stage::Acknowledged(..) | Stage::Snoozed(_) => self.go(by, by.lapsed(self.place), at),
                Stage::Exhausted(since, reminders, _) => {
                    self.tell_all(at);
                    if self.vacant.len() >= by.ladder.rungs.len() {
                        self.vacant.clear();
                    }
                    let reminders = reminders + 1;
                    self.stage = Stage::Exhausted(since, reminders, at + (DAY << reminders));
                }
                Stage::Closed(_) => return,
            }
        }
    }

    /// The rung on which it will begin, if nothing comes of it before: the highest of what has lasted first.
    fn begins_on(&self, by: By<'_>) -> u16 {
        let Some((_, first)) = self.lasting() else { return self.place.rung };
        let lasted = self.causes.iter().filter(|cause| cause.until.is_none_or(|until| until <= first));
        lasted.map(|cause| self.rung_of(by, cause)).max().unwrap_or(self.place.rung)
    }

    pub(super) fn rung_of(&self, by: By<'_>, cause: &Cause) -> u16 {
        let rung = by.rung(cause);
        self.put_on.filter(|_| matches!(self.stage, Stage::Armed(_))).map_or(rung, |most| rung.min(most))
    }

    fn go(&mut self, by: By<'_>, place: Option<Place>, at: At) {
        match place {
            Some(place) => self.notify(by, place, at),
            None => self.exhaust(at),
        }
    }

    /// Whoever is told is told of all that has lasted by then.
    fn tell_all(&mut self, at: At) {
        self.notices += 1;
        self.reached = false;
        self.causes.iter_mut().filter(|cause| cause.until.is_some_and(|until| until <= at)).for_each(|cause| {
            cause.until = None;
        });
    }

    pub(super) fn notify(&mut self, by: By<'_>, place: Place, at: At) {
        // A rung that is passed over has no time of its own.
        if !matches!(self.stage, Stage::Notified(scheduled, _) if scheduled == at) {
            self.nobody = 0;
        }
        // Of what has lasted by then, whoever is told is told on the highest rung that it begins on.
        let lasted = self.causes.iter().filter(|cause| cause.until.is_some_and(|until| until <= at));
        let rung = lasted.map(|cause| self.rung_of(by, cause)).chain([place.rung]).max().unwrap_or(place.rung);
        let place = Place { rung, ..place };
        self.tell_all(at);
        self.place = place;
        self.vacant.retain(|rung| *rung != place.rung);
        let wait = by.ladder.rungs[usize::from(place.rung) - 1].wait;
        self.stage = Stage::Notified(at, by.after(at, wait));
    }

    /// Nobody is left. It goes on reminding: a day later, then two, four and so on.
    pub(super) fn exhaust(&mut self, at: At) {
        self.tell_all(at);
        let since = if let Stage::Exhausted(since, ..) = self.stage { since } else { at };
        self.stage = Stage::Exhausted(since, 0, at + DAY);
    }

    /// There is a cause for which somebody on this rung is to hear of it at once.
    pub(super) fn raise(&mut self, by: By<'_>, rung: u16, at: At) {
        let there = Place { rung, ..self.place };
        match self.stage {
            // Who stands where something has still to last hears of it when that has lasted.
            Stage::Armed(_) => self.notify(by, there, at),
            Stage::Notified(..) | Stage::Acknowledged(..) | Stage::Snoozed(_) if rung > self.place.rung => {
                self.notify(by, there, at);
            }
            Stage::Exhausted(..) => self.exhaust(at),
            Stage::Notified(..) | Stage::Acknowledged(..) | Stage::Snoozed(_) | Stage::Closed(_) => {}
        }
    }

    pub(super) fn progress(&mut self, by: By<'_>, at: At) {
        if let Stage::Acknowledged(who, since, until) = self.stage {
            let longer = by.after(at, by.ladder.hold).min(by.after(since, by.ladder.hold_at_most));
            self.stage = Stage::Acknowledged(who, since, until.max(longer));
        }
    }

    /// The rung that the last notice was for.
    fn last_told(&self, by: By<'_>) -> u16 {
        if let Stage::Exhausted(..) = self.stage {
            let somebody = (1..=by.height()).rev().find(|rung| !self.vacant.contains(rung));
            return somebody.unwrap_or(by.height());
        }
        self.place.rung
    }

    pub(super) fn act(&mut self, by: By<'_>, deed: &Deed, at: At) {
        match deed {
            Deed::Acknowledge(_, who) => {
                self.nobody = 0;
                let until = by.after(at, by.ladder.hold).min(by.after(at, by.ladder.hold_at_most));
                self.stage = Stage::Acknowledged(who, at, until);
            }
            Deed::Progress(_) => self.progress(by, at),
            Deed::Snooze(_, until) => {
                self.nobody = 0;
                self.stage = Stage::Snoozed(*until);
            }
            Deed::Reached(..) => {
                let told = self.last_told(by);
                if matches!(self.stage, Stage::Notified(..) | Stage::Exhausted(..)) {
                    self.vacant.retain(|rung| *rung != told);
                }
                (self.reached, self.nobody) = (true, 0);
            }
            Deed::Nobody(_, notice) if self.empty != Some(*notice) => self.nobody_there(by, *notice),
            Deed::Lower(_, None) => self.stage = Stage::Closed(at),
            Deed::Lower(_, Some(rung)) => {
                self.nobody = 0;
                if let Stage::Armed(_) = self.stage {
                    (self.put_on, self.place.rung) = (Some(*rung), *rung);
                } else {
                    // Where it is told on the very instant of the notice before, that was no rung passed over.
                    self.notify(by, Place { lapse: self.place.lapse + 1, round: 0, rung: *rung }, at);
                }
            }
            _ => {}
        }
    }

    fn nobody_there(&mut self, by: By<'_>, notice: u32) {
        let told = self.last_told(by);
        self.vacant.push(told);
        self.vacant.sort_unstable();
        self.vacant.dedup();
        self.empty = Some(notice);
        match self.stage {
            Stage::Notified(scheduled, _) => {
                self.nobody += 1;
                if by.ladder.rungs[usize::from(told) - 1].keeps {
                    return;
                }
                let next = by.above(self.place).filter(|_| self.nobody < by.height());
                self.go(by, next, scheduled);
            }
            // The nearest below hears of it in its place, as long as somebody may have a role.
            Stage::Exhausted(_, _, _) if self.vacant.len() < by.ladder.rungs.len() => {
                self.notices += 1;
                self.reached = false;
            }
            _ => {}
        }
    }

    /// Whether what people do about it is taken.
    pub(super) fn takes(&self, by: By<'_>, deed: &Deed, now: At) -> bool {
        let ladder = by.ladder;
        let told = matches!(self.stage, Stage::Notified(..) | Stage::Exhausted(..));
        let last = |notice: u32| self.is_live() && notice > 0 && notice == self.notices;
        match deed {
            Deed::Acknowledge(..) => told,
            Deed::Progress(_) => matches!(self.stage, Stage::Acknowledged(..)),
            Deed::Snooze(_, until) => {
                let may = matches!(self.stage, Stage::Notified(..) | Stage::Acknowledged(..));
                may && *until > now && *until <= now + ladder.snooze_at_most
            }
            Deed::Reached(_, notice) => last(*notice),
            Deed::Nobody(_, notice) => last(*notice) && told && !self.reached,
            Deed::Lower(_, None) => self.is_live(),
            Deed::Lower(_, Some(rung)) => {
                let armed = matches!(self.stage, Stage::Armed(_));
                let lower = *rung > 0 && *rung < if armed { self.begins_on(by) } else { self.place.rung };
                self.is_live() && lower && (armed || self.place.lapse < ladder.lapses)
            }
            _ => unreachable!("about one"),
        }
    }
}

impl Deed {
    pub(super) fn is_about(&self, climb: EscalationId) -> bool {
        match self {
            Self::Acknowledge(id, _)
            | Self::Progress(id)
            | Self::Snooze(id, _)
            | Self::Nobody(id, _)
            | Self::Reached(id, _)
            | Self::Lower(id, _) => *id == climb,
            _ => false,
        }
    }
}

impl Heard<'_> {
    /// Whether it is progress of whoever has it: what an agent tells the customer, or a note of his own.
    pub(super) fn is_work_for(&self, climb: &Climb) -> bool {
        let own = matches!(climb.stage, Stage::Acknowledged("ada", ..));
        self.says(Who::Agent) || self.says(Who::Note) && own
    }
}
