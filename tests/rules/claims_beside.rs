//! What somebody claims beside further questions, a program's word, another pair of eyes, pauses, updates, a split.

use super::claims_in_hindsight::{ADA, BEN, FOUR_EYES, MAIL, NEXT, answered_once};
use super::hindsight_of_beginnings::stands;
use super::put_right::{bounce, message, was};
use super::record::{breached, by, by_mail, dues, fulfilled};
use crate::desk::*;

fn asked(corrections: &str) -> Desk {
    let mut desk = answered_once(&format!("{corrections}{NEXT}"));
    desk.at("02 09:00", &message("customer", "public", "q-1"));
    desk
}

/// By his own word it was sent before the second question, which it has not answered.
#[test]
fn what_is_claimed_to_be_older_than_a_further_question_leaves_that_owed() {
    for vouched in [true, false] {
        let mut desk = asked("");
        desk.at("02 10:30", &message("customer", "public", "q-2"));
        let mail = message("agent", "public", "m-2");
        let said = match vouched {
            true => desk.fetched("02 11:15", "02 10:00", &mail),
            false => desk.claimed("02 11:15", "02 10:00", &mail),
        };
        assert_eq!(dues(&desk), ["2026-03-02T12:30:00Z"], "vouched {vouched}: {said:?}");
    }
}

/// A late answer to two questions bounces, and there is said to have been one between them.
#[test]
fn a_further_question_is_owed_behind_whatever_is_said_to_have_been_before_it() {
    let (first, second) = ("2026-03-02T11:00:00Z", "2026-03-02T12:30:00Z");
    let cases = [("nothing", 1, first), ("a note", 2, second), ("claimed", 2, second), ("fetched", 1, second)];
    for (how, broken, due) in cases {
        let mut desk = asked("");
        desk.at("02 10:00", &message("agent", "internal", "m-2"));
        desk.at("02 10:30", &message("customer", "public", "q-2"));
        desk.at("02 12:00", &message("agent", "public", "m-4"));
        let mail = message("agent", "public", "m-3");
        match how {
            "a note" => desk.at("02 13:00", &was("m-2", "agent", "public")),
            "claimed" => desk.claimed("02 13:00", "02 10:00", &mail),
            "fetched" => desk.fetched("02 13:00", "02 10:00", &mail),
            _ => Vec::new(),
        };
        let said = by_mail(&mut desk, "02 14:00", &bounce("m-4"));
        assert_eq!((breached(&desk), dues(&desk)), (broken, vec![due.to_owned()]), "{how}: {said:?}");
    }
}

/// A mail that is claimed to be older has answered the first, and bounces: the first is owed again, or the second where a note had answered the first.
#[test]
fn of_two_questions_the_one_is_owed_that_nothing_has_answered_where_a_claimed_answer_bounces() {
    for (filed, due) in [(false, "2026-03-02T11:00:00Z"), (true, "2026-03-02T12:30:00Z")] {
        let mut desk = asked("");
        desk.at("02 09:45", &message("agent", "internal", "m-1"));
        desk.at("02 10:30", &message("customer", "public", "q-2"));
        desk.claimed("02 11:15", "02 09:55", &message("agent", "public", "m-3"));
        if filed {
            desk.at("02 12:00", &was("m-1", "agent", "public"));
        }
        let said = by_mail(&mut desk, "02 12:45", &bounce("m-3"));
        assert_eq!(dues(&desk), [due], "filed {filed}: {said:?}");
    }
}

/// A program vouches for what it tells, whatever a person has made of that message before.
#[test]
fn what_a_program_says_is_no_claim_whatever_a_person_had_made_of_it() {
    let [stranger, claim, back] = [("third_party", "internal"), ("agent", "public"), ("agent", "internal")];
    for filed in [&[][..], &[stranger], &[claim], &[claim, back], &[stranger, claim]] {
        let mut desk = asked("");
        desk.at("02 10:00", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", &message("agent", "public", "m-3"));
        for ((author, visibility), at) in filed.iter().zip(["02 12:30", "02 12:40"]) {
            desk.at(at, &was("m-2", author, visibility));
        }
        let said = by_mail(&mut desk, "02 13:00", &was("m-2", "agent", "public"));
        assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "{filed:?}: {said:?}");
    }
}

/// What a message was at first is what it is beyond doubt, whoever has filed it wrong meanwhile.
#[test]
fn whatever_has_filed_an_answer_wrong_a_program_takes_that_back() {
    for who in [MAIL, ADA] {
        let mut desk = asked("");
        desk.at("02 09:45", &message("agent", "public", "m-1"));
        by(&mut desk, who, "02 10:30", &was("m-1", "agent", "internal"));
        let said = by_mail(&mut desk, "02 11:15", &was("m-1", "agent", "public"));
        assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "{who}: {said:?}");
    }
}

/// What a program vouches to have been in time counts beside a later claim that nobody believes.
#[test]
fn what_a_program_vouches_for_is_not_hidden_behind_a_claim() {
    for claimed in [false, true] {
        let mut desk = asked("");
        desk.at("02 10:30", &message("agent", "internal", "m-2"));
        let mail = message("agent", "public", "m-3");
        match claimed {
            true => desk.claimed("02 11:15", "02 09:55", &mail),
            false => desk.at("02 11:15", &mail),
        };
        let said = by_mail(&mut desk, "02 12:00", &was("m-2", "agent", "public"));
        assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "claimed {claimed}: {said:?}");
    }
}

/// "By another than the performer": another person's word takes a late answer's breach back, and her own does not.
#[test]
fn another_who_files_a_note_rightly_is_the_second_pair_of_eyes() {
    for (who, broken) in [(BEN, 0), (ADA, 1)] {
        let mut desk = asked(FOUR_EYES);
        desk.at("02 10:00", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", &message("agent", "public", "m-3"));
        let said = by(&mut desk, who, "02 13:00", &was("m-2", "agent", "public"));
        assert_eq!((breached(&desk), fulfilled(&desk)), (broken, 1 - broken), "{who}: {said:?}");
    }
}

/// An update that nobody believes lets no update be owed less.
#[test]
fn an_update_is_owed_whatever_was_claimed_before_one_that_was_none() {
    for how in ["nothing", "a note", "claimed"] {
        let mut desk =
            answered_once(r#""agreements": [{ "name": "sla", "targets": { "periodic_update": "2 hours" } }]"#);
        desk.at("02 09:30", &message("agent", "internal", "m-2"));
        desk.at("02 12:00", &message("agent", "public", "m-3"));
        match how {
            "a note" => desk.at("02 13:00", &was("m-2", "agent", "public")),
            "claimed" => desk.claimed("02 13:00", "02 09:30", &message("agent", "public", "m-4")),
            _ => Vec::new(),
        };
        desk.wake("02 16:00");
        let said = desk.at("02 16:10", &was("m-3", "third_party", "public"));
        assert_eq!(dues(&desk).len(), 1, "{how}: {said:?}");
    }
}

/// What nobody believes was done earlier was not done then: while the ticket waited on the customer, the clock stood still.
#[test]
fn a_claim_cuts_no_pause_of_a_question_that_is_found() {
    let rules = NEXT.replace(
        r#""2 hours""#,
        r#"{ "budget": "2 hours", "pausable": { "total": "20 hours" },
            "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] }"#,
    );
    for found_first in [true, false] {
        let mut desk = answered_once(&rules);
        desk.at("02 09:00", &message("third_party", "public", "q-1"));
        if found_first {
            by_mail(&mut desk, "02 09:05", &was("q-1", "customer", "public"));
        }
        desk.at("02 09:30", WAIT);
        desk.claimed("02 12:00", "02 10:00", &message("agent", "public", "m-2"));
        if !found_first {
            by_mail(&mut desk, "02 15:00", &was("q-1", "customer", "public"));
        }
        assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1), "found first: {found_first}");
    }
}

/// It is late by when it was claimed, and not by when the question was found.
#[test]
fn how_late_a_claimed_answer_is_no_later_finding_says() {
    let late = |found_first: bool| {
        let mut desk = answered_once(NEXT);
        desk.at("02 09:00", &message("third_party", "public", "q-1"));
        let found = was("q-1", "customer", "public");
        let mut said = if found_first { by_mail(&mut desk, "02 09:30", &found) } else { Vec::new() };
        said.extend(desk.claimed("02 12:00", "02 10:00", &message("agent", "public", "m-2")));
        if !found_first {
            said.extend(by_mail(&mut desk, "03 13:00", &found));
        }
        let late = said.iter().find_map(|line| line.split_once("next_response 1 late "));
        late.map(|(_, late)| late.to_owned()).expect("it was late")
    };
    assert_eq!([true, false].map(late), ["02 12:00, by 3600 s"; 2]);
}

/// What is split off was claimed there as it was here.
#[test]
fn a_split_makes_no_proof_of_a_claim() {
    let rules =
        r#""agreements": [{ "name": "sla", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }]"#;
    let mail = message("agent", "public", "m-2");
    let told = [true, false].map(|claimed_first| {
        let mut desk = answered_once(rules);
        desk.at("02 09:00", &message("customer", "public", "q-1"));
        if claimed_first {
            desk.claimed("02 12:00", "02 10:00", &mail);
            desk.split("02 12:10", r#"{"messages": ["q-1", "m-2"], "commitments": []}"#);
            desk.swap();
        } else {
            desk.split("02 11:50", r#"{"messages": ["q-1"], "commitments": []}"#);
            desk.swap();
            desk.claimed("02 12:00", "02 10:00", &mail);
        }
        desk.wake("02 12:30");
        stands(&desk)
    });
    assert_eq!(told, [(1, 0, Vec::new()), (1, 0, Vec::new())]);
}

/// Nor an answer, where a further question is split off with it: what was asked after what somebody claims, that has not answered.
#[test]
fn a_split_makes_no_answer_of_a_claim() {
    let rules =
        r#""agreements": [{ "name": "sla", "targets": { "first_response": "2 hours", "next_response": "2 hours" } }]"#;
    let mail = message("agent", "public", "m-2");
    for claimed_at in ["02 10:45", "02 11:15"] {
        let told = [true, false].map(|claimed_first| {
            let mut desk = answered_once(rules);
            desk.at("02 09:00", &message("customer", "public", "q-1"));
            desk.at("02 10:30", &message("customer", "public", "q-2"));
            if claimed_first {
                desk.claimed(claimed_at, "02 10:00", &mail);
                desk.split("02 11:20", r#"{"messages": ["q-1", "q-2", "m-2"], "commitments": []}"#);
                desk.swap();
            } else {
                desk.split("02 10:40", r#"{"messages": ["q-1", "q-2"], "commitments": []}"#);
                desk.swap();
                desk.claimed(claimed_at, "02 10:00", &mail);
                desk.wake("02 11:20");
            }
            stands(&desk)
        });
        let broken = u64::from(claimed_at > "02 11:00");
        assert_eq!(told, [true, false].map(|_| (broken, 1 - broken, vec!["02T12:30:00Z".to_owned()])), "{claimed_at}");
    }
}
