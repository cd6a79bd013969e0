//! What turns out to have begun, and what does not: in hindsight, by a new edition, or after a word of the host's.

use super::put_right::{bounce, message, was};
use super::record::{VIP, dues, order};
use crate::desk::*;

/// News for whoever asks, which a tag lets begin again.
const NEWS: &str = r#""news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
    "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] }"#;

/// The same as one account.
fn account() -> String {
    NEWS.replace(r#""start""#, r#""cycles": "resume", "start""#)
}

pub fn with(metrics: &str, agreements: &str) -> Desk {
    Desk::with(&format!(r#"{{ "metrics": {{ {metrics} }}, "agreements": [{agreements}] }}"#))
}

const PENDING: &str = r#""pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;

const EDITED: &str = r#"{ "editions": [{}, { "from": "2026-03-02T10:00:00Z",
    "agreements": [{ "name": "sla", "targets": { "TARGET": "8 hours" } }] }] }"#;

const RESPONSES: &str =
    r#"[{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "4 hours" } }]"#;
pub const BY_TELEPHONE: &str = r#", "evidence": "call-7""#;

/// "Nothing moves until `Replan`": what a new edition owes begins with its next start. That a mail comes late starts nothing.
#[test]
fn what_a_new_edition_owes_does_not_begin_with_a_mail_that_was_fetched_late() {
    let mut desk = Desk::with(&EDITED.replace("TARGET", "periodic_update"));
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.fetched("02 11:00", "02 09:30", &message("third_party", "public", "m-1")).len(), 1);
    assert_eq!(desk.fetched("02 12:00", "02 11:30", &message("agent", "public", "m-2")).len(), 2);
}

/// Nor that something is put right.
#[test]
fn what_a_new_edition_owes_does_not_begin_with_an_answer_that_bounced() {
    let mut desk = Desk::with(&EDITED.replace("TARGET", "first_response"));
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", &message("agent", "public", "m-1"));
    assert_eq!(desk.at("02 12:00", &bounce("m-1")), ["02 12:00: m-1 bounced"]);
}

/// What is done on the telephone is done: each further question is owed an answer of its own, though no message has answered the first.
#[test]
fn whoever_is_answered_by_telephone_alone_is_owed_an_answer_to_each_further_question() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    for (asked, answered, due) in
        [("02 11:00", "02 12:00", "2026-03-02T15:00:00Z"), ("02 13:00", "02 14:00", "2026-03-02T17:00:00Z")]
    {
        desk.at(asked, ASK);
        assert_eq!(dues(&desk), [due]);
        desk.at(answered, &order(&desk, "fulfil", BY_TELEPHONE));
    }
}

/// "In the order recorded": whoever asks at the very instant at which he was answered has asked after that.
#[test]
fn what_is_asked_at_the_instant_of_an_answer_by_telephone_is_owed() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    desk.at("02 10:00", ASK);
    assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"]);
}

/// And whoever asked before that, at the same instant, was answered by it.
#[test]
fn what_was_asked_before_an_answer_by_telephone_is_owed_no_more_at_the_same_instant() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "8 hours" } },
            { "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", ASK);
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    desk.at("02 12:00", &priority("high"));
    assert!(dues(&desk).is_empty());
    // Also where it was filed as something else.
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("automation", "public", "m-1"));
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    desk.at("02 11:00", &was("m-1", "customer", "public"));
    assert!(dues(&desk).is_empty());
}

/// What waited while nothing was owed for it is owed since it was asked, as soon as the target applies.
#[test]
fn what_was_asked_after_an_answer_by_telephone_is_owed_once_its_target_applies() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "8 hours" } },
            { "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    desk.at("02 11:00", ASK);
    desk.at("02 12:00", &priority("high"));
    assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"]);
}

/// "The least of what was asked, the limit of one pause, the allowance": of a pause that is told of late, as of any.
#[test]
fn a_pause_is_bounded_since_it_began_however_late_its_clock_is_told_of() {
    let target =
        format!(r#"{{ "budget": "8 hours", "pausable": {{ "total": "8 hours", "once": "2 hours" }}, {PENDING} }}"#);
    let owing = |metric: &str| {
        let mut desk = with(NEWS, &format!(r#"{{ "name": "sla", "targets": {{ "{metric}": {target} }} }}"#));
        desk.at("02 09:00", OPEN);
        desk
    };
    // The question was fetched late, the first of all or a further one.
    for further in [false, true] {
        let mut desk = owing("news");
        if further {
            desk.at("02 09:10", &message("customer", "public", "m-1"));
            desk.at("02 09:20", &message("agent", "public", "m-2"));
        }
        desk.at("02 09:30", WAIT);
        desk.fetched("02 11:00", "02 10:00", &message("customer", "public", "m-3"));
        assert_eq!(desk.next().as_deref(), Some("02 12:00:00.000001 ResumeBy"), "further {further}");
    }
    // It was filed as something else.
    let mut desk = owing("news");
    desk.at("02 09:10", &message("customer", "public", "m-1"));
    desk.at("02 09:20", &message("agent", "public", "m-2"));
    desk.at("02 09:30", WAIT);
    desk.at("02 10:00", &message("automation", "public", "m-3"));
    desk.at("02 11:00", &was("m-3", "customer", "public"));
    assert_eq!(desk.next().as_deref(), Some("02 12:00:00.000001 ResumeBy"));
}

/// What has turned out to run has begun again with whatever came since, like anything that was known to.
#[test]
fn what_turns_out_to_run_has_begun_again_meanwhile() {
    for known in [true, false] {
        let mut desk = with(NEWS, r#"{ "name": "sla", "targets": { "news": "4 hours" } }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", &message("customer", "public", "m-1"));
        desk.at("02 09:20", &message("agent", "public", "m-2"));
        desk.at("02 10:00", &message(if known { "customer" } else { "automation" }, "public", "m-3"));
        desk.at("02 11:00", VIP);
        if !known {
            desk.at("02 12:00", &was("m-3", "customer", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"], "known {known}");
    }
}

/// "One account": what turns out to run goes on with what had run before.
#[test]
fn what_turns_out_to_run_goes_on_with_the_account() {
    for known in [true, false] {
        let mut desk = with(&account(), r#"{ "name": "sla", "targets": { "news": "4 hours" } }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "public", "m-2"));
        desk.at("02 12:00", &message(if known { "customer" } else { "automation" }, "public", "m-3"));
        if !known {
            desk.at("02 13:00", &was("m-3", "customer", "public"));
        }
        // An hour of the four had run.
        assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"], "known {known}");
    }
}

/// An account has run once, from its opening, also where its target applies only later.
#[test]
fn an_account_that_is_found_while_it_runs_has_run_once() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "requester_wait": "8 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    desk.at("02 11:00", &priority("high"));
    assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"]);
}

/// "What begins before is not measured by it": of an account an agreement counts what has run in its own time, and nothing that was over before that.
#[test]
fn an_account_counts_what_has_run_in_the_time_of_its_agreement() {
    for (asked, answered, due) in [
        ("02 09:00", "02 10:00", "2026-03-02T18:00:00Z"),
        ("02 09:00", "02 11:59:59.999999", "2026-03-02T18:00:00Z"),
        ("02 12:30", "02 13:30", "2026-03-02T17:00:00Z"),
    ] {
        let mut desk = with(
            &account(),
            r#"{ "name": "sla", "from": "2026-03-02T12:00:00Z", "when": { "priority": ["high"] }, "targets": { "news": "4 hours" } }"#,
        );
        desk.at("02 08:00", OPEN);
        desk.at(asked, &message("customer", "public", "m-1"));
        desk.at(answered, &message("agent", "public", "m-2"));
        desk.at("02 14:00", &message("customer", "public", "m-3"));
        desk.at("02 15:00", &priority("high"));
        assert_eq!(dues(&desk), [due], "{asked}");
    }
}

/// What began before the agreement's time and has begun again since counts from then on: it was not broken before that.
#[test]
fn what_has_begun_again_in_the_time_of_its_agreement_counts_from_then() {
    let mut desk = with(
        NEWS,
        r#"{ "name": "sla", "from": "2026-03-02T12:00:00Z", "when": { "priority": ["high"] }, "targets": { "news": "4 hours" } }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 13:30", VIP);
    desk.at("02 14:00", &priority("high"));
    assert_eq!(dues(&desk), ["2026-03-02T17:30:00Z"]);
}

/// A question without a reference is one all the same: it is owed where the one that was thought to be the only one was none.
#[test]
fn an_older_question_without_a_reference_is_owed_where_the_later_one_was_none() {
    let mut desk = with(NEWS, r#"{ "name": "sla", "targets": { "news": "8 hours" } }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:30", &message("customer", "public", "m-1"));
    desk.fetched("02 11:00", "02 10:00", ASK);
    desk.at("02 11:30", &was("m-1", "third_party", "public"));
    assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"]);
}

/// "Nothing moves until `Replan`": what was asked while an edition owed nothing for it is owed by the next one no more than it was where something else is
/// put right, whatever had been owed before.
#[test]
fn what_no_edition_has_owed_is_not_owed_where_something_else_is_put_right() {
    for left in [false, true] {
        let mut desk = Desk::with(
            r#"{ "editions": [
                { "agreements": [{ "name": "sla", "when": { "priority": ["high"] }, "targets": { "call_back": "4 hours" } }] },
                { "from": "2026-03-02T10:00:00Z", "agreements": [] },
                { "from": "2026-03-02T12:00:00Z", "agreements": [{ "name": "sla", "targets": { "call_back": "4 hours" } }] }] }"#,
        );
        let calls = |author: &str, reached: bool| {
            format!(r#"{{"room": "ticket", "type": "call", "author": "{author}", "reached": {reached}}}"#)
        };
        desk.at("02 09:00", &open_at("high"));
        desk.at("02 09:10", &calls("customer", false));
        if left {
            desk.at("02 09:15", &priority("low"));
        }
        desk.at("02 09:20", &calls("agent", true));
        desk.at("02 11:00", &calls("customer", false));
        desk.at("02 12:30", &message("agent", "internal", "n-1"));
        assert_eq!(desk.at("02 13:00", &was("n-1", "third_party", "internal")).len(), 1, "left {left}");
        assert!(dues(&desk).is_empty(), "left {left}");
    }
}

/// An update owes the next one: by the agreement whose time has come meanwhile, since the very instant at which the other's was given.
#[test]
fn what_turns_out_to_have_been_an_update_owes_the_next_by_the_agreement_of_its_time() {
    for known in [true, false] {
        let mut desk = Desk::with(
            r#"{ "corrections": { "window": "24 hours", "four_eyes": false }, "agreements": [
                { "name": "new", "from": "2026-03-02T10:00:00Z", "targets": { "periodic_update": "8 hours" } },
                { "name": "old", "targets": { "periodic_update": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 11:00", &message(if known { "agent" } else { "automation" }, "public", "m-1"));
        if !known {
            desk.at("02 12:00", &was("m-1", "agent", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T19:00:00Z"], "known {known}");
    }
}

/// "Happened at or after": what is owed again by a word of the host's is answered by what comes at that very instant, and owed once more where that bounces.
#[test]
fn what_is_answered_at_the_instant_at_which_it_was_owed_again_is_owed_where_that_bounces() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", &message("agent", "public", "m-1"));
    desk.at("02 10:00", &message("customer", "public", "m-2"));
    desk.at("02 10:30", &message("agent", "public", "m-3"));
    let answered = desk.ticket.ledger().all().max_by_key(|known| known.version).expect("it is known").id;
    desk.at(
        "02 11:00",
        &format!(
            r#"{{"room": "commitment", "type": "retract", "commitment": "{answered}", "reason": "bounced", "successor": "@x"}}"#
        ),
    );
    desk.at("02 11:00", &message("agent", "public", "m-4"));
    assert!(dues(&desk).is_empty());
    desk.at("02 12:00", &bounce("m-4"));
    assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"]);
}

/// What counts as the first response counts so for the next one too: by the agreement between the same two, also where it owes the ticket none.
#[test]
fn what_an_agreement_counts_as_a_first_response_comes_before_the_next() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] },
              "targets": { "first_response": { "budget": "4 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] } } },
            { "name": "desk", "kind": "ola", "owner": { "team": "desk" }, "targets": { "first_response": "8 hours" } },
            { "name": "base", "targets": { "next_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("low"));
    let waits = dues(&desk);
    desk.at("02 09:30", r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#);
    desk.at("02 10:00", ASK);
    assert_eq!(
        dues(&desk).into_iter().filter(|due| !waits.contains(due)).collect::<Vec<_>>(),
        ["2026-03-02T14:00:00Z"]
    );
}

/// What is on record is so once: whatever else turns out to have been an update, each later one is the one that it was.
#[test]
fn an_update_that_is_on_record_is_not_found_again() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "periodic_update": "2 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 12:30", &message("automation", "public", "m-1"));
    desk.at("02 13:30", &message("agent", "public", "m-2"));
    desk.at("02 15:00", &message("agent", "public", "m-3"));
    desk.at("02 16:00", &was("m-1", "agent", "public"));
    let since = |at: &str| desk.ticket.ledger().all().filter(|known| known.since == t(at)).count();
    assert_eq!(["02 12:30", "02 13:30", "02 15:00"].map(since), [1, 1, 1]);
}

/// What was broken, and overtaken by a solution, is on record: it is not owed anew where another question turns out to have waited for the same answer,
/// whoever is promised what by now.
#[test]
fn what_was_broken_and_overtaken_is_not_owed_anew_for_a_question_that_is_found_beside_it() {
    for asked in ["02 09:50", "02 10:00"] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] }, "binding": "promised", "targets": { "next_response": "8 hours" } },
                { "name": "base", "targets": { "next_response": "4 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:10", ANSWER);
        desk.at(asked, &message("customer", "internal", "n-1"));
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 15:00", SOLVE);
        desk.at("02 15:30", REOPEN);
        desk.at("02 16:00", &priority("high"));
        desk.at("02 17:00", &was("n-1", "customer", "public"));
        assert_eq!((desk.ticket.ledger().count().breached, dues(&desk).len()), (1, 0), "asked {asked}");
    }
}

/// A question that was answered before anybody knew of it was answered: whatever else is on record since the very instant of the answer.
#[test]
fn a_question_that_is_found_was_answered_whatever_began_with_the_answer() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 10:00", &message("automation", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "public", "m-2"));
    desk.at("02 11:00", &message("customer", "public", "m-3"));
    // It was none. That it was broken, nobody can take off the record by saying so.
    desk.at("02 15:30", &was("m-3", "third_party", "public"));
    assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"]);
    desk.at("02 16:00", &was("m-1", "customer", "public"));
    assert_eq!(desk.ticket.ledger().count().fulfilled, 1);
}

/// Of two answers the one that was fetched later had left before the second question, and answers only the first. The other bounces: the second question is owed.
#[test]
fn what_a_bounced_answer_had_answered_besides_is_owed_though_an_older_mail_has_answered_the_first() {
    for bounced in [false, true] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "q-1"));
        desk.at("02 10:45", &message("customer", "public", "q-2"));
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
        }
        desk.fetched("02 11:30", "02 10:30", &message("agent", "public", "m-3"));
        if bounced {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:45:00Z"], "bounced {bounced}");
    }
}

/// A mail that left before he wrote, and is fetched later, does not answer him: it was the first response, and what he asked since is the next.
#[test]
fn what_was_asked_after_a_first_response_that_is_fetched_later_is_owed() {
    for late in [false, true] {
        let mut desk = Desk::new(RESPONSES);
        desk.at("02 09:00", OPEN);
        if !late {
            desk.at("02 09:30", &message("agent", "public", "m-1"));
        }
        desk.at("02 10:00", &message("customer", "public", "q-1"));
        if late {
            desk.fetched("02 11:00", "02 09:30", &message("agent", "public", "m-1"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "late {late}");
    }
}

/// An account goes on with what had run, also where the answer was fetched late.
#[test]
fn an_account_goes_on_where_an_answer_was_fetched_late() {
    for late in [false, true] {
        let mut desk = with(&account(), r#"{ "name": "sla", "targets": { "news": "6 hours" } }"#);
        desk.at("02 08:00", OPEN);
        desk.at("02 09:00", &message("customer", "public", "m-1"));
        if !late {
            desk.at("02 12:00", &message("agent", "public", "m-2"));
        }
        desk.at("02 13:00", &message("customer", "public", "m-3"));
        if late {
            desk.fetched("02 13:30", "02 12:00", &message("agent", "public", "m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "late {late}");
    }
}

/// "Sums over reopenings": also where the matter was reopened while no target applied, and had none for an hour.
#[test]
fn an_account_goes_on_where_the_matter_was_reopened_while_no_target_applied() {
    for left in [false, true] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "requester_wait": "6 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("high"));
        desk.at("02 12:00", SOLVE);
        if left {
            desk.at("02 12:30", &priority("low"));
        }
        desk.at("02 13:00", REOPEN);
        if left {
            desk.at("02 14:00", &priority("high"));
        }
        // Three hours of the six had run.
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "left {left}");
    }
}

/// What was asked before the first response, at the very instant at which that was sent, came before it: nothing else is owed for it.
#[test]
fn what_was_asked_as_the_first_response_was_sent_is_answered_by_it() {
    let solved = r#""solved": { "after": "first_response", "deliverable": "fix", "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "status", "to": ["solved"] }] }"#;
    for (sent, owed) in [("02 10:00", 0), ("02 09:59", 1)] {
        let mut desk =
            with(solved, r#"{ "name": "sla", "targets": { "first_response": "8 hours", "solved": "4 hours" } }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message("customer", "public", "q-1"));
        desk.fetched("02 11:00", sent, &message("agent", "public", "m-1"));
        assert_eq!(dues(&desk).len(), owed, "{sent}");
    }
}

/// What has been answered by telephone is over with all that had let it begin again: the next question has run since it was asked.
#[test]
fn what_is_found_after_an_answer_by_telephone_has_run_since_it_was_asked() {
    let mut desk = with(NEWS, r#"{ "name": "sla", "targets": { "news": "4 hours" } }"#);
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:30", VIP);
    desk.at("02 10:00", &order(&desk, "fulfil", BY_TELEPHONE));
    desk.at("02 10:30", &message("third_party", "public", "m-2"));
    desk.at("02 12:00", &was("m-2", "customer", "public"));
    let owed = desk.ticket.ledger().open().next().expect("it is found");
    assert_eq!((owed.since, owed.due), (t("02 10:30"), t("02 14:30")));
}
