//! The wall clock's own line of time: civil dates one after another, each with its hours. No zone, no instants.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate};

use super::count::{Count, Which};
use super::hours::{DAY, Hours};
use super::week::Week;
use super::{Interval, Spec};

/// The open and closed time of all civil dates.
///
/// The weekly hours go on for ever; dates that differ from them are pieces of their own. So a count over a thousand years
/// costs no more than one over a day, and the weekly hours are kept once.
///
/// Wall-clock times are microseconds since 1970-01-01T00:00 on the clock in question.
#[derive(Clone, Debug)]
pub(super) struct Civil {
    weeks: Vec<Week>,
    pieces: Vec<Piece>,
}

/// From a date on, the hours are those of a week, up to the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: i64,
    /// Its place in `weeks`.
    week: usize,
    /// How much is open before it.
    open_before: i64,
}

/// The days on which any instant's wall clock can be: the years 1 to 9999, and one more on either side.
const FIRST_DAY: i32 = -719_163;
const LAST_DAY: i32 = 2_932_897;

/// The midnight before 1970-01-01 that came before a Monday.
const MONDAY: i64 = -3 * DAY;

impl Civil {
    pub(super) fn new(spec: &Spec) -> Self {
        let rules = Rules::new(spec);
        let weekly = core::array::from_fn(|day| Arc::new(rules.weekly_hours_on(day)));
        let mut civil = Self { weeks: alloc::vec![Week::new(weekly)], pieces: Vec::new() };
        civil.push(FIRST_DAY, 0);
        let mut week_of: BTreeMap<Hours, usize> = BTreeMap::new();
        let special = rules.special_days();
        for day in &special {
            let hours = rules.hours_on(*day);
            let week = *week_of.entry(hours).or_insert_with_key(|hours| {
                let hours = Arc::new(hours.clone());
                civil.weeks.push(Week::new(core::array::from_fn(|_| hours.clone())));
                civil.weeks.len() - 1
            });
            civil.push(*day, week);
            if !special.contains(&(day + 1)) {
                civil.push(day + 1, 0);
            }
        }
        civil
    }

    fn push(&mut self, day: i32, week: usize) {
        let start = i64::from(day) * DAY;
        let open_before = self.open_before(start);
        self.pieces.push(Piece { start, week, open_before });
    }

    pub(super) fn is_open(&self, x: i64) -> bool {
        self.piece_at(x).is_some_and(|(_, week)| week.is_open(x - MONDAY))
    }

    /// How much is open before `x`.
    pub(super) fn open_before(&self, x: i64) -> i64 {
        self.piece_at(x).map_or(0, |(piece, week)| {
            piece.open_before + week.open_before(x - MONDAY) - week.open_before(piece.start - MONDAY)
        })
    }

    /// Where the count stands at `figure`; `None` if it never does, or always.
    pub(super) fn find(&self, count: Count, which: Which, figure: i64) -> Option<i64> {
        let before = |piece: &Piece| count.at(piece.start, piece.open_before);
        let piece = which.last_behind(&self.pieces, figure, before)?;
        let week = self.weeks.get(piece.week)?;
        let start = piece.start - MONDAY;
        let in_week = figure - before(piece) + count.at(start, week.open_before(start));
        Some(week.find(count, which, in_week)? + MONDAY)
    }

    fn piece_at(&self, x: i64) -> Option<(&Piece, &Week)> {
        let piece = Which::Last.last_behind(&self.pieces, x, |piece| piece.start)?;
        Some((piece, self.weeks.get(piece.week)?))
    }
}

/// The rules of a [`Spec`], with dates as days since 1970-01-01.
struct Rules<'a> {
    spec: &'a Spec,
    shifts: BTreeMap<i32, &'a [Interval]>,
    holidays: BTreeSet<i32>,
}

impl<'a> Rules<'a> {
    fn new(spec: &'a Spec) -> Self {
        let shifts = spec.shifts.iter().map(|(date, hours)| (day_number(*date), hours.as_slice()));
        let shifts: BTreeMap<_, _> = shifts.collect();
        let beaten = |day: &i32| spec.shifts_beat_holidays && shifts.contains_key(day);
        let holidays = spec.holidays.iter().map(|holiday| day_number(holiday.date));
        let holidays = holidays.filter(|day| !beaten(day)).collect();
        Self { spec, shifts, holidays }
    }

    /// The days on which hours may differ from the weekly ones: the dates named, and, for the sake of night shifts, the
    /// days after them.
    fn special_days(&self) -> BTreeSet<i32> {
        let named = self.shifts.keys().chain(&self.holidays);
        let both = named.flat_map(|day| [*day, day.saturating_add(1)]);
        // What lies outside the years 1 to 9999 is no instant's date.
        both.filter(|day| (FIRST_DAY + 1..=LAST_DAY).contains(day)).collect()
    }

    /// The hours that a day owns, to their end.
    fn owned_by(&self, day: i32) -> &'a [Interval] {
        if self.holidays.contains(&day) && self.spec.holiday_scope.closes_shift() {
            return &[];
        }
        let weekday = usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0);
        let shift = self.shifts.get(&day).copied();
        shift.unwrap_or_else(|| self.spec.weekly.get(weekday).map_or(&[], Vec::as_slice))
    }

    /// What is open on a civil day: what it owns, and what is left of the night before.
    fn hours_on(&self, day: i32) -> Hours {
        if self.holidays.contains(&day) && self.spec.holiday_scope.closes_date() {
            return Hours::new([]);
        }
        hours(self.owned_by(day), self.owned_by(day.saturating_sub(1)))
    }

    /// The same for a day of the week, where no date is special.
    fn weekly_hours_on(&self, weekday: usize) -> Hours {
        let of = |weekday: usize| self.spec.weekly.get(weekday % 7).map_or(&[][..], Vec::as_slice);
        hours(of(weekday), of(weekday + 6))
    }
}

fn hours(today: &[Interval], yesterday: &[Interval]) -> Hours {
    let today = today.iter().map(|interval| interval.micros());
    let night = yesterday.iter().map(|interval| interval.micros()).map(|(start, end)| (start - DAY, end - DAY));
    Hours::new(today.chain(night))
}

/// Days since 1970-01-01.
fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce().saturating_sub(719_163)
}
