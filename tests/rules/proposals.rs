//! Terms that were told: what becomes of them, and of what waits for the customer's part.

use owed::commitment::{Happened, PhaseName, Refusal as Why, Stamp, Verdict};
use owed::{Recorded, Refusal};

use crate::desk::*;

const CONDITION: &str = r#", "condition": {"what": "logs", "limit": {"within": "2 hours"}}"#;
const ACCEPT: &str = r#", "successor": "@b", "evidence": "m-6""#;
const SHOWN: &str = r#", "evidence": "m-2""#;

fn promised(more: &str) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, more));
    desk
}

fn propose(due: &str, more: &str) -> String {
    about("propose", 'a', &format!(r#", "due": {due}, "told": "m-5"{more}"#))
}

fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

fn stands(desk: &Desk, name: char) -> (PhaseName, Verdict) {
    let known = desk.ticket.ledger().get(promise_id(name)).expect("made");
    (known.phase.name(), known.verdict())
}

#[test]
fn row_17_what_waits_for_the_customers_part_goes_on_waiting_by_the_same_limit() {
    let mut desk = promised(CONDITION);
    let said = desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, ""));
    assert_eq!(said, ["02 09:30: promise a proposed 02 16:00"], "at the latest: five hours from the limit");
    let said = desk.at("02 10:00", &about("accept", 'a', ACCEPT));
    assert_eq!(
        said,
        [
            "02 10:00: promise a void: now promise b",
            "02 10:00: promise b on condition until 02 11:00, due at the latest 02 16:00"
        ]
    );
    let said = desk.at("02 10:30", &about("meet_condition", 'b', SHOWN));
    assert_eq!(said, ["02 10:30: promise b condition met 02 10:30, due 02 15:30"]);
}

/// SEMANTICS says neither whether the reasons of before go on (row 12a is of promises that are made) nor whose allowance counts. He was
/// told a date while the clock stood, and accepted that.
#[test]
fn row_17_what_he_accepts_while_the_clock_of_a_target_stands_runs_to_the_date_that_he_was_told() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "2 hours" },
            "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    let said = desk.at("02 10:00", WAIT);
    assert_eq!(said[1], "02 10:00: first_resolution 1 paused (customer), 7 hours left, until 02 12:00");
    let propose = r#"{"room": "commitment", "type": "propose", "commitment": "@first_resolution 1", "due": {"at": "2026-03-03T12:00:00Z"}, "told": "m-5"}"#;
    desk.at("02 10:30", propose);
    let accept = r#"{"room": "commitment", "type": "accept", "commitment": "@first_resolution 1", "successor": "@b", "evidence": "m-6"}"#;
    let said = desk.at("02 11:00", accept);
    assert_eq!(said[1], "02 11:00: promise b due 03 12:00", "still pending, and it runs");
    assert_eq!(desk.at("02 11:30", GO_ON), ["02 11:30: open"], "there is nothing that could go on");
    let said = desk.at("03 08:00", WAIT);
    assert_eq!(said[1], "03 08:00: promise b paused (customer), 4 hours left, until 03 10:00", "two hours, as agreed");
    let said = desk.at("03 09:00", GO_ON);
    assert_eq!(said[1], "03 09:00: promise b resumed (customer), due 03 13:00");
}

#[test]
fn row_17_and_lapses_by_it() {
    let mut desk = promised(CONDITION);
    desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, ""));
    desk.at("02 10:00", &about("accept", 'a', ACCEPT));
    assert_eq!(desk.wake("02 12:00"), ["02 11:00 by time: promise b lapsed"]);
}

#[test]
fn row_17_unless_the_proposal_says_that_he_need_not_do_his_part() {
    let mut desk = promised(CONDITION);
    let said = desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, r#", "outright": true"#));
    assert_eq!(said, ["02 09:30: promise a proposed 02 14:30"], "from when it is said");
    let said = desk.at("02 10:00", &about("accept", 'a', ACCEPT));
    assert_eq!(said[1], "02 10:00: promise b due 02 14:30");
    assert_eq!(stands(&desk, 'b'), (PhaseName::Active, Verdict::Pending));
}

#[test]
fn row_17_what_he_does_before_he_accepts_counts_for_what_he_accepts() {
    let mut desk = promised(CONDITION);
    desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, ""));
    desk.at("02 10:30", &about("meet_condition", 'a', SHOWN));
    let said = desk.at("02 11:00", &about("accept", 'a', ACCEPT));
    assert_eq!(said[1], "02 11:00: promise b due 02 15:30", "five hours from his part");
}

#[test]
fn row_17a_and_for_what_takes_the_place_of_a_breach() {
    let mut desk = promised(CONDITION);
    desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, ""));
    desk.at("02 10:30", &about("meet_condition", 'a', SHOWN));
    let said = desk.wake("02 18:00");
    assert_eq!(said[0], "02 13:30 by time: promise a breached, due 02 13:30");
    assert_eq!(said[1], "02 13:30 by time: successor of promise a due 02 15:30");
}

#[test]
fn row_16_his_part_however_late_must_not_come_too_late_for_the_new_terms() {
    let mut desk = promised(CONDITION);
    let at_the_limit = because(desk.refused("02 09:30", &propose(r#"{"at": "2026-03-02T11:00:00Z"}"#, "")));
    assert_eq!(at_the_limit, Why::DueNotAfter { due: t("02 11:00"), made: t("02 11:00") });
    desk.at("02 09:30", &propose(r#"{"at": "2026-03-02T11:00:00.000001Z"}"#, ""));
}

/// An earlier release's proposals said nothing of it: what they make goes on waiting only where that was told.
#[test]
fn a_proposal_of_an_earlier_release_is_accepted_as_it_was_told() {
    let mut desk = promised(CONDITION);
    let mut stored = desk.events.clone();
    desk.at("02 09:30", &propose(r#"{"within": "5 hours"}"#, r#", "outright": true"#));
    let written = serde_json::to_string(desk.events.last().expect("proposed")).expect("written");
    assert!(!written.contains("limit") && !written.contains("outright"), "{written}");
    let read: Recorded = serde_json::from_str(&written).expect("read");
    stored.push(read);
    assert_eq!(owed::Ticket::replay(ticket_id(), &stored), desk.ticket);
}

const LATER: &str = r#"{"at": "2026-03-02T17:00:00Z"}"#;

#[test]
fn row_17_what_he_declines_is_proposed_no_more_and_the_clock_has_run_on() {
    let mut desk = promised("");
    desk.at("02 10:00", &propose(LATER, ""));
    assert_eq!(desk.at("02 11:00", &about("decline", 'a', SHOWN)), ["02 11:00: promise a proposal declined"]);
    assert_eq!(desk.next().expect("a wake"), "02 12:00:00.000001 Due");
    let declined = Why::Declined { commitment: promise_id('a'), declined: t("02 11:00") };
    assert_eq!(because(desk.refused("02 11:10", &about("accept", 'a', ACCEPT))), declined);
    assert_eq!(because(desk.refused("02 11:10", &about("decline", 'a', SHOWN))), declined);
    desk.at("02 11:20", &propose(LATER, ""));
    assert_eq!(desk.at("02 11:30", &about("accept", 'a', ACCEPT)).len(), 2, "another proposal is another question");
}

#[test]
fn row_17a_what_he_declined_is_no_repair_and_what_is_broken_is_owed_as_it_was() {
    let mut desk = promised("");
    desk.at("02 10:00", &propose(LATER, ""));
    desk.at("02 11:00", &about("decline", 'a', SHOWN));
    assert_eq!(desk.wake("02 18:00"), ["02 12:00 by time: promise a breached, due 02 12:00"]);
    assert_eq!(stands(&desk, 'a'), (PhaseName::Overdue, Verdict::Breached));
}

#[test]
fn row_17_only_the_one_who_is_owed_declines_and_only_what_was_told_by_then() {
    let mut desk = promised("");
    let nothing = Why::NoProposal { commitment: promise_id('a') };
    assert_eq!(because(desk.refused("02 09:30", &about("decline", 'a', SHOWN))), nothing);
    desk.at("02 10:00", &propose(LATER, ""));
    let mut another = desk.command("02 11:00", &about("decline", 'a', SHOWN));
    another.by = serde_json::from_str(r#"{"customer": "c-2"}"#).expect("a customer");
    let why = because(desk.handle(&another).expect_err("another's").why);
    assert!(matches!(why, Why::NotTheBeneficiary { .. }), "{why}");
    for order in [about("decline", 'a', SHOWN), about("accept", 'a', ACCEPT)] {
        let mut before = desk.command("02 11:00", &order);
        before.happened = Some(Happened { at: t("02 09:59:59"), stamp: Stamp::Transport });
        assert_eq!(because(desk.handle(&before).expect_err("sent before it was told").why), nothing);
    }
}

/// Row 17a, in the mail race: his no was sent before the breach and comes in after it, when what he said no to has taken the place of
/// what was broken. He is not held to it: what is broken is owed as it was.
#[test]
fn row_17a_a_no_that_was_in_time_takes_back_what_stands_in_for_the_breach() {
    let mut desk = promised("");
    desk.at("02 10:00", &propose(LATER, ""));
    desk.wake("02 12:30");
    assert_eq!(desk.ticket.ledger().open().count(), 1);
    let said = desk.fetched("02 13:00", "02 11:55", &about("decline", 'a', SHOWN));
    assert_eq!(
        said,
        [
            "02 13:00: promise a void: in time after all",
            "02 13:00: successor of promise a void: promise a corrected",
            "02 13:00: successor of promise a due 02 12:00",
            "02 13:00: successor of promise a breached, due 02 12:00, born late",
        ]
    );
    let count = desk.ticket.ledger().count();
    assert_eq!((count.breached, count.pending), (1, 0), "one promise, one breach: {count}");
    let owed = desk.ticket.ledger().open().next().expect("owed as it was");
    assert_eq!(owed.phase.name(), PhaseName::Overdue);
}

/// What he says no to only after the breach has taken its place by then, and stays.
#[test]
fn row_17a_a_no_that_came_too_late_leaves_what_stands_in_for_the_breach() {
    let mut desk = promised("");
    desk.at("02 10:00", &propose(LATER, ""));
    desk.wake("02 12:30");
    let mut no = desk.command("02 13:00", &about("decline", 'a', SHOWN));
    no.happened = Some(Happened { at: t("02 12:05"), stamp: Stamp::Transport });
    let why = because(desk.handle(&no).expect_err("too late").why);
    assert!(matches!(why, Why::AlreadyClosed { .. }), "{why}");
    assert_eq!(desk.next().expect("a wake"), "02 17:00:00.000001 Due");
}

/// Where what was told has been kept meanwhile, a no changes nothing more.
#[test]
fn row_17a_a_no_to_what_has_been_kept_meanwhile_is_refused() {
    let mut desk = promised("");
    desk.at("02 10:00", &propose(LATER, ""));
    desk.wake("02 12:30");
    let repair = desk.ticket.ledger().open().next().expect("it stands in").id;
    desk.at("02 12:40", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{repair}"}}"#));
    let mut no = desk.command("02 13:00", &about("decline", 'a', SHOWN));
    no.happened = Some(Happened { at: t("02 11:55"), stamp: Stamp::Transport });
    let why = because(desk.handle(&no).expect_err("it was kept").why);
    assert_eq!(why, Why::AlreadyRepaired { commitment: promise_id('a'), by: repair });
}
