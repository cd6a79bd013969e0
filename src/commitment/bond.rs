//! What hangs together: a promise and what stands in for it, is owed for it, goes on with it or was given on of it.
//!
//! Whatever is on record elsewhere cannot be put right here, so what hangs together is carried over together.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::cause::VoidCause;
use super::ledger::Ledger;
use super::origin::Origin;
use super::phase::{Outcome, Phase};
use super::state::Commitment;
use crate::{CommitmentId, SeriesId};

/// What two commitments may have in common: that one names the other, or that both are of one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Named(CommitmentId),
    Series(SeriesId),
}

impl Ledger {
    /// These, and all that hangs together with any of them, open or closed, in the order in which they were made.
    pub(crate) fn bound_to(&self, these: impl IntoIterator<Item = CommitmentId>) -> Vec<&Commitment> {
        let mut by_bond: BTreeMap<Bond, Vec<CommitmentId>> = BTreeMap::new();
        for known in self.all() {
            for bond in bonds(known) {
                by_bond.entry(bond).or_default().push(known.id);
            }
        }
        let mut found = BTreeSet::new();
        let mut next: Vec<CommitmentId> = these.into_iter().collect();
        while let Some(known) = next.pop().and_then(|id| self.get(id)) {
            if found.insert((known.version, known.id)) {
                next.extend(bonds(known).filter_map(|bond| by_bond.remove(&bond)).flatten());
            }
        }
        found.into_iter().filter_map(|(_, id)| self.get(id)).collect()
    }
}

fn bonds(known: &Commitment) -> impl Iterator<Item = Bond> {
    let notes = known.notes.as_deref();
    let (owed_for, series) = match &known.origin {
        Origin::Amends { of, .. } | Origin::Delegated { by: of } => (Some(*of), None),
        Origin::Horizon { series } => (None, Some(*series)),
        Origin::Policy(_) | Origin::Spoken { .. } | Origin::Request { .. } | Origin::Incident(_) => (None, None),
    };
    let taken_its_place = match &known.phase {
        Phase::Closed { outcome: Outcome::Superseded { by }, .. } => Some(*by),
        Phase::Closed { outcome: Outcome::Void(cause), .. } => named(cause),
        Phase::Closed { .. }
        | Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => None,
    };
    let renewed = [known.renews.map(|renews| renews.of), notes.and_then(|notes| notes.renewed_by)];
    let repaired = [known.repairs, known.repaired_by];
    let given_on = notes.into_iter().flat_map(|notes| notes.given_on.iter().copied());
    let names = renewed.into_iter().chain(repaired).chain([Some(known.id), owed_for, taken_its_place]).flatten();
    let series = series.or(known.terms.series.as_ref().map(|series| series.id));
    names.chain(given_on).map(Bond::Named).chain(series.map(Bond::Series))
}

/// The other commitment because of which one fell away.
const fn named(cause: &VoidCause) -> Option<CommitmentId> {
    match cause {
        VoidCause::Corrected { original: other }
        | VoidCause::Renegotiated { successor: other, .. }
        | VoidCause::Retracted { successor: other, .. }
        | VoidCause::InTime { successor: other, .. } => Some(*other),
        VoidCause::Released { .. }
        | VoidCause::Rule(_)
        | VoidCause::Dismissed { .. }
        | VoidCause::Lapsed
        | VoidCause::Withdrawn { .. }
        | VoidCause::CustomerAbsent
        | VoidCause::SeriesStopped { .. }
        | VoidCause::InError { .. } => None,
    }
}
