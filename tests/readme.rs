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
    let rulebooks: Vec<&str> = blocks().filter(|text| text.contains("\"agreements\"")).collect();
    let commands: Vec<&str> = blocks().filter(|text| text.contains("\"order\"")).collect();
    let events: Vec<&str> = blocks().filter(|text| text.contains("\"event\"")).collect();
    assert_eq!((rulebooks.len(), commands.len(), events.len()), (1, 1, 1));
    for text in rulebooks {
        serde_json::from_str::<Rulebook>(text).expect("a rulebook");
    }
    for text in commands {
        serde_json::from_str::<Command>(text).expect("a command");
    }
    for text in events {
        serde_json::from_str::<Recorded>(text).expect("an event");
    }
}
