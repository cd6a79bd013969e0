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
pub(super) use template::Stretch;
use template::{Template, Templates};
pub(super) use weaver::{TooManyStretches, Weaver};
use weeks::{Week, Weeks};

/// Seconds of a week.
pub(super) const WEEK: i64 = 604_800;
/// Microseconds of a second.
pub(super) const SECOND: i64 = 1_000_000;
const WEEK_MICROS: u64 = 604_800_000_000;

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

/// A week of the line, wherever it lies.
#[derive(Clone, Copy)]
struct Place<'a> {
    template: &'a Template,
    /// Microseconds of this instant since the week began.
    within: u64,
    /// Seconds open between the origin and the week.
    open_before: i64,
}

impl Timeline {
    /// Whether an instant is open.
    pub(super) fn is_open(&self, x: i64) -> bool {
        self.place(x).is_some_and(|place| self.templates.is_open(place.template, place.within))
    }

    /// How many microseconds are open between the origin and `x`; negative before it.
    pub(super) fn open_before(&self, x: i64) -> i64 {
        self.place(x)
            .map_or(0, |place| place.open_before * SECOND + self.templates.open_before(place.template, place.within))
    }

    /// The count at `x`.
    pub(super) fn count_at(&self, count: Count, x: i64) -> i64 {
        let open = self.open_before(x);
        match count {
            Count::Open => open,
            Count::Closed => x - self.origin - open,
        }
    }

    fn place(&self, x: i64) -> Option<Place<'_>> {
        let since = x.wrapping_sub(self.origin).cast_unsigned();
        // What lies before the origin is, without a sign, beyond every length.
        if since >= self.length {
            return self.place_outside(x);
        }
        let index = since / WEEK_MICROS;
        let week = self.weeks.get(usize::try_from(index).ok()?)?;
        let template = self.templates.get(week.template)?;
        Some(Place { template, within: since - index * WEEK_MICROS, open_before: week.open_before })
    }

    #[cold]
    fn place_outside(&self, x: i64) -> Option<Place<'_>> {
        let since = x - self.origin;
        let (template, open_before, since) = if since < 0 {
            (self.templates.get(self.before)?, 0, since)
        } else {
            let rest = self.weeks.last()?;
            (self.templates.get(rest.template)?, rest.open_before, since - self.length.cast_signed())
        };
        let weeks = since.div_euclid(WEEK_MICROS.cast_signed());
        let within = since.rem_euclid(WEEK_MICROS.cast_signed()).cast_unsigned();
        Some(Place { template, within, open_before: open_before + weeks * template.open() })
    }

    /// The template of a week, wherever it lies.
    fn template_of(&self, week: i64) -> u16 {
        let Ok(index) = usize::try_from(week - self.first) else { return self.before };
        let found = self.weeks.get(index).or_else(|| self.weeks.last());
        found.map_or(self.before, |week| week.template)
    }

    /// The weeks that are kept, from the first to before the last.
    pub(super) fn kept(&self) -> core::ops::Range<i64> {
        self.first..self.first + i64::try_from(self.weeks.len()).unwrap_or(1) - 1
    }

    /// What the days of these two weeks look like: equal keys, equal days.
    pub(super) fn key(&self, week: i64) -> (u16, u16) {
        (self.template_of(week), self.template_of(week + 1))
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.weeks.bytes() + self.jumps.capacity() * size_of::<u16>() + self.templates.bytes()
    }
}
