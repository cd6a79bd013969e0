//! What a commitment keeps, and what is said of it to the letter: of deadlines that moved, of series, of slots, and of what cannot be read.

use owed::commitment::{Account, Clock, Counts, Party, Verdict};
use owed::incident::Updates;
use owed::{AccountId, CommandRefusal, EditionNumber, Stored};
use serde_json::json;
use uuid::Uuid;

use crate::desk::*;
use crate::put_right::{bounce, message};

const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;

#[test]
fn counts_of_several_ledgers_add_up_to_one() {
    let one = Counts { made: 5, pending: 1, fulfilled: 2, breached: 1, void: 2, carried_in: 3, carried_out: 2 };
    let other = Counts { made: 10, pending: 10, ..Counts::default() };
    let both = Counts { made: 15, pending: 11, fulfilled: 2, breached: 1, void: 2, carried_in: 3, carried_out: 2 };
    assert_eq!([one, other].into_iter().sum::<Counts>(), both);
    let mut sum = one;
    sum += other;
    assert_eq!(sum, both);
}

#[test]
fn an_account_has_skipped_nothing_that_it_has_read() {
    assert_eq!(Account::new(AccountId(Uuid::from_u128(0x8000_8000_0000_0000_0001))).skipped(), None);
}

#[test]
fn what_says_something_of_the_host_is_no_answer_to_whoever_commanded() {
    assert!(CommandRefusal::OutsideTime.is_answer());
    assert!(!CommandRefusal::EditionMissing { needed: EditionNumber(2), there: 1 }.is_answer());
}

#[test]
fn what_cannot_be_read_is_told_what_it_should_be() {
    let said = serde_json::from_value::<Party>(json!(7)).expect_err("no party").to_string();
    assert!(said.ends_with("expected a customer as a text, or somebody else with his kind"), "{said}");
    let clock = json!({ "since": "2026-03-02T09:00:00Z", "budget": 7 });
    let said = serde_json::from_value::<Clock>(clock).expect_err("no clock").to_string();
    let forms = r#"expected {"working_us": …}, {"elapsed_us": …} or a text such as "#;
    assert!(said.ends_with(&format!(r#"{forms}"4 working hours""#)), "{said}");
    let updates = json!({ "series": promise_id('s'), "every": 7, "mode": "rolling", "horizon": { "within": "1 day" }, "decide_within": "1 hour" });
    let said = serde_json::from_value::<Updates>(updates).expect_err("no updates").to_string();
    assert!(said.ends_with(&format!(r#"{forms}"5 business days""#)), "{said}");
}

#[test]
fn an_event_of_a_later_release_says_which_it_is() {
    let event = json!({ "stream": ticket_id(), "version": 7, "at": "2026-03-02T09:00:00Z", "noticed": "2026-03-02T09:00:00Z",
        "cause": "time", "edition": 1, "event": { "room": "ticket", "type": "sings" } });
    let read: Stored = serde_json::from_value(event).expect("an event");
    let said = read.known().expect_err("nobody knows it").to_string();
    assert_eq!(
        said,
        format!(
            r#"event 7 of {}, ticket sings, says "sings", which this release does not know; load it with one that does, or skip it on purpose"#,
            ticket_id()
        )
    );
}

#[test]
fn what_ended_while_its_clock_ran_would_be_due_nowhere_else() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "2 hours"}"#));
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    let owed = desk.ticket.ledger().get(promise_id('a')).expect("made");
    assert_eq!((owed.verdict(), owed.due_if_resumed(None, t("02 11:00"))), (Verdict::Fulfilled, None));
}

/// An answer ends it at ten and bounces at noon. For an hour in between the ticket stood still, and so would have the clock.
#[test]
fn what_had_not_ended_has_stood_still_meanwhile() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 hours", "pausable": { "total": "24 hours" },
            "pause": [{ "reason": "parts", "when": { "status": ["on_hold"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:30", r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#);
    desk.at("02 11:30", GO_ON);
    assert_eq!(desk.at("02 12:00", &bounce("m-1"))[2], "02 12:00: first_response 1 due 02 14:00");
}

/// Which hours count is the team's. An hour and a half had run by day when another got it; the rest runs from noon on.
#[test]
fn what_had_not_ended_counts_by_the_hours_of_whoever_has_it_by_then() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "day": { "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-12:00"] } },
                            "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["12:00-20:00"] } } },
             "calendar": "day", "calendar_of": { "teams": { "night": "late" } },
             "agreements": [{ "name": "sla", "calendar": { "of": "team" }, "targets": { "first_response": "4 working hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("agent", "public", "m-1"));
    desk.at("02 10:30", r#"{"room": "ticket", "type": "assign", "to": {"team": "night"}}"#);
    let said = desk.at("02 11:00", &bounce("m-1"));
    let left = "02 11:00: first_response 1 retargeted, 150 working minutes left, due 02 14:30";
    assert_eq!(said.last().map(String::as_str), Some(left), "{said:#?}");
}

/// A desk whose second edition is in force from ten o'clock on.
fn two_editions(first: &str, second: &str) -> Desk {
    let calendars = r#""calendars": { "day": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } },
                                      "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-21:00"] } } }, "calendar": "day""#;
    Desk::with(&format!(
        r#"{{ "editions": [{{ {calendars}, "agreements": [{first}] }},
                           {{ "from": "2026-03-02T10:00:00Z", {calendars}, "agreements": [{second}] }}] }}"#
    ))
}

/// Two of four hours had run, which is half; and half of eight hours is left, by whichever hours they count.
#[test]
fn what_has_run_by_other_hours_is_the_same_share() {
    let sla = |calendar: &str, budget: &str| {
        format!(r#"{{ "name": "sla", "calendar": "{calendar}", "targets": {{ "first_resolution": "{budget}" }} }}"#)
    };
    for (calendar, budget, left) in [
        ("day", "8 working hours", "6 working hours left, due 02 17:00"),
        ("late", "8 working hours", "4 working hours left, due 02 15:00"),
        ("day", "8 hours", "4 hours left, due 02 15:00"),
    ] {
        let mut desk = two_editions(&sla("day", "4 working hours"), &sla(calendar, budget));
        desk.at("02 09:00", OPEN);
        let said = desk.at("02 11:00", REPLAN);
        assert_eq!(said[1], format!("02 11:00: first_resolution 1 retargeted, {left}"));
    }
}

/// What had stood still for half an hour, or had run already by other terms, is due at the same instant by the same hours.
#[test]
fn whoever_was_told_an_instant_hears_nothing_where_it_does_not_move() {
    let mut stood = two_editions("", "");
    stood.at("02 09:00", OPEN);
    stood.at(
        "02 09:00",
        &promise_with('a', r#"{"within": "4 working hours"}"#, r#", "pausable": {"total": "4 hours"}"#),
    );
    stood.at("02 09:20", &about("pause", 'a', r#", "reason": "parts", "told": "m-1""#));
    stood.at("02 09:50", &about("resume", 'a', r#", "reason": "parts""#));
    assert_eq!(stood.at("02 11:00", REPLAN), ["02 11:00: replanned, 0 to be told"]);
    // An eighth of it has run, and so of the four hours for what is not urgent half an hour.
    let sla = r#"{ "name": "sla", "binding": "promised", "on_priority_change": "keep", "targets": { "first_resolution": {
        "budget": { "low": "4 hours", "otherwise": "8 working hours" } } } }"#;
    let mut carried = two_editions(sla, "");
    carried.at("02 09:00", OPEN);
    let moved = carried.at("02 10:00", &priority("low"));
    assert_eq!(moved[1], "02 10:00: first_resolution 1 retargeted, 210 minutes left, due 02 13:30");
    assert_eq!(carried.at("02 11:00", REPLAN), ["02 11:00: replanned, 0 to be told"]);
}

/// Each time a message was left, and he was not there.
#[test]
fn two_messages_left_in_his_slot_are_two_attempts() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    let tried = |outcome: &str| about("attempt", 'a', &format!(r#", "outcome": "{outcome}""#));
    for outcome in ["not_reached", "not_reached"] {
        desk.at("02 11:00", &tried(outcome));
    }
    assert_eq!(desk.refused("02 11:05", &about("find_absent", 'a', "")).code(), "step_missing", "no message was left");
    desk.at("02 11:10", &tried("message_left"));
    assert_eq!(desk.at("02 11:30", &about("find_absent", 'a', "")), ["02 11:30: promise a void: customer absent"]);
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    desk.at("02 11:00", &tried("message_left"));
    desk.at("02 11:10", &tried("message_left"));
    assert_eq!(desk.at("02 11:30", &about("find_absent", 'a', "")), ["02 11:30: promise a void: customer absent"]);
}

/// It was broken, promised again and done; then an answer is found that came in time, and then that it had bounced. Once was enough.
#[test]
fn what_was_done_in_its_place_is_not_owed_again_when_the_answer_in_time_was_none() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "1 hour" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.wake("02 10:30");
    let broken = desk.ticket.ledger().open().next().expect("owed").id;
    desk.at("02 10:30", &promise_with('a', r#"{"within": "6 hours"}"#, &format!(r#", "repairs": "{broken}""#)));
    desk.at("02 11:00", &about("fulfil", 'a', ""));
    let said = desk.fetched("02 11:10", "02 09:30", &message("agent", "public", "m-1"));
    assert_eq!(said[1..], ["02 11:10: first_response 1 corrected 02 09:30"]);
    assert_eq!(desk.at("02 11:30", &bounce("m-1")), ["02 11:30: m-1 bounced"]);
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

/// Every minute, ten thousand times, is a series yet; faster or longer is none.
#[test]
fn a_series_has_a_minute_between_its_rounds_and_ten_thousand_of_them_at_most() {
    let start = |every: &str, horizon: &str| {
        let mut desk = Desk::new("[]");
        desk.at("02 09:00", OPEN);
        let order = format!(
            r#"{{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
                "owner": {{"team": "desk"}}, "every": "{every}", "mode": "rolling", "stop": "fixed", "horizon": {{"within": "{horizon}"}},
                "lead": {{"team": "leads", "agent": "lea"}}, "decide_within": "1 hour"}}"#
        );
        let command = desk.command("02 09:00", &order);
        desk.handle(&command).map(|events| events.len()).map_err(|refused| refused.why.code())
    };
    assert_eq!(start("1 minute", "10000 minutes"), Ok(1));
    assert_eq!(start("59 seconds", "10000 minutes"), Err("no_time_between"));
    assert_eq!(start("1 minute", "10001 minutes"), Err("too_many_rounds"));
}
