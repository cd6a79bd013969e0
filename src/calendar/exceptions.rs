//! The days that are not as usual, each looked up once.

use alloc::collections::{BTreeMap, btree_map};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::Interval;
use super::day::{Day, hours, owned};
use super::pattern::Patterns;
use super::rules::{DayNumber, FIRST_DAY, Layers, Rules, day_number};
use super::timeline::Stretch;

/// A day that may not be as its pattern says.
#[derive(Debug)]
pub(super) struct Exception {
    pub(super) day: DayNumber,
    /// What is open on it, if that is not as usual.
    pub(super) hours: Option<Vec<Stretch>>,
    /// Whether something is open of the hours that it owns.
    pub(super) business: bool,
}

/// The special days and those before them, whose night shifts they may cut; in order.
pub(super) fn exceptions(rules: &Rules, patterns: &Patterns) -> Vec<Exception> {
    let mut walk = Walk::new(rules);
    let mut days = Vec::new();
    let mut found = Vec::with_capacity(2 * patterns.special().len());
    // Those that share a day around them are looked at together, so that each day is looked up once.
    for group in patterns.special().chunk_by(|day, next| next - day <= 3) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        days.clear();
        days.extend((first - 2..=last + 1).map(|day| walk.day(day)));
        let mut special = group;
        for (number, around) in (first - 1..=*last).zip(days.windows(3)) {
            let [before, day, after] = around else { continue };
            let is_special = special.first() == Some(&number);
            if is_special {
                special = special.get(1..).unwrap_or_default();
            } else if special.first() != Some(&(number + 1)) {
                continue;
            }
            let hours = if is_special { other_hours(day, before, patterns.usual_on(number)) } else { None };
            found.push(Exception { day: number, hours, business: is_business_day(day, before, after) });
        }
    }
    found
}

/// What is open on a day, if that is not as usual.
fn other_hours(day: &Day<'_>, before: &Day<'_>, usual: &[Stretch]) -> Option<Vec<Stretch>> {
    let hours = if day.is_closed() { Vec::new() } else { hours(day, before) };
    (*hours != *usual).then_some(hours)
}

/// Looks days up one after the other, which is faster than to search for each.
struct Walk<'a> {
    rules: &'a Rules,
    /// From the first to before the last of these days, these layers are in force.
    in_force: (DayNumber, DayNumber),
    layers: Layers<'a>,
    editions: Vec<(DayNumber, DayNumber)>,
    holidays: &'a [(DayNumber, u32)],
    shifts: Dated<'a>,
    breaks: Dated<'a>,
}

impl<'a> Walk<'a> {
    fn new(rules: &'a Rules) -> Self {
        let layers = rules.layers(FIRST_DAY);
        Self {
            rules,
            in_force: (DayNumber::MIN, DayNumber::MIN),
            layers,
            editions: rules.editions(),
            holidays: rules.holidays(),
            shifts: Dated::new(layers.shifts),
            breaks: Dated::new(layers.breaks),
        }
    }

    /// What the layers say of a day that is not before the last one asked for.
    fn day(&mut self, day: DayNumber) -> Day<'a> {
        if !(self.in_force.0..self.in_force.1).contains(&day) {
            self.layers = self.rules.layers(day);
            let edition = self.editions.iter().find(|(from, until)| (*from..*until).contains(&day));
            self.in_force = edition.copied().unwrap_or((day, day + 1));
            (self.shifts, self.breaks) = (Dated::new(self.layers.shifts), Dated::new(self.layers.breaks));
        }
        while let [(passed, _), later @ ..] = self.holidays
            && *passed < day
        {
            self.holidays = later;
        }
        let holiday = self.holidays.first().filter(|(next, _)| *next == day).map(|(_, index)| *index);
        self.layers.day(day, self.shifts.on(day), self.breaks.on(day), holiday)
    }
}

/// A list by date, of which those are left that are not passed.
struct Dated<'a> {
    next: Option<(DayNumber, &'a [Interval])>,
    rest: btree_map::Iter<'a, NaiveDate, Vec<Interval>>,
}

impl<'a> Dated<'a> {
    fn new(list: &'a BTreeMap<NaiveDate, Vec<Interval>>) -> Self {
        let mut dated = Self { next: None, rest: list.iter() };
        dated.go_on();
        dated
    }

    fn go_on(&mut self) {
        self.next = self.rest.next().map(|(date, hours)| (day_number(*date), hours.as_slice()));
    }

    fn on(&mut self, day: DayNumber) -> Option<&'a [Interval]> {
        while self.next.is_some_and(|(next, _)| next < day) {
            self.go_on();
        }
        self.next.filter(|(next, _)| *next == day).map(|(_, hours)| hours)
    }
}

fn is_business_day(day: &Day<'_>, before: &Day<'_>, after: &Day<'_>) -> bool {
    !day.owned().is_empty() && (day.surely_owns_more_than(0, before, after) || !owned(day, before, after).is_empty())
}
