//! Putting a line together, week after week.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{SECOND, Stretch, Templates, Timeline, WEEK_MICROS, Week, Weeks, start_of};

/// One week has more open stretches, or a line more different weeks, than can be numbered.
#[derive(Debug)]
pub(in crate::calendar) struct TooManyStretches;

/// A line in the making.
pub(in crate::calendar) struct Weaver {
    templates: Templates,
    known: BTreeMap<Vec<Stretch>, u16>,
    weeks: Weeks,
    open: i64,
}

impl Weaver {
    /// A line that will have about so many weeks.
    pub(in crate::calendar) fn new(weeks: usize) -> Self {
        Self {
            templates: Templates::default(),
            known: BTreeMap::new(),
            weeks: Weeks::with_capacity(weeks + 1),
            open: 0,
        }
    }

    /// The number of the template with these open stretches, which are in order, do not touch and are not empty.
    pub(in crate::calendar) fn template(&mut self, stretches: &[Stretch]) -> Result<u16, TooManyStretches> {
        if let Some(known) = self.known.get(stretches) {
            return Ok(*known);
        }
        let number = self.templates.add(stretches).ok_or(TooManyStretches)?;
        self.known.insert(stretches.into(), number);
        Ok(number)
    }

    /// Adds a week.
    pub(in crate::calendar) fn push(&mut self, template: u16) {
        self.weeks.push(Week { open_before: self.open, template });
        self.open += self.templates.get(template).map_or(0, super::Template::open);
    }

    /// The line that begins with the week of that number, with one template for all weeks before and one for all after.
    pub(in crate::calendar) fn finish(mut self, first: i64, before: u16, after: u16) -> Timeline {
        let length = self.weeks.len() as u64 * WEEK_MICROS;
        self.push(after);
        self.templates.shrink();
        let (jumps, jump_shift) = jumps(&self.weeks);
        Timeline {
            first,
            origin: start_of(first) * SECOND,
            length,
            weeks: self.weeks,
            jumps,
            jump_shift,
            templates: self.templates,
            before,
        }
    }
}

/// About one entry for every second week, so that the week sought is near.
fn jumps(weeks: &Weeks) -> (Vec<u16>, u32) {
    let open = weeks.last().map_or(0, |week| week.open_before);
    let per_week = open / i64::try_from(weeks.len()).unwrap_or(1).max(1);
    let shift = (2 * per_week).checked_ilog2().unwrap_or(0);
    let entries = usize::try_from(open >> shift).unwrap_or(0) + usize::from(open > 0);
    let mut jumps = Vec::with_capacity(entries);
    let mut at = 0;
    for entry in 0..entries {
        let reached = (entry as i64) << shift;
        while weeks.open_before(at + 1).is_some_and(|next| next <= reached) {
            at += 1;
        }
        // There are some twenty thousand weeks between the first change of any clock and 2200.
        jumps.push(u16::try_from(at).unwrap_or(u16::MAX));
    }
    (jumps, shift)
}
