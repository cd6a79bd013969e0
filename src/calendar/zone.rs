//! A time zone as stretches of constant offset, found by asking which time its wall clock shows at an instant.
//!
//! That is the only question put to the zone data, because it always has one answer. The way back, from a local time to
//! an instant, has none when clocks go forward and two when they go back.

use alloc::vec::Vec;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// From an instant on, the wall clock shows that instant plus the offset, up to the next stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offsets {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub(super) start: i64,
    /// Seconds to add for the time on the wall.
    pub(super) offset: i32,
}

/// From a second on, it is asked once every so many days, which is less than any zone keeps an offset there. (The first known
/// change is of 1844; Tunis once kept an offset for eight days, Noronha for a week.) `tests/calendar_facts/clocks.rs` finds out when that is
/// not enough.
const PROBES: [(i64, i64); 9] = [
    (FIRST_CHANGE, 300),
    (-1_767_225_600, 20), // 1914
    (-852_076_800, 6),    // 1943
    (-757_382_400, 15),   // 1946
    (915_148_800, 6),     // 1999
    (978_307_200, 20),    // 2001
    (1_072_915_200, 11),  // 2004
    (1_104_537_600, 20),  // 2005
    (LAST_CHANGE, 20),
];

/// Where summer time stops for Ramadan, that may be a week before its end or after its beginning.
const BY_THE_MOON: [Tz; 4] = [Tz::Asia__Gaza, Tz::Asia__Hebron, Tz::Africa__Casablanca, Tz::Africa__El_Aaiun];
const DAYS_BY_THE_MOON: i64 = 6;

/// Between these, clocks are changed: the years 1840 and 2101. (The zone data end before 2100.)
const FIRST_CHANGE: i64 = -4_102_444_800;
const LAST_CHANGE: i64 = 4_133_980_800;

const DAY: i64 = 86_400;
const QUARTER: i64 = 900;

/// The stretches of a zone, of which the first has no beginning and the last has no end.
pub(super) fn offsets(zone: Tz) -> Vec<Offsets> {
    let mut offset = offset_at(zone, FIRST_CHANGE);
    let mut found = Vec::with_capacity(256);
    found.push(Offsets { start: i64::MIN, offset });
    let most = if BY_THE_MOON.contains(&zone) { DAYS_BY_THE_MOON } else { i64::MAX };
    for ((from, days), end) in PROBES.into_iter().zip(PROBES.into_iter().map(|(from, _)| from).skip(1)) {
        let mut here = from;
        while here < end {
            let there = end.min(here + days.min(most) * DAY);
            let next = offset_at(zone, there);
            if next != offset {
                // Mostly it is the time of day of the last but one, when clocks were changed the same way.
                let like = found.iter().rev().nth(1).map_or(0, |stretch: &Offsets| stretch.start.rem_euclid(DAY));
                let start = first_with(zone, (offset, next), like, here, there);
                found.push(Offsets { start, offset: next });
                offset = next;
            }
            here = there;
        }
    }
    found.shrink_to_fit();
    found
}

/// The second after `before` and until `there` at which one offset is followed by another, if there is only one such. Both
/// are midnights.
fn first_with(zone: Tz, (old, new): (i32, i32), like: i64, mut before: i64, mut there: i64) -> i64 {
    // Nearly all changes are on a quarter of an hour.
    for unit in [DAY, QUARTER, 1] {
        while there - before > unit {
            let middle = before + (there - before) / unit / 2 * unit;
            if offset_at(zone, middle) == new {
                there = middle;
            } else {
                before = middle;
            }
        }
        let guess = if unit == DAY { before + like } else { there };
        let is_it = before < guess && offset_at(zone, guess - 1) == old && offset_at(zone, guess) == new;
        if is_it {
            return guess;
        }
    }
    there
}

/// The wall clock's seconds since 1970-01-01T00:00 at a second.
pub(super) fn wall_at(zone: &[Offsets], second: i64) -> i64 {
    let behind = zone.partition_point(|stretch| stretch.start <= second);
    let stretch = zone.get(behind.wrapping_sub(1));
    second + stretch.map_or(0, |stretch| i64::from(stretch.offset))
}

/// The first second at which the wall clock shows this time, or, where it skips it, a later one.
///
/// So a later time on the wall is never an earlier instant.
pub(super) fn instant_of(zone: &[Offsets], wall: i64) -> i64 {
    // From where on a stretch shows a time is not in order, but nearly: offsets differ by less than two days.
    let reach = 2 * 86_400;
    let first = zone.partition_point(|stretch| stretch.start <= wall - reach).saturating_sub(1);
    for (index, stretch) in zone.iter().enumerate().skip(first) {
        let until = zone.get(index + 1).map_or(i64::MAX, |next| next.start);
        let shown = wall - i64::from(stretch.offset);
        if shown < until {
            return shown.max(stretch.start);
        }
    }
    wall
}

fn offset_at(zone: Tz, second: i64) -> i32 {
    let utc = DateTime::from_timestamp(second, 0).unwrap_or_default().naive_utc();
    zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
}
