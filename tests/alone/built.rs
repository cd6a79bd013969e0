//! A promise that is built is the one that is written: each word says its own thing, and no other.

use owed::commitment::{Allowance, BreachOwes, Condition, Deliverable, DueRule, Party, Promise};
use owed::{Name, TeamId};
use serde_json::{Value, json};

use crate::shop::*;

fn plain() -> Promise {
    Promise::new(id('a'), Deliverable::Callback)
        .to(ryan())
        .by(t("02 12:00"))
        .owned_by(TeamId::new("desk").expect("a team"))
}

/// What a word adds to the plain promise, as it is written.
fn added(promise: Promise) -> Value {
    let [plain, with] = [plain(), promise].map(|promise| serde_json::to_value(promise).expect("written"));
    let known = plain.as_object().expect("an object");
    let fields = with.as_object().expect("an object").iter().filter(|(key, value)| known.get(*key) != Some(value));
    assert!(known.keys().all(|key| with.get(key).is_some()), "nothing is taken away: {with}");
    fields.map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[test]
fn each_word_says_its_own_thing() {
    let hours = |text: &str| text.parse().expect("an amount");
    let name = |text: &str| Name::new(text).expect("a name");
    let owes = BreachOwes { deliverable: Deliverable::Fix, within: hours("8 hours"), depth: 2 };
    let condition = Condition { what: name("logs"), limit: DueRule::Within(hours("48 hours")) };
    let allowance: Allowance = serde_json::from_value(json!({ "total": "2 hours" })).expect("an allowance");
    let cases = [
        (plain().counting_by(name("office")), json!({ "calendar": "office" })),
        (plain().warning("50 %".parse().expect("a warning")), json!({ "warn": [{ "percent": 50 }] })),
        (plain().pausable(allowance), json!({ "pausable": allowance })),
        (plain().said_in(message("m-7")), json!({ "message": "m-7" })),
        (plain().repairing(id('b')), json!({ "repairs": id('b') })),
        (plain().owed_through(Party::Vendor(name("tapes"))), json!({ "promiser": { "vendor": "tapes" } })),
        (plain().not_before(t("02 11:00")), json!({ "opens_at": t("02 11:00") })),
        (plain().kept_by_an_attempt(), json!({ "attempt_counts": true })),
        (plain().said_as(name("agent")), json!({ "role": "agent" })),
        (plain().once(condition.clone()), json!({ "condition": condition })),
        (plain().owing_on_breach(owes.clone()), json!({ "breach_owes": owes })),
    ];
    for (promise, wanted) in cases {
        assert_eq!(added(promise), wanted);
    }
}
