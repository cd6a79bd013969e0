//! What has become of a cycle, as the record says it.

use core::iter::successors;

use super::fact::Past;
use crate::commitment::{Commitment, NEVER_BEGAN, Outcome, Phase, Renewal, RuleReason, VoidCause};
use crate::{CommitmentId, Timestamp};

/// Whether a cycle ended because its agreement ceased to apply.
pub(super) fn was_left(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(VoidCause::Rule(rule)), .. } = &cycle.phase else { return false };
    rule.why == RuleReason::Left
}

/// Whether a host has struck it out.
pub(super) fn was_struck_out(cycle: &Commitment) -> bool {
    was_put_right(cycle) && !never_began(cycle) && !was_taken_back(cycle)
}

/// Whether its end was none, so that another goes on in its place.
fn was_taken_back(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &cycle.phase else { return false };
    matches!(cause, VoidCause::Retracted { .. })
}

/// Whether a cycle turned out never to have begun, by a correction of the past.
fn never_began(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(VoidCause::InError { reason, .. }), .. } = &cycle.phase else {
        return false;
    };
    reason.as_str() == NEVER_BEGAN
}

/// Whether a correction has taken its place.
pub(super) fn was_put_right(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &cycle.phase else { return false };
    match cause {
        VoidCause::InError { .. } | VoidCause::Retracted { .. } => true,
        VoidCause::Rule(_)
        | VoidCause::Released { .. }
        | VoidCause::Corrected { .. }
        | VoidCause::Dismissed { .. }
        | VoidCause::Lapsed
        | VoidCause::Withdrawn { .. }
        | VoidCause::Renegotiated { .. }
        | VoidCause::CustomerAbsent
        | VoidCause::SeriesStopped { .. }
        | VoidCause::InTime { .. } => false,
    }
}

/// Whether it is void by somebody's word, and by no fact that a metric sees: so it stays, and covers what it was about.
pub(super) fn was_let_go(cycle: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &cycle.phase else { return false };
    match cause {
        VoidCause::Released { .. }
        | VoidCause::Corrected { .. }
        | VoidCause::Dismissed { .. }
        | VoidCause::Lapsed
        | VoidCause::Withdrawn { .. }
        | VoidCause::Renegotiated { .. }
        | VoidCause::Retracted { .. }
        | VoidCause::SeriesStopped { .. }
        | VoidCause::InTime { .. }
        | VoidCause::InError { .. } => true,
        VoidCause::Rule(_) | VoidCause::CustomerAbsent => false,
    }
}

/// Until when one ran that a host has struck out: until then, or until it had ended before.
pub(super) fn ran_until(cycle: &Commitment) -> Option<Timestamp> {
    match cycle.notes.as_ref().and_then(|notes| notes.struck_out.as_ref()) {
        None => cycle.closed_at(),
        Some(Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. }) => {
            Some(*done)
        }
        // When that was is not known any more.
        Some(Outcome::Overtaken(_) | Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_)) => {
            Some(cycle.since)
        }
    }
}

/// Whether it stands on record by itself: no other goes on in its place, or that stands in for its breach, and leaves it there.
pub(super) fn stands(cycle: &Commitment, cycles: &[&Commitment]) -> bool {
    matches!(cycle.phase, Phase::Closed { outcome: Outcome::Superseded { .. }, .. }) || !has_successor(cycle, cycles)
}

/// Whether another of these cycles goes on in its place, so that it has decided nothing itself.
pub(super) fn has_successor(cycle: &Commitment, cycles: &[&Commitment]) -> bool {
    let of_it = |other: &&Commitment| other.renews.is_some_and(|renews| renews.of == cycle.id) && is_in_place(other);
    cycles.iter().any(of_it)
}

/// A cycle, the one in whose place it goes on, and so forth.
pub(super) fn line<'a>(cycle: CommitmentId, cycles: &[&'a Commitment]) -> impl Iterator<Item = &'a Commitment> {
    let known = |id| cycles.iter().copied().find(|other| other.id == id);
    let before =
        move |cycle: &&Commitment| cycle.renews.filter(|_| is_in_place(cycle)).and_then(|renews| known(renews.of));
    successors(known(cycle), before).take(cycles.len())
}

/// When a host's word has last let it be owed again, and no correction of the past.
pub(super) fn owed_again_by_word(cycle: &Commitment, cycles: &[&Commitment], past: &[Past]) -> Option<Timestamp> {
    let in_hindsight = |cycle: &Commitment| past.iter().any(|past| past.put_right.contains(&cycle.made));
    let last = line(cycle.id, cycles).find(|cycle| !in_hindsight(cycle));
    last.filter(|cycle| is_in_place(cycle)).map(|cycle| cycle.made)
}

/// Whether it goes on with another in its place. That the matter was reopened begins another cycle.
pub(super) fn is_in_place(cycle: &Commitment) -> bool {
    cycle.renews.is_some_and(|renews| renews.why != Renewal::Reopened)
}
