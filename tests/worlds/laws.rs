//! The laws of a step: a command that was taken, or a wake. Each is said here in words of its own, by what is on record before an event, by
//! the event and by what is on record after it.

use owed::commitment::{Actor, Commitment, Corrections, Event as Fact, Stamp, Verdict};
use owed::{Cause, Command, CommitmentId, Event, Recorded, Ticket, Timestamp};

use super::law_deadlines::{breach_is_at_its_deadline, warning_is_at_its_instant};
use super::law_pauses::pause_is_bounded;
use super::law_releases::{asked_in_order, falls_away_only_so};
use super::law_ticket::{
    closes_on_no_promise, escalation_changes_no_debt, escalation_is_bounded, escalation_never_goes_quiet,
};
use super::rows::Rows;

/// Which law, and what broke it.
pub type Broken = String;

pub fn holds(is_so: bool, law: &str, what: impl FnOnce() -> String) -> Result<(), Broken> {
    if is_so { Ok(()) } else { Err(format!("{law}: {}", what())) }
}

pub struct Step<'a> {
    pub before: &'a Ticket,
    pub after: &'a Ticket,
    pub now: Timestamp,
    /// None: a wake.
    pub command: Option<&'a Command>,
    /// How far the world's rules let a person put a record right.
    pub corrections: Option<Corrections>,
}

/// One fact about a commitment, with what is on record just before it and just after.
pub struct Turn<'a> {
    pub step: &'a Step<'a>,
    pub recorded: &'a Recorded,
    pub fact: &'a Fact,
    pub ticket: &'a Ticket,
    pub before: Option<&'a Commitment>,
}

/// All laws of one step. The events are applied one by one to what was stored before: that is a replay, so what every ticket comes to is
/// held against what its events make of it at every step of its way.
pub fn of_step(step: &Step<'_>, events: &[Recorded], rows: &mut Rows) -> Result<(), Broken> {
    let mut replica = step.before.clone();
    for recorded in events {
        in_order(step, &replica, recorded)?;
        if let Event::Commitment(fact) = &recorded.event {
            let id = fact.commitment();
            let before = replica.ledger().get(id).cloned();
            let turn = Turn { step, recorded, fact, ticket: &replica, before: before.as_ref() };
            rows.count(&turn);
            may_follow(&turn)?;
            breach_is_at_its_deadline(&turn)?;
            warning_is_at_its_instant(&turn)?;
            pause_is_bounded(&turn)?;
            falls_away_only_so(&turn)?;
            asked_in_order(&turn)?;
            replica.apply(recorded);
            verdict_is_given_once(before.as_ref(), &replica, id, recorded)?;
        } else {
            rows.count_other(recorded);
            escalation_is_bounded(&replica, recorded)?;
            replica.apply(recorded);
        }
    }
    holds(replica == *step.after, "replay equals live", || format!("{replica:?}\n{:?}", step.after))?;
    nothing_is_lost(step, events)?;
    closes_on_no_promise(step, events)?;
    escalation_changes_no_debt(step)?;
    escalation_never_goes_quiet(step)
}

/// Facts of time stand at instants that have passed, those of a command at its own; noticed now; one after the other.
fn in_order(step: &Step<'_>, replica: &Ticket, recorded: &Recorded) -> Result<(), Broken> {
    let caused = match (recorded.cause, step.command) {
        (Cause::Time, None) => recorded.at < step.now && recorded.by.is_none() && recorded.happened.is_none(),
        (Cause::Command(id), Some(command)) => id == command.id && recorded.at == command.at,
        // Time was heard before: a command finds nothing that time has done.
        (Cause::Time, Some(_)) | (Cause::Command(_), None) => false,
    };
    let placed = recorded.version == replica.version() + 1 && recorded.noticed == step.now;
    let later = replica.last_recorded().is_none_or(|last| last <= recorded.at);
    holds(caused && placed && later, "time goes in order", || format!("{recorded:?}"))
}

/// What may become of a verdict: given once, and then only put right, by an event that says so.
fn may_follow(turn: &Turn<'_>) -> Result<(), Broken> {
    let makes = matches!(turn.fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_));
    let Some(before) = turn.before else {
        return holds(makes, "nothing comes of nothing", || format!("{:?}", turn.recorded));
    };
    let (pending, owed) = (before.verdict() == Verdict::Pending, before.is_open());
    let is_so = match turn.fact {
        Fact::Fulfilled { .. } | Fact::Breached { .. } => pending,
        Fact::DeliveredLate { .. } | Fact::Overtaken { .. } | Fact::Superseded { .. } | Fact::Ended { .. } => {
            owed && before.verdict() == Verdict::Breached
        }
        Fact::Corrected { stamp, .. } => {
            let vouched = *stamp == Stamp::Transport || may_put_right(turn, before);
            before.verdict() == Verdict::Breached && was_done_earlier(turn, before) && vouched
        }
        Fact::Paused { .. } | Fact::PauseJoined { .. } | Fact::PauseLeft { .. } | Fact::Resumed { .. } => pending,
        Fact::Excluded { .. } => before.verdict() == Verdict::Breached,
        // How it falls away is a law of its own.
        Fact::Voided { .. } | Fact::Redacted { .. } => true,
        Fact::Attempted { .. } | Fact::Announced { .. } | Fact::HandedOver { .. } | Fact::Delegated { .. } => owed,
        Fact::Warned { .. }
        | Fact::Retargeted(_)
        | Fact::Confirmed { .. }
        | Fact::ConditionMet { .. }
        | Fact::Amended(_)
        | Fact::Proposed { .. }
        | Fact::Declined { .. }
        | Fact::Chased { .. }
        | Fact::PutAtRisk { .. }
        | Fact::HorizonReached { .. } => pending,
        Fact::Heard { .. } => owed,
        Fact::Promised(_)
        | Fact::Suggested(_)
        | Fact::PromisedOnCondition(_)
        | Fact::CarriedOut { .. }
        | Fact::CarriedIn { .. } => false,
    };
    holds(is_so, "a verdict is given once", || format!("{:?}\nof {before:?}", turn.recorded))
}

/// Proof that it was done no later than the breach, and no sooner than it was owed or made: a next round is made before its time begins.
fn was_done_earlier(turn: &Turn<'_>, before: &Commitment) -> bool {
    let vouched = turn.step.command.and_then(|command| command.happened);
    let in_time =
        |at: Timestamp| before.breach.is_some_and(|breach| (before.since.min(before.made)..=breach.at).contains(&at));
    vouched.is_some_and(|vouched| in_time(vouched.at))
}

/// A person's word: within the window since the verdict, or since it was promised; and by another than the one who answers for it, where four
/// eyes are asked for.
pub fn may_put_right(turn: &Turn<'_>, before: &Commitment) -> bool {
    let Some(corrections) = turn.step.corrections else { return false };
    let given = match (turn.fact, before.breach) {
        (Fact::Corrected { .. }, Some(breach)) => breach.at,
        (_, breach) => before.closed_at().or(breach.map(|breach| breach.at)).unwrap_or(before.made),
    };
    let in_time = turn.recorded.at <= given.plus_micros(corrections.window.as_micros());
    let his_own = matches!(&turn.recorded.by, Some(Actor::Agent(by)) if Some(by) == before.owner.agent.as_ref());
    in_time && !(corrections.four_eyes && his_own)
}

/// What is closed stays closed; a breach stays on record; and a verdict that was given is another only where a record was put right.
fn verdict_is_given_once(
    before: Option<&Commitment>,
    replica: &Ticket,
    id: CommitmentId,
    recorded: &Recorded,
) -> Result<(), Broken> {
    let Some(after) = replica.ledger().get(id) else { return Err(format!("nothing is forgotten: {recorded:?}")) };
    let Some(before) = before else { return Ok(()) };
    let decided = before.verdict() != Verdict::Pending;
    let put_right = matches!(&recorded.event, Event::Commitment(Fact::Corrected { .. } | Fact::Voided { .. }));
    let same = before.verdict() == after.verdict() || !decided || put_right;
    let stays = before.is_open() || !after.is_open();
    let kept = before.breach.is_none() || before.breach == after.breach;
    holds(same && stays && kept, "a verdict is given once", || format!("{recorded:?}\nof {before:?}\nis {after:?}"))
}

/// Law 9, and that whatever was owed is on record still: made, each by its event, and none gone.
fn nothing_is_lost(step: &Step<'_>, events: &[Recorded]) -> Result<(), Broken> {
    let made = events.iter().filter(|recorded| match &recorded.event {
        Event::Commitment(fact) => {
            matches!(fact, Fact::Promised(_) | Fact::Suggested(_) | Fact::PromisedOnCondition(_))
        }
        Event::Ticket(_) | Event::Escalation(_) => false,
    });
    let (before, after) = (step.before.ledger(), step.after.ledger());
    let (had, has) = (before.all().count(), after.all().count());
    let kept = before.all().all(|known| after.get(known.id).is_some());
    holds(kept && had + made.count() == has, "nothing is forgotten", || format!("{had}, then {has}"))?;
    let of = |verdict| after.all().filter(|known| known.verdict() == verdict).count() as u64;
    let counts = after.count();
    let counted = [counts.pending, counts.fulfilled, counts.breached, counts.void];
    let own = [Verdict::Pending, Verdict::Fulfilled, Verdict::Breached, Verdict::Void].map(of);
    let add_up = counts.made + counts.carried_in == own.iter().sum::<u64>() + counts.carried_out;
    holds(counted == own && add_up, "made equals decided plus pending", || format!("{counts:?}, {own:?}"))
}
