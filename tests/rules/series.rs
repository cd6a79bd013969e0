//! Series: a round is always owed, until what it waits for has come.

use owed::commitment::{Refusal as Why, Verdict};
use owed::{Refusal, SeriesId};

use crate::desk::*;

const START: &str = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
    "owner": {"team": "desk"}, "every": "2 hours", "mode": "MODE", "stop": "fixed", "horizon": {"at": "HORIZON"},
    "lead": {"team": "leads", "agent": "lea"}, "decide_within": "1 hour"}"#;

/// News every two hours until it is fixed; at the horizon the lead decides within an hour.
fn news(mode: &str, horizon: &str) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 08:00", OPEN);
    let order = START.replace("MODE", mode).replace("HORIZON", horizon);
    desk.at("02 08:00", &order);
    desk
}

const FAR: &str = "2026-03-09T00:00:00Z";

/// Fulfils the round that is owed.
#[track_caller]
fn deliver(desk: &mut Desk, at: &str) -> Vec<String> {
    let open = desk.ticket.ledger().open().find(|owed| owed.terms.series.is_some()).expect("one is always owed").id;
    desk.at(at, &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{open}"}}"#))
}

const STOP: &str = r#"{"room": "commitment", "type": "stop_series", "series": "@s", "evidence": "m-1"}"#;

#[test]
fn rolling_the_next_round_counts_from_the_delivery() {
    let mut desk = news("rolling", FAR);
    assert_eq!(
        deliver(&mut desk, "02 09:00"),
        ["02 09:00: round 1 fulfilled 02 09:00", "02 09:00: round 2 due 02 11:00"]
    );
    assert_eq!(deliver(&mut desk, "02 09:10")[1], "02 09:10: round 3 due 02 11:10");
}

#[test]
fn in_slots_several_updates_do_not_use_up_later_ones() {
    let mut desk = news("slots", FAR);
    assert_eq!(deliver(&mut desk, "02 08:10")[1], "02 08:10: round 2 due 02 12:00");
    assert_eq!(deliver(&mut desk, "02 08:20"), ["02 08:20: round 2 tried 02 08:20: TooEarly"]);
    assert_eq!(desk.wake("02 12:30")[0], "02 12:00 by time: round 2 breached, due 02 12:00");
    assert_eq!(deliver(&mut desk, "02 13:00")[1], "02 13:00: round 4 due 02 16:00");
}

#[test]
fn a_missed_round_is_breached_at_its_own_due_and_only_the_last_is_owed_also_in_one_jump() {
    let mut desk = news("rolling", FAR);
    let said = desk.wake("02 13:00");
    assert_eq!(
        said,
        [
            "02 10:00 by time: round 1 breached, due 02 10:00",
            "02 10:00 by time: round 2 due 02 12:00",
            "02 10:00 by time: round 1 superseded by round 2",
            "02 12:00 by time: round 2 breached, due 02 12:00",
            "02 12:00 by time: round 3 due 02 14:00",
            "02 12:00 by time: round 2 superseded by round 3"
        ]
    );
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}

#[test]
fn its_stop_voids_the_round_that_is_owed() {
    let mut desk = news("rolling", FAR);
    assert_eq!(desk.at("02 09:00", STOP), ["02 09:00: round 1 void: its series has stopped"]);
    assert_eq!(desk.next(), None);
    desk.refused("02 09:30", STOP);
}

#[test]
fn what_stands_against_a_series_names_the_series() {
    let series = SeriesId(promise_id('s').0);
    let why = |refusal| match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("{other}"),
    };
    let mut desk = Desk::new("[]");
    desk.at("02 08:00", OPEN);
    let refusal = why(desk.refused("02 08:00", STOP));
    assert_eq!(refusal, Why::UnknownSeries { series });
    assert_eq!(refusal.to_string(), format!("there is no series {series}"));
    let mut desk = news("rolling", FAR);
    let again = desk.refused("02 08:30", &START.replace("MODE", "slots").replace("HORIZON", FAR));
    assert_eq!(why(again), Why::SeriesAlreadyStarted { series });
    deliver(&mut desk, "02 09:00");
    desk.at("02 10:00", STOP);
    // The first round was closed at nine; the series was stopped at ten.
    assert_eq!(why(desk.refused("02 11:00", STOP)), Why::SeriesAlreadyStopped { series, stopped: t("02 10:00") });
}

#[test]
fn a_time_that_has_come_is_told_as_such_whatever_it_was_for() {
    let mut desk = Desk::new("[]");
    desk.at("02 08:00", OPEN);
    let refusal = desk.refused("02 08:00", &promise('a', r#"{"at": "2026-03-02T07:00:00Z"}"#));
    let told = "2026-03-02T07:00:00Z is not after 2026-03-02T08:00:00Z, from when it would count; name a later time";
    assert_eq!((refusal.to_string().as_str(), refusal.code()), (told, "due_not_after"));
}

#[test]
fn at_its_horizon_a_lead_owes_a_decision_and_the_rounds_go_on() {
    let mut desk = news("rolling", "2026-03-02T09:00:00Z");
    let decides = ["02 09:00 by time: round 1 at its horizon", "02 09:00 by time: decision due 02 10:00"];
    assert_eq!(desk.wake("02 09:30"), decides);
    assert_eq!(deliver(&mut desk, "02 09:40")[1], "02 09:40: round 2 due 02 11:40");
    let decision = desk.ticket.ledger().open().find(|owed| owed.terms.series.is_none()).expect("owed");
    assert_eq!(decision.owner.agent.as_ref().map(|agent| agent.as_str()), Some("lea"));
    let said = desk.at("02 09:50", STOP);
    assert_eq!(
        said,
        ["02 09:50: round 2 void: its series has stopped", "02 09:50: decision void: its series has stopped"]
    );
}

#[test]
fn past_its_horizon_it_never_goes_quiet_and_is_never_without_bound() {
    let mut desk = news("rolling", "2026-03-02T09:00:00Z");
    let rounds = |said: Vec<String>| -> Vec<String> {
        said.into_iter()
            .filter(|said| said.contains(": round") && said.contains(" due ") && !said.contains("breached"))
            .collect()
    };
    let said = rounds(desk.wake("04 00:00"));
    let doubling = ["02 10:00 by time: round 2 due 02 14:00", "02 14:00 by time: round 3 due 02 22:00"];
    assert_eq!(said[..2], doubling);
    let rest = rounds(desk.wake("9999-12-31T00:00:00Z"));
    assert!(rest.len() < 30, "{}", rest.len());
    assert!(desk.ticket.ledger().open().any(|owed| owed.verdict() == Verdict::Pending));
}

#[test]
fn a_round_that_the_customer_does_without_is_followed_by_the_next() {
    let mut desk = news("rolling", FAR);
    let open = desk.ticket.ledger().open().next().expect("owed").id;
    let release = format!(r#"{{"room": "commitment", "type": "release", "commitment": "{open}", "evidence": "m-1"}}"#);
    assert_eq!(desk.at("02 09:00", &release), ["02 09:00: round 1 released", "02 09:00: round 2 due 02 12:00"]);
}

/// It is open from when the one before it was let off, though its time counts from where that would have ended: row 8, "made <=
/// happened".
#[test]
fn a_round_that_has_been_opened_early_can_be_delivered_at_once() {
    let mut desk = news("rolling", FAR);
    let open = desk.ticket.ledger().open().next().expect("owed").id;
    let release = format!(r#"{{"room": "commitment", "type": "release", "commitment": "{open}", "evidence": "m-1"}}"#);
    desk.at("02 09:00", &release);
    let said = deliver(&mut desk, "02 09:30");
    assert_eq!(said, ["02 09:30: round 2 fulfilled 02 09:30", "02 09:30: round 3 due 02 11:30"]);
}

/// A round that has ended was followed by the next one then. That it should not have been on record does not begin a series anew that
/// has stopped.
#[test]
fn a_series_that_has_stopped_is_not_begun_anew_by_striking_out_its_last_round() {
    let mut desk = Desk::with(r#"{ "corrections": {"window": "24 hours"}, "agreements": [] }"#);
    desk.at("02 08:00", OPEN);
    let order = r#"{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
        "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "horizon": {"within": "90 hours"},
        "lead": {"team": "leads"}, "decide_within": "1 hour"}"#;
    desk.at("02 08:00", order);
    let round = desk.ticket.ledger().open().next().expect("owed").id;
    desk.at("02 09:00", STOP);
    let strike_out = r#""type": "record_in_error", "reason": "spam", "evidence": "m-4""#;
    let said = desk.at("02 09:30", &format!(r#"{{"room": "commitment", {strike_out}, "commitment": "{round}"}}"#));
    assert_eq!(said, ["02 09:30: round 1 void: in error (spam)"]);
    assert_eq!(desk.next(), None);
}

/// Row 17a and the sentence on chains: what had been told takes the place of the round that is broken, and "at most one" of a chain is
/// owed. The next round follows when that one ends.
#[test]
fn a_later_round_that_was_told_of_is_the_one_that_is_owed() {
    let mut desk = news("rolling", FAR);
    let round = desk.ticket.ledger().open().next().expect("owed").id;
    let due = r#""due": {"at": "2026-03-02T11:30:00Z"}, "told": "m-5""#;
    desk.at("02 09:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{round}", {due}}}"#));
    let said = desk.wake("02 11:00");
    assert_eq!(said[0], "02 10:00 by time: round 1 breached, due 02 10:00");
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(desk.ticket.ledger().open().count(), 1);
    assert_eq!(deliver(&mut desk, "02 11:15")[1], "02 11:15: round 2 due 02 13:15");
}

/// The customer's mail lets the desk off before the breach, and comes in after it. What had been told stood in for a breach that was
/// none, and the next round follows: one is owed.
#[test]
fn a_round_that_was_let_off_in_time_is_followed_once() {
    let mut desk = news("rolling", FAR);
    let round = desk.ticket.ledger().open().next().expect("owed").id;
    let due = r#""due": {"at": "2026-03-02T11:30:00Z"}, "told": "m-5""#;
    desk.at("02 09:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{round}", {due}}}"#));
    desk.wake("02 11:00");
    let release = format!(r#"{{"room": "commitment", "type": "release", "commitment": "{round}", "evidence": "m-1"}}"#);
    let said = desk.fetched("02 11:10", "02 09:50", &release);
    assert_eq!(
        said,
        ["02 11:10: round 1 released", "02 11:10: round 1 void: round 1 corrected", "02 11:10: round 2 due 02 12:00",]
    );
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}

/// "The stop condition voids the open round": also where that goes on by terms which the customer accepted.
#[test]
fn the_stop_ends_a_round_of_other_terms() {
    let mut desk = news("rolling", FAR);
    let round = desk.ticket.ledger().open().next().expect("owed").id;
    let due = r#""due": {"at": "2026-03-02T11:30:00Z"}, "told": "m-5""#;
    desk.at("02 09:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{round}", {due}}}"#));
    let accept = r#""type": "accept", "successor": "@b", "evidence": "m-6""#;
    desk.at("02 09:10", &format!(r#"{{"room": "commitment", {accept}, "commitment": "{round}"}}"#));
    assert_eq!(desk.at("02 09:30", STOP), ["02 09:30: round 1 void: its series has stopped"]);
    assert_eq!(desk.next(), None);
}
