//! Time as the naive desk counts it: one minute after the other, through a table of the week's open minutes.

use owed::Timestamp;

use crate::dice::Dice;

/// An instant, in microseconds since Monday, 2 March 2026, 00:00 UTC.
pub(crate) type At = i64;

pub(crate) const MINUTE: At = 60_000_000;
pub(crate) const DAY: At = 1440 * MINUTE;
const BEGINNING: i64 = 1_772_409_600_000_000;

pub(crate) fn stamp(at: At) -> Timestamp {
    Timestamp::from_micros(BEGINNING + at)
}

/// What is counted: all time, or the open minutes of one of the two weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Elapsed,
    Working(usize),
}

/// Two desks, and in which minutes of a week each is open.
#[derive(Clone, Debug)]
pub(crate) struct Weeks([Vec<bool>; 2], [Vec<Hours>; 2]);

/// A day of the week, and from when until when, in minutes; over midnight if that comes before.
type Hours = (usize, usize, usize);

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weeks {
    pub(crate) fn drawn(dice: &mut Dice<'_>) -> Self {
        let hours = [(); 2].map(|()| hours(dice));
        let table = |hours: &Vec<Hours>| {
            let mut open = vec![false; 7 * 1440];
            for (day, from, until) in hours {
                let until = if until > from { *until } else { until + 1440 };
                (*from..until).for_each(|minute| open[(day * 1440 + minute) % (7 * 1440)] = true);
            }
            open
        };
        Self([table(&hours[0]), table(&hours[1])], hours)
    }

    /// One of them, as a rulebook has it.
    pub(crate) fn json(&self, which: usize) -> serde_json::Value {
        let mut weekly = serde_json::Map::new();
        for (day, from, until) in &self.1[which] {
            let [from, until] = [from, until].map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60));
            let list = weekly.entry(DAYS[*day]).or_insert_with(|| serde_json::json!([]));
            list.as_array_mut().expect("a list").push(format!("{from}-{until}").into());
        }
        serde_json::json!({ "time_zone": "UTC", "weekly": weekly })
    }

    fn counts(&self, unit: Unit, here: At) -> bool {
        match unit {
            Unit::Elapsed => true,
            Unit::Working(which) => self.0[which][here.div_euclid(MINUTE).rem_euclid(7 * 1440) as usize],
        }
    }

    /// How much has run between two instants, but for the time that it stood.
    pub(crate) fn ran(&self, unit: Unit, from: At, until: At, stood: &[(At, At)]) -> At {
        let (mut here, mut ran) = (from, 0);
        while here < until {
            let next = next_edge(here, stood).min(until);
            if self.counts(unit, here) && !stands(here, stood) {
                ran += next - here;
            }
            here = next;
        }
        ran
    }

    /// The first instant by which so much has run.
    pub(crate) fn end(&self, unit: Unit, from: At, much: At, stood: &[(At, At)]) -> At {
        let (mut here, mut left, mut last) = (from, much, from);
        while left > 0 {
            let next = next_edge(here, stood);
            if self.counts(unit, here) && !stands(here, stood) {
                last = here + left.min(next - here);
                left -= last - here;
            }
            here = next;
        }
        last
    }

    /// The last instant from which so much still lies before another.
    pub(crate) fn back(&self, unit: Unit, until: At, much: At) -> At {
        let (mut here, mut left) = (until, much);
        while left > 0 {
            let before = (here - 1).div_euclid(MINUTE) * MINUTE;
            let step = if self.counts(unit, before) { left.min(here - before) } else { 0 };
            left -= step;
            here = if left == 0 { here - step } else { before };
        }
        here
    }
}

fn stands(here: At, stood: &[(At, At)]) -> bool {
    stood.iter().any(|(from, until)| *from <= here && here < *until)
}

/// The next whole minute, or the next instant at which it begins or ceases to stand.
fn next_edge(here: At, stood: &[(At, At)]) -> At {
    // Asked for each minute of weeks, where nothing is optimised: a plain loop.
    let mut next = (here.div_euclid(MINUTE) + 1) * MINUTE;
    for &(from, until) in stood {
        if from > here {
            next = next.min(from);
        }
        if until > here {
            next = next.min(until);
        }
    }
    next
}

fn hours(dice: &mut Dice<'_>) -> Vec<Hours> {
    let day: &[(usize, usize)] = dice.one_of(&[
        &[(540, 1020)],
        &[(540, 750), (810, 1080)],
        &[(0, 600), (601, 602)],
        &[(1320, 360)],
        &[(480, 1201)],
    ]);
    let open: &[usize] = dice.one_of(&[&[0, 1, 2, 3, 4], &[0, 2, 3, 4, 5], &[0, 1, 2, 3, 4, 5, 6], &[1, 4]]);
    open.iter().flat_map(|on| day.iter().map(|(from, until)| (*on, *from, *until))).collect()
}
