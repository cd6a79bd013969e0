//! The thirteen metrics, by name: what starts each, ends it, lets it stand still, and how often it can start.

use crate::desk::*;

const HOLD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;
const NO_REPLY: &str = r#"{"room": "ticket", "type": "need_no_reply"}"#;
const TO_TEAM: &str = r#"{"room": "ticket", "type": "assign", "to": {"team": "network"}}"#;
const TO_ADA: &str = r#"{"room": "ticket", "type": "assign", "to": {"team": "network", "agent": "ada"}}"#;
const TO_BO: &str = r#"{"room": "ticket", "type": "assign", "to": {"team": "network", "agent": "bo"}}"#;
const TO_NOBODY: &str = r#"{"room": "ticket", "type": "assign"}"#;
const BY_STAFF: &str = r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#;

/// A desk that owes one metric, within four working hours.
#[track_caller]
fn owing(metric: &str) -> Desk {
    Desk::new(&format!(r#"[{{ "name": "sla", "targets": {{ "{metric}": "4 working hours" }} }}]"#))
}

/// What is said of the clocks when this is ordered: nothing, mostly.
#[track_caller]
fn clocks(desk: &mut Desk, at: &str, order: &str) -> Vec<String> {
    desk.at(at, order).split_off(1)
}

/// A sentence that means the clock stood still from here on.
fn pauses(said: &[String]) -> bool {
    said.len() == 1 && said[0].contains(" paused (")
}

#[test]
fn first_response_from_the_opening_to_the_first_public_answer_once_and_never_paused() {
    let mut desk = owing("first_response");
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), ["02 09:00: first_response 1 due 02 13:00"]);
    assert_eq!(clocks(&mut desk, "02 09:30", WAIT), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 10:00", ANSWER), ["02 10:00: first_response 1 fulfilled 02 10:00"]);
    assert_eq!(clocks(&mut desk, "02 11:00", ASK), [""; 0], "it is the first, and there is one");
    assert_eq!(clocks(&mut desk, "02 11:00", SOLVE), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 12:00", REOPEN), [""; 0]);
}

#[test]
fn first_response_of_what_staff_opened_from_the_customer_s_first_message() {
    let mut desk = owing("first_response");
    assert_eq!(clocks(&mut desk, "02 09:00", BY_STAFF), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 10:00", ASK), ["02 10:00: first_response 1 due 02 14:00"]);
}

#[test]
fn next_response_from_the_oldest_unanswered_message_each_stretch_a_cycle_and_never_paused() {
    let mut desk = owing("next_response");
    desk.at("02 09:00", OPEN);
    assert_eq!(clocks(&mut desk, "02 09:10", ASK), [""; 0], "the first response comes first");
    desk.at("02 09:20", ANSWER);
    assert_eq!(clocks(&mut desk, "02 10:00", ASK), ["02 10:00: next_response 1 due 02 14:00"]);
    assert_eq!(clocks(&mut desk, "02 10:30", ASK), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 10:40", WAIT), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 11:00", ANSWER), ["02 11:00: next_response 1 fulfilled 02 11:00"]);
    assert_eq!(clocks(&mut desk, "02 11:10", ANSWER), [""; 0]);
    desk.at("02 12:00", ASK);
    let ended = "void: next_response of sla: not needed any more";
    assert_eq!(clocks(&mut desk, "02 12:10", NO_REPLY), [format!("02 12:10: next_response 2 {ended}")]);
    assert_eq!(clocks(&mut desk, "02 13:00", ASK), ["02 13:00: next_response 3 due 02 17:00"]);
    assert_eq!(clocks(&mut desk, "02 13:10", SOLVE), [format!("02 13:10: next_response 3 {ended}")]);
}

#[test]
fn periodic_update_from_each_public_message_to_the_next_and_never_paused() {
    let mut desk = owing("periodic_update");
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), ["02 09:00: periodic_update 1 due 02 13:00"]);
    assert_eq!(clocks(&mut desk, "02 09:10", WAIT), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 09:20", ASK), [""; 0]);
    let next = ["02 10:00: periodic_update 1 fulfilled 02 10:00", "02 10:00: periodic_update 2 due 02 14:00"];
    assert_eq!(clocks(&mut desk, "02 10:00", ANSWER), next);
    let ended = "02 11:00: periodic_update 2 void: periodic_update of sla: not needed any more";
    assert_eq!(clocks(&mut desk, "02 11:00", SOLVE), [ended]);
}

#[test]
fn pausable_update_stands_while_the_desk_waits_on_the_customer() {
    let mut desk = owing("pausable_update");
    desk.at("02 09:00", OPEN);
    assert_eq!(clocks(&mut desk, "02 09:30", HOLD), [""; 0], "a third party does not count");
    assert!(pauses(&clocks(&mut desk, "02 10:00", WAIT)));
    let resumed = "02 12:00: pausable_update 1 resumed (waiting on the customer), due 02 15:00";
    assert_eq!(clocks(&mut desk, "02 12:00", GO_ON), [resumed]);
    assert_eq!(clocks(&mut desk, "02 13:00", ANSWER).len(), 2, "one ends and the next begins");
    assert_eq!(clocks(&mut desk, "02 14:00", SOLVE).len(), 1);
}

/// Both are sums over reopenings, and differ in what they wait for.
fn summed(metric: &str) -> (Desk, Vec<String>) {
    let mut desk = owing(metric);
    desk.at("02 09:00", OPEN);
    assert!(pauses(&clocks(&mut desk, "02 10:00", WAIT)));
    desk.at("02 11:00", GO_ON);
    let held = clocks(&mut desk, "02 12:00", HOLD);
    desk.at("02 12:30", GO_ON);
    desk.at("02 13:00", SOLVE);
    (desk, held)
}

#[test]
fn requester_wait_stands_while_the_desk_waits_on_the_customer_and_sums_over_reopenings() {
    let (mut desk, held) = summed("requester_wait");
    assert_eq!(held, [""; 0], "the requester waits while a third party has it");
    // Three hours had run: one, and two.
    assert_eq!(clocks(&mut desk, "02 15:00", REOPEN), ["02 15:00: requester_wait 2 due 02 16:00"]);
}

#[test]
fn agent_work_stands_for_a_third_party_too_and_sums_over_reopenings() {
    let (mut desk, held) = summed("agent_work");
    assert!(pauses(&held), "{held:?}");
    // Two hours and a half had run: one, one, and a half.
    assert_eq!(clocks(&mut desk, "02 15:00", REOPEN), ["02 15:00: agent_work 2 due 02 16:30"]);
}

#[test]
fn first_resolution_from_the_opening_to_the_first_solution_once() {
    let mut desk = owing("first_resolution");
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), ["02 09:00: first_resolution 1 due 02 13:00"]);
    assert_eq!(clocks(&mut desk, "02 09:30", WAIT), [""; 0], "no pause unless a policy says so");
    assert_eq!(clocks(&mut desk, "02 10:00", SOLVE), ["02 10:00: first_resolution 1 fulfilled 02 10:00"]);
    assert_eq!(clocks(&mut desk, "02 11:00", REOPEN), [""; 0]);
}

#[test]
fn full_resolution_to_the_last_solution_the_solved_time_left_out() {
    let mut desk = owing("full_resolution");
    desk.at("02 09:00", OPEN);
    assert_eq!(clocks(&mut desk, "02 10:00", SOLVE), ["02 10:00: full_resolution 1 fulfilled 02 10:00"]);
    assert_eq!(clocks(&mut desk, "03 10:00", REOPEN), ["03 10:00: full_resolution 2 due 03 13:00"]);
    assert_eq!(clocks(&mut desk, "03 11:00", CLOSE), ["03 11:00: full_resolution 2 fulfilled 03 11:00"]);
}

#[test]
fn time_to_own_from_the_opening_or_a_team_s_getting_it_until_somebody_accepts() {
    let mut desk = owing("time_to_own");
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), ["02 09:00: time_to_own 1 due 02 13:00"]);
    assert_eq!(clocks(&mut desk, "02 09:10", WAIT), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 09:20", ANSWER), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 09:30", TO_TEAM), ["02 09:30: time_to_own 1 handed over to network"]);
    assert_eq!(clocks(&mut desk, "02 10:00", TO_BO), ["02 10:00: time_to_own 1 fulfilled 02 10:00"]);
    assert_eq!(clocks(&mut desk, "02 11:00", TO_TEAM), ["02 11:00: time_to_own 2 due 02 15:00"]);
}

#[test]
fn ownership_while_a_team_has_it_each_team_a_cycle_by_its_own_hours() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } },
                            "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["12:00-20:00"] } } },
             "calendar": "office", "calendar_of": { "teams": { "night": "late" } },
             "agreements": [{ "name": "ola", "kind": "ola", "calendar": { "of": "team" },
                              "targets": { "ownership": "4 working hours" } }] }"#,
    );
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), [""; 0], "it is nobody's");
    assert_eq!(clocks(&mut desk, "02 10:00", TO_TEAM), ["02 10:00: ownership 1 due 02 14:00"]);
    assert_eq!(clocks(&mut desk, "02 10:30", TO_BO), ["02 10:30: ownership 1 handed over to bo (network)"]);
    let night = r#"{"room": "ticket", "type": "assign", "to": {"team": "night"}}"#;
    let said = ["02 11:00: ownership 1 fulfilled 02 11:00", "02 11:00: ownership 2 due 02 16:00"];
    assert_eq!(clocks(&mut desk, "02 11:00", night), said, "that team comes at noon");
    assert_eq!(clocks(&mut desk, "02 13:00", TO_NOBODY), ["02 13:00: ownership 2 fulfilled 02 13:00"]);
    desk.at("02 14:00", TO_TEAM);
    assert_eq!(clocks(&mut desk, "02 15:00", SOLVE), ["02 15:00: ownership 3 fulfilled 02 15:00"]);
}

#[test]
fn vendor_from_handing_over_to_the_supplier_until_it_is_handed_back() {
    let mut desk =
        Desk::new(r#"[{ "name": "contract", "kind": "supplier", "targets": { "vendor": "4 working hours" } }]"#);
    let hand = r#"{"room": "ticket", "type": "hand_to_vendor", "vendor": "acme"}"#;
    let back = r#"{"room": "ticket", "type": "take_back"}"#;
    assert_eq!(clocks(&mut desk, "02 09:00", OPEN), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 10:00", hand), ["02 10:00: vendor 1 due 02 14:00"]);
    assert_eq!(clocks(&mut desk, "02 11:00", ANSWER), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 12:00", back), ["02 12:00: vendor 1 fulfilled 02 12:00"]);
    assert_eq!(clocks(&mut desk, "02 13:00", hand), ["02 13:00: vendor 2 due 02 17:00"]);
}

#[test]
fn assignee_response_until_that_very_assignee_answers() {
    let mut desk = owing("assignee_response");
    desk.at("02 09:00", OPEN);
    assert_eq!(clocks(&mut desk, "02 09:10", TO_BO), ["02 09:10: assignee_response 1 due 02 13:10"]);
    assert_eq!(clocks(&mut desk, "02 09:20", ANSWER), [""; 0], "ada's, and it is bo's");
    let said = clocks(&mut desk, "02 10:00", TO_ADA);
    assert_eq!(said[0], "02 10:00: assignee_response 1 void: assignee_response of sla: not needed any more");
    assert_eq!(said[1], "02 10:00: assignee_response 2 due 02 14:00");
    assert_eq!(clocks(&mut desk, "02 11:00", ANSWER), ["02 11:00: assignee_response 2 fulfilled 02 11:00"]);
}

#[test]
fn hold_time_while_the_customer_is_on_hold_on_a_live_channel() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "hold_time": "2 minutes" } }]"#);
    let (hold, pick_up) =
        (r#"{"room": "ticket", "type": "hold_line"}"#, r#"{"room": "ticket", "type": "pick_up_line"}"#);
    assert_eq!(clocks(&mut desk, "02 20:00", OPEN), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 20:01", hold), ["02 20:01: hold_time 1 due 02 20:03"]);
    assert_eq!(clocks(&mut desk, "02 20:02", WAIT), [""; 0]);
    assert_eq!(clocks(&mut desk, "02 20:02", pick_up), ["02 20:02: hold_time 1 fulfilled 02 20:02"]);
    assert_eq!(clocks(&mut desk, "02 20:05", hold), ["02 20:05: hold_time 2 due 02 20:07"]);
}
