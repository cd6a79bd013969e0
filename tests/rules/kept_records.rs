//! Clocks, pauses, breaches and what follows from them: what is kept of what was.

use crate::desk::*;

fn message(author: &str, reference: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "{reference}"}}"#)
}

fn was(reference: &str, author: &str) -> String {
    format!(
        r#"{{"room": "ticket", "type": "reclassify", "message": "{reference}", "author": "{author}", "visibility": "public"}}"#
    )
}

fn tag(tags: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "tag", {tags}}}"#)
}

/// It came to be owed at ten, by eleven; at ten it became urgent, and had been due since twenty to. An answer of ten to ten is found.
#[test]
fn what_a_change_has_made_late_is_kept_by_what_had_been_done_before() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "tags": ["vip"] }, "targets": { "first_response": { "budget": { "P1": "40 minutes", "otherwise": "2 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &tag(r#""add": ["vip"]"#));
    assert_eq!(
        desk.at("02 10:00", &priority("P1"))[1..],
        [
            "02 10:00: first_response 1 retargeted, 0 hours left, due 02 09:40",
            "02 10:00: first_response 1 breached, due 02 09:40, born late"
        ]
    );
    assert_eq!(desk.fetched("02 10:10", "02 09:50", ANSWER)[1..], ["02 10:10: first_response 1 corrected 02 09:50"]);
}

/// It waits for the customer since ten, and may for two hours. What applies since noon only has stood until that very instant, as if it always had applied.
#[test]
fn what_has_used_up_its_allowance_at_this_instant_stands_until_it_is_over() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "tags": ["vip"] }, "targets": { "requester_wait": { "budget": "20 hours", "pausable": { "total": "2 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", WAIT);
    assert_eq!(
        desk.at("02 12:00", &tag(r#""add": ["vip"]"#))[1..],
        [
            "02 12:00: requester_wait 1 due 03 07:00",
            "02 12:00: requester_wait 1 paused (waiting on the customer), 19 hours left, until 02 12:00"
        ]
    );
    assert_eq!(desk.wake("02 12:10"), ["02 12:00 by time: requester_wait 1 resumed (time is up), due 03 07:00"]);
}

/// Its account says of each pause when it began and when it ended, once.
#[test]
fn what_begins_as_it_comes_to_stand_has_stood_once() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "when": { "tags": ["parts"] }, "targets": { "first_resolution": {
            "budget": "20 hours", "pause": [{ "reason": "parts", "when": { "tags": ["parts"] } }] } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 12:00", &tag(r#""add": ["parts"]"#));
    let clock = &desk.ticket.ledger().open().next().expect("it stands").clock;
    let pauses: Vec<_> = clock.pauses.iter().map(|pause| (pause.from, pause.until)).collect();
    assert_eq!(pauses, [(t("02 12:00"), None)]);
}

/// One account over all its stretches, and one allowance: half an hour is left of two, and then nothing.
#[test]
fn a_stretch_that_goes_on_has_what_is_left_of_the_allowance() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "requester_wait": { "budget": "20 hours", "pausable": { "total": "2 hours" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", WAIT);
    desk.at("02 11:30", SOLVE);
    desk.at("02 12:00", REOPEN);
    let said = desk.at("02 13:00", WAIT);
    assert!(said[1].ends_with("18 hours left, until 02 13:30"), "{said:?}");
    desk.wake("02 13:40");
    desk.at("02 14:00", SOLVE);
    desk.at("02 15:00", REOPEN);
    assert_eq!(desk.at("02 16:00", WAIT), ["02 16:00: pending"]);
}

/// "The child's due is at or before its own, else a warning."
#[test]
fn a_part_that_is_due_with_the_whole_is_not_too_late() {
    let given_on = |hours: &str| {
        let mut desk = Desk::new("[]");
        desk.at("02 09:00", OPEN);
        desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T12:00:00Z"}"#));
        let part = promise_with('b', &format!(r#"{{"at": "2026-03-02T{hours}Z"}}"#), "");
        let part = part.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
        let part = part.replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "desk"}"#);
        desk.at("02 09:10", &about("delegate", 'a', &format!(r#", "promise": {part}"#)))[1].clone()
    };
    assert_eq!(given_on("12:00:00"), "02 09:10: promise a given on as promise b");
    assert_eq!(given_on("12:00:00.000001"), "02 09:10: promise a given on as promise b, too late");
}

/// It had been answered in time, and nothing had to be explained. Then that answer bounces, and a breach owes its explanation from when it is known.
#[test]
fn an_explanation_that_fell_away_is_owed_from_the_breach_that_there_is_after_all() {
    let mut desk = Desk::new(
        r#"[{ "name": "sla", "targets": { "first_response": { "budget": "1 hour", "breach_owes": { "within": "1 day" } } } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.wake("02 10:30");
    let said = desk.fetched("02 11:00", "02 09:50", &message("agent", "m-1"));
    assert_eq!(said[2], "02 11:00: explanation for first_response 1 void: first_response 1 corrected");
    let said = desk.at("02 12:00", r#"{"room": "ticket", "type": "bounce", "message": "m-1"}"#);
    assert_eq!(
        said[3..],
        [
            "02 12:00: first_response 1 breached, due 02 10:00, born late",
            "02 12:00: explanation for first_response 1 due 03 12:00"
        ]
    );
}

/// All that has followed from a breach that was none falls away because of that one.
#[test]
fn what_falls_away_says_which_breach_was_none() {
    let mut desk = Desk::new("[]");
    let owes = r#", "breach_owes": {"deliverable": "explanation", "within": "1 day"}"#;
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at(
        "02 10:10",
        &promise_with('b', r#"{"at": "2026-03-02T11:00:00Z"}"#, &format!(r#", "repairs": "@a"{owes}"#)),
    );
    desk.at("02 10:30", &about("fulfil", 'b', ""));
    let said = desk.at("02 11:30", &about("retract", 'b', r#", "reason": "bounced", "successor": "@c""#));
    assert_eq!(said[3], "02 11:30: explanation for promise c due 03 11:30");
    assert_eq!(
        desk.fetched("02 12:00", "02 09:50", &about("fulfil", 'a', "")),
        [
            "02 12:00: promise a corrected 02 09:50",
            "02 12:00: promise c void: promise a corrected",
            "02 12:00: explanation for promise c void: promise a corrected"
        ]
    );
}

/// The explanation of a breach that was none is no explanation of the next.
#[test]
fn what_was_explained_of_another_question_is_not_what_this_one_owes() {
    let mut desk = Desk::with(
        r#"{ "calendar": "24x7", "corrections": {"window": "168 hours"}, "agreements": [{ "name": "sla", "targets": { "next_response": { "budget": "1 hour", "breach_owes": { "within": "1 day" } } } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &message("agent", "m-1"));
    desk.at("02 10:00", &message("customer", "m-2"));
    desk.wake("02 11:10");
    let explanation = desk
        .ticket
        .ledger()
        .open()
        .find(|owed| owed.deliverable == owed::commitment::Deliverable::Explanation)
        .expect("owed")
        .id;
    desk.at("02 11:20", &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{explanation}"}}"#));
    desk.at("02 11:30", &was("m-2", "third_party"));
    desk.at("02 12:00", &message("customer", "m-3"));
    assert_eq!(
        desk.wake("02 13:10"),
        [
            "02 13:00 by time: next_response 2 breached, due 02 13:00",
            "02 13:00 by time: explanation for next_response 2 due 03 13:00"
        ]
    );
}

/// "Asked, reminded twice, warned": once is not twice.
#[test]
fn whoever_was_reminded_once_is_not_warned() {
    let mut desk = Desk::with(r#"{ "time_to_answer": "0 seconds", "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "40 hours"}"#));
    let step = |step: &str| about("chase", 'a', &format!(r#", "step": {step}, "message": "m-2""#));
    let warned = step(r#"{"warned": {"until": "2026-03-02T18:00:00Z"}}"#);
    desk.at("02 10:00", &step(r#""asked""#));
    assert_eq!(desk.refused("02 11:00", &warned).code(), "step_missing");
    desk.at("02 12:00", &step(r#""reminded""#));
    assert_eq!(desk.refused("02 13:00", &warned).code(), "step_missing");
    desk.at("02 14:00", &step(r#""reminded""#));
    desk.at("02 15:00", &warned);
}

/// The customer was absent, and that is no breach: what was done of it by then is too late to be put on record.
#[test]
fn what_fell_away_with_the_customer_was_not_broken_and_is_not_corrected() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "opens_at": "2026-03-02T11:00:00Z""#));
    for at in ["02 11:00", "02 11:10"] {
        desk.at(at, &about("attempt", 'a', r#", "outcome": "message_left""#));
    }
    desk.at("02 11:30", &about("find_absent", 'a', ""));
    let mut command = desk.command("02 11:40", &about("fulfil", 'a', ""));
    command.happened =
        Some(owed::commitment::Happened { at: t("02 11:20"), stamp: owed::commitment::Stamp::Transport });
    assert_eq!(desk.handle(&command).expect_err("refused").why.code(), "already_closed");
}

/// That it was struck out was the error, and the desk had taken its word back: so it has again.
#[test]
fn what_was_withdrawn_is_so_once_it_is_reinstated() {
    let mut desk = Desk::with(r#"{ "corrections": {"window": "168 hours"}, "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.at("02 10:00", &about("withdraw", 'a', r#", "notice": "m-1""#));
    desk.at("02 10:30", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    assert_eq!(
        desk.at("02 11:00", &about("reinstate", 'a', r#", "successor": "@b""#)),
        ["02 11:00: promise b due 02 12:00", "02 11:00: promise b breached, due 02 12:00, withdrawn"]
    );
}

/// What is broken already is at no risk any more.
#[test]
fn a_part_that_breaks_after_the_whole_puts_nothing_at_risk() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    let part = promise_with('b', r#"{"within": "2 hours"}"#, "");
    let part = part.replacen(r#""room": "commitment", "type": "promise", "#, "", 1);
    let part = part.replace(r#""beneficiary": "c-1""#, r#""beneficiary": {"team": "desk"}"#);
    desk.at("02 09:00", &about("delegate", 'a', &format!(r#", "promise": {part}"#)));
    assert_eq!(
        desk.wake("02 12:00"),
        ["02 10:00 by time: promise a breached, due 02 10:00", "02 11:00 by time: promise b breached, due 02 11:00"]
    );
}

/// Other terms took its place, and were broken as well: that is another breach, and owes its own explanation.
#[test]
fn what_was_told_in_its_place_is_explained_for_itself() {
    let mut desk = Desk::with(r#"{ "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    let owes = r#", "breach_owes": {"deliverable": "explanation", "within": "8 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "1 hour"}"#, owes));
    desk.at("02 09:10", &about("propose", 'a', r#", "due": {"at": "2026-03-02T11:00:00Z"}, "told": "m-5""#));
    let said = desk.wake("02 12:00");
    let owed = said.iter().filter(|line| line.contains("explanation for")).count();
    assert_eq!(owed, 2, "{said:?}");
}

/// What stood in for the breach was done. That the breach was struck out was the error: it is on record again, and owed no more.
#[test]
fn what_was_made_good_is_so_once_it_is_reinstated() {
    let mut desk = Desk::with(r#"{ "corrections": {"window": "168 hours"}, "agreements": [] }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 10:30", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    desk.at("02 11:00", &about("fulfil", 'b', ""));
    desk.at("02 12:00", &about("record_in_error", 'a', r#", "reason": "spam", "evidence": "m-4""#));
    assert_eq!(
        desk.at("02 13:00", &about("reinstate", 'a', r#", "successor": "@c""#)),
        [
            "02 13:00: promise c due 02 10:00",
            "02 13:00: promise c breached, due 02 10:00, born late",
            "02 13:00: promise c superseded by promise b"
        ]
    );
}
