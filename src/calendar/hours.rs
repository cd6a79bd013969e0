//! What is open on one day, from midnight to midnight.

use alloc::vec::Vec;

use super::count::{Count, Which};

/// Microseconds of a civil day. All of its wall-clock times are there; which of them an instant shows is the zone's affair.
pub(super) const DAY: i64 = 86_400_000_000;

/// A stretch of a day in microseconds after midnight, half-open.
type Stretch = (i64, i64);

/// The open and the closed stretches of one civil day: in order, not touching, together the whole day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hours {
    open: Vec<Stretch>,
    closed: Vec<Stretch>,
}

impl Hours {
    /// Takes stretches that may overlap, touch and reach out of the day, and keeps what lies within it.
    pub(super) fn new(stretches: impl IntoIterator<Item = Stretch>) -> Self {
        let within = stretches.into_iter().map(|(start, end)| (start.max(0), end.min(DAY)));
        let mut sorted: Vec<Stretch> = within.filter(|(start, end)| start < end).collect();
        sorted.sort_unstable();
        let mut open: Vec<Stretch> = Vec::new();
        for (start, end) in sorted {
            match open.last_mut() {
                // Sorted by their starts, but a long one may hold a short one: its end must not be lost.
                Some((_, last)) if start <= *last => *last = end.max(*last),
                _ => open.push((start, end)),
            }
        }
        let starts = open.iter().map(|(start, _)| *start).chain([DAY]);
        let ends = [0].into_iter().chain(open.iter().map(|(_, end)| *end));
        let closed = ends.zip(starts).filter(|(start, end)| start < end).collect();
        Self { open, closed }
    }

    pub(super) fn is_open(&self, time: i64) -> bool {
        self.open.iter().any(|(start, end)| (*start..*end).contains(&time))
    }

    /// How much is open before a time of day.
    pub(super) fn open_before(&self, time: i64) -> i64 {
        let before = self.open.iter().take_while(|(start, _)| *start < time);
        before.map(|(start, end)| time.min(*end) - start).sum()
    }

    /// The time at which so much of the day has been counted.
    pub(super) fn find(&self, count: Count, which: Which, figure: i64) -> i64 {
        let stretches = match count {
            Count::Open => &self.open,
            Count::Closed => &self.closed,
        };
        let mut counted = 0;
        for (start, end) in stretches {
            let length = end - start;
            if !which.lies_behind(counted + length, figure) {
                return start + figure - counted;
            }
            counted += length;
        }
        DAY
    }
}
