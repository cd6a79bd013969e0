//! What changes while clocks run: priority, agreement, edition.

use crate::desk::*;

fn by_priority(mode: &str) -> Desk {
    Desk::new(&format!(
        r#"[{{ "name": "sla", "on_priority_change": "{mode}", "targets": {{ "first_resolution": {{
            "budget": {{ "low": "16 working hours", "high": "4 working hours", "urgent": "2 hours" }},
            "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}]"#
    ))
}

#[test]
fn keep_what_has_run_and_swap_the_budget() {
    let mut desk = by_priority("keep");
    assert_eq!(desk.at("02 09:00", &open_at("low"))[1], "02 09:00: first_resolution 1 due 03 17:00");
    desk.at("02 10:00", WAIT);
    desk.at("02 12:00", GO_ON);
    let said = desk.at("02 13:00", &priority("high"));
    assert_eq!(said[1], "02 13:00: first_resolution 1 retargeted, 2 working hours left, due 02 15:00");
}

#[test]
fn another_kind_of_budget_gets_the_same_share() {
    let mut desk = by_priority("keep");
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 13:00", &priority("urgent"));
    assert_eq!(said[1], "02 13:00: first_resolution 1 retargeted, 90 minutes left, due 02 14:30");
}

#[test]
fn restart_forgets_what_has_run() {
    let mut desk = by_priority("restart");
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 13:00", &priority("high"));
    assert_eq!(said[1], "02 13:00: first_resolution 1 retargeted, 4 working hours left, due 02 17:00");
}

#[test]
fn recount_measures_from_the_beginning_with_past_pauses_kept() {
    let mut desk = by_priority("recount");
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 09:30", WAIT);
    desk.at("02 10:30", GO_ON);
    let said = desk.at("02 11:00", &priority("urgent"));
    assert_eq!(said[1], "02 11:00: first_resolution 1 retargeted, 1 hour left, due 02 12:00");
}

#[test]
fn a_budget_used_up_already_is_breached_at_the_change_born_late() {
    let mut desk = by_priority("recount");
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 13:00", &priority("urgent"));
    assert_eq!(said[1], "02 13:00: first_resolution 1 retargeted, 0 hours left, due 02 11:00");
    assert_eq!(said[2], "02 13:00: first_resolution 1 breached, due 02 11:00, born late");
    assert_eq!(desk.at("02 13:00", ANSWER).len(), 1, "later commands of the same instant are still taken");
    assert_eq!(desk.at("02 14:00", &priority("low")).len(), 1, "a later downgrade does not undo it");
}

#[test]
fn row_12b_a_budget_lowered_below_what_has_run_breaches_a_paused_clock_too() {
    let mut desk = by_priority("keep");
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 15:00", WAIT);
    let said = desk.at("02 16:00", &priority("high"));
    assert_eq!(said[2], "02 16:00: first_resolution 1 breached, due 02 13:00, born late");
}

#[test]
fn a_paused_clock_gets_its_new_budget_and_stands_on() {
    let mut desk = by_priority("keep");
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", WAIT);
    let said = desk.at("02 16:00", &priority("high"));
    assert_eq!(said[1], "02 16:00: first_resolution 1 retargeted, 3 working hours left, due 03 11:00");
    assert_eq!(desk.at("02 16:30", GO_ON)[1], "02 16:30: first_resolution 1 resumed (customer), due 03 11:30");
}

#[test]
fn a_priority_without_a_target_leaves_the_agreement_and_coming_back_goes_on_with_what_was_left() {
    let mut desk = by_priority("keep");
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 10:00", &priority("none"));
    assert_eq!(said[1], "02 10:00: first_resolution 1 void: first_resolution of sla: does not apply any more");
    desk.at("02 10:00", WAIT);
    desk.at("02 11:00", GO_ON);
    let said = desk.at("02 12:00", &priority("high"));
    assert_eq!(
        said[1], "02 12:00: first_resolution 2 due 02 15:00",
        "one of four hours had run, and the time away counts nothing"
    );
}

#[test]
fn a_target_that_is_past_when_it_comes_to_apply_is_breached_at_that_instant() {
    let mut desk = by_priority("keep");
    desk.at("02 09:00", &open_at("none"));
    let said = desk.at("04 12:00", &priority("high"));
    assert_eq!(said[1], "04 12:00: first_resolution 1 due 02 13:00");
    assert_eq!(said[2], "04 12:00: first_resolution 1 breached, due 02 13:00, born late");
}

#[test]
fn a_promise_moves_only_nearer() {
    let agreement = r#"[{ "name": "sla", "binding": "promised", "targets": { "first_resolution": {
        "budget": { "low": "16 working hours", "high": "4 working hours" } } } }]"#;
    let mut desk = Desk::new(agreement);
    desk.at("02 09:00", &open_at("high"));
    assert_eq!(desk.at("02 10:00", &priority("low")).len(), 1);
    let mut desk = Desk::new(agreement);
    desk.at("02 09:00", &open_at("low"));
    assert_eq!(
        desk.at("02 10:00", &priority("high"))[1],
        "02 10:00: first_resolution 1 retargeted, 3 working hours left, due 02 13:00"
    );
}

const EDITIONS: &str = r#"{ "editions": [
    { "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": { "low": "4 hours", "high": "3 hours" } } } }] },
    { "from": "2026-03-02T10:00:00Z",
      "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": { "low": "2 hours", "high": "1 hour" } }, "next_response": "1 hour" } }] } ] }"#;

#[test]
fn an_edited_rulebook_moves_nothing_that_is_owed() {
    let mut desk = Desk::with(EDITIONS);
    assert_eq!(desk.at("02 09:59", &open_at("low"))[1], "02 09:59: first_response 1 due 02 13:59");
    let said = desk.at("02 10:30", &priority("high"));
    assert_eq!(said[1], "02 10:30: first_response 1 retargeted, 149 minutes left, due 02 12:59");
    assert_eq!(desk.events.iter().map(|event| event.edition.0).collect::<Vec<_>>(), [1, 1, 2, 1]);
    desk.at("02 11:00", ANSWER);
    assert_eq!(desk.at("02 11:30", ASK)[1], "02 11:30: next_response 1 due 02 12:30");
}

#[test]
fn the_first_agreement_that_has_a_target_counts() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_response": "1 hour" } },
            { "name": "base", "targets": { "first_response": "4 hours", "first_resolution": "8 hours" } }]"#,
    );
    let said = desk.at("02 09:00", &open_at("high"));
    assert_eq!(said[1..], ["02 09:00: first_response 1 due 02 10:00", "02 09:00: first_resolution 1 due 02 17:00"]);
    let said = desk.at("02 09:30", &priority("low"));
    let left = "02 09:30: first_response 1 void: first_response of gold: does not apply any more";
    let moved = "02 09:30: first_resolution 1 retargeted, 450 minutes left, due 02 17:00";
    assert_eq!(said[1..], [left, moved, "02 09:30: first_response 1 due 02 13:00"], "half an hour has run of both");
}

/// Row 27: "`happened` <= the breach's instant". What a change made late had another deadline before that, also where the change brings
/// back the first one.
#[test]
fn an_answer_from_before_the_change_that_made_it_late_puts_the_record_right() {
    let agreement = r#"[{ "name": "sla", "targets": { "first_response": { "budget": { "high": "2 hours", "low": "8 hours" } } } }]"#;
    let mut desk = Desk::new(agreement);
    assert_eq!(desk.at("02 09:00", &open_at("high"))[1], "02 09:00: first_response 1 due 02 11:00");
    assert_eq!(
        desk.at("02 10:00", &priority("low"))[1],
        "02 10:00: first_response 1 retargeted, 7 hours left, due 02 17:00"
    );
    let said = desk.at("02 12:00", &priority("high"));
    assert_eq!(said[2], "02 12:00: first_response 1 breached, due 02 11:00, born late");
    let said = desk.fetched("02 12:10", "02 11:30", ANSWER);
    assert_eq!(said[1..], ["02 12:10: first_response 1 corrected 02 11:30"]);
}
