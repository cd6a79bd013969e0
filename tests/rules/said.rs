//! What was said of a deadline, in every unit, beside what it came to.

use owed::Refusal;
use owed::commitment::Refusal as Why;

use crate::desk::*;

/// Berlin, nine to five, closed on Good Friday and Easter Monday of 2026.
const BERLIN: &str = r#"{
    "calendars": { "office": { "time_zone": "Europe/Berlin", "weekly": { "mon-fri": ["09:00-17:00"] },
                               "holidays": [{ "easter": -2 }, { "easter": 1 }] } },
    "calendar": "office", "vague": { "as soon as possible": "4 working hours", "soon": "2 business days, close" }, "agreements": [] }"#;

fn desk() -> Desk {
    let mut desk = Desk::with(BERLIN);
    // Thursday before Easter, three o'clock in Berlin.
    desk.at("2026-04-02T13:00:00Z", OPEN);
    desk
}

#[track_caller]
fn due(said: &str) -> String {
    let mut desk = desk();
    desk.at("2026-04-02T13:00:00Z", &promise('a', said));
    let known = desk.ticket.ledger().get(promise_id('a')).expect("made");
    let stored = serde_json::to_string(&known.terms.due).expect("written");
    assert_eq!(serde_json::from_str::<owed::commitment::DueRule>(&stored).expect("read"), known.terms.due);
    known.due.to_string()
}

#[test]
fn every_unit_is_counted_by_the_calendar() {
    assert_eq!(due(r#"{"within": "4 working hours"}"#), "2026-04-07T09:00:00Z", "two on Thursday, two on Tuesday");
    assert_eq!(due(r#"{"within": "4 hours"}"#), "2026-04-02T17:00:00Z");
    assert_eq!(due(r#"{"within": "2 business days"}"#), "2026-04-08T13:00:00Z");
    assert_eq!(due(r#"{"within": "1 business day, close"}"#), "2026-04-07T15:00:00Z");
    assert_eq!(due(r#"{"within": "8 weeks"}"#), "2026-05-28T13:00:00Z");
    assert_eq!(due(r#"{"within": "1 month"}"#), "2026-05-02T13:00:00Z");
}

#[test]
fn a_time_on_somebody_s_wall_is_an_instant() {
    let by = r#"{"by": {"date": "2026-04-07", "time": "12:00", "zone": "Europe/Istanbul"}}"#;
    assert_eq!(due(by), "2026-04-07T09:00:00Z");
    assert_eq!(
        due(r#"{"by": {"date": "2026-04-07", "zone": "Europe/Istanbul"}}"#),
        "2026-04-07T21:00:00Z",
        "all of Tuesday"
    );
    assert_eq!(due(r#"{"end_of_business": "2026-04-07"}"#), "2026-04-07T15:00:00Z");
    let refusal = desk().refused("2026-04-02T13:00:00Z", &promise('a', r#"{"end_of_business": "2026-04-03"}"#));
    assert!(matches!(refusal, Refusal::Commitment(Why::NoBusiness { .. })), "{refusal}");
}

#[test]
fn a_word_that_promises_no_time_takes_the_rulebook_s_figure() {
    assert_eq!(due(r#"{"vague": "as soon as possible"}"#), "2026-04-07T09:00:00Z");
    assert_eq!(due(r#"{"vague": "soon"}"#), "2026-04-08T15:00:00Z");
    let refusal = desk().refused("2026-04-02T13:00:00Z", &promise('a', r#"{"vague": "one day"}"#));
    assert!(matches!(refusal, Refusal::Commitment(Why::NoFigure { .. })), "{refusal}");
}

#[test]
fn without_a_calendar_there_are_no_business_days() {
    let mut desk = Desk::with(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    for said in [r#"{"within": "2 business days"}"#, r#"{"within": "1 month"}"#, r#"{"end_of_business": "2026-03-03"}"#]
    {
        let refusal = desk.refused("02 09:00", &promise('a', said));
        assert!(matches!(refusal, Refusal::Commitment(Why::NoCalendar)), "{refusal}");
    }
}

#[test]
fn business_days_that_stand_still_keep_the_working_time_until_then() {
    let mut desk = desk();
    desk.at(
        "2026-04-02T13:00:00Z",
        &promise_with('a', r#"{"within": "2 business days"}"#, r#", "pausable": {"total": "90 hours"}"#),
    );
    let said = desk.at("2026-04-02T14:00:00Z", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    assert!(said[0].contains("15 working hours left"), "{said:?}");
    assert_eq!(
        desk.at("2026-04-02T15:00:00Z", &about("resume", 'a', r#", "reason": "logs""#)),
        ["2026-04-02T15:00:00Z: promise a resumed (logs), due 2026-04-08T14:00:00Z"]
    );
}

#[test]
fn a_series_and_a_condition_take_every_unit_too() {
    let mut desk = desk();
    let condition = r#", "condition": {"what": "logs", "limit": {"within": "3 business days"}}"#;
    let said = desk.at("2026-04-02T13:00:00Z", &promise_with('a', r#"{"within": "1 business day"}"#, condition));
    assert!(said[0].contains("until 2026-04-09T13:00:00Z, due at the latest 2026-04-10T13:00:00Z"), "{said:?}");
    let said = desk.at("2026-04-07T08:00:00Z", &about("meet_condition", 'a', r#", "evidence": "m-1""#));
    assert!(said[0].ends_with("due 2026-04-08T08:00:00Z"), "{said:?}");
}
