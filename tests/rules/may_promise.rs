//! "A role may have limits to what it may promise, and a promise beyond them is flagged, and owed all the same" (STORIES 2).

use owed::commitment::{Actor, Origin, Promise};
use owed::{Task, effects};

use crate::desk::*;

const RULES: &str = r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "agreements": [],
    "may_promise": { "front line": [{ "deliverable": ["reply", "callback"], "no_later": "2 business days" },
                                    { "deliverable": ["restore", { "refund": "sent" }], "no_sooner": "8 working hours" }],
                     "ai": [] } }"#;

fn desk() -> Desk {
    let mut desk = Desk::with(RULES);
    desk.at("02 09:00", OPEN);
    desk
}

/// A promise of something, due on the 2nd at an hour or later, in a role.
fn promised(what: &str, due: &str, role: &str) -> String {
    let more = if role.is_empty() { String::new() } else { format!(r#", "role": "{role}""#) };
    promise_with('a', &format!(r#"{{"at": "2026-03-{due}:00Z"}}"#), &more)
        .replace(r#""deliverable": "callback""#, &format!(r#""deliverable": {what}"#))
}

fn beyond(desk: &Desk) -> Option<String> {
    match &desk.ticket.ledger().get(promise_id('a')).expect("owed").origin {
        Origin::Spoken { beyond, .. } => beyond.as_ref().map(ToString::to_string),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_promise_beyond_a_role_is_flagged_and_owed_all_the_same() {
    let mut desk = desk();
    assert_eq!(
        desk.at("02 10:00", &promised(r#""restore""#, "02T16:00", "front line")),
        ["02 10:00: promise a due 02 16:00"]
    );
    assert_eq!(beyond(&desk).as_deref(), Some("front line"));
    assert_eq!(desk.wake("02 16:01"), ["02 16:00 by time: promise a breached, due 02 16:00"], "owed like any other");
    assert_eq!(desk.refused("02 17:00", CLOSE).code(), "still_owed");
    let line = desk.ticket.ledger().get(promise_id('a')).expect("owed").to_string();
    assert_eq!(
        line,
        "restore to c-1 by 2026-03-02T16:00:00Z (ada), overdue, more than a role may promise (front line)"
    );
}

#[test]
fn each_limit_has_its_edge() {
    for (what, due, flagged) in [
        (r#""callback""#, "04T10:00", false), // two business days to the microsecond
        (r#""callback""#, "04T10:01", true),
        (r#""restore""#, "03T10:00", false), // eight working hours
        (r#""restore""#, "03T09:59", true),
        (r#"{"refund": "sent"}"#, "20T09:00", false),
        (r#"{"refund": "received"}"#, "20T09:00", true),
        (r#""compensation""#, "20T09:00", true),
    ] {
        let mut desk = desk();
        desk.at("02 10:00", &promised(what, due, "front line"));
        assert_eq!(beyond(&desk).is_some(), flagged, "{what} by {due}");
    }
}

#[test]
fn a_role_without_limits_has_none() {
    for role in ["", "lead"] {
        let mut desk = desk();
        desk.at("02 10:00", &promised(r#""compensation""#, "02T10:05", role));
        assert_eq!(beyond(&desk), None, "{role}");
    }
}

/// "A promise made by a bot binds the desk like any other."
#[test]
fn a_machine_that_may_promise_nothing_binds_the_desk() {
    let mut desk = desk();
    let mut command = desk.command("02 10:00", &promised(r#""callback""#, "03T10:00", ""));
    command.by = Actor::Ai("assistant".parse().expect("a name"));
    desk.handle(&command).expect("taken");
    assert_eq!(beyond(&desk).as_deref(), Some("ai"));
    assert_eq!(desk.wake("03 11:00"), ["03 10:00 by time: promise a breached, due 03 10:00"]);
}

#[test]
fn what_was_said_earlier_is_judged_by_when_it_was_said() {
    let mut desk = desk();
    desk.claimed("03 10:00", "02 10:00", &promised(r#""restore""#, "03T10:30", "front line"));
    assert_eq!(beyond(&desk), None, "eight working hours from when he said it");
}

#[test]
fn a_series_and_what_waits_for_the_customer_are_promises_too() {
    let mut desk = desk();
    let series = r#"{"room": "commitment", "type": "start_series", "series": "00000000-0000-8000-8000-0000000000e1", "deliverable": "update",
        "beneficiary": "c-1", "owner": {"team": "desk"}, "every": "2 hours", "mode": "rolling", "stop": "fixed", "role": "front line",
        "horizon": {"within": "2 days"}, "lead": {"team": "leads"}, "decide_within": "1 hour"}"#;
    desk.at("02 10:00", series);
    let flagged = |owed: &owed::commitment::Commitment| matches!(&owed.origin, Origin::Spoken { beyond: Some(_), .. });
    assert!(desk.ticket.ledger().open().all(flagged));
    let mut desk = self::desk();
    let waits = promise_with(
        'a',
        r#"{"within": "10 days"}"#,
        r#", "role": "front line", "condition": {"what": "logs", "limit": {"within": "1 day"}}"#,
    );
    desk.at("02 10:00", &waits);
    assert_eq!(beyond(&desk).as_deref(), Some("front line"));
}

#[test]
fn whoever_answers_for_it_hears_of_it() {
    let mut desk = desk();
    desk.at("02 10:00", &promised(r#""restore""#, "02T16:00", "front line"));
    let tasks: Vec<Task> = desk.events.iter().flat_map(effects).map(|effect| effect.task).collect();
    let [Task::TellOfPromiseBeyond { owner, commitment, by, role, .. }] = tasks.as_slice() else { panic!("{tasks:?}") };
    assert_eq!((owner.to_string().as_str(), *commitment), ("ada (desk)", promise_id('a')));
    assert_eq!((by.to_string().as_str(), role.as_str()), ("ada", "front line"));
}

#[test]
fn a_promise_says_its_role_in_rust_too() {
    let ada = owed::commitment::Owner { team: "desk".parse().expect("a team"), agent: None };
    let to: owed::ContactId = "c-1".parse().expect("a contact");
    let promise =
        Promise::new(promise_id('a'), owed::commitment::Deliverable::Restore).to(to).by(t("02 16:00")).owned_by(ada);
    let promise = promise.said_as("front line".parse().expect("a role"));
    assert_eq!(promise.role.as_ref().map(|role| role.as_str()), Some("front line"));
}
