//! The supervisor whom Ryan asked for, at 14:07: the customer's request is a right.

use crate::desk::{Desk, OPEN};

/// An answer within half an hour. The decision's deadline is 14:37.
fn asked() -> Desk {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors" }, "no_reason": ["short-staffed"] },
             "ladders": [{ "name": "complaint", "causes": ["customer_request"], "rungs": [{ "notify": "supervisor", "wait": "2 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    assert_eq!(
        desk.at("02 14:07", &order("ask_for_decision", r#", "about": "bob", "message": "m-1""#)),
        [
            r#"02 14:07: decision asked, about ["bob"]"#,
            "02 14:07: decision due 02 14:37",
            "02 14:07: complaint of decision started: CustomerAsked, until 02 14:07",
            "02 14:07: complaint of decision tells supervisor #1 (rung 1 round 0 lapse 0), planned 02 14:07, next 02 16:07",
        ]
    );
    desk
}

fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}"{more}}}"#)
}

fn decline(reason: &str) -> String {
    order(
        "decline",
        &format!(
            r#", "reason": "{reason}", "told": "m-2", "offer": {{"commitment": "@a", "deliverable": "callback", "beneficiary": "c-1",
                "owner": {{"team": "supervisors"}}, "due": {{"at": "2026-03-03T09:00:00Z"}}}}"#
        ),
    )
}

#[test]
fn granted() {
    let mut desk = asked();
    assert_eq!(
        desk.at("02 14:20", &order("grant", r#", "told": "m-2""#))[..2],
        ["02 14:20: decided: granted", "02 14:20: decision fulfilled 02 14:20"]
    );
    assert_eq!(desk.ticket.escalations().live().count(), 0, "nobody need hear of it any more");
    assert_eq!(desk.next(), None);
}

#[test]
fn declined_with_a_reason_and_an_offer_that_is_owed_itself() {
    let mut desk = asked();
    assert_eq!(
        desk.at("02 14:20", &decline("the refund was approved at 14:15"))[..3],
        [
            "02 14:20: decided: declined (the refund was approved at 14:15)",
            "02 14:20: promise a due 03 09:00",
            "02 14:20: decision fulfilled 02 14:20",
        ]
    );
    assert_eq!(desk.wake("03 09:01"), ["03 09:00 by time: promise a breached, due 03 09:00"]);
}

/// Must 2.5.
#[test]
fn declined_with_busy_is_refused() {
    let mut desk = asked();
    for reason in ["busy", "Too busy.", "we are BUSY today", "no time", "short-staffed at the moment", "..."] {
        assert_eq!(desk.refused("02 14:20", &decline(reason)).code(), "no_reason", "{reason}");
    }
    assert_eq!(desk.next().as_deref(), Some("02 14:37:00.000001 Due"), "it is owed as before");
}

#[test]
fn decided_by_the_agent_complained_of_is_refused() {
    let mut desk = asked();
    for order in [order("grant", r#", "told": "m-2""#), decline("outside the warranty")] {
        let mut command = desk.command("02 14:20", &order);
        command.by = serde_json::from_str(r#"{"agent": "bob"}"#).unwrap();
        let refused = desk.handle(&command).unwrap_err();
        assert_eq!(refused.why.to_string(), "the customer complains of bob, who does not decide; another must");
        command.by = serde_json::from_str(r#"{"automation": "macro"}"#).unwrap();
        assert_eq!(desk.handle(&command).unwrap_err().why.code(), "not_a_decider");
    }
}

#[test]
fn withdrawn_by_the_customer() {
    let mut desk = asked();
    let mut command = desk.command("02 14:20", &order("withdraw_request", r#", "evidence": "m-2""#));
    for (who, code) in [
        (r#"{"customer": "c-2"}"#, "not_the_beneficiary"),
        (r#"{"agent": "bob"}"#, "complained_of"),
        (r#"{"automation": "macro"}"#, "not_a_decider"),
        (r#"{"ai": "helper"}"#, "not_a_decider"),
        (r#"{"system": "gateway"}"#, "not_a_decider"),
        (r#"{"vendor": "carrier"}"#, "not_a_decider"),
    ] {
        command.by = serde_json::from_str(who).unwrap();
        assert_eq!(desk.handle(&command).unwrap_err().why.code(), code, "{who}");
    }
    command.by = serde_json::from_str(r#"{"customer": "c-1"}"#).unwrap();
    let events = desk.handle(&command).expect("it was he who asked");
    assert_eq!(desk.say_all(&events)[..2], ["02 14:20: decided: withdrawn", "02 14:20: decision fulfilled 02 14:20"]);
    assert_eq!(desk.ticket.escalations().live().count(), 0, "nobody need hear of it any more");
    assert_eq!(desk.refused("02 14:21", &order("grant", r#", "told": "m-3""#)).code(), "nothing_asked");
}

/// Somebody at the desk may pass on what the customer has said to him.
#[test]
fn withdrawn_by_the_customer_and_passed_on() {
    let mut desk = asked();
    let said = desk.at("02 14:20", &order("withdraw_request", r#", "evidence": "m-2""#));
    assert_eq!(said[0], "02 14:20: decided: withdrawn");
}

/// Must 2.5.
#[test]
fn left_in_silence_is_a_breach_of_its_own() {
    let mut desk = asked();
    let said = desk.wake("02 15:00");
    assert!(said.contains(&"02 14:37 by time: decision breached, due 02 14:37".into()), "{said:?}");
    let close = desk.refused("02 15:01", crate::desk::CLOSE);
    assert_eq!(close.code(), "still_owed");
    let late = desk.at("02 15:10", &order("grant", r#", "told": "m-2""#));
    assert_eq!(late[1], "02 15:10: decision late 02 15:10, by 1980 s");
}

#[test]
fn a_second_request_joins_the_first_and_is_not_dropped() {
    let mut desk = asked();
    assert_eq!(
        desk.at("02 14:10", &order("ask_for_decision", r#", "about": "ada""#)),
        [r#"02 14:10: decision asked again, about ["ada"]"#]
    );
    assert_eq!(desk.refused("02 14:20", &order("grant", r#", "told": "m-2""#)).code(), "complained_of");
}

/// He may have spoken with two. None of them decides, now or the next time, nor answers for it.
#[test]
fn he_may_complain_of_several() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors", "agent": "eve" } } }"#,
    );
    desk.at("02 09:00", OPEN);
    let asked = desk.at("02 14:07", &order("ask_for_decision", r#", "about": ["bob", "eve", "bob"]"#));
    assert_eq!(asked[0], r#"02 14:07: decision asked, about ["bob", "eve"]"#);
    let owed = desk.ticket.ledger().open().next().unwrap();
    assert_eq!(owed.owner.to_string(), "supervisors", "eve would have answered for it");
    for agent in ["bob", "eve"] {
        let mut grant = desk.command("02 14:20", &order("grant", r#", "told": "m-2""#));
        grant.by = serde_json::from_str(&format!(r#"{{"agent": "{agent}"}}"#)).unwrap();
        assert_eq!(desk.handle(&grant).unwrap_err().why.code(), "complained_of", "{agent}");
    }
    assert_eq!(
        desk.at("02 14:21", &order("ask_for_decision", r#", "about": ["bob", "ada"]"#)),
        [r#"02 14:21: decision asked again, about ["bob", "ada"]"#]
    );
    let request = desk.ticket.escalations().request().unwrap();
    assert_eq!(request.about.iter().map(owed::AgentId::as_str).collect::<Vec<&str>>(), ["bob", "eve", "ada"]);
    let many = serde_json::to_string(&(0..257).map(|agent| format!("a{agent}")).collect::<Vec<_>>()).unwrap();
    let refused = desk.refused("02 14:22", &order("ask_for_decision", &format!(r#", "about": {many}"#)));
    assert_eq!(refused.code(), "too_many");
}

#[test]
fn it_can_be_used_again_and_is_in_force_without_a_rule() {
    let mut desk = Desk::with(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    let ask = order("ask_for_decision", "");
    assert_eq!(desk.at("02 10:00", &ask)[1], "02 10:00: decision due 02 11:00");
    desk.at("02 10:10", &order("grant", r#", "told": "m-2""#));
    assert_eq!(desk.at("02 12:00", &ask)[1], "02 12:00: decision due 02 13:00");
    assert_eq!(desk.ticket.ledger().all().count(), 2);
}

#[test]
fn it_cannot_be_fulfilled_past_the_decision() {
    let mut desk = asked();
    let decision = desk.ticket.escalations().request().unwrap().commitment;
    let fulfil = format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{decision}"}}"#);
    assert_eq!(desk.refused("02 14:20", &fulfil).code(), "to_be_decided");
}

/// He who is complained of decides nothing about it, by whatever order: neither that the customer has withdrawn it, nor that he does
/// without it, nor that it was never asked.
#[test]
fn the_agent_complained_of_ends_it_by_no_order() {
    let mut desk = asked();
    let decision = desk.ticket.ledger().open().next().expect("a decision").id;
    let about = |order: &str, more: &str| {
        format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{decision}"{more}}}"#)
    };
    for order in [
        order("withdraw_request", r#", "evidence": "m-2""#),
        about("release", r#", "evidence": "m-2""#),
        about("withdraw", r#", "notice": "m-2""#),
        about("declare_impossible", r#", "notice": "m-2""#),
        about("record_in_error", r#", "reason": "a mistake", "evidence": "m-2""#),
        about("hand_over", r#", "owner": {"team": "friends"}"#),
    ] {
        let mut command = desk.command("02 14:20", &order);
        command.by = serde_json::from_str(r#"{"agent": "bob"}"#).unwrap();
        let refused = desk.handle(&command).unwrap_err();
        assert_eq!(refused.why.code(), "complained_of", "{order}");
    }
    let mut command = desk.command("02 14:30", &order("withdraw_request", r#", "evidence": "m-2""#));
    command.by = serde_json::from_str(r#"{"customer": "c-2"}"#).unwrap();
    assert_eq!(
        desk.handle(&command).unwrap_err().why.code(),
        "not_the_beneficiary",
        "another customer has asked nothing"
    );
    assert_eq!(desk.next().as_deref(), Some("02 14:37:00.000001 Due"), "it is owed as before");
}
