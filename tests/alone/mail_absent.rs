//! A customer's answer at the instant at which he is found absent: when it was sent counts, not when it was fetched.

use owed::commitment::Stamp::{Claim, Transport};
use owed::commitment::{Chase, DueRule, Order};

use crate::shop::*;

const WRONG: &str = ", and the record was wrong";

fn chase(step: Chase) -> Order {
    Order::Chase { commitment: id('a'), step, message: message("m-5") }
}

/// Asked, reminded, warned and found absent at ten.
fn absent(mut shop: Shop) -> Shop {
    shop.at("02 09:00", callback('a', "02 12:00"));
    for step in [Chase::Asked, Chase::Reminded, Chase::Reminded, Chase::Warned { until: t("02 09:30") }] {
        shop.at("02 09:10", chase(step));
    }
    assert_eq!(shop.at("02 10:00", Order::FindAbsent { commitment: id('a') }), ["02 10:00: a void: customer absent"]);
    shop
}

const HEAR: fn() -> Order = || Order::Hear { commitment: id('a') };

#[test]
fn an_answer_that_was_sent_before_he_was_found_absent_is_no_absence() {
    let mut shop = absent(Shop::new());
    let said = shop.told("02 10:30", "02 10:00", Transport, "ada", HEAR());
    let in_time = format!("02 10:30: a void: in time after all{WRONG}");
    assert_eq!(said, [&in_time, "02 10:30: a derived one callback due 02 12:00"], "by the instants that it had");
    let said = absent(Shop::new()).told("02 13:00", "02 09:59", Transport, "ada", HEAR());
    assert_eq!(said[2], "02 13:00: a derived one breached, due 02 12:00");
}

/// Better terms begin the account anew, and not what is owed.
#[test]
fn and_it_is_owed_since_it_was_promised() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "02 12:00"));
    let due = DueRule::At(t("02 11:00"));
    shop.at("02 09:05", Order::Amend { commitment: id('a'), due, opens_at: None });
    for step in [Chase::Asked, Chase::Reminded, Chase::Reminded, Chase::Warned { until: t("02 09:30") }] {
        shop.at("02 09:10", chase(step));
    }
    shop.at("02 10:00", Order::FindAbsent { commitment: id('a') });
    let said = shop.told("02 10:30", "02 10:00", Transport, "ada", HEAR());
    assert_eq!(said[1], "02 10:30: a derived one callback due 02 11:00");
    let again = shop.account.ledger().get(id('a').derived("in time")).expect("made");
    assert_eq!(again.since, t("02 09:00"));
}

#[test]
fn one_that_was_sent_after_that_is_his_return_and_takes_an_order_of_its_own() {
    let mut shop = absent(Shop::new());
    assert_eq!(shop.not_told("02 10:30", "02 10:00:00.000001", Transport, "ada", HEAR()), "already_closed");
    assert_eq!(shop.refused("02 10:30", HEAR()).code(), "already_closed");
    let back = Order::TakeUpAgain { commitment: id('a'), successor: id('b') };
    shop.at("02 10:40", back);
    assert_eq!(shop.not_told("02 10:50", "02 09:50", Transport, "ada", HEAR()), "already_renewed", "it is owed again");
}

#[test]
fn and_a_claim_of_it_follows_the_rule_of_claims() {
    let said = absent(Shop::that_corrects(true)).told("02 10:30", "02 09:59", Claim, "bob", HEAR());
    assert!(said[0].contains(WRONG), "{said:?}");
    let alone = absent(Shop::that_corrects(true)).not_told("02 10:30", "02 09:59", Claim, "ada", HEAR());
    assert_eq!(alone, "not_by_another");
    let late = absent(Shop::that_corrects(false)).not_told("05 10:00", "02 09:59", Claim, "bob", HEAR());
    assert_eq!(late, "correction_over");
}
