//! Putting a line together, week after week.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{SECOND, Stretch, Templates, Timeline, WEEK, Weeks, start_of};

/// One week has more open stretches, or a line more different weeks, than can be numbered.
#[derive(Debug)]
pub(in crate::calendar) struct TooManyStretches;

/// A line in the making.
#[derive(Default)]
pub(in crate::calendar) struct Weaver {
    templates: Templates,
    /// The templates by a digest of their stretches.
    known: BTreeMap<u64, u16>,
    /// Which template follows itself how often.
    runs: Vec<(u16, usize)>,
}

impl Weaver {
    /// The number of the template with these open stretches, which are in order, do not touch and are not empty.
    pub(in crate::calendar) fn template(&mut self, stretches: &[Stretch]) -> Result<u16, TooManyStretches> {
        let digest = digest(stretches);
        let same = |known: &u16| self.templates.stretches(*known).eq(stretches.iter().copied());
        if let Some(known) = self.known.get(&digest).copied().filter(same) {
            return Ok(known);
        }
        // Should two have one digest, they take turns in being known, and one is kept more than once.
        let number = self.templates.add(stretches).ok_or(TooManyStretches)?;
        self.known.insert(digest, number);
        Ok(number)
    }

    /// Adds so many weeks.
    pub(in crate::calendar) fn push(&mut self, template: u16, count: usize) {
        match self.runs.last_mut() {
            Some((latest, run)) if *latest == template => *run += count,
            _ => self.runs.push((template, count)),
        }
    }

    /// The line that begins with the week of that number, with one template for all weeks before and one for all after.
    pub(in crate::calendar) fn finish(mut self, first: i64, before: u16, after: u16) -> Timeline {
        self.templates.index();
        let weeks = Weeks::new(&self.runs, after, |template| self.templates.open(template));
        let length = (weeks.len() as u64).saturating_sub(1) * (WEEK * SECOND).cast_unsigned();
        let (jumps, jump_shift) = jumps(&weeks);
        let origin = start_of(first) * SECOND;
        Timeline { first, origin, length, weeks, jumps, jump_shift, templates: self.templates, before }
    }
}

/// A number that is another one for other stretches, but for a rare accident: after Fowler, Noll and Vo.
fn digest(stretches: &[Stretch]) -> u64 {
    let step = |digest: u64, (start, end): &Stretch| {
        let digest = (digest ^ (u64::from(*start) << 32 | u64::from(*end))).wrapping_mul(0x0100_0000_01b3);
        digest ^ digest >> 29
    };
    stretches.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// About one entry for every second week, so that the week sought is near.
fn jumps(weeks: &Weeks) -> (Vec<u16>, u32) {
    let open = weeks.last().map_or(0, |week| week.open_before);
    let per_week = open / i64::try_from(weeks.len()).unwrap_or(1).max(1);
    let shift = (2 * per_week).checked_ilog2().unwrap_or(0);
    let entries = usize::try_from(open >> shift).unwrap_or(0) + usize::from(open > 0);
    let mut jumps = Vec::with_capacity(entries);
    let mut reached = 0;
    // There are some twenty thousand weeks between the first change of any clock and 2200.
    for (index, number) in (0..weeks.len()).zip(0_u16..) {
        let next = weeks.open_before(index + 1).unwrap_or(i64::MAX);
        while reached < next && jumps.len() < entries {
            jumps.push(number);
            reached += 1 << shift;
        }
    }
    (jumps, shift)
}
