//! The weeks of a line, six bytes each.

use alloc::vec::Vec;

/// One week: how many seconds are open between the origin and it, and the number of its template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Week {
    pub(super) open_before: i64,
    pub(super) template: u16,
}

/// All weeks in order, and one more that stands for those that follow.
///
/// What is open before a week is nearly in proportion to its number. Only what it is more than that is kept.
#[derive(Debug, Default)]
pub(super) struct Weeks {
    packed: Vec<Packed>,
    /// Seconds for each week before a week.
    slope: i64,
    /// Seconds for all of them, so that what is kept is never negative.
    base: i64,
}

/// 32 bits in two halves: whole ones would make it eight bytes for each week.
#[derive(Clone, Copy, Debug)]
struct Packed {
    low: u16,
    high: u16,
    template: u16,
}

impl Packed {
    fn new(more: i64, template: u16) -> Self {
        // A line has some twenty thousand weeks at most, and leaves the straight one by a quarter of their seconds at most.
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let half = |bits: u32| u16::try_from(bits).unwrap_or(u16::MAX);
        Self { low: half(more & 0xffff), high: half(more >> 16), template }
    }

    #[inline]
    fn more(self) -> i64 {
        i64::from(u32::from(self.low) | u32::from(self.high) << 16)
    }
}

impl Weeks {
    /// The weeks of these runs of a template each, with how much of each is open; then the one that stands for the rest.
    pub(super) fn new(runs: &[(u16, usize)], after: u16, open: impl Fn(u16) -> i64) -> Self {
        let weeks = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let count = runs.iter().map(|(_, count)| count).sum::<usize>();
        let all = runs.iter().map(|(template, count)| open(*template) * weeks(*count)).sum::<i64>();
        let slope = all / weeks(count).max(1);
        let (mut more, mut base) = (0, 0);
        for (template, count) in runs {
            more += (open(*template) - slope) * weeks(*count);
            base = more.min(base);
        }
        let mut packed = Vec::with_capacity(count + 1);
        more = -base;
        for (template, count) in runs {
            let step = open(*template) - slope;
            for _ in 0..*count {
                packed.push(Packed::new(more, *template));
                more += step;
            }
        }
        packed.push(Packed::new(more, after));
        Self { packed, slope, base }
    }

    pub(super) const fn len(&self) -> usize {
        self.packed.len()
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<Week> {
        let packed = self.packed.get(index)?;
        Some(Week { open_before: self.line(index) + packed.more(), template: packed.template })
    }

    #[inline]
    pub(super) fn open_before(&self, index: usize) -> Option<i64> {
        Some(self.get(index)?.open_before)
    }

    #[inline]
    fn line(&self, index: usize) -> i64 {
        self.base + self.slope * i64::try_from(index).unwrap_or(0)
    }

    pub(super) fn last(&self) -> Option<Week> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The first week from one on behind which more than so many seconds are open; `None` if it is none of these.
    #[inline]
    pub(super) fn step(&self, mut index: usize, second: i64) -> Option<(usize, Week)> {
        let mut line = self.line(index);
        loop {
            let behind = line + self.slope;
            if second < behind + self.packed.get(index + 1)?.more() {
                let week = self.packed.get(index)?;
                return Some((index, Week { open_before: line + week.more(), template: week.template }));
            }
            line = behind;
            index += 1;
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.packed.capacity() * size_of::<Packed>()
    }
}

/// The last number from `low` to before `high` for which it is not so, if it is not for `low`, and is for `high`.
pub(super) fn search(mut low: usize, mut high: usize, is_so: impl Fn(usize) -> bool) -> usize {
    while high - low > 1 {
        let middle = low.midpoint(high);
        if is_so(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}
