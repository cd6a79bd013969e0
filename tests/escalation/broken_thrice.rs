//! What the third reader with fresh eyes broke, mended.

use owed::Refusal;
use owed::escalation::Refusal as Why;

use crate::desk::*;

fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}"{more}}}"#)
}

fn about(commitment: &str, order: &str, more: &str) -> String {
    format!(r#"{{"room": "commitment", "type": "{order}", "commitment": "{commitment}"{more}}}"#)
}

/// What somebody else than Ada comes to, or the code of what he is refused with.
fn by(desk: &mut Desk, who: &str, at: &str, order: &str) -> Result<Vec<String>, &'static str> {
    let mut command = desk.command(at, order);
    command.by = serde_json::from_str(who).expect("an actor");
    desk.handle(&command).map(|events| desk.say_all(&events)).map_err(|refused| refused.why.code())
}

const BOB: &str = r#"{"agent": "bob"}"#;
const GRANT: &str = r#", "told": "m-2""#;

/// He complains of Bob at 14:07, and is owed a decision by 14:37.
fn asked(supervisor: &str) -> (Desk, String) {
    let mut desk =
        Desk::with(&format!(r#"{{ "agreements": [], "supervisor": {{ "within": "30 minutes"{supervisor} }} }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 14:07", &order("ask_for_decision", r#", "about": "bob""#));
    let decision = desk.ticket.escalations().request().expect("a request").commitment.to_string();
    (desk, decision)
}

fn is_decided_as_before(desk: &mut Desk, at: [&str; 4]) {
    assert_eq!(by(desk, BOB, at[0], &about("@z", "fulfil", "")), Err("to_be_decided"), "only a decision ends it");
    assert_eq!(by(desk, BOB, at[1], &order("grant", GRANT)), Err("complained_of"));
    assert_eq!(desk.at(at[2], &order("ask_for_decision", "")).len(), 1, "it joins the one that there is");
    assert_eq!(desk.at(at[3], &order("grant", GRANT))[0], format!("{}: decided: granted", at[3]));
}

/// The customer agrees to hear tomorrow: it is the same that is to be decided, and not by the one he complains of.
#[test]
fn a_decision_put_off_with_his_consent_is_to_be_decided() {
    let (mut desk, decision) = asked("");
    desk.at("02 14:10", &about(&decision, "propose", r#", "due": {"at": "2026-03-03T09:00:00Z"}, "told": "m-9""#));
    desk.at("02 14:12", &about(&decision, "accept", r#", "successor": "@z", "evidence": "m-10""#));
    is_decided_as_before(&mut desk, ["02 14:15", "02 14:16", "02 14:17", "02 14:18"]);
}

/// The answer has bounced: he has heard nothing, so that he is owed a decision as before.
#[test]
fn a_decision_that_did_not_reach_him_is_to_be_decided() {
    let (mut desk, decision) = asked("");
    desk.at("02 14:10", &order("grant", GRANT));
    desk.at("02 14:12", &about(&decision, "retract", r#", "reason": "bounced", "successor": "@z""#));
    is_decided_as_before(&mut desk, ["02 14:15", "02 14:16", "02 14:17", "02 14:18"]);
}

/// And a worse term that he was told counts from the breach on: what stands in for the broken one is a decision all the same.
#[test]
fn what_stands_in_for_a_broken_decision_is_to_be_decided() {
    let (mut desk, decision) = asked("");
    desk.at("02 14:10", &about(&decision, "propose", r#", "due": {"at": "2026-03-03T09:00:00Z"}, "told": "m-9""#));
    desk.wake("02 14:40");
    let owed = desk.ticket.ledger().open().find(|owed| owed.repairs.is_some()).expect("a decision").id;
    assert_ne!(owed.to_string(), decision, "another stands in for it");
    assert_eq!(by(&mut desk, BOB, "02 14:41", &about(&owed.to_string(), "fulfil", "")), Err("to_be_decided"));
    assert_eq!(desk.at("02 14:42", &order("grant", GRANT))[0], "02 14:42: decided: granted");
}

/// No machine says for him that he wants it no more, by whatever order.
#[test]
fn no_machine_does_without_a_decision_for_him() {
    for who in
        [r#"{"automation": "macro"}"#, r#"{"ai": "helper"}"#, r#"{"system": "gateway"}"#, r#"{"vendor": "acme"}"#]
    {
        let (mut desk, decision) = asked("");
        let release = about(&decision, "release", r#", "evidence": "m-2""#);
        assert_eq!(by(&mut desk, who, "02 14:10", &release), Err("not_a_decider"), "{who}");
        let waive = about(&decision, "waive", r#", "evidence": "m-2""#);
        assert_eq!(by(&mut desk, who, "02 14:40", &waive), Err("not_a_decider"), "{who}");
    }
    let (mut desk, decision) = asked("");
    let release = about(&decision, "release", r#", "evidence": "m-2""#);
    assert_eq!(desk.at("02 14:10", &release), ["02 14:10: decision released"], "Ada has it from him");
}

/// Nor does he answer for it whom the customer complains of: not by the rulebook, not since the second word, and nobody makes him.
#[test]
fn whom_he_complains_of_does_not_answer_for_the_decision() {
    let owner = |desk: &Desk| desk.ticket.ledger().open().next().expect("a decision").owner.to_string();
    let (desk, _) = asked(r#", "owner": {"team": "supervisors", "agent": "bob"}"#);
    assert_eq!(owner(&desk), "supervisors");

    let (mut desk, decision) = asked(r#", "owner": {"team": "supervisors", "agent": "cem"}"#);
    assert_eq!(owner(&desk), "cem (supervisors)");
    let of_cem = order("ask_for_decision", r#", "about": "cem""#);
    assert_eq!(
        by(&mut desk, r#"{"customer": "c-1"}"#, "02 14:09", &of_cem).expect("his right")[1],
        "02 14:09: decision handed over to supervisors"
    );

    let to_bob = about(&decision, "hand_over", r#", "owner": {"team": "desk", "agent": "bob"}"#);
    let agent = "bob".parse().expect("an agent");
    assert_eq!(desk.refused("02 14:10", &to_bob), Refusal::Escalation(Why::ComplainedOf { agent }));
    let all = |to: &str| {
        format!(r#"{{"room": "commitment", "type": "hand_over_all", "from": {{"team": "supervisors"}}, "to": {to}}}"#)
    };
    assert_eq!(desk.refused("02 14:11", &all(r#"{"team": "desk", "agent": "bob"}"#)).code(), "complained_of");
    assert_eq!(by(&mut desk, BOB, "02 14:12", &all(r#"{"team": "friends"}"#)), Err("complained_of"));
    assert_eq!(desk.at("02 14:13", &all(r#"{"team": "managers"}"#)), ["02 14:13: decision handed over to managers"]);
}

/// Two tickets of his are one: whom he has complained of on either decides nothing.
#[test]
fn complaints_outlive_a_merge() {
    let complained = |desk: &mut Desk| {
        desk.at("02 09:00", OPEN);
        desk.at("02 09:01", &order("ask_for_decision", r#", "about": "bob""#));
        desk.at("02 09:02", &order("grant", GRANT));
    };
    let asked = |desk: &mut Desk| {
        desk.at("02 09:03", OPEN);
        desk.at("02 09:04", &order("ask_for_decision", ""));
    };
    let cases: [&dyn Fn(&mut Desk); 3] = [
        // There; on this one something is to be decided.
        &|desk| {
            complained(desk);
            desk.swap();
            asked(desk);
        },
        // On this one; there something is to be decided.
        &|desk| {
            asked(desk);
            desk.swap();
            complained(desk);
        },
        // On this one, and he asks again when they are one.
        &|desk| {
            desk.at("02 09:00", OPEN);
            desk.swap();
            complained(desk);
        },
    ];
    for case in cases {
        let mut desk = Desk::with(r#"{ "agreements": [] }"#);
        case(&mut desk);
        desk.merge("02 09:05");
        desk.swap();
        desk.at("02 09:10", &order("ask_for_decision", ""));
        assert_eq!(by(&mut desk, BOB, "02 09:15", &order("grant", GRANT)), Err("complained_of"));
        assert_eq!(desk.at("02 09:16", &order("grant", GRANT))[0], "02 09:16: decided: granted");
    }
}

/// What he is told is a reason if it is one, in whatever script, and whichever of the words that are none it is near to.
#[test]
fn a_reason_is_no_excuse_because_it_sounds_like_one() {
    let decline = |reason: &str| {
        let offer = r#"{"commitment": "@a", "deliverable": "callback", "beneficiary": "c-1", "owner": {"team": "desk"}, "due": {"within": "2 hours"}}"#;
        order("decline", &format!(r#", "reason": "{reason}", "told": "m-2", "offer": {offer}"#))
    };
    for reason in ["he may return it at any time", "the service is free of charge already", "保証期間が過ぎています"]
    {
        assert_eq!(asked("").0.at("02 14:20", &decline(reason)).len(), 3, "{reason}");
    }
    for none in ["nobody is free", "we don't have any time", "多忙", "unfortunately"] {
        assert_eq!(asked("").0.refused("02 14:20", &decline(none)).code(), "no_reason", "{none}");
    }
}

/// What the desk is to hear of, the desk takes up, puts off or takes down: no supplier does.
#[test]
fn a_supplier_quiets_nothing() {
    for order in [
        order("acknowledge", r#", "escalation": "^urgent""#),
        order("snooze", r#", "escalation": "^urgent", "until": "2026-03-02T12:00:00Z", "reason": "later""#),
        order("de_escalate", r#", "escalation": "^urgent", "justification": "quiet""#),
    ] {
        let mut desk = urgent("", r#"{ "while": { "priority": ["1"] } }"#);
        assert_eq!(by(&mut desk, r#"{"vendor": "acme"}"#, "02 09:10", &order), Err("not_the_desk"), "{order}");
    }
}

fn urgent(more: &str, causes: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [], "ladders": [{{ "name": "urgent", "causes": [{causes}], "hold": "1 hour", "hold_at_most": "1 hour", "lapses": 0{more},
             "rungs": [{{ "notify": "a", "wait": "1 hour" }}, {{ "notify": "b", "wait": "1 hour" }}] }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    desk
}

/// His time is over at the instant at which something has lasted that begins above him: that is heard of there, and nothing is exhausted.
#[test]
fn what_lasts_as_a_hold_ends_is_heard_of_where_it_begins() {
    let standing = r#""while": { "priority": ["1"] }"#;
    let mut desk = urgent("", &format!(r#"{{ {standing} }}, {{ {standing}, "after": "70 minutes", "rung": 2 }}"#));
    desk.at("02 09:10", &order("acknowledge", r#", "escalation": "^urgent""#));
    let told = desk.wake("02 10:11");
    assert!(told[0].starts_with("02 10:10 by time: urgent tells b #2 (rung 2"), "{told:?}");
}

/// What begins above takes it out of somebody's hands, and whoever is told then may have it once more: the bound counts that.
#[test]
fn the_bound_counts_what_is_taken_out_of_somebodys_hands() {
    let asks = r#"{ "on": { "fact": "message", "author": ["customer"] }, "rung": 2 }"#;
    let causes = format!(r#"{{ "while": {{ "priority": ["1"] }} }}, {asks}"#);
    let mut desk = urgent(r#", "snooze_at_most": "1 minute""#, &causes);
    let bound = desk.ticket.escalations().live().next().expect("one").ladder.bound();
    assert_eq!((bound.notices, bound.holds), (2, 2));
    desk.at("02 09:59", &order("acknowledge", r#", "escalation": "^urgent""#));
    desk.at("02 10:58", ASK);
    desk.at("02 11:57", &order("acknowledge", r#", "escalation": "^urgent""#));
    assert_eq!(desk.wake("02 15:00"), ["02 12:57 by time: urgent exhausted, next 03 12:57"], "by 13:02 at the latest");
}
