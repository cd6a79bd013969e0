//! The commitment that goes on with what another was about. What is closed never opens again; its successor is linked to it.

use alloc::borrow::Cow;
use alloc::boxed::Box;

use super::due::{self, Resolved};
use super::promise::repaired;
use super::{Context, closed, wrong_phase};
use crate::calendar::Amount;
use crate::commitment::cause::BreachCause;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Drafted, Promised, Running};
use crate::commitment::origin::{Binding, Origin, Renewal, Renews};
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::{Breach, Commitment};
use crate::commitment::terms::Terms;
use crate::{CommitmentId, Timestamp};

/// What had run of a commitment that was closed so, and that another may go on with: none does yet, and what it stood in for still
/// needs it.
pub(super) fn taken_up(
    ledger: &Ledger,
    commitment: &Commitment,
    so: impl Fn(&Outcome) -> bool,
) -> Result<Amount, Refusal> {
    let used = match &commitment.phase {
        Phase::Closed { outcome, used, .. } if so(outcome) => *used,
        Phase::Closed { at, .. } => return Err(closed(commitment.id, *at)),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => return Err(wrong_phase(commitment)),
    };
    not_renewed(ledger, commitment)?;
    still_needed(ledger, commitment)?;
    Ok(used)
}

/// Refused where another goes on with it, unless that fell away.
fn not_renewed(ledger: &Ledger, commitment: &Commitment) -> Result<(), Refusal> {
    let by = commitment.notes.as_ref().and_then(|notes| ledger.get(notes.renewed_by?));
    match by.filter(|by| by.verdict() != Verdict::Void) {
        Some(by) => Err(Refusal::AlreadyRenewed { commitment: commitment.id, by: by.id }),
        None => Ok(()),
    }
}

/// Refused where it stood in for a breach that turned out to be none, or that something else stands in for now.
fn still_needed(ledger: &Ledger, commitment: &Commitment) -> Result<(), Refusal> {
    for_a_breach(ledger, commitment)?;
    let Some(broken) = commitment.repairs.and_then(|broken| ledger.get(broken)) else { return Ok(()) };
    if broken.verdict() != Verdict::Breached {
        return Err(Refusal::NotBroken { commitment: broken.id });
    }
    match repaired(ledger, broken).filter(|by| by.id != commitment.id) {
        Some(by) => Err(Refusal::AlreadyRepaired { commitment: broken.id, by: by.id }),
        None => Ok(()),
    }
}

/// What was withdrawn before it was owed again was so at that instant, and what shows that it was done comes before that or after it.
pub(super) fn as_withdrawn<'a>(ledger: &'a Ledger, commitment: &'a Commitment) -> Cow<'a, Commitment> {
    let withdrawn = |one: &Commitment| one.breach.filter(|breach| breach.cause == BreachCause::Withdrawn);
    let retracted = |one: &&Commitment| {
        let renews = one.renews.filter(|renews| renews.why == Renewal::Retracted)?;
        ledger.get(renews.of)
    };
    let chain = core::iter::successors(Some(commitment), retracted).take(ledger.len());
    let first = chain.filter_map(withdrawn).map(|breach| breach.at).min();
    match (withdrawn(commitment), first) {
        (Some(breach), Some(at)) if at < breach.at => {
            Cow::Owned(Commitment { breach: Some(Breach { at, ..breach }), ..commitment.clone() })
        }
        _ => Cow::Borrowed(commitment),
    }
}

/// Refused where it is owed for a breach that turned out to be none, or stands in for it.
pub(super) fn for_a_breach(ledger: &Ledger, commitment: &Commitment) -> Result<(), Refusal> {
    let of = if let Origin::Amends { of, .. } = commitment.origin { Some(of) } else { commitment.repairs };
    let broken = of.and_then(|of| ledger.get(of)).map(|of| as_it_goes_on(ledger, of));
    match broken.filter(|broken| broken.verdict() != Verdict::Breached) {
        Some(none) => Err(Refusal::NotBroken { commitment: none.id }),
        None => Ok(()),
    }
}

/// What goes on with it by its own instants, because what had ended it was none; itself where nothing does.
fn as_it_goes_on<'a>(ledger: &'a Ledger, commitment: &'a Commitment) -> &'a Commitment {
    let next = |one: &&'a Commitment| {
        let by = one.notes.as_ref().and_then(|notes| ledger.get(notes.renewed_by?))?;
        by.renews.filter(|renews| renews.why.is_by_its_own_instants()).map(|_| by)
    };
    core::iter::successors(Some(commitment), next).take(ledger.len()).last().unwrap_or(commitment)
}

/// A successor by the instants of the one before it: where that waited for the customer's part, it waits for it still.
pub(super) fn as_before(
    commitment: &Commitment,
    successor: CommitmentId,
    why: Renewal,
    context: &Context<'_>,
) -> Event {
    let terms = commitment.terms.clone();
    let resolved = due::as_it_was(commitment, context);
    let limit = terms.condition.as_ref().filter(|_| commitment.first_due.is_none()).map(|_| commitment.clock.since);
    if let Some(limit) = limit {
        return waiting(commitment, successor, why, terms, resolved, (commitment.since, limit));
    }
    // Its account may have begun anew with an amendment; it is owed since it was.
    let since = Some(commitment.since).filter(|since| *since != resolved.clock.since);
    running(commitment, successor, why, terms, resolved, since, context)
}

/// A successor that waits for the customer's part, said at the first instant and until the second.
pub(super) fn waiting(
    commitment: &Commitment,
    successor: CommitmentId,
    why: Renewal,
    terms: Terms,
    Resolved { clock, due }: Resolved,
    (since, limit): (Timestamp, Timestamp),
) -> Event {
    let (binding, repairs) = stands_for(commitment, why);
    Event::PromisedOnCondition(Box::new(Drafted {
        commitment: successor,
        deliverable: commitment.deliverable.clone(),
        promiser: commitment.promiser.clone(),
        beneficiary: commitment.beneficiary.clone(),
        owner: commitment.owner.clone(),
        origin: commitment.origin.clone(),
        binding,
        terms,
        since,
        clock,
        due: due.at,
        review_by: None,
        limit: Some(limit),
        repairs,
        renews: Some(Renews { of: commitment.id, why }),
        fallback: None,
    }))
}

/// A successor whose clock runs, and that is owed since its clock began.
pub(super) fn renewed(
    commitment: &Commitment,
    successor: CommitmentId,
    why: Renewal,
    terms: Terms,
    resolved: Resolved,
    context: &Context<'_>,
) -> Event {
    running(commitment, successor, why, terms, resolved, None, context)
}

/// A successor whose clock runs; `since` says when it is owed since, if not since its clock began.
fn running(
    commitment: &Commitment,
    successor: CommitmentId,
    why: Renewal,
    terms: Terms,
    resolved: Resolved,
    since: Option<Timestamp>,
    context: &Context<'_>,
) -> Event {
    let Running { clock, due, warnings, fallback } = due::running(&terms, resolved, context);
    let (binding, repairs) = stands_for(commitment, why);
    Event::Promised(Box::new(Promised {
        commitment: successor,
        deliverable: commitment.deliverable.clone(),
        beneficiary: commitment.beneficiary.clone(),
        owner: commitment.owner.clone(),
        origin: commitment.origin.clone(),
        binding,
        terms,
        since,
        clock,
        due,
        warnings,
        repairs,
        renews: Some(Renews { of: commitment.id, why }),
        promiser: commitment.promiser.clone(),
        fallback,
    }))
}

/// Whether the customer can hold the desk to a successor, and which breach that stands in for.
fn stands_for(commitment: &Commitment, why: Renewal) -> (Binding, Option<CommitmentId>) {
    match why {
        Renewal::Accepted => (Binding::Promised, commitment.repairs),
        Renewal::Told => (Binding::Promised, Some(commitment.id)),
        Renewal::Returned | Renewal::Retracted | Renewal::Reinstated | Renewal::Reopened | Renewal::InTime => {
            (commitment.binding, commitment.repairs)
        }
    }
}
