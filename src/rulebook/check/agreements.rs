//! Agreements that never count, and goals that are not meant as such.

use alloc::format;

use super::mentions::Mentions;
use super::worlds::Worlds;
use super::{Advice, Given, Sign, give};
use crate::commitment::{AgreementKind, Binding};
use crate::policy::{Agreement, Clause, Condition, Policy};

pub(super) fn check(policy: &Policy, index: usize, place: &str, given: &mut Given) {
    let Some(agreement) = policy.agreements.get(index) else { return };
    if never_applies(agreement) {
        give(given, format!("{place}.when"), Advice::NeverApplies);
        return;
    }
    let earlier = policy.agreements.iter().take(index);
    if let Some(other) = earlier.into_iter().find(|other| takes_all(other, agreement)) {
        give(given, place, Advice::NeverCounts { by: other.name.clone() });
    }
    announced(agreement, place, given);
}

/// Whether there is no ticket that an agreement applies to.
pub(super) fn never_applies(agreement: &Agreement) -> bool {
    let worlds = Worlds::of(&Mentions::default().condition(&agreement.when));
    worlds.any(|standing| agreement.when.holds(standing)) == Some(false)
}

/// Whether an agreement has a target wherever and whenever another of its kind has one.
fn takes_all(earlier: &Agreement, agreement: &Agreement) -> bool {
    let since = earlier.from.is_none_or(|from| agreement.from.is_some_and(|other| from <= other));
    let until = earlier.until.is_none_or(|until| agreement.until.is_some_and(|other| other <= until));
    if earlier.kind != agreement.kind || !since || !until || agreement.targets.is_empty() {
        return false;
    }
    let worlds = Worlds::of(&Mentions::default().agreement(earlier).agreement(agreement));
    let left = worlds.any(|standing| {
        let mut metrics = agreement.targets.keys();
        metrics.any(|name| agreement.target(name, standing).is_some() && earlier.target(name, standing).is_none())
    });
    left == Some(false)
}

/// Signs that a goal is one that customers know of.
fn announced(agreement: &Agreement, place: &str, given: &mut Given) {
    if agreement.kind != AgreementKind::Sla || agreement.binding != Binding::Goal {
        return;
    }
    if names_customers(&agreement.when) {
        give(given, place, Advice::NeverAnnounced { sign: Sign::NamesCustomers });
        return;
    }
    for (metric, _) in agreement.targets.iter().filter(|(_, rule)| rule.breach_owes.is_some()) {
        give(given, format!("{place}.targets.{metric}"), Advice::NeverAnnounced { sign: Sign::BreachOwes });
    }
}

/// Whether a condition holds of customers by name only.
fn names_customers(when: &Condition) -> bool {
    when.0.iter().any(|clause| match clause {
        Clause::Requester(_) | Clause::Organisation(_) => true,
        Clause::All(list) => list.iter().any(names_customers),
        Clause::Any(list) => !list.is_empty() && list.iter().all(names_customers),
        _ => false,
    })
}
