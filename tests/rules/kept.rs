//! What a ticket keeps, to the letter: of commands, of owners, of pauses, of editions, and of what came from elsewhere.

use owed::{EditionNumber, Event, Snapshot, Ticket};

use crate::desk::*;

#[test]
fn of_several_commands_of_one_instant_each_is_remembered() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let [first, second] = ['a', 'b'].map(|name| promise(name, r#"{"within": "2 hours"}"#));
    let (first, second) = (desk.command("02 09:00", &first), desk.command("02 09:00", &second));
    for command in [&first, &second] {
        assert_eq!(desk.handle(command).expect("taken").len(), 1);
    }
    for command in [&first, &second] {
        assert_eq!(desk.handle(command), Ok(Vec::new()), "it has been carried out");
    }
}

/// A command is remembered once, however many events it has caused.
#[test]
fn a_command_is_kept_once() {
    let mut desk =
        Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "2 hours", "full_resolution": "8 hours" } }]"#);
    assert_eq!(desk.at("02 09:00", OPEN).len(), 3);
    let kept = serde_json::to_value(Snapshot::of(desk.ticket)).expect("written");
    let id = kept.pointer("/state/journal/commands/0").expect("a command").as_str().expect("an id").to_owned();
    assert_eq!(kept.to_string().matches(&id).count(), 1, "{kept}");
}

#[test]
fn whoever_is_named_hands_over_his_and_a_team_that_is_named_alone_all_of_its_own() {
    let handed = |from: &str| {
        let mut desk = Desk::new("[]");
        desk.at("02 09:00", OPEN);
        for (name, owner) in [
            ('a', r#"{"team": "desk", "agent": "ada"}"#),
            ('b', r#"{"team": "desk", "agent": "bo"}"#),
            ('c', r#"{"team": "night", "agent": "ada"}"#),
        ] {
            let order = promise(name, r#"{"within": "2 hours"}"#).replace(r#"{"team": "desk", "agent": "ada"}"#, owner);
            desk.at("02 09:00", &order);
        }
        desk.at(
            "02 09:30",
            &format!(r#"{{"room": "commitment", "type": "hand_over_all", "from": {from}, "to": {{"team": "day"}}}}"#),
        );
        let owed = desk.ticket.ledger().owed().into_iter();
        let mut moved: Vec<_> = owed.filter(|owed| owed.owner.team.as_str() == "day").map(|owed| owed.id).collect();
        moved.sort();
        moved
    };
    assert_eq!(handed(r#"{"team": "desk", "agent": "ada"}"#), [promise_id('a')]);
    assert_eq!(handed(r#"{"team": "desk"}"#), [promise_id('a'), promise_id('b')]);
    assert_eq!(handed(r#"{"team": "night"}"#), [promise_id('c')]);
    assert_eq!(handed(r#"{"team": "night", "agent": "bo"}"#), []);
}

#[test]
fn how_long_it_stood_is_told_for_each_reason() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "4 hours"}"#, r#", "pausable": {"total": "10 hours"}"#));
    let pause = |reason: &str| about("pause", 'a', &format!(r#", "reason": "{reason}", "told": "m-1""#));
    let resume = |reason: &str| about("resume", 'a', &format!(r#", "reason": "{reason}""#));
    desk.at("02 09:10", &pause("logs"));
    desk.at("02 09:20", &pause("parts"));
    desk.at("02 09:30", &resume("logs"));
    desk.at("02 10:00", &resume("parts"));
    desk.at("02 10:10", &pause("logs"));
    desk.at("02 10:15", &resume("logs"));
    let owed = desk.ticket.ledger().get(promise_id('a')).expect("made");
    let stood = owed.clock.paused_by_reason(t("02 11:00"));
    let minutes: Vec<_> =
        stood.iter().map(|(reason, stood)| (reason.as_str(), stood.as_micros() / 60_000_000)).collect();
    assert_eq!(minutes, [("logs", 25), ("parts", 40)]);
}

/// An explanation goes by the edition of what it explains, and a candidate's successor by that of the candidate.
#[test]
fn what_springs_from_a_commitment_goes_by_its_edition() {
    let mut desk =
        Desk::with(r#"{ "editions": [{ "agreements": [] }, { "from": "2026-03-02T10:00:00Z", "agreements": [] }] }"#);
    desk.at("02 09:00", OPEN);
    let owes = r#", "breach_owes": {"deliverable": "explanation", "within": "9 hours"}"#;
    desk.at("02 09:00", &promise_with('a', r#"{"within": "2 hours"}"#, owes));
    let waits = r#", "condition": {"what": "logs", "limit": {"within": "3 hours"}}"#;
    desk.at("02 09:00", &promise_with('c', r#"{"within": "2 hours"}"#, waits));
    let told = about("propose", 'c', r#", "due": {"within": "5 hours"}, "told": "m-5""#);
    desk.at("02 09:30", &told);
    desk.at("02 10:30", &about("accept", 'c', r#", "successor": "@d", "evidence": "m-6""#));
    desk.wake("02 11:30");
    desk.at("02 11:40", &promise('e', r#"{"within": "2 hours"}"#));
    let edition = |id| desk.ticket.ledger().get(id).expect("made").edition;
    let explanation =
        desk.ticket.ledger().all().find(|owed| owed.deliverable.to_string() == "explanation").expect("owed");
    assert_eq!(explanation.edition, EditionNumber(1));
    assert_eq!(edition(promise_id('d')), EditionNumber(1), "what he accepted goes on with it");
    assert_eq!(edition(promise_id('e')), EditionNumber(2));
}

#[test]
fn what_came_from_another_ticket_has_its_place_there_and_is_counted_in_a_snapshot() {
    let mut desk = Desk::new("[]");
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &promise('a', r#"{"within": "4 hours"}"#));
    desk.merge("02 10:00");
    let source = desk.ticket.clone();
    let is_about_it = |event: &Event| matches!(event, Event::Commitment(fact) if fact.commitment() == promise_id('a'));
    desk.swap();
    let carried = desk.events.iter().find(|recorded| is_about_it(&recorded.event)).expect("carried in");
    assert_eq!(desk.ticket.ledger().get(promise_id('a')).expect("owed here").version, carried.version);
    for ticket in [source, desk.ticket] {
        let count = ticket.ledger().count();
        assert_eq!(count.carried_in + count.carried_out, 1);
        let text = serde_json::to_string(&Snapshot::of(ticket.clone())).expect("written");
        let snapshot: Snapshot<Ticket> = serde_json::from_str(&text).expect("read");
        let again = snapshot.restore().expect("of this form");
        assert_eq!(again.ledger().count(), count);
        assert_eq!(again, ticket);
    }
}
