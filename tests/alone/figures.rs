//! What is said of a ledger in figures and words, and that two ledgers are one only if they owe the same.

use owed::calendar::{DayTime, NaiveDate, Tz};
use owed::commitment::{
    Account, Allowance, Chase, Condition, Counts, DueRule, Hours, MayPromise, Order, PhaseName, Verdict, WallTime,
    Warning,
};
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
        let events = account.handle(Hours::NONE.limiting(limits), &command).expect("taken");
        let written = serde_json::to_string(&events).expect("written");
        assert_eq!(written.contains("\"beyond\""), beyond, "{written}");
    }
}

/// A refusal says how it stands, and what can be asked of it.
#[test]
fn what_a_refusal_says_of_a_phase() {
    let in_phase = |shop: &mut Shop, order: Order| shop.refused("02 10:30", order).to_string();
    let confirm = || Order::Confirm { commitment: id('a') };
    let waive = || Order::Waive { commitment: id('a'), evidence: message("m-1") };
    let said = |name: &str| format!("commitment {} is {name}", id('a'));

    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    assert_eq!(in_phase(&mut shop, confirm()), said("active"));
    let condition = Condition { what: Name::new("logs").expect("a name"), limit: DueRule::At(t("02 11:00")) };
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00").once(condition));
    assert_eq!(in_phase(&mut shop, waive()), said("conditional; it waits for the customer's part"));
    let allowance: Allowance = serde_json::from_value(json!({ "total": "2 hours" })).expect("an allowance");
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00").pausable(allowance));
    let reason = Name::new("parts").expect("a name");
    shop.at("02 10:00", Order::Pause { commitment: id('a'), reason, until: None, told: Some(message("m-2")) });
    assert_eq!(in_phase(&mut shop, waive()), said("paused; its clock stands still until it is resumed"));
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 10:00"));
    shop.wake("02 10:10");
    assert_eq!(
        in_phase(&mut shop, confirm()),
        said("overdue; do it late, promise it again (`repairs`), waive it or write it off")
    );
}

#[test]
fn what_a_refusal_says_of_slots_steps_and_records() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00").not_before(t("02 11:00")));
    let later = Order::Amend { commitment: id('a'), due: DueRule::At(t("02 12:00")), opens_at: Some(t("02 11:30")) };
    let said = shop.refused("02 09:30", later).to_string();
    assert!(said.contains("what comes from 2026-03-02T11:00:00Z on"), "{said}");
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let later = Order::Amend { commitment: id('a'), due: DueRule::At(t("02 12:00")), opens_at: Some(t("02 11:30")) };
    let said = shop.refused("02 09:30", later).to_string();
    assert!(said.contains("whatever is early"), "{said}");

    shop.at("02 09:00", Order::Chase { commitment: id('a'), step: Chase::Asked, message: message("m-1") });
    let said = shop.refused("02 09:30", Order::FindAbsent { commitment: id('a') }).to_string();
    assert!(said.contains("so far he was asked, reminded 0 times, not warned"), "{said}");

    let in_error = |name| Order::RecordInError {
        commitment: id(name),
        reason: Name::new("duplicate").expect("a name"),
        evidence: message("m-2"),
    };
    let said = shop.refused("02 10:00", in_error('a')).to_string();
    assert!(said.ends_with(r#"is on record since 2026-03-02T09:00:00Z, and no "corrections" are given"#), "{said}");
    let mut shop = Shop::that_corrects(false);
    shop.at("02 09:00", callback('a', "02 12:00"));
    let said = shop.refused("09 10:00", in_error('a')).to_string();
    assert!(said.contains("and could be put right until 2026-03-0"), "{said}");
}

#[test]
fn each_phase_and_each_verdict_has_its_word() {
    let phases = [
        (PhaseName::Candidate, "candidate"),
        (PhaseName::Conditional, "conditional"),
        (PhaseName::Active, "active"),
        (PhaseName::Paused, "paused"),
        (PhaseName::Overdue, "overdue"),
        (PhaseName::Closed, "closed"),
    ];
    for (phase, word) in phases {
        assert_eq!((phase.to_string(), serde_json::to_value(phase).expect("written")), (word.to_owned(), json!(word)));
    }
    let verdicts = [
        (Verdict::Pending, "pending"),
        (Verdict::Fulfilled, "fulfilled"),
        (Verdict::Breached, "breached"),
        (Verdict::Void, "void"),
    ];
    for (verdict, word) in verdicts {
        assert_eq!(
            (verdict.to_string(), serde_json::to_value(verdict).expect("written")),
            (word.to_owned(), json!(word))
        );
    }
}

/// What has happened just when it is taken in has happened then; only what is yet to come cannot be told.
#[test]
fn what_happens_as_it_is_taken_in_is_told_in_time() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let transport = owed::commitment::Stamp::Transport;
    assert_eq!(shop.not_told("02 10:00", "02 10:00:00.000001", transport, "ada", fulfil('a')), "happened_later");
    assert_eq!(shop.told("02 10:00", "02 10:00", transport, "ada", fulfil('a')), ["02 10:00: a fulfilled 02 10:00"]);
}

#[test]
fn shares_of_a_budget_are_more_than_none_and_less_than_all() {
    for (text, is_one) in [("0 %", false), ("1 %", true), ("99 %", true), ("100 %", false)] {
        assert_eq!(text.parse::<Warning>().is_ok(), is_one, "{text}");
    }
    for (percent, is_one) in [(0, false), (1, true), (99, true), (100, false)] {
        assert_eq!(serde_json::from_value::<Warning>(json!({ "percent": percent })).is_ok(), is_one, "{percent}");
    }
}
