//! The rules: what follows from an order, from an agreement or from the passing of time. Nothing here changes anything.

mod agreement;
mod begin;
mod correct;
mod cycle;
mod delegate;
mod due;
mod duty;
mod follow;
mod note;
mod pause;
mod promise;
mod renew;
mod retarget;
mod series;
mod settle;
mod successor;
mod terms;
mod time;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

pub(crate) use agreement::decide_for_agreement;
pub(crate) use duty::{By, Duty, decide_for_duty, may_be_owed};
pub(crate) use follow::{FollowUp, amends, decide_for_follow_up, follow_ups};
pub(crate) use note::{heard, may_be_found_absent};
pub(crate) use renew::{returned, take_back as decide_for_return};
pub(crate) use retarget::{due_now, would_be_due};
pub(crate) use series::MAX_ROUNDS;
pub(crate) use settle::customer as speaks_for_the_customer;
pub(crate) use time::decide_for_time;

use successor::as_withdrawn;

use super::addressee::Reach;
use super::clock::{Fallback, LAST_TIMER, Measure};
use super::corrections::Corrections;
use super::event::Event;
use super::happened::Happened;
use super::hours::Hours;
use super::ledger::Ledger;
use super::may_promise::MayPromise;
use super::order::Order;
use super::party::{Actor, Owner};
use super::phase::Phase;
use super::refusal::Refusal;
use super::stand_in::stand_in;
use super::state::Commitment;
use super::time_to_answer::TimeToAnswer;
use crate::calendar::{Amount, Calendar, Term};
use crate::{CommitmentId, Name, Timestamp};

/// The calendars by which time counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Calendars<'a> {
    /// Several, by name.
    Named {
        /// By name.
        all: &'a BTreeMap<Name, Calendar>,
        /// Those that rules make of others, by the names that they go by.
        combined: Option<&'a BTreeMap<Name, Calendar>>,
        /// The one that is meant where none is named.
        own: Option<&'a Name>,
    },
    /// One, which needs no name: it is meant where none is named.
    Only(&'a Calendar),
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
    /// How far a person may put a record right, by the same edition; not at all where it says nothing.
    pub(crate) corrections: Option<Corrections>,
    /// How long a customer has to answer, by the same edition.
    pub(crate) time_to_answer: TimeToAnswer,
    /// What words that promise no time come to, by the same edition.
    pub(crate) vague: Option<&'a BTreeMap<Name, Term>>,
    /// What each role may promise, by the same edition; everything where it says nothing.
    pub(crate) may_promise: Option<&'a MayPromise>,
    /// With whom the stream speaks, and how.
    pub(crate) reach: Reach<'a>,
}

impl<'a> Context<'a> {
    /// What an instant is by such hours.
    pub(crate) fn at(at: Timestamp, hours: Hours<'a>) -> Self {
        let Hours { calendars, corrections, vague, time_to_answer, may_promise } = hours;
        Self { at, happened: None, calendars, corrections, time_to_answer, vague, may_promise, reach: Reach::default() }
    }

    /// When something was said.
    pub(super) fn said_at(&self) -> Timestamp {
        self.happened_at()
    }

    fn happened_at(&self) -> Timestamp {
        self.happened.map_or(self.at, |happened| happened.at)
    }

    /// The instant that lies so much time on. Where no calendar has an answer, elapsed time stands in for it.
    pub(crate) fn after(&self, from: Timestamp, term: Term, calendar: Option<&Name>) -> (Timestamp, Option<Fallback>) {
        let calendar = self.calendar(calendar.or(self.own()));
        let counted = match (term, calendar) {
            (Term::Elapsed(time), _) => Ok(from.plus_micros(time.as_micros())),
            (Term::Working(_) | Term::Business(_) | Term::Civil(_), None) => Err(Fallback::NoCalendar),
            (Term::Working(_) | Term::Business(_) | Term::Civil(_), Some(calendar)) => {
                calendar.add(from, term).map_err(|_| Fallback::OutOfReach)
            }
        };
        let elapsed = |fallback| (from.plus_micros(stand_in(term).as_micros()).min(LAST_TIMER), Some(fallback));
        counted.map_or_else(elapsed, |at| (at.min(LAST_TIMER), None))
    }

    /// The calendar that terms name; where they name none, the only one, if there is one.
    fn calendar(&self, name: Option<&Name>) -> Option<&'a Calendar> {
        match (self.calendars?, name) {
            (Calendars::Named { all, combined, .. }, Some(name)) => all.get(name).or_else(|| combined?.get(name)),
            (Calendars::Only(calendar), None) => Some(calendar),
            (Calendars::Named { .. }, None) | (Calendars::Only(_), Some(_)) => None,
        }
    }

    /// The name of the calendar that is meant where none is named.
    fn own(&self) -> Option<&'a Name> {
        match self.calendars? {
            Calendars::Named { own, .. } => own,
            Calendars::Only(_) => None,
        }
    }

    /// What has run of a commitment's budget by an instant.
    pub(crate) fn used(&self, commitment: &Commitment, until: Timestamp) -> Amount {
        let measure = self.measure(commitment.terms.calendar.as_ref());
        let ran = match commitment.phase {
            // The clock of what waits for the customer's part has not begun.
            Phase::Conditional { .. } => 0,
            Phase::Candidate { .. }
            | Phase::Active { .. }
            | Phase::Paused { .. }
            | Phase::Overdue
            | Phase::Closed { .. } => commitment.clock.used(until, measure),
        };
        commitment.clock.budget.with_micros(ran)
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
    let known = |id| ledger.get(id).ok_or_else(|| unknown(ledger, id));
    match order {
        Order::Promise(promise) => promise::promise(ledger, promise, by, context),
        Order::Fulfil { commitment, evidence } => {
            settle::fulfil(&as_withdrawn(ledger, known(*commitment)?), evidence.as_ref(), Some(by), context)
        }
        Order::Pause { commitment, reason, until, told } => {
            pause::pause(known(*commitment)?, reason, *until, told.as_ref(), context)
        }
        Order::Resume { commitment, reason } => pause::resume(known(*commitment)?, reason, context),
        Order::Release { commitment, evidence } => settle::release(known(*commitment)?, evidence, by, context),
        Order::Withdraw { commitment, notice } => settle::withdraw(known(*commitment)?, notice, context),
        Order::HandOver { commitment, owner } => hand_over(known(*commitment)?, owner),
        Order::HandOverAll { from, to } => Ok(note::hand_over_all(ledger, from, to)),
        Order::Suggest { review_by, promise } => promise::suggest(ledger, *review_by, promise, by, context),
        Order::Confirm { commitment } => begin::confirm(known(*commitment)?, context),
        Order::Dismiss { commitment, reason } => begin::dismiss(known(*commitment)?, reason, context),
        Order::MeetCondition { commitment, evidence } => {
            begin::meet(ledger, known(*commitment)?, evidence, by, context)
        }
        Order::Attempt { commitment, outcome, evidence } => {
            settle::attempt(known(*commitment)?, *outcome, evidence.as_ref(), by, context)
        }
        Order::Announce { commitment, message } => note::announce(known(*commitment)?, message),
        Order::Amend { commitment, due, opens_at } => terms::amend(known(*commitment)?, due, *opens_at, context),
        Order::Propose { commitment, due, opens_at, told, outright } => {
            let asked = terms::Asked { due, opens_at: *opens_at, outright: *outright };
            terms::propose(known(*commitment)?, asked, told, context)
        }
        Order::Accept { commitment, successor, evidence } => {
            terms::accept(ledger, known(*commitment)?, *successor, evidence, by, context)
        }
        Order::Decline { commitment, evidence } => terms::decline(ledger, known(*commitment)?, evidence, by, context),
        Order::Chase { commitment, step, message } => note::chase(known(*commitment)?, *step, message, context),
        Order::Hear { commitment } => note::heard(ledger, known(*commitment)?, Some(by), context),
        Order::FindAbsent { commitment } => note::absent(known(*commitment)?, context),
        Order::TakeUpAgain { commitment, successor } => {
            renew::come_back(ledger, known(*commitment)?, Some(*successor), context)
        }
        Order::DeclareImpossible { commitment, notice } => settle::impossible(known(*commitment)?, notice, context),
        Order::Waive { commitment, evidence } => settle::waive(known(*commitment)?, evidence, by, context),
        Order::WriteOff { commitment, authority, reason } => {
            settle::write_off(known(*commitment)?, authority, reason, context)
        }
        Order::Exclude { commitment, reason, approver } => note::exclude(known(*commitment)?, reason, approver),
        Order::Delegate { commitment, promise } => delegate::delegate(ledger, known(*commitment)?, promise, context),
        Order::Retract { commitment, reason, successor } => {
            renew::retract(ledger, known(*commitment)?, reason, *successor, context)
        }
        Order::RecordInError { commitment, reason, evidence } => {
            renew::in_error(known(*commitment)?, reason, evidence, by, context)
        }
        Order::Reinstate { commitment, successor } => {
            renew::reinstate(ledger, known(*commitment)?, *successor, context)
        }
        Order::StartSeries(start) => series::start(ledger, start, by, context),
        Order::StopSeries { series, evidence } => series::stop(ledger, *series, evidence, by, context),
        Order::Redact { commitment, reference } => Ok(note::redact(known(*commitment)?, reference)),
    }
}

fn hand_over(commitment: &Commitment, owner: &Owner) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match commitment.phase {
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => {
            let changed = commitment.owner != *owner;
            Ok(changed.then(|| Event::HandedOver { commitment: id, owner: owner.clone() }).into_iter().collect())
        }
        Phase::Closed { at, .. } => Err(closed(id, at)),
    }
}

/// What is not on record here: it may be elsewhere.
fn unknown(ledger: &Ledger, commitment: CommitmentId) -> Refusal {
    let elsewhere = |to| Refusal::CarriedOut { commitment, to };
    ledger.carried_to(commitment).map_or(Refusal::Unknown { commitment }, elsewhere)
}

const fn closed(commitment: CommitmentId, closed: Timestamp) -> Refusal {
    Refusal::AlreadyClosed { commitment, closed }
}

const fn wrong_phase(commitment: &Commitment) -> Refusal {
    Refusal::WrongPhase { commitment: commitment.id, phase: commitment.phase.name() }
}
