//! One breach owes one explanation, whatever turns out to have been no answer to it.

use crate::desk::*;
use crate::hindsight::fulfil_the_last;
use crate::put_right::{bounce, message, was};

fn explained() -> Desk {
    Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 working hours",
            "breach_owes": { "deliverable": "explanation", "within": "8 working hours" } } } }]"#,
    )
}

fn explanations(desk: &Desk) -> Vec<String> {
    let of = |owed: &&owed::commitment::Commitment| owed.deliverable == owed::commitment::Deliverable::Explanation;
    let due = |owed: &owed::commitment::Commitment| owed.due.to_string();
    desk.ticket.ledger().open().filter(of).map(due).collect()
}

/// One breach owes one explanation, by one deadline, however often its answer turns out to be none.
#[test]
fn a_late_answer_that_was_none_owes_the_explanation_that_was_owed() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.at("03 10:00", &message("agent", "public", "m-2"));
    desk.at("03 12:00", &was("m-2", "agent", "internal"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    assert_eq!(desk.ticket.ledger().open().count(), 2, "the reply, and one explanation");
}

/// What has been explained needs no second explanation.
#[test]
fn a_late_answer_that_was_none_is_not_explained_twice() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.at("02 14:30", &fulfil_the_last(&desk));
    assert_eq!(explanations(&desk).len(), 0);
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk).len(), 0);
}

/// An explanation that is itself broken stays owed, and is the only one; if the breach was none, it falls away.
#[test]
fn a_broken_explanation_is_the_only_one() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    desk.wake("04 09:00");
    desk.at("04 10:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-03T13:00:00Z"]);
    desk.fetched("04 11:00", "02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(explanations(&desk).len(), 0, "{}", desk.ticket.ledger().count());
}

/// The explanation that is owed still is owed as it was promised last, by whoever has it.
#[test]
fn a_late_answer_that_was_none_leaves_the_explanation_as_it_was_promised() {
    let mut desk = explained();
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &message("agent", "public", "m-1"));
    let first = desk.ticket.ledger().open().next().expect("an explanation").id;
    let better = r#""due": {"at": "2026-03-02T18:00:00Z"}"#;
    desk.at("02 14:20", &format!(r#"{{"room": "commitment", "type": "amend", "commitment": "{first}", {better}}}"#));
    let taken = r#""owner": {"team": "second"}"#;
    desk.at("02 14:30", &format!(r#"{{"room": "commitment", "type": "hand_over", "commitment": "{first}", {taken}}}"#));
    desk.at("02 15:00", &bounce("m-1"));
    assert_eq!(explanations(&desk), ["2026-03-02T18:00:00Z"]);
    assert!(desk.ticket.ledger().open().any(|owed| owed.owner.team.as_str() == "second"));
}

/// An explanation that had fallen away with its breach, and was struck out after that, is owed when the breach is one after all.
#[test]
fn what_was_struck_out_after_it_had_fallen_away_is_owed_for_the_breach_after_all() {
    let mut desk = Desk::with(
        r#"{ "corrections": { "window": "24 hours", "four_eyes": false }, "agreements": [{ "name": "sla", "targets": { "first_response": {
            "budget": "4 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.wake("02 14:00");
    let explanation = desk.ticket.ledger().open().last().expect("an explanation").id;
    desk.fetched("02 15:00", "02 10:00", &message("agent", "public", "m-1"));
    let reason = r#""reason": "spam", "evidence": "m-2""#;
    desk.at(
        "02 15:30",
        &format!(r#"{{"room": "commitment", "type": "record_in_error", "commitment": "{explanation}", {reason}}}"#),
    );
    assert_eq!(explanations(&desk).len(), 0);
    desk.at("02 16:00", &bounce("m-1"));
    assert_eq!(explanations(&desk).len(), 1);
}
