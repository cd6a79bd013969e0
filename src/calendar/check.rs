//! What the form of a spec cannot forbid: dates that would not count, ends before beginnings, and more than there may be.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::holiday::within_layers;
use super::spec::Week;
use super::{Calendar, Flaw, Holiday, HolidayRule, Interval, Revision, Season, Spec};
use crate::document::Findings;

/// The most holidays that a calendar and its revisions may have together. The same for shifts, and for dated breaks.
pub const MAX_DATES: usize = 40_000;
/// The most seasons that a calendar and its revisions may have together.
pub const MAX_SEASONS: usize = 1_000;
/// The most revisions that a calendar may have.
pub const MAX_REVISIONS: usize = 100;
/// The most intervals that one list of hours or breaks may have: one for every quarter of an hour.
pub const MAX_INTERVALS: usize = 96;
/// The most calendars that a combination may consist of.
pub const MAX_PARTS: usize = 32;
/// How many levels of combinations there may be.
pub const MAX_LEVELS: usize = 8;

type Found = Findings<Flaw>;
type Dated = BTreeMap<NaiveDate, Vec<Interval>>;

/// Looks through a spec that was filled in by hand.
pub(super) fn spec(spec: &Spec, found: &mut Found) {
    for (index, holiday) in spec.holidays.iter().enumerate() {
        if let Err(flaw) = self::holiday(holiday) {
            found.add(format!("holidays[{index}]"), flaw);
        }
    }
    for (index, season) in spec.seasons.iter().enumerate() {
        found.keep(&format!("seasons[{index}]"), self::season(season));
    }
    dated("", &spec.shifts, &spec.breaks, found);
    for (index, revision) in spec.revisions.iter().enumerate() {
        let place = format!("revisions[{index}]");
        found.keep(&format!("{place}.from"), within_layers(revision.from));
        for (index, holiday) in revision.holidays.iter().flatten().enumerate() {
            found.keep(&format!("{place}.holidays[{index}]"), self::holiday(holiday));
        }
        for (index, season) in revision.seasons.iter().flatten().enumerate() {
            found.keep(&format!("{place}.seasons[{index}]"), self::season(season));
        }
        let (shifts, breaks) = (revision.shifts.as_ref(), revision.breaks.as_ref());
        let none = Dated::new();
        dated(&format!("{place}."), shifts.unwrap_or(&none), breaks.unwrap_or(&none), found);
    }
    order(&spec.revisions, "", found);
    limits(spec, "", found);
}

fn dated(place: &str, shifts: &Dated, breaks: &Dated, found: &mut Found) {
    for (key, dates) in [("shifts", shifts), ("breaks", breaks)] {
        for date in dates.keys() {
            if let Err(flaw) = within_layers(*date) {
                found.add(format!("{place}{key}.{date}"), flaw);
            }
        }
    }
}

fn holiday(holiday: &Holiday) -> Result<(), Flaw> {
    match holiday.on {
        HolidayRule::Date(date) => within_layers(date).map(|_| ()),
        _ => Ok(()),
    }
}

/// Keeps to seasons that have a day.
pub(super) fn season(season: &Season) -> Result<(), Flaw> {
    let (from, through) = (within_layers(season.from)?, within_layers(season.through)?);
    if from <= through { Ok(()) } else { Err(Flaw::SeasonWithoutDays { from, through }) }
}

/// Keeps to revisions that follow each other.
pub(super) fn order(revisions: &[Revision], place: &str, found: &mut Found) {
    for (index, pair) in revisions.windows(2).enumerate() {
        if let [before, after] = pair
            && before.from >= after.from
        {
            let flaw = Flaw::RevisionOrder { before: before.from, from: after.from };
            found.add(format!("{place}revisions[{}]", index + 1), flaw);
        }
    }
}

/// Keeps to as much as there may be. The place of the spec ends with a dot, if it has one.
pub(super) fn limits(spec: &Spec, place: &str, found: &mut Found) {
    let mut at_most = |key: &str, count: usize, limit: usize, what: &'static str| {
        if count > limit {
            found.add(format!("{place}{key}"), Flaw::TooMany { what, limit });
        }
    };
    let revisions = spec.revisions.iter();
    let all =
        |own: usize, other: fn(&Revision) -> Option<usize>| own + revisions.clone().filter_map(other).sum::<usize>();
    let holidays = all(spec.holidays.len(), |revision| revision.holidays.as_ref().map(Vec::len));
    at_most("holidays", holidays, MAX_DATES, "holidays");
    let seasons = all(spec.seasons.len(), |revision| revision.seasons.as_ref().map(Vec::len));
    at_most("seasons", seasons, MAX_SEASONS, "seasons");
    let shifts = all(spec.shifts.len(), |revision| revision.shifts.as_ref().map(BTreeMap::len));
    at_most("shifts", shifts, MAX_DATES, "shifts");
    let breaks = all(spec.breaks.len(), |revision| revision.breaks.as_ref().map(BTreeMap::len));
    at_most("breaks", breaks, MAX_DATES, "breaks");
    at_most("revisions", spec.revisions.len(), MAX_REVISIONS, "revisions");
    let weeks = weeks(spec);
    let dated = [&spec.shifts, &spec.breaks].into_iter().chain(
        spec.revisions.iter().flat_map(|revision| [revision.shifts.as_ref(), revision.breaks.as_ref()]).flatten(),
    );
    let lists = weeks.into_iter().flatten().chain(dated.flat_map(BTreeMap::values));
    let longest = lists.map(Vec::len).max().unwrap_or(0);
    at_most("weekly", longest, MAX_INTERVALS, "intervals in one list");
}

fn weeks(spec: &Spec) -> Vec<&Week> {
    let mut weeks = alloc::vec![&spec.weekly, &spec.weekly_breaks];
    weeks.extend(spec.seasons.iter().map(|season| &season.weekly));
    for revision in &spec.revisions {
        weeks.extend(revision.weekly.iter().chain(&revision.weekly_breaks));
        weeks.extend(revision.seasons.iter().flatten().map(|season| &season.weekly));
    }
    weeks
}

/// Keeps a combination to as many calendars and levels as there may be.
pub(super) fn parts(parts: &[Calendar]) -> Result<(), Flaw> {
    let (leaves, levels) =
        parts.iter().map(Calendar::size).fold((0, 0), |sum, size| (sum.0 + size.0, sum.1.max(size.1 + 1)));
    if leaves > MAX_PARTS {
        Err(Flaw::TooMany { what: "calendars in one", limit: MAX_PARTS })
    } else if levels > MAX_LEVELS {
        Err(Flaw::TooMany { what: "levels of combined calendars", limit: MAX_LEVELS })
    } else {
        Ok(())
    }
}
