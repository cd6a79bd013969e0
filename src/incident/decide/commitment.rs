//! What the incident lets its ledger decide.

use alloc::vec::Vec;

use super::{Deciding, wrong};
use crate::commitment::{self, Deliverable, Order as Debt};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::phase::Phase;
use crate::incident::refusal;
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
        if standing.phase == Phase::Closed && facts.iter().any(commitment::Event::makes_one) {
            return Err(wrong(standing.phase));
        }
        Ok(facts.into_iter().map(Event::Commitment).collect())
    }
}
