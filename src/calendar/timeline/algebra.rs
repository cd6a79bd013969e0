//! Two lines in one: what is open in either, in both, or in one and not in the other.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::weaver::TooManyStretches;
use super::{Stretch, Timeline, Weaver};
use crate::calendar::Combination;

/// Weeks are alike, so only pairs of templates are combined, each pair once.
pub(in crate::calendar) fn combine(
    combination: Combination,
    one: &Timeline,
    two: &Timeline,
) -> Result<Timeline, TooManyStretches> {
    let (first, last) = match (one.kept(), two.kept()) {
        // A line without weeks of its own is the same everywhere, so where it begins says nothing.
        (one, two) if one.is_empty() => (two.start, two.end),
        (one, two) if two.is_empty() => (one.start, one.end),
        (one, two) => (one.start.min(two.start), one.end.max(two.end)),
    };
    let mut weaver = Weaver::new(usize::try_from(last - first).unwrap_or(0));
    let mut known: BTreeMap<(u16, u16), u16> = BTreeMap::new();
    let mut template = |weaver: &mut Weaver, pair: (u16, u16)| {
        if let Some(known) = known.get(&pair) {
            return Ok(*known);
        }
        let (one, two) = (one.templates.stretches(pair.0), two.templates.stretches(pair.1));
        let number = weaver.template(&stretches(combination, &one, &two))?;
        known.insert(pair, number);
        Ok(number)
    };
    let before = template(&mut weaver, (one.before, two.before))?;
    let mut latest = ((one.before, two.before), before);
    for week in first..last {
        let pair = (one.template_of(week), two.template_of(week));
        if pair != latest.0 {
            latest = (pair, template(&mut weaver, pair)?);
        }
        weaver.push(latest.1);
    }
    let after = template(&mut weaver, (one.template_of(i64::MAX / 2), two.template_of(i64::MAX / 2)))?;
    Ok(weaver.finish(first, before, after))
}

/// The same for two sets of stretches, each in order and not touching.
pub(in crate::calendar) fn stretches(combination: Combination, one: &[Stretch], two: &[Stretch]) -> Vec<Stretch> {
    let ends = |set: &[Stretch], own: u8| {
        let ends = set.iter().flat_map(move |(start, end)| [(*start, own), (*end, own)]);
        ends.collect::<Vec<_>>()
    };
    let mut edges = ends(one, 1);
    edges.extend(ends(two, 2));
    edges.sort_unstable();
    let (mut inside, mut open_since) = (0_u8, None);
    let mut found = Vec::new();
    let mut edges = edges.into_iter().peekable();
    while let Some((at, own)) = edges.next() {
        inside ^= own;
        if edges.peek().is_some_and(|(next, _)| *next == at) {
            continue;
        }
        match (combination.holds(inside & 1 != 0, inside & 2 != 0), open_since) {
            (true, None) => open_since = Some(at),
            (false, Some(start)) => {
                found.push((start, at));
                open_since = None;
            }
            _ => {}
        }
    }
    found
}
