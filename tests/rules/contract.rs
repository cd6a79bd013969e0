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

#[test]
fn timers_of_one_instant_go_by_rank_and_then_by_the_event_that_made_them() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let noon = r#"{"at": "2026-03-02T12:00:00Z"}"#;
    desk.at("02 09:00", &promise('z', noon));
    let warn = r#", "warn": [{"before": {"elapsed_us": 3600000000}}]"#;
    desk.at("02 09:00", &promise_with('a', r#"{"at": "2026-03-02T13:00:00Z"}"#, warn));
    desk.at("02 09:00", &promise('b', noon));
    let pause = promise_with('c', r#"{"within": "9 hours"}"#, r#", "pausable": {"total": "3 hours"}"#);
    desk.at("02 09:00", &pause);
    desk.at("02 09:00", &about("pause", 'c', r#", "reason": "logs", "told": "m-1""#));
    let said = desk.wake("02 12:30");
    assert_eq!(
        said,
        [
            "02 12:00 by time: promise c resumed (time is up), due 02 21:00",
            "02 12:00 by time: promise a warned 1 hour before, due 02 13:00",
            "02 12:00 by time: promise z breached, due 02 12:00",
            "02 12:00 by time: promise b breached, due 02 12:00",
        ]
    );
}

#[test]
fn the_last_instants_of_time_are_reached_and_nothing_hangs() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": {"elapsed_us": 18446744073709551615}}"#));
    assert_eq!(desk.next().as_deref(), Some("9999-12-31T23:59:59.999999Z Due"));
    let end = Timestamp::MAX;
    assert_eq!(desk.ticket.wake(&desk.rules, end).len(), 1);
    assert_eq!(desk.ticket.next_wake(), None);
}

#[test]
fn no_number_of_warnings_does_harm() {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let warn = |given: &[String]| format!(r#", "warn": [{}]"#, given.join(","));
    let many = vec![r#"{"percent": 50}"#.to_owned(); 70_000];
    let refusal = desk.refused("02 09:00", &promise_with('a', r#"{"within": "6 hours"}"#, &warn(&many)));
    assert!(refusal.to_string().contains("at most 32"), "{refusal}");
    let refusal = desk.refused("02 09:00", &promise_with('a', r#"{"within": "6 hours"}"#, &warn(&many[..2])));
    assert!(refusal.to_string().contains("given twice"), "{refusal}");
    let all: Vec<String> = (1..33).map(|percent| format!(r#""{percent} %""#)).collect();
    desk.at("02 09:00", &promise_with('a', r#"{"within": "6 hours"}"#, &warn(&all)));
    assert_eq!(desk.wake("02 13:00").len(), 32);
}

#[test]
fn states_and_events_can_be_kept_and_sent_anywhere() {
    fn plain<
        T: Clone + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    >() {
    }
    plain::<owed::Ticket>();
    plain::<owed::Recorded>();
    plain::<owed::Command>();
    plain::<owed::Effect>();
    plain::<owed::commitment::Ledger>();
    plain::<owed::report::Statement>();
}
