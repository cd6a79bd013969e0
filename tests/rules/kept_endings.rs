//! What has ended a cycle, where a message turns out to have been something else: what is put right, and what stays as it was.

use super::put_right::{bounce, message, was};
use super::record::{VIP, breached, correctable, fulfilled, goal, open};
use crate::desk::*;

/// What a message of a third party lets begin again, and a solution makes needless.
const CHASED: &str = r#""metrics": { "chased": { "deliverable": "update",
    "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
    "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
    "cancel": [{ "fact": "status", "to": ["solved"] }],
    "reset": [{ "fact": "message", "author": ["third_party"], "visibility": ["public"] }] } }"#;

fn chased(budget: &str) -> Desk {
    correctable(&format!(r#"{CHASED}, "agreements": [{{ "name": "sla", "targets": {{ "chased": "{budget}" }} }}]"#))
}

/// Of one instant the order recorded counts: the answer came first, and the question after it.
#[test]
fn what_was_sent_before_a_question_of_the_same_instant_is_no_answer_to_it() {
    let mut desk = goal("next_response", r#""2 hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", &message("third_party", "public", "m-1"));
    desk.at("02 11:00", &message("customer", "public", "m-2"));
    desk.at("02 13:50", ANSWER);
    desk.at("02 14:30", &was("m-1", "agent", "public"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (1, 0), "m-2 waited until 13:50");
}

/// A mail that was sent in time has taken the breach off. A late answer that is found, and had been taken in before the mail, takes nothing back.
#[test]
fn what_a_mail_sent_in_time_has_corrected_stays_so_where_a_later_answer_is_found() {
    let mut desk = goal("first_response", r#""3 hours""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 12:30", &message("customer", "public", "m-1"));
    desk.fetched("02 13:00", "02 11:00", &message("agent", "public", "m-2"));
    assert_eq!((breached(&desk), fulfilled(&desk)), (0, 1));
    assert_eq!(desk.at("02 15:00", &was("m-1", "agent", "public")), ["02 15:00: m-1 was public of agent"]);
}

/// Of one instant the order recorded counts: what cancels came first, so nothing was left for the other to end.
#[test]
fn of_two_that_end_it_at_one_instant_the_first_recorded_has() {
    let mut desk = correctable(
        r#""metrics": { "chased": { "deliverable": "fix",
                "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
                "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                "cancel": [{ "fact": "message", "author": ["automation"] }] } },
            "agreements": [{ "name": "sla", "targets": { "chased": "2 hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 11:00", &message("third_party", "public", "m-2"));
    desk.at("02 11:00", ANSWER);
    assert_eq!(fulfilled(&desk), 1);
    let said = desk.at("02 11:30", &was("m-2", "automation", "public"));
    assert_eq!(fulfilled(&desk), 0, "{said:?}");
    assert!(said.last().unwrap().ends_with("void: chased of sla: not needed any more"), "{said:?}");
}

/// What was solved without an answer, and has begun again since an instant that is none any more. What no metric sees moves nothing of it.
#[test]
fn a_correction_of_what_no_metric_sees_says_nothing_more() {
    let mut desk = chased("4 hours");
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    desk.at("02 10:30", &message("automation", "public", "m-2"));
    desk.at("02 11:00", &message("third_party", "public", "m-3"));
    desk.at("02 12:00", SOLVE);
    desk.at("02 13:00", &was("m-3", "automation", "public"));
    assert_eq!(desk.at("02 14:00", &was("m-2", "system", "public")), ["02 14:00: m-2 was public of system"]);
}

/// What has been announced is a promise from then on, and no rule of the desk's can end it: also not where it counts since another instant than it was
/// thought to.
#[test]
fn what_would_end_a_goal_ends_no_promise_in_hindsight() {
    let mut desk = chased("4 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:30", &message("third_party", "public", "m-2"));
    let owed = desk.ticket.ledger().open().next().unwrap().id;
    desk.at(
        "02 09:40",
        &format!(r#"{{"room": "commitment", "type": "announce", "commitment": "{owed}", "message": "e-1"}}"#),
    );
    desk.at("02 10:00", SOLVE);
    desk.at("02 11:00", ANSWER);
    assert_eq!(desk.at("02 12:00", &bounce("m-2")), ["02 12:00: m-2 bounced"]);
    assert_eq!((fulfilled(&desk), open(&desk)), (1, 0), "answered at 11:00");
}

/// What started it and was fetched late does not end it.
#[test]
fn what_a_round_counts_from_does_not_answer_it() {
    let mut desk = correctable(
        r#""agreements": [{ "name": "sla", "when": { "tags": ["vip"] }, "targets": { "periodic_update": "4 hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.fetched("02 10:00", "02 09:00", &message("agent", "public", "m-2"));
    desk.at("02 10:30", VIP);
    assert_eq!(desk.at("02 11:30", &bounce("m-1")), ["02 11:30: m-1 bounced"]);
    assert_eq!(open(&desk), 1);
}

/// The first update came back, so the round after it never was: its breach is none, whoever says so. The one before is owed, and is broken.
#[test]
fn of_two_rounds_broken_since_an_update_that_bounced_one_is() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "periodic_update": "2 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", &message("agent", "public", "m-1"));
    let said = desk.at("02 19:40", &bounce("m-1"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1), "{said:?}");
}

/// No rulebook lets anybody put a record right, so the breach stays on record whatever starts it. What is said of that message next neither answers it nor
/// makes it needless.
#[test]
fn what_stays_on_record_ends_with_its_answer_and_with_nothing_else() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "30 minutes" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 10:20", &message("customer", "public", "m-1"));
    desk.at("02 12:20", &was("m-1", "third_party", "public"));
    assert_eq!((breached(&desk), open(&desk)), (1, 1));
    assert_eq!(desk.at("02 13:20", &was("m-1", "agent", "internal")), ["02 13:20: m-1 was internal of agent"]);
}

/// Nor does it matter then what else is put right: it was answered too late, or solved without an answer.
#[test]
fn what_stays_on_record_stays_as_it_has_ended() {
    for (ends, ended) in
        [(ANSWER, "late 02 14:30, by 5400 s"), (SOLVE, "overtaken: next_response of sla: not needed any more")]
    {
        let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "next_response": "30 minutes" } }]"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:10", ANSWER);
        desk.at("02 12:30", &message("customer", "public", "m-1"));
        desk.at("02 13:30", &was("m-1", "agent", "public"));
        let said = desk.at("02 14:30", ends);
        assert!(said.last().unwrap().ends_with(ended), "{said:?}");
        desk.at("02 15:00", &message("third_party", "public", "m-2"));
        assert_eq!(desk.at("02 16:00", &bounce("m-2")), ["02 16:00: m-2 bounced"]);
    }
}

/// What the channel vouches for is late since it happened, though a message of that very instant is what somebody puts right.
#[test]
fn what_is_put_right_is_claimed_and_the_rest_is_vouched_for() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "periodic_update": "2 hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 15:10", &message("agent", "public", "m-1"));
    desk.fetched("02 15:20", "02 15:10", &message("agent", "public", "m-2"));
    let said = desk.at("02 16:50", &was("m-1", "third_party", "public"));
    assert!(said.iter().any(|line| line.ends_with("periodic_update 1 late 02 15:10, by 15000 s")), "{said:?}");
}

/// It had begun again at ten, so it was broken at twelve, and what came at one did not let it begin again.
#[test]
fn what_was_broken_between_two_that_let_it_begin_again_begins_once() {
    let mut desk = chased("2 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:10", &message("agent", "public", "m-2"));
    desk.at("02 10:00", &message("third_party", "public", "m-3"));
    desk.at("02 13:00", &message("third_party", "public", "m-4"));
    let said = desk.at("02 14:00", &bounce("m-2"));
    assert!(said.last().unwrap().contains("chased 1 breached, due 02 12:00"), "{said:?}");
}

/// It has begun again since, so it counts since then whatever the message before was.
#[test]
fn what_moves_nothing_is_not_told() {
    let mut desk = chased("4 hours");
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 10:00", &message("third_party", "public", "m-2"));
    desk.at("02 11:30", &message("third_party", "public", "m-3"));
    assert_eq!(desk.at("02 11:40", &bounce("m-2")), ["02 11:40: m-2 bounced"]);
    // The priority was another when it was answered already.
    let mut desk = goal("next_response", r#""4 hours""#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:20", &priority("1"));
    desk.at("02 09:20", &message("agent", "public", "m-2"));
    let said = desk.at("02 09:30", &bounce("m-2"));
    assert_eq!((said.len(), said.last().unwrap().as_str()), (3, "02 09:30: next_response 1 due 02 13:00"), "{said:?}");
}

/// What is closed stays closed by its edition: also where later rules have it that the same fact would have made it needless.
#[test]
fn what_later_rules_make_of_an_answer_takes_back_none() {
    let rules = |from: &str, cancel: &str, also: &str| {
        format!(
            r#"{{ {from} "metrics": {{ "chased": {{ "deliverable": "update", {cancel}
                    "start": [{{ "fact": "message", "author": ["customer"], "visibility": ["public"] }}],
                    "stop": [{{ "fact": "message", "author": ["agent"], "visibility": ["public"] }}],
                    "reset": [{{ "fact": "message", "author": ["third_party"], "visibility": ["public"] }}] }} }},
                "agreements": [{{ "name": "sla", "targets": {{ "chased": {{ "budget": "4 hours" {also} }} }} }}] }}"#
        )
    };
    const AUTOMATION: &str = r#"[{ "fact": "message", "author": ["automation"] }]"#;
    let (stops, cancels) = (format!(r#", "also": {AUTOMATION}"#), format!(r#""cancel": {AUTOMATION},"#));
    let later = r#""from": "2026-03-02T11:00:00Z","#;
    for (first, second) in
        [(rules("", "", &stops), rules(later, &cancels, "")), (rules("", &cancels, ""), rules(later, "", &stops))]
    {
        let mut desk = Desk::with(&format!(r#"{{ "editions": [{first}, {second}] }}"#));
        desk.at("02 08:00", OPEN);
        desk.at("02 09:00", &message("customer", "public", "m-1"));
        desk.at("02 09:30", &message("third_party", "public", "m-2"));
        desk.at("02 10:00", &message("automation", "public", "m-3"));
        assert_eq!(open(&desk), 0);
        desk.at("02 12:00", &message("customer", "public", "m-4"));
        let said = desk.at("02 12:30", &bounce("m-2"));
        assert_eq!((open(&desk), said.len()), (1, 1), "m-4 is owed, and nothing else: {said:?}");
    }
}
