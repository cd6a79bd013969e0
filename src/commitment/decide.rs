//! The rules: what follows from an order, from an agreement or from the passing of time. Nothing here changes anything.

mod agreement;
mod pause;
mod promise;
mod repair;
mod settle;
mod time;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

pub(crate) use agreement::decide_for_agreement;
pub(crate) use repair::{RepairOrder, decide_for_repair, repair_after};
pub(crate) use time::decide_for_time;

use super::clock::Measure;
use super::event::Event;
use super::happened::Happened;
use super::ledger::Ledger;
use super::order::Order;
use super::party::{Actor, Owner};
use super::refusal::Refusal;
use super::state::{Commitment, Phase};
use crate::calendar::{Amount, Calendar};
use crate::{CommitmentId, Name, Timestamp};

/// The calendars of one edition, by name, and the one that is meant where none is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendars<'a> {
    /// By name.
    pub(crate) named: &'a BTreeMap<Name, Calendar>,
    /// The edition's own.
    pub(crate) own: Option<&'a Name>,
}

/// What a rule may look at besides the commitment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The instant at which the fact is taken in.
    pub(crate) at: Timestamp,
    /// When it happened, where that is another.
    pub(crate) happened: Option<Happened>,
    /// The calendars of the commitment's edition, or of the one in force for a new one; none if it is not at hand.
    pub(crate) calendars: Option<Calendars<'a>>,
}

impl<'a> Context<'a> {
    fn happened_at(&self) -> Timestamp {
        self.happened.map_or(self.at, |happened| happened.at)
    }

    fn calendar(&self, name: Option<&Name>) -> Option<&'a Calendar> {
        let calendars = self.calendars?;
        calendars.named.get(name?)
    }

    /// What has run of a commitment's budget by an instant.
    fn used(&self, commitment: &Commitment, until: Timestamp) -> Amount {
        let measure = self.measure(commitment.terms.calendar.as_ref());
        commitment.clock.budget.with_micros(commitment.clock.used(until, measure))
    }

    fn measure(&self, name: Option<&Name>) -> Measure<'a> {
        Measure::by(self.calendar(name))
    }
}

/// What follows from an order that `by` gives.
///
/// # Errors
/// A [`Refusal`] says what stands against it.
pub(crate) fn decide(ledger: &Ledger, order: &Order, by: &Actor, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let known = |id| ledger.get(id).ok_or(Refusal::Unknown { commitment: id });
    match order {
        Order::Promise(promise) => promise::promise(ledger, promise, by, context),
        Order::Fulfil { commitment, evidence } => settle::fulfil(known(*commitment)?, evidence.as_ref(), context),
        Order::Pause { commitment, reason, until, told } => {
            pause::pause(known(*commitment)?, reason, *until, told.as_ref(), context)
        }
        Order::Resume { commitment, reason } => pause::resume(known(*commitment)?, reason, context),
        Order::Release { commitment, evidence } => settle::release(known(*commitment)?, evidence, by, context),
        Order::Withdraw { commitment, notice } => settle::withdraw(known(*commitment)?, notice, context),
        Order::HandOver { commitment, owner } => hand_over(known(*commitment)?, owner),
    }
}

fn hand_over(commitment: &Commitment, owner: &Owner) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match commitment.phase {
        Phase::Active { .. } | Phase::Paused { .. } | Phase::Overdue => {
            let changed = commitment.owner != *owner;
            Ok(changed.then(|| Event::HandedOver { commitment: id, owner: owner.clone() }).into_iter().collect())
        }
        Phase::Closed { at, .. } => Err(closed(id, at)),
    }
}

const fn closed(commitment: CommitmentId, closed: Timestamp) -> Refusal {
    Refusal::AlreadyClosed { commitment, closed }
}

const fn wrong_phase(commitment: &Commitment) -> Refusal {
    Refusal::WrongPhase { commitment: commitment.id, phase: commitment.phase.name() }
}
