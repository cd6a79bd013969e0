//! Two tickets turn out to be one matter: the one goes on as part of the other.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::carry::has_none_of;
use super::event::Event;
use super::refusal;
use super::state::{Matter, Ticket};
use super::together::{Both, Pair, RefusedBoth};
use crate::commitment::{Happened, Stamp, envelope, together};
use crate::escalation::{Escalations, Subject};
use crate::policy::{
    Anew, Author, Fact, Moment, Past, Standing, Status, Visibility, about_carried, about_opening, ends_as_merged,
    to_end, unanswered,
};
use crate::rulebook::Rulebook;
use crate::{CommitmentId, Refusal, TicketId, Timestamp};

/// The order that a ticket goes on as part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The other ticket.
    pub into: TicketId,
}

impl Ticket {
    /// This ticket goes on as part of another. It is closed itself; what a customer was promised is owed on the other as it was here.
    ///
    /// The goals of this ticket's agreements end as merged. What they had measured goes on there: the customer's messages that nobody has
    /// answered, and his calls that nobody took, arrive as facts that happened when they did, so that the oldest of both tickets counts; and
    /// whoever has asked for a human being has asked there too. Since when counts what counts from the opening, an agreement says
    /// ([`OnMerge`](crate::policy::OnMerge)).
    ///
    /// Both lists of events are to be stored in one transaction. A command that was recorded on both at this very instant before yields none.
    ///
    /// # Errors
    /// [`RefusedBoth`] says why, and holds what time had caused on both by then.
    ///
    /// # What has come in twice goes on as one
    ///
    /// ```
    /// use owed::commitment::envelope;
    /// use owed::ticket::{Merge, Order};
    /// use owed::{AgentId, Command, CommandId, ContactId, Rulebook, Ticket, TicketId};
    /// use uuid::Uuid;
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "calendar": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-18:00"] } },
    ///          "agreement": { "first_response": "4 working hours", "next_response": "8 working hours" } }"#,
    /// )?;
    /// let [first, second, a, b, c] = [1, 2, 3, 4, 5].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// let ryan = ContactId::new("ryan")?;
    /// let open = |stream, id, at: &str| {
    ///     Ok::<_, Box<dyn std::error::Error>>(Command::new(TicketId(stream), CommandId(id), at.parse()?, ryan.clone(), Order::open(ryan.clone())))
    /// };
    /// let (mut one, mut other) = (Ticket::new(TicketId(first)), Ticket::new(TicketId(second)));
    /// one.handle(&rules, &open(first, a, "2026-03-02T07:00:00Z")?)?;
    /// other.handle(&rules, &open(second, b, "2026-03-02T08:00:00Z")?)?;
    ///
    /// let merge = Merge { into: one.id() };
    /// let command = envelope::Command::new(other.id(), CommandId(c), "2026-03-02T09:00:00Z".parse()?, AgentId::new("ada")?, merge);
    /// let both = other.merge(&mut one, &rules, &command)?;
    /// assert!(!both.from.is_empty() && !both.to.is_empty());
    /// assert_eq!(other.merged_into(), Some(one.id()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(
        &mut self,
        into: &mut Self,
        rules: &Rulebook,
        command: &envelope::Command<TicketId, Merge>,
    ) -> Result<Both, RefusedBoth> {
        let at = command.at;
        together(
            (self, into),
            command.order.into,
            rules,
            command,
            |pair| decide(pair, at),
            |pair, waiting| {
                record(pair, waiting, at);
            },
        )
    }
}

/// Why it cannot be done; or what of the conversation goes on.
fn decide(pair: &Pair<'_, '_>, at: Timestamp) -> Result<Vec<Waiting>, Refusal> {
    let (from, to) = (goes_on(pair.from.stream)?, goes_on(pair.to.stream)?);
    if to.standing.status == Status::Solved {
        return Err(refusal::Refusal::Ended { status: Status::Solved }.into());
    }
    let requests = [&*pair.from.stream, &*pair.to.stream].map(|ticket| undecided(ticket, &ticket.escalations));
    if let [Some(first), Some(second)] = requests {
        return Err(refusal::Refusal::TwoRequests { first, second }.into());
    }
    let owed = pair.from.stream.ledger.open().filter(|known| !ends_as_merged(known));
    has_none_of(pair.to.stream, &pair.from.stream.ledger.bound_to(owed.map(|known| known.id)))?;
    Ok(waiting(from, pair, at))
}

/// A ticket that has been opened, and is not over.
fn goes_on(ticket: &Ticket) -> Result<&Matter, Refusal> {
    let matter = ticket.matter.as_ref().ok_or(refusal::Refusal::NotOpened { ticket: ticket.id })?;
    match (matter.standing.status, matter.merged_into) {
        (_, Some(into)) => Err(refusal::Refusal::Merged { into }.into()),
        (Status::Closed, None) => Err(refusal::Refusal::Ended { status: Status::Closed }.into()),
        (Status::New | Status::Open | Status::Pending | Status::OnHold | Status::Solved, None) => Ok(matter),
    }
}

/// The decision that the customer waits for, if he does.
fn undecided(ticket: &Ticket, board: &Escalations) -> Option<CommitmentId> {
    board.undecided(&ticket.ledger).map(|(_, owed)| owed.id)
}

/// Something of the customer's that nobody has answered.
struct Waiting {
    event: Event,
    happened: Timestamp,
}

fn waiting(matter: &Matter, pair: &Pair<'_, '_>, at: Timestamp) -> Vec<Waiting> {
    let (Some(policy), Some(there)) = (pair.to.policy(pair.in_force), &pair.to.stream.matter) else {
        return Vec::new();
    };
    let from = &pair.from;
    let on_record = (&from.stream.runs, &from.stream.ledger);
    let moment = moment(from.stream.id, matter, &matter.standing, at);
    let indices = unanswered(policy, &moment, on_record, |edition| from.policy(edition));
    let asked = |past: &Past| past.fact == Fact::HumanAskedFor && !there.standing.human_asked_for;
    let goes_on = matter.past.iter().enumerate().filter(|(index, past)| indices.contains(index) || asked(past));
    let waiting = goes_on.map(|(_, Past { happened, fact, .. })| {
        let (message, filed_by) = match fact {
            Fact::HumanAskedFor => return Waiting { event: Event::HumanAskedFor {}, happened: *happened },
            Fact::Called { author, reached, how } => {
                // Who hung up then may be on the line now.
                let how = how.filter(|_| !there.standing.on_the_line);
                return Waiting {
                    event: Event::Called { author: *author, reached: *reached, how },
                    happened: *happened,
                };
            }
            Fact::Message(said) => (said.message.clone(), said.by.clone()),
            _ => (matter.opening.clone(), None),
        };
        let (author, visibility, class) = (Author::Customer, Visibility::Public, None);
        let event = Event::MessageAdded { author, visibility, class, message, filed_by, claimed: None };
        Waiting { event, happened: *happened }
    });
    waiting.collect()
}

fn record(pair: &mut Pair<'_, '_>, waiting: Vec<Waiting>, at: Timestamp) {
    let Some(matter) = &pair.from.stream.matter else { return };
    let (stood, from, his_word) = (matter.standing.clone(), matter.standing.status, matter.waits_for_the_desk());
    let opened = matter.past.first().map_or(matter.opened, |opening| opening.happened);
    let (source, to) = (pair.source, pair.to.stream.id);
    let end = to_end(&pair.from.stream.ledger);
    pair.from.carry_out(end, source, at, None);
    let ledger = &pair.from.stream.ledger;
    let owed: Vec<_> = ledger.bound_to(ledger.open().map(|known| known.id)).iter().map(|known| known.id).collect();
    pair.carry(&owed, at);
    pair.carry_complaints(at);
    // What was about the matter is about the other from now on, and hears how that stands with the news of the merging.
    pair.carry_escalations(Subject::Ticket, at);
    pair.from.react(Event::MergedInto { ticket: to, from }, at, source);
    pair.goes_on(&owed, &stood, at);
    let ticket = pair.from.stream.id;
    pair.to.react(Event::MergedFrom { ticket, his_word }, at, source);
    pair.opened_earlier(opened, at);
    for Waiting { event, happened } in waiting {
        let happened = Happened { at: happened, stamp: Stamp::Transport };
        pair.to.react(event, at, &source.that_happened(happened));
    }
}

impl Pair<'_, '_> {
    /// The clocks that were carried over see their ticket stand otherwise.
    fn goes_on(&mut self, carried: &[CommitmentId], stood: &Standing, at: Timestamp) {
        let to = &self.to;
        let Some(matter) = &to.stream.matter else { return };
        let moment = moment(to.stream.id, matter, stood, at);
        let orders = about_carried(&moment, carried, &to.stream.ledger, |edition| to.policy(edition));
        self.to.carry_out(orders, self.source, at, None);
    }

    /// What counts from the opening may count from that of the other ticket.
    fn opened_earlier(&mut self, opened: Timestamp, at: Timestamp) {
        let to = &self.to;
        let Some(matter) = &to.stream.matter else { return };
        let moment = moment(to.stream.id, matter, &matter.standing, at);
        let (runs, ledger) = (&to.stream.runs, &to.stream.ledger);
        let orders = about_opening(&moment, opened, runs, ledger, |edition| to.policy(edition));
        self.to.carry_out(orders, self.source, at, None);
    }
}

/// A moment at which nothing happens but that a ticket stood so and stands otherwise.
fn moment<'a>(ticket: TicketId, matter: &'a Matter, before: &'a Standing, at: Timestamp) -> Moment<'a> {
    Moment {
        ticket,
        at,
        happened: None,
        fact: None,
        anew: Anew::No,
        evidence: None,
        before,
        after: &matter.standing,
        past: &matter.past,
    }
}
