//! What follows when an agreement gives an order about a clock that it runs. One that does not apply yields nothing.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::begin::taken_back;
use super::correct::earlier;
use super::successor::as_withdrawn;
use super::{Context, due, hand_over, note, pause, renew, settle};
use crate::calendar::{Amount, ElapsedTime};
use crate::commitment::cause::{BreachCause, VoidCause};
use crate::commitment::clock::{Clock, Found, Pause, resume_by, stood};
use crate::commitment::clock_order::{ClockOrder, Continues, OnPriorityChange, Start, TakenBack, Target};
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::happened::Happened;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::{Promised, Retargeted};
use crate::commitment::origin::{Binding, Origin, Renewal, Renews, Rule, RuleReason};
use crate::commitment::party::{Owner, Party};
use crate::commitment::phase::Phase;
use crate::commitment::state::{Breach, Commitment};
use crate::commitment::terms::{Allowance, Terms};
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
        ClockOrder::Cancel(id, rule) => {
            withdrawn(id).map_or_else(Vec::new, |commitment| cancel(&commitment, rule, context))
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
                context,
            )
        }),
        ClockOrder::TakeBack(back) => {
            known(&back.commitment).map_or_else(Vec::new, |commitment| take_back(ledger, commitment, back, context))
        }
        ClockOrder::StrikeOut(id, evidence, by) => known(id)
            .and_then(|commitment| renew::never_began(commitment, evidence, by.as_ref(), context).ok())
            .unwrap_or_default(),
        ClockOrder::Replan(id, target, pausable, used) => known(id).map_or_else(Vec::new, |commitment| {
            let stretch = replanned(commitment, target, *used, context);
            // What is promised cannot be put off any longer than it was.
            let pausable = match commitment.binding {
                Binding::Goal => *pausable,
                Binding::Promised => commitment.terms.pausable,
            };
            let terms = Terms { pausable, ..stretch.terms };
            retarget(commitment, target, Stretch { terms, ..stretch }, context)
        }),
        ClockOrder::Reset(id, target, since) => known(id).map_or_else(Vec::new, |commitment| {
            retarget(commitment, target, begun_again(commitment, target, *since, context), context)
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

/// A cycle begins: running, standing still because it must, or late from birth.
fn begin(start: &Start, continues: Option<&Commitment>, context: &Context<'_>) -> Vec<Event> {
    let target = &start.target;
    let left = continues.filter(|_| matches!(start.continues, Some(Continues::Left(_))));
    let reopened = continues.filter(|_| matches!(start.continues, Some(Continues::Reopened(_))));
    let since = if left.is_some() { context.at } else { start.since };
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
    // What was broken by then did not begin again, and of what did nothing had run.
    for again in &start.again {
        if has_passed(due.at, *again) {
            break;
        }
        (clock, due) = account(*again, &|_| 0);
    }
    let promised = Promised {
        commitment: start.commitment,
        deliverable: start.deliverable.clone(),
        beneficiary: start.beneficiary.clone(),
        owner: start.owner.clone(),
        origin: Origin::Policy(start.cycle.clone()),
        binding: start.binding,
        terms,
        since: left.map(|_| start.since),
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
fn take_back(ledger: &Ledger, commitment: &Commitment, back: &TakenBack, context: &Context<'_>) -> Vec<Event> {
    if !may_be_taken_back(commitment, back, context) {
        return Vec::new();
    }
    if commitment.breach.is_some_and(|breach| breach.cause.is_missed()) {
        return renew::take_back(ledger, commitment, &back.evidence, context);
    }
    let allowance = commitment.terms.pausable;
    let pauses = as_it_stood(commitment, &back.pauses, context);
    let pauses = as_allowed(&commitment.clock, allowance, &pauses, context);
    let mut owed = commitment.clone();
    owed.clock.pauses.extend(pauses.iter().filter_map(|pause| so_far(pause, context)));
    if owed.clock != commitment.clock {
        owed.due = owed.clock.due(context.measure(owed.terms.calendar.as_ref())).at;
    }
    let facts = renew::take_back(ledger, &owed, &back.evidence, context);
    let lasting: Vec<_> = pauses.iter().filter(|pause| pause.until.is_none()).collect();
    let standing = facts.last().and_then(|fact| match fact {
        Event::Promised(promised) => {
            let stood = lasting.iter().find_map(|pause| would_have_stood_until(commitment, pause));
            let limit = back.resume_by.into_iter().chain(stood).min();
            let by = may_stand_until(&promised.clock, allowance, limit, context);
            Some(stands_from_birth(promised, &lasting, by, context))
        }
        _ => None,
    });
    facts.into_iter().chain(standing.unwrap_or_default()).collect()
}

/// Whoever takes a breach off the record by what he says was done in time puts a record right, whatever else was done since.
fn may_be_taken_back(commitment: &Commitment, back: &TakenBack, context: &Context<'_>) -> bool {
    let Some((happened, by)) = &back.claimed else { return true };
    let context = Context { happened: Some(*happened), ..*context };
    earlier(commitment, commitment.since, by.as_ref(), &context).is_ok()
}

/// Pauses as they would have lasted since it was closed: what it stood for then was to end by an instant.
fn as_it_stood(commitment: &Commitment, pauses: &[Pause], context: &Context<'_>) -> Vec<Pause> {
    let over = |pause: &Pause| {
        let by = would_have_stood_until(commitment, pause)?;
        Some(pause.until.map_or(by, |until| until.min(by))).filter(|over| *over <= context.at)
    };
    pauses.iter().map(|pause| Pause { until: over(pause).or(pause.until), ..pause.clone() }).collect()
}

/// When a pause that has gone on since it was closed was to end at the latest.
fn would_have_stood_until(commitment: &Commitment, pause: &Pause) -> Option<Timestamp> {
    let Phase::Closed { at, stood_for, resume_by, .. } = &commitment.phase else { return None };
    resume_by.filter(|_| pause.from == *at && stood_for.contains(&pause.reason))
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

fn born_late(commitment: CommitmentId, owner: &Owner, beneficiary: &Party, due: Timestamp) -> Event {
    let (owner, beneficiary) = (owner.clone(), beneficiary.clone());
    Event::Breached { commitment, owner, beneficiary, due, cause: BreachCause::BornLate, notice: None }
}

/// What it waits for was done. It may have begun only now, in hindsight, when its deadline had passed before that: then it was late.
fn stop(commitment: &Commitment, evidence: Option<&MessageRef>, context: &Context<'_>) -> Option<Vec<Event>> {
    let late = matches!(commitment.phase, Phase::Active { .. }) && has_passed(commitment.due, context.happened_at());
    if !late {
        return settle::fulfil(commitment, evidence, None, context).ok();
    }
    let (at, due, cause) = (context.at, commitment.due, BreachCause::BornLate);
    let broken = Commitment { phase: Phase::Overdue, breach: Some(Breach { at, due, cause }), ..commitment.clone() };
    let done = settle::fulfil(&broken, evidence, None, context).ok()?;
    let born_late = born_late(commitment.id, &commitment.owner, &commitment.beneficiary, due);
    Some([born_late].into_iter().chain(done).collect())
}

/// A rule ends it. What was promised to a customer, no rule of the desk's can end.
fn cancel(commitment: &Commitment, rule: &Rule, context: &Context<'_>) -> Vec<Event> {
    if commitment.binding == Binding::Promised {
        return Vec::new();
    }
    let id = commitment.id;
    let used = context.used(commitment, context.at);
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
    let due = due_now(commitment, context).at;
    let (owner, beneficiary) = (commitment.owner.clone(), commitment.beneficiary.clone());
    Event::Breached { commitment: commitment.id, owner, beneficiary, due, cause: BreachCause::Unanswered, notice: None }
}

/// Another budget. What is broken already stays broken, and a promise moves only nearer.
fn retarget(commitment: &Commitment, target: &Target, stretch: Stretch, context: &Context<'_>) -> Vec<Event> {
    let Stretch { terms, since, clock, exact } = stretch;
    let paused = match commitment.phase {
        Phase::Active { .. } => false,
        Phase::Paused { .. } => true,
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Overdue | Phase::Closed { .. } => {
            return Vec::new();
        }
    };
    let measure = context.measure(target.calendar.as_ref());
    let standing = clock.paused_until(context.at);
    let exhausted = exact.unwrap_or_else(|| standing.due(measure));
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
    let retargeted = Event::Retargeted(Box::new(Retargeted {
        commitment: commitment.id,
        priority: target.priority.clone(),
        warnings: standing.warnings(due.at, &terms.warn, measure),
        terms,
        since,
        left: clock.budget.with_micros(left),
        clock,
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

/// The terms of a commitment from now on, since when it is owed, and the account of its time.
struct Stretch {
    terms: Terms,
    since: Timestamp,
    clock: Clock,
    /// The deadline, where a rule names an instant and nothing has put that off.
    exact: Option<Found>,
}

impl Stretch {
    /// A budget whose time counts from `from`, with the pauses that there have been.
    fn of(commitment: &Commitment, target: &Target, from: Timestamp, context: &Context<'_>) -> Self {
        let terms = Terms {
            due: DueRule::Within(target.budget),
            calendar: target.calendar.clone(),
            warn: target.warn.clone(),
            breach_owes: target.breach_owes.clone(),
            ..commitment.terms.clone()
        };
        let due::Resolved { clock, due } = due::of(&terms, from, context);
        let pauses = commitment.clock.pauses.clone();
        let exact = pauses.iter().all(|pause| pause.until.is_some_and(|until| until <= from)).then_some(due);
        Self { terms, since: commitment.since, clock: Clock { pauses, ..clock }, exact }
    }

    /// The same with so much used already, from `since` on.
    fn having_used(self, since: Timestamp, micros: u64) -> Self {
        let carried = (micros > 0).then(|| self.clock.budget.with_micros(micros));
        let moved = micros > 0 || since != self.clock.since;
        Self { exact: self.exact.filter(|_| !moved), clock: Clock { since, carried, ..self.clock }, ..self }
    }
}

/// The account with the new budget since an instant, by what is to become of the time that had run by then.
fn swapped(
    commitment: &Commitment,
    before: Option<&Commitment>,
    target: &Target,
    mode: OnPriorityChange,
    at: Timestamp,
    context: &Context<'_>,
) -> Stretch {
    let old = &commitment.clock;
    let from = |since| Stretch::of(commitment, target, since, context);
    match mode {
        OnPriorityChange::Restart => from(at),
        OnPriorityChange::Recount => {
            // From the beginning of the account, which is that of the first of its cycles.
            let recounted = from(commitment.since);
            let before = before.and_then(|before| taken_over(before, recounted.clock.budget, target));
            recounted.having_used(commitment.since, before.map_or(0, Amount::as_micros))
        }
        OnPriorityChange::Keep => {
            let recounted = from(commitment.since);
            if old.budget.is_like(recounted.clock.budget) && commitment.terms.calendar == target.calendar {
                return recounted.having_used(old.since, old.carried.map_or(0, Amount::as_micros));
            }
            let budget = recounted.clock.budget;
            let share = share(old.budget, context.used(commitment, at), budget);
            recounted.having_used(at, share.map_or(0, Amount::as_micros))
        }
    }
}

/// The account under another edition of the rules: what has run stays as the hours of its time have counted it.
fn replanned(commitment: &Commitment, target: &Target, used: Amount, context: &Context<'_>) -> Stretch {
    let recounted = Stretch::of(commitment, target, commitment.since, context);
    let budget = recounted.clock.budget;
    let alike = used.is_like(budget) && commitment.terms.calendar == target.calendar;
    let kept = if alike { Some(used) } else { share(commitment.clock.budget, used, budget) };
    recounted.having_used(context.at, kept.map_or(0, Amount::as_micros))
}

/// When a commitment whose clock runs would be due by other hours: those of another edition. None where no calendar is asked.
pub(crate) fn would_be_due(commitment: &Commitment, context: &Context<'_>) -> Option<Timestamp> {
    match commitment.phase {
        Phase::Active { .. } => {}
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Paused { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => return None,
    }
    let due::Resolved { clock, due } = due::of(&commitment.terms, commitment.clock.since, context);
    let own = &commitment.clock;
    // What had run before better terms named an instant has no part in that.
    let carried = match commitment.terms.due {
        DueRule::Within(_) | DueRule::Vague(_) => own.carried,
        DueRule::At(_) | DueRule::By(_) | DueRule::EndOfBusiness(_) => clock.carried,
    };
    if own.pauses.is_empty() && carried == clock.carried {
        return Some(due.at);
    }
    let clock = Clock { pauses: own.pauses.clone(), carried, ..clock };
    Some(clock.due(context.measure(commitment.terms.calendar.as_ref())).at)
}

/// What has run of one budget, as the same share of another.
fn share(old: Amount, used: Amount, budget: Amount) -> Option<Amount> {
    let (whole, new) = (u128::from(old.as_micros()), u128::from(budget.as_micros()));
    let share = (u128::from(used.as_micros()) * new).checked_div(whole).unwrap_or(0);
    let share = u64::try_from(share).unwrap_or(u64::MAX);
    (share > 0).then(|| budget.with_micros(share))
}

/// What had run of a closed cycle, for the one that goes on with it.
fn taken_over(closed: &Commitment, budget: Amount, target: &Target) -> Option<Amount> {
    let Phase::Closed { used, .. } = closed.phase else { return None };
    let alike = closed.clock.budget.is_like(budget) && closed.terms.calendar == target.calendar;
    if alike { Some(used).filter(|used| used.as_micros() > 0) } else { share(closed.clock.budget, used, budget) }
}

/// The account of a stretch that begins with this fact.
fn begun_again(commitment: &Commitment, target: &Target, since: Option<Timestamp>, context: &Context<'_>) -> Stretch {
    let since = since.unwrap_or_else(|| context.happened_at().max(commitment.since));
    Stretch { since, ..Stretch::of(commitment, target, since, context) }
}
