//! Time that has been counted, and where such a count is reached.
//!
//! Let *open(x)* be how much open time lies before x. It never falls, and it has no jumps. So has *x − open(x)*, the
//! time that was closed. Every question to a calendar is a count at an instant, or the way back: the first or the last
//! instant at which the count stands at a figure.
//!
//! | sought | count of | which |
//! |---|---|---|
//! | where a budget is used up (on a closing) | open time | the first |
//! | the latest start from which a budget fits (on an opening) | open time | the last |
//! | the next opening | open time | the last |
//! | the next closing | closed time | the last |
//!
//! The same two questions go down from the zone's stretches to the civil days, the week and the day's hours; each has
//! them answered by the one below.

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Open,
    Closed,
}

impl Count {
    /// The count at `x`, before which so much was open. That of closed time begins anywhere: only differences matter.
    pub(super) fn at(self, x: i64, open: i64) -> i64 {
        match self {
            Self::Open => open,
            Self::Closed => x - open,
        }
    }
}

/// Which of the instants at which a count stands at a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    First,
    Last,
}

impl Which {
    /// Whether the instant sought, where the count stands at `figure`, lies behind one where it stands at `count`, or
    /// is that very one and the last such.
    pub(super) fn lies_behind(self, count: i64, figure: i64) -> bool {
        match self {
            Self::First => count < figure,
            Self::Last => count <= figure,
        }
    }

    /// The last of `items` behind whose beginning the instant lies, if any does.
    pub(super) fn last_behind<T>(self, items: &[T], figure: i64, count: impl Fn(&T) -> i64) -> Option<&T> {
        let behind = items.partition_point(|item| self.lies_behind(count(item), figure));
        items.get(behind.checked_sub(1)?)
    }
}
