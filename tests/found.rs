//! FOUND BY THE LAWS, AND STILL WRONG: a test for each, as short as it gets. Move one to `rules/` when it passes.
#![allow(missing_docs, clippy::pedantic)]

#[allow(dead_code)]
mod desk;

use desk::*;
use owed::commitment::{Event as Fact, Happened, Stamp};
use owed::{Event, Recorded};

/// What two working hours had run of, by the hours of the edition that it was made under.
fn used(events: &[Recorded]) -> Vec<String> {
    let of = |event: &Event| match event {
        Event::Commitment(Fact::Superseded { used, .. } | Fact::Voided { used, .. }) => Some(used.to_string()),
        _ => None,
    };
    events.iter().filter_map(|recorded| of(&recorded.event)).collect()
}

/// Two editions that have the one calendar: at first an hour a day, later round the clock.
const HOURS: &str = r#"{ "editions": [
    { "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-sun": ["09:00-10:00"] } } },
      "calendar": "office", "agreements": [] },
    { "from": "2026-03-03T00:00:00Z",
      "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-sun": ["00:00-24:00"] } } },
      "calendar": "office", "agreements": [] }] }"#;

/// Law `what_has_run_is_on_record`. A promise made under the second edition takes the place of a broken one of the first: what
/// had run of that is counted by the hours of the second.
#[test]
fn what_is_superseded_has_run_by_its_own_hours() {
    let mut desk = Desk::with(HOURS);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", &promise('a', r#"{"within": "1 working hour"}"#));
    desk.at("03 12:00", &promise_with('b', r#"{"within": "1 working hour"}"#, r#", "repairs": "@a""#));
    assert_eq!(used(&desk.events), ["2 working hours"]);
}

/// The same where a correction ends a repair: it is counted by the hours of what it repairs.
#[test]
fn what_falls_away_with_a_correction_has_run_by_its_own_hours() {
    let mut desk = Desk::with(HOURS);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", &promise('a', r#"{"within": "1 working hour"}"#));
    desk.at("03 12:00", &promise_with('b', r#"{"within": "9 working hours"}"#, r#", "repairs": "@a""#));
    desk.events.clear();
    let mut proof = desk.command("03 15:00", &about("fulfil", 'a', ""));
    proof.happened = Some(Happened { at: t("02 09:30"), stamp: Stamp::Transport });
    let events = desk.ticket.handle(&desk.rules, &proof).expect("taken");
    assert_eq!(used(&events), ["3 working hours"]);
}

/// Law `hindsight_equals_foresight`, with `happened` left in. A clock that is a second slow: live, the solution ends the metric;
/// found in hindsight, it is sorted before the opening and ends nothing.
#[test]
fn a_solution_stamped_before_the_opening_ends_it_in_hindsight_too() {
    let rules = |when: &str| {
        format!(
            r#"[{{ "name": "sla", "when": {when}, "targets": {{ "first_response": "1 hour", "first_resolution": "1 hour" }} }}]"#
        )
    };
    let owed = |when: &str| {
        let mut desk = Desk::new(&rules(when));
        desk.at("02 09:00", &open_at("low"));
        desk.fetched("02 09:10", "02 08:59", SOLVE);
        desk.at("02 09:20", &priority("high"));
        desk.ticket.ledger().open().map(|owed| owed.deliverable.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(owed("{}"), owed(r#"{ "priority": ["high"] }"#), "watched from the beginning, or not");
}
