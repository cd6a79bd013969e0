//! What if *Resolved* had counted in place of *Closed*?

use owed::calendar::{AmountError, WorkingTime};
use owed::{Priority, Timestamp};

use super::agreement::Compared;
use crate::replay::desk::Verdicts;

/// Whose incidents are looked at, and how much working time the desk gave itself for them.
const PRIORITY: &str = "3";
const THEIR_TIME: &str = "62 working hours";

/// What became of the incidents that the desk itself called missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) missed: u64,
    /// Of these: Resolved for the first time within their hours.
    pub(crate) first_in_time: u64,
    /// Of these: Resolved for the last time within their hours.
    pub(crate) last_in_time: u64,
}

impl Resolved {
    /// Asks the calendar that each went by how much working time had gone by when it was Resolved.
    pub(crate) fn count(compared: &[(Compared<'_>, bool)], verdicts: &Verdicts<'_>) -> Result<Self, AmountError> {
        let budget: WorkingTime = THEIR_TIME.parse()?;
        let mut counted = Self::default();
        for (compared, _) in compared {
            if compared.made_sla || compared.priority().map(Priority::as_str) != Some(PRIORITY) {
                continue;
            }
            let commitment = compared.commitment;
            let calendar = verdicts.calendar(commitment);
            let in_time = |at: Timestamp| {
                calendar.is_some_and(|calendar| calendar.working_between(commitment.since, at) <= budget)
            };
            counted.missed += 1;
            let (first, last) = compared.incident.resolved.map_or((false, false), |(a, b)| (in_time(a), in_time(b)));
            counted.first_in_time += u64::from(first);
            counted.last_in_time += u64::from(last);
        }
        Ok(counted)
    }
}

/// What it is that is counted, in words.
pub(crate) fn title() -> String {
    format!("priority {PRIORITY}, {THEIR_TIME}")
}
