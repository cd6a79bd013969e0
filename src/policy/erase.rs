//! What a reference points to was erased, and so the reference goes from a ticket's past too. What was said when, and by whom, stays.

use super::fact::{Fact, Past};
use super::mark::Mark;
use crate::MessageRef;

impl Past {
    /// A reference goes from what it was, and from what it is said to have been.
    pub(crate) fn erase(&mut self, reference: &MessageRef) {
        self.fact.erase(reference);
        if let Some(filed) = &mut self.filed {
            filed.instead_of.erase(reference);
        }
    }
}

impl Fact {
    pub(crate) fn erase(&mut self, reference: &MessageRef) {
        match self {
            Self::Message(said) => {
                said.redacted |= said.message.take_if(|message| message == reference).is_some();
            }
            Self::Marked(mark) => mark.erase(reference),
            Self::Opened(_)
            | Self::Called { .. }
            | Self::Status { .. }
            | Self::Priority(_)
            | Self::Assigned { .. }
            | Self::Tagged { .. }
            | Self::Field { .. }
            | Self::Channel(_)
            | Self::Language(_)
            | Self::Kind(_)
            | Self::StatusName(_)
            | Self::Vendor(_)
            | Self::OnTheLine(_)
            | Self::HumanAskedFor
            | Self::NoReplyNeeded
            | Self::Merged
            | Self::EffectFailed => {}
        }
    }
}

impl Mark {
    fn erase(&mut self, reference: &MessageRef) {
        match self {
            Self::FollowsUp { answer: message, .. }
            | Self::SolutionOffered { message }
            | Self::SolutionFailed { message }
            | Self::FaultAcknowledged { message, .. }
            | Self::Apologised { message, .. }
            | Self::Explained { message, .. }
            | Self::RemedyAsked { message, .. }
            | Self::RemedyGiven { message, .. }
            | Self::FeedbackAsked { message }
            | Self::FeedbackGiven { message, .. } => {
                message.take_if(|message| message == reference);
            }
            Self::Unclear { answer, .. } if answer == reference => *answer = MessageRef::erased(),
            Self::Unclear { .. } | Self::Transferred { .. } | Self::Reviewed { .. } | Self::Conduct { .. } => {}
        }
    }
}
