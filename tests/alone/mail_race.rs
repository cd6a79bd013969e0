//! A mail at the deadline: when it was sent counts, not when it was fetched. What a person claims counts as far as the host lets it.

use owed::commitment::Stamp::{Claim, Transport};

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
