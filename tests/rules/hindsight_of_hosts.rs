//! What is found in hindsight where a host has ordered something besides: a pause, a withdrawal, other terms, an exclusion, a part given on.

use owed::commitment::{Commitment, Deliverable};

use crate::desk::*;
use crate::put_right::{bounce, message, was};
use crate::record::{breached, open};

const CORRECTABLE: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }"#;

const EXPLAINED: &str =
    r#"{ "budget": "2 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } }"#;

/// A desk with such a target for replies, that owes the second since 10:00.
fn owes(target: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ "next_response": {target} }} }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk
}

/// An order about the first that is open.
fn order(desk: &Desk, order: &str, more: &str) -> String {
    let owed = desk.ticket.ledger().open().next().expect("one is open").id;
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{owed}"{more}}}"#)
}

/// How much is broken, and how much is open.
fn broken_and_open(desk: &Desk) -> (usize, usize) {
    let ledger = desk.ticket.ledger();
    (ledger.count().breached as usize, ledger.open().count())
}

fn explanation(desk: &Desk) -> &Commitment {
    let mut open = desk.ticket.ledger().open();
    open.find(|owed| owed.deliverable == Deliverable::Explanation).expect("an explanation is owed")
}

/// "Pauses are bounded": what a host's pause has used of the allowance, the agreement's has not.
#[test]
fn pauses_are_bounded_together_where_an_answer_bounces() {
    for bounced in [None, Some("02 14:30"), Some("02 15:00"), Some("02 16:30")] {
        let mut desk = owes(
            r#"{ "budget": "20 hours", "pausable": { "total": "4 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#,
        );
        desk.at("02 10:00", &order(&desk, "pause", r#", "reason": "logs""#));
        desk.at("02 13:00", &order(&desk, "resume", r#", "reason": "logs""#));
        if bounced.is_some() {
            desk.at("02 13:30", &message("agent", "public", "m-2"));
        }
        desk.at("02 14:00", WAIT);
        if let Some(bounced) = bounced {
            desk.at(bounced, &bounce("m-2"));
        }
        desk.wake("02 17:00");
        // Twenty hours, and four that it stood.
        assert_eq!(desk.next().as_deref(), Some("03 10:00:00.000001 Due"), "{bounced:?}");
    }
}

/// "The desk cannot cancel what it owes": what was withdrawn, and was done all the same by what bounced, is broken by that word still.
#[test]
fn what_was_withdrawn_is_broken_still() {
    let mut desk =
        owes(r#"{ "budget": "4 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } }"#);
    desk.at("02 11:00", &order(&desk, "withdraw", r#", "notice": "m-8""#));
    assert_eq!(broken_and_open(&desk), (1, 2));
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    assert_eq!(broken_and_open(&desk), (1, 1));
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert!(said.iter().any(|line| line.ends_with("breached, due 02 14:00, withdrawn")), "{said:?}");
    assert_eq!(broken_and_open(&desk), (1, 2), "{said:?}");
}

/// Of two answers after that the first bounces: the other is one all the same, and takes the word back no more.
#[test]
fn what_was_withdrawn_is_not_put_right_by_a_later_answer() {
    let mut desk = owes(r#""4 hours""#);
    desk.at("02 11:00", &order(&desk, "withdraw", r#", "notice": "m-8""#));
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.at("02 12:30", &message("agent", "public", "m-3"));
    let said = desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(broken_and_open(&desk), (1, 0), "{said:?}");
}

/// What shows that it had been done before it was withdrawn takes that back, whatever was done after it.
#[test]
fn what_was_done_before_it_was_withdrawn_was_kept() {
    for late in [false, true] {
        let mut desk =
            owes(r#"{ "budget": "4 hours", "breach_owes": { "deliverable": "explanation", "within": "8 hours" } }"#);
        desk.at("02 10:30", &message("agent", "internal", "n-1"));
        desk.at("02 11:00", &order(&desk, "withdraw", r#", "notice": "m-8""#));
        if late {
            desk.at("02 12:00", &message("agent", "public", "m-2"));
        }
        let said = desk.at("02 13:00", &was("n-1", "agent", "public"));
        assert_eq!(broken_and_open(&desk), (0, 0), "{late}: {said:?}");
    }
}

/// Whatever is owed for a breach that was none falls away: also an explanation that was broken itself, and whatever was done late meanwhile.
#[test]
fn a_broken_explanation_falls_away_with_a_breach_that_was_none() {
    for late in [false, true] {
        let mut desk =
            owes(r#"{ "budget": "2 hours", "breach_owes": { "deliverable": "explanation", "within": "2 hours" } }"#);
        desk.at("02 11:00", &message("agent", "internal", "n-1"));
        if late {
            desk.at("02 13:00", &message("agent", "public", "m-2"));
        }
        desk.wake("02 15:00");
        assert_eq!(explanation(&desk).breach.map(|breach| breach.at), Some(t("02 14:00")));
        let said = desk.at("02 16:00", &was("n-1", "agent", "public"));
        assert_eq!(broken_and_open(&desk), (0, 0), "{late}: {said:?}");
    }
}

/// The breach is one still where its late answer bounces: so an explanation that turns out not to have reached the customer is owed.
#[test]
fn what_was_not_explained_is_owed_as_long_as_it_is_broken() {
    for bounced in [false, true] {
        let mut desk = owes(EXPLAINED);
        desk.at("02 13:00", &message("agent", "public", "m-2"));
        let explained = explanation(&desk).id;
        desk.at("02 13:30", &order(&desk, "fulfil", r#", "evidence": "m-9""#));
        if bounced {
            desk.at("02 14:00", &bounce("m-2"));
        }
        desk.at("02 15:00", &format!(r#"{{"room": "commitment", "type": "retract", "commitment": "{explained}", "reason": "bounced", "successor": "@x"}}"#));
        assert_eq!(explanation(&desk).id, promise_id('x'), "{bounced}");
    }
}

/// What has begun again counts anew, and what had run before does not: also where the target came to apply after that.
#[test]
fn what_has_begun_again_counts_anew_where_its_target_applies_later() {
    for late in [false, true] {
        let mut desk = Desk::with(
            r#"{ "metrics": { "news": { "deliverable": "update", "cycles": "resume", "start": [{ "fact": "message", "author": ["customer"] }],
                    "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
                 "agreements": [{ "name": "sla", "when": { "priority": ["high"] }, "targets": { "news": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", &open_at(if late { "low" } else { "high" }));
        desk.at("02 09:30", &message("agent", "public", "m-0"));
        desk.at("02 10:00", &message("customer", "public", "m-1"));
        desk.at("02 11:00", &message("agent", "public", "m-2"));
        desk.at("02 12:00", &message("customer", "public", "m-3"));
        desk.at("02 13:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
        desk.at("02 14:00", &priority("high"));
        let dues: Vec<_> = desk.ticket.ledger().open().map(|owed| owed.due).collect();
        assert_eq!(dues, [t("02 17:00")], "{late}");
    }
}

/// To a ladder a breach whose late answer bounces is the same one, and not the second.
#[test]
fn one_breach_is_no_second_one_to_a_ladder() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }], "ladder": "watch",
             "ladders": [{ "name": "watch", "causes": [{ "on": "breached", "times": 2 }], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 13:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 14:00", &bounce("m-2"));
    assert_eq!(broken_and_open(&desk), (1, 1), "{said:?}");
    assert_eq!(desk.ticket.escalations().live().count(), 0, "{said:?}");
}

/// What is erased is so also where it says why something is owed again.
#[test]
fn what_bounced_can_be_erased() {
    let mut desk = owes(r#""4 hours""#);
    desk.at("02 11:00", &message("agent", "public", "answer-to-ryan"));
    desk.at("02 12:00", &bounce("answer-to-ryan"));
    desk.at("02 13:00", r#"{"room": "ticket", "type": "redact", "message": "answer-to-ryan"}"#);
    let known = serde_json::to_string(&desk.ticket).expect("a ticket is written");
    assert!(!known.contains("answer-to-ryan"), "{known}");
    assert!(known.contains(r#""reason":"erased""#), "{known}");
}

/// An explanation that is owed still is owed as it was promised last, with the other terms that were told for it.
#[test]
fn what_was_told_for_an_explanation_is_told_still() {
    for bounced in [false, true] {
        let mut desk = owes(EXPLAINED);
        desk.at("02 13:00", &message("agent", "public", "m-2"));
        desk.at("02 13:30", &order(&desk, "propose", r#", "due": {"at": "2026-03-04T18:00:00Z"}, "told": "m-7""#));
        if bounced {
            desk.at("02 14:00", &bounce("m-2"));
        }
        let told = explanation(&desk).notes.as_ref().and_then(|notes| notes.proposal.as_ref());
        assert_eq!(told.map(|told| told.due_at), Some(t("04 18:00")), "{bounced}");
    }
}

/// What is owed again is so with the other terms that the customer had been told: they take its place when it is broken.
#[test]
fn what_was_told_takes_the_place_of_what_bounced() {
    for bounced in [false, true] {
        let mut desk = owes(r#""4 hours""#);
        desk.at("02 11:00", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#));
        if bounced {
            desk.at("02 12:00", &message("agent", "public", "m-2"));
            desk.at("02 13:00", &bounce("m-2"));
        }
        desk.wake("02 15:00");
        let dues: Vec<_> = desk.ticket.ledger().open().map(|owed| owed.due).collect();
        assert_eq!(dues, [t("02 18:00")], "{bounced}");
    }
}

/// A breach is explained once, also where it was taken off the record and is back: by a late mail that bounced, by a message that was his after all.
#[test]
fn what_was_explained_is_not_explained_again() {
    for struck_out in [false, true] {
        let mut desk = owes(EXPLAINED);
        desk.wake("02 12:30");
        let explained = explanation(&desk).id;
        desk.at(
            "02 13:30",
            &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{explained}", "evidence": "m-9"}}"#),
        );
        let back = if struck_out {
            desk.at("02 14:00", &was("m-1", "third_party", "public"));
            was("m-1", "customer", "public")
        } else {
            desk.fetched("02 14:00", "02 11:00", &message("agent", "public", "m-3"));
            bounce("m-3")
        };
        assert_eq!(broken_and_open(&desk), (0, 0), "{struck_out}");
        let said = desk.at("02 15:00", &back);
        assert_eq!(broken_and_open(&desk), (1, 1), "{struck_out}: {said:?}");
    }
}

/// The same where a host struck it out, and that was the error.
#[test]
fn what_was_explained_is_not_explained_again_where_it_is_put_back() {
    let mut desk = owes(EXPLAINED);
    desk.wake("02 12:30");
    let (explained, broken) = (explanation(&desk).id, desk.ticket.ledger().open().find(|owed| owed.breach.is_some()));
    let broken = broken.expect("it is broken").id;
    let about = |order: &str, of, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{of}"{more}}}"#)
    };
    desk.at("02 13:30", &about("fulfil", explained, r#", "evidence": "m-9""#));
    desk.at("02 14:00", &about("record_in_error", broken, r#", "reason": "spam", "evidence": "m-1""#));
    assert_eq!(broken_and_open(&desk), (0, 0));
    let said = desk.at("02 15:00", &about("reinstate", broken, r#", "successor": "@r""#));
    assert_eq!(broken_and_open(&desk), (1, 1), "{said:?}");
}

/// "Reports show gross and net": a breach that is counted apart is so still where its late answer bounces.
#[test]
fn what_was_excluded_is_so_still() {
    let mut desk = owes(r#""2 hours""#);
    desk.wake("02 12:30");
    desk.at("02 12:40", &order(&desk, "exclude", r#", "reason": "storm", "approver": {"agent": "lea"}"#));
    desk.at("02 13:00", &message("agent", "public", "m-2"));
    let said = desk.at("02 14:00", &bounce("m-2"));
    let owed = desk.ticket.ledger().open().next().expect("it is owed");
    let apart = owed.notes.as_ref().and_then(|notes| notes.exclusion.as_ref());
    assert_eq!(apart.map(|apart| apart.reason.as_str()), Some("storm"), "{said:?}");
    assert_eq!(broken_and_open(&desk), (1, 1), "{said:?}");
}

/// "Child breached: parent at risk, same instant", also where the parent is what goes on with the one that had given the part on.
#[test]
fn a_broken_part_puts_at_risk_what_is_owed_again() {
    for bounced in [false, true] {
        let mut desk = owes(r#""4 hours""#);
        let part = r#", "promise": {"commitment": "@b", "deliverable": "fix", "beneficiary": {"team": "desk"}, "owner": {"team": "network"}, "due": {"within": "2 hours"}}"#;
        desk.at("02 10:10", &order(&desk, "delegate", part));
        if bounced {
            desk.at("02 11:00", &message("agent", "public", "m-2"));
            desk.at("02 11:30", &bounce("m-2"));
        }
        let said = desk.wake("02 13:00");
        assert!(said.iter().any(|line| line.contains("at risk")), "{bounced}: {said:?}");
    }
}

/// "What was asked": a pause that a host had bounded, and that the agreement wants too, lasts no longer where an answer bounces.
#[test]
fn what_a_host_has_paused_until_an_instant_goes_on_then_where_an_answer_bounces() {
    for bounced in [None, Some("02 13:00"), Some("02 15:00")] {
        let mut desk = owes(
            r#"{ "budget": "4 hours", "pausable": { "total": "40 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#,
        );
        desk.at("02 11:00", &order(&desk, "pause", r#", "reason": "logs", "until": "2026-03-02T14:00:00Z""#));
        desk.at("02 11:30", WAIT);
        if let Some(bounced) = bounced {
            desk.at("02 12:00", &message("agent", "public", "m-2"));
            desk.at(bounced, &bounce("m-2"));
        }
        desk.wake("02 15:00");
        assert_eq!(desk.next().as_deref(), Some("02 17:00:00.000001 Due"), "{bounced:?}");
    }
}

/// A host's pause that lasted when an answer came lasts where that bounces, until the instant that he had asked for.
#[test]
fn what_a_host_has_paused_stands_where_an_answer_bounces() {
    for (until, next) in [
        ("", "ResumeBy"),
        (r#", "until": "2026-03-02T17:00:00Z""#, "Due"),
        (r#", "until": "2026-03-03T17:00:00Z""#, "ResumeBy"),
    ] {
        let mut desk = owes(r#"{ "budget": "4 hours", "pausable": { "total": "40 hours" } }"#);
        desk.at("02 11:00", &order(&desk, "pause", &format!(r#", "reason": "logs"{until}"#)));
        desk.at("02 12:00", &message("agent", "public", "m-2"));
        let said = desk.at("02 18:00", &bounce("m-2"));
        assert_eq!(broken_and_open(&desk), (0, 1), "{said:?}");
        assert!(desk.next().is_some_and(|wake| wake.ends_with(next)), "{:?}", desk.next());
    }
}

/// The same instant ends a pause of the agreement's and brings the answer: what is over is no host's.
#[test]
fn a_pause_that_the_answer_ended_is_over_where_that_bounces() {
    let mut desk = owes(
        r#"{ "budget": "4 hours", "pausable": { "total": "40 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#,
    );
    desk.at("02 11:00", WAIT);
    desk.at("02 12:00", &message("agent", "public", "m-2"));
    desk.at("02 12:00", GO_ON);
    desk.at("02 13:00", &bounce("m-2"));
    assert_eq!(desk.next().as_deref(), Some("02 15:00:00.000001 Due"));
}

/// What a host has said to be no answer is none either where something else turns out to have been none.
#[test]
fn what_a_host_has_taken_back_is_not_kept_by_it_after_all() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    let owed = desk.ticket.ledger().open().next().expect("a reply").id;
    desk.at("02 09:30", &message("agent", "public", "m-1"));
    let retract = r#""type": "retract", "reason": "spam", "successor": "@a""#;
    desk.at("02 15:00", &format!(r#"{{"room": "commitment", "commitment": "{owed}", {retract}}}"#));
    desk.at("02 16:00", &message("agent", "public", "m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 0));
    let said = desk.at("02 17:00", &bounce("m-2"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}
