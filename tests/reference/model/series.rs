//! A series: one round is always owed, until what it waits for has come.

use owed::calendar::{Amount, ElapsedTime, WorkingTime};
use owed::commitment::{Deliverable, Owner, Rounds, StartSeries, Verdict};
use owed::{CommitmentId, SeriesId, Timestamp};
use uuid::Uuid;

use super::rule::{Rule, hours, unit_of};
use super::{Debt, End, Heard, State, World};
use crate::week::{Unit, between};

const MINUTE: i64 = 60_000_000;

/// What a round knows of its series.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) series: SeriesId,
    pub(crate) number: u32,
    every: Amount,
    slots: bool,
    pub(super) horizon: Timestamp,
    lead: Owner,
    decide_within: Amount,
    pub(crate) past_horizon: bool,
    /// How many in a row were missed past the horizon: each doubles the time to the next.
    pub(crate) missed: u32,
}

/// The id that the number of a round gives, or the word for the decision.
pub(crate) fn of_series(series: SeriesId, name: &str) -> CommitmentId {
    CommitmentId(Uuid::new_v5(&series.0, name.as_bytes()))
}

impl World {
    pub(super) fn start_series(&mut self, start: &StartSeries, at: Timestamp, then: Timestamp) -> bool {
        let first = of_series(start.series, "1");
        let horizon = Rule::of(&start.horizon).due(then);
        let (_, every) = unit_of(hours(start.every));
        let nothing = every < MINUTE || hours(start.decide_within).as_micros() == 0;
        if self.debts.contains_key(&first) || nothing || horizon <= at {
            return false;
        }
        if between(Unit::Elapsed, then, horizon) / every > 10_000 {
            return false;
        }
        let round = Round {
            series: start.series,
            number: 1,
            every: hours(start.every),
            slots: start.mode == Rounds::Slots,
            horizon,
            lead: start.lead.clone(),
            decide_within: hours(start.decide_within),
            past_horizon: false,
            missed: 0,
        };
        let new = Debt::new(start.beneficiary.clone(), start.owner.clone(), Rule::Within(hours(start.every)), then);
        self.debts.insert(
            first,
            Debt { made: at, what: start.deliverable.clone(), warn: start.warn.clone(), round: Some(round), ..new },
        );
        self.set(first, at);
        true
    }

    /// What it waits for has come: what is not decided falls away.
    pub(super) fn stop_series(&mut self, series: SeriesId, at: Timestamp) -> bool {
        let decision = of_series(series, "decision");
        let of_it = |id: &CommitmentId, debt: &Debt| {
            *id == decision || debt.round.as_ref().is_some_and(|round| round.series == series)
        };
        let mut stopped = false;
        for (id, debt) in &mut self.debts {
            if of_it(id, debt) && debt.verdict() == Verdict::Pending {
                debt.close(at, End::Stopped);
                stopped = true;
            }
        }
        stopped
    }

    /// When what a series waits for had come.
    pub(super) fn stopped(&self, series: SeriesId) -> Option<Timestamp> {
        let of_it = |debt: &&Debt| debt.round.as_ref().is_some_and(|round| round.series == series);
        self.debts.values().filter(of_it).find_map(|debt| match debt.state {
            State::Over { at, end } if [Some(end), debt.was].contains(&Some(End::Stopped)) => Some(at),
            _ => None,
        })
    }

    /// The round that is owed besides this one.
    pub(super) fn another(&self, id: CommitmentId) -> Option<CommitmentId> {
        let series = |debt: &Debt| debt.round.as_ref().map(|round| round.series);
        let of = series(&self.debts[&id])?;
        let mut open = self.debts.iter().filter(|(other, debt)| **other != id && debt.is_open());
        open.find(|(_, debt)| series(debt) == Some(of)).map(|(id, _)| *id)
    }

    /// Somebody is to decide how it goes on, and it goes on meanwhile.
    pub(super) fn horizon(&mut self, id: CommitmentId, at: Timestamp) {
        self.heard.push(Heard::Horizon(at, id));
        let debt = self.debt(id);
        let to = debt.to.clone();
        let round = debt.round.as_mut().expect("a round");
        round.past_horizon = true;
        let decision = of_series(round.series, "decision");
        let new = Debt::new(to, round.lead.clone(), Rule::Within(round.decide_within), at);
        let new = Debt { what: Deliverable::Decision, ..new };
        if self.debts.contains_key(&decision) {
            return;
        }
        self.debts.insert(decision, new);
        self.set(decision, at);
    }

    /// The next one counts from the delivery, or from the end of the slot, before which nothing more is delivered.
    pub(super) fn next_round_delivered(&mut self, id: CommitmentId, done: Timestamp, at: Timestamp) {
        let Some(round) = self.debts[&id].round.clone() else { return };
        let end = self.debts[&id].due();
        let (since, opens_at) = if round.slots { (end, Some(end)) } else { (done, None) };
        self.next_round(id, Round { missed: 0, ..round }, since, opens_at, at);
    }

    /// The customer did without this one.
    pub(super) fn next_round_let_off(&mut self, id: CommitmentId, at: Timestamp) {
        let Some(round) = self.debts[&id].round.clone() else { return };
        let end = self.debts[&id].due();
        self.next_round(id, Round { missed: 0, ..round }, end, None, at);
    }

    /// The next one is due an interval later, and stands in for this one.
    pub(super) fn next_round_missed(&mut self, id: CommitmentId, at: Timestamp) {
        let Some(round) = self.debts[&id].round.clone() else { return };
        let missed = if round.past_horizon { round.missed + 1 } else { 0 };
        let end = self.debts[&id].due();
        if let Some(later) = self.another(id) {
            return self.superseded(id, later, at);
        }
        if let Some(next) = self.next_round(id, Round { missed, ..round }, end, None, at) {
            self.debt(next).repairs = Some(id);
            self.superseded(id, next, at);
        }
    }

    fn next_round(
        &mut self,
        id: CommitmentId,
        round: Round,
        since: Timestamp,
        opens_at: Option<Timestamp>,
        at: Timestamp,
    ) -> Option<CommitmentId> {
        if self.another(id).is_some() {
            return None;
        }
        let free = |number: &u32| !self.debts.contains_key(&of_series(round.series, &number.to_string()));
        let number = (round.number + 1..).find(free)?;
        let round = Round { number, ..round };
        let next = of_series(round.series, &number.to_string());
        let mut every = round.every;
        for _ in 0..round.missed {
            every = match every {
                Amount::Working(time) => Amount::Working(WorkingTime::from_micros(time.as_micros() * 2)),
                Amount::Elapsed(time) => Amount::Elapsed(ElapsedTime::from_micros(time.as_micros() * 2)),
            };
        }
        let old = &self.debts[&id];
        let mut new = Debt {
            rule: Rule::Within(every),
            opens_at,
            repairs: None,
            part_of: None,
            round: Some(round),
            ..old.as_new(at)
        };
        new.begin(since);
        self.debts.insert(next, new);
        self.set(next, at);
        Some(next)
    }
}
