//! Sets of seconds, as stretches in order that do not touch.

use alloc::vec::Vec;

use super::Combination;
use super::timeline::Stretch;
pub(super) use super::timeline::stretches as combined;

/// Seconds of a civil day. All of its wall-clock times are there; which of them an instant shows is the zone's affair.
pub(super) const DAY: u32 = 86_400;

/// Stretches that may overlap, touch, be empty and stand in any order, as a set.
pub(super) fn set(stretches: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut stretches = stretches.into_iter().filter(|(start, end)| start < end);
    let Some(first) = stretches.next() else { return Vec::new() };
    let mut set: Vec<Stretch> = Vec::with_capacity(8);
    set.push(first);
    let (mut in_order, mut latest) = (true, first.1);
    for stretch in stretches {
        // Mostly they are in order and do not touch, and are then a set as they stand.
        in_order &= latest < stretch.0;
        latest = stretch.1;
        set.push(stretch);
    }
    if !in_order {
        set.sort_unstable();
        set.dedup_by(|(start, end), (_, last)| {
            // Sorted by their starts, but a long one may hold a short one: its end must not be lost.
            let joined = *start <= *last;
            *last = if joined { *last.max(end) } else { *last };
            joined
        });
    }
    set
}

/// Adds a stretch that does not begin before those already there.
pub(super) fn push(set: &mut Vec<Stretch>, (start, end): Stretch) {
    match set.last_mut() {
        // A long one may hold a short one: its end must not be lost.
        Some((_, last)) if start <= *last => *last = end.max(*last),
        _ => set.push((start, end)),
    }
}

/// What is in the first and not in the second.
pub(super) fn without(set: Vec<Stretch>, cut: &[Stretch]) -> Vec<Stretch> {
    if cut.is_empty() || set.is_empty() { set } else { combined(Combination::Minus, &set, cut) }
}

/// The part between two seconds, counted from the first of them.
pub(super) fn part(set: &[Stretch], from: u32, until: u32) -> impl Iterator<Item = Stretch> {
    let clipped =
        set.iter().map(move |(start, end)| (start.clamp(&from, &until) - from, end.clamp(&from, &until) - from));
    clipped.filter(|(start, end)| start < end)
}
