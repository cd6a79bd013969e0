//! What is told late to have been done is taken as if it had been told at once: each tale is told twice.

use super::hindsight_of_beginnings::{ask, stands};
use super::put_right::{bounce, message, was};
use super::record::{by_mail, dues, order};
use crate::desk::*;

const RESPONSES: &str =
    r#""agreements": [{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "4 hours" } }]"#;
const NEXT: &str = r#""agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#;
const BY_DESK: &str = r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#;
const CALL: &str = r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#;

fn opened(rules: &str, open: &str) -> Desk {
    let mut desk = Desk::with(&format!("{{ {rules} }}"));
    desk.at("02 09:00", open);
    desk
}

/// What is told, at a desk.
type What = fn(&Desk) -> String;

fn answer(reference: &str) -> String {
    message("agent", "public", reference)
}

/// The host's word that what is owed was done on the telephone.
fn by_telephone(desk: &Desk) -> String {
    order(desk, "fulfil", r#", "evidence": "call-7""#)
}

/// Opened at nine; something happens at half past, and is told then or fetched at eleven; and something comes between.
fn at_once_and_late(desk: impl Fn() -> Desk, what: impl Fn(&Desk) -> String, between: impl Fn(&mut Desk)) -> [Desk; 2] {
    [false, true].map(|late| {
        let mut desk = desk();
        let what = what(&desk);
        if !late {
            desk.at("02 09:30", &what);
        }
        between(&mut desk);
        if late {
            desk.fetched("02 11:00", "02 09:30", &what);
        }
        desk
    })
}

/// A mail, a call that reaches the customer, or the host's word: what is asked after it is owed a further answer.
#[test]
fn what_was_asked_after_a_first_response_that_is_told_later_is_owed_since_then() {
    let also = r#"{ "budget": "8 hours", "also": [{ "fact": "call", "author": ["agent"], "reached": true }] }"#;
    let calls = RESPONSES.replace(r#""8 hours""#, also);
    let ways: [(&str, &str, What); 3] = [
        ("a mail", RESPONSES, |_| answer("m-1")),
        ("a call", &calls, |_| CALL.to_owned()),
        ("word", RESPONSES, by_telephone),
    ];
    for (way, rules, what) in ways {
        let desks = at_once_and_late(
            || opened(rules, OPEN),
            what,
            |desk| {
                ask(desk, "02 10:00", "q-1");
                ask(desk, "02 10:20", "q-2");
            },
        );
        assert_eq!(desks.map(|desk| dues(&desk)), [["2026-03-02T14:00:00Z"]; 2], "{way}");
    }
}

/// And goes on as it would have: where the oldest question was none, where an older mail has answered it, where that bounces.
#[test]
fn what_was_asked_after_a_first_response_that_is_told_later_goes_on_as_it_would_have() {
    let asked = |desk: &mut Desk| {
        for (at, reference) in [("02 10:00", "q-1"), ("02 10:20", "q-2"), ("02 10:40", "q-3")] {
            ask(desk, at, reference);
        }
    };
    for mut desk in at_once_and_late(|| opened(RESPONSES, OPEN), |_| answer("m-1"), asked) {
        by_mail(&mut desk, "02 11:10", &was("q-1", "third_party", "public"));
        assert_eq!(dues(&desk), ["2026-03-02T14:20:00Z"]);
        desk.fetched("02 11:20", "02 10:30", &answer("m-2"));
        assert_eq!(dues(&desk), ["2026-03-02T14:40:00Z"]);
        by_mail(&mut desk, "02 11:30", &bounce("m-2"));
        assert_eq!(dues(&desk), ["2026-03-02T14:20:00Z"]);
        by_mail(&mut desk, "02 11:40", &bounce("m-1"));
        assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"], "nothing has answered at all");
    }
}

/// What was asked before it was answered by it, also where that is filed rightly only later; and what was asked after it was not.
#[test]
fn what_was_asked_before_a_first_response_by_word_that_is_told_later_is_owed_no_more() {
    for filed in [false, true] {
        let asked = |desk: &mut Desk, at: &str, reference: &str| {
            desk.at(at, &message(if filed { "third_party" } else { "customer" }, "public", reference));
        };
        for (at, owed) in [("02 09:20", vec![]), ("02 10:00", vec!["2026-03-02T14:00:00Z"])] {
            let mut desk = opened(RESPONSES, OPEN);
            asked(&mut desk, at, "q-1");
            let word = by_telephone(&desk);
            desk.fetched("02 11:00", "02 09:30", &word);
            if filed {
                by_mail(&mut desk, "02 11:10", &was("q-1", "customer", "public"));
            }
            assert_eq!(dues(&desk), owed, "asked at {at}, filed rightly later: {filed}");
        }
    }
}

/// What the desk sends before anything is asked is no first response, whenever it is told.
#[test]
fn what_was_sent_before_anything_was_owed_is_no_first_response() {
    for again in [false, true] {
        let desks =
            at_once_and_late(|| opened(RESPONSES, BY_DESK), |_| answer("m-1"), |desk| ask(desk, "02 10:00", "q-1"));
        for mut desk in desks {
            if again {
                ask(&mut desk, "02 11:10", "q-2");
            }
            assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "asked again: {again}");
        }
    }
}

/// By the host's word, or by a mail. What is said of another message, or asked since, changes nothing.
#[test]
fn what_was_asked_after_a_next_response_that_is_told_later_is_owed_since_then() {
    let ways: [What; 2] = [by_telephone, |_| answer("m-2")];
    for what in ways {
        let asked = || {
            let mut desk = Desk::with(&format!("{{ {NEXT} }}"));
            desk.at("02 08:00", OPEN);
            desk.at("02 08:30", ANSWER);
            desk.at("02 08:50", &message("third_party", "public", "n-1"));
            ask(&mut desk, "02 09:00", "q-1");
            desk
        };
        let desks = at_once_and_late(asked, what, |desk| ask(desk, "02 10:00", "q-2"));
        for mut desk in desks {
            assert_eq!(dues(&desk), ["2026-03-02T12:00:00Z"]);
            by_mail(&mut desk, "02 11:10", &was("n-1", "automation", "public"));
            ask(&mut desk, "02 11:20", "q-3");
            assert_eq!(
                dues(&desk),
                ["2026-03-02T12:00:00Z"],
                "what is said of another message, or asked since, changes nothing"
            );
        }
    }
}

/// "A status holds from when it is taken in, however early somebody dates it": what was asked by then was solved.
#[test]
fn a_solution_that_is_dated_earlier_ends_a_first_response_when_it_is_taken_in() {
    let told = r#""metrics": { "told": { "after": "first_response", "deliverable": "fix",
        "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "call", "author": ["agent"] }] } }"#;
    let targets = RESPONSES.replace("next_response", "told");
    for dated in [false, true] {
        let mut desk = opened(&format!("{told}, {targets}"), OPEN);
        ask(&mut desk, "02 10:00", "q-1");
        match dated {
            true => desk.fetched("02 11:00", "02 09:30", SOLVE),
            false => desk.at("02 11:00", SOLVE),
        };
        assert_eq!(stands(&desk), (0, 0, Vec::new()), "dated {dated}");
    }
}

/// So it is where a solution is a first response, and what comes after that begins with whatever the status is.
#[test]
fn what_comes_after_a_solution_that_is_dated_earlier_begins_with_that() {
    let rules = r#""metrics": { "held": { "after": "first_response", "deliverable": "update",
            "start": [{ "fact": "status" }], "stop": [{ "fact": "call", "author": ["agent"] }] } },
        "agreements": [{ "name": "sla", "targets": { "held": "4 hours",
            "first_response": { "budget": "8 hours", "also": [{ "fact": "status", "to": ["solved"] }] } } }]"#;
    for dated in [false, true] {
        let mut desk = opened(rules, OPEN);
        desk.at("02 10:00", r#"{"room": "ticket", "type": "set_status", "status": "pending"}"#);
        match dated {
            true => desk.fetched("02 11:00", "02 09:30", SOLVE),
            false => desk.at("02 11:00", SOLVE),
        };
        assert_eq!(stands(&desk), (0, 1, vec!["02T15:00:00Z".to_owned()]), "dated {dated}");
    }
}

/// One metric comes after another, which comes after the first response; the target of the second may apply or not.
#[test]
fn what_comes_after_what_comes_after_a_first_response_that_is_told_later_begins() {
    let metrics = r#""metrics": {
        "second": { "after": "first_response", "deliverable": "update",
            "start": [{ "fact": "message", "author": ["customer"] }],
            "stop": [{ "fact": "message", "author": ["agent"] }] },
        "third": { "after": "second", "deliverable": "fix",
            "start": [{ "fact": "message", "author": ["customer"] }],
            "stop": [{ "fact": "call", "author": ["agent"] }] } }"#;
    for second in [r#""second": "20 hours", "#, ""] {
        let targets = format!(r#""first_response": "8 hours", {second}"third": "4 hours""#);
        let rules = format!(r#"{metrics}, "agreements": [{{ "name": "sla", "targets": {{ {targets} }} }}]"#);
        let desks = at_once_and_late(|| opened(&rules, OPEN), |_| answer("m-1"), |desk| ask(desk, "02 10:00", "q-1"));
        let stood = desks.map(|mut desk| {
            desk.at("02 11:30", &answer("m-2"));
            ask(&mut desk, "02 12:00", "q-2");
            stands(&desk)
        });
        assert_eq!(stood[0], stood[1], "{second}");
        assert!(stood[0].2.contains(&"02T16:00:00Z".to_owned()), "{second}: {stood:?}");
    }
}

/// By two agreements, promised, in working time, with pauses; where the priority and the status change meanwhile.
#[test]
fn what_was_asked_after_a_first_response_that_is_told_later_is_owed_in_any_world() {
    let base = r#"{ "name": "base", "targets": { "first_response": "9 hours", "next_response": "5 hours" } }"#;
    let gold = |targets: &str| {
        format!(r#"{{ "name": "gold", "when": {{ "priority": ["high"] }}, "targets": {{ {targets} }} }}"#)
    };
    let (both, next) = (r#""first_response": "8 hours", "next_response": "4 hours""#, r#""next_response": "4 hours""#);
    let pausable = r#"{ "budget": "4 hours", "pausable": { "total": "8 hours" },
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#;
    let office = r#""calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "#.to_owned();
    for rules in [
        format!(r#""agreements": [{}, {base}]"#, gold(both)),
        format!(r#""agreements": [{}, {base}]"#, gold(next)),
        format!(r#""agreements": [{}]"#, gold(next)),
        RESPONSES.replace(r#""targets""#, r#""binding": "promised", "targets""#),
        office + &RESPONSES.replace(" hours", " working hours"),
        RESPONSES.replace(r#""4 hours""#, pausable),
    ] {
        for pending in [false, true] {
            let between = |desk: &mut Desk| {
                ask(desk, "02 10:00", "q-1");
                if pending {
                    desk.at("02 10:10", WAIT);
                }
                desk.at("02 10:30", &priority("high"));
            };
            let desks = at_once_and_late(|| opened(&rules, &open_at("low")), |_| answer("m-1"), between);
            let stood = desks.map(|mut desk| {
                if pending {
                    desk.at("02 11:10", GO_ON);
                }
                desk.wake("02 11:20");
                stands(&desk)
            });
            assert_eq!(stood[0], stood[1], "{rules}, pending {pending}");
            assert_eq!(stood[0].2.len(), 1, "{rules}, pending {pending}");
        }
    }
}

/// What the other ticket brings along had been asked after that, too.
#[test]
fn what_was_asked_on_a_ticket_that_was_merged_is_owed_after_a_first_response_that_is_told_later() {
    let merged = |desk: &mut Desk| {
        desk.swap();
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", &answer("m-0"));
        ask(desk, "02 10:00", "q-1");
        ask(desk, "02 10:05", "q-2");
        desk.merge("02 10:30");
        desk.swap();
    };
    let desks = at_once_and_late(|| opened(RESPONSES, OPEN), |_| answer("m-1"), merged);
    assert_eq!(desks.map(|desk| dues(&desk)), [["2026-03-02T14:00:00Z"]; 2]);
}

/// Two older mails are fetched beside the answer to three questions, and come back one after the other.
#[test]
fn of_three_questions_the_oldest_is_owed_that_nothing_has_answered() {
    for first in ["", r#""first_response": "20 hours", "#] {
        let mut desk = opened(
            &format!(r#""agreements": [{{ "name": "sla", "targets": {{ {first}"next_response": "4 hours" }} }}]"#),
            OPEN,
        );
        desk.at("02 09:10", ANSWER);
        for (at, reference) in [("02 10:00", "q-1"), ("02 10:20", "q-2"), ("02 10:40", "q-3")] {
            ask(&mut desk, at, reference);
        }
        desk.at("02 11:00", &answer("m-2"));
        desk.fetched("02 11:30", "02 10:10", &answer("m-3"));
        desk.fetched("02 11:40", "02 10:30", &answer("m-4"));
        for (at, reference, due) in [
            ("02 12:00", "m-2", "2026-03-02T14:40:00Z"),
            ("02 12:10", "m-3", "2026-03-02T14:40:00Z"),
            ("02 12:20", "m-4", "2026-03-02T14:00:00Z"),
        ] {
            by_mail(&mut desk, at, &bounce(reference));
            assert_eq!(dues(&desk), [due], "{first}{reference}");
        }
    }
}

/// Each as it comes, or both after what was asked last; the later one last. What has run of an account is what has run.
#[test]
fn an_account_whose_answers_are_told_later_has_run_as_long_as_it_would_have() {
    let rules = r#""metrics": { "news": { "deliverable": "update", "cycles": "resume",
            "start": [{ "fact": "message", "author": ["customer"] }],
            "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
        "agreements": [{ "name": "sla", "targets": { "news": "9 hours" } }]"#;
    for late in ["no", "each", "both"] {
        let mut desk = Desk::with(&format!("{{ {rules} }}"));
        desk.at("02 08:00", OPEN);
        ask(&mut desk, "02 09:00", "q-1");
        if late == "no" {
            desk.at("02 10:00", &answer("m-2"));
        }
        ask(&mut desk, "02 11:00", "q-3");
        match late {
            "each" => desk.fetched("02 11:30", "02 10:00", &answer("m-2")),
            "no" => desk.at("02 13:00", &answer("m-4")),
            _ => Vec::new(),
        };
        ask(&mut desk, "02 14:00", "q-5");
        if late == "both" {
            desk.fetched("02 14:20", "02 10:00", &answer("m-2"));
        }
        if late != "no" {
            desk.fetched("02 14:30", "02 13:00", &answer("m-4"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"], "late: {late}");
    }
}

/// An account goes on whenever its target comes to apply: it has run as long as the matter was open.
#[test]
fn an_account_that_was_reopened_twice_while_no_target_applied_has_run_as_long() {
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
        desk.at("02 14:00", SOLVE);
        desk.at("02 15:00", REOPEN);
        if left {
            desk.at("02 16:00", &priority("high"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"], "left {left}");
    }
}
