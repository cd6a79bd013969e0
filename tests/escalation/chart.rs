//! The chart of an escalation, row by row.

use crate::desk::{ANSWER, ASK, Desk, OPEN, SOLVE, promise};

/// An answer is owed within an hour, and these rungs hear of its breach.
fn desk(more: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "1 hour", "ladder": "breach" }} }} }}],
             "ladders": [{{ "name": "breach", "causes": ["breached"], "rungs": [
                 {{ "notify": "owner", "wait": "10 minutes" }}, {{ "notify": "lead", "wait": "20 minutes", "level": 1 }},
                 {{ "notify": "head", "wait": "30 minutes", "level": 2 }}]{more} }}] }}"#
    ))
}

/// The breach has come, and the first has heard of it.
fn told(more: &str) -> Desk {
    let mut desk = desk(more);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.next().as_deref(), Some("02 10:00:00.000001 Due"));
    assert_eq!(
        desk.wake("02 10:00:01"),
        [
            "02 10:00 by time: first_response 1 breached, due 02 10:00",
            "02 10:00 by time: breach of first_response 1 started: Breached { due: 2026-03-02T10:00:00Z, times: 1 }, until 02 10:00",
            "02 10:00 by time: breach of first_response 1 tells owner #1 (rung 1 round 0 lapse 0), planned 02 10:00, next 02 10:10",
        ]
    );
    desk
}

fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}", "escalation": "^breach"{more}}}"#)
}

#[test]
fn a_cause_tells_the_first_rung_at_once() {
    told("");
}

#[test]
fn a_cause_that_has_to_last_is_armed_first() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "held", "causes": [{ "while": { "status": ["on_hold"] }, "after": "2 hours" }],
             "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    let hold = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;
    let open = r#"{"room": "ticket", "type": "set_status", "status": "open"}"#;
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 10:00", hold), ["02 10:00: on hold", "02 10:00: held started: Stands, until 02 12:00"]);
    assert_eq!(desk.at("02 11:00", open), ["02 11:00: open", "02 11:00: held moot"]);
    assert_eq!(desk.next(), None);
    desk.at("02 13:00", hold);
    assert_eq!(desk.next().as_deref(), Some("02 15:00:00.000001 Rung"));
    assert_eq!(
        desk.wake("02 15:30"),
        ["02 15:00 by time: held tells lead #1 (rung 1 round 0 lapse 0), planned 02 15:00, next 02 16:00"]
    );
}

#[test]
fn nobody_acknowledges_so_it_climbs_repeats_and_is_exhausted() {
    let mut desk = told(r#", "repeats": 1"#);
    let said = desk.wake("02 12:00:01");
    let told = |said: &str| said.split(" tells ").nth(1).map(|rest| rest.split(" (").next().unwrap().to_owned());
    let order: Vec<_> = said.iter().filter_map(|said| told(said)).collect();
    assert_eq!(order, ["lead #2", "head #3", "owner #4", "lead #5", "head #6"]);
    assert_eq!(said.last().unwrap(), "02 12:00 by time: breach of first_response 1 exhausted, next 03 12:00");
}

#[test]
fn an_exhausted_one_reminds_ever_more_rarely_and_is_never_silent() {
    let mut desk = told("");
    desk.wake("02 11:00:01");
    assert_eq!(desk.ticket.escalations().unhandled().count(), 1);
    let said = desk.wake("20 00:00");
    let name = "breach of first_response 1 reminds head";
    assert_eq!(
        said,
        [
            format!("03 11:00 by time: {name} #1, next 05 11:00"),
            format!("05 11:00 by time: {name} #2, next 09 11:00"),
            format!("09 11:00 by time: {name} #3, next 17 11:00"),
            format!("17 11:00 by time: {name} #4, next 2026-04-02T11:00:00Z"),
        ]
    );
    assert_eq!(desk.next().as_deref(), Some("2026-04-02T11:00:00.000001Z Reminder"));
}

#[test]
fn an_acknowledgement_holds_for_a_time_and_is_no_solution() {
    let mut desk = told(r#", "hold": "2 hours", "lapses": 1"#);
    assert_eq!(
        desk.at("02 10:05", &order("acknowledge", "")),
        ["02 10:05: breach of first_response 1 taken up by ada until 02 12:05"]
    );
    assert_eq!(
        desk.wake("02 12:06"),
        [
            "02 12:05 by time: breach of first_response 1 tells owner #2 (rung 1 round 0 lapse 1), planned 02 12:05, next 02 12:15"
        ]
    );
    desk.at("02 12:10", &order("acknowledge", ""));
    assert_eq!(
        desk.wake("02 15:00"),
        ["02 14:10 by time: breach of first_response 1 exhausted, next 03 14:10"],
        "lapses are bounded"
    );
    assert_eq!(
        desk.at("02 15:00", &order("acknowledge", "")),
        ["02 15:00: breach of first_response 1 taken up by ada until 02 17:00"],
        "what is exhausted can be taken up"
    );
}

#[test]
fn after_a_hold_it_goes_on_at_the_next_rung_if_the_ladder_says_so() {
    let mut desk = told(r#", "hold": "2 hours", "after_hold": "next""#);
    desk.at("02 10:05", &order("acknowledge", ""));
    assert_eq!(
        desk.wake("02 12:06"),
        [
            "02 12:05 by time: breach of first_response 1 tells lead #2 (rung 2 round 0 lapse 1), planned 02 12:05, next 02 12:25"
        ]
    );
}

#[test]
fn progress_renews_the_hold_at_most_to_its_cap() {
    let mut desk = told(r#", "hold": "2 hours", "hold_at_most": "3 hours""#);
    desk.at("02 10:05", &order("acknowledge", ""));
    let on = "breach of first_response 1 goes on, until";
    assert_eq!(desk.at("02 10:35", &order("progress", "")), [format!("02 10:35: {on} 02 12:35")]);
    assert_eq!(desk.at("02 12:00", &order("progress", "")), [format!("02 12:00: {on} 02 13:05")]);
    assert_eq!(desk.at("02 12:30", &order("progress", "")), [""; 0], "it is held as long as it may be");
}

#[test]
fn a_message_of_an_agents_is_progress() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "targets": { "first_resolution": "1 hour" } }], "ladder": "breach",
             "ladders": [{ "name": "breach", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }],
                           "hold": "2 hours", "hold_at_most": "5 hours" }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.wake("02 10:30");
    desk.at("02 10:30", &order("acknowledge", ""));
    assert_eq!(desk.at("02 11:00", ASK).len(), 1, "a customer's is none");
    assert_eq!(
        desk.at("02 11:30", ANSWER).last().unwrap(),
        "02 11:30: breach of first_resolution 1 goes on, until 02 13:30"
    );
}

#[test]
fn a_snooze_ends_and_then_counts_as_a_lapse() {
    let mut desk = told(r#", "lapses": 1, "snooze_at_most": "4 hours""#);
    let snooze =
        |until: &str| order("snooze", &format!(r#", "until": "2026-03-02T{until}:00Z", "reason": "parts on the way""#));
    assert_eq!(desk.refused("02 10:05", &snooze("10:05")).code(), "snooze_outside");
    assert_eq!(desk.refused("02 10:05", &snooze("14:06")).code(), "snooze_outside");
    assert_eq!(
        desk.at("02 10:05", &snooze("14:05")),
        ["02 10:05: breach of first_response 1 put off (parts on the way) until 02 14:05"]
    );
    assert_eq!(desk.next().as_deref(), Some("02 14:05:00.000001 HoldOver"));
    assert_eq!(
        desk.wake("02 14:10"),
        [
            "02 14:05 by time: breach of first_response 1 tells owner #2 (rung 1 round 0 lapse 1), planned 02 14:05, next 02 14:15"
        ]
    );
}

#[test]
fn handing_over_changes_the_tier_and_no_owner() {
    let mut desk = told("");
    let owner = desk.ticket.ledger().all().next().unwrap().owner.clone();
    assert_eq!(
        desk.at("02 10:05", &order("hand_over", r#", "tier": 2"#)),
        ["02 10:05: breach of first_response 1 handed over to tier 2"]
    );
    assert_eq!(desk.next().as_deref(), Some("02 10:10:00.000001 Rung"), "it climbs on");
    assert_eq!(desk.ticket.ledger().all().next().unwrap().owner, owner);
}

#[test]
fn de_escalating_goes_lower_with_a_justification_or_closes() {
    let mut desk = told("");
    desk.wake("02 10:15");
    let down = order("de_escalate", r#", "to": 1, "justification": "a misunderstanding""#);
    assert_eq!(
        desk.at("02 10:20", &down),
        [
            "02 10:20: breach of first_response 1 down to rung 1 (a misunderstanding)",
            "02 10:20: breach of first_response 1 tells owner #3 (rung 1 round 0 lapse 1), planned 02 10:20, next 02 10:30",
        ]
    );
    desk.wake("02 10:40");
    assert_eq!(desk.refused("02 10:41", &down).code(), "no_lapse_left", "there is an end to it");
    let close = order("de_escalate", r#", "justification": "settled by phone""#);
    assert_eq!(desk.at("02 10:42", &close), ["02 10:42: breach of first_response 1 closed (settled by phone)"]);
    assert_eq!(desk.refused("02 10:43", &close).code(), "already_closed");
}

#[test]
fn a_rung_with_nobody_is_passed_over_at_once_and_recorded() {
    let mut desk = told("");
    let nobody = |notice: u32| order("nobody_there", &format!(r#", "notice": {notice}"#));
    assert_eq!(
        desk.at("02 10:02", &nobody(1)),
        [
            "02 10:02: breach of first_response 1: nobody is owner",
            "02 10:02: breach of first_response 1 tells lead #2 (rung 2 round 0 lapse 0), planned 02 10:00, next 02 10:20",
        ],
        "the lead's time runs from when the owner would have heard"
    );
    assert_eq!(desk.refused("02 10:03", &nobody(1)).code(), "not_the_notice");
    desk.at("02 10:03", &nobody(2));
    assert_eq!(
        desk.at("02 10:04", &nobody(3)),
        [
            "02 10:04: breach of first_response 1: nobody is head",
            "02 10:04: breach of first_response 1 exhausted, next 03 10:00"
        ],
        "where no rung has anybody, it is exhausted at once"
    );
}

#[test]
fn a_rung_may_keep_its_time_though_nobody_has_it() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "1 hour" } }], "ladder": "breach",
             "ladders": [{ "name": "breach", "causes": ["breached"], "rungs": [
                { "notify": "on_call", "wait": "1 hour", "if_nobody": "wait" }, { "notify": "chief", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.wake("02 10:01");
    let nobody = order("nobody_there", r#", "notice": 1"#);
    assert_eq!(desk.at("02 10:02", &nobody), ["02 10:02: breach of first_response 1: nobody is on_call"]);
    assert_eq!(desk.next().as_deref(), Some("02 11:00:00.000001 Rung"));
}

#[test]
fn when_all_causes_are_gone_it_is_moot_from_wherever_it_is() {
    let ways = ["acknowledge", "", "exhausted"];
    for way in ways {
        let mut desk = told("");
        match way {
            "" => {}
            "exhausted" => drop(desk.wake("02 11:30")),
            order_name => drop(desk.at("02 10:05", &order(order_name, ""))),
        }
        let said = desk.at("02 12:00", ANSWER);
        assert_eq!(said.last().unwrap(), "02 12:00: breach of first_response 1 moot", "{way}");
        assert_eq!(desk.next(), None);
    }
}

#[test]
fn lateness_does_not_add_up() {
    let woken = |at: &[&str]| {
        let mut desk = desk(r#", "repeats": 2"#);
        desk.at("02 09:00", OPEN);
        at.iter().for_each(|at| drop(desk.wake(at)));
        let events = desk.events.iter().map(|recorded| (recorded.at, recorded.event.clone())).collect::<Vec<_>>();
        (events, desk)
    };
    let (minute_late, _) =
        woken(&["02 10:01", "02 10:11", "02 10:31", "02 11:01", "02 11:11", "02 11:31", "02 12:01", "09 09:00"]);
    let (hour_late, _) = woken(&["02 11:00", "02 12:00", "02 13:00", "09 09:00"]);
    let (week_late, desk) = woken(&["09 09:00"]);
    assert_eq!(minute_late, hour_late);
    assert_eq!(minute_late, week_late);
    let late: Vec<u64> = desk
        .events
        .iter()
        .flat_map(owed::effects)
        .filter_map(|effect| match effect.task {
            owed::Task::Notify { late_us, .. } => Some(late_us / 60_000_000),
            _ => None,
        })
        .collect();
    // 9 March 09:00, less 2 March 10:00, 10:10, 10:30, 11:00 and so on.
    assert_eq!(
        late,
        [10020, 10010, 9990, 9960, 9950, 9930, 9900, 9890, 9870],
        "each notice says how late it is, in minutes"
    );
}

#[test]
fn waits_in_working_time_remind_nobody_at_midnight() {
    let mut desk = Desk::with(
        r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
             "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours" } }], "ladder": "breach",
             "ladders": [{ "name": "breach", "causes": ["breached"], "rungs": [
                { "notify": "owner", "wait": "2 working hours" }, { "notify": "lead", "wait": "1 business day" }] }] }"#,
    );
    desk.at("06 12:30", OPEN);
    let said = desk.wake("11 00:00");
    let planned: Vec<_> = said.iter().filter_map(|said| said.split_once(", planned ")).map(|(_, when)| when).collect();
    assert_eq!(
        planned,
        ["06 16:30, next 09 10:30", "09 10:30, next 10 10:30"],
        "Friday 16:30, two working hours on, on Monday, and a business day on, on Tuesday"
    );
    assert_eq!(said.last().unwrap(), "10 10:30 by time: breach of first_response 1 exhausted, next 11 10:30");
}

#[test]
fn editing_a_ladder_changes_no_running_escalation() {
    let edition = |from: &str, wait: &str| {
        format!(
            r#"{{ {from} "agreements": [{{ "name": "sla", "targets": {{ "first_response": "1 hour" }} }}], "ladder": "breach",
                 "ladders": [{{ "name": "breach", "causes": ["breached"], "rungs": [
                    {{ "notify": "owner", "wait": "10 minutes" }}, {{ "notify": "lead", "wait": "{wait}" }}] }}] }}"#
        )
    };
    let later = edition(r#""from": "2026-03-02T10:05:00Z","#, "5 hours");
    let mut desk = Desk::with(&format!(r#"{{ "editions": [{}, {later}] }}"#, edition("", "20 minutes")));
    desk.at("02 09:00", OPEN);
    let said = desk.wake("02 10:31");
    assert_eq!(said.last().unwrap(), "02 10:30 by time: breach of first_response 1 exhausted, next 03 10:30");
}

#[test]
fn one_notice_for_a_role_and_window_and_a_burst_becomes_a_digest() {
    let mut desk = Desk::with(
        r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "1 hour", "first_resolution": "61 minutes" } }], "ladder": "breach",
             "ladders": [{ "name": "breach", "causes": ["breached"], "window": "30 minutes", "digest": "desk", "rungs": [
                { "notify": "lead", "wait": "2 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let said = desk.wake("02 10:02");
    let tells: Vec<_> = said.iter().filter(|said| said.contains("tells")).collect();
    assert!(!tells[0].contains("with"), "{}", tells[0]);
    assert!(tells[1].ends_with("with desk at 02 10:30"), "{}", tells[1]);
}

#[test]
fn a_solved_ticket_ends_what_its_facts_have_caused() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "p1", "causes": [{ "while": { "priority": ["1"] } }],
             "rungs": [{ "notify": "lead", "wait": "1 hour", "suggest": ["call_back"] }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:01", r#"{"room": "ticket", "type": "set_priority", "priority": "1"}"#);
    let last = desk.events.last().unwrap();
    let tasks: Vec<_> = owed::effects(last).into_iter().map(|effect| effect.task).collect();
    assert!(matches!(&tasks[..], [owed::Task::Notify { .. }, owed::Task::Suggest { .. }]), "{tasks:?}");
    assert_eq!(desk.at("02 09:30", SOLVE).last().unwrap(), "02 09:30: p1 moot");
}

/// Whose matter it is asks for a decision; who takes it up, puts it off or takes it down is the desk, or a program of the desk's.
#[test]
fn a_customer_does_not_take_up_what_the_desk_is_to_hear_of() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "late", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }],
            "ladder": "late" }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:10");
    let id = desk.ticket.escalations().live().next().expect("it climbs").id;
    for (order, more) in [
        ("acknowledge", ""),
        ("snooze", r#", "until": "2026-03-02T12:00:00Z", "reason": "later""#),
        ("de_escalate", r#", "justification": "fine""#),
        ("hand_over", r#", "tier": 2"#),
    ] {
        let order = format!(r#"{{"room": "escalation", "type": "{order}", "escalation": "{id}"{more}}}"#);
        let mut command = desk.command("02 10:20", &order);
        command.by = serde_json::from_str(r#"{"customer": "c-1"}"#).expect("a customer");
        let why = desk.handle(&command).expect_err("it is the desk's").why;
        assert_eq!(why.code(), "not_the_desk", "{order}");
    }
    assert_eq!(desk.next().as_deref(), Some("02 11:00:00.000001 Rung"));
}
