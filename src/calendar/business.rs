//! Business days: dates on which work is done.

use super::answers::Made;
use super::rules::DayNumber;
use super::terms::DAY;
use super::timeline::{Count, Which};
use super::zone::Offsets;
use super::{BusinessDays, Calendar, DayEnd, NaiveDate, OutOfReach, rules};
use crate::Timestamp;

const SECOND: i64 = 1_000_000;

/// The hours of so many days may run on past a time of the next: two, as no shift has 48 hours.
const NIGHT: i64 = 2;

/// A *business day* is a date that owns hours that are open at some time: a night shift makes one of the date on which it
/// starts, not of the morning after. In a combination of calendars it is a date on which that is open at some time, on the
/// wall clock of its first part.
impl Calendar {
    /// Whether a date is a business day.
    ///
    /// # A night shift makes one of the date on which it starts
    ///
    /// ```
    /// use owed::calendar::{Calendar, NaiveDate};
    ///
    /// let night: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "fri": ["22:00-06:00"] } }"#)?;
    /// let date = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    /// assert!(night.is_open("2026-03-07T03:00:00Z".parse()?)); // on Saturday
    /// assert!(night.is_business_day(date(6)));
    /// assert!(!night.is_business_day(date(7)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.inner.dates.is_business_day(rules::day_number(date))
    }

    /// So many business days later.
    ///
    /// - At the [same time](DayEnd::SameTime) of day. From closed time it first rolls forward to the opening: what comes in
    ///   on Saturday counts as come in on Monday morning. On a day that closes earlier, the time stays what it was.
    /// - At the [close](DayEnd::Close) of the n-th business day after the date, or [at a time](DayEnd::At) of it. The date
    ///   itself is not counted, as in EU regulation 1182/71. None at all is the end of the first business day from then on
    ///   that is not over: the last day of a longer period, if that falls on a holiday.
    ///
    /// # One day after a Saturday is Tuesday morning, or the close of Monday
    ///
    /// ```
    /// use owed::calendar::{Calendar, DayEnd};
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let saturday = "2026-03-07T12:00:00Z".parse()?;
    /// assert_eq!(desk.add_business_days(saturday, 1, DayEnd::SameTime)?, "2026-03-10T09:00:00Z".parse()?);
    /// assert_eq!(desk.add_business_days(saturday, 1, DayEnd::Close)?, "2026-03-09T17:00:00Z".parse()?);
    /// assert_eq!(desk.add_business_days(saturday, 0, DayEnd::Close)?, "2026-03-09T17:00:00Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`OutOfReach`] if there are not so many by the end of the year 9999.
    pub fn add_business_days(&self, from: Timestamp, days: u32, ends: DayEnd) -> Result<Timestamp, OutOfReach> {
        let found = match ends {
            DayEnd::SameTime => self.open_at_or_after(from).and_then(|start| self.same_time(start, start, days.into())),
            DayEnd::Close | DayEnd::At(_) => {
                let today = self.owner(from).0;
                let first = self.inner.dates.count_before(today.saturating_add(1)) - 1;
                let first = if days == 0 { self.inner.dates.count_before(today) } else { first };
                let end = |further: i64| self.end_of(first.checked_add(i64::from(days) + further)?, ends);
                (0..=NIGHT).filter_map(end).find(|end| *end >= from)
            }
        };
        found.ok_or(OutOfReach::TermAfter { from, term: BusinessDays { days, ends }.into() })
    }

    /// So many business days earlier: the mirror image of [`add_business_days`](Self::add_business_days).
    ///
    /// From closed time it rolls back to the closing, so that a business day before Friday 17:00 is Thursday 17:00.
    ///
    /// # Errors
    /// [`OutOfReach`] if there are not so many back to the beginning of the year 1.
    ///
    /// # From closed time it counts back from the closing
    ///
    /// ```
    /// use owed::calendar::{Calendar, DayEnd};
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let thursday = "2026-03-05T17:00:00Z".parse()?;
    /// assert_eq!(desk.sub_business_days("2026-03-06T17:00:00Z".parse()?, 1, DayEnd::SameTime)?, thursday);
    /// assert_eq!(desk.sub_business_days("2026-03-08T12:00:00Z".parse()?, 1, DayEnd::SameTime)?, thursday); // from Sunday
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sub_business_days(&self, until: Timestamp, days: u32, ends: DayEnd) -> Result<Timestamp, OutOfReach> {
        let found = match ends {
            DayEnd::SameTime => {
                let start = if self.is_open(until) { Some(until) } else { self.open_end_at_or_before(until) };
                // A closing belongs to the hours that it ends.
                let inside = |start: Timestamp| if self.is_open(start) { start } else { start.minus_micros(1) };
                start.and_then(|start| self.same_time(start, inside(start), -i64::from(days)))
            }
            DayEnd::Close | DayEnd::At(_) => {
                let today = self.owner(until).0;
                let last = self.inner.dates.count_before(today);
                let last = if days == 0 { self.inner.dates.count_before(today.saturating_add(1)) - 1 } else { last };
                let end = |further: i64| self.end_of(last.checked_sub(i64::from(days) + further)?, ends);
                (0..=NIGHT).filter_map(end).find(|end| *end <= until)
            }
        };
        found.ok_or(OutOfReach::TermBefore { until, term: BusinessDays { days, ends }.into() })
    }

    /// The same time of day so many business days from that whose hours `inside` lies in.
    fn same_time(&self, start: Timestamp, inside: Timestamp, days: i64) -> Option<Timestamp> {
        if days == 0 {
            return Some(start);
        }
        let (owner, within) = self.owner(inside);
        let within = within + start.as_micros() - inside.as_micros();
        let day = self.inner.dates.with_before(self.inner.dates.count_before(owner).checked_add(days)?)?;
        self.instant(day, within)
    }

    /// The date in whose hours an instant lies, else the date on the wall, and microseconds since its midnight.
    fn owner(&self, at: Timestamp) -> (DayNumber, i64) {
        let (today, within) = self.wall(at);
        let Made::Rules(rules) = &self.inner.made else { return (today, within) };
        let second = within / SECOND;
        let owns = |day: DayNumber, second: i64| {
            let mut owned = rules.owned_on(day).into_iter();
            owned.any(|(start, end)| (i64::from(start)..i64::from(end)).contains(&second))
        };
        if !owns(today, second) && owns(today - 1, second + DAY) {
            (today - 1, within + DAY * SECOND)
        } else {
            (today, within)
        }
    }

    /// The end of the business day with so many before it.
    fn end_of(&self, count: i64, ends: DayEnd) -> Option<Timestamp> {
        let day = self.inner.dates.with_before(count)?;
        match ends {
            DayEnd::At(time) => self.instant(day, i64::from(time.as_seconds()) * SECOND),
            DayEnd::SameTime | DayEnd::Close => self.close_of(day),
        }
    }

    /// When the hours of a day end for the last time.
    fn close_of(&self, day: DayNumber) -> Option<Timestamp> {
        let midnight = i64::from(day) * DAY;
        let zone = &self.inner.zone;
        let behind = zone.partition_point(|stretch| stretch.start <= midnight + 4 * DAY);
        let pieces = match &self.inner.made {
            Made::Rules(rules) => rules.owned_on(day),
            Made::Combined(..) => alloc::vec![(0, super::sets::DAY)],
        };
        let pieces = |stretch: &Offsets, next: i64| {
            let shift = midnight - i64::from(stretch.offset);
            let start = stretch.start;
            let shown =
                pieces.iter().rev().map(move |(from, until)| (i64::from(*from) + shift, i64::from(*until) + shift));
            let shown = shown.map(|(from, until)| (from.max(start), until.min(next)));
            shown.filter(|(from, until)| from < until).collect::<alloc::vec::Vec<_>>()
        };
        let stretches = (0..behind)
            .rev()
            .filter_map(|index| Some((zone.get(index)?, zone.get(index + 1).map_or(i64::MAX, |next| next.start))));
        let shown = stretches.flat_map(|(stretch, next)| pieces(stretch, next));
        // What the hours of a combination are is not known by date, so its line is asked.
        let line = &self.inner.line;
        let mut ends = shown.filter_map(|(from, until)| {
            let (from, until) = (from.checked_mul(SECOND)?, until.checked_mul(SECOND)?);
            let end = line.find_same(Count::Open, Which::First, until)?;
            (end > from).then_some(end)
        });
        ends.next().and_then(super::answers::within_time)
    }
}
