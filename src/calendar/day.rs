//! What the layers say of one date, and what is open of it. No zone, no instants.

use alloc::vec::Vec;

use super::sets::{DAY, part, set, without};
use super::timeline::Stretch;
use super::{Holiday, HolidayScope, Interval, Season};

/// Whose hours a date has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<'a> {
    Weekly,
    Season(&'a Season),
    Shift,
}

/// What the layers say of one date.
#[derive(Clone, Copy)]
pub(super) struct Day<'a> {
    /// The hours that it would own without a holiday.
    pub(super) hours: &'a [Interval],
    pub(super) owner: Owner<'a>,
    pub(super) holiday: Option<&'a Holiday>,
    pub(super) scope: HolidayScope,
    pub(super) weekly_breaks: &'a [Interval],
    pub(super) breaks: &'a [Interval],
}

/// So many intervals are looked at.
const GLANCE: usize = 3;

impl<'a> Day<'a> {
    /// A day of the week without a holiday and without anything dated.
    pub(super) const fn usual(hours: &'a [Interval], weekly_breaks: &'a [Interval]) -> Self {
        let (owner, scope) = (Owner::Weekly, HolidayScope::Both);
        Self { hours, owner, holiday: None, scope, weekly_breaks, breaks: &[] }
    }

    /// The hours that it owns, to their end.
    pub(super) fn owned(&self) -> &'a [Interval] {
        if self.holiday.is_some() && self.scope.closes_shift() { &[] } else { self.hours }
    }

    /// Whether it is seen at a glance that it owns hours that are open and longer than so many seconds.
    ///
    /// Mostly it is, for a holiday or a break leaves one of the first intervals alone, and there is nothing to work out.
    pub(super) fn surely_owns_more_than(&self, seconds: i64, before: &Self, after: &Self) -> bool {
        let breaks = before.breaks_from(-1).chain(self.breaks_from(0)).chain(after.breaks_from(1));
        let alone = |interval: &Interval| {
            let (start, end) = interval.seconds();
            let (start, end) = (i64::from(start), i64::from(end));
            let cut = || breaks.clone().any(|(from, until)| from < end && start < until);
            end - start > seconds && (end <= i64::from(DAY) || !after.is_closed()) && !cut()
        };
        !self.is_closed() && self.owned().iter().take(GLANCE).any(alone)
    }

    /// The breaks that begin on it, in seconds after the midnight of a day that is so many days earlier.
    fn breaks_from(&self, days: i64) -> impl Iterator<Item = (i64, i64)> + Clone {
        let later = move |second: u32| i64::from(second) + days * i64::from(DAY);
        let breaks = self.weekly_breaks.iter().chain(self.breaks).map(|interval| interval.seconds());
        breaks.map(move |(start, end)| (later(start), later(end)))
    }

    /// Whether it is closed from midnight to midnight.
    pub(super) fn is_closed(&self) -> bool {
        self.holiday.is_some() && self.scope.closes_date()
    }

    /// Breaks that begin on it; they may reach into the next day.
    pub(super) fn all_breaks(&self) -> impl Iterator<Item = Stretch> + 'a {
        self.weekly_breaks.iter().chain(self.breaks).map(|interval| interval.seconds())
    }
}

/// What is open of the hours that a day owns, knowing the days around it.
pub(super) fn owned(day: &Day<'_>, before: &Day<'_>, after: &Day<'_>) -> Vec<Stretch> {
    let owned = set(day.owned().iter().map(|interval| interval.seconds()));
    let (start, end) = (if day.is_closed() { DAY } else { 0 }, if after.is_closed() { DAY } else { 2 * DAY });
    let open = part(&owned, start, end).map(|(from, until)| (from + start, until + start)).collect();
    let later = |(start, end): Stretch| (start + DAY, end + DAY);
    let breaks = before.all_breaks().map(left_over).chain(day.all_breaks()).chain(after.all_breaks().map(later));
    without(open, &set(breaks))
}

/// What is open on a day that no holiday closes, knowing the day before.
pub(super) fn hours(today: &Day<'_>, before: &Day<'_>) -> Vec<Stretch> {
    let on_the_day = |(start, end): Stretch| (start.min(DAY), end.min(DAY));
    let own = today.owned().iter().map(|interval| on_the_day(interval.seconds()));
    let night = before.owned().iter().map(|interval| left_over(interval.seconds()));
    let breaks = today.all_breaks().map(on_the_day).chain(before.all_breaks().map(left_over));
    // The night comes first, so that mostly they are in order.
    without(set(night.chain(own)), &set(breaks))
}

/// The part of a day's hours that lies on the next one, in seconds of that.
fn left_over((start, end): Stretch) -> Stretch {
    (start.max(DAY) - DAY, end.max(DAY) - DAY)
}
