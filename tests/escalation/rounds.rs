//! Missed rounds of a series are one matter: whoever stands higher hears that there is no news, however many rounds pass meanwhile.

use crate::desk::{Desk, OPEN};

const SERIES: &str = "018f0000-0000-7000-8000-0000000000aa";

/// News every hour from nine on, and a ladder with these causes.
fn desk(causes: &str) -> Desk {
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [], "ladder": "late", "ladders": [{{ "name": "late", "causes": [{causes}],
            "rungs": [{{ "notify": "lead", "wait": "10 minutes" }}, {{ "notify": "head", "wait": "100 minutes" }}] }}] }}"#
    ));
    desk.at("02 09:00", OPEN);
    desk.at(
        "02 09:00",
        &format!(
            r#"{{"room": "commitment", "type": "start_series", "series": "{SERIES}", "deliverable": "update", "beneficiary": "c-1",
                "owner": {{"team": "desk"}}, "every": "1 hour", "mode": "rolling", "stop": "fixed", "horizon": {{"within": "100 hours"}},
                "lead": {{"team": "leads"}}, "decide_within": "1 hour"}}"#
        ),
    );
    desk
}

fn news(round: u32) -> String {
    format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "@round {round}"}}"#)
}

/// What is said of the ladder.
fn of_the_ladder(said: Vec<String>) -> Vec<String> {
    said.into_iter().filter(|line| line.contains("late ")).collect()
}

#[test]
fn the_next_rung_hears_of_it_and_each_round_is_no_new_matter() {
    let mut desk = desk(r#""breached""#);
    assert_eq!(
        of_the_ladder(desk.wake("02 12:30")),
        [
            "02 10:00 by time: late of round 1 started: Breached { due: 2026-03-02T10:00:00Z, times: 1 }, until 02 10:00",
            "02 10:00 by time: late of round 1 tells lead #1 (rung 1 round 0 lapse 0), planned 02 10:00, next 02 10:10",
            "02 10:10 by time: late of round 1 tells head #2 (rung 2 round 0 lapse 0), planned 02 10:10, next 02 11:50",
            "02 11:50 by time: late of round 1 exhausted, next 03 11:50",
        ]
    );
}

#[test]
fn news_ends_it_and_the_next_silence_is_another() {
    let mut desk = desk(r#""breached""#);
    desk.wake("02 11:05");
    assert_eq!(desk.at("02 11:06", &news(3)).last().expect("moot"), "02 11:06: late of round 1 moot");
    let said = of_the_ladder(desk.wake("02 12:10"));
    assert!(said[0].starts_with("02 12:06 by time: late of round 4 started"), "{said:?}");
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn the_end_of_the_series_ends_it() {
    let mut desk = desk(r#""breached""#);
    desk.wake("02 11:05");
    let stop = format!(r#"{{"room": "commitment", "type": "stop_series", "series": "{SERIES}", "evidence": "m-9"}}"#);
    assert_eq!(desk.at("02 11:06", &stop).last().expect("moot"), "02 11:06: late of round 1 moot");
}

#[test]
fn whoever_has_it_has_it_through_the_rounds_that_follow() {
    let mut desk = desk(r#""breached""#);
    desk.wake("02 10:05");
    desk.at("02 10:06", r#"{"room": "escalation", "type": "acknowledge", "escalation": "^late"}"#);
    assert_eq!(
        of_the_ladder(desk.wake("02 12:30")),
        [""; 0],
        "eight hours are his, and two rounds are none of more matters"
    );
}

#[test]
fn the_second_silence_in_a_row_may_begin_higher() {
    let mut desk = desk(r#"{ "on": "breached", "after": "30 hours" }, { "on": "breached", "times": 2, "rung": 2 }"#);
    let said = of_the_ladder(desk.wake("02 11:05"));
    let told: Vec<&String> = said.iter().filter(|line| line.contains("tells")).collect();
    assert_eq!(
        told,
        ["02 11:00 by time: late of round 1 tells head #1 (rung 2 round 0 lapse 0), planned 02 11:00, next 02 12:40"]
    );
}

/// The mail server vouches that there was news, of the first round, and then of the second.
#[test]
fn one_round_that_was_none_leaves_the_others() {
    let mut desk = desk(r#""breached""#);
    desk.wake("02 11:05");
    let moot = |said: &[String]| said.iter().any(|line| line.ends_with("late of round 1 moot"));
    let said = desk.fetched("02 11:06", "02 09:59", &news(1));
    assert!(!moot(&said), "there is no news since ten: {said:#?}");
    let said = desk.fetched("02 11:07", "02 10:59", &news(2));
    assert!(moot(&said), "and now there is: {said:#?}");
}

#[test]
fn what_is_asked_for_meanwhile_joins_it() {
    let mut desk = desk(r#""breached""#);
    desk.wake("02 11:05");
    let ask = r#"{"room": "escalation", "type": "escalate", "ladder": "late", "commitment": "@round 3", "reason": "he calls again"}"#;
    let said = desk.at("02 11:06", ask);
    assert!(said[0].contains("late of round 1 also"), "{said:?}");
}

#[test]
fn it_goes_along_with_its_series_to_another_ticket() {
    let mut desk = desk(r#""breached""#);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.wake("02 11:05");
    desk.merge("02 11:06");
    desk.swap();
    let said = desk.at("02 11:07", &news(3));
    assert_eq!(said.last().expect("moot"), "02 11:07: late of round 1 moot");
    assert_eq!(desk.ticket.escalations().live().count(), 0);
}
