//! What is said of a conversation besides its messages: it is on record, metrics and ladders can wait for it, and it keeps no promise.

use owed::Refusal;
use owed::commitment::Verdict;
use owed::policy::Stage;
use owed::ticket::Refusal as Why;

use crate::desk::*;

fn mark(mark: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "mark", "mark": {mark}}}"#)
}

fn opened(rules: &str) -> Desk {
    let mut desk = Desk::new(rules);
    desk.at("02 09:00", OPEN);
    desk
}

/// STORIES 1 and 4: "an apology is not a fix"; nor is anything else that is said.
#[test]
fn no_mark_keeps_a_promise() {
    let mut desk = opened(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_response": "4 hours", "full_resolution": "8 hours" } }]"#,
    );
    desk.at("02 09:10", &promise('a', r#"{"within": "3 hours"}"#));
    let id = promise_id('a').to_string();
    for one in [
        r#"{"what": "transferred", "to": "billing"}"#.to_owned(),
        r#"{"what": "solution_offered"}"#.to_owned(),
        format!(r#"{{"what": "fault_acknowledged", "about": "{id}"}}"#),
        format!(r#"{{"what": "apologised", "about": "{id}"}}"#),
        format!(r#"{{"what": "explained", "about": "{id}"}}"#),
        r#"{"what": "remedy_asked", "remedy": "refund"}"#.to_owned(),
        format!(r#"{{"what": "remedy_given", "remedy": "credit", "about": "{id}"}}"#),
        r#"{"what": "feedback_asked"}"#.to_owned(),
        r#"{"what": "feedback_given", "score": 100, "safe": true}"#.to_owned(),
        r#"{"what": "reviewed", "reviewer": "lea", "score": 100}"#.to_owned(),
        r#"{"what": "conduct", "stage": "warned", "by": "lea", "reason": "insults"}"#.to_owned(),
    ] {
        assert_eq!(desk.at("02 09:30", &mark(&one)).len(), 1, "{one}: it is on record, and nothing follows");
    }
    let verdicts: Vec<_> = desk.ticket.ledger().all().map(owed::commitment::Commitment::verdict).collect();
    assert_eq!(verdicts, [Verdict::Pending; 3]);
}

/// "Linked to the promise they answer": to one that there is, or was.
#[test]
fn a_mark_is_about_something_that_was_owed_here() {
    let mut desk = opened("[]");
    let why = desk.refused("02 09:30", &mark(&format!(r#"{{"what": "apologised", "about": "{}"}}"#, promise_id('a'))));
    assert_eq!(why, Refusal::Ticket(Why::UnknownCommitment { commitment: promise_id('a') }));
}

/// STORIES 3: the answer that caused a follow-up is marked unclear, and both are linked.
#[test]
fn an_answer_that_had_to_be_asked_about_is_not_clear() {
    let mut desk = opened("[]");
    desk.at("02 10:00", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "m-1"}"#);
    let asked = r#"{"what": "unclear", "answer": "m-1", "asked_in": "018f0000-0000-7000-8000-000000000002"}"#;
    assert_eq!(desk.at("02 11:00", &mark(asked)), ["02 11:00: m-1 was not clear"]);
    let why = desk.refused("02 11:10", &mark(r#"{"what": "unclear", "answer": "m-9"}"#));
    assert_eq!(why.to_string(), "no message of this ticket is m-9");
}

/// STORIES 5: "feedback: asked for once per solution, scored".
#[test]
fn feedback_is_asked_for_once_for_each_solution() {
    let mut desk = opened("[]");
    desk.at("02 10:00", SOLVE);
    let ask = mark(r#"{"what": "feedback_asked"}"#);
    desk.at("02 10:10", &ask);
    assert_eq!(desk.refused("02 10:20", &ask), Refusal::Ticket(Why::FeedbackAsked { asked: t("02 10:10") }));
    desk.at("02 11:00", REOPEN);
    assert_eq!(desk.refused("02 11:10", &ask).code(), "feedback_asked", "it was reopened, and nothing is solved yet");
    desk.at("02 12:00", SOLVE);
    assert_eq!(desk.at("02 12:10", &ask), ["02 12:10: feedback asked for"]);
    let said = desk.at("02 13:00", &mark(r#"{"what": "feedback_given", "score": 20, "safe": false}"#));
    assert_eq!(said, ["02 13:00: feedback: 20 of 100, not safe"]);
    let why = desk.refused("02 13:10", &mark(r#"{"what": "feedback_given", "score": 101}"#));
    assert_eq!(why, Refusal::Ticket(Why::NoScore { score: 101, most: 100 }));
}

/// STORIES 4: "abuse is handled by stages, and never cancels what is owed".
#[test]
fn abuse_is_handled_stage_by_stage_and_cancels_nothing() {
    let mut desk = opened("[]");
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    let stage =
        |stage: &str| mark(&format!(r#"{{"what": "conduct", "stage": "{stage}", "by": "lea", "reason": "insults"}}"#));
    let why = desk.refused("02 09:10", &stage("ended"));
    assert_eq!(why, Refusal::Ticket(Why::StageMissing { stage: Stage::Ended, missing: Stage::Warned }));
    for one in ["warned", "limited", "ended"] {
        assert_eq!(desk.at("02 09:20", &stage(one)), [format!("02 09:20: conduct {one} by lea (insults)")]);
    }
    assert!(desk.at("02 09:30", &stage("warned")).is_empty(), "he was");
    assert_eq!(desk.next().as_deref(), Some("02 12:00:00.000001 Due"), "what is owed to him is owed still");
}

/// A call that nobody took owes a call back (STORIES 3), and one who was passed on is spoken with within minutes: metrics as data.
///
/// Must 3.4.
#[test]
fn metrics_wait_for_marks_and_calls_like_for_anything_else() {
    let mut desk = Desk::with(
        r#"{ "metrics": {
                "call_back": { "deliverable": "callback", "start": [{ "fact": "call", "author": ["customer"], "reached": false }],
                    "stop": [{ "fact": "call", "reached": true }] },
                "passed_on": { "deliverable": "callback", "start": [{ "fact": "marked", "what": ["transferred"] }],
                    "stop": [{ "fact": "call", "author": ["agent"], "reached": true }] },
                "review": { "deliverable": "decision", "start": [{ "fact": "status", "to": ["closed"] }],
                    "stop": [{ "fact": "marked", "what": ["reviewed"] }] } },
            "agreements": [{ "name": "sla", "targets": { "call_back": "2 hours", "passed_on": "5 minutes", "review": "72 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let call = |author: &str, reached: bool| {
        format!(r#"{{"room": "ticket", "type": "call", "author": "{author}", "reached": {reached}}}"#)
    };
    assert_eq!(desk.at("02 09:10", &call("customer", false))[1], "02 09:10: call_back 1 due 02 11:10");
    assert!(desk.at("02 09:40", &call("agent", false)).len() == 1, "nobody was reached");
    assert_eq!(desk.at("02 10:00", &call("agent", true))[1], "02 10:00: call_back 1 fulfilled 02 10:00");
    assert_eq!(desk.at("02 10:01", &mark(r#"{"what": "transferred"}"#))[1], "02 10:01: passed_on 1 due 02 10:06");
    assert_eq!(desk.wake("02 10:10"), ["02 10:06 by time: passed_on 1 breached, due 02 10:06"]);
    desk.at("02 10:20", &call("agent", true));
    assert_eq!(desk.at("02 11:00", CLOSE)[1], "02 11:00: review 1 due 05 11:00");
    let said = desk.at("03 11:00", &mark(r#"{"what": "reviewed", "reviewer": "lea", "score": 90}"#));
    assert_eq!(said[1], "03 11:00: review 1 fulfilled 03 11:00");
}

/// "A call nobody took is a fact too: an unanswered or abandoned call must owe a call back", by the metric that every rulebook has.
///
/// Must 3.4.
#[test]
fn a_call_in_vain_owes_a_call_back() {
    let rules = r#"{ "agreement": { "call_back": "2 hours", "hold_time": "10 minutes" } }"#;
    let call = |author: &str, how: &str| {
        format!(r#"{{"room": "ticket", "type": "call", "author": "{author}", "reached": false, "how": "{how}"}}"#)
    };
    let spoken = r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#;
    for how in ["no_answer", "busy", "message_left", "left_queue", "left_hold"] {
        let mut desk = Desk::with(rules);
        desk.at("02 09:00", OPEN);
        assert_eq!(desk.at("02 09:10", &call("customer", how))[1], "02 09:10: call_back 1 due 02 11:10", "{how}");
        assert_eq!(desk.at("02 09:20", &call("customer", how)).len(), 1, "{how}: owed since the first");
        assert_eq!(desk.at("02 09:30", &call("agent", "no_answer")).len(), 1, "an attempt is no call back");
        assert_eq!(desk.at("02 09:40", spoken)[1], "02 09:40: call_back 1 fulfilled 02 09:40", "{how}");
    }
    // Who hangs up on hold waits no more, and was not answered either.
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:05", r#"{"room": "ticket", "type": "hold_line"}"#);
    assert_eq!(
        desk.at("02 09:10", &call("customer", "left_hold")),
        [
            "02 09:10: customer calls: he hung up on hold",
            "02 09:10: hold_time 1 void: hold_time of sla: not needed any more",
            "02 09:10: call_back 1 due 02 11:10"
        ]
    );
    assert!(desk.ticket.standing().is_some_and(|standing| !standing.on_the_line));
    let contradiction =
        r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true, "how": "left_queue"}"#;
    assert_eq!(
        desk.refused("02 09:30", contradiction),
        Refusal::Ticket(Why::TheySpoke { how: owed::policy::InVain::LeftQueue })
    );
}

/// "A bad score may escalate by policy", and so may the third time that he is passed on.
///
/// Must 2.6.
#[test]
fn a_bad_score_and_the_third_transfer_are_heard_of() {
    let unhappy = || {
        Desk::with(
            r#"{ "ladders": [{ "name": "unhappy",
                    "causes": [{ "on": { "fact": "marked", "what": ["feedback_given"], "score_at_most": 40 } },
                               { "on": { "fact": "marked", "what": ["transferred"] }, "times": 3 }],
                    "rungs": [{ "notify": "lead", "wait": "1 hour" }] }],
                "agreements": [] }"#,
        )
    };
    let mut desk = unhappy();
    desk.at("02 09:00", OPEN);
    let pass_on = mark(r#"{"what": "transferred"}"#);
    assert_eq!(desk.at("02 09:10", &pass_on).len() + desk.at("02 09:20", &pass_on).len(), 2);
    let said = desk.at("02 09:30", &pass_on);
    assert!(said.len() > 1, "the third time: {said:?}");
    let mut desk = unhappy();
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 10:00", &mark(r#"{"what": "feedback_given", "score": 41}"#)).len(), 1);
    assert!(desk.at("02 10:10", &mark(r#"{"what": "feedback_given", "score": 40}"#)).len() > 1);
}

#[test]
fn a_pattern_names_a_mark_that_there_is_and_a_score_that_can_be() {
    let rules = r#"{ "metrics": { "m": { "deliverable": "fix", "start": [{ "fact": "marked", "what": ["apologized"] }],
        "stop": [{ "fact": "marked", "score_at_most": 101 }] } }, "agreements": [] }"#;
    let told = serde_json::from_str::<owed::Rulebook>(rules).expect_err("neither is known").to_string();
    assert!(told.contains(r#"metrics.m.start[0].what[0]: "apologized" is no mark; there are transferred,"#), "{told}");
    assert!(told.contains("101 is no score; write 0 to 100"), "{told}");
}
