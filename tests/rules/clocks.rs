//! What an agreement owes: starts, stops, pauses, cycles and warnings.

use crate::desk::*;

const RESPONSES: &str =
    r#"[{ "name": "sla", "targets": { "first_response": "4 working hours", "next_response": "8 working hours" } }]"#;

const INTERNAL: &str = r#"{"room": "ticket", "type": "message", "author": "agent", "visibility": "internal"}"#;
const AUTOMATIC: &str = r#"{"room": "ticket", "type": "message", "author": "automation"}"#;
const BY_AI: &str = r#"{"room": "ticket", "type": "message", "author": "ai"}"#;
const VENDOR: &str = r#"{"room": "ticket", "type": "message", "author": "third_party"}"#;

#[test]
fn a_message_near_closing_carries_its_remaining_time_to_the_next_working_day() {
    let mut desk = Desk::new(RESPONSES);
    assert_eq!(desk.at("06 16:55", OPEN), ["06 16:55: opened", "06 16:55: first_response 1 due 09 12:55"]);
}

#[test]
fn b2_due_on_a_closing_time_stays_there() {
    let mut desk = Desk::new(RESPONSES);
    assert_eq!(desk.at("06 13:00", OPEN)[1], "06 13:00: first_response 1 due 06 17:00");
}

#[test]
fn b3_finished_on_saturday_for_friday_evening_is_late() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("06 13:00", OPEN);
    let said = desk.at("07 10:00", ANSWER);
    let breach = "06 17:00 by time: first_response 1 breached, due 06 17:00";
    assert_eq!(
        said,
        [breach, "07 10:00: public message of agent", "07 10:00: first_response 1 late 07 10:00, by 61200 s"]
    );
}

#[test]
fn an_acknowledgement_never_answers() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    for order in [INTERNAL, AUTOMATIC, BY_AI, VENDOR, ASK] {
        assert_eq!(desk.at("02 10:00", order).len(), 1, "{order}");
    }
    assert_eq!(desk.at("02 11:00", ANSWER)[1], "02 11:00: first_response 1 fulfilled 02 11:00");
}

#[test]
fn staff_opened_the_first_customer_message_starts_the_first_response() {
    let mut desk = Desk::new(RESPONSES);
    let staff = r#"{"room": "ticket", "type": "open", "requester": "c-1", "author": "agent"}"#;
    assert_eq!(desk.at("02 09:00", staff).len(), 1);
    assert_eq!(desk.at("02 09:10", ANSWER).len(), 1);
    assert_eq!(desk.at("02 10:00", ASK)[1..], ["02 10:00: first_response 1 due 02 14:00"]);
    assert_eq!(desk.at("02 11:00", ANSWER)[1..], ["02 11:00: first_response 1 fulfilled 02 11:00"]);
    assert_eq!(desk.at("02 12:00", ASK)[1..], ["02 12:00: next_response 1 due 03 12:00"]);
}

#[test]
fn next_response_anchors_on_the_oldest_unanswered_message_and_every_cycle_is_kept() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 09:30", ASK).len(), 1, "nothing before the first response");
    desk.at("02 10:00", ANSWER);
    assert_eq!(desk.at("02 11:00", ASK)[1..], ["02 11:00: next_response 1 due 03 11:00"]);
    assert_eq!(desk.at("02 12:00", ASK).len(), 1, "the oldest counts");
    assert_eq!(desk.at("02 13:00", ANSWER)[1..], ["02 13:00: next_response 1 fulfilled 02 13:00"]);
    assert_eq!(desk.at("02 14:00", ASK)[1..], ["02 14:00: next_response 2 due 03 14:00"]);
    assert_eq!(desk.ticket.ledger().all().count(), 3);
}

#[test]
fn starts_and_stops_count_from_when_they_happened() {
    let mut desk = Desk::new(RESPONSES);
    assert_eq!(desk.fetched("02 10:00", "02 09:00", OPEN)[1], "02 10:00: first_response 1 due 02 13:00");
    let said = desk.fetched("02 13:00:03", "02 12:59:59", ANSWER);
    assert_eq!(said[2], "02 13:00:03: first_response 1 corrected 02 12:59:59");
}

#[test]
fn an_answer_from_before_the_question_answers_nothing() {
    let mut desk = Desk::new(RESPONSES);
    desk.fetched("02 10:00", "02 09:00", OPEN);
    assert_eq!(desk.fetched("02 10:05", "02 08:59:59", ANSWER).len(), 1);
}

/// A clock that is a second slow: whether the target applied all along or is found in hindsight, the solution ends it.
#[test]
fn a_solution_stamped_before_the_opening_is_a_solution_all_the_same() {
    let owed = |when: &str| {
        let mut desk = Desk::new(&format!(
            r#"[{{ "name": "sla", "when": {when}, "targets": {{ "first_response": "1 hour", "first_resolution": "1 hour" }} }}]"#
        ));
        desk.at("02 09:00", &open_at("low"));
        desk.fetched("02 09:10", "02 08:59", SOLVE);
        desk.at("02 09:20", &priority("high"));
        desk.ticket.ledger().open().count()
    };
    assert_eq!([owed("{}"), owed(r#"{ "priority": ["high"] }"#)], [0, 0]);
}

#[test]
fn a_late_mail_corrects_a_cycle_that_was_closed_late_meanwhile() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 13:05", ANSWER)[2], "02 13:05: first_response 1 late 02 13:05, by 300 s");
    desk.at("02 13:06", ASK);
    let said = desk.fetched("02 13:10", "02 12:59", ANSWER);
    assert_eq!(
        said[1..],
        ["02 13:10: first_response 1 corrected 02 12:59"],
        "and it does not answer the later question"
    );
}

#[test]
fn solved_without_an_answer_is_void_and_never_met() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    let said = desk.at("02 10:00", SOLVE);
    assert_eq!(said[1], "02 10:00: first_response 1 void: first_response of sla: not needed any more");
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    let said = desk.at("03 10:00", SOLVE);
    assert_eq!(said[2], "03 10:00: first_response 1 overtaken: first_response of sla: not needed any more");
}

const PAUSED: &str = r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": "8 working hours",
    "warn": ["50 %"], "pause": [{ "reason": "customer", "when": { "status": ["pending"] } },
                                { "reason": "supplier", "when": { "status": ["on_hold"] } }] } } }]"#;

#[test]
fn a_pause_is_a_condition_over_state() {
    let mut desk = Desk::new(PAUSED);
    assert_eq!(desk.at("02 09:00", OPEN)[1], "02 09:00: first_resolution 1 due 02 17:00, warn 02 13:00");
    let said = desk.at("02 11:00", WAIT);
    let year = "2027-03-03T11:00:00Z";
    assert_eq!(said[1], format!("02 11:00: first_resolution 1 paused (customer), 6 working hours left, until {year}"));
    assert_eq!(desk.next().as_deref(), Some("2027-03-03T11:00:00.000001Z ResumeBy"));
    assert_eq!(desk.at("02 12:00", WAIT), [""; 0]);
    let hold = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;
    let said = desk.at("02 12:00", hold);
    let joined = "02 12:00: first_resolution 1 also paused (supplier)";
    assert_eq!(said[1..], [joined, "02 12:00: first_resolution 1 no more paused (customer)"]);
    let said = desk.at("03 09:00", GO_ON);
    assert_eq!(said[1], "03 09:00: first_resolution 1 resumed (supplier), due 03 15:00");
    assert_eq!(desk.next().as_deref(), Some("03 11:00:00.000001 Warning"), "a moved due arms its warnings anew");
}

#[test]
fn a_first_response_never_pauses() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 10:00", WAIT).len(), 1);
}

#[test]
fn row_12a_a_clock_that_starts_while_its_pause_condition_holds_is_born_paused() {
    let next = r#"[{ "name": "sla", "targets": { "next_response": { "budget": "8 working hours",
        "pause": [{ "reason": "supplier", "when": { "status": ["on_hold"] } }] }, "first_response": "1 hour" } }]"#;
    let mut desk = Desk::new(next);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 09:20", r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#);
    let said = desk.at("02 10:00", ASK);
    assert_eq!(said[1], "02 10:00: next_response 1 due 03 10:00");
    assert!(said[2].starts_with("02 10:00: next_response 1 paused (supplier), 8 working hours left"));
    assert_eq!(desk.at("02 11:00", GO_ON)[1], "02 11:00: next_response 1 resumed (supplier), due 03 11:00");
}

#[test]
fn b7_warnings_count_back_across_closings() {
    let warned = |warn: &str| {
        let target = format!(
            r#"[{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "4 working hours",
            "calendar": "long", "warn": ["{warn}"] }} }} }}]"#
        );
        let rules = format!(
            r#"{{ "calendars": {{ "long": {{ "time_zone": "UTC",
            "weekly": {{ "mon-fri": ["08:00-18:00"] }} }} }}, "agreements": {target} }}"#
        );
        Desk::with(&rules).at("02 17:00", OPEN)[1].clone()
    };
    assert_eq!(warned("2 working hours before"), "02 17:00: first_response 1 due 03 11:00, warn 03 09:00");
    assert_eq!(warned("4 working hours before"), "02 17:00: first_response 1 due 03 11:00, warn 02 17:00");
    assert_eq!(warned("50 %"), "02 17:00: first_response 1 due 03 11:00, warn 03 09:00");
}

#[test]
fn a_warning_that_is_past_when_it_is_armed_is_recorded_and_never_goes_off() {
    let agreement = r#"[{ "name": "sla", "targets": { "first_response": { "budget": "2 working hours", "warn": ["3 working hours before"] } } }]"#;
    let mut desk = Desk::new(agreement);
    assert_eq!(desk.at("03 09:00", OPEN)[1], "03 09:00: first_response 1 due 03 11:00, warn 02 16:00");
    assert_eq!(desk.wake("03 12:00"), ["03 11:00 by time: first_response 1 breached, due 03 11:00"]);
}

/// B 7: one that is past when it is armed is recorded, not fired. Half had run at the closing, and that had been heard of; the pause
/// came an hour later.
#[test]
fn a_share_that_had_run_at_a_closing_is_not_warned_of_again_after_a_pause() {
    let agreement = r#"[{ "name": "sla", "targets": { "first_resolution": { "budget": "16 working hours", "warn": ["50 %"],
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#;
    let mut desk = Desk::new(agreement);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 18:00", WAIT)[0], "02 17:00 by time: first_resolution 1 warned 50 %, due 03 17:00");
    assert_eq!(desk.at("03 10:00", GO_ON)[1], "03 10:00: first_resolution 1 resumed (customer), due 04 10:00");
    assert_eq!(desk.next().as_deref(), Some("04 10:00:00.000001 Due"));
    // Where it stops running at that very instant, nobody has heard of it yet.
    let mut desk = Desk::new(agreement);
    desk.at("02 09:00", OPEN);
    desk.at("02 17:00", WAIT);
    desk.at("03 10:00", GO_ON);
    assert_eq!(desk.wake("03 11:00"), ["03 10:00 by time: first_resolution 1 warned 50 %, due 04 10:00"]);
}

#[test]
fn what_an_agreement_owes_is_handed_over_with_the_ticket() {
    let mut desk = Desk::new(RESPONSES);
    desk.at("02 09:00", OPEN);
    let said = desk.at("02 09:10", r#"{"room": "ticket", "type": "assign", "to": {"team": "tier2", "agent": "bo"}}"#);
    assert_eq!(said, ["02 09:10: assigned to bo (tier2)", "02 09:10: first_response 1 handed over to bo (tier2)"]);
}

#[test]
fn a_metric_of_ones_own_gives_what_the_built_in_one_gives() {
    let own = r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } },
        "calendar": "office",
        "metrics": { "my_response": { "deliverable": "reply", "cycles": "once",
            "start": [{ "fact": "opened", "author": ["customer"] }, { "fact": "message", "author": ["customer"], "visibility": ["public"] }],
            "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
            "cancel": [{ "fact": "status", "to": ["solved", "closed"] }] } },
        "agreements": [{ "name": "sla", "targets": { "my_response": "4 working hours" } }] }"#;
    let mut own = Desk::with(own);
    let mut built_in = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "4 working hours" } }]"#);
    for (at, order) in
        [("02 09:00", OPEN), ("02 10:00", BY_AI), ("02 15:00", ANSWER), ("03 09:00", ASK), ("03 10:00", SOLVE)]
    {
        let said: Vec<String> =
            own.at(at, order).iter().map(|line| line.replace("my_response", "first_response")).collect();
        assert_eq!(said, built_in.at(at, order));
    }
}

#[test]
fn a_reset_lets_a_cycle_begin_again() {
    let rules = r#"{ "metrics": { "quiet": { "deliverable": "update", "start": [{ "fact": "opened" }],
            "reset": [{ "fact": "message", "author": ["agent"] }], "stop": [{ "fact": "status", "to": ["solved"] }] } },
        "agreements": [{ "name": "sla", "targets": { "quiet": "4 hours" } }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 12:00", ANSWER)[1], "02 12:00: quiet 1 retargeted, 4 hours left, due 02 16:00");
    assert_eq!(desk.at("02 16:00", SOLVE)[1], "02 16:00: quiet 1 fulfilled 02 16:00");
}

#[test]
fn a_calendar_that_cannot_answer_inside_a_reaction_falls_back_to_elapsed_time_and_says_so() {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "20000000 working hours" } }]"#);
    let said = desk.at("02 09:00", OPEN);
    assert!(said[1].ends_with(", OutOfReach"), "{said:?}");
    assert!(said[1].contains("due 4307-"), "{said:?}");
}

#[test]
fn b4_while_paused_there_is_no_deadline_but_what_is_left_and_what_it_would_be_if_resumed_now() {
    let mut desk = Desk::new(PAUSED);
    desk.at("02 09:00", OPEN);
    desk.at("02 16:00", WAIT);
    let owed = |desk: &Desk, now: &str| owed::report::statements(&desk.ticket, &desk.rules, t(now)).remove(0);
    let paused = owed(&desk, "03 10:00");
    assert_eq!((paused.due, paused.first_due), (None, Some(t("02 17:00"))), "the first is kept beside it");
    assert_eq!(paused.budget.as_micros() - paused.used.as_micros(), 3_600_000_000);
    assert_eq!(paused.due_if_resumed, Some(t("03 11:00")));
    assert_eq!(paused.paused[0].wall_us, 18 * 3_600_000_000);
    assert_eq!(paused.paused[0].spared, Some("2 working hours".parse().expect("an amount")));
    desk.at("03 12:00", GO_ON);
    let runs = owed(&desk, "03 12:00");
    assert_eq!((runs.due, runs.due_if_resumed), (Some(t("03 13:00")), None));
}

#[test]
fn b4_what_was_done_while_it_stood_says_when_it_would_have_been_due() {
    let mut desk = Desk::new(PAUSED);
    desk.at("02 09:00", OPEN);
    desk.at("02 16:00", WAIT);
    desk.at("03 10:00", SOLVE);
    let closed = owed::report::statements(&desk.ticket, &desk.rules, t("09 10:00")).remove(0);
    assert_eq!((closed.due, closed.due_if_resumed), (None, Some(t("03 11:00"))));
    assert_eq!(closed.paused[0].spared, Some("2 working hours".parse().expect("an amount")));
}

/// What kind of matter it is may be known when it is opened.
#[test]
fn an_agreement_for_a_kind_applies_from_the_opening() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "kind": ["problem"] }, "targets": { "first_response": "4 working hours" } }]"#,
    );
    let opened =
        desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"kind": "problem"}}"#);
    assert_eq!(opened, ["02 09:00: opened", "02 09:00: first_response 1 due 02 13:00"]);
}
