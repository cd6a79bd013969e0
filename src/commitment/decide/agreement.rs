//! What follows when an agreement gives an order about a clock that it runs. One that does not apply yields nothing.

use alloc::vec::Vec;

use super::begin::taken_back;
use super::correct::earlier;
use super::cycle::{begin, born_late, take_back};
use super::retarget::{begun_again, due_now, replanned, retarget, swapped};
use super::successor::as_withdrawn;
use super::{Context, hand_over, note, pause, renew, settle};
use crate::commitment::cause::{BreachCause, VoidCause};
use crate::commitment::clock_order::ClockOrder;
use crate::commitment::event::Event;
use crate::commitment::happened::{Happened, Stamp};
use crate::commitment::ledger::Ledger;
use crate::commitment::origin::{Binding, Renewal, Rule, RuleReason};
use crate::commitment::phase::Phase;
use crate::commitment::state::{Breach, Commitment};
use crate::{CommitmentId, MessageRef, Timestamp, has_passed};

/// What follows from an agreement's order.
pub(crate) fn decide_for_agreement(ledger: &Ledger, order: &ClockOrder, context: &Context<'_>) -> Vec<Event> {
    let known = |id: &CommitmentId| ledger.get(*id);
    let withdrawn = |id: &CommitmentId| known(id).map(|commitment| as_withdrawn(ledger, commitment));
    match order {
        ClockOrder::Start(start) if !ledger.has_had(start.commitment) => {
            begin(start, start.continues.and_then(|continues| known(&continues.of())), context)
        }
        ClockOrder::Start(_) => Vec::new(),
        ClockOrder::Stop(id, evidence) => {
            withdrawn(id).and_then(|commitment| stop(&commitment, evidence.as_ref(), context)).unwrap_or_default()
        }
        ClockOrder::End(id) => known(id)
            .and_then(|commitment| {
                // A status holds from when it is taken in, however early somebody dates it.
                let not_before = |happened: Happened| Happened { at: happened.at.max(commitment.since), ..happened };
                stop(commitment, None, &Context { happened: context.happened.map(not_before), ..*context })
            })
            .unwrap_or_default(),
        ClockOrder::Cancel(id, rule, at) => {
            let at = at.unwrap_or(context.at);
            withdrawn(id).map_or_else(Vec::new, |commitment| cancel(&commitment, rule, at, context))
        }
        ClockOrder::Pause(id, reason) => known(id)
            .and_then(|commitment| pause::stand_still(commitment, reason, None, None, context).ok())
            .unwrap_or_default(),
        ClockOrder::Resume(id, reason) => {
            known(id).and_then(|commitment| pause::resume(commitment, reason, context).ok()).unwrap_or_default()
        }
        ClockOrder::Retarget(id, _, _, Some(at)) | ClockOrder::Reset(id, _, Some(at))
            if is_missed(ledger, *id, *at) =>
        {
            Vec::new()
        }
        ClockOrder::Retarget(id, target, mode, since) => known(id).map_or_else(Vec::new, |commitment| {
            let reopened = commitment.renews.filter(|renews| renews.why == Renewal::Reopened);
            let before = reopened.and_then(|renews| ledger.get(renews.of));
            retarget(
                commitment,
                target,
                swapped(commitment, before, target, *mode, since.unwrap_or(context.at), context),
                due_now(commitment, context),
                context,
            )
        }),
        ClockOrder::TakeBack(back) => {
            known(&back.commitment).map_or_else(Vec::new, |commitment| take_back(ledger, commitment, back, context))
        }
        ClockOrder::StrikeOut(id, evidence, by) => known(id)
            .and_then(|commitment| renew::never_began(commitment, evidence, by.as_ref(), context).ok())
            .unwrap_or_default(),
        ClockOrder::Replan(id, target, pausable, (used, told)) => known(id).map_or_else(Vec::new, |commitment| {
            retarget(commitment, target, replanned(commitment, target, *pausable, *used, context), *told, context)
        }),
        ClockOrder::Reset(id, target, since) => known(id).map_or_else(Vec::new, |commitment| {
            retarget(
                commitment,
                target,
                begun_again(commitment, target, *since, context),
                due_now(commitment, context),
                context,
            )
        }),
        ClockOrder::HandOver(id, owner) => {
            known(id).and_then(|commitment| hand_over(commitment, owner).ok()).unwrap_or_default()
        }
        ClockOrder::FindAbsent(id) => {
            known(id).and_then(|commitment| note::silent(commitment, context).ok()).unwrap_or_default()
        }
    }
}

/// Whether a clock that runs had missed its deadline by an instant, though nobody has said so yet: what is found in hindsight to have come after
/// that does not move it.
fn is_missed(ledger: &Ledger, id: CommitmentId, at: Timestamp) -> bool {
    let running = ledger.get(id).filter(|commitment| matches!(commitment.phase, Phase::Active { .. }));
    running.is_some_and(|commitment| has_passed(commitment.due, at))
}

/// What it waits for was done. It may have begun only now, in hindsight, when its deadline had passed before that: then it was late.
fn stop(commitment: &Commitment, evidence: Option<&MessageRef>, context: &Context<'_>) -> Option<Vec<Event>> {
    // A claim shows nothing of a clock that has begun only when its deadline had passed: whoever makes it may have to be let.
    let is_claimed = context.happened.is_some_and(|happened| happened.stamp == Stamp::Claim);
    let goes_on = commitment.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
    let known = if is_claimed && !goes_on { context.at } else { context.happened_at() };
    let late = matches!(commitment.phase, Phase::Active { .. }) && has_passed(commitment.due, known);
    if !late {
        return settle::fulfil(commitment, evidence, None, context).ok();
    }
    let (at, due, cause) = (context.at, commitment.due, BreachCause::BornLate);
    let broken = Commitment { phase: Phase::Overdue, breach: Some(Breach { at, due, cause }), ..commitment.clone() };
    let done = settle::fulfil(&broken, evidence, None, context).ok()?;
    let born_late = born_late(commitment.id, &commitment.owner, &commitment.beneficiary, due);
    Some([born_late].into_iter().chain(done).collect())
}

/// A rule ends it, and what had run of it had run by then. What was promised to a customer, no rule of the desk's can end.
fn cancel(commitment: &Commitment, rule: &Rule, at: Timestamp, context: &Context<'_>) -> Vec<Event> {
    if commitment.binding == Binding::Promised {
        return Vec::new();
    }
    let id = commitment.id;
    let used = context.used(commitment, at);
    let overtaken = || Event::Overtaken { commitment: id, rule: rule.clone(), used };
    // It was needed no more before its deadline, and that is told only now.
    let vouched = earlier(commitment, commitment.since, None, context).ok().flatten();
    match commitment.phase {
        // It is told only now of what came when its deadline had passed already: then it was broken, and whoever left it was not let off.
        Phase::Active { .. } if rule.why == RuleReason::Left && has_passed(commitment.due, context.happened_at()) => {
            Vec::new()
        }
        Phase::Active { .. } if has_passed(commitment.due, context.happened_at()) => {
            let breached = born_late(id, &commitment.owner, &commitment.beneficiary, commitment.due);
            Vec::from([breached, overtaken()])
        }
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            match rule.why {
                RuleReason::NotNeeded | RuleReason::Left | RuleReason::Merged => Vec::from([Event::Voided {
                    commitment: id,
                    cause: VoidCause::Rule(rule.clone()),
                    used,
                    corrects: None,
                    to: None,
                }]),
                RuleReason::Unanswered => Vec::from([unanswered(commitment, context), overtaken()]),
            }
        }
        // Leaving an agreement is no delivery: what is broken is owed until it is done, or not needed any more.
        Phase::Overdue if rule.why == RuleReason::NotNeeded && vouched.is_some() => {
            Vec::from([taken_back(commitment, VoidCause::Rule(rule.clone()), vouched, context)])
        }
        Phase::Overdue => match rule.why {
            RuleReason::NotNeeded | RuleReason::Unanswered | RuleReason::Merged => Vec::from([overtaken()]),
            RuleReason::Left => Vec::new(),
        },
        Phase::Closed { .. } => Vec::new(),
    }
}

/// The matter has ended without what was owed, which the agreement takes for a breach then and there.
fn unanswered(commitment: &Commitment, context: &Context<'_>) -> Event {
    let due = due_now(commitment, context);
    let (owner, beneficiary) = (commitment.owner.clone(), commitment.beneficiary.clone());
    Event::Breached { commitment: commitment.id, owner, beneficiary, due, cause: BreachCause::Unanswered, notice: None }
}
