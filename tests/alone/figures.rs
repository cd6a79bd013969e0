//! What is said of a ledger in figures and words, and that two ledgers are one only if they owe the same.

use owed::calendar::{DayTime, NaiveDate, Tz};
use owed::commitment::{Account, Counts, DueRule, MayPromise, Order, WallTime};
use owed::{AccountId, CommandId, Name};
use serde_json::json;
use uuid::Uuid;

use crate::shop::*;

#[test]
fn counts_add_up_only_if_each_has_been_decided_is_pending_or_has_gone() {
    let right = Counts { made: 5, pending: 1, fulfilled: 2, breached: 1, void: 2, carried_in: 3, carried_out: 2 };
    assert!(right.add_up());
    let one_more = [
        Counts { made: 6, ..right },
        Counts { pending: 2, ..right },
        Counts { fulfilled: 3, ..right },
        Counts { breached: 2, ..right },
        Counts { void: 3, ..right },
        Counts { carried_in: 4, ..right },
        Counts { carried_out: 3, ..right },
    ];
    for wrong in one_more {
        assert!(!wrong.add_up(), "{wrong}");
    }
}

#[test]
fn counts_say_what_came_and_went_only_where_something_did() {
    let here = Counts { made: 5, pending: 1, fulfilled: 2, breached: 1, void: 1, ..Counts::default() };
    assert_eq!(here.to_string(), "5 made: 1 pending, 2 fulfilled, 1 breached, 1 void");
    let merged = Counts { carried_in: 3, carried_out: 2, ..here };
    assert_eq!(merged.to_string(), "5 made, 3 carried in: 1 pending, 2 fulfilled, 1 breached, 1 void, 2 carried out");
    let plain = json!({ "made": 5, "pending": 1, "fulfilled": 2, "breached": 1, "void": 1 });
    assert_eq!(serde_json::to_value(here).expect("written"), plain, "what did not happen is left out");
    let written = serde_json::to_value(merged).expect("written");
    assert_eq!((&written["carried_in"], &written["carried_out"]), (&json!(3), &json!(2)));
}

#[test]
fn what_was_said_of_a_deadline_is_said_again() {
    let date = NaiveDate::from_ymd_opt(2026, 3, 10).expect("a date");
    let noon: DayTime = "12:00".parse().expect("a time");
    let said = [
        (DueRule::At(t("06 11:00")), "at 2026-03-06T11:00:00Z"),
        (DueRule::Within("5 business days".parse().expect("a term")), "within 5 business days"),
        (DueRule::By(WallTime { date, time: noon, zone: Tz::UTC }), "by 2026-03-10 12:00 (UTC)"),
        (DueRule::EndOfBusiness(date), "by the end of business on 2026-03-10"),
        (DueRule::Vague(Name::new("soon").expect("a name")), "soon"),
    ];
    for (rule, text) in said {
        assert_eq!(rule.to_string(), text);
    }
}

#[test]
fn two_accounts_that_owe_another_thing_are_two() {
    let mut one = Shop::new();
    let mut other = Shop::new();
    assert_eq!(one.account.ledger(), other.account.ledger());
    one.at("02 09:00", callback('a', "02 12:00"));
    assert_ne!(one.account.ledger(), other.account.ledger());
    other.at("02 09:00", callback('b', "02 12:00"));
    assert_ne!(one.account.ledger(), other.account.ledger(), "each owes one");
    let mut done = Shop::new();
    done.at("02 09:00", callback('a', "02 12:00"));
    assert_eq!(one.account.ledger(), done.account.ledger());
    done.at("02 10:00", fulfil('a'));
    one.at("02 10:00", Order::Release { commitment: id('a'), evidence: message("m-1") });
    assert_ne!(one.account.ledger(), done.account.ledger(), "both are closed, and not alike");
}

/// Beyond its limit a promise is owed all the same, and on record as such.
#[test]
fn what_a_role_may_not_promise_says_so() {
    let account_id = AccountId(Uuid::from_u128(0x8000_8000_0000_0000_0001));
    let nothing = MayPromise([("junior".parse().expect("a name"), Vec::new())].into());
    for (limits, beyond) in [(&MayPromise::default(), false), (&nothing, true)] {
        let mut account = Account::new(account_id);
        let promise = callback('a', "02 12:00").said_as("junior".parse().expect("a name"));
        let command = account.command(
            CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0002)),
            t("02 09:00"),
            agent("ada"),
            promise,
        );
        let events = account.handle(owed::commitment::Hours::NONE.limiting(limits), &command).expect("taken");
        let written = serde_json::to_string(&events).expect("written");
        assert_eq!(written.contains("\"beyond\""), beyond, "{written}");
    }
}
