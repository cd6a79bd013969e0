//! What the README shows is so.

#![allow(missing_docs)]

use owed::{Command, Recorded, Rulebook};

const README: &str = include_str!("../README.md");

/// The JSON of the README, block by block.
fn blocks() -> impl Iterator<Item = &'static str> {
    README.split("```json\n").skip(1).filter_map(|block| block.split("```").next())
}

#[test]
fn its_rulebook_command_and_event_can_be_read() {
    let rulebooks = blocks().filter(|text| text.contains("\"agreements\""));
    assert_eq!(rulebooks.map(|text| serde_json::from_str::<Rulebook>(text).expect("a rulebook").len()).sum::<u32>(), 1);
    let commands = blocks().filter(|text| text.contains("\"order\""));
    assert_eq!(commands.map(|text| serde_json::from_str::<Command>(text).expect("a command")).count(), 1);
    let events = blocks().filter(|text| text.contains("\"event\""));
    assert_eq!(events.map(|text| serde_json::from_str::<Recorded>(text).expect("an event")).count(), 1);
}
