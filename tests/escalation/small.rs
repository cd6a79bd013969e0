//! Every ladder of up to three rungs, two repeats and two lapses, under every staffing: the real code, explored whole. And every ladder of one rung, one
//! repeat and one lapse, and of two rungs, whose several causes come, last and go; with `OWED_LADDERS=1` also those of two rungs that repeat or lapse.
//!
//! At each state the host may let time pass, and people may do whatever there is to do. States are told apart by where the escalation is
//! and not by the hour, since nothing in a ladder of elapsed time asks what hour it is; so they are finite, and all of them are visited. On the
//! way every row of the chart is taken, from every stage that it has, but for those that `small_rows.rs` says are shown elsewhere.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::Mutex;

use owed::commitment::{Breach, Owner, Verdict};
use owed::escalation::StageName;
use owed::{CommitmentId, Order, Recorded, Ticket, Timestamp};

use super::small_host::{Host, Shape};
use super::small_rows::{NOT_OF_ONE_CAUSE, NOT_OF_SEVERAL_CAUSES, NOT_WITHOUT_ROUNDS, Taken};

/// What is owed, but for the places of events in the stream.
fn debt(ticket: &Ticket) -> Vec<(CommitmentId, Timestamp, Option<Breach>, Verdict, Owner)> {
    let ledger = ticket.ledger();
    ledger.all().map(|owed| (owed.id, owed.due, owed.breach, owed.verdict(), owed.owner.clone())).collect()
}

fn unnoticed(events: &[Recorded]) -> Vec<Recorded> {
    events.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
}

/// What has been seen of ladders.
#[derive(Debug, Default)]
struct Seen {
    ladders: u64,
    states: u64,
    steps: u64,
    stages: BTreeSet<StageName>,
    taken: Taken,
}

impl Seen {
    fn take(&mut self, other: Self) {
        self.ladders += other.ladders;
        self.states += other.states;
        self.steps += other.steps;
        self.stages.extend(other.stages);
        self.taken.and(&other.taken);
    }
}

/// Each of the ladders, on as many threads as there are.
fn explore_all(shapes: impl Iterator<Item = Shape> + Send) -> Seen {
    let shapes = Mutex::new(shapes);
    let seen = Mutex::new(Seen::default());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                let mut mine = Seen::default();
                let next = || shapes.lock().expect("nobody panics with it").next();
                while let Some(shape) = next() {
                    explore(shape, &mut mine);
                }
                seen.lock().expect("nobody panics with it").take(mine);
            });
        }
    });
    seen.into_inner().expect("nobody panics with it")
}

/// Laws 13, 3 and 4 in every state of one ladder.
fn explore(shape: Shape, seen: &mut Seen) {
    seen.ladders += 1;
    let rules = shape.rules();
    let mut first = Host::at_the_breach(&rules, shape);
    seen.taken.and(&std::mem::take(&mut first.taken));
    let owed = debt(&first.ticket);
    let mut known = BTreeSet::from([first.state()]);
    let mut waiting = vec![first];
    while let Some(host) = waiting.pop() {
        seen.states += 1;
        seen.stages.extend(host.ticket.escalations().all().map(|one| one.stage.name()));
        let live = host.ticket.escalations().live().count();
        let mut next = Vec::new();
        if live == 0 {
            assert_eq!(host.ticket.next_wake(), None, "what is closed waits for nothing");
        } else {
            assert_eq!(live, 1, "one of a subject on a ladder");
            the_law_of_wakes(&host);
            let mut later = host.clone();
            later.wake();
            next.push(later);
        }
        for order in host.moves() {
            let about = matches!(order, Order::Escalation(_));
            if let Some(moved) = host.ordered(host.now.plus_micros(1), order) {
                assert!(!about || debt(&moved.ticket) == owed, "an escalation changes no debt");
                next.push(moved);
            }
        }
        for mut host in next {
            seen.steps += 1;
            seen.taken.and(&std::mem::take(&mut host.taken));
            if known.insert(host.state()) {
                waiting.push(host);
            }
        }
    }
}

/// A week in one jump, or from wake to wake. Nobody answers for those who are not there in either.
fn the_law_of_wakes(host: &Host<'_>) {
    let end = host.now.plus_micros(7 * 24 * 60 * 60_000_000);
    let (mut jump, mut walk) = (host.ticket.clone(), host.ticket.clone());
    let jumped = jump.wake(host.rules, end);
    let mut walked = Vec::new();
    while let Some(wake) = walk.next_wake().filter(|wake| wake.at <= end) {
        walked.extend(walk.wake(host.rules, wake.at));
    }
    assert_eq!(unnoticed(&jumped), unnoticed(&walked));
    assert_eq!(jump, walk);
    assert!(jump.escalations().unhandled().count() == 1, "by then everybody has been told, and it still reminds");
}

#[test]
fn every_small_ladder_is_bounded_never_quiet_and_exact() {
    let Seen { ladders, states, steps, stages, taken } = explore_all(Shape::of_one_cause());
    println!("{ladders} ladders, {states} states, {steps} steps");
    taken.is_every_row_but(NOT_OF_ONE_CAUSE);
    assert_eq!(stages.len(), 5, "{stages:?}: all but the armed one, which has no cause here that must last");
    assert!(ladders == 504 && states > 10_000, "{ladders} ladders, {states} states");
}

#[test]
fn every_small_ladder_of_several_causes_is_bounded_never_quiet_and_exact() {
    let all = std::env::var_os("OWED_LADDERS").is_some();
    let Seen { ladders, states, steps, stages, taken } = explore_all(Shape::of_several_causes(all));
    println!("{ladders} ladders of several causes, {states} states, {steps} steps");
    // With repeats and lapses on two rungs there are more.
    let fewer = if all { &[] } else { NOT_WITHOUT_ROUNDS };
    taken.is_every_row_but(&[NOT_OF_SEVERAL_CAUSES, fewer].concat());
    assert_eq!(stages.len(), 6, "{stages:?}");
    assert!(ladders == if all { 96 } else { 48 } && states > 10_000, "{ladders} ladders, {states} states");
}
