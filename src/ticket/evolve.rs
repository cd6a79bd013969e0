//! What a stored event changes. There are no rules here: every fact is taken as it stands.

use alloc::vec::Vec;

use super::correct::stamp_of;
use super::envelope::{Event, Recorded};
use super::event;
use super::fact::PutRight;
use super::state::{Matter, Ticket};
use crate::commitment::envelope::UnknownEvent;
use crate::commitment::{Armed, Recording, Stamp};
use crate::policy::{Fact, Past, Standing};
use crate::{TicketId, Timestamp};

impl Ticket {
    /// The ticket that these events, in their order, have made.
    ///
    /// # Of no events, nothing is known
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
    /// assert_eq!(Ticket::replay(id, &[]), Ticket::new(id));
    /// let events = ticket.handle(&rules, &open)?;
    /// assert_eq!(Ticket::replay(id, &events), ticket);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn replay<'a>(id: TicketId, events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut ticket = Self::new(id);
        for event in events {
            ticket.apply(event);
        }
        ticket
    }

    /// Passes over an event that only a later release knows. From then on the ticket is to be looked at, and decides nothing: it refuses every
    /// command, and no timer of it goes off.
    ///
    /// Nothing of it is to be stored: its refusal is [no answer](crate::CommandRefusal::is_answer), that it asks for no wake does not mean that none is due, and a
    /// snapshot of it would keep what was passed over out of sight.
    ///
    /// # One of another stream changes nothing
    ///
    /// ```
    /// use owed::{Stored, Ticket};
    ///
    /// let later = r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":1,"at":"2026-03-02T09:00:00Z","event":{"room":"ticket","type":"teleported"}}"#;
    /// let unknown = serde_json::from_str::<Stored>(later)?.known().unwrap_err();
    /// let mut another = Ticket::new("0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d02".parse()?);
    /// another.skip(&unknown);
    /// assert_eq!((another.skipped(), another.version()), (None, 0));
    ///
    /// let mut ticket = Ticket::new(unknown.stream);
    /// ticket.skip(&unknown);
    /// assert_eq!((ticket.skipped(), ticket.version()), (Some(1), 1));
    /// assert_eq!(ticket.next_wake(), None); // it decides nothing any more
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn skip(&mut self, event: &UnknownEvent<TicketId>) {
        if event.stream == self.id {
            self.journal.skip(event);
        }
    }

    /// Takes in one stored event. One of another stream, and one that it has had, change nothing.
    ///
    /// # An event that it has had changes nothing
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
    /// let before = ticket.clone();
    /// ticket.apply(&opened[0]);
    /// assert_eq!(ticket, before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.stream != self.id || !self.journal.note(recorded) {
            return;
        }
        match &recorded.event {
            Event::Ticket(event) => self.turn(event, recorded),
            Event::Commitment(event) => {
                self.ledger.evolve(event, Recording::of(recorded));
                self.runs.evolve(event);
                self.note_act(event.is_the_customers(), recorded.at);
            }
            Event::Escalation(event) => {
                let armed = Armed { at: recorded.at, version: recorded.version };
                self.escalations.evolve(event, recorded.edition, armed);
                self.note_act(event.is_the_customers(), recorded.at);
            }
        }
    }

    fn turn(&mut self, event: &event::Event, recorded: &Recorded) {
        let at = recorded.at;
        match event {
            event::Event::EffectFailed { effect, why, .. } => self.note_undone(*effect, why, at),
            event::Event::EffectDone { effect } => self.note_done(*effect),
            _ => {}
        }
        self.keep_silence(event, recorded.edition, Armed { at, version: recorded.version });
        let owner = self.matter.as_ref().and_then(|matter| matter.standing.owner.as_ref());
        let Some(mut fact) = event.fact(recorded.by.as_ref(), owner) else { return self.correct(event, recorded) };
        if let Fact::Opened(standing) = &mut fact {
            standing.ticket = Some(self.id);
        }
        if let (None, Fact::Opened(standing)) = (&self.matter, &fact) {
            let (opening, standing) = (event.message().cloned(), Standing::clone(standing));
            self.matter = Some(Matter {
                opened: at,
                opening,
                standing,
                past: Vec::new(),
                merged_into: None,
                closed_by: None,
                absent: Vec::new(),
                told: Vec::new(),
                acted: None,
            });
        }
        let Some(matter) = &mut self.matter else { return };
        matter.standing.take(&fact);
        match event {
            event::Event::MergedInto { ticket, .. } => matter.merged_into = Some(*ticket),
            event::Event::MergedFrom { his_word: true, .. } => matter.acted = Some(at),
            event::Event::Closed { rule, absent, told, .. } => {
                matter.closed_by.clone_from(rule);
                matter.absent.clone_from(absent);
                matter.told.clone_from(told);
            }
            event::Event::Reopened { .. } => {
                (matter.merged_into, matter.closed_by) = (None, None);
                matter.absent.clear();
                matter.told.clear();
            }
            _ => {}
        }
        let happened = recorded.happened.map_or(at, |happened| happened.at);
        let is_claim = recorded.happened.is_some_and(|happened| happened.stamp == Stamp::Claim);
        let claimed_elsewhere = match event {
            event::Event::MessageAdded { claimed, .. } => *claimed,
            _ => None,
        };
        let claimed = is_claim.then(|| claimed_elsewhere.unwrap_or(at));
        matter.past.push(Past { at, happened, fact, put_right: Vec::new(), claimed, filed: None });
    }

    fn note_act(&mut self, is_the_customers: bool, at: Timestamp) {
        if let Some(matter) = self.matter.as_mut().filter(|_| is_the_customers) {
            matter.acted = Some(at);
        }
    }

    /// The past as it is now known to have been.
    fn correct(&mut self, event: &event::Event, recorded: &Recorded) {
        let Some(matter) = &mut self.matter else { return };
        if let event::Event::Redacted { message } = event {
            matter.opening.take_if(|opening| opening == message);
            matter.told.retain(|told| told != message);
            matter.past.iter_mut().for_each(|past| past.erase(message));
            return;
        }
        let Some(PutRight { index, is, .. }) = matter.put_right(event) else { return };
        if let Fact::Opened(opened) = &is {
            matter.standing.author = opened.author;
        }
        if let Some(past) = matter.past.get_mut(index) {
            past.put_right(is, recorded.at, stamp_of(recorded.by.as_ref()));
        }
    }
}
