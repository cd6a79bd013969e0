//! The life of a promise, row by row of its chart.

use owed::Refusal;
use owed::commitment::{PhaseName, Refusal as Why, Verdict};

use crate::desk::*;

/// A ticket opened on Monday at nine, with a call promised by Monday noon.
fn promised() -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    assert_eq!(
        desk.at("02 09:30", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#)),
        ["02 09:30: promise a due 02 12:00"]
    );
    desk
}

fn pausable() -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let limits = r#", "pausable": {"total": "10 hours", "once": "8 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "4 working hours"}"#, limits));
    desk
}

const WHY: &str = r#", "reason": "logs", "told": "m-1""#;

#[track_caller]
fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

fn verdict(desk: &Desk, name: char) -> (PhaseName, Verdict) {
    let commitment = desk.ticket.ledger().get(promise_id(name)).expect("made");
    (commitment.phase.name(), commitment.verdict())
}

#[test]
fn row_1_a_promise_is_due_when_it_says() {
    let mut desk = Desk::new("[]");
    desk.at("06 16:00", OPEN);
    assert_eq!(desk.at("06 16:00", &promise('a', r#"{"within": "6 hours"}"#)), ["06 16:00: promise a due 06 22:00"]);
    assert_eq!(
        desk.at("06 16:00", &promise('b', r#"{"within": "2 working hours"}"#)),
        ["06 16:00: promise b due 09 10:00"]
    );
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Active, Verdict::Pending));
}

#[test]
fn row_1_a_promise_for_a_time_that_has_come_is_refused() {
    let mut desk = promised();
    let refusal = desk.refused("02 10:00", &promise('b', r#"{"at": "2026-03-02T10:00:00Z"}"#));
    assert_eq!(because(refusal), Why::DueNotAfter { due: t("02 10:00"), made: t("02 10:00") });
    let refusal = desk.refused("02 10:00", &promise('a', r#"{"within": "6 hours"}"#));
    assert_eq!(because(refusal), Why::AlreadyMade { commitment: promise_id('a') });
}

#[test]
fn row_1_only_a_direct_promise_is_refused_for_its_calendar() {
    let mut desk = promised();
    let refusal = desk.refused("02 10:00", &promise('b', r#"{"within": "99999999 working hours"}"#));
    assert!(matches!(because(refusal), Why::OutOfReach { .. }));
    let other = promise_with('b', r#"{"within": "6 working hours"}"#, r#", "calendar": "shop""#);
    assert!(matches!(because(desk.refused("02 10:00", &other)), Why::UnknownCalendar { .. }));
    let mut bare = Desk::with(r#"{"agreements": []}"#);
    bare.at("02 09:00", OPEN);
    let refusal = bare.refused("02 09:00", &promise('a', r#"{"within": "6 working hours"}"#));
    assert_eq!(because(refusal), Why::NoCalendar);
}

#[test]
fn row_8_done_at_the_deadline_is_in_time() {
    let mut desk = promised();
    assert_eq!(desk.at("02 12:00", &about("fulfil", 'a', "")), ["02 12:00: promise a fulfilled 02 12:00"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Closed, Verdict::Fulfilled));
    assert_eq!(desk.next(), None);
}

#[test]
fn row_8_what_was_done_before_it_was_owed_fulfils_nothing() {
    let mut desk = promised();
    let mut command = desk.command("02 10:00", &about("fulfil", 'a', ""));
    command.happened = serde_json::from_str(r#"{"at": "2026-03-02T09:29:59Z", "stamp": "transport"}"#).ok();
    let why = because(desk.handle(&command).expect_err("refused").why);
    assert_eq!(why, Why::DoneBeforeOwed { done: t("02 09:29:59"), owed_since: t("02 09:30") });
}

#[test]
fn row_10_a_warning_goes_off_once() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let warn = r#", "warn": [{"percent": 50}, {"before": "30 working minutes"}]"#;
    let said = desk.at("02 16:00", &promise_with('a', r#"{"within": "2 working hours"}"#, warn));
    assert_eq!(said, ["02 16:00: promise a due 03 10:00, warn 02 17:00 03 09:30"]);
    assert_eq!(desk.next().as_deref(), Some("02 17:00:00.000001 Warning"));
    assert_eq!(desk.wake("02 18:00"), ["02 17:00 by time: promise a warned 50 %, due 03 10:00"]);
    assert_eq!(desk.wake("02 18:00"), [""; 0]);
    let both = [
        "03 09:30 by time: promise a warned 30 working minutes before, due 03 10:00",
        "03 10:00 by time: promise a breached, due 03 10:00",
    ];
    assert_eq!(desk.wake("04 09:00"), both);
}

#[test]
fn row_11_a_breach_stands_at_its_deadline_whoever_finds_it() {
    let mut desk = promised();
    assert_eq!(desk.next().as_deref(), Some("02 12:00:00.000001 Due"));
    assert_eq!(desk.wake("02 12:00"), [""; 0]);
    assert_eq!(desk.wake("09 09:00"), ["02 12:00 by time: promise a breached, due 02 12:00"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Overdue, Verdict::Breached));
    assert_eq!(desk.next(), None);
    let mut nobody_looked = promised();
    assert_eq!(
        nobody_looked.at("09 09:00", ASK),
        ["02 12:00 by time: promise a breached, due 02 12:00", "09 09:00: public message of customer"]
    );
}

#[test]
fn row_12_a_promise_pauses_if_its_terms_allow_it_and_the_customer_was_told() {
    let mut desk = promised();
    let refusal = desk.refused("02 10:00", &about("pause", 'a', WHY));
    assert_eq!(because(refusal), Why::NotPausable { commitment: promise_id('a') });
    let mut desk = pausable();
    let refusal = desk.refused("02 10:00", &about("pause", 'a', r#", "reason": "logs""#));
    assert_eq!(because(refusal), Why::NotTold { commitment: promise_id('a') });
    assert_eq!(
        desk.at("02 10:00", &about("pause", 'a', WHY)),
        ["02 10:00: promise a paused (logs), 3 working hours left, until 02 18:00"]
    );
    let refusal = desk.refused("02 11:00", &about("pause", 'a', r#", "reason": "x", "until": "2026-03-02T11:00:00Z""#));
    assert_eq!(because(refusal), Why::PauseEndsBefore { until: t("02 11:00"), at: t("02 11:00") });
}

#[test]
fn row_12_a_pause_ends_at_the_least_of_what_was_asked_its_limit_and_the_allowance() {
    let mut desk = pausable();
    let asked = format!(r#"{WHY}, "until": "2026-03-02T10:30:00Z""#);
    let said = desk.at("02 10:00", &about("pause", 'a', &asked));
    assert_eq!(said, ["02 10:00: promise a paused (logs), 3 working hours left, until 02 10:30"]);
    desk.at("02 10:10", &about("resume", 'a', r#", "reason": "logs""#));
    let said = desk.at("02 10:10", &about("pause", 'a', WHY));
    assert_eq!(said, ["02 10:10: promise a paused (logs), 3 working hours left, until 02 18:10"]);
    // Eight hours and ten minutes of the ten hours are used up by then.
    let said = desk.at("03 09:00", &about("pause", 'a', WHY));
    let resumed = "02 18:10 by time: promise a resumed (time is up), due 03 12:00";
    assert_eq!(said, [resumed, "03 09:00: promise a paused (logs), 3 working hours left, until 03 10:50"]);
    assert_eq!(desk.wake("03 11:00"), ["03 10:50 by time: promise a resumed (time is up), due 03 13:50"]);
    let refusal = desk.refused("03 11:00", &about("pause", 'a', WHY));
    assert_eq!(because(refusal), Why::AllowanceSpent { commitment: promise_id('a') });
}

#[test]
fn row_13_reasons_overlap_as_a_union() {
    let mut desk = pausable();
    desk.at("02 10:00", &about("pause", 'a', WHY));
    let other = r#", "reason": "visit", "told": "m-2""#;
    assert_eq!(desk.at("02 10:30", &about("pause", 'a', other)), ["02 10:30: promise a also paused (visit)"]);
    assert_eq!(desk.at("02 10:40", &about("pause", 'a', other)), [""; 0]);
    assert_eq!(
        desk.at("02 11:00", &about("resume", 'a', r#", "reason": "logs""#)),
        ["02 11:00: promise a no more paused (logs)"]
    );
    let refusal = desk.refused("02 11:00", &about("resume", 'a', r#", "reason": "logs""#));
    assert!(matches!(because(refusal), Why::NotPausedFor { .. }));
    assert_eq!(
        desk.at("02 11:30", &about("resume", 'a', r#", "reason": "visit""#)),
        ["02 11:30: promise a resumed (visit), due 02 14:30"]
    );
}

#[test]
fn row_14_resuming_gives_back_exactly_what_was_left() {
    let mut desk = pausable();
    desk.at("02 12:59:59.999999", &about("pause", 'a', WHY));
    let said = desk.at("02 15:00", &about("resume", 'a', r#", "reason": "logs""#));
    assert_eq!(said, ["02 15:00: promise a resumed (logs), due 02 15:00:00.000001"]);
}

#[test]
fn row_18_only_the_customer_releases_a_promise() {
    let mut desk = promised();
    let mut command = desk.command("02 10:00", &about("release", 'a', r#", "evidence": "m-1""#));
    command.by = serde_json::from_str(r#"{"customer": "c-2"}"#).expect("a customer");
    let why = because(desk.handle(&command).expect_err("refused").why);
    assert!(matches!(why, Why::NotTheBeneficiary { .. }));
    let said = desk.at("02 10:00", &about("release", 'a', r#", "evidence": "m-1""#));
    assert_eq!(said, ["02 10:00: promise a released"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Closed, Verdict::Void));
}

#[test]
fn row_19_the_desk_cannot_cancel_what_it_promised() {
    let mut desk = promised();
    let said = desk.at("02 10:00", &about("withdraw", 'a', r#", "notice": "m-1""#));
    assert_eq!(said, ["02 10:00: promise a breached, due 02 12:00, withdrawn"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Overdue, Verdict::Breached));
    assert_eq!(desk.next(), None);
    let refusal = desk.refused("02 10:00", &about("withdraw", 'a', r#", "notice": "m-1""#));
    assert_eq!(because(refusal), Why::WrongPhase { commitment: promise_id('a'), phase: PhaseName::Overdue });
}

#[test]
fn row_20_late_delivery_closes_and_does_not_mend() {
    let mut desk = promised();
    desk.wake("02 13:00");
    let said = desk.at("02 13:00", &about("fulfil", 'a', ""));
    assert_eq!(said, ["02 13:00: promise a late 02 13:00, by 3600 s"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Closed, Verdict::Breached));
}

#[test]
fn row_21_a_new_promise_repairs_the_broken_one_and_erases_nothing() {
    let mut desk = promised();
    let repair = |name, of| promise_with(name, r#"{"within": "6 hours"}"#, &format!(r#", "repairs": "@{of}""#));
    let refusal = desk.refused("02 10:00", &repair('b', 'a'));
    assert_eq!(because(refusal), Why::NotBroken { commitment: promise_id('a') });
    let said = desk.at("02 13:00", &repair('b', 'a'));
    let breach = "02 12:00 by time: promise a breached, due 02 12:00";
    assert_eq!(said, [breach, "02 13:00: promise b due 02 19:00", "02 13:00: promise a superseded by promise b"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Closed, Verdict::Breached));
    let refusal = desk.refused("02 14:00", &repair('c', 'a'));
    assert_eq!(because(refusal), Why::AlreadyRepaired { commitment: promise_id('a'), by: promise_id('b') });
    assert_eq!(desk.wake("03 09:00"), ["02 19:00 by time: promise b breached, due 02 19:00"]);
    assert_eq!(desk.at("03 09:00", &repair('c', 'b')).len(), 2);
}

#[test]
fn row_24_it_is_handed_over_and_never_without_an_owner() {
    let mut desk = promised();
    let to = r#", "owner": {"team": "desk", "agent": "bo"}"#;
    assert_eq!(desk.at("02 10:00", &about("hand_over", 'a', to)), ["02 10:00: promise a handed over to bo (desk)"]);
    assert_eq!(desk.at("02 10:00", &about("hand_over", 'a', to)), [""; 0]);
}

#[test]
fn row_27_a_mail_sent_in_time_and_fetched_late_corrects_the_breach() {
    let mut desk = promised();
    let said = desk.fetched("02 12:00:03", "02 11:59:59", &about("fulfil", 'a', ""));
    let breach = "02 12:00 by time: promise a breached, due 02 12:00";
    assert_eq!(said, [breach, "02 12:00:03: promise a corrected 02 11:59:59"]);
    assert_eq!(verdict(&desk, 'a'), (PhaseName::Closed, Verdict::Fulfilled));
    let record = desk.ticket.ledger().get(promise_id('a')).expect("made").breach;
    assert_eq!(record.expect("both stay on record").at, t("02 12:00"));
    assert!(matches!(because(desk.refused("02 13:00", &about("fulfil", 'a', ""))), Why::AlreadyClosed { .. }));
}

#[test]
fn row_27_the_other_way_round_it_was_late() {
    let mut desk = promised();
    let said = desk.fetched("02 12:00:03", "02 12:00:00.000001", &about("fulfil", 'a', ""));
    assert_eq!(said[1], "02 12:00:03: promise a late 02 12:00:00.000001, by 0 s");
}

#[test]
fn row_27_what_a_person_claims_corrects_nothing_by_itself() {
    let mut desk = promised();
    let said = desk.claimed("02 13:00", "02 11:00", &about("fulfil", 'a', ""));
    assert_eq!(said[1], "02 13:00: promise a late 02 13:00, by 3600 s");
}

#[test]
fn row_27_a_corrected_breach_needs_no_repair() {
    let mut desk = promised();
    desk.at("02 13:00", &promise_with('b', r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#));
    let said = desk.fetched("02 14:00", "02 11:00", &about("fulfil", 'a', ""));
    assert_eq!(said, ["02 14:00: promise a corrected 02 11:00", "02 14:00: promise b void: promise a corrected"]);
    assert_eq!(verdict(&desk, 'b'), (PhaseName::Closed, Verdict::Void));
}

#[test]
fn row_29_what_is_closed_never_opens_again() {
    let mut desk = promised();
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    let closed = Why::AlreadyClosed { commitment: promise_id('a'), closed: t("02 10:00") };
    for order in [
        about("fulfil", 'a', ""),
        about("pause", 'a', WHY),
        about("resume", 'a', r#", "reason": "logs""#),
        about("release", 'a', r#", "evidence": "m-1""#),
        about("withdraw", 'a', r#", "notice": "m-1""#),
        about("hand_over", 'a', r#", "owner": {"team": "night"}"#),
        promise_with('b', r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#),
    ] {
        assert_eq!(because(desk.refused("02 11:00", &order)), closed, "{order}");
    }
}

#[test]
fn what_is_broken_takes_no_pause_and_no_release() {
    let mut desk = pausable();
    desk.wake("02 14:00");
    let overdue = Why::WrongPhase { commitment: promise_id('a'), phase: PhaseName::Overdue };
    for order in [
        about("pause", 'a', WHY),
        about("resume", 'a', r#", "reason": "logs""#),
        about("release", 'a', r#", "evidence": "m-1""#),
    ] {
        assert_eq!(because(desk.refused("02 14:00", &order)), overdue, "{order}");
    }
    let unknown = because(desk.refused("02 14:00", &about("fulfil", 'z', "")));
    assert_eq!(unknown, Why::Unknown { commitment: promise_id('z') });
}
