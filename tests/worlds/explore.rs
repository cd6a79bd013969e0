//! Every state of a world, breadth first, to the depth of that world.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::laws::Broken;
use super::laws_of_time::{of_state, snapshot_is_the_ticket};
use super::merged::{may_merge, merge};
use super::rows::Rows;
use super::state::{Came, State};
use super::world::World;

/// What has been seen of a world.
#[derive(Debug, Default)]
pub struct Seen {
    pub states: usize,
    pub steps: u64,
    pub refused: u64,
    /// States that were taken for known, and whose moves were tried all the same.
    pub tried_again: u64,
    pub rows: Rows,
}

impl Seen {
    pub fn and(&mut self, other: &Self) {
        self.states += other.states;
        self.steps += other.steps;
        self.refused += other.refused;
        self.tried_again += other.tried_again;
        self.rows.and(&other.rows);
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { states, steps, refused, tried_again, rows: _ } = self;
        write!(f, "{states} states, {steps} steps, of which {refused} are refused, {tried_again} states tried again")
    }
}

/// Of so many states one is stored and loaded; and of so many that are taken for known one is tried again, up to a thousand in a world.
const ONE_OF: usize = 50;

/// All states, the laws of each step and of each state.
///
/// # Panics
/// Where a law is broken: with the law, and the way there.
pub fn explore(world: &World, more: usize) -> Seen {
    let mut seen = Seen::default();
    let first = State::first(world, &mut seen.rows).unwrap_or_else(|why| panic!("{}: {why}", world.name));
    look_at(world, &first, &mut seen);
    // By the key of each state what its moves come to, once they have been tried.
    let mut known: HashMap<u64, Option<u64>> = HashMap::from([(first.key(world), None)]);
    let mut again: Vec<State> = Vec::new();
    let mut level = vec![first];
    let depth = world.depth + more;
    for step in 1..=depth {
        let mut next = Vec::new();
        for state in level.drain(..) {
            let (came, sum) = moves(world, &state, &mut seen).unwrap_or_else(|why| tell(world, &state, &why));
            known.insert(state.key(world), Some(sum));
            for (key, state) in came {
                if let Entry::Vacant(new) = known.entry(key) {
                    new.insert(None);
                    look_at(world, &state, &mut seen);
                    // From the last ones nobody goes on: most of all states are among them, and need not be kept.
                    next.extend((step < depth).then_some(state));
                } else if key.is_multiple_of(ONE_OF as u64) && again.len() < 1000 {
                    again.push(state);
                }
            }
        }
        level = next;
    }
    for state in again {
        if let Some(expected) = known[&state.key(world)] {
            let (_, sum) = moves(world, &state, &mut Seen::default()).unwrap_or_else(|why| tell(world, &state, &why));
            assert_eq!(sum, expected, "{}: not what was known by {:#?}", world.name, state.path.steps());
            seen.tried_again += 1;
        }
    }
    seen
}

/// The laws of a state.
fn look_at(world: &World, state: &State, seen: &mut Seen) {
    seen.states += 1;
    of_state(world, state).unwrap_or_else(|why| tell(world, state, &why));
    if seen.states.is_multiple_of(ONE_OF) {
        snapshot_is_the_ticket(state).unwrap_or_else(|why| tell(world, state, &why));
    }
}

fn tell(world: &World, state: &State, why: &Broken) -> ! {
    panic!("{}, {why}\nby {:#?}", world.name, state.path.steps())
}

type Moved = (Vec<(u64, State)>, u64);

/// All that can be done in a state, and a sum of what it comes to.
fn moves(world: &World, state: &State, seen: &mut Seen) -> Result<Moved, Broken> {
    let mut came = Vec::new();
    let mut sum = DefaultHasher::new();
    for one in &world.moves {
        for command in one.commands(&state.ticket, state.now, world.promises) {
            seen.steps += 1;
            match state.give(world, &command, one.name, &mut seen.rows)? {
                Came::To(state) => came.push((state.key(world), *state)),
                Came::Refused(code) => {
                    seen.refused += 1;
                    code.hash(&mut sum);
                }
            }
        }
    }
    if may_merge(world, state) {
        seen.steps += 1;
        let merged = merge(world, state, &mut seen.rows)?;
        came.extend(merged.map(|merged| (merged.key(world), merged)));
    }
    if let Some(woken) = state.wake(world, &mut seen.rows)? {
        seen.steps += 1;
        came.push((woken.key(world), woken));
    }
    for later in state.later() {
        came.push((later.key(world), later));
    }
    came.iter().for_each(|(key, _)| key.hash(&mut sum));
    Ok((came, sum.finish()))
}
