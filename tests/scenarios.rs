//! What other helpdesks' own tests expect of SLA clocks, from the file that `OWED_SCENARIOS` names: each scenario is written as a
//! rulebook and commands, goes through the example `replay` as a person runs it, and its figures are compared with what that prints.
//!
//! What is not compared: what a source calls all of its clocks together (`agreement_state`), the local times that are given a second
//! time, and an escalation whose distance from the deadline is in another unit than the budget after it, or in days before one of hours.

#![allow(missing_docs, unreachable_pub, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "the tests of `replay` itself ask it more")]
#[path = "replay/host.rs"]
mod host;

mod scenarios {
    pub mod figures;
    pub mod rules;
    pub mod scenario;
    pub mod story;
}

use host::{Folder, Ran};
use scenarios::figures::{Compared, Printed};
use scenarios::scenario::{Figures, Scenario};
use scenarios::{rules, story};
use serde_json::{Value, json};

/// Where a source is odd: which rule of ours decides.
const DECIDED: [(&str, &str); 14] = [
    ("chatwoot-12-all-days-closed", "B 9: a calendar that never opens is refused when the rulebook is built"),
    (
        "chatwoot-14-first-reply-in-time-stays-active",
        "B 6: what is done is decided, whatever else of the ticket is open",
    ),
    ("chatwoot-16-late-resolution-called-met", "B 3: met at or before due, else breached, whoever finds it"),
    ("frappe-12-first-response-missed", "B 3: breached at due; a wake finds it, not the next save"),
    ("glpi-06-five-business-days", "B 8: business days keep the time of day"),
    (
        "glpi-08-days-with-pauses",
        "B 1, 2: business days become the working time until then, and what was paused of it is added",
    ),
    ("glpi-20-escalate-before-across-close", "B 7: warnings count back in working time, never to midnight"),
    ("zammad-02-policy-edit", "mid-flight: an edited agreement moves nothing until `Replan`, which keeps what has run"),
    (
        "zammad-12-policy-no-longer-matches",
        "mid-flight: who leaves the agreement leaves its clocks void, with what had run",
    ),
    ("zammad-13-reply-before-opening", "B 1: nothing is rounded; three seconds have run"),
    ("zammad-26-oldest-unanswered-message-anchors", "B 2: due is the smallest instant, to the microsecond"),
    ("zammad-27-calendar-edited", "B 6: what is completed, no later edit touches"),
    ("libredesk-20", "B 9: a calendar that never opens is refused when the rulebook is built"),
    ("otobo-elapsed-15-reversed", "a status holds from when it is taken in: nothing had run"),
];

#[test]
fn the_scenarios_of_others_hold() {
    let Ok(path) = std::env::var("OWED_SCENARIOS") else {
        println!("SKIPPED: OWED_SCENARIOS names no file of scenarios");
        return;
    };
    let text = std::fs::read_to_string(path).expect("the file");
    let all: Vec<Value> = serde_json::from_str(&text).expect("a list");
    assert!(!all.is_empty());
    let (mut compared, mut wrong, mut held) = (Compared::default(), Vec::new(), 0);
    let folder = Folder::new("scenarios");
    for value in &all {
        let mut own = Compared::default();
        let came = read(value).and_then(|scenario| play(&folder, &scenario, &mut own));
        wrong.extend(came.err().map(|why| format!("{}: {why}", value["id"])));
        held += usize::from(own.other.is_empty());
        if let (Some(odd), Some(id)) = (value["odd"].as_str(), value["id"].as_str()) {
            let decided = DECIDED.iter().find(|(known, _)| id.starts_with(known));
            println!("{id} is odd: {odd}. Ours: {}", decided.map_or("no rule is named", |(_, rule)| rule));
        }
        compared.same += own.same;
        compared.in_whole_minutes.extend(own.in_whole_minutes);
        compared.other.extend(own.other);
        compared.not_compared.extend(own.not_compared);
    }
    let Compared { same, in_whole_minutes, other, not_compared } = compared;
    in_whole_minutes.iter().for_each(|place| println!("only in whole minutes: {place}"));
    not_compared.iter().for_each(|place| println!("not compared: {place}"));
    assert!(wrong.is_empty() && other.is_empty(), "{}", [wrong, other].concat().join("\n"));
    println!("{held} scenarios hold, {same} figures, of {} scenarios", all.len());
}

fn read(value: &Value) -> Result<Scenario, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn play(folder: &Folder, scenario: &Scenario, compared: &mut Compared) -> Result<(), String> {
    let right = scenario.right();
    let ran = run(folder, scenario)?;
    if must_be_refused(scenario, &right) {
        let told = ran.err.contains("never opens") || ran.err.contains("no time at all");
        return if ran.status == 2 && told {
            compared.same += 1;
            Ok(())
        } else {
            Err(format!("not refused: {}", ran.err))
        };
    }
    if ran.status != 0 {
        return Err(format!("replay ended with {}: {}", ran.status, ran.err));
    }
    Printed(&ran.lines()).compare(scenario, &right, compared)?;
    match scenario.before_change() {
        Some(before) => play(folder, &before, compared),
        None => Ok(()),
    }
}

/// Whether the rulebook is one that nobody can work by.
fn must_be_refused(scenario: &Scenario, right: &Figures) -> bool {
    let nothing = scenario.policy.values().any(|budget| budget.as_f64().is_some_and(|budget| budget <= 0.0));
    scenario.never_opens() || nothing || right.contains_key("error")
}

fn run(folder: &Folder, scenario: &Scenario) -> Result<Ran, String> {
    folder.write("rules.json", &rules::rulebook(scenario)?.to_string());
    folder.write("commands.jsonl", &story::commands(scenario)?);
    Ok(folder.run(&["--rulebook", "rules.json", "--commands", "commands.jsonl", "--json"], ""))
}

/// A plain scenario: a fix is owed within an hour, and comes an hour late.
fn late() -> Value {
    json!({
        "id": "ours", "source": "ours", "calendar": { "tz": "UTC", "weekly": "24x7", "holidays": ["*-01-01"] },
        "policy": { "resolution_min": 60, "pause_on": ["waiting"] },
        "events": [{ "at": "2026-03-02T09:00:00Z", "type": "created" }, { "at": "2026-03-02T11:00:00Z", "type": "status:resolved" }],
        "expected": { "resolution": { "due_at": "2026-03-02T10:00:00Z", "completed_at": "2026-03-02T11:00:00Z", "breached": true,
            "breached_at": "2026-03-02T10:00:00Z", "elapsed_min": 120, "remaining_min": -60, "paused_min": 0, "cycle": 1 } },
    })
}

fn compare(name: &str, value: &Value) -> Result<Compared, String> {
    let mut compared = Compared::default();
    play(&Folder::new(name), &read(value)?, &mut compared)?;
    Ok(compared)
}

#[test]
fn every_wrong_figure_is_found() {
    let right = compare("right", &late()).expect("played");
    assert_eq!((right.same, right.other.len(), right.not_compared.len()), (8, 0, 0), "{:?}", right.other);
    for (figure, wrong) in [
        ("due_at", json!("2026-03-02T10:00:01Z")),
        ("completed_at", Value::Null),
        ("breached", json!(false)),
        ("breached_at", json!("2026-03-02T11:00:00Z")),
        ("elapsed_min", json!(121)),
        ("remaining_min", json!(-59)),
        ("paused_min", json!(60)),
        ("cycle", json!(2)),
        ("state", json!("cancelled")),
        ("elapsed_sec", json!(7201)),
    ] {
        let mut value = late();
        value["expected"]["resolution"][figure] = wrong.clone();
        let other = compare("wrong", &value).expect("played").other;
        assert!(other.iter().any(|said| said.contains(figure)), "{figure} {wrong} goes unnoticed");
    }
}

/// No deadline is expected, and one runs.
#[test]
fn a_deadline_that_should_not_run_is_found() {
    let mut value = late();
    value["events"].as_array_mut().expect("events").truncate(1);
    value["expected"] = json!({ "resolution": { "due_at": null } });
    assert_eq!(compare("runs", &value).expect("played").other.len(), 1);
}

#[test]
fn what_is_not_known_is_an_error_that_names_it() {
    for (place, key) in [
        ("", "colour"),
        ("/calendar", "colour"),
        ("/policy", "colour_min"),
        ("/events/0", "colour"),
        ("/expected", "colour"),
        ("/expected/resolution", "colour"),
    ] {
        let mut value = late();
        value.pointer_mut(place).expect("a place")[key] = json!({});
        let error = compare("unknown", &value).err().expect("an error");
        assert!(error.contains("colour"), "{place}: {error}");
    }
    for (place, word) in
        [("/events/1/type", "colour"), ("/policy/escalation_offset", "colour"), ("/policy/applies_if", "colour")]
    {
        let mut value = late();
        let (parent, key) = place.rsplit_once('/').expect("a place");
        value.pointer_mut(parent).expect("a place")[key] = json!(word);
        let error = compare("unknown", &value).err().expect("an error");
        assert!(error.contains("colour"), "{place}: {error}");
    }
}
