//! What a stored event changes. There are no rules here: every fact is taken as it stands.

use alloc::vec::Vec;

use super::envelope::{Event, Recorded};
use super::event;
use super::fact::PutRight;
use super::state::{Matter, Ticket};
use crate::commitment::envelope::UnknownEvent;
use crate::commitment::{Armed, Recording};
use crate::policy::{Fact, Past, Standing};
use crate::{TicketId, Timestamp};

impl Ticket {
    /// The ticket that these events, in their order, have made.
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
    pub fn skip(&mut self, event: &UnknownEvent<TicketId>) {
        if event.stream == self.id {
            self.journal.skip(event);
        }
    }

    /// Takes in one stored event. One of another stream, and one that it has had, change nothing.
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
        let Some(mut fact) = event.fact(recorded.by.as_ref(), owner) else { return self.correct(event) };
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
        matter.past.push(Past { at, happened, fact });
    }

    fn note_act(&mut self, is_the_customers: bool, at: Timestamp) {
        if let Some(matter) = self.matter.as_mut().filter(|_| is_the_customers) {
            matter.acted = Some(at);
        }
    }

    /// The past as it is now known to have been.
    fn correct(&mut self, event: &event::Event) {
        let Some(matter) = &mut self.matter else { return };
        if let event::Event::Redacted { message } = event {
            matter.opening.take_if(|opening| opening == message);
            matter.told.retain(|told| told != message);
            matter.past.iter_mut().for_each(|past| past.fact.erase(message));
            return;
        }
        let Some(PutRight { index, is, .. }) = matter.put_right(event) else { return };
        if let Fact::Opened(opened) = &is {
            matter.standing.author = opened.author;
        }
        if let Some(past) = matter.past.get_mut(index) {
            past.fact = is;
        }
    }
}
