//! What starts a ladder by itself, and what is gone with it.

use crate::desk::{ANSWER, ASK, Desk, OPEN, REOPEN, SOLVE, promise, promise_with};

/// A desk with this one cause, and nothing owed by rule.
fn desk(cause: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "agreements": [], "ladder": "watch", "ladders": [{{ "name": "watch", "causes": [{cause}],
             "rungs": [{{ "notify": "lead", "wait": "1 hour" }}, {{ "notify": "head", "wait": "1 hour" }}] }}] }}"#
    ))
}

fn started(said: &[String]) -> Vec<&str> {
    said.iter().filter_map(|said| said.split_once(" started: ").map(|(_, why)| why)).collect()
}

/// A warning is there as long as the deadline is near, and that is so whoever answers for it, and whatever was tried in vain.
#[test]
fn what_moves_no_deadline_leaves_a_warning() {
    let mut desk = desk(r#"{ "on": "warned" }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "6 hours"}"#, r#", "warn": ["1 hour before"]"#));
    desk.wake("02 14:10");
    desk.at(
        "02 14:20",
        r#"{"room": "commitment", "type": "hand_over", "commitment": "@a", "owner": {"team": "night"}}"#,
    );
    desk.at("02 14:25", r#"{"room": "commitment", "type": "attempt", "commitment": "@a", "outcome": "message_left"}"#);
    assert_eq!(desk.ticket.escalations().live().count(), 1);
    desk.at(
        "02 14:30",
        r#"{"room": "commitment", "type": "amend", "commitment": "@a", "due": {"within": "5 hours 50 minutes"}}"#
            .replace("5 hours 50 minutes", "350 minutes")
            .as_str(),
    );
    assert_eq!(desk.ticket.escalations().live().count(), 0, "another deadline, and no warning of that yet");
}

#[test]
fn a_warning_starts_it_and_the_breach_ends_that() {
    let mut desk = desk(r#"{ "on": "warned", "warning": ["1 hour before"] }"#);
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise_with('a', r#"{"within": "6 hours"}"#, r#", "warn": ["2 hours before", "1 hour before"]"#),
    );
    let said = desk.wake("02 14:30");
    assert_eq!(
        started(&said),
        ["Warned { warning: Before(Elapsed(ElapsedTime(3600000000))), due: 2026-03-02T15:00:00Z }, until 02 14:00"]
    );
    assert_eq!(desk.wake("02 15:30").last().unwrap(), "02 15:00 by time: watch of promise a moot");
}

#[test]
fn several_causes_feed_one_escalation() {
    let mut desk = desk(r#"{ "on": "warned" }, { "on": "breached", "rung": 2 }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "6 hours"}"#, r#", "warn": ["10 minutes before"]"#));
    desk.wake("02 14:55");
    let said = desk.wake("02 15:00:01");
    assert_eq!(
        said[1..],
        [
            "02 15:00 by time: watch of promise a also: Breached { due: 2026-03-02T15:00:00Z, times: 1 }",
            "02 15:00 by time: watch of promise a: cause 0 gone",
            "02 15:00 by time: watch of promise a tells head #2 (rung 2 round 0 lapse 0), planned 02 15:00, next 02 16:00",
        ],
        "the breach takes it up to the second rung"
    );
    assert_eq!(desk.ticket.escalations().live().count(), 1);
}

#[test]
fn the_second_breach_of_a_chain_starts_it() {
    let mut desk = desk(r#"{ "on": "breached", "times": 2 }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    assert_eq!(started(&desk.wake("02 10:30")), [""; 0]);
    desk.at("02 11:00", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    assert_eq!(started(&desk.wake("02 12:30")), ["Breached { due: 2026-03-02T12:00:00Z, times: 2 }, until 02 12:00"]);
}

#[test]
fn promising_again_starts_it() {
    let mut desk = desk(r#""promised_again""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    let said = desk.at("02 11:00", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    assert_eq!(started(&said), ["PromisedAgain { times: 1 }, until 02 11:00"]);
}

#[test]
fn a_part_at_risk_starts_it_and_its_delivery_ends_it() {
    let mut desk = desk(r#""at_risk""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "6 hours"}"#));
    desk.at(
        "02 09:01",
        r#"{"room": "commitment", "type": "delegate", "commitment": "@a", "promise": {"commitment": "@b", "deliverable": "fix",
            "beneficiary": {"team": "desk"}, "owner": {"team": "network"}, "due": {"within": "1 hour"}}}"#,
    );
    let said = desk.wake("02 10:30");
    assert_eq!(started(&said).len(), 1, "{said:?}");
    let said = desk.at("02 11:00", r#"{"room": "commitment", "type": "fulfil", "commitment": "@b"}"#);
    assert_eq!(said.last().unwrap(), "02 11:00: watch of promise a moot");
}

#[test]
fn no_owner_action_starts_it_and_each_action_begins_it_anew() {
    let mut desk = desk(
        r#"{ "while": { "status": ["new", "open"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }"#,
    );
    assert_eq!(started(&desk.at("02 09:00", OPEN)), ["Stands, until 02 13:00"]);
    assert_eq!(desk.at("02 10:00", ASK).len(), 1, "the customer's word is no action");
    assert_eq!(
        desk.at("02 12:00", ANSWER)[1..],
        ["02 12:00: watch moot", "02 12:00: watch started: Stands, until 02 16:00"]
    );
    assert_eq!(desk.wake("02 16:01").len(), 1);
    assert_eq!(desk.at("02 16:02", SOLVE).last().unwrap(), "02 16:02: watch moot");
}

#[test]
fn reopening_for_the_third_time_starts_it_and_for_the_fourth_again() {
    let mut desk = desk(r#"{ "on": { "fact": "status", "from": ["solved", "closed"], "to": ["open"] }, "times": 3 }"#);
    desk.at("02 09:00", OPEN);
    let mut counts = Vec::new();
    for hour in 10..14 {
        desk.at(&format!("02 {hour}:00"), SOLVE);
        counts.push(started(&desk.at(&format!("02 {hour}:30"), REOPEN)).len());
    }
    assert_eq!(counts, [0, 0, 1, 1], "solving in between had ended the one before");
}

#[test]
fn a_bad_score_starts_it_after_the_end_and_closing_does_not_bury_it() {
    let mut desk = desk(
        r#"{ "on": { "fact": "field", "name": ["score"], "when": { "fields": { "score": { "at_most": 2 } } } } }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", SOLVE);
    let said = desk.at("02 11:00", r#"{"room": "ticket", "type": "set_field", "field": "score", "value": 1}"#);
    assert_eq!(started(&said), ["Fact { times: 1 }, until 02 11:00"]);
    assert_eq!(desk.at("02 11:30", crate::desk::CLOSE).len(), 1, "it goes on");
}

#[test]
fn an_agent_asks_for_a_ladder_and_a_second_time_joins() {
    let mut desk = desk(r#""breached""#);
    desk.at("02 09:00", OPEN);
    let ask = r#"{"room": "escalation", "type": "escalate", "ladder": "watch", "reason": "out of my depth"}"#;
    assert_eq!(
        desk.at("02 10:00", ask),
        [
            r#"02 10:00: watch started: Asked { by: Agent("ada"), reason: "out of my depth" }, until 02 10:00"#,
            "02 10:00: watch tells lead #1 (rung 1 round 0 lapse 0), planned 02 10:00, next 02 11:00",
        ]
    );
    assert_eq!(
        desk.at("02 10:01", ask),
        [r#"02 10:01: watch also: Asked { by: Agent("ada"), reason: "out of my depth" }"#]
    );
    let other = ask.replace("watch", "gone");
    assert_eq!(
        desk.refused("02 10:02", &other).to_string(),
        "there is no ladder gone; the rulebook defines it under \"ladders\""
    );
}

#[test]
fn a_fact_of_the_ticket_is_no_cause_of_an_escalation_about_a_commitment() {
    let mut desk = desk(r#""breached", { "while": { "priority": ["1"] }, "rung": 2 }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    let said = desk.at("02 10:31", r#"{"room": "ticket", "type": "set_priority", "priority": "1"}"#);
    assert_eq!(
        said[1..],
        [
            "02 10:31: watch started: Stands, until 02 10:31",
            "02 10:31: watch tells head #1 (rung 2 round 0 lapse 0), planned 02 10:31, next 02 11:31",
        ]
    );
    assert_eq!(desk.ticket.escalations().live().map(|one| one.causes.len()).collect::<Vec<_>>(), [1, 1]);
}

/// A desk with these causes on three rungs, and nothing owed by rule.
fn three_rungs(causes: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "agreements": [], "ladder": "watch", "ladders": [{{ "name": "watch", "causes": [{causes}], "lapses": 1,
             "rungs": [{{ "notify": "team", "wait": "30 minutes" }}, {{ "notify": "lead", "wait": "1 hour" }},
                       {{ "notify": "head", "wait": "1 hour" }}] }}] }}"#
    ))
}

const HELD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;
const URGENT: &str = r#"{"room": "ticket", "type": "set_priority", "priority": "1"}"#;
const ASKED: &str = r#"{"room": "escalation", "type": "escalate", "ladder": "watch", "reason": "out of my depth"}"#;

#[test]
fn what_has_still_to_last_is_heard_by_nobody_when_another_cause_comes() {
    let mut desk = three_rungs(
        r#"{ "while": { "status": ["on_hold"] }, "after": "4 hours", "rung": 3 }, { "while": { "priority": ["1"] } }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", HELD);
    assert_eq!(
        desk.at("02 12:50", URGENT).last().unwrap(),
        "02 12:50: watch tells team #1 (rung 1 round 0 lapse 0), planned 02 12:50, next 02 13:20"
    );
    assert_eq!(
        desk.wake("02 13:00:00.000001").last().unwrap(),
        "02 13:00 by time: watch tells head #2 (rung 3 round 0 lapse 0), planned 02 13:00, next 02 14:00"
    );
}

#[test]
fn what_somebody_asks_for_does_not_begin_where_something_else_has_still_to_last() {
    let mut desk = three_rungs(
        r#"{ "while": { "status": ["on_hold"] }, "after": "4 hours", "rung": 3 }, { "while": { "priority": ["1"] } }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", HELD);
    assert_eq!(
        desk.at("02 10:00", ASKED).last().unwrap(),
        "02 10:00: watch tells team #1 (rung 1 round 0 lapse 0), planned 02 10:00, next 02 10:30"
    );
}

#[test]
fn what_has_lasted_when_the_next_rung_hears_goes_up_to_its_own() {
    let mut desk = three_rungs(
        r#"{ "while": { "status": ["on_hold"] } }, { "while": { "status": ["on_hold"] }, "after": "30 minutes", "rung": 3 }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", HELD);
    assert_eq!(
        desk.wake("02 10:30:00.000001").last().unwrap(),
        "02 10:30 by time: watch tells head #2 (rung 3 round 0 lapse 0), planned 02 10:30, next 02 11:30"
    );
}

#[test]
fn of_what_has_lasted_at_once_the_highest_rung_hears() {
    let mut desk = three_rungs(
        r#"{ "while": { "priority": ["1"] } }, { "while": { "status": ["on_hold"] }, "after": "20 minutes", "rung": 2 },
           { "while": { "status": ["on_hold"] }, "after": "20 minutes", "rung": 3 }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", URGENT);
    desk.at("02 10:05", HELD);
    assert_eq!(
        desk.wake("02 10:25:00.000001").last().unwrap(),
        "02 10:25 by time: watch tells head #2 (rung 3 round 0 lapse 0), planned 02 10:25, next 02 11:25"
    );
}

#[test]
fn what_begins_anew_begins_on_the_highest_rung_of_what_lasts_first_and_may_be_put_lower() {
    let mut desk = three_rungs(
        r#""warned", { "on": "breached", "after": "1 hour" }, { "on": "breached", "after": "1 hour", "rung": 3 }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "2 hours"}"#, r#", "warn": ["1 hour before"]"#));
    desk.wake("02 11:30");
    let live: Vec<_> = desk.ticket.escalations().live().map(|one| (one.since, one.place.rung)).collect();
    assert_eq!(live, [(crate::desk::t("02 11:00"), 3)]);
    desk.at(
        "02 11:31",
        r#"{"room": "escalation", "type": "de_escalate", "escalation": "^watch", "to": 2, "justification": "not so bad"}"#,
    );
    assert_eq!(
        desk.wake("02 12:00:00.000001").last().unwrap(),
        "02 12:00 by time: watch of promise a tells lead #1 (rung 2 round 0 lapse 0), planned 02 12:00, next 02 13:00"
    );
}

#[test]
fn what_is_to_begin_higher_by_a_later_cause_may_be_put_lower() {
    let mut desk = three_rungs(
        r#"{ "while": { "status": ["on_hold"] }, "after": "2 hours" }, { "while": { "priority": ["1"] }, "after": "1 hour", "rung": 3 }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", HELD);
    desk.at("02 10:10", URGENT);
    desk.at(
        "02 10:20",
        r#"{"room": "escalation", "type": "de_escalate", "escalation": "^watch", "to": 2, "justification": "not so bad"}"#,
    );
    assert_eq!(
        desk.wake("02 11:10:00.000001").last().unwrap(),
        "02 11:10 by time: watch tells lead #1 (rung 2 round 0 lapse 0), planned 02 11:10, next 02 12:10"
    );
}

/// Worse terms that he was told stand in for what is broken, at that very instant: somebody hears of the breach, and of nothing that is owed no
/// more after that.
#[test]
fn what_is_superseded_as_it_breaks_is_heard_of_once() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "broken", "ladders": [{ "name": "broken", "causes": ["breached"],
            "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "head", "wait": "30 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "4 hours"}"#));
    let worse = r#", "due": {"at": "2026-03-04T09:00:00Z"}, "told": "m-2""#;
    desk.at("02 10:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "@a"{worse}}}"#));
    let said = desk.wake("03 20:00");
    let heard: Vec<_> = said.iter().filter(|line| line.contains(" broken ")).collect();
    assert!(heard.len() == 3 && heard[1].contains("tells lead #1") && heard[2].ends_with("moot"), "{heard:#?}");
    assert_eq!(desk.ticket.escalations().live().count(), 0);
}

/// So is a part that was given on, and stood in for as it breaks: the whole is at risk by it no more, as if it had been promised again later.
#[test]
fn a_part_that_is_superseded_as_it_breaks_puts_at_risk_once() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "risk", "ladders": [{ "name": "risk", "causes": ["at_risk"],
            "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "head", "wait": "30 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "72 hours"}"#));
    let part = r#"{"commitment": "@b", "deliverable": "fix", "beneficiary": {"team": "desk"}, "owner": {"team": "net"}, "due": {"within": "4 hours"}}"#;
    desk.at(
        "02 09:00",
        &format!(r#"{{"room": "commitment", "type": "delegate", "commitment": "@a", "promise": {part}}}"#),
    );
    let worse = r#", "due": {"at": "2026-03-04T09:00:00Z"}, "told": "m-2""#;
    desk.at("02 10:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "@b"{worse}}}"#));
    let said = desk.wake("03 20:00");
    let heard: Vec<_> = said.iter().filter(|line| line.contains(" risk of ")).collect();
    assert!(heard.len() == 3 && heard[1].contains("tells lead #1") && heard[2].ends_with("moot"), "{heard:#?}");
    assert_eq!(desk.ticket.escalations().live().count(), 0);
    let again = desk.wake("05 09:00");
    assert!(again.iter().any(|line| line.contains("tells lead #1")), "what stands in for it is broken: {again:#?}");
}
