//! Which agreement counts and why, which clock runs, stands or has ended, and at which fact.

use owed::report::explain;

use crate::desk::*;

fn desk() -> Desk {
    Desk::new(
        r#"[{ "name": "gold", "when": { "priority": ["P1"] }, "targets": { "first_response": "1 working hour" } },
            { "name": "base", "targets": { "first_response": { "budget": { "P2": "2 working hours", "otherwise": "4 working hours" } } } },
            { "name": "rest", "targets": { "first_response": "8 working hours",
                "first_resolution": { "budget": "16 working hours", "pause": [{ "reason": "customer", "when": { "status": ["pending"] } },
                    { "reason": "vendor", "when": { "status": ["on_hold"] } }] } } }]"#,
    )
}

fn said(desk: &Desk, at: &str) -> String {
    explain(&desk.ticket, &desk.rules, t(at)).expect("explained").to_string()
}

#[test]
fn it_says_which_agreement_counts_and_why_the_others_do_not() {
    let mut desk = desk();
    desk.at("02 09:00", &open_at("P4"));
    assert_eq!(
        said(&desk, "02 10:00"),
        "\
first_response:
  gold did not apply: priority is P4, not P1
  base counts: 4 working hours
  rest comes after base, which counts
  cycle 1 of base, since 2026-03-02T09:00:00Z (opened by customer), by office: runs until 2026-03-02T13:00:00Z, 3 working hours left
first_resolution:
  gold has no target for it
  base has no target for it
  rest counts: 16 working hours
  cycle 1 of rest, since 2026-03-02T09:00:00Z (opened by customer), by office: runs until 2026-03-03T17:00:00Z, 15 working hours left"
    );
}

#[test]
fn it_says_which_clock_stands_and_which_fact_ended_one() {
    let mut desk = desk();
    desk.at("02 09:00", &open_at("P4"));
    desk.at("02 10:00", ANSWER);
    desk.at("02 11:00", WAIT);
    let said = said(&desk, "02 12:00");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[4],
        "  cycle 1 of base, since 2026-03-02T09:00:00Z (opened by customer), by office: ended 2026-03-02T10:00:00Z, done 2026-03-02T10:00:00Z (message by agent)"
    );
    assert_eq!(
        lines[9],
        "  cycle 1 of rest, since 2026-03-02T09:00:00Z (opened by customer), by office, stood still for customer (1 working hour): stands since 2026-03-02T11:00:00Z for customer, 14 working hours left"
    );
}

/// Why it is due just then: what a pause has spared is told when it is over, too.
#[test]
fn it_says_by_which_calendar_and_what_its_pauses_have_spared() {
    let mut desk = desk();
    desk.at("02 09:00", &open_at("P4"));
    desk.at("02 11:00", WAIT);
    desk.at("02 13:00", GO_ON);
    let said = said(&desk, "02 14:00");
    let rest = said.lines().last().unwrap_or_default();
    assert!(
        rest.contains("by office, stood still for customer (2 working hours): runs until 2026-03-04T11:00:00Z"),
        "{rest}"
    );
}

#[test]
fn an_agreement_that_was_left_says_why() {
    let mut desk = desk();
    desk.at("02 09:00", &open_at("P1"));
    desk.at("02 09:10", &priority("P2"));
    let said = said(&desk, "02 09:20");
    assert!(said.contains("gold did not apply: priority is P2, not P1"), "{said}");
    assert!(
        said.contains("ended 2026-03-02T09:10:00Z, void: first_response of gold: does not apply any more"),
        "{said}"
    );
}

#[test]
fn of_a_condition_with_choices_every_branch_says_why() {
    let mut desk = Desk::new(
        r#"[{ "name": "gold", "when": { "any": [{ "tags": ["vip"] }, { "fields": { "seats": { "at_least": 100 } } }] },
              "targets": { "first_response": "1 working hour" } },
            { "name": "not-chat", "when": { "not": { "channel": ["chat"] } }, "targets": { "first_response": "1 working hour" } }]"#,
    );
    desk.at(
        "02 09:00",
        r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"channel": "chat", "fields": {"seats": 12}}}"#,
    );
    let said = said(&desk, "02 09:20");
    assert!(
        said.contains("gold did not apply: there are no tags, not vip; and seats is 12, not at least 100"),
        "{said}"
    );
    assert!(said.contains("not-chat did not apply: channel is chat, and must not"), "{said}");
    assert!(said.ends_with("nothing has begun"), "{said}");
}

/// Last year's agreement stands before this year's, and hides nothing of it.
#[test]
fn an_agreement_whose_time_is_over_hides_none_that_follows() {
    let mut desk = Desk::new(
        r#"[{ "name": "old", "until": "2026-03-03T00:00:00Z", "targets": { "first_response": "1 working hour" } },
            { "name": "new", "from": "2026-03-03T00:00:00Z", "targets": { "first_response": "2 working hours" } }]"#,
    );
    assert_eq!(desk.at("03 09:00", OPEN)[1], "03 09:00: first_response 1 due 03 11:00");
    let said = said(&desk, "03 09:30");
    assert!(said.contains("old owed only until 2026-03-03T00:00:00Z"), "{said}");
    assert!(said.contains("new counts: 2 working hours"), "{said}");
    let said = desk.at("03 10:00", &priority("P1"));
    assert!(!said.iter().any(|line| line.contains("void")), "it goes on under the one that it began under: {said:?}");
}

/// What has begun goes on to its end, though its agreement owes nothing new.
#[test]
fn what_has_begun_outlasts_its_agreement() {
    let mut desk = Desk::new(
        r#"[{ "name": "old", "until": "2026-03-03T00:00:00Z", "targets": { "first_response": "16 working hours" } },
            { "name": "new", "from": "2026-03-03T00:00:00Z", "targets": { "first_response": "2 working hours" } }]"#,
    );
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_response 1 due 03 17:00");
    let said = desk.at("03 10:00", &priority("P1"));
    assert!(!said.iter().any(|line| line.contains("void") || line.contains("first_response 2")), "{said:?}");
}

/// Four hours run through the night, whatever the office does: no calendar made it due then.
#[test]
fn elapsed_time_counts_by_no_calendar() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": "4 hours" } }, { "name": "rest", "targets": { "first_resolution": "2 business days" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    let cycles = said(&desk, "02 10:00");
    let cycles: Vec<&str> = cycles.lines().filter(|line| line.contains("cycle 1")).collect();
    assert!(cycles[0].contains("(opened by customer): runs until 2026-03-02T13:00:00Z"), "{cycles:#?}");
    assert!(cycles[1].contains("(opened by customer), by office: runs until"), "{cycles:#?}");
}
