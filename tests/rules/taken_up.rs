//! What goes on with something that was closed: what of it comes back, and what does not.

use owed::Refusal;
use owed::commitment::{PhaseName, Refusal as Why, Verdict};

use crate::desk::*;

const STRIKE_OUT: &str = r#", "reason": "spam", "evidence": "m-4""#;
const BACK: &str = r#", "successor": "@b""#;

/// A promise for three hours from nine, where a person may put right within a week what he got wrong.
fn promised(more: &str) -> Desk {
    let mut desk =
        Desk::with(r#"{ "corrections": {"window": "168 hours"}, "time_to_answer": "0 seconds", "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, more));
    desk
}

fn stands(desk: &Desk, name: char) -> (PhaseName, Verdict) {
    let known = desk.ticket.ledger().get(promise_id(name)).expect("made");
    (known.phase.name(), known.verdict())
}

#[test]
fn row_28_what_had_been_fulfilled_is_fulfilled_again_once_it_is_reinstated() {
    let mut desk = promised("");
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    desk.at("02 13:00", &about("record_in_error", 'a', STRIKE_OUT));
    let said = desk.at("03 09:00", &about("reinstate", 'a', BACK));
    assert_eq!(said, ["03 09:00: promise b due 02 12:00", "03 09:00: promise b fulfilled 02 10:00"]);
    assert_eq!(stands(&desk, 'b'), (PhaseName::Closed, Verdict::Fulfilled));
    let known = desk.ticket.ledger().get(promise_id('b')).expect("made");
    assert_eq!((known.since, known.due, known.done_at()), (t("02 09:00"), t("02 12:00"), Some(t("02 10:00"))));
}

#[test]
fn row_28_also_what_proof_had_shown_to_be_fulfilled_and_what_stood_still_then() {
    let mut desk = promised("");
    desk.wake("02 13:00");
    desk.fetched("02 13:00", "02 12:00", &about("fulfil", 'a', ""));
    desk.at("02 14:00", &about("record_in_error", 'a', STRIKE_OUT));
    let said = desk.at("02 15:00", &about("reinstate", 'a', BACK));
    assert_eq!(said, ["02 15:00: promise b due 02 12:00", "02 15:00: promise b fulfilled 02 12:00"]);

    let mut desk = promised(r#", "pausable": {"total": "40 hours"}"#);
    desk.at("02 10:00", &about("pause", 'a', r#", "reason": "logs", "told": "m-1""#));
    desk.at("02 15:00", &about("fulfil", 'a', ""));
    desk.at("02 16:00", &about("record_in_error", 'a', STRIKE_OUT));
    let said = desk.at("02 18:00", &about("reinstate", 'a', BACK));
    assert_eq!(said[1], "02 18:00: promise b fulfilled 02 15:00");
}

#[test]
fn row_28_what_had_been_done_late_is_late_again_and_owed_no_more() {
    let mut desk = promised("");
    desk.at("02 13:00", &about("fulfil", 'a', ""));
    desk.at("02 14:00", &about("record_in_error", 'a', STRIKE_OUT));
    let said = desk.at("02 15:00", &about("reinstate", 'a', BACK));
    assert_eq!(
        said,
        [
            "02 15:00: promise b due 02 12:00",
            "02 15:00: promise b breached, due 02 12:00, born late",
            "02 15:00: promise b late 02 13:00, by 3600 s"
        ]
    );
    assert_eq!(stands(&desk, 'b'), (PhaseName::Closed, Verdict::Breached));
}

#[test]
fn row_28_what_had_not_been_done_is_owed_again() {
    let mut desk = promised("");
    desk.at("02 10:00", &about("record_in_error", 'a', STRIKE_OUT));
    desk.at("02 11:00", &about("reinstate", 'a', BACK));
    assert_eq!(stands(&desk, 'b'), (PhaseName::Active, Verdict::Pending));
}

/// Struck out and reinstated twice, it is still fulfilled.
#[test]
fn row_28_the_fulfilment_comes_back_each_time() {
    let mut desk = promised("");
    desk.at("02 10:00", &about("fulfil", 'a', ""));
    desk.at("02 11:00", &about("record_in_error", 'a', STRIKE_OUT));
    desk.at("02 12:00", &about("reinstate", 'a', BACK));
    desk.at("02 13:00", &about("record_in_error", 'b', STRIKE_OUT));
    let said = desk.at("02 14:00", &about("reinstate", 'b', r#", "successor": "@c""#));
    assert_eq!(said[1], "02 14:00: promise c fulfilled 02 10:00");
}

/// Row 18a: the mail by which a ticket hears of him may have been sent before he was found absent.
#[test]
fn row_18a_a_mail_that_was_sent_before_he_was_found_absent_is_no_absence() {
    let mut desk = promised("");
    for step in [r#""asked""#, r#""reminded""#, r#""reminded""#, r#"{"warned": {"until": "2026-03-02T09:30:00Z"}}"#] {
        desk.at("02 09:10", &about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#)));
    }
    desk.at("02 10:00", &about("find_absent", 'a', ""));
    let mut late = Desk::with(r#"{ "agreements": [] }"#);
    (late.ticket, late.events) = (desk.ticket.clone(), desk.events.clone());
    assert_eq!(late.fetched("02 10:05", "02 10:00:00.000001", ASK).len(), 1, "sent after that it is his return");
    let said = desk.fetched("02 10:05", "02 09:59", ASK);
    assert_eq!(said[1], "02 10:05: promise a void: in time after all");
    assert_eq!(said[2], "02 10:05: successor of promise a due 02 12:00");
    assert_eq!(desk.at("02 10:06", ASK).len(), 1, "once");
}

/// On a ticket that is closed nothing new is owed, whatever comes in.
#[test]
fn nothing_is_taken_up_on_a_closed_ticket() {
    let mut desk = promised(r#", "condition": {"what": "logs", "limit": {"within": "1 hour"}}"#);
    desk.wake("02 11:00");
    desk.at("02 11:00", SOLVE);
    desk.at("02 11:00", CLOSE);
    let mut command = desk.command("02 11:10", &about("meet_condition", 'a', r#", "evidence": "m-2""#));
    command.happened =
        Some(owed::commitment::Happened { at: t("02 09:30"), stamp: owed::commitment::Stamp::Transport });
    assert_eq!(desk.handle(&command).expect_err("closed").why.code(), "ended");
}

/// Nothing was owed of it any more, so there is nothing to come back.
#[test]
fn row_28_what_the_customer_had_let_the_desk_off_is_not_reinstated() {
    let mut desk = promised("");
    desk.at("02 11:00", &about("release", 'a', r#", "evidence": "m-1""#));
    desk.at("02 11:10", &about("record_in_error", 'a', STRIKE_OUT));
    let why = desk.refused("02 11:20", &about("reinstate", 'a', BACK));
    assert_eq!(why, Refusal::Commitment(Why::OwedNoMore { commitment: promise_id('a') }));
}

/// Row 28: what had become of it before it was struck out, it has become again.
#[test]
fn row_28_what_was_waived_or_impossible_is_so_again_once_it_is_reinstated() {
    let shown = r#", "evidence": "m-1""#;
    let by_lead = r#", "reason": "storm", "authority": {"agent": "lea"}"#;
    for (order, more, late, before) in [
        ("waive", shown, true, "02 13:00"),
        ("write_off", by_lead, true, "02 13:00"),
        ("declare_impossible", r#", "notice": "m-1""#, false, "02 11:00"),
    ] {
        let mut desk = promised("");
        if late {
            desk.wake("02 12:30");
        }
        desk.at(before, &about(order, 'a', more));
        let closed = stands(&desk, 'a');
        assert_eq!(closed, (PhaseName::Closed, Verdict::Breached), "{order}");
        desk.at("02 14:00", &about("record_in_error", 'a', STRIKE_OUT));
        assert_eq!(stands(&desk, 'a').1, Verdict::Void, "{order}");
        let said = desk.at("02 15:00", &about("reinstate", 'a', BACK));
        assert_eq!(stands(&desk, 'b'), closed, "{order}: {said:?}");
        assert_eq!(desk.ticket.ledger().count().breached, 1, "{order}: one promise has one breach");
    }
}

/// What stood in for it fell away when it was struck out, so it is owed itself; what another had taken the place of is superseded again.
#[test]
fn row_28_what_was_superseded_is_owed_again_where_nothing_stands_in_for_it_any_more() {
    let mut desk = promised("");
    desk.wake("02 12:30");
    desk.at("02 13:00", &promise_with('c', r#"{"at": "2026-03-02T16:00:00Z"}"#, r#", "repairs": "@a""#));
    assert_eq!(stands(&desk, 'a'), (PhaseName::Closed, Verdict::Breached));
    desk.at("02 14:00", &about("record_in_error", 'a', STRIKE_OUT));
    assert_eq!(stands(&desk, 'c'), (PhaseName::Closed, Verdict::Void));
    desk.at("02 15:00", &about("reinstate", 'a', BACK));
    assert_eq!(stands(&desk, 'b'), (PhaseName::Overdue, Verdict::Breached));
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}
