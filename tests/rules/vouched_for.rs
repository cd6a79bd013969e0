//! Who vouches for what, as it is told late, claimed, filed back, split off or merged: each tale has the same beside it, told rightly.

use super::claims_in_hindsight::{ADA, MAIL, NEXT, answered_once};
use super::hindsight_of_beginnings::{ask, stands};
use super::put_right::{message, was};
use super::record::{by, by_mail, dues, order};
use crate::desk::*;
use owed::commitment::Origin;

const BOTH: &str =
    r#""agreements": [{ "name": "sla", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }]"#;
const BELIEVED: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }, "#;
const UPDATES: &str = r#""agreements": [{ "name": "sla", "targets": { "periodic_update": "2 hours" } }]"#;

fn answer(reference: &str) -> String {
    message("agent", "public", reference)
}

fn asked(rules: &str) -> Desk {
    let mut desk = answered_once(rules);
    ask(&mut desk, "02 09:00", "q-1");
    desk
}

fn split(desk: &mut Desk, at: &str, messages: &str) {
    desk.split(at, &format!(r#"{{"messages": [{messages}], "commitments": []}}"#));
    desk.swap();
}

/// Asked at 9:00 and 9:30; at 10:00 (in time) it is said that the first was answered at 9:15. All three are split off.
#[test]
fn a_further_question_is_owed_on_the_ticket_that_is_split_off() {
    for how in ["at once", "fetched", "claimed", "a note filed rightly"] {
        let mut desk = asked(BOTH);
        match how {
            "at once" => desk.at("02 09:15", &answer("m-2")),
            "a note filed rightly" => desk.at("02 09:15", &message("agent", "internal", "m-2")),
            _ => Vec::new(),
        };
        ask(&mut desk, "02 09:30", "q-2");
        match how {
            "fetched" => desk.fetched("02 10:00", "02 09:15", &answer("m-2")),
            "claimed" => desk.claimed("02 10:00", "02 09:15", &answer("m-2")),
            "a note filed rightly" => desk.at("02 10:00", &was("m-2", "agent", "public")),
            _ => Vec::new(),
        };
        assert_eq!(dues(&desk), ["2026-03-02T11:30:00Z"], "{how}, before it is split");
        split(&mut desk, "02 10:10", r#""q-1", "q-2", "m-2""#);
        assert_eq!(dues(&desk), ["2026-03-02T11:30:00Z"], "{how}, on the new ticket");
    }
}

/// Where whoever claims may, the claim takes the breach back, before the split as after it.
#[test]
fn what_a_claim_may_take_back_is_not_broken_by_a_split() {
    let told = [false, true].map(|claimed_first| {
        let mut desk = asked(&format!("{BELIEVED}{BOTH}"));
        if claimed_first {
            desk.claimed("02 12:00", "02 10:00", &answer("m-2"));
            assert_eq!(stands(&desk).0, 0);
            split(&mut desk, "02 12:10", r#""q-1", "m-2""#);
        } else {
            split(&mut desk, "02 11:50", r#""q-1""#);
            desk.claimed("02 12:00", "02 10:00", &answer("m-2"));
        }
        stands(&desk)
    });
    assert_eq!(told[0], told[1]);
}

/// Where claims are believed, and it was too late by the claim as well (11:05): what was asked at 11:10 is owed.
#[test]
fn what_was_asked_since_a_telephone_answer_that_was_late_by_the_claim_too_is_owed() {
    for how in ["mail", "telephone"] {
        let mut desk = asked(&format!("{BELIEVED}{NEXT}"));
        let word = order(&desk, "fulfil", r#", "evidence": "call-7""#);
        ask(&mut desk, "02 11:10", "q-2");
        let said = desk.claimed("02 11:15", "02 11:05", &if how == "mail" { answer("m-2") } else { word });
        assert_eq!(stands(&desk), (1, 0, vec!["02T13:10:00Z".to_owned()]), "{how}: {said:?}");
    }
}

/// A program says the same of a note that Ada has filed rightly: the next update is owed by when it was, and not given by the one that has begun it.
#[test]
fn what_a_program_says_again_of_an_update_gives_none_that_it_has_begun() {
    for who in [&[MAIL][..], &[ADA], &[ADA, MAIL]] {
        let mut desk = Desk::with(&format!("{{ {UPDATES} }}"));
        desk.at("02 08:00", OPEN);
        desk.at("02 09:00", &message("agent", "internal", "n-1"));
        for (who, at) in who.iter().zip(["02 09:10", "02 09:20"]) {
            by(&mut desk, who, at, &was("n-1", "agent", "public"));
        }
        assert_eq!(stands(&desk), (0, 1, vec!["02T11:00:00Z".to_owned()]), "{who:?}");
    }
}

/// Done on the telephone in time; then the ticket is merged into another.
#[test]
fn what_was_done_on_the_telephone_is_not_owed_on_the_ticket_that_it_goes_on_as() {
    for how in ["mail", "telephone"] {
        let mut desk = asked(NEXT);
        let word = order(&desk, "fulfil", r#", "evidence": "call-7""#);
        desk.at("02 10:00", &if how == "mail" { answer("m-1") } else { word });
        desk.swap();
        desk.at("02 12:10", OPEN);
        desk.at("02 12:20", ANSWER);
        desk.swap();
        desk.merge("02 13:00");
        desk.swap();
        assert_eq!(stands(&desk), (0, 0, Vec::new()), "{how}");
    }
}

/// Answered late at 11:00 (m-3); a further question at 11:20 that nothing answers. Meanwhile Ada files m-3 as a supplier's, claims another answer of 9:30, and files m-3 back as what it
/// was (or a program does).
#[test]
fn whoever_files_an_answer_back_has_not_answered_what_was_asked_since() {
    for how in ["nothing", "a program", "Ada"] {
        let mut desk = Desk::with(&format!("{{ {BOTH} }}"));
        desk.at("02 08:00", OPEN);
        ask(&mut desk, "02 10:30", "q-1");
        desk.at("02 11:00", &answer("m-3"));
        if how != "nothing" {
            desk.at("02 11:10", &was("m-3", "third_party", "public"));
        }
        ask(&mut desk, "02 11:20", "q-2");
        desk.claimed("02 11:25", "02 09:30", &answer("m-1"));
        desk.wake("02 12:35");
        let back = was("m-3", "agent", "public");
        let said = match how {
            "Ada" => desk.at("02 12:40", &back),
            "a program" => by_mail(&mut desk, "02 12:40", &back),
            _ => Vec::new(),
        };
        assert_eq!(dues(&desk), ["2026-03-02T13:20:00Z"], "{how}: {said:#?}");
    }
}

/// A note that Ada files as an answer, and back as what it was, which claims nothing: what that had started was started by nothing.
#[test]
fn what_only_a_claim_had_started_falls_away_with_it() {
    for (first, back) in [(MAIL, MAIL), (ADA, MAIL), (ADA, ADA)] {
        let mut desk = Desk::with(&format!("{{ {NEXT} }}"));
        desk.at("02 08:00", OPEN);
        desk.at("02 08:20", &message("agent", "internal", "n-1"));
        ask(&mut desk, "02 09:00", "q-1");
        by(&mut desk, first, "02 09:10", &was("n-1", "agent", "public"));
        desk.wake("02 12:00");
        by(&mut desk, back, "02 12:10", &was("n-1", "agent", "internal"));
        assert_eq!(stands(&desk), (0, 0, Vec::new()), "{first} {back}");
    }
}

/// Whatever else is done by word, the question that waits for its reply is owed on the ticket that the first goes on as: also where a word has answered one of
/// an agreement between teams.
#[test]
fn what_waits_for_a_reply_is_owed_after_a_merge_whatever_else_was_done_by_word() {
    let metrics = r#""metrics": { "chased": { "deliverable": "fix", "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "call", "author": ["agent"] }] } }"#;
    let sla = r#""name": "sla", "targets": { "first_response": "8 hours", "next_response": "8 hours""#;
    let ola = r#"{ "name": "ola", "kind": "ola", "targets": { "next_response": "9 hours" } }"#;
    for also in [r#""periodic_update": "8 hours""#, r#""full_resolution": "80 hours""#, r#""chased": "8 hours""#, ""] {
        let comma = if also.is_empty() { "" } else { ", " };
        let mut desk = Desk::with(&format!(r#"{{ {metrics}, "agreements": [{{ {sla}{comma}{also} }} }}, {ola}] }}"#));
        desk.at("02 08:00", OPEN);
        desk.at("02 08:10", &answer("m-0"));
        ask(&mut desk, "02 08:30", "q-1");
        let others = desk.ticket.ledger().open().filter(|owed| match &owed.origin {
            Origin::Policy(cycle) => cycle.agreement.as_str() == "ola" || cycle.metric.as_str() != "next_response",
            _ => false,
        });
        for id in others.map(|owed| owed.id).collect::<Vec<_>>() {
            desk.at("02 09:00", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{id}"}}"#));
        }
        desk.swap();
        desk.at("02 10:10", OPEN);
        desk.at("02 10:20", &answer("m-1"));
        desk.swap();
        desk.merge("02 10:30");
        desk.swap();
        assert!(dues(&desk).contains(&"2026-03-02T16:30:00Z".to_owned()), "{also}: {:?}", dues(&desk));
    }
}

/// Nor does a split let be believed what was claimed too late for that.
#[test]
fn what_was_claimed_out_of_the_window_is_not_believed_on_the_ticket_that_is_split_off() {
    let mut desk = asked(&format!("{BELIEVED}{BOTH}"));
    desk.claimed("09 12:00", "02 10:00", &answer("m-2"));
    assert_eq!(stands(&desk), (1, 1, Vec::new()));
    split(&mut desk, "09 12:10", r#""q-1", "m-2""#);
    assert_eq!(stands(&desk), (1, 0, Vec::new()));
}
