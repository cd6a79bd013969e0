//! The weeks of a line, six bytes each.

use alloc::vec::Vec;

/// One week: how many seconds are open between the origin and it, and the number of its template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Week {
    pub(super) open_before: i64,
    pub(super) template: u16,
}

/// All weeks in order, and one more that stands for those that follow.
#[derive(Debug, Default)]
pub(super) struct Weeks {
    /// Seconds open since the block began, of which there are less than 2³².
    open: Vec<u32>,
    templates: Vec<u16>,
    /// Seconds open before each block.
    blocks: Vec<i64>,
}

/// The number of weeks in a block, as a power of two.
const BLOCK: u32 = 12;

impl Weeks {
    pub(super) fn with_capacity(weeks: usize) -> Self {
        let blocks = Vec::with_capacity((weeks >> BLOCK) + 1);
        Self { open: Vec::with_capacity(weeks), templates: Vec::with_capacity(weeks), blocks }
    }

    pub(super) const fn len(&self) -> usize {
        self.templates.len()
    }

    pub(super) fn push(&mut self, week: Week) {
        if self.len() >> BLOCK == self.blocks.len() {
            self.blocks.push(week.open_before);
        }
        let block = self.blocks.last().copied().unwrap_or(0);
        self.open.push(u32::try_from(week.open_before - block).unwrap_or(u32::MAX));
        self.templates.push(week.template);
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<Week> {
        let open_before = self.open_before(index)?;
        Some(Week { open_before, template: *self.templates.get(index)? })
    }

    #[inline]
    pub(super) fn open_before(&self, index: usize) -> Option<i64> {
        Some(*self.blocks.get(index >> BLOCK)? + i64::from(*self.open.get(index)?))
    }

    pub(super) fn last(&self) -> Option<Week> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The last week at or before which so little is counted, between two that are at or before, and behind it.
    pub(super) fn search(&self, mut low: usize, mut high: usize, is_behind: impl Fn(usize) -> bool) -> usize {
        while high - low > 1 {
            let middle = low.midpoint(high);
            if is_behind(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        low
    }

    pub(super) fn bytes(&self) -> usize {
        self.open.capacity() * size_of::<u32>()
            + self.templates.capacity() * size_of::<u16>()
            + self.blocks.capacity() * size_of::<i64>()
    }
}
