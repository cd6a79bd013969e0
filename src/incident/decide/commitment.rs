//! What the incident lets its ledger decide.

use alloc::vec::Vec;

use super::{Deciding, wrong};
use crate::commitment::{self, Commitment, Deliverable, Order as Debt};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::phase::Phase;
use crate::incident::refusal;
use crate::incident::role::Role;
use crate::incident::state::Standing;

impl Deciding<'_, '_> {
    /// Whatever the ledger decides, but for what has an order of the incident's own, and for the end of the updates.
    pub(super) fn commitment(&self, order: &Debt, standing: &Standing) -> Result<Vec<Event>, Refusal> {
        if let Phase::Merged(_) = standing.phase {
            return Err(wrong(standing.phase));
        }
        match order {
            Debt::Fulfil { commitment, .. } | Debt::Attempt { commitment, .. } => {
                let owed = self.ledger().get(*commitment).filter(|owed| self.run.stream.is_its_own(owed));
                if owed.is_some_and(|owed| matches!(owed.deliverable, Deliverable::Fix | Deliverable::Reply)) {
                    return Err(refusal::Refusal::OrderOfItsOwn { commitment: *commitment }.into());
                }
            }
            Debt::StopSeries { series, .. } if standing.phase == Phase::Ongoing && standing.series.contains(series) => {
                return Err(refusal::Refusal::UntilResolved { series: *series }.into());
            }
            _ => {}
        }
        let facts = self.run.ordered(self.command, order, self.in_force)?;
        if standing.phase == Phase::Ongoing && self.leaves_the_cause_to_nobody(&facts) {
            return Err(refusal::Refusal::NoNextReview {}.into());
        }
        if standing.phase == Phase::Closed && facts.iter().any(commitment::Event::makes_one) {
            return Err(wrong(standing.phase));
        }
        Ok(facts.into_iter().map(Event::Commitment).collect())
    }

    /// Whether these facts end what is owed of the cause, and neither the fix nor a look at where it stands is owed besides.
    fn leaves_the_cause_to_nobody(&self, facts: &[commitment::Event]) -> bool {
        let incident = &*self.run.stream;
        let root = |owed: &Commitment| incident.first_of(owed).id;
        let cause: Vec<_> =
            [Role::Fix, Role::Progress].into_iter().flat_map(|role| incident.owed_as(role, None)).collect();
        let ended = facts.iter().filter(|fact| fact.ends_one()).filter_map(|fact| self.ledger().get(fact.commitment()));
        let ended = ended.map(root).filter(|ended| cause.iter().any(|owed| root(owed) == *ended));
        let ended: Vec<_> = ended.collect();
        let others = || cause.iter().any(|owed| owed.is_open() && !ended.contains(&root(owed)));
        !ended.is_empty() && !facts.iter().any(commitment::Event::makes_one) && !others()
    }
}
