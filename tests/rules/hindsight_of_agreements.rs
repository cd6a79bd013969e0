//! What is found in hindsight where the ticket has come under another agreement or priority since, has been given on, or has begun again.

use crate::desk::*;
use crate::hindsight::responses;
use crate::hindsight_of_beginnings::ask;
use crate::put_right::{bounce, message, was};
use crate::record::*;

/// Four hours for a ticket of high priority, and nothing for any other.
const GOLD: &str =
    r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "4 hours" } }]"#;

/// The same, and eight hours for every other.
const GOLD_AND_BASE: &str = r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "4 hours" } },
    { "name": "base", "targets": { "next_response": "8 hours" } }]"#;

/// A ticket of this priority, answered once, on which the customer asks again at 10:00.
fn asked(agreements: &str, at: &str) -> Desk {
    let mut desk = Desk::new(agreements);
    desk.at("02 09:00", &open_at(at));
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk
}

const PRIORITIES: &str = r#"[{ "name": "sla", "on_priority_change": "MODE",
    "targets": { "next_response": { "budget": { "high": "1 hour", "low": "8 hours", "otherwise": "4 hours" } } } }]"#;

/// An answer bounced, and then the ticket comes under another agreement; or leaves its own and comes back.
#[test]
fn what_bounced_is_owed_under_the_next_agreement() {
    for bounced in [false, true] {
        let mut desk = asked(GOLD_AND_BASE, "high");
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
            desk.at("02 11:30", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"]);
        let said = desk.at("02 12:00", &priority("low"));
        assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "{bounced}: {said:?}");
    }
}

#[test]
fn what_bounced_is_owed_by_what_was_left_when_the_ticket_comes_back() {
    for bounced in [false, true] {
        let mut desk = asked(GOLD, "high");
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
            desk.at("02 11:30", &bounce("m-2"));
        }
        desk.at("02 12:00", &priority("low"));
        let said = desk.at("02 14:00", &priority("high"));
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{bounced}: {said:?}");
    }
}

/// Answered before the agreement applied, and that was none.
#[test]
fn what_was_answered_before_the_agreement_applied_is_owed_where_that_bounces() {
    for answered in [false, true] {
        let mut desk = asked(GOLD, "low");
        if answered {
            desk.at("02 10:30", &message("agent", "public", "m-2"));
        }
        desk.at("02 11:00", &priority("high"));
        if answered {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(open(&desk), 1, "{answered}");
    }
}

/// Two agreements, by priority.
#[test]
fn what_bounced_under_another_agreement_is_owed() {
    let mut desk = asked(GOLD_AND_BASE, "high");
    desk.at("02 11:00", &message("agent", "public", "m-2"));
    desk.at("02 12:00", &priority("low"));
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(open(&desk), 1, "{said:?}");
}

/// Of two agreements the first that has a target counts.
#[test]
fn what_bounced_goes_by_the_agreement_that_counts_now() {
    for bounced in [false, true] {
        let mut desk = asked(GOLD_AND_BASE, "low");
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
        }
        desk.at("02 12:00", &priority("high"));
        let said = if bounced { desk.at("02 13:00", &bounce("m-2")) } else { Vec::new() };
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "{bounced}: {said:?}");
    }
}

/// Taken up by the next agreement.
#[test]
fn what_another_agreement_has_taken_up_is_owed_where_its_answer_bounces() {
    let mut desk = asked(GOLD_AND_BASE, "high");
    desk.at("02 11:00", &priority("low"));
    let before = dues(&desk);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(dues(&desk), before, "{said:?}");
}

/// Back in the agreement, a new cycle.
#[test]
fn what_began_again_with_the_agreement_is_owed_where_its_answer_bounces() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "on_return": "new_cycle", "targets": { "next_response": "4 hours" } }]"#,
    );
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &priority("low"));
    desk.at("02 12:00", &priority("high"));
    assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"]);
    desk.at("02 13:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 14:00", &bounce("m-2"));
    assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{said:?}");
}

/// The ticket leaves its agreement, and comes back to what was left.
#[test]
fn what_is_put_right_of_an_older_cycle_changes_nothing_of_what_was_left() {
    for put_right in [false, true] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "4 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 10:30", &message("agent", "internal", "n-1"));
        desk.at("02 11:00", &message("agent", "public", "m-2"));
        desk.at("02 12:00", &message("customer", "public", "m-3"));
        if put_right {
            desk.at("02 12:30", &was("n-1", "agent", "public"));
        }
        desk.at("02 13:00", &priority("high"));
        let said = desk.at("02 17:00", &priority("low"));
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"], "{put_right}: {said:?}");
    }
}

/// Had the answer never been one, the clock had begun again at 12:00 with an hour, and was broken at 13:00. It does not begin again at the correction.
#[test]
fn a_clock_does_not_begin_again_with_the_correction() {
    let mut desk = Desk::new(&PRIORITIES.replace("MODE", "restart"));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "public", "m-2"));
    desk.at("02 12:00", &priority("high"));
    let said = desk.at("02 15:00", &bounce("m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

/// Broken before the ticket left the agreement, and owed until it is done.
#[test]
fn what_would_have_been_broken_before_the_ticket_left_is_owed_still() {
    for bounced in [false, true] {
        let mut desk = asked(GOLD, "high");
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
        }
        desk.at("02 14:30", &priority("low"));
        let said = if bounced { desk.at("02 15:00", &bounce("m-2")) } else { desk.wake("02 15:00") };
        assert_eq!((breached(&desk), open(&desk)), (1, 1), "{bounced}: {said:?}");
    }
}

/// Who has the ticket answers for what is owed again.
#[test]
fn what_is_owed_again_is_owed_by_whoever_has_it() {
    for bounced in [false, true] {
        let mut desk = responses(r#""4 hours""#);
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
        }
        desk.at("02 12:00", r#"{"room": "ticket", "type": "assign", "to": {"team": "second", "agent": "bo"}}"#);
        if bounced {
            desk.at("02 13:00", &bounce("m-2"));
        }
        let owner = desk.ticket.ledger().open().next().unwrap().owner.clone();
        assert_eq!(owner.team.as_str(), "second", "{bounced}");
    }
}

/// A reset after a late answer.
#[test]
fn what_was_broken_does_not_begin_again() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "4 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 15:00", &message("agent", "public", "m-2"));
    assert_eq!(breached(&desk), 1);
    desk.at("02 15:30", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
    let said = desk.at("02 16:00", &bounce("m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

/// A reset when nothing ran, after the deadline.
#[test]
fn what_would_have_been_broken_did_not_begin_again() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "4 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("agent", "public", "m-2"));
    desk.at("02 14:30", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
    let said = desk.at("02 15:00", &bounce("m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

/// What had begun again with a message that came back, and was broken by then, is owed where its answer comes back, too.
#[test]
fn what_had_begun_again_is_owed_where_its_answer_bounces() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                "reset": [{ "fact": "message", "author": ["third_party"] }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
             "agreements": [{ "name": "sla", "targets": { "news": "4 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 12:00", &message("third_party", "public", "r-1"));
    desk.wake("02 16:10");
    assert_eq!((breached(&desk), open(&desk)), (1, 1));
    desk.at("02 16:30", &was("r-1", "automation", "public"));
    desk.at("02 17:00", &message("agent", "public", "m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 0));
    let said = desk.at("02 18:00", &bounce("m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

const TWO_YEARS: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }, "agreements": [
    { "name": "old", "until": "2026-03-02T12:00:00Z", "targets": { "next_response": "4 hours" } },
    { "name": "new", "from": "2026-03-02T12:00:00Z", "targets": { "next_response": "4 hours" } }]"#;

fn two_years() -> Desk {
    let mut desk = Desk::with(&format!("{{ {TWO_YEARS} }}"));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk
}

/// A question under the new agreement is owed, also where a note turns out to have answered the one under the old.
#[test]
fn a_question_under_the_new_agreement_is_owed_where_the_one_under_the_old_was_answered() {
    for rightly in [true, false] {
        let mut desk = two_years();
        ask(&mut desk, "02 11:00", "m-1");
        desk.at("02 12:30", &message("agent", if rightly { "public" } else { "internal" }, "m-2"));
        ask(&mut desk, "02 13:00", "m-3");
        if !rightly {
            desk.at("02 13:30", &was("m-2", "agent", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"], "rightly {rightly}");
    }
}
