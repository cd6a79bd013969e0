//! What was asked between an answer and its being told is owed since it was asked, however the answer comes to be told.

use super::hindsight_of_beginnings::{ask, stands};
use super::put_right::message;
use super::record::{dues, order};
use crate::desk::*;

/// An agreement with these targets, under which the desk has opened a ticket at eight.
fn desk(more: &str, targets: &str) -> Desk {
    let mut desk =
        Desk::with(&format!(r#"{{ "agreements": [{{ "name": "sla"{more}, "targets": {{ {targets} }} }}] }}"#));
    desk.at("02 08:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#);
    desk
}

const BOTH: &str = r#""first_response": "8 hours", "next_response": "4 hours""#;
const NEXT: &str = r#""next_response": "4 hours""#;

fn answer() -> String {
    message("agent", "public", "m-1")
}

fn by_telephone(desk: &Desk) -> String {
    order(desk, "fulfil", r#", "evidence": "call-7""#)
}

/// A question and its answer are both fetched only after a later question, which is no first one any more: also where the agreement has no target for the first.
#[test]
fn what_was_asked_after_a_first_question_and_its_answer_is_owed_a_next_response() {
    for targets in [NEXT, BOTH] {
        for late in [false, true] {
            let mut desk = desk("", targets);
            let first = message("customer", "public", "q-0");
            if !late {
                desk.at("02 09:00", &first);
                desk.at("02 09:30", &answer());
            }
            ask(&mut desk, "02 10:00", "q-1");
            if late {
                desk.fetched("02 10:10", "02 09:00", &first);
                desk.fetched("02 10:20", "02 09:30", &answer());
            }
            ask(&mut desk, "02 10:30", "q-2");
            assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "{targets}, told late: {late}");
        }
    }
}

/// What is promised, a solution does not end; nor does it where the answer to what was asked before is told after the solution.
#[test]
fn what_was_asked_before_a_solution_is_owed_still_where_it_was_promised() {
    for (binding, owed) in [("goal", &[][..]), ("promised", &["2026-03-02T14:30:00Z"][..])] {
        for answered_before in [false, true] {
            for word in [false, true] {
                for late in [false, true] {
                    let mut desk = desk(&format!(r#", "binding": "{binding}""#), BOTH);
                    if answered_before {
                        ask(&mut desk, "02 08:10", "q-0");
                        desk.at("02 08:20", &message("agent", "public", "m-0"));
                    }
                    ask(&mut desk, "02 09:00", "q-1");
                    let told = if word { by_telephone(&desk) } else { answer() };
                    if !late {
                        desk.at("02 10:00", &told);
                    }
                    ask(&mut desk, "02 10:30", "q-2");
                    desk.at("02 10:40", SOLVE);
                    if late && binding == "promised" {
                        desk.fetched("02 10:50", "02 10:00", &told);
                    }
                    let case =
                        format!("{binding}, the first answered: {answered_before}, by word: {word}, late: {late}");
                    assert_eq!(dues(&desk), owed, "{case}");
                }
            }
        }
    }
}

/// A claim counts since it is made, and answers nothing that was asked after what it claims: be it a mail or the host's word, made before the deadline or after.
#[test]
fn what_was_asked_after_what_is_claimed_is_owed_whatever_the_claim_is_good_for() {
    for targets in [NEXT, BOTH] {
        for word in [false, true] {
            for told_at in ["02 10:50", "02 16:00", "02 18:30"] {
                let mut desk = desk("", targets);
                if targets == NEXT {
                    ask(&mut desk, "02 08:10", "q-0");
                    desk.at("02 08:20", &message("agent", "public", "m-0"));
                }
                ask(&mut desk, "02 09:00", "q-1");
                let told = if word { by_telephone(&desk) } else { answer() };
                ask(&mut desk, "02 10:30", "q-2");
                desk.claimed(told_at, "02 10:00", &told);
                let first_is_due = if targets == NEXT { "02 13:00" } else { "02 17:00" };
                let (first_broken, next_broken) = (told_at > first_is_due, told_at > "02 14:30");
                let broken = u64::from(first_broken) + u64::from(next_broken);
                let expected = (broken, u64::from(!first_broken), vec!["02T14:30:00Z".to_owned()]);
                assert_eq!(stands(&desk), expected, "{targets}, by word: {word}, told at {told_at}");
            }
        }
    }
}

/// On a ticket that goes on as part of another nothing begins, also by a metric that no status ends.
#[test]
fn what_was_asked_meanwhile_is_not_owed_on_a_ticket_that_goes_on_as_part_of_another() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "chased": { "deliverable": "fix",
                 "start": [{ "fact": "message", "author": ["customer"] }],
                 "stop": [{ "fact": "message", "author": ["agent"] }] } },
             "agreements": [{ "name": "sla", "targets": { "chased": "1 hour" } }] }"#,
    );
    desk.at("02 08:00", OPEN);
    ask(&mut desk, "02 09:00", "q-1");
    let word = by_telephone(&desk);
    ask(&mut desk, "02 09:30", "q-2");
    desk.swap();
    desk.at("02 10:10", OPEN);
    desk.swap();
    desk.merge("02 10:30");
    desk.fetched("02 11:00", "02 09:20", &word);
    assert_eq!(stands(&desk), (0, 1, Vec::new()));
}
