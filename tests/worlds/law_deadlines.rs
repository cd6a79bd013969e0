//! Law 7: a breach is at its deadline, and the deadline is where the budget ends. Counted here by hand, from the account alone.

use owed::Timestamp;
use owed::commitment::{BreachCause, Clock, Commitment, Event as Fact, Order as About, Phase};
use owed::{Cause, Order};

use super::laws::{Broken, Turn, holds};

/// Where the budget of an account ends, if it goes on from what is on record; all time counts that lies in no pause. Where it ends just as a
/// pause begins, that is so; or else, where the budget became so short only then, as the clock goes on.
fn end_of(clock: &Clock, before_a_pause: bool) -> Timestamp {
    let carried = clock.carried.map_or(0, |carried| carried.as_micros());
    let mut left = clock.budget.as_micros().saturating_sub(carried);
    let mut at = clock.since;
    for pause in &clock.pauses {
        let ran = pause.from.micros_since(at);
        if pause.from >= at && (ran > left || ran == left && before_a_pause) {
            break;
        }
        left = left.saturating_sub(ran);
        at = at.max(pause.until.unwrap_or(at));
    }
    at.plus_micros(left)
}

/// A state has the deadline that its account comes to. What was used up before it began ended before that, and is born late.
pub fn deadline_is_where_the_budget_ends(known: &Commitment) -> Result<(), Broken> {
    let used_up = known.clock.carried.is_some_and(|carried| carried.as_micros() >= known.clock.budget.as_micros());
    let is_so = match &known.phase {
        Phase::Active { .. } => {
            used_up || [true, false].map(|before| end_of(&known.clock, before)).contains(&known.due)
        }
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Paused { .. } | Phase::Overdue => true,
        Phase::Closed { .. } => true,
    };
    holds(is_so, "a deadline is where the budget ends", || format!("{}: {known:?}", end_of(&known.clock, true)))
}

/// At the deadline where that has passed; at the change where it was born late; at the desk's own word where it gives up.
pub fn breach_is_at_its_deadline(turn: &Turn<'_>) -> Result<(), Broken> {
    let (Fact::Breached { due, cause, .. }, Some(before)) = (turn.fact, turn.before) else { return Ok(()) };
    let (at, now) = (turn.recorded.at, turn.step.now);
    let ordered = turn.step.command.map(|command| &command.order);
    let by_order = |is_it: fn(&About) -> bool| matches!(ordered, Some(Order::Commitment(order)) if is_it(order));
    let is_so = match cause {
        BreachCause::Deadline => {
            matches!(before.phase, Phase::Active { .. }) && at == *due && *due == before.due && now > at
        }
        BreachCause::BornLate => *due < at && at <= now,
        BreachCause::Withdrawn => at == now && by_order(|order| matches!(order, About::Withdraw { .. })),
        BreachCause::Impossible => at == now && by_order(|order| matches!(order, About::DeclareImpossible { .. })),
        BreachCause::Unanswered => at == now && matches!(ordered, Some(Order::Ticket(_))),
    };
    // Nothing waits for its deadline longer than it was told to.
    let in_time = *cause == BreachCause::BornLate || at <= before.due || matches!(before.phase, Phase::Paused { .. });
    holds(is_so && in_time, "a breach is at its deadline", || format!("{:?}\nof {before:?}", turn.recorded))
}

/// Once for each deadline, at its own instant, and never of what has passed.
pub fn warning_is_at_its_instant(turn: &Turn<'_>) -> Result<(), Broken> {
    let (Fact::Warned { warning, due, .. }, Some(before)) = (turn.fact, turn.before) else { return Ok(()) };
    let at = turn.recorded.at;
    let armed = match &before.phase {
        Phase::Active { warnings, .. } => warnings.iter().any(|armed| armed.warning == *warning && armed.at == at),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Paused { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => false,
    };
    let by_time = turn.recorded.cause == Cause::Time && at < turn.step.now;
    holds(armed && by_time && *due == before.due && at <= *due, "a warning is at its instant", || {
        format!("{:?}\nof {before:?}", turn.recorded)
    })
}
