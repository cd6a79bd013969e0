//! The rules change. Nothing moves until somebody says so, and then what has run stays as it was counted.

use crate::desk::*;

const REPLAN: &str = r#"{"room": "ticket", "type": "replan"}"#;

/// A desk whose second edition is in force from the morning of the 3rd on.
fn desk(first: &str, second: &str) -> Desk {
    Desk::with(&format!(
        r#"{{ "editions": [
            {{ "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }} }},
               "calendar": "office", "agreements": [{first}] }},
            {{ "from": "2026-03-03T06:00:00Z",
               "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }}, "holidays": ["2026-03-04"] }} }},
               "calendar": "office", "agreements": [{second}] }} ] }}"#
    ))
}

fn resolution(budget: &str) -> String {
    format!(r#"{{ "name": "sla", "targets": {{ "first_resolution": "{budget}" }} }}"#)
}

#[test]
fn nothing_moves_until_replan() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("8 working hours"));
    desk.at("02 13:00", OPEN);
    assert_eq!(desk.at("03 10:00", ANSWER).len(), 1);
    let said = desk.at("03 12:00", REPLAN);
    assert_eq!(said[0], "03 12:00: replanned, 0 to be told");
    assert_eq!(said[1], "03 12:00: first_resolution 1 retargeted, 1 working hour left, due 03 13:00");
    assert_eq!(desk.at("03 12:30", REPLAN).len(), 1, "a second time there is nothing to move");
}

#[test]
fn a_holiday_decreed_late_counts_from_its_announcement_on() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("16 working hours"));
    assert_eq!(desk.at("02 13:00", OPEN)[1], "02 13:00: first_resolution 1 due 04 13:00");
    let said = desk.at("03 12:00", REPLAN);
    assert_eq!(said[1], "03 12:00: first_resolution 1 retargeted, 9 working hours left, due 05 13:00");
}

#[test]
fn past_stretches_keep_the_old_hours() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("16 working hours"));
    desk.at("02 13:00", OPEN);
    // Decreed when the day is half over: the hours of that morning have run.
    let said = desk.at("04 12:00", REPLAN);
    assert_eq!(said[1], "04 12:00: first_resolution 1 retargeted, 1 working hour left, due 05 10:00");
}

#[test]
fn an_instant_that_a_customer_was_told_stays_and_is_listed() {
    let promised = resolution("16 working hours").replace("\"targets\"", "\"binding\": \"promised\", \"targets\"");
    let mut desk = desk(&promised, &promised);
    desk.at("02 13:00", OPEN);
    let said = desk.at("03 12:00", REPLAN);
    assert_eq!(said, ["03 12:00: replanned, 1 to be told"]);
    assert_eq!(desk.at("04 13:00:00.000001", ANSWER)[0], "04 13:00 by time: first_resolution 1 breached, due 04 13:00");
}

/// Better terms that name an instant stand by that, whatever had run before they were given.
#[test]
fn an_instant_of_better_terms_is_not_told_again_where_it_does_not_move() {
    let mut desk = desk("", "");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "16 working hours"}"#, r#", "calendar": "office""#));
    desk.at("02 10:30", &about("amend", 'a', r#", "due": {"at": "2026-03-03T14:00:00Z"}"#));
    assert_eq!(desk.at("03 12:00", REPLAN), ["03 12:00: replanned, 0 to be told"]);
}

#[test]
fn what_a_new_edition_owes_no_more_is_void_and_what_it_owes_besides_begins() {
    let second = r#"{ "name": "sla", "targets": { "first_response": "16 working hours" } }"#;
    let mut desk = desk(&resolution("16 working hours"), second);
    desk.at("02 13:00", OPEN);
    let said = desk.at("03 12:00", REPLAN);
    assert_eq!(said[1], "03 12:00: first_resolution 1 void: first_resolution of sla: does not apply any more");
    assert_eq!(said[2], "03 12:00: first_response 1 due 05 13:00");
}

#[test]
fn what_is_closed_never_moves() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("1 working hour"));
    desk.at("02 13:00", OPEN);
    desk.at("02 14:00", SOLVE);
    assert_eq!(desk.at("03 12:00", REPLAN), ["03 12:00: replanned, 0 to be told"]);
}

#[test]
fn a_dry_run_says_what_would_move_and_moves_nothing() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("8 working hours"));
    desk.at("02 13:00", OPEN);
    let command = desk.command("03 12:00", REPLAN);
    let before = desk.ticket.clone();
    let would = desk.ticket.dry_run(&desk.rules, &command).expect("taken");
    assert_eq!(desk.ticket, before);
    assert_eq!(desk.handle(&command).expect("taken"), would);
}

#[test]
fn what_is_planned_anew_goes_by_the_new_edition_from_then_on() {
    let mut desk = desk(&resolution("16 working hours"), &resolution("24 working hours"));
    desk.at("02 13:00", OPEN);
    desk.at("03 12:00", REPLAN);
    let edition = |desk: &Desk| desk.ticket.ledger().all().map(|one| one.edition.0).collect::<Vec<_>>();
    assert_eq!(edition(&desk), [2]);
    desk.at("03 12:00", SOLVE);
    assert_eq!(edition(&desk), [2]);
}

/// What was given on keeps the hours that it was given on under, also where its fulfilment turns out to have been none and whatever
/// it is a part of goes by new ones meanwhile.
#[test]
fn a_part_that_is_owed_again_goes_by_its_own_hours() {
    let mut desk = desk(&resolution("40 working hours"), &resolution("40 working hours"));
    desk.at("02 13:00", OPEN);
    let whole = desk.ticket.ledger().open().next().expect("made").id;
    desk.at(
        "02 14:00",
        &format!(
            r#"{{"room": "commitment", "type": "delegate", "commitment": "{whole}", "promise": {{ "commitment": "@a", "deliverable": "update",
                "beneficiary": {{"team": "desk"}}, "owner": {{"team": "network"}}, "due": {{"within": {{"working_us": 72000000000}}}} }}}}"#
        ),
    );
    let due = desk.ticket.ledger().get(promise_id('a')).expect("given on").due;
    desk.at("03 12:00", REPLAN);
    desk.at("03 13:00", &about("fulfil", 'a', r#", "evidence": "m-1""#));
    desk.at("03 14:00", &about("retract", 'a', r#", "reason": "it was none", "successor": "@b""#));
    let again = desk.ticket.ledger().get(promise_id('b')).expect("owed again");
    assert_eq!((again.edition.0, again.due), (1, due));
}

/// A promise moves only nearer. Where its clock stands, it is held against what it would be by its own hours, and not by those that are new.
#[test]
fn a_promise_that_stands_still_moves_only_nearer_than_by_its_own_hours() {
    let promised = |budget: &str| {
        format!(
            r#"{{ "name": "sla", "binding": "promised", "targets": {{ "first_resolution": {{ "budget": "{budget}", "pausable": {{ "total": "90 hours" }},
                "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}"#
        )
    };
    let replanned = |budget: &str| {
        let mut desk = desk(&promised("12 working hours"), &promised(budget));
        desk.at("02 13:00", OPEN);
        desk.at("02 16:00", WAIT);
        // By its own hours it would be due on the 4th at 13:00, and by the new ones, with their holiday, a day later.
        desk.at("03 12:00", REPLAN).len()
    };
    assert_eq!(replanned("40 hours"), 1, "due on the 4th at 18:00, which is later");
    assert_eq!(replanned("32 hours"), 2, "due on the 4th at 12:00");
}

/// An account that is taken up again goes on with the time that it has used, and by the rules of the day on which it is.
#[test]
fn what_is_reopened_goes_by_the_edition_in_force() {
    let full = r#"{ "name": "sla", "targets": { "full_resolution": "16 working hours" } }"#;
    let mut desk = desk(full, full);
    desk.at("02 13:00", OPEN);
    desk.at("02 14:00", SOLVE);
    desk.at("03 12:00", REOPEN);
    assert_eq!(desk.ticket.ledger().open().map(|one| one.edition.0).collect::<Vec<_>>(), [2]);
    assert_eq!(desk.events.last().map(|event| event.edition.0), Some(2));
}
