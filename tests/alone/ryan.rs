//! Ryan's backup, promise by promise. The article gives no dates; these are made up.

use owed::commitment::{Deliverable, Order, Party, Promise, Standing};
use owed::{CommitmentId, Timestamp};

use crate::shop::*;

/// What Ryan was told, and when; and his desk says that there is no backup.
fn orders() -> [(&'static str, Order); 4] {
    let restore = |name| Promise::new(id(name), Deliverable::Restore).to(ryan());
    let within = |amount: &str| amount.parse().expect("an amount");
    [
        // Saturday: "24 to 48 hours at most".
        ("07 10:00", restore('a').within(within("48 hours")).owned_by(desk()).into()),
        // Monday: "tomorrow at three".
        ("09 11:00", restore('b').by(t("10 15:00")).owned_by(desk()).repairing(id('a')).into()),
        // Tuesday: "within six hours".
        ("10 16:00", restore('c').within(within("6 hours")).owned_by(desk()).repairing(id('b')).into()),
        // Fifteen hours later: "we have no backups".
        ("11 07:00", Order::DeclareImpossible { commitment: id('c'), notice: message("call-4") }),
    ]
}

const STORY: [&str; 11] = [
    "07 10:00: a restore due 09 10:00",
    "09 10:00 by time: a breached, due 09 10:00",
    "09 11:00: b restore due 10 15:00",
    "09 11:00: a superseded by b",
    "10 15:00 by time: b breached, due 10 15:00",
    "10 16:00: c restore due 10 22:00",
    "10 16:00: b superseded by c",
    "10 22:00 by time: c breached, due 10 22:00",
    "11 07:00: c ended: Impossible { notice: \"call-4\" }",
    "11 07:00: a derived one explanation due 12 07:00",
    "12 07:00 by time: a derived one breached, due 12 07:00",
];

/// Tells the story with wakes at these instants in between, each only if no order has come after it.
fn told(mut wakes: impl FnMut(&Shop, Timestamp) -> Vec<Timestamp>) -> (Vec<String>, Shop) {
    let mut shop = Shop::new();
    let mut said = Vec::new();
    for (at, order) in orders() {
        for now in wakes(&shop, t(at)) {
            said.extend(shop.wake_at(now));
        }
        said.extend(shop.at(at, order));
    }
    for now in wakes(&shop, t("13 00:00")) {
        said.extend(shop.wake_at(now));
    }
    said.extend(shop.wake("13 00:00"));
    (said, shop)
}

fn every(micros: u64) -> impl FnMut(&Shop, Timestamp) -> Vec<Timestamp> {
    let mut now = t("07 10:00");
    move |_, until| {
        let mut wakes = Vec::new();
        while now.plus_micros(micros) < until {
            now = now.plus_micros(micros);
            wakes.push(now);
        }
        wakes
    }
}

/// Must 2.3.
#[test]
fn each_promise_is_breached_at_its_own_deadline_whatever_the_wakes_in_between() {
    let hour = 3_600_000_000;
    assert_eq!(told(|_, _| Vec::new()).0, STORY);
    for micros in [hour, 7 * hour, hour / 2 + 1, 3 * hour - 1] {
        assert_eq!(told(every(micros)).0, STORY);
    }
    let punctual = |shop: &Shop, until| {
        let wake = shop.account.next_wake().map(|wake| wake.at);
        wake.filter(|at| *at < until).into_iter().collect()
    };
    assert_eq!(told(punctual).0, STORY);
    let early = |shop: &Shop, until| {
        let wake = shop.account.next_wake().map(|wake| wake.at.minus_micros(1));
        wake.filter(|at| *at < until).into_iter().collect()
    };
    assert_eq!(told(early).0, STORY);
}

/// Must 2.1.
#[test]
fn three_promises_were_made_and_none_was_kept() {
    let (_, shop) = told(|_, _| Vec::new());
    let ledger = shop.account.ledger();
    let counts = ledger.count();
    assert_eq!(counts.to_string(), "4 made: 0 pending, 0 fulfilled, 4 breached, 0 void", "three, and the explanation");
    assert!(counts.add_up());
    let owed: Vec<String> = ledger.owed().iter().map(ToString::to_string).collect();
    assert_eq!(owed, ["explanation to ryan by 2026-03-12T07:00:00Z (ada), overdue"]);
    let told = ledger.told_to(&Party::from(ryan()));
    let restores = told.iter().filter(|told| told.what == Deliverable::Restore);
    assert_eq!(restores.clone().filter(|told| matches!(told.now, Standing::Done { .. })).count(), 0);
    let late: Vec<Option<Timestamp>> = restores.map(owed::commitment::Told::late_since).collect();
    assert_eq!(late, [Some(t("09 10:00")), Some(t("10 15:00")), Some(t("10 22:00"))]);
}

#[test]
fn restoring_after_five_hours_would_have_kept_the_first() {
    let mut shop = Shop::new();
    let [(at, first), ..] = orders();
    shop.at(at, first);
    assert_eq!(shop.at("07 15:00", fulfil('a')), ["07 15:00: a fulfilled 07 15:00"]);
}

/// Must 2.2.
#[test]
fn each_promise_is_linked_to_the_one_that_it_repairs() {
    let (_, shop) = told(|_, _| Vec::new());
    let ledger = shop.account.ledger();
    let links = |name| {
        let known = ledger.get(id(name)).expect("made");
        (known.repairs, known.repaired_by)
    };
    let none: Option<CommitmentId> = None;
    assert_eq!(links('a'), (none, Some(id('b'))));
    assert_eq!(links('b'), (Some(id('a')), Some(id('c'))));
    assert_eq!(links('c'), (Some(id('b')), none));
}
