//! What is kept of escalations, to the letter: which is which, what starts one and what does not, and how far one can go.

use owed::EscalationId;
use owed::escalation::{Ladder, Order, Rung, StageName, Trigger};

use crate::desk::{Desk, OPEN, about, promise, promise_with};

fn desk(causes: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "agreements": [
              {{ "name": "sla", "targets": {{ "first_response": "1 hour" }} }},
              {{ "name": "kept", "binding": "promised", "targets": {{ "full_resolution": "2 hours" }} }}],
            "ladder": "late", "ladders": [{{ "name": "late", "causes": [{causes}],
            "rungs": [{{ "notify": "lead", "wait": "1 hour" }}, {{ "notify": "head", "wait": "1 hour" }}] }}] }}"#
    ))
}

/// About what something has started by half past noon: a reply that was owed by ten, a solution by eleven, and a call by twelve.
fn started(causes: &str) -> Vec<String> {
    let mut desk = desk(causes);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    let said = desk.wake("02 12:30");
    let started = said.iter().filter_map(|line| line.split_once(" by time: late of ")?.1.split_once(" started"));
    started.map(|(about, _)| about.to_owned()).collect()
}

#[test]
fn a_cause_may_ask_for_a_metric_and_for_what_was_promised() {
    assert_eq!(started(r#""breached""#), ["first_response 1", "full_resolution 1", "promise a"]);
    assert_eq!(started(r#"{ "on": "breached", "metric": ["first_response"] }"#), ["first_response 1"]);
    assert_eq!(
        started(r#"{ "on": "breached", "metric": ["first_response", "full_resolution"] }"#),
        ["first_response 1", "full_resolution 1"]
    );
    assert_eq!(started(r#"{ "on": "breached", "binding": "promised" }"#), ["full_resolution 1", "promise a"]);
    assert_eq!(started(r#"{ "on": "breached", "binding": "goal" }"#), ["first_response 1"]);
    assert_eq!(started(r#"{ "on": "breached", "binding": "promised", "metric": ["first_response"] }"#), [""; 0]);
}

#[test]
fn what_is_promised_for_the_first_time_is_not_promised_again() {
    let mut desk = desk(r#""promised_again""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "30 minutes"}"#));
    assert_eq!(desk.ticket.escalations().all().count(), 0);
    desk.at("02 09:40", &promise_with('b', r#"{"within": "30 minutes"}"#, r#", "repairs": "@a""#));
    assert_eq!(desk.ticket.escalations().all().count(), 1);
}

/// Two that are about the same on the same ladder are told apart, whenever they begin.
#[test]
fn each_time_anew_is_another_escalation() {
    let mut desk = desk(r#"{ "while": { "tags": ["vip"] } }"#);
    desk.at("02 09:00", OPEN);
    let tag = |how: &str| format!(r#"{{"room": "ticket", "type": "tag", "{how}": ["vip"]}}"#);
    let mut ids = Vec::<EscalationId>::new();
    for minute in [10, 20, 30] {
        desk.at(&format!("02 09:{minute}"), &tag("add"));
        ids.extend(desk.ticket.escalations().live().map(|one| one.id));
        desk.at(&format!("02 09:{}", minute + 5), &tag("remove"));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(
        (ids.len(), desk.ticket.escalations().live().count(), desk.ticket.escalations().all().count()),
        (3, 0, 3)
    );
}

/// Two boards are one only if the same is live, has been, and was told and asked for.
#[test]
fn tickets_that_were_told_of_something_else_are_not_the_same() {
    let at_ten = |more: &[(&str, &str)]| {
        let mut desk = desk(r#""breached""#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:00", &promise('a', r#"{"within": "30 minutes"}"#));
        desk.wake("02 09:45");
        more.iter().for_each(|(at, order)| drop(desk.at(at, order)));
        desk.ticket.escalations().clone()
    };
    let plain = at_ten(&[]);
    assert_eq!(plain, at_ten(&[]));
    let taken_up = ("02 09:50", r#"{"room": "escalation", "type": "acknowledge", "escalation": "^late"}"#);
    let done = about("fulfil", 'a', "");
    let asked = ("02 09:50", r#"{"room": "escalation", "type": "ask_for_decision"}"#);
    let others = [at_ten(&[taken_up]), at_ten(&[("02 09:50", &done)]), at_ten(&[asked])];
    for (index, other) in others.iter().enumerate() {
        assert_ne!(plain, *other, "{index}");
        assert!(others[index + 1..].iter().all(|another| another != other), "{index}");
    }
}

#[test]
fn how_far_a_ladder_goes_is_said_in_words() {
    let rung = |role: &str, wait: &str| Rung::new(role.parse().expect("a name"), wait.parse().expect("a term"));
    let after = |term: &str| {
        let mut cause: Trigger = serde_json::from_str::<Ladder>(
            r#"{ "name": "x", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }"#,
        )
        .expect("a ladder")
        .causes
        .remove(0);
        cause.after = Some(term.parse().expect("a term"));
        cause
    };
    let rungs = vec![rung("owner", "1 hour"), rung("lead", "2 hours")];
    let plain = Ladder { repeats: 1, lapses: 0, ..Ladder::new("late".parse().expect("a name"), rungs) };
    let said = plain.bound().to_string();
    assert!(
        said.starts_with(
            "at most 4 notices; exhausted at the latest after 2 times 1 hour, 2 times 2 hours, and 1 times "
        ),
        "{said}"
    );
    let armed = Ladder { causes: vec![after("3 hours"), after("5 hours")], ..plain.clone() };
    let said = armed.bound().to_string();
    assert!(said.contains("after 3 hours or 5 hours, 2 times 1 hour, "), "{said}");
    // Whoever has it may lose it to each cause that begins higher, and to none that begins on the first rung.
    let rungs = |rung: u16| Trigger { rung, after: None, ..after("1 hour") };
    let higher = |causes: Vec<Trigger>| Ladder { causes, ..plain.clone() }.bound().holds;
    assert_eq!(higher(vec![rungs(1)]), 1);
    assert_eq!(higher(vec![rungs(1), rungs(2)]), 3);
    assert_eq!(higher(vec![rungs(2), rungs(2)]), 3, "one rung is lost to once a time up");
}

#[test]
fn each_stage_has_its_word_and_each_order_says_what_it_is_about() {
    let words = [
        (StageName::Armed, "armed"),
        (StageName::Notified, "notified"),
        (StageName::Acknowledged, "acknowledged"),
        (StageName::Snoozed, "snoozed"),
        (StageName::Exhausted, "exhausted"),
        (StageName::Closed, "closed"),
    ];
    for (stage, word) in words {
        assert_eq!(stage.to_string(), word);
    }
    let id = EscalationId(uuid::Uuid::from_u128(0x8000_8000_0000_0000_0001));
    assert_eq!(Order::Acknowledge { escalation: id }.escalation(), Some(id));
    assert_eq!(Order::ReportNobodyThere { escalation: id, notice: 1 }.escalation(), Some(id));
}
