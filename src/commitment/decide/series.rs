//! The rounds of a series: one is always owed, until what it waits for has come.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Context;
use super::begin::{taken_back, voided};
use super::correct::earlier;
use super::due::{self, Resolved};
use super::promise::{calendar, check_warnings, flagged, spoken};
use super::terms::due_of;
use crate::calendar::Term;
use crate::commitment::cause::VoidCause;
use crate::commitment::deliverable::Deliverable;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Promised, Running};
use crate::commitment::origin::Origin;
use crate::commitment::party::Actor;
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::promise::StartSeries;
use crate::commitment::refusal::Refusal;
use crate::commitment::series::{Rounds, Series, Slot};
use crate::commitment::stand_in::{is_nothing, stand_in};
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::{CommitmentId, MessageRef, SeriesId, Timestamp, has_passed};

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
    if ledger.has_had(commitment) {
        return Err(Refusal::SeriesAlreadyStarted { series: id });
    }
    check_warnings(&order.warn)?;
    // By elapsed time, which may have to stand in: no calendar makes it less.
    let apart = stand_in(order.every).as_micros();
    if apart < MINUTE || is_nothing(order.decide_within) {
        return Err(Refusal::NoTimeBetween { series: id });
    }
    let since = context.happened_at();
    let calendar = calendar(order.calendar.as_ref(), context)?;
    let mut terms = Terms { calendar, warn: order.warn.clone(), ..Terms::by(DueRule::Within(order.every)) };
    due::can_be_counted(&terms, Some(order.decide_within), context)?;
    let horizon = due::strictly(&Terms { due: order.horizon.clone(), ..terms.clone() }, since, context)?.due.at;
    if horizon.micros_since(since) / apart > MAX_ROUNDS {
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
        slot: None,
    }));
    due::strictly(&terms, since, context)?;
    let resolved = round(&mut terms, order.every, Slot { from: since, nth: 1 }, since, context);
    let running = due::running(&terms, resolved, context);
    let what = (commitment, order.deliverable.clone());
    let whom = (order.beneficiary.clone(), order.owner.clone());
    let promised = Promised::anew(what, whom, spoken(by, order.message.as_ref()), terms, running);
    let promised = Event::Promised(Box::new(promised));
    Ok(Vec::from([flagged(promised, order.role.as_ref(), context)]))
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
    // What goes on with a round by other terms is a round, too, under an id of its own.
    let number = |owed: &Commitment| of(owed).filter(|of| of.id == series).map(|of| of.round);
    let mut rounds: Vec<_> = ledger.all().filter_map(|owed| Some((number(owed)?, owed))).collect();
    rounds.sort_by_key(|(number, owed)| (*number, owed.version));
    let rounds = rounds.into_iter().map(|(_, owed)| owed);
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
        return Err(refused.unwrap_or_else(|| {
            let rounds = (1..).map_while(|round| ledger.get(CommitmentId::of_round(series, round)));
            match rounds.last().and_then(Commitment::closed_at) {
                Some(stopped) => Refusal::SeriesAlreadyStopped { series, stopped },
                None => Refusal::UnknownSeries { series },
            }
        }));
    }
    Ok(stopped)
}

pub(super) fn of(commitment: &Commitment) -> Option<&Series> {
    commitment.terms.series.as_deref()
}

/// The round of its series that is owed besides it.
fn another<'a>(ledger: &'a Ledger, round: &Commitment) -> Option<&'a Commitment> {
    let series = of(round)?.id;
    ledger.open().find(|open| open.id != round.id && of(open).is_some_and(|of| of.id == series))
}

/// When a series was stopped, and what shows it.
fn stopped(ledger: &Ledger, series: SeriesId) -> Option<(Timestamp, &MessageRef)> {
    ledger.all().filter(|owed| of(owed).is_some_and(|of| of.id == series)).find_map(|round| {
        let Phase::Closed { at, outcome, .. } = &round.phase else { return None };
        // That its last round was struck out does not begin it anew.
        let before = round.notes.as_ref().and_then(|notes| notes.struck_out.as_ref());
        [Some(outcome), before].into_iter().flatten().find_map(|outcome| match outcome {
            Outcome::Void(VoidCause::SeriesStopped { evidence }) => Some((*at, evidence)),
            Outcome::Void(_)
            | Outcome::Fulfilled { .. }
            | Outcome::Corrected { .. }
            | Outcome::DeliveredLate { .. }
            | Outcome::Overtaken(_)
            | Outcome::Superseded { .. }
            | Outcome::Ended(_) => None,
        })
    })
}

/// Whether it is a round of a series that has not stopped.
pub(super) fn goes_on(ledger: &Ledger, round: &Commitment) -> bool {
    of(round).is_some_and(|series| stopped(ledger, series.id).is_none())
}

/// Refused where a series has gone on without this round, or has stopped.
pub(super) fn has_not_gone_on(ledger: &Ledger, round: &Commitment) -> Result<(), Refusal> {
    let Some(series) = of(round).map(|series| series.id) else { return Ok(()) };
    if let Some((at, _)) = stopped(ledger, series) {
        return Err(Refusal::SeriesAlreadyStopped { series, stopped: at });
    }
    match another(ledger, round) {
        Some(by) => Err(Refusal::AlreadyRenewed { commitment: round.id, by: by.id }),
        None => Ok(()),
    }
}

/// What goes on with a round that was closed, apart from its series where that has stopped: such a round comes to no horizon, and none
/// follows it.
pub(super) fn apart(ledger: &Ledger, round: &Commitment, again: Event) -> Event {
    match again {
        Event::Promised(mut promised) => {
            match another(ledger, round).and_then(of) {
                Some(open) => {
                    if let Some(series) = promised.terms.series.as_deref_mut() {
                        series.past_horizon |= open.past_horizon;
                    }
                }
                None if goes_on(ledger, round) => {}
                None => promised.terms.series = None,
            }
            Event::Promised(promised)
        }
        other => other,
    }
}

/// What becomes of a series when a round that had ended is owed again by its instants.
///
/// Others have followed it since, and one round is owed at a time. As long as the deadline is to come, the later one is not
/// needed; what is broken by now, time says so, and the later one takes its place. What the series waited for may have come by that
/// deadline: then this one falls away as it would have then.
pub(super) fn again(ledger: &Ledger, round: &Commitment, again: Event, context: &Context<'_>) -> Vec<Event> {
    let (commitment, due) = (again.commitment(), due_of(&again));
    let again = apart(ledger, round, again);
    let to_come = due.is_some_and(|due| !has_passed(due, context.at));
    if let Some(later) = another(ledger, round) {
        let needless = || voided(later, VoidCause::Corrected { original: round.id }, context);
        return to_come.then(needless).into_iter().chain([again]).collect();
    }
    let stop = of(round).and_then(|series| stopped(ledger, series.id));
    let came = stop.filter(|(at, _)| due.is_some_and(|due| !has_passed(due, *at)));
    let fallen = came.map(|(_, evidence)| Event::Voided {
        commitment,
        cause: VoidCause::SeriesStopped { evidence: evidence.clone() },
        used: context.used(round, context.at),
        corrects: None,
        to: None,
    });
    [again].into_iter().chain(fallen).collect()
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
///
/// One at a time is owed. Where a round is owed again that others have followed, the one that is owed now is the next.
pub(super) fn next(ledger: &Ledger, ended: &Commitment, how: Ended, context: &Context<'_>) -> Option<Event> {
    let old = of(ended)?;
    if let Some(open) = another(ledger, ended) {
        let used = context.used(ended, context.at);
        let missed = how == Ended::Missed && ended.is_open();
        return missed.then_some(Event::Superseded { commitment: ended.id, by: open.id, used });
    }
    let numbers = (1..).map_while(|further| old.round.checked_add(further));
    let rounds = numbers.map(|number| (number, CommitmentId::of_round(old.id, number)));
    let (number, commitment) = rounds.into_iter().find(|(_, id)| ledger.get(*id).is_none())?;
    let missed = match how {
        Ended::Missed if old.past_horizon => old.missed.saturating_add(1),
        Ended::Missed | Ended::Delivered(_) | Ended::Waived => 0,
    };
    let (since, opens_at) = match (how, old.mode) {
        (Ended::Delivered(done), Rounds::Rolling) => (done, None),
        (Ended::Delivered(_), Rounds::Slots) => (ended.due, Some(ended.due)),
        (Ended::Missed | Ended::Waived, Rounds::Rolling | Rounds::Slots) => (ended.due, None),
    };
    let lengths = 1_u32.checked_shl(missed).unwrap_or(u32::MAX);
    let series = Series { round: number, missed, ..old.clone() };
    let due = DueRule::Within(old.every.times(lengths));
    let mut terms = Terms { due, opens_at, series: Some(Box::new(series)), ..ended.terms.clone() };
    let slot = match how {
        Ended::Delivered(_) if old.mode == Rounds::Rolling => Slot { from: since, nth: 1 },
        Ended::Delivered(_) | Ended::Missed | Ended::Waived => later(ended, old, lengths, context),
    };
    let resolved = round(&mut terms, old.every, slot, since, context);
    // At the end of time there is none after it.
    if resolved.due.at <= since {
        return None;
    }
    let Running { clock, due, warnings, fallback } = due::running(&terms, resolved, context);
    Some(Event::Promised(Box::new(Promised {
        commitment,
        deliverable: ended.deliverable.clone(),
        beneficiary: ended.beneficiary.clone(),
        owner: ended.owner.clone(),
        origin: ended.origin.clone(),
        binding: ended.binding,
        terms,
        since: None,
        clock,
        due,
        warnings,
        repairs: matches!(how, Ended::Missed).then_some(ended.id),
        renews: None,
        promiser: ended.promiser.clone(),
        fallback,
    })))
}

/// The slot so many lengths after that of a round. One whose deadline is no longer that of its slot is where it is itself counted from:
/// better terms have moved it, or elapsed time stood in for a calendar.
fn later(round: &Commitment, series: &Series, lengths: u32, context: &Context<'_>) -> Slot {
    let held = series.slot.filter(|slot| end(&round.terms, series.every, *slot, context) == Some(round.due));
    held.map_or(Slot { from: round.due, nth: lengths }, |slot| Slot { nth: slot.nth.saturating_add(lengths), ..slot })
}

/// Where a slot ends, if a calendar can say it.
fn end(terms: &Terms, every: Term, slot: Slot, context: &Context<'_>) -> Option<Timestamp> {
    due::date(&Terms { due: DueRule::Within(every.times(slot.nth)), ..terms.clone() }, slot.from, context)
}

/// What the terms of a round that begins at an instant come to: time that accumulates goes on from there; dates end with the round's slot,
/// or with the next one if that is less than a minute away.
fn round(terms: &mut Terms, every: Term, slot: Slot, since: Timestamp, context: &Context<'_>) -> Resolved {
    let least = since.plus_micros(MINUTE);
    // Two slots may be closer than that, where the wall skips a date; three are not.
    let slots = (0..3).map(|further| Slot { nth: slot.nth.saturating_add(further), ..slot });
    let found = slots.filter_map(|slot| Some((slot, end(terms, every, slot, context)?))).find(|(_, at)| *at >= least);
    if let Some(series) = terms.series.as_deref_mut() {
        series.slot = found.map(|(slot, _)| slot);
    }
    match found {
        Some((_, at)) => due::until(terms, every, at, since, context),
        None => due::of(terms, since, context),
    }
}

/// The decision that a lead owes at the horizon: how it is to go on.
pub(super) fn decision(ledger: &Ledger, round: &Commitment, since: Timestamp, context: &Context<'_>) -> Option<Event> {
    let series = of(round)?;
    let commitment = CommitmentId::of_decision(series.id);
    if ledger.has_had(commitment) {
        return None;
    }
    let terms = Terms { calendar: round.terms.calendar.clone(), ..Terms::by(DueRule::Within(series.decide_within)) };
    let running = due::running(&terms, due::of(&terms, since, context), context);
    let (what, whom) = ((commitment, Deliverable::Decision), (round.beneficiary.clone(), series.lead.clone()));
    let origin = Origin::Horizon { series: series.id };
    Some(Event::Promised(Box::new(Promised::anew(what, whom, origin, terms, running))))
}
