//! The rules of a ticket: what follows from an order. Nothing here changes anything.

use alloc::vec::Vec;

use super::event::Event;
use super::order::Order;
use super::refusal::{Owing, Refusal};
use super::state::{Matter, Ticket};
use crate::CommitmentId;
use crate::commitment::{Binding, Ledger, Party};
use crate::policy::Status;

/// What follows from an order. `settles` tells which commitments a fact would settle, so that closing can be judged after it.
pub(super) fn decide(
    ticket: &Ticket,
    order: &Order,
    settles: impl Fn(&Event) -> Vec<CommitmentId>,
) -> Result<Option<Event>, Refusal> {
    let Some(matter) = &ticket.matter else {
        return match order {
            Order::Open { requester, author, priority, message } => Ok(Some(Event::Opened {
                requester: requester.clone(),
                author: *author,
                priority: priority.clone(),
                message: message.clone(),
            })),
            Order::Message { .. }
            | Order::SetStatus { .. }
            | Order::SetPriority { .. }
            | Order::Assign { .. }
            | Order::Solve {}
            | Order::Close {}
            | Order::Reopen {} => Err(Refusal::NotOpened { ticket: ticket.id }),
        };
    };
    match order {
        Order::Open { .. } => Err(Refusal::AlreadyOpened { ticket: ticket.id, opened: matter.opened }),
        Order::Message { author, visibility, message } => {
            Ok(Some(Event::MessageAdded { author: *author, visibility: *visibility, message: message.clone() }))
        }
        Order::SetStatus { status } => set_status(matter.status, *status),
        Order::SetPriority { priority } => {
            let changed = Event::PriorityChanged { from: matter.priority.clone(), to: priority.clone() };
            Ok((matter.priority != *priority).then_some(changed))
        }
        Order::Assign { to } => Ok((matter.owner != *to).then(|| Event::Assigned { to: to.clone() })),
        Order::Solve {} => Ok(solve(matter.status)),
        Order::Close {} => close(matter, &ticket.ledger, settles),
        Order::Reopen {} => reopen(matter.status).map(Some),
    }
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
    if matter.status == Status::Closed {
        return Ok(None);
    }
    let closed = Event::Closed { from: matter.status };
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
