//! What the rules of another edition order about what goes by those of an earlier one.

use alloc::vec::Vec;

use super::Policy;
use super::running::Clockwork;
use super::runs::Runs;
use super::standing::Standing;
use crate::EditionNumber;
use crate::calendar::Amount;
use crate::commitment::{Binding, ClockOrder, Commitment, Ledger, RuleReason};

/// What is ordered about the open clocks of earlier editions: the same target by the new rules, or, of a goal, none. What is
/// promised can only come nearer.
pub(crate) fn to_replan<'a>(
    runs: &Runs,
    ledger: &Ledger,
    standing: &Standing,
    (number, in_force): (EditionNumber, &Policy),
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
    used: impl Fn(&Commitment) -> Amount,
) -> Vec<ClockOrder> {
    let open = runs.iter().flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id));
    let of_earlier = open.filter(|commitment| commitment.is_open() && commitment.edition != number);
    let order = |commitment: &Commitment| {
        let clock = Clockwork::of(commitment, pinned(commitment.edition)?)?;
        let applying = in_force.applying(&clock.cycle.metric, clock.agreement.kind, standing, commitment.made);
        let same = applying.filter(|(agreement, _)| agreement.name == clock.agreement.name);
        match (same, commitment.binding) {
            (Some((agreement, budget)), _) => {
                let rule = agreement.targets.get(&clock.cycle.metric)?;
                let target = in_force.terms(agreement, rule, budget, standing);
                Some(ClockOrder::Replan(commitment.id, target, used(commitment)))
            }
            (None, Binding::Goal) => Some(clock.cancel(RuleReason::Left)),
            (None, Binding::Promised) => None,
        }
    };
    of_earlier.filter_map(order).collect()
}
