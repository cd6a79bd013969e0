//! A mail at the deadline: when it was sent counts, not when it was fetched. What a person claims counts as far as the host lets it.

use owed::commitment::Stamp::{Claim, Transport};
use owed::commitment::{BreachOwes, Condition, Deliverable, DueRule, Order, Promise, Rounds, StartSeries};

use crate::shop::*;

const DUE: &str = "02 12:00";
const BREACH: &str = "02 12:00 by time: a breached, due 02 12:00";

#[test]
fn sent_a_second_before_and_fetched_three_seconds_after_it_was_in_time_and_both_stand() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    let said = shop.told("02 12:00:02", "02 11:59:59", Transport, "ada", fulfil('a'));
    assert_eq!(said, [BREACH, "02 12:00:02: a corrected 02 11:59:59"]);
}

#[test]
fn a_wake_in_between_changes_nothing() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    assert_eq!(shop.wake("02 12:00:01"), [BREACH]);
    let said = shop.told("02 12:00:02", "02 12:00", Transport, "ada", fulfil('a'));
    assert_eq!(said, ["02 12:00:02: a corrected 02 12:00"], "at the deadline is in time");
}

#[test]
fn the_other_way_round_it_was_sent_a_microsecond_after() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    let said = shop.told("02 12:00:02", "02 12:00:00.000001", Transport, "ada", fulfil('a'));
    assert_eq!(said, [BREACH, "02 12:00:02: a late 02 12:00:00.000001"]);
}

#[test]
fn a_claim_corrects_nothing_where_the_host_says_nothing_of_it() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    let said = shop.told("02 15:00", "02 11:00", Claim, "bob", fulfil('a'));
    assert_eq!(said, [BREACH, "02 15:00: a late 02 15:00"]);
}

#[test]
fn a_claim_corrects_within_the_window_and_with_four_eyes_only_anothers_does() {
    let late = "02 15:00: a late 02 15:00";
    let corrected = "02 15:00: a corrected 02 11:00";
    for (four_eyes, by, then) in
        [(false, "ada", corrected), (false, "bob", corrected), (true, "bob", corrected), (true, "ada", late)]
    {
        let mut shop = Shop::that_corrects(four_eyes);
        shop.at("02 09:00", callback('a', DUE));
        assert_eq!(shop.told("02 15:00", "02 11:00", Claim, by, fulfil('a')), [BREACH, then], "{four_eyes} {by}");
    }
    let mut shop = Shop::that_corrects(false);
    shop.at("02 09:00", callback('a', DUE));
    let said = shop.told("04 12:00:00.000001", "02 11:00", Claim, "bob", fulfil('a'));
    assert_eq!(said[1], "04 12:00:00.000001: a late 04 12:00:00.000001", "two days are over");
}

const WRONG: &str = ", and the record was wrong";

fn release(name: char) -> Order {
    Order::Release { commitment: id(name), evidence: message("m-1") }
}

/// A callback whose breach owes an explanation within a day.
fn that_owes(name: char) -> Promise {
    let within = "24 hours".parse().expect("an amount");
    callback(name, DUE).owing_on_breach(BreachOwes { deliverable: Deliverable::Explanation, within, depth: 1 })
}

#[test]
fn a_release_that_was_sent_in_time_takes_the_breach_back_and_what_it_owed() {
    let mut shop = Shop::new();
    shop.at("02 09:00", that_owes('a'));
    let said = shop.told("02 12:00:02", "02 12:00", Transport, "ada", release('a'));
    let owed = "02 12:00 by time: a derived one explanation due 03 12:00";
    let released = format!("02 12:00:02: a void: released{WRONG}");
    assert_eq!(said, [BREACH, owed, &released, "02 12:00:02: a derived one void: not needed"]);
    assert!(shop.account.ledger().get(id('a')).expect("made").breach.is_some(), "both stand");
    assert_eq!(shop.account.ledger().count().to_string(), "2 made: 0 pending, 0 fulfilled, 0 breached, 2 void");
    assert_eq!(shop.not_told("02 12:00:03", "02 11:00", Transport, "ada", release('a')), "already_closed", "once");
}

#[test]
fn a_release_that_was_sent_a_microsecond_after_finds_it_broken() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    assert_eq!(shop.not_told("02 12:00:02", "02 12:00:00.000001", Transport, "ada", release('a')), "wrong_phase");
    assert_eq!(shop.not_told("02 12:00:03", "02 08:59", Transport, "ada", release('a')), "wrong_phase", "not owed yet");
}

#[test]
fn a_release_of_what_was_done_late_or_promised_again_takes_that_breach_back_too() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    shop.at("02 13:00", fulfil('a'));
    let said = shop.told("02 14:00", "02 11:00", Transport, "ada", release('a'));
    assert_eq!(said, [format!("02 14:00: a void: released{WRONG}")]);

    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    shop.at("02 13:00", callback('b', "02 16:00").repairing(id('a')));
    let said = shop.told("02 14:00", "02 11:00", Transport, "ada", release('a'));
    assert_eq!(said, [&format!("02 14:00: a void: released{WRONG}"), "02 14:00: b void: not needed"]);
}

fn condition() -> Condition {
    let what = owed::Name::new("logs").expect("a name");
    Condition { what, limit: DueRule::At(t("02 11:00")) }
}

/// Four hours, once the logs are there; they may come until eleven.
fn once_there_are_logs(name: char) -> Promise {
    let within = "4 hours".parse().expect("a term");
    Promise::new(id(name), Deliverable::Fix).to(ryan()).within(within).owned_by(desk()).once(condition())
}

fn logs(name: char) -> Order {
    Order::MeetCondition { commitment: id(name), evidence: message("logs") }
}

const LAPSED: &str = "02 11:00 by time: a void: lapsed";

#[test]
fn a_condition_that_was_met_in_time_has_not_lapsed_and_another_counts_from_then() {
    let mut shop = Shop::new();
    shop.at("02 09:00", once_there_are_logs('a'));
    let said = shop.told("02 11:00:03", "02 11:00", Transport, "ada", logs('a'));
    let in_time = format!("02 11:00:03: a void: in time after all{WRONG}");
    assert_eq!(said, [LAPSED, &in_time, "02 11:00:03: a derived one fix due 02 15:00"]);
    let next = shop.account.ledger().open().next().expect("owed");
    assert_eq!((next.since, next.renews.map(|renews| renews.of)), (t("02 11:00"), Some(id('a'))));
    assert_eq!(shop.not_told("02 11:00:04", "02 11:00", Transport, "ada", logs('a')), "already_closed", "once");
}

#[test]
fn and_is_broken_at_once_if_that_has_passed() {
    let mut shop = Shop::new();
    shop.at("02 09:00", once_there_are_logs('a'));
    let said = shop.told("02 15:00", "02 10:00", Transport, "ada", logs('a'));
    assert_eq!(
        said[2..],
        ["02 15:00: a derived one fix due 02 14:00", "02 15:00: a derived one breached, due 02 14:00"]
    );
}

#[test]
fn a_condition_that_was_met_a_microsecond_after_has_lapsed() {
    let mut shop = Shop::new();
    shop.at("02 09:00", once_there_are_logs('a'));
    let late = shop.not_told("02 11:00:03", "02 11:00:00.000001", Transport, "ada", logs('a'));
    assert_eq!(late, "already_closed");
}

fn propose(name: char, due: &str) -> Order {
    let (commitment, due) = (id(name), DueRule::At(t(due)));
    Order::Propose { commitment, due, opens_at: None, told: message("m-2"), outright: false }
}

fn accept(name: char) -> Order {
    Order::Accept { commitment: id(name), successor: id('z'), evidence: message("m-3") }
}

#[test]
fn an_acceptance_that_was_sent_in_time_takes_back_the_breach_and_the_repair() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    shop.at("02 10:00", propose('a', "02 17:00"));
    let said = shop.told("02 12:00:02", "02 11:59:59", Transport, "ada", accept('a'));
    assert_eq!(
        said[1..],
        [
            "02 12:00 by time: a derived one callback due 02 17:00",
            "02 12:00 by time: a superseded by a derived one",
            &format!("02 12:00:02: a void: renegotiated{WRONG}"),
            "02 12:00:02: a derived one void: not needed",
            "02 12:00:02: z callback due 02 17:00",
        ]
    );
    assert_eq!(shop.account.ledger().open().count(), 1);
}

#[test]
fn an_acceptance_that_was_sent_after_or_before_it_was_told_takes_nothing_back() {
    for (happened, why) in [("02 12:00:00.000001", "already_closed"), ("02 09:59", "no_proposal")] {
        let mut shop = Shop::new();
        shop.at("02 09:00", callback('a', DUE));
        shop.at("02 10:00", propose('a', "02 17:00"));
        assert_eq!(shop.not_told("02 12:00:02", happened, Transport, "ada", accept('a')), why);
    }
}

#[test]
fn what_he_accepted_in_time_is_broken_at_once_if_its_own_deadline_has_passed() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    shop.at("02 10:00", propose('a', "02 13:00"));
    let said = shop.told("02 14:00", "02 11:00", Transport, "ada", accept('a'));
    assert_eq!(said.last().expect("said"), "02 14:00: z breached, due 02 13:00");
}

#[test]
fn what_stood_in_for_it_and_is_done_with_is_not_owed_a_second_time() {
    let mut shop = Shop::new();
    shop.at("02 09:00", callback('a', DUE));
    shop.at("02 10:00", propose('a', "02 17:00"));
    shop.wake("02 13:00");
    let repair = shop.account.ledger().open().next().expect("owed").id;
    shop.at("02 14:00", Order::Fulfil { commitment: repair, evidence: None });
    assert_eq!(shop.not_told("02 15:00", "02 11:00", Transport, "ada", accept('a')), "already_repaired");
}

/// News every two hours until it is fixed, for a day.
fn news() -> Order {
    let amount = |text: &str| text.parse().expect("an amount");
    Order::StartSeries(Box::new(StartSeries {
        series: owed::SeriesId(id('s').0),
        deliverable: Deliverable::Update,
        beneficiary: ryan().into(),
        owner: desk(),
        every: amount("2 hours"),
        mode: Rounds::Rolling,
        stop: owed::Name::new("fixed").expect("a name"),
        horizon: DueRule::At(t("03 09:00")),
        lead: desk(),
        decide_within: amount("1 hour"),
        role: None,
        calendar: None,
        warn: vec![],
        message: None,
    }))
}

fn fixed() -> Order {
    Order::StopSeries { series: owed::SeriesId(id('s').0), evidence: message("m-4") }
}

#[test]
fn rounds_that_were_broken_after_the_series_had_stopped_were_never_owed() {
    let mut shop = Shop::new();
    shop.at("02 09:00", news());
    let said = shop.told("02 13:30", "02 11:00", Transport, "ada", fixed());
    let stopped: Vec<_> = said.iter().filter(|line| line.contains("has stopped")).collect();
    let wrong = format!("02 13:30: a derived one void: its series has stopped{WRONG}");
    assert_eq!(stopped, [&wrong, &wrong, "02 13:30: a derived one void: its series has stopped"]);
    assert_eq!(shop.account.ledger().count().to_string(), "3 made: 0 pending, 0 fulfilled, 0 breached, 3 void");
    assert_eq!(shop.account.next_wake(), None);
}

#[test]
fn a_round_that_was_broken_before_that_stays_broken() {
    let mut shop = Shop::new();
    shop.at("02 09:00", news());
    shop.told("02 13:30", "02 11:00:00.000001", Transport, "ada", fixed());
    assert_eq!(shop.account.ledger().count().to_string(), "3 made: 0 pending, 0 fulfilled, 1 breached, 2 void");
}

/// What a person claims counts inside the window, and with four eyes only another's word does: for each of them alike.
#[test]
fn a_claim_takes_back_as_far_as_the_host_lets_it() {
    let said_earlier = "02 10:30";
    let orders: [(fn() -> Order, char); 4] =
        [(|| release('a'), 'a'), (|| accept('b'), 'b'), (|| logs('c'), 'c'), (fixed, 's')];
    let shop = |four_eyes: Option<bool>| {
        let mut shop = four_eyes.map_or_else(Shop::new, Shop::that_corrects);
        shop.at("02 09:00", callback('a', DUE));
        shop.at("02 09:00", callback('b', DUE));
        shop.at("02 09:00", once_there_are_logs('c'));
        shop.at("02 09:00", news());
        shop.at("02 10:00", propose('b', "03 17:00"));
        shop
    };
    for (order, name) in orders {
        for (four_eyes, by) in [(false, "ada"), (false, "bob"), (true, "bob")] {
            let said = shop(Some(four_eyes)).told("02 13:00", said_earlier, Claim, by, order());
            assert!(said.iter().any(|line| line.contains(WRONG)), "{name} {four_eyes} {by}: {said:?}");
        }
        // A round is owed still, whoever says that there were none to come; that it was broken, Ada cannot take back alone.
        if name == 's' {
            let said = shop(Some(true)).told("02 13:00", said_earlier, Claim, "ada", order());
            assert!(!said.iter().any(|line| line.contains(WRONG)), "{said:?}");
            continue;
        }
        let alone = shop(Some(true)).not_told("02 13:00", said_earlier, Claim, "ada", order());
        assert_eq!(alone, "not_by_another", "{name}");
        let late = shop(Some(false)).not_told("04 12:00:00.000001", said_earlier, Claim, "bob", order());
        assert_eq!(late, "correction_over", "{name}: two days are over");
        let nothing = shop(None).not_told("02 13:00", said_earlier, Claim, "bob", order());
        assert_eq!(nothing, "correction_over", "{name}: the host says nothing of it");
    }
}
