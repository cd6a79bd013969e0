//! Rows 21 and 27 across rooms: what a promise means for the broken one that it stands in for, and the other way round.

use owed::Event;
use owed::commitment::Event as Fact;

use crate::desk::*;

/// What had run of the budgets of what was superseded or fell away, in the order in which it was recorded.
fn used(desk: &Desk) -> Vec<String> {
    let of = |event: &Event| match event {
        Event::Commitment(Fact::Superseded { used, .. } | Fact::Voided { used, .. }) => Some(used.to_string()),
        _ => None,
    };
    desk.events.iter().filter_map(|recorded| of(&recorded.event)).collect()
}

/// Two editions that have the one calendar: at first an hour a day, later round the clock.
const HOURS: &str = r#"{ "editions": [
    { "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-sun": ["09:00-10:00"] } } },
      "calendar": "office", "agreements": [] },
    { "from": "2026-03-03T00:00:00Z",
      "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-sun": ["00:00-24:00"] } } },
      "calendar": "office", "agreements": [] }] }"#;

/// A promise of an hour from the first edition; one in its place from the second.
fn repaired(due: &str) -> Desk {
    let mut desk = Desk::with(HOURS);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:00", &promise('a', r#"{"within": "1 working hour"}"#));
    desk.at("03 12:00", &promise_with('b', due, r#", "repairs": "@a""#));
    desk
}

#[test]
fn what_is_superseded_has_run_by_its_own_hours() {
    assert_eq!(used(&repaired(r#"{"within": "1 working hour"}"#)), ["2 working hours"]);
}

#[test]
fn what_falls_away_with_a_correction_has_run_by_its_own_hours() {
    let mut desk = repaired(r#"{"within": "9 working hours"}"#);
    desk.fetched("03 15:00", "02 09:30", &about("fulfil", 'a', ""));
    assert_eq!(used(&desk), ["2 working hours", "3 working hours"]);
}

#[test]
fn a_repair_that_closing_makes_needless_does_not_keep_the_ticket_from_closing() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "binding": "promised", "targets": { "first_resolution": "1 hour" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.wake("02 10:30");
    let broken = desk.ticket.ledger().open().next().expect("overdue").id;
    let fix = promise_with('b', r#"{"within": "6 hours"}"#, &format!(r#", "repairs": "{broken}""#));
    desk.at("02 10:30", &fix.replace("callback", "fix"));
    assert_eq!(
        desk.fetched("02 11:00", "02 09:50", CLOSE)[1..],
        ["02 11:00: first_resolution 1 corrected 02 09:50", "02 11:00: promise b void: first_resolution 1 corrected"]
    );
}
