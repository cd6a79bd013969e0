//! What is ordered of things that are not there yet, and of many at once.

use owed::calendar::ElapsedTime;
use owed::commitment::{
    Allowance, BreachOwes, Condition, Deliverable, DueRule, Order, Owner, Party, Promise, Rounds, StartSeries, Verdict,
    Warning,
};
use owed::{CommitmentId, SeriesId, Timestamp};
use uuid::Uuid;

use super::{HALF, later};
use crate::dice::Dice;
use crate::model::World;

pub(super) fn new_id(dice: &mut Dice<'_>, world: &World) -> CommitmentId {
    let id = |number: usize| CommitmentId(Uuid::from_u128(0x10 + number as u128));
    let unused = (0..30).map(id).find(|id| !world.debts.contains_key(id));
    if dice.chance(5) { id(0) } else { unused.unwrap_or_else(|| id(0)) }
}

pub(super) fn due(dice: &mut Dice<'_>, at: Timestamp) -> DueRule {
    let within = |text: &str| DueRule::Within(text.parse().expect("an amount"));
    match dice.below(8) {
        0..2 => within(dice.one_of(&["3 hours", "1 hour", "30 hours", "80 hours", "1 microsecond"])),
        2..5 => within(dice.one_of(&[
            "2 working hours",
            "10 working hours",
            "30 working hours",
            "8 working hours",
            "1 working minute",
        ])),
        5 => DueRule::At(later(at, dice.one_of(&[HALF, 1, 0]))),
        _ => DueRule::At(later(at, HALF * dice.one_of(&[4, 8, 60]))),
    }
}

/// A promise, whoever is to have it.
pub(super) fn promise(dice: &mut Dice<'_>, world: &World, at: Timestamp, found: bool, to: Party) -> Box<Promise> {
    let waits = dice.chance(25);
    let broken: Vec<_> =
        world.debts.iter().filter(|(_, debt)| debt.verdict() == Verdict::Breached).map(|(id, _)| *id).collect();
    let outright = !found && !waits && matches!(to, Party::Customer(_));
    let allowance = Allowance {
        total: ElapsedTime::from_micros(dice.one_of(&[10, 3, 48, 1]) * HALF as u64),
        once: dice.one_of(&[None, None, Some(2)]).map(|halves| ElapsedTime::from_micros(halves * HALF as u64)),
    };
    let limit =
        if dice.chance(50) { DueRule::At(later(at, HALF * dice.one_of(&[3, 8, 60, 0]))) } else { due(dice, at) };
    // What becomes of a slot while the clock stands is not said.
    let opens_at = (outright && dice.chance(25)).then(|| later(at, HALF * dice.below(4) as i64));
    let repairs = (outright && !broken.is_empty() && dice.chance(50)).then(|| dice.one_of(&broken));
    // Mostly the same thing again.
    let same = repairs.filter(|_| dice.chance(90)).map(|broken| world.debts[&broken].what.clone());
    Box::new(Promise {
        commitment: new_id(dice, world),
        deliverable: same.unwrap_or(Deliverable::Callback),
        beneficiary: to,
        owner: owner(dice),
        due: due(dice, at),
        calendar: None,
        warn: warnings(dice),
        pausable: Some(allowance).filter(|_| opens_at.is_none() && dice.chance(70)),
        message: None,
        repairs,
        promiser: None,
        opens_at,
        attempt_counts: dice.chance(15),
        condition: waits.then(|| Condition { what: "logs".parse().expect("a name"), limit }),
        breach_owes: dice.chance(40).then(|| BreachOwes {
            deliverable: Deliverable::Explanation,
            within: dice.one_of(&["2 hours", "3 working hours", "24 hours"]).parse().expect("an amount"),
            depth: dice.one_of(&[1, 2, 3]),
        }),
    })
}

pub(super) fn customer() -> Party {
    Party::Customer("c-1".parse().expect("a name"))
}

/// Mostly Ada.
pub(super) fn owner(dice: &mut Dice<'_>) -> Owner {
    let (team, agent) = dice.one_of(&[
        ("desk", Some("ada")),
        ("desk", Some("ada")),
        ("desk", Some("ben")),
        ("desk", None),
        ("night", Some("ada")),
    ]);
    Owner { team: team.parse().expect("a name"), agent: agent.map(|agent| agent.parse().expect("a name")) }
}

pub(super) fn warnings(dice: &mut Dice<'_>) -> Vec<Warning> {
    let all = [
        "50 %",
        "99 %",
        "1 %",
        "30 minutes before",
        "2 working hours before",
        "30 working minutes before",
        "4 hours before",
    ];
    let some = if dice.chance(60) { dice.some_of(&all, 25) } else { vec![] };
    some.iter().map(|text| text.parse().expect("a warning")).collect()
}

pub(super) fn make(dice: &mut Dice<'_>, world: &World, at: Timestamp) -> Order {
    if dice.chance(12) {
        return Order::StartSeries(Box::new(start_series(dice, at)));
    }
    let found = dice.chance(25);
    let promise = promise(dice, world, at, found, customer());
    match found {
        true => Order::Suggest { review_by: later(at, HALF * dice.one_of(&[2, 8, 60, 0])), promise },
        false => Order::Promise(promise),
    }
}

pub(super) fn series(dice: &mut Dice<'_>) -> SeriesId {
    SeriesId(Uuid::from_u128(dice.one_of(&[0x51, 0x52])))
}

pub(super) fn start_series(dice: &mut Dice<'_>, at: Timestamp) -> StartSeries {
    let amount = |text: &str| text.parse().expect("an amount");
    StartSeries {
        series: series(dice),
        deliverable: Deliverable::Update,
        beneficiary: customer(),
        owner: owner(dice),
        every: amount(dice.one_of(&["2 hours", "3 hours", "2 working hours", "59 seconds"])),
        mode: dice.one_of(&[Rounds::Rolling, Rounds::Slots]),
        stop: "fixed".parse().expect("a name"),
        horizon: DueRule::At(later(at, HALF * dice.one_of(&[6, 2, 20, 0]))),
        lead: owner(dice),
        decide_within: amount(dice.one_of(&["1 hour", "2 working hours"])),
        calendar: None,
        warn: warnings(dice),
        message: None,
    }
}

/// An order about a series, or about all of an owner's.
pub(super) fn about_many(dice: &mut Dice<'_>) -> Order {
    match dice.below(2) {
        0 => Order::StopSeries { series: series(dice), evidence: "m-1".parse().expect("a reference") },
        _ => Order::HandOverAll { from: owner(dice), to: owner(dice) },
    }
}
