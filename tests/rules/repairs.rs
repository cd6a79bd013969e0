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

/// "Open repairs of it are void": there is nothing left of which other terms could be accepted, also where the broken promise comes back.
#[test]
fn a_repair_that_fell_away_with_its_breach_takes_no_other_terms() {
    let struck_out = || vec![("02 11:00", about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#))];
    let reinstated = ("02 11:10", about("reinstate", 'a', r#", "successor": "@c""#));
    let retracted = ("02 11:10", about("retract", 'a', r#", "reason": "bounced", "successor": "@c""#));
    for (fulfilled, then, open) in [
        (false, vec![], vec!["promise b"]),
        (false, struck_out(), vec![]),
        (false, [struck_out(), vec![reinstated]].concat(), vec!["promise c"]),
        (true, vec![], vec![]),
        (true, vec![retracted], vec!["promise c"]),
    ] {
        let mut desk =
            Desk::with(r#"{ "corrections": { "window": "168 hours", "four_eyes": false }, "agreements": [] }"#);
        desk.at("02 09:00", OPEN);
        desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
        desk.at("02 10:30", &promise_with('b', r#"{"within": "4 hours"}"#, r#", "repairs": "@a""#));
        desk.at("02 10:40", &about("propose", 'b', r#", "due": {"at": "2026-03-02T20:00:00Z"}, "told": "m-5""#));
        if fulfilled {
            desk.fetched("02 11:00", "02 09:30", &about("fulfil", 'a', ""));
        }
        for (at, order) in &then {
            desk.at(at, order);
        }
        assert_eq!(desk.ticket.ledger().open().map(|owed| desk.name(owed.id)).collect::<Vec<_>>(), open);
        let accept = about("accept", 'b', r#", "successor": "@d", "evidence": "m-6""#);
        match open[..] {
            ["promise b"] => assert_eq!(desk.at("02 12:00", &accept).len(), 2),
            _ => assert_eq!(desk.refused("02 12:00", &accept).code(), "already_closed", "{then:?}"),
        }
    }
}
