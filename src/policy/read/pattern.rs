//! Patterns over facts, as someone wrote them.

use alloc::vec::Vec;

use super::condition::{condition, stated};
use super::{Found, names, words};
use crate::Name;
use crate::document::{Entry, Fields, Node};
use crate::policy::condition::Condition;
use crate::policy::flaw::Flaw;
use crate::policy::mark::{MOST as MOST_SCORE, NAMES as MARKS};
use crate::policy::pattern::{FactKind, Pattern, PauseRule};

/// The facts that a pattern can wait for.
const FACTS: &[&str] = &[
    "opened",
    "message",
    "call",
    "status",
    "priority",
    "assigned",
    "vendor",
    "hold",
    "tagged",
    "field",
    "channel",
    "language",
    "kind",
    "status_name",
    "human_asked_for",
    "no_reply_needed",
    "merged",
    "effect_failed",
    "marked",
];

pub(super) fn at_least_one(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    if let Node::List(list) = entry.node
        && list.is_empty()
    {
        found.add(&*entry.place, Flaw::NoPattern);
    }
    patterns(entry, found)
}

pub(crate) fn patterns(entry: &Entry<'_>, found: &mut Found) -> Vec<Pattern> {
    let list = entry.list(found);
    list.iter().filter_map(|entry| pattern(entry, found)).collect()
}

pub(crate) fn pattern(entry: &Entry<'_>, found: &mut Found) -> Option<Pattern> {
    let kind = entry.pairs(&mut Found::new()).into_iter().find(|(key, _)| *key == "fact");
    let Some((_, kind)) = kind else {
        let fields = entry.fields(&["fact"], found)?;
        fields.required("fact", found);
        return None;
    };
    let mut when = Some(Condition::default());
    let mut fields = |known, found: &mut Found| {
        let fields = entry.fields(known, found)?;
        if let Some(entry) = fields.optional("when") {
            when = condition(entry, found);
        }
        Some(fields)
    };
    let kind = match kind.text(found)? {
        "opened" => FactKind::Opened { author: list(&fields(&["fact", "author", "when"], found)?, "author", found) },
        "message" => {
            let fields = fields(&["fact", "author", "visibility", "by", "class", "when"], found)?;
            let (author, visibility) = (list(&fields, "author", found), list(&fields, "visibility", found));
            let (by, class) = (list(&fields, "by", found), list(&fields, "class", found));
            FactKind::Message { author, visibility, by, class }
        }
        "call" => {
            let fields = fields(&["fact", "author", "reached", "how", "when"], found)?;
            let (author, how) = (list(&fields, "author", found), list(&fields, "how", found));
            FactKind::Call { author, reached: flag(&fields, "reached", found), how }
        }
        "status" => {
            let fields = fields(&["fact", "from", "to", "when"], found)?;
            FactKind::Status { from: list(&fields, "from", found), to: list(&fields, "to", found) }
        }
        "priority" => fields(&["fact", "when"], found).map(|_| FactKind::Priority {})?,
        "assigned" => FactKind::Assigned { to: list(&fields(&["fact", "to", "when"], found)?, "to", found) },
        "vendor" => FactKind::Vendor { to: list(&fields(&["fact", "to", "when"], found)?, "to", found) },
        "hold" => FactKind::Hold { on: flag(&fields(&["fact", "on", "when"], found)?, "on", found) },
        "tagged" => FactKind::Tagged { tags: named(&fields(&["fact", "tags", "when"], found)?, "tags", found) },
        "field" => FactKind::Field { name: named(&fields(&["fact", "name", "when"], found)?, "name", found) },
        "channel" => fields(&["fact", "when"], found).map(|_| FactKind::Channel {})?,
        "kind" => fields(&["fact", "when"], found).map(|_| FactKind::Kind {})?,
        "status_name" => fields(&["fact", "when"], found).map(|_| FactKind::StatusName {})?,
        "language" => fields(&["fact", "when"], found).map(|_| FactKind::Language {})?,
        "human_asked_for" => fields(&["fact", "when"], found).map(|_| FactKind::HumanAskedFor {})?,
        "no_reply_needed" => fields(&["fact", "when"], found).map(|_| FactKind::NoReplyNeeded {})?,
        "merged" => fields(&["fact", "when"], found).map(|_| FactKind::Merged {})?,
        "effect_failed" => fields(&["fact", "when"], found).map(|_| FactKind::EffectFailed {})?,
        "marked" => {
            let fields = fields(&["fact", "what", "score_at_most", "when"], found)?;
            let list = fields.optional("what").map(|entry| entry.list(found)).unwrap_or_default();
            let what = list.iter().filter_map(|entry| entry.parse(found, mark)).collect();
            let score = fields.optional("score_at_most").and_then(|entry| score(entry, found));
            FactKind::Marked { what, score_at_most: score }
        }
        other => {
            let (last, known) = FACTS.split_last().unwrap_or((&"", &[]));
            let said = alloc::format!("{other:?} is no fact; write {} or {last}", known.join(", "));
            found.add(kind.place, Flaw::Word { word: other.into(), known: FACTS, said });
            return None;
        }
    };
    Some(Pattern { kind, when: when? })
}

fn mark(text: &str) -> Result<&'static str, Flaw> {
    let known = MARKS.into_iter().find(|known| *known == text);
    known.ok_or_else(|| {
        let said = alloc::format!("{text:?} is no mark; there are {}", MARKS.join(", "));
        Flaw::Word { word: text.into(), known: &MARKS, said }
    })
}

fn score(entry: &Entry<'_>, found: &mut Found) -> Option<u8> {
    let score = entry.int(found)?;
    let read = u8::try_from(score).ok().filter(|score| *score <= MOST_SCORE);
    if read.is_none() {
        let said = alloc::format!("{score} is no score; write 0 to {MOST_SCORE}");
        found.add(&*entry.place, Flaw::Word { word: alloc::format!("{score}"), known: &[], said });
    }
    read
}

fn list<T: for<'de> serde::Deserialize<'de>>(fields: &Fields<'_>, key: &str, found: &mut Found) -> Vec<T> {
    fields.optional(key).map(|entry| words(entry, found)).unwrap_or_default()
}

fn named(fields: &Fields<'_>, key: &str, found: &mut Found) -> Vec<Name> {
    fields.optional(key).map(|entry| names(entry, Name::new, found)).unwrap_or_default()
}

fn flag(fields: &Fields<'_>, key: &str, found: &mut Found) -> Option<bool> {
    fields.optional(key).and_then(|entry| entry.bool(found))
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
    let when = fields.required("when", found).and_then(|entry| stated(entry, found));
    Some(PauseRule { reason: reason?, when: when? })
}
