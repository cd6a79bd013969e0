//! What somebody has promised, and what is owed for a breach.

use owed::CommitmentId;
use owed::commitment::BreachCause;
use uuid::Uuid;

use super::book::Book;
use super::facts::{Deed, Due, Heard, Key, Promise};
use super::life::{Account, End, Life, News, State};
use super::week::{At, Unit};

pub(super) fn promise<'a>(book: &'a Book, key: Key, made: &Promise, heard: &[Heard<'_>], now: At) -> Life<'a> {
    let (unit, budget) = match made.due {
        Due::At(due) => (Unit::Elapsed, due - key.0),
        Due::Within(unit, much) => (unit, much),
    };
    let account = Account { unit, budget, start: key.0, carried: 0, stood: vec![] };
    let life = Life {
        to_customer: made.to_customer,
        before: made.repairs,
        repairs: made.repairs.is_some(),
        ladders: book.climbed.clone(),
        owes: made.owes,
        amends: false,
        warn: made.warn.clone(),
        allowance: made.allowance,
        ..Life::new(&book.weeks, made.id, key, account)
    };
    life.begins(vec![]).lives(heard, now, hears)
}

/// An explanation, since the breach.
pub(super) fn amends<'a>(book: &'a Book, broken: &Life<'_>, heard: &[Heard<'_>], now: At) -> Option<Life<'a>> {
    let within = broken.owes?;
    let (key, _) = broken.news.iter().find(|(_, news)| *news == News::Broken)?;
    let account = Account { unit: Unit::Elapsed, budget: within, start: key.0, carried: 0, stood: vec![] };
    let id = amends_of(broken.id);
    let new = Life::new(&book.weeks, id, *key, account);
    let life = Life { to_customer: broken.to_customer, ladders: book.climbed.clone(), ..new };
    Some(life.begins(vec![]).lives(heard, now, hears))
}

pub(super) fn amends_of(broken: CommitmentId) -> CommitmentId {
    CommitmentId(Uuid::new_v5(&broken.0, b"explanation"))
}

fn hears(life: &mut Life<'_>, fact: &Heard<'_>) {
    ordered(life, fact);
    // Another stands in for it.
    if let Deed::Promise(made) = fact.deed
        && made.repairs == Some(life.id)
        && life.is_open()
    {
        life.close(fact.key, End::Broken);
    }
}

/// What somebody has ordered about it.
pub(super) fn ordered(life: &mut Life<'_>, fact: &Heard<'_>) {
    let key = fact.key;
    match fact.deed {
        Deed::Fulfil(id) if *id == life.id => life.done(key),
        Deed::Release(id) if *id == life.id => life.close(key, End::Void),
        Deed::Withdraw(id) if *id == life.id => life.break_(key, life.due_now(key.0), BreachCause::Withdrawn),
        Deed::Waive(id) | Deed::WriteOff(id) if *id == life.id => life.close(key, End::Broken),
        Deed::Pause(id, reason, until) if *id == life.id => life.stand(reason, *until, key),
        Deed::Resume(id, reason) if *id == life.id => life.stand_no_more(reason, key),
        Deed::Announce(id) if *id == life.id => life.told = life.told.or(Some(key)),
        _ => {}
    }
}

/// Whether what is ordered about one is taken.
pub(super) fn takes(life: &Life<'_>, deed: &Deed, status: &str, now: At) -> bool {
    let pending = life.is_pending();
    match deed {
        Deed::Fulfil(_) | Deed::Announce(_) => life.is_open(),
        Deed::Release(_) | Deed::Withdraw(_) => pending,
        Deed::Waive(_) | Deed::WriteOff(_) => life.state == State::Broken,
        Deed::Pause(_, reason, until) => {
            let later = until.is_none_or(|until| until > now);
            later
                && match life.state {
                    State::Running(due) => due > now && life.may_stand_until(now).is_some(),
                    State::Standing(_, stands) => {
                        life.reasons.contains(reason) || until.is_none_or(|until| until >= stands)
                    }
                    State::Broken | State::Over(..) => false,
                }
        }
        // What its agreement wants is not a host's to end.
        Deed::Resume(_, reason) => life.reasons.contains(reason) && !life.wanted(status).contains(reason),
        _ => unreachable!("about one"),
    }
}
