//! What the chart says, in the slowest obvious way: everything that was ordered is told again from the beginning at each question.
//!
//! It shares ids, instants, amounts and orders with the crate, and no rule.

mod absence;
mod debt;
mod follow;
mod fulfil;
mod make;
mod owners;
mod pauses;
mod record;
mod rule;
mod series;
mod take;
mod terms;
mod time;
mod warnings;

use std::collections::BTreeMap;

use owed::commitment::{Actor, Owner, Warning};
use owed::{Command, CommitmentId, Timestamp};

use crate::week::{Unit, between};

pub(crate) use debt::{Breach, Debt, End, State};
pub(crate) use rule::derived;
pub(crate) use series::Round;

/// Something that the desk was told, and took.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    Command(Command),
    Woken(Timestamp),
}

/// Something that somebody is to hear of, and that changes no verdict.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Heard {
    /// A warning has gone off.
    Warned(Timestamp, CommitmentId, Warning, Timestamp),
    /// The second is broken, which the first had given on.
    AtRisk(Timestamp, CommitmentId, CommitmentId),
    /// The first was given on as the second; whether that is due too late.
    GivenOn(Timestamp, CommitmentId, CommitmentId, bool),
    HandedOver(Timestamp, CommitmentId, Owner),
    /// Its series has come to its horizon.
    Horizon(Timestamp, CommitmentId),
}

/// How far records may be put right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct House {
    pub(crate) window: i64,
    pub(crate) four_eyes: bool,
}

impl House {
    /// Whether somebody may put right what stands on record since then, and is another's doing if that is asked for.
    fn lets(self, debt: &Debt, since: Timestamp, at: Timestamp, by: &Actor) -> bool {
        between(Unit::Elapsed, since, at) <= self.window && (!self.four_eyes || debt.is_anothers(by))
    }
}

/// Everything that is owed or was.
#[derive(Clone, Debug)]
pub(crate) struct World {
    house: House,
    pub(crate) debts: BTreeMap<CommitmentId, Debt>,
    pub(crate) heard: Vec<Heard>,
    /// How often a timer has been set: of two for one instant the one that was set first goes off first.
    set: u64,
}

impl World {
    /// Tells everything again, until an instant.
    pub(crate) fn told(house: House, told: &[Told], now: Timestamp) -> Self {
        let mut world = Self { house, debts: BTreeMap::new(), heard: vec![], set: 0 };
        for fact in told {
            match fact {
                Told::Woken(at) => world.pass(*at),
                Told::Command(command) => {
                    world.pass(command.at);
                    assert!(world.take(command), "it was taken before: {command:?}");
                    world.pass(command.at);
                }
            }
        }
        world.pass(now);
        world
    }

    /// Whether a command would be taken, on what time has made of all this by then.
    pub(crate) fn takes(&self, command: &Command) -> bool {
        let mut then = self.clone();
        then.pass(command.at);
        then.take(command)
    }

    fn debt(&mut self, id: CommitmentId) -> &mut Debt {
        self.debts.get_mut(&id).expect("known")
    }
}
