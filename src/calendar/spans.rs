//! Open time as spans, one after another, from either end.

use core::iter::FusedIterator;

use super::timeline::{Count, Which};
use super::{Calendar, Span};
use crate::Timestamp;

/// The open time between two instants: in order, never touching, never empty, each found when it is asked for.
///
/// Made by [`Calendar::open_spans`]; from the back it gives the newest first.
#[derive(Clone, Debug)]
pub struct OpenSpans<'a> {
    calendar: &'a Calendar,
    from: Timestamp,
    until: Timestamp,
}

impl Calendar {
    /// The open time between two instants: in order, never touching, never empty, cut to `from` and `until`.
    ///
    /// Each is found when it is asked for.
    ///
    /// # Neither the break at noon nor the weekend is in it
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(
    ///     r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] } }"#,
    /// )?;
    /// let spans = desk.open_spans("2026-03-06T12:00:00+03:00".parse()?, "2026-03-09T10:00:00+03:00".parse()?);
    /// let lengths: Vec<_> = spans.clone().map(|span| span.length().to_string()).collect();
    /// assert_eq!(lengths, ["30 minutes", "270 minutes", "1 hour"]);
    /// assert_eq!(spans.rev().next().map(|span| span.from), Some("2026-03-09T09:00:00+03:00".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn open_spans(&self, from: Timestamp, until: Timestamp) -> OpenSpans<'_> {
        OpenSpans { calendar: self, from, until }
    }
}

impl Iterator for OpenSpans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let line = &self.calendar.inner.line;
        // The last instant with as much open time before it as before `from`: `from` itself if that is open.
        let opening = line.find_same(Count::Open, Which::Last, self.from.as_micros())?;
        let from = Timestamp::from_micros(opening);
        if from >= self.until {
            return None;
        }
        let closing = line.find_same(Count::Closed, Which::Last, opening);
        let until = closing.map_or(self.until, Timestamp::from_micros).min(self.until);
        self.from = until;
        Some(Span { from, until })
    }
}

impl DoubleEndedIterator for OpenSpans<'_> {
    fn next_back(&mut self) -> Option<Span> {
        let line = &self.calendar.inner.line;
        let closing = line.find_same(Count::Open, Which::First, self.until.as_micros())?;
        let until = Timestamp::from_micros(closing);
        if until <= self.from {
            return None;
        }
        let opening = line.find_same(Count::Closed, Which::First, closing);
        let from = opening.map_or(self.from, Timestamp::from_micros).max(self.from);
        self.until = from;
        Some(Span { from, until })
    }
}

impl FusedIterator for OpenSpans<'_> {}
