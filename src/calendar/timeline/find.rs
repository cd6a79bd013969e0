//! The way back: from a count to an instant.

use super::weeks::search;
use super::{Count, SECOND, Timeline, WEEK, Which, small};

/// A week in which the count stands at the figure sought.
struct Found {
    template: u16,
    /// Its first second, counted from the origin.
    start: i64,
    /// Seconds counted between the origin and it.
    counted: i64,
}

impl Timeline {
    /// The first or last instant at which the count stands where it stands at `x`; `None` if it never moves there.
    pub(in crate::calendar) fn find_same(&self, count: Count, which: Which, x: i64) -> Option<i64> {
        self.find(count, which, self.count_at(count, x))
    }

    /// The first or last instant at which the count stands at `figure` microseconds; `None` if there is none.
    #[inline]
    pub(in crate::calendar) fn find(&self, count: Count, which: Which, figure: i64) -> Option<i64> {
        // All edges lie on whole seconds. The last instant lies in the stretch whose second number `second` is this
        // one, counted from 0; the first in that where the microsecond before it is.
        let inside = match which {
            Which::First => figure.checked_sub(1)?,
            Which::Last => figure,
        };
        // Unsigned, this takes half as many steps; and before the origin it is another matter anyway.
        let second = match u64::try_from(inside) {
            Ok(inside) => (inside / SECOND.cast_unsigned()).cast_signed(),
            Err(_) => inside.div_euclid(SECOND),
        };
        let found = match count {
            Count::Open => self.find_open(second)?,
            Count::Closed => self.find_closed(second)?,
        };
        Some(self.origin + (found - second) * SECOND + figure)
    }

    /// The open second before which there are so many others, counted from the origin.
    #[inline]
    fn find_open(&self, second: i64) -> Option<i64> {
        let found = self.week_with(second).or_else(|| self.week_outside(Count::Open, second))?;
        let within = small((second - found.counted).cast_unsigned());
        let (mark, _) = self.templates.at_open(found.template, within)?;
        Some(found.start + i64::from(mark.start + (within - mark.open_before)))
    }

    /// The week in which it lies, if it is one of those that are kept.
    #[inline]
    fn week_with(&self, second: i64) -> Option<Found> {
        let jump = usize::try_from(second >> self.jump_shift).ok()?;
        let near = usize::from(*self.jumps.get(jump)?);
        // Weeks differ in how much is open. Where they are alike, this takes a step or two.
        let (index, week) = self.weeks.step(near, second)?;
        let start = (index as u64).cast_signed() * WEEK;
        Some(Found { template: week.template, start, counted: week.open_before })
    }

    /// The closed second before which there are so many others, counted from the origin.
    fn find_closed(&self, second: i64) -> Option<i64> {
        let found = self.closed_week_with(second).or_else(|| self.week_outside(Count::Closed, second))?;
        let within = u32::try_from(second - found.counted).ok()?;
        let (mark, next) = self.templates.at_closed(found.template, within)?;
        let closing = mark.start + (next.open_before - mark.open_before);
        Some(found.start + i64::from(closing + within - (mark.start - mark.open_before)))
    }

    /// The week in which it lies. There is no index for these: whoever asks for them has not far to go.
    fn closed_week_with(&self, second: i64) -> Option<Found> {
        let closed_before = |index: usize| Some(i64::try_from(index).ok()? * WEEK - self.weeks.open_before(index)?);
        let last = self.weeks.len().checked_sub(1)?;
        (0 <= second && second < closed_before(last)?).then_some(())?;
        let index = search(0, last, |index| closed_before(index).is_none_or(|closed| second < closed));
        let template = self.weeks.get(index)?.template;
        let start = i64::try_from(index).ok()? * WEEK;
        Some(Found { template, start, counted: closed_before(index)? })
    }

    /// The same among the weeks before the first and after the last, where one template repeats.
    #[cold]
    fn week_outside(&self, count: Count, second: i64) -> Option<Found> {
        let (template, counted, start) = if second < 0 {
            (self.before, 0, 0)
        } else {
            let rest = self.weeks.last()?;
            let length = self.length.cast_signed() / SECOND;
            let counted = match count {
                Count::Open => rest.open_before,
                Count::Closed => length - rest.open_before,
            };
            (rest.template, counted, length)
        };
        let per_week = match count {
            Count::Open => self.templates.open(template),
            Count::Closed => WEEK - self.templates.open(template),
        };
        let weeks = (second - counted).checked_div_euclid(per_week)?;
        // A figure that is reached only after the ends of time may lie beyond what an instant can hold.
        let start = weeks.checked_mul(WEEK)?.checked_add(start)?;
        (-BOUNDS..BOUNDS).contains(&start).then_some(Found { template, start, counted: counted + weeks * per_week })
    }
}

/// More seconds than there are from any origin to either end of time, and few enough to count in microseconds.
const BOUNDS: i64 = 1 << 40;
