//! The lines of the sentences about series and chains.

use owed::commitment::{PhaseName, Verdict};
use owed::{CommitmentId, SeriesId};
use uuid::Uuid;

use PhaseName::{Active, Closed};
use Verdict::{Breached, Fulfilled, Pending, Void};

use crate::desk::*;
use crate::line::{Line, line, of, time};
use crate::orders::*;

fn series(mode: &str, horizon: &str) -> String {
    SERIES
        .replace("rolling", mode)
        .replace(r#"{"within": "90 hours"}"#, &format!(r#"{{"at": "2026-03-{horizon}:00Z"}}"#))
}

#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    let rolling = || ("09:00", series("rolling", "05T09:00"));
    let slots = || ("09:00", series("slots", "05T09:00"));
    let ends = || ("09:00", series("rolling", "02T10:00"));
    let deliver = |round: &str| of("fulfil", round, "");
    let stop = || STOP.to_owned();
    let round = |about, line: Line| Line { about, ..line };
    let a = |more: &str| ("09:00", promise_with('a', THREE, more));
    let next = |name, broken: &str| promise_with(name, THREE, &format!(r#", "repairs": "@{broken}""#));
    let repaired = || [a(""), ("12:30", next('b', "a"))];
    let propose = |of_whom: &str, time: &str| of("propose", of_whom, &format!(r#", "due": {{"at": "2026-03-02T{time}:00Z"}}, "told": "m-5""#));
    let accept = |of_whom: &str, successor: &str| of("accept", of_whom, &format!(r#", "successor": "@{successor}", "evidence": "m-6""#));
    vec![
        round("round 1", line("start", &[], "09:00", series("rolling", "05T09:00"), "09:00: round 1 due 11:00", (Active, Pending))),
        round("round 1", line("rolling", &[rolling()], "10:00", deliver("round 1"), "10:00: round 1 fulfilled 10:00 | 10:00: round 2 due 12:00", (Closed, Fulfilled))),
        round("round 1", line("slots", &[slots()], "10:00", deliver("round 1"), "10:00: round 1 fulfilled 10:00 | 10:00: round 2 due 13:00", (Closed, Fulfilled))),
        round("round 2", line("burst", &[slots(), ("10:00", deliver("round 1"))], "10:10", deliver("round 2"), "10:10: round 2 tried 10:10: TooEarly", (Active, Pending))),
        round("round 1", line("missed", &[rolling()], "12:00", time(), "11:00 by time: round 1 breached, due 11:00 | 11:00 by time: round 2 due 13:00 | 11:00 by time: round 1 superseded by round 2", (Closed, Breached))),
        round("round 1", line("missed in its slot", &[slots()], "12:00", time(), "11:00 by time: round 1 breached, due 11:00 | 11:00 by time: round 2 due 13:00 | 11:00 by time: round 1 superseded by round 2", (Closed, Breached))),
        round("round 1", line("missed withdrawn", &[rolling()], "10:00", of("withdraw", "round 1", TOLD), "10:00: round 1 breached, due 11:00, withdrawn | 10:00: round 2 due 13:00 | 10:00: round 1 superseded by round 2", (Closed, Breached))),
        round("round 1", line("jump", &[rolling()], "14:00", time(), "11:00 by time: round 1 breached, due 11:00 | 11:00 by time: round 2 due 13:00 | 11:00 by time: round 1 superseded by round 2 | 13:00 by time: round 2 breached, due 13:00 | 13:00 by time: round 3 due 15:00 | 13:00 by time: round 2 superseded by round 3", (Closed, Breached))),
        round("round 1", line("stop", &[rolling()], "10:00", stop(), "10:00: round 1 void: its series has stopped", (Closed, Void))),
        round("decision", line("stop the decision, too", &[ends(), ("10:30", time())], "10:40", stop(), "10:40: round 1 void: its series has stopped | 10:40: decision void: its series has stopped", (Closed, Void))),
        round("round 1", line("horizon", &[ends()], "10:30", time(), "10:00 by time: round 1 at its horizon | 10:00 by time: decision due 11:00", (Active, Pending))),
        round("round 1", line("goes_on", &[ends(), ("10:30", time())], "10:40", deliver("round 1"), "10:40: round 1 fulfilled 10:40 | 10:40: round 2 due 12:40", (Closed, Fulfilled))),
        round("decision", line("goes_on though it is decided", &[ends(), ("10:30", time())], "10:50", of("fulfil", "decision", ""), "10:50: decision fulfilled 10:50", (Closed, Fulfilled))),
        line("no_cycle", &repaired(), "13:00", promise_with('a', THREE, r#", "repairs": "@b""#), "refused: already_made", (Closed, Breached)),
        line("one_open", &repaired(), "13:00", next('c', "a"), "refused: already_repaired", (Closed, Breached)),
        line("renegotiated", &[a(""), ("10:00", propose("promise a", "15:00"))], "10:30", accept("promise a", "b"), "10:30: promise a void: now promise b | 10:30: promise b due 15:00", (Closed, Void)),
        round("promise b", line("renegotiated again", &[a(""), ("10:00", propose("promise a", "15:00")), ("10:30", accept("promise a", "b")), ("11:00", propose("promise b", "18:00"))], "11:30", accept("promise b", "c"), "11:30: promise b void: now promise c | 11:30: promise c due 18:00", (Closed, Void))),
        round("explanation for promise a", line("depth", &[a(OWES), ("12:30", time())], "15:00", time(), "14:00 by time: explanation for promise a breached, due 14:00", (PhaseName::Overdue, Breached))),
        round("explanation for promise a", line("depth of two", &[a(&OWES.replace(r#"hours"}"#, r#"hours", "depth": 2}"#)), ("12:30", time())], "17:00", time(), "14:00 by time: explanation for promise a breached, due 14:00 | 14:00 by time: explanation for explanation for promise a due 16:00 | 16:00 by time: explanation for explanation for promise a breached, due 16:00", (PhaseName::Overdue, Breached))),
        line("without_limit", &[a(""), ("12:30", next('b', "a")), ("16:00", next('c', "b")), ("20:00", time())], "20:00", next('d', "c"), "20:00: promise d due 23:00 | 20:00: promise c superseded by promise d", (Closed, Breached)),
    ]
}

/// "Round ids are derived (UUIDv5 of series and index)."
#[test]
fn the_ids_of_rounds_are_derived() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", SERIES);
    desk.wake("02 14:00");
    let series = SeriesId(promise_id('s').0);
    for (round, name) in [("1", "round 1"), ("2", "round 2"), ("3", "round 3")] {
        let known = desk.ticket.ledger().get(CommitmentId(Uuid::new_v5(&series.0, round.as_bytes())));
        assert_eq!(known.map(|known| desk.name(known.id)).as_deref(), Some(name));
    }
}

/// "Renegotiations = chain length - 1", and one at most of a chain is owed.
#[test]
fn a_chain_is_as_long_as_it_was_renegotiated() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &three_hours(""));
    let names = ['a', 'b', 'c', 'd'];
    for (old, new) in names.iter().zip(&names[1..]) {
        let propose = r#", "due": {"at": "2026-03-03T09:00:00Z"}, "told": "m-5""#;
        desk.at("02 10:00", &about("propose", *old, propose));
        desk.at("02 10:00", &about("accept", *old, &format!(r#", "successor": "@{new}", "evidence": "m-6""#)));
        assert_eq!(desk.ticket.ledger().open().count(), 1);
    }
    let mut chain = vec![promise_id('d')];
    while let Some(before) = desk.ticket.ledger().get(chain[chain.len() - 1]).and_then(|known| known.renews) {
        chain.push(before.of);
        assert!(chain.len() <= names.len(), "no cycles");
    }
    let renegotiated = desk.ticket.ledger().all().filter(|known| known.verdict() == Void).count();
    assert_eq!((chain.len(), renegotiated), (4, 3));
}
