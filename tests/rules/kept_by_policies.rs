//! What the rules of a rulebook say, read and write, to the letter; and what comes of it for a ticket.

use owed::Rulebook;
use owed::calendar::Calendar;
use owed::escalation::Ladder;
use owed::policy::{Fact, Mark, Remedy, eu_1182_71};
use owed::report::explain;
use serde_json::{Value, json};

use crate::desk::*;
use crate::put_right::{bounce, message};

fn rulebook(rules: &Value) -> Result<Rulebook, String> {
    serde_json::from_value(rules.clone()).map_err(|problems| problems.to_string())
}

/// 45 teams with hours of their own: two of them together are 45 × 46 / 2 = 1035 calendars.
#[test]
fn a_rule_comes_to_a_thousand_calendars_at_most() {
    let both = |teams: u32| {
        let hours = |minute: u32| json!({ "time_zone": "UTC", "weekly": { "mon": [format!("09:{minute:02}-17:00")] } });
        let calendars: serde_json::Map<_, _> = (0..teams).map(|n| (format!("c{n}"), hours(n))).collect();
        let teams: serde_json::Map<_, _> = (0..teams).map(|n| (format!("t{n}"), json!(format!("c{n}")))).collect();
        rulebook(&json!({ "calendars": calendars, "calendar": "c0", "calendar_of": { "teams": teams },
            "agreements": [{ "name": "sla", "calendar": { "union": [{ "of": "team" }, { "of": "team" }] },
                             "targets": { "first_response": "4 working hours" } }] }))
    };
    assert!(both(4).is_ok());
    let said = both(45).expect_err("too many");
    assert!(said.contains("this comes to more than 1000 calendars"), "{said}");
}

#[test]
fn of_what_was_unclear_only_the_answer_that_is_redacted_is_erased() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    for reference in ["m-1", "m-2"] {
        desk.at("02 09:10", &message("agent", "public", reference));
        let unclear = json!({ "what": "unclear", "answer": reference, "asked_in": ticket_id() });
        desk.at("02 09:10", &format!(r#"{{"room": "ticket", "type": "mark", "mark": {unclear}}}"#));
    }
    desk.at("02 10:00", r#"{"room": "ticket", "type": "redact", "message": "m-1"}"#);
    let answers = desk.ticket.past().iter().filter_map(|past| match &past.fact {
        Fact::Marked(Mark::Unclear { answer, .. }) => Some(answer.as_str().to_owned()),
        _ => None,
    });
    let answers: Vec<String> = answers.collect();
    assert!(!answers[0].contains("m-1"), "{answers:?}");
    assert_eq!(answers[1], "m-2");
}

/// What the desk has opened asks nothing of it, though a reply is owed from then on.
#[test]
fn what_the_desk_had_opened_waits_for_no_answer_on_the_other_ticket() {
    let merged = |open: &str| {
        let mut desk = Desk::with(
            r#"{ "metrics": { "greeting": { "deliverable": "reply", "start": [{ "fact": "opened" }], "stop": [{ "fact": "message", "author": ["agent"] }] } },
                "agreements": [{ "name": "sla", "targets": { "greeting": "4 hours" } }] }"#,
        );
        desk.swap();
        desk.at("02 09:00", OPEN);
        desk.swap();
        desk.at("02 09:00", open);
        desk.merge("02 10:00")[1].clone()
    };
    let by_him = merged(OPEN);
    assert_eq!(by_him, ["02 10:00: the other merged into it", "02 10:00: public message of customer"]);
    assert_eq!(merged(&OPEN.replace("c-1\"", "c-1\", \"author\": \"agent\"")), ["02 10:00: the other merged into it"]);
}

#[test]
fn a_name_over_a_category_is_reached_from_another_name_or_not_at_all() {
    let with = |transitions: Value| {
        let from = ["new", "open", "pending", "on_hold", "solved", "closed"];
        let mut all: serde_json::Map<_, _> =
            from.iter().map(|from| ((*from).to_owned(), json!(["solved", "parts"]))).collect();
        all.extend(transitions.as_object().expect("a map").clone());
        rulebook(
            &json!({ "calendar": "24x7", "statuses": { "parts": "on_hold", "lab": "on_hold" }, "transitions": all, "agreements": [] }),
        )
    };
    assert!(with(json!({ "parts": ["lab"] })).is_ok());
    let said = with(json!({ "parts": ["open"], "lab": ["lab"] })).expect_err("nothing leads there");
    assert!(said.contains("lab"), "{said}");
}

#[test]
fn what_somebody_asks_for_has_its_word() {
    assert_eq!(Remedy::Refund.to_string(), "refund");
    assert_eq!(format!("[{:>8}]", Remedy::Credit), "[  credit]");
}

#[test]
fn what_is_not_usual_is_written_and_what_is_usual_is_left_out() {
    let written = |agreement: &str, target: &str| {
        let rules = format!(
            r#"{{ "calendar": "24x7", "agreements": [{{ "name": "sla", {agreement} "targets": {{ "first_response": {{ "budget": "4 hours"{target} }} }} }}] }}"#
        );
        let rules: Rulebook = serde_json::from_str(&rules).expect("a rulebook");
        serde_json::to_string(&rules).expect("written")
    };
    assert!(written(r#""on_merge": "earliest_opening","#, "").contains(r#""on_merge":"earliest_opening""#));
    assert!(!written(r#""on_merge": "own_opening","#, "").contains("on_merge"));
    let owes = |depth: u8| {
        written(
            "",
            &format!(r#", "breach_owes": {{ "deliverable": "explanation", "within": "1 day", "depth": {depth} }}"#),
        )
    };
    let owed = r#""breach_owes":{"deliverable":"explanation","within":"1 day""#;
    assert!(owes(2).contains(&format!(r#"{owed},"depth":2}}"#)), "{}", owes(2));
    assert!(owes(1).contains(&format!("{owed}}}")), "{}", owes(1));
}

/// Article 3(5) of Regulation 1182/71: a period of two days or more has two working days in it. From Friday at ten past ten.
#[test]
fn forty_eight_hours_have_two_working_days_in_them_and_forty_seven_have_not() {
    let law: Calendar =
        serde_json::from_value(json!({ "time_zone": "UTC", "weekly": { "mon-fri": ["00:00-24:00"] } })).expect("hours");
    let ends = |term: &str| eu_1182_71(&law, t("06 10:10"), term.parse().expect("a term"));
    assert_eq!(ends("47 hours"), Ok(t("08 10:00")));
    assert_eq!(ends("48 hours"), Ok(t("11 00:00")));
    assert_eq!(ends("200 hours"), Ok(t("14 19:00")));
}

/// Where only Mondays are worked, the second working day of a week is a fortnight off.
#[test]
fn a_week_has_two_working_days_in_it_however_few_there_are() {
    let law = json!({ "time_zone": "UTC", "weekly": { "mon": ["00:00-24:00"] } });
    let law: Calendar = serde_json::from_value(law).expect("hours");
    let ends = |term: &str| eu_1182_71(&law, t("02 10:10"), term.parse().expect("a term"));
    assert_eq!(ends("1 day"), Ok(t("10 00:00")));
    assert_eq!(ends("1 week"), Ok(t("17 00:00")));
}

#[test]
fn a_preset_is_in_force_from_one_instant_to_a_later_one() {
    let preset = |from: &str, until: &str| {
        let preset = json!({ "preset": "gdpr_33", "from": from, "until": until });
        rulebook(&json!({ "calendar": "24x7", "presets": [preset] }))
    };
    let (first, second) = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    assert!(preset(first, second).is_ok(), "{:?}", preset(first, second));
    for (from, until) in [(second, first), (first, first)] {
        let said = preset(from, until).expect_err("never");
        assert!(said.contains(&format!("owes until {until}, which is not after {from}")), "{said}");
    }
}

/// What a later release has written besides is passed over; what is damaged is not.
#[test]
fn a_ladder_that_is_stored_is_read_as_far_as_it_is_understood() {
    let ladder = |more: Value| {
        let mut ladder =
            json!({ "name": "breach", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] });
        ladder.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        serde_json::from_value::<Ladder>(ladder).map_err(|problem| problem.to_string())
    };
    assert!(ladder(json!({})).is_ok(), "{:?}", ladder(json!({})));
    assert!(ladder(json!({ "sings": true })).is_ok());
    let said = ladder(json!({ "progress": 7 })).expect_err("no patterns");
    assert!(said.contains("progress"), "{said}");
}

/// A promise by the first edition stands for nothing; by the second it stands while the ticket waits for the customer, as it does.
#[test]
fn what_is_planned_anew_stands_for_what_the_new_rules_want() {
    let sla = |pause: &str| {
        format!(
            r#"[{{ "name": "sla", "targets": {{ "first_resolution": {{ "budget": "8 hours", "pausable": {{ "total": "100 hours" }}{pause} }} }} }}]"#
        )
    };
    let pause =
        |reason: &str, status: &str| format!(r#"{{ "reason": "{reason}", "when": {{ "status": ["{status}"] }} }}"#);
    let only = |pauses: &[String]| sla(&format!(r#", "pause": [{}]"#, pauses.join(", ")));
    let (first, second) = (only(&[pause("parts", "on_hold")]), only(&[pause("customer", "pending")]));
    let mut desk = Desk::with(&format!(
        r#"{{ "editions": [{{ "agreements": {first} }}, {{ "from": "2026-03-02T10:00:00Z", "agreements": {second} }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 09:30", WAIT).len(), 1);
    let said = desk.at("02 11:00", r#"{"room": "ticket", "type": "replan"}"#);
    assert_eq!(
        said,
        [
            "02 11:00: replanned, 0 to be told",
            "02 11:00: first_resolution 1 retargeted, 6 hours left, due 02 17:00",
            "02 11:00: first_resolution 1 paused (customer), 6 hours left, until 06 15:00"
        ]
    );
}

/// It stands for parts, whether or not the ticket waits for the customer: what waits for parts does not go with him.
#[test]
fn what_stands_for_another_reason_does_not_go_with_the_customer() {
    let mut desk = Desk::with(
        r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "customer_silent": { "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" },
             "agreements": [{ "name": "sla", "binding": "promised", "targets": { "full_resolution": { "budget": "10 hours",
                "pausable": { "total": "2000 hours" }, "pause": [{ "reason": "parts", "when": { "tags": ["parts"] } }] } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 09:40", r#"{"room": "ticket", "type": "tag", "add": ["parts"]}"#);
    desk.at("02 10:00", WAIT);
    for (at, message) in [("03 10:01", "r-1"), ("04 10:02", "r-2"), ("06 10:03", "w-1")] {
        desk.at(at, &format!(r#"{{"room": "ticket", "type": "chase", "message": "{message}"}}"#));
    }
    assert_eq!(desk.wake("09 00:00"), ["08 10:03 by time: closing put off, 1 owed"]);
}

/// It began with a message and ended with another, whatever of the same kinds came later.
#[test]
fn what_began_a_cycle_is_not_what_came_later() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }, { "fact": "tagged" }],
                "stop": [{ "fact": "message", "author": ["agent"] }, { "fact": "status", "to": ["solved"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "4 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", ASK);
    desk.at("02 09:40", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
    desk.at("02 10:00", ANSWER);
    desk.at("02 10:30", SOLVE);
    let said = explain(&desk.ticket, &desk.rules, t("02 11:00")).expect("explained").to_string();
    let cycle = "  cycle 1 of sla, since 2026-03-02T09:20:00Z (message by customer): \
                 ended 2026-03-02T10:00:00Z, done 2026-03-02T10:00:00Z (message by agent)";
    assert_eq!(said.lines().last(), Some(cycle));
}

/// Begun at nine and again at ten, when nothing applied as yet.
#[test]
fn what_had_begun_again_before_it_was_owed_counts_from_there() {
    let rules = r#"{ "metrics": { "quiet": { "deliverable": "update", "start": [{ "fact": "opened" }],
            "reset": [{ "fact": "message", "author": ["agent"] }], "stop": [{ "fact": "status", "to": ["solved"] }] } },
        "agreements": [{ "name": "sla", "when": { "tags": ["vip"] }, "targets": { "quiet": "4 hours" } }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", ANSWER);
    assert_eq!(
        desk.at("02 11:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#)[1],
        "02 11:00: quiet 1 due 02 14:00"
    );
}

/// Where the first answer never came, no next one is owed.
#[test]
fn what_waits_for_another_metric_waits_again_once_that_is_owed_again() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "8 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &message("agent", "public", "m-1"));
    desk.at("02 09:20", &message("customer", "public", "m-2"));
    assert_eq!(
        desk.at("02 09:30", &bounce("m-1")).last().map(String::as_str),
        Some("02 09:30: next_response 1 void: in error (its start was something else)")
    );
    assert_eq!(desk.at("02 09:40", &message("customer", "public", "m-3")), ["02 09:40: public message of customer"]);
}
