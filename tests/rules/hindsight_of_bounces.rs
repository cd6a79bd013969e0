//! Two answers bounce, or a mail is fetched besides: what is owed is so as where only the last had been found out.

use crate::desk::*;
use crate::hindsight_of_beginnings::{ask, correctable, said, stands};
use crate::put_right::{bounce, message, was};
use crate::record::*;

const BY_PRIORITY: &str = r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "6 hours" } },
    { "name": "base", "targets": { "next_response": "20 hours" } }]"#;

/// Both answers bounce, and in between the ticket has got another priority: what is owed is so by that, as where only one had bounced.
#[test]
fn what_bounced_twice_goes_by_the_priority_of_now() {
    for answers in [0, 1, 2] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": { "high": "6 hours", "otherwise": "20 hours" } } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", answers < 1);
        said(&mut desk, "02 10:20", "m-3", answers < 2);
        desk.at("02 11:00", &priority("high"));
        for bounced in [&bounce("m-2"), &bounce("m-3")].into_iter().take(answers) {
            desk.at("02 12:00", bounced);
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{answers}");
    }
}

#[test]
fn what_bounced_twice_is_owed_by_whoever_has_the_ticket() {
    for answers in [0, 1, 2] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "20 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", answers < 1);
        said(&mut desk, "02 10:20", "m-3", answers < 2);
        desk.at("02 11:00", r#"{"room": "ticket", "type": "assign", "to": {"team": "second"}}"#);
        for bounced in [&bounce("m-2"), &bounce("m-3")].into_iter().take(answers) {
            desk.at("02 12:00", bounced);
        }
        let owners: Vec<_> = desk.ticket.ledger().open().map(|owed| owed.owner.team.to_string()).collect();
        assert_eq!(owners, ["second"], "{answers}");
    }
}

#[test]
fn what_bounced_twice_goes_by_the_agreement_of_now() {
    for answers in [0, 1, 2] {
        let mut desk = Desk::new(BY_PRIORITY);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", answers < 1);
        said(&mut desk, "02 10:20", "m-3", answers < 2);
        desk.at("02 11:00", &priority("high"));
        for bounced in [&bounce("m-2"), &bounce("m-3")].into_iter().take(answers) {
            desk.at("02 12:00", bounced);
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{answers}");
    }
}

/// Two questions, two answers, and both bounce, the second after the priority was raised: nothing is owed any more.
#[test]
fn what_bounced_twice_with_a_question_between_is_owed_by_the_agreement_of_now() {
    for rightly in [true, false] {
        let mut desk = Desk::new(BY_PRIORITY);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        ask(&mut desk, "02 10:20", "m-3");
        said(&mut desk, "02 10:30", "m-4", rightly);
        if !rightly {
            desk.at("02 10:40", &bounce("m-2"));
        }
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 12:00", &bounce("m-4"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "rightly {rightly}");
    }
}

/// An older answer has bounced meanwhile. That is no reason not to hear of a mail of before the deadline.
#[test]
fn a_mail_that_was_sent_in_time_is_an_answer_also_where_an_older_cycle_was_put_right() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:20", &message("agent", "public", "m-3"));
        ask(&mut desk, "02 11:00", "m-4");
        if !rightly {
            desk.at("02 11:30", &bounce("m-2"));
        }
        desk.at("02 14:00", &message("agent", "public", "m-5"));
        desk.fetched("02 15:00", "02 12:00", &message("agent", "public", "m-6"));
        assert_eq!(stands(&desk), (0, 2, vec![]), "rightly {rightly}");
    }
}

/// What answered late answers late also where a mail that was fetched after it, and had been sent in time, bounces.
#[test]
fn what_answered_late_is_an_answer_where_a_mail_of_before_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 13:00", &message("agent", "public", "m-3"));
        if !rightly {
            desk.at("02 13:10", &bounce("m-2"));
            desk.fetched("02 13:20", "02 11:00", &message("agent", "public", "m-4"));
            desk.at("02 13:30", &bounce("m-4"));
        }
        assert_eq!(stands(&desk), (1, 0, vec![]), "rightly {rightly}");
    }
}

/// A host has said that an answer was none (`retract`; here the control: it bounced). The next question waits for the same reply; the first one was none: the
/// second is owed.
#[test]
fn a_question_after_what_a_host_has_taken_back_is_owed_where_the_first_was_none() {
    for by_host in [false, true] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        let owed = desk.ticket.ledger().open().next().expect("a reply").id;
        desk.at("02 10:30", &message("agent", "public", "m-2"));
        if by_host {
            desk.at("02 11:00", &format!(r#"{{"room": "commitment", "type": "retract", "commitment": "{owed}", "reason": "wrong", "successor": "@a"}}"#));
        } else {
            desk.at("02 11:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "{by_host}");
        ask(&mut desk, "02 12:00", "m-3");
        desk.at("02 13:00", &was("m-1", "third_party", "public"));
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "{by_host}");
    }
}

/// Struck out by mistake and put back by a host (`reinstate`): it is the one that runs.
#[test]
fn what_a_host_has_put_back_is_the_one_where_an_answer_bounces() {
    let mut found = Vec::new();
    for put_back in [false, true] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        if put_back {
            let owed = desk.ticket.ledger().open().next().expect("a reply").id;
            desk.at("02 10:05", &order(&desk, "record_in_error", r#", "reason": "spam", "evidence": "m-1""#));
            desk.at(
                "02 10:10",
                &format!(r#"{{"room": "commitment", "type": "reinstate", "commitment": "{owed}", "successor": "@a"}}"#),
            );
        }
        desk.at("02 10:30", &message("agent", "public", "m-2"));
        ask(&mut desk, "02 11:00", "m-3");
        desk.at("02 12:00", &bounce("m-2"));
        found.push(stands(&desk));
    }
    assert_eq!(found[0], found[1]);
}

/// The first of two questions was none. A mail that had been sent in time, and was fetched after a late answer, answered the other as well.
#[test]
fn a_mail_that_was_sent_in_time_has_answered_the_question_that_is_left() {
    for rightly in [true, false] {
        let mut desk = correctable(r#""next_response": "2 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        desk.at("02 10:00", &message(if rightly { "third_party" } else { "customer" }, "public", "m-1"));
        ask(&mut desk, "02 10:10", "m-2");
        desk.at("02 13:00", &message("agent", "public", "m-3"));
        desk.fetched("02 14:00", "02 11:00", &message("agent", "public", "m-4"));
        assert_eq!(stands(&desk), (0, 1, vec![]));
        if !rightly {
            desk.at("02 15:00", &was("m-1", "third_party", "public"));
        }
        assert_eq!(stands(&desk), (0, 1, vec![]), "rightly {rightly}");
    }
}

/// As a01, but the second question was asked before the priority was raised; and as a01 after out and back.
#[test]
fn what_another_agreement_has_taken_up_is_not_struck_out_where_an_older_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(BY_PRIORITY);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        ask(&mut desk, "02 11:00", "m-3");
        desk.at("02 12:00", &priority("high"));
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "rightly {rightly}");
    }
}

/// As d02, but the second answer came after the ticket had been given to somebody else.
#[test]
fn what_bounced_twice_is_owed_by_whoever_had_the_ticket_between() {
    for answers in [0, 1, 2] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "20 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", answers < 1);
        desk.at("02 10:15", r#"{"room": "ticket", "type": "assign", "to": {"team": "second"}}"#);
        said(&mut desk, "02 10:20", "m-3", answers < 2);
        for (at, bounced) in [("02 12:00", "m-2"), ("02 12:10", "m-3")].into_iter().take(answers) {
            desk.at(at, &bounce(bounced));
        }
        if answers == 1 {
            continue;
        }
        let owners: Vec<_> = desk.ticket.ledger().open().map(|owed| owed.owner.team.to_string()).collect();
        assert_eq!(owners, ["second"], "{answers}");
    }
}

/// And the same of the agreement.
#[test]
fn what_bounced_twice_goes_by_the_agreement_that_came_between() {
    for rightly in [true, false] {
        let mut desk = Desk::new(BY_PRIORITY);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:15", &priority("high"));
        said(&mut desk, "02 10:20", "m-3", rightly);
        if !rightly {
            desk.at("02 12:00", &bounce("m-2"));
            desk.at("02 12:10", &bounce("m-3"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T16:00:00Z"], "rightly {rightly}");
    }
}
