//! All worlds, two at a time, and what has been reached in all of them together.

use std::sync::Mutex;
use std::thread;

use super::chart::every_row_is_reached;
use super::explore::{Seen, explore};
use super::small_worlds::all;
use super::world::World;

/// The starred laws, and those that go with them, in every state of every world; and every row of the chart in some of them.
///
/// `OWED_WORLDS=1` goes one step deeper in each, into millions of states. `OWED_WORLD="a slot"` looks at one only.
#[test]
fn every_state_of_every_small_world_keeps_the_laws() {
    let more = std::env::var("OWED_WORLDS").map_or(0, |more| more.parse().expect("a number of steps"));
    let only = std::env::var("OWED_WORLD").ok();
    let mut worlds = all();
    worlds.retain(|world| only.as_ref().is_none_or(|only| world.name == only));
    assert!(!worlds.is_empty(), "no world is called {only:?}");
    worlds.reverse();
    let (worlds, whole) = (Mutex::new(worlds), Mutex::new(Seen::default()));
    let one_after_the_other = || {
        let _stop = Stop(&worlds);
        while let Some(world) = next(&worlds) {
            let seen = explore(&world, more);
            println!("{}: {seen}", world.name);
            whole.lock().unwrap().and(&seen);
        }
    };
    thread::scope(|scope| {
        let threads = [scope.spawn(one_after_the_other), scope.spawn(one_after_the_other)];
        let ended = threads.map(thread::ScopedJoinHandle::join);
        ended.into_iter().for_each(|ended| ended.unwrap_or_else(|why| std::panic::resume_unwind(why)));
    });
    let whole = whole.into_inner().unwrap();
    println!("in all: {whole}");
    if only.is_none() {
        every_row_is_reached(&whole.rows, more > 0);
        assert!(whole.states >= 500_000, "{whole}");
    }
}

/// Nobody waits for a world that another is looking at.
fn next(worlds: &Mutex<Vec<World>>) -> Option<World> {
    worlds.lock().unwrap().pop()
}

/// Where a law is broken, no further world is begun.
struct Stop<'a>(&'a Mutex<Vec<World>>);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().unwrap().clear();
        }
    }
}
