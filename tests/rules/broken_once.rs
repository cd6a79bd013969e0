//! What a reader with fresh eyes broke once, mended.

use owed::commitment::{Origin, Phase};
use owed::{CommitmentId, Order};

use crate::desk::*;

fn id_of(desk: &Desk, metric: &str, cycle: u32) -> CommitmentId {
    let of = |origin: &Origin| matches!(origin, Origin::Policy(c) if c.metric.as_str() == metric && c.cycle == cycle);
    desk.ticket.ledger().all().find(|c| of(&c.origin)).expect("known").id
}

fn order(kind: &str, id: CommitmentId, more: &str) -> String {
    format!(r#"{{"room": "commitment", "type": "{kind}", "commitment": "{id}"{more}}}"#)
}

fn owed(desk: &Desk) -> usize {
    desk.ticket.ledger().open().count()
}

const NEXT: &str = r#"[{ "name": "sla", "targets": { "next_response": "1 hour" } }]"#;

fn asked() -> Desk {
    let mut desk = Desk::new(NEXT);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 11:00", ASK);
    desk
}

#[test]
fn what_the_host_fulfilled_is_not_owed_again_when_the_status_changes() {
    let mut desk = asked();
    let id = id_of(&desk, "next_response", 1);
    desk.at("02 11:20", &order("fulfil", id, ""));
    let said = desk.at("02 13:00", WAIT);
    assert_eq!(said.len(), 1, "{said:#?}");
}

#[test]
fn what_a_promise_stands_in_for_is_not_breached_a_second_time() {
    let mut desk = asked();
    let id = id_of(&desk, "next_response", 1);
    desk.at("02 12:10", &promise_with('a', r#"{"within": "6 hours"}"#, &format!(r#", "repairs": "{id}""#)));
    let said = desk.at("02 12:20", WAIT);
    assert_eq!(said.len(), 1, "{said:#?}");
}

#[test]
fn what_the_customer_released_stays_released() {
    let mut desk = asked();
    let id = id_of(&desk, "next_response", 1);
    desk.at("02 11:20", &order("release", id, r#", "evidence": "m-1""#));
    let said = desk.at("02 11:30", WAIT);
    assert_eq!(said.len(), 1, "{said:#?}");
}

const TWO: &str = r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_response": "1 hour" } },
                      { "name": "base", "targets": { "first_response": "8 hours" } }]"#;

#[test]
fn the_first_agreement_counts_also_when_it_comes_to_apply_later() {
    let mut desk = Desk::new(TWO);
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 09:30", &priority("high"));
    assert!(said.iter().any(|line| line.contains("due 02 10:00")), "{said:#?}");
}

#[test]
fn leaving_an_agreement_while_overdue_forgets_the_customer() {
    let mut desk = Desk::new(TWO);
    desk.at("02 09:00", &open_at("high"));
    let said = desk.at("02 11:00", &priority("low"));
    assert_eq!(owed(&desk), 1, "nobody has answered, and nothing is owed: {said:#?}");
}

#[test]
fn one_unanswered_message_is_breached_once() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "targets": { "next_response": { "budget": { "high": "1 hour" } } } }]"#);
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 09:10", ANSWER);
    desk.at("02 11:00", ASK);
    desk.at("02 13:00", &priority("none"));
    let said = desk.at("02 14:00", &priority("high"));
    assert!(!said.iter().any(|line| line.contains("breached")), "{said:#?}");
}

#[test]
fn a_question_after_solving_without_an_answer_is_owed_an_answer() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    desk.at("02 11:00", REOPEN);
    desk.at("02 11:00", ASK);
    assert_eq!(owed(&desk), 1);
}

#[test]
fn a_used_up_budget_is_breached_at_the_change_even_if_the_change_also_pauses() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": { "low": "8 hours", "high": "1 hour" },
              "pause": [{ "reason": "board", "when": { "priority": ["high"] } }] } } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    let said = desk.at("02 12:00", &priority("high"));
    assert!(said.iter().any(|line| line.contains("breached, due 02 10:00, born late")), "{said:#?}");
}

const RESET: &str = r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "opened" }],
        "reset": [{ "fact": "message", "author": ["agent"] }], "stop": [{ "fact": "status", "to": ["solved"] }] } },
    "agreements": [{ "name": "sla", "on_priority_change": "recount",
        "targets": { "news": { "budget": { "low": "8 hours", "high": "4 hours" } } } }] }"#;

#[test]
fn recounting_begins_at_the_reset() {
    let mut desk = Desk::with(RESET);
    desk.at("02 08:00", &open_at("low"));
    desk.at("02 14:00", ANSWER);
    let said = desk.at("02 15:00", &priority("high"));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[1].contains("due 02 18:00"), "{said:#?}");
}

#[test]
fn a_reset_counts_from_when_it_happened() {
    let mut desk = Desk::with(RESET);
    desk.at("02 08:00", &open_at("low"));
    let said = desk.fetched("02 14:00", "02 13:00", ANSWER);
    assert!(said[1].contains("due 02 21:00"), "{said:#?}");
}

#[test]
fn pauses_before_a_target_applied_are_bounded_too() {
    let agreement = r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": { "low": "8 hours", "high": "8 hours" },
          "pausable": { "total": "1 hour" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#;
    let due = |first: &str| {
        let mut desk = Desk::new(agreement);
        desk.at("02 09:00", &open_at(first));
        desk.at("02 10:00", WAIT);
        desk.at("02 15:00", GO_ON);
        desk.at("02 15:30", &priority("high"));
        desk.ticket.ledger().open().next().expect("owed").due
    };
    assert_eq!(due("none").to_string(), due("low").to_string(), "watched from the beginning, or not");
}

#[test]
fn a_metric_that_applies_late_is_where_it_would_have_been() {
    let rules = r#"{ "metrics": { "news": { "deliverable": "update", "after": "first_response",
            "start": [{ "fact": "message", "author": ["agent"] }], "stop": [{ "fact": "message", "author": ["agent"] }] } },
        "agreements": [{ "name": "sla", "targets": { "news": { "budget": { "low": "8 hours", "high": "8 hours" } } } }] }"#;
    let owing = |first: &str| {
        let mut desk = Desk::with(rules);
        desk.at("02 09:00", &open_at(first));
        desk.at("02 10:00", ANSWER);
        desk.at("02 11:00", &priority("high"));
        owed(&desk)
    };
    assert_eq!(owing("none"), owing("low"));
}

#[test]
fn a_promise_whose_agreement_was_left_does_not_stand_still_for_ever() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "binding": "promised", "targets": { "first_resolution": {
              "budget": "8 hours", "pausable": { "total": "720 hours" },
              "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", WAIT);
    desk.at("02 10:30", &priority("low"));
    let said = desk.at("02 11:00", GO_ON);
    let phase = &desk.ticket.ledger().open().next().expect("owed").phase;
    assert!(matches!(phase, Phase::Active { .. }), "{said:#?} {phase:?}");
}

#[test]
fn a_repair_is_owed_to_the_same_customer() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let other = promise_with('b', r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#)
        .replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "billing"}"#);
    let command = desk.command("02 11:00", &other);
    let _ = desk.handle(&command);
    let command = desk.command("02 11:05", CLOSE);
    assert!(desk.handle(&command).is_err(), "closed on a customer's broken promise");
}

#[test]
fn promised_again_only_for_a_time_to_come() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let mut command =
        desk.command("02 14:00", &promise_with('b', r#"{"at": "2026-03-02T13:00:00Z"}"#, r#", "repairs": "@a""#));
    command.happened = serde_json::from_str(r#"{"at": "2026-03-02T12:00:00Z", "stamp": "claim"}"#).expect("read");
    let result = desk.handle(&command);
    assert!(result.is_err(), "row 21: due' > now");
}

#[test]
fn a_warning_in_working_time_needs_a_calendar() {
    let mut desk = Desk::with(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    let warn = r#", "warn": [{"before": "2 working hours"}]"#;
    let command = desk.command("02 09:00", &promise_with('a', r#"{"at": "2026-03-04T10:00:00Z"}"#, warn));
    let result = desk.handle(&command);
    assert!(result.is_err(), "units are never mixed silently: {result:#?}");
}

#[test]
fn an_unknown_key_is_an_error() {
    let owner = r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agnet": "ada"}}"#;
    assert!(serde_json::from_str::<Order>(owner).is_err(), "the agent is lost without a word");
}

#[test]
fn also_an_unknown_key_is_an_error() {
    for order in [
        r#"{"room": "ticket", "type": "solve", "foo": 1}"#,
        r#"{"room": "ticket", "type": "message", "author": "agent", "foo": 1}"#,
    ] {
        assert!(serde_json::from_str::<Order>(order).is_err(), "{order}");
    }
    let promise =
        promise_with('a', r#"{"within": "1 hour"}"#, r#", "pausable": {"total": "5 hours", "onec": "4 hours"}"#)
            .replace("@a", &promise_id('a').to_string());
    assert!(serde_json::from_str::<Order>(&promise).is_err(), "{promise}");
}

#[test]
fn an_edited_agreement_moves_nothing_until_replan() {
    let mut desk = Desk::with(
        r#"{ "editions": [{ "agreements": [] }, { "from": "2026-03-10T00:00:00Z",
             "agreements": [{ "name": "sla", "targets": { "first_resolution": "8 hours" } }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let said = desk.at("12 09:00", WAIT);
    assert_eq!(said.len(), 1, "ten days late at once, because of a status: {said:#?}");
}

#[test]
fn what_is_solved_is_not_breached_later() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_resolution": "1 hour" } }]"#);
    desk.at("02 10:00", OPEN);
    desk.fetched("02 10:05", "02 09:59", SOLVE);
    let said = desk.wake("03 10:00");
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn repairs_of_what_was_done_in_time_are_void_down_the_chain() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 10:30", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    desk.at("02 12:00", &promise_with('c', r#"{"within": "6 hours"}"#, r#", "repairs": "@b""#));
    let said = desk.fetched("02 12:30", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(owed(&desk), 0, "{said:#?}");
}

#[test]
fn an_overdue_repair_of_what_was_done_in_time_is_not_owed() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 10:30", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    let said = desk.fetched("02 12:30", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(owed(&desk), 0, "{said:#?}");
}

#[test]
fn the_question_after_the_answer_is_owed_an_answer() {
    let mut desk = asked();
    desk.at("02 11:15", ASK);
    let said = desk.fetched("02 11:20", "02 11:10", ANSWER);
    assert_eq!(owed(&desk), 1, "the answer of 11:10 cannot answer the question of 11:15: {said:#?}");
}

#[test]
fn somebody_is_warned() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise_with(
            'a',
            r#"{"within": "2 hours"}"#,
            r#", "warn": [{"percent": 50}], "pausable": {"total": "4 hours"}"#,
        ),
    );
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    desk.at("02 10:30", &about("resume", 'a', r#", "reason": "logs""#));
    let said = desk.wake("02 11:20");
    assert_eq!(said.len(), 1, "half of the budget has run, and nobody hears of it: {said:#?}");
}

#[test]
fn a_customer_cannot_release_what_is_owed_to_a_team() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise('a', r#"{"within": "1 hour"}"#)
            .replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"authority": "ico"}"#),
    );
    let mut command = desk.command("02 09:30", &about("release", 'a', r#", "evidence": "m-1""#));
    command.by = serde_json::from_str(r#"{"customer": "c-9"}"#).expect("read");
    assert!(desk.handle(&command).is_err());
}

#[test]
fn a_metric_after_itself_is_refused() {
    let rules = r#"{ "metrics": { "x": { "deliverable": "reply", "after": "x", "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "message", "author": ["agent"] }] } }, "agreements": [{ "name": "a", "targets": { "x": "1 hour" } }] }"#;
    assert!(serde_json::from_str::<owed::Rulebook>(rules).is_err());
}

#[test]
fn a_promise_is_not_made_on_a_closed_or_unopened_ticket() {
    let mut desk = Desk::new("[]");
    let command = desk.command("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    assert!(desk.handle(&command).is_err(), "not opened yet");
}

#[test]
fn a_refused_pause_of_the_policy_s_own_reason_by_the_host_ends_nothing() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": "8 hours",
              "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", WAIT);
    let id = id_of(&desk, "first_resolution", 1);
    let command = desk.command("02 10:30", &order("resume", id, r#", "reason": "customer""#));
    let _ = desk.handle(&command);
    let phase = &desk.ticket.ledger().open().next().expect("owed").phase;
    assert!(matches!(phase, Phase::Paused { .. }), "the condition still holds: {phase:?}");
}

#[test]
fn percentiles_do_not_mix_units() {
    let mut tally = owed::report::Tally::new();
    let desk = by_two_units();
    tally.count(&desk.ticket, &desk.rules, t("03 17:00"));
    println!("{:?}", tally.total().percentile(50));
    assert_eq!(tally.total().percentile(50), None, "working and elapsed time in one order");
}

fn by_two_units() -> Desk {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "first_resolution": "72 hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", ANSWER);
    desk.at("02 12:00", SOLVE);
    desk
}

#[test]
fn a_pause_counts_until_it_was_done() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "8 hours",
              "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", WAIT);
    desk.fetched("02 12:00", "02 09:10", ANSWER);
    let said = owed::report::statements(&desk.ticket, &desk.rules, t("02 13:00"));
    let paused: u64 = said[0].paused.iter().map(|p| p.wall_us).sum();
    assert!(paused <= said[0].wall_us, "stood still for {paused} of {} us", said[0].wall_us);
}

#[test]
fn what_is_withdrawn_with_a_notice_is_not_to_be_told_again() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "6 hours"}"#));
    desk.at("02 10:00", &about("withdraw", 'a', r#", "notice": "m-7""#));
    let effects = owed::effects(desk.events.last().expect("read"));
    assert_eq!(effects.len(), 1, "{effects:#?}");
}

#[test]
fn wakes_and_stamps_a_late_claim_of_a_start() {
    // A claim moves a start back and breaches at once: a person's word makes a breach.
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "1 hour" } }]"#);
    let said = desk.claimed("02 12:00", "02 09:00", OPEN);
    println!("{said:#?}");
}

/// While a new edition reaches one host after the other, an old one neither counts by other hours nor keeps quiet about a breach: it says nothing.
#[test]
fn with_a_rulebook_that_lacks_an_edition_nothing_is_recorded_and_it_stays_due() {
    let hours = r#""calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office""#;
    let ladder = r#""ladder": "late", "ladders": [{ "name": "late", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }]"#;
    let two = format!(
        r#"{{ "editions": [{{ "agreements": [] }}, {{ "from": "2026-03-01T00:00:00Z", {hours}, {ladder}, "agreements": [] }}] }}"#
    );
    let mut desk = Desk::with(&two);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let pausable = r#", "pausable": {"total": "10 hours"}"#;
    desk.at("02 09:00", &promise_with('b', r#"{"within": "8 working hours"}"#, pausable));
    desk.at("02 09:30", &about("pause", 'b', r#", "reason": "logs", "told": "m-1""#));
    let whole =
        std::mem::replace(&mut desk.rules, serde_json::from_str(r#"{ "agreements": [] }"#).expect("one edition"));
    let due = desk.next();
    assert_eq!(desk.wake("04 12:00"), [""; 0]);
    assert!(due.is_some() && desk.next() == due, "it stays due");
    assert!(matches!(
        desk.refused("04 12:00", ANSWER),
        owed::Refusal::Command(owed::CommandRefusal::EditionMissing { .. })
    ));
    desk.rules = whole;
    let said = desk.wake("04 12:00");
    assert_eq!(said[0], "02 10:00 by time: promise a breached, due 02 10:00");
    assert!(said[2].starts_with("02 10:00 by time: late of promise a tells lead"), "{said:#?}");
    assert!(said.contains(&"02 19:30 by time: promise b resumed (time is up), due 03 16:30".to_owned()), "{said:#?}");
}

/// The first answer was given before the target applied; a question begins it all the same.
#[test]
fn a_first_response_is_the_ticket_s_first() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "priority": ["high"] }, "targets": { "first_response": "1 hour" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", ANSWER);
    assert_eq!(desk.at("02 11:00", &priority("high")), ["02 11:00: priority high"], "answered already");
    assert_eq!(desk.at("02 12:00", ASK), ["02 12:00: public message of customer"], "and so it stays");
}

/// What comes to apply with a further question starts at that, not at the oldest unanswered.
#[test]
fn a_response_is_owed_since_the_oldest_question() {
    let editions = r#"{ "editions": [{ "agreements": [] }, { "from": "2026-03-02T11:00:00Z",
        "agreements": [{ "name": "sla", "targets": { "next_response": "4 hours" } }] }] }"#;
    let mut desk = Desk::with(editions);
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", ANSWER);
    desk.at("02 10:00", ASK);
    assert_eq!(desk.at("02 12:00", ASK)[1], "02 12:00: next_response 1 due 02 14:00");
}
