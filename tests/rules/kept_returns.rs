//! What begins, goes on and stands still where the ticket comes back to an agreement, or to another.

use super::put_right::{bounce, message};
use super::record::{dues, order};
use crate::desk::*;

/// News for whoever asks, which a tag lets begin again.
const NEWS: &str = r#""news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
    "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] }"#;

fn with(metrics: &str, agreements: &str) -> Desk {
    Desk::with(&format!(r#"{{ "metrics": {{ {metrics} }}, "agreements": [{agreements}] }}"#))
}

const PENDING: &str = r#""pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;

const BY_PRIORITY: &str = r#"{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_resolution": GOLD } },
    { "name": "base", "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "8 hours" } } } }"#;

/// What begins again with the ticket's return stands from its beginning, as anything else that begins while its condition holds.
#[test]
fn what_begins_again_as_the_ticket_is_back_stands_still_if_it_waits() {
    let mut desk = Desk::new(&format!(
        r#"[{{ "name": "gold", "when": {{ "priority": ["high"] }}, "on_return": "new_cycle",
            "targets": {{ "first_resolution": {{ "budget": "4 hours", "pausable": {{ "total": "8 hours", "once": "2 hours" }}, {PENDING} }} }} }}]"#
    ));
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", &priority("low"));
    desk.at("02 10:30", WAIT);
    desk.at("02 11:00", &priority("high"));
    // Two hours at most; then four are left.
    assert_eq!(desk.next().as_deref(), Some("02 13:00:00.000001 ResumeBy"));
    desk.wake("02 14:00");
    assert_eq!(dues(&desk), ["2026-03-02T17:00:00Z"]);
}

/// What was left has been answered meanwhile: the question that waits now is another, and is owed since it was asked.
#[test]
fn what_was_asked_while_the_ticket_was_away_does_not_go_on_with_what_was_left() {
    for agreement in ["gold", "silver"] {
        let mut desk = with(
            NEWS,
            r#"{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "news": "8 hours" } },
               { "name": "silver", "when": { "priority": ["medium"] }, "targets": { "news": "8 hours" } }"#,
        );
        desk.at("02 09:00", &open_at("high"));
        desk.at("02 09:30", &message("customer", "public", "m-1"));
        desk.at("02 10:00", &priority("low"));
        desk.at("02 10:30", &message("agent", "public", "m-2"));
        desk.at("02 11:00", &message("customer", "public", "m-3"));
        desk.at("02 12:00", &priority(if agreement == "gold" { "high" } else { "medium" }));
        assert_eq!(dues(&desk), ["2026-03-02T19:00:00Z"], "{agreement}");
    }
}

/// "Stands until the last reason ends": the host's reason is none of the agreement's, and has not ended with it.
#[test]
fn a_pause_of_the_hosts_lasts_on_under_the_next_agreement_whatever_else_the_old_one_stood_for() {
    let gold = format!(r#"{{ "budget": "4 hours", {PENDING} }}"#);
    let mut desk = with("", &BY_PRIORITY.replace("GOLD", &gold));
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", &order(&desk, "pause", r#", "reason": "logs""#));
    desk.at("02 11:00", &priority("low"));
    desk.at("02 12:00", &order(&desk, "resume", r#", "reason": "logs""#));
    // An hour had run.
    assert_eq!(dues(&desk), ["2026-03-02T19:00:00Z"]);
}

/// What only the old agreement stood still for, it does no more under the next one.
#[test]
fn a_pause_of_the_agreements_ends_with_it() {
    let gold = format!(r#"{{ "budget": "4 hours", {PENDING} }}"#);
    let mut desk = with("", &BY_PRIORITY.replace("GOLD", &gold));
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", WAIT);
    desk.at("02 11:00", &priority("low"));
    assert_eq!(desk.next().as_deref(), Some("02 18:00:00.000001 Due"));
}

/// A pause that began while the ticket was back is bounded since then, also where it is found only later that it was owed.
#[test]
fn a_pause_is_bounded_since_the_ticket_was_back() {
    for on_return in ["resume", "new_cycle"] {
        for bounced in [false, true] {
            let mut desk = Desk::new(&format!(
                r#"[{{ "name": "gold", "when": {{ "priority": ["high"] }}, "on_return": "{on_return}",
                    "targets": {{ "first_response": {{ "budget": "8 hours", "pausable": {{ "total": "8 hours", "once": "2 hours" }}, {PENDING} }} }} }}]"#
            ));
            desk.at("02 09:00", &open_at("high"));
            desk.at("02 10:00", &priority("low"));
            desk.at("02 10:30", WAIT);
            if bounced {
                desk.at("02 11:00", &message("agent", "public", "m-1"));
            }
            desk.at("02 12:00", &priority("high"));
            if bounced {
                desk.at("02 13:00", &bounce("m-1"));
            }
            assert_eq!(desk.next().as_deref(), Some("02 14:00:00.000001 ResumeBy"), "{on_return}, bounced {bounced}");
        }
    }
}

/// "Until the last reason ends": a reason that the next agreement stands for is over as soon as that says so, whoever had named it before.
#[test]
fn a_reason_of_the_hosts_is_over_where_the_next_agreement_says_that_it_is() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "8 hours" } } } },
            { "name": "base", "targets": { "first_resolution": { "budget": "8 hours", "pausable": { "total": "8 hours" },
                "pause": [{ "reason": "priority", "when": { "priority": ["high"] } }] } } }]"#,
    );
    desk.at("02 09:00", &open_at("high"));
    desk.at("02 10:00", &order(&desk, "pause", r#", "reason": "priority""#));
    desk.at("02 12:00", &priority("low"));
    assert_eq!(desk.next().as_deref(), Some("02 19:00:00.000001 Due"));
}
