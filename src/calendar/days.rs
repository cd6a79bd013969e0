//! Days of the week as people write them: `thu`, `mon-fri`, `sat-wed`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Monday first, as everywhere in this room.
pub(super) const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The days that a key names, by their place in [`NAMES`]. A range may run over the end of the week.
pub(super) fn read(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| NAMES.iter().position(|known| *known == name);
    let (first, last) = match text.split_once('-') {
        Some((first, last)) => (day(first)?, day(last)?),
        None => (day(text)?, day(text)?),
    };
    let length = (last + 7 - first) % 7;
    Some((first..=first + length).map(|day| day % 7).collect())
}

/// The week in runs of days that have equal hours, each with its key. Days without hours are left out.
///
/// A run may go over the end of the week, so that `sat-wed` comes back as it was written.
pub(super) fn runs<T: PartialEq>(week: &[Vec<T>; 7]) -> Vec<(String, &[T])> {
    all_runs(week).into_iter().filter(|(_, hours)| !hours.is_empty()).collect()
}

/// The same with the days that have no hours.
pub(super) fn all_runs<T: PartialEq>(week: &[Vec<T>; 7]) -> Vec<(String, &[T])> {
    let as_before: Vec<bool> =
        week.iter().zip(week.iter().cycle().skip(6)).map(|(day, before)| day == before).collect();
    // Where all days are equal, the week is one run from Monday on.
    let first = as_before.iter().position(|same| !same).unwrap_or(0);
    let mut runs: Vec<(&str, &str, &[T])> = Vec::new();
    for (name, hours) in NAMES.iter().zip(week).cycle().skip(first).take(7) {
        match runs.last_mut() {
            Some((_, last, same)) if same == hours => *last = name,
            _ => runs.push((name, name, hours)),
        }
    }
    let key = |first: &str, last: &str| {
        if first == last { first.into() } else { format!("{first}-{last}") }
    };
    runs.into_iter().map(|(first, last, hours)| (key(first, last), hours)).collect()
}
