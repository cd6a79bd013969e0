//! What there may be to do because of a fact about an incident.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Task;
use crate::incident::{Event, Recurrence, Untold};
use crate::policy::{Value, Visibility};
use crate::{Name, TicketId, Timestamp, ticket};

/// What there may be to do because of a fact that stands there: orders for linked tickets, and what is to be told in another way.
///
/// What comes to be owed to a customer is a fact of the ledger's, and says by itself how he is to be told.
pub(super) fn tasks(event: &Event, at: Timestamp) -> Vec<Task> {
    match event {
        Event::WayChanged { customer, channel, language, untold } => {
            let tell = |Untold { what, commitment, due }: &Untold| Task::Tell {
                customer: customer.clone(),
                what: what.deliverable(),
                commitment: *commitment,
                due: *due,
                channel: *channel,
                language: language.clone(),
                again: false,
            };
            untold.iter().map(tell).collect()
        }
        Event::Linked { ticket, recurrence: Some(recurrence), .. } => {
            hit_again(recurrence, at).into_iter().map(|order| to(*ticket, order)).collect()
        }
        Event::Learned { recurrence: Some(recurrence), tickets, .. } => {
            let orders = |ticket: &TicketId| {
                hit_again(recurrence, at).into_iter().map(|order| to(*ticket, order)).collect::<Vec<_>>()
            };
            tickets.iter().flat_map(orders).collect()
        }
        Event::Held { ticket, clocks } => clocks.begin().map(|order| to(*ticket, order)).into_iter().collect(),
        Event::Freed { ticket, clocks } => clocks.end().map(|order| to(*ticket, order)).into_iter().collect(),
        Event::Credited { ticket, author, message } => {
            let (author, visibility, message) = (*author, Visibility::Public, Some(message.clone()));
            Vec::from([to(*ticket, ticket::Order::Message { author, visibility, class: None, message })])
        }
        Event::Linked { recurrence: None, .. }
        | Event::Learned { recurrence: None, .. }
        | Event::Declared(_)
        | Event::SeverityChanged { .. }
        | Event::Affected { .. }
        | Event::TakenOff { .. }
        | Event::Asked { .. }
        | Event::Updated { .. }
        | Event::Unlinked { .. }
        | Event::Apologised { .. }
        | Event::Reviewed { .. }
        | Event::Resolved { .. }
        | Event::Heard { .. }
        | Event::Repaired { .. }
        | Event::Reopened { .. }
        | Event::TakenUp {}
        | Event::Closed {}
        | Event::MergedInto { .. }
        | Event::MergedFrom { .. } => Vec::new(),
    }
}

fn to(ticket: TicketId, order: ticket::Order) -> Task {
    Task::OrderTicket { ticket, order: Box::new(order) }
}

/// How often a customer was hit, as two fields of his ticket, which its conditions and ladders can ask for.
fn hit_again(recurrence: &Recurrence, at: Timestamp) -> Vec<ticket::Order> {
    let fields = [
        (Recurrence::TIMES, i64::from(recurrence.times)),
        (Recurrence::SPAN_DAYS, i64::try_from(recurrence.span_days(at)).unwrap_or(i64::MAX)),
    ];
    let order = |(field, value): (&str, i64)| {
        let (field, value) = (Name::new(field).ok()?, Some(Value::Number(value)));
        Some(ticket::Order::SetField { field, value })
    };
    fields.into_iter().filter_map(order).collect()
}
