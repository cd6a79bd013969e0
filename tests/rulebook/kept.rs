//! What is wrong with a rulebook is told where it is, and nothing else; and what one may ask for.

use serde_json::{Value, json};

use crate::desk::*;

fn problems(rules: &Value) -> Vec<String> {
    let read = serde_json::from_value::<owed::Rulebook>(rules.clone());
    read.err().map_or(Vec::new(), |problems| problems.to_string().lines().map(str::to_owned).collect())
}

/// A target in an agreement under some metrics.
fn with_target(target: &Value) -> Value {
    json!({ "calendar": "24x7", "agreements": [{ "name": "sla", "targets": { "first_response": target } }] })
}

/// The end of an agreement comes after its beginning. At one instant it would never owe anything.
#[test]
fn an_agreement_is_in_force_from_one_instant_to_a_later_one() {
    let agreement = |from: &str, until: &str| {
        problems(
            &json!({ "agreements": [{ "name": "trial", "from": from, "until": until, "targets": { "first_response": "4 hours" } }] }),
        )
    };
    let (first, second) = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    assert_eq!(agreement(first, second), [""; 0]);
    for (from, until) in [(second, first), (first, first)] {
        let said = agreement(from, until);
        assert!(said[0].contains(&format!("owes until {until}, which is not after {from}")), "{said:?}");
    }
}

/// Whoever mends the metric has mended the target.
#[test]
fn of_a_metric_that_is_wrong_only_the_metric_is_told() {
    let said = problems(&json!({
        "metrics": { "mine": { "deliverable": "cake", "start": [{ "fact": "opened" }], "stop": [{ "fact": "message" }] } },
        "agreements": [{ "name": "sla", "targets": { "mine": "4 hours" } }]
    }));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("metrics.mine.deliverable: "), "{said:?}");
}

/// Whatever a breach owes, it owes at least once.
#[test]
fn what_a_breach_owes_has_a_depth() {
    let owes = |depth: u8| {
        problems(&with_target(&json!({ "budget": "4 hours", "breach_owes": { "within": "1 day", "depth": depth } })))
    };
    assert_eq!(owes(1), [""; 0]);
    let said = owes(0);
    assert!(said[0].contains("a depth is 1 to 255"), "{said:?}");
}

#[test]
fn a_target_has_thirty_two_warnings_at_most() {
    let warnings = |count: u32| {
        let warn: Vec<String> = (1..=count).map(|minute| format!("{minute} minutes before")).collect();
        problems(&with_target(&json!({ "budget": "4 hours", "warn": warn })))
    };
    assert_eq!(warnings(32), [""; 0]);
    for count in [33, 40] {
        let said = warnings(count);
        assert!(said[0].contains("32"), "{said:?}");
    }
}

/// The team is there from eight to four, the customer from noon on: four hours from nine are over when the team goes home.
#[test]
fn hours_can_be_those_when_both_are_there() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "early": { "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-16:00"] } },
                            "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["12:00-20:00"] } } },
             "calendar": "early", "agreements": [{ "name": "sla", "calendar": { "intersection": ["early", "late"] },
                "targets": { "first_response": "4 working hours" } }] }"#,
    );
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_response 1 due 02 16:00");
}

/// Whoever writes in Turkish gets an answer within four hours.
#[test]
fn an_agreement_can_ask_for_the_language() {
    let owes = |language: &str| {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "language": ["tr"] }, "targets": { "first_response": "4 hours" } }]"#,
        );
        desk.at("02 09:00", &OPEN.replace("c-1\"", &format!("c-1\", \"about\": {{\"language\": \"{language}\"}}")))
            .len()
            > 1
    };
    assert!(owes("tr"));
    assert!(!owes("en"));
}

/// A step that cannot be read is what is wrong, and not that it is missing.
#[test]
fn of_a_step_of_silence_that_is_wrong_only_the_step_is_told() {
    let silent = |rule: Value| problems(&json!({ "calendar": "24x7", "agreements": [], "customer_silent": rule }));
    let said = silent(json!({ "remind": ["3 days", "soon"], "warn": "12 days", "close": "14 days" }));
    assert_eq!(said.len(), 1, "{said:?}");
    let said = silent(json!({ "remind": ["soon"] }));
    assert_eq!(said.len(), 1, "{said:?}");
}

/// A role that may promise no sooner than 3 of a unit and no later than 2 of it may promise nothing, whichever unit that is; 3 it may.
#[test]
fn what_is_never_promised_is_told_in_every_unit() {
    for unit in ["working hours", "hours", "business days", "days", "weeks", "months"] {
        let told = |no_later: u8| {
            problems(&json!({
                "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "agreements": [],
                "may_promise": { "desk": [{ "no_sooner": format!("3 {unit}"), "no_later": format!("{no_later} {unit}") }] }
            }))
        };
        let said = told(2);
        assert!(said.len() == 1 && said[0].starts_with("may_promise.desk[0].no_later: "), "{unit}: {said:?}");
        assert!(told(3).is_empty() && told(4).is_empty(), "{unit}");
    }
}

/// An edition that comes later is taken.
#[test]
fn a_later_edition_is_appended() {
    let edition = |from: &str| serde_json::from_value(json!({ "from": from, "agreements": [] })).expect("an edition");
    let mut rules: owed::Rulebook = edition_rules("2026-01-01T00:00:00Z");
    assert!(rules.append(edition("2026-07-01T00:00:00Z")).is_ok());
    assert!(rules.append(edition("2026-07-01T00:00:00Z")).is_err(), "not twice at one instant");
    assert_eq!(rules.len(), 2);
}

fn edition_rules(from: &str) -> owed::Rulebook {
    serde_json::from_value(json!({ "from": from, "agreements": [] })).expect("a rulebook")
}
