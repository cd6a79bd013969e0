//! Metrics, patterns and conditions, as someone wrote them.

use alloc::vec::Vec;

use super::{Found, word, words};
use crate::commitment::Deliverable;
use crate::document::{Entry, Node};
use crate::policy::flaw::Flaw;
use crate::policy::metric::Metric;
use crate::policy::pattern::{Condition, Pattern, PauseRule};
use crate::{Name, Priority};

pub(super) fn read(entry: &Entry<'_>, found: &mut Found) -> Option<Metric> {
    const KEYS: &[&str] = &["deliverable", "start", "after", "stop", "cancel", "reset", "pause", "cycles"];
    let fields = entry.fields(KEYS, found)?;
    let deliverable = fields.required("deliverable", found).and_then(|entry| deliverable(entry, found));
    let start = fields.required("start", found).map(|entry| at_least_one(entry, found));
    let stop = fields.required("stop", found).map(|entry| at_least_one(entry, found));
    let after = fields.optional("after").and_then(|entry| entry.parse(found, Name::new));
    let cancel = fields.optional("cancel").map(|entry| patterns(entry, found)).unwrap_or_default();
    let reset = fields.optional("reset").map(|entry| patterns(entry, found)).unwrap_or_default();
    let pause = fields.optional("pause").map(|entry| pauses(entry, found)).unwrap_or_default();
    let cycles = fields.optional("cycles").and_then(|entry| word(entry, found)).unwrap_or_default();
    Some(Metric { deliverable: deliverable?, start: start?, after, stop: stop?, cancel, reset, pause, cycles })
}

fn deliverable(entry: &Entry<'_>, found: &mut Found) -> Option<Deliverable> {
    if let Node::Text(_) = entry.node {
        return word(entry, found);
    }
    let fields = entry.fields(&["other", "refund"], found)?;
    if let Some(refund) = fields.optional("refund") {
        return word(refund, found).map(Deliverable::Refund);
    }
    fields.required("other", found)?.parse(found, Name::new).map(Deliverable::Other)
}

fn at_least_one(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    if let Node::List(list) = entry.node
        && list.is_empty()
    {
        found.add(&*entry.place, Flaw::NoPattern);
    }
    patterns(entry, found)
}

fn patterns(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| pattern(entry, found)).collect()
}

fn pattern(entry: &Entry<'_>, found: &mut Found) -> Option<Pattern> {
    let kind = entry.pairs(&mut Found::new()).into_iter().find(|(key, _)| *key == "fact");
    let Some((_, kind)) = kind else {
        let fields = entry.fields(&["fact"], found)?;
        fields.required("fact", found);
        return None;
    };
    let fields = |known, found: &mut Found| entry.fields(known, found);
    match kind.text(found)? {
        "opened" => {
            let fields = fields(&["fact", "author"], found)?;
            Some(Pattern::Opened { author: words(&fields, "author", found) })
        }
        "message" => {
            let fields = fields(&["fact", "author", "visibility"], found)?;
            let author = words(&fields, "author", found);
            Some(Pattern::Message { author, visibility: words(&fields, "visibility", found) })
        }
        "status" => {
            let fields = fields(&["fact", "from", "to"], found)?;
            let from = words(&fields, "from", found);
            Some(Pattern::Status { from, to: words(&fields, "to", found) })
        }
        "priority" => fields(&["fact"], found).map(|_| Pattern::Priority {}),
        "assigned" => fields(&["fact"], found).map(|_| Pattern::Assigned {}),
        other => {
            let said = alloc::format!("{other:?} is no fact; write opened, message, status, priority or assigned");
            found.add(kind.place, Flaw::Word { said });
            None
        }
    }
}

pub(super) fn pauses(entry: &Entry<'_>, found: &mut Found) -> Vec<PauseRule> {
    let list = entry.list(found);
    let rules: Vec<PauseRule> = list.iter().filter_map(|entry| pause(entry, found)).collect();
    for (index, rule) in rules.iter().enumerate() {
        if rules.iter().take(index).any(|other| other.reason == rule.reason) {
            found.add(&*entry.place, Flaw::Twice { what: alloc::format!("the reason {:?}", rule.reason) });
        }
    }
    rules
}

fn pause(entry: &Entry<'_>, found: &mut Found) -> Option<PauseRule> {
    let fields = entry.fields(&["reason", "when"], found)?;
    let reason = fields.required("reason", found).and_then(|entry| entry.parse(found, Name::new));
    let when_entry = fields.required("when", found);
    let when = when_entry.and_then(|entry| condition(entry, found));
    if let (Some(entry), Some(true)) = (when_entry, when.as_ref().map(Condition::is_empty)) {
        found.add(&*entry.place, Flaw::AlwaysPaused);
    }
    Some(PauseRule { reason: reason?, when: when? })
}

pub(super) fn condition(entry: &Entry<'_>, found: &mut Found) -> Option<Condition> {
    let fields = entry.fields(&["status", "priority"], found)?;
    let list = fields.optional("priority").map(|entry| entry.list(found)).unwrap_or_default();
    let priority = list.iter().filter_map(|entry| entry.parse(found, Priority::new)).collect();
    Some(Condition { status: words(&fields, "status", found), priority })
}
