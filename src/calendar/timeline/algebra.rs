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
    let mut weaver = Weaver::default();
    let mut known: BTreeMap<(u16, u16), u16> = BTreeMap::new();
    let mut template = |weaver: &mut Weaver, pair: (u16, u16)| {
        if let Some(known) = known.get(&pair) {
            return Ok(*known);
        }
        let of = |line: &Timeline, number: u16| line.templates.stretches(number).collect::<Vec<_>>();
        let number = weaver.template(&stretches(combination, &of(one, pair.0), &of(two, pair.1)))?;
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
        weaver.push(latest.1, 1);
    }
    let after = template(&mut weaver, (one.template_of(i64::MAX / 2), two.template_of(i64::MAX / 2)))?;
    Ok(weaver.finish(first, before, after))
}

/// The same for two sets of stretches, each in order and not touching.
pub(in crate::calendar) fn stretches(combination: Combination, one: &[Stretch], two: &[Stretch]) -> Vec<Stretch> {
    let mut found = Vec::with_capacity(one.len() + two.len());
    let (mut one, mut two) = (Edges::of(one), Edges::of(two));
    let mut open_since = None;
    while let Some(at) = one.next.into_iter().chain(two.next).min() {
        one.pass(at);
        two.pass(at);
        match (combination.holds(one.inside, two.inside), open_since) {
            (true, None) => open_since = Some(at),
            (false, Some(start)) => {
                found.push((start, at));
                open_since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

/// The beginnings and ends of a set, one after the other.
struct Edges<'a> {
    next: Option<u32>,
    inside: bool,
    rest: &'a [Stretch],
}

impl<'a> Edges<'a> {
    fn of(rest: &'a [Stretch]) -> Self {
        Self { next: rest.first().map(|(start, _)| *start), inside: false, rest }
    }

    /// Goes on, if this is the next edge.
    fn pass(&mut self, at: u32) {
        if self.next != Some(at) {
            return;
        }
        if self.inside {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        self.inside = !self.inside;
        self.next = self.rest.first().map(|(start, end)| if self.inside { *end } else { *start });
    }
}
