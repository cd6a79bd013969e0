//! Amounts, instants and numbers as a person writes them.

use std::fmt;

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use owed::calendar::Amount;
use owed::{Priority, Timestamp};

use super::desk::Verdicts;

/// A number with a comma before every third digit.
pub(crate) fn number(count: impl TryInto<u64>) -> String {
    let digits = count.try_into().unwrap_or(u64::MAX).to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: `1 ticket`, `2 tickets`.
pub(crate) fn many(count: impl TryInto<u64>, thing: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{} {thing}{}", number(count), if count == 1 { "" } else { "s" })
}

/// Microseconds as hours and minutes: `3:05`, `0:12`, `1,201:45`.
pub(crate) fn time(micros: u64) -> String {
    let minutes = micros / 60_000_000;
    format!("{}:{:02}", number(minutes / 60), minutes % 60)
}

/// An amount of either kind of time, without saying which.
pub(crate) fn amount(amount: Amount) -> String {
    time(amount.as_micros())
}

/// A priority, or that there is none.
pub(crate) fn priority(priority: Option<&Priority>) -> String {
    priority.map_or_else(|| "none".into(), ToString::to_string)
}

/// The wall clock that a desk goes by: that of its calendar's zone, or UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wall {
    zone: Tz,
}

impl Wall {
    /// The wall clock of the first calendar that anything went by.
    pub(crate) fn of(verdicts: &Verdicts<'_>) -> Self {
        let owed = verdicts.tickets().iter().flat_map(|ticket| ticket.ledger().all());
        let calendar = owed.filter_map(|commitment| verdicts.calendar(commitment)).next();
        Self { zone: calendar.map_or(Tz::UTC, |calendar| calendar.time_zone()) }
    }

    /// The wall clock of UTC.
    pub(crate) const UTC: Self = Self { zone: Tz::UTC };

    fn shows(self, at: Timestamp) -> DateTime<Tz> {
        at.to_utc().with_timezone(&self.zone)
    }

    /// `Mon 9 Mar 10:30`
    pub(crate) fn moment(self, at: Timestamp) -> String {
        self.shows(at).format("%a %-d %b %H:%M").to_string()
    }

    /// `2016-03-09 10:30`
    pub(crate) fn date_and_time(self, at: Timestamp) -> String {
        self.shows(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// `Mon 9 Mar`
    pub(crate) fn day(self, at: Timestamp) -> String {
        self.shows(at).format("%a %-d %b").to_string()
    }

    /// `10:30`
    pub(crate) fn time(self, at: Timestamp) -> String {
        self.shows(at).format("%H:%M").to_string()
    }

    /// `9 March 2026`
    pub(crate) fn date(self, at: Timestamp) -> String {
        let shown = self.shows(at);
        format!("{} {}", shown.format("%-d %B"), shown.year())
    }
}

impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zone.name())
    }
}
