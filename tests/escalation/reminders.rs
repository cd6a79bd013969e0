//! "Exhausted stays live and goes on reminding: never silent." A reminder that nobody gets is a silence.

use crate::desk::*;

/// Three rungs, of which nobody takes anything up.
fn exhausted(more: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [], "ladders": [{{ "name": "w", "causes": [{{ "while": {{ "priority": ["1"] }} }}], "rungs": [
            {{ "notify": "a", "wait": "1 hour" }}, {{ "notify": "b", "wait": "1 hour"{more} }}, {{ "notify": "c", "wait": "1 hour"{more} }}] }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    desk
}

fn nobody(notice: u32) -> String {
    format!(r#"{{"room": "escalation", "type": "nobody_there", "escalation": "^w", "notice": {notice}}}"#)
}

fn reached(notice: u32) -> String {
    format!(r#"{{"room": "escalation", "type": "reached", "escalation": "^w", "notice": {notice}, "who": "zoe"}}"#)
}

/// The role that was reminded last, and the number of that notice.
fn last(desk: &Desk) -> (String, u32) {
    let told = desk.events.iter().rev().find_map(|recorded| match &recorded.event {
        owed::Event::Escalation(owed::escalation::Event::Exhausted(left) | owed::escalation::Event::Reminded(left)) => {
            Some((left.role.to_string(), left.notice))
        }
        _ => None,
    });
    told.expect("it is exhausted")
}

#[test]
fn the_nearest_below_hears_of_it_at_once() {
    let mut desk = exhausted("");
    desk.wake("02 12:01");
    assert_eq!(last(&desk), ("c".into(), 4), "notices are counted on");
    assert_eq!(
        desk.at("02 12:02", &nobody(4)),
        ["02 12:02: w: nobody is c", "02 12:02: w reminds b #0, next 03 12:00"]
    );
    assert_eq!(desk.at("02 12:03", &nobody(5)).last().unwrap(), "02 12:03: w reminds a #0, next 03 12:00");
    assert_eq!(desk.at("02 12:04", &nobody(6)), ["02 12:04: w: nobody is a"], "there is nobody");
    assert_eq!(desk.refused("02 12:05", &nobody(5)).code(), "not_the_notice");
    assert!(desk.at("02 12:05", &nobody(6)).is_empty(), "it was said");
    assert_eq!(desk.next().as_deref(), Some("03 12:00:00.000001 Reminder"), "no report moves a timer");
}

/// Where nobody had any of them, the highest is asked anew a day later.
#[test]
fn who_is_not_there_today_may_be_there_tomorrow() {
    let mut desk = exhausted("");
    desk.wake("02 12:01");
    for notice in 4..=6 {
        desk.at("02 12:02", &nobody(notice));
    }
    assert_eq!(desk.wake("03 12:01"), ["03 12:00 by time: w reminds c #1, next 05 12:00"]);
    assert_eq!(desk.at("03 12:02", &nobody(7)).last().unwrap(), "03 12:02: w reminds b #1, next 05 12:00");
    assert_eq!(desk.wake("05 12:01"), ["05 12:00 by time: w reminds b #2, next 09 12:00"]);
    desk.at("05 12:02", &reached(9));
    assert_eq!(desk.refused("05 12:03", &nobody(9)).code(), "already_reached");
}

/// Also where each of them kept his time though nobody had the role.
#[test]
fn rungs_that_keep_their_time_are_known_to_have_nobody() {
    let mut desk = exhausted(r#", "if_nobody": "wait""#);
    desk.wake("02 10:01");
    desk.at("02 10:02", &nobody(2));
    desk.wake("02 11:01");
    desk.at("02 11:02", &nobody(3));
    desk.wake("02 12:01");
    assert_eq!(last(&desk), ("a".into(), 4));
}

/// A rung that is told again is asked again.
#[test]
fn whoever_is_told_again_may_be_there() {
    let mut desk = exhausted("");
    desk.wake("02 11:01");
    desk.at("02 11:02", &nobody(3));
    assert_eq!(last(&desk).0, "b");
    desk.at("02 11:10", r#"{"room": "escalation", "type": "acknowledge", "escalation": "^w"}"#);
    desk.wake("02 23:01");
    assert_eq!(last(&desk).0, "c", "c was told in the second round, and nobody has said that nobody was there");
}
