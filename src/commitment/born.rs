//! The commitment that a fact makes.

use super::event::Event;
use super::evolve::{Recording, active};
use super::made::Drafted;
use super::phase::Phase;
use super::state::Commitment;

/// The commitment that a fact makes, if it makes one.
pub(super) fn made(event: &Event, recording: Recording) -> Option<Commitment> {
    match event {
        Event::Promised(promised) => Some(Commitment {
            id: promised.commitment,
            deliverable: promised.deliverable.clone(),
            promiser: promised.promiser.clone(),
            beneficiary: promised.beneficiary.clone(),
            owner: promised.owner.clone(),
            origin: promised.origin.clone(),
            binding: promised.binding,
            edition: recording.edition,
            version: recording.version,
            made: recording.at,
            since: promised.since.unwrap_or(promised.clock.since),
            first_due: Some(promised.due),
            due: promised.due,
            terms: promised.terms.clone(),
            clock: promised.clock.clone(),
            repairs: promised.repairs,
            renews: promised.renews,
            repaired_by: None,
            breach: None,
            notes: None,
            phase: active(&promised.warnings, recording),
        }),
        Event::Suggested(drafted) | Event::PromisedOnCondition(drafted) => Some(drafted_as(drafted, recording)),
        Event::CarriedIn { commitment, .. } => Some(commitment.taken_in(recording)),
        Event::Warned { .. }
        | Event::Breached { .. }
        | Event::Fulfilled { .. }
        | Event::DeliveredLate { .. }
        | Event::Corrected { .. }
        | Event::Paused { .. }
        | Event::PauseJoined { .. }
        | Event::PauseLeft { .. }
        | Event::Resumed { .. }
        | Event::Retargeted(_)
        | Event::Voided { .. }
        | Event::Overtaken { .. }
        | Event::Superseded { .. }
        | Event::HandedOver { .. }
        | Event::Confirmed { .. }
        | Event::ConditionMet { .. }
        | Event::Attempted { .. }
        | Event::Announced { .. }
        | Event::Amended(_)
        | Event::Proposed { .. }
        | Event::Declined { .. }
        | Event::Chased { .. }
        | Event::Heard { .. }
        | Event::Ended { .. }
        | Event::Excluded { .. }
        | Event::Delegated { .. }
        | Event::PutAtRisk { .. }
        | Event::HorizonReached { .. }
        | Event::Redacted { .. }
        | Event::CarriedOut { .. } => None,
    }
}

impl Commitment {
    /// The same in another stream: its place in the order of things is the one that it has there.
    fn taken_in(&self, recording: Recording) -> Self {
        let mut taken_in = Self { version: recording.version, ..self.clone() };
        match &mut taken_in.phase {
            Phase::Candidate { armed, .. }
            | Phase::Conditional { armed, .. }
            | Phase::Active { armed, .. }
            | Phase::Paused { armed, .. } => *armed = recording.armed(),
            Phase::Overdue | Phase::Closed { .. } => {}
        }
        taken_in
    }
}

/// A commitment whose clock does not run yet. One that is to be looked at is so first, whatever else it waits for.
fn drafted_as(drafted: &Drafted, recording: Recording) -> Commitment {
    let armed = recording.armed();
    let phase = match (drafted.review_by, drafted.limit) {
        (Some(review_by), limit) => Phase::Candidate { review_by, limit, armed },
        (None, Some(limit)) => Phase::Conditional { limit, armed },
        (None, None) => active(&[], recording),
    };
    Commitment {
        id: drafted.commitment,
        deliverable: drafted.deliverable.clone(),
        promiser: drafted.promiser.clone(),
        beneficiary: drafted.beneficiary.clone(),
        owner: drafted.owner.clone(),
        origin: drafted.origin.clone(),
        binding: drafted.binding,
        edition: recording.edition,
        version: recording.version,
        made: recording.at,
        since: drafted.since,
        first_due: None,
        due: drafted.due,
        terms: drafted.terms.clone(),
        clock: drafted.clock.clone(),
        repairs: drafted.repairs,
        renews: drafted.renews,
        repaired_by: None,
        breach: None,
        notes: None,
        phase,
    }
}
