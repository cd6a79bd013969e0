//! What the README shows is so.

#![allow(missing_docs)]

use owed::{Command, Recorded, Rulebook};

const README: &str = include_str!("../README.md");

/// The JSON of the README, block by block.
fn blocks() -> impl Iterator<Item = &'static str> {
    README.split("```json\n").skip(1).filter_map(|block| block.split("```").next())
}

#[test]
fn its_calendar_can_be_read_and_loses_nothing() {
    let calendars: Vec<&str> = blocks().filter(|text| text.contains("\"weekly_breaks\"")).collect();
    let [text] = calendars[..] else { panic!("it shows one calendar") };
    let calendar: owed::calendar::Calendar = serde_json::from_str(text).expect("a calendar");
    let again: serde_json::Value = serde_json::to_value(&calendar).expect("written");
    let shown: serde_json::Value = serde_json::from_str(text).expect("JSON");
    // What is usual is left out when it is written.
    let usual = ["holiday_scope", "shifts_beat_holidays"];
    for (key, value) in shown.as_object().expect("a map").iter().filter(|(key, _)| !usual.contains(&key.as_str())) {
        assert_eq!(&again[key], value, "{key}");
    }
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

#[test]
fn its_small_desk_is_a_rulebook_and_the_example_s() {
    let small: Vec<&str> = blocks().filter(|text| text.contains("\"agreement\":")).collect();
    let [text] = small[..] else { panic!("it shows one small desk") };
    let read = |text: &str| serde_json::from_str::<Rulebook>(text).expect("a rulebook");
    let example = include_str!("../examples/small_desk.rs");
    let (_, rules) = example.split_once("r#\"").expect("its rules");
    assert_eq!(read(text), read(rules.split_once("\"#").expect("their end").0));
    assert_eq!(read(text), read(include_str!("../examples/data/small-company.json")));
}

#[test]
fn its_table_of_metrics_has_every_built_in_one() {
    let rows = README.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let named: std::collections::BTreeSet<&str> = rows.map(|(name, _)| name).collect();
    let built_in = owed::policy::built_in();
    let missing: Vec<_> = built_in.keys().filter(|name| !named.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
