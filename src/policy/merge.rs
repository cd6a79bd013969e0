//! What agreements make of two matters that become one.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Policy;
use super::fact::{Fact, Past};
use super::metric::Metric;
use super::moment::Moment;
use super::running::Clockwork;
use super::runs::Runs;
use crate::commitment::{Binding, ClockOrder, Commitment, Ledger, Origin, Rule, RuleReason};
use crate::{CommitmentId, EditionNumber, Timestamp};

/// Since when what counts from the opening counts, once an older ticket goes on as part of this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMerge {
    /// Since this ticket's own.
    #[default]
    OwnOpening,
    /// Since that of the older ticket.
    EarliestOpening,
}

impl OnMerge {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(super) const fn is_own(&self) -> bool {
        matches!(self, Self::OwnOpening)
    }
}

/// Whether it is a goal of an agreement's, which ends with a ticket that goes on as part of another.
pub(crate) fn ends_as_merged(known: &Commitment) -> bool {
    known.binding == Binding::Goal && matches!(known.origin, Origin::Policy(_))
}

/// What ends so, by that rule.
pub(crate) fn to_end(ledger: &Ledger) -> Vec<ClockOrder> {
    let end = |goal: &Commitment| {
        let Origin::Policy(cycle) = &goal.origin else { return None };
        let (agreement, metric) = (cycle.agreement.clone(), cycle.metric.clone());
        Some(ClockOrder::Cancel(goal.id, Rule { agreement, metric, why: RuleReason::Merged }, None))
    };
    ledger.open().filter(|known| ends_as_merged(known)).filter_map(end).collect()
}

/// What is ordered about clocks that ran on another ticket: they see their ticket stand otherwise, and nothing else.
pub(crate) fn about_carried<'a>(
    moment: &Moment<'_>,
    carried: &[CommitmentId],
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let open = carried.iter().filter_map(|id| ledger.get(*id)).filter(|known| known.is_open());
    let clocks = open.filter_map(|known| Clockwork::of(known, pinned(known.edition)?));
    clocks.flat_map(|clock| clock.orders(moment)).collect()
}

/// What is ordered about the clocks that run since the ticket's opening, now that an older one goes on as part of it.
pub(crate) fn about_opening<'a>(
    moment: &Moment<'_>,
    earlier: Timestamp,
    runs: &Runs,
    ledger: &Ledger,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy>,
) -> Vec<ClockOrder> {
    let Some(opening) = moment.past.first().filter(|opening| earlier < opening.happened) else { return Vec::new() };
    let own = runs.iter().flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id));
    let since_then = own.filter(|known| known.is_open() && known.since == opening.happened);
    let moved = |known: &Commitment| {
        let clock = Clockwork::of(known, pinned(known.edition)?)?;
        let by_opening = clock.metric.is_begun_by(opening);
        let wanted = clock.agreement.on_merge == OnMerge::EarliestOpening && by_opening;
        wanted.then(|| clock.from(earlier, moment)).flatten().map(|(order, _)| order)
    };
    since_then.filter_map(moved).collect()
}

impl Metric {
    fn is_begun_by(&self, opening: &Past) -> bool {
        let Fact::Opened(standing) = &opening.fact else { return false };
        self.start.iter().any(|start| start.matches(&opening.fact, standing))
    }
}
