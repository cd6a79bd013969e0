//! The ticket turns out to be part of another one of the customer's, which was opened when it was. From there on that one is explored.

use owed::commitment::{Binding, Event as Fact, Verdict, envelope};
use owed::ticket::Merge;
use owed::{AgentId, Command, CommandId, ContactId, Event, Recorded, Ticket, TicketId};
use uuid::Uuid;

use super::laws::{Broken, holds};
use super::moves::{TICKET, host_id};
use super::rows::Rows;
use super::state::State;
use super::world::World;

const OTHER: TicketId = TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0002));

/// Once: what has been merged is the other one.
pub fn may_merge(world: &World, state: &State) -> bool {
    world.merges && state.ticket.id() == TICKET
}

/// The other ticket, to which nothing has happened but time.
fn other(world: &World, state: &State) -> Ticket {
    let mut other = Ticket::new(OTHER);
    let (opened, by) = (state.ticket.past()[0].at, ContactId::new("c-1").unwrap());
    let open = Command::new(OTHER, CommandId(host_id(0).0), opened, by, world.open.clone());
    other.handle(&world.rules, &open).expect("it is opened");
    other.wake(&world.rules, state.now);
    other
}

/// Merges them, and looks at both. None where it is refused.
pub fn merge(world: &World, state: &State, rows: &mut Rows) -> Result<Option<State>, Broken> {
    let (mut from, mut to) = (state.ticket.clone(), other(world, state));
    let before = to.clone();
    let id = CommandId(Uuid::from_u128(0xa_8000_8000_0000_0000_0001));
    let by = AgentId::new("ada").unwrap();
    let command = envelope::Command::new(TICKET, id, state.now, by, Merge { into: OTHER });
    let both = match from.merge(&mut to, &world.rules, &command) {
        Ok(both) => both,
        Err(refused) => {
            let same = from == state.ticket && to == before && refused.meanwhile == envelope::Both::default();
            holds(same, "a refusal changes nothing", || format!("{refused:?}"))?;
            return Ok(None);
        }
    };
    let replayed = (again(&state.ticket, &both.from), again(&before, &both.to));
    holds(replayed.0 == from && replayed.1 == to, "replay equals live", || format!("{replayed:?}"))?;
    both.from.iter().chain(&both.to).for_each(|recorded| rows.count_merged(recorded));
    nothing_is_left_behind(&state.ticket, &before, &from, &to)?;
    verdicts_are_what_they_were(&state.ticket, &from, &to, &both.from)?;
    Ok(Some(state.goes_on_as(to)))
}

fn again(before: &Ticket, events: &[Recorded]) -> Ticket {
    let mut ticket = before.clone();
    events.iter().for_each(|event| ticket.apply(event));
    ticket
}

/// Everything that was on record is on record on one of the two, and only on one; what is owed, on the other one. Each counts right.
fn nothing_is_left_behind(from: &Ticket, to: &Ticket, left: &Ticket, got: &Ticket) -> Result<(), Broken> {
    let carried = |id| left.ledger().carried_to(id) == Some(OTHER.into()) && got.ledger().get(id).is_some();
    let once = |id| left.ledger().get(id).is_some() != carried(id);
    let kept = from.ledger().all().all(|known| once(known.id))
        && to.ledger().all().all(|known| got.ledger().get(known.id).is_some());
    let owed = left.ledger().open().any(|owed| owed.binding == Binding::Promised || owed.verdict() == Verdict::Pending);
    let quiet = left.next_wake().is_none() && left.escalations().live().next().is_none();
    let add_up = [left, got].iter().all(|ticket| {
        let counts = ticket.ledger().count();
        counts.made + counts.carried_in == ticket.ledger().all().count() as u64 + counts.carried_out
    });
    holds(kept && !owed && quiet && add_up, "nothing is forgotten between tickets", || format!("{left:?}\n{got:?}"))
}

/// What was decided is decided as it was; what was promised is owed on; only goals of agreements end as merged.
fn verdicts_are_what_they_were(
    before: &Ticket,
    left: &Ticket,
    got: &Ticket,
    events: &[Recorded],
) -> Result<(), Broken> {
    for known in before.ledger().all() {
        let now = left.ledger().get(known.id).or(got.ledger().get(known.id));
        let same = now.is_some_and(|now| now.verdict() == known.verdict() && now.breach == known.breach);
        let by_rule = events.iter().any(|recorded| match &recorded.event {
            Event::Commitment(fact) => {
                fact.commitment() == known.id && matches!(fact, Fact::Voided { .. } | Fact::Overtaken { .. })
            }
            Event::Ticket(_) | Event::Escalation(_) => false,
        });
        let ended = by_rule && known.binding == Binding::Goal;
        holds(same || ended, "a verdict is given once", || format!("{known:?}\nis {now:?}"))?;
    }
    Ok(())
}
