//! Better terms, proposals, series, slots and conditions: what is kept of what was promised.

use crate::desk::*;

/// A promise of three hours once the customer has sent his logs, within so long.
fn waiting_for_logs(limit: &str) -> Desk {
    let condition = format!(r#", "condition": {{"what": "logs", "limit": {{"within": "{limit}"}}}}"#);
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, &condition));
    desk
}

/// The next round would say that there is no news. Other terms that he was told say when there will be some.
#[test]
fn what_was_told_in_the_place_of_a_round_ends_what_its_breach_has_started() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "late", "ladders": [{ "name": "late", "causes": ["breached"],
             "rungs": [{ "notify": "lead", "wait": "10 minutes" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        r#"{"room": "commitment", "type": "start_series", "series": "018f0000-0000-7000-8000-0000000000aa", "deliverable": "update",
            "beneficiary": "c-1", "owner": {"team": "desk"}, "every": "1 hour", "mode": "rolling", "stop": "fixed",
            "horizon": {"within": "100 hours"}, "lead": {"team": "leads"}, "decide_within": "1 hour"}"#,
    );
    desk.at(
        "02 09:10",
        r#"{"room": "commitment", "type": "propose", "commitment": "@round 1", "due": {"within": "3 hours"}, "told": "m-1"}"#,
    );
    let said = desk.wake("02 10:05");
    assert_eq!(
        said[..3],
        [
            "02 10:00 by time: round 1 breached, due 02 10:00",
            "02 10:00 by time: round 1 due 02 12:10",
            "02 10:00 by time: round 1 superseded by round 1"
        ]
    );
    assert_eq!(said.last().map(String::as_str), Some("02 10:00 by time: late of round 1 moot"));
}

/// He was not there, as far as anybody knew. That a reference is redacted since changes nothing of what he had written by then.
#[test]
fn what_is_redacted_of_it_does_not_hide_that_the_customer_was_there() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z", "message": "m-1""#),
    );
    for at in ["02 11:00", "02 11:10"] {
        desk.at(at, &about("attempt", 'a', r#", "outcome": "message_left""#));
    }
    assert_eq!(desk.at("02 11:30", &about("find_absent", 'a', "")), ["02 11:30: promise a void: customer absent"]);
    desk.at("02 11:40", r#"{"room": "ticket", "type": "redact", "message": "m-1"}"#);
    let said = desk.fetched("02 11:50", "02 11:20", ASK);
    assert_eq!(
        said[1..],
        ["02 11:50: promise a void: in time after all", "02 11:50: successor of promise a due 02 12:00"]
    );
}

/// Nobody has looked yet whether it is a promise. Whoever does his part after its limit has done it too late all the same.
#[test]
fn what_he_does_after_the_limit_of_a_candidate_comes_too_late() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let promise = promise_with(
        'a',
        r#"{"within": "3 hours"}"#,
        r#", "condition": {"what": "logs", "limit": {"within": "2 hours"}}"#,
    );
    let promise = promise.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    desk.at(
        "02 09:00",
        &format!(
            r#"{{"room": "commitment", "type": "suggest", "review_by": "2026-03-02T15:00:00Z", "promise": {promise}}}"#
        ),
    );
    let met = about("meet_condition", 'a', r#", "evidence": "m-1""#);
    assert_eq!(desk.refused("02 11:00:00.000001", &met).code(), "wrong_phase");
    assert_eq!(
        desk.wake("02 16:00"),
        ["02 15:00 by time: promise a confirmed, on its condition", "02 15:00 by time: promise a lapsed"]
    );
}

/// Other terms that end with the round itself come to nothing, and the next round is owed as ever.
#[test]
fn terms_that_end_with_their_round_keep_no_series_from_going_on() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        r#"{"room": "commitment", "type": "start_series", "series": "018f0000-0000-7000-8000-0000000000aa", "deliverable": "update",
            "beneficiary": "c-1", "owner": {"team": "desk"}, "every": "1 hour", "mode": "rolling", "stop": "fixed",
            "horizon": {"within": "100 hours"}, "lead": {"team": "leads"}, "decide_within": "1 hour"}"#,
    );
    let told = r#"{"room": "commitment", "type": "propose", "commitment": "@round 1", "due": {"at": "2026-03-02T10:00:00Z"}, "told": "m-1"}"#;
    desk.at("02 09:10", told);
    assert_eq!(
        desk.wake("02 10:30"),
        [
            "02 10:00 by time: round 1 breached, due 02 10:00",
            "02 10:00 by time: round 2 due 02 11:00",
            "02 10:00 by time: round 1 superseded by round 2"
        ]
    );
}

/// Other terms, told before the customer did his part, count from that as well. Where they end with those that are broken, nothing has come of them.
#[test]
fn terms_that_run_out_with_the_broken_ones_take_no_place() {
    let mut desk = waiting_for_logs("48 hours");
    desk.at("02 09:30", &about("propose", 'a', r#", "due": {"within": "3 hours"}, "told": "m-5""#));
    desk.at("02 10:00", &about("meet_condition", 'a', r#", "evidence": "m-6""#));
    assert_eq!(desk.wake("02 14:00"), ["02 13:00 by time: promise a breached, due 02 13:00"]);
}

/// What was told has run out meanwhile, though what is owed has not, since it stood still. Its last instant is over, too.
#[test]
fn terms_that_have_run_out_do_not_go_on_with_what_is_owed_again() {
    for at in ["02 13:00", "02 12:30"] {
        let mut desk = Desk::new("[]");
        desk.at("02 09:00", OPEN);
        desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "pausable": {"total": "40 hours"}"#));
        desk.at("02 09:30", &about("propose", 'a', r#", "due": {"at": "2026-03-02T12:30:00Z"}, "told": "m-5""#));
        desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-6""#));
        desk.at("02 12:00", &about("resume", 'a', r#", "reason": "logs""#));
        desk.at("02 12:20", &about("fulfil", 'a', ""));
        assert_eq!(
            desk.at(at, &about("retract", 'a', r#", "reason": "bounced", "successor": "@b""#)),
            [
                format!("{at}: promise a void: retracted (bounced), now promise b"),
                format!("{at}: promise b due 02 14:00")
            ]
        );
    }
}

/// He was not there for his slot. Of what he gets when he is back no slot is agreed, so that nobody finds him absent from one.
#[test]
fn what_is_taken_up_again_has_no_slot_any_more() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    let tried = |name: char| about("attempt", name, r#", "outcome": "message_left""#);
    for at in ["02 11:00", "02 11:10"] {
        desk.at(at, &tried('a'));
    }
    desk.at("02 11:30", &about("find_absent", 'a', ""));
    assert_eq!(
        desk.at("03 09:00", &about("take_up_again", 'a', r#", "successor": "@b""#)),
        ["03 09:00: promise b due 03 09:30"]
    );
    for at in ["03 09:05", "03 09:10"] {
        desk.at(at, &tried('b'));
    }
    assert_eq!(desk.refused("03 09:20", &about("find_absent", 'b', "")).code(), "step_missing");
}

/// He was absent from the first round, and the second is owed to him: the first does not come back. Nor does it once the series has stopped.
#[test]
fn a_round_does_not_come_back_where_its_series_has_gone_on() {
    let mut desk = Desk::with(r#"{ "time_to_answer": "0 seconds", "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        r#"{"room": "commitment", "type": "start_series", "series": "018f0000-0000-7000-8000-0000000000aa", "deliverable": "update",
            "beneficiary": "c-1", "owner": {"team": "desk"}, "every": "8 hours", "mode": "rolling", "stop": "fixed",
            "horizon": {"within": "100 hours"}, "lead": {"team": "leads"}, "decide_within": "1 hour"}"#,
    );
    let first = |what: &str, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{what}", "commitment": "@round 1"{more}}}"#)
    };
    for step in [r#""asked""#, r#""reminded""#, r#""reminded""#, r#"{"warned": {"until": "2026-03-02T11:00:00Z"}}"#] {
        desk.at("02 10:00", &first("chase", &format!(r#", "step": {step}, "message": "m-2""#)));
    }
    assert_eq!(
        desk.at("02 11:30", &first("find_absent", "")),
        ["02 11:30: round 1 void: customer absent", "02 11:30: round 2 due 03 01:00"]
    );
    let back = first("take_up_again", r#", "successor": "@b""#);
    assert_eq!(desk.refused("02 12:00", &back).code(), "already_renewed");
    desk.at("02 12:10", r#"{"room": "commitment", "type": "stop_series", "series": "018f0000-0000-7000-8000-0000000000aa", "evidence": "m-1"}"#);
    assert_eq!(desk.refused("02 12:20", &back).code(), "series_already_stopped");
}

/// No round can follow it before time ends, and the series goes on. Its answer bounces, and once it is fixed no news is owed.
#[test]
fn what_goes_on_with_the_last_round_there_can_be_ends_with_its_series() {
    let mut desk = Desk::new("[]");
    let at = |time: &str| format!("9999-12-31T{time}:00Z");
    let series = r#""series": "018f0000-0000-7000-8000-0000000000aa""#;
    desk.at(&at("23:00"), OPEN);
    desk.at(
        &at("23:00"),
        &format!(
            r#"{{"room": "commitment", "type": "start_series", {series}, "deliverable": "update", "beneficiary": "c-1",
                "owner": {{"team": "desk"}}, "every": "1 hour", "mode": "slots", "stop": "fixed",
                "horizon": {{"at": "9999-12-31T23:59:00Z"}}, "lead": {{"team": "leads"}}, "decide_within": "1 hour"}}"#
        ),
    );
    let first = |what: &str, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{what}", "commitment": "@round 1"{more}}}"#)
    };
    let said = desk.at(&at("23:10"), &first("fulfil", ""));
    assert_eq!(said.len(), 1, "none follows: {said:?}");
    desk.at(&at("23:20"), &first("retract", r#", "reason": "bounced", "successor": "@b""#));
    desk.at(&at("23:30"), &format!(r#"{{"room": "commitment", "type": "stop_series", {series}, "evidence": "m-1"}}"#));
    assert_eq!(desk.ticket.ledger().open().count(), 0);
}

/// The slot ends sooner and opens when it did: no worse for the customer, who is to be there for less of what was agreed.
#[test]
fn a_slot_that_opens_when_it_did_is_no_worse() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise_with('a', r#"{"at": "2026-03-02T13:00:00Z"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#),
    );
    for more in ["", r#", "opens_at": "2026-03-02T11:00:00Z""#] {
        let amend = about("amend", 'a', &format!(r#", "due": {{"at": "2026-03-02T12:00:00Z"}}{more}"#));
        let said = desk.at("02 10:00", &amend);
        assert!(said[0].ends_with("due 02 12:00"), "{said:?}");
    }
    let later = r#", "due": {"at": "2026-03-02T12:00:00Z"}, "opens_at": "2026-03-02T11:00:00.000001Z""#;
    assert_eq!(desk.refused("02 10:00", &about("amend", 'a', later)).code(), "worse_slot");
}

/// Made at nine, and at last due at two: half of that is over at half past eleven, whatever it was due in between.
#[test]
fn what_was_amended_twice_has_run_since_it_was_promised() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"at": "2026-03-02T19:00:00Z"}"#, r#", "warn": ["50 %"]"#));
    desk.at("02 10:00", &about("amend", 'a', r#", "due": {"at": "2026-03-02T17:00:00Z"}"#));
    assert_eq!(
        desk.at("02 11:00", &about("amend", 'a', r#", "due": {"at": "2026-03-02T14:00:00Z"}"#)),
        ["02 11:00: promise a amended, 3 hours left, due 02 14:00"]
    );
    assert_eq!(desk.wake("02 12:30"), ["02 11:30 by time: promise a warned 50 %, due 02 14:00"]);
}

/// Nothing had run of it: its account carries nothing over, and does not say that it carries no time.
#[test]
fn what_is_amended_as_it_is_promised_carries_nothing_over() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T19:00:00Z"}"#));
    desk.at("02 09:00", &about("amend", 'a', r#", "due": {"at": "2026-03-02T17:00:00Z"}"#));
    assert_eq!(desk.ticket.ledger().get(promise_id('a')).expect("made").clock.carried, None);
    desk.at("02 10:00", &about("amend", 'a', r#", "due": {"at": "2026-03-02T15:00:00Z"}"#));
    let carried = desk.ticket.ledger().get(promise_id('a')).expect("made").clock.carried;
    assert_eq!(carried.map(|hour| hour.to_string()).as_deref(), Some("1 hour"));
}

/// Another slot is proposed: it has to open before it is over, whenever the one did that was agreed.
#[test]
fn what_is_proposed_opens_before_it_is_over() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &promise_with('a', r#"{"at": "2026-03-02T13:00:00Z"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#),
    );
    let propose = |opens: &str| {
        about(
            "propose",
            'a',
            &format!(r#", "due": {{"at": "2026-03-02T15:00:00Z"}}, "opens_at": "2026-03-02T{opens}Z", "told": "m-5""#),
        )
    };
    assert_eq!(desk.refused("02 09:30", &propose("15:00:00.000001")).code(), "opens_after_due");
    assert_eq!(desk.at("02 09:30", &propose("15:00:00")), ["02 09:30: promise a proposed 02 15:00"]);
}

/// He accepts what was proposed outright: it waits for nothing of his any more, and does not say so.
#[test]
fn what_was_proposed_outright_has_no_condition() {
    let mut desk = waiting_for_logs("2 hours");
    desk.at("02 09:30", &about("propose", 'a', r#", "due": {"within": "5 hours"}, "told": "m-5", "outright": true"#));
    let said = desk.at("02 09:40", &about("accept", 'a', r#", "successor": "@b", "evidence": "m-6""#));
    assert_eq!(said[1], "02 09:40: promise b due 02 14:30");
    assert_eq!(desk.ticket.ledger().get(promise_id('b')).expect("owed").terms.condition, None);
}
