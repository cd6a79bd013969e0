//! What is wrong with a rulebook is told all at once, each with its place.

#![allow(missing_docs, clippy::pedantic)]

use owed::Rulebook;

#[path = "rulebook/check.rs"]
mod check;
#[allow(dead_code)]
mod desk;
#[path = "rulebook/examples.rs"]
mod examples;
#[path = "rulebook/kept.rs"]
mod kept;
#[path = "rulebook/presets.rs"]
mod presets;
#[path = "rulebook/simple.rs"]
mod simple;

#[track_caller]
fn wrong(rulebook: &str) -> Vec<String> {
    let error = serde_json::from_str::<Rulebook>(rulebook).expect_err("something wrong").to_string();
    error.lines().map(str::to_owned).collect()
}

#[test]
fn all_errors_at_once_with_their_place() {
    let said = wrong(
        r#"{ "editions": [
            { "calendars": { "office": { "time_zone": "Mars/Olympus", "weekly": { "mon-fri": ["09:00-25:00"] }, "open": true } },
              "calendar": "offfice",
              "metrics": { "mine": { "deliverable": "cake", "start": [], "stop": [{ "fact": "message", "author": ["robot"] }, { "author": [] }], "after": "first_reply" } },
              "agreements": [
                { "name": "sla", "binding": "promised", "when": { "statuz": [] }, "targets": {
                    "first_response": { "budget": { "high": "4 workin hours", "low": "0 hours" }, "warn": ["120 %", "50 %", "50 %"] },
                    "next_response": { "budget": {}, "calendar": "shop" },
                    "unheard_of": "4 hours",
                    "first_resolution": { "budget": "5 business weeks", "pause": [{ "reason": "x", "when": {} }] } } },
                { "name": "sla", "targets": {} } ] },
            { "agreements": 7 } ] }"#,
    );
    let expected = [
        (r#"editions[0].calendars.office"#, r#"unknown key "open""#),
        ("editions[0].calendars.office.time_zone", r#""Mars/Olympus" is no time zone"#),
        ("editions[0].calendars.office.weekly.mon-fri[0]", r#""25:00""#),
        ("editions[0].calendar", "there is no calendar offfice"),
        ("editions[0].metrics.mine.deliverable", "unknown variant `cake`"),
        ("editions[0].metrics.mine.start", "at least one pattern"),
        ("editions[0].metrics.mine.stop[0].author[0]", "unknown variant `robot`"),
        ("editions[0].metrics.mine.stop[1]", r#"the key "fact" is missing"#),
        ("editions[0].agreements[0].when", r#"unknown key "statuz""#),
        ("editions[0].agreements[0].targets.first_response.budget.high", "no amount of time"),
        ("editions[0].agreements[0].targets.first_response.budget.low", "no time at all"),
        ("editions[0].agreements[0].targets.first_response.warn[0]", "no warning"),
        ("editions[0].agreements[0].targets.first_response.warn[2]", "stands here twice"),
        ("editions[0].agreements[0].targets.next_response.budget", "no priority has a budget"),
        ("editions[0].agreements[0].targets.next_response.calendar", "there is no calendar shop"),
        ("editions[0].agreements[0].targets.unheard_of", "there is no metric unheard_of"),
        ("editions[0].agreements[0].targets.first_resolution.budget", "no amount of time"),
        ("editions[0].agreements[0].targets.first_resolution.pause[0].when", "a pause needs a condition"),
        ("editions[1].agreements", "expected a list, found a whole number"),
    ];
    for (place, flaw) in expected {
        let told = said
            .iter()
            .any(|line| line.strip_prefix(place).is_some_and(|rest| rest.starts_with(": ") && rest.contains(flaw)));
        assert!(told, "not told: {place}: {flaw}\n{}", said.join("\n"));
    }
    assert!(said.len() >= expected.len());
}

#[test]
fn editions_follow_each_other() {
    let edition = |from: &str| format!(r#"{{ {from} "agreements": [] }}"#);
    let at = |from: &str| edition(&format!(r#""from": "{from}","#));
    let two = |first: &str, second: &str| format!(r#"{{ "editions": [{first}, {second}] }}"#);
    let said = wrong(&two(&edition(""), &edition("")));
    assert!(said[0].starts_with("editions[1].from: only a first edition"), "{said:?}");
    let said = wrong(&two(&at("2026-03-02T00:00:00Z"), &at("2026-03-02T00:00:00Z")));
    assert!(said[0].starts_with("editions[1].from: in force from"), "{said:?}");
    assert!(wrong(r#"{ "editions": [] }"#)[0].contains("at least one edition"));
}

#[test]
fn an_edition_is_appended_and_nothing_else() {
    let mut rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#).expect("a rulebook");
    let edition = |text: &str| serde_json::from_str(text).expect("an edition");
    rules.append(edition(r#"{ "from": "2026-03-02T00:00:00Z", "agreements": [] }"#)).expect("later");
    assert_eq!(rules.len(), 2);
    let error = rules.append(edition(r#"{ "from": "2026-03-01T00:00:00Z", "agreements": [] }"#)).expect_err("earlier");
    assert!(error.to_string().contains("not after"), "{error}");
    assert!(rules.append(edition(r#"{ "agreements": [] }"#)).is_err());
    let number = |at: &str| rules.in_force(at.parse().expect("an instant")).expect("one").0;
    assert_eq!((number("2026-03-01T23:59:59Z"), number("2026-03-02T00:00:00Z")), (1, 2));
}

#[test]
fn a_promise_that_pauses_needs_an_allowance() {
    let said = wrong(
        r#"{ "agreements": [{ "name": "sla", "binding": "promised", "targets": { "first_response":
            { "budget": "4 hours", "pause": [{ "reason": "x", "when": { "status": ["pending"] } }] } } }] }"#,
    );
    assert!(said[0].starts_with("agreements[0].targets.first_response: a promise that pauses"), "{said:?}");
}

#[test]
fn working_time_needs_a_calendar() {
    let said = wrong(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours" } }] }"#);
    assert!(said[0].starts_with("agreements[0].targets.first_response: working time needs a calendar"), "{said:?}");
}

/// Whoever writes a value where a map belongs hears what is to be in the map; and what the calendar that is always open is called.
#[test]
fn what_belongs_there_is_told_where_something_else_stands() {
    let target = |rule: &str| {
        wrong(&format!(r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "requester_wait": {rule} }} }}] }}"#))
    };
    assert_eq!(
        target(r#"{ "budget": "4 hours", "pausable": "72 hours" }"#),
        ["agreements[0].targets.requester_wait.pausable: expected a map (its keys: total, once), found text"]
    );
    assert_eq!(
        target(r#"{ "budget": "4 working hours", "calendar": "24x7" }"#),
        [
            r#"agreements[0].targets.requester_wait.calendar: there is no calendar 24x7; always open is a calendar that has a name, too: "calendars": {"24x7": "24x7"}"#
        ]
    );
    assert_eq!(
        wrong(r#"{ "agreements": [], "corrections": { "window": "3 days" } }"#),
        [
            r#"corrections.window: "3 days" is no elapsed time in hours, minutes or seconds, which is wanted here; write it as "72 hours""#
        ]
    );
    let named = r#"{ "calendars": {"24x7": "24x7"}, "agreements": [{ "name": "sla", "targets": {
        "requester_wait": { "budget": "4 working hours", "calendar": "24x7" } } }] }"#;
    assert!(serde_json::from_str::<Rulebook>(named).is_ok(), "what is advised can be done");
}

#[test]
fn what_is_nested_keeps_its_whole_place() {
    let said = wrong(
        r#"{ "editions": [{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "thu": ["25:00-26:00"] }, "holidays": [{ "easter": true }] },
            "my.lab": { "time_zone": "UTC", "weekly": {} }, "": 7 }, "agreements": true }] }"#,
    );
    let expected = r#"editions[0].calendars.office.weekly.thu[0]: "25:00" is no time of day; write 00:00 to 24:00
editions[0].calendars.office.holidays[0].easter: expected a whole number, found true or false
editions[0].calendars."my.lab": this calendar never opens; give it weekly hours, or a shift
editions[0].calendars."": expected a map (its keys: time_zone, weekly, seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays, revisions), found a whole number
editions[0].calendars."": a name must not be empty
editions[0].agreements: expected a list, found true or false"#;
    assert_eq!(said, expected.lines().collect::<Vec<_>>());
}
