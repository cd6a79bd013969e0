//! The rounds of a series: one is always owed, until what it waits for has come.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::begin::taken_back;
use super::correct::earlier;
use super::due::{self, Resolved};
use super::promise::{calendar, check_warnings};
use super::{Context, closed};
use crate::calendar::Amount;
use crate::commitment::cause::VoidCause;
use crate::commitment::deliverable::Deliverable;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Promised, Running};
use crate::commitment::origin::{Binding, Origin};
use crate::commitment::party::Actor;
use crate::commitment::phase::Verdict;
use crate::commitment::promise::StartSeries;
use crate::commitment::refusal::Refusal;
use crate::commitment::series::{Rounds, Series};
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::{CommitmentId, MessageRef, SeriesId, Timestamp};

const MINUTE: u64 = 60_000_000;

/// The most rounds that a series can have before somebody decides how it goes on.
pub(crate) const MAX_ROUNDS: u64 = 10_000;

/// A series begins with its first round.
pub(super) fn start(
    ledger: &Ledger,
    order: &StartSeries,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let id = order.series;
    if id.is_derived() {
        return Err(Refusal::DerivedId { commitment: CommitmentId(id.0) });
    }
    let commitment = CommitmentId::of_round(id, 1);
    if ledger.get(commitment).is_some() {
        return Err(Refusal::AlreadyMade { commitment });
    }
    check_warnings(&order.warn)?;
    if order.every.as_micros() < MINUTE || order.decide_within.as_micros() == 0 {
        return Err(Refusal::NoTimeBetween { series: id });
    }
    let since = context.happened_at();
    let calendar = calendar(order.calendar.as_ref(), context)?;
    let mut terms = Terms { calendar, warn: order.warn.clone(), ..Terms::by(DueRule::Within(order.every.into())) };
    let horizon = due::strictly(&Terms { due: order.horizon.clone(), ..terms.clone() }, since, context)?.due.at;
    if horizon.micros_since(since) / order.every.as_micros() > MAX_ROUNDS {
        return Err(Refusal::TooManyRounds { series: id, horizon });
    }
    if horizon <= context.at {
        return Err(Refusal::LimitNotAfter { limit: horizon, made: context.at });
    }
    terms.series = Some(Box::new(Series {
        id,
        round: 1,
        every: order.every,
        mode: order.mode,
        stop: order.stop.clone(),
        horizon,
        lead: order.lead.clone(),
        decide_within: order.decide_within,
        past_horizon: false,
        missed: 0,
    }));
    let resolved = due::strictly(&terms, since, context)?;
    let Running { clock, due, warnings, fallback } = due::running(&terms, resolved, context);
    Ok(Vec::from([Event::Promised(Box::new(Promised {
        commitment,
        deliverable: order.deliverable.clone(),
        beneficiary: order.beneficiary.clone(),
        owner: order.owner.clone(),
        origin: Origin::Spoken { by: by.clone(), message: order.message.clone() },
        binding: Binding::Promised,
        terms,
        since: None,
        clock,
        due,
        warnings,
        repairs: None,
        renews: None,
        promiser: None,
        fallback,
    }))]))
}

/// What the series waits for has come: the round that is owed falls away, and so does the decision.
pub(super) fn stop(
    ledger: &Ledger,
    series: SeriesId,
    evidence: &MessageRef,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let first = CommitmentId::of_round(series, 1);
    let since = ledger.get(first).map_or(Timestamp::MIN, |first| first.since);
    let rounds = (1..).map_while(|round| ledger.get(CommitmentId::of_round(series, round)));
    let decision = ledger.get(CommitmentId::of_decision(series));
    let (mut stopped, mut refused) = (Vec::new(), None);
    for owed in rounds.chain(decision) {
        // What is broken has its verdict, and is owed until it is done or let go: unless what it was to go on until had come before.
        let vouched = match owed.verdict() {
            Verdict::Pending => None,
            Verdict::Breached => match earlier(owed, since, Some(by), context) {
                Ok(Some(vouched)) => Some(vouched),
                Ok(None) => continue,
                Err(why) => {
                    refused = Some(why);
                    continue;
                }
            },
            Verdict::Fulfilled | Verdict::Void => continue,
        };
        let cause = VoidCause::SeriesStopped { evidence: evidence.clone() };
        stopped.push(taken_back(owed, cause, vouched, context));
    }
    if stopped.is_empty() {
        return Err(refused.unwrap_or_else(|| match ledger.get(first).and_then(Commitment::closed_at) {
            Some(at) => closed(first, at),
            None => Refusal::Unknown { commitment: first },
        }));
    }
    Ok(stopped)
}

pub(super) fn of(commitment: &Commitment) -> Option<&Series> {
    commitment.terms.series.as_deref()
}

/// How a round ended, for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was delivered at this instant.
    Delivered(Timestamp),
    /// It was missed, or the customer did without it.
    Missed,
    /// The customer did without it.
    Waived,
}

/// The round after one that has ended. A missed one is followed by the interval; past the horizon by ever longer ones.
pub(super) fn next(ledger: &Ledger, round: &Commitment, ended: Ended, context: &Context<'_>) -> Option<Event> {
    let old = of(round)?;
    let number = old.round.checked_add(1)?;
    let commitment = CommitmentId::of_round(old.id, number);
    if ledger.get(commitment).is_some() {
        return None;
    }
    let missed = match ended {
        Ended::Missed if old.past_horizon => old.missed.saturating_add(1),
        Ended::Missed | Ended::Delivered(_) | Ended::Waived => 0,
    };
    let (since, opens_at) = match (ended, old.mode) {
        (Ended::Delivered(done), Rounds::Rolling) => (done, None),
        (Ended::Delivered(_), Rounds::Slots) => (round.due, Some(round.due)),
        (Ended::Missed | Ended::Waived, Rounds::Rolling | Rounds::Slots) => (round.due, None),
    };
    let every = doubled(old.every, missed);
    let series = Series { round: number, missed, ..old.clone() };
    let terms =
        Terms { due: DueRule::Within(every.into()), opens_at, series: Some(Box::new(series)), ..round.terms.clone() };
    let resolved = due::of(&terms, since, context);
    let Running { clock, due, warnings, fallback } = due::running(&terms, resolved, context);
    Some(Event::Promised(Box::new(Promised {
        commitment,
        deliverable: round.deliverable.clone(),
        beneficiary: round.beneficiary.clone(),
        owner: round.owner.clone(),
        origin: round.origin.clone(),
        binding: round.binding,
        terms,
        since: None,
        clock,
        due,
        warnings,
        repairs: matches!(ended, Ended::Missed).then_some(round.id),
        renews: None,
        promiser: round.promiser.clone(),
        fallback,
    })))
}

fn doubled(every: Amount, missed: u32) -> Amount {
    let factor = 1_u64.checked_shl(missed).unwrap_or(u64::MAX);
    every.with_micros(every.as_micros().saturating_mul(factor))
}

/// The decision that a lead owes at the horizon: how it is to go on.
pub(super) fn decision(ledger: &Ledger, round: &Commitment, since: Timestamp, context: &Context<'_>) -> Option<Event> {
    let series = of(round)?;
    let commitment = CommitmentId::of_decision(series.id);
    if ledger.get(commitment).is_some() {
        return None;
    }
    let terms =
        Terms { calendar: round.terms.calendar.clone(), ..Terms::by(DueRule::Within(series.decide_within.into())) };
    let Resolved { clock, due } = due::of(&terms, since, context);
    Some(Event::Promised(Box::new(Promised {
        commitment,
        deliverable: Deliverable::Decision,
        beneficiary: round.beneficiary.clone(),
        owner: series.lead.clone(),
        origin: Origin::Horizon { series: series.id },
        binding: Binding::Promised,
        terms,
        since: None,
        clock,
        due: due.at,
        warnings: Vec::new(),
        repairs: None,
        renews: None,
        promiser: None,
        fallback: due.fallback,
    })))
}
