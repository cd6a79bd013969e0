//! Ladders that wait for what becomes of commitments, where nothing that is owed ever leads there.

use alloc::format;

use super::{Advice, Edition, Given, give};
use crate::Name;
use crate::commitment::Warning;
use crate::escalation::{Happening, Ladder, On, Turn};
use crate::policy::TargetRule;

/// A cause over commitments that none climbs to, or over warnings that none of those gives.
pub(super) fn check(edition: &Edition, ladder: &Ladder, index: usize, given: &mut Given) {
    let causes = ladder.causes.iter().enumerate();
    let mut turns = causes.filter_map(|(place, cause)| match &cause.on {
        On::Commitment(turn) => Some((format!("ladders[{index}].causes[{place}]"), turn)),
        On::Fact(_) | On::While(_) | On::CustomerRequest => None,
    });
    // A decision that is asked for climbs whatever waits for requests.
    let is_climbed = edition.ladder.contains(&ladder.name) || ladder.watches_requests();
    if !is_climbed && targets(edition, ladder, None).next().is_none() {
        if let Some((place, _)) = turns.next() {
            give(given, place, Advice::NothingClimbs);
        }
        return;
    }
    for (place, turn) in turns.filter(|(_, turn)| turn.what == Happening::Warned) {
        if !is_given(edition, ladder, turn) {
            give(given, place, Advice::NothingWarns);
        }
    }
}

/// Whether what climbs the ladder gives the warning by itself.
fn is_given(edition: &Edition, ladder: &Ladder, turn: &Turn) -> bool {
    let waits_for = |warning: &Warning| turn.warning.is_empty() || turn.warning.contains(warning);
    // A decision that is asked for is of no metric.
    let asked = turn.metric.is_empty() && edition.supervisor().warn.iter().any(waits_for);
    asked || targets(edition, ladder, Some(turn)).any(|target| target.warn.iter().any(waits_for))
}

/// The targets that climb the ladder, of the metrics that a cause is about.
fn targets<'a>(
    edition: &'a Edition,
    ladder: &'a Ladder,
    turn: Option<&'a Turn>,
) -> impl Iterator<Item = &'a TargetRule> {
    let all = edition.policy.agreements.iter().flat_map(|agreement| &agreement.targets);
    let about = move |(metric, target): &(&Name, &TargetRule)| {
        let climbed = target.ladder.as_deref().unwrap_or(&edition.ladder);
        climbed.contains(&ladder.name) && turn.is_none_or(|turn| turn.metric.is_empty() || turn.metric.contains(metric))
    };
    all.filter(about).map(|(_, target)| target)
}
