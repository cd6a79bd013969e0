//! What a stored event changes. There are no rules here: every fact is taken as it stands.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::board::{DecisionRequest, Escalations, count};
use super::complained;
use super::event::{Event, Notice, Started, Unhandled};
use super::state::{Escalation, Place, Stage};
use crate::commitment::Armed;
use crate::{AgentId, CommitmentId, EditionNumber, EscalationId, Timestamp};

impl Escalations {
    /// Takes a fact as it stands, found under an edition; `armed` is the place of its event in the stream.
    pub(crate) fn evolve(&mut self, event: &Event, edition: EditionNumber, armed: Armed) {
        match event {
            Event::Started(started) => self.begin(started, edition, armed),
            Event::DecisionRequested { commitment, about, .. } => {
                let number = self.request.as_ref().map_or(0, |request| request.number).saturating_add(1);
                // Whom he has complained of does not decide the next time either.
                let mut complained_of = self.request.take().map(|before| before.about).unwrap_or_default();
                complained::add(&mut complained_of, about);
                self.request =
                    Some(DecisionRequest { commitment: *commitment, number, about: complained_of, asked: 1 });
            }
            Event::DecisionRequestedAgain { commitment, about, .. } => self.ask_again(*commitment, about),
            Event::Decided { .. } => {}
            Event::CarriedIn { escalation, .. } => {
                self.put(Escalation { armed, ..Escalation::clone(escalation) });
            }
            Event::RequestCarriedIn { request, .. } => {
                // The next one has a number that neither stream has given.
                let number = self.request.as_ref().map_or(0, |known| known.number).max(request.number);
                self.request = Some(DecisionRequest { number, ..request.clone() });
            }
            Event::Notified(notice) => {
                self.tell(notice);
                self.change(notice.escalation, event, armed);
            }
            Event::CauseJoined { escalation, .. }
            | Event::CauseGone { escalation, .. }
            | Event::CauseLasted { escalation, .. }
            | Event::Reached { escalation, .. }
            | Event::NobodyThere { escalation, .. }
            | Event::Acknowledged { escalation, .. }
            | Event::Progressed { escalation, .. }
            | Event::Snoozed { escalation, .. }
            | Event::HandedOver { escalation, .. }
            | Event::DeEscalated { escalation, .. }
            | Event::Closed { escalation, .. } => self.change(*escalation, event, armed),
            Event::Exhausted(unhandled) | Event::Reminded(unhandled) => {
                self.change(unhandled.escalation, event, armed);
            }
        }
    }

    fn begin(&mut self, started: &Started, edition: EditionNumber, armed: Armed) {
        self.put(Escalation { edition, armed, ..Escalation::begun(started, armed.at) });
    }

    fn put(&mut self, escalation: Escalation) {
        self.timers.extend(escalation.timer());
        self.about.insert((escalation.subject, escalation.id));
        // One that has come home is the same, and has been counted.
        if self.closed.remove(&escalation.id).is_none() {
            count(&mut self.begun, &escalation);
        }
        self.live.insert(escalation.id, Box::new(escalation));
    }

    fn ask_again(&mut self, commitment: CommitmentId, about: &[AgentId]) {
        let Some(request) = self.request.as_mut() else { return };
        request.commitment = commitment;
        request.asked = request.asked.saturating_add(1);
        complained::add(&mut request.about, about);
    }

    /// A role that hears of something by itself hears of what follows soon after together.
    fn tell(&mut self, notice: &Notice) {
        let ladder = self.live.get(&notice.escalation).map(|escalation| &escalation.ladder);
        let Some(window) = ladder.and_then(|ladder| ladder.window) else { return };
        let told_as = notice.told_as();
        if let Some(together) = &notice.digest {
            self.digests.insert(told_as.clone());
            self.told.insert(told_as, together.at);
        } else {
            self.digests.remove(&told_as);
            self.told.insert(told_as, notice.scheduled.plus_micros(window.as_micros()));
        }
    }

    fn change(&mut self, id: EscalationId, event: &Event, armed: Armed) {
        let Some(escalation) = self.live.get_mut(&id) else { return };
        if let Some(timer) = escalation.timer() {
            self.timers.remove(&timer);
        }
        escalation.evolve(event, armed);
        if escalation.is_live() {
            self.timers.extend(escalation.timer());
        } else if let Some(closed) = self.live.remove(&id) {
            self.about.remove(&(closed.subject, id));
            self.closed.insert(id, closed);
        }
    }
}

impl Escalation {
    /// One that has just begun.
    pub(super) fn begun(started: &Started, at: Timestamp) -> Self {
        let Started { escalation: id, subject, ladder, cause, rung, until, .. } = started;
        Self {
            id: *id,
            subject: *subject,
            ladder: Box::new(ladder.clone()),
            causes: Vec::from([cause.clone()]),
            since: at,
            edition: EditionNumber(0),
            place: Place { lapse: 0, round: 0, rung: *rung },
            notices: 0,
            nobody: 0,
            empty: None,
            vacant: BTreeSet::new(),
            begins_at_most: None,
            reached: None,
            tier: None,
            stage: Stage::Armed { until: *until },
            armed: Armed { at, version: 0 },
        }
    }

    /// Whoever is told is told of all that has lasted by then.
    fn have_lasted(&mut self, scheduled: Timestamp) {
        for lasted in self.causes.iter_mut().filter(|cause| cause.has_lasted(scheduled)) {
            lasted.until = None;
        }
    }

    fn evolve(&mut self, event: &Event, armed: Armed) {
        let stage = match event {
            Event::CauseJoined { cause, .. } => {
                self.causes.push(cause.clone());
                return;
            }
            Event::CauseGone { cause, .. } => {
                let index = usize::from(*cause);
                if index < self.causes.len() {
                    self.causes.remove(index);
                }
                return;
            }
            Event::CauseLasted { cause, .. } => {
                if let Some(cause) = self.causes.get_mut(usize::from(*cause)) {
                    cause.until = None;
                }
                return;
            }
            Event::Reached { who, .. } => {
                if let Stage::Notified { .. } | Stage::Exhausted { .. } = self.stage {
                    self.vacant.remove(&self.last_told());
                }
                self.reached = Some(who.clone());
                self.nobody = 0;
                return;
            }
            Event::NobodyThere { notice, .. } => {
                self.vacant.insert(self.last_told());
                self.empty = Some(*notice);
                if let Stage::Notified { .. } = self.stage {
                    self.nobody = self.nobody.saturating_add(1);
                }
                return;
            }
            Event::HandedOver { tier, .. } => {
                self.tier = Some(*tier);
                return;
            }
            Event::Notified(notice) => {
                let Notice { lapse, round, rung, notice, scheduled, next, .. } = **notice;
                // A rung that is passed over has no time of its own.
                let passed_over =
                    matches!(self.stage, Stage::Notified { scheduled: before, .. } if before == scheduled);
                self.nobody = if passed_over { self.nobody } else { 0 };
                self.place = Place { lapse, round, rung };
                self.have_lasted(scheduled);
                self.vacant.remove(&rung);
                (self.notices, self.reached) = (notice, None);
                Stage::Notified { scheduled, next }
            }
            Event::Acknowledged { by, until, .. } => {
                self.nobody = 0;
                Stage::Acknowledged { by: by.clone(), since: armed.at, until: *until }
            }
            Event::Progressed { until, .. } => match &self.stage {
                Stage::Acknowledged { by, since, .. } => {
                    Stage::Acknowledged { by: by.clone(), since: *since, until: *until }
                }
                _ => return,
            },
            Event::Snoozed { until, reason, .. } => {
                self.nobody = 0;
                Stage::Snoozed { until: *until, reason: reason.clone() }
            }
            // The notice that goes with it says the rest.
            Event::DeEscalated { to, .. } => {
                self.nobody = 0;
                if let Stage::Armed { .. } = self.stage {
                    self.begins_at_most = Some(*to);
                    self.place.rung = *to;
                }
                return;
            }
            Event::Exhausted(unhandled) | Event::Reminded(unhandled) => {
                let Unhandled { notice, scheduled, reminders, next, .. } = **unhandled;
                if notice > 0 {
                    (self.notices, self.reached) = (notice, None);
                }
                self.have_lasted(scheduled);
                // Where nobody had any of its roles, all are asked anew.
                if matches!(event, Event::Reminded(_)) && self.vacant.len() >= usize::from(self.ladder.height()) {
                    self.vacant.clear();
                }
                let since = match self.stage {
                    Stage::Exhausted { since, .. } => since,
                    _ => scheduled,
                };
                Stage::Exhausted { since, reminders, next }
            }
            Event::Closed { why, .. } => Stage::Closed { at: armed.at, why: why.clone() },
            Event::Started(_)
            | Event::CarriedIn { .. }
            | Event::RequestCarriedIn { .. }
            | Event::DecisionRequested { .. }
            | Event::DecisionRequestedAgain { .. }
            | Event::Decided { .. } => return,
        };
        self.stage = stage;
        self.armed = armed;
    }
}
