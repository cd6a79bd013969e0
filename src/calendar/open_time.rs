//! The open time of a calendar as one rising line over all instants.

use alloc::vec::Vec;

use super::civil::Civil;
use super::count::{Count, Which};
use super::{Spec, zone};
use crate::Timestamp;

/// How much open time lies before each instant of the years 1 to 9999, and the way back.
///
/// An instant is open if its wall clock shows a time that is. So the line is put together from stretches of constant
/// offset, each showing a part of the civil line: a skipped hour is in none of them, a repeated one is in two. Nobody has
/// to ask which instant a local time is.
#[derive(Clone, Debug)]
pub(super) struct OpenTime {
    civil: Civil,
    stretches: Vec<Stretch>,
    /// How much is open before the end of time.
    total: i64,
}

/// From an instant on, one offset, up to the next stretch. All in microseconds.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: i64,
    offset: i64,
    /// How much is open before it.
    open_before: i64,
}

impl OpenTime {
    pub(super) fn new(spec: &Spec) -> Self {
        let mut line = Self { civil: Civil::new(spec), stretches: Vec::new(), total: 0 };
        for zone::Offsets { start, offset } in zone::offsets(spec.time_zone) {
            let start = start.saturating_mul(1_000_000).max(Timestamp::MIN.as_micros());
            let stretch =
                Stretch { start, offset: i64::from(offset) * 1_000_000, open_before: line.open_before(start) };
            line.stretches.push(stretch);
        }
        line.total = line.open_before(Timestamp::MAX.as_micros());
        line
    }

    /// Whether it is open at all.
    pub(super) fn ever_opens(&self) -> bool {
        self.total > 0
    }

    pub(super) fn is_open(&self, x: i64) -> bool {
        self.stretch_at(x).is_some_and(|stretch| self.civil.is_open(x + stretch.offset))
    }

    /// How much is open before an instant.
    pub(super) fn open_before(&self, x: i64) -> i64 {
        self.stretch_at(x).map_or(0, |stretch| {
            let on_the_wall = |x: i64| self.civil.open_before(x + stretch.offset);
            stretch.open_before + on_the_wall(x) - on_the_wall(stretch.start)
        })
    }

    /// The first or last instant at which the count stands where it stands at `x`.
    ///
    /// `None` if that is beyond the years 1 to 9999.
    pub(super) fn find_same(&self, count: Count, which: Which, x: i64) -> Option<i64> {
        self.find(count, which, count.at(x, self.open_before(x)))
    }

    /// The first or last instant at which the count stands at `figure`; `None` if there is none in the years 1 to 9999.
    pub(super) fn find(&self, count: Count, which: Which, figure: i64) -> Option<i64> {
        let (first, last) = (Timestamp::MIN.as_micros(), Timestamp::MAX.as_micros());
        if !(count.at(first, 0)..=count.at(last, self.total)).contains(&figure) {
            return None;
        }
        let before = |stretch: &Stretch| count.at(stretch.start, stretch.open_before);
        let stretch = which.last_behind(&self.stretches, figure, before)?;
        let wall = stretch.start + stretch.offset;
        let on_the_wall = figure - before(stretch) + count.at(wall, self.civil.open_before(wall));
        let found = self.civil.find(count, which, on_the_wall)? - stretch.offset;
        (first..=last).contains(&found).then_some(found)
    }

    fn stretch_at(&self, x: i64) -> Option<&Stretch> {
        Which::Last.last_behind(&self.stretches, x, |stretch| stretch.start)
    }
}
