//! How often a ladder can tell anybody, and how long it can take: known when it is built.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use super::ladder::Ladder;
use crate::Name;
use crate::Timestamp;
use crate::calendar::{ElapsedTime, Term};
use crate::commitment::{Context, Hours};

/// The most that an escalation on a ladder can come to before it is exhausted. The reminders of an exhausted one come on top, ever rarer.
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{
///     "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
///     "ladders": [{
///         "name": "breach", "causes": ["breached"],
///         "rungs": [{ "notify": "owner", "wait": "30 minutes" }, { "notify": "lead", "wait": "2 working hours" }],
///         "repeats": 1, "lapses": 1, "hold": "4 hours", "hold_at_most": "8 hours", "snooze_at_most": "24 hours"
///     }]
/// }"#)?;
/// let ladder = &rules.edition(owed::EditionNumber(1)).unwrap().ladders()[0];
/// assert_eq!(ladder.bound().notices, 8);
/// assert_eq!(
///     ladder.bound().to_string(),
///     "at most 8 notices; exhausted at the latest after 4 times 30 minutes, 4 times 2 working hours, and 2 times 8 hours and 24 hours in somebody's hands"
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// How many notices: rungs × (repeats + 1) × (lapses + 1).
    pub notices: u64,
    /// How long it may have to last before anybody hears of it, of whichever cause.
    pub before: Vec<Term>,
    /// What is waited on the rungs, each how often.
    pub waits: Vec<(u64, Term)>,
    /// How often somebody can have it, or put it off: once in each lapse, and in each round of it once more for each higher rung that a
    /// cause begins on, since that takes it out of his hands.
    pub holds: u64,
    /// How long he can have it each time, at most.
    pub hold: Term,
    /// And put it off, at most.
    pub snooze: ElapsedTime,
}

/// Who hears of it when, if nobody does anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Each notice: the role, and its instant.
    pub notices: Vec<(Name, Timestamp)>,
    /// When nobody is left to hear of it.
    pub exhausted: Timestamp,
}

impl Ladder {
    /// The most that an escalation on this ladder can come to.
    ///
    /// # Each repeat and each lapse is one more time up
    ///
    /// ```
    /// use owed::escalation::{Ladder, Rung};
    ///
    /// let rungs = vec![Rung::new("owner".parse()?, "1 hour".parse()?), Rung::new("lead".parse()?, "2 hours".parse()?)];
    /// let ladder = Ladder { repeats: 2, lapses: 1, ..Ladder::new("breach".parse()?, rungs) };
    /// assert_eq!(ladder.bound().notices, 2 * 3 * 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn bound(&self) -> Bound {
        let lapses = u64::from(self.lapses).saturating_add(1);
        let each = u64::from(self.repeats).saturating_add(1).saturating_mul(lapses);
        let higher: BTreeSet<u16> = self.causes.iter().map(|cause| cause.rung).filter(|rung| *rung > 1).collect();
        let taken_away = each.saturating_mul(u64::try_from(higher.len()).unwrap_or(u64::MAX));
        Bound {
            notices: each.saturating_mul(u64::from(self.height())),
            before: self.causes.iter().filter_map(|cause| cause.after).collect(),
            waits: self.rungs.iter().map(|rung| (each, rung.wait)).collect(),
            holds: lapses.saturating_add(taken_away),
            hold: self.hold_at_most,
            snooze: self.snooze_at_most,
        }
    }

    /// Who hears of it when, if it begins on its first rung at an instant and nobody does anything.
    ///
    /// # After the last rung has waited too, it is exhausted
    ///
    /// ```
    /// use owed::Name;
    /// use owed::commitment::Hours;
    /// use owed::escalation::{Ladder, Rung};
    ///
    /// let rung = |role, wait: &str| Ok::<_, Box<dyn std::error::Error>>(Rung::new(Name::new(role)?, wait.parse()?));
    /// let ladder = Ladder::new(Name::new("breach")?, vec![rung("owner", "30 minutes")?, rung("lead", "2 hours")?]);
    /// let plan = ladder.plan("2026-03-06T14:00:00Z".parse()?, Hours::NONE);
    /// assert_eq!(plan.notices[1], (Name::new("lead")?, "2026-03-06T14:30:00Z".parse()?));
    /// assert_eq!(plan.exhausted, "2026-03-06T16:30:00Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn plan<'a>(&self, from: Timestamp, hours: impl Into<Hours<'a>>) -> Plan {
        let context = Context::at(from, hours.into());
        let rounds = (0..=self.repeats).flat_map(|_| &self.rungs);
        let mut notices = Vec::new();
        let mut at = from;
        for rung in rounds {
            notices.push((rung.notify.clone(), at));
            at = context.after(at, rung.wait, self.calendar.as_ref()).0.max(at.plus_micros(1));
        }
        Plan { notices, exhausted: at }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {} notices; exhausted at the latest after ", self.notices)?;
        for (index, before) in self.before.iter().enumerate() {
            let last = index.saturating_add(1) == self.before.len();
            write!(f, "{before}{}", if last { ", " } else { " or " })?;
        }
        for (often, wait) in &self.waits {
            write!(f, "{often} times {wait}, ")?;
        }
        let snooze = Term::Elapsed(self.snooze);
        write!(f, "and {} times {} and {snooze} in somebody's hands", self.holds, self.hold)
    }
}
