//! The chart of a promise's life, row by row: until it is kept or broken (rows 2 to 18a; `life.rs` has the others).

use owed::commitment::{PhaseName, Refusal as Why, Verdict};
use owed::{Effect, Refusal, effects};

use crate::desk::*;

/// Four working days from Monday, nine to five.
pub(super) const NOTHING: &str = "[]";

pub(super) fn promised() -> Desk {
    let mut desk = Desk::new(NOTHING);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
    desk
}

pub(super) fn with(more: &str) -> Desk {
    let mut desk = Desk::new(NOTHING);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, more));
    desk
}

pub(super) fn stands(desk: &Desk, name: char) -> (PhaseName, Verdict) {
    let known = desk.ticket.ledger().get(promise_id(name)).expect("made");
    (known.phase.name(), known.verdict())
}

#[track_caller]
pub(super) fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("{other}"),
    }
}

/// A promise found in a message.
fn suggest(review_by: &str, more: &str) -> String {
    let promise = promise_with('a', r#"{"within": "3 hours"}"#, more);
    let promise = promise.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    format!(r#"{{"room": "commitment", "type": "suggest", "review_by": "{review_by}", "promise": {promise}}}"#)
}

const CONDITION: &str = r#", "condition": {"what": "logs", "limit": {"within": "48 hours"}}"#;
pub(super) const SHOWN: &str = r#", "evidence": "m-9""#;
pub(super) const TOLD: &str = r#", "notice": "m-9""#;
pub(super) const BY: &str = r#", "reason": "storm", "approver": {"agent": "lea"}"#;

fn candidate(review_by: &str, more: &str) -> Desk {
    let mut desk = Desk::new(NOTHING);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &suggest(review_by, more));
    desk
}

#[test]
fn row_2_a_candidate_is_owed_and_somebody_is_asked_to_look() {
    let desk = candidate("2026-03-02T10:00:00Z", "");
    assert_eq!(stands(&desk, 'a'), (PhaseName::Candidate, Verdict::Pending));
    assert_eq!(desk.next().expect("a wake"), "02 10:00:00.000001 ReviewBy");
    let asked: Vec<Effect> = desk.events.iter().flat_map(effects).collect();
    assert_eq!(asked.len(), 1);
    let mut late = Desk::new(NOTHING);
    late.at("02 09:00", OPEN);
    let refusal = late.refused("02 09:00", &suggest("2026-03-02T09:00:00Z", ""));
    assert!(matches!(because(refusal), Why::ReviewOver { .. }));
}

#[test]
fn row_3_it_is_confirmed_or_dismissed() {
    let mut desk = candidate("2026-03-02T10:00:00Z", "");
    assert_eq!(desk.at("02 09:30", &about("confirm", 'a', "")), ["02 09:30: promise a confirmed, due 02 12:00"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Active, Verdict::Pending));
    let mut desk = candidate("2026-03-02T10:00:00Z", "");
    let said = desk.at("02 09:30", &about("dismiss", 'a', r#", "reason": "irony""#));
    assert_eq!(said, ["02 09:30: promise a dismissed (irony)"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Void));
    assert_eq!(desk.next(), None);
}

#[test]
fn row_4_what_nobody_reviewed_counts_from_its_making() {
    let mut desk = candidate("2026-03-02T10:00:00Z", "");
    assert_eq!(desk.wake("02 10:00"), [""; 0]);
    assert_eq!(desk.wake("02 11:00"), ["02 10:00 by time: promise a confirmed, due 02 12:00"]);
    assert_eq!(desk.wake("02 13:00"), ["02 12:00 by time: promise a breached, due 02 12:00"]);
}

#[test]
fn row_4_reviewed_by_nobody_until_it_was_due_it_is_born_late() {
    let mut desk = candidate("2026-03-02T15:00:00Z", "");
    let born_late = "02 15:00 by time: promise a breached, due 02 12:00, born late";
    assert_eq!(desk.wake("02 16:00"), ["02 15:00 by time: promise a confirmed, due 02 12:00", born_late]);
    let mut desk = candidate("2026-03-02T15:00:00Z", "");
    let said = desk.at("02 14:00", &about("confirm", 'a', ""));
    assert_eq!(said[1], "02 14:00: promise a breached, due 02 12:00, born late");
}

#[test]
fn row_3_a_confirmed_candidate_waits_for_its_condition() {
    let mut desk = candidate("2026-03-02T10:00:00Z", CONDITION);
    assert_eq!(desk.at("02 09:30", &about("confirm", 'a', "")), ["02 09:30: promise a confirmed, on its condition"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Conditional, Verdict::Pending));
    assert_eq!(desk.next().expect("a wake"), "04 09:00:00.000001 ConditionLimit");
}

#[test]
fn row_5_the_time_counts_from_when_the_customer_has_done_his_part() {
    let mut desk = with(CONDITION);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Conditional, Verdict::Pending));
    let said = desk.fetched("03 10:00", "03 09:30", &about("meet_condition", 'a', SHOWN));
    assert_eq!(said, ["03 10:00: promise a condition met 03 09:30, due 03 12:30"]);
    assert_eq!(desk.wake("03 13:00"), ["03 12:30 by time: promise a breached, due 03 12:30"]);
    let mut desk = with(CONDITION);
    assert_eq!(desk.at("04 09:00", &about("meet_condition", 'a', SHOWN)).len(), 1, "at its limit it is in time");
}

#[test]
fn row_6_what_the_customer_does_not_do_in_time_lapses_and_he_is_told() {
    let mut desk = with(CONDITION);
    assert_eq!(desk.wake("05 00:00"), ["04 09:00 by time: promise a lapsed"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Void));
    assert_eq!(desk.events.iter().flat_map(effects).count(), 1);
    assert!(matches!(
        because(desk.refused("05 00:00", &about("meet_condition", 'a', SHOWN))),
        Why::AlreadyClosed { .. }
    ));
}

#[test]
fn row_7_before_its_condition_is_met_it_can_be_withdrawn() {
    let mut desk = with(CONDITION);
    assert_eq!(desk.at("02 10:00", &about("withdraw", 'a', TOLD)), ["02 10:00: promise a void: withdrawn"]);
    let mut desk = with(CONDITION);
    desk.at("02 10:00", &about("meet_condition", 'a', SHOWN));
    let said = desk.at("02 10:30", &about("withdraw", 'a', TOLD));
    assert_eq!(said, ["02 10:30: promise a breached, due 02 13:00, withdrawn"], "afterwards it is a breach");
}

#[test]
fn row_8_it_can_be_done_before_anybody_asks_for_it() {
    for mut desk in [candidate("2026-03-02T10:00:00Z", ""), with(CONDITION)] {
        assert_eq!(desk.at("02 09:30", &about("fulfil", 'a', "")), ["02 09:30: promise a fulfilled 02 09:30"]);
    }
}

#[test]
fn row_8_early_does_not_count_where_a_time_was_agreed() {
    let mut desk = with(r#", "opens_at": "2026-03-02T11:00:00Z""#);
    assert_eq!(desk.at("02 10:59", &about("fulfil", 'a', "")), ["02 10:59: promise a tried 02 10:59: TooEarly"]);
    assert_eq!(desk.at("02 11:00", &about("fulfil", 'a', "")), ["02 11:00: promise a fulfilled 02 11:00"]);
    let after = promise_with('b', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T14:00:00.000001Z""#);
    assert!(matches!(because(desk.refused("02 11:00", &after)), Why::OpensAfterDue { .. }));
}

/// What was promised in a mail counts from when that was written, however late it is fetched; and so does its slot.
#[test]
fn row_8_early_does_not_count_either_where_the_promise_was_taken_in_late() {
    let mut desk = Desk::new(NOTHING);
    desk.at("02 08:00", OPEN);
    let visit = promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T09:45:00Z""#);
    desk.fetched("02 10:00", "02 09:00", &visit);
    let said = desk.fetched("02 10:05", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(said, ["02 10:05: promise a tried 02 09:30: TooEarly"]);
}

#[test]
fn row_9_an_attempt_is_on_record_and_counts_only_where_the_terms_say_so() {
    let tried = about("attempt", 'a', r#", "outcome": "not_reached""#);
    let mut desk = promised();
    assert_eq!(desk.at("02 10:00", &tried), ["02 10:00: promise a tried 02 10:00: NotReached"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Active, Verdict::Pending));
    let mut desk = with(r#", "attempt_counts": true"#);
    assert_eq!(desk.at("02 10:00", &tried), ["02 10:00: promise a fulfilled 02 10:00"]);
}

#[test]
fn row_9a_a_goal_that_was_announced_is_a_promise() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_resolution": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    let goal = desk.ticket.ledger().open().next().expect("owed").id;
    let announce = format!(r#"{{"room": "commitment", "type": "announce", "commitment": "{goal}", "message": "m-1"}}"#);
    assert_eq!(desk.at("02 09:30", &announce), ["02 09:30: first_resolution 1 announced"]);
    desk.wake("02 13:30");
    assert_eq!(desk.at("02 14:00", SOLVE).len(), 2, "it is owed until it is solved, and ends late");
    assert_eq!(desk.ticket.ledger().get(goal).expect("made").binding, owed::commitment::Binding::Promised);
}

#[test]
fn row_15_better_terms_at_once_and_worse_ones_not() {
    let mut desk = promised();
    let due = |due: &str| about("amend", 'a', &format!(r#", "due": {due}"#));
    let said = desk.at("02 10:00", &due(r#"{"at": "2026-03-02T11:00:00Z"}"#));
    assert_eq!(said, ["02 10:00: promise a amended, 1 hour left, due 02 11:00"]);
    let worse = because(desk.refused("02 10:00", &due(r#"{"at": "2026-03-02T11:00:00.000001Z"}"#)));
    let (late, present) = (t("02 11:00:00.000001"), t("02 11:00"));
    assert_eq!(worse, Why::Worse { commitment: promise_id('a'), due: late, present });
    assert!(matches!(because(desk.refused("02 10:00", &due(r#"{"within": "1 hour"}"#))), Why::DueNotAfter { .. }));
    assert_eq!(desk.wake("02 12:00"), ["02 11:00 by time: promise a breached, due 02 11:00"]);
}

#[test]
fn row_15_a_paused_one_is_amended_by_what_it_would_be() {
    let mut desk = with(r#", "pausable": {"total": "10 hours"}"#);
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    let amend = about("amend", 'a', r#", "due": {"within": "2 hours"}"#);
    assert_eq!(desk.at("02 11:00", &amend), ["02 11:00: promise a amended, 1 hour left, due 02 12:00"]);
    let resume = about("resume", 'a', r#", "reason": "logs""#);
    assert_eq!(desk.at("02 12:00", &resume), ["02 12:00: promise a resumed (logs), due 02 13:00"]);
}

#[test]
fn row_15_the_terms_of_a_conditional_one_can_be_bettered() {
    let mut desk = with(CONDITION);
    let amend = about("amend", 'a', r#", "due": {"within": "1 hour"}"#);
    assert_eq!(desk.at("02 10:00", &amend), ["02 10:00: promise a amended, 1 hour left, due 04 10:00"]);
    assert_eq!(
        desk.at("02 11:00", &about("meet_condition", 'a', SHOWN)),
        ["02 11:00: promise a condition met 02 11:00, due 02 12:00"]
    );
}

fn propose(due: &str) -> String {
    about("propose", 'a', &format!(r#", "due": {{"at": "{due}"}}, "told": "m-5""#))
}

const ACCEPT: &str = r#", "successor": "@b", "evidence": "m-6""#;

#[test]
fn row_16_a_proposal_stops_no_clock() {
    let mut desk = promised();
    assert_eq!(desk.at("02 10:00", &propose("2026-03-03T12:00:00Z")), ["02 10:00: promise a proposed 03 12:00"]);
    assert_eq!(desk.next().expect("a wake"), "02 12:00:00.000001 Due");
}

#[test]
fn row_17_with_his_consent_the_new_terms_are_owed_in_place_of_the_old() {
    let mut desk = promised();
    assert!(matches!(because(desk.refused("02 09:30", &about("accept", 'a', ACCEPT))), Why::NoProposal { .. }));
    desk.at("02 10:00", &propose("2026-03-03T12:00:00Z"));
    let said = desk.at("02 11:00", &about("accept", 'a', ACCEPT));
    assert_eq!(said, ["02 11:00: promise a void: now promise b", "02 11:00: promise b due 03 12:00"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Void));
    assert_eq!(desk.wake("04 00:00"), ["03 12:00 by time: promise b breached, due 03 12:00"]);
}

#[test]
fn row_17_only_the_one_who_is_owed_accepts() {
    let mut desk = promised();
    desk.at("02 10:00", &propose("2026-03-03T12:00:00Z"));
    let mut command = desk.command("02 11:00", &about("accept", 'a', ACCEPT));
    command.by = serde_json::from_str(r#"{"customer": "c-2"}"#).expect("a customer");
    let refused = desk.handle(&command).expect_err("another's");
    assert!(matches!(because(refused.why), Why::NotTheBeneficiary { .. }));
}

#[test]
fn row_17a_what_was_told_and_not_accepted_is_the_repair_when_the_breach_comes() {
    let mut desk = promised();
    desk.at("02 10:00", &propose("2026-03-03T12:00:00Z"));
    assert_eq!(
        desk.wake("02 18:00"),
        [
            "02 12:00 by time: promise a breached, due 02 12:00",
            "02 12:00 by time: successor of promise a due 03 12:00",
            "02 12:00 by time: promise a superseded by successor of promise a"
        ]
    );
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}

#[test]
fn row_18a_the_customer_is_absent_only_after_every_step() {
    let mut desk = with(r#", "pausable": {"total": "900 hours"}"#);
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    let step = |step: &str| about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#));
    let absent = about("find_absent", 'a', "");
    for (at, order) in [("02 11:00", r#""asked""#), ("03 11:00", r#""reminded""#), ("04 11:00", r#""reminded""#)] {
        assert!(matches!(because(desk.refused(at, &absent)), Why::StepMissing { .. }));
        desk.at(at, &step(order));
    }
    desk.at("05 11:00", &step(r#"{"warned": {"until": "2026-03-06T11:00:00Z"}}"#));
    assert!(matches!(because(desk.refused("06 11:00", &absent)), Why::StepMissing { .. }), "he is heard until then");
    assert_eq!(desk.at("06 11:00:00.000001", &absent), ["06 11:00:00.000001: promise a void: customer absent"]);
    let back = about("take_up_again", 'a', r#", "successor": "@b""#);
    assert_eq!(desk.at("09 09:00", &back), ["09 09:00: promise b due 09 11:00"], "two of three hours were left");
    let again = about("take_up_again", 'a', r#", "successor": "@c""#);
    assert!(matches!(because(desk.refused("09 09:00", &again)), Why::AlreadyRenewed { .. }));
}

#[test]
fn row_18a_a_customer_who_speaks_is_not_absent() {
    let mut desk = with(r#", "pausable": {"total": "900 hours"}"#);
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    for (at, step) in [
        ("02 11:00", r#""asked""#),
        ("03 11:00", r#""reminded""#),
        ("04 11:00", r#""reminded""#),
        ("05 11:00", r#"{"warned": {"until": "2026-03-06T12:00:00Z"}}"#),
    ] {
        desk.at(at, &about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#)));
    }
    assert_eq!(desk.at("06 11:30", ASK)[1..], ["06 11:30: promise a heard"]);
    assert!(matches!(because(desk.refused("06 13:00", &about("find_absent", 'a', ""))), Why::StepMissing { .. }));
}

/// Silence that had no time to be broken is none.
#[test]
fn row_18a_the_customer_has_a_day_to_answer_each_step() {
    let mut desk = with(r#", "pausable": {"total": "900 hours"}"#);
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    let step = |step: &str| about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#));
    let too_soon = |last: &str, next: &str| {
        let earliest = t(last).plus_micros(86_400_000_000);
        Why::TooSoon { commitment: promise_id('a'), last: t(last), next: t(next), earliest }
    };
    desk.at("02 11:00", &step(r#""asked""#));
    let refusal = because(desk.refused("03 10:59:59.999999", &step(r#""reminded""#)));
    assert_eq!(refusal, too_soon("02 11:00", "03 10:59:59.999999"));
    let told = "until 2026-03-03T11:00:00Z to answer what he was told at 2026-03-02T11:00:00Z";
    assert!(refusal.to_string().contains(told), "{refusal}");
    desk.at("03 11:00", &step(r#""reminded""#));
    assert_eq!(because(desk.refused("03 11:00", &step(r#""reminded""#))), too_soon("03 11:00", "03 11:00"));
    desk.at("04 11:00", &step(r#""reminded""#));
    let warned = |until: &str| step(&format!(r#"{{"warned": {{"until": "2026-03-{until}Z"}}}}"#));
    assert_eq!(because(desk.refused("05 10:00", &warned("09T00:00:00"))), too_soon("04 11:00", "05 10:00"));
    assert_eq!(because(desk.refused("05 11:00", &warned("06T10:59:59"))), too_soon("05 11:00", "06 10:59:59"));
    assert!(matches!(because(desk.refused("05 11:00", &warned("05T11:00:00"))), Why::DueNotAfter { .. }));
    desk.at("05 11:00", &warned("06T11:00:00"));
    // Asked anew, it begins anew, and that can be at any time.
    assert_eq!(desk.at("05 11:00", &step(r#""asked""#)), ["05 11:00: promise a asked"]);
    assert_eq!(because(desk.refused("05 11:30", &step(r#""reminded""#))), too_soon("05 11:00", "05 11:30"));
}

#[test]
fn row_18a_a_rulebook_says_how_long_he_has_to_answer() {
    let mut desk = Desk::with(r#"{ "time_to_answer": "5 minutes", "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    let step = |step: &str| about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#));
    desk.at("02 09:10", &step(r#""asked""#));
    assert!(matches!(because(desk.refused("02 09:14", &step(r#""reminded""#))), Why::TooSoon { .. }));
    desk.at("02 09:15", &step(r#""reminded""#));
    desk.at("02 09:20", &step(r#""reminded""#));
    desk.at("02 09:25", &step(r#"{"warned": {"until": "2026-03-02T09:30:00Z"}}"#));
    assert_eq!(desk.at("02 09:31", &about("find_absent", 'a', "")), ["02 09:31: promise a void: customer absent"]);
}

#[test]
fn row_18a_or_after_two_attempts_in_his_slot_and_a_message() {
    let mut desk = with(r#", "opens_at": "2026-03-02T11:00:00Z""#);
    let tried = |reached: &str| about("attempt", 'a', &format!(r#", "outcome": "{reached}""#));
    desk.at("02 10:50", &tried("message_left"));
    desk.at("02 11:00", &tried("not_reached"));
    assert!(matches!(because(desk.refused("02 11:10", &about("find_absent", 'a', ""))), Why::StepMissing { .. }));
    desk.at("02 11:20", &tried("message_left"));
    assert_eq!(desk.at("02 11:30", &about("find_absent", 'a', "")), ["02 11:30: promise a void: customer absent"]);
}
