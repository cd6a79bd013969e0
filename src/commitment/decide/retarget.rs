//! A commitment's budget, calendar or beginning is another from now on, and what had run of it is taken over.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cycle::born_late;
use super::{Context, due};
use crate::calendar::Amount;
use crate::commitment::clock::{Clock, Found};
use crate::commitment::clock_order::{OnPriorityChange, Target};
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::made::Retargeted;
use crate::commitment::origin::Binding;
use crate::commitment::phase::Phase;
use crate::commitment::state::Commitment;
use crate::commitment::terms::{Allowance, Terms};
use crate::{Timestamp, has_passed};

/// Another budget. What is broken already stays broken, and a promise moves only nearer than it was told.
pub(super) fn retarget(
    commitment: &Commitment,
    target: &Target,
    stretch: Stretch,
    told: Timestamp,
    context: &Context<'_>,
) -> Vec<Event> {
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
        Binding::Promised => due.at <= told,
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
pub(crate) fn due_now(commitment: &Commitment, context: &Context<'_>) -> Timestamp {
    let measure = context.measure(commitment.terms.calendar.as_ref());
    match commitment.phase {
        Phase::Paused { left, .. } => commitment.clock.due_if_resumed(context.at, left.as_micros(), measure).at,
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => commitment.due,
    }
}

/// The terms of a commitment from now on, since when it is owed, and the account of its time.
pub(super) struct Stretch {
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
pub(super) fn swapped(
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

/// The account under another edition of the rules: what has run stays as the hours of its time have counted it. What is promised cannot be put off
/// any longer than it was.
pub(super) fn replanned(
    commitment: &Commitment,
    target: &Target,
    pausable: Option<Allowance>,
    used: Amount,
    context: &Context<'_>,
) -> Stretch {
    let mut recounted = Stretch::of(commitment, target, commitment.since, context);
    match commitment.binding {
        Binding::Goal => recounted.terms.pausable = pausable,
        Binding::Promised => {}
    }
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
pub(super) fn taken_over(closed: &Commitment, budget: Amount, target: &Target) -> Option<Amount> {
    let Phase::Closed { used, .. } = closed.phase else { return None };
    let alike = closed.clock.budget.is_like(budget) && closed.terms.calendar == target.calendar;
    if alike { Some(used).filter(|used| used.as_micros() > 0) } else { share(closed.clock.budget, used, budget) }
}

/// The account of a stretch that begins with this fact.
pub(super) fn begun_again(
    commitment: &Commitment,
    target: &Target,
    since: Option<Timestamp>,
    context: &Context<'_>,
) -> Stretch {
    let since = since.unwrap_or_else(|| context.happened_at().max(commitment.since));
    Stretch { since, ..Stretch::of(commitment, target, since, context) }
}
