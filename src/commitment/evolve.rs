//! What a fact changes. There are no rules here: every fact is taken as it stands, in whatever state it comes.

use alloc::vec::Vec;

use super::cause::VoidCause;
use super::clock::{Clock, Pause};
use super::envelope::Recorded;
use super::event::Event;
use super::happened::{Happened, Stamp};
use super::made::{Amended, Running};
use super::notes::{Chasing, Notes, Tried};
use super::origin::{Binding, Origin};
use super::phase::{Outcome, Phase};
use super::promise::Chase;
use super::state::{Breach, Commitment};
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
    /// When it happened, if that is somebody's claim.
    pub(crate) claimed: Option<Timestamp>,
}

impl Recording {
    pub(crate) const fn of<S, E>(recorded: &Recorded<S, E>) -> Self {
        let claimed = match recorded.happened {
            Some(Happened { at, stamp: Stamp::Claim }) => Some(at),
            Some(Happened { stamp: Stamp::Transport, .. }) | None => None,
        };
        Self { at: recorded.at, version: recorded.version, edition: recorded.edition, claimed }
    }

    pub(super) const fn armed(self) -> Armed {
        Armed { at: self.at, version: self.version }
    }
}

impl Commitment {
    pub(super) fn evolve(&mut self, event: &Event, recording: Recording) {
        let at = recording.at;
        match event {
            Event::Promised(_)
            | Event::Suggested(_)
            | Event::PromisedOnCondition(_)
            | Event::CarriedOut { .. }
            | Event::CarriedIn { .. } => {}
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
                self.remember_claim(recording.claimed);
            }
            Event::Voided { cause, used, .. } => self.close(at, Outcome::Void(cause.clone()), *used),
            Event::Overtaken { rule, used, .. } => self.close(at, Outcome::Overtaken(rule.clone()), *used),
            Event::Superseded { by, used, .. } => {
                self.repaired_by = Some(*by);
                self.close(at, Outcome::Superseded { by: *by }, *used);
            }
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
                // What has been planned anew goes by the rules of then; whatever else moves it goes by its own.
                self.edition = recording.edition;
                if let Origin::Policy(cycle) = &mut self.origin {
                    cycle.priority.clone_from(&retargeted.priority);
                }
                match &mut self.phase {
                    Phase::Active { .. } => self.phase = active(&retargeted.warnings, recording),
                    Phase::Paused { left, .. } => *left = retargeted.left,
                    Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue | Phase::Closed { .. } => {}
                }
            }
            Event::HandedOver { owner, .. } => {
                let before = core::mem::replace(&mut self.owner, owner.clone());
                if self.breach.is_some() {
                    self.notes_mut().broken_under.get_or_insert(before);
                }
            }
            Event::Confirmed { running, .. } => self.confirm(running.as_deref(), recording),
            Event::ConditionMet { running, .. } => self.run(running, recording),
            Event::Ended { ending, used, .. } => self.close(at, Outcome::Ended(ending.clone()), *used),
            Event::Announced { .. } => {
                if self.binding == Binding::Goal {
                    self.notes_mut().announced = Some(at);
                }
                self.binding = Binding::Promised;
            }
            Event::Amended(amended) => self.amend(amended, recording),
            Event::Declined { .. } => {
                let notes = self.notes_mut();
                (notes.proposal, notes.declined) = (None, Some(at));
            }
            Event::Attempted { .. }
            | Event::Proposed { .. }
            | Event::Chased { .. }
            | Event::Heard { .. }
            | Event::Excluded { .. }
            | Event::Delegated { .. }
            | Event::PutAtRisk { .. }
            | Event::HorizonReached { .. }
            | Event::Redacted { .. } => self.note(event, at),
        }
        self.remember_what_kept_it(event);
    }

    /// Other terms; where its clock stands or does not run yet, it goes on doing so.
    fn amend(&mut self, amended: &Amended, recording: Recording) {
        if let Some(agreed) = self.terms.opens_at.filter(|opens_at| amended.terms.opens_at != Some(*opens_at)) {
            self.notes_mut().agreed_from.get_or_insert(agreed);
        }
        self.terms = amended.terms.clone();
        let Running { clock, due, warnings, .. } = &amended.running;
        (self.clock, self.due) = (clock.clone(), *due);
        match &mut self.phase {
            Phase::Active { .. } => self.phase = active(warnings, recording),
            Phase::Paused { left, .. } => *left = amended.left,
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue | Phase::Closed { .. } => {}
        }
    }

    /// What a fact adds to the record without moving the clock.
    fn note(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Attempted { tried, short, .. } => {
                self.notes_mut().attempts.push(Tried { at: *tried, short: *short });
            }
            Event::Proposed { proposal, .. } => {
                let notes = self.notes_mut();
                (notes.proposal, notes.declined) = (Some(proposal.clone()), None);
            }
            Event::Chased { step, .. } => {
                let chase = self.notes_mut().chase.get_or_insert_default();
                match step {
                    Chase::Asked => *chase = Chasing { asked: true, ..Chasing::default() },
                    Chase::Reminded => chase.reminded = chase.reminded.saturating_add(1),
                    Chase::Warned { until } => chase.until = Some(*until),
                }
                chase.last = Some(at);
            }
            Event::Heard { .. } => self.notes_mut().chase = None,
            Event::Excluded { exclusion, .. } => self.notes_mut().exclusion = Some(exclusion.clone()),
            Event::Delegated { child, .. } => self.notes_mut().given_on.push(*child),
            Event::PutAtRisk { .. } => self.notes_mut().at_risk = true,
            Event::HorizonReached { .. } => {
                if let Some(series) = &mut self.terms.series {
                    series.past_horizon = true;
                }
            }
            Event::Redacted { reference, .. } => {
                self.erase(reference);
            }
            Event::Promised(_)
            | Event::Suggested(_)
            | Event::PromisedOnCondition(_)
            | Event::Confirmed { .. }
            | Event::ConditionMet { .. }
            | Event::Warned { .. }
            | Event::Breached { .. }
            | Event::Fulfilled { .. }
            | Event::DeliveredLate { .. }
            | Event::Corrected { .. }
            | Event::Paused { .. }
            | Event::PauseJoined { .. }
            | Event::PauseLeft { .. }
            | Event::Resumed { .. }
            | Event::Retargeted(_)
            | Event::Amended(_)
            | Event::Declined { .. }
            | Event::Announced { .. }
            | Event::Voided { .. }
            | Event::Overtaken { .. }
            | Event::Superseded { .. }
            | Event::Ended { .. }
            | Event::CarriedOut { .. }
            | Event::CarriedIn { .. }
            | Event::HandedOver { .. } => {}
        }
    }

    /// It counts: its clock runs, or it waits for the customer's part.
    fn confirm(&mut self, running: Option<&Running>, recording: Recording) {
        match (running, &self.phase) {
            (Some(running), _) => self.run(running, recording),
            (None, Phase::Candidate { limit: Some(limit), .. }) => {
                self.phase = Phase::Conditional { limit: *limit, armed: recording.armed() };
            }
            (None, _) => {}
        }
    }

    /// Its clock begins to run.
    fn run(&mut self, running: &Running, recording: Recording) {
        if self.since != running.clock.since {
            self.notes_mut().said = Some(self.since);
        }
        self.since = running.clock.since;
        self.clock = running.clock.clone();
        self.first_due = Some(running.due);
        self.due = running.due;
        self.phase = active(&running.warnings, recording);
    }

    pub(super) fn notes_mut(&mut self) -> &mut Notes {
        self.notes.get_or_insert_default()
    }

    fn close(&mut self, at: Timestamp, outcome: Outcome, used: Amount) {
        self.clock.end_pauses(at, None);
        self.remember(&outcome);
        let (stood_for, resume_by) = match &mut self.phase {
            Phase::Paused { reasons, resume_by, .. } => (core::mem::take(reasons), Some(*resume_by)),
            Phase::Closed { stood_for, resume_by, .. } => (core::mem::take(stood_for), *resume_by),
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Overdue => {
                (Vec::new(), None)
            }
        };
        self.phase = Phase::Closed { at, outcome, used, stood_for, resume_by, evidence: None, claimed: None };
    }

    const fn remember_claim(&mut self, is: Option<Timestamp>) {
        if let Phase::Closed { claimed, .. } = &mut self.phase {
            *claimed = is;
        }
    }

    /// A ticket keeps by itself which message answered what; of what an incident owes nothing else says by which it was kept.
    fn remember_what_kept_it(&mut self, event: &Event) {
        if let (Phase::Closed { evidence, .. }, Origin::Incident(_)) = (&mut self.phase, &self.origin)
            && let Some(kept_by) = event.kept_by()
        {
            *evidence = Some(kept_by.clone());
        }
    }

    /// What had become of it is remembered when it is struck out, for whoever finds that this was the error.
    fn remember(&mut self, next: &Outcome) {
        let Outcome::Void(VoidCause::InError { .. }) = next else { return };
        let Phase::Closed { outcome, .. } = &self.phase else { return };
        self.notes.get_or_insert_default().struck_out = Some(outcome.clone());
    }
}

/// Running, with the warnings that had not passed when it was said.
pub(super) fn active(warnings: &[WarningAt], recording: Recording) -> Phase {
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
