//! What the rules of another edition order about what goes by those of an earlier one.

use alloc::vec::Vec;

use super::Policy;
use super::running::Clockwork;
use super::runs::Runs;
use super::standing::Standing;
use crate::calendar::Amount;
use crate::commitment::{Binding, ClockOrder, Commitment, Ledger, Phase, RuleReason};
use crate::{EditionNumber, Name, Timestamp};

/// What is ordered about the open clocks of earlier editions: the same target by the new rules, or, of a goal, none. What is
/// promised can only come nearer.
pub(crate) fn to_replan<'a>(
    runs: &Runs,
    ledger: &Ledger,
    standing: &Standing,
    (number, in_force): (EditionNumber, &Policy),
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
    account: impl Fn(&Commitment) -> (Amount, Timestamp),
) -> Vec<ClockOrder> {
    let cycles = runs.iter().flat_map(|run| run.cycles.iter().chain(&run.carried_in));
    let open = cycles.filter_map(|id| ledger.get(*id));
    let of_earlier = open.filter(|commitment| commitment.is_open() && commitment.edition != number);
    let order = |commitment: &Commitment| {
        let clock = Clockwork::of(commitment, pinned(commitment.edition)?)?;
        let applying = in_force.applying(&clock.cycle.metric, clock.agreement.kind, standing, commitment.made);
        let same = applying.filter(|(agreement, _)| agreement.name == clock.agreement.name);
        match (same, commitment.binding) {
            (Some((agreement, budget)), _) => {
                let rule = agreement.targets.get(&clock.cycle.metric)?;
                let target = in_force.terms(agreement, rule, budget, standing);
                let pausable =
                    in_force.metrics.get(&clock.cycle.metric).and_then(|data| agreement.allowance(rule, data));
                Some(ClockOrder::Replan(commitment.id, target, pausable, account(commitment)))
            }
            (None, Binding::Goal) => Some(clock.cancel(RuleReason::Left)),
            (None, Binding::Promised) => None,
        }
    };
    of_earlier.filter_map(order).collect()
}

/// What is ordered about the pauses of a clock that goes on by the rules of another edition: it stands for what those want it to stand
/// for, and no more for what only its own did.
pub(crate) fn to_stand(
    commitment: &Commitment,
    standing: &Standing,
    earlier: &Policy,
    in_force: &Policy,
) -> Vec<ClockOrder> {
    let rules = |policy| Some(Clockwork::of(commitment, policy)?.pauses());
    let (Some(earlier), Some(now)) = (rules(earlier), rules(in_force)) else { return Vec::new() };
    let reasons: &[Name] = match &commitment.phase {
        Phase::Paused { reasons, .. } => reasons,
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => &[],
    };
    let wanted: Vec<&Name> = now.iter().filter(|rule| rule.when.holds(standing)).map(|rule| &rule.reason).collect();
    let begun = wanted.iter().filter(|reason| !reasons.contains(reason));
    let by_rule = |reason: &&Name| earlier.iter().any(|rule| rule.reason == **reason);
    let over = reasons.iter().filter(by_rule).filter(|reason| !wanted.contains(reason));
    let begun = begun.map(|reason| ClockOrder::Pause(commitment.id, (*reason).clone()));
    begun.chain(over.map(|reason| ClockOrder::Resume(commitment.id, reason.clone()))).collect()
}
