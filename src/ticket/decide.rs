//! The rules of a ticket: what follows from an order. Nothing here changes anything.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::event::Event;
use super::order::Order;
use super::refusal::{Owing, Refusal};
use super::state::{Matter, Ticket};
use super::{mark, undone};
use crate::commitment::{Binding, Ledger, Party};
use crate::policy::{Fact, Said, Standing, Status, Visibility};
use crate::{CommitmentId, MessageRef, Name};

/// What follows from an order. `settles` tells which commitments a fact would settle, so that closing can be judged after it.
pub(super) fn decide(
    ticket: &Ticket,
    order: &Order,
    settles: impl Fn(&Event) -> Vec<CommitmentId>,
) -> Result<Option<Event>, Refusal> {
    let Some(matter) = &ticket.matter else {
        let Order::Open { requester, author, priority, message, about } = order else {
            return Err(Refusal::NotOpened { ticket: ticket.id });
        };
        return Ok(Some(Event::Opened {
            requester: requester.clone(),
            author: *author,
            priority: priority.clone(),
            message: message.clone(),
            about: about.clone(),
        }));
    };
    let standing = &matter.standing;
    if let (Some(into), true) = (matter.merged_into, tells_of_something_new(order)) {
        return Err(Refusal::Merged { into });
    }
    match order {
        Order::Open { .. } => Err(Refusal::AlreadyOpened { ticket: ticket.id, opened: matter.opened }),
        Order::Message { author, visibility, class, message } => {
            let (author, visibility, class) = (*author, *visibility, *class);
            Ok(Some(Event::MessageAdded { author, visibility, class, message: message.clone(), filed_by: None }))
        }
        Order::Call { author, reached } => Ok(Some(Event::Called { author: *author, reached: *reached })),
        Order::SetStatus { status } => set_status(standing.status, *status),
        Order::SetPriority { priority } => {
            let changed = Event::PriorityChanged { from: standing.priority.clone(), to: priority.clone() };
            Ok((standing.priority != *priority).then_some(changed))
        }
        Order::Assign { to } => Ok((standing.owner != *to).then(|| Event::Assigned { to: to.clone() })),
        Order::Tag { add, remove } => Ok(tag(standing, add, remove)),
        Order::SetField { field, value } => {
            let (from, to) = (standing.fields.get(field).cloned(), value.clone());
            Ok((from != to).then(|| Event::FieldSet { field: field.clone(), from, to }))
        }
        Order::SetChannel { channel } => {
            let (from, to) = (standing.channel, *channel);
            Ok((from != to).then_some(Event::ChannelChanged { from, to }))
        }
        Order::SetLanguage { language } => {
            let (from, to) = (standing.language.clone(), language.clone());
            Ok((from != to).then_some(Event::LanguageChanged { from, to }))
        }
        Order::HoldLine {} => Ok((!standing.on_the_line).then_some(Event::LineHeld {})),
        Order::PickUpLine {} => Ok(standing.on_the_line.then_some(Event::LinePickedUp {})),
        Order::AskForHuman {} => Ok((!standing.human_asked_for).then_some(Event::HumanAskedFor {})),
        Order::HandToVendor { vendor } => match &standing.vendor {
            Some(other) if other == vendor => Ok(None),
            Some(other) => Err(Refusal::WithVendor { vendor: other.clone() }),
            None => Ok(Some(Event::HandedToVendor { vendor: vendor.clone() })),
        },
        Order::TakeBack {} => {
            let vendor = standing.vendor.clone().ok_or(Refusal::NotWithVendor {})?;
            Ok(Some(Event::TakenBack { vendor }))
        }
        Order::NeedNoReply {} => Ok(Some(Event::NoReplyNeeded {})),
        Order::Mark { mark } => mark::mark(matter, &ticket.ledger, mark),
        Order::Reclassify { message, author, visibility, class } if matter.opened_by(message) => {
            if (*visibility, *class) != (Visibility::Public, None) {
                return Err(Refusal::OpensTheTicket { message: message.clone() });
            }
            let (author, visibility, class) = (*author, *visibility, None);
            let same = matter.past.first().is_some_and(|past| past.fact == Fact::Opened(matter.opened_as(author)));
            Ok((!same).then(|| Event::MessageReclassified { message: message.clone(), author, visibility, class }))
        }
        Order::Bounce { message } if matter.opened_by(message) => {
            Err(Refusal::OpensTheTicket { message: message.clone() })
        }
        Order::Reclassify { message, author, visibility, class } => {
            let (_, said) = known(matter, message)?;
            let same = (said.author, said.visibility, said.class) == (*author, *visibility, *class);
            let (author, visibility, class) = (*author, *visibility, *class);
            Ok((!same).then(|| Event::MessageReclassified { message: message.clone(), author, visibility, class }))
        }
        Order::Bounce { message } => {
            let (_, said) = known(matter, message)?;
            Ok((!said.bounced).then(|| Event::MessageBounced { message: message.clone() }))
        }
        Order::ReportFailed { effect, why } => undone::failed(ticket, *effect, why),
        Order::ReportDone { effect } => undone::done(ticket, *effect),
        // Wherever it stands, and also where nobody knows it: what is to be forgotten is not looked for first.
        Order::Redact { message } => Ok(Some(Event::Redacted { message: message.clone() })),
        // What stays as it was told is found by whoever knows the rules.
        Order::Replan {} => Ok(Some(Event::Replanned { must_tell: Vec::new() })),
        Order::Solve {} => Ok(solve(standing.status)),
        Order::Close {} => close(matter, &ticket.ledger, settles),
        Order::Reopen {} => reopen(standing.status).map(Some),
    }
}

/// Whether it belongs where a matter goes on, and not to what is on record of it.
const fn tells_of_something_new(order: &Order) -> bool {
    match order {
        Order::Open { .. }
        | Order::Reclassify { .. }
        | Order::Bounce { .. }
        | Order::Redact { .. }
        | Order::ReportFailed { .. }
        | Order::ReportDone { .. }
        | Order::Replan {}
        | Order::Close {}
        | Order::Reopen {} => false,
        Order::Message { .. }
        | Order::SetStatus { .. }
        | Order::SetPriority { .. }
        | Order::Assign { .. }
        | Order::Solve {}
        | Order::Call { .. }
        | Order::Tag { .. }
        | Order::SetField { .. }
        | Order::SetChannel { .. }
        | Order::SetLanguage { .. }
        | Order::HandToVendor { .. }
        | Order::TakeBack {}
        | Order::HoldLine {}
        | Order::PickUpLine {}
        | Order::AskForHuman {}
        | Order::NeedNoReply {}
        | Order::Mark { .. } => true,
    }
}

/// Tags that it has not had, and tags that it has. What is given and taken at once is taken.
fn tag(standing: &Standing, add: &BTreeSet<Name>, remove: &BTreeSet<Name>) -> Option<Event> {
    let is_new = |tag: &&Name| !standing.tags.contains(*tag) && !remove.contains(*tag);
    let added: BTreeSet<_> = add.iter().filter(is_new).cloned().collect();
    let removed: BTreeSet<_> = remove.intersection(&standing.tags).cloned().collect();
    (!added.is_empty() || !removed.is_empty()).then_some(Event::Tagged { added, removed })
}

fn known<'a>(matter: &'a Matter, message: &MessageRef) -> Result<(usize, &'a Said), Refusal> {
    matter.message(message).ok_or_else(|| Refusal::UnknownMessage { message: message.clone() })
}

const fn is_ended(status: Status) -> bool {
    match status {
        Status::New | Status::Open | Status::Pending | Status::OnHold => false,
        Status::Solved | Status::Closed => true,
    }
}

fn set_status(from: Status, to: Status) -> Result<Option<Event>, Refusal> {
    if from == to {
        Ok(None)
    } else if is_ended(to) {
        Err(Refusal::OrderOfItsOwn { status: to })
    } else if is_ended(from) {
        Err(Refusal::Ended { status: from })
    } else {
        Ok(Some(Event::StatusChanged { from, to }))
    }
}

/// Solving is never refused; what has ended already is not solved again.
fn solve(from: Status) -> Option<Event> {
    (!is_ended(from)).then_some(Event::Solved { from })
}

/// Closing is refused while a promise is owed to a customer, judged after what the closing itself settles.
fn close(
    matter: &Matter,
    ledger: &Ledger,
    settles: impl Fn(&Event) -> Vec<CommitmentId>,
) -> Result<Option<Event>, Refusal> {
    if matter.standing.status == Status::Closed {
        return Ok(None);
    }
    let closed = Event::Closed { from: matter.standing.status };
    let settled = settles(&closed);
    let owed: Vec<Owing> = ledger
        .open()
        .filter(|commitment| commitment.binding == Binding::Promised && !settled.contains(&commitment.id))
        .filter(|commitment| matches!(commitment.beneficiary, Party::Customer(_) | Party::Organisation(_)))
        .map(|commitment| Owing { commitment: commitment.id, due: commitment.due })
        .collect();
    if owed.is_empty() { Ok(Some(closed)) } else { Err(Refusal::StillOwed { owed }) }
}

fn reopen(from: Status) -> Result<Event, Refusal> {
    if is_ended(from) { Ok(Event::Reopened { from }) } else { Err(Refusal::NotEnded { status: from }) }
}
