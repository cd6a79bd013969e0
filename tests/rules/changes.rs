//! The table of changes in mid-flight, row by row, as far as it is about agreements: what stands in `midflight.rs` is not told again.

use crate::desk::*;

const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;

/// A desk whose agreement is for the priority "high" only, with further words.
fn for_high(more: &str) -> Desk {
    let mut desk = Desk::new(&format!(
        r#"[{{ "name": "sla", "when": {{ "priority": ["high"] }}, "targets": {{ "first_resolution": "4 working hours" }} {more} }}]"#
    ));
    desk.at("02 09:00", &open_at("high"));
    let left = "02 10:00: first_resolution 1 void: first_resolution of sla: does not apply any more";
    assert_eq!(desk.at("02 10:00", &priority("low"))[1], left);
    desk
}

#[test]
fn who_comes_back_resumes_by_default() {
    assert_eq!(for_high("").at("02 12:00", &priority("high"))[1], "02 12:00: first_resolution 2 due 02 15:00");
}

#[test]
fn who_comes_back_begins_a_new_cycle_where_the_agreement_says_so() {
    let mut desk = for_high(r#", "on_return": "new_cycle""#);
    let said = desk.at("02 12:00", &priority("high"));
    assert_eq!(said[1], "02 12:00: first_resolution 2 due 02 16:00", "nothing that had run is held against it");
    desk.at("02 13:00", &priority("low"));
    assert_eq!(desk.at("02 14:00", &priority("high"))[1], "02 14:00: first_resolution 3 due 03 10:00", "and once more");
}

#[test]
fn what_had_run_is_on_record_when_a_ticket_leaves() {
    let desk = for_high("");
    let used = serde_json::to_value(desk.events.last().expect("left")).expect("JSON")["event"]["used"].clone();
    assert_eq!(used, serde_json::json!({ "working_us": 3_600_000_000_u64 }));
}

#[test]
fn priority_keep_restart_and_recount() {
    let changed = |mode: &str| {
        let mut desk = Desk::new(&format!(
            r#"[{{ "name": "sla", "on_priority_change": "{mode}", "targets": {{ "first_resolution": {{
                "budget": {{ "low": "8 working hours", "high": "4 working hours" }},
                "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}]"#
        ));
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 10:00", WAIT);
        desk.at("02 11:00", GO_ON);
        desk.at("02 12:00", &priority("high"))[1].clone()
    };
    let moved = |due: &str, left: u8| {
        format!("02 12:00: first_resolution 1 retargeted, {left} working hours left, due 02 {due}")
    };
    // Two of the three hours had run.
    assert_eq!(changed("keep"), moved("14:00", 2));
    assert_eq!(changed("restart"), moved("16:00", 4));
    assert_eq!(changed("recount"), moved("14:00", 2));
}

/// "Another kind of budget": what has run is carried as a share of the old one, or counted from the beginning in the new unit, the past
/// pause kept; the three come to three deadlines.
#[test]
fn to_another_unit_keep_carries_a_share_and_recount_counts_again() {
    let changed = |mode: &str| {
        let mut desk = Desk::new(&format!(
            r#"[{{ "name": "sla", "on_priority_change": "{mode}", "targets": {{ "first_resolution": {{
                "budget": {{ "low": "8 working hours", "high": "10 hours" }},
                "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}]"#
        ));
        desk.at("02 08:00", &open_at("low"));
        desk.at("02 10:00", WAIT);
        desk.at("02 11:00", GO_ON);
        desk.at("02 12:00", &priority("high"))[1].clone()
    };
    let moved = |due: &str, left: &str| format!("02 12:00: first_resolution 1 retargeted, {left} left, due 02 {due}");
    // Opened an hour before the desk: two of eight working hours had run, a quarter; and three of ten hours by the clock on the wall.
    assert_eq!(changed("keep"), moved("19:30", "450 minutes"));
    assert_eq!(changed("recount"), moved("19:00", "7 hours"));
    assert_eq!(changed("restart"), moved("22:00", "10 hours"));
}

#[test]
fn a_budget_used_up_at_the_change_is_breached_then_and_its_alerts_are_silent() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_resolution": { "warn": ["50 %"],
            "budget": { "low": "8 working hours", "high": "1 working hour" } } } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 12:00", &priority("high"));
    assert_eq!(said[2..], ["02 12:00: first_resolution 1 breached, due 02 10:00, born late"]);
    assert_eq!(desk.wake("03 12:00"), [""; 0], "no warning after that");
}

/// Solved for an hour, with one of four hours used.
fn reopened(cycles: &str) -> Vec<String> {
    let mut desk = Desk::new(&format!(
        r#"[{{ "name": "sla", "targets": {{ "full_resolution": {{ "budget": "4 working hours", "cycles": "{cycles}" }} }} }}]"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 11:00", REOPEN).split_off(1)
}

#[test]
fn reopened_it_resumes_begins_a_new_cycle_or_stays_frozen() {
    assert_eq!(reopened("resume"), ["02 11:00: full_resolution 2 due 02 14:00"]);
    assert_eq!(reopened("each"), ["02 11:00: full_resolution 2 due 02 15:00"]);
    assert_eq!(reopened("once"), [""; 0]);
}

#[test]
fn reopened_is_a_linked_successor() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "full_resolution": "4 working hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 11:00", REOPEN);
    let mut cycles: Vec<_> = desk.ticket.ledger().all().collect();
    cycles.sort_by_key(|cycle| cycle.version);
    assert_eq!(cycles[1].renews.map(|renews| renews.of), Some(cycles[0].id));
}

const BY_CHANNEL: &str = r#"[
    { "name": "chat", "when": { "channel": ["chat"] }, "targets": { "first_response": "10 minutes" } },
    { "name": "mail", "targets": { "first_response": "8 hours" } }]"#;

#[test]
fn a_chat_that_ends_unanswered_keeps_its_anchor_and_gets_the_new_channel_s_budget() {
    let mut desk = Desk::new(BY_CHANNEL);
    let open = r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"channel": "chat"}}"#;
    assert_eq!(desk.at("02 09:00", open)[1], "02 09:00: first_response 1 due 02 09:10");
    let said = desk.at("02 09:06", r#"{"room": "ticket", "type": "set_channel", "channel": "email"}"#);
    assert_eq!(said[1], "02 09:06: first_response 1 void: first_response of chat: does not apply any more");
    assert_eq!(said[2], "02 09:06: first_response 1 due 02 17:00", "eight hours from the question, not from the mail");
    let open = desk.ticket.ledger().open().next().expect("one");
    assert_eq!(open.since, t("02 09:00"));
}

#[test]
fn another_calendar_or_unit_carries_what_has_run_as_a_share() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "day": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } },
                            "night": { "time_zone": "UTC", "weekly": { "mon-fri": ["16:00-24:00"] } } },
             "calendar": "day", "calendar_of": { "teams": { "late": "night" } },
             "agreements": [{ "name": "sla", "calendar": { "of": "team" },
                              "targets": { "first_resolution": { "budget": { "low": "4 working hours", "high": "2 hours" } } } }] }"#,
    );
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 10:00", r#"{"room": "ticket", "type": "assign", "to": {"team": "late"}}"#);
    assert!(
        said.contains(&"02 10:00: first_resolution 1 retargeted, 3 working hours left, due 02 19:00".into()),
        "{said:?}"
    );
    let said = desk.at("02 17:00", &priority("high"));
    assert_eq!(said[1], "02 17:00: first_resolution 1 retargeted, 1 hour left, due 02 18:00", "a half of it had run");
}

/// The same hours but for a strike on the third, announced at noon of the second.
fn strike() -> Desk {
    Desk::with(
        r#"{ "editions": [
        { "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
          "agreements": [{ "name": "sla", "targets": { "first_resolution": "12 working hours" } },
                         { "name": "told", "kind": "ola", "binding": "promised", "targets": { "first_resolution": "12 working hours" } }] },
        { "from": "2026-03-02T12:00:00Z",
          "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": ["2026-03-02", "2026-03-03"] } },
          "calendar": "office",
          "agreements": [{ "name": "sla", "targets": { "first_resolution": "12 working hours" } },
                         { "name": "told", "kind": "ola", "binding": "promised", "targets": { "first_resolution": "12 working hours" } }] } ] }"#,
    )
}

#[test]
fn an_edit_moves_nothing_until_replan_and_past_stretches_keep_the_old_hours() {
    let mut desk = strike();
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_resolution 1 due 03 13:00");
    assert_eq!(desk.at("02 12:00", ANSWER).len(), 1, "nothing moves");
    let said = desk.at("02 12:00", REPLAN);
    // Three hours of a morning that has become a holiday had run, and stay; nine are left from the fourth on.
    let moved = "02 12:00: first_resolution 1 retargeted, 9 working hours left, due 05 10:00";
    assert!(said.contains(&moved.into()), "{said:?}");
}

#[test]
fn a_promise_stays_as_it_was_told_and_is_listed_as_to_be_told() {
    let mut desk = strike();
    desk.at("02 09:00", OPEN);
    let said = desk.at("02 12:00", REPLAN);
    assert_eq!(said[0], "02 12:00: replanned, 1 to be told");
    assert_eq!(said.len(), 2, "only the goal moves: {said:?}");
}

#[test]
fn a_dry_run_says_what_would_move_and_moves_nothing() {
    let mut desk = strike();
    desk.at("02 09:00", OPEN);
    let command = desk.command("02 12:00", REPLAN);
    let before = desk.ticket.clone();
    let would = desk.ticket.dry_run(&desk.rules, &command).expect("events");
    assert_eq!(desk.ticket, before);
    assert_eq!(desk.handle(&command).expect("taken"), would);
}

#[test]
fn a_customer_s_message_that_was_filed_as_an_agent_s_is_owed_an_answer() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 working hours" } }]"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", ANSWER);
    desk.at("02 10:00", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "m-2"}"#);
    let said =
        desk.at("02 11:00", r#"{"room": "ticket", "type": "reclassify", "message": "m-2", "author": "customer"}"#);
    assert!(said.contains(&"02 11:00: next_response 1 due 02 14:00".into()), "since he wrote it: {said:?}");
}

#[test]
fn at_the_same_instant_facts_go_in_the_order_recorded_and_timers_last() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "4 working hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 13:00", ANSWER)[1], "02 13:00: first_response 1 fulfilled 02 13:00", "before its timer");
    assert_eq!(desk.at("02 13:00", ASK)[1], "02 13:00: next_response 1 due 02 17:00", "asked after the answer");
    assert_eq!(desk.at("02 13:00", ANSWER)[1], "02 13:00: next_response 1 fulfilled 02 13:00");
}
