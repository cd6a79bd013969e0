//! What readers found when they looked for what is broken in silence, in merging and splitting, and in what answers: a test each.

use owed::policy::Status;

use crate::desk::*;

const SILENT: &str = r#""customer_silent": { "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" }"#;
const WAITING: &str =
    r#""pausable": { "total": "2000 hours" }, "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;
const CALLS: &str = r#"{"room": "ticket", "type": "call", "author": "customer", "reached": true}"#;
const CALLS_IN_VAIN: &str = r#"{"room": "ticket", "type": "call", "author": "customer", "reached": false}"#;
const HUMAN: &str = r#"{"room": "ticket", "type": "ask_for_human"}"#;
const BY_AI: &str = r#"{"room": "ticket", "type": "message", "author": "ai", "message": "ai-1"}"#;

fn told(message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "chase", "message": "{message}"}}"#)
}

/// A customer has come, was asked something, and the ticket waits for him since the 2nd at 10.
fn asked(rules: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ "calendar": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }}, {rules}, {SILENT} }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "a-1"}"#);
    desk.at("02 10:00", WAIT);
    desk
}

/// What is owed to him by contract, and stands still while the ticket waits for him.
fn by_contract(more: &str) -> String {
    format!(
        r#""agreements": [{{ "name": "sla", "binding": "promised", {more} "targets": {{ "first_resolution": {{
            "budget": "60 days", {WAITING} }} }} }}]"#
    )
}

/// He is reminded twice and warned.
fn tell_all(desk: &mut Desk) {
    for (at, message) in [("03 10:01", "r-1"), ("04 10:02", "r-2"), ("06 10:03", "w-1")] {
        desk.at(at, &told(message));
    }
}

/// The same, and then nothing: it is closed on the 8th.
fn given_up(rules: &str) -> Desk {
    let mut desk = asked(rules);
    tell_all(&mut desk);
    desk.wake("09 00:00");
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    desk
}

/// Law 11: a mail that left before he wrote, and is fetched later, does not answer him.
#[test]
fn what_the_desk_had_said_before_is_no_last_word() {
    let mut desk = asked(r#""agreements": []"#);
    desk.at("02 12:00", ASK);
    assert_eq!(desk.fetched("02 13:00", "02 11:00", ANSWER), ["02 13:00: public message of agent"]);
    assert!(desk.ticket.silences().is_empty(), "he has the last word still");
    assert!(desk.fetched("02 14:00", "02 12:00", ANSWER)[1].contains("silence begins"), "in the order recorded");
}

/// Law 11: what he did about what is owed is no older than a mail that had left before.
#[test]
fn what_the_desk_had_said_before_he_asked_for_a_decision_does_not_answer_that() {
    let mut desk = asked(r#""agreements": []"#);
    desk.at("02 12:00", r#"{"room": "escalation", "type": "ask_for_decision"}"#);
    desk.fetched("02 13:00", "02 11:00", ANSWER);
    assert!(desk.ticket.silences().is_empty());
}

/// "Nobody is given up who was not told": a reminder that comes back has told him nothing, and all begins again.
#[test]
fn a_reminder_that_bounced_has_reminded_nobody() {
    let bounce = |message: &str| format!(r#"{{"room": "ticket", "type": "bounce", "message": "{message}"}}"#);
    let mut desk = asked(r#""agreements": []"#);
    tell_all(&mut desk);
    let begins = "silence begins (customer_silent): remind 08 09:00, remind 09 09:00, warn 11 09:00, close 13 09:00";
    assert_eq!(desk.at("07 09:00", &bounce("r-2")), ["07 09:00: r-2 bounced", &format!("07 09:00: {begins}")]);
    assert_eq!(desk.wake("20 00:00").len(), 1, "he is to be reminded, and nothing comes of it until he was");
    assert_eq!(desk.refused("20 09:00", &bounce("r-1")).code(), "unknown_message");
}

/// The same, when the matter is closed by then: it is taken up again.
#[test]
fn a_reminder_that_bounced_after_the_closing_takes_it_back() {
    let bounce = |message: &str| format!(r#"{{"room": "ticket", "type": "bounce", "message": "{message}"}}"#);
    let mut desk = asked(r#""agreements": []"#);
    tell_all(&mut desk);
    desk.wake("20 00:00");
    assert_eq!(desk.ticket.status(), Some(owed::policy::Status::Closed));
    assert_eq!(desk.at("20 09:00", &bounce("r-2")), ["20 09:00: reopened", "20 09:00: r-2 bounced"]);
    let replayed = owed::Ticket::replay(desk.ticket.id(), &desk.events);
    assert_eq!(replayed, desk.ticket);
    // What has nothing to do with the closing is as unknown as ever.
    assert_eq!(desk.refused("20 09:00", &bounce("r-9")).code(), "unknown_message");
}

#[test]
fn a_reminder_that_was_redacted_is_named_no_more() {
    let mut desk = asked(r#""agreements": []"#);
    desk.at("03 10:01", &told("r-1"));
    desk.at("03 11:00", r#"{"room": "ticket", "type": "redact", "message": "r-1"}"#);
    assert!(!serde_json::to_string(&desk.ticket).expect("a text").contains("r-1"));
    assert_eq!(desk.ticket.silences()[0].told.len(), 1, "it was told all the same");
}

/// SEMANTICS 18a: what another matter brings along, he was not reminded of.
#[test]
fn what_was_merged_in_after_the_reminders_does_not_go_with_him() {
    let mut desk = asked(&by_contract(r#""when": { "tags": ["vip"] },"#));
    desk.swap();
    desk.at("02 10:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"tags": ["vip"]}}"#);
    desk.at("02 10:30", ANSWER);
    desk.at("02 10:31", WAIT);
    desk.swap();
    tell_all(&mut desk);
    desk.swap();
    let [_, there] = desk.merge("07 09:00");
    assert!(there.last().is_some_and(|last| last.contains("silence begins")), "{there:?}");
    desk.swap();
    assert_eq!(desk.wake("20 00:00").len(), 1, "he is to be reminded of both");
    assert_eq!(desk.ticket.ledger().open().count(), 1);
}

/// SEMANTICS 18a: the desk was at it when he was reminded.
#[test]
fn what_did_not_stand_still_when_he_was_reminded_does_not_go_with_him() {
    let mut desk = Desk::with(&format!(
        r#"{{ "calendar": "24x7", {}, "silence": [{{ "name": "quiet", "while": {{ "status": ["open", "pending"] }},
            "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" }}] }}"#,
        by_contract("")
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", GO_ON);
    tell_all(&mut desk);
    desk.at("07 09:00", WAIT);
    assert_eq!(desk.wake("09 00:00"), ["08 10:03 by time: closing put off, 1 owed"]);
}

/// The clock may stand still for an hour; then the desk is waited for again.
#[test]
fn what_runs_again_does_not_go_with_him() {
    let mut desk = asked(&by_contract("").replace("2000 hours", "1 hour"));
    tell_all(&mut desk);
    assert_eq!(desk.wake("09 00:00"), ["08 10:03 by time: closing put off, 1 owed"]);
}

/// SEMANTICS 18a: "silent past the limit". Who telephones is not.
#[test]
fn who_calls_is_not_silent() {
    for call in [CALLS, CALLS_IN_VAIN, &CALLS.replace("customer", "agent"), HUMAN] {
        let mut desk = Desk::with(r#"{ "time_to_answer": "1 hour", "agreements": [] }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 11:00", &promise('a', r#"{"at": "2026-03-30T12:00:00Z"}"#));
        for (at, step) in [("02 12:00", "asked"), ("02 14:00", "reminded"), ("02 16:00", "reminded")] {
            desk.at(at, &about("chase", 'a', &format!(r#", "step": "{step}", "message": "m-1""#)));
        }
        let warned = r#", "step": {"warned": {"until": "2026-03-03T09:00:00Z"}}, "message": "m-2""#;
        desk.at("02 18:00", &about("chase", 'a', warned));
        assert_eq!(desk.at("02 19:00", call)[1], "02 19:00: promise a heard", "{call}");
        assert_eq!(desk.refused("03 10:00", &about("find_absent", 'a', "")).code(), "step_missing");
    }
}

/// "His return takes it up again", over whichever channel.
#[test]
fn who_calls_is_back() {
    for call in [CALLS, CALLS_IN_VAIN, HUMAN] {
        let mut desk = given_up(&by_contract(""));
        let said = desk.at("10 09:00", call);
        assert_eq!(said[0], "10 09:00: reopened", "{call}");
        assert!(said[1].starts_with("10 09:00: first_resolution 1 due"), "{said:?}");
    }
    let mut desk = given_up(r#""agreements": []"#);
    assert_eq!(desk.at("10 09:00", &CALLS.replace("customer", "agent")).len(), 1, "the desk has called");
}

#[test]
fn who_asks_for_a_decision_is_back() {
    let mut desk = given_up(&by_contract(""));
    let said = desk.at("10 09:00", r#"{"room": "escalation", "type": "ask_for_decision"}"#);
    assert_eq!([&said[0], &said[2]], ["10 09:00: reopened", "10 09:00: decision asked, about []"]);
    assert_eq!(desk.ticket.ledger().open().count(), 2, "what had gone with him, and the decision");
}

/// Law 11, found out later: the answer had reached nobody, so his question was the last word.
#[test]
fn an_answer_that_reached_nobody_opens_what_was_closed_for_his_silence() {
    let bounce = r#"{"room": "ticket", "type": "bounce", "message": "a-1"}"#;
    let automatic = r#"{"room": "ticket", "type": "reclassify", "message": "a-1", "author": "automation"}"#;
    for order in [bounce, automatic] {
        let mut desk = given_up(r#""agreements": []"#);
        assert_eq!(desk.at("10 09:00", order)[0], "10 09:00: reopened", "{order}");
        assert!(desk.ticket.silences().is_empty());
    }
    let mut desk = given_up(r#""agreements": []"#);
    desk.at("09 10:00", REOPEN);
    desk.at("09 11:00", CLOSE);
    assert_eq!(desk.at("10 09:00", bounce).len(), 1, "the desk has closed it itself");
}

/// Must 3.4. "An unanswered or abandoned call must owe a call back", and what is solved is no excuse.
#[test]
fn who_calls_about_what_is_solved_is_owed_a_call_back() {
    for end in [SOLVE, CLOSE] {
        let mut desk = Desk::with(r#"{ "agreement": { "call_back": "4 hours" } }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", end);
        assert_eq!(desk.at("02 11:00", CALLS_IN_VAIN)[1], "02 11:00: call_back 1 due 02 15:00");
    }
}

/// Must 3.4. Nor is it one that two tickets are one matter.
#[test]
fn a_call_in_vain_is_owed_a_call_back_where_the_matter_goes_on() {
    let mut desk = asked(r#""agreement": { "call_back": "4 hours" }"#);
    let hung_up = r#"{"room": "ticket", "type": "call", "author": "customer", "reached": false, "how": "left_queue"}"#;
    let hold = r#"{"room": "ticket", "type": "hold_line"}"#;
    desk.at("02 10:10", hold);
    desk.swap();
    desk.at("02 10:20", OPEN);
    desk.at("02 10:30", ANSWER);
    desk.at("02 11:00", hung_up);
    let [_, there] = desk.merge("02 12:00");
    assert_eq!(
        there,
        [
            "02 12:00: the other merged into it",
            "02 12:00: silence over (customer_silent)",
            "02 12:00: customer calls, in vain",
            "02 12:00: call_back 1 due 02 15:00"
        ]
    );
    assert!(desk.aside.0.standing().is_some_and(|standing| standing.on_the_line), "he waits on the line here");
}

/// Law 11, over a merging: what he had said last on the one is said on the other.
#[test]
fn where_he_had_the_last_word_before_a_merging_nobody_is_silent() {
    for his in [
        ASK,
        CALLS_IN_VAIN,
        HUMAN,
        r#"{"room": "ticket", "type": "mark", "mark": {"what": "remedy_asked", "remedy": "refund"}}"#,
        r#"{"room": "escalation", "type": "ask_for_decision"}"#,
    ] {
        let mut desk = asked(r#""agreements": []"#);
        desk.swap();
        desk.at("02 10:00", OPEN);
        desk.at("02 10:30", ANSWER);
        desk.at("02 11:00", his);
        desk.merge("02 12:00");
        desk.swap();
        assert!(desk.ticket.silences().is_empty(), "{his}");
        assert!(desk.at("02 13:00", ANSWER).last().is_some_and(|last| last.contains("silence begins")), "{his}");
    }
    let mut desk = asked(r#""agreements": []"#);
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk.at("02 10:30", ANSWER);
    desk.merge("02 12:00");
    desk.swap();
    assert_eq!(desk.ticket.silences().len(), 1, "he had been answered on both");
}

/// STORIES 5: "never after the customer has asked for a human", on whichever ticket he did.
#[test]
fn who_has_asked_for_a_human_has_asked_where_the_matter_goes_on() {
    let rules = r#"{ "agreements": [{ "name": "sla", "targets": { "next_response": { "budget": "4 hours", "also": [{ "fact": "message", "author": ["ai"] }] } } }] }"#;
    let question = r#"{"room": "ticket", "type": "message", "author": "customer", "message": "q-1"}"#;
    let mut merged = Desk::with(rules);
    merged.at("02 09:00", OPEN);
    merged.at("02 09:30", ANSWER);
    merged.swap();
    merged.at("02 10:00", OPEN);
    merged.at("02 10:30", ANSWER);
    merged.at("02 10:40", HUMAN);
    merged.at("02 11:00", question);
    merged.merge("02 12:00");
    let mut split = Desk::with(&rules.replace("next_response", "first_response"));
    split.at("02 10:00", OPEN);
    split.at("02 10:40", HUMAN);
    split.at("02 11:00", question);
    split.split("02 12:00", r#"{"messages": ["q-1"]}"#);
    for mut desk in [merged, split] {
        desk.swap();
        assert_eq!(desk.ticket.ledger().open().count(), 1);
        desk.at("02 12:30", BY_AI);
        assert_eq!(desk.ticket.ledger().open().count(), 1, "a language model has answered him");
    }
}

/// Must 5.1. "An automatic acknowledgement must never fulfil a reply promise", however somebody writes the metric.
#[test]
fn no_metric_of_ones_own_takes_a_machine_for_an_answer() {
    let message = |author: &str, visibility: &str| {
        format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "visibility": "{visibility}"}}"#)
    };
    let owing = |stop: &str| {
        let mut desk = Desk::with(&format!(
            r#"{{ "metrics": {{ "answer": {{ "deliverable": "reply", "start": [{{ "fact": "opened" }}], "stop": [{stop}] }} }},
                 "agreements": [{{ "name": "sla", "targets": {{ "answer": "4 hours" }} }}] }}"#
        ));
        desk.at("02 09:00", OPEN);
        desk
    };
    let anybody = r#"{ "fact": "message" }"#;
    let mut desk = owing(anybody);
    for (author, visibility) in [
        ("automation", "public"),
        ("system", "public"),
        ("ai", "public"),
        ("third_party", "public"),
        ("agent", "internal"),
    ] {
        assert_eq!(desk.at("02 10:00", &message(author, visibility)).len(), 1, "{author}, {visibility}");
    }
    assert_eq!(desk.at("02 11:00", ANSWER).len(), 2);
    let mut named = owing(r#"{ "fact": "message", "author": ["automation", "ai"] }"#);
    assert_eq!(named.at("02 10:00", &message("automation", "public")).len(), 1, "not even by name");
    assert_eq!(named.at("02 10:00", &message("ai", "public")).len(), 2, "the agreement says so");
}

/// Must 5.1. Nor does a host's saying so make it one.
#[test]
fn an_acknowledgement_is_no_evidence_of_a_reply() {
    let mut desk = Desk::with(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &promise('a', r#"{"at": "2026-03-30T12:00:00Z"}"#).replace("callback", "reply"));
    desk.at("02 09:20", r#"{"room": "ticket", "type": "message", "author": "automation", "message": "auto-1"}"#);
    desk.at("02 09:30", BY_AI);
    desk.at("02 09:40", HUMAN);
    let by = |message: &str| about("fulfil", 'a', &format!(r#", "evidence": "{message}""#));
    let refused = desk.refused("02 10:00", &by("auto-1"));
    assert_eq!(refused.code(), "no_answer");
    assert!(refused.to_string().starts_with("auto-1, written by automation, is no answer"), "{refused}");
    assert_eq!(desk.refused("02 10:00", &by("ai-1")).code(), "no_answer", "he has asked for a human being");
    assert_eq!(desk.at("02 10:10", &by("elsewhere")), ["02 10:10: promise a fulfilled 02 10:10"]);
}

/// "Never an answer: acknowledgements, auto-replies, internal notes, a bounced message, a message by a third party", whoever says that it was.
#[test]
fn no_note_no_bounced_message_and_no_third_party_shows_a_reply() {
    let wrote = |author: &str, visibility: &str, name: &str| {
        format!(
            r#"{{"room": "ticket", "type": "message", "author": "{author}", "visibility": "{visibility}", "message": "{name}"}}"#
        )
    };
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let reply = promise('a', r#"{"within": "8 hours"}"#).replace("callback", "reply");
    desk.at("02 09:00", &reply);
    desk.at("02 09:10", &wrote("agent", "internal", "note"));
    desk.at("02 09:10", &wrote("third_party", "public", "vendor"));
    desk.at("02 09:10", &wrote("agent", "public", "back"));
    desk.at("02 09:20", r#"{"room": "ticket", "type": "bounce", "message": "back"}"#);
    desk.at("02 09:30", &wrote("agent", "public", "answer"));
    let by = |name: &str| about("fulfil", 'a', &format!(r#", "evidence": "{name}""#));
    for name in ["note", "vendor", "back"] {
        assert_eq!(desk.refused("02 10:00", &by(name)).code(), "no_answer", "{name}");
    }
    assert_eq!(desk.at("02 10:00", &by("answer")), ["02 10:00: promise a fulfilled 02 10:00"]);
}
