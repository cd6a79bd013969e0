//! Better terms in another unit, and in another slot: what has run is not lost, and what stood still has not run.

use owed::Refusal;
use owed::commitment::Refusal as Why;

use crate::desk::*;

const TOLD: &str = r#", "reason": "logs", "told": "m-1""#;
const GONE: &str = r#", "reason": "logs""#;

/// A promise from Monday, the second, nine o'clock, at a desk that works from nine to five on weekdays.
fn promised(due: &str, more: &str) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', due, more));
    desk
}

fn paused(due: &str) -> Desk {
    let mut desk = promised(due, r#", "pausable": {"total": "400 hours"}"#);
    desk.at("03 09:00", &about("pause", 'a', TOLD));
    desk
}

fn amend(due: &str, more: &str) -> String {
    about("amend", 'a', &format!(r#", "due": {due}{more}"#))
}

/// Promised for ten business days, eighty hours, and paused after one. Five business days are forty hours, of which eight have run:
/// from Monday, the ninth, noon, four business days on.
#[test]
fn row_15_to_business_days_while_it_stands_what_is_left_goes_on_through_the_calendar() {
    let mut desk = paused(r#"{"within": "10 business days"}"#);
    let said = desk.at("06 12:00", &amend(r#"{"within": "5 business days"}"#, ""));
    assert_eq!(said, ["06 12:00: promise a amended, 32 working hours left, due 12 12:00"]);
    let said = desk.at("09 12:00", &about("resume", 'a', GONE));
    assert_eq!(said, ["09 12:00: promise a resumed (logs), due 13 12:00"]);
}

/// From elapsed time into working time: from Monday to Tuesday morning a day has run, which is one business day.
#[test]
fn row_15_what_has_run_is_measured_anew_in_the_new_unit() {
    let mut desk = paused(r#"{"within": "400 hours"}"#);
    let said = desk.at("06 12:00", &amend(r#"{"within": "3 business days"}"#, ""));
    assert_eq!(said, ["06 12:00: promise a amended, 16 working hours left, due 10 12:00"]);
    let said = desk.at("13 13:00", &about("resume", 'a', GONE));
    assert_eq!(said, ["13 13:00: promise a resumed (logs), due 17 13:00"], "over the weekend");
}

/// A week is seven days of elapsed time, of which one has run, however long it stands.
#[test]
fn row_15_to_civil_time_while_it_stands_what_stood_has_not_run() {
    let mut desk = paused(r#"{"within": "400 hours"}"#);
    let said = desk.at("06 09:00", &amend(r#"{"within": "1 week"}"#, ""));
    assert_eq!(said, ["06 09:00: promise a amended, 144 hours left, due 12 09:00"]);
    let said = desk.at("10 09:00", &about("resume", 'a', GONE));
    assert_eq!(said, ["10 09:00: promise a resumed (logs), due 16 09:00"]);
}

/// A budget in other units keeps the pauses that there have been, also once the clock runs again.
#[test]
fn row_15_a_past_pause_is_kept_whatever_the_unit() {
    let mut desk = paused(r#"{"within": "400 hours"}"#);
    desk.at("04 09:00", &about("resume", 'a', GONE));
    let said = desk.at("04 12:00", &amend(r#"{"within": "5 business days"}"#, ""));
    assert_eq!(
        said,
        ["04 12:00: promise a amended, 29 working hours left, due 09 17:00"],
        "five days but for Tuesday's pause"
    );
}

/// Without a pause it is due just when it would have been, had it been promised so.
#[test]
fn row_15_without_a_pause_it_is_as_if_it_had_been_promised_so() {
    let mut desk = promised(r#"{"within": "400 hours"}"#, "");
    let said = desk.at("04 12:00", &amend(r#"{"within": "5 business days"}"#, ""));
    assert_eq!(said, ["04 12:00: promise a amended, 21 working hours left, due 09 09:00"]);
    let said = desk.at("04 12:00", &amend(r#"{"within": "4 days"}"#, ""));
    assert_eq!(said, ["04 12:00: promise a amended, 45 hours left, due 06 09:00"]);
}

/// A date that somebody names is that date, however long it has stood.
#[test]
fn row_15_a_named_instant_is_as_far_off_as_it_is() {
    let mut desk = paused(r#"{"within": "400 hours"}"#);
    let said = desk.at("06 09:00", &amend(r#"{"at": "2026-03-09T09:00:00Z"}"#, ""));
    assert_eq!(said, ["06 09:00: promise a amended, 72 hours left, due 09 09:00"]);
}

fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

#[test]
fn row_15_what_would_have_run_out_already_is_refused() {
    let mut desk = paused(r#"{"within": "400 hours"}"#);
    let why = because(desk.refused("06 12:00", &amend(r#"{"within": "1 business days"}"#, "")));
    assert!(matches!(why, Why::DueNotAfter { .. }), "{why}");
}

/// A visit from ten to twelve.
fn visit() -> Desk {
    promised(r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T10:00:00Z""#)
}

fn slot(from: &str, until: &str) -> String {
    amend(&format!(r#"{{"at": "2026-03-02T{until}:00Z"}}"#), &format!(r#", "opens_at": "2026-03-02T{from}:00Z""#))
}

#[test]
fn row_15_a_slot_that_opens_sooner_and_ends_no_later_is_no_worse() {
    let mut desk = visit();
    let said = desk.at("02 09:10", &slot("09:30", "11:00"));
    assert_eq!(said, ["02 09:10: promise a amended, 110 minutes left, due 02 11:00"]);
    assert_eq!(desk.at("02 09:30", &about("fulfil", 'a', "")), ["02 09:30: promise a fulfilled 02 09:30"]);
}

#[test]
fn row_15_one_that_opens_later_or_is_over_before_the_agreed_one_opens_is_worse() {
    let mut desk = visit();
    let worse = |opens_at, due| {
        let agreed = Some(t("02 10:00"));
        Why::WorseSlot { commitment: promise_id('a'), opens_at: t(opens_at), due: t(due), agreed }
    };
    assert_eq!(because(desk.refused("02 09:10", &slot("10:30", "12:00"))), worse("02 10:30", "02 12:00"));
    assert_eq!(because(desk.refused("02 09:10", &slot("09:20", "09:50"))), worse("02 09:20", "02 09:50"));
    desk.at("02 09:10", &slot("09:20", "10:00"));
    assert!(
        matches!(because(desk.refused("02 09:10", &slot("09:20", "09:59"))), Why::WorseSlot { .. }),
        "nor by and by"
    );
    let mut desk = promised(r#"{"within": "3 hours"}"#, "");
    let why = because(desk.refused("02 09:10", &slot("09:30", "12:00")));
    assert!(matches!(why, Why::WorseSlot { agreed: None, .. }), "whatever was early counted: {why}");
}

/// Row 18a: he is absent who is not there when he agreed to be; sooner he need not be.
#[test]
fn row_18a_before_the_slot_that_he_agreed_to_nobody_is_absent() {
    let mut desk = visit();
    desk.at("02 09:10", &slot("09:20", "12:00"));
    let tried = |reached: &str| about("attempt", 'a', &format!(r#", "outcome": "{reached}""#));
    desk.at("02 09:30", &tried("not_reached"));
    desk.at("02 09:50", &tried("message_left"));
    assert!(matches!(because(desk.refused("02 09:50", &about("find_absent", 'a', ""))), Why::StepMissing { .. }));
    desk.at("02 10:00", &tried("not_reached"));
    desk.at("02 10:30", &tried("message_left"));
    assert_eq!(desk.at("02 10:30", &about("find_absent", 'a', "")), ["02 10:30: promise a void: customer absent"]);
}

#[test]
fn row_17_another_slot_is_proposed_and_accepted() {
    let mut desk = visit();
    let due = r#", "due": {"at": "2026-03-03T15:00:00Z"}, "opens_at": "2026-03-03T13:00:00Z", "told": "m-5""#;
    desk.at("02 09:10", &about("propose", 'a', due));
    let said = desk.at("02 09:20", &about("accept", 'a', r#", "successor": "@b", "evidence": "m-6""#));
    assert_eq!(said[1], "02 09:20: promise b due 03 15:00");
    assert_eq!(desk.at("03 12:59", &about("fulfil", 'b', "")), ["03 12:59: promise b tried 03 12:59: TooEarly"]);
    assert_eq!(desk.at("03 13:00", &about("fulfil", 'b', "")), ["03 13:00: promise b fulfilled 03 13:00"]);
    let told = desk.ticket.ledger().told_to(&owed::commitment::Party::Customer("c-1".parse().expect("a name")));
    assert_eq!(told[1].not_before, Some(t("03 13:00")));
}

/// An hour from the condition's limit on, or by the close of that day: the second is sooner, also where the limit is the close itself, so that no
/// working time is left.
#[test]
fn what_leaves_no_working_time_is_no_later() {
    for limit in ["16:59", "17:00"] {
        let condition = format!(r#", "condition": {{"what": "logs", "limit": {{"at": "2026-03-02T{limit}:00Z"}}}}"#);
        let mut desk = promised(r#"{"within": "1 working hour"}"#, &condition);
        let said = desk.at("02 16:30", &amend(r#"{"within": "0 business days, close"}"#, ""));
        assert_eq!(said.len(), 1, "{limit}: {said:?}");
    }
}

/// "Not worse for the customer", and not over by then: any other date is refused, however the clock counts, and what was promised stands.
#[test]
fn row_15_to_a_date_that_has_passed_or_is_later_is_refused() {
    for within in ["4 working hours", "4 hours", "2 business days"] {
        for (due, code) in [
            ("0001-01-01T00:00:00Z", "due_not_after"),
            ("2026-03-01T10:00:00Z", "due_not_after"),
            ("2026-03-02T09:00:00Z", "due_not_after"),
            ("2026-03-07T10:00:00Z", "worse"),
            ("9999-12-31T00:00:00Z", "worse"),
        ] {
            let mut desk = promised(&format!(r#"{{"within": "{within}"}}"#), r#", "warn": ["1 working hour before"]"#);
            let stood = desk.ticket.clone();
            for at in ["02 09:00", "02 09:20"] {
                let refused = desk.refused(at, &amend(&format!(r#"{{"at": "{due}"}}"#), ""));
                assert_eq!(refused.code(), code, "{due} instead of {within}");
            }
            assert_eq!(desk.ticket.ledger(), stood.ledger());
        }
    }
}
