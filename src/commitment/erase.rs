//! What a reference points to was erased, and so the reference goes too. Ids, instants and the verdict stay.

use super::cause::{Ending, VoidCause};
use super::notes::Notes;
use super::origin::Origin;
use super::phase::{Outcome, Phase};
use super::state::Commitment;
use crate::{MessageRef, Name};

impl Commitment {
    /// Whether anything that is on record of it points there.
    pub(crate) fn names(&self, reference: &MessageRef) -> bool {
        let mut without = self.clone();
        without.erase(reference);
        without != *self
    }

    pub(super) fn erase(&mut self, reference: &MessageRef) {
        self.erase_why(reference);
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

impl Commitment {
    /// What bounced is the reason why it is owed again, so its reference stands there too.
    fn erase_why(&mut self, reference: &MessageRef) {
        let closed = match &mut self.phase {
            Phase::Closed { outcome, .. } => Some(outcome),
            Phase::Candidate { .. }
            | Phase::Conditional { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue => None,
        };
        let struck_out = self.notes.as_deref_mut().and_then(|notes| notes.struck_out.as_mut());
        for outcome in closed.into_iter().chain(struck_out) {
            if let Outcome::Void(VoidCause::Retracted { reason, .. }) = outcome
                && reason.as_str() == reference.as_str()
                && let Ok(erased) = Name::new(MessageRef::erased().as_str())
            {
                *reason = erased;
            }
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
