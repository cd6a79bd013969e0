//! What is promised in the worlds. All time is elapsed time, in hours and halves of hours, so that no instant differs from another.

use owed::Order;
use owed::calendar::{ElapsedTime, Term};
use owed::commitment::{
    Allowance, BreachOwes, Condition, Deliverable, DueRule, Order as About, Party, Promise, Rounds, StartSeries,
};

use super::moves::{HOUR, SERIES, Scene, customer, message, name, owner};

pub const fn hours(half: u64) -> Term {
    Term::Elapsed(ElapsedTime::from_micros(half * HOUR / 2))
}

/// Within two hours, warned of in the middle, and three hours may stand still in all, two at once.
fn promise(scene: &Scene<'_>) -> Promise {
    let standing =
        Allowance { total: ElapsedTime::from_micros(3 * HOUR), once: Some(ElapsedTime::from_micros(2 * HOUR)) };
    Promise::new(scene.next, Deliverable::Callback)
        .to(customer())
        .within(hours(4))
        .owned_by(owner("desk"))
        .warning("50 %".parse().unwrap())
        .pausable(standing)
        .said_in(message())
}

fn owes() -> Option<BreachOwes> {
    Some(BreachOwes { deliverable: Deliverable::Explanation, within: hours(2), depth: 1 })
}

fn logs() -> Option<Condition> {
    Some(Condition { what: name("logs"), limit: DueRule::Within(hours(2)) })
}

fn made(promise: Promise) -> Option<Order> {
    Some(About::Promise(Box::new(promise)).into())
}

pub fn plain(scene: &Scene<'_>) -> Option<Order> {
    made(Promise { breach_owes: owes(), ..promise(scene) })
}

pub fn on_condition(scene: &Scene<'_>) -> Option<Order> {
    made(Promise { condition: logs(), ..promise(scene) })
}

pub fn slot(scene: &Scene<'_>) -> Option<Order> {
    made(Promise { opens_at: Some(scene.now.plus_micros(HOUR)), warn: vec![], ..promise(scene) })
}

/// Somebody is to look within an hour, or within three: then it is past when nobody has.
pub fn suggested(scene: &Scene<'_>, on_condition: bool) -> Option<Order> {
    let condition = if on_condition { logs() } else { None };
    let hours = if on_condition { 1 } else { 3 };
    let promise = Box::new(Promise { condition, ..promise(scene) });
    Some(About::Suggest { review_by: scene.now.plus_micros(hours * HOUR), promise }.into())
}

pub fn repair(scene: &Scene<'_>) -> Option<Order> {
    made(Promise { repairs: Some(scene.of), warn: vec![], ..promise(scene) })
}

/// A part of it, which the desk is owed within an hour.
pub fn part(scene: &Scene<'_>) -> Option<Order> {
    let beneficiary = Party::Team(owner("desk").team);
    let due = DueRule::Within(hours(2));
    let promise = Box::new(Promise { beneficiary, due, warn: vec![], owner: owner("night"), ..promise(scene) });
    Some(About::Delegate { commitment: scene.of, promise }.into())
}

/// News every hour, with a horizon of two and a half.
pub fn series(mode: Rounds) -> Option<Order> {
    let series = StartSeries {
        series: SERIES,
        deliverable: Deliverable::Update,
        beneficiary: customer(),
        owner: owner("desk"),
        every: hours(2),
        mode,
        stop: name("fixed"),
        horizon: DueRule::Within(hours(5)),
        lead: owner("leads"),
        decide_within: hours(2),
        calendar: None,
        warn: vec![],
        message: None,
        role: None,
    };
    Some(About::StartSeries(Box::new(series)).into())
}
