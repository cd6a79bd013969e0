//! The way back: from a count to an instant.

use super::weeks::{Week, search};
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
        let figure = self.count_at(count, x);
        match count {
            Count::Open => self.find_open(which, figure),
            Count::Closed => self.find_slowly(count, which, figure),
        }
    }

    /// The first or last instant at which `figure` microseconds of open time have gone by; `None` if there is none.
    ///
    /// So budgets are counted. What is rare is left to [`find_slowly`](Self::find_slowly), so that this is short.
    #[allow(clippy::inline_always, reason = "a call would cost a tenth of it")]
    #[inline(always)]
    pub(in crate::calendar) fn find_open(&self, which: Which, figure: i64) -> Option<i64> {
        let Ok(inside) = u64::try_from(inside(which, figure)?) else {
            return self.find_slowly(Count::Open, which, figure);
        };
        let second = (inside / SECOND.cast_unsigned()).cast_signed();
        let Some((index, week)) = self.week_with(second) else {
            return self.find_slowly(Count::Open, which, figure);
        };
        let within = small((second - week.open_before).cast_unsigned());
        let (mark, _) = self.templates.at_open(week.template, within)?;
        let start = (index as u64).cast_signed() * WEEK;
        let found = start + i64::from(mark.start + (within - mark.open_before));
        Some(self.origin + (found - second) * SECOND + figure)
    }

    /// The week in which so many open seconds are followed by one more, if it is one of those that are kept.
    #[inline]
    fn week_with(&self, second: i64) -> Option<(usize, Week)> {
        let jump = usize::try_from(second >> self.jump_shift).ok()?;
        let near = usize::from(*self.jumps.get(jump)?);
        // Weeks differ in how much is open. Where they are alike, this takes a step or two.
        self.weeks.step(near, second)
    }

    /// The same for either count, anywhere but in the weeks that have an index.
    #[cold]
    fn find_slowly(&self, count: Count, which: Which, figure: i64) -> Option<i64> {
        let second = inside(which, figure)?.div_euclid(SECOND);
        let found = match count {
            Count::Open => None,
            Count::Closed => self.closed_week_with(second),
        };
        let found = found.or_else(|| self.week_outside(count, second))?;
        let within = u32::try_from(second - found.counted).ok()?;
        let within = match count {
            Count::Open => {
                let (mark, _) = self.templates.at_open(found.template, within)?;
                mark.start + (within - mark.open_before)
            }
            Count::Closed => {
                let (mark, next) = self.templates.at_closed(found.template, within)?;
                let closing = mark.start + (next.open_before - mark.open_before);
                closing + (within - (mark.start - mark.open_before))
            }
        };
        Some(self.origin + (found.start + i64::from(within) - second) * SECOND + figure)
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

/// All edges lie on whole seconds. The last instant at which a count stands at a figure lies in the counted second that
/// holds this microsecond; the first in that which holds the microsecond before it.
#[inline]
const fn inside(which: Which, figure: i64) -> Option<i64> {
    match which {
        Which::First => figure.checked_sub(1),
        Which::Last => Some(figure),
    }
}

/// More seconds than there are from any origin to either end of time, and few enough to count in microseconds.
const BOUNDS: i64 = 1 << 40;
