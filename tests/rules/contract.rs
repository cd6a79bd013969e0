//! The contract with the host: time first, order, ids, editions.

use owed::commitment::{Happened, Stamp};
use owed::{CommandId, CommandRefusal as Why, EditionNumber, Refusal, Refused, TicketId, Timestamp};
use uuid::Uuid;

use crate::desk::*;

fn owing() -> Desk {
    let mut desk = Desk::new(r#"[{ "name": "sla", "targets": { "first_response": "1 hour" } }]"#);
    desk.at("02 09:00", OPEN);
    desk
}

#[track_caller]
fn because(refused: Refused) -> Why {
    match refused.why {
        Refusal::Command(why) => why,
        other => panic!("refused by a room: {other}"),
    }
}

#[test]
fn a_refusal_carries_what_time_has_caused() {
    let mut desk = owing();
    let command = desk.command("02 12:00", OPEN);
    let refused = desk.handle(&command).expect_err("opened already");
    assert_eq!(refused.meanwhile.len(), 1);
    assert_eq!((refused.meanwhile[0].at, refused.meanwhile[0].noticed), (t("02 10:00"), t("02 12:00")));
}

#[test]
fn a_command_comes_after_what_time_has_done() {
    let mut desk = owing();
    desk.wake("02 12:00");
    let command = desk.command("02 10:00", ANSWER);
    let refused = desk.handle(&command).expect_err("too late");
    assert_eq!(because(refused), Why::OutOfOrder { at: t("02 10:00"), recorded: t("02 10:00") });
    assert_eq!(desk.at("02 10:00:00.000001", ANSWER).len(), 2);
    let command = desk.command("02 10:00", ASK);
    let refused = desk.handle(&command).expect_err("too late");
    assert_eq!(because(refused), Why::OutOfOrder { at: t("02 10:00"), recorded: t("02 10:00:00.000001") });
}

#[test]
fn commands_of_one_instant_go_in_the_order_given_and_timers_last() {
    let mut desk = owing();
    assert_eq!(desk.at("02 10:00", ASK).len(), 1, "the deadline is inclusive");
    assert_eq!(desk.at("02 10:00", ANSWER)[1], "02 10:00: first_response 1 fulfilled 02 10:00");
}

#[test]
fn the_same_command_again_does_nothing() {
    let mut desk = owing();
    let command = desk.command("02 09:30", ANSWER);
    assert_eq!(desk.handle(&command).expect("taken").len(), 2);
    assert_eq!(desk.handle(&command).expect("known"), []);
    desk.at("02 09:31", ASK);
    let refused = desk.handle(&command).expect_err("older");
    assert_eq!(because(refused), Why::OutOfOrder { at: t("02 09:30"), recorded: t("02 09:31") });
}

#[test]
fn an_empty_wake_leaves_no_trace() {
    let mut desk = owing();
    assert_eq!(desk.wake("02 09:59"), [""; 0]);
    assert_eq!(desk.at("02 09:30", ANSWER).len(), 2);
}

#[test]
fn a_command_is_for_its_own_ticket() {
    let mut desk = owing();
    let other = TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0002));
    let mut command = desk.command("02 12:00", ANSWER);
    command.stream = other;
    let refused = desk.handle(&command).expect_err("another's");
    assert_eq!(refused.meanwhile, [], "it is no reason to look at the clock");
    assert_eq!(because(refused), Why::OtherStream { ticket: ticket_id(), given: other });
}

#[test]
fn derived_ids_are_the_crates_own() {
    let derived = Uuid::new_v5(&Uuid::nil(), b"host");
    let mut desk = owing();
    let mut command = desk.command("02 09:30", ANSWER);
    command.id = CommandId(derived);
    let refused = desk.handle(&command).expect_err("version 5");
    assert_eq!(because(refused), Why::DerivedId { id: derived });
    let order = promise('a', r#"{"within": "6 hours"}"#).replace("@a", &derived.to_string());
    let refusal = desk.refused("02 09:30", &order);
    assert!(refusal.to_string().contains("version 5"), "{refusal}");
}

#[test]
fn an_instant_outside_the_years_1_to_9999_is_refused() {
    let mut desk = owing();
    for at in [Timestamp::MIN, Timestamp::MAX] {
        let mut command = desk.command("02 09:30", ANSWER);
        command.at = at;
        let refused = desk.handle(&command).expect_err("outside time");
        assert_eq!((refused.meanwhile.len(), because(refused)), (0, Why::OutsideTime));
    }
}

#[test]
fn nothing_has_happened_after_it_was_taken_in() {
    let mut desk = owing();
    let mut command = desk.command("02 09:30", ANSWER);
    command.happened = Some(Happened { at: t("02 09:30:01"), stamp: Stamp::Transport });
    let refused = desk.handle(&command).expect_err("later");
    assert_eq!(because(refused), Why::HappenedLater { happened: t("02 09:30:01"), at: t("02 09:30") });
}

#[test]
fn a_missing_edition_is_an_error() {
    let editions =
        |second: &str| format!(r#"{{ "editions": [{{ "from": "2026-03-01T00:00:00Z", "agreements": [] }}{second}] }}"#);
    let two = editions(r#", { "from": "2026-03-02T00:00:00Z", "agreements": [] }"#);
    let mut desk = Desk::with(&two);
    let command = desk.command("2026-02-28T09:00:00Z", OPEN);
    let refused = desk.handle(&command).expect_err("none yet");
    assert_eq!(because(refused), Why::NoEdition { at: t("2026-02-28T09:00:00Z") });
    desk.at("02 09:00", OPEN);
    desk.rules = serde_json::from_str(&editions("")).expect("a rulebook");
    let command = desk.command("02 10:00", ANSWER);
    let refused = desk.handle(&command).expect_err("lacks the second");
    assert_eq!(because(refused), Why::EditionMissing { needed: EditionNumber(2), there: 1 });
}

#[test]
fn applying_an_old_event_or_another_streams_changes_nothing() {
    let mut desk = owing();
    desk.at("02 09:30", ANSWER);
    let before = desk.ticket.clone();
    let events = desk.events.clone();
    for event in &events {
        desk.ticket.apply(event);
    }
    let mut foreign = events[1].clone();
    foreign.stream = TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0002));
    foreign.version = 99;
    desk.ticket.apply(&foreign);
    assert_eq!(desk.ticket, before);
}
