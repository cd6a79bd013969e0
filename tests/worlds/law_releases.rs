//! Law 6: only the customer releases a promise. What falls away does so by his word, by what he left undone, by a record that is put right;
//! a goal also by its agreement's rule. And nothing that is promised gets worse without his word.

use owed::commitment::{
    Actor, Binding, Chase, Commitment, Ending, Event as Fact, Order as About, Outcome, Party, Phase, Short, Verdict,
    VoidCause,
};
use owed::policy::SilenceStep;
use owed::{Order, Timestamp};

use super::laws::{Broken, Turn, holds, may_put_right};

pub fn falls_away_only_so(turn: &Turn<'_>) -> Result<(), Broken> {
    let Some(before) = turn.before else { return Ok(()) };
    let is_so = match turn.fact {
        Fact::Voided { cause, corrects, .. } => {
            let late = turn.step.command.is_some_and(|command| command.happened.is_some());
            let pending = before.verdict() == Verdict::Pending;
            // What takes back a verdict says who vouches for it; what takes back none has none to take back.
            let fits = if corrects.is_some() { late && !pending } else { pending || puts_right(cause) };
            fits && may_be_void(turn, before, cause)
        }
        Fact::Ended { ending: Ending::Waived { .. }, .. } => {
            his_own(turn, before)
                && ordered(turn)
                    .is_some_and(|order| matches!(order, About::Waive { commitment, .. } if *commitment == before.id))
        }
        Fact::Amended(new) => match &before.phase {
            Phase::Paused { left, .. } => new.running.due <= turn.recorded.at.plus_micros(left.as_micros()),
            _ => new.running.due <= before.due,
        },
        Fact::Retargeted(new) if before.binding == Binding::Promised => match &before.phase {
            Phase::Paused { left, .. } => new.due <= turn.recorded.at.plus_micros(left.as_micros()),
            _ => new.due <= before.due,
        },
        _ => true,
    };
    holds(is_so, "only the customer releases a promise", || format!("{:?}\nof {before:?}", turn.recorded))
}

/// A verdict of this kind is about a record that was wrong, or repairs one that was.
const fn puts_right(cause: &VoidCause) -> bool {
    matches!(cause, VoidCause::Retracted { .. } | VoidCause::InError { .. } | VoidCause::Corrected { .. })
}

fn ordered<'a>(turn: &Turn<'a>) -> Option<&'a About> {
    match turn.step.command.map(|command| &command.order) {
        Some(Order::Commitment(order)) => Some(order),
        Some(Order::Ticket(_) | Order::Escalation(_)) | None => None,
    }
}

/// By him to whom it is owed, or by the desk, which shows how he said so; by no other customer.
fn his_own(turn: &Turn<'_>, before: &Commitment) -> bool {
    turn.step.command.is_some_and(|command| match &command.by {
        Actor::Customer(who) => before.beneficiary == Party::Customer(who.clone()),
        Actor::Agent(_) => true,
        Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_) => false,
    })
}

fn may_be_void(turn: &Turn<'_>, before: &Commitment, cause: &VoidCause) -> bool {
    let id = before.id;
    let phase = &before.phase;
    let is =
        |wanted: fn(&About) -> bool| ordered(turn).is_some_and(|order| wanted(order) && order.commitment() == Some(id));
    match cause {
        VoidCause::Released { .. } => his_own(turn, before) && is(|order| matches!(order, About::Release { .. })),
        VoidCause::Renegotiated { .. } => {
            let told = before.notes.as_ref().is_some_and(|notes| notes.proposal.is_some());
            told && his_own(turn, before) && is(|order| matches!(order, About::Accept { .. }))
        }
        VoidCause::Rule(_) => before.binding == Binding::Goal,
        VoidCause::Dismissed { .. } => {
            matches!(phase, Phase::Candidate { .. }) && is(|order| matches!(order, About::Dismiss { .. }))
        }
        VoidCause::Withdrawn { .. } => {
            matches!(phase, Phase::Conditional { .. }) && is(|order| matches!(order, About::Withdraw { .. }))
        }
        VoidCause::Lapsed => {
            let over = |limit: Timestamp| limit <= turn.recorded.at && limit < turn.step.now;
            matches!(phase, Phase::Conditional { limit, .. } if over(*limit))
        }
        VoidCause::CustomerAbsent => {
            is(|order| matches!(order, About::FindAbsent { .. }))
                && (was_silent(before, turn.step.now) || missed_his_slot(before))
                || turn.step.before.silences().iter().any(|silence| {
                    let told = |step| silence.told.iter().filter(move |told| told.step == step).count();
                    told(SilenceStep::Remind) >= 2 && told(SilenceStep::Warn) >= 1
                })
        }
        // What it repairs, or was owed for, was none: by the same command.
        VoidCause::Corrected { original } => {
            let original = turn.ticket.ledger().get(*original);
            original.is_some_and(|original| original.verdict() != Verdict::Breached)
        }
        VoidCause::Retracted { .. } => !before.is_open() && is(|order| matches!(order, About::Retract { .. })),
        VoidCause::SeriesStopped { .. } => {
            let stops = ordered(turn).is_some_and(|order| matches!(order, About::StopSeries { .. }));
            // What comes back of a round, once its series has been stopped before that was due.
            stops || before.renews.is_some() && turn.ticket.ledger().all().any(is_stopped)
        }
        VoidCause::InTime { .. } => is(|order| matches!(order, About::MeetCondition { .. } | About::Hear { .. })),
        // What was only found in a message, or is a goal that runs, nobody has been told of.
        VoidCause::InError { .. } => {
            let told = before.binding == Binding::Promised && !matches!(phase, Phase::Candidate { .. });
            let free = !told && before.verdict() == Verdict::Pending;
            is(|order| matches!(order, About::RecordInError { .. })) && (free || may_put_right(turn, before))
        }
    }
}

/// Also where the round that was open then has been struck out since: the series has stopped all the same.
fn is_stopped(known: &Commitment) -> bool {
    let stopped = |outcome: &Outcome| matches!(outcome, Outcome::Void(VoidCause::SeriesStopped { .. }));
    let struck_out = known.notes.as_ref().and_then(|notes| notes.struck_out.as_ref());
    let closed = matches!(&known.phase, Phase::Closed { outcome, .. } if stopped(outcome));
    closed || struck_out.is_some_and(stopped)
}

/// Asked, reminded twice, warned, and past the instant until which he was heard. The steps are on record, each by an event of its own.
fn was_silent(before: &Commitment, now: Timestamp) -> bool {
    let chase = before.notes.as_ref().and_then(|notes| notes.chase);
    chase.is_some_and(|chase| chase.asked && chase.reminded >= 2 && chase.until.is_some_and(|until| until < now))
}

/// Two attempts in the slot that was agreed on, and a message left.
fn missed_his_slot(before: &Commitment) -> bool {
    let Some(opens_at) = before.terms.opens_at else { return false };
    let attempts = before.notes.iter().flat_map(|notes| &notes.attempts);
    let in_slot: Vec<_> = attempts.filter(|tried| (opens_at..=before.due).contains(&tried.at)).collect();
    in_slot.len() >= 2 && in_slot.iter().any(|tried| tried.short == Short::MessageLeft)
}

/// The steps of asking for his part go in their order: nobody is warned who was not asked, and reminded twice.
pub fn asked_in_order(turn: &Turn<'_>) -> Result<(), Broken> {
    let (Fact::Chased { step, .. }, Some(before)) = (turn.fact, turn.before) else { return Ok(()) };
    let so_far = before.notes.as_ref().and_then(|notes| notes.chase).unwrap_or_default();
    let is_so = match step {
        Chase::Asked => true,
        Chase::Reminded => so_far.asked,
        Chase::Warned { until } => so_far.asked && so_far.reminded >= 2 && *until > turn.step.now,
    };
    holds(is_so, "nobody is given up unasked", || format!("{:?}\nof {before:?}", turn.recorded))
}
