//! The open time of a calendar as one rising line over all instants, kept so that no question depends on a span.
//!
//! Time is cut into whole weeks of UTC. A calendar has few different ones (a dozen in a century), so each week is only
//! the number of its *template*, and how much is open before it. Before the first week that differs from the usual, and
//! after the last, one template repeats for ever.
//!
//! Let *open(x)* be how much open time lies before x. It never falls and has no jumps; so has *x − open(x)*, the time
//! that was closed. Every question is one of these counts at an instant, or the way back: the first or the last instant
//! at which a count stands at a figure.
//!
//! | sought | count of | which |
//! |---|---|---|
//! | where a budget is used up (on a closing) | open time | the first |
//! | the latest start from which a budget fits (on an opening) | open time | the last |
//! | the next opening; the previous closing | open time | the last; the first |
//! | the next closing; the previous opening | closed time | the last; the first |
//!
//! ```text
//! x ──÷ week──▶ weeks[n] = (open before it, template) ──bucket──▶ mark: open from, open before ──▶ open(x)
//! figure ──shift──▶ jumps[·] = about n ──step──▶ weeks[n] ──bucket──▶ mark ──▶ x
//! ```

mod algebra;
mod find;
mod template;
mod weaver;
mod weeks;

use alloc::vec::Vec;

pub(super) use algebra::{combine, stretches};
use template::Templates;
pub(super) use weaver::{TooManyStretches, Weaver};
use weeks::Weeks;

/// Seconds since something began, from one on to before another.
pub(super) type Stretch = (u32, u32);

/// Seconds of a week.
pub(super) const WEEK: i64 = 604_800;
/// Microseconds of a second.
pub(super) const SECOND: i64 = 1_000_000;

/// Seconds from the first instant of 1970 back to the Monday from which weeks are numbered.
const MONDAY: i64 = -3 * 86_400;

/// The number of the week in which a second lies.
pub(super) const fn week_of(second: i64) -> i64 {
    (second - MONDAY).div_euclid(WEEK)
}

/// The first second of a week.
pub(super) const fn start_of(week: i64) -> i64 {
    week * WEEK + MONDAY
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Open,
    Closed,
}

/// Which of the instants at which a count stands at a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    First,
    Last,
}

/// How much open time lies before each instant, and the way back. Instants are microseconds since 1970.
#[derive(Debug)]
pub(super) struct Timeline {
    /// The number of the first week.
    first: i64,
    /// The first microsecond of the first week.
    origin: i64,
    /// Microseconds from there to the end of the last week.
    length: u64,
    weeks: Weeks,
    /// In or before which week so many multiples of 2^`jump_shift` open seconds are reached.
    jumps: Vec<u16>,
    jump_shift: u32,
    templates: Templates,
    /// The template of all weeks before the first. That of all after the last is that of the last entry in `weeks`.
    before: u16,
}

/// Where an instant lies.
#[derive(Clone, Copy)]
struct Place {
    template: u16,
    /// Its second of the week.
    second: u32,
    /// Microseconds of that.
    rest: u32,
    /// Seconds open between the origin and the week.
    open_before: i64,
}

impl Timeline {
    /// Whether an instant is open.
    #[inline]
    pub(super) fn is_open(&self, x: i64) -> bool {
        let Some(place) = self.place(x) else { return self.is_open_outside(x) };
        self.opened(place).is_some_and(|(_, still)| still)
    }

    /// How many microseconds are open between the origin and `x`; negative before it.
    #[allow(clippy::inline_always, reason = "a call would cost a tenth of it")]
    #[inline(always)]
    pub(super) fn open_before(&self, x: i64) -> i64 {
        let Some(place) = self.place(x) else { return self.open_before_outside(x) };
        self.open_micros(place)
    }

    /// How many microseconds are open from one instant to another; negative if that is earlier.
    #[inline]
    pub(super) fn open_between(&self, from: i64, until: i64) -> i64 {
        self.open_before(until) - self.open_before(from)
    }

    /// The count at `x`.
    pub(super) fn count_at(&self, count: Count, x: i64) -> i64 {
        let open = self.open_before(x);
        match count {
            Count::Open => open,
            Count::Closed => x - self.origin - open,
        }
    }

    /// How many seconds of its week are open before the one of a place, and whether that one is.
    #[inline]
    fn opened(&self, place: Place) -> Option<(u32, bool)> {
        let (mark, next) = self.templates.at(place.template, place.second)?;
        let open = mark.open_before + (place.second - mark.start);
        Some(if open < next.open_before { (open, true) } else { (next.open_before, false) })
    }

    #[inline]
    fn open_micros(&self, place: Place) -> i64 {
        let Some((open, still)) = self.opened(place) else { return 0 };
        (place.open_before + i64::from(open)) * SECOND + i64::from(if still { place.rest } else { 0 })
    }

    /// Where an instant lies, if it is in one of the weeks that are kept.
    #[inline]
    fn place(&self, x: i64) -> Option<Place> {
        let since = x.wrapping_sub(self.origin).cast_unsigned();
        // What lies before the origin is, without a sign, beyond every length.
        if since >= self.length {
            return None;
        }
        let seconds = since / SECOND.cast_unsigned();
        let index = seconds / WEEK.cast_unsigned();
        let week = self.weeks.get(small(index) as usize)?;
        let (second, rest) = (seconds - index * WEEK.cast_unsigned(), since - seconds * SECOND.cast_unsigned());
        Some(Place { template: week.template, second: small(second), rest: small(rest), open_before: week.open_before })
    }

    #[cold]
    fn is_open_outside(&self, x: i64) -> bool {
        self.opened(self.place_outside(x)).is_some_and(|(_, still)| still)
    }

    #[cold]
    fn open_before_outside(&self, x: i64) -> i64 {
        self.open_micros(self.place_outside(x))
    }

    /// Where an instant lies in the weeks before the first or after the last, in which one template repeats.
    fn place_outside(&self, x: i64) -> Place {
        let since = x - self.origin;
        let rest = self.weeks.last().filter(|_| since >= 0);
        let (template, open_before) = rest.map_or((self.before, 0), |rest| (rest.template, rest.open_before));
        let since = if since < 0 { since } else { since - self.length.cast_signed() };
        let (seconds, rest) = (since.div_euclid(SECOND), since.rem_euclid(SECOND));
        let (weeks, second) = (seconds.div_euclid(WEEK), seconds.rem_euclid(WEEK));
        let open_before = open_before + weeks * self.templates.open(template);
        Place { template, second: small(second.cast_unsigned()), rest: small(rest.cast_unsigned()), open_before }
    }

    /// The open stretches of a template.
    pub(super) fn stretches_of(&self, template: u16) -> impl Iterator<Item = Stretch> {
        self.templates.stretches(template)
    }

    /// The template of a week, wherever it lies.
    pub(super) fn template_of(&self, week: i64) -> u16 {
        let Ok(index) = usize::try_from(week - self.first) else { return self.before };
        let found = self.weeks.get(index).or_else(|| self.weeks.last());
        found.map_or(self.before, |week| week.template)
    }

    /// The weeks that are kept, from the first to before the last.
    pub(super) fn kept(&self) -> core::ops::Range<i64> {
        self.first..self.first + i64::try_from(self.weeks.len()).unwrap_or(1) - 1
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.weeks.bytes() + self.jumps.capacity() * size_of::<u16>() + self.templates.bytes()
    }
}

/// A figure that is known to have at most 32 bits.
#[allow(clippy::cast_possible_truncation, reason = "it comes from a division that leaves no more")]
const fn small(figure: u64) -> u32 {
    figure as u32
}
