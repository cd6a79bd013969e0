//! What a third reader broke, mended.

use owed::Refusal;
use owed::commitment::{PhaseName, Refusal as Why, Verdict};

use crate::desk::*;

const SERIES: &str = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
    "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "horizon": {"at": "2026-03-02T09:00:00Z"},
    "lead": {"team": "leads"}, "decide_within": "1 hour"}"#;
const STOP: &str = r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-1"}"#;
const IN_ERROR: &str = r#", "reason": "spam", "evidence": "m-4""#;

fn opened(rules: &str) -> Desk {
    let mut desk = Desk::with(rules);
    desk.at("02 08:00", OPEN);
    desk
}

fn series() -> Desk {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    desk.at("02 08:00", SERIES);
    desk
}

#[track_caller]
fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("{other}"),
    }
}

/// The round that is owed.
fn round(desk: &Desk) -> String {
    let round = desk.ticket.ledger().open().find(|owed| owed.terms.series.is_some()).expect("one is always owed");
    round.id.to_string()
}

#[test]
fn stopping_a_series_erases_no_breach() {
    let mut desk = series();
    desk.wake("02 10:30");
    let decision = desk.ticket.ledger().open().find(|owed| owed.terms.series.is_none()).expect("owed").id;
    desk.at("02 10:40", STOP);
    let decision = desk.ticket.ledger().get(decision).expect("made");
    assert_eq!((decision.phase.name(), decision.verdict()), (PhaseName::Overdue, Verdict::Breached));
}

#[test]
fn a_series_ends_by_its_stop_alone() {
    let mut desk = opened(r#"{ "agreements": [], "corrections": { "window": "24 hours", "four_eyes": false } }"#);
    desk.at("02 08:00", SERIES);
    let order = |kind: &str, id: &str, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{kind}", "commitment": "{id}"{more}}}"#)
    };
    let said = desk.at("02 08:10", &order("record_in_error", &round(&desk), IN_ERROR));
    assert_eq!(said[1], "02 08:10: round 2 due 02 12:00");
    let said = desk.at("02 08:20", &order("declare_impossible", &round(&desk), r#", "notice": "m-1""#));
    assert!(said[0].contains("impossible") && said[1].ends_with("ended: impossible"), "{said:?}");
    assert!(said.iter().any(|said| said.contains("round 3 due")), "{said:?}");
    assert_eq!(desk.ticket.ledger().open().filter(|owed| owed.terms.series.is_some()).count(), 1);
}

#[test]
fn a_series_is_neither_too_fast_nor_too_long() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    let refusal = because(desk.refused("02 08:00", &SERIES.replace("2 hours", "59 seconds")));
    assert!(matches!(refusal, Why::NoTimeBetween { .. }));
    let refusal = because(desk.refused("02 08:00", &SERIES.replace("2026-03-02T09", "2036-03-02T09")));
    assert!(matches!(refusal, Why::TooManyRounds { .. }));
}

#[test]
fn who_strikes_out_a_breach_puts_a_record_right() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let refusal = because(desk.refused("02 11:00", &about("record_in_error", 'a', IN_ERROR)));
    assert!(matches!(refusal, Why::CorrectionOver { until: None, .. }));
    let mut desk = opened(r#"{ "corrections": {"window": "24 hours", "four_eyes": true}, "agreements": [] }"#);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let refusal = because(desk.refused("02 11:00", &about("record_in_error", 'a', IN_ERROR)));
    assert_eq!(refusal, Why::NotByAnother { commitment: promise_id('a') });
    let mut another = desk.command("02 11:00", &about("record_in_error", 'a', IN_ERROR));
    another.by = serde_json::from_str(r#"{"agent": "lea"}"#).expect("an agent");
    assert!(desk.handle(&another).is_ok());
}

#[test]
fn better_terms_of_a_conditional_one_are_better_whenever_the_customer_does_his_part() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    let condition = r#", "condition": {"what": "logs", "limit": {"within": "100 hours"}}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "24 hours"}"#, condition));
    let later = about("amend", 'a', r#", "due": {"at": "2026-03-06T14:00:00Z"}"#);
    assert!(matches!(because(desk.refused("02 09:10", &later)), Why::Worse { .. }), "he may send them today");
}

#[test]
fn the_desk_s_delay_does_not_lose_what_the_customer_has_done() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    let condition = r#", "condition": {"what": "logs", "limit": {"within": "2 hours"}}"#;
    let promise = promise_with('a', r#"{"within": "3 hours"}"#, condition);
    let promise = promise.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    desk.at(
        "02 08:00",
        &format!(
            r#"{{"room": "commitment", "type": "suggest", "review_by": "2026-03-02T12:00:00Z", "promise": {promise}}}"#
        ),
    );
    let said = desk.at("02 09:00", &about("meet_condition", 'a', r#", "evidence": "m-1""#));
    let counts = "02 09:00: promise a confirmed, on its condition";
    assert_eq!(said, [counts, "02 09:00: promise a condition met 02 09:00, due 02 12:00"]);
}

#[test]
fn the_customer_s_part_is_never_due_after_the_desk_s() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    let condition = r#", "condition": {"what": "logs", "limit": {"at": "2026-03-09T00:00:00Z"}}"#;
    let refusal = because(desk.refused("02 09:00", &promise_with('a', r#"{"at": "2026-03-05T00:00:00Z"}"#, condition)));
    assert_eq!(refusal, Why::DueNotAfter { due: t("05 00:00"), made: t("09 00:00") });
}

#[test]
fn what_a_breach_owes_has_some_time() {
    let mut desk = opened(r#"{ "agreements": [] }"#);
    for owes in [r#""within": "0 hours""#, r#""within": "1 hour", "depth": 0"#] {
        let owes = format!(r#", "breach_owes": {{"deliverable": "explanation", {owes}}}"#);
        let refusal = because(desk.refused("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, &owes)));
        assert_eq!(refusal, Why::OwesNothing { commitment: promise_id('a') });
    }
}
