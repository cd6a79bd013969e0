//! What a host may have to do, derived from one stored event.

mod digest;
mod task;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use self::digest::{DigestKey, Reader};
pub use self::task::Task;
use crate::commitment::envelope::Recorded;
use crate::commitment::{self, Addressee, Deliverable, Origin, Owner, Party, Promised, Renewal, VoidCause};
use crate::escalation::{self, Suggestion};
use crate::{CommitmentId, TicketId, Timestamp, incident, ticket};

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

/// What an event is about, as far as there may be something to do because of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Room<'a> {
    /// A commitment.
    Commitment(&'a commitment::Event),
    /// An escalation.
    Escalation(&'a escalation::Event),
    /// The ticket itself.
    Ticket(&'a ticket::Event),
    /// The incident itself.
    Incident(&'a incident::Event),
    /// Something else, because of which nobody has to do anything.
    Other,
}

impl<'a> From<&'a commitment::Event> for Room<'a> {
    fn from(event: &'a commitment::Event) -> Self {
        Self::Commitment(event)
    }
}

impl<'a> From<&'a ticket::envelope::Event> for Room<'a> {
    fn from(event: &'a ticket::envelope::Event) -> Self {
        match event {
            ticket::envelope::Event::Ticket(event) => Self::Ticket(event),
            ticket::envelope::Event::Commitment(event) => Self::Commitment(event),
            ticket::envelope::Event::Escalation(event) => Self::Escalation(event),
        }
    }
}

/// What a host may have to do because of a stored event, of a ticket or of an [`Account`](commitment::Account).
///
/// It depends on nothing else: whoever lost his outbox makes it again from the stored events.
#[must_use]
pub fn effects<S: Copy, E>(recorded: &Recorded<S, E>) -> Vec<Effect<S>>
where
    // An event of any kind of stream.
    for<'a> &'a E: Into<Room<'a>>,
{
    let late_us = |scheduled| recorded.noticed.micros_since(scheduled);
    let tasks = match (&recorded.event).into() {
        Room::Commitment(event) => of_commitment(event),
        Room::Escalation(event) => of_escalation(event, late_us),
        Room::Ticket(event) => of_ticket(event, late_us),
        Room::Incident(event) => incident::tasks(event, recorded.at),
        Room::Other => Vec::new(),
    };
    let id = |index| EffectId { stream: recorded.stream, version: recorded.version, index };
    tasks.into_iter().zip(0..).map(|(task, index)| Effect { id: id(index), task }).collect()
}

fn of_ticket(event: &ticket::Event, late_us: impl Fn(Timestamp) -> u64) -> Vec<Task> {
    match event {
        ticket::Event::Redacted { message } => Vec::from([Task::Erase { message: message.clone() }]),
        ticket::Event::EffectFailed { effect, why, times, owner } => {
            Vec::from([Task::SeeToIt { owner: owner.clone(), effect: *effect, why: why.clone(), times: *times }])
        }
        ticket::Event::ChaseDue { rule, step, scheduled, closes, to } => Vec::from([Task::ChaseCustomer {
            to: to.clone(),
            step: *step,
            rule: rule.clone(),
            closes: *closes,
            late_us: late_us(*scheduled),
        }]),
        ticket::Event::Closed { rule: Some(rule), to: Some(to), .. } => {
            Vec::from([Task::TellOfClosing { to: Addressee::clone(to), rule: rule.clone() }])
        }
        ticket::Event::EffectDone { .. }
        | ticket::Event::SilenceBegan(_)
        | ticket::Event::SilenceEnded { .. }
        | ticket::Event::Chased { .. }
        | ticket::Event::ClosingPutOff { .. }
        | ticket::Event::Opened { .. }
        | ticket::Event::MessageAdded { .. }
        | ticket::Event::StatusChanged { .. }
        | ticket::Event::PriorityChanged { .. }
        | ticket::Event::Assigned { .. }
        | ticket::Event::Called { .. }
        | ticket::Event::Tagged { .. }
        | ticket::Event::FieldSet { .. }
        | ticket::Event::ChannelChanged { .. }
        | ticket::Event::LanguageChanged { .. }
        | ticket::Event::KindChanged { .. }
        | ticket::Event::StatusNamed { .. }
        | ticket::Event::HandedToVendor { .. }
        | ticket::Event::TakenBack { .. }
        | ticket::Event::LineHeld {}
        | ticket::Event::LinePickedUp {}
        | ticket::Event::HumanAskedFor {}
        | ticket::Event::NoReplyNeeded {}
        | ticket::Event::Marked { .. }
        | ticket::Event::MessageReclassified { .. }
        | ticket::Event::MessageBounced { .. }
        | ticket::Event::MessageMoved { .. }
        | ticket::Event::MergedInto { .. }
        | ticket::Event::MergedFrom { .. }
        | ticket::Event::SplitFrom { .. }
        | ticket::Event::Replanned { .. }
        | ticket::Event::Solved { .. }
        | ticket::Event::Closed { .. }
        | ticket::Event::Reopened { .. } => Vec::new(),
    }
}

fn of_escalation(event: &escalation::Event, late_us: impl Fn(Timestamp) -> u64) -> Vec<Task> {
    match event {
        escalation::Event::Notified(notice) => {
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
        escalation::Event::Exhausted(unhandled) | escalation::Event::Reminded(unhandled) => {
            let late_us = late_us(unhandled.scheduled);
            Vec::from([Task::TellUnhandled { unhandled: unhandled.clone(), late_us }])
        }
        escalation::Event::Started(_)
        | escalation::Event::CauseJoined { .. }
        | escalation::Event::CauseGone { .. }
        | escalation::Event::CauseLasted { .. }
        | escalation::Event::Reached { .. }
        | escalation::Event::NobodyThere { .. }
        | escalation::Event::Acknowledged { .. }
        | escalation::Event::Progressed { .. }
        | escalation::Event::Snoozed { .. }
        | escalation::Event::HandedOver { .. }
        | escalation::Event::DeEscalated { .. }
        | escalation::Event::Closed { .. }
        // What there is to do because of it was said where it began.
        | escalation::Event::CarriedIn { .. }
        | escalation::Event::RequestCarriedIn { .. }
        // The decision that is owed tells its owner.
        | escalation::Event::DecisionAsked { .. }
        | escalation::Event::DecisionAskedAgain { .. }
        | escalation::Event::Decided { .. } => Vec::new(),
    }
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
        commitment::Event::Voided { commitment, cause: VoidCause::Lapsed, to, .. } => {
            Vec::from([Task::TellOfLapse { commitment: *commitment, to: to.clone() }])
        }
        commitment::Event::PutAtRisk { commitment, owner, child, due } => Vec::from([Task::TellOwnerOfRisk {
            owner: owner.clone(),
            commitment: *commitment,
            child: *child,
            due: *due,
        }]),
        commitment::Event::Promised(promised) => beyond(&promised.origin, &promised.owner, promised.commitment, promised.due)
            .into_iter()
            .chain(decide(promised))
            .chain(to_tell(promised))
            .collect(),
        commitment::Event::PromisedOnCondition(drafted) => {
            beyond(&drafted.origin, &drafted.owner, drafted.commitment, drafted.due).into_iter().collect()
        }
        commitment::Event::Fulfilled { .. }
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
        | commitment::Event::Redacted { .. }
        // What there is to do because of it was said where it happened.
        | commitment::Event::CarriedOut { .. }
        | commitment::Event::CarriedIn { .. } => Vec::new(),
    }
}

/// A customer who asks for a decision is to be answered.
fn decide(promised: &Promised) -> Option<Task> {
    let (owner, commitment, due) = (promised.owner.clone(), promised.commitment, promised.due);
    matches!(promised.origin, Origin::Request { .. }).then_some(Task::Decide { owner, commitment, due })
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
