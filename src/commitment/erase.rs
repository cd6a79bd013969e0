//! What a reference points to was erased, and so the reference goes too. Ids, instants and the verdict stay.

use super::cause::{Ending, VoidCause};
use super::notes::Notes;
use super::origin::Origin;
use super::phase::{Outcome, Phase};
use super::state::Commitment;
use crate::MessageRef;

impl Commitment {
    /// Whether anything that is on record of it points there.
    pub(crate) fn names(&self, reference: &MessageRef) -> bool {
        let mut without = self.clone();
        without.erase(reference);
        without != *self
    }

    pub(super) fn erase(&mut self, reference: &MessageRef) {
        if let Origin::Spoken { message, .. } | Origin::Request { message, .. } = &mut self.origin {
            message.take_if(|message| message == reference);
        }
        let (told, before) = match self.notes.as_deref_mut() {
            Some(Notes { proposal, struck_out, .. }) => {
                (proposal.as_mut().map(|proposal| &mut proposal.told), struck_out.as_mut().and_then(shown))
            }
            None => (None, None),
        };
        let (shown, kept_by) = match &mut self.phase {
            Phase::Closed { outcome, evidence, .. } => (shown(outcome), evidence.as_mut()),
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue => (None, None),
        };
        for erased in told.into_iter().chain(shown).chain(kept_by).chain(before).filter(|known| *known == reference) {
            *erased = MessageRef::erased();
        }
    }
}

/// What shows that a commitment was closed so.
const fn shown(outcome: &mut Outcome) -> Option<&mut MessageRef> {
    match outcome {
        Outcome::Void(
            VoidCause::Released { evidence }
            | VoidCause::Withdrawn { notice: evidence }
            | VoidCause::Renegotiated { evidence, .. }
            | VoidCause::SeriesStopped { evidence }
            | VoidCause::InError { evidence, .. }
            | VoidCause::InTime { evidence: Some(evidence), .. },
        )
        | Outcome::Ended(Ending::Impossible { notice: evidence } | Ending::Waived { evidence }) => Some(evidence),
        Outcome::Void(
            VoidCause::Rule(_)
            | VoidCause::Corrected { .. }
            | VoidCause::Dismissed { .. }
            | VoidCause::Lapsed
            | VoidCause::CustomerAbsent
            | VoidCause::InTime { evidence: None, .. }
            | VoidCause::Retracted { .. },
        )
        | Outcome::Ended(Ending::WrittenOff { .. })
        | Outcome::Fulfilled { .. }
        | Outcome::Corrected { .. }
        | Outcome::DeliveredLate { .. }
        | Outcome::Overtaken(_)
        | Outcome::Superseded { .. } => None,
    }
}
