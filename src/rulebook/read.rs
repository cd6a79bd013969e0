//! From what someone wrote to a rulebook, with everything that is wrong with it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, de::Error};

use super::combine::combined;
use super::ladders;
use super::{Edition, Flaw, Rulebook};
use crate::calendar::{Calendar, ElapsedTime, Term};
use crate::commitment::{Corrections, MayPromise, TimeToAnswer};
use crate::document::{Entry, Findings, Node};
use crate::policy::{self, Policy};
use crate::{Name, Problems, Timestamp};

type Found = Findings<Flaw>;

const KEYS: &[&str] = &[
    "from",
    "calendars",
    "calendar",
    "calendar_of",
    "corrections",
    "time_to_answer",
    "vague",
    "may_promise",
    "metrics",
    "agreements",
    "agreement",
    "presets",
    "ladders",
    "ladder",
    "supervisor",
    "remind",
    "statuses",
    "transitions",
    "set_by",
    "silence",
    "customer_silent",
];

impl<'de> Deserialize<'de> for Rulebook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        rulebook(&Entry::root(&node)).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        let mut found = Found::new();
        let edition = edition(&Entry::root(&node), &mut found);
        found.finish(edition).map_err(D::Error::custom)
    }
}

fn rulebook(entry: &Entry<'_>) -> Result<Rulebook, Problems<Flaw>> {
    let mut found = Found::new();
    let several = matches!(entry.node, Node::Map(pairs) if pairs.iter().any(|(key, _)| key == "editions"));
    let entries = if several {
        let fields = entry.fields(&["editions"], &mut found);
        let list = fields.and_then(|fields| fields.required("editions", &mut found).map(|list| list.list(&mut found)));
        list.unwrap_or_default()
    } else {
        Vec::from([Entry { node: entry.node, place: entry.place.clone() }])
    };
    if entries.is_empty() {
        found.add("editions", Flaw::NoEdition);
    }
    let mut rulebook = Rulebook { editions: Vec::new() };
    let mut before = None;
    for entry in entries {
        // The order of the editions is judged whatever else is wrong with them.
        let from = begins(&entry);
        let flaw = before.as_ref().and_then(|before| out_of_order(before, &from));
        before = Some(from);
        rulebook.editions.extend(edition(&entry, &mut found));
        if let Some(flaw) = flaw {
            let place = if entry.place.is_empty() { "from".into() } else { alloc::format!("{}.from", entry.place) };
            found.add(place, flaw);
        }
    }
    found.finish(Some(rulebook))
}

/// When an edition begins, as far as that can be read.
enum Begins {
    Unsaid,
    Unreadable,
    At(Timestamp),
}

/// What is wrong with an edition that begins so after one that begins so.
fn out_of_order(before: &Begins, from: &Begins) -> Option<Flaw> {
    match (before, from) {
        (_, Begins::Unsaid) => Some(Flaw::NoFrom),
        (Begins::At(before), Begins::At(from)) if from <= before => {
            Some(Flaw::NotLater { from: *from, before: *before })
        }
        (_, Begins::Unreadable | Begins::At(_)) => None,
    }
}

fn begins(entry: &Entry<'_>) -> Begins {
    let mut aside = Found::new();
    match entry.pairs(&mut aside).into_iter().find(|(key, _)| *key == "from") {
        None => Begins::Unsaid,
        Some((_, from)) => from.parse(&mut aside, str::parse::<Timestamp>).map_or(Begins::Unreadable, Begins::At),
    }
}

fn edition(entry: &Entry<'_>, found: &mut Found) -> Option<Edition> {
    let fields = entry.fields(KEYS, found)?;
    let from = fields.optional("from").map(|entry| entry.parse(found, str::parse::<Timestamp>));
    let mut calendars: BTreeMap<Name, Option<Calendar>> = BTreeMap::new();
    for (name, entry) in fields.optional("calendars").map(|entry| entry.pairs(found)).unwrap_or_default() {
        let calendar = found.absorb(Calendar::read(&entry));
        calendars.extend(found.keep(&entry.place, Name::new(name)).map(|name| (name, calendar)));
    }
    let own = fields.optional("calendar").and_then(|entry| own_calendar(entry, &mut calendars, found));
    let corrections = fields.optional("corrections").map(|entry| corrections(entry, found));
    let time_to_answer = fields.optional("time_to_answer").map(|entry| entry.parse(found, str::parse::<ElapsedTime>));
    let mut vague: BTreeMap<Name, Term> = BTreeMap::new();
    for (word, entry) in fields.optional("vague").map(|entry| entry.pairs(found)).unwrap_or_default() {
        let word = found.keep(&entry.place, Name::new(word));
        vague.extend(word.zip(entry.parse(found, str::parse::<Term>)));
    }
    // A calendar that is named and could not be read is not missing as well.
    let climbing = ladders::read(&fields, found);
    let known = policy::CalendarNames {
        known: &|name| calendars.contains_key(name),
        own: own.as_ref(),
        ladder: &|name| climbing.has(name),
    };
    let mut policy = found.absorb(Policy::read(
        policy::Parts {
            metrics: fields.optional("metrics"),
            agreements: fields.optional("agreements"),
            agreement: fields.optional("agreement"),
            presets: fields.optional("presets"),
            calendar_of: fields.optional("calendar_of"),
            statuses: fields.optional("statuses"),
            transitions: fields.optional("transitions"),
            set_by: fields.optional("set_by"),
            silence: fields.optional("silence"),
            customer_silent: fields.optional("customer_silent"),
        },
        &known,
    ));
    climbing.check(policy.as_mut(), &known, found);
    let may_promise = fields.optional("may_promise").map(|entry| found.absorb(policy::read_may_promise(entry, &known)));
    let calendars: BTreeMap<Name, Calendar> =
        calendars.into_iter().map(|(name, calendar)| Some((name, calendar?))).collect::<Option<_>>()?;
    let policy = policy?;
    let combined = combined(&policy, &calendars, found);
    Some(Edition {
        from: from.map_or(Some(None), |from| from.map(Some))?,
        calendars,
        combined,
        calendar: own,
        corrections: corrections.map_or(Some(None), |corrections| corrections.map(Some))?,
        time_to_answer: time_to_answer.map_or(Some(None), |time| time.map(TimeToAnswer).map(Some))?,
        vague,
        may_promise: may_promise.unwrap_or_else(|| Some(MayPromise::default()))?,
        ladders: climbing.ladders.into_iter().map(|(_, ladder)| ladder).collect(),
        ladder: climbing.by_all,
        supervisor: climbing.supervisor,
        policy,
    })
}

/// The edition's own calendar: one of those that have a name, or one that stands here itself and gets the name `office`.
fn own_calendar(
    entry: &Entry<'_>,
    calendars: &mut BTreeMap<Name, Option<Calendar>>,
    found: &mut Found,
) -> Option<Name> {
    let by_name = match entry.node {
        Node::Map(_) => false,
        Node::Text(text) => text != "24x7" || calendars.contains_key(text.as_str()),
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Number(_) | Node::List(_) => true,
    };
    let name = if by_name { entry.parse(found, Name::new) } else { found.keep(&entry.place, Name::new("office")) }?;
    match (by_name, calendars.contains_key(&name)) {
        (true, false) => found.add(&*entry.place, Flaw::UnknownCalendar { name: name.clone() }),
        (false, true) => found.add(&*entry.place, Flaw::CalendarTaken { name: name.clone() }),
        (true, true) | (false, false) => {}
    }
    if !by_name {
        let calendar = found.absorb(Calendar::read(entry));
        calendars.entry(name.clone()).or_insert(calendar);
    }
    Some(name)
}

/// `{"window": "168 hours", "four_eyes": true}`
fn corrections(entry: &Entry<'_>, found: &mut Found) -> Option<Corrections> {
    let fields = entry.fields(&["window", "four_eyes"], found)?;
    let window = fields.required("window", found).and_then(|entry| entry.parse(found, str::parse::<ElapsedTime>));
    let four_eyes = fields.optional("four_eyes").map_or(Some(false), |entry| entry.bool(found));
    Some(Corrections { window: window?, four_eyes: four_eyes? })
}
