//! A cycle of an agreement begins, or one that was thought to be over goes on: running, standing still because it must, or late from birth.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::correct::earlier;
use super::retarget::taken_over;
use super::{Context, due, renew};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::cause::BreachCause;
use crate::commitment::clock::{Clock, Pause, resume_by, stood};
use crate::commitment::clock_order::{Continues, Start, TakenBack};
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::Promised;
use crate::commitment::origin::{Binding, Origin, Renewal, Renews};
use crate::commitment::party::{Owner, Party};
use crate::commitment::state::Commitment;
use crate::commitment::terms::{Allowance, Terms};
use crate::{CommitmentId, Timestamp, has_passed};

/// A cycle begins: running, standing still because it must, or late from birth.
pub(super) fn begin(start: &Start, continues: Option<&Commitment>, context: &Context<'_>) -> Vec<Event> {
    let target = &start.target;
    let reopened = continues.filter(|_| matches!(start.continues, Some(Continues::Reopened(_))));
    let back = match start.continues {
        Some(Continues::Left(_, back)) => continues.map(|_| back),
        Some(Continues::Reopened(_)) | None => None,
    };
    let since = back.unwrap_or(start.since);
    let pausable = match (start.pausable, reopened) {
        (Some(allowance), Some(before)) => what_is_left(allowance, before),
        (allowance, _) => allowance,
    };
    let terms = Terms { pausable, ..terms_of(start) };
    let pauses: Vec<Pause> = start.pauses.iter().filter_map(|pause| so_far(pause, context)).collect();
    let measure = context.measure(target.calendar.as_ref());
    let ran_before = |clock: &Clock| {
        let taken = continues.and_then(|closed| taken_over(closed, clock.budget, target)).map_or(0, Amount::as_micros);
        let stretch =
            |(since, until): &(Timestamp, Timestamp)| Clock { since: *since, ..clock.clone() }.used(*until, measure);
        start.earlier.iter().map(stretch).fold(taken, u64::saturating_add)
    };
    let account = |since: Timestamp, ran_before: &dyn Fn(&Clock) -> u64| {
        let resolved = due::of(&terms, since, context);
        let mut clock = Clock { pauses: pauses.clone(), ..resolved.clock };
        let carried = ran_before(&clock);
        clock.carried = (carried > 0).then(|| clock.budget.with_micros(carried));
        let due = if clock.pauses.is_empty() && carried == 0 { resolved.due } else { clock.due(measure) };
        (clock, due)
    };
    let (mut clock, mut due) = account(since, &ran_before);
    // What was broken by then did not begin again, and of what did nothing had run. A promise moves only nearer.
    for again in &start.again {
        if has_passed(due.at, *again) {
            break;
        }
        let anew = account(*again, &|_| 0);
        if start.binding == Binding::Goal || anew.1.at <= due.at {
            (clock, due) = anew;
        }
    }
    let promised = Promised {
        commitment: start.commitment,
        deliverable: start.deliverable.clone(),
        beneficiary: start.beneficiary.clone(),
        owner: start.owner.clone(),
        origin: Origin::Policy(start.cycle.clone()),
        binding: start.binding,
        terms,
        since: back.map(|_| start.since),
        warnings: clock.warnings(due.at, &target.warn, measure),
        clock,
        due: due.at,
        repairs: None,
        renews: reopened.map(|closed| Renews { of: closed.id, why: Renewal::Reopened }),
        promiser: start.promiser.clone(),
        fallback: due.fallback,
    };
    let lasting: Vec<_> = start.pauses.iter().filter(|pause| pause.until.is_none()).collect();
    let by = may_stand_until(&promised.clock, pausable, start.resume_by, context);
    let standing = stands_from_birth(&promised, &lasting, by, context);
    [Event::Promised(Box::new(promised))].into_iter().chain(standing).collect()
}

/// Until when a pause may last: what the account has stood for already counts, and so does how long the pause has lasted.
fn may_stand_until(
    clock: &Clock,
    pausable: Option<Allowance>,
    limit: Option<Timestamp>,
    context: &Context<'_>,
) -> Option<Timestamp> {
    match (resume_by(&clock.pauses, pausable, context.at, None), limit) {
        (Some(by), Some(limit)) => Some(limit.min(by)),
        // All of it is used up at this very instant: so it has stood until now, and goes on as soon as that is over.
        (None, limit) => limit.filter(|limit| *limit == context.at),
        (by, None) => by,
    }
}

/// What begins while its pauses last stands still from the first.
fn stands_from_birth(
    promised: &Promised,
    lasting: &[&Pause],
    resume_by: Option<Timestamp>,
    context: &Context<'_>,
) -> Vec<Event> {
    let Some((first, others)) = lasting.split_first() else { return Vec::new() };
    let commitment = promised.commitment;
    if has_passed(promised.due, context.at) {
        // Standing still would hide that it was too late before it began.
        return Vec::from([born_late(commitment, &promised.owner, &promised.beneficiary, promised.due)]);
    }
    let Some(resume_by) = resume_by else { return Vec::new() };
    let measure = context.measure(promised.terms.calendar.as_ref());
    let left = promised.clock.budget.with_micros(promised.clock.left(context.at, measure));
    let paused = Event::Paused { commitment, reason: first.reason.clone(), left, resume_by, told: None };
    let joined = others.iter().map(|pause| Event::PauseJoined { commitment, reason: pause.reason.clone(), told: None });
    [paused].into_iter().chain(joined).collect()
}

/// A pause as far as it has lasted.
fn so_far(pause: &Pause, context: &Context<'_>) -> Option<Pause> {
    let pause = Pause { until: pause.until.or(Some(context.at)), ..pause.clone() };
    Some(pause).filter(|pause| pause.until > Some(pause.from))
}

/// What had ended it was something else: another goes on with it, and has stood still meanwhile when it would have. What had missed its deadline
/// stands still no more.
pub(super) fn take_back(
    ledger: &Ledger,
    commitment: &Commitment,
    back: &TakenBack,
    context: &Context<'_>,
) -> Vec<Event> {
    if !may_be_taken_back(commitment, back, context) {
        return Vec::new();
    }
    if commitment.breach.is_some_and(|breach| breach.cause.is_missed()) {
        return renew::take_back(ledger, commitment, &back.evidence, context);
    }
    let allowance = commitment.terms.pausable;
    let pauses = as_allowed(&commitment.clock, allowance, &back.pauses, context);
    let mut owed = commitment.clone();
    owed.clock.pauses.extend(pauses.iter().filter_map(|pause| so_far(pause, context)));
    if owed.clock != commitment.clock {
        owed.due = owed.clock.due(context.measure(owed.terms.calendar.as_ref())).at;
    }
    let facts = renew::take_back(ledger, &owed, &back.evidence, context);
    let lasting: Vec<_> = pauses.iter().filter(|pause| pause.until.is_none()).collect();
    let standing = facts.last().and_then(|fact| match fact {
        Event::Promised(promised) => {
            let by = may_stand_until(&promised.clock, allowance, back.resume_by, context);
            Some(stands_from_birth(promised, &lasting, by, context))
        }
        _ => None,
    });
    facts.into_iter().chain(standing.unwrap_or_default()).collect()
}

/// Whoever takes a breach off the record by what he says was done in time, or made it needless, puts a record right, whatever else was done since.
fn may_be_taken_back(commitment: &Commitment, back: &TakenBack, context: &Context<'_>) -> bool {
    let Some((happened, by)) = &back.claimed else { return true };
    let context = Context { happened: Some(*happened), ..*context };
    earlier(commitment, Timestamp::MIN, by.as_ref(), &context).is_ok()
}

/// Further pauses, as far as there is enough left of an allowance of which an account has used some.
fn as_allowed(clock: &Clock, pausable: Option<Allowance>, further: &[Pause], context: &Context<'_>) -> Vec<Pause> {
    let total = pausable.map_or(0, |allowance| allowance.total.as_micros());
    let mut left = total.saturating_sub(stood(&clock.pauses, context.at));
    let mut counted = Timestamp::MIN;
    let mut allowed = Vec::new();
    for pause in further {
        let begins = pause.from.max(counted);
        let spent = begins.plus_micros(left);
        let until = pause.until.unwrap_or(context.at).min(spent);
        left = left.saturating_sub(until.micros_since(begins));
        counted = counted.max(until);
        let ended = pause.until.is_some() || spent <= context.at;
        allowed.push(Pause { until: ended.then_some(until), ..pause.clone() });
    }
    allowed.retain(|pause| pause.until.is_none_or(|until| until > pause.from));
    allowed
}

/// What an allowance comes to for a cycle that goes on with the account of another.
pub(super) fn what_is_left(allowance: Allowance, before: &Commitment) -> Option<Allowance> {
    let had = before.terms.pausable.map_or(0, |allowance| allowance.total.as_micros());
    let spent = stood(&before.clock.pauses, before.closed_at().unwrap_or(Timestamp::MIN));
    let left = had.saturating_sub(spent).min(allowance.total.as_micros());
    (left > 0).then(|| Allowance { total: ElapsedTime::from_micros(left), ..allowance })
}

fn terms_of(start: &Start) -> Terms {
    Terms {
        calendar: start.target.calendar.clone(),
        warn: start.target.warn.clone(),
        pausable: start.pausable,
        breach_owes: start.target.breach_owes.clone(),
        ..Terms::by(DueRule::Within(start.target.budget))
    }
}

pub(super) fn born_late(commitment: CommitmentId, owner: &Owner, beneficiary: &Party, due: Timestamp) -> Event {
    let (owner, beneficiary) = (owner.clone(), beneficiary.clone());
    Event::Breached { commitment, owner, beneficiary, due, cause: BreachCause::BornLate, notice: None }
}
