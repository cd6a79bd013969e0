//! A part of a matter turns out to be a matter of its own: it is split off.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::carry::has_none_of;
use super::decide::few_enough;
use super::event::Event;
use super::refusal;
use super::state::{Matter, Ticket};
use super::together::{Both, Pair, RefusedBoth};
use crate::commitment::{Commitment, Happened, Ledger, Origin, Party, Stamp, Verdict, envelope, together};
use crate::policy::{Author, Fact, Said, Visibility};
use crate::rulebook::Rulebook;
use crate::{CommitmentId, ContactId, MessageRef, Priority, Refusal, TicketId, Timestamp};

/// The order that a part of a ticket becomes one of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The new ticket, of which nothing is known yet.
    pub into: TicketId,
    /// The messages that belong to it. The first of them in time that asks for something in public opens it.
    pub messages: BTreeSet<MessageRef>,
    /// What was promised that belongs to it. Whatever hangs together with that goes along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub commitments: BTreeSet<CommitmentId>,
    /// Whose matter it is; absent: that of the same customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<ContactId>,
    /// How urgent it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// What else is known of it.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "About::is_nothing")]
    pub about: Box<About>,
}

impl Ticket {
    /// Some of this ticket's messages, and what was promised in them, become a ticket of their own.
    ///
    /// On the new ticket every message counts from its own instant, so its clocks begin when the customer wrote; a target that has passed
    /// since is broken at once, born late. What somebody only claims counts as it did here, since he has. On this one, what the messages had started or stopped is put right, as if they had never been here.
    ///
    /// Both lists of events are to be stored in one transaction. A command that was recorded on both at this very instant before yields none.
    ///
    /// # Errors
    /// [`RefusedBoth`] says why, and holds what time had caused on this ticket by then.
    ///
    /// # Without a message there is nothing to split off
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// # let opened = ticket.handle(&rules, &open)?;
    /// use owed::commitment::envelope::Command;
    /// use owed::ticket::Split;
    ///
    /// let other = TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0009));
    /// let order = Split { into: other, messages: [].into(), commitments: [].into(), requester: None, priority: None, about: Box::default() };
    /// let refused = ticket.split(&mut Ticket::new(other), &rules, &Command::new(id, second, at, ada, order)).unwrap_err();
    /// assert_eq!(refused.why.code(), "nothing_to_open_with");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn split(
        &mut self,
        into: &mut Self,
        rules: &Rulebook,
        command: &envelope::Command<TicketId, Split>,
    ) -> Result<Both, RefusedBoth> {
        let (order, at) = (&command.order, command.at);
        together(
            (self, into),
            order.into,
            rules,
            command,
            |pair| decide(pair, order),
            |pair, part| {
                record(pair, order, part, at);
            },
        )
    }
}

/// What goes over.
struct Part {
    /// The message that opens the new ticket.
    opens: Moved,
    requester: ContactId,
    /// The others, by when they were said.
    others: Vec<Moved>,
    commitments: Vec<CommitmentId>,
}

struct Moved {
    message: MessageRef,
    said: Said,
    happened: Timestamp,
    /// Since when that is claimed, if nobody vouches for it.
    claimed: Option<Timestamp>,
}

fn decide(pair: &Pair<'_, '_>, order: &Split) -> Result<Part, Refusal> {
    let (from, to) = (&*pair.from.stream, &*pair.to.stream);
    let matter = from.matter.as_ref().ok_or(refusal::Refusal::NotOpened { ticket: from.id })?;
    if let Some(there) = &to.matter {
        return Err(refusal::Refusal::AlreadyOpened { ticket: to.id, opened: there.opened }.into());
    }
    if let Some(into) = matter.merged_into {
        return Err(refusal::Refusal::Merged { into }.into());
    }
    few_enough("tags", order.about.tags.len())?;
    few_enough("fields", order.about.fields.len())?;
    let moved: Result<Vec<Moved>, refusal::Refusal> =
        order.messages.iter().map(|message| moved(matter, &from.ledger, message)).collect();
    let mut others = moved?;
    others.sort_by_key(|moved| moved.happened);
    let asks = |moved: &Moved| moved.said.counts() && moved.said.visibility == Visibility::Public;
    let opens = others.iter().position(|moved| asks(moved) && moved.said.class.is_none());
    let opens = opens.ok_or(refusal::Refusal::NothingToOpenWith {})?;
    let opens = others.remove(opens);
    let requester = match (&order.requester, &matter.standing.requester) {
        (Some(requester), _) | (None, Party::Customer(requester)) => requester.clone(),
        (None, _) => return Err(refusal::Refusal::NothingToOpenWith {}.into()),
    };
    let commitments = carried(from, to, &order.commitments)?;
    Ok(Part { opens, requester, others, commitments })
}

fn moved(matter: &Matter, ledger: &Ledger, message: &MessageRef) -> Result<Moved, refusal::Refusal> {
    if matter.opened_by(message) {
        return Err(refusal::Refusal::OpensTheTicket { message: message.clone() });
    }
    let unknown = || refusal::Refusal::UnknownMessage { message: message.clone() };
    let (index, said) = matter.message(message).ok_or_else(unknown)?;
    let past = matter.past.get(index).ok_or_else(unknown)?;
    // What somebody claims proves nothing on the other ticket, either; what the customer had asked, he had asked then.
    let claimed = Some(past.known()).filter(|known| past.happened < *known && said.author != Author::Customer);
    let claimed = claimed.filter(|_| !was_believed(ledger, past.happened));
    Ok(Moved { message: message.clone(), said: said.clone(), happened: past.happened, claimed })
}

/// Whether a breach was put right because something was done at that instant: whoever claimed it was believed.
fn was_believed(ledger: &Ledger, done: Timestamp) -> bool {
    ledger
        .all()
        .any(|known| known.verdict() == Verdict::Fulfilled && known.breach.is_some() && known.done_at() == Some(done))
}

/// What goes along with these. The clocks of a ticket's agreements stay with it as long as they run.
fn carried(from: &Ticket, to: &Ticket, these: &BTreeSet<CommitmentId>) -> Result<Vec<CommitmentId>, Refusal> {
    let ledger = &from.ledger;
    if let Some(unknown) = these.iter().find(|id| ledger.get(**id).is_none()) {
        return Err(refusal::Refusal::UnknownCommitment { commitment: *unknown }.into());
    }
    let bound = ledger.bound_to(these.iter().copied());
    let own = |known: &&&Commitment| matches!(known.origin, Origin::Policy(_)) && known.is_open();
    if let Some(own) = bound.iter().find(own) {
        return Err(refusal::Refusal::OwnClock { commitment: own.id }.into());
    }
    has_none_of(to, &bound)?;
    Ok(bound.iter().map(|known| known.id).collect())
}

fn record(pair: &mut Pair<'_, '_>, order: &Split, part: Part, at: Timestamp) {
    let Part { opens, requester, others, commitments } = part;
    let source = pair.source;
    let when = |at| source.that_happened(Happened { at, stamp: Stamp::Transport });
    let opened = Event::Opened {
        requester,
        author: opens.said.author,
        priority: order.priority.clone(),
        message: Some(opens.message.clone()),
        about: order.about.clone(),
    };
    pair.to.react(opened, at, &when(opens.happened));
    let ticket = pair.from.stream.id;
    pair.to.react(Event::SplitFrom { ticket }, at, source);
    let mut human = asked_for_human(pair, order.requester.as_ref());
    for Moved { message, said, happened, claimed } in &others {
        if let Some(asked) = human.take_if(|asked| *asked <= *happened) {
            pair.to.react(Event::HumanAskedFor {}, at, &when(asked));
        }
        let Said { author, visibility, class, by, .. } = said.clone();
        let (message_moved, claimed) = (Some(message.clone()), *claimed);
        let event = Event::MessageAdded { author, visibility, class, message: message_moved, filed_by: by, claimed };
        let stamp = if claimed.is_some() { Stamp::Claim } else { Stamp::Transport };
        pair.to.react(event, at, &source.that_happened(Happened { at: *happened, stamp }));
        if said.bounced {
            pair.to.react(Event::MessageBounced { message: message.clone() }, at, source);
        }
    }
    if let Some(asked) = human {
        pair.to.react(Event::HumanAskedFor {}, at, &when(asked));
    }
    pair.carry(&commitments, at);
    let to = pair.to.stream.id;
    for Moved { message, .. } in [opens].into_iter().chain(others) {
        pair.from.react(Event::MessageMoved { message, to }, at, source);
    }
}

/// When the customer asked for a human being, if he did and it is his matter still: no language model answers him on the new ticket either.
fn asked_for_human(pair: &Pair<'_, '_>, requester: Option<&ContactId>) -> Option<Timestamp> {
    let matter = pair.from.stream.matter.as_ref()?;
    let his = requester.is_none_or(|other| matter.standing.requester == Party::Customer(other.clone()));
    let asked = matter.past.iter().find(|past| past.fact == Fact::HumanAskedFor);
    asked.filter(|_| his).map(|asked| asked.happened)
}
