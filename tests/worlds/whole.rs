//! All worlds, two at a time, and what has been reached in all of them together.

use std::sync::Mutex;
use std::time::Instant;

use super::explore::{Seen, explore};
use super::small_worlds::all;

#[test]
fn every_state_of_every_small_world_keeps_the_laws() {
    let more = std::env::var("OWED_WORLDS").map_or(0, |more| more.parse().expect("a number of steps"));
    let only = std::env::var("OWED_WORLD").ok();
    let mut worlds = all();
    worlds.retain(|world| only.as_ref().is_none_or(|only| world.name == only));
    worlds.reverse();
    let worlds = Mutex::new(worlds);
    let whole = Mutex::new(Seen::default());
    let one_after_the_other = || {
        while let Some(world) = { worlds.lock().unwrap().pop() } {
            let began = Instant::now();
            let seen = explore(&world, more);
            let Seen { states, steps, refused, tried_again, rows } = &seen;
            println!(
                "{}: {states} states, {steps} steps, {refused} of them refused, {tried_again} states tried again, {:?}",
                world.name,
                began.elapsed()
            );
            let mut whole = whole.lock().unwrap();
            whole.states += states;
            whole.steps += steps;
            whole.refused += refused;
            whole.tried_again += tried_again;
            whole.rows.and(rows);
        }
    };
    std::thread::scope(|scope| {
        let threads = [scope.spawn(one_after_the_other), scope.spawn(one_after_the_other)];
        let ended = threads.map(std::thread::ScopedJoinHandle::join);
        ended.into_iter().for_each(|ended| ended.unwrap_or_else(|why| std::panic::resume_unwind(why)));
    });
    let whole = whole.into_inner().unwrap();
    let Seen { states, steps, refused, tried_again, rows } = &whole;
    println!("in all {states} states, {steps} steps, {refused} of them refused, {tried_again} states tried again");
    for ((row, from), times) in &rows.reached {
        println!("{times:9} {row} {from}");
    }
}
