//! What stays as it was where a record is put right, and what is found there once.

use super::put_right::{bounce, message, was};
use super::record::{breached, correctable, dues, fulfilled, goal};
use crate::desk::*;

/// News for whoever writes, the customer or a supplier; a supplier's word is news as well.
fn news(corrections: &str, budget: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ {corrections} "metrics": {{ "news": {{ "deliverable": "update",
                "start": [{{ "fact": "message", "author": ["customer", "third_party"], "visibility": ["public"] }}],
                "stop": [{{ "fact": "message", "author": ["agent", "third_party"], "visibility": ["public"] }}] }} }},
            "agreements": [{{ "name": "sla", "targets": {{ "news": "{budget}" }} }}] }}"#
    ))
}

fn taken_back(commitment: owed::CommitmentId) -> String {
    format!(
        r#"{{"room": "commitment", "type": "retract", "commitment": "{commitment}", "reason": "bounced", "successor": "@x"}}"#
    )
}

/// A host has said of an answer that it was none, at the very instant at which it was sent. Whose message had asked for it says nothing about that.
#[test]
fn what_an_answer_was_not_it_is_not_whoever_had_asked() {
    let mut desk = news("", "4 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("third_party", "public", "m-1"));
    let owed = desk.ticket.ledger().open().next().expect("news is owed").id;
    desk.at("02 10:00", &message("agent", "public", "m-2"));
    desk.at("02 10:00", &taken_back(owed));
    assert_eq!(dues(&desk), ["2026-03-02T13:00:00Z"]);
    assert_eq!(desk.at("02 11:00", &was("m-1", "customer", "public")), ["02 11:00: m-1 was public of customer"]);
    assert_eq!(dues(&desk), ["2026-03-02T13:00:00Z"], "it is owed still");
}

/// "By another than the performer": nobody vouches for himself. And whoever says of a question whose it was has not vouched for the answer to it.
#[test]
fn whoever_says_who_had_asked_vouches_for_no_answer() {
    let mut desk = news(r#""corrections": { "window": "24 hours", "four_eyes": true },"#, "2 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
    desk.at("02 09:00", &message("third_party", "public", "m-1"));
    desk.at("02 10:00", &message("agent", "internal", "m-2"));
    desk.at("02 12:00", &message("agent", "public", "m-3"));
    desk.at("02 13:00", &was("m-2", "agent", "public"));
    assert_eq!(breached(&desk), 1, "she claims that she had answered in time");
    let mut another = desk.command("02 13:30", &was("m-1", "customer", "public"));
    another.by = serde_json::from_str(r#"{"agent": "bob"}"#).expect("an agent");
    assert_eq!(desk.handle(&another).expect("taken").len(), 1, "and he has said nothing about that");
    assert_eq!(breached(&desk), 1);
}

/// No rulebook lets anybody take a breach off the record, so it stays, and the solution has overtaken it: also where its message has come back.
#[test]
fn what_stays_on_record_was_overtaken_by_the_solution_whatever_its_message_was() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "30 minutes" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 12:30", &message("customer", "public", "m-1"));
    desk.at("02 13:30", &was("m-1", "agent", "public"));
    let said = desk.at("02 14:30", SOLVE);
    assert!(said.last().unwrap().ends_with("overtaken: next_response of sla: not needed any more"), "{said:?}");
    assert_eq!(desk.at("02 16:00", &bounce("m-1")), ["02 16:00: m-1 bounced"]);
}

/// What is on record is so once: also where a host has taken back the update before it, and one before that is found.
#[test]
fn a_round_is_not_found_again_behind_one_that_was_taken_back() {
    let mut desk = goal("periodic_update", r#""2 hours""#);
    desk.at("02 09:00", OPEN);
    let first = desk.ticket.ledger().open().next().expect("an update is owed").id;
    desk.at("02 09:30", &message("third_party", "public", "m-1"));
    desk.at("02 10:30", &message("agent", "public", "m-2"));
    desk.at("02 10:40", &taken_back(first));
    desk.at("02 13:00", SOLVE);
    desk.at("02 14:00", &was("m-1", "agent", "public"));
    let since = |at: &str| desk.ticket.ledger().all().filter(|known| known.since == t(at)).count();
    assert_eq!(["02 09:30", "02 10:30"].map(since), [1, 1]);
    assert_eq!(breached(&desk), 1, "no update has followed that of half past ten in time");
}

/// What was answered is over with all that had let it begin again: what he asks next has waited since then, also where the answer is found later.
#[test]
fn what_is_asked_after_an_answer_that_is_found_has_waited_since_then() {
    for known in [true, false] {
        let mut desk = correctable(
            r#""metrics": { "chased": { "deliverable": "update",
                    "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
                    "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                    "reset": [{ "fact": "message", "author": ["third_party"], "visibility": ["public"] }] } },
                "agreements": [{ "name": "sla", "targets": { "chased": "2 hours" } }]"#,
        );
        desk.at("02 08:00", OPEN);
        desk.at("02 09:00", &message("customer", "public", "m-1"));
        desk.at("02 09:30", &message("third_party", "public", "m-2"));
        desk.at("02 10:00", &message("agent", if known { "public" } else { "internal" }, "m-3"));
        desk.at("02 11:15", &message("customer", "public", "m-4"));
        if !known {
            desk.at("02 12:00", &was("m-3", "agent", "public"));
        }
        assert_eq!((fulfilled(&desk), breached(&desk)), (1, 0), "known {known}");
        assert_eq!(dues(&desk), ["2026-03-02T13:15:00Z"], "known {known}");
    }
}
