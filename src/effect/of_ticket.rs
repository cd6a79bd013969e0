//! What there may be to do because of a fact about a ticket.

use alloc::vec::Vec;

use super::Task;
use crate::Timestamp;
use crate::commitment::Addressee;
use crate::ticket::Event;

pub(super) fn tasks(event: &Event, late_us: impl Fn(Timestamp) -> u64) -> Vec<Task> {
    match event {
        Event::Redacted { message } => Vec::from([Task::Erase { message: message.clone() }]),
        Event::EffectFailed { effect, why, times, owner } => {
            Vec::from([Task::SeeToIt { owner: owner.clone(), effect: *effect, why: why.clone(), times: *times }])
        }
        Event::ChaseDue { rule, step, scheduled, closes, to } => Vec::from([Task::ChaseCustomer {
            to: to.clone(),
            step: *step,
            rule: rule.clone(),
            closes: *closes,
            late_us: late_us(*scheduled),
        }]),
        Event::Closed { rule: Some(rule), to: Some(to), .. } => {
            Vec::from([Task::TellOfClosing { to: Addressee::clone(to), rule: rule.clone() }])
        }
        Event::EffectDone { .. }
        | Event::SilenceBegan(_)
        | Event::SilenceEnded { .. }
        | Event::Chased { .. }
        | Event::ClosingPutOff { .. }
        | Event::Opened { .. }
        | Event::MessageAdded { .. }
        | Event::StatusChanged { .. }
        | Event::PriorityChanged { .. }
        | Event::Assigned { .. }
        | Event::Called { .. }
        | Event::Tagged { .. }
        | Event::FieldSet { .. }
        | Event::ChannelChanged { .. }
        | Event::LanguageChanged { .. }
        | Event::KindChanged { .. }
        | Event::StatusNamed { .. }
        | Event::HandedToVendor { .. }
        | Event::TakenBack { .. }
        | Event::LineHeld {}
        | Event::LinePickedUp {}
        | Event::HumanAskedFor {}
        | Event::NoReplyNeeded {}
        | Event::Marked { .. }
        | Event::MessageReclassified { .. }
        | Event::MessageBounced { .. }
        | Event::MessageMoved { .. }
        | Event::MergedInto { .. }
        | Event::MergedFrom { .. }
        | Event::SplitFrom { .. }
        | Event::Replanned { .. }
        | Event::Solved { .. }
        | Event::Closed { .. }
        | Event::Reopened { .. } => Vec::new(),
    }
}
