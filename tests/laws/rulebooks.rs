//! Random rulebooks, in the JSON that people write: odd calendars, tiny and endless budgets, agreements that are left and
//! come back, editions that follow each other within hours.

use std::collections::BTreeSet;

use owed::Timestamp;
use serde_json::{Map, Value, json};

use super::dice::Dice;

pub(crate) const HOUR: u64 = 3_600_000_000;
pub(crate) const PRIORITIES: [&str; 3] = ["1", "2", "3"];
pub(crate) const REASONS: [&str; 5] = ["waiting", "held", "low", "quiet", "elsewhere"];
pub(crate) const STATUSES: [&str; 4] = ["new", "open", "pending", "on_hold"];

/// Warnings of every form.
pub(crate) const WARNINGS: [&str; 5] =
    ["50 %", "99 %", "30 working minutes before", "2 hours before", "1 microsecond before"];

const CYCLES: [(usize, &str); 3] = [(6, "each"), (2, "once"), (2, "resume")];

/// Budgets with their weights: mostly of hours, some tiny, some beyond the year 9999.
const ELAPSED: [(usize, &str); 7] = [
    (8, "4 hours"),
    (3, "1 hour"),
    (12, "30 hours"),
    (4, "10 minutes"),
    (1, "1 second"),
    (1, "1 microsecond"),
    (1, "90000000 hours"),
];
const WORKING: [(usize, &str); 6] = [
    (8, "4 working hours"),
    (6, "30 working minutes"),
    (12, "20 working hours"),
    (1, "1 working second"),
    (1, "1 working microsecond"),
    (1, "90000000 working hours"),
];

const ZONES: [&str; 8] = [
    "UTC",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/New_York",
    "Pacific/Apia",
];

/// A rulebook of so many editions. The first was in force always, or comes into force about when the story begins.
pub(crate) fn rulebook(editions: &[Vec<u16>], base: Timestamp) -> Value {
    let mut from = base;
    let editions = editions.iter().enumerate().map(|(index, numbers)| {
        let dice = &mut Dice::new(numbers);
        let always = index == 0 && !dice.chance(10);
        let later = if index == 0 { [0, 1, 2 * HOUR] } else { [HOUR, 5 * HOUR, 40 * HOUR] };
        from = from.plus_micros(dice.one_of(&later));
        edition(dice, (!always).then_some(from))
    });
    json!({ "editions": editions.collect::<Vec<_>>() })
}

fn edition(dice: &mut Dice<'_>, from: Option<Timestamp>) -> Value {
    let mut edition = Map::new();
    edition.extend(from.map(|from| ("from".into(), json!(from))));
    if dice.chance(65) {
        let window = dice.one_of(&["24 hours", "168 hours", "1 hour", "1 microsecond"]);
        edition.insert("corrections".into(), json!({ "window": window, "four_eyes": dice.chance(40) }));
    }
    // Most let the steps follow at once, or no story would come to the last.
    let strict = edition.get("corrections").is_some_and(|corrections| corrections["window"] == "1 hour");
    edition.insert("time_to_answer".into(), json!(if strict { "1 hour" } else { "0 seconds" }));
    let calendars = dice.weighted(&[(6, &["office"][..]), (2, &["office", "night"]), (1, &[])]);
    if let Some(own) = calendars.first() {
        edition
            .insert("calendars".into(), calendars.iter().map(|name| (String::from(*name), calendar(dice))).collect());
        edition.insert("calendar".into(), json!(own));
        if let Some(other) = calendars.get(1) {
            edition.insert("calendar_of".into(), json!({ "teams": { "second": other } }));
        }
    }
    let own = dice.some_of(&["m1", "m2", "first_resolution"], 60);
    let metrics: Map<String, Value> = own.iter().map(|name| ((*name).into(), metric(dice))).collect();
    let further = dice
        .some_of(&["periodic_update", "requester_wait", "ownership", "vendor", "assignee_response", "hold_time"], 12);
    let known: BTreeSet<&str> =
        ["first_response", "next_response", "first_resolution"].into_iter().chain(own).chain(further).collect();
    let names = ["sla", "ola", "extra"].into_iter().take(dice.weighted(&[(3, 1), (4, 2), (2, 3)]));
    let agreements: Vec<Value> = names.map(|name| agreement(dice, name, &known, calendars)).collect();
    edition.insert("metrics".into(), metrics.into());
    edition.insert("agreements".into(), agreements.into());
    edition.into()
}

/// Every edge lies on a quarter of an hour, which is what the slow oracle walks by.
fn calendar(dice: &mut Dice<'_>) -> Value {
    let weekly = dice.weighted(&[
        (5, r#"{ "mon-fri": ["09:00-12:30", "13:30-18:00"] }"#),
        (3, r#"{ "mon-sun": ["00:00-24:00"] }"#),
        (2, r#"{ "mon-thu": ["22:00-06:00"], "sat": ["10:00-14:00"] }"#),
        (1, r#"{ "sun": ["02:15-02:45"] }"#),
        (1, "{}"),
    ]);
    let shifts = if weekly == "{}" || dice.chance(20) { json!({ "2026-04-01": ["09:00-09:15"] }) } else { json!({}) };
    let holidays = dice.some_of(&["2026-03-03", "2026-03-30"], 30);
    let weekly: Value = serde_json::from_str(weekly).unwrap();
    json!({ "time_zone": dice.one_of(&ZONES), "weekly": weekly, "holidays": holidays, "shifts": shifts })
}

fn pattern(dice: &mut Dice<'_>) -> Value {
    let pattern = dice.one_of(&[
        r#"{ "fact": "message", "author": ["agent"], "visibility": ["public"] }"#,
        r#"{ "fact": "message", "author": ["customer"] }"#,
        r#"{ "fact": "status", "to": ["solved", "closed"] }"#,
        r#"{ "fact": "status", "from": ["solved", "closed"] }"#,
        r#"{ "fact": "status", "to": ["on_hold"] }"#,
        r#"{ "fact": "status", "from": ["on_hold"] }"#,
        r#"{ "fact": "status" }"#,
        r#"{ "fact": "priority" }"#,
        r#"{ "fact": "assigned" }"#,
        r#"{ "fact": "assigned", "to": ["another_team"] }"#,
        r#"{ "fact": "assigned", "to": ["another_agent", "nobody"] }"#,
        r#"{ "fact": "message", "author": ["agent"], "by": ["assignee"] }"#,
        r#"{ "fact": "vendor", "to": ["vendor"] }"#,
        r#"{ "fact": "vendor", "to": ["desk"] }"#,
        r#"{ "fact": "hold", "on": true }"#,
        r#"{ "fact": "hold", "on": false }"#,
        r#"{ "fact": "tagged", "tags": ["vip"] }"#,
        r#"{ "fact": "field" }"#,
        r#"{ "fact": "call", "author": ["agent"], "reached": true }"#,
        r#"{ "fact": "channel" }"#,
        r#"{ "fact": "no_reply_needed" }"#,
        r#"{ "fact": "human_asked_for" }"#,
        r#"{ "fact": "marked" }"#,
        r#"{ "fact": "marked", "what": ["feedback_given"], "score_at_most": 40 }"#,
        r#"{ "fact": "marked", "what": ["transferred", "unclear"] }"#,
        r#"{ "fact": "message", "when": { "tags": ["vip"] } }"#,
        r#"{ "fact": "opened" }"#,
    ]);
    serde_json::from_str(pattern).unwrap()
}

fn metric(dice: &mut Dice<'_>) -> Value {
    let deliverable = dice.one_of(&["update", "fix", "decision"]);
    let opened = dice.chance(40).then(|| json!({ "fact": "opened" }));
    let start: Vec<Value> = opened.into_iter().chain([pattern(dice)]).collect();
    let mut metric = json!({ "deliverable": deliverable, "start": start, "stop": [pattern(dice)] });
    if dice.chance(30) {
        metric["cancel"] = json!([pattern(dice)]);
    }
    if dice.chance(30) {
        metric["reset"] = json!([pattern(dice)]);
    }
    if dice.chance(15) {
        metric["after"] = json!("first_response");
    }
    if dice.chance(30) {
        metric["pause"] = pauses(dice);
    }
    metric["cycles"] = json!(dice.weighted(&CYCLES));
    metric
}

/// Reasons whose conditions overlap.
fn pauses(dice: &mut Dice<'_>) -> Value {
    let conditions = [
        json!({ "status": ["pending"] }),
        json!({ "status": ["pending", "on_hold"] }),
        json!({ "priority": ["3"] }),
        json!({ "status": ["new", "on_hold", "solved"], "priority": ["2", "3"] }),
        json!({ "any": [{ "with_vendor": true }, { "on_the_line": true }] }),
    ];
    let chosen = dice.some_of(&[0, 1, 2, 3, 4], 45);
    chosen.into_iter().map(|index| json!({ "reason": REASONS[index], "when": conditions[index] })).collect()
}

fn agreement(dice: &mut Dice<'_>, name: &str, metrics: &BTreeSet<&str>, calendars: &[&str]) -> Value {
    let promised = dice.chance(40);
    let mut targets = Map::new();
    for metric in metrics {
        if dice.chance(60) {
            targets.insert((*metric).into(), target(dice, promised, calendars));
        }
    }
    let mut agreement = json!({
        "name": name,
        "binding": if promised { "promised" } else { "goal" },
        "on_priority_change": dice.one_of(&["keep", "restart", "recount"]),
        "targets": targets,
    });
    if dice.chance(40) {
        let priorities = dice.some_of(&PRIORITIES, 50);
        let statuses = if dice.chance(30) { dice.some_of(&STATUSES, 70) } else { vec![] };
        agreement["when"] = json!({ "priority": priorities, "status": statuses });
    } else if dice.chance(20) {
        let condition = dice.one_of(&[
            r#"{ "tags": ["vip"] }"#,
            r#"{ "not": { "tags": ["vip"] } }"#,
            r#"{ "any": [{ "team": ["second"] }, { "fields": { "seats": { "at_least": 10 } } }] }"#,
            r#"{ "fields": { "seats": { "present": false } }, "not": { "channel": ["chat"] } }"#,
        ]);
        agreement["when"] = serde_json::from_str(condition).unwrap();
    }
    if dice.chance(20) {
        agreement["kind"] = json!(dice.one_of(&["ola", "supplier"]));
    }
    if dice.chance(20) {
        agreement["on_return"] = json!("new_cycle");
    }
    match dice.below(20) {
        0 => agreement["from"] = json!("2026-03-03T00:00:00Z"),
        1 => agreement["until"] = json!("2026-03-03T00:00:00Z"),
        _ => {}
    }
    if !calendars.is_empty() && dice.chance(15) {
        agreement["calendar"] = json!({ "of": "team" });
    }
    if dice.chance(30) {
        agreement["owner"] = json!({ "team": "second", "agent": "ada" });
    }
    agreement
}

fn target(dice: &mut Dice<'_>, promised: bool, calendars: &[&str]) -> Value {
    let works = !calendars.is_empty();
    let each = dice.some_of(&PRIORITIES, 75);
    let mut budget: Map<String, Value> =
        each.into_iter().map(|priority| (priority.into(), amount(dice, works).into())).collect();
    if budget.is_empty() || dice.chance(50) {
        budget.insert("otherwise".into(), amount(dice, works).into());
    }
    let warnings = dice.some_of(&WARNINGS, 25).into_iter().filter(|warning| works || !warning.contains("working"));
    let mut target = json!({ "budget": budget, "warn": warnings.collect::<Vec<_>>() });
    if let Some(calendar) = calendars.get(dice.below(3)) {
        target["calendar"] = json!(calendar);
    }
    if dice.chance(60) {
        target["pause"] = pauses(dice);
    }
    if dice.chance(15) {
        target["also"] = json!([pattern(dice)]);
    }
    if dice.chance(12) {
        target["cycles"] = json!(dice.weighted(&CYCLES));
    }
    if dice.chance(25) {
        target["unanswered"] = json!("breached");
    }
    if dice.chance(12) {
        target["breach_owes"] = json!({ "deliverable": "explanation", "within": "2 hours" });
    }
    // What is promised may not stand still without an allowance.
    if promised || dice.chance(50) {
        let total = dice.weighted(&[(3, "5 hours"), (5, "72 hours"), (1, "10 minutes"), (1, "1 microsecond")]);
        target["pausable"] = json!({ "total": total });
        if dice.chance(30) {
            target["pausable"]["once"] = json!(dice.one_of(&["1 hour", "20 hours", "1 microsecond"]));
        }
    }
    target
}

pub(crate) fn amount(dice: &mut Dice<'_>, works: bool) -> &'static str {
    if works && dice.chance(50) { dice.weighted(&WORKING) } else { dice.weighted(&ELAPSED) }
}
