//! A line of the table, and how it is played.

use owed::commitment::{Commitment, PhaseName, Refusal as Why, Verdict};
use owed::{Command, Refusal, Ticket};

use crate::desk::*;

/// What was on record before, what is ordered then (nothing: time passes), what is recorded of it, and where that leaves the one that
/// the line is about.
pub struct Line {
    /// The row of the chart, and which of its cases.
    pub row: &'static str,
    pub about: &'static str,
    /// The desk that it happens at.
    pub house: fn() -> Desk,
    pub before: Vec<(&'static str, String)>,
    pub at: &'static str,
    pub order: String,
    pub said: &'static str,
    pub stands: (PhaseName, Verdict),
}

/// A line about promise a, at a desk where a person may put right within a day what he got wrong.
pub fn line(
    row: &'static str,
    before: &[(&'static str, String)],
    at: &'static str,
    order: String,
    said: &'static str,
    stands: (PhaseName, Verdict),
) -> Line {
    Line { row, about: "promise a", house: lenient, before: before.to_vec(), at, order, said, stands }
}

fn lenient() -> Desk {
    let mut desk =
        Desk::with(r#"{ "corrections": {"window": "24 hours"}, "time_to_answer": "0 seconds", "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk
}

/// Time passes, and nothing is ordered.
pub fn time() -> String {
    String::new()
}

impl Line {
    /// Plays it, and says the phase that its commitment was in when the last thing came; none if there was no such commitment.
    pub fn play(&self) -> Option<PhaseName> {
        let Self { row, about, at, order, said, stands, .. } = self;
        let mut desk = (self.house)();
        for (at, order) in &self.before {
            let (said, _) = carry_out(&mut desk, at, order);
            assert!(!said.starts_with("refused"), "row {row}, before: {said}");
        }
        let from = if order.is_empty() { phase(&desk, about) } else { caught_up(&desk, at, about) };
        let (told, command) = carry_out(&mut desk, at, order);
        assert_eq!(told, *said, "row {row}");
        assert_eq!(standing(&desk, about), Some(*stands), "row {row}");
        if told.starts_with("refused") {
            return from;
        }
        // Row 29, after every row that closes: the same command again does nothing, another is refused.
        if let Some(command) = command {
            assert_eq!(desk.handle(&command).as_deref(), Ok(&[][..]), "row {row}, then the same again");
        }
        if stands.0 == PhaseName::Closed {
            let id = called(&desk, about).expect("made").id;
            let release = of("release", "it", r#", "evidence": "m-2""#).replace("@it", &id.to_string());
            let refused = desk.refused("03 23:00", &release);
            let closed = matches!(refused, Refusal::Commitment(Why::AlreadyClosed { .. }));
            assert!(closed, "row {row}, then 29: {refused}");
        }
        from
    }
}

/// An order about whatever is called so.
pub fn of(order: &str, about: &str, more: &str) -> String {
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "@{}"{more}}}"#, about.replace("promise ", ""))
}

/// Does what was ordered; an instant with a second one after it is what happened then, as the channel vouches.
fn carry_out(desk: &mut Desk, at: &str, order: &str) -> (String, Option<Command>) {
    if order.is_empty() {
        return (short(&desk.wake(&format!("02 {at}"))), None);
    }
    let (at, happened) = at.split_once(" of ").map_or((at, None), |(at, happened)| (at, Some(happened)));
    let mut command = desk.command(&format!("02 {at}"), order);
    let stamp = owed::commitment::Stamp::Transport;
    command.happened = happened.map(|happened| owed::commitment::Happened { at: t(&format!("02 {happened}")), stamp });
    match desk.handle(&command) {
        Ok(events) => (short(&desk.say_all(&events)), Some(command)),
        Err(refused) => (format!("refused: {}", refused.why.code()), Some(command)),
    }
}

fn short(said: &[String]) -> String {
    said.join(" | ").replace("02 ", "")
}

/// The first that was called so: what goes on with a cycle of an agreement is called by that, too.
fn called<'a>(desk: &'a Desk, about: &str) -> Option<&'a Commitment> {
    desk.ticket.ledger().all().filter(|known| desk.name(known.id) == about).min_by_key(|known| known.version)
}

fn standing(desk: &Desk, about: &str) -> Option<(PhaseName, Verdict)> {
    called(desk, about).map(|known| (known.phase.name(), known.verdict()))
}

fn phase(desk: &Desk, about: &str) -> Option<PhaseName> {
    standing(desk, about).map(|(phase, _)| phase)
}

/// The phase that an order meets, once time has been heard.
fn caught_up(desk: &Desk, at: &str, about: &str) -> Option<PhaseName> {
    let at = at.split_once(" of ").map_or(at, |(at, _)| at);
    let mut ticket: Ticket = desk.ticket.clone();
    ticket.wake(&desk.rules, t(&format!("02 {at}")));
    ticket.ledger().get(called(desk, about)?.id).map(|known| known.phase.name())
}
