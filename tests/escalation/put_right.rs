//! What is put right, and what new rules say, of what has been: a cause counts since it has been there, and nobody hears of it twice.

use crate::desk::*;

fn ladders(ladders: &str) -> Desk {
    let mut desk = Desk::with(&format!(r#"{{ "agreements": [], "ladders": [{ladders}] }}"#));
    desk.at("02 09:00", OPEN);
    desk
}

fn message(author: &str, message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "{message}"}}"#)
}

fn bounce(message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "bounce", "message": "{message}"}}"#)
}

fn spam(message: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "reclassify", "message": "{message}", "author": "customer", "class": "spam"}}"#
    )
}

const UNANSWERED: &str = r#"{ "name": "unanswered", "rungs": [{ "notify": "lead", "wait": "100 hours" }],
    "causes": [{ "on": { "fact": "message", "author": ["customer"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }] }"#;

fn tells(said: &[String]) -> Vec<&String> {
    said.iter().filter(|line| line.contains(" tells ")).collect()
}

/// He has been waiting since he wrote, and not since the desk found out.
#[test]
fn what_a_bounced_answer_had_ended_counts_since_it_was_there() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", ASK);
    desk.at("02 10:00", &message("agent", "m-7"));
    let said = desk.at("02 10:01", &bounce("m-7"));
    assert!(said.last().unwrap().ends_with("until 02 13:10"), "{said:?}");
    let said = desk.wake("02 13:11");
    assert_eq!(tells(&said).len(), 1, "{said:?}");
}

#[test]
fn what_has_lasted_by_then_is_heard_of_at_once() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", ASK);
    desk.at("02 10:00", &message("agent", "m-7"));
    let said = desk.at("02 16:00", &bounce("m-7"));
    assert!(said.last().unwrap().contains("tells lead #1 (rung 1 round 0 lapse 0), planned 02 16:00"), "{said:?}");
}

/// The first message was none, so what the second asks has to last from then on.
#[test]
fn what_began_with_spam_begins_with_what_came_after_it() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", &message("customer", "m-1"));
    desk.at("02 12:00", &message("customer", "m-2"));
    desk.at("02 12:30", &spam("m-1"));
    assert_eq!(desk.next().as_deref(), Some("02 16:00:00.000001 Rung"));
    assert_eq!(desk.ticket.escalations().all().count(), 1, "it is the same escalation");
    desk.at("02 12:40", &spam("m-2"));
    assert_eq!(desk.next(), None, "nobody has asked anything");
}

/// What somebody has heard of is not told again because it began later than was thought.
#[test]
fn what_was_heard_of_is_not_begun_again() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", &message("customer", "m-1"));
    desk.at("02 12:00", &message("customer", "m-2"));
    desk.wake("02 13:30");
    assert_eq!(desk.at("02 13:40", &spam("m-1")).len(), 1, "no more than that it was spam");
}

/// Who said why nobody need hear of it is not overruled by a correction that changes nothing in that.
#[test]
fn what_somebody_has_closed_is_not_begun_again() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", &message("customer", "m-1"));
    desk.at("02 12:00", &message("customer", "m-2"));
    let close = r#"{"room": "escalation", "type": "de_escalate", "escalation": "^unanswered", "justification": "he calls at six"}"#;
    desk.at("02 12:10", close);
    desk.at("02 12:30", &spam("m-1"));
    assert_eq!(desk.ticket.escalations().live().count(), 0);
}

const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;

fn later(causes: &str) -> Desk {
    let ladder = |name: &str, causes: &str| {
        format!(
            r#"{{ "name": "{name}", "causes": [{causes}], "rungs": [{{ "notify": "lead", "wait": "100 hours" }}] }}"#
        )
    };
    let first = ladder("w", r#"{"while": {"priority": ["9"]}}"#);
    let second = ladder("w", causes);
    Desk::with(&format!(
        r#"{{ "editions": [{{ "agreements": [], "ladders": [{first}] }}, {{ "from": "2026-03-02T10:00:00Z", "agreements": [], "ladders": [{second}] }}] }}"#
    ))
}

/// DESIGN 3.8: "nothing moves until `Replan`". Then a ladder that was rewritten hears of what holds, like a new one.
#[test]
fn a_rewritten_ladder_hears_of_what_holds_when_the_rules_are_applied() {
    let mut desk = later(r#"{"while": {"priority": ["1"]}, "after": "3 hours"}"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    desk.at("02 10:05", ASK);
    assert_eq!(desk.next(), None, "nothing moves by itself");
    let said = desk.at("02 10:10", REPLAN);
    assert!(said.last().unwrap().ends_with("until 02 12:00"), "it has held since nine: {said:?}");
}

/// What somebody's action has ended is not there, though the condition holds.
#[test]
fn new_rules_know_what_has_been_done_meanwhile() {
    let mut desk = later(
        r#"{ "while": { "status": ["new", "open"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    let said = desk.at("02 10:10", REPLAN);
    assert!(said.last().unwrap().ends_with("until 02 13:30"), "{said:?}");
}

#[test]
fn what_new_rules_tell_of_is_told_once() {
    let mut desk = later(r#"{"while": {"priority": ["1"]}}"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    desk.at("02 10:10", REPLAN);
    desk.at(
        "02 10:20",
        r#"{"room": "escalation", "type": "de_escalate", "escalation": "^w", "justification": "known"}"#,
    );
    assert_eq!(desk.at("02 10:30", REPLAN).len(), 1, "somebody has said that nobody need hear of it");
}
