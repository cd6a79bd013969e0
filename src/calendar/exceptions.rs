//! The days that are not as usual, each looked up once.

use alloc::vec::Vec;

use super::pattern::Patterns;
use super::rules::{Day, DayNumber, Rules, hours, owned};
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
    let special = patterns.special();
    let mut window = Window { rules, days: [None; 3] };
    let mut found: Vec<Exception> = Vec::with_capacity(2 * special.len());
    let mut latest = None;
    for day in special {
        if latest != Some(day - 1) {
            found.push(window.look_at(day - 1, None));
        }
        found.push(window.look_at(*day, Some(patterns.usual_on(*day))));
        latest = Some(*day);
    }
    found
}

/// Three days in a row, which the next exception mostly shares.
struct Window<'a> {
    rules: &'a Rules,
    days: [Option<(DayNumber, Day<'a>)>; 3],
}

impl Window<'_> {
    /// Looks a day up; its hours, if it is known what is usual and it is something else.
    fn look_at(&mut self, number: DayNumber, usual: Option<&[Stretch]>) -> Exception {
        let known = self.days;
        let day = |number: DayNumber| {
            let known = known.iter().flatten().find(|(known, _)| *known == number);
            known.map_or_else(|| self.rules.day(number), |(_, day)| *day)
        };
        let (before, today, after) = (day(number - 1), day(number), day(number + 1));
        self.days = [Some((number - 1, before)), Some((number, today)), Some((number + 1, after))];
        let found = |usual: &[Stretch]| {
            let hours = if today.is_closed() { Vec::new() } else { hours(&today, &before) };
            (*hours != *usual).then_some(hours)
        };
        Exception { day: number, hours: usual.and_then(found), business: is_business_day(&today, &before, &after) }
    }
}

fn is_business_day(day: &Day<'_>, before: &Day<'_>, after: &Day<'_>) -> bool {
    if day.owned().is_empty() {
        return false;
    }
    let length = |(start, end): Stretch| end - start;
    let cut: u32 = [before, day, after].into_iter().flat_map(Day::all_breaks).map(length).sum();
    // Mostly more is open than could be cut from it, and there is nothing to work out.
    (day.longest() > cut && !day.is_closed() && !after.is_closed()) || !owned(day, before, after).is_empty()
}
