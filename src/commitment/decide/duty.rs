//! What is owed because of something that has happened, and not by anybody's word: a decision that a customer asked for, a notice of an
//! incident.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Context;
use super::due::{self, Resolved};
use super::promise::{calendar, check_warnings};
use crate::commitment::deliverable::Deliverable;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::made::Promised;
use crate::commitment::origin::Origin;
use crate::commitment::party::{Owner, Party};
use crate::commitment::refusal::Refusal;
use crate::commitment::stand_in::is_nothing;
use crate::commitment::terms::{BreachOwes, Terms};
use crate::commitment::warning::Warning;
use crate::{CommitmentId, Name};

/// What is owed because of something that has happened.
pub(crate) struct Duty {
    /// What will be owed.
    pub(crate) commitment: CommitmentId,
    /// What is to be done.
    pub(crate) deliverable: Deliverable,
    /// To whom.
    pub(crate) beneficiary: Party,
    /// Who answers for it.
    pub(crate) owner: Owner,
    /// Because of what.
    pub(crate) origin: Origin,
    /// By when, and so on.
    pub(crate) by: By,
}

/// By when something is owed, and what comes of its being late.
pub(crate) struct By {
    /// By when.
    pub(crate) due: DueRule,
    /// By which calendar; absent: the edition's own.
    pub(crate) calendar: Option<Name>,
    /// When to warn.
    pub(crate) warn: Vec<Warning>,
    /// What a breach owes.
    pub(crate) breach_owes: Option<BreachOwes>,
}

impl By {
    fn terms(self, context: &Context<'_>) -> Terms {
        let calendar = self.calendar.or_else(|| context.own().cloned());
        Terms { calendar, warn: self.warn, breach_owes: self.breach_owes, ..Terms::by(self.due) }
    }
}

/// The fact that it is owed, from when that happened. Nothing stands against it: where a calendar has no answer, elapsed time stands in
/// for it.
pub(crate) fn decide_for_duty(duty: Duty, context: &Context<'_>) -> Event {
    let Duty { commitment, deliverable, beneficiary, owner, origin, by } = duty;
    let terms = by.terms(context);
    let resolved = due::of(&terms, context.happened_at(), context);
    let running = due::running(&terms, resolved, context);
    Event::Promised(Box::new(Promised::anew((commitment, deliverable), (beneficiary, owner), origin, terms, running)))
}

/// Refused where nobody should say that it will be owed: no calendar counts it, or there is no time for it. `commitment` is what the
/// refusal names.
pub(crate) fn may_be_owed(commitment: CommitmentId, by: By, context: &Context<'_>) -> Result<(), Refusal> {
    check_warnings(&by.warn)?;
    calendar(by.calendar.as_ref(), context)?;
    let terms = by.terms(context);
    due::can_be_counted(&terms, None, context)?;
    let since = context.happened_at();
    let Resolved { due, .. } = due::strictly(&terms, since, context)?;
    if due.at <= since {
        return Err(Refusal::DueNotAfter { due: due.at, made: since });
    }
    if terms.breach_owes.as_ref().is_some_and(|owes| is_nothing(owes.within) || owes.depth == 0) {
        return Err(Refusal::OwesNothing { commitment });
    }
    Ok(())
}
