//! It is looked at, is over, is not over after all, and is closed.

use alloc::vec::Vec;

use super::tickets::{freed, held};
use super::{Deciding, one};
use crate::commitment::{Binding, DueRule, Order as Debt, Party, Verdict};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event;
use crate::incident::phase::Phase;
use crate::incident::refusal;
use crate::incident::role::Role;
use crate::incident::state::Standing;
use crate::incident::terms::{Mending, Updates};
use crate::ticket::Owing;
use crate::{MessageRef, Name};

/// Why the news of an end is struck out that was none.
const NOT_OVER: &str = "not over";

impl Deciding<'_, '_> {
    /// Somebody has looked at where it stands. Then a next look is owed, unless the fix is.
    pub(super) fn look(&self, message: &MessageRef, next: Option<&DueRule>) -> Result<Vec<Event>, Refusal> {
        let incident = &*self.run.stream;
        if next.is_none() && incident.open_as(Role::Fix, None).is_none() {
            return Err(refusal::Refusal::NoNextReview {}.into());
        }
        let mut events = one(event::Event::Reviewed { message: message.clone() });
        events.extend(self.kept(self.open_everywhere(Role::Progress), message)?);
        if let (Some(next), Some(standing)) = (next, &incident.standing) {
            let mending = Mending::Review(next.clone());
            self.may_mend(&mending)?;
            events.push(self.mend(&mending, &standing.owner));
        }
        Ok(events)
    }

    /// Somebody has looked back at how it went.
    pub(super) fn look_back(&self, message: &MessageRef) -> Result<Vec<Event>, Refusal> {
        let mut events = one(event::Event::Reviewed { message: message.clone() });
        events.extend(self.kept(self.open_everywhere(Role::Review), message)?);
        Ok(events)
    }

    /// Its cause is gone. That is the fix, or what the next look was for; the updates stop, and each customer is owed the news and the
    /// question whether he is safe.
    pub(super) fn resolve(&self, message: &MessageRef, standing: &Standing) -> Result<Vec<Event>, Refusal> {
        shows_a_fix(message, standing)?;
        let mut events = one(event::Event::Resolved { message: message.clone() });
        events.extend(self.kept(self.open_everywhere(Role::Fix), message)?);
        events.extend(self.kept(self.open_everywhere(Role::Progress), message)?);
        for series in &standing.series {
            // One that has no round to come is stopped already.
            let stop = Debt::StopSeries { series: *series, evidence: message.clone() };
            events.extend(self.debt(&stop).unwrap_or_default());
        }
        events.extend(standing.tickets.keys().filter_map(|ticket| freed(*ticket, standing)));
        for (customer, part) in self.run.stream.affected() {
            events.extend(self.owe_news(customer, part, standing));
        }
        if let Some(review) = &standing.owes.review {
            events.push(self.owe_all(Role::Review, review.by(), &standing.owner));
        }
        Ok(events)
    }

    /// It was not over. What is owed because it was held to be is struck out, as far as it is not broken; the cause is owed anew.
    pub(super) fn reopen(
        &self,
        message: &MessageRef,
        mending: &Mending,
        updates: Option<&Updates>,
        from: Phase,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        self.may_mend(mending)?;
        let mut events = one(event::Event::Reopened { from, message: message.clone() });
        for role in [Role::News, Role::Feedback, Role::Review] {
            for owed in self.open_everywhere(role) {
                if let (Verdict::Pending, Ok(reason)) = (owed.verdict(), Name::new(NOT_OVER)) {
                    let (commitment, evidence) = (owed.id, message.clone());
                    events.extend(self.debt(&Debt::RecordInError { commitment, reason, evidence })?);
                }
            }
        }
        events.push(self.mend(mending, &standing.owner));
        if let Some(updates) = updates {
            events.extend(self.start(updates, &standing.owner, &standing.lead)?);
        }
        events.extend(standing.tickets.keys().filter_map(|ticket| held(*ticket, standing)));
        Ok(events)
    }

    /// Closing is refused while a promise is owed to anybody outside the desk.
    pub(super) fn close(&self) -> Result<Vec<Event>, Refusal> {
        let outside = |party: &Party| match party {
            Party::Customer(_) | Party::Organisation(_) | Party::Authority(_) | Party::Affected(_) => true,
            Party::Team(_) | Party::Agent(_) | Party::Vendor(_) => false,
        };
        let open = self.ledger().open().filter(|owed| owed.binding == Binding::Promised && outside(&owed.beneficiary));
        let owed: Vec<_> = open.map(|owed| Owing { commitment: owed.id, due: owed.due }).collect();
        if owed.is_empty() {
            Ok(one(event::Event::Closed {}))
        } else {
            Err(refusal::Refusal::StillOwed { owed }.into())
        }
    }
}

/// An apology is no fix, and shows none.
pub(super) fn shows_a_fix(message: &MessageRef, standing: &Standing) -> Result<(), refusal::Refusal> {
    if standing.apologies.contains(message) {
        return Err(refusal::Refusal::ApologyIsNoFix { message: message.clone() });
    }
    Ok(())
}
