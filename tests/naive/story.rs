//! Random stories, made by looking at the naive desk only.

use owed::CommitmentId;
use uuid::Uuid;

use super::climb::{Climb, Stage};
use super::desk::Desk;
use super::draw::{allowance, warnings};
use super::facts::{Deed, Due, Promise, Who};
use super::life::{Life, State};
use super::week::{At, MINUTE, Unit};
use crate::dice::Dice;

/// When and how it begins: in hours and out of them.
pub(crate) fn opening(dice: &mut Dice<'_>) -> (At, Option<Deed>) {
    let at = MINUTE * dice.one_of(&[600, 0, 1019, 1021, 6400, 1315]) + dice.one_of(&[0, 1, 30_000_000]);
    (at, Some(Deed::Open { by_customer: !dice.chance(25), priority: dice.below(3) }))
}

/// What happens next and when; nothing, where the host only wakes.
pub(crate) fn next(dice: &mut Dice<'_>, desk: &Desk<'_>, number: usize) -> (At, Option<Deed>) {
    let at = instant(dice, desk);
    let deed = match dice.below(20) {
        0 | 1 => return (at, None),
        2 => Deed::Says(Who::Customer),
        3 | 4 => Deed::Says(dice.one_of(&[Who::Agent, Who::Customer])),
        5 => Deed::Says(dice.one_of(&[Who::Agent, Who::Note, Who::Machine, Who::Thanks])),
        6 | 7 | 15 => Deed::Status(dice.one_of(&["pending", "open", "on_hold", "new"])),
        8 => Deed::Priority(dice.below(3)),
        9 => dice.one_of(&[&Deed::Solve, &Deed::Close, &Deed::NoReplyNeeded]).clone(),
        10 => dice.one_of(&[&Deed::Reopen, &Deed::Close, &Deed::Solve]).clone(),
        11 => Deed::Promise(promise(dice, desk, at, number)),
        12..15 => about_one(dice, desk, at),
        _ => about_a_climb(dice, desk, at),
    };
    (at, Some(deed))
}

/// Now, soon, or about when something goes off: a microsecond before, at it and after, or the whole minutes around it.
fn instant(dice: &mut Dice<'_>, desk: &Desk<'_>) -> At {
    let points: Vec<At> = desk.waits().filter(|at| *at < desk.now + 20_000 * MINUTE).collect();
    let at = match dice.below(11) {
        0..4 => desk.now,
        10 => desk.now + MINUTE * (1 + dice.below(10) as At),
        4 | 5 => desk.now + 30 * MINUTE * (1 + dice.below(12) as At),
        which => {
            let point = if points.is_empty() { desk.now + 100 * MINUTE } else { dice.one_of(&points) };
            let first = points.iter().min().copied().filter(|_| which < 8).unwrap_or(point);
            match dice.below(4) {
                0 => first + 1,
                1 => first,
                2 => first - 1,
                _ => (first.div_euclid(MINUTE) + dice.below(2) as At) * MINUTE,
            }
        }
    };
    at.max(desk.now)
}

fn promise(dice: &mut Dice<'_>, desk: &Desk<'_>, at: At, number: usize) -> Promise {
    let id = CommitmentId(Uuid::from_u128(0xA_8000_8000_0000_0000_0000 | number as u128));
    let minutes = dice.one_of(&[120, 30, 480, 1500, 60]);
    let due = match dice.below(3) {
        0 => Due::At(at + MINUTE * minutes - dice.one_of(&[0, 1, 60 * MINUTE])),
        1 => Due::Within(Unit::Elapsed, MINUTE * minutes),
        _ => Due::Within(Unit::Working(0), MINUTE * minutes),
    };
    let broken: Vec<_> = desk.lives.iter().filter(|life| life.metric.is_none() && life.breach.is_some()).collect();
    let spoken: Vec<_> = broken.iter().filter(|life| life.id.0.get_version_num() != 5).collect();
    let repairs = (!spoken.is_empty() && dice.chance(65)).then(|| dice.one_of(&spoken));
    let same = repairs.map(|broken| broken.to_customer).filter(|_| !dice.chance(10));
    Promise {
        id,
        to_customer: same.unwrap_or(!dice.chance(25)),
        due,
        warn: warnings(dice, 0),
        allowance: dice.chance(60).then(|| allowance(dice)),
        owes: dice.chance(30).then_some(90 * MINUTE),
        repairs: repairs.map(|broken| broken.id),
    }
}

fn about_one(dice: &mut Dice<'_>, desk: &Desk<'_>, at: At) -> Deed {
    let all: Vec<&Life<'_>> = desk.lives.iter().collect();
    let open: Vec<&Life<'_>> = all.iter().copied().filter(|life| life.is_open()).collect();
    let spoken: Vec<&Life<'_>> = open.iter().copied().filter(|life| life.metric.is_none()).collect();
    let stands = |life: &&Life<'_>| matches!(life.state, State::Standing(..));
    let standing: Vec<&Life<'_>> = open.iter().copied().filter(stands).collect();
    let some = match dice.below(10) {
        0..4 if !standing.is_empty() => &standing,
        4..7 if !spoken.is_empty() => &spoken,
        9 => &all,
        _ if open.is_empty() => &all,
        _ => &open,
    };
    if some.is_empty() {
        return Deed::Says(Who::Agent);
    }
    let life = dice.one_of(some);
    let (id, reason) = (life.id, dice.one_of(&["strike", "storm"]));
    let until = || at + MINUTE * 45;
    let stands_for = life.reasons.first().copied().filter(|_| dice.chance(70)).unwrap_or(reason);
    match life.state {
        State::Running(_) if life.allowance.is_some() && dice.chance(50) => {
            Deed::Pause(id, reason, dice.one_of(&[None, None, Some(until()), Some(at)]))
        }
        State::Standing(..) => dice
            .one_of(&[
                &Deed::Resume(id, stands_for),
                &Deed::Resume(id, stands_for),
                &Deed::Pause(id, reason, None),
                &Deed::Pause(id, reason, Some(until())),
                &Deed::Fulfil(id),
                &Deed::Withdraw(id),
            ])
            .clone(),
        State::Broken => {
            let all = [Deed::Fulfil(id), Deed::Waive(id), Deed::WriteOff(id), Deed::Announce(id)];
            all[dice.below(all.len())].clone()
        }
        State::Running(_) | State::Over(..) => {
            let all = [
                Deed::Announce(id),
                Deed::Fulfil(id),
                Deed::Release(id),
                Deed::Withdraw(id),
                Deed::Waive(id),
                Deed::WriteOff(id),
            ];
            all[dice.below(all.len())].clone()
        }
    }
}

fn about_a_climb(dice: &mut Dice<'_>, desk: &Desk<'_>, at: At) -> Deed {
    let live: Vec<&Climb> = desk.climbs.iter().filter(|climb| climb.is_live()).collect();
    let all: Vec<&Climb> = desk.climbs.iter().collect();
    if all.is_empty() || dice.chance(10) {
        let about = (!desk.lives.is_empty() && dice.chance(60)).then(|| desk.lives[dice.below(desk.lives.len())].id);
        return Deed::Escalate(dice.below(2), about);
    }
    let some = if live.is_empty() || dice.chance(4) { &all } else { &live };
    let climb = dice.one_of(some);
    let (id, notice) = (climb.id, climb.notices.saturating_sub(u32::from(dice.chance(10))));
    let acted = matches!(climb.stage, Stage::Acknowledged(..));
    match dice.below(8) {
        0 if acted => Deed::Says(dice.one_of(&[Who::Agent, Who::Note])),
        1..=3 if acted => Deed::Progress(id),
        0 | 1 => Deed::Nobody(id, notice),
        2 | 3 => Deed::Acknowledge(id, dice.one_of(&["ada", "bob"])),
        4 => Deed::Snooze(id, at + MINUTE * dice.one_of(&[60, 300, 301, 0, 17])),
        5 => Deed::Lower(id, dice.one_of(&[Some(1), Some(2), None])),
        6 => Deed::Reached(id, notice),
        _ => Deed::Acknowledge(id, "ada"),
    }
}
