//! What other helpdesks get wrong with SLA clocks today: a test for each, by the name of the right behaviour.

use owed::commitment::{Origin, Verdict};
use owed::report::statements;

use crate::desk::*;

const FIX: &str = r#"[{ "name": "sla", "targets": { "first_resolution": "4 working hours" } }]"#;

/// Verdict and breach of everything, in the order in which it was made.
fn verdicts(desk: &Desk) -> Vec<(String, Verdict, Option<String>)> {
    let statements = statements(&desk.ticket, &desk.rules, t("30 00:00"));
    let of = |owed: owed::report::Statement| {
        let Origin::Policy(cycle) = owed.origin else { panic!("by policy") };
        (format!("{} {}", cycle.metric, cycle.cycle), owed.verdict, owed.breach.map(|breach| breach.at.to_string()))
    };
    statements.into_iter().map(of).collect()
}

/// B 2. Newer Zammad shows the next opening, fifteen hours later on the wall.
#[test]
fn a_budget_that_ends_with_the_day_is_due_at_closing_and_not_at_the_next_opening() {
    let mut desk = Desk::new(FIX);
    assert_eq!(desk.at("02 13:00", OPEN)[1], "02 13:00: first_resolution 1 due 02 17:00");
    assert_eq!(desk.at("03 09:00", SOLVE)[0], "02 17:00 by time: first_resolution 1 breached, due 02 17:00");
}

/// B 3. libredesk stamps the run of its five-minute job.
#[test]
fn a_breach_is_stamped_with_its_deadline_and_not_with_the_job_that_found_it() {
    let mut desk = Desk::new(FIX);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.wake("02 13:04:59"), ["02 13:00 by time: first_resolution 1 breached, due 02 13:00"]);
    let breach = desk.events.last().expect("a breach");
    assert_eq!((breach.at, breach.noticed), (t("02 13:00"), t("02 13:04:59")), "when it was found is known too");
}

/// B 3. Frappe judges when the record is saved next.
#[test]
fn a_breach_needs_nobody_to_touch_the_ticket() {
    let mut desk = Desk::new(FIX);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.next().as_deref(), Some("02 13:00:00.000001 Due"), "the host is told when to look");
    assert_eq!(desk.wake("02 13:00:00.000001").len(), 1);
    assert_eq!(verdicts(&desk)[0].1, Verdict::Breached);
}

/// B 3. Chatwoot calls a late resolution a hit when its job had not run in between.
#[test]
fn a_late_resolution_is_late_though_nobody_had_looked_before_it() {
    let mut desk = Desk::new(FIX);
    desk.at("02 09:00", OPEN);
    desk.at("02 13:00:01", SOLVE);
    let breached = Some("2026-03-02T13:00:00Z".into());
    assert_eq!(verdicts(&desk), [("first_resolution 1".into(), Verdict::Breached, breached)]);
}

/// B 3. osTicket never sees what is closed between two runs.
#[test]
fn what_is_closed_between_two_looks_is_judged_all_the_same() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_resolution": "1 minute" } }]"#);
    desk.wake("02 08:59");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01:30", CLOSE);
    assert_eq!(desk.wake("02 09:05"), [""; 0], "nothing is left to see");
    let breached = Some("2026-03-02T09:01:00Z".into());
    assert_eq!(verdicts(&desk), [("first_resolution 1".into(), Verdict::Breached, breached)]);
}

/// B 6. Zammad rewrites the clocks of what has been answered.
#[test]
fn what_is_answered_no_later_edit_of_pause_policy_or_calendar_touches() {
    let mut desk = Desk::with(
        r#"{ "editions": [
        { "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
          "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours", "first_resolution": "40 working hours" } }] },
        { "from": "2026-03-03T00:00:00Z",
          "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-sun": ["00:00-24:00"] } } }, "calendar": "office",
          "agreements": [{ "name": "sla", "targets": {
              "first_response": { "budget": "1 working hour", "pause": [{ "reason": "customer", "when": { "status": ["new"] } }] },
              "first_resolution": "40 working hours" } }] } ] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 12:00", ANSWER);
    let answered = |desk: &Desk| {
        let all = statements(&desk.ticket, &desk.rules, t("04 12:00"));
        all.into_iter().find(|owed| owed.verdict == Verdict::Fulfilled).expect("answered")
    };
    let before = answered(&desk);
    let said = desk.at("04 12:00", r#"{"room": "ticket", "type": "replan"}"#);
    assert!(said.iter().any(|line| line.contains("first_resolution 1 retargeted")), "what is open moves: {said:?}");
    assert_eq!(answered(&desk), before, "what is answered does not");
}

/// B 7. GLPI warns at midnight.
#[test]
fn a_warning_before_the_deadline_is_in_working_time_and_never_at_midnight() {
    let warned = |before: &str| {
        let rules = format!(
            r#"{{ "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["08:00-18:00"] }} }} }}, "calendar": "office",
                 "agreements": [{{ "name": "sla", "targets": {{ "first_resolution": {{ "budget": "4 working hours", "warn": ["{before}"] }} }} }}] }}"#
        );
        let mut desk = Desk::with(&rules);
        assert!(desk.at("02 17:00", OPEN)[1].contains("due 03 11:00"));
        let woken = desk.wake("03 10:59");
        woken[0].clone()
    };
    assert_eq!(
        warned("2 working hours before"),
        "03 09:00 by time: first_resolution 1 warned 2 working hours before, due 03 11:00"
    );
    assert_eq!(
        warned("4 working hours before"),
        "02 17:00 by time: first_resolution 1 warned 4 working hours before, due 03 11:00"
    );
    assert_eq!(
        warned("3 working hours before"),
        "03 08:00 by time: first_resolution 1 warned 3 working hours before, due 03 11:00",
        "the day's first instant, and not the evening before"
    );
}

/// B 10. ServiceNow breaches at 99.995 %.
#[test]
fn at_99_995_percent_of_the_budget_nothing_is_breached() {
    // 20,000 seconds of budget, the last of them running.
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_resolution": "20000 seconds" } }]"#);
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_resolution 1 due 02 14:33:20");
    assert_eq!(desk.wake("02 14:33:19.500000"), [""; 0]);
    assert_eq!(desk.at("02 14:33:20", SOLVE)[1], "02 14:33:20: first_resolution 1 fulfilled 02 14:33:20");
}

/// The table, time to own: GLPI agrees.
#[test]
fn waiting_on_the_customer_does_not_stretch_the_time_to_own() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "time_to_own": "4 working hours" } }]"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", WAIT);
    assert_eq!(desk.wake("02 14:00"), ["02 13:00 by time: time_to_own 1 breached, due 02 13:00"]);
}

const RESPONSES: &str = r#"[{ "name": "sla", "targets": { "next_response": "4 working hours" } }]"#;

/// The table: Zammad keeps the worst cycle.
#[test]
fn every_cycle_is_kept_and_not_only_the_worst() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01", ANSWER);
    for (asked, answered) in [("03 09:00", "03 10:00"), ("04 09:00", "04 16:00"), ("05 09:00", "05 10:00")] {
        desk.at(asked, ASK);
        desk.at(answered, ANSWER);
    }
    let breached = Some("2026-03-04T13:00:00Z".into());
    let cycle = |number: u8| format!("next_response {number}");
    assert_eq!(
        verdicts(&desk),
        [
            (cycle(1), Verdict::Fulfilled, None),
            (cycle(2), Verdict::Breached, breached),
            (cycle(3), Verdict::Fulfilled, None)
        ]
    );
}

/// The table: Chatwoot counts one stretch twice.
#[test]
fn one_unanswered_stretch_is_one_cycle_however_often_the_customer_writes() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01", ANSWER);
    for at in ["02 10:00", "02 11:00", "02 15:00", "03 09:00"] {
        desk.at(at, ASK);
        desk.wake(at);
    }
    desk.at("03 10:00", ANSWER);
    desk.at("03 10:01", ANSWER);
    desk.at("03 11:00", SOLVE);
    let breached = Some("2026-03-02T14:00:00Z".into());
    assert_eq!(verdicts(&desk), [("next_response 1".into(), Verdict::Breached, breached)], "and it is breached once");
    assert_eq!(desk.events.iter().filter(|event| format!("{:?}", event.event).contains("Breached")).count(), 1);
}
