//! Two answers bounce, or a mail is fetched besides: what is owed is so as where only the last had been found out.

use crate::desk::*;
use crate::hindsight_of_beginnings::{ask, said, stands};
use crate::put_right::{bounce, message};
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
