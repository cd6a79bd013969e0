//! What follows when an agreement gives an order about a clock that it runs. One that does not apply yields nothing.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Context, hand_over, pause, settle};
use crate::calendar::Amount;
use crate::commitment::cause::{BreachCause, VoidCause};
use crate::commitment::clock::{Clock, Found, Pause, resume_by};
use crate::commitment::clock_order::{ClockOrder, Mode, Start, Target};
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::happened::Happened;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Promised, Retargeted};
use crate::commitment::origin::{Binding, Origin, Rule, RuleReason};
use crate::commitment::party::{Owner, Party};
use crate::commitment::phase::Phase;
use crate::commitment::state::Commitment;
use crate::commitment::terms::Terms;
use crate::{CommitmentId, Timestamp, has_passed};

/// What follows from an agreement's order.
pub(crate) fn decide_for_agreement(ledger: &Ledger, order: &ClockOrder, context: &Context<'_>) -> Vec<Event> {
    let known = |id: &CommitmentId| ledger.get(*id);
    match order {
        ClockOrder::Start(start) if known(&start.commitment).is_none() => {
            begin(start, start.continues.and_then(|id| known(&id)), context)
        }
        ClockOrder::Start(_) => Vec::new(),
        ClockOrder::Stop(id, evidence) => known(id)
            .and_then(|commitment| settle::fulfil(commitment, evidence.as_ref(), None, context).ok())
            .unwrap_or_default(),
        ClockOrder::End(id) => known(id)
            .and_then(|commitment| {
                // A status holds from when it is taken in, however early somebody dates it.
                let not_before = |happened: Happened| Happened { at: happened.at.max(commitment.since), ..happened };
                let context = Context { happened: context.happened.map(not_before), ..*context };
                settle::fulfil(commitment, None, None, &context).ok()
            })
            .unwrap_or_default(),
        ClockOrder::Cancel(id, rule) => known(id).map_or_else(Vec::new, |commitment| cancel(commitment, rule, context)),
        ClockOrder::Pause(id, reason) => known(id)
            .and_then(|commitment| pause::stand_still(commitment, reason, None, None, context).ok())
            .unwrap_or_default(),
        ClockOrder::Resume(id, reason) => {
            known(id).and_then(|commitment| pause::resume(commitment, reason, context).ok()).unwrap_or_default()
        }
        ClockOrder::Retarget(id, target, mode) => known(id).map_or_else(Vec::new, |commitment| {
            retarget(commitment, target, swapped(commitment, target, *mode, context), context)
        }),
        ClockOrder::Reset(id, target) => known(id).map_or_else(Vec::new, |commitment| {
            retarget(commitment, target, begun_again(commitment, target, context), context)
        }),
        ClockOrder::HandOver(id, owner) => {
            known(id).and_then(|commitment| hand_over(commitment, owner).ok()).unwrap_or_default()
        }
    }
}

/// A cycle begins: running, standing still because it must, or late from birth.
fn begin(start: &Start, continues: Option<&Commitment>, context: &Context<'_>) -> Vec<Event> {
    let target = &start.target;
    let lasting = start.pauses.iter().filter(|pause| pause.until.is_none());
    let reasons: Vec<_> = lasting.map(|pause| pause.reason.clone()).collect();
    let so_far = |pause: &Pause| Pause { until: pause.until.or(Some(context.at)), ..pause.clone() };
    let mut clock = continues.map_or_else(
        || Clock::new(start.since, target.budget),
        |left| Clock { carried: taken_over(left, target), ..Clock::new(context.at, target.budget) },
    );
    clock.pauses = start.pauses.iter().map(so_far).filter(|pause| pause.until > Some(pause.from)).collect();
    let measure = context.measure(target.calendar.as_ref());
    let due = clock.due(measure);
    let promised = Promised {
        commitment: start.commitment,
        deliverable: start.deliverable.clone(),
        beneficiary: start.beneficiary.clone(),
        owner: start.owner.clone(),
        origin: Origin::Policy(start.cycle.clone()),
        binding: start.binding,
        terms: Terms {
            calendar: target.calendar.clone(),
            warn: target.warn.clone(),
            pausable: start.pausable,
            ..Terms::by(DueRule::Within(target.budget.into()))
        },
        since: continues.map(|_| start.since),
        warnings: clock.warnings(due.at, &target.warn, measure),
        clock,
        due: due.at,
        repairs: None,
        renews: None,
        promiser: None,
        fallback: due.fallback,
    };
    let born =
        |standing: Vec<Event>| [Event::Promised(Box::new(promised.clone()))].into_iter().chain(standing).collect();
    let Some((first, others)) = reasons.split_first() else { return born(Vec::new()) };
    if has_passed(due.at, context.at) {
        // Standing still would hide that it was too late before it began.
        return born(Vec::from([born_late(start.commitment, &start.owner, &start.beneficiary, due.at)]));
    }
    let by = start.resume_by.or_else(|| resume_by(&promised.clock.pauses, start.pausable, context.at, None));
    let Some(resume_by) = by else { return born(Vec::new()) };
    let left = target.budget.with_micros(promised.clock.left(context.at, measure));
    let commitment = start.commitment;
    let paused = Event::Paused { commitment, reason: first.clone(), left, resume_by, told: None };
    let joined = others.iter().map(|reason| Event::PauseJoined { commitment, reason: reason.clone(), told: None });
    born([paused].into_iter().chain(joined).collect())
}

fn born_late(commitment: CommitmentId, owner: &Owner, beneficiary: &Party, due: Timestamp) -> Event {
    let (owner, beneficiary) = (owner.clone(), beneficiary.clone());
    Event::Breached { commitment, owner, beneficiary, due, cause: BreachCause::BornLate, notice: None }
}

/// A rule ends it. What was promised to a customer, no rule of the desk's can end.
fn cancel(commitment: &Commitment, rule: &Rule, context: &Context<'_>) -> Vec<Event> {
    if commitment.binding == Binding::Promised {
        return Vec::new();
    }
    let (id, rule) = (commitment.id, rule.clone());
    let used = context.used(commitment, context.at);
    match commitment.phase {
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => {
            Vec::from([Event::Voided { commitment: id, cause: VoidCause::Rule(rule), used, corrects: None }])
        }
        // Leaving an agreement is no delivery: what is broken is owed until it is done, or not needed any more.
        Phase::Overdue => match rule.why {
            RuleReason::NotNeeded => Vec::from([Event::Overtaken { commitment: id, rule, used }]),
            RuleReason::Left => Vec::new(),
        },
        Phase::Closed { .. } => Vec::new(),
    }
}

/// Another budget. What is broken already stays broken, and a promise moves only nearer.
fn retarget(commitment: &Commitment, target: &Target, stretch: Stretch, context: &Context<'_>) -> Vec<Event> {
    let Stretch { since, clock } = stretch;
    let paused = match commitment.phase {
        Phase::Active { .. } => false,
        Phase::Paused { .. } => true,
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue | Phase::Closed { .. } => {
            return Vec::new();
        }
    };
    let measure = context.measure(target.calendar.as_ref());
    let standing = clock.paused_until(context.at);
    let exhausted = standing.due(measure);
    let left = standing.left(context.at, measure);
    let over = has_passed(exhausted.at, context.at);
    let due = if paused && !over { clock.due_if_resumed(context.at, left, measure) } else { exhausted };
    let allowed = match commitment.binding {
        Binding::Goal => true,
        Binding::Promised => due.at <= due_now(commitment, context).at,
    };
    if !allowed {
        return Vec::new();
    }
    let terms = Terms {
        due: DueRule::Within(target.budget.into()),
        calendar: target.calendar.clone(),
        warn: target.warn.clone(),
        ..commitment.terms.clone()
    };
    let retargeted = Event::Retargeted(Box::new(Retargeted {
        commitment: commitment.id,
        priority: target.priority.clone(),
        warnings: standing.warnings(due.at, &terms.warn, measure),
        terms,
        since,
        clock,
        left: target.budget.with_micros(left),
        due: due.at,
        fallback: due.fallback,
    }));
    // A standing clock has no timer that would find it out.
    let breached =
        (paused && over).then(|| born_late(commitment.id, &commitment.owner, &commitment.beneficiary, due.at));
    [retargeted].into_iter().chain(breached).collect()
}

/// The deadline as it is; where the clock stands, what it would be if it went on now.
fn due_now(commitment: &Commitment, context: &Context<'_>) -> Found {
    let measure = context.measure(commitment.terms.calendar.as_ref());
    match commitment.phase {
        Phase::Paused { left, .. } => commitment.clock.due_if_resumed(context.at, left.as_micros(), measure),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => Found { at: commitment.due, fallback: None },
    }
}

/// Since when a commitment is owed, and the account of its time.
struct Stretch {
    since: Timestamp,
    clock: Clock,
}

/// The account with the new budget, by what is to become of the time that has run.
fn swapped(commitment: &Commitment, target: &Target, mode: Mode, context: &Context<'_>) -> Stretch {
    let old = &commitment.clock;
    let with = |since, carried| Stretch {
        since: commitment.since,
        clock: Clock { since, carried, budget: target.budget, pauses: old.pauses.clone() },
    };
    match mode {
        Mode::Restart => with(context.at, None),
        Mode::Recount => with(commitment.since, None),
        Mode::Keep if old.budget.is_like(target.budget) && commitment.terms.calendar == target.calendar => {
            with(old.since, old.carried)
        }
        Mode::Keep => with(context.at, share(commitment, context.used(commitment, context.at), target)),
    }
}

/// What has run of one budget, as the same share of another.
fn share(commitment: &Commitment, used: Amount, target: &Target) -> Option<Amount> {
    let (whole, new) = (u128::from(commitment.clock.budget.as_micros()), u128::from(target.budget.as_micros()));
    let share = (u128::from(used.as_micros()) * new).checked_div(whole).unwrap_or(0);
    let share = u64::try_from(share).unwrap_or(u64::MAX);
    (share > 0).then(|| target.budget.with_micros(share))
}

/// What had run of a cycle that the ticket has left, for the one that goes on with it.
fn taken_over(left: &Commitment, target: &Target) -> Option<Amount> {
    let Phase::Closed { used, .. } = left.phase else { return None };
    let alike = left.clock.budget.is_like(target.budget) && left.terms.calendar == target.calendar;
    if alike { Some(used).filter(|used| used.as_micros() > 0) } else { share(left, used, target) }
}

/// The account of a stretch that begins with this fact.
fn begun_again(commitment: &Commitment, target: &Target, context: &Context<'_>) -> Stretch {
    let since = context.happened_at().max(commitment.since);
    let pauses = commitment.clock.pauses.clone();
    Stretch { since, clock: Clock { since, carried: None, budget: target.budget, pauses } }
}
