//! Customers are told, and what they were told comes back.

use alloc::vec::Vec;

use super::{Deciding, one, part};
use crate::commitment::{Commitment, Outcome, Party, Phase as Stage, decide_for_return};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event;
use crate::incident::order::{Telling, Whom};
use crate::incident::phase::Phase;
use crate::incident::refusal;
use crate::incident::state::Standing;
use crate::{ContactId, MessageRef};

impl Deciding<'_, '_> {
    /// Who is owed it has it. Who is not owed it was told for nothing, and there is nothing to record of that.
    pub(super) fn tell(
        &self,
        what: Telling,
        whom: &Whom,
        message: &MessageRef,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        match whom {
            Whom::Everybody => {
                // What was sent to everybody was sent to those who were owed it by then.
                let told = self.command.happened.map_or(self.command.at, |happened| happened.at);
                let owed = self.open_everywhere(what.role()).into_iter();
                self.kept(owed.filter(|owed| owed.since <= told), message)
            }
            Whom::These(customers) => {
                let mut owed = Vec::new();
                for customer in customers {
                    part(standing, customer)?;
                    let open = self.run.stream.owed_as(what.role(), Some(customer)).filter(|owed| owed.is_open());
                    owed.extend(open);
                }
                owed.sort_unstable_by_key(|owed| owed.version);
                owed.dedup_by_key(|owed| owed.id);
                self.kept(owed, message)
            }
        }
    }

    /// It has not reached him: he is owed it as before. That holds of what was late, too; its breach is then that of what goes on with it.
    pub(super) fn bounce(
        &self,
        what: Telling,
        customer: &ContactId,
        message: &MessageRef,
        phase: Phase,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        part(standing, customer)?;
        // One message may have kept several; what he was told by another stays told.
        let told = self.run.stream.owed_as(what.role(), Some(customer)).filter(|owed| was_told(owed, message));
        let mut told: Vec<_> = told.collect();
        told.sort_unstable_by_key(|owed| owed.version);
        let back = told.into_iter().flat_map(|told| {
            let context = self.run.context(told.edition, self.command.at, self.command.happened);
            decide_for_return(self.ledger(), told, message, &context)
        });
        let facts: Vec<_> = back.collect();
        if facts.is_empty() {
            return Err(refusal::Refusal::NothingTold { customer: customer.clone() }.into());
        }
        // The end that he had been told of was none, or he is owed the news of a later one: he need not hear of the first.
        let of_the_end = matches!(what, Telling::News | Telling::Feedback);
        if of_the_end && (phase == Phase::Ongoing || self.run.stream.open_as(what.role(), Some(customer)).is_some()) {
            return Ok(Vec::new());
        }
        let again = if phase == Phase::Closed { one(event::Event::TakenUp {}) } else { Vec::new() };
        Ok(again.into_iter().chain(facts.into_iter().map(Event::Commitment)).collect())
    }
}

/// Whether it was kept by that message, as far as it is known by which.
fn was_told(owed: &Commitment, message: &MessageRef) -> bool {
    let to_one = matches!(owed.beneficiary, Party::Customer(_));
    let told = match &owed.phase {
        Stage::Closed { outcome, evidence, .. } => match outcome {
            Outcome::Fulfilled { .. } | Outcome::Corrected { .. } | Outcome::DeliveredLate { .. } => {
                evidence.as_ref().is_none_or(|evidence| evidence == message)
            }
            Outcome::Overtaken(_) | Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => false,
        },
        Stage::Candidate { .. }
        | Stage::Conditional { .. }
        | Stage::Active { .. }
        | Stage::Paused { .. }
        | Stage::Overdue => false,
    };
    to_one && told
}
