//! The laws about a rulebook that grows: what is owed goes on by the edition that it was made under.

use owed::commitment::Order as About;
use owed::ticket::Order as Turn;
use owed::{EditionNumber, Event, Order, Recorded, Rulebook};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::book::Book;
use super::desk::Desk;
use super::story::for_every_story;

/// Each event names the edition that it was found under: a commitment's own, else the one in force.
#[test]
fn a_commitment_keeps_its_edition() {
    for_every_story(|story| {
        let log = story.played().log;
        let in_force = |recorded: &Recorded| {
            let begun = (1..=story.rules.len()).map(EditionNumber).take_while(|number| {
                let edition = story.rules.edition(*number).expect("an edition");
                edition.from().is_none_or(|from| from <= recorded.at)
            });
            begun.last()
        };
        for recorded in log.iter().filter(|recorded| matches!(recorded.event, Event::Ticket(_))) {
            prop_assert_eq!(Some(recorded.edition), in_force(recorded));
        }
        Book::read(&log, |_, entry, recorded, _| {
            let pinned = entry.map(|entry| entry.edition).or_else(|| in_force(recorded));
            prop_assert_eq!(Some(recorded.edition), pinned);
            Ok(())
        })?;
        Ok(())
    });
}

/// Whatever the last edition says, what was owed before it goes the same way.
#[test]
fn an_edition_moves_nothing_that_is_owed() {
    for_every_story(|story| {
        let mut book: Value = serde_json::from_str(&story.text).unwrap();
        let last = EditionNumber(story.rules.len());
        let Some(from) = story.rules.edition(last).and_then(|edition| edition.from()) else { return Ok(()) };
        *book["editions"].as_array_mut().unwrap().last_mut().unwrap() = json!({ "from": from, "agreements": [] });
        let other: Rulebook = serde_json::from_value(book).unwrap();
        let told = |rules| {
            let mut desk = Desk::new(rules);
            let before =
                |order: &Order| !matches!(order, Order::Ticket(Turn::Close {}) | Order::Commitment(About::Promise(_)));
            for turn in story.turns.iter().filter(|turn| turn.command.at < from || before(&turn.command.order)) {
                desk.handle(&turn.command);
            }
            desk.wake(owed::Timestamp::MAX);
            let old: Vec<_> = Book::of(&desk.log)
                .entries
                .values()
                .filter(|entry| entry.edition < last)
                .map(|entry| entry.promised.commitment)
                .collect();
            let of_old = |recorded: &Recorded| match &recorded.event {
                Event::Commitment(fact) => old.contains(&fact.commitment()),
                Event::Ticket(_) => false,
            };
            desk.log.into_iter().filter(of_old).map(|recorded| Recorded { version: 0, ..recorded }).collect::<Vec<_>>()
        };
        let (one, other) = (told(&story.rules), told(&other));
        prop_assert_eq!(one, other);
        Ok(())
    });
}
