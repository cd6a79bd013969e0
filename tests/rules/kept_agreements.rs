//! Agreements, metrics and the clocks that they start: what is kept of what they say.

use owed::report::explain;
use serde_json::{Value, json};

use crate::desk::*;

fn message(author: &str, reference: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "{reference}"}}"#)
}

fn was(reference: &str, author: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "reclassify", "message": "{reference}", "author": "{author}", "visibility": "public"}}"#
    )
}

fn tag(tags: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "tag", {tags}}}"#)
}

fn explained(desk: &Desk, at: &str) -> String {
    explain(&desk.ticket, &desk.rules, t(at)).expect("explained").to_string()
}

/// The messages that show what was kept, in the order in which that was recorded.
fn kept_by(desk: &Desk) -> Vec<Value> {
    let events = desk.events.iter().map(|event| serde_json::to_value(event).expect("written"));
    let fulfilled = events.filter(|event| event.pointer("/event/type") == Some(&json!("fulfilled")));
    fulfilled.map(|event| event.pointer("/event/evidence").cloned().unwrap_or_default()).collect()
}

/// Next month's agreement stands before this month's. It owes from its instant on, and hides nothing until then.
#[test]
fn an_agreement_whose_time_is_to_come_hides_none_that_follows() {
    let due = |at: &str| {
        let mut desk = Desk::new(
            r#"[{ "name": "next", "from": "2026-03-03T09:00:00Z", "targets": { "first_response": "1 working hour" } },
                { "name": "now", "targets": { "first_response": "2 working hours" } }]"#,
        );
        let said = desk.at(at, OPEN)[1].clone();
        (said, explained(&desk, at))
    };
    let (said, why) = due("02 09:00");
    assert_eq!(said, "02 09:00: first_response 1 due 02 11:00");
    assert!(why.contains("next owes only from 2026-03-03T09:00:00Z on"), "{why}");
    assert!(why.contains("now counts: 2 working hours"), "{why}");
    assert_eq!(due("03 09:00").0, "03 09:00: first_response 1 due 03 10:00", "it owes from that very instant");
}

/// What is made of two calendars has a name that says of which.
#[test]
fn a_calendar_that_is_made_of_others_is_named_by_all_of_them() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "early": { "time_zone": "UTC", "weekly": { "mon-fri": ["06:00-14:00"] } },
                            "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["14:00-22:00"] } } },
             "calendar": "early", "agreements": [{ "name": "sla", "calendar": { "union": ["early", "late"] },
                "targets": { "first_response": "4 working hours" } }] }"#,
    );
    assert_eq!(desk.at("02 12:00", OPEN)[1], "02 12:00: first_response 1 due 02 16:00");
    let why = explained(&desk, "02 12:00");
    assert!(why.contains("by union(early, late): runs until 2026-03-02T16:00:00Z"), "{why}");
}

/// A rule that names the status is about solved matters too. One that does not is over with the matter.
#[test]
fn what_is_to_be_looked_at_once_solved_is_looked_at() {
    let told = |condition: &str| {
        let mut desk = Desk::with(&format!(
            r#"{{ "agreements": [], "ladder": "watch", "ladders": [{{ "name": "watch", "causes": [{{ "while": {condition}, "after": "1 hour" }}],
                 "rungs": [{{ "notify": "lead", "wait": "1 hour" }}] }}] }}"#
        ));
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", SOLVE);
        desk.wake("02 10:30").iter().any(|line| line.contains("tells lead"))
    };
    assert!(told(r#"{ "status": ["solved"] }"#));
    assert!(told(r#"{ "not": { "status": ["new", "open"] } }"#));
    assert!(told(r#"{ "any": [{ "tags": ["vip"] }, { "status": ["solved"] }] }"#));
    assert!(!told(r#"{ "not": { "tags": ["vip"] } }"#));
}

/// What is found to have been kept long ago is shown by the answer of then, and not by what has come to light now.
#[test]
fn what_is_found_to_have_been_kept_is_shown_by_what_kept_it() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "8 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", &message("agent", "m-1"));
    desk.at("02 10:00", &message("third_party", "m-2"));
    desk.at("02 11:00", &message("agent", "m-3"));
    desk.at("02 12:00", &was("m-2", "customer"));
    assert_eq!(kept_by(&desk), ["m-3"]);
}

/// The same where a mark has kept it.
#[test]
fn what_a_mark_has_kept_is_shown_by_its_message() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "apology": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "stop": [{ "fact": "marked", "what": ["apologised"] }] } },
             "agreements": [{ "name": "sla", "targets": { "apology": "8 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("third_party", "m-2"));
    desk.at("02 11:00", &message("agent", "m-3"));
    let mark = json!({ "what": "apologised", "message": "m-3" });
    desk.at("02 11:00", &format!(r#"{{"room": "ticket", "type": "mark", "mark": {mark}}}"#));
    desk.at("02 12:00", &was("m-2", "customer"));
    assert_eq!(kept_by(&desk), ["m-3"]);
}

/// A tag of another name is another fact, and that one is taken off is none of this kind.
#[test]
fn a_metric_that_begins_with_a_tag_begins_with_that_tag() {
    let begins = |pattern: &str, tags: &str| {
        let mut desk = Desk::with(&format!(
            r#"{{ "metrics": {{ "visit": {{ "deliverable": "update", "start": [{pattern}], "stop": [{{ "fact": "message", "author": ["agent"] }}] }} }},
                 "agreements": [{{ "name": "sla", "targets": {{ "visit": "4 hours" }} }}] }}"#
        ));
        desk.at("02 09:00", &OPEN.replace("c-1\"", "c-1\", \"about\": {\"tags\": [\"old\"]}"));
        desk.at("02 10:00", &tag(tags)).iter().any(|line| line.contains("visit 1 due"))
    };
    let (vip, any) = (r#"{ "fact": "tagged", "tags": ["vip"] }"#, r#"{ "fact": "tagged" }"#);
    assert!(begins(vip, r#""add": ["vip"]"#));
    assert!(!begins(vip, r#""add": ["parts"]"#));
    assert!(begins(any, r#""add": ["parts"]"#));
    assert!(!begins(any, r#""remove": ["old"]"#));
}

/// A host ends its own pause, whatever the agreement wants the clock to stand for besides. That one is not his to end.
#[test]
fn a_host_ends_its_own_pause_beside_the_agreements() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": "8 hours",
            "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", WAIT);
    let clock = desk.ticket.ledger().open().next().expect("it runs").id;
    let order = |what: &str, reason: &str| {
        format!(r#"{{"room": "commitment", "type": "{what}", "commitment": "{clock}", "reason": "{reason}"}}"#)
    };
    assert_eq!(desk.at("02 10:10", &order("pause", "strike")), ["02 10:10: first_resolution 1 also paused (strike)"]);
    assert_eq!(desk.refused("02 10:20", &order("resume", "customer")).code(), "still_holds");
    assert_eq!(
        desk.at("02 10:30", &order("resume", "strike")),
        ["02 10:30: first_resolution 1 no more paused (strike)"]
    );
}

/// It became urgent and was answered at that very instant. Where the answer bounces it is as urgent as it was, and nothing has moved.
#[test]
fn what_had_changed_by_the_answer_has_not_changed_since() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": { "P1": "2 hours", "otherwise": "8 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &priority("P1"));
    desk.at("02 10:00", &message("agent", "m-1"));
    assert_eq!(
        desk.at("02 10:30", r#"{"room": "ticket", "type": "bounce", "message": "m-1"}"#),
        [
            "02 10:30: m-1 bounced",
            "02 10:30: first_response 1 void: retracted (m-1), now first_response 1",
            "02 10:30: first_response 1 due 02 11:00"
        ]
    );
}

/// Its hours never come, and elapsed time stands in for them. What stood still from half the way on has all of it left, and half the way to come.
#[test]
fn where_elapsed_time_stands_in_a_share_of_it_counts_from_where_the_clock_goes_on() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": {}, "shifts": { "2026-04-01": ["09:00-09:15"] } } },
             "calendar": "office", "agreements": [{ "name": "sla", "targets": { "first_resolution": {
                "budget": "2 working hours", "warn": ["50 %"], "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }] }"#,
    );
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_resolution 1 due 02 11:00, warn 02 10:00, OutOfReach");
    let said = desk.at("02 10:00", WAIT);
    assert!(said[1].contains("first_resolution 1 paused (customer), 2 working hours left"), "{said:?}");
    assert_eq!(desk.at("02 12:00", GO_ON)[1], "02 12:00: first_resolution 1 resumed (customer), due 02 14:00");
    assert_eq!(desk.wake("02 13:30"), ["02 13:00 by time: first_resolution 1 warned 50 %, due 02 14:00"]);
}

/// An hour had run when it was solved; the agreement applies only since.
#[test]
fn a_target_that_comes_late_counts_the_stretches_before_the_matter_was_reopened() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "when": { "tags": ["vip"] }, "targets": { "requester_wait": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 12:00", REOPEN);
    assert_eq!(desk.at("02 12:30", &tag(r#""add": ["vip"]"#))[1], "02 12:30: requester_wait 1 due 02 15:00");
}

/// Planned anew, a goal goes by the new rules in all: also when to warn of it, and what its breach owes.
#[test]
fn what_is_planned_anew_warns_and_owes_by_the_new_rules() {
    let sla = |more: &str| {
        format!(r#"[{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "8 hours"{more} }} }} }}]"#)
    };
    let new = r#", "warn": ["1 hour before"], "breach_owes": { "within": "1 day" }"#;
    let mut desk = Desk::with(&format!(
        r#"{{ "editions": [{{ "calendar": "24x7", "agreements": {} }}, {{ "from": "2026-03-02T10:00:00Z", "calendar": "24x7", "agreements": {} }}] }}"#,
        sla(""),
        sla(new)
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", r#"{"room": "ticket", "type": "replan"}"#);
    assert_eq!(
        desk.wake("02 18:00"),
        [
            "02 16:00 by time: first_response 1 warned 1 hour before, due 02 17:00",
            "02 17:00 by time: first_response 1 breached, due 02 17:00",
            "02 17:00 by time: explanation for first_response 1 due 03 17:00"
        ]
    );
}

/// Three business days from Monday at nine, and then one: until Tuesday at nine, and not until the office closes on Monday.
#[test]
fn what_gets_fewer_business_days_ends_with_the_last_of_them() {
    let days = r#""budget": { "P1": "1 business day", "otherwise": "3 business days" }"#;
    let sla =
        format!(r#"[{{ "name": "sla", "binding": "promised", "targets": {{ "first_resolution": {{ {days} }} }} }}]"#);
    let office = r#""calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office""#;
    let mut desk = Desk::with(&format!(
        r#"{{ "editions": [{{ {office}, "agreements": {sla} }}, {{ "from": "2026-03-02T11:00:00Z", {office}, "agreements": {sla} }}] }}"#
    ));
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_resolution 1 due 05 09:00");
    assert_eq!(
        desk.at("02 10:00", &priority("P1"))[1],
        "02 10:00: first_resolution 1 retargeted, 7 working hours left, due 03 09:00"
    );
    assert_eq!(desk.at("02 12:00", r#"{"room": "ticket", "type": "replan"}"#)[0], "02 12:00: replanned, 0 to be told");
}

/// A quarter of four working hours had run when it was solved. It is reopened as urgent, and a quarter of sixteen hours has run.
#[test]
fn what_had_run_before_the_reopening_is_a_share_of_another_kind_of_budget() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "requester_wait": { "budget": { "P1": "16 hours", "otherwise": "4 working hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 11:00", &priority("P1"));
    assert_eq!(desk.at("02 12:00", REOPEN)[1], "02 12:00: requester_wait 2 due 03 00:00");
}

/// What is written first of revisions comes first.
#[test]
fn revisions_follow_each_other() {
    let revised = |first: &str, second: &str| {
        let revision = |from: &str| json!({ "from": from, "weekly": { "mon-fri": ["10:00-16:00"] } });
        let spec = json!({ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] }, "revisions": [revision(first), revision(second)] });
        serde_json::from_value::<owed::calendar::Calendar>(spec).map(drop).map_err(|flaw| flaw.to_string())
    };
    assert_eq!(revised("2026-01-01", "2026-06-01"), Ok(()));
    for (first, second) in [("2026-06-01", "2026-01-01"), ("2026-01-01", "2026-01-01")] {
        let said = revised(first, second).expect_err("in no order");
        assert!(said.contains("revisions[1]"), "{said}");
    }
}

/// It stands still already, as long as is asked: a further reason joins.
#[test]
fn a_further_reason_may_ask_for_just_as_long() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "8 hours"}"#, r#", "pausable": {"total": "2 hours"}"#));
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    let parts = |until: &str| {
        about("pause", 'a', &format!(r#", "reason": "parts", "told": "m-1", "until": "2026-03-02T{until}Z""#))
    };
    assert_eq!(desk.refused("02 11:00", &parts("11:59:59")).code(), "stands_longer");
    assert_eq!(desk.at("02 11:00", &parts("12:00:00")), ["02 11:00: promise a also paused (parts)"]);
}

/// No calendar is at hand any more: a week is seven days, and a month thirty.
#[test]
fn where_elapsed_time_stands_in_a_month_is_thirty_days() {
    for (term, due) in [("2 months", "2026-05-01T10:00:00Z"), ("2 weeks", "2026-03-16T10:00:00Z")] {
        let mut desk = Desk::new("[]");
        desk.at("02 09:00", OPEN);
        let owes = format!(r#", "breach_owes": {{"deliverable": "explanation", "within": "{term}"}}"#);
        desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, &owes));
        desk.rules = serde_json::from_str(r#"{ "agreements": [] }"#).expect("a rulebook");
        desk.wake("02 10:30");
        let owed = desk.ticket.ledger().open().find(|owed| owed.due != t("02 10:00")).expect("an explanation");
        assert_eq!(owed.due, t(due), "{term}");
    }
}
