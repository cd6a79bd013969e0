//! Other terms: better ones at once, worse ones when the customer accepts.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::begin::{after_all, taken_back};
use super::correct::in_time;
use super::due::{self, Resolved};
use super::promise::{new_id, repaired};
use super::settle::customer;
use super::successor::{as_before, for_a_breach, renewed, waiting};
use super::{Context, closed, series, wrong_phase};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::cause::VoidCause;
use crate::commitment::clock::{Clock, Found};
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Amended, Proposal};
use crate::commitment::origin::{Renewal, Renews};
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::{CommitmentId, MessageRef, Timestamp};

/// Terms that are no worse for the customer.
pub(super) fn amend(
    commitment: &Commitment,
    due: &DueRule,
    opens_at: Option<Timestamp>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    let opens_at = opens_at.or(commitment.terms.opens_at);
    let terms = Terms { due: due.clone(), opens_at, ..commitment.terms.clone() };
    due::strictly(&terms, context.at, context)?;
    let measure = context.measure(terms.calendar.as_ref());
    let (present, left, Resolved { clock, due }) = match &commitment.phase {
        Phase::Conditional { limit, .. } => {
            let resolved = due::strictly(&terms, *limit, context)?;
            // It has to be better whenever the customer does his part: now, at the last moment, and so in between.
            let now = |terms: &Terms| due::of(terms, context.at, context).due.at;
            let alike = resolved.clock.budget.is_like(commitment.clock.budget);
            let fixed = due::instant(&terms, *limit, context).is_some();
            if now(&terms) > now(&commitment.terms) || !(alike || fixed) {
                return Err(Refusal::Worse { commitment: id, due: now(&terms), present: now(&commitment.terms) });
            }
            (commitment.due, resolved.clock.budget, resolved)
        }
        Phase::Active { .. } => {
            let Resolved { clock, due } = reckoned(commitment, &terms, context)?;
            (commitment.due, clock.budget.with_micros(clock.left(context.at, measure)), Resolved { clock, due })
        }
        Phase::Paused { left, .. } => {
            let present = commitment.clock.due_if_resumed(context.at, left.as_micros(), measure).at;
            let clock = reckoned(commitment, &terms, context)?.clock;
            let left = clock.paused_until(context.at).left(context.at, measure);
            let due = clock.due_if_resumed(context.at, left, measure);
            (present, clock.budget.with_micros(left), Resolved { clock, due })
        }
        Phase::Candidate { .. } | Phase::Overdue => return Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => return Err(closed(id, *at)),
    };
    if due.at > present {
        return Err(Refusal::Worse { commitment: id, due: due.at, present });
    }
    if due.at <= context.at {
        return Err(Refusal::DueNotAfter { due: due.at, made: context.at });
    }
    due::can_be_kept(&terms, due.at)?;
    slot_is_no_worse(commitment, opens_at, due.at)?;
    let running = due::running(&terms, Resolved { clock, due }, context);
    Ok(Vec::from([Event::Amended(Box::new(Amended { commitment: id, terms, left, running }))]))
}

/// Refused where a slot would be worse for the customer, who is to be there from its opening until its end.
///
/// It is worse if it opens later, since what he could have had from the agreed opening on would not count. It is worse if it is over
/// before that, since he would have to be there at a time to which he never agreed. In between it has more time before, or less
/// after, and part of what was agreed; whether he was absent is judged by that part.
fn slot_is_no_worse(commitment: &Commitment, opens_at: Option<Timestamp>, due: Timestamp) -> Result<(), Refusal> {
    let agreed = commitment.agreed_from();
    let later = opens_at > commitment.terms.opens_at;
    let over_before = agreed.is_some_and(|agreed| due < agreed);
    match opens_at.filter(|_| later || over_before) {
        Some(opens_at) => Err(Refusal::WorseSlot { commitment: commitment.id, opens_at, due, agreed }),
        None => Ok(()),
    }
}

/// The account by another rule, with the pauses that there have been.
///
/// A budget counts from the beginning, in its own unit: what has run has run of it too, measured anew over the same stretches, and
/// what stood still has not. One of business days or months is so much working or elapsed time as there is until the date that it
/// leads to, as when it is promised so; what is left of that goes on through the calendar when the clock does. (A share of the old
/// budget is for agreements, whose new target says nothing of when it was promised.) A named instant is as far off as it is.
fn reckoned(commitment: &Commitment, terms: &Terms, context: &Context<'_>) -> Result<Resolved, Refusal> {
    let (old, since) = (&commitment.clock, commitment.since);
    let measure = context.measure(terms.calendar.as_ref());
    let Some(at) = due::instant(terms, since, context) else {
        let Resolved { clock, due } = due::strictly(terms, since, context)?;
        let clock = Clock { pauses: old.pauses.clone(), ..clock };
        let due = if clock.pauses.is_empty() { due } else { clock.due(measure) };
        return Ok(Resolved { clock, due });
    };
    let elapsed = |micros| Amount::Elapsed(ElapsedTime::from_micros(micros));
    let of_elapsed_time = Clock { budget: elapsed(0), carried: None, since, ..old.clone() };
    let ran = of_elapsed_time.paused_until(context.at).used(context.at, measure);
    let budget = elapsed(ran.saturating_add(at.micros_since(context.at)));
    let carried = (ran > 0).then(|| elapsed(ran));
    let clock = Clock { since: context.at, carried, budget, pauses: old.pauses.clone() };
    Ok(Resolved { clock, due: Found { at, fallback: None } })
}

/// What is proposed: a deadline, perhaps another opening, perhaps without the customer's part.
pub(super) struct Asked<'a> {
    pub(super) due: &'a DueRule,
    pub(super) opens_at: Option<Timestamp>,
    pub(super) outright: bool,
}

/// Terms that are worse for the customer, told to him. Nothing changes until he accepts.
pub(super) fn propose(
    commitment: &Commitment,
    Asked { due, opens_at, outright }: Asked<'_>,
    told: &MessageRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    let limit = match commitment.phase {
        Phase::Conditional { limit, .. } => Some(limit).filter(|_| !outright),
        Phase::Active { .. } | Phase::Paused { .. } => None,
        Phase::Candidate { .. } | Phase::Overdue => return Err(wrong_phase(commitment)),
        Phase::Closed { at, .. } => return Err(closed(id, at)),
    };
    let since = context.happened_at();
    let terms =
        Terms { due: due.clone(), opens_at: opens_at.or(commitment.terms.opens_at), ..commitment.terms.clone() };
    let due_at = due::strictly(&terms, limit.unwrap_or(since), context)?.due.at;
    // As for any promise on a condition: his part, however late within its limit, must not come too late for the desk's.
    let begins = limit.unwrap_or(context.at);
    if due_at <= begins {
        return Err(Refusal::DueNotAfter { due: due_at, made: begins });
    }
    due::can_be_kept(&terms, due_at)?;
    let proposal = Proposal { since, due: due.clone(), due_at, told: told.clone(), limit, opens_at };
    Ok(Vec::from([Event::Proposed { commitment: id, proposal }]))
}

/// The customer accepts what was proposed last.
pub(super) fn accept(
    ledger: &Ledger,
    commitment: &Commitment,
    successor: CommitmentId,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let vouched = in_time(commitment, by, context)?;
    let proposal = proposed(commitment, by, context)?;
    for_a_breach(ledger, commitment)?;
    // What stands in for a breach that was none falls away, unless it is done with: then so are the terms that he accepted.
    let done_with = vouched.and_then(|_| repaired(ledger, commitment)).filter(|by| !by.is_open());
    if let Some(by) = done_with {
        return Err(Refusal::AlreadyRepaired { commitment: commitment.id, by: by.id });
    }
    let successor = new_id(ledger, successor)?;
    let now = told(commitment, successor, proposal, Renewal::Accepted, context);
    let made = if vouched.is_some() { context.happened_at() } else { context.at };
    if let Some(due) = due_of(&now).filter(|due| *due <= made) {
        return Err(Refusal::DueNotAfter { due, made });
    }
    let accepted = VoidCause::Renegotiated { successor, evidence: evidence.clone() };
    Ok(Vec::from([taken_back(commitment, accepted, vouched, context), now]))
}

/// The customer does not accept what was proposed last. The terms stand, and the clock has run on.
///
/// What he refused does not become the repair when the breach comes (row 17a): that is for terms which nobody has spoken against, and
/// he would be held to a later deadline by having said no. So the broken one is owed, as it was: also where his no came in after the
/// breach, and was said before it. And whoever says no has spoken: what he was asked before counts no more.
pub(super) fn decline(
    ledger: &Ledger,
    commitment: &Commitment,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = commitment.id;
    let vouched = in_time(commitment, by, context)?;
    proposed(commitment, by, context)?;
    let declined = Event::Declined { commitment: id, evidence: evidence.clone() };
    match &commitment.phase {
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            let chased = commitment.notes.as_ref().is_some_and(|notes| notes.chase.is_some());
            let heard = chased.then_some(Event::Heard { commitment: id });
            Ok([declined].into_iter().chain(heard).collect())
        }
        // What was told had run out by the breach, so that nothing has come of it.
        Phase::Overdue => Ok(Vec::from([declined])),
        Phase::Candidate { .. } => Err(wrong_phase(commitment)),
        Phase::Closed { outcome: Outcome::Void(absent @ VoidCause::CustomerAbsent), .. } => {
            let (absence, successor) = after_all(ledger, commitment, absent, Some(evidence), Some(by), context)?;
            let again = as_before(commitment, successor, Renewal::InTime, context);
            Ok([absence].into_iter().chain(series::again(ledger, commitment, again, context)).collect())
        }
        Phase::Closed { at, outcome: Outcome::Superseded { by }, .. } => {
            let told = Some(Renews { of: id, why: Renewal::Told });
            let repair = ledger.get(*by).filter(|by| by.renews == told).ok_or(closed(id, *at))?;
            if !repair.is_open() {
                return Err(Refusal::AlreadyRepaired { commitment: id, by: repair.id });
            }
            let successor = id.derived("in time");
            let cause = VoidCause::InTime { successor, evidence: Some(evidence.clone()) };
            // What its breach owes is owed already.
            let terms = Terms { breach_owes: None, ..commitment.terms.clone() };
            let broken = Commitment { terms, ..commitment.clone() };
            let again = as_before(&broken, successor, Renewal::InTime, context);
            Ok(Vec::from([taken_back(commitment, cause, vouched, context), again]))
        }
        Phase::Closed {
            at,
            outcome:
                Outcome::Fulfilled { .. }
                | Outcome::Corrected { .. }
                | Outcome::DeliveredLate { .. }
                | Outcome::Overtaken(_)
                | Outcome::Ended(_)
                | Outcome::Void(_),
            ..
        } => Err(closed(id, *at)),
    }
}

/// What waits for the word of one who speaks for the customer, and had been told by then.
fn proposed<'a>(commitment: &'a Commitment, by: &Actor, context: &Context<'_>) -> Result<&'a Proposal, Refusal> {
    let id = commitment.id;
    customer(commitment, by)?;
    let notes = commitment.notes.as_ref();
    let told = notes.and_then(|notes| notes.proposal.as_ref());
    match (told.filter(|told| told.since <= context.happened_at()), notes.and_then(|notes| notes.declined)) {
        (Some(proposal), _) => Ok(proposal),
        (None, Some(declined)) => Err(Refusal::Declined { commitment: id, declined }),
        (None, None) => Err(Refusal::NoProposal { commitment: id }),
    }
}

/// The deadline of what a fact makes; where that waits for the customer's part, the last that there can be.
pub(super) fn due_of(made: &Event) -> Option<Timestamp> {
    match made {
        Event::Promised(promised) => Some(promised.due),
        Event::PromisedOnCondition(drafted) | Event::Suggested(drafted) => Some(drafted.due),
        _ => None,
    }
}

/// What is owed by terms that were told. Where the customer still has his part to do, it waits for that as before, unless the terms
/// say otherwise; where he has done it since he was told, its time counts from then.
pub(super) fn told(
    commitment: &Commitment,
    successor: CommitmentId,
    proposal: &Proposal,
    why: Renewal,
    context: &Context<'_>,
) -> Event {
    let opens_at = proposal.opens_at.or(commitment.terms.opens_at);
    let on_condition = Terms { due: proposal.due.clone(), opens_at, ..commitment.terms.clone() };
    match proposal.limit {
        Some(limit) if commitment.first_due.is_none() => {
            let clock = due::of(&on_condition, limit, context).clock;
            let resolved = Resolved { clock, due: Found { at: proposal.due_at, fallback: None } };
            return waiting(commitment, successor, why, on_condition, resolved, (proposal.since, limit));
        }
        Some(_) => {
            let resolved = due::of(&on_condition, commitment.since, context);
            return renewed(commitment, successor, why, on_condition, resolved, context);
        }
        None => {}
    }
    let terms = Terms { condition: None, ..on_condition };
    let clock = due::of(&terms, proposal.since, context).clock;
    let resolved = Resolved { clock, due: Found { at: proposal.due_at, fallback: None } };
    renewed(commitment, successor, why, terms, resolved, context)
}
