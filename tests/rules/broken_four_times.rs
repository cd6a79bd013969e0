//! What a further reader tried to break of agreements: kinds side by side, replanning while a clock stands, reopening in business days.

use crate::desk::*;

const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;

fn assign(team: &str, agent: &str) -> String {
    let agent = if agent.is_empty() { String::new() } else { format!(r#", "agent": "{agent}""#) };
    format!(r#"{{"room": "ticket", "type": "assign", "to": {{"team": "{team}"{agent}}}}}"#)
}

/// An agreement between teams stands beside the customer's, and each has its own cycle of the same metric.
#[test]
fn an_ola_runs_beside_the_sla_it_supports() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "binding": "promised", "targets": { "first_resolution": "16 working hours" } },
            { "name": "ola", "kind": "ola", "targets": { "first_resolution": "8 working hours", "ownership": "4 working hours" } }]"#,
    );
    let said = desk.at("02 09:00", OPEN);
    assert_eq!(said[1..], ["02 09:00: first_resolution 1 due 03 17:00", "02 09:00: first_resolution 1 due 02 17:00"]);
    let said = desk.at("02 10:00", &assign("network", ""));
    assert!(said.contains(&"02 10:00: ownership 1 due 02 14:00".into()), "{said:?}");
    let said = desk.at("02 12:00", &assign("storage", ""));
    assert!(said.contains(&"02 12:00: ownership 1 fulfilled 02 12:00".into()), "{said:?}");
    assert!(said.contains(&"02 12:00: ownership 2 due 02 16:00".into()), "{said:?}");
    desk.at("02 13:00", SOLVE);
    let count = desk.ticket.ledger().count();
    assert_eq!((count.fulfilled, count.pending), (4, 0), "{count}");
}

/// A clock that stands while the rules change has what it had left, and goes on with it.
#[test]
fn replanning_while_it_stands_keeps_what_has_run_and_the_pause() {
    let edition = |budget: &str, from: &str| {
        format!(
            r#"{{ {from} "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }} }}, "calendar": "office",
                "agreements": [{{ "name": "sla", "targets": {{ "first_resolution": {{ "budget": "{budget}",
                    "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}] }}"#
        )
    };
    let second = edition("12 working hours", r#""from": "2026-03-03T06:00:00Z","#);
    let mut desk = Desk::with(&format!(r#"{{ "editions": [{}, {second}] }}"#, edition("16 working hours", "")));
    desk.at("02 09:00", OPEN);
    desk.at("02 13:00", WAIT);
    for again in ["03 10:00", "03 11:00"] {
        let said = desk.at(again, REPLAN);
        let moved = said.iter().filter(|line| line.contains("8 working hours left")).count();
        assert_eq!(moved, usize::from(again == "03 10:00"), "{said:?}");
    }
    let said = desk.at("03 12:00", GO_ON);
    assert_eq!(said[1], "03 12:00: first_resolution 1 resumed (customer), due 04 12:00");
}

/// Reopened, a total goes on with what was left of its business days; the time in between does not count.
#[test]
fn what_resumes_in_business_days_goes_on_with_what_was_left() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "full_resolution": "2 business days" } }]"#);
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: full_resolution 1 due 04 09:00");
    desk.at("02 13:00", SOLVE);
    let said = desk.at("05 09:00", REOPEN);
    // Two days of eight hours, four of which have run.
    assert_eq!(said[1], "05 09:00: full_resolution 2 due 06 13:00");
    desk.at("05 11:00", SOLVE);
    let said = desk.at("06 09:00", REOPEN);
    assert_eq!(said[1], "06 09:00: full_resolution 3 due 09 11:00");
}

/// A call, and an AI's answer, count only where the agreement says so.
#[test]
fn nothing_counts_that_the_agreement_does_not_name() {
    let call = r#"{"room": "ticket", "type": "call", "author": "agent", "reached": true}"#;
    let mut plain = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 working hours" } }]"#);
    let mut calls = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "4 working hours",
            "also": [{ "fact": "call", "author": ["agent"], "reached": true }] } } }]"#,
    );
    for desk in [&mut plain, &mut calls] {
        desk.at("02 09:00", OPEN);
    }
    assert_eq!(plain.at("02 10:00", call).len(), 1);
    assert_eq!(calls.at("02 10:00", call)[1], "02 10:00: first_response 1 fulfilled 02 10:00");
}
