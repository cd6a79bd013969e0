//! The built-in metrics have no privilege: one that is written in a rulebook owes what the built-in one owes.

use std::cell::Cell;
use std::collections::BTreeMap;

use owed::{Command, Rulebook};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::{Value, json};

use super::desk::Desk;
use super::story::for_every_story;

/// As far on in the alphabet as the built-in one, among those that the stories know: of one fact, clocks begin in that order.
const OWN: &str = "first_word";
const BUILT_IN: &str = "first_response";

/// A fourteenth metric, defined only in JSON, in the words of the first.
fn definition() -> Value {
    json!({ "deliverable": "reply", "cycles": "once",
        "start": [{ "fact": "opened", "author": ["customer"] },
                  { "fact": "message", "author": ["customer"], "visibility": ["public"] }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
        "cancel": [{ "fact": "status", "to": ["solved", "closed"] }] })
}

/// The built-in one that waits for it, waiting for ours.
fn next_response() -> Value {
    json!({ "deliverable": "reply", "after": OWN, "cycles": "each",
        "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
        "cancel": [{ "fact": "status", "to": ["solved", "closed"] }, { "fact": "no_reply_needed" }] })
}

#[test]
fn a_fourteenth_metric_with_the_definition_of_the_first_gives_the_same_events_but_for_its_name() {
    let owed = Cell::new(0);
    for_every_story(|story| {
        let own = renamed(&story.text);
        let (mut built_in, mut by_own) = (Desk::new(&story.rules), Desk::new(&own));
        let mut names = Names::default();
        for turn in &story.turns {
            for wake in &turn.wakes {
                built_in.wake(*wake);
                by_own.wake(*wake);
                names.compare_new(&built_in, &by_own)?;
            }
            // An order may be about what comes to be by its time.
            built_in.wake(turn.command.at);
            by_own.wake(turn.command.at);
            names.compare_new(&built_in, &by_own)?;
            let translated = names.translated(&turn.command);
            let (here, there) = (built_in.handle(&turn.command).refusal, by_own.handle(&translated).refusal);
            names.compare_new(&built_in, &by_own)?;
            prop_assert_eq!(names.in_order(&json!(here)), in_order(json!(there)));
            prop_assert_eq!(built_in.ticket.next_wake(), by_own.ticket.next_wake());
        }
        owed.set(owed.get() + names.metrics);
        Ok(())
    });
    assert!(owed.get() > 100, "only {} times was there anything to compare", owed.get());
}

/// The same rulebook with our metric in the place of the built-in one.
fn renamed(text: &str) -> Rulebook {
    let quoted = |name: &str| format!("\"{name}\"");
    let mut book: Value = serde_json::from_str(&text.replace(&quoted(BUILT_IN), &quoted(OWN))).unwrap();
    for edition in book["editions"].as_array_mut().unwrap() {
        let metrics = edition["metrics"].as_object_mut().unwrap();
        metrics.insert(OWN.into(), definition());
        metrics.insert("next_response".into(), next_response());
    }
    serde_json::from_value(book).unwrap()
}

/// Which id there is which one here: those of a cycle are made from the name of its metric.
#[derive(Default)]
struct Names {
    there: BTreeMap<String, String>,
    here: BTreeMap<String, String>,
    compared: usize,
    /// How often the metric itself was named.
    metrics: usize,
}

impl Names {
    /// A command about the same commitment.
    fn translated(&self, command: &Command) -> Command {
        serde_json::from_str(&self.put_over(command)).unwrap()
    }

    fn put_over(&self, what: &impl Serialize) -> String {
        let text = serde_json::to_string(what).unwrap();
        let others = self.there.iter().filter(|(here, there)| here != there);
        others.fold(text, |text, (here, there)| text.replace(here, there))
    }

    /// A refusal as it would be there.
    fn in_order(&self, refusal: &Value) -> Value {
        in_order(serde_json::from_str(&self.put_over(refusal)).unwrap())
    }

    /// Compares the events that have come since it was last asked.
    fn compare_new(&mut self, here: &Desk<'_>, there: &Desk<'_>) -> TestCaseResult {
        prop_assert_eq!(here.log.len(), there.log.len());
        let news = |desk: &Desk<'_>| desk.log[self.compared..].iter().map(|event| json!(event)).collect::<Vec<_>>();
        let (mut mine, mut others) = (news(here), news(there));
        // Of several that one order tells something of, it is told by id, and those are others.
        by_id(&mut mine, |id| self.there.get(id).map(String::as_str));
        by_id(&mut others, |id| self.here.get_key_value(id).map(|(id, _)| id.as_str()));
        mine.iter().zip(&others).try_for_each(|(here, there)| self.compare(here, there))?;
        self.compared = here.log.len();
        Ok(())
    }

    fn is_known(&self, id: &Value) -> bool {
        id.as_str().is_some_and(|id| self.there.contains_key(id))
    }

    /// Whether two values are the same but for the name, and for ids that always stand for each other.
    fn compare(&mut self, here: &Value, there: &Value) -> TestCaseResult {
        match (here, there) {
            (Value::Object(left), Value::Object(right)) => {
                prop_assert!(left.keys().eq(right.keys()), "{here} is not {there}");
                left.iter().try_for_each(|(key, value)| self.compare(value, &right[key]))
            }
            // What is listed by id stands in another order there.
            (Value::Array(left), Value::Array(right)) if left.iter().all(|id| self.is_known(id)) => {
                prop_assert_eq!(left.len(), right.len());
                let mut mine: Vec<_> = left.iter().map(|id| &self.there[id.as_str().unwrap()]).collect();
                let mut others: Vec<_> = right.iter().filter_map(Value::as_str).collect();
                mine.sort_unstable();
                others.sort_unstable();
                prop_assert_eq!(mine, others);
                Ok(())
            }
            (Value::Array(left), Value::Array(right)) => {
                prop_assert_eq!(left.len(), right.len());
                left.iter().zip(right).try_for_each(|(left, right)| self.compare(left, right))
            }
            (Value::String(left), Value::String(right)) if left == BUILT_IN => {
                self.metrics += 1;
                prop_assert_eq!(right, OWN);
                Ok(())
            }
            (Value::String(left), Value::String(right)) if is_id(left) => {
                prop_assert_eq!(self.there.entry(left.clone()).or_insert_with(|| right.clone()), right);
                prop_assert_eq!(self.here.entry(right.clone()).or_insert_with(|| left.clone()), left);
                Ok(())
            }
            _ => {
                prop_assert_eq!(here, there);
                Ok(())
            }
        }
    }
}

/// What is still owed is listed by id, and those are others.
fn in_order(mut refusal: Value) -> Value {
    if let Some(owed) = refusal.get_mut("owed").and_then(Value::as_array_mut) {
        owed.sort_by_key(ToString::to_string);
    }
    refusal
}

/// What follows of one order about commitments that are known, each with what follows about it, by the ids that `known` has for them.
fn by_id<'a>(events: &mut [Value], known: impl Fn(&str) -> Option<&'a str>) {
    let about = |event: &Value| event["event"]["commitment"].as_str().and_then(&known);
    let source = |event: &Value| ["at", "cause", "happened", "by"].map(|key| event.get(key).cloned());
    let of_one =
        |event: &Value, next: &Value| about(event).is_some() && about(next).is_some() && source(event) == source(next);
    for events in events.chunk_by_mut(of_one) {
        let mut told: Vec<Value> = events.iter_mut().map(|event| event["event"].take()).collect();
        told.sort_by_key(|event| event["commitment"].as_str().and_then(&known));
        events.iter_mut().zip(told).for_each(|(event, told)| event["event"] = told);
    }
}

/// An id, of the crate's own or of the host's.
fn is_id(text: &str) -> bool {
    text.parse::<uuid::Uuid>().is_ok()
}
