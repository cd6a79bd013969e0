//! Bytes into a rulebook and commands, as the laws draw them: whoever finds a way to a panic, to a state that its events do not make, or to
//! something that is owed and has no wake, has found a defect.

#![no_main]
#![allow(dead_code, reason = "what draws the stories of the laws draws more than is needed here")]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use owed::commitment::Phase;
use owed::{Rulebook, Ticket, Timestamp};

#[path = "../../oracle/mod.rs"]
mod oracle;

#[path = "../../laws"]
mod laws {
    pub(crate) mod asks;
    pub(crate) mod desk;
    pub(crate) mod dice;
    pub(crate) mod orders;
    pub(crate) mod rulebooks;
    pub(crate) mod steps;
}

use laws::desk::Desk;
use laws::dice::Dice;
use laws::steps::Scene;

/// As many numbers as one edition of a rulebook, and as one turn of a story, is drawn by.
const EDITION: usize = 250;
const TURN: usize = 56;

fuzz_target!(|bytes: &[u8]| {
    let numbers: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let Some((edition, turns)) = numbers.split_at_checked(EDITION) else { return };
    let base: Timestamp = "2026-03-02T09:00:00Z".parse().expect("an instant");
    let text = laws::rulebooks::rulebook(&[edition.to_vec()], base).to_string();
    let rules: Arc<Rulebook> = Arc::new(serde_json::from_str(&text).expect("a rulebook as they are drawn"));
    let mut desk = Desk::new(&rules);
    let mut told = Vec::new();
    let mut now = base;
    for numbers in turns.chunks(TURN).take(40) {
        let scene = Scene { rules: &rules, ticket: &desk.ticket, turns: &told, now };
        let turn = scene.turn(&mut Dice::new(numbers));
        for wake in &turn.wakes {
            desk.wake(*wake);
        }
        desk.handle(&turn.command);
        now = desk.ticket.last_recorded().map_or(now, |last| last.max(now));
        told.push(turn);
        holds(&desk.ticket);
    }
    assert_eq!(Ticket::replay(desk.ticket.id(), &desk.log), desk.ticket, "it is what its events make of it");
    // From any state, time alone gives everything a verdict.
    let mut wakes = 0;
    while let Some(wake) = desk.ticket.next_wake() {
        desk.wake(wake.at);
        assert!(desk.ticket.next_wake().is_none_or(|next| next.at > wake.at), "the next wake is later");
        wakes += 1;
        assert!(wakes < 10_000, "it has an end");
    }
    assert_eq!(desk.ticket.ledger().count().pending, 0);
});

/// Nothing is forgotten: what is pending has a wake.
fn holds(ticket: &Ticket) {
    assert!(ticket.ledger().count().add_up());
    for owed in ticket.ledger().open() {
        let limit = match &owed.phase {
            Phase::Candidate { review_by: limit, .. } | Phase::Conditional { limit, .. } => *limit,
            Phase::Active { .. } => owed.due,
            Phase::Paused { resume_by, .. } => *resume_by,
            Phase::Overdue | Phase::Closed { .. } => continue,
        };
        assert!(ticket.next_wake().is_some_and(|wake| wake.at <= limit.plus_micros(1)), "{owed:?}");
    }
}
