//! What a calendar is made from: plain data, as a person would write it down.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Holiday, Interval};
use crate::Name;

/// Hours of each day of the week, Monday first. They may overlap, and are then one.
pub type Week = [Vec<Interval>; 7];

/// When it is open, by the rules. [`Calendar::new`](super::Calendar::new) makes the calendar that answers questions.
///
/// The fields may be filled in at will; a [`Builder`](super::Builder) fills them in from text. In JSON, where only the
/// time zone and the weekly hours are required:
///
/// ```json
/// { "time_zone": "Asia/Tehran",
///   "weekly":  { "sat-wed": ["08:00-12:00", "13:00-16:30"], "thu": ["08:00-12:00"] },
///   "seasons": [ { "name": "Ramadan", "from": "2026-02-18", "through": "2026-03-19", "weekly": { "sat": ["09:00-14:00"] } } ],
///   "holidays": [ "2026-03-21", { "date": "2026-03-22", "name": "Nowruz" }, { "yearly": "12-25" },
///                 { "nth": "4 thu nov" }, { "easter": -2, "name": "Good Friday" } ],
///   "shifts":  { "2026-03-19": ["08:00-11:00"] },
///   "weekly_breaks": { "wed": ["10:00-10:15"] },
///   "breaks":  { "2026-06-03": ["12:00-14:00"] },
///   "holiday_scope": "both", "shifts_beat_holidays": true,
///   "revisions": [ { "from": "2027-01-01", "weekly": { "mon-fri": ["09:00-17:00"] } } ] }
/// ```
///
/// Open around the clock is `"weekly": "24x7"`.
///
/// The layers, the stronger last: weekly hours, seasons, holidays, shifts, breaks. They count on the dates of the years
/// 1900 to 2200, and a date outside of them is refused. Before and after, where nobody has decided anything, it is the
/// weekly hours (less the weekly breaks) that are in force at that end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Whose wall clock the hours are read from.
    pub time_zone: Tz,
    /// The hours of each day of the week.
    pub weekly: Week,
    /// Times of the year with their own week. Where two overlap, the later in the list counts.
    pub seasons: Vec<Season>,
    /// Dates on which it is closed, in any order.
    pub holidays: Vec<Holiday>,
    /// Hours that stand in place of a date's weekly ones; none at all close it.
    pub shifts: BTreeMap<NaiveDate, Vec<Interval>>,
    /// What is cut from the hours of each day of the week, whatever layer they are from.
    ///
    /// A break is a time of the civil day: on Wednesday from 02:00 it also cuts the night shift that began on Tuesday.
    pub weekly_breaks: Week,
    /// What is cut from the hours of a date.
    pub breaks: BTreeMap<NaiveDate, Vec<Interval>>,
    /// What a holiday closes, if there are night shifts.
    pub holiday_scope: HolidayScope,
    /// Whether a date that has a shift is no holiday. If not, the holiday closes it all the same.
    pub shifts_beat_holidays: bool,
    /// What is different from a date on, in order.
    pub revisions: Vec<Revision>,
}

impl Spec {
    /// Nothing is open yet; no holidays, no shifts, and the usual choices.
    #[must_use]
    pub fn new(time_zone: Tz) -> Self {
        Self {
            time_zone,
            weekly: Week::default(),
            seasons: Vec::new(),
            holidays: Vec::new(),
            shifts: BTreeMap::new(),
            weekly_breaks: Week::default(),
            breaks: BTreeMap::new(),
            holiday_scope: HolidayScope::default(),
            shifts_beat_holidays: true,
            revisions: Vec::new(),
        }
    }

    /// Open around the clock, every day.
    ///
    /// # Open at Christmas, at three in the night
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

/// A time of the year with its own week, such as Ramadan or the summer. Days that its week does not name are closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// What people call it.
    pub name: Option<Name>,
    /// Its first date.
    pub from: NaiveDate,
    /// Its last date.
    pub through: NaiveDate,
    /// The hours of each day of the week.
    pub weekly: Week,
}

/// What is different from a date on. What it leaves out stays as it was before.
///
/// What a date owns is decided by the rules of that date, also for the part of a night shift that lies behind a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The first date of which it is true.
    pub from: NaiveDate,
    /// Other weekly hours.
    pub weekly: Option<Week>,
    /// Other seasons, instead of those before.
    pub seasons: Option<Vec<Season>>,
    /// Other holidays, instead of those before.
    pub holidays: Option<Vec<Holiday>>,
    /// Other shifts, instead of those before.
    pub shifts: Option<BTreeMap<NaiveDate, Vec<Interval>>>,
    /// Other weekly breaks.
    pub weekly_breaks: Option<Week>,
    /// Other dated breaks, instead of those before.
    pub breaks: Option<BTreeMap<NaiveDate, Vec<Interval>>>,
    /// Another scope of holidays.
    pub holiday_scope: Option<HolidayScope>,
    /// Whether from then on a date that has a shift is no holiday.
    pub shifts_beat_holidays: Option<bool>,
}

impl Revision {
    /// Nothing is different yet.
    #[must_use]
    pub const fn new(from: NaiveDate) -> Self {
        Self {
            from,
            weekly: None,
            seasons: None,
            holidays: None,
            shifts: None,
            weekly_breaks: None,
            breaks: None,
            holiday_scope: None,
            shifts_beat_holidays: None,
        }
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
