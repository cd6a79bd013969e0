//! What the laws have found, mended: the shortest story for each, and the rule that it broke.

use owed::Command;
use owed::commitment::{Happened, PhaseName, Stamp, Verdict};

use crate::desk::*;

const PAUSABLE: &str = r#", "pausable": {"total": "40 hours"}"#;
const WAIT_FOR_LOGS: &str = r#", "reason": "logs", "told": "m-1""#;
const CORRECTIONS: &str = r#"{ "corrections": {"window": "168 hours"}, "agreements": [] }"#;

fn desk() -> Desk {
    let mut desk = Desk::with(CORRECTIONS);
    desk.at("02 09:00", OPEN);
    desk
}

fn suggest(name: char, review_by: &str, due: &str, more: &str) -> String {
    let promise = promise_with(name, due, more).replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    format!(r#"{{"room": "commitment", "type": "suggest", "review_by": "{review_by}", "promise": {promise}}}"#)
}

fn stands(desk: &Desk, name: char) -> (PhaseName, Verdict) {
    let known = desk.ticket.ledger().get(promise_id(name)).expect("made");
    (known.phase.name(), known.verdict())
}

fn owes(desk: &Desk) -> usize {
    desk.ticket.ledger().open().count()
}

/// Gives an order that may be refused.
fn is_taken(desk: &mut Desk, at: &str, order: &str) -> bool {
    let command = desk.command(at, order);
    desk.handle(&command).is_ok()
}

/// Row 21 is "promise again". What was only found in a message is no promise yet, and yet it closes the broken one: dismissed, it
/// leaves nobody who owes anything, and the customer has agreed to nothing. Law 6.
#[test]
fn a_suggestion_does_not_stand_in_for_what_is_broken() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let repair = suggest('b', "2026-03-02T12:00:00Z", r#"{"within": "3 hours"}"#, r#", "repairs": "@a""#);
    if is_taken(&mut desk, "02 11:00", &repair) {
        let dismiss = about("dismiss", 'b', r#", "reason": "irony""#);
        desk.at("02 11:30", &dismiss);
    }
    assert!(owes(&desk) > 0, "the broken one is still owed");
}

/// Row 7 lets the desk withdraw what waits for a condition. Put in the place of a broken promise (row 21), that is a way out of
/// what it owes: the desk may cancel. Law 6.
#[test]
fn a_broken_promise_cannot_be_withdrawn_by_way_of_a_condition() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let condition = r#", "repairs": "@a", "condition": {"what": "logs", "limit": {"within": "48 hours"}}"#;
    let repair = promise_with('b', r#"{"within": "3 hours"}"#, condition);
    if is_taken(&mut desk, "02 11:00", &repair) {
        let withdraw = about("withdraw", 'b', r#", "notice": "m-1""#);
        desk.at("02 11:30", &withdraw);
    }
    assert!(owes(&desk) > 0, "the broken one is still owed");
}

/// Row 27a: "a successor with the same due". While it stood it had no due, but what was left (B 4): an hour and a half. What the
/// successor gets is the due from before the pause, which its own account does not come to.
#[test]
fn what_is_taken_back_has_what_was_left_of_it() {
    let mut desk = desk();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "2 hours"}"#, PAUSABLE));
    desk.at("02 09:30", &about("pause", 'a', WAIT_FOR_LOGS));
    desk.at("02 15:00", &about("fulfil", 'a', ""));
    let said = desk.at("02 15:30", &about("retract", 'a', r#", "reason": "bounced", "successor": "@b""#));
    assert_eq!(said[1], "02 15:30: promise b due 02 16:30", "an hour and a half from when it went on");
    assert_eq!(said.len(), 2, "and it is not late: {said:?}");
}

/// The same for row 28: struck out while it stood, and reinstated, it is late at once by the due of before its pause.
#[test]
fn what_is_reinstated_has_what_was_left_of_it() {
    let mut desk = desk();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "2 hours"}"#, PAUSABLE));
    desk.at("02 09:30", &about("pause", 'a', WAIT_FOR_LOGS));
    desk.at("02 15:00", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    let said = desk.at("02 15:30", &about("reinstate", 'a', r#", "successor": "@b""#));
    assert_eq!(said.len(), 1, "it is not late: {said:?}");
}

/// Law 1, and DESIGN 3.5: every timer goes off a microsecond after its instant, and after the end of time there is none. A budget
/// is cut short for that; a review for ever is not, and so it is pending without a wake.
#[test]
fn a_review_until_the_end_of_time_has_a_wake() {
    let mut desk = desk();
    let order = suggest('a', "9999-12-31T23:59:59.999999Z", r#"{"within": "1 hour"}"#, "");
    if is_taken(&mut desk, "02 09:00", &order) {
        assert!(desk.ticket.next_wake().is_some());
    }
}

/// The same for a deadline, and for a condition's limit.
#[test]
fn a_deadline_at_the_end_of_time_has_a_wake() {
    let mut desk = desk();
    let order = promise('a', r#"{"at": "9999-12-31T23:59:59.999999Z"}"#);
    if is_taken(&mut desk, "02 09:00", &order) {
        assert!(desk.ticket.next_wake().is_some());
    }
    let limit = r#", "condition": {"what": "logs", "limit": {"at": "9999-12-31T23:59:59.999999Z"}}"#;
    let order = promise_with('b', r#"{"within": "1 hour"}"#, limit);
    let mut desk = self::desk();
    if is_taken(&mut desk, "02 09:00", &order) {
        assert!(desk.ticket.next_wake().is_some());
    }
}

/// Row 9 is for what is active, paused or overdue. What is closed takes nothing more (row 29), not even an attempt on record.
#[test]
fn nothing_is_tried_of_what_is_closed() {
    let mut desk = desk();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "2 hours"}"#, r#", "opens_at": "2026-03-02T10:00:00Z""#));
    desk.at("02 12:00", &about("fulfil", 'a', ""));
    let mut command = desk.command("02 12:30", &about("fulfil", 'a', ""));
    command.happened = serde_json::from_str(r#"{"at": "2026-03-02T09:30:00Z", "stamp": "transport"}"#).ok();
    assert!(desk.handle(&command).is_err(), "AlreadyClosed");
}

/// Row 9 again: what waits for a review or for the customer's part takes no attempt (it is refused as such), and so no fulfilment
/// before its slot either.
#[test]
fn nothing_is_tried_of_what_does_not_run() {
    let mut desk = desk();
    let slot = r#", "opens_at": "2026-03-02T10:00:00Z""#;
    desk.at("02 09:00", &suggest('a', "2026-03-02T12:00:00Z", r#"{"within": "2 hours"}"#, slot));
    desk.refused("02 09:10", &about("attempt", 'a', r#", "outcome": "not_reached""#));
    assert!(!is_taken(&mut desk, "02 09:30", &about("fulfil", 'a', "")), "WrongPhase");
}

/// Row 15: "not worse for the customer". A deadline before the slot opens can be kept by nobody: what is done before the slot does
/// not count, what is done in it is late. Making such a promise is refused (`OpensAfterDue`); amending to it is not.
#[test]
fn nothing_is_amended_to_what_nobody_can_keep() {
    let mut desk = desk();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    desk.refused("02 09:10", &about("amend", 'a', r#", "due": {"at": "2026-03-02T10:00:00Z"}"#));
}

/// Row 16 and 17 have the same hole: what is accepted has a slot that opens after its deadline.
#[test]
fn nothing_is_proposed_that_nobody_can_keep() {
    let mut desk = desk();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    desk.refused("02 09:10", &about("propose", 'a', r#", "due": {"at": "2026-03-02T10:00:00Z"}, "told": "m-1""#));
}

/// Chains: at most one that is owed. A repair that was struck out in error comes back beside the one that took its place.
#[test]
fn a_breach_has_one_repair_at_a_time() {
    let mut desk = desk();
    let repair = |name| promise_with(name, r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 11:00", &repair('b'));
    desk.at("02 11:10", &about("record_in_error", 'b', r#", "reason": "spam", "evidence": "m-4""#));
    desk.at("02 11:20", &repair('c'));
    is_taken(&mut desk, "02 11:30", &about("reinstate", 'b', r#", "successor": "@d""#));
    assert_eq!(owes(&desk), 1, "two stand in for one");
}

/// The same with a retraction: a breach was repaired and the repair kept; it is repaired once more, and then the first repair is
/// taken back.
#[test]
fn a_breach_has_one_repair_at_a_time_also_when_one_is_taken_back() {
    let mut desk = desk();
    let repair = |name| promise_with(name, r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 11:00", &repair('b'));
    desk.at("02 11:10", &about("fulfil", 'b', ""));
    is_taken(&mut desk, "02 11:20", &repair('c'));
    is_taken(&mut desk, "02 11:30", &about("retract", 'b', r#", "reason": "bounced", "successor": "@d""#));
    assert_eq!(owes(&desk), 1, "two stand in for one");
}

/// Row 27: open repairs of what was kept after all are void. One that comes back when its original has been corrected is such a one.
#[test]
fn a_repair_of_what_was_kept_does_not_come_back() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 11:00", &promise_with('b', r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#));
    desk.at("02 11:10", &about("fulfil", 'b', ""));
    desk.fetched("02 11:20", "02 09:50", &about("fulfil", 'a', ""));
    assert_eq!(stands(&desk, 'a').1, Verdict::Fulfilled);
    is_taken(&mut desk, "02 11:30", &about("retract", 'b', r#", "reason": "bounced", "successor": "@c""#));
    assert_eq!(owes(&desk), 0, "what it repairs was kept");
}

/// Row 27 once more: a repair that was renegotiated is still what stands in for the breach. It loses its link, so the correction
/// does not find it, and it stays owed for a breach that was none.
#[test]
fn a_renegotiated_repair_falls_away_with_the_correction() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 11:00", &promise_with('b', r#"{"within": "6 hours"}"#, r#", "repairs": "@a""#));
    desk.at("02 11:10", &about("propose", 'b', r#", "due": {"within": "9 hours"}, "told": "m-5""#));
    desk.at("02 11:15", &about("accept", 'b', r#", "successor": "@c", "evidence": "m-6""#));
    desk.fetched("02 11:20", "02 09:50", &about("fulfil", 'a', ""));
    assert_eq!(owes(&desk), 0, "what it repairs was kept");
}

/// The same for what a breach owes: taken back and owed anew, it is not found by the correction of the breach.
#[test]
fn amends_that_were_taken_back_fall_away_with_the_correction() {
    let mut desk = desk();
    let owes_one = r#", "breach_owes": {"deliverable": "explanation", "within": "24 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, owes_one));
    desk.wake("02 10:30");
    let explanation = promise_id('a').derived("explanation");
    desk.at("02 11:00", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{explanation}"}}"#));
    let retract = r#", "reason": "bounced", "successor": "@c"}"#;
    desk.at(
        "02 11:10",
        &format!(r#"{{"room": "commitment", "type": "retract", "commitment": "{explanation}"{retract}"#),
    );
    desk.fetched("02 11:20", "02 09:50", &about("fulfil", 'a', ""));
    let left: Vec<_> = desk.ticket.ledger().open().map(|owed| owed.id).collect();
    assert_eq!(left, [], "what it is owed for was kept");
}

/// Rows 19a and 19b: declared impossible, "an explanation is owed". Where its breach owes something else by its terms, none is.
#[test]
fn what_cannot_be_done_owes_an_explanation_whatever_else_it_owes() {
    let mut desk = desk();
    let owes_one = r#", "breach_owes": {"deliverable": "compensation", "within": "24 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, owes_one));
    desk.at("02 09:30", &about("declare_impossible", 'a', r#", "notice": "m-1""#));
    let owed: Vec<String> = desk.ticket.ledger().open().map(|owed| owed.deliverable.to_string()).collect();
    assert!(owed.contains(&"explanation".to_owned()), "{owed:?}");
}

/// B 6: what is closed is frozen. What is taken back or struck out later has not run on since: it says here "3 hours".
#[test]
fn what_is_closed_runs_no_more() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.at("02 10:00", &about("release", 'a', r#", "evidence": "m-1""#));
    desk.at("02 12:00", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    let known = desk.ticket.ledger().get(promise_id('a')).expect("made");
    assert_eq!(known.used(None, t("02 12:00")).to_string(), "1 hour");
}

/// DESIGN 3.8: where elapsed time stands in for a calendar, the event says so. What goes on with such a one has the same deadline, in
/// elapsed time, and does not say it.
#[test]
fn a_successor_says_that_elapsed_time_stands_in() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": {}, "shifts": { "2026-04-01": ["09:00-09:15"] } } },
             "calendar": "office", "corrections": {"window": "168 hours"},
             "agreements": [{ "name": "sla", "targets": { "first_resolution": "4 working hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let goal = desk.ticket.ledger().open().next().expect("owed").id;
    let order = |order: &str, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{goal}"{more}}}"#)
    };
    desk.at("02 10:00", &order("record_in_error", r#", "reason": "spam", "evidence": "m-4""#));
    let said = desk.at("02 10:00", &order("reinstate", r#", "successor": "@b""#));
    assert_eq!(said, ["02 10:00: promise b due 02 13:00, OutOfReach"]);
}

/// Row 28, undone: what was struck out in error comes back. Not where worse terms had been told before it was broken: what took its
/// place then, and was void with it, counts as what goes on with it (`AlreadyRenewed`).
#[test]
fn what_was_struck_out_with_its_stand_in_can_be_reinstated() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 09:10", &about("propose", 'a', r#", "due": {"within": "9 hours"}, "told": "m-5""#));
    desk.wake("02 10:30");
    desk.at("02 11:00", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    assert_eq!(owes(&desk), 0);
    desk.at("02 11:10", &about("reinstate", 'a', r#", "successor": "@b""#));
}

/// DESIGN 3.8: only a reaction falls back to elapsed time; what a person orders is refused. Proposing working time where there is no
/// calendar is, and amending what waits for its condition is; amending what runs is taken, an hour of working time for one on the wall.
#[test]
fn nothing_is_amended_to_what_no_calendar_counts() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.refused("02 09:10", &about("propose", 'a', r#", "due": {"within": "1 working hour"}, "told": "m-1""#));
    desk.refused("02 09:10", &about("amend", 'a', r#", "due": {"within": "1 working hour"}"#));
}

/// Row 26: the reference to where it was said is gone with what it points to; those to what was shown or told later stay.
#[test]
fn every_reference_can_be_redacted() {
    let mut desk = desk();
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.at("02 10:00", &about("release", 'a', r#", "evidence": "m-1""#));
    desk.at("02 11:00", &about("redact", 'a', r#", "reference": "m-1""#));
    let known = format!("{:?}", desk.ticket.ledger().get(promise_id('a')).expect("made"));
    assert!(!known.contains("m-1"), "{known}");
}

/// Row 27 and the rule behind it: what is owed for a breach that was none is not owed. Of two that follow from each other only the
/// first falls away; the explanation for not explaining what needed no explanation stays.
#[test]
fn what_is_owed_for_what_was_owed_falls_away_too() {
    let mut desk = desk();
    let owes_two = r#", "breach_owes": {"deliverable": "explanation", "within": "1 hour", "depth": 2}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, owes_two));
    desk.wake("02 11:30");
    desk.fetched("02 11:30", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(owes(&desk), 0, "all of it was owed for a breach that was none");
}

/// Row 27: where four eyes are asked for, another than the performer vouches. Who let it break hands it over, and vouches for himself.
#[test]
fn nobody_vouches_for_himself_by_handing_over() {
    let mut desk = Desk::with(r#"{ "corrections": {"window": "24 hours", "four_eyes": true}, "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    desk.at("02 10:40", &about("hand_over", 'a', r#", "owner": {"team": "desk", "agent": "bo"}"#));
    desk.claimed("02 11:00", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(stands(&desk, 'a').1, Verdict::Breached, "it was Ada's when it broke, and Ada says so");
}

/// What the ticket is reopened for is owed because of that, and not because of a breach long before, which turns out to have been none.
#[test]
fn what_is_reopened_does_not_fall_away_with_an_old_breach() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_resolution": { "budget": "4 hours", "cycles": "resume" } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    let first = desk.ticket.ledger().open().next().expect("a cycle").id;
    let told = r#""due": {"at": "2026-03-02T15:00:00Z"}, "told": "m-2""#;
    desk.at("02 12:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{first}", {told}}}"#));
    desk.at("02 13:30", SOLVE);
    desk.at("02 14:00", r#"{"room": "ticket", "type": "reopen"}"#);
    assert_eq!(owes(&desk), 1);
    let done = format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{first}", "evidence": "m-1"}}"#);
    let said = desk.fetched("02 14:30", "02 12:30", &done);
    assert_eq!((said.len(), owes(&desk)), (1, 1), "{said:?}");
}

/// What had been owed for a breach that was none is not owed again because the customer had accepted other terms for it.
#[test]
fn what_was_owed_for_no_breach_is_not_owed_by_accepted_terms() {
    let mut desk = Desk::with(CORRECTIONS);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "4 hours"}"#));
    desk.at("02 13:30", &about("declare_impossible", 'a', r#", "notice": "m-1""#));
    let owed = desk.ticket.ledger().open().next().expect("an explanation").id;
    let told = r#""due": {"at": "2026-03-05T18:00:00Z"}, "told": "m-2""#;
    desk.at("02 14:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{owed}", {told}}}"#));
    desk.wake("04 09:00");
    desk.fetched("04 10:00", "02 12:00", &about("fulfil", 'a', r#", "evidence": "m-3""#));
    assert_eq!(owes(&desk), 0);
    let accept = format!(
        r#"{{"room": "commitment", "type": "accept", "commitment": "{owed}", "successor": "@b", "evidence": "m-4"}}"#
    );
    let command = desk.command("04 11:00", &accept);
    let happened = Some(Happened { at: t("03 09:00"), stamp: Stamp::Transport });
    let refused = desk.handle(&Command { happened, ..command });
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(owes(&desk), 0);
}

/// The same where other terms stood in for the breach, and others yet in their place.
#[test]
fn terms_in_the_place_of_what_was_kept_are_not_owed_by_being_accepted() {
    let mut desk = Desk::with(CORRECTIONS);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "4 hours"}"#));
    desk.at("02 09:30", &about("propose", 'a', r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-1""#));
    desk.wake("02 14:00");
    let first = desk.ticket.ledger().open().next().expect("the terms that he was told").id;
    let told = r#""due": {"at": "2026-03-02T23:00:00Z"}, "told": "m-2""#;
    desk.at("02 17:00", &format!(r#"{{"room": "commitment", "type": "propose", "commitment": "{first}", {told}}}"#));
    desk.wake("02 19:00");
    desk.fetched("02 19:30", "02 12:00", &about("fulfil", 'a', r#", "evidence": "m-3""#));
    assert_eq!(owes(&desk), 0);
    let accept = format!(
        r#"{{"room": "commitment", "type": "accept", "commitment": "{first}", "successor": "@b", "evidence": "m-4"}}"#
    );
    let command = desk.command("02 20:00", &accept);
    let happened = Some(Happened { at: t("02 17:30"), stamp: Stamp::Transport });
    let refused = desk.handle(&Command { happened, ..command });
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(owes(&desk), 0);
}

/// Where a host has let a clock stand for a reason that the next agreement knows as well, it goes on standing for that, once.
#[test]
fn a_host_s_pause_and_the_next_agreement_s_of_one_name_are_one() {
    let mut desk = Desk::new(
        r#"[{ "name": "high", "when": { "priority": ["1"] }, "targets": { "first_response": { "budget": "9 hours", "pausable": { "total": "40 hours" } } } },
            { "name": "low", "targets": { "first_response": { "budget": "9 hours", "pausable": { "total": "40 hours" },
                "pause": [{ "reason": "logs", "when": { "priority": ["3"] } }] } } }]"#,
    );
    desk.at("02 09:00", &open_at("1"));
    let reply = desk.ticket.ledger().open().next().expect("a cycle").id;
    desk.at(
        "02 10:00",
        &format!(r#"{{"room": "commitment", "type": "pause", "commitment": "{reply}"{WAIT_FOR_LOGS}}}"#),
    );
    let said = desk.at("02 11:00", &priority("3"));
    assert!(said.last().is_some_and(|line| line.contains("paused")), "{said:?}");
    assert_eq!(said.iter().filter(|line| line.contains("logs")).count(), 1, "{said:?}");
}
