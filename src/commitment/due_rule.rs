//! How a deadline is found: what was said of it.

use core::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::calendar::{DayTime, NaiveDate, Term, Tz, micros};
use crate::{Name, Timestamp};

/// How the deadline is found. It keeps what was said; what that came to stands beside it, in the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRule {
    /// At this instant.
    At(Timestamp),
    /// When this much time has run: `{"within": "48 hours"}`, `{"within": "5 business days"}`, `{"within": {"elapsed_us": 172800000000}}`.
    Within(#[serde(with = "micros::term")] Term),
    /// At a time on somebody's wall: `{"by": {"date": "2026-03-10", "time": "12:00", "zone": "Europe/Istanbul"}}`.
    By(WallTime),
    /// When the hours of this date end: `{"end_of_business": "2026-03-10"}`.
    EndOfBusiness(NaiveDate),
    /// A word that promises no time, such as "as soon as possible". It takes the figure that the rulebook has for it.
    Vague(Name),
}

/// A time on the wall of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallTime {
    /// The date.
    pub date: NaiveDate,
    /// The time of day; in JSON it may be left out: until the end of the date ([`DayTime::END`]).
    #[serde(default = "end_of_day", skip_serializing_if = "is_end_of_day")]
    pub time: DayTime,
    /// Whose wall.
    #[serde(deserialize_with = "zone")]
    pub zone: Tz,
}

/// A zone has its name from the time zone data: one that these do not know yet is a word of a later release.
fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
    let name = alloc::string::String::deserialize(deserializer)?;
    name.parse().map_err(|_| D::Error::unknown_variant(&name, &[]))
}

const fn end_of_day() -> DayTime {
    DayTime::END
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_end_of_day(time: &DayTime) -> bool {
    *time == DayTime::END
}

impl fmt::Display for DueRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => write!(f, "at {at}"),
            Self::Within(term) => write!(f, "within {term}"),
            Self::By(WallTime { date, time, zone }) => write!(f, "by {date} {time} ({zone})"),
            Self::EndOfBusiness(date) => write!(f, "by the end of business on {date}"),
            Self::Vague(word) => write!(f, "{word}"),
        }
    }
}
