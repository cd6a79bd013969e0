//! What a host was to do and could not: it is on record until it is done another way.

use serde::{Deserialize, Serialize};

use super::decide::few_enough;
use super::event::Event;
use super::refusal::Refusal;
use super::state::Ticket;
use crate::{Name, Timestamp};

/// Names an effect within its ticket: the event that it comes from, and which of the event's it is. An [`EffectId`](crate::EffectId) names it among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectRef {
    /// The event.
    pub version: u64,
    /// Which of its effects, from 0.
    pub index: u16,
}

/// What a host was to do and could not: a notice came back, a telephone number is dead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// What.
    pub effect: EffectRef,
    /// Why it could not be done the last time.
    pub why: Name,
    /// Since when that is known.
    pub since: Timestamp,
    /// How often it was tried in vain.
    pub times: u32,
}

impl Ticket {
    /// What was to be done and could not be, as hosts have reported, and is not done yet; what is known longest comes first.
    ///
    /// # What is done after all is not undone
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
    /// use owed::effects;
    ///
    /// // Nobody has answered Ryan by 13:00, and Ada's message box is full.
    /// let broken = ticket.wake(&rules, due.plus_micros(1));
    /// let effect = effects(&broken[0])[0].id.into();
    /// let failed = Order::ReportFailed { effect, why: "mailbox full".parse()? };
    /// ticket.handle(&rules, &ticket.command(second, due.plus_micros(2), ada.clone(), failed))?;
    /// assert_eq!(ticket.undone().len(), 1);
    /// let third = CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0006));
    /// ticket.handle(&rules, &ticket.command(third, due.plus_micros(3), ada, Order::ReportDone { effect }))?;
    /// assert!(ticket.undone().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn undone(&self) -> &[Undone] {
        &self.undone
    }

    pub(super) fn note_undone(&mut self, effect: EffectRef, why: &Name, at: Timestamp) {
        match self.undone.iter_mut().find(|undone| undone.effect == effect) {
            Some(undone) => {
                undone.why = why.clone();
                undone.times = undone.times.saturating_add(1);
            }
            None => self.undone.push(Undone { effect, why: why.clone(), since: at, times: 1 }),
        }
    }

    pub(super) fn note_done(&mut self, effect: EffectRef) {
        self.undone.retain(|undone| undone.effect != effect);
    }
}

/// A host could not do what was to be done.
pub(super) fn failed(ticket: &Ticket, effect: EffectRef, why: &Name) -> Result<Option<Event>, Refusal> {
    known(ticket, effect)?;
    let times = times(ticket.undone(), effect).saturating_add(1);
    if times == 1 {
        few_enough("effects that failed", ticket.undone().len().saturating_add(1))?;
    }
    let owner = ticket.owner().cloned();
    Ok(Some(Event::EffectFailed { effect, why: why.clone(), times, owner }))
}

/// It has done it after all. What never failed goes without saying.
pub(super) fn done(ticket: &Ticket, effect: EffectRef) -> Result<Option<Event>, Refusal> {
    known(ticket, effect)?;
    Ok((times(ticket.undone(), effect) > 0).then_some(Event::EffectDone { effect }))
}

fn times(undone: &[Undone], effect: EffectRef) -> u32 {
    undone.iter().find(|undone| undone.effect == effect).map_or(0, |undone| undone.times)
}

fn known(ticket: &Ticket, effect: EffectRef) -> Result<(), Refusal> {
    let last = ticket.version();
    if effect.version == 0 || effect.version > last {
        return Err(Refusal::UnknownEffect { version: effect.version, last });
    }
    Ok(())
}
