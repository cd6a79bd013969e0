//! What a customer may see: what he was told, and what became of that. Nothing of how the desk divides its work.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::event::{BreachCause, Ending, VoidCause};
use super::ledger::Ledger;
use super::party::{Actor, Party};
use super::state::{Breach, Commitment, Outcome, Phase, Verdict};
use super::terms::{Binding, Deliverable, Origin};
use crate::{AgentId, CommitmentId, Name, Timestamp};

/// One thing that a customer was promised, as he may see it: data that a host puts into his language and time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub commitment: CommitmentId,
    /// What.
    pub what: Deliverable,
    /// When he was told: for a round of a series, when that round began; for what a contract owes, since when it is owed.
    pub said_at: Timestamp,
    /// By whom, if anybody in particular said so: not by a contract, nor by the terms of another promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<Speaker>,
    /// The deadline. Absent while there is none: it stands still, or waits for his part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Before when it is not to be expected: a visit, a call slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// How it was broken, if it was. Doing it late does not mend that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<Breach>,
    /// Where it stands.
    pub now: Standing,
    /// A later deadline that he was told of and has not agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Timestamp>,
    /// The broken one that it stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<CommitmentId>,
    /// What stands in for it, or goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_its_place: Option<InItsPlace>,
}

/// Who told the customer, without the inside of the desk: of its people the name, of its programs only that it was one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// One who works at the desk.
    Agent(AgentId),
    /// A language model that speaks for the desk.
    Ai,
    /// A helper from outside.
    Vendor,
    /// A rule or a program of the desk.
    Program,
    /// The customer, who says that he was promised it.
    Customer,
}

/// Where something promised stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is owed, in time or late.
    Owed,
    /// It waits for the customer's part.
    Waits {
        /// His part, in the host's word.
        what: Name,
        /// Until when he can do it.
        until: Timestamp,
    },
    /// It stands still, as he was told.
    StandsStill {
        /// Until when at the latest.
        until: Timestamp,
    },
    /// It was done.
    Done {
        /// When.
        at: Timestamp,
    },
    /// Something else is owed in its place.
    Replaced,
    /// He has let the desk off.
    Released,
    /// It will not be done any more.
    GivenUp,
    /// His part was not done.
    Lapsed,
    /// What it was for has come, or has gone.
    NotNeeded,
}

/// What stands in for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InItsPlace {
    /// Which.
    pub commitment: CommitmentId,
    /// Its deadline, if it has one now, or had one when it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

impl Told {
    /// Since when it is late, or was until it was done: the deadline that was missed.
    #[must_use]
    pub fn late_since(&self) -> Option<Timestamp> {
        self.broken.and_then(|breach| match breach.cause {
            BreachCause::Deadline | BreachCause::BornLate => Some(breach.due),
            BreachCause::Withdrawn | BreachCause::Impossible => None,
        })
    }
}

impl Ledger {
    /// What one from outside was told, in the order in which it was made: what he was promised, in so many words or by contract, and
    /// goals once they were announced to him.
    ///
    /// Never goals of the desk's own, nor what is owed inside it or to its suppliers, nor what was found in a message and is not
    /// confirmed, nor what should not have been on record. A team, an agent or a supplier is told nothing here.
    #[must_use]
    pub fn told_to(&self, whom: &Party) -> Vec<Told> {
        let mut told: Vec<&Commitment> = self.all().filter(|commitment| may_see(commitment, whom)).collect();
        told.sort_by_key(|commitment| commitment.version);
        told.into_iter().map(|commitment| self.tell(commitment, whom)).collect()
    }

    fn tell(&self, commitment: &Commitment, whom: &Party) -> Told {
        let notes = commitment.notes.as_deref();
        let (said_at, said_by) = said(commitment);
        let next = commitment.repaired_by.or_else(|| notes.and_then(|notes| notes.renewed_by));
        let next = next.and_then(|next| self.get(next)).filter(|next| may_see(next, whom));
        Told {
            commitment: commitment.id,
            what: commitment.deliverable.clone(),
            said_at,
            said_by,
            due: deadline(commitment),
            not_before: commitment.terms.opens_at,
            broken: commitment.breach.filter(|_| commitment.verdict() == Verdict::Breached),
            now: standing(commitment),
            proposed: notes
                .and_then(|notes| notes.proposal.as_ref())
                .filter(|_| commitment.verdict() == Verdict::Pending)
                .map(|proposal| proposal.due_at),
            stands_in_for: commitment.repairs,
            in_its_place: next.map(|next| InItsPlace { commitment: next.id, due: deadline(next) }),
        }
    }
}

fn may_see(commitment: &Commitment, whom: &Party) -> bool {
    let outside = match whom {
        Party::Customer(_) | Party::Organisation(_) | Party::Authority(_) => true,
        Party::Team(_) | Party::Agent(_) | Party::Vendor(_) => false,
    };
    let inside = matches!(commitment.origin, Origin::Delegated { .. });
    let promised = match &commitment.phase {
        Phase::Candidate { .. }
        | Phase::Closed { outcome: Outcome::Void(VoidCause::Dismissed { .. } | VoidCause::InError { .. }), .. } => {
            false
        }
        Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => commitment.binding == Binding::Promised,
    };
    outside && !inside && promised && commitment.beneficiary == *whom
}

/// When he was told, and by whom.
fn said(commitment: &Commitment) -> (Timestamp, Option<Speaker>) {
    if let Some(announced) = commitment.notes.as_ref().and_then(|notes| notes.announced) {
        return (announced, None);
    }
    // Once the customer has done his part, it is owed since then; it was said when it was made.
    let at = if commitment.terms.condition.is_some() { commitment.made } else { commitment.since };
    let by = match &commitment.origin {
        Origin::Spoken { by, .. } => Some(speaker(by)),
        Origin::Policy(_) | Origin::Amends { .. } | Origin::Horizon { .. } | Origin::Delegated { .. } => None,
    };
    (at, by)
}

fn speaker(by: &Actor) -> Speaker {
    match by {
        Actor::Agent(agent) => Speaker::Agent(agent.clone()),
        Actor::Ai(_) => Speaker::Ai,
        Actor::Vendor(_) => Speaker::Vendor,
        Actor::Automation(_) | Actor::System(_) => Speaker::Program,
        Actor::Customer(_) => Speaker::Customer,
    }
}

/// The deadline that it has, or had when it was closed.
fn deadline(commitment: &Commitment) -> Option<Timestamp> {
    match &commitment.phase {
        Phase::Closed { stood_for, .. } => {
            commitment.first_due.filter(|_| stood_for.is_empty()).map(|_| commitment.due)
        }
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => commitment.due_now(),
    }
}

fn standing(commitment: &Commitment) -> Standing {
    match &commitment.phase {
        Phase::Conditional { limit, .. } => {
            let condition = commitment.terms.condition.as_ref();
            condition.map_or(Standing::Owed, |part| Standing::Waits { what: part.what.clone(), until: *limit })
        }
        Phase::Candidate { .. } | Phase::Active { .. } | Phase::Overdue => Standing::Owed,
        Phase::Paused { resume_by, .. } => Standing::StandsStill { until: *resume_by },
        Phase::Closed { outcome, .. } => ended(outcome),
    }
}

fn ended(outcome: &Outcome) -> Standing {
    match outcome {
        Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. } => {
            Standing::Done { at: *done }
        }
        Outcome::Superseded { .. } | Outcome::Void(VoidCause::Renegotiated { .. } | VoidCause::Retracted { .. }) => {
            Standing::Replaced
        }
        Outcome::Ended(Ending::Waived { .. }) | Outcome::Void(VoidCause::Released { .. }) => Standing::Released,
        Outcome::Ended(Ending::Impossible { .. } | Ending::WrittenOff { .. })
        | Outcome::Void(VoidCause::Withdrawn { .. }) => Standing::GivenUp,
        Outcome::Void(VoidCause::Lapsed | VoidCause::CustomerAbsent) => Standing::Lapsed,
        Outcome::Overtaken(_)
        | Outcome::Void(
            VoidCause::Rule(_)
            | VoidCause::Corrected { .. }
            | VoidCause::SeriesStopped { .. }
            | VoidCause::Dismissed { .. }
            | VoidCause::InError { .. },
        ) => Standing::NotNeeded,
    }
}
