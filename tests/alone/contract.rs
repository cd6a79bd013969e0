//! The contract with the host, which is a ticket's too.

use std::collections::BTreeMap;
use std::error::Error;

use owed::commitment::{Account, AccountRefusal as Why, Deliverable, DueRule, Hours, Order, Promise, Refusal, Verdict};
use owed::{CommandId, CommandRefusal, Name, Timestamp, WakeReason};
use uuid::Uuid;

use crate::shop::*;

#[test]
fn time_comes_first_and_then_the_command() {
    let mut shop = Shop::new();
    assert_eq!(shop.at("02 09:00", callback('a', "02 12:00")), ["02 09:00: a callback due 02 12:00"]);
    assert_eq!(
        shop.at("02 15:00", fulfil('a')),
        ["02 12:00 by time: a breached, due 02 12:00", "02 15:00: a late 02 15:00"]
    );
    assert_eq!(shop.events[1].noticed, t("02 15:00"));
    assert_eq!(shop.events[1].by, None, "time names nobody");
}

#[test]
fn a_deadline_is_inclusive() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    shop.at("02 09:00", callback('b', "02 12:00"));
    assert_eq!(shop.at("02 12:00", fulfil('a')), ["02 12:00: a fulfilled 02 12:00"]);
    assert_eq!(
        shop.at("02 12:00:00.000001", fulfil('b')),
        ["02 12:00 by time: b breached, due 02 12:00", "02 12:00:00.000001: b late 02 12:00:00.000001"]
    );
}

#[test]
fn a_refusal_carries_what_time_has_caused() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let command = shop.command("02 15:00", callback('a', "03 12:00"));
    let refused = shop.handle(&command).expect_err("made already");
    assert_eq!(refused.why, Why::Commitment(Refusal::AlreadyMade { commitment: id('a') }));
    assert_eq!(refused.why.code(), "already_made");
    assert_eq!(say_all(&refused.meanwhile), ["02 12:00 by time: a breached, due 02 12:00"]);
    assert_eq!(refused.source().expect("a source").to_string(), refused.to_string());
    assert!(refused.source().expect("a source").is::<Why>());
    let stored = serde_json::to_string(&refused).expect("written");
    assert!(stored.starts_with(r#"{"why":{"room":"commitment","code":"already_made","#), "{stored}");
    assert_eq!(serde_json::from_str::<owed::commitment::Refused>(&stored).expect("read"), refused);
}

#[test]
fn commands_go_in_the_order_of_their_instants_and_after_what_time_has_done() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let late = |at: &str, recorded: &str| Why::Command(CommandRefusal::OutOfOrder { at: t(at), recorded: t(recorded) });
    assert_eq!(shop.refused("02 08:00", fulfil('a')), late("02 08:00", "02 09:00"));
    shop.wake("02 13:00");
    assert_eq!(shop.refused("02 12:00", fulfil('a')), late("02 12:00", "02 12:00"));
    assert_eq!(shop.at("02 12:30", fulfil('a')), ["02 12:30: a late 02 12:30"]);
}

#[test]
fn the_same_command_again_does_nothing() {
    let mut shop = Shop::new();
    let command = shop.command("02 09:00", callback('a', "02 12:00"));
    assert_eq!(shop.handle(&command).expect("taken").len(), 1);
    assert_eq!(shop.handle(&command).expect("known"), []);
    let before = shop.account.clone();
    for event in &shop.events {
        shop.account.apply(event);
    }
    assert_eq!(shop.account, before, "an event that it has had changes nothing");
    let mut foreign = shop.events[0].clone();
    (foreign.stream, foreign.version) = (account_id(2), 9);
    shop.account.apply(&foreign);
    assert_eq!(shop.account, before, "nor does another account's");
}

/// What was promised before its deadline, and is told only after it, is caught up with at once.
#[test]
fn what_is_born_late_is_caught_up_with_in_the_same_call() {
    use owed::commitment::Stamp::Transport;
    let mut shop = Shop::new();
    let said = shop.told("02 15:00", "02 09:00", Transport, "ada", callback('a', "02 12:00"));
    assert_eq!(said, ["02 15:00: a callback due 02 12:00", "02 15:00: a breached, due 02 12:00"]);
    assert_eq!(shop.at("02 15:00", fulfil('a')), ["02 15:00: a late 02 15:00"], "the instant is not over");
}

#[test]
fn the_next_wake_is_exact_and_empty_wakes_leave_no_trace() {
    let mut shop = Shop::new();
    assert_eq!(shop.account.next_wake(), None);
    shop.at("02 09:00", callback('a', "02 12:00").warning("50 %".parse().expect("a warning")));
    let wake = shop.account.next_wake().expect("a warning");
    assert_eq!((wake.at, wake.reason), (t("02 10:30:00.000001"), WakeReason::Warning));
    assert_eq!(shop.wake("02 10:30"), [""; 0]);
    assert_eq!(shop.account.version(), 1);
    assert_eq!(shop.wake("02 11:00").len(), 1);
    assert_eq!(shop.account.next_wake().expect("a deadline").at, t("02 12:00:00.000001"));
    shop.wake("02 13:00");
    assert_eq!(shop.account.next_wake(), None);
    assert_eq!((shop.account.version(), shop.account.last_recorded()), (3, Some(t("02 12:00"))));
}

#[test]
fn what_cannot_be_believed_is_refused_and_is_no_reason_to_look_at_the_clock() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let derived = Uuid::new_v5(&Uuid::nil(), b"host");
    let mut commands = [(); 4].map(|()| shop.command("02 15:00", fulfil('a')));
    commands[0].stream = account_id(2);
    commands[1].id = CommandId(derived);
    commands[2].at = Timestamp::MAX;
    let later = owed::commitment::Happened { at: t("02 16:00"), stamp: owed::commitment::Stamp::Claim };
    commands[3] = commands[3].clone().that_happened(later);
    let whys = [
        CommandRefusal::OtherAccount { account: account_id(1), given: account_id(2) },
        CommandRefusal::DerivedId { id: derived },
        CommandRefusal::OutsideTime,
        CommandRefusal::HappenedLater { happened: t("02 16:00"), at: t("02 15:00") },
    ];
    for (command, why) in commands.iter().zip(whys) {
        let refused = shop.handle(command).expect_err("not believed");
        assert_eq!((refused.why, refused.meanwhile.len()), (Why::Command(why), 0));
    }
}

#[test]
fn working_time_counts_by_the_calendar_that_is_handed_in() {
    let promise = |name| Promise::new(id(name), Deliverable::Fix).to(ryan());
    let working = || "4 working hours".parse().expect("an amount");
    let mut shop = Shop::new();
    let said = shop.at("06 16:00", promise('a').within(working()).owned_by(desk()));
    assert_eq!(said, ["06 16:00: a fix due 09 12:00"], "from Friday to Monday");
    let name = |name| Name::new(name).expect("a name");
    let unknown = promise('b').within(working()).owned_by(desk()).counting_by(name("office"));
    assert_eq!(
        shop.refused("06 16:00", unknown.clone()),
        Why::Commitment(Refusal::UnknownCalendar { calendar: name("office") })
    );
    let for_ever = owed::calendar::WorkingTime::from_micros(u64::MAX);
    let too_much = promise('b').within(owed::calendar::Term::Working(for_ever));
    assert_eq!(shop.refused("06 16:00", too_much.owned_by(desk())).code(), "out_of_reach");

    let named = BTreeMap::from([(name("office"), shop.office.clone())]);
    let mut account = Account::new(account_id(3));
    let command = |account: &Account, n: u128, order: Promise| {
        account.command(CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)), t("06 16:00"), agent("ada"), order)
    };
    let of_none = promise('c').within(working()).owned_by(desk());
    let no_calendar = Why::Commitment(Refusal::NoCalendar);
    for hours in [Hours::NONE, Hours::from(&named)] {
        let refused = account.handle(hours, &command(&account, 1, of_none.clone())).expect_err("no calendar");
        assert_eq!(refused.why, no_calendar);
    }
    assert_eq!(say_all(&account.handle(&named, &command(&account, 2, unknown)).expect("taken")).len(), 1);
    let office = name("office");
    let hours = Hours::from(&named).by_default(&office);
    let said = say_all(&account.handle(hours, &command(&account, 3, of_none)).expect("taken"));
    assert_eq!(said, ["06 16:00: c fix due 09 12:00"]);
}

/// Inside a reaction nobody is there to be told that a calendar is missing: what is owed is owed, in elapsed time, and says so.
#[test]
fn a_pause_that_ends_where_no_calendar_is_handed_in_goes_on_in_elapsed_time_and_says_so() {
    let mut shop = Shop::new();
    let allowance = serde_json::from_str(r#"{ "total": "10 hours" }"#).expect("an allowance");
    let promise = Promise::new(id('a'), Deliverable::Fix).to(ryan()).within("8 working hours".parse().expect("a term"));
    let promise = promise.owned_by(desk()).pausable(allowance);
    let told = Some(message("m-1"));
    let pause = Order::Pause { commitment: id('a'), reason: "logs".parse().expect("a name"), until: None, told };
    shop.at("02 09:00", promise);
    shop.at("02 16:00", pause);
    let said = say_all(&shop.account.wake(Hours::NONE, t("03 12:00")));
    assert!(
        said[0].starts_with("03 02:00 by time: a Resumed") && said[0].ends_with("fallback: Some(NoCalendar) }"),
        "{said:?}"
    );
    assert_eq!(said[1..], ["03 03:00 by time: a breached, due 03 03:00"]);
}

#[test]
fn orders_and_events_are_stored_in_the_form_of_a_tickets() {
    let mut shop = Shop::new();
    let command = shop.command("02 09:00", callback('a', "02 12:00"));
    let stored = serde_json::to_string(&command).expect("written");
    assert!(stored.contains(r#""order":{"type":"promise","commitment":"#), "{stored}");
    assert_eq!(serde_json::from_str::<owed::commitment::Command>(&stored).expect("read"), command);
    shop.handle(&command).expect("taken");
    let stored = serde_json::to_string(&shop.events[0]).expect("written");
    assert!(stored.contains(r#""edition":1,"event":{"type":"promised","commitment":"#), "{stored}");
    let on_a_ticket = stored.replace(r#""event":{"#, r#""event":{"room":"commitment","#);
    assert!(serde_json::from_str::<owed::Recorded>(&on_a_ticket).is_ok(), "a ticket's event has its room besides");
}

#[test]
fn an_event_asks_the_host_for_what_a_tickets_does() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    shop.wake("02 13:00");
    assert_eq!(owed::effects(&shop.events[0]), []);
    let [effect] = &owed::effects(&shop.events[1])[..] else { panic!("one") };
    assert_eq!((effect.id.stream, effect.id.version, effect.id.index), (account_id(1), 2, 0));
    assert!(matches!(effect.task, owed::Task::TellOwnerOfBreach { commitment, .. } if commitment == id('a')));
    let mut agenda = owed::Agenda::new();
    agenda.set(shop.account.id(), shop.account.next_wake());
    assert_eq!(agenda.next(), None);
}

#[test]
fn an_account_can_be_kept_and_sent_anywhere() {
    fn plain<
        T: Clone + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    >() {
    }
    plain::<Account>();
    plain::<owed::commitment::Command>();
    plain::<owed::commitment::Recorded>();
    plain::<owed::commitment::Refused>();
    plain::<owed::commitment::Told>();
    plain::<owed::commitment::Counts>();
    plain::<Order>();
}

/// The only calendar needs no name for what is counted in dates either.
#[test]
fn business_days_and_words_count_by_the_only_calendar() {
    let fix = |name| Promise::new(id(name), Deliverable::Fix).to(ryan());
    let mut shop = Shop::new();
    let said = shop.at("05 16:00", fix('a').within("2 business days".parse().expect("a term")).owned_by(desk()));
    assert_eq!(said, ["05 16:00: a fix due 09 16:00"], "from Thursday over the weekend");
    let date = |day: &str| DueRule::EndOfBusiness(day.parse().expect("a date"));
    let said = shop.at("05 16:00", fix('b').as_said(date("2026-03-06")).owned_by(desk()));
    assert_eq!(said, ["05 16:00: b fix due 06 17:00"]);
    let refused = shop.refused("05 16:00", fix('c').as_said(date("2026-03-07")).owned_by(desk()));
    assert!(refused.to_string().starts_with("the calendar is not open on 2026-03-07"), "{refused}");
    let word = || Name::new("soon").expect("a name");
    let soon = || fix('c').as_said(DueRule::Vague(word())).owned_by(desk());
    assert_eq!(shop.refused("05 16:00", soon()).code(), "no_figure");
    let figures = BTreeMap::from([(word(), "4 working hours".parse().expect("a term"))]);
    let command = shop.command("05 16:00", soon());
    let events = shop.account.handle(Hours::from(&shop.office).taking(&figures), &command).expect("taken");
    assert_eq!(say_all(&events), ["05 16:00: c fix due 06 12:00"]);
}

/// What was kept in time and overtaken by another host's wake is taken in again, later: it was in time. What says itself when it happened says so still.
#[test]
fn what_was_overtaken_is_taken_in_again() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let kept = shop.command("02 12:00", fulfil('a'));
    shop.wake("02 12:30");
    let refused = shop.handle(&kept).expect_err("overtaken");
    assert_eq!(refused.why.code(), "out_of_order");
    let again = kept.clone().taken_in_again(t("02 13:00"));
    assert_eq!(
        (again.id, again.at, again.happened.map(|happened| happened.at)),
        (kept.id, t("02 13:00"), Some(kept.at))
    );
    assert_eq!(again.clone().taken_in_again(t("02 14:00")).happened, again.happened);
    shop.handle(&again).expect("taken");
    assert_eq!(shop.account.ledger().get(id('a')).map(|known| known.verdict()), Some(Verdict::Fulfilled));
}
