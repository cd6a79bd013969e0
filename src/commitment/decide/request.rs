//! A customer asks for a decision, and is owed one: not by anybody's word, but because he has asked.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Context;
use super::due::{self, Resolved};
use crate::calendar::Term;
use crate::commitment::deliverable::Deliverable;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::made::Promised;
use crate::commitment::origin::{Binding, Origin};
use crate::commitment::party::{Actor, Owner, Party};
use crate::commitment::terms::Terms;
use crate::commitment::warning::Warning;
use crate::{CommitmentId, MessageRef, Name};

/// A request for a decision, with what the rules make of it.
pub(crate) struct Request {
    /// What will be owed.
    pub(crate) commitment: CommitmentId,
    /// Who asks.
    pub(crate) beneficiary: Party,
    /// Who answers for it.
    pub(crate) owner: Owner,
    /// Within how much time.
    pub(crate) within: Term,
    /// By which calendar; absent: the edition's own.
    pub(crate) calendar: Option<Name>,
    /// When to warn.
    pub(crate) warn: Vec<Warning>,
    /// Who passed it on.
    pub(crate) by: Actor,
    /// Where it was said.
    pub(crate) message: Option<MessageRef>,
}

/// The fact that a decision is owed, from when the customer asked. Nothing stands against that: where a calendar has no answer, elapsed
/// time stands in for it.
pub(crate) fn decide_for_request(request: Request, context: &Context<'_>) -> Event {
    let calendar = request.calendar.or_else(|| context.own().cloned());
    let terms = Terms { calendar, warn: request.warn, ..Terms::by(DueRule::Within(request.within)) };
    let Resolved { clock, due } = due::of(&terms, context.happened_at(), context);
    let warnings = clock.warnings(due.at, &terms.warn, context.measure(terms.calendar.as_ref()));
    Event::Promised(Box::new(Promised {
        commitment: request.commitment,
        deliverable: Deliverable::Decision,
        beneficiary: request.beneficiary,
        owner: request.owner,
        origin: Origin::Request { by: request.by, message: request.message },
        binding: Binding::Promised,
        terms,
        since: None,
        clock,
        due: due.at,
        warnings,
        repairs: None,
        renews: None,
        promiser: None,
        fallback: due.fallback,
    }))
}
