//! The calendar itself, and the questions that it answers.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use core::iter;

use chrono::{Datelike, NaiveDate};

use super::count::{Count, Which};
use super::open_time::OpenTime;
use super::{Flaw, Span, Spec, WorkingTime};
use crate::document::Findings;
use crate::{Problems, Timestamp};

/// When a desk is open, ready to answer.
///
/// Two calendars are equal if they were made from equal [`Spec`]s. It serialises as its spec does; cloning it copies no
/// hours.
///
/// Making one looks through two and a half centuries of its zone's clock changes, which takes about a millisecond. Make it
/// once and keep it.
#[derive(Clone)]
pub struct Calendar {
    spec: Arc<Spec>,
    open_time: Arc<OpenTime>,
}

impl Calendar {
    /// Makes the calendar that follows these rules.
    ///
    /// # Errors
    /// [`Flaw::NeverOpens`] if it is not open for one microsecond in the years 1 to 9999, [`Flaw::DateBeyondTime`] for each
    /// date that lies outside them.
    ///
    /// # Example: a calendar that never opens
    ///
    /// ```
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let error = Calendar::new(Spec::new(Tz::Europe__Istanbul)).unwrap_err();
    /// assert_eq!(error.to_string(), "this calendar never opens; give it weekly hours, or a shift");
    /// ```
    pub fn new(spec: Spec) -> Result<Self, Problems<Flaw>> {
        let mut found = Findings::new();
        for (index, holiday) in spec.holidays.iter().enumerate() {
            found.keep(&format!("holidays[{index}]"), within_time(holiday.date));
        }
        for date in spec.shifts.keys() {
            found.keep(&format!("shifts.{date}"), within_time(*date));
        }
        let spec = found.finish(Some(spec))?;
        Self::compile(spec).map_err(|flaw| Problems::one(String::new(), flaw))
    }

    /// The same for rules whose dates have been looked at.
    pub(super) fn compile(spec: Spec) -> Result<Self, Flaw> {
        let open_time = OpenTime::new(&spec);
        if !open_time.ever_opens() {
            return Err(Flaw::NeverOpens);
        }
        Ok(Self { spec: Arc::new(spec), open_time: Arc::new(open_time) })
    }

    /// The rules that it follows.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Whether an instant is open. The opening is, the closing is not.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.open_time.is_open(at.as_micros())
    }

    /// How much open time lies between two instants; nothing if `until` is not after `from`.
    #[must_use]
    pub fn working_between(&self, from: Timestamp, until: Timestamp) -> WorkingTime {
        let before = |at: Timestamp| self.open_time.open_before(at.as_micros());
        let between = before(until).saturating_sub(before(from));
        WorkingTime::from_micros(u64::try_from(between).unwrap_or(0))
    }

    /// The first instant by which so much open time has gone by.
    ///
    /// If the amount is used up on a closing, that is the answer, not the next opening. No time at all gives `from`, open
    /// or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if so much is not found by the end of the year 9999.
    pub fn add_working(&self, from: Timestamp, amount: WorkingTime) -> Result<Timestamp, OutOfReach> {
        if amount == WorkingTime::ZERO {
            return Ok(from);
        }
        let counted = i64::try_from(amount.as_micros()).ok().and_then(|amount| {
            let before = self.open_time.open_before(from.as_micros());
            before.checked_add(amount)
        });
        let found = counted.and_then(|figure| self.open_time.find(Count::Open, Which::First, figure));
        found.map(Timestamp::from_micros).ok_or(OutOfReach::After { from, amount })
    }

    /// The last instant from which so much open time is left until `until`.
    ///
    /// If the amount is used up on an opening, that is the answer, not the closing before it. No time at all gives `until`,
    /// open or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if so much is not found back to the beginning of the year 1.
    pub fn sub_working(&self, until: Timestamp, amount: WorkingTime) -> Result<Timestamp, OutOfReach> {
        if amount == WorkingTime::ZERO {
            return Ok(until);
        }
        let counted = i64::try_from(amount.as_micros()).ok().and_then(|amount| {
            let before = self.open_time.open_before(until.as_micros());
            before.checked_sub(amount)
        });
        let found = counted.and_then(|figure| self.open_time.find(Count::Open, Which::Last, figure));
        found.map(Timestamp::from_micros).ok_or(OutOfReach::Before { until, amount })
    }

    /// The open time between two instants: in order, never touching, never empty, cut to `from` and `until`.
    ///
    /// Each is found when it is asked for.
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(
    ///     r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } }"#,
    /// )?;
    /// let spans = desk.open_spans("2026-03-06T12:00:00+03:00".parse()?, "2026-03-09T10:00:00+03:00".parse()?);
    /// let lengths: Vec<_> = spans.map(|span| span.length().to_string()).collect();
    /// assert_eq!(lengths, ["30 minutes", "270 minutes", "1 hour"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_spans(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Span> {
        let mut here = from;
        iter::from_fn(move || {
            let span = self.first_span(here, until)?;
            here = span.until;
            Some(span)
        })
    }

    fn first_span(&self, from: Timestamp, until: Timestamp) -> Option<Span> {
        // The last instant with as much open time before it as before `from`: `from` itself if that is open.
        let opening = self.open_time.find_same(Count::Open, Which::Last, from.as_micros())?;
        let closing = self.open_time.find_same(Count::Closed, Which::Last, opening);
        let from = Timestamp::from_micros(opening);
        let until = closing.map_or(until, Timestamp::from_micros).min(until);
        (from < until).then_some(Span { from, until })
    }
}

/// Keeps to the dates that instants have, and that are written with four digits for the year.
pub(super) fn within_time(date: NaiveDate) -> Result<NaiveDate, Flaw> {
    if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(Flaw::DateBeyondTime { date }) }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.spec == other.spec
    }
}

impl Eq for Calendar {}

impl core::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Calendar").field(&self.spec).finish()
    }
}

/// So much open time is not to be found before time ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutOfReach {
    /// Not in the future, up to the end of the year 9999.
    #[error("there are no {amount} from {from} to the end of the year 9999")]
    After {
        /// From where it was to be counted.
        from: Timestamp,
        /// How much was to be counted.
        amount: WorkingTime,
    },
    /// Not in the past, back to the beginning of the year 1.
    #[error("there are no {amount} from the beginning of the year 1 to {until}")]
    Before {
        /// To where it was to be counted.
        until: Timestamp,
        /// How much was to be counted.
        amount: WorkingTime,
    },
}
