//! What a fact changes. There are no rules here: every fact is taken as it stands, in whatever state it comes.

use alloc::vec::Vec;

use super::clock::{Clock, Pause};
use super::event::Event;
use super::state::{Breach, Commitment, Outcome, Phase};
use super::terms::Origin;
use super::timer::Armed;
use super::warning::WarningAt;
use crate::calendar::Amount;
use crate::{EditionNumber, Name, Timestamp, has_passed};

/// What the envelope of a stored fact says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Recording {
    /// When it stands.
    pub(crate) at: Timestamp,
    /// Its place in the stream, from 1.
    pub(crate) version: u64,
    /// The edition of the rulebook that it was found under.
    pub(crate) edition: EditionNumber,
}

impl Recording {
    const fn armed(self) -> Armed {
        Armed { at: self.at, version: self.version }
    }
}

/// The commitment that a `Promised` makes; nothing for any other fact.
pub(super) fn made(event: &Event, recording: Recording) -> Option<Commitment> {
    let Event::Promised(promised) = event else { return None };
    Some(Commitment {
        id: promised.commitment,
        deliverable: promised.deliverable.clone(),
        beneficiary: promised.beneficiary.clone(),
        owner: promised.owner.clone(),
        origin: promised.origin.clone(),
        binding: promised.binding,
        edition: recording.edition,
        version: recording.version,
        made: recording.at,
        since: promised.clock.since,
        first_due: promised.due,
        due: promised.due,
        terms: promised.terms.clone(),
        clock: promised.clock.clone(),
        repairs: promised.repairs,
        repaired_by: None,
        breach: None,
        phase: active(&promised.warnings, recording),
    })
}

impl Commitment {
    pub(super) fn evolve(&mut self, event: &Event, recording: Recording) {
        let at = recording.at;
        match event {
            Event::Promised(_) => {}
            Event::Warned { warning, .. } => {
                if let Phase::Active { warnings, .. } = &mut self.phase
                    && let Some(fired) = warnings.iter().position(|waiting| waiting.warning == *warning)
                {
                    warnings.remove(fired);
                }
            }
            Event::Breached { due, cause, .. } => {
                self.clock.end_pauses(at, None);
                self.due = *due;
                self.breach = Some(Breach { at, due: *due, cause: *cause });
                self.phase = Phase::Overdue;
            }
            Event::Fulfilled { done, used, .. } => self.close(at, Outcome::Fulfilled { done: *done }, *used),
            Event::Corrected { done, used, .. } => self.close(at, Outcome::Corrected { done: *done }, *used),
            Event::DeliveredLate { done, late_us, used, .. } => {
                self.close(at, Outcome::DeliveredLate { done: *done, late_us: *late_us }, *used);
            }
            Event::Voided { cause, used, .. } => self.close(at, Outcome::Void(cause.clone()), *used),
            Event::Overtaken { rule, used, .. } => self.close(at, Outcome::Overtaken(rule.clone()), *used),
            Event::Superseded { by, used, .. } => self.close(at, Outcome::Superseded { by: *by }, *used),
            Event::Paused { reason, left, resume_by, .. } => {
                self.clock.begin_pause(reason, at);
                let reasons = Vec::from([reason.clone()]);
                self.phase = Phase::Paused { reasons, left: *left, resume_by: *resume_by, armed: recording.armed() };
            }
            Event::PauseJoined { reason, .. } => {
                self.clock.begin_pause(reason, at);
                if let Phase::Paused { reasons, .. } = &mut self.phase {
                    reasons.push(reason.clone());
                }
            }
            Event::PauseLeft { reason, .. } => {
                self.clock.end_pauses(at, Some(reason));
                if let Phase::Paused { reasons, .. } = &mut self.phase {
                    reasons.retain(|standing| standing != reason);
                }
            }
            Event::Resumed { due, warnings, .. } => {
                self.clock.end_pauses(at, None);
                self.due = *due;
                self.phase = active(warnings, recording);
            }
            Event::Retargeted(retargeted) => {
                self.terms = retargeted.terms.clone();
                self.since = retargeted.since;
                self.clock = retargeted.clock.clone();
                self.due = retargeted.due;
                if let Origin::Policy(cycle) = &mut self.origin {
                    cycle.priority.clone_from(&retargeted.priority);
                }
                match &mut self.phase {
                    Phase::Active { .. } => self.phase = active(&retargeted.warnings, recording),
                    Phase::Paused { left, .. } => *left = retargeted.left,
                    Phase::Overdue | Phase::Closed { .. } => {}
                }
            }
            Event::HandedOver { owner, .. } => self.owner = owner.clone(),
        }
    }

    fn close(&mut self, at: Timestamp, outcome: Outcome, used: Amount) {
        self.clock.end_pauses(at, None);
        self.phase = Phase::Closed { at, outcome, used };
    }
}

/// Running, with the warnings that had not passed when it was said.
fn active(warnings: &[WarningAt], recording: Recording) -> Phase {
    let to_come = warnings.iter().filter(|warning| !has_passed(warning.at, recording.at));
    Phase::Active { warnings: to_come.copied().collect(), armed: recording.armed() }
}

impl Clock {
    fn begin_pause(&mut self, reason: &Name, from: Timestamp) {
        self.pauses.push(Pause { reason: reason.clone(), from, until: None });
    }

    /// Ends the open pauses for one reason, or for all.
    fn end_pauses(&mut self, at: Timestamp, reason: Option<&Name>) {
        let of_reason = |pause: &&mut Pause| reason.is_none_or(|reason| pause.reason == *reason);
        for pause in self.pauses.iter_mut().filter(|pause| pause.until.is_none()).filter(of_reason) {
            pause.until = Some(at);
        }
    }
}
