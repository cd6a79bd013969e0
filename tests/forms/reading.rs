//! What is read over and what is not: a later release's fields in events, and a slip of the pen in a command, at every depth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use owed::commitment::{self, envelope};
use owed::report::Statement;
use owed::ticket::{Merge, Split};
use owed::{Command, Recorded, TicketId, incident};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    ACCOUNT_COMMANDS, ACCOUNT_EVENTS, COMMANDS, EARLIER, EVENTS, INCIDENT_COMMANDS, INCIDENT_EVENTS, INCIDENT_MERGE,
    STATEMENTS, TWO_TICKETS, WORDS,
};

/// Maps whose keys are the host's own: names of his fields, customers and tickets.
const OF_THE_HOST: [&str; 3] = ["/fields", "/parts", "/tickets"];

/// The places in a value, as JSON pointers, that hold what is asked for.
pub(super) fn places(value: &Value, wanted: fn(&Value) -> bool) -> Vec<String> {
    fn walk(value: &Value, at: &str, wanted: fn(&Value) -> bool, found: &mut Vec<String>) {
        if wanted(value) {
            found.push(at.to_owned());
        }
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}"), wanted, found))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{at}/{index}"), wanted, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", wanted, &mut found);
    found
}

/// What stands at a place is a word, alone or with what it says: one that nobody knows is told with those that are known there.
pub(super) fn known_at<T: DeserializeOwned>(line: &Value, place: &str) -> Option<(String, BTreeSet<String>)> {
    let mut other = line.clone();
    let part = other.pointer_mut(place).expect("a place");
    let word = match part {
        Value::String(word) => std::mem::replace(word, "?".into()),
        Value::Object(fields) if fields.len() == 1 => {
            let (word, value) = std::mem::take(fields).into_iter().next().expect("one");
            fields.insert("?".into(), value);
            word
        }
        _ => return None,
    };
    let said = serde_json::from_value::<T>(other).err()?.to_string();
    let (_, names) = said.split_once("unknown variant `?`, expected ")?;
    Some((word, names.split('`').skip(1).step_by(2).map(str::to_owned).collect()))
}

/// The lines with another field in each of their maps that has fields, one at a time: as it was, as it is then, and where.
fn with_another_field<T: DeserializeOwned>(lines: &str) -> impl Iterator<Item = (Value, Value, String)> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.flat_map(|line| {
        let maps = places(&line, Value::is_object).into_iter();
        let maps = maps.filter(|place| !OF_THE_HOST.iter().any(|own| place.ends_with(own)));
        let maps: Vec<String> = maps.filter(|place| known_at::<T>(&line, place).is_none()).collect();
        maps.into_iter().map(move |place| {
            let mut more = line.clone();
            more.pointer_mut(&place).expect("a map")["later"] = Value::from("?");
            (line.clone(), more, place)
        })
    })
}

#[track_caller]
fn are_tolerated<T: DeserializeOwned + PartialEq + Debug>(lines: &str) {
    let mut looked_at = 0;
    for (line, more, place) in with_another_field::<T>(lines) {
        if ["/ladder/causes/", "/ladder/progress/"].iter().any(|narrowed| place.contains(narrowed)) {
            continue;
        }
        let plain: T = serde_json::from_value(line.clone()).expect("an event");
        let read: T = serde_json::from_value(more).unwrap_or_else(|error| panic!("{error}: at {place:?} of {line}"));
        assert_eq!(read, plain, "{place}");
        looked_at += 1;
    }
    assert!(looked_at > lines.lines().count(), "{looked_at} maps");
}

#[track_caller]
fn are_errors<T: DeserializeOwned + Debug>(lines: &str) {
    let mut looked_at = 0;
    for (line, more, place) in with_another_field::<T>(lines) {
        assert!(serde_json::from_value::<T>(more).is_err(), "at {place:?} of {line}");
        looked_at += 1;
    }
    assert!(looked_at > lines.lines().count(), "{looked_at} maps");
}

/// What a later release adds to an event, an earlier one reads over, however deep in it; but for the clauses of a ladder's causes, each of which is a word
/// (`later.rs`).
#[test]
fn unknown_fields_of_events_are_tolerated() {
    are_tolerated::<Recorded>(EVENTS);
    are_tolerated::<Recorded>(WORDS);
    are_tolerated::<Recorded>(EARLIER);
    are_tolerated::<incident::envelope::Recorded>(INCIDENT_EVENTS);
    are_tolerated::<commitment::Recorded>(ACCOUNT_EVENTS);
}

/// A command with a word that nobody knows might mean something: it is no command, however deep in it that stands.
#[test]
fn unknown_fields_of_commands_are_errors() {
    let (merge, split) = TWO_TICKETS.trim_end().split_once('\n').expect("one of each");
    are_errors::<Command>(COMMANDS);
    are_errors::<incident::envelope::Command>(INCIDENT_COMMANDS);
    are_errors::<commitment::Command>(ACCOUNT_COMMANDS);
    are_errors::<envelope::Command<TicketId, Merge>>(merge);
    are_errors::<envelope::Command<TicketId, Split>>(split);
    are_errors::<envelope::Command<owed::IncidentId, incident::Merge>>(INCIDENT_MERGE);
}

/// What a command may leave out it may say to be nothing, as a host writes it whose fields are all there.
#[test]
fn nothing_in_a_command_is_left_out() {
    let read = |order: &str| serde_json::from_str::<incident::Order>(order).map_err(|why| why.to_string());
    let review = read(r#"{ "type": "review", "message": "m-1" }"#);
    assert!(review.is_ok(), "{review:?}");
    assert_eq!(read(r#"{ "type": "review", "message": "m-1", "next": null }"#), review);
}

/// The lists of words that these lines may choose from, each with those that some line says.
fn said<T: DeserializeOwned>(lines: &str) -> Vec<(BTreeSet<String>, String)> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let words = |line: Value| {
        let words = places(&line, |_| true).into_iter().filter_map(move |place| known_at::<T>(&line, &place));
        words.map(|(word, known)| (known, word)).collect::<Vec<_>>()
    };
    lines.flat_map(words).collect()
}

/// What nobody writes: a customer among parties is a bare text, and of a ladder what is usual is left out.
/// Each with a word of the same list.
const LEFT_OUT: [(&str, &str); 3] = [("customer", "organisation"), ("first", "next"), ("skip", "wait")];

/// A word that got another name would no longer be read: so each that an event, a command or a statement can say stands in a
/// sample. What is one type in several of them needs one.
#[test]
fn every_word_has_a_sample() {
    let mut unsaid: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    let [of_now, others, earlier] = [EVENTS, WORDS, EARLIER].map(said::<Recorded>);
    let of_incidents = said::<incident::envelope::Recorded>(INCIDENT_EVENTS);
    let ordered = [said::<Command>(COMMANDS), said::<incident::envelope::Command>(INCIDENT_COMMANDS)].concat();
    let all = [of_now, others, earlier, of_incidents, ordered, said::<Statement>(STATEMENTS)];
    for (known, word) in all.into_iter().flatten() {
        unsaid.entry(known.clone()).or_insert(known).remove(&word);
    }
    assert!(unsaid.len() > 40, "{} lists", unsaid.len());
    for (known, unsaid) in &mut unsaid {
        unsaid.retain(|word| !LEFT_OUT.iter().any(|(left_out, other)| word == left_out && known.contains(*other)));
    }
    unsaid.retain(|_, unsaid| !unsaid.is_empty());
    assert_eq!(unsaid, BTreeMap::new());
}
