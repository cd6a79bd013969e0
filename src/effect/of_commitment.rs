//! What there may be to do because of a fact about a commitment.

use alloc::vec::Vec;

use super::Task;
use crate::commitment::{Deliverable, Event, Origin, Owner, Party, Promised, Renewal, VoidCause};
use crate::{CommitmentId, Timestamp};

pub(super) fn tasks(event: &Event) -> Vec<Task> {
    match event {
        Event::Warned { commitment, owner, warning, due } => {
            Vec::from([Task::WarnOwner { owner: owner.clone(), commitment: *commitment, warning: *warning, due: *due }])
        }
        Event::Breached { commitment, owner, due, cause, .. } => Vec::from([Task::TellOwnerOfBreach {
            owner: owner.clone(),
            commitment: *commitment,
            due: *due,
            cause: *cause,
        }]),
        Event::Suggested(drafted) => drafted
            .review_by
            .map(|review_by| Task::Review { owner: drafted.owner.clone(), commitment: drafted.commitment, review_by })
            .into_iter()
            .collect(),
        Event::Voided { commitment, cause: VoidCause::Lapsed, to, .. } => {
            Vec::from([Task::TellOfLapse { commitment: *commitment, to: to.clone() }])
        }
        Event::PutAtRisk { commitment, owner, child, due } => Vec::from([Task::TellOwnerOfRisk {
            owner: owner.clone(),
            commitment: *commitment,
            child: *child,
            due: *due,
        }]),
        Event::Promised(promised) => beyond(&promised.origin, &promised.owner, promised.commitment, promised.due)
            .into_iter()
            .chain(decide(promised))
            .chain(to_tell(promised))
            .collect(),
        Event::PromisedOnCondition(drafted) => {
            beyond(&drafted.origin, &drafted.owner, drafted.commitment, drafted.due).into_iter().collect()
        }
        Event::Fulfilled { .. }
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
        | Event::HorizonReached { .. }
        | Event::Redacted { .. }
        // What there is to do because of it was said where it happened.
        | Event::CarriedOut { .. }
        | Event::CarriedIn { .. } => Vec::new(),
    }
}

/// A customer who asks for a decision is to be answered.
fn decide(promised: &Promised) -> Option<Task> {
    let (owner, commitment, due) = (promised.owner.clone(), promised.commitment, promised.due);
    matches!(promised.origin, Origin::Request { .. } | Origin::Horizon { .. }).then_some(Task::Decide {
        owner,
        commitment,
        due,
    })
}

/// Whoever answers for it is to hear that more was promised than a role may.
fn beyond(origin: &Origin, owner: &Owner, commitment: CommitmentId, due: Timestamp) -> Option<Task> {
    let Origin::Spoken { by, beyond: Some(role), .. } = origin else { return None };
    let (owner, by, role) = (owner.clone(), by.clone(), role.clone());
    Some(Task::TellOfPromiseBeyond { owner, commitment, due, by, role })
}

/// What an incident owes to one customer is told to him, but for an answer and a fix, which somebody gives.
fn to_tell(promised: &Promised) -> Option<Task> {
    let (Origin::Incident(origin), Party::Customer(customer)) = (&promised.origin, &promised.beneficiary) else {
        return None;
    };
    let told = matches!(promised.deliverable, Deliverable::Notice | Deliverable::Update | Deliverable::Feedback);
    told.then(|| Task::Tell {
        customer: customer.clone(),
        what: promised.deliverable.clone(),
        commitment: promised.commitment,
        due: promised.due,
        channel: origin.channel,
        language: origin.language.clone(),
        again: promised.renews.is_some_and(|renews| renews.why == Renewal::Retracted),
    })
}
