//! Adding and subtracting time in any unit: one door to them all.

use super::answers::within_time;
use super::zone::{instant_of, wall_at};
use super::{Calendar, CivilTime, OutOfReach, Term};
use crate::Timestamp;
use chrono::{Datelike, Months, NaiveDate};

use super::rules::{DayNumber, date_of, day_number};

const SECOND: i64 = 1_000_000;
pub(super) const DAY: i64 = 86_400;

impl Calendar {
    /// The instant at which a term that begins at `from` ends.
    ///
    /// # Four terms from one Thursday before Easter
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(
    ///     r#"{ "time_zone": "Europe/Berlin", "weekly": { "mon-fri": ["09:00-17:00"] }, "holidays": ["2026-04-06"] }"#,
    /// )?;
    /// let thursday = "2026-04-02T15:00:00+02:00".parse()?;
    /// let add = |term: &str| desk.add(thursday, term.parse()?).map_err(Box::<dyn std::error::Error>::from);
    /// assert_eq!(add("4 working hours")?, "2026-04-03T11:00:00+02:00".parse()?);
    /// assert_eq!(add("4 hours")?, "2026-04-02T19:00:00+02:00".parse()?);
    /// assert_eq!(add("2 business days")?, "2026-04-07T15:00:00+02:00".parse()?);
    /// assert_eq!(add("2 days")?, "2026-04-04T15:00:00+02:00".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`OutOfReach`] if that is after the year 9999.
    pub fn add(&self, from: Timestamp, term: Term) -> Result<Timestamp, OutOfReach> {
        match term {
            Term::Working(amount) => self.add_working(from, amount),
            Term::Elapsed(amount) => {
                let later =
                    i64::try_from(amount.as_micros()).ok().and_then(|micros| from.as_micros().checked_add(micros));
                later.and_then(within_time).ok_or(OutOfReach::TermAfter { from, term })
            }
            Term::Business(days) => self.add_business_days(from, days.days, days.ends),
            Term::Civil(time) => self.add_civil(from, time),
        }
    }

    /// The instant at which a term that ends at `until` begins.
    ///
    /// # Errors
    /// [`OutOfReach`] if that is before the year 1.
    ///
    /// # A business day before Monday is Friday, and a day before it is Sunday
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let monday = "2026-03-09T11:00:00Z".parse()?;
    /// assert_eq!(desk.sub(monday, "1 business day".parse()?)?, "2026-03-06T11:00:00Z".parse()?);
    /// assert_eq!(desk.sub(monday, "1 day".parse()?)?, "2026-03-08T11:00:00Z".parse()?);
    /// assert!(desk.sub(monday, "99999 months".parse()?).is_err()); // before the year 1
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sub(&self, until: Timestamp, term: Term) -> Result<Timestamp, OutOfReach> {
        match term {
            Term::Working(amount) => self.sub_working(until, amount),
            Term::Elapsed(amount) => {
                let sooner =
                    i64::try_from(amount.as_micros()).ok().and_then(|micros| until.as_micros().checked_sub(micros));
                sooner.and_then(within_time).ok_or(OutOfReach::TermBefore { until, term })
            }
            Term::Business(days) => self.sub_business_days(until, days.days, days.ends),
            Term::Civil(time) => self.sub_civil(until, time),
        }
    }

    /// The same time on the wall so many dates, weeks or months later, open or not.
    ///
    /// 31 January and a month is the last of February. A time that the wall clock skips is the instant at which it does;
    /// of one that it repeats, it is the first.
    ///
    /// # A month after 31 January is the last of February
    ///
    /// ```
    /// use owed::calendar::{Calendar, CivilTime, Spec, Tz};
    ///
    /// let berlin = Calendar::new(Spec::round_the_clock(Tz::Europe__Berlin))?;
    /// let received = "2026-01-31T12:00:00+01:00".parse()?;
    /// assert_eq!(berlin.add_civil(received, CivilTime::Months(1))?, "2026-02-28T12:00:00+01:00".parse()?);
    /// assert_eq!(berlin.add_civil(received, CivilTime::Weeks(8))?, "2026-03-28T12:00:00+01:00".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`OutOfReach`] if that is after the year 9999.
    pub fn add_civil(&self, from: Timestamp, time: CivilTime) -> Result<Timestamp, OutOfReach> {
        let later = |date: NaiveDate| match time {
            CivilTime::Months(months) => date.checked_add_months(Months::new(months)),
            CivilTime::Days(days) => date.checked_add_days(chrono::Days::new(days.into())),
            CivilTime::Weeks(weeks) => date.checked_add_days(chrono::Days::new(u64::from(weeks) * 7)),
        };
        self.on_another_date(from, later).ok_or(OutOfReach::TermAfter { from, term: time.into() })
    }

    /// The same time on the wall so many dates, weeks or months earlier, open or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if that is before the year 1.
    ///
    /// # A month and its way back need not meet
    ///
    /// ```
    /// use owed::calendar::{Calendar, CivilTime, Spec, Tz};
    ///
    /// let utc = Calendar::new(Spec::round_the_clock(Tz::UTC))?;
    /// let (march, month) = ("2026-03-31T12:00:00Z".parse()?, CivilTime::Months(1));
    /// let february = utc.sub_civil(march, month)?;
    /// assert_eq!(february, "2026-02-28T12:00:00Z".parse()?);
    /// assert_eq!(utc.add_civil(february, month)?, "2026-03-28T12:00:00Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sub_civil(&self, until: Timestamp, time: CivilTime) -> Result<Timestamp, OutOfReach> {
        let sooner = |date: NaiveDate| match time {
            CivilTime::Months(months) => date.checked_sub_months(Months::new(months)),
            CivilTime::Days(days) => date.checked_sub_days(chrono::Days::new(days.into())),
            CivilTime::Weeks(weeks) => date.checked_sub_days(chrono::Days::new(u64::from(weeks) * 7)),
        };
        self.on_another_date(until, sooner).ok_or(OutOfReach::TermBefore { until, term: time.into() })
    }

    fn on_another_date(
        &self,
        from: Timestamp,
        other: impl FnOnce(NaiveDate) -> Option<NaiveDate>,
    ) -> Option<Timestamp> {
        let (day, within) = self.wall(from);
        let date = date_of(day);
        let other = other(date).filter(|other| (0..=10_000).contains(&other.year()))?;
        // Of a time that the wall shows twice, the second is itself and not the first.
        if other == date { Some(from) } else { self.instant(day_number(other), within) }
    }

    /// The date that the wall shows at an instant, and microseconds since its midnight.
    pub(super) fn wall(&self, at: Timestamp) -> (DayNumber, i64) {
        let (second, rest) = (at.as_micros().div_euclid(SECOND), at.as_micros().rem_euclid(SECOND));
        let wall = wall_at(&self.inner.zone, second);
        let day = DayNumber::try_from(wall.div_euclid(DAY)).unwrap_or(0);
        (day, wall.rem_euclid(DAY) * SECOND + rest)
    }

    /// The first instant at which the wall shows a time of a date, or a later one; `None` outside of the years 1 to 9999.
    pub(super) fn instant(&self, day: DayNumber, within: i64) -> Option<Timestamp> {
        let (second, rest) = (i64::from(day) * DAY + within.div_euclid(SECOND), within.rem_euclid(SECOND));
        let found = instant_of(&self.inner.zone, second);
        // Where a time is skipped, all of it is: the fraction of a second has gone with it.
        let rest = if wall_at(&self.inner.zone, found) == second { rest } else { 0 };
        within_time(found.checked_mul(SECOND)?.checked_add(rest)?)
    }
}
