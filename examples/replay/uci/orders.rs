//! From a row to commands: what it says that the ticket does not know yet.

use owed::commitment::{Actor, Happened, Stamp};
use owed::policy::{Author, Status};
use owed::ticket::Order;
use owed::{Command, CommandId, Name, Ticket, TicketId};
use uuid::Builder;

use super::log::{Incident, Log, Row, Step};

/// With how much knowledge incidents are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// With the priority that they had when they were first closed. Later changes are none then.
    InHindsight,
    /// With the priority of the first row; changes of priority are commands.
    AsItHappened,
}

impl View {
    /// The opening of an incident.
    pub(super) fn opening(self, log: &Log, incident: &Incident) -> Order {
        let priority = match self {
            Self::InHindsight => incident.priority_at_closing,
            Self::AsItHappened => incident.first_priority,
        };
        let priority = log.priority(priority).cloned();
        Order::Open {
            requester: incident.caller.clone(),
            author: Author::Customer,
            priority,
            message: None,
            about: Box::default(),
        }
    }

    /// What a row changes of a ticket: first how urgent it is, then whose, then where it stands.
    pub(super) fn changes(self, log: &Log, row: &Row, ticket: &Ticket) -> [Option<Order>; 4] {
        let priority = log.priority(row.priority).filter(|priority| ticket.priority() != Some(priority));
        let priority = priority.filter(|_| self == Self::AsItHappened).cloned();
        let owner = log.owner(row.owner).filter(|owner| ticket.owner() != Some(owner));
        let [first, second] = ticket.status().map_or([None, None], |status| moves(status, row.status));
        [
            priority.map(|priority| Order::SetPriority { priority: Some(priority) }),
            owner.map(|owner| Order::Assign { to: Some(owner.clone()) }),
            first,
            second,
        ]
    }
}

/// The orders that bring a ticket from one status to another.
fn moves(from: Status, to: Status) -> [Option<Order>; 2] {
    let over = matches!(from, Status::Solved | Status::Closed);
    let reopen = over.then_some(Order::Reopen {});
    match to {
        _ if from == to => [None, None],
        Status::Closed => [Some(Order::Close {}), None],
        Status::Solved => [reopen, Some(Order::Solve {})],
        // What is reopened is open.
        Status::Open if over => [reopen, None],
        Status::New | Status::Open | Status::Pending | Status::OnHold => {
            [reopen, Some(Order::SetStatus { status: to })]
        }
    }
}

/// Puts an order into its envelope. `nth` counts the orders of one step.
pub(super) fn command(step: Step, row: Option<&Row>, ticket: TicketId, nth: u8, by: &Name, order: Order) -> Command {
    let earlier = row.filter(|row| row.written < step.at);
    Command {
        stream: ticket,
        id: id(ticket, row.map_or(0, |row| row.place), nth),
        at: step.at,
        happened: earlier.map(|row| Happened { at: row.written, stamp: Stamp::Transport }),
        by: Actor::System(by.clone()),
        order: owed::Order::Ticket(order),
    }
}

/// The id of an order: its ticket's, with the place of its row and its own place there in the last four bytes.
fn id(ticket: TicketId, row: u32, nth: u8) -> CommandId {
    let mut bytes = ticket.0.into_bytes();
    let [_, high, middle, low] = row.to_be_bytes();
    for (byte, value) in bytes.iter_mut().rev().zip([nth, low, middle, high]) {
        *byte = value;
    }
    CommandId(Builder::from_custom_bytes(bytes).into_uuid())
}
