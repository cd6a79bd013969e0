//! What the second reader with fresh eyes broke, mended.

use owed::Refusal;
use owed::escalation::{Event as Told, Refusal as Why};

use crate::desk::*;

fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}"{more}}}"#)
}

fn ladders(ladders: &str) -> Desk {
    let mut desk = Desk::with(&format!(r#"{{ "agreements": [], "ladders": [{ladders}] }}"#));
    desk.at("02 09:00", OPEN);
    desk
}

fn message(author: &str, message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "{message}"}}"#)
}

const UNANSWERED: &str = r#"{ "name": "unanswered", "rungs": [{ "notify": "lead", "wait": "1 hour" }],
    "causes": [{ "on": { "fact": "message", "author": ["customer"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }] }"#;

/// What ended a cause was no answer: nobody has read it.
#[test]
fn an_answer_that_bounced_takes_no_cause_away() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", ASK);
    assert_eq!(
        desk.at("02 10:00", &message("agent", "m-7")).last().map(String::as_str),
        Some("02 10:00: unanswered moot")
    );
    let bounced = desk.at("02 10:01", r#"{"room": "ticket", "type": "bounce", "message": "m-7"}"#);
    assert!(bounced.last().is_some_and(|line| line.starts_with("02 10:01: unanswered started")), "{bounced:?}");
    assert!(desk.wake("02 14:02").iter().any(|line| line.contains("tells lead")));
}

#[test]
fn a_message_that_turns_out_to_be_spam_is_no_cause() {
    let mut desk = ladders(UNANSWERED);
    desk.at("02 09:10", &message("customer", "m-8"));
    assert_eq!(desk.ticket.escalations().live().count(), 1);
    let spam = r#"{"room": "ticket", "type": "reclassify", "message": "m-8", "author": "customer", "class": "spam"}"#;
    assert_eq!(desk.at("02 09:20", spam).last().map(String::as_str), Some("02 09:20: unanswered moot"));
}

/// "In force from the opening, not refusable in silence, usable again": also on a ticket that is closed.
#[test]
fn he_may_ask_for_a_decision_when_the_ticket_is_closed() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors" } } }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", CLOSE);
    let asked = desk.at("02 14:07", &order("ask_for_decision", ""));
    assert_eq!(asked[1], "02 14:07: decision due 02 14:37");
    let declined =
        decline("the goods were used", r#""due": {"at": "2026-03-03T09:00:00Z"}"#, r#"{"team": "supervisors"}"#);
    assert_eq!(desk.at("02 14:20", &declined).len(), 3, "and what is offered instead is owed");
}

fn decline(reason: &str, due: &str, owner: &str) -> String {
    let offer =
        format!(r#"{{"commitment": "@a", "deliverable": "callback", "beneficiary": "c-1", "owner": {owner}, {due}}}"#);
    order("decline", &format!(r#", "reason": "{reason}", "told": "m-2", "offer": {offer}"#))
}

fn asked(supervisor: &str) -> Desk {
    let mut desk =
        Desk::with(&format!(r#"{{ "agreements": [], "supervisor": {{ "within": "30 minutes"{supervisor} }} }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 14:07", &order("ask_for_decision", r#", "about": "bob""#));
    desk
}

/// Whom he has complained of does not decide the next time either.
#[test]
fn whom_he_complained_of_does_not_decide_the_next_request() {
    let mut desk = asked("");
    desk.at("02 14:20", &order("grant", r#", "told": "m-2""#));
    desk.at("02 15:00", &order("ask_for_decision", ""));
    let mut command = desk.command("02 15:10", &order("grant", r#", "told": "m-3""#));
    command.by = serde_json::from_str(r#"{"agent": "bob"}"#).expect("an agent");
    assert_eq!(desk.handle(&command).expect_err("refused").why.code(), "complained_of");
}

/// "Something offered instead, itself a commitment with a due": within a time that is one.
#[test]
fn an_offer_that_is_due_in_a_hundred_years_is_none() {
    let mut desk = asked("");
    let late =
        decline("outside the warranty", r#""due": {"at": "2126-03-03T09:00:00Z"}"#, r#"{"team": "supervisors"}"#);
    let (due, latest) = (t("2126-03-03T09:00:00Z"), t("2026-04-01T14:20:00Z"));
    assert_eq!(desk.refused("02 14:20", &late), Refusal::Escalation(Why::OfferedTooLate { due, latest }));
    let mut desk = asked(r#", "offer_within": "48 hours""#);
    let third_day =
        decline("outside the warranty", r#""due": {"at": "2026-03-05T09:00:00Z"}"#, r#"{"team": "supervisors"}"#);
    assert_eq!(desk.refused("02 14:20", &third_day).code(), "offered_too_late", "the rulebook's figure");
    let by_bob = decline(
        "outside the warranty",
        r#""due": {"at": "2026-03-03T09:00:00Z"}"#,
        r#"{"team": "desk", "agent": "bob"}"#,
    );
    assert_eq!(desk.refused("02 14:20", &by_bob).code(), "complained_of", "nor is it his whom he complains of");
}

const URGENT: &str = r#"{ "name": "urgent", "causes": [{ "while": { "priority": ["1"] } }], "hold": "1 hour", "hold_at_most": "9 hours",
    "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "boss", "wait": "1 hour" }] }"#;

/// An acknowledgement is a person's: a machine that takes something up has quieted it, and nobody has it.
#[test]
fn a_machine_takes_nothing_up() {
    for order in [
        order("acknowledge", r#", "escalation": "^urgent""#),
        order("snooze", r#", "escalation": "^urgent", "until": "2026-03-02T12:00:00Z", "reason": "later""#),
        order("de_escalate", r#", "escalation": "^urgent", "justification": "quiet""#),
    ] {
        for who in [r#"{"automation": "macro"}"#, r#"{"system": "gateway"}"#] {
            let mut desk = ladders(URGENT);
            desk.at("02 09:00", &priority("1"));
            let mut command = desk.command("02 09:10", &order);
            command.by = serde_json::from_str(who).expect("an actor");
            assert_eq!(desk.handle(&command).expect_err("refused").why.code(), "not_the_desk", "{order} by {who}");
        }
    }
}

/// "Never silent": where nobody has the last role, the nearest below it is reminded.
#[test]
fn reminders_go_to_somebody() {
    let mut desk = ladders(URGENT);
    desk.at("02 09:00", &priority("1"));
    desk.wake("02 10:00:00.000001");
    let nobody = desk.at("02 10:02", &order("nobody_there", r#", "escalation": "^urgent", "notice": 2"#));
    assert!(nobody.last().is_some_and(|line| line.starts_with("02 10:02: urgent exhausted")), "{nobody:?}");
    assert_eq!(desk.wake("03 10:01"), ["03 10:00 by time: urgent reminds lead #1, next 05 10:00"]);
}

#[test]
fn whoever_is_reminded_and_is_not_there_is_reported_too() {
    let mut desk = ladders(URGENT);
    desk.at("02 09:00", &priority("1"));
    assert_eq!(
        desk.wake("03 11:01").last().map(String::as_str),
        Some("03 11:00 by time: urgent reminds boss #1, next 05 11:00")
    );
    let nobody = order("nobody_there", r#", "escalation": "^urgent", "notice": 4"#);
    assert_eq!(
        desk.at("03 11:02", &nobody),
        ["03 11:02: urgent: nobody is boss", "03 11:02: urgent reminds lead #1, next 05 11:00"],
        "at once: a day is long"
    );
    assert_eq!(desk.wake("05 11:01"), ["05 11:00 by time: urgent reminds lead #2, next 09 11:00"]);
}

/// A ladder that the rules have only now hears of what holds already when the host lets the rules in force apply.
#[test]
fn a_new_ladder_hears_of_what_holds_when_the_rules_are_applied() {
    let rules = r#"{ "editions": [{ "agreements": [] }, { "from": "2026-03-02T10:00:00Z", "agreements": [], "ladders": [
        { "name": "urgent", "causes": [{ "while": { "priority": ["1"] } }], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    desk.at("02 10:05", ASK);
    assert_eq!(desk.ticket.escalations().live().count(), 0, "nothing moves by itself");
    let replan = r#"{"room": "ticket", "type": "replan"}"#;
    let told = desk.at("02 10:10", replan);
    assert!(told.last().is_some_and(|line| line.starts_with("02 10:10: urgent tells lead #1")), "{told:?}");
    assert_eq!(desk.at("02 10:20", replan).len(), 1, "once");
}

/// Nobody has heard of what is armed, so nobody's time has lapsed when it is put lower.
#[test]
fn what_is_put_lower_before_anybody_has_heard_of_it_begins_there() {
    let ladder = r#"{ "name": "waits", "causes": [{ "while": { "priority": ["1"] }, "after": "48 hours", "rung": 2 }],
        "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "boss", "wait": "1 hour" }] }"#;
    let mut desk = ladders(ladder);
    desk.at("02 09:00", &priority("1"));
    let lower =
        desk.at("02 09:02", &order("de_escalate", r#", "escalation": "^waits", "to": 1, "justification": "calm""#));
    assert_eq!(lower, ["02 09:02: waits down to rung 1 (calm)"], "nobody is told before its time");
    let told = desk.wake("04 09:01");
    assert!(told[0].starts_with("04 09:00 by time: waits tells lead #1 (rung 1 round 0 lapse 0)"), "{told:?}");
}

/// A note that the customer cannot read tells of the writer's own work, and of nobody else's.
#[test]
fn anothers_note_is_no_progress() {
    let held = |who: &str, visibility: &str| {
        let mut desk = ladders(URGENT);
        desk.at("02 09:00", &priority("1"));
        desk.at("02 09:10", &order("acknowledge", r#", "escalation": "^urgent""#));
        let note =
            format!(r#"{{"room": "ticket", "type": "message", "author": "agent", "visibility": "{visibility}"}}"#);
        let mut command = desk.command("02 09:40", &note);
        command.by = serde_json::from_str(&format!(r#"{{"agent": "{who}"}}"#)).expect("an agent");
        let events = desk.handle(&command).expect("taken");
        desk.say_all(&events).iter().any(|line| line.contains("goes on"))
    };
    assert!(held("ada", "internal"), "her own");
    assert!(!held("bob", "internal"), "another's");
    assert!(held("bob", "public"), "the customer has heard, from whomever");
}

/// "One notice per role and window; a burst becomes a digest": what comes just after a digest waits for the next.
#[test]
fn a_digest_opens_a_window_of_its_own() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "broken", "ladders": [{ "name": "broken", "window": "1 hour", "causes": ["breached"],
             "rungs": [{ "notify": "lead", "wait": "40 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    for (name, minutes) in [('a', 60), ('b', 90), ('c', 125), ('d', 200), ('e', 300)] {
        desk.at("02 09:00", &promise(name, &format!(r#"{{"within": "{minutes} minutes"}}"#)));
    }
    desk.wake("02 15:00");
    let told = desk.events.iter().filter_map(|recorded| match &recorded.event {
        owed::Event::Escalation(Told::Notified(notice)) => Some(notice.digest.as_ref().map(|with| with.at)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    let at = |text: &str| Some(t(text));
    assert_eq!(
        told,
        [None, at("02 11:00"), at("02 12:00"), at("02 13:00"), None],
        "at 10:00; 10:30; 11:05; 12:20; 14:00"
    );
}

/// A part that is promised again and broken again puts the whole at risk again.
#[test]
fn a_part_that_is_promised_again_is_a_part() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "risk", "ladders": [{ "name": "risk", "causes": ["at_risk"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "60 hours"}"#));
    desk.at("02 09:01", r#"{"room": "commitment", "type": "delegate", "commitment": "@a", "promise": {"commitment": "@b", "deliverable": "fix",
        "beneficiary": {"team": "desk"}, "owner": {"team": "network"}, "due": {"within": "1 hour"}}}"#);
    desk.wake("02 10:30");
    desk.at(
        "02 10:40",
        r#"{"room": "commitment", "type": "promise", "commitment": "@c", "deliverable": "fix",
        "beneficiary": {"team": "desk"}, "owner": {"team": "network"}, "due": {"within": "1 hour"}, "repairs": "@b"}"#,
    );
    let broken = desk.wake("02 11:41");
    assert!(broken.contains(&"02 11:40 by time: promise a at risk: promise c".into()), "{broken:?}");
}
