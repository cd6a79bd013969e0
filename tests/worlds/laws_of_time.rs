//! The laws of a state: what is pending has a wake, the wake is exact, a jump is the same as the steps, and time alone comes to an end.

use owed::commitment::{Commitment, Phase, PhaseName, Verdict};
use owed::{Command, Recorded, Refused, Ticket, Timestamp, Wake, WakeReason};

use super::law_deadlines::deadline_is_where_the_budget_ends;
use super::law_pauses::{allowance_is_kept, left_is_what_has_not_run};
use super::laws::{Broken, holds};
use super::state::State;
use super::world::World;

/// Everything that is asked of a state, whatever has led to it.
pub fn of_state(world: &World, state: &State) -> Result<(), Broken> {
    let ticket = &state.ticket;
    for known in ticket.ledger().all() {
        pending_has_a_wake(ticket, known)?;
        deadline_is_where_the_budget_ends(known)?;
        allowance_is_kept(known)?;
        left_is_what_has_not_run(known)?;
        one_of_a_chain_is_owed(ticket, known)?;
    }
    wake_is_exact(world, state)?;
    comes_to_an_end(world, state)
}

/// What is loaded from a snapshot is the ticket, and waits for the same.
pub fn snapshot_is_the_ticket(state: &State) -> Result<(), Broken> {
    let stored = serde_json::to_string(&state.ticket).unwrap();
    let loaded: Ticket = serde_json::from_str(&stored).unwrap();
    let same = loaded == state.ticket && loaded.next_wake() == state.ticket.next_wake();
    holds(same, "snapshot plus tail equals all", || format!("{loaded:?}\n{:?}", state.ticket))
}

/// When something has its say about it at the latest, if nobody else has.
const fn limit(known: &Commitment) -> Option<Timestamp> {
    match &known.phase {
        Phase::Candidate { review_by: limit, .. } | Phase::Conditional { limit, .. } => Some(*limit),
        Phase::Active { .. } => Some(known.due),
        Phase::Paused { resume_by, .. } => Some(*resume_by),
        Phase::Overdue | Phase::Closed { .. } => None,
    }
}

fn pending_has_a_wake(ticket: &Ticket, known: &Commitment) -> Result<(), Broken> {
    let Some(limit) = limit(known) else {
        return holds(known.verdict() != Verdict::Pending, "nothing is forgotten", || format!("{known:?}"));
    };
    let wake = ticket.next_wake().filter(|wake| wake.at <= limit.plus_micros(1));
    holds(wake.is_some(), "nothing is forgotten", || format!("{:?} for {known:?}", ticket.next_wake()))
}

/// What has taken the place of another is owed in its place: the other is closed. What may yet be dropped has not taken it.
fn one_of_a_chain_is_owed(ticket: &Ticket, known: &Commitment) -> Result<(), Broken> {
    let before = known.renews.map(|renews| renews.of).or(known.repairs).and_then(|before| ticket.ledger().get(before));
    let runs = matches!(known.phase.name(), PhaseName::Active | PhaseName::Paused | PhaseName::Overdue);
    let two = runs && before.is_some_and(Commitment::is_open);
    holds(!two, "one of a chain is owed", || format!("{known:?}\nand {before:?}"))
}

/// Before it nothing, whenever the host wakes the ticket. What comes at it is looked at where that step is taken.
fn wake_is_exact(world: &World, state: &State) -> Result<(), Broken> {
    let wake = state.ticket.next_wake();
    let later = wake.is_none_or(|wake| wake.at > state.now);
    let last = wake.map_or(Timestamp::MAX, |wake| wake.at.minus_micros(1));
    let mut early = state.ticket.clone();
    let said = early.wake(&world.rules, state.now).len() + early.wake(&world.rules, last).len();
    holds(later && said == 0 && early == state.ticket, "a wake is exact", || format!("{said} events before {wake:?}"))
}

/// Something at the wake, from the very instant before; and the next is later.
pub fn says_something(before: &Ticket, events: &[Recorded], after: &Ticket) -> Result<(), Broken> {
    let wake = before.next_wake();
    let first = events.first().map(|first| first.at.plus_micros(1));
    let later = after.next_wake().is_none_or(|next| wake.is_some_and(|wake| next.at > wake.at));
    holds(first.is_some() && first == wake.map(|wake| wake.at) && later, "a wake is exact", || {
        format!("{wake:?}: {events:?}, then {:?}", after.next_wake())
    })
}

/// A host that is late hears the same as one that was on time.
pub fn late_is_the_same(
    world: &World,
    (asleep, meanwhile): &(Ticket, Vec<Recorded>),
    command: &Command,
    on_time: &Result<Vec<Recorded>, Refused>,
    after: &Ticket,
) -> Result<(), Broken> {
    let mut late = asleep.clone();
    let answer = late.handle(&world.rules, command);
    let same = match (on_time, &answer) {
        (Ok(on_time), Ok(late)) => all_but_noticed(meanwhile.iter().chain(on_time), late),
        (Err(on_time), Err(late)) => on_time.why == late.why && all_but_noticed(meanwhile.iter(), &late.meanwhile),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    };
    holds(same && late == *after, "wakes change nothing", || {
        format!("{command:?}\non time: {meanwhile:?}, {on_time:?}\nlate: {answer:?}")
    })
}

fn all_but_noticed<'a>(one: impl Iterator<Item = &'a Recorded>, other: &[Recorded]) -> bool {
    let what = |recorded: &'a Recorded| {
        let Recorded { stream, version, at, noticed: _, happened, by, cause, edition, event } = recorded;
        (stream, version, at, happened, by, cause, edition, event)
    };
    let mut other = other.iter();
    let each = one.map(what).all(|one| {
        other.next().is_some_and(|other| {
            let Recorded { stream, version, at, noticed: _, happened, by, cause, edition, event } = other;
            one == (stream, version, at, happened, by, cause, edition, event)
        })
    });
    each && other.next().is_none()
}

/// Time alone: everything that is pending gets its verdict at an instant and in a number of wakes that are known now; and then nothing more
/// is to be waited for. Two things go on by design: an exhausted escalation reminds, and a series goes on until it is stopped. One jump to
/// that end does the same.
fn comes_to_an_end(world: &World, state: &State) -> Result<(), Broken> {
    let mut walked = state.ticket.clone();
    let mut events = Vec::new();
    let most = wakes(&state.ticket);
    let (mut count, mut last) = (0, state.now);
    while let Some(wake) = walked.next_wake().filter(|wake| !is_at_rest(&walked, *wake, &state.ticket)) {
        let heard = walked.wake(&world.rules, wake.at);
        holds(!heard.is_empty(), "a wake is exact", || format!("nothing at {wake:?}"))?;
        (count, last) = (count + 1, wake.at);
        events.extend(heard);
        holds(count <= most, "everything is decided", || format!("not within {most} wakes: {:?}", walked.next_wake()))?;
    }
    let mut jumped = state.ticket.clone();
    let heard = jumped.wake(&world.rules, last);
    holds(all_but_noticed(events.iter(), &heard) && jumped == walked, "a jump equals the steps", || {
        format!("{events:?}\nat once: {heard:?}")
    })?;
    state.ticket.ledger().all().try_for_each(|known| is_decided(known, &walked))
}

/// What goes on by design: an exhausted escalation reminds when nothing is pending; of a series there are later rounds.
fn is_at_rest(walked: &Ticket, wake: Wake, start: &Ticket) -> bool {
    let mut pending = walked.ledger().open().filter(|owed| owed.verdict() == Verdict::Pending).peekable();
    let later = pending.peek().is_some() || wake.reason == WakeReason::Reminder;
    later && pending.all(|owed| owed.terms.series.is_some() && start.ledger().get(owed.id).is_none())
}

/// At most so many wakes: for each that is pending that somebody should have looked, its part, its pause, its warnings, its breach; for each
/// on record what a breach of it owes and what may have been told in its place, with theirs; and what else the rulebook waits for.
fn wakes(ticket: &Ticket) -> usize {
    let of_one = |known: &Commitment| 8 + 2 * known.terms.warn.len();
    let pending = ticket.ledger().open().map(of_one).sum::<usize>();
    let of_ladder =
        |rungs: usize, repeats: u8, lapses: u8| rungs * (usize::from(repeats) + 1) * (usize::from(lapses) + 1) + 2;
    let told =
        ticket.escalations().live().map(|one| of_ladder(one.ladder.rungs.len(), one.ladder.repeats, one.ladder.lapses));
    let silent = ticket.silences().iter().map(|silence| silence.steps.len());
    2 * pending + told.sum::<usize>() + silent.sum::<usize>() + 12 * usize::from(pending > 0)
}

/// What was pending has its verdict, where the account says.
fn is_decided(known: &Commitment, end: &Ticket) -> Result<(), Broken> {
    if known.verdict() != Verdict::Pending {
        return Ok(());
    }
    let Some(then) = end.ledger().get(known.id) else { return Err(format!("nothing is forgotten: {known:?}")) };
    let breach = then.breach.map(|breach| breach.at);
    let is_so = match &known.phase {
        Phase::Candidate { review_by, limit: Some(limit), .. } => then.closed_at() == Some(*limit.max(review_by)),
        Phase::Conditional { limit, .. } => then.closed_at() == Some(*limit),
        Phase::Candidate { review_by, limit: None, .. } => breach == Some(known.due.max(*review_by)),
        Phase::Active { .. } => breach == Some(known.due),
        Phase::Paused { left, resume_by, .. } => breach == Some(resume_by.plus_micros(left.as_micros())),
        Phase::Overdue | Phase::Closed { .. } => true,
    };
    // A rule of silence may have closed the matter before.
    let by_rule = end.closed_by().is_some() && then.verdict() == Verdict::Void;
    holds(is_so || by_rule, "everything is decided", || format!("{known:?}\nis {then:?}"))
}
