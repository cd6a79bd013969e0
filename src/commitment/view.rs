//! Which commitments a customer may see, and what of them: what he was told, and what became of that.

use alloc::vec::Vec;

use super::cause::{Ending, VoidCause};
use super::ledger::Ledger;
use super::origin::{Binding, Origin};
use super::party::{Actor, Party};
use super::phase::{Outcome, Phase, Verdict};
use super::state::Commitment;
use super::told::{InItsPlace, Speaker, Standing, Told};
use crate::{CommitmentId, Timestamp};

impl Ledger {
    /// What one from outside was told, in the order in which it was made: what he was promised, in so many words or by contract, and
    /// goals once they were announced to him.
    ///
    /// Never goals of the desk's own, nor what is owed inside it or to its suppliers, nor what was found in a message and is not
    /// confirmed, nor what should not have been on record. A team, an agent or a supplier is told nothing here.
    ///
    /// # A team is told nothing here
    ///
    /// ```
    /// # use owed::commitment::{Account, Deliverable, Hours, Order, Owner, Party, Promise, Verdict};
    /// # use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp, WakeReason};
    /// # use uuid::Uuid;
    /// # let [id, first, second, call] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second, call) = (AccountId(id), CommandId(first), CommandId(second), CommitmentId(call));
    /// # let (ada, ryan, sales) = (AgentId::new("ada")?, ContactId::new("c-17")?, TeamId::new("sales")?);
    /// # let (now, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T11:00:00Z".parse()?);
    /// # let mut account = Account::new(id);
    /// # let promise = Promise::new(call, Deliverable::Callback).to(ryan.clone()).by(due).owned_by(sales.clone());
    /// # let command = account.command(first, now, ada.clone(), promise);
    /// # account.handle(Hours::NONE, &command)?;
    /// // A call back is owed to Ryan by 11:00.
    /// assert_eq!(account.ledger().told_to(&Party::Customer(ryan)).len(), 1);
    /// assert!(account.ledger().told_to(&Party::Team(sales)).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn told_to(&self, whom: &Party) -> Vec<Told> {
        let mut told: Vec<&Commitment> = self.all().filter(|commitment| may_see(commitment, whom)).collect();
        told.sort_by_key(|commitment| commitment.version);
        told.into_iter().map(|commitment| self.tell(commitment, whom)).collect()
    }

    fn tell(&self, commitment: &Commitment, whom: &Party) -> Told {
        let notes = commitment.notes.as_deref();
        let (said_at, said_by) = said(commitment);
        // What stood in for a breach that was taken back fell away with it; what goes on with the commitment came last.
        let stands_in = commitment.repaired_by.filter(|_| commitment.verdict() == Verdict::Breached);
        let next = notes.and_then(|notes| notes.renewed_by).or(stands_in);
        let before = commitment.repairs.or_else(|| commitment.renews.map(|renews| renews.of));
        let seen = |id: Option<CommitmentId>| self.get(id?).filter(|linked| may_see(linked, whom));
        let (before, next) = (seen(before), seen(next));
        let proposal = notes.and_then(|notes| notes.proposal.as_ref());
        let proposal = proposal.filter(|_| commitment.verdict() == Verdict::Pending);
        Told {
            commitment: commitment.id,
            what: commitment.deliverable.clone(),
            said_at,
            said_by,
            due: deadline(commitment),
            not_before: commitment.terms.opens_at,
            broken: commitment.breach.filter(|_| commitment.verdict() == Verdict::Breached),
            now: standing(commitment),
            proposed: proposal.map(|proposal| proposal.due_at),
            proposed_not_before: proposal.and_then(|proposal| proposal.opens_at),
            stands_in_for: before.map(|before| before.id),
            in_its_place: next.map(|next| InItsPlace { commitment: next.id, due: deadline(next) }),
        }
    }
}

fn may_see(commitment: &Commitment, whom: &Party) -> bool {
    let outside = match whom {
        Party::Customer(_) | Party::Organisation(_) | Party::Authority(_) | Party::Affected(_) => true,
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
    // Once the customer has done his part, it is owed since then; it was said before.
    let at = commitment.notes.as_ref().and_then(|notes| notes.said).unwrap_or(commitment.since);
    let by = match &commitment.origin {
        Origin::Spoken { by, .. } => Some(speaker(by)),
        Origin::Policy(_)
        | Origin::Amends { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_)
        | Origin::Delegated { .. } => None,
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
        Outcome::Superseded { .. }
        | Outcome::Void(VoidCause::Renegotiated { .. } | VoidCause::Retracted { .. } | VoidCause::InTime { .. }) => {
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
