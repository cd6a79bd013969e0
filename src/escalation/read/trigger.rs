//! What starts a ladder, as someone wrote it: `"breached"`, `{"on": {"fact": "status", "to": ["open"]}, "times": 3}`,
//! `{"while": {"status": ["on_hold"]}, "after": "2 business days"}`.

use alloc::format;

use super::{Found, number, of_policy, word};
use crate::Name;
use crate::calendar::Term;
use crate::commitment::{Binding, Warning};
use crate::document::{Entry, Fields, Node};
use crate::escalation::flaw::Flaw;
use crate::escalation::trigger::{Happening, On, Trigger, Turn};
use crate::policy;

const KEYS: &[&str] = &["on", "while", "warning", "metric", "binding", "times", "after", "rung", "until"];

pub(super) fn read(entry: &Entry<'_>, found: &mut Found) -> Option<Trigger> {
    if let Node::Text(_) = entry.node {
        return happening(entry, found).map(Trigger::new);
    }
    let fields = entry.fields(KEYS, found)?;
    let on = match (fields.optional("while"), fields.optional("on")) {
        (Some(entry), None) => {
            let condition = of_policy(entry, found, policy::read_condition);
            if condition.as_ref().is_some_and(policy::Condition::is_empty) {
                found.add(&*entry.place, Flaw::Always);
            }
            condition.map(On::While)
        }
        (Some(_), Some(entry)) => {
            found.add(&*entry.place, Flaw::NotForThis { key: "while" });
            None
        }
        (None, _) => fields.required("on", found).and_then(|entry| match entry.node {
            Node::Text(_) => happening(entry, found),
            _ => of_policy(entry, found, policy::read_pattern).map(On::Fact),
        }),
    };
    let times = number(&fields, "times", 1, u16::MAX, found);
    let after = fields.optional("after").map(|entry| entry.parse(found, str::parse::<Term>));
    let rung = number(&fields, "rung", 1, u8::MAX, found);
    let until = fields.optional("until").map(|entry| of_policy(entry, found, policy::read_patterns));
    let on = narrowed(on?, &fields, found)?;
    fits(&on, &fields, found);
    Some(Trigger {
        on,
        times: times.unwrap_or(Some(1))?.into(),
        after: after.map_or(Some(None), |after| after.map(Some))?,
        rung: rung.unwrap_or(Some(1))?.into(),
        until: until.unwrap_or_default(),
    })
}

/// The words for what becomes of a commitment.
const HAPPENINGS: [&str; 4] = ["warned", "breached", "promised_again", "at_risk"];

/// What becomes of a commitment, or the customer's request.
fn happening(entry: &Entry<'_>, found: &mut Found) -> Option<On> {
    let text = entry.text(found)?;
    match text {
        "customer_request" => Some(On::CustomerRequest),
        _ if !HAPPENINGS.contains(&text) => {
            let said = format!(
                "{text:?} is no cause; write customer_request, {}, or a map with on or while",
                HAPPENINGS.join(", ")
            );
            found.add(&*entry.place, Flaw::Word { word: text.into(), known: &HAPPENINGS, said });
            None
        }
        _ => word::<Happening>(entry, found).map(|what| On::Commitment(Turn::any(what))),
    }
}

/// The same, of some commitments only.
fn narrowed(on: On, fields: &Fields<'_>, found: &mut Found) -> Option<On> {
    let On::Commitment(turn) = on else { return Some(on) };
    let warning = fields.optional("warning").map(|entry| entry.list(found)).unwrap_or_default();
    let warning = warning.iter().map(|entry| entry.parse(found, str::parse::<Warning>)).collect::<Option<_>>();
    let metric = fields.optional("metric").map(|entry| entry.list(found)).unwrap_or_default();
    let metric = metric.iter().map(|entry| entry.parse(found, Name::new)).collect::<Option<_>>();
    let binding = fields.optional("binding").map(|entry| word::<Binding>(entry, found));
    let binding = binding.map_or(Some(None), |binding| binding.map(Some));
    Some(On::Commitment(Turn { warning: warning?, metric: metric?, binding: binding?, ..turn }))
}

/// Whether everything that is written has a meaning for such a cause.
fn fits(on: &On, fields: &Fields<'_>, found: &mut Found) {
    let meaningless: &[&str] = match on {
        On::Commitment(Turn { what: Happening::Warned, .. }) => &["times", "until"],
        On::Commitment(Turn { what: Happening::Breached | Happening::PromisedAgain, .. }) => &["warning", "until"],
        On::Commitment(Turn { what: Happening::AtRisk, .. }) => &["warning", "times", "until"],
        On::Fact(_) => &["warning", "metric", "binding"],
        On::While(_) => &["warning", "metric", "binding", "times"],
        On::CustomerRequest => &["warning", "metric", "binding", "times", "until"],
    };
    for key in KEYS.iter().filter(|key| meaningless.contains(key)) {
        if let Some(entry) = fields.optional(key) {
            found.add(&*entry.place, Flaw::NotForThis { key });
        }
    }
}
