//! Which questions are owed where a record is put right and a host or another agreement has had a part: each tale is told twice, rightly at once and
//! as it was taken at first.

use crate::desk::*;
use crate::put_right::{bounce, message, was};
use crate::record::*;

pub(crate) fn correctable(targets: &str) -> Desk {
    Desk::with(&format!(r#"{{ {CORRECTABLE}, "agreements": [{{ "name": "sla", "targets": {{ {targets} }} }}] }}"#))
}

pub(crate) fn ask(desk: &mut Desk, at: &str, reference: &str) {
    desk.at(at, &message("customer", "public", reference));
}

/// A message of the agent's, or, told rightly, of what it was in truth.
pub(crate) fn said(desk: &mut Desk, at: &str, reference: &str, rightly: bool) {
    desk.at(at, &message(if rightly { "third_party" } else { "agent" }, "public", reference));
}

/// What is on record: so many broken, so many kept, and what is owed by when.
pub(crate) fn stands(desk: &Desk) -> (u64, u64, Vec<String>) {
    (breached(desk), fulfilled(desk), dues(desk).iter().map(|due| due.replace("2026-03-", "")).collect())
}

/// Two agreements by priority. Answered under the one, asked again under the other, and the answer bounces.
#[test]
fn what_runs_under_another_agreement_is_not_struck_out_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "5 hours" } },
                { "name": "base", "targets": { "next_response": "9 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        ask(&mut desk, "02 12:00", "m-3");
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        assert_eq!(open(&desk), 1, "rightly {rightly}: {:?}", stands(&desk));
    }
}

/// The first reply was given by phone. A later answer bounces: the question after it is owed still.
#[test]
fn a_question_after_a_first_reply_by_phone_is_owed_where_an_older_answer_bounces() {
    for rightly in [true, false] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "3 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        said(&mut desk, "02 10:00", "m-1", rightly);
        ask(&mut desk, "02 11:00", "m-2");
        desk.at("02 15:00", &message("agent", "public", "m-3"));
        assert_eq!(stands(&desk), (1, 1, vec![]));
        if !rightly {
            by_mail(&mut desk, "02 15:30", &bounce("m-1"));
        }
        // Answered an hour too late: the breach stays on record.
        assert_eq!(stands(&desk), (1, 1, vec![]), "rightly {rightly}");
    }
}

/// The other way round: what the customer wrote while the first reply was owed is no question of its own.
#[test]
fn what_was_asked_before_the_first_reply_begins_nothing_where_it_is_found() {
    for rightly in [true, false] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "3 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-1"));
        desk.at("02 14:00", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        if !rightly {
            desk.at("02 15:00", &was("m-1", "customer", "public"));
        }
        assert_eq!(stands(&desk), (0, 1, vec![]), "rightly {rightly}");
    }
}

/// A question that is found after the first reply by phone, and that was answered too late.
#[test]
fn a_question_after_a_first_reply_by_phone_is_found() {
    for rightly in [true, false] {
        let mut desk =
            Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "8 hours", "next_response": "3 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        desk.at("02 10:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-1"));
        desk.at("02 14:00", &message("agent", "public", "m-2"));
        if !rightly {
            desk.at("02 15:00", &was("m-1", "customer", "public"));
        }
        assert_eq!(stands(&desk), (1, 1, vec![]), "rightly {rightly}");
    }
}

/// A host has struck out what was spam. The next question is owed, whatever bounces between the two.
#[test]
fn a_question_after_what_a_host_struck_out_is_owed_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:10", &order(&desk, "record_in_error", r#", "reason": "spam", "evidence": "m-1""#));
        said(&mut desk, "02 10:30", "m-2", rightly);
        ask(&mut desk, "02 11:00", "m-3");
        assert_eq!(open(&desk), 1);
        if !rightly {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(open(&desk), 1, "rightly {rightly}");
    }
}

/// The same: a question that is found, and one that was none.
#[test]
fn a_question_after_what_a_host_struck_out_is_found() {
    for rightly in [true, false] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:10", &order(&desk, "record_in_error", r#", "reason": "spam", "evidence": "m-1""#));
        desk.at("02 11:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-2"));
        if !rightly {
            desk.at("02 12:00", &was("m-2", "customer", "public"));
        }
        assert_eq!(open(&desk), 1, "rightly {rightly}");
    }
}

#[test]
fn a_question_after_what_a_host_struck_out_was_none() {
    for rightly in [true, false] {
        let mut desk = correctable(r#""next_response": "4 hours""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:10", &order(&desk, "record_in_error", r#", "reason": "spam", "evidence": "m-1""#));
        desk.at("02 11:00", &message(if rightly { "third_party" } else { "customer" }, "public", "m-2"));
        if !rightly {
            desk.at("02 12:00", &was("m-2", "third_party", "public"));
        }
        assert_eq!(open(&desk), 0, "rightly {rightly}");
    }
}

const REPAIR: &str = r#"{"room": "commitment", "type": "promise", "commitment": "@a", "deliverable": "reply",
    "beneficiary": "c-1", "owner": {"team": "desk"}, "due": {"within": "20 hours"}, "repairs": "@T"}"#;

/// A broken reply, promised again.
fn promised_again() -> Desk {
    let mut desk = correctable(r#""next_response": "1 hour""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    ask(&mut desk, "02 10:00", "m-1");
    desk.wake("02 11:10");
    let broken = desk.ticket.ledger().open().next().expect("it is broken").id.to_string();
    desk.at("02 11:20", &REPAIR.replace("@T", &broken));
    desk
}

/// The promise stands in for the first question; the next one is a question of its own.
#[test]
fn a_question_after_what_was_promised_again_is_owed_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = promised_again();
        said(&mut desk, "02 11:30", "m-2", rightly);
        ask(&mut desk, "02 12:00", "m-3");
        let before = stands(&desk);
        if !rightly {
            desk.at("02 12:30", &bounce("m-2"));
        }
        assert_eq!(stands(&desk), before, "rightly {rightly}");
    }
}

#[test]
fn a_question_after_what_was_promised_again_is_found() {
    let mut found = Vec::new();
    for rightly in [true, false] {
        let mut desk = promised_again();
        desk.at("02 12:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-2"));
        if !rightly {
            desk.at("02 12:30", &was("m-2", "customer", "public"));
        }
        found.push(stands(&desk));
    }
    assert_eq!(found[0], found[1]);
}

#[test]
fn a_question_after_what_was_promised_again_was_none() {
    let mut found = Vec::new();
    for rightly in [true, false] {
        let mut desk = promised_again();
        desk.at("02 12:00", &message(if rightly { "third_party" } else { "customer" }, "public", "m-2"));
        if !rightly {
            desk.at("02 12:30", &was("m-2", "third_party", "public"));
        }
        found.push(stands(&desk));
    }
    assert_eq!(found[0], found[1]);
}

/// What was announced to the customer is a promise, which solving does not end: so it is the one that is owed, and not another besides.
#[test]
fn what_was_announced_is_owed_once_where_its_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:10", &order(&desk, "announce", r#", "message": "m-8""#));
        desk.at("02 10:20", SOLVE);
        said(&mut desk, "02 10:30", "m-2", rightly);
        ask(&mut desk, "02 11:00", "m-3");
        if !rightly {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "rightly {rightly}");
    }
}

/// A first question by phone, a second by mail; a mail of before the call is fetched, and was somebody else's.
#[test]
fn a_question_is_owed_where_an_older_mail_was_none() {
    for rightly in [true, false] {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &order(&desk, "fulfil", r#", "evidence": "call-1""#));
        ask(&mut desk, "02 11:00", "m-2");
        let who = if rightly { "third_party" } else { "customer" };
        desk.fetched("02 11:30", "02 10:10", &message(who, "public", "m-3"));
        if !rightly {
            desk.at("02 12:00", &was("m-3", "third_party", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T15:00:00Z"], "rightly {rightly}");
    }
}

/// A note turns out to have been a late answer, as a person says (so it is late by when he says so); what was asked between the two is owed, and goes over to
/// the next agreement as any other.
#[test]
fn a_question_of_before_a_late_claim_goes_over_to_the_next_agreement() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "5 hours" } },
                { "name": "base", "targets": { "next_response": "3 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 14:00", &message("agent", if rightly { "public" } else { "internal" }, "m-2"));
        ask(&mut desk, "02 15:00", "m-3");
        if !rightly {
            desk.at("02 16:00", &was("m-2", "agent", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "rightly {rightly}");
        desk.at("02 16:30", &priority("high"));
        assert_eq!(dues(&desk), ["2026-03-02T20:00:00Z"], "rightly {rightly}");
    }
}

/// The same without any other agreement: out and back.
#[test]
fn a_question_of_before_a_late_claim_is_owed_when_the_ticket_comes_back() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "3 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 14:00", &message("agent", if rightly { "public" } else { "internal" }, "m-2"));
        ask(&mut desk, "02 15:00", "m-3");
        if !rightly {
            desk.at("02 16:00", &was("m-2", "agent", "public"));
        }
        desk.at("02 16:30", &priority("high"));
        desk.at("02 17:00", &priority("low"));
        assert_eq!(dues(&desk), ["2026-03-02T18:30:00Z"], "rightly {rightly}");
    }
}
