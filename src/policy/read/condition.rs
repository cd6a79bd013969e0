//! Conditions, as someone wrote them.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Found, names, words};
use crate::document::{Entry, Node};
use crate::policy::condition::{Clause, Comparison, Condition, Sample, Test};
use crate::policy::flaw::Flaw;
use crate::policy::value::Value;
use crate::{AgentId, ContactId, Name, Priority, TeamId};

const KEYS: &[&str] = &[
    "status",
    "priority",
    "author",
    "channel",
    "language",
    "kind",
    "status_name",
    "sample",
    "tags",
    "team",
    "agent",
    "requester",
    "organisation",
    "vendor",
    "with_vendor",
    "on_the_line",
    "human_asked_for",
    "fields",
    "all",
    "any",
    "not",
];

/// A condition: `{"priority": ["1"], "any": [{…}, {…}]}`.
pub(crate) fn condition(entry: &Entry<'_>, found: &mut Found) -> Option<Condition> {
    let fields = entry.fields(KEYS, found)?;
    // An empty list asks for nothing.
    let says = |entry: &&Entry<'_>| !matches!(entry.node, Node::List(list) if list.is_empty());
    let clauses = KEYS.iter().filter_map(|key| Some((*key, fields.optional(key).filter(says)?)));
    let read: Vec<Option<Clause>> = clauses.map(|(key, entry)| clause(key, entry, found)).collect();
    read.into_iter().collect::<Option<_>>().map(Condition)
}

fn clause(key: &str, entry: &Entry<'_>, found: &mut Found) -> Option<Clause> {
    let before = found.count();
    let clause = match key {
        "status" => Clause::Status(words(entry, found)),
        "priority" => Clause::Priority(names(entry, Priority::new, found)),
        "author" => Clause::Author(words(entry, found)),
        "channel" => Clause::Channel(words(entry, found)),
        "language" => Clause::Language(names(entry, Name::new, found)),
        "kind" => Clause::Kind(names(entry, Name::new, found)),
        "status_name" => Clause::StatusName(names(entry, Name::new, found)),
        "sample" => Clause::Sample(sample(entry, found)?),
        "tags" => Clause::Tags(names(entry, Name::new, found)),
        "team" => Clause::Team(names(entry, TeamId::new, found)),
        "agent" => Clause::Agent(names(entry, AgentId::new, found)),
        "requester" => Clause::Requester(names(entry, ContactId::new, found)),
        "organisation" => Clause::Organisation(names(entry, Name::new, found)),
        "vendor" => Clause::Vendor(names(entry, Name::new, found)),
        "with_vendor" => Clause::WithVendor(entry.bool(found)?),
        "on_the_line" => Clause::OnTheLine(entry.bool(found)?),
        "human_asked_for" => Clause::HumanAskedFor(entry.bool(found)?),
        "fields" => Clause::Fields(tests(entry, found)),
        "all" => Clause::All(conditions(entry, found)),
        "any" => Clause::Any(conditions(entry, found)),
        "not" => Clause::Not(Box::new(condition(entry, found)?)),
        _ => return None,
    };
    (found.count() == before).then_some(clause)
}

/// `{"per_thousand": 50, "salt": "reviews"}`
fn sample(entry: &Entry<'_>, found: &mut Found) -> Option<Sample> {
    let fields = entry.fields(&["per_thousand", "salt"], found)?;
    let share = fields.required("per_thousand", found).and_then(|entry| {
        let share = u16::try_from(entry.int(found)?).ok().filter(|share| (1..=1_000).contains(share));
        if share.is_none() {
            found.add(&*entry.place, Flaw::NoShare);
        }
        share
    });
    let salt = fields.optional("salt").map_or_else(|| Name::new("sample").ok(), |entry| entry.parse(found, Name::new));
    Some(Sample { per_thousand: share?, salt: salt? })
}

fn conditions(entry: &Entry<'_>, found: &mut Found) -> Vec<Condition> {
    entry.list(found).iter().filter_map(|entry| condition(entry, found)).collect()
}

fn tests(entry: &Entry<'_>, found: &mut Found) -> BTreeMap<Name, Test> {
    let pairs = entry.pairs(found);
    let read = pairs.into_iter().filter_map(|(name, entry)| {
        let name = found.keep(&entry.place, Name::new(name));
        name.zip(test(&entry, found))
    });
    read.collect()
}

/// `"gold"`, `["gold", "silver"]`, `{"at_least": 100}`, `{"present": true}`
fn test(entry: &Entry<'_>, found: &mut Found) -> Option<Test> {
    match entry.node {
        Node::Map(_) => {
            let fields = entry.fields(&["at_least", "more_than", "at_most", "less_than", "present"], found)?;
            let number = |order: Comparison| Some((order, fields.optional(order.key())?));
            let numbers: Vec<_> = Comparison::ALL.into_iter().filter_map(number).collect();
            match (numbers.as_slice(), fields.optional("present")) {
                ([(order, bound)], None) => Some(Test::Number(*order, bound.int(found)?)),
                ([], Some(present)) => Some(Test::Present(present.bool(found)?)),
                _ => {
                    found.add(&*entry.place, Flaw::OneTest);
                    None
                }
            }
        }
        Node::List(_) => {
            let list = entry.list(found);
            Some(Test::In(list.iter().map(|entry| value(entry, found)).collect::<Option<_>>()?))
        }
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Number(_) | Node::Text(_) => {
            Some(Test::In(Vec::from([value(entry, found)?])))
        }
    }
}

fn value(entry: &Entry<'_>, found: &mut Found) -> Option<Value> {
    match entry.node {
        Node::Bool(flag) => Some(Value::Flag(*flag)),
        Node::Text(_) => entry.parse(found, Name::new).map(Value::Text),
        Node::Null | Node::Int(_) | Node::Number(_) | Node::List(_) | Node::Map(_) => {
            entry.int(found).map(Value::Number)
        }
    }
}

/// A condition that must say something.
pub(super) fn stated(entry: &Entry<'_>, found: &mut Found) -> Option<Condition> {
    let read = condition(entry, found)?;
    if read.is_empty() {
        found.add(&*entry.place, Flaw::AlwaysPaused);
    }
    Some(read)
}
