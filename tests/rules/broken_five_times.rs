//! What a fifth reader tried to break: records put right, clocks of solved matters, replanning with pauses, leaving and coming back.

use owed::commitment::Verdict;

use crate::desk::*;

fn message(author: &str, visibility: &str, reference: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "message", "author": "{author}", "visibility": "{visibility}", "message": "{reference}"}}"#
    )
}
fn was(reference: &str, author: &str, visibility: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "reclassify", "message": "{reference}", "author": "{author}", "visibility": "{visibility}"}}"#
    )
}
fn bounce(reference: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "bounce", "message": "{reference}"}}"#)
}
const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;
fn owing(targets: &str) -> Desk {
    Desk::new(&format!(r#"[{{ "name": "sla", "targets": {{ {targets} }} }}]"#))
}
fn two() -> Desk {
    owing(r#""first_response": "4 working hours", "next_response": "2 working hours""#)
}
fn open(desk: &Desk) -> usize {
    desk.ticket.ledger().open().count()
}
fn editions(first: &str, second: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "editions": [ {{ "agreements": [{{ "name": "sla", "targets": {{ {first} }} }}] }},
      {{ "from": "2026-03-02T10:00:00Z", "agreements": [{{ "name": "sla", "targets": {{ {second} }} }}] }} ] }}"#
    ))
}

#[test]
fn a_late_answer_that_bounced_is_owed_still() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.at("02 14:30", &bounce("m-1"));
    assert_eq!(open(&desk), 1);
}

#[test]
fn of_two_answers_of_one_second_one_bounces_and_the_other_has_answered() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:00", &message("agent", "public", "m-2"));
    desk.at("02 11:00", &bounce("m-2"));
    assert_eq!(desk.wake("03 09:00"), [""; 0]);
}

#[test]
fn a_message_of_the_second_of_the_opening_had_not_started_the_first_response() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 10:00", &was("m-1", "automation", "public"));
    assert_eq!(open(&desk), 1, "the ticket has no answer");
}

#[test]
fn what_was_struck_out_by_mistake_begins_again() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 10:10", &was("m-1", "automation", "public"));
    desk.at("02 10:20", &was("m-1", "customer", "public"));
    assert_eq!(open(&desk), 1);
}

#[test]
fn whoever_broke_a_promise_cannot_file_its_question_away() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_response": "4 working hours", "next_response": "2 working hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.wake("02 15:00");
    desk.at(
        "20 15:00",
        r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "customer", "class": "thanks"}"#,
    );
    assert_eq!(open(&desk), 1, "row 28: no corrections are given; record_in_error is refused here");
}

#[test]
fn a_breach_whose_question_was_none_is_no_breach_once_answered_either() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 14:00", ANSWER);
    let by_a_program = desk.command("02 15:00", &was("m-1", "automation", "public"));
    desk.handle(&owed::Command { by: serde_json::from_str(r#"{"automation": "filter"}"#).unwrap(), ..by_a_program })
        .unwrap();
    assert!(desk.ticket.ledger().all().all(|c| c.verdict() != Verdict::Breached));
}

#[test]
fn an_update_after_the_solution_starts_no_clock() {
    let mut desk = owing(r#""periodic_update": "4 working hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 10:01", ANSWER);
    assert_eq!(open(&desk), 0);
}

#[test]
fn replan_takes_the_new_pauses_along() {
    let p = r#", "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;
    let (with, without) =
        (format!(r#""first_resolution": {{ "budget": "8 hours" {p} }}"#), r#""first_resolution": "8 hours""#);
    let mut desk = editions(without, &with);
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", REPLAN);
    assert_eq!(desk.at("02 11:30", WAIT).len(), 2, "it stands");
}

#[test]
fn replan_lets_go_on_what_the_new_edition_does_not_let_stand() {
    let p = r#", "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;
    let (with, without) =
        (format!(r#""first_resolution": {{ "budget": "8 hours" {p} }}"#), r#""first_resolution": "8 hours""#);
    let mut desk = editions(&with, without);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", WAIT);
    desk.at("02 11:00", REPLAN);
    desk.at("02 12:00", GO_ON);
    assert_eq!(desk.next().as_deref(), Some("02 18:30:00.000001 Due"), "it has stood until the replanning");
}

#[test]
fn a_bounce_is_no_replan() {
    let mut desk =
        editions(r#""first_response": "8 hours""#, r#""first_response": "8 hours", "first_resolution": "1 hour""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &message("agent", "internal", "m-1"));
    assert_eq!(desk.at("02 11:00", &was("m-1", "third_party", "internal")).len(), 1);
}

#[test]
fn what_is_owed_again_after_a_bounce_stands_while_it_must() {
    let mut desk = owing(r#""pausable_update": "4 working hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:01", WAIT);
    desk.at("02 11:00", &bounce("m-1"));
    assert_eq!(desk.wake("02 16:00"), [""; 0], "the customer is waited for since 10:01");
}

#[test]
fn what_is_owed_again_after_a_bounce_has_the_budget_of_its_priority() {
    let mut desk = owing(r#""first_response": { "budget": { "low": "8 hours", "high": "2 hours" } }"#);
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:10", &priority("high"));
    desk.at("02 10:20", &bounce("m-1"));
    assert_eq!(desk.next().as_deref(), Some("02 11:00:00.000001 Due"));
}

#[test]
fn one_stretch_is_one_cycle_also_after_a_bounce() {
    let mut desk = two();
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", ANSWER);
    desk.at("02 10:00", ASK);
    desk.at("02 10:30", &message("agent", "public", "m-1"));
    desk.at("02 11:00", ASK);
    desk.at("02 11:30", &bounce("m-1"));
    assert_eq!(open(&desk), 1);
}

#[test]
fn no_ai_answers_once_a_human_was_asked_for() {
    let mut desk =
        owing(r#""first_response": { "budget": "4 hours", "also": [{ "fact": "message", "author": ["ai"] }] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", r#"{"room":"ticket","type":"ask_for_human"}"#);
    desk.at("02 09:20", &message("ai", "public", "m-1"));
    assert_eq!(open(&desk), 1);
}

#[test]
fn given_back_to_the_team_no_assignee_owes_a_response() {
    let mut desk = owing(r#""assignee_response": "2 hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", r#"{"room": "ticket", "type": "assign", "to": {"team": "network", "agent": "bo"}}"#);
    desk.at("02 09:20", r#"{"room": "ticket", "type": "assign", "to": {"team": "network"}}"#);
    assert_eq!(open(&desk), 0);
}

#[test]
fn hours_of_many_names_are_hours() {
    let names = [
        "customer-care-zurich-office",
        "customer-care-tokyo-office",
        "customer-care-new-york-office",
        "customer-care-sao-paulo-office",
        "customer-care-sydney-office",
    ];
    let cal = |n: &str| format!(r#""{n}": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }}"#);
    let mut desk = Desk::with(&format!(
        r#"{{ "calendars": {{ {} }}, "agreements": [{{ "name":"s", "calendar": {{ "union": [{}] }}, "targets": {{ "first_response": "10 working hours" }} }}] }}"#,
        names.map(cal).join(","),
        names.map(|n| format!("{n:?}")).join(",")
    ));
    assert_eq!(desk.at("02 16:00", OPEN)[1], "02 16:00: first_response 1 due 04 10:00");
}

#[test]
fn working_time_that_may_find_no_calendar_is_told() {
    let rules = r#"{"calendars":{"day":{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }},"calendar_of":{"teams":{"n":"day"}},"agreements":[{"name":"s","calendar":{"of":"team"},"targets":{"first_response":"10 working hours"}}]}"#;
    assert!(serde_json::from_str::<owed::Rulebook>(rules).map_or(true, |r| !r.check().is_empty()));
}

#[test]
fn recount_counts_what_ran_before_the_reopening() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "on_priority_change": "recount", "targets": { "full_resolution": { "budget": { "low": "8 hours", "high": "6 hours" } } } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 12:00", SOLVE);
    desk.at("03 09:00", REOPEN);
    assert_eq!(
        desk.at("03 10:00", &priority("high"))[1],
        "03 10:00: full_resolution 2 retargeted, 2 hours left, due 03 12:00"
    );
}

#[test]
fn new_cycle_is_for_who_comes_back_and_not_for_who_comes_first() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_response": "1 hour" } },
        { "name": "base", "on_return": "new_cycle", "targets": { "first_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("high"));
    assert_eq!(desk.at("02 09:30", &priority("low"))[2], "02 09:30: first_response 1 due 02 13:00");
}

#[test]
fn what_began_before_from_is_not_measured() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "from": "2026-03-03T00:00:00Z", "when": {"priority": ["high"]}, "targets": { "first_resolution": "4 working hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    assert_eq!(desk.at("03 10:00", &priority("high")).len(), 1);
}

#[test]
fn the_allowance_is_for_all_pauses_also_over_a_reopening() {
    let mut desk = owing(r#""requester_wait": { "budget": "8 hours", "pausable": { "total": "1 hour" } }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", WAIT);
    desk.at("02 10:30", GO_ON);
    desk.at("02 11:00", SOLVE);
    desk.at("02 12:00", REOPEN);
    assert_eq!(desk.at("02 12:00", WAIT).len(), 1);
}

#[test]
fn a_pause_that_is_over_is_not_begun_again_by_leaving_and_coming_back() {
    let mut desk = owing(
        r#""first_resolution": { "budget": { "low": "8 hours" }, "pausable": {"total":"10 hours","once":"1 hour"}, "pause": [{"reason":"p","when":{"status":["pending"]}}] }"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", WAIT);
    desk.at("02 12:20", &priority("none"));
    assert_eq!(desk.at("02 12:21", &priority("low")).len(), 2);
}

#[test]
fn the_first_cycle_and_the_second_stand_for_the_same_facts_alike() {
    let mut desk =
        owing(r#""next_response": {"budget": "8 hours", "pause":[{"reason":"p","when":{"status":["pending"]}}] }"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", ANSWER);
    let due = ["02", "03"].map(|day| {
        desk.at(&format!("{day} 09:00"), WAIT);
        desk.at(&format!("{day} 10:30"), r#"{"room":"ticket","type":"tag","add":["parts"]}"#);
        desk.at(&format!("{day} 10:40"), r#"{"room":"ticket","type":"tag","remove":["parts"]}"#);
        desk.at(&format!("{day} 10:50"), GO_ON);
        let said = desk.fetched(&format!("{day} 11:00"), &format!("{day} 10:00"), ASK);
        desk.at(&format!("{day} 12:00"), ANSWER);
        said[1][said[1].len() - 5..].to_owned()
    });
    assert_eq!(due[0], due[1]);
}

#[test]
fn the_time_away_counts_nothing_also_where_the_ticket_was_reopened_meanwhile() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": {"tags":["x"]}, "targets": { "requester_wait": { "budget": "8 hours" } } }]"#,
    );
    let (tag, untag) =
        (r#"{"room":"ticket","type":"tag","add":["x"]}"#, r#"{"room":"ticket","type":"tag","remove":["x"]}"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", tag);
    desk.at("02 11:00", untag);
    desk.at("02 12:00", SOLVE);
    desk.at("02 13:00", REOPEN);
    assert_eq!(desk.at("02 14:00", tag)[1], "02 14:00: requester_wait 2 due 02 20:00");
}

#[test]
fn no_reply_needed_said_in_time_and_told_late_is_no_breach() {
    let mut desk = two();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 10:00", ASK);
    desk.fetched("02 12:30", "02 11:00", r#"{"room": "ticket", "type": "need_no_reply"}"#);
    assert!(desk.ticket.ledger().all().all(|c| c.verdict() != Verdict::Breached));
}

#[test]
fn an_assignee_s_answer_filed_as_automatic_is_his_when_put_right() {
    let mut desk = owing(r#""assignee_response": "8 hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", r#"{"room": "ticket", "type": "assign", "to": {"team": "network", "agent": "ada"}}"#);
    desk.at("02 10:00", &message("automation", "public", "m-1"));
    desk.at("02 11:00", &was("m-1", "agent", "public"));
    assert_eq!(open(&desk), 0);
}

#[test]
fn the_opening_message_can_be_put_right() {
    let mut desk = two();
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "message": "m-1"}"#);
    let said = desk.at("02 09:10", &was("m-1", "automation", "public"));
    assert!(said[1].contains("first_response 1 void: in error"), "{said:?}");
    let why = desk.refused("02 09:20", &bounce("m-1")).to_string();
    assert_eq!(why, "m-1 opened the ticket; only its author can be put right");
}

#[test]
fn two_metrics_that_wait_for_each_other_are_told() {
    let rules = r#"{"metrics":{"a":{"deliverable":"fix","start":[{"fact":"opened"}],"stop":[{"fact":"priority"}],"after":"b"},"b":{"deliverable":"fix","start":[{"fact":"opened"}],"stop":[{"fact":"priority"}],"after":"a"}},"agreements":[{"name":"s","targets":{"a":"1 hour","b":"1 hour"}}]}"#;
    assert!(serde_json::from_str::<owed::Rulebook>(rules).map_or(true, |r| !r.check().is_empty()));
}

#[test]
fn an_agreement_that_is_over_before_its_edition_is_told() {
    let rules = r#"{"editions":[{"agreements":[]},{"from":"2026-06-01T00:00:00Z","agreements":[{"name":"s","until":"2026-01-01T00:00:00Z","targets":{"first_resolution":"1 hour"}}]}]}"#;
    assert!(serde_json::from_str::<owed::Rulebook>(rules).map_or(true, |r| !r.check().is_empty()));
}

#[test]
fn a_resumed_total_does_not_go_on_with_a_cycle_struck_out() {
    let mut desk =
        owing(r#""first_response": "4 hours", "next_response": { "budget": "4 hours", "cycles": "resume" }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 12:00", &was("m-1", "automation", "public"));
    assert_eq!(desk.at("02 13:00", ASK)[1], "02 13:00: next_response 2 due 02 17:00");
}

#[test]
fn solved_time_never_counts_however_a_reopening_is_dated() {
    let mut desk = owing(r#""full_resolution": "8 hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 12:00", SOLVE);
    assert_eq!(desk.claimed("02 14:00", "02 11:00", REOPEN)[1], "02 14:00: full_resolution 2 due 02 19:00");
}

#[test]
fn replan_brings_the_new_allowance() {
    let of = |n: &str| {
        format!(
            r#""first_resolution": {{ "budget": "8 hours", "pausable": {{"total":"{n}"}}, "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }}"#
        )
    };
    let mut desk = editions(&of("1 hour"), &of("100 hours"));
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", REPLAN);
    assert!(!desk.at("02 11:30", WAIT)[1].contains("until 02 12:30"));
}

#[test]
fn a_closed_ticket_is_given_no_new_clock() {
    let mut desk = owing(r#""time_to_own": "1 hour", "ownership": "1 hour", "assignee_response": "1 hour""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", CLOSE);
    desk.at("02 09:20", r#"{"room": "ticket", "type": "assign", "to": {"team": "archive"}}"#);
    assert_eq!(open(&desk), 0);
}
