//! A series whose round is taken back, put right or struck out, when others have followed it already: one is owed at a time.

use owed::CommitmentId;

use crate::desk::*;

const START: &str = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
    "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "horizon": {"at": "2026-03-09T00:00:00Z"},
    "lead": {"team": "leads", "agent": "lea"}, "decide_within": "1 hour"}"#;
const STOP: &str = r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-1"}"#;
const STRIKE_OUT: &str = r#""type": "record_in_error", "reason": "mixed up", "evidence": "m-4""#;
const REINSTATE: &str = r#""type": "reinstate", "successor": "@b""#;
const RETRACT: &str = r#""type": "retract", "reason": "bounced", "successor": "@b""#;

/// News every two hours from eight o'clock.
fn news() -> (Desk, CommitmentId) {
    let mut desk = Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } } }, "calendar": "office",
            "corrections": { "window": "24 hours" }, "agreements": [] }"#,
    );
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", START);
    let first = owed(&desk);
    (desk, first)
}

/// The one round that is owed.
#[track_caller]
fn owed(desk: &Desk) -> CommitmentId {
    let rounds: Vec<_> = desk.ticket.ledger().open().filter(|open| open.terms.series.is_some()).collect();
    assert_eq!(rounds.len(), 1, "{rounds:?}");
    rounds[0].id
}

fn order(round: CommitmentId, order: &str) -> String {
    format!(r#"{{"room": "commitment", {order}, "commitment": "{round}"}}"#)
}

/// Row 30: what had fulfilled it is taken back while its deadline is to come. The next round is not needed yet.
#[test]
fn a_round_taken_back_in_time_is_the_one_that_is_owed() {
    let (mut desk, first) = news();
    desk.at("02 09:00", &order(first, r#""type": "fulfil""#));
    assert_eq!(
        desk.at("02 09:30", &order(first, RETRACT)),
        [
            "02 09:30: round 1 void: retracted (bounced), now round 1",
            "02 09:30: round 2 void: round 1 corrected",
            "02 09:30: round 1 due 02 10:00",
        ]
    );
    let again = owed(&desk);
    assert_eq!(desk.at("02 09:45", &order(again, r#""type": "fulfil""#))[1], "02 09:45: round 3 due 02 11:45");
}

/// Taken back after its deadline it is broken, and the round that is owed by now takes its place.
#[test]
fn a_round_taken_back_too_late_is_broken_and_the_later_one_is_owed() {
    let (mut desk, first) = news();
    desk.at("02 09:00", &order(first, r#""type": "fulfil""#));
    assert_eq!(
        desk.at("02 10:30", &order(first, RETRACT)),
        [
            "02 10:30: round 1 void: retracted (bounced), now round 1",
            "02 10:30: round 1 due 02 10:00",
            "02 10:30: round 1 breached, due 02 10:00, born late",
            "02 10:30: round 1 superseded by round 2",
        ]
    );
    let second = owed(&desk);
    assert_eq!(desk.at("02 10:45", &order(second, r#""type": "fulfil""#))[1], "02 10:45: round 3 due 02 12:45");
}

/// What the series waits for had come by the deadline of the round: it falls away as it would have then.
#[test]
fn a_round_taken_back_after_its_series_stopped_in_time_is_owed_no_more() {
    let (mut desk, first) = news();
    desk.at("02 09:00", &order(first, r#""type": "fulfil""#));
    desk.at("02 09:30", STOP);
    let said = desk.at("02 09:40", &order(first, RETRACT));
    assert_eq!(said[1..], ["02 09:40: promise b due 02 10:00", "02 09:40: promise b void: its series has stopped"]);
    assert_eq!(desk.next(), None);
}

/// It had not come by then: the news of that round are owed, and no other follows them.
#[test]
fn a_round_taken_back_that_was_due_before_its_series_stopped_is_owed_by_itself() {
    let (mut desk, first) = news();
    desk.at("02 09:00", &order(first, r#""type": "fulfil""#));
    desk.at("02 10:30", STOP);
    let said = desk.at("02 10:40", &order(first, RETRACT));
    assert_eq!(
        said[1..],
        ["02 10:40: promise b due 02 10:00", "02 10:40: promise b breached, due 02 10:00, born late"]
    );
    assert_eq!(desk.at("02 11:00", &about("fulfil", 'b', "")).len(), 1);
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

/// Row 27: the mail that shows it was in time comes in when the round after it has been owed for an hour. That is owed still.
#[test]
fn a_broken_round_that_was_kept_leaves_the_next_one_as_it_is() {
    let (mut desk, first) = news();
    desk.wake("02 11:00");
    let said = desk.fetched("02 11:00", "02 09:55", &order(first, r#""type": "fulfil", "evidence": "m-2""#));
    assert_eq!(said, ["02 11:00: round 1 corrected 02 09:55"]);
    let second = owed(&desk);
    assert_eq!(desk.ticket.ledger().get(second).map(|owed| owed.due), Some(t("2026-03-02T12:00:00Z")));
}

/// Row 27, "open repairs of it are void": what was told in its place is that round still, so the next one follows from the delivery.
#[test]
fn a_broken_round_that_was_kept_takes_what_was_told_in_its_place_away() {
    let (mut desk, first) = news();
    let due = r#""type": "propose", "due": {"at": "2026-03-02T11:30:00Z"}, "told": "m-5""#;
    desk.at("02 09:00", &order(first, due));
    desk.wake("02 11:00");
    assert_eq!(
        desk.fetched("02 11:10", "02 09:50", &order(first, r#""type": "fulfil", "evidence": "m-2""#)),
        [
            "02 11:10: round 1 corrected 02 09:50",
            "02 11:10: round 1 void: round 1 corrected",
            "02 11:10: round 2 due 02 11:50",
        ]
    );
    owed(&desk);
}

/// A round that is struck out was none, so the next is owed; reinstated in time, it is owed and not the next.
#[test]
fn a_round_reinstated_in_time_is_the_one_that_is_owed() {
    let (mut desk, first) = news();
    let said = desk.at("02 09:00", &order(first, STRIKE_OUT));
    assert_eq!(said[1..], ["02 09:00: round 2 due 02 12:00"]);
    let said = desk.at("02 09:30", &order(first, REINSTATE));
    assert_eq!(said, ["02 09:30: round 2 void: round 1 corrected", "02 09:30: round 1 due 02 10:00"]);
    owed(&desk);
}

/// A broken round was superseded by the next; struck out and reinstated, it is so again.
#[test]
fn a_broken_round_reinstated_is_superseded_by_the_one_that_is_owed() {
    let (mut desk, first) = news();
    desk.wake("02 10:30");
    let second = owed(&desk);
    desk.at("02 10:40", &order(first, STRIKE_OUT));
    let said = desk.at("02 10:50", &order(first, REINSTATE));
    assert_eq!(
        said,
        [
            "02 10:50: round 1 due 02 10:00",
            "02 10:50: round 1 breached, due 02 10:00, born late",
            "02 10:50: round 1 superseded by round 2",
        ]
    );
    assert_eq!(owed(&desk), second);
}

/// A horizon that has been reached is not reached again by a round that comes back.
#[test]
fn a_round_that_comes_back_asks_no_second_time_how_it_goes_on() {
    let mut desk = Desk::new("[]");
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", &START.replace("2026-03-09T00:00:00Z", "2026-03-02T09:45:00Z"));
    let first = owed(&desk);
    desk.at("02 09:00", &order(first, r#""type": "fulfil""#));
    let at_the_horizon = desk.wake("02 09:50");
    assert_eq!(at_the_horizon.len(), 2, "{at_the_horizon:?}");
    let said = desk.at("02 09:55", &order(first, RETRACT));
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(desk.next().as_deref(), Some("02 10:00:00.000001 Due"));
}
