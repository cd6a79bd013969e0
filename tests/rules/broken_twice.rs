//! What a second reader with fresh eyes broke, mended.

use owed::Refusal;
use owed::commitment::{PhaseName, Refusal as Why, Verdict};
use owed::ticket::Refusal as Of;

use crate::desk::*;

const RESPONSES: &str = r#"[{ "name": "sla", "targets": { "first_response": "1 hour", "next_response": "1 hour" } }]"#;

/// The id of the last cycle of a metric.
fn cycle(desk: &Desk, metric: &str) -> String {
    let of_metric = desk.ticket.ledger().all().filter(|owed| match &owed.origin {
        owed::commitment::Origin::Policy(cycle) => cycle.metric.as_str() == metric,
        _ => false,
    });
    of_metric.max_by_key(|owed| owed.version).expect("made").id.to_string()
}

fn order(kind: &str, id: &str, more: &str) -> String {
    format!(r#"{{"room": "commitment", "type": "{kind}", "commitment": "{id}"{more}}}"#)
}

#[track_caller]
fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("{other}"),
    }
}

#[test]
fn a_first_response_that_the_host_has_settled_has_ended() {
    let settled = [r#"fulfil;, "evidence": "call-1""#, r#"release;, "evidence": "m-1""#];
    for (kind, more) in settled.iter().filter_map(|settled| settled.split_once(';')) {
        let mut desk = Desk::new(RESPONSES);
        desk.at("02 09:00", OPEN);
        let id = cycle(&desk, "first_response");
        desk.at("02 09:10", &order(kind, &id, more));
        assert_eq!(desk.at("02 11:00", ASK)[1..], ["02 11:00: next_response 1 due 02 12:00"], "{kind}");
    }
}

#[test]
fn a_question_after_one_that_the_host_has_settled_is_owed_an_answer() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "priority": ["high"] }, "targets": { "next_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", ANSWER);
    desk.at("02 11:00", ASK);
    let id = cycle(&desk, "next_response");
    desk.at("02 11:20", &order("fulfil", &id, ""));
    desk.at("02 11:30", &priority("low"));
    desk.at("02 12:00", ASK);
    assert_eq!(desk.at("02 13:00", &priority("high"))[1..], ["02 13:00: next_response 2 due 02 16:00"]);
}

/// Two agreements that give the same, by priority.
const TWO: &str = r#"[
    { "name": "gold", "when": { "priority": ["high"] },
      "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "100 hours" } } } },
    { "name": "base", "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "100 hours" } } } }]"#;

#[test]
fn past_pauses_survive_a_change_of_agreement() {
    let mut desk = Desk::new(TWO);
    desk.at("02 09:00", &open_at("high"));
    let id = cycle(&desk, "first_resolution");
    desk.at("02 10:00", &order("pause", &id, r#", "reason": "parts""#));
    desk.at("02 20:00", &order("resume", &id, r#", "reason": "parts""#));
    let said = desk.at("02 20:30", &priority("low"));
    assert_eq!(said[2], "02 20:30: first_resolution 1 due 03 03:00", "one and a half of eight hours have run");
}

#[test]
fn a_pause_that_a_host_has_ordered_lasts_through_a_change_of_agreement() {
    let mut desk = Desk::new(TWO);
    desk.at("02 09:00", &open_at("high"));
    let id = cycle(&desk, "first_resolution");
    desk.at("02 10:00", &order("pause", &id, r#", "reason": "parts""#));
    let said = desk.at("02 12:00", &priority("low"));
    assert_eq!(said[3], "02 12:00: first_resolution 1 paused (parts), 7 hours left, until 06 14:00");
    assert_eq!(desk.at("02 12:00", &priority("high")).len(), 4, "and back again");
}

#[test]
fn an_allowance_is_not_renewed_by_leaving() {
    let mut desk = Desk::new(&TWO.replace("100 hours", "2 hours"));
    desk.at("02 09:00", &open_at("high"));
    let id = cycle(&desk, "first_resolution");
    desk.at("02 10:00", &order("pause", &id, r#", "reason": "parts""#));
    desk.at("02 13:00", &priority("low"));
    desk.at("02 13:00", &priority("high"));
    let id = cycle(&desk, "first_resolution");
    let refusal = desk.refused("02 13:00", &order("pause", &id, r#", "reason": "parts""#));
    assert!(matches!(because(refusal), Why::AllowanceSpent { .. }));
}

#[test]
fn the_agreement_of_a_new_edition_takes_over_what_an_old_one_lets_go() {
    let mut desk = Desk::with(
        r#"{ "editions": [
            { "agreements": [{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_response": "4 hours" } }] },
            { "from": "2026-03-02T10:00:00Z", "agreements": [{ "name": "all", "targets": { "first_response": "4 hours" } }] }] }"#,
    );
    desk.at("02 09:00", &open_at("high"));
    let said = desk.at("02 11:00", &priority("low"));
    assert_eq!(said[2], "02 11:00: first_response 1 due 02 13:00");
}

#[test]
fn a_pause_at_the_deadline_puts_nothing_off() {
    let pausing = r#"[{ "name": "sla", "targets": { "first_response": { "budget": "1 hour",
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#;
    let mut desk = Desk::new(pausing);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 10:00", WAIT), ["02 10:00: pending"]);
    assert_eq!(desk.wake("02 12:00"), ["02 10:00 by time: first_response 1 breached, due 02 10:00"]);
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let pausable = r#", "pausable": {"total": "10 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, pausable));
    let refusal = desk.refused("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    assert_eq!(because(refusal), Why::RunOut { commitment: promise_id('a'), due: t("02 10:00") });
}

#[test]
fn what_was_late_from_the_first_is_not_mended_by_doing_it_after_its_deadline() {
    let mut desk = Desk::new(RESPONSES);
    let said = desk.fetched("02 12:00", "02 09:00", OPEN);
    assert_eq!(said[2], "02 12:00: first_response 1 breached, due 02 10:00, born late");
    let said = desk.fetched("02 12:05", "02 11:00", ANSWER);
    assert_eq!(said[1], "02 12:05: first_response 1 late 02 11:00, by 3600 s");
    let mut desk = Desk::new(RESPONSES);
    desk.fetched("02 12:00", "02 09:00", OPEN);
    let said = desk.fetched("02 12:05", "02 10:00", ANSWER);
    assert_eq!(said[1], "02 12:05: first_response 1 corrected 02 10:00", "at its deadline it was in time");
}

#[test]
fn only_the_end_of_a_chain_is_repaired() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let repair =
        |name, broken: char| promise_with(name, r#"{"within": "1 hour"}"#, &format!(r#", "repairs": "@{broken}""#));
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 10:30", &repair('b', 'a'));
    desk.at("02 12:00", &repair('c', 'b'));
    let refusal = because(desk.refused("02 12:10", &repair('d', 'a')));
    assert_eq!(refusal, Why::AlreadyRepaired { commitment: promise_id('a'), by: promise_id('c') });
    let said = desk.fetched("02 12:20", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(said[1..], ["02 12:20: promise c void: promise a corrected"]);
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

#[test]
fn a_further_reason_to_stand_still_says_how_the_customer_was_told_and_has_no_end_of_its_own() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "pausable": {"total": "100 hours"}"#));
    let pause = |reason, until| about("pause", 'a', &format!(r#", "reason": "{reason}", "told": "m-{reason}"{until}"#));
    desk.at("02 10:00", &pause("x", ""));
    let refusal = because(desk.refused("02 10:05", &pause("y", r#", "until": "2026-03-02T11:00:00Z""#)));
    assert_eq!(refusal, Why::StandsLonger { commitment: promise_id('a'), resume_by: t("06 14:00") });
    desk.at("02 10:05", &pause("y", ""));
    assert!(serde_json::to_string(&desk.events).expect("written").contains(r#""told":"m-y""#));
}

#[test]
fn a_metric_waits_for_all_that_the_one_before_it_waits_for() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "third": { "deliverable": "update", "after": "next_response",
                "start": [{ "fact": "message", "author": ["customer"] }], "stop": [{ "fact": "message", "author": ["agent"] }] } },
            "agreements": [{ "name": "sla", "targets": { "third": "1 hour" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ASK);
    desk.at("02 09:20", ANSWER);
    assert_eq!(desk.at("02 09:30", ASK).len(), 1, "that begins the next response, which has not ended");
    desk.at("02 09:40", ANSWER);
    assert_eq!(desk.at("02 09:50", ASK).len(), 2);
}

#[test]
fn a_change_between_equal_budgets_is_a_change() {
    let agreement =
        r#"[{ "name": "sla", "on_priority_change": "restart", "targets": { "first_resolution": "8 hours" } }]"#;
    let mut desk = Desk::new(agreement);
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 10:00", &priority("high"));
    assert_eq!(said[1..], ["02 10:00: first_resolution 1 retargeted, 8 hours left, due 02 18:00"]);
}

#[test]
fn nothing_new_is_promised_on_a_closed_ticket() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", CLOSE);
    let refusal = desk.refused("02 09:20", &promise('a', r#"{"within": "1 hour"}"#));
    assert!(matches!(refusal, Refusal::Ticket(Of::Ended { .. })));
    desk.at("02 09:30", REOPEN);
    desk.at("02 09:30", &promise('a', r#"{"within": "1 hour"}"#));
}

#[test]
fn what_runs_cannot_be_resumed() {
    let pausing = r#"[{ "name": "sla", "targets": { "first_response": { "budget": "1 hour",
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#;
    let mut desk = Desk::new(pausing);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:59", WAIT);
    let id = cycle(&desk, "first_response");
    assert!(matches!(
        because(desk.refused("02 10:00", &order("resume", &id, r#", "reason": "customer""#))),
        Why::StillHolds { .. }
    ));
    desk.at("02 10:00", &order("fulfil", &id, ""));
    let refusal = because(desk.refused("02 10:00", &order("resume", &id, r#", "reason": "customer""#)));
    assert!(matches!(refusal, Why::AlreadyClosed { .. }));
}

#[test]
fn what_was_done_while_it_stood_has_no_deadline() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "pausable": {"total": "100 hours"}"#));
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    desk.at("02 20:00", &about("fulfil", 'a', ""));
    let statement = owed::report::statements(&desk.ticket, &desk.rules, t("02 20:00")).remove(0);
    assert_eq!((statement.phase, statement.verdict, statement.due), (PhaseName::Closed, Verdict::Fulfilled, None));
}
