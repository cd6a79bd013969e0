//! The rules of a ticket: what follows from an order. Nothing here changes anything.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::correct::stamp_of;
use super::event::Event;
use super::order::Order;
use super::refusal::{Owing, Refusal};
use super::state::{Matter, Ticket};
use super::{mark, silence, status, undone};
use crate::commitment::{Actor, Binding, Commitment, Ledger, Party, Stamp};
use crate::policy::{Author, Fact, InVain, Lifecycle, Past, Said, Standing, Status, Visibility};
use crate::{CommitmentId, MessageRef, Name, Timestamp};

/// What follows from an order. `settles` tells which commitments a fact would settle, so that closing can be judged after it.
pub(super) fn decide(
    ticket: &Ticket,
    order: &Order,
    by: &Actor,
    at: Timestamp,
    lifecycle: Option<&Lifecycle>,
    settles: impl Fn(&Event) -> Settled,
) -> Result<Vec<Event>, Refusal> {
    if let (Some(matter), Some(lifecycle)) = (&ticket.matter, lifecycle) {
        status::may_follow(&matter.standing, order, lifecycle)?;
        if let (Order::SetNamedStatus { name }, None) = (order, matter.merged_into) {
            return status::named(&matter.standing, name, lifecycle);
        }
    }
    one(ticket, order, by, at, settles).map(|event| event.into_iter().collect())
}

fn one(
    ticket: &Ticket,
    order: &Order,
    by: &Actor,
    at: Timestamp,
    settles: impl Fn(&Event) -> Settled,
) -> Result<Option<Event>, Refusal> {
    let Some(matter) = &ticket.matter else {
        let Order::Open { requester, author, priority, message, about } = order else {
            return Err(Refusal::NotOpened { ticket: ticket.id });
        };
        few_enough("tags", about.tags.len())?;
        few_enough("fields", about.fields.len())?;
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
            let (author, visibility, class, message) = (*author, *visibility, *class, message.clone());
            Ok(Some(Event::MessageAdded { author, visibility, class, message, filed_by: None, claimed: None }))
        }
        Order::Call { author, reached, how } => call(*author, *reached, *how).map(Some),
        Order::SetStatus { status } => status::set(standing, *status),
        // Without a rulebook no name means anything.
        Order::SetNamedStatus { name } => Err(Refusal::UnknownStatus { name: name.clone() }),
        Order::SetPriority { priority } => {
            let changed = Event::PriorityChanged { from: standing.priority.clone(), to: priority.clone() };
            Ok((standing.priority != *priority).then_some(changed))
        }
        Order::Assign { to } => Ok((standing.owner != *to).then(|| Event::Assigned { to: to.clone() })),
        Order::Tag { add, remove } => tag(standing, add, remove),
        Order::SetField { field, value } => {
            let (from, to) = (standing.fields.get(field).cloned(), value.clone());
            if from.is_none() && to.is_some() {
                few_enough("fields", standing.fields.len().saturating_add(1))?;
            }
            Ok((from != to).then(|| Event::FieldSet { field: field.clone(), from, to }))
        }
        Order::SetChannel { channel } => {
            let (from, to) = (standing.channel, *channel);
            Ok((from != to).then_some(Event::ChannelChanged { from, to }))
        }
        Order::SetKind { kind } => {
            let (from, to) = (standing.kind.clone(), kind.clone());
            Ok((from != to).then_some(Event::KindChanged { from, to }))
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
            let same = |past: &Past| past.fact == Fact::Opened(matter.opened_as(author)) && !confirms(past, by);
            let same = matter.past.first().is_some_and(same);
            Ok((!same).then(|| Event::MessageReclassified { message: message.clone(), author, visibility, class }))
        }
        Order::Bounce { message } if matter.opened_by(message) => {
            Err(Refusal::OpensTheTicket { message: message.clone() })
        }
        Order::Reclassify { message, author, visibility, class } => {
            let (index, said) = known(matter, message)?;
            let same = (said.author, said.visibility, said.class) == (*author, *visibility, *class)
                && !matter.past.get(index).is_some_and(|past| confirms(past, by));
            let (author, visibility, class) = (*author, *visibility, *class);
            Ok((!same).then(|| Event::MessageReclassified { message: message.clone(), author, visibility, class }))
        }
        Order::Bounce { message } => bounce(ticket, matter, message),
        Order::ReportFailed { effect, why } => undone::failed(ticket, *effect, why),
        Order::Chase { rule, message } => silence::chase(ticket, rule.as_ref(), message, at),
        Order::ReportDone { effect } => undone::done(ticket, *effect),
        // Wherever it stands, and also where nobody knows it: what is to be forgotten is not looked for first.
        Order::Redact { message } => Ok(Some(Event::Redacted { message: message.clone() })),
        // What stays as it was told is found by whoever knows the rules.
        Order::Replan {} => Ok(Some(Event::Replanned { must_tell: Vec::new() })),
        Order::Solve {} => Ok(solve(standing.status)),
        Order::Close {} => {
            let closed =
                Event::Closed { from: standing.status, rule: None, to: None, absent: Vec::new(), told: Vec::new() };
            close(matter, &ticket.ledger, closed, settles).map_err(|owed| Refusal::StillOwed { owed })
        }
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
        | Order::SetKind { .. }
        | Order::SetNamedStatus { .. }
        | Order::HandToVendor { .. }
        | Order::TakeBack {}
        | Order::HoldLine {}
        | Order::PickUpLine {}
        | Order::AskForHuman {}
        | Order::Chase { .. }
        | Order::NeedNoReply {}
        | Order::Mark { .. } => true,
    }
}

/// Tags that it has not had, and tags that it has. What is given and taken at once is taken.
fn tag(standing: &Standing, add: &BTreeSet<Name>, remove: &BTreeSet<Name>) -> Result<Option<Event>, Refusal> {
    let is_new = |tag: &&Name| !standing.tags.contains(*tag) && !remove.contains(*tag);
    let added: BTreeSet<_> = add.iter().filter(is_new).cloned().collect();
    let removed: BTreeSet<_> = remove.intersection(&standing.tags).cloned().collect();
    few_enough("tags", standing.tags.len().saturating_add(added.len()).saturating_sub(removed.len()))?;
    Ok((!added.is_empty() || !removed.is_empty()).then_some(Event::Tagged { added, removed }))
}

/// As many tags, as many fields, and as many effects that failed, as a ticket can have.
const MOST: usize = 256;

pub(super) fn few_enough(what: &str, would_be: usize) -> Result<(), Refusal> {
    match Name::new(what) {
        Ok(what) if would_be > MOST => Err(Refusal::TooMany { what, most: MOST, would_be }),
        _ => Ok(()),
    }
}

fn known<'a>(matter: &'a Matter, message: &MessageRef) -> Result<(usize, &'a Said), Refusal> {
    matter.message(message).ok_or_else(|| Refusal::UnknownMessage { message: message.clone() })
}

/// Whether a program vouches for what somebody has only claimed a message to have been.
fn confirms(past: &Past, by: &Actor) -> bool {
    past.filed.is_some() && stamp_of(Some(by)) == Stamp::Transport
}

/// A message came back. Where it was a reminder, that has reminded nobody.
fn bounce(ticket: &Ticket, matter: &Matter, message: &MessageRef) -> Result<Option<Event>, Refusal> {
    let bounced = Event::MessageBounced { message: message.clone() };
    let told = matter.told.contains(message) || !ticket.told_with(message).is_empty();
    if matter.message(message).is_none() && told {
        return Ok(Some(bounced));
    }
    let (_, said) = known(matter, message)?;
    Ok((!said.bounced).then_some(bounced))
}

/// Solving is never refused; what has ended already is not solved again.
fn solve(from: Status) -> Option<Event> {
    (!status::is_ended(from)).then_some(Event::Solved { from })
}

/// Somebody called. A call in which they spoke did not end in vain.
fn call(author: Author, reached: bool, how: Option<InVain>) -> Result<Event, Refusal> {
    match how.filter(|_| reached) {
        Some(how) => Err(Refusal::TheySpoke { how }),
        None => Ok(Event::Called { author, reached, how }),
    }
}

/// What a fact would make of what is owed, if it were recorded now.
#[derive(Default)]
pub(super) struct Settled {
    /// What would be owed no more.
    pub(super) ended: Vec<CommitmentId>,
    /// What it would break, so that something is promised to a customer for it: an explanation.
    pub(super) amends: Vec<CommitmentId>,
}

/// Closing, or every promise to a customer that is owed still, judged after what the closing itself settles. What it would break and have to
/// make amends for is owed still, too.
pub(super) fn close(
    matter: &Matter,
    ledger: &Ledger,
    closed: Event,
    settles: impl Fn(&Event) -> Settled,
) -> Result<Option<Event>, Vec<Owing>> {
    if matter.standing.status == Status::Closed {
        return Ok(None);
    }
    let Settled { ended, amends } = settles(&closed);
    let promised = |commitment: &&Commitment| {
        let outside = is_a_customers(&commitment.beneficiary);
        commitment.binding == Binding::Promised && outside && !ended.contains(&commitment.id)
    };
    let owed: Vec<Owing> = ledger
        .open()
        .filter(|commitment| amends.contains(&commitment.id) || promised(commitment))
        .map(|commitment| Owing { commitment: commitment.id, due: commitment.due })
        .collect();
    if owed.is_empty() { Ok(Some(closed)) } else { Err(owed) }
}

/// Whether a promise to him keeps a ticket open.
pub(super) const fn is_a_customers(beneficiary: &Party) -> bool {
    matches!(beneficiary, Party::Customer(_) | Party::Organisation(_))
}

fn reopen(from: Status) -> Result<Event, Refusal> {
    if status::is_ended(from) {
        Ok(Event::Reopened { from, returned: false })
    } else {
        Err(Refusal::NotEnded { status: from })
    }
}
