//! When it opens and when it closes, in both directions.

use super::Calendar;
use super::answers::within_time;
use super::timeline::{Count, Which};
use crate::Timestamp;

/// An opening is an instant that is open and before which it was closed; a closing is the other way round. What has been
/// open since the beginning of time never opened.
impl Calendar {
    /// The first opening after an instant; `None` if there is none before time ends.
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let friday = "2026-03-06T09:00:00Z".parse()?;
    /// assert_eq!(desk.next_opening(friday), Some("2026-03-09T09:00:00Z".parse()?));
    /// assert_eq!(desk.next_closing(friday), Some("2026-03-06T17:00:00Z".parse()?));
    /// assert_eq!(desk.previous_opening(friday), Some("2026-03-05T09:00:00Z".parse()?));
    /// assert_eq!(desk.previous_closing(friday), Some("2026-03-05T17:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What never closes never opens
    ///
    /// ```
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let always = Calendar::new(Spec::round_the_clock(Tz::UTC))?;
    /// assert_eq!(always.next_opening("2026-03-06T09:00:00Z".parse()?), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_opening(&self, after: Timestamp) -> Option<Timestamp> {
        let x = after.as_micros();
        let closed = if self.inner.line.is_open(x) { self.end_of_open(x)? } else { x };
        self.turn(Count::Open, Which::Last, closed)
    }

    /// The first closing after an instant; `None` if there is none before time ends.
    ///
    /// # At a closing, the next one is meant
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// assert_eq!(desk.next_closing("2026-03-06T17:00:00Z".parse()?), Some("2026-03-09T17:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_closing(&self, after: Timestamp) -> Option<Timestamp> {
        let x = after.as_micros();
        let open =
            if self.inner.line.is_open(x) { x } else { self.inner.line.find_same(Count::Open, Which::Last, x)? };
        self.turn(Count::Closed, Which::Last, open)
    }

    /// The last opening before an instant; `None` if there is none since time began.
    ///
    /// # At an opening, the one before is meant
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// assert_eq!(desk.previous_opening("2026-03-09T09:00:00Z".parse()?), Some("2026-03-06T09:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn previous_opening(&self, before: Timestamp) -> Option<Timestamp> {
        let x = before.as_micros();
        let open = self.inner.line.find_same(Count::Open, Which::First, x)?;
        self.turn(Count::Closed, Which::First, open)
    }

    /// The last closing before an instant; `None` if there is none since time began.
    ///
    /// # At a closing, the one before is meant
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// assert_eq!(desk.previous_closing("2026-03-06T17:00:00Z".parse()?), Some("2026-03-05T17:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn previous_closing(&self, before: Timestamp) -> Option<Timestamp> {
        let x = before.as_micros();
        let closed = self.inner.line.find_same(Count::Closed, Which::First, x)?;
        self.turn(Count::Open, Which::First, closed)
    }

    /// The first open instant at or after this one.
    ///
    /// # Open now is now
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let noon = "2026-03-06T12:00:00Z".parse()?;
    /// assert_eq!(desk.open_at_or_after(noon), Some(noon));
    /// assert_eq!(desk.open_at_or_after("2026-03-06T17:00:00Z".parse()?), Some("2026-03-09T09:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open_at_or_after(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_open(at) { Some(at) } else { self.next_opening(at) }
    }

    /// The last instant at or before this one until which it was open: this one, if it was open right up to it, else the
    /// closing before it.
    ///
    /// # Open right up to the closing is the closing
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let closing = "2026-03-06T17:00:00Z".parse()?;
    /// assert_eq!(desk.open_end_at_or_before(closing), Some(closing));
    /// assert_eq!(desk.open_end_at_or_before("2026-03-09T09:00:00Z".parse()?), Some(closing)); // an opening ends nothing
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open_end_at_or_before(&self, at: Timestamp) -> Option<Timestamp> {
        let end = self.inner.line.find_same(Count::Open, Which::First, at.as_micros())?;
        within_time(end).filter(|end| *end > Timestamp::MIN)
    }

    fn end_of_open(&self, x: i64) -> Option<i64> {
        self.inner.line.find_same(Count::Closed, Which::Last, x)
    }

    /// Where the count begins or ceases to stand where it stands at `x`, inside of time.
    fn turn(&self, count: Count, which: Which, x: i64) -> Option<Timestamp> {
        let found = self.inner.line.find_same(count, which, x)?;
        within_time(found).filter(|found| Timestamp::MIN < *found && *found < Timestamp::MAX)
    }
}
