//! What was closed is owed again, or should not have been on record: taken back, struck out and back again, the customer returned.

use alloc::vec::Vec;

use super::begin::voided;
use super::correct::may_put_right;
use super::cycle::what_is_left;
use super::due;
use super::note::heard;
use super::promise::{new_id, repaired};
use super::successor::{as_before, renewed, taken_up};
use super::{Context, closed, series};
use crate::calendar::Amount;
use crate::commitment::cause::{BreachCause, VoidCause};
use crate::commitment::clock_order::NEVER_BEGAN;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::happened::Stamp;
use crate::commitment::ledger::Ledger;
use crate::commitment::origin::{Binding, Renewal};
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::{Breach, Commitment};
use crate::commitment::terms::Terms;
use crate::{CommitmentId, MessageRef, Name};

/// What had fulfilled it is taken back: it is owed as before, so broken if its deadline has passed.
pub(super) fn retract(
    ledger: &Ledger,
    commitment: &Commitment,
    reason: &Name,
    successor: CommitmentId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let kept = |outcome: &Outcome| matches!(outcome, Outcome::Fulfilled { .. } | Outcome::Corrected { .. });
    taken_up(ledger, commitment, kept)?;
    let successor = new_id(ledger, successor)?;
    let retracted = voided(commitment, VoidCause::Retracted { reason: reason.clone(), successor }, context);
    let again = as_before(commitment, successor, Renewal::Retracted, context);
    Ok([retracted].into_iter().chain(series::again(ledger, commitment, again, context)).collect())
}

/// What an agreement had taken for its fulfilment, or for the end of its need, was something else.
pub(crate) fn take_back(
    ledger: &Ledger,
    commitment: &Commitment,
    evidence: &MessageRef,
    context: &Context<'_>,
) -> Vec<Event> {
    let successor = commitment.id.derived("retracted");
    let ended = match &commitment.phase {
        Phase::Closed { outcome, .. } => match outcome {
            Outcome::Fulfilled { .. }
            | Outcome::Corrected { .. }
            | Outcome::DeliveredLate { .. }
            | Outcome::Overtaken(_)
            | Outcome::Void(VoidCause::Rule(_)) => true,
            Outcome::Superseded { .. } | Outcome::Ended(_) | Outcome::Void(_) => false,
        },
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue => false,
    };
    // What is broken and promised again is owed by that promise.
    let ended = ended && repaired(ledger, commitment).is_none();
    let (Ok(reason), None, true) = (Name::new(evidence.as_str()), ledger.get(successor), ended) else {
        return Vec::new();
    };
    let cause = VoidCause::Retracted { reason, successor };
    let again = as_before(commitment, successor, Renewal::Retracted, context);
    // That what was done all the same does not count takes no word of the desk's back. A deadline that was missed, time says so again.
    let withdrawn = commitment.breach.filter(|breach| breach.cause == BreachCause::Withdrawn);
    let broken = withdrawn.map(|breach| broken(commitment, successor, breach));
    [voided(commitment, cause, context), again].into_iter().chain(broken).collect()
}

/// What had started a cycle was something else, so it ought not to be on record. Whoever takes a breach off it puts a record right: the
/// channel may, and a person as far as the rulebook lets him.
pub(super) fn never_began(
    commitment: &Commitment,
    evidence: &MessageRef,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let claimed = context.happened.is_none_or(|happened| happened.stamp == Stamp::Claim);
    if commitment.verdict() == Verdict::Breached && claimed {
        may_put_right(commitment, commitment.breach.map_or(context.at, |breach| breach.at), by, context)?;
    }
    let Ok(reason) = Name::new(NEVER_BEGAN) else { return Ok(Vec::new()) };
    let cause = VoidCause::InError { reason, evidence: evidence.clone() };
    Ok(Vec::from([voided(commitment, cause, context)]))
}

/// It should not be on record. What was promised, and what has its verdict, can be struck out only as long as the rulebook lets records be put
/// right: otherwise whoever cannot keep a promise would call it an error.
pub(super) fn in_error(
    commitment: &Commitment,
    reason: &Name,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    match &commitment.phase {
        Phase::Candidate { .. } => {}
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            if commitment.binding == Binding::Promised {
                may_put_right(commitment, commitment.made, Some(by), context)?;
            }
        }
        // Whoever strikes out a verdict puts a record right.
        Phase::Overdue => {
            may_put_right(commitment, commitment.breach.map_or(context.at, |breach| breach.at), Some(by), context)?;
        }
        Phase::Closed { at, outcome: Outcome::Void(VoidCause::InError { .. }), .. } => return Err(closed(id, *at)),
        Phase::Closed { at, .. } => may_put_right(commitment, *at, Some(by), context)?,
    }
    let cause = VoidCause::InError { reason: reason.clone(), evidence: evidence.clone() };
    Ok(Vec::from([voided(commitment, cause, context)]))
}

/// Striking it out was the error: it is owed by the instants that it had, and what had been done of it or let go is so of what goes on with it.
pub(super) fn reinstate(
    ledger: &Ledger,
    commitment: &Commitment,
    successor: CommitmentId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let used = taken_up(ledger, commitment, |outcome| matches!(outcome, Outcome::Void(VoidCause::InError { .. })))?;
    let was = commitment.notes.as_ref().and_then(|notes| notes.struck_out.as_ref());
    if let Some(Outcome::Void(_)) = was {
        return Err(Refusal::OwedNoMore { commitment: commitment.id });
    }
    let successor = new_id(ledger, successor)?;
    let again = as_before(commitment, successor, Renewal::Reinstated, context);
    let before = before(ledger, commitment, was, successor, used);
    if before.is_empty() {
        return Ok(series::again(ledger, commitment, again, context));
    }
    Ok([series::apart(ledger, commitment, again)].into_iter().chain(before).collect())
}

/// What had become of a commitment before it was struck out, of what goes on with it. What shows it stands with the original.
///
/// Nothing where it was owed; where its deadline has passed since, time breaks it.
fn before(
    ledger: &Ledger,
    commitment: &Commitment,
    was: Option<&Outcome>,
    successor: CommitmentId,
    used: Amount,
) -> Vec<Event> {
    let broken = commitment.breach.map(|breach| broken(commitment, successor, breach));
    let then = |event| broken.clone().into_iter().chain([event]).collect();
    match was {
        None => {
            let by_word = commitment.breach.is_some_and(|breach| !breach.cause.is_missed());
            broken.filter(|_| by_word).into_iter().collect()
        }
        Some(Outcome::Fulfilled { done } | Outcome::Corrected { done }) => {
            Vec::from([Event::Fulfilled { commitment: successor, done: *done, used, evidence: None }])
        }
        Some(Outcome::DeliveredLate { done, late_us }) => {
            let due = commitment.breach.map_or(commitment.due, |breach| breach.due);
            let (done, late_us) = (*done, *late_us);
            then(Event::DeliveredLate { commitment: successor, done, due, late_us, used, evidence: None })
        }
        Some(Outcome::Overtaken(rule)) => then(Event::Overtaken { commitment: successor, rule: rule.clone(), used }),
        // What stood in for it may have fallen away with it; of a round that is broken, the one that is owed now takes the place.
        Some(Outcome::Superseded { by })
            if series::goes_on(ledger, commitment)
                || ledger.get(*by).is_none_or(|by| by.verdict() == Verdict::Void) =>
        {
            Vec::new()
        }
        Some(Outcome::Superseded { by }) => then(Event::Superseded { commitment: successor, by: *by, used }),
        Some(Outcome::Ended(ending)) => then(Event::Ended { commitment: successor, ending: ending.clone(), used }),
        // Nothing was owed of it any more.
        Some(Outcome::Void(_)) => Vec::new(),
    }
}

/// The breach that it had, of what goes on with it: too late from the first, or by the same word of the desk's.
fn broken(commitment: &Commitment, successor: CommitmentId, breach: Breach) -> Event {
    let (owner, beneficiary) = (commitment.owner.clone(), commitment.beneficiary.clone());
    let cause = if breach.cause.is_missed() { BreachCause::BornLate } else { breach.cause };
    Event::Breached { commitment: successor, owner, beneficiary, due: breach.due, cause, notice: None }
}

/// The customer is back: it is owed again, with what was left when he was found absent. A series has gone on meanwhile, and its next
/// round is what is owed to him.
pub(super) fn come_back(
    ledger: &Ledger,
    commitment: &Commitment,
    successor: Option<CommitmentId>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let used = taken_up(ledger, commitment, |outcome| matches!(outcome, Outcome::Void(VoidCause::CustomerAbsent)))?;
    series::has_not_gone_on(ledger, commitment)?;
    let successor = successor.map_or_else(|| Ok(commitment.id.derived(RETURNED)), |id| new_id(ledger, id))?;
    let budget = commitment.clock.budget;
    let left = budget.with_micros(budget.as_micros().saturating_sub(used.as_micros()));
    // Whoever was absent does not bring back what his pauses had used.
    let pausable = commitment.terms.pausable.and_then(|allowance| what_is_left(allowance, commitment));
    let terms = Terms { due: DueRule::Within(left.into()), opens_at: None, pausable, ..commitment.terms.clone() };
    let resolved = due::of(&terms, context.happened_at(), context);
    Ok(Vec::from([renewed(commitment, successor, Renewal::Returned, terms, resolved, context)]))
}

/// The role of what is owed again because the customer is back, where its id is derived.
const RETURNED: &str = "returned";

/// The same where the ticket had let it go, and the customer comes back to that. If he spoke before it was let go, it is owed as it was.
pub(crate) fn returned(
    ledger: &Ledger,
    commitment: &Commitment,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Vec<Event> {
    if commitment.is_open() || ledger.has_had(commitment.id.derived(RETURNED)) {
        return Vec::new();
    }
    let in_time = heard(ledger, commitment, by, context);
    in_time.or_else(|_| come_back(ledger, commitment, None, context)).unwrap_or_default()
}
