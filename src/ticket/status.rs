//! Where a ticket may come to stand, by a category or by the desk's own name for it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::event::Event;
use super::order::Order;
use super::refusal::Refusal;
use crate::Name;
use crate::commitment::Actor;
use crate::policy::{Lifecycle, Mover, Standing, Status};

pub(super) const fn is_ended(status: Status) -> bool {
    match status {
        Status::New | Status::Open | Status::Pending | Status::OnHold => false,
        Status::Solved | Status::Closed => true,
    }
}

/// It stands elsewhere, by the name of the category alone.
pub(super) fn set(standing: &Standing, to: Status) -> Result<Option<Event>, Refusal> {
    let from = standing.status;
    if from == to {
        Ok(standing.status_name.is_some().then_some(Event::StatusNamed { name: None }))
    } else if is_ended(to) {
        Err(Refusal::OrderOfItsOwn { status: to })
    } else if is_ended(from) {
        Err(Refusal::Ended { status: from })
    } else {
        Ok(Some(Event::StatusChanged { from, to }))
    }
}

/// It stands so by the desk's own name: in another category, if that is over another one.
pub(super) fn named(standing: &Standing, name: &Name, lifecycle: &Lifecycle) -> Result<Vec<Event>, Refusal> {
    let category = lifecycle.statuses.get(name).ok_or_else(|| Refusal::UnknownStatus { name: name.clone() })?;
    let from = standing.status;
    if is_ended(from) {
        return Err(Refusal::Ended { status: from });
    }
    if from == *category && standing.status_name.as_ref() == Some(name) {
        return Ok(Vec::new());
    }
    let changed = (from != *category).then_some(Event::StatusChanged { from, to: *category });
    Ok(changed.into_iter().chain([Event::StatusNamed { name: Some(name.clone()) }]).collect())
}

/// Where an order wants a ticket to stand, as far as a rulebook has a say in that. Solving is never refused.
fn wanted<'a>(order: &'a Order, lifecycle: &Lifecycle) -> Option<(Status, Option<&'a Name>)> {
    Some(match order {
        Order::SetStatus { status } => (*status, None),
        Order::SetNamedStatus { name } => match lifecycle.statuses.get(name) {
            Some(category) => (*category, Some(name)),
            None => return None,
        },
        Order::Close {} => (Status::Closed, None),
        Order::Reopen {} => (Status::Open, None),
        _ => return None,
    })
}

/// What the rulebook says of who may bring a ticket there.
pub(super) fn may_set(order: &Order, by: &Actor, lifecycle: &Lifecycle) -> Result<(), Refusal> {
    let Some((category, name)) = wanted(order, lifecycle) else { return Ok(()) };
    let by = Mover::from(by);
    let Some(allowed) = lifecycle.movers(category, name).filter(|allowed| !allowed.contains(&by)) else {
        return Ok(());
    };
    Err(Refusal::NotByThem { to: word(name, category), by, allowed: allowed.to_vec() })
}

/// What the rulebook says of which status may follow which.
pub(super) fn may_follow(standing: &Standing, order: &Order, lifecycle: &Lifecycle) -> Result<(), Refusal> {
    let Some((category, name)) = wanted(order, lifecycle) else { return Ok(()) };
    let stands_so = standing.status == category && standing.status_name.as_ref() == name;
    let Some(allowed) = lifecycle.after(standing).filter(|_| !stands_so) else { return Ok(()) };
    if Lifecycle::admits(allowed, category, name) {
        return Ok(());
    }
    Err(Refusal::NotAllowed {
        from: word(standing.status_name.as_ref(), standing.status),
        to: word(name, category),
        allowed: allowed.to_vec(),
    })
}

fn word(name: Option<&Name>, category: Status) -> String {
    name.map_or_else(|| category.word().into(), ToString::to_string)
}
