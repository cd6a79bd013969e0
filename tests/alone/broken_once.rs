//! What a reader with fresh eyes broke in the life of a promise, mended.

use owed::Name;
use owed::calendar::ElapsedTime;
use owed::commitment::{
    AccountRefusal, Allowance, Attempt, Condition, Deliverable, DueRule, Event, Order, Party, Promise, Refusal, Stamp,
    Told,
};

use crate::shop::*;

fn hours(hours: u64) -> ElapsedTime {
    ElapsedTime::from_micros(hours * 3_600_000_000)
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn seen(shop: &Shop) -> Vec<Told> {
    shop.account.ledger().told_to(&Party::from(ryan()))
}

fn in_error(promise: char) -> Order {
    Order::RecordInError { commitment: id(promise), reason: name("wrong terms"), evidence: message("m") }
}

/// Row 28: "evidence, correction window". Whoever cannot keep a promise does not shed it by calling it an error a minute before.
#[test]
fn what_is_promised_is_struck_out_only_where_records_may_be_put_right() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', "30 17:00"));
    let refused = shop.refused("30 16:59", in_error('a'));
    assert_eq!(refused.code(), "correction_over", "nothing may be put right here");
    let mut shop = Shop::that_corrects(false);
    shop.at("02 09:00", callback('a', "30 17:00"));
    assert_eq!(shop.refused("30 16:59", in_error('a')).code(), "correction_over", "four weeks later");
    let mut shop = Shop::that_corrects(true);
    shop.at("02 09:00", callback('a', "30 17:00"));
    assert_eq!(shop.refused("02 10:00", in_error('a')).code(), "not_by_another", "four eyes");
    let mut shop = Shop::that_corrects(false);
    shop.at("02 09:00", callback('a', "30 17:00"));
    shop.at("02 10:00", in_error('a'));
    assert!(shop.account.ledger().open().next().is_none(), "in time, it is taken");
}

/// Row 18a: "with what was left"; law 8: the sum of pauses is bounded.
#[test]
fn who_returns_brings_back_what_was_left_of_the_allowance() {
    let mut shop = Shop::new();
    let allowance = Allowance { total: hours(2), once: None };
    let promise = Promise::new(id('a'), Deliverable::Callback).to(ryan()).by(t("05 12:00")).owned_by(desk());
    shop.at("03 09:00", promise.pausable(allowance).not_before(t("05 10:00")));
    let pause = |promise| Order::Pause {
        commitment: id(promise),
        reason: name("parts"),
        until: None,
        told: Some(message("m")),
    };
    shop.at("03 10:00", pause('a'));
    shop.wake("03 12:00:01");
    let spent = |promise| AccountRefusal::from(Refusal::AllowanceSpent { commitment: id(promise) }).code();
    assert_eq!(shop.refused("03 13:00", pause('a')).code(), spent('a'));
    let tried = |outcome| Order::Attempt { commitment: id('a'), outcome, evidence: None };
    shop.at("05 11:00", tried(Attempt::NotReached));
    shop.at("05 11:30", tried(Attempt::MessageLeft));
    shop.at("05 11:40", Order::FindAbsent { commitment: id('a') });
    shop.at("06 09:00", Order::TakeUpAgain { commitment: id('a'), successor: id('b') });
    let command = shop.command("06 09:01", pause('b'));
    assert!(shop.handle(&command).is_err(), "it was spent");
}

/// What a customer may see: when he was told, also of what was taken in a day late and waits for his part.
#[test]
fn what_waits_was_said_when_it_was_said() {
    let mut shop = Shop::new();
    let part = Condition { what: name("logs"), limit: DueRule::At(t("10 09:00")) };
    let promise = Promise::new(id('a'), Deliverable::Callback).to(ryan()).by(t("12 09:00")).owned_by(desk()).once(part);
    shop.told("04 09:00", "03 09:00", Stamp::Transport, "ada", promise);
    shop.told("04 09:00", "03 09:00", Stamp::Transport, "ada", callback('b', "12 09:00"));
    assert_eq!(seen(&shop).iter().map(|told| told.said_at).collect::<Vec<_>>(), [t("03 09:00"); 2]);
    shop.at("05 09:00", Order::MeetCondition { commitment: id('a'), evidence: message("logs") });
    assert_eq!(seen(&shop)[0].said_at, t("03 09:00"), "and once he has done his part");
}

/// Rows 21 and 29: promised again is what is overdue; what was done late is owed no more.
#[test]
fn what_was_delivered_late_is_not_promised_again() {
    let mut shop = Shop::new();
    shop.at("03 09:00", callback('a', "04 09:00"));
    shop.at("04 10:00", fulfil('a'));
    assert_eq!(shop.refused("04 11:00", callback('b', "06 09:00").repairing(id('a'))).code(), "already_closed");
}

/// Row 21: "promise again". Data that is to be restored is not owed any less because somebody promises to look at it.
#[test]
fn what_is_promised_again_is_the_same() {
    let mut shop = Shop::new();
    let promise = |letter, what, due| Promise::new(id(letter), what).to(ryan()).by(t(due)).owned_by(desk());
    shop.at("03 09:00", promise('a', Deliverable::Restore, "04 09:00"));
    let review = promise('b', Deliverable::Review, "30 09:00");
    assert_eq!(shop.refused("04 11:00", review.clone().repairing(id('a'))).code(), "not_the_same");
    shop.at("04 11:00", review);
    assert!(shop.account.ledger().get(id('a')).is_some_and(|owed| owed.is_open()), "it is owed besides");
    shop.at("04 12:00", promise('c', Deliverable::Restore, "06 09:00").repairing(id('a')));
}

/// Row 10: once per due.
#[test]
fn a_warning_comes_once_per_due() {
    let mut shop = Shop::new();
    let promise = Promise::new(id('a'), Deliverable::Callback).to(ryan()).by(t("05 09:00")).owned_by(desk());
    shop.at("03 09:00", promise.warning("50 %".parse().unwrap()));
    shop.wake("04 10:00");
    shop.at("04 11:00", Order::Amend { commitment: id('a'), due: DueRule::At(t("05 09:00")), opens_at: None });
    shop.wake("04 12:00");
    assert_eq!(shop.events.iter().filter(|event| matches!(event.event, Event::Warned { .. })).count(), 1);
}
