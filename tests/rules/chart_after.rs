//! The chart of a promise's life, row by row: what cannot be done, what a breach leaves, who answers for it, and what is put right
//! (rows 19a to 28).

use owed::Refusal;
use owed::commitment::{PhaseName, Refusal as Why, Verdict};

use super::chart::*;
use crate::desk::*;

/// Must 2.4.
#[test]
fn row_19a_what_cannot_be_done_is_broken_now_and_owes_an_explanation() {
    let mut desk = promised();
    assert_eq!(
        desk.at("02 10:00", &about("declare_impossible", 'a', TOLD)),
        [
            "02 10:00: promise a breached, due 02 12:00, impossible",
            "02 10:00: promise a ended: impossible",
            "02 10:00: explanation for promise a due 03 10:00"
        ]
    );
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Breached));
    assert!(matches!(desk.refused("02 11:00", CLOSE), Refusal::Ticket(_)), "the explanation is owed");
}

#[test]
fn row_19b_what_is_overdue_and_cannot_be_done_owes_an_explanation_too() {
    let mut desk = with(r#", "breach_owes": {"deliverable": "explanation", "within": "2 hours"}"#);
    let said = desk.wake("02 12:30");
    assert_eq!(said[1], "02 12:00 by time: explanation for promise a due 02 14:00");
    let said = desk.at("02 13:00", &about("declare_impossible", 'a', TOLD));
    assert_eq!(said, ["02 13:00: promise a ended: impossible"], "one for each cause");
    let explanation = desk.ticket.ledger().open().next().expect("owed").id;
    assert_eq!(desk.wake("03 00:00").len(), 1, "and its own breach owes nothing: {explanation}");
}

#[test]
fn what_a_breach_owes_stops_at_its_depth() {
    let mut desk = with(r#", "breach_owes": {"deliverable": "explanation", "within": "2 hours", "depth": 2}"#);
    assert_eq!(desk.wake("09 00:00").len(), 2 + 2 + 1);
    assert_eq!(desk.next(), None);
}

#[test]
fn row_22_and_23_what_is_broken_is_waived_or_written_off() {
    let mut desk = promised();
    desk.wake("02 13:00");
    assert_eq!(desk.at("02 13:00:01", &about("waive", 'a', SHOWN)), ["02 13:00:01: promise a ended: waived"]);
    let mut desk = promised();
    let write_off = about("write_off", 'a', r#", "authority": {"agent": "lea"}, "reason": "bankrupt""#);
    let early = because(desk.refused("02 10:00", &write_off));
    assert_eq!(early, Why::WrongPhase { commitment: promise_id('a'), phase: PhaseName::Active });
    desk.wake("02 13:00");
    assert_eq!(desk.at("02 14:00", &write_off), ["02 14:00: promise a ended: written off (bankrupt)"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Breached));
}

#[test]
fn row_23a_a_breach_that_is_counted_apart_stands() {
    let mut desk = promised();
    assert!(matches!(because(desk.refused("02 10:00", &about("exclude", 'a', BY))), Why::NoBreach { .. }));
    desk.wake("02 13:00");
    assert_eq!(desk.at("02 14:00", &about("exclude", 'a', BY)), ["02 14:00: promise a excluded (storm)"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Overdue, Verdict::Breached));
    let mut tally = owed::report::Tally::new();
    tally.count(&desk.ticket, &desk.rules, t("02 14:00"));
    assert_eq!((tally.total().breached, tally.total().excluded), (1, 1), "gross and net");
}

#[test]
fn row_24_all_of_an_agent_s_is_handed_over_at_once() {
    let mut desk = Desk::new(NOTHING);
    desk.at("02 09:00", OPEN);
    for name in ['a', 'b'] {
        desk.at("02 09:00", &promise(name, r#"{"within": "3 hours"}"#));
    }
    let owner = &desk.ticket.ledger().get(promise_id('a')).expect("made").owner;
    let from = serde_json::to_string(owner).expect("written");
    let to = r#"{"team": "second"}"#;
    let order = format!(r#"{{"room": "commitment", "type": "hand_over_all", "from": {from}, "to": {to}}}"#);
    assert_eq!(desk.at("02 10:00", &order).len(), 2);
    assert_eq!(desk.at("02 10:01", &order), [""; 0]);
}

fn delegate(within: &str, to: &str) -> String {
    let child = promise_with('b', &format!(r#"{{"within": "{within}"}}"#), "");
    let child = child.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    let child =
        child.replace(r#""beneficiary": "c-1""#, &format!(r#""beneficiary": {to}, "promiser": {{"vendor": "host"}}"#));
    about("delegate", 'a', &format!(r#", "promise": {child}"#))
}

/// Must 5.2.
#[test]
fn row_25_what_was_given_on_and_is_broken_puts_the_whole_at_risk_at_once() {
    let mut desk = promised();
    let said = desk.at("02 09:30", &delegate("1 hour", r#"{"team": "desk"}"#));
    assert_eq!(said, ["02 09:30: promise b due 02 10:30", "02 09:30: promise a given on as promise b"]);
    let at_risk = "02 10:30 by time: promise a at risk: promise b";
    assert_eq!(desk.wake("02 11:00"), ["02 10:30 by time: promise b breached, due 02 10:30", at_risk]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Active, Verdict::Pending), "its owner stays answerable");
    let mut desk = promised();
    let said = desk.at("02 09:30", &delegate("3 hours", r#"{"team": "desk"}"#));
    assert_eq!(said[1], "02 09:30: promise a given on as promise b, too late");
    let mut desk = promised();
    let refusal = desk.refused("02 09:30", &delegate("1 hour", r#""c-1""#));
    assert!(matches!(because(refusal), Why::OwedOutside { .. }));
}

#[test]
fn row_26_what_is_erased_leaves_instants_and_verdict() {
    let mut desk = with(r#", "message": "m-1""#);
    desk.wake("02 13:00");
    let before = stands(&desk, 'a');
    let order = about("redact", 'a', r#", "reference": "m-1""#);
    assert_eq!(desk.at("02 14:00", &order), ["02 14:00: promise a redacted m-1"]);
    assert_eq!(stands(&desk, 'a'), before);
    assert!(!format!("{:?}", desk.ticket.ledger().get(promise_id('a'))).contains("m-1"));
}

/// "A successor with the original instants": an amendment begins the account anew, and not what is owed.
#[test]
fn row_28_what_is_reinstated_is_owed_since_it_was_promised() {
    let mut desk = Desk::with(r#"{ "agreements": [], "corrections": { "window": "24 hours", "four_eyes": false } }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
    desk.at("02 10:00", &about("amend", 'a', r#", "due": {"at": "2026-03-02T11:00:00Z"}"#));
    desk.at("02 10:10", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    let said = desk.at("02 10:20", &about("reinstate", 'a', r#", "successor": "@b""#));
    assert_eq!(said, ["02 10:20: promise b due 02 11:00"]);
    let known = desk.ticket.ledger().get(promise_id('b')).expect("made");
    assert_eq!(known.since, t("02 09:00"));
    let said = desk.fetched("02 10:30", "02 09:30", &about("fulfil", 'b', ""));
    assert_eq!(said, ["02 10:30: promise b fulfilled 02 09:30"]);
}

/// A rulebook by which a person may put a record right.
fn correctable(corrections: &str) -> Desk {
    let mut desk = Desk::with(&format!(r#"{{ "corrections": {corrections}, "agreements": [] }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
    desk
}

fn claim(desk: &mut Desk, at: &str, by: &str) -> Vec<String> {
    let mut command = desk.command(at, &about("fulfil", 'a', ""));
    command.happened = serde_json::from_str(r#"{"at": "2026-03-02T11:00:00Z", "stamp": "claim"}"#).ok();
    command.by = serde_json::from_str(by).expect("an actor");
    let events = desk.handle(&command).expect("taken");
    desk.say_all(&events)
}

#[test]
fn row_27_a_claim_corrects_inside_the_window() {
    let window = r#"{"window": "24 hours"}"#;
    let mut desk = correctable(window);
    assert_eq!(claim(&mut desk, "03 12:00", r#"{"agent": "ada"}"#)[1], "03 12:00: promise a corrected 02 11:00");
    let mut desk = correctable(window);
    assert!(claim(&mut desk, "03 12:00:00.000001", r#"{"agent": "ada"}"#)[1].contains("promise a late"));
}

#[test]
fn row_27_four_eyes_take_another_than_the_one_who_did_it() {
    let four_eyes = r#"{"window": "24 hours", "four_eyes": true}"#;
    let mut desk = correctable(four_eyes);
    let owner = desk.ticket.ledger().get(promise_id('a')).expect("made").owner.agent.clone().expect("an agent");
    let his_own = claim(&mut desk, "02 13:00", &format!(r#"{{"agent": "{owner}"}}"#));
    assert_eq!(his_own[1], "02 13:00: promise a late 02 13:00, by 3600 s");
    assert_eq!(claim(&mut desk, "02 14:00", r#"{"agent": "lea"}"#), ["02 14:00: promise a corrected 02 11:00"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Fulfilled));
}

/// Lea says that a message was sent in time: she tells of it, and who confirms it?
#[test]
fn row_27_under_four_eyes_a_message_vouches_for_nothing_and_another_person_does_by_an_order() {
    for (four_eyes, corrected) in [(false, true), (true, false)] {
        let mut desk = Desk::with(&format!(
            r#"{{ "corrections": {{"window": "24 hours", "four_eyes": {four_eyes}}},
                "agreements": [{{ "name": "sla", "targets": {{ "first_response": "1 hour" }} }}] }}"#
        ));
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "bo"}}"#);
        desk.wake("02 10:30");
        let said = desk.claimed("02 11:30", "02 09:50", ANSWER);
        assert_eq!(said.iter().any(|line| line.contains("corrected")), corrected, "{four_eyes}: {said:?}");
        if !corrected {
            let order = r#"{"room": "commitment", "type": "fulfil", "commitment": "@first_response 1"}"#;
            let said = desk.claimed("02 11:40", "02 09:50", order);
            assert_eq!(said, ["02 11:40: first_response 1 corrected 02 09:50"]);
        }
    }
}

#[test]
fn row_27_the_explanation_of_a_breach_that_was_none_is_not_owed() {
    let mut desk = with(r#", "breach_owes": {"deliverable": "explanation", "within": "9 hours"}"#);
    desk.wake("02 12:30");
    let said = desk.fetched("02 12:30", "02 11:00", &about("fulfil", 'a', ""));
    assert_eq!(said[1..], ["02 12:30: explanation for promise a void: promise a corrected"]);
}

#[test]
fn row_27a_what_is_taken_back_is_owed_as_before() {
    let retract = about("retract", 'a', r#", "reason": "bounced", "successor": "@b""#);
    let mut desk = promised();
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    let said = desk.at("02 11:00", &retract);
    assert_eq!(
        said,
        ["02 11:00: promise a void: retracted (bounced), now promise b", "02 11:00: promise b due 02 12:00"]
    );
    let mut desk = promised();
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    let said = desk.at("02 13:00", &retract);
    assert_eq!(said[2], "02 13:00: promise b breached, due 02 12:00, born late");
    let refusal = because(promised().refused("02 10:00", &retract));
    assert_eq!(refusal, Why::WrongPhase { commitment: promise_id('a'), phase: PhaseName::Active });
}

#[test]
fn row_27a_a_cycle_goes_on_with_its_successor() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    let reply = desk.ticket.ledger().open().next().expect("owed").id;
    desk.at("02 10:00", ANSWER);
    let retract = format!(
        r#"{{"room": "commitment", "type": "retract", "commitment": "{reply}", "reason": "bounced", "successor": "@b"}}"#
    );
    desk.at("02 11:00", &retract);
    assert_eq!(
        desk.at("02 12:00", ANSWER)[1..],
        ["02 12:00: promise b fulfilled 02 12:00"],
        "a reply answers it still"
    );
}

#[test]
fn row_28_what_should_not_be_on_record_is_void_and_can_be_put_back() {
    let in_error = about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#);
    let mut desk = correctable(r#"{"window": "24 hours"}"#);
    desk.wake("02 13:00");
    assert_eq!(desk.at("02 14:00", &in_error), ["02 14:00: promise a void: in error (spam)"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Void));
    let back = about("reinstate", 'a', r#", "successor": "@b""#);
    assert_eq!(
        desk.at("02 15:00", &back),
        ["02 15:00: promise b due 02 12:00", "02 15:00: promise b breached, due 02 12:00, born late"]
    );
}

#[test]
fn row_28_what_is_closed_is_struck_out_only_inside_the_window() {
    let in_error = about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#);
    let mut desk = promised();
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    assert!(matches!(because(desk.refused("02 11:00", &in_error)), Why::CorrectionOver { until: None, .. }));
    let mut desk = correctable(r#"{"window": "24 hours"}"#);
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    assert_eq!(desk.at("03 10:00", &in_error), ["03 10:00: promise a void: in error (spam)"]);
}
