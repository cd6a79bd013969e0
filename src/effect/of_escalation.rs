//! What there may be to do because of a fact about an escalation.

use alloc::vec::Vec;

use super::Task;
use crate::Timestamp;
use crate::escalation::{Event, Suggestion};

pub(super) fn tasks(event: &Event, late_us: impl Fn(Timestamp) -> u64) -> Vec<Task> {
    match event {
        Event::Notified(notice) => {
            let suggest = |what: &Suggestion| Task::Suggest {
                what: *what,
                role: notice.role.clone(),
                escalation: notice.escalation,
                subject: notice.subject,
            };
            let suggested = notice.suggest.iter().map(suggest);
            let notify = Task::Notify { notice: notice.clone(), late_us: late_us(notice.scheduled) };
            [notify].into_iter().chain(suggested).collect()
        }
        Event::Exhausted(unhandled) | Event::Reminded(unhandled) => {
            let late_us = late_us(unhandled.scheduled);
            Vec::from([Task::TellUnhandled { unhandled: unhandled.clone(), late_us }])
        }
        Event::Started(_)
        | Event::CauseJoined { .. }
        | Event::CauseGone { .. }
        | Event::CauseLasted { .. }
        | Event::Reached { .. }
        | Event::NobodyThere { .. }
        | Event::Acknowledged { .. }
        | Event::Progressed { .. }
        | Event::Snoozed { .. }
        | Event::HandedOver { .. }
        | Event::DeEscalated { .. }
        | Event::Closed { .. }
        // What there is to do because of it was said where it began.
        | Event::CarriedIn { .. }
        | Event::RequestCarriedIn { .. }
        // The decision that is owed tells its owner.
        | Event::DecisionRequested { .. }
        | Event::DecisionRequestedAgain { .. }
        | Event::Decided { .. } => Vec::new(),
    }
}
