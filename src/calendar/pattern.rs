//! Times in which weeks are alike: the weekly hours, a season, what a revision changed.

use alloc::vec::Vec;

use super::Season;
use super::day::{Day, hours, owned};
use super::rules::{DayNumber, FIRST_DAY, LAST_DAY, Layers, Rules, day_number, of_weekday, weekday};
use super::timeline::Stretch;

/// What is usual on each day of the week, for some time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What is open on each day, Monday first.
    pub(super) hours: [Vec<Stretch>; 7],
    /// Bit n is set if the hours that the n-th day of the week owns are open at some time.
    pub(super) business: u8,
}

/// The patterns that follow each other, and the days on which something is not as usual.
#[derive(Debug)]
pub(super) struct Patterns {
    list: Vec<Pattern>,
    /// From which day on which pattern holds. The first holds from the beginning of time.
    pieces: Vec<(DayNumber, usize)>,
    /// Days whose hours may not be those of the pattern. In order.
    special: Vec<DayNumber>,
}

impl Patterns {
    pub(super) fn new(rules: &Rules) -> Self {
        let mut found = Self { list: Vec::new(), pieces: Vec::new(), special: Vec::new() };
        // Beyond the layers there is no season. Where there is none at their ends either, nothing begins there.
        let mut in_season = false;
        found.begin(rules, DayNumber::MIN, FIRST_DAY, None);
        for (from, until) in rules.editions() {
            let layers = rules.layers(from);
            for start in starts(layers.seasons, from, until) {
                let season = layers.seasons.iter().rev().find(|season| {
                    let [first, behind] = season_days(season);
                    (first..behind).contains(&start)
                });
                if start > FIRST_DAY || season.is_some() {
                    found.begin(rules, start, start, season);
                    // The night before belongs to another week.
                    found.special.push(start);
                }
                in_season = season.is_some();
            }
            let dated = layers.shifts.keys().chain(layers.breaks.keys()).map(|date| day_number(*date));
            found.special.extend(dated.filter(|day| (from..until).contains(day)).flat_map(|day| [day, day + 1]));
        }
        if in_season {
            found.begin(rules, LAST_DAY + 1, LAST_DAY, None);
            found.special.push(LAST_DAY + 1);
        }
        found.special.extend(rules.holidays().iter().flat_map(|(day, _)| [*day, *day + 1]));
        #[allow(
            clippy::stable_sort_primitive,
            reason = "made from lists that are in order, which this takes into account"
        )]
        found.special.sort();
        found.special.dedup();
        found
    }

    /// From a day on, the usual is what the layers of another day say.
    fn begin(&mut self, rules: &Rules, from: DayNumber, like: DayNumber, season: Option<&Season>) {
        let pattern = Pattern::new(&rules.layers(like), season);
        let number = self.list.iter().position(|known| *known == pattern).unwrap_or(self.list.len());
        if number == self.list.len() {
            self.list.push(pattern);
        }
        self.pieces.push((from, number));
    }

    /// The number of the pattern that holds on a day.
    pub(super) fn number_on(&self, day: DayNumber) -> usize {
        let behind = self.pieces.partition_point(|(from, _)| *from <= day);
        self.pieces.get(behind.wrapping_sub(1)).map_or(0, |(_, number)| *number)
    }

    /// The first day after another on which a pattern begins.
    pub(super) fn next_after(&self, day: DayNumber) -> Option<DayNumber> {
        let behind = self.pieces.partition_point(|(from, _)| *from <= day);
        self.pieces.get(behind).map(|(from, _)| *from)
    }

    pub(super) fn get(&self, number: usize) -> Option<&Pattern> {
        self.list.get(number)
    }

    /// What is usual on a day.
    pub(super) fn usual_on(&self, day: DayNumber) -> &[Stretch] {
        let hours = self.get(self.number_on(day)).and_then(|pattern| pattern.hours.get(weekday(day)));
        hours.map(Vec::as_slice).unwrap_or_default()
    }

    /// The days that are not as usual, in order.
    pub(super) fn special(&self) -> &[DayNumber] {
        &self.special
    }
}

/// The days between two others on which a season begins or has ended, and the first of them all.
fn starts(seasons: &[Season], from: DayNumber, until: DayNumber) -> Vec<DayNumber> {
    let ends = seasons.iter().flat_map(season_days);
    let mut starts: Vec<_> = ends.filter(|day| (from..until).contains(day)).chain([from]).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The first day, and the one behind the last, of those on which all layers count.
fn season_days(season: &Season) -> [DayNumber; 2] {
    [day_number(season.from).max(FIRST_DAY), day_number(season.through).saturating_add(1).min(LAST_DAY + 1)]
}

impl Pattern {
    fn new(layers: &Layers<'_>, season: Option<&Season>) -> Self {
        let weekly = season.map_or(layers.weekly, |season| &season.weekly);
        // 1970-01-05, the day with number 4, was a Monday.
        let day = |index: usize| {
            let number = 4 + DayNumber::try_from(index).unwrap_or(0);
            Day::usual(of_weekday(weekly, number), of_weekday(layers.weekly_breaks, number))
        };
        let hours = core::array::from_fn(|index| hours(&day(index), &day(index + 6)));
        let business = |index: &usize| !owned(&day(*index), &day(index + 6), &day(index + 1)).is_empty();
        let business = (0..7).filter(business).fold(0, |bits, index| bits | 1 << index);
        Self { hours, business }
    }
}
