//! The simple form: what a desk of three people writes, and what it stands for.

use owed::Rulebook;

use super::wrong;

const HOURS: &str = r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] }, "holidays": ["2026-03-20"] }"#;

#[track_caller]
fn read(rulebook: &str) -> Rulebook {
    serde_json::from_str(rulebook).unwrap_or_else(|error| panic!("{error}"))
}

/// That the one is read as the other, and printed as it.
#[track_caller]
fn stands_for(simple: &str, full: &str) {
    let (simple, full) = (read(simple), read(full));
    assert_eq!(simple, full);
    let printed = serde_json::to_string(&simple).expect("printed");
    assert_eq!(printed, serde_json::to_string(&full).expect("printed"));
    assert!(!printed.contains("\"agreement\":"), "{printed}");
    assert_eq!(read(&printed), simple);
}

#[test]
fn the_six_lines_of_a_small_desk() {
    stands_for(
        &format!(
            r#"{{ "calendar": {HOURS},
              "agreement": {{ "first_response": "4 working hours", "next_response": "8 working hours", "resolution": "5 business days" }} }}"#
        ),
        &format!(
            r#"{{ "calendars": {{ "office": {HOURS} }}, "calendar": "office",
              "agreements": [{{ "name": "sla", "binding": "goal", "owner": {{ "team": "desk" }}, "calendar": "office", "targets": {{
                "first_response": "4 working hours", "next_response": "8 working hours", "first_resolution": "5 business days" }} }}] }}"#
        ),
    );
}

#[test]
fn a_target_is_an_amount_or_goes_by_priority_or_says_more() {
    stands_for(
        &format!(
            r#"{{ "calendar": {HOURS}, "agreement": {{
              "first_response": {{ "1": "1 working hour", "otherwise": "4 working hours" }},
              "next_response": {{ "budget": {{ "1": "2 working hours" }}, "warn": ["50 %"] }} }} }}"#
        ),
        &format!(
            r#"{{ "calendars": {{ "office": {HOURS} }}, "calendar": "office", "agreements": [{{ "name": "sla", "targets": {{
              "first_response": {{ "budget": {{ "1": "1 working hour", "otherwise": "4 working hours" }} }},
              "next_response": {{ "budget": {{ "1": "2 working hours" }}, "warn": ["50 %"] }} }} }}] }}"#
        ),
    );
}

#[test]
fn it_stands_beside_the_full_form() {
    let shop = r#"{ "time_zone": "UTC", "weekly": { "sat": ["10:00-14:00"] } }"#;
    let gold = r#"{ "name": "gold", "when": { "tags": ["gold"] }, "calendar": "shop", "targets": { "first_response": "1 working hour" } }"#;
    stands_for(
        &format!(
            r#"{{ "calendar": {HOURS}, "calendars": {{ "shop": {shop} }}, "agreement": {{ "first_response": "4 working hours" }}, "agreements": [{gold}] }}"#
        ),
        &format!(
            r#"{{ "calendars": {{ "shop": {shop}, "office": {HOURS} }}, "calendar": "office",
              "agreements": [{gold}, {{ "name": "sla", "targets": {{ "first_response": "4 working hours" }} }}] }}"#
        ),
    );
    // A name beside an agreement, and an inline calendar beside agreements.
    stands_for(
        &format!(
            r#"{{ "calendars": {{ "shop": {shop} }}, "calendar": "shop", "agreement": {{ "first_response": "4 hours" }} }}"#
        ),
        &format!(
            r#"{{ "calendars": {{ "shop": {shop} }}, "calendar": "shop", "agreements": [{{ "name": "sla", "targets": {{ "first_response": "4 hours" }} }}] }}"#
        ),
    );
    stands_for(
        r#"{ "calendar": "24x7", "agreements": [{ "name": "gold", "calendar": "office", "targets": { "first_response": "4 working hours" } }] }"#,
        r#"{ "calendars": { "office": "24x7" }, "calendar": "office", "agreements": [{ "name": "gold", "targets": { "first_response": "4 working hours" } }] }"#,
    );
}

#[test]
fn each_edition_may_be_simple() {
    let later = r#""from": "2026-07-01T00:00:00Z", "#;
    stands_for(
        &format!(
            r#"{{ "editions": [{{ "agreement": {{ "resolution": "72 hours" }} }}, {{ {later} "calendar": {HOURS} }}] }}"#
        ),
        &format!(
            r#"{{ "editions": [{{ "agreements": [{{ "name": "sla", "targets": {{ "first_resolution": "72 hours" }} }}] }},
                              {{ {later} "calendars": {{ "office": {HOURS} }}, "calendar": "office" }}] }}"#
        ),
    );
}

#[test]
fn a_metric_of_ones_own_called_resolution_is_that_metric() {
    let metrics = r#""metrics": { "resolution": { "deliverable": "fix", "start": [{ "fact": "opened" }], "stop": [{ "fact": "status", "to": ["closed"] }] } }"#;
    stands_for(
        &format!(r#"{{ {metrics}, "agreement": {{ "resolution": "72 hours" }} }}"#),
        &format!(r#"{{ {metrics}, "agreements": [{{ "name": "sla", "targets": {{ "resolution": "72 hours" }} }}] }}"#),
    );
}

#[test]
fn customer_silent_is_a_rule_for_tickets_that_wait_for_him() {
    let with =
        |more: &str| format!(r#"{{ "calendar": "24x7", "agreement": {{ "first_response": "4 hours" }}, {more} }}"#);
    let steps = r#""remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days""#;
    let rule = format!(r#"{{ "name": "customer_silent", "while": {{ "status": ["pending"] }}, {steps} }}"#);
    stands_for(&with(&format!(r#""customer_silent": {{ {steps} }}"#)), &with(&format!(r#""silence": [{rule}]"#)));
}

/// Nobody is given up who was not told, and each step has its own time; all that is wrong is told at once.
#[test]
fn what_a_rule_of_silence_may_not_be() {
    let silent =
        |rule: &str| wrong(&format!(r#"{{ "calendar": "24x7", "agreements": [], "customer_silent": {rule} }}"#));
    let unwarned = "customer_silent: a matter that is not solved is closed only after two reminders and a warning: \
                    \"remind\": [\"3 days\", \"7 days\"], \"warn\": \"12 days\"";
    assert_eq!(silent(r#"{ "close": "14 days" }"#), [unwarned]);
    assert_eq!(silent(r#"{ "remind": ["3 days"], "warn": "12 days", "close": "14 days" }"#), [unwarned]);
    assert_eq!(silent(r#"{ "remind": ["3 days", "7 days"], "close": "14 days" }"#), [unwarned]);
    assert_eq!(
        silent(r#"{ "remind": ["3 days", "3 days"], "warn": "0 hours", "close": "14 days" }"#),
        [
            "customer_silent.remind[1]: 3 days is no later than the step before it; each step needs its own time",
            "customer_silent.warn: no time at all is given; write more than nothing"
        ]
    );
    assert_eq!(
        wrong(
            r#"{ "agreements": [], "silence": [{ "name": "a", "while": { "status": ["solved"] }, "close": "14 working hours" }] }"#
        ),
        ["silence[0].close: working time needs a calendar: name one here, in the agreement or in the edition"]
    );
    assert_eq!(
        silent(r#"{ "remind": ["3 days"], "warn": "4 days" }"#),
        ["customer_silent.warn: the key \"close\" is missing"]
    );
    assert_eq!(silent("{}"), ["customer_silent: nothing stands here; write what it may be, or leave it out"]);
    let rules = |rules: &str| wrong(&format!(r#"{{ "calendar": "24x7", "agreements": [], "silence": {rules} }}"#));
    assert_eq!(
        rules(r#"[{ "name": "a", "while": {}, "remind": ["1 day"] }]"#),
        ["silence[0].while: a rule of silence needs a condition: {\"status\": [\"pending\"]}, for instance"]
    );
    let twice = r#"[{ "name": "a", "while": { "status": ["solved"] }, "close": "1 day" },
                    { "name": "a", "while": { "status": ["solved"] }, "close": "2 days" }]"#;
    assert_eq!(rules(twice), ["silence: the rule a stands here twice"]);
}

/// Names over categories, and what may follow what: every word leads somewhere, and every name is reached.
#[test]
fn what_own_names_for_a_status_may_not_be() {
    let said = wrong(
        r#"{ "agreements": [],
            "statuses": { "open": "open", "done": "solved", "lost": "on_hold", "parked": "nowhere" },
            "transitions": { "new": ["open", "gone"], "open": ["pending"], "pending": ["open"], "on_hold": [], "solved": ["open"], "closed": [] } }"#,
    );
    assert_eq!(said.len(), 6, "{said:#?}");
    assert_eq!(said[0], "statuses.open: open is a category already; choose another name");
    assert_eq!(said[1], "statuses.done: solved is an end and has no other names; write new, open, pending or on_hold");
    assert!(said[2].starts_with("statuses.parked: unknown variant `nowhere`"), "{}", said[2]);
    assert_eq!(said[3], "transitions.new: there is no status gone; define it under \"statuses\", or write a category");
    assert!(said[4].starts_with("statuses.done: no ticket can come to be done"), "{}", said[4]);
    assert!(said[5].starts_with("statuses.lost: no ticket can come to be lost"), "{}", said[5]);
}

#[test]
fn a_share_is_some_of_a_thousand() {
    let with = |share: &str| {
        let rules = format!(
            r#"{{ "agreements": [{{ "name": "sla", "when": {{ "sample": {{ "per_thousand": {share} }} }}, "targets": {{ "first_response": "4 hours" }} }}] }}"#
        );
        serde_json::from_str::<owed::Rulebook>(&rules).map_err(|error| error.to_string())
    };
    for share in ["0", "1001", "-1"] {
        let said = with(share).expect_err("no share");
        assert!(said.contains("agreements[0].when.sample.per_thousand: a share is 1 to 1000 of a thousand"), "{said}");
    }
    assert_eq!(with("1000").map(|rules| rules.len()), Ok(1));
}

#[test]
fn a_reminder_in_working_time_needs_a_calendar() {
    let with = |more: &str| {
        format!(
            r#"{{ {more} "agreement": {{ "first_response": "4 hours" }}, "remind": {{ "owner": "1 working hour before" }} }}"#
        )
    };
    assert_eq!(
        wrong(&with("")),
        ["remind: working time needs a calendar: name one here, in the agreement or in the edition"]
    );
    assert!(serde_json::from_str::<owed::Rulebook>(&with(r#""calendar": "24x7","#)).is_ok());
}

#[test]
fn what_a_role_may_promise_is_read_and_printed() {
    let rules = read(
        r#"{ "calendar": "24x7", "agreements": [], "may_promise": { "front line": [{ "deliverable": ["reply", { "refund": "sent" }],
             "no_sooner": "1 hour", "no_later": "2 business days" }], "ai": [] } }"#,
    );
    let printed = serde_json::to_string(&rules).expect("printed");
    assert!(printed.contains(
        r#""may_promise":{"ai":[],"front line":[{"deliverable":["reply",{"refund":"sent"}],"no_sooner":"1 hour","no_later":"2 business days"}]}"#
    ), "{printed}");
    assert_eq!(read(&printed), rules);
    assert_eq!(
        wrong(r#"{ "agreements": [], "may_promise": { "front line": [{ "deliverable": ["cake"], "no_later": "2 days", "most": 5 },
                    { "no_sooner": "3 hours", "no_later": "2 hours" }], "": [] } }"#)
        .iter().map(|line| line.split(": ").next().unwrap_or_default()).collect::<Vec<_>>(),
        [r#"may_promise."front line"[0]"#, r#"may_promise."front line"[0].deliverable[0]"#, r#"may_promise."front line"[0].no_later"#,
         r#"may_promise."front line"[1].no_later"#, r#"may_promise."""#]
    );
}

#[test]
fn everything_wrong_with_it_is_told_at_its_own_place() {
    let said = wrong(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon": ["09:00-17:00"] } } },
             "calendar": { "time_zone": "Mars/Olympus", "weekly": { "mon-fri": ["09:00-25:00"] } },
             "agreement": { "first_respnse": "4 hours", "next_response": "0 hours", "resolution": "5 days", "first_resolution": "6 days",
                            "first_response": { "1": "4 workin hours", "2": 7 }, "hold_time": { "budget": "1 hour", "warn": ["200 %"] }, "vendor": {} },
             "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }],
             "remind": {} }"#,
    );
    let expected = [
        ("calendar", "there is a calendar office already"),
        ("calendar.time_zone", r#""Mars/Olympus" is no time zone"#),
        ("calendar.weekly.mon-fri[0]", r#""25:00""#),
        ("agreement.first_respnse", "there is no metric first_respnse"),
        ("agreement.next_response", "no time at all"),
        ("agreement.first_resolution", "the metric first_resolution stands here twice"),
        ("agreement.first_response.1", "no amount of time"),
        ("agreement.first_response.2", "expected text"),
        ("agreement.hold_time.warn[0]", "no warning"),
        ("agreement.vendor", "no priority has a budget"),
        ("agreement", "agreement sla stands here twice"),
        ("remind", "nothing stands here"),
    ];
    for (place, flaw) in expected {
        let told = said.iter().any(|line| line.starts_with(&format!("{place}: ")) && line.contains(flaw));
        assert!(told, "not told: {place}: {flaw}\n{}", said.join("\n"));
    }
    assert_eq!(said.len(), expected.len(), "{}", said.join("\n"));
}

#[test]
fn an_agreement_that_owes_nothing_is_none() {
    assert_eq!(
        wrong(r#"{ "agreement": {} }"#),
        ["agreement: nothing stands here; write what it may be, or leave it out"]
    );
    let said = wrong(r#"{ "agreement": { "first_response": "4 working hours" } }"#);
    assert!(said[0].starts_with("agreement.first_response: working time needs a calendar"), "{said:?}");
    assert!(wrong(r#"{ "agreement": [], "calendar": 7 }"#).len() == 2);
}
