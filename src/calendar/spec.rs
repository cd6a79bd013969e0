//! What a calendar is made from: plain data, as a person would write it down.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Interval;
use crate::Name;

/// When it is open, by the rules. [`Calendar::new`](super::Calendar::new) makes the calendar that answers questions.
///
/// The fields may be filled in at will. In JSON, where only the time zone and the weekly hours are required:
///
/// ```json
/// { "time_zone": "Asia/Tehran",
///   "weekly": { "sat-wed": ["08:00-12:00", "13:00-16:30"], "thu": ["08:00-12:00"] },
///   "holidays": ["2026-03-21", { "date": "2026-03-22", "name": "Nowruz" }],
///   "shifts": { "2026-03-19": ["08:00-11:00"] },
///   "holiday_scope": "both", "shifts_beat_holidays": true }
/// ```
///
/// Open around the clock is `"weekly": { "mon-sun": ["00:00-24:00"] }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Whose wall clock the hours are read from.
    pub time_zone: Tz,
    /// The hours of each day of the week, Monday first. They may overlap, and are then one.
    pub weekly: [Vec<Interval>; 7],
    /// Dates on which it is closed, in any order.
    pub holidays: Vec<Holiday>,
    /// Hours that stand in place of a date's weekly ones; none at all close it.
    pub shifts: BTreeMap<NaiveDate, Vec<Interval>>,
    /// What a holiday closes, if there are night shifts.
    pub holiday_scope: HolidayScope,
    /// Whether a date that has a shift is no holiday. If not, the holiday closes it all the same.
    pub shifts_beat_holidays: bool,
}

impl Spec {
    /// Nothing is open yet; no holidays, no shifts, and the usual choices.
    #[must_use]
    pub fn new(time_zone: Tz) -> Self {
        Self {
            time_zone,
            weekly: Default::default(),
            holidays: Vec::new(),
            shifts: BTreeMap::new(),
            holiday_scope: HolidayScope::default(),
            shifts_beat_holidays: true,
        }
    }

    /// Open around the clock, every day.
    ///
    /// ```
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let always = Calendar::new(Spec::round_the_clock(Tz::UTC))?;
    /// assert!(always.is_open("2026-12-25T03:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn round_the_clock(time_zone: Tz) -> Self {
        Self { weekly: core::array::from_fn(|_| alloc::vec![Interval::WHOLE_DAY]), ..Self::new(time_zone) }
    }
}

/// A date on which it is closed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// What people call it.
    pub name: Option<Name>,
}

impl From<NaiveDate> for Holiday {
    fn from(date: NaiveDate) -> Self {
        Self { date, name: None }
    }
}

/// What a holiday closes. It only matters to hours that cross midnight, which belong to the date on which they start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HolidayScope {
    /// The date from midnight to midnight: a night shift that runs into it, or out of it, is cut there.
    Date,
    /// The hours that the date owns, to their end on the next morning. A night shift from the day before runs on.
    Shift,
    /// Both: nobody works into Christmas, and nobody opens at midnight after it.
    #[default]
    Both,
}

impl HolidayScope {
    pub(super) const ALL: [Self; 3] = [Self::Date, Self::Shift, Self::Both];

    /// The word for it in JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Shift => "shift",
            Self::Both => "both",
        }
    }

    /// Whether what the date owns is closed.
    pub(super) fn closes_shift(self) -> bool {
        self != Self::Date
    }

    /// Whether the civil date is closed.
    pub(super) fn closes_date(self) -> bool {
        self != Self::Shift
    }
}
