//! What one week looks like: its open stretches, found by time or by how much of them has gone by.

use alloc::vec::Vec;

use super::{SECOND, WEEK};

/// An open stretch of a week in seconds since it began, half-open.
pub(in crate::calendar) type Stretch = (u32, u32);

/// An open stretch begins here, with so much open before it. It lasts until as much is open as before the next mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: u32,
    pub(super) open_before: u32,
}

/// Where the marks of a template lie, and how to find the right one at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    /// Its first mark. The one after its last stands for the end of the week.
    marks: u32,
    /// Its first bucket. Those by time come first, then those by open time.
    buckets: u32,
    by_open: u32,
    open: u32,
    len: u16,
    time_shift: u8,
    open_shift: u8,
}

impl Template {
    /// Seconds that are open in the week.
    pub(super) const fn open(&self) -> i64 {
        self.open as i64
    }
}

/// All templates of a line, in three lists.
#[derive(Debug, Default)]
pub(super) struct Templates {
    list: Vec<Template>,
    marks: Vec<Mark>,
    buckets: Vec<u16>,
}

impl Templates {
    pub(super) fn get(&self, number: u16) -> Option<&Template> {
        self.list.get(usize::from(number))
    }

    /// Adds a week with these open stretches: in order, not touching, not empty.
    ///
    /// `None` if there are more than can be numbered.
    pub(super) fn add(&mut self, stretches: &[Stretch]) -> Option<u16> {
        let number = u16::try_from(self.list.len()).ok()?;
        let marks = u32::try_from(self.marks.len()).ok()?;
        let mut open = 0;
        // The mark sought must exist for every second, so one stands at the beginning in any case.
        if stretches.first().is_none_or(|(start, _)| *start > 0) {
            self.marks.push(Mark { start: 0, open_before: 0 });
        }
        for (start, end) in stretches {
            self.marks.push(Mark { start: *start, open_before: open });
            open += end - start;
        }
        let len = u16::try_from(self.marks.len() - marks as usize).ok()?;
        let end = u32::try_from(WEEK).ok()?;
        self.marks.push(Mark { start: end, open_before: open });
        // About two buckets a mark: then a mark or two are looked at, wherever it lies.
        let shift_for = |range: u32| {
            let wanted = (2 * u32::from(len)).max(8);
            u8::try_from((range / wanted).checked_ilog2().unwrap_or(0)).unwrap_or(0)
        };
        let (time_shift, open_shift) = (shift_for(end), shift_for(open));
        let buckets = u32::try_from(self.buckets.len()).ok()?;
        self.index(marks, end, time_shift, |mark| mark.start);
        let by_open = u32::try_from(self.buckets.len()).ok()?;
        self.index(marks, open, open_shift, |mark| mark.open_before);
        self.list.push(Template { marks, buckets, by_open, open, len, time_shift, open_shift });
        Some(number)
    }

    /// Notes for each 2^`shift` of a figure the last mark at or before it.
    fn index(&mut self, marks: u32, range: u32, shift: u8, figure: fn(&Mark) -> u32) {
        let marks = self.marks.get(marks as usize..).unwrap_or_default();
        let mut at = 0_u16;
        for bucket in 0..=(range >> shift) {
            while marks.get(usize::from(at) + 1).is_some_and(|mark| figure(mark) <= bucket << shift) {
                at += 1;
            }
            self.buckets.push(at);
        }
    }

    fn marks_of(&self, template: &Template) -> &[Mark] {
        let first = template.marks as usize;
        self.marks.get(first..=first + usize::from(template.len)).unwrap_or_default()
    }

    /// The last mark at or before a second of the week, and the one after it.
    #[inline]
    fn at(&self, template: &Template, second: u32) -> Option<(Mark, Mark)> {
        let bucket = template.buckets + (second >> template.time_shift);
        self.step(template, bucket, |next| next.start <= second)
    }

    /// The mark in whose stretch so many open seconds are followed by one more, and the one after it.
    #[inline]
    pub(super) fn at_open(&self, template: &Template, open: u32) -> Option<(Mark, Mark)> {
        let bucket = template.by_open + (open >> template.open_shift);
        self.step(template, bucket, |next| next.open_before <= open)
    }

    #[inline]
    fn step(&self, template: &Template, bucket: u32, is_behind: impl Fn(&Mark) -> bool) -> Option<(Mark, Mark)> {
        let first = template.marks as usize + usize::from(*self.buckets.get(bucket as usize)?);
        let mut marks = self.marks.get(first..)?.iter();
        let mut mark = marks.next()?;
        for next in marks {
            if !is_behind(next) {
                return Some((*mark, *next));
            }
            mark = next;
        }
        None
    }

    /// Whether it is open so many microseconds after the week began.
    #[inline]
    pub(super) fn is_open(&self, template: &Template, within: u64) -> bool {
        let second = (within / SECOND.cast_unsigned()) as u32;
        self.at(template, second).is_some_and(|(mark, next)| second - mark.start < next.open_before - mark.open_before)
    }

    /// How many microseconds of the week are open before it is so old.
    #[inline]
    pub(super) fn open_before(&self, template: &Template, within: u64) -> i64 {
        let second = (within / SECOND.cast_unsigned()) as u32;
        self.at(template, second).map_or(0, |(mark, next)| {
            let since = within.cast_signed() - i64::from(mark.start) * SECOND;
            let lasts = i64::from(next.open_before - mark.open_before) * SECOND;
            i64::from(mark.open_before) * SECOND + since.min(lasts)
        })
    }

    /// The mark behind whose stretch so many closed seconds are followed by one more, and the one after it.
    pub(super) fn at_closed(&self, template: &Template, closed: u32) -> Option<(Mark, Mark)> {
        let marks = self.marks_of(template);
        let behind = marks.partition_point(|mark| mark.start - mark.open_before <= closed);
        Some((*marks.get(behind.checked_sub(1)?)?, *marks.get(behind)?))
    }

    /// The open stretches of a week again.
    pub(super) fn stretches(&self, number: u16) -> Vec<Stretch> {
        let marks = self.get(number).map(|template| self.marks_of(template)).unwrap_or_default();
        let pairs = marks.iter().zip(marks.iter().skip(1));
        let stretches = pairs.map(|(mark, next)| (mark.start, mark.start + next.open_before - mark.open_before));
        stretches.filter(|(start, end)| start < end).collect()
    }

    /// Gives back what was reserved and not used.
    pub(super) fn shrink(&mut self) {
        self.list.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.buckets.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Template>()
            + self.marks.capacity() * size_of::<Mark>()
            + self.buckets.capacity() * size_of::<u16>()
    }
}
