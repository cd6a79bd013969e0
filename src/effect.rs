//! What a host may have to do, derived from one stored event.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::commitment::envelope::Recorded;
use crate::commitment::{self, BreachCause, Owner, VoidCause, Warning};
use crate::{CommitmentId, TicketId, Timestamp};

/// Something that a host may have to do, with all that it needs for that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect<S = TicketId> {
    /// The same event gives the same id: an outbox that knows it sends nothing twice.
    pub id: EffectId<S>,
    /// What is to be done.
    pub task: Task,
}

/// Names an effect by the event that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectId<S = TicketId> {
    /// The stream.
    pub stream: S,
    /// The event.
    pub version: u64,
    /// Which of the event's effects, from 0.
    pub index: u16,
}

/// What a host may have to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Task {
    /// Tell the owner that a deadline is near.
    WarnOwner {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// Which warning it is.
        warning: Warning,
        /// The deadline.
        due: Timestamp,
    },
    /// Somebody is to look whether what was found in a message is a promise.
    Review {
        /// Who.
        owner: Owner,
        /// What was found.
        commitment: CommitmentId,
        /// Until when; after that it counts.
        review_by: Timestamp,
    },
    /// Tell the customer that it is owed no longer, since his part was not done in time.
    TellOfLapse {
        /// Which.
        commitment: CommitmentId,
    },
    /// Tell the owner that something that he gave on is broken.
    TellOwnerOfRisk {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// What is broken.
        child: CommitmentId,
        /// The deadline.
        due: Timestamp,
    },
    /// Tell the owner that it was not kept, and is owed still.
    TellOwnerOfBreach {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// The deadline.
        due: Timestamp,
        /// What made it a breach.
        cause: BreachCause,
    },
}

/// What a host may have to do because of a stored event, of a ticket or of an [`Account`](commitment::Account).
///
/// It depends on nothing else: whoever lost his outbox makes it again from the stored events.
#[must_use]
pub fn effects<S: Copy, E>(recorded: &Recorded<S, E>) -> Vec<Effect<S>>
where
    // An event of any kind of stream, which may be a fact about a commitment.
    for<'a> &'a E: Into<Option<&'a commitment::Event>>,
{
    let tasks = (&recorded.event).into().map_or_else(Vec::new, of_commitment);
    let id = |index| EffectId { stream: recorded.stream, version: recorded.version, index };
    tasks.into_iter().zip(0..).map(|(task, index)| Effect { id: id(index), task }).collect()
}

fn of_commitment(event: &commitment::Event) -> Vec<Task> {
    match event {
        commitment::Event::Warned { commitment, owner, warning, due } => {
            Vec::from([Task::WarnOwner { owner: owner.clone(), commitment: *commitment, warning: *warning, due: *due }])
        }
        commitment::Event::Breached { commitment, owner, due, cause, .. } => Vec::from([Task::TellOwnerOfBreach {
            owner: owner.clone(),
            commitment: *commitment,
            due: *due,
            cause: *cause,
        }]),
        commitment::Event::Suggested(drafted) => drafted
            .review_by
            .map(|review_by| Task::Review { owner: drafted.owner.clone(), commitment: drafted.commitment, review_by })
            .into_iter()
            .collect(),
        commitment::Event::Voided { commitment, cause: VoidCause::Lapsed, .. } => {
            Vec::from([Task::TellOfLapse { commitment: *commitment }])
        }
        commitment::Event::PutAtRisk { commitment, owner, child, due } => Vec::from([Task::TellOwnerOfRisk {
            owner: owner.clone(),
            commitment: *commitment,
            child: *child,
            due: *due,
        }]),
        commitment::Event::Promised(_)
        | commitment::Event::Fulfilled { .. }
        | commitment::Event::DeliveredLate { .. }
        | commitment::Event::Corrected { .. }
        | commitment::Event::Paused { .. }
        | commitment::Event::PauseJoined { .. }
        | commitment::Event::PauseLeft { .. }
        | commitment::Event::Resumed { .. }
        | commitment::Event::Retargeted(_)
        | commitment::Event::Voided { .. }
        | commitment::Event::Overtaken { .. }
        | commitment::Event::Superseded { .. }
        | commitment::Event::HandedOver { .. }
        | commitment::Event::PromisedOnCondition(_)
        | commitment::Event::Confirmed { .. }
        | commitment::Event::ConditionMet { .. }
        | commitment::Event::Attempted { .. }
        | commitment::Event::Announced { .. }
        | commitment::Event::Amended(_)
        | commitment::Event::Proposed { .. }
        | commitment::Event::Declined { .. }
        | commitment::Event::Chased { .. }
        | commitment::Event::Heard { .. }
        | commitment::Event::Ended { .. }
        | commitment::Event::Excluded { .. }
        | commitment::Event::Delegated { .. }
        | commitment::Event::HorizonReached { .. }
        | commitment::Event::Redacted { .. } => Vec::new(),
    }
}
