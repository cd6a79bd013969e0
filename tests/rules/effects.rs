//! What a host was to do and could not is not forgotten (issue 7 "Effects").

use owed::commitment::Channel;
use owed::ticket::{EffectRef, Refusal as Why};
use owed::{DigestKey, Name, Reader, Recorded, Refusal, Task, effects};

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
    let of_it = |recorded: &&Recorded| recorded.version == version;
    let event = desk.events.iter().find(of_it).expect("stored");
    assert_eq!(undone[0].effect, effects(event)[0].id.into(), "it is reported by the name that it has in the outbox");
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

/// What a host sends says whom to tell, and how he is spoken with, without looking anything up.
#[test]
fn a_customer_is_told_of_a_lapse_over_his_channel_in_his_language() {
    let mut desk = Desk::new("[]");
    desk.at(
        "02 09:00",
        r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"channel": "chat", "language": "pt"}}"#,
    );
    let condition = r#", "condition": {"what": "logs", "limit": {"within": "1 hour"}}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, condition));
    desk.at("02 09:30", r#"{"room": "ticket", "type": "set_language", "language": "sv"}"#);
    assert_eq!(desk.wake("02 11:00"), ["02 10:00 by time: promise a lapsed"]);
    let told = tasks(&desk);
    let [Task::TellOfLapse { commitment, to: Some(to) }] = &told[..] else { panic!("{told:?}") };
    assert_eq!(*commitment, promise_id('a'));
    assert_eq!((to.channel, to.language.as_ref().map(Name::as_str)), (Some(Channel::Chat), Some("sv")));
    assert_eq!(told[0].digest_key().map(|key| key.reader), Some(Reader::Customer(to.customer.clone())));
}

/// How somebody else is spoken with, the ticket does not know.
#[test]
fn the_channel_is_his_whose_matter_it_is() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"channel": "chat"}}"#);
    let another = r#", "condition": {"what": "logs", "limit": {"within": "1 hour"}}"#;
    let promise = promise_with('a', r#"{"within": "3 hours"}"#, another).replace("c-1", "c-2");
    desk.at("02 09:00", &promise);
    desk.wake("02 11:00");
    let told = tasks(&desk);
    let [Task::TellOfLapse { to: Some(to), .. }] = &told[..] else { panic!("{told:?}") };
    assert_eq!((to.customer.to_string().as_str(), to.channel), ("c-2", None));
}

/// Two tickets, one owner: what both have for him is one message.
#[test]
fn what_has_one_reader_has_one_key_over_all_streams() {
    let key = |desk: &Desk| tasks(desk)[0].digest_key();
    let (first, _) = broken();
    let mut second = Desk::new("[]");
    second.at("03 09:00", OPEN);
    second.at("03 09:00", &promise('b', r#"{"within": "2 hours"}"#));
    second.wake("03 12:00");
    assert!(key(&first).is_some());
    assert_eq!(key(&first), key(&second));
}

/// A notice that no window holds back is told by itself; what a window holds back has the window's key.
#[test]
fn a_notice_is_told_by_itself_unless_a_window_holds_it_back() {
    let ladder = r#"{ "agreements": [], "ladder": "late", "ladders": [{ "name": "late", "causes": ["breached"], "window": "4 hours", "digest": "list",
        "rungs": [{ "notify": "lead", "wait": "10 hours" }] }] }"#;
    let mut desk = Desk::with(ladder);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 09:00", &promise('b', r#"{"within": "2 hours"}"#));
    desk.wake("02 12:00");
    let notices: Vec<Task> = tasks(&desk).into_iter().filter(|task| matches!(task, Task::Notify { .. })).collect();
    let keys: Vec<_> = notices.iter().map(Task::digest_key).collect();
    let [None, Some(DigestKey { reader: Reader::Role(role), window: Some(window) })] = &keys[..] else {
        panic!("{keys:?}")
    };
    assert_eq!((role.as_str(), window.as_str()), ("lead", "list"));
}

fn tasks(desk: &Desk) -> Vec<Task> {
    desk.events.iter().flat_map(effects).map(|effect| effect.task).collect()
}

/// What a host reports is remembered until it is done, and so there is an end to it.
#[test]
fn there_is_an_end_to_what_can_be_undone() {
    let (mut desk, version) = broken();
    for index in 0..256 {
        let failed = format!(
            r#"{{"room": "ticket", "type": "report_failed", "effect": {{"version": {version}, "index": {index}}}{DEAD}}}"#
        );
        assert!(!desk.at("02 10:40", &failed).is_empty(), "{index}");
    }
    let another = report("report_failed", version - 1, DEAD);
    assert_eq!(desk.refused("02 10:40", &another).code(), "too_many");
    assert!(!desk.at("02 10:40", &report("report_failed", version, DEAD)).is_empty(), "what is known can fail again");
    assert_eq!(desk.at("02 10:40", &report("report_done", version, "")).len(), 1);
    assert!(!desk.at("02 10:40", &another).is_empty());
}
