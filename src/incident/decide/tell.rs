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
        let told = self.run.stream.owed_as(what.role(), Some(customer)).filter(|owed| was_done(owed));
        let nothing = || refusal::Refusal::NothingTold { customer: customer.clone() };
        let told = told.max_by_key(|owed| owed.version).ok_or_else(nothing)?;
        let context = self.run.context(told.edition, self.command.at, self.command.happened);
        let facts = decide_for_return(self.ledger(), told, message, &context);
        if facts.is_empty() {
            return Err(nothing().into());
        }
        let again = if phase == Phase::Closed { one(event::Event::TakenUp {}) } else { Vec::new() };
        Ok(again.into_iter().chain(facts.into_iter().map(Event::Commitment)).collect())
    }
}

fn was_done(owed: &Commitment) -> bool {
    let to_one = matches!(owed.beneficiary, Party::Customer(_));
    let done = match &owed.phase {
        Stage::Closed { outcome, .. } => match outcome {
            Outcome::Fulfilled { .. } | Outcome::Corrected { .. } | Outcome::DeliveredLate { .. } => true,
            Outcome::Overtaken(_) | Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => false,
        },
        Stage::Candidate { .. }
        | Stage::Conditional { .. }
        | Stage::Active { .. }
        | Stage::Paused { .. }
        | Stage::Overdue => false,
    };
    to_one && done
}
