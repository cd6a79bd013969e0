//! Seven days that repeat for ever.

use alloc::sync::Arc;

use super::count::{Count, Which};
use super::hours::{DAY, Hours};

const WEEK: i64 = 7 * DAY;

/// The hours of a week, Monday first, repeated without end in both directions.
///
/// Wall-clock times `x` are microseconds since the midnight before some Monday.
#[derive(Clone, Debug)]
pub(super) struct Week {
    days: [Day; 7],
    /// How much is open in the whole week.
    open: i64,
}

#[derive(Clone, Debug)]
struct Day {
    hours: Arc<Hours>,
    /// Its midnight, within the week.
    start: i64,
    /// How much of the week is open before it.
    open_before: i64,
}

impl Week {
    pub(super) fn new(hours: [Arc<Hours>; 7]) -> Self {
        let (mut start, mut open) = (0, 0);
        let days = hours.map(|hours| {
            let open_today = hours.open_before(DAY);
            let day = Day { hours, start, open_before: open };
            start += DAY;
            open += open_today;
            day
        });
        Self { days, open }
    }

    pub(super) fn is_open(&self, x: i64) -> bool {
        self.day_at(x).is_some_and(|day| day.hours.is_open(x.rem_euclid(DAY)))
    }

    /// How much is open between that Monday and `x`; negative before it.
    pub(super) fn open_before(&self, x: i64) -> i64 {
        let in_week = |day: &Day| day.open_before + day.hours.open_before(x.rem_euclid(DAY));
        x.div_euclid(WEEK) * self.open + self.day_at(x).map_or(0, in_week)
    }

    /// Where the count stands at `figure`; `None` if it never moves.
    pub(super) fn find(&self, count: Count, which: Which, figure: i64) -> Option<i64> {
        let per_week = count.at(WEEK, self.open);
        if per_week <= 0 {
            return None;
        }
        // What has been counted exactly when a week ends is first reached in that week, and last in a later one.
        let weeks = match which {
            Which::First => (figure - 1).div_euclid(per_week),
            Which::Last => figure.div_euclid(per_week),
        };
        let rest = figure - weeks * per_week;
        let before = |day: &Day| count.at(day.start, day.open_before);
        let day = which.last_behind(&self.days, rest, before)?;
        Some(weeks * WEEK + day.start + day.hours.find(count, which, rest - before(day)))
    }

    fn day_at(&self, x: i64) -> Option<&Day> {
        let index = x.rem_euclid(WEEK) / DAY;
        self.days.get(usize::try_from(index).ok()?)
    }
}
