//! What one week looks like: its open stretches, found by time or by how much of them has gone by.

use alloc::vec::Vec;

use super::{Stretch, WEEK, small};

/// An open stretch of a week begins here, with so much open before it. It lasts until as much is open as before the next
/// mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: u32,
    pub(super) open_before: u32,
}

/// Where the marks of a template lie.
#[derive(Clone, Copy, Debug)]
struct Template {
    /// Its first mark. The one after its last stands for the end of the week.
    marks: u32,
    /// Seconds that are open.
    open: u32,
    len: u16,
}

/// All templates of a line.
#[derive(Debug, Default)]
pub(super) struct Templates {
    list: Vec<Template>,
    marks: Vec<Mark>,
    by_time: Buckets,
    by_open: Buckets,
}

/// For each template and each 2^`shift` of a figure, the last mark at or before it.
#[derive(Debug, Default)]
struct Buckets {
    marks: Vec<u16>,
    shift: u32,
    per_template: usize,
}

impl Templates {
    /// Seconds of a template's week that are open.
    #[inline]
    pub(super) fn open(&self, number: u16) -> i64 {
        self.list.get(usize::from(number)).map_or(0, |template| i64::from(template.open))
    }

    /// Adds a week with these open stretches: in order, not touching, not empty.
    ///
    /// `None` if there are more than can be numbered.
    pub(super) fn add(&mut self, stretches: &[Stretch]) -> Option<u16> {
        let number = u16::try_from(self.list.len()).ok()?;
        let first = u32::try_from(self.marks.len()).ok()?;
        let mut open = 0;
        // The mark sought must exist for every second, so one stands at the beginning in any case.
        if stretches.first().is_none_or(|(start, _)| *start > 0) {
            self.marks.push(Mark { start: 0, open_before: 0 });
        }
        for (start, end) in stretches {
            self.marks.push(Mark { start: *start, open_before: open });
            open += end - start;
        }
        let len = u16::try_from(self.marks.len() - first as usize).ok()?;
        self.marks.push(Mark { start: END, open_before: open });
        self.list.push(Template { marks: first, open, len });
        Some(number)
    }

    /// When all have been added: notes which mark is near where.
    pub(super) fn index(&mut self) {
        self.list.shrink_to_fit();
        self.marks.shrink_to_fit();
        // About a bucket a mark: then a mark or two are looked at, wherever it lies. More of them, while that costs little.
        let few = if self.list.len() <= FEW { 4 } else { 1 };
        let wanted = (few * self.marks.len() / self.list.len().max(1)).clamp(8, 4_096);
        let most = self.list.iter().map(|template| template.open).max().unwrap_or(0);
        self.by_time = self.buckets(END, wanted, |mark| mark.start);
        self.by_open = self.buckets(most, wanted, |mark| mark.open_before);
    }

    fn buckets(&self, range: u32, wanted: usize, figure: fn(&Mark) -> u32) -> Buckets {
        let shift = (range / u32::try_from(wanted).unwrap_or(1)).checked_ilog2().map_or(0, |shift| shift + 1);
        let last = range >> shift;
        let per_template = last as usize + 1;
        let mut marks = Vec::with_capacity(per_template * self.list.len());
        for template in &self.list {
            let known = self.marks_of(template);
            let later = known.get(1..usize::from(template.len)).unwrap_or_default();
            let (mut at, mut bucket) = (0, 0);
            // A mark is the last one before a bucket until the next one comes.
            for mark in later {
                let reached = figure(mark).div_ceil(1 << shift);
                while bucket < reached {
                    marks.push(at);
                    bucket += 1;
                }
                at += 1;
            }
            while bucket <= last {
                marks.push(at);
                bucket += 1;
            }
        }
        Buckets { marks, shift, per_template }
    }

    fn marks_of(&self, template: &Template) -> &[Mark] {
        let first = template.marks as usize;
        self.marks.get(first..=first + usize::from(template.len)).unwrap_or_default()
    }

    /// The last mark at or before a second of the week, and the one after it.
    #[inline]
    pub(super) fn at(&self, number: u16, second: u32) -> Option<(Mark, Mark)> {
        self.near(number, &self.by_time, second, |next| next.start <= second)
    }

    /// The mark in whose stretch so many open seconds are followed by one more, and the one after it.
    #[inline]
    pub(super) fn at_open(&self, number: u16, open: u32) -> Option<(Mark, Mark)> {
        self.near(number, &self.by_open, open, |next| next.open_before <= open)
    }

    #[inline]
    fn near(&self, number: u16, near: &Buckets, figure: u32, behind: impl Fn(&Mark) -> bool) -> Option<(Mark, Mark)> {
        let bucket = usize::from(number) * near.per_template + (figure >> near.shift) as usize;
        let mut at = self.list.get(usize::from(number))?.marks as usize + usize::from(*near.marks.get(bucket)?);
        loop {
            let next = self.marks.get(at + 1)?;
            if !behind(next) {
                return Some((*self.marks.get(at)?, *next));
            }
            at += 1;
        }
    }

    /// The mark behind whose stretch so many closed seconds are followed by one more, and the one after it.
    pub(super) fn at_closed(&self, number: u16, closed: u32) -> Option<(Mark, Mark)> {
        let marks = self.marks_of(self.list.get(usize::from(number))?);
        let behind = marks.partition_point(|mark| mark.start - mark.open_before <= closed);
        Some((*marks.get(behind.checked_sub(1)?)?, *marks.get(behind)?))
    }

    /// The open stretches of a week again.
    pub(super) fn stretches(&self, number: u16) -> impl Iterator<Item = Stretch> {
        let template = self.list.get(usize::from(number));
        let marks = template.map(|template| self.marks_of(template)).unwrap_or_default();
        let pairs = marks.iter().zip(marks.iter().skip(1));
        let stretches = pairs.map(|(mark, next)| (mark.start, mark.start + next.open_before - mark.open_before));
        stretches.filter(|(start, end)| start < end)
    }

    pub(super) fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Template>()
            + self.marks.capacity() * size_of::<Mark>()
            + (self.by_time.marks.capacity() + self.by_open.marks.capacity()) * size_of::<u16>()
    }
}

/// So many templates are few.
const FEW: usize = 256;

/// The second at which a week is over.
const END: u32 = small(WEEK.cast_unsigned());
