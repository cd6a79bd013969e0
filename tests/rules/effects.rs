//! What a host was to do and could not is not forgotten (issue 7 "Effects").

use owed::ticket::{EffectRef, Refusal as Why};
use owed::{Refusal, Task, effects};

use crate::desk::*;

const LADDER: &str = r#"{ "agreements": [], "ladders": [{ "name": "unreachable", "causes": [{ "on": { "fact": "effect_failed" }, "times": 2 }],
    "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#;

/// A promise that is broken, of which its owner was to be told by the event of this version.
fn broken() -> (Desk, u64) {
    let mut desk = Desk::with(LADDER);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    let told = desk.events.iter().find(|recorded| !effects(recorded).is_empty()).expect("a breach");
    let version = told.version;
    (desk, version)
}

fn report(what: &str, version: u64, why: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "{what}", "effect": {{"version": {version}, "index": 0}}{why}}}"#)
}

const DEAD: &str = r#", "why": "no such number""#;

#[test]
fn what_could_not_be_done_is_on_record_until_it_is_done() {
    let (mut desk, version) = broken();
    assert_eq!(
        desk.at("02 10:40", &report("report_failed", version, DEAD)),
        [format!("02 10:40: effect {version} failed #1 (no such number)")]
    );
    let undone = desk.ticket.undone();
    assert_eq!(undone.len(), 1);
    assert_eq!(
        (undone[0].effect, undone[0].since, undone[0].times),
        (EffectRef { version, index: 0 }, t("02 10:40"), 1)
    );
    desk.at("02 10:50", ANSWER);
    assert_eq!(desk.at("02 11:00", &report("report_done", version, "")), [format!("02 11:00: effect {version} done")]);
    assert!(desk.ticket.undone().is_empty());
    assert_eq!(desk.at("02 11:00", &report("report_done", version, "")), [""; 0], "what is done goes without saying");
}

/// The failure is itself something to be done, for whoever answers for the ticket.
#[test]
fn somebody_is_to_see_to_it_another_way() {
    let (mut desk, version) = broken();
    desk.at("02 10:35", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
    desk.at("02 10:40", &report("report_failed", version, DEAD));
    let tasks: Vec<Task> =
        effects(desk.events.last().expect("an event")).into_iter().map(|effect| effect.task).collect();
    let [Task::SeeToIt { owner, effect, why, times: 1 }] = &tasks[..] else { panic!("{tasks:?}") };
    assert_eq!(owner.as_ref().map(ToString::to_string), Some("ada (desk)".into()));
    assert_eq!((effect.version, why.as_str()), (version, "no such number"));
    // What was to be done, the stored event tells again.
    let event = desk.events.iter().find(|recorded| recorded.version == version).expect("stored");
    assert!(matches!(effects(event)[usize::from(effect.index)].task, Task::TellOwnerOfBreach { .. }));
}

#[test]
fn a_ladder_can_hear_of_it() {
    let (mut desk, version) = broken();
    assert_eq!(desk.at("02 10:40", &report("report_failed", version, DEAD)).len(), 1);
    let second = desk.at("02 10:45", &report("report_failed", version, DEAD));
    assert!(second.iter().any(|line| line.starts_with("02 10:45: unreachable tells lead")), "{second:?}");
    assert_eq!(desk.ticket.undone()[0].times, 2);
}

#[test]
fn nothing_was_to_be_done_because_of_what_never_happened() {
    let (mut desk, _) = broken();
    let last = desk.ticket.version();
    for version in [0, last + 1, u64::MAX] {
        let refused = desk.refused("02 10:40", &report("report_failed", version, DEAD));
        assert_eq!(refused, Refusal::Ticket(Why::UnknownEffect { version, last }));
    }
}
