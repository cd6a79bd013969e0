//! When does time count?
//!
//! A [`Calendar`] knows the opening hours of a desk: hours of the week on the wall clock of a zone, holidays that close,
//! shifts that replace a date's hours. It answers questions about instants and amounts of open time, exactly, from the
//! year 1 to 9999. It knows nothing of support, and serves whoever has business hours.
//!
//! ```
//! use owed::Timestamp;
//! use owed::calendar::{Calendar, WorkingTime};
//!
//! let office: Calendar = serde_json::from_str(
//!     r#"{ "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["08:00-16:00"] }, "holidays": ["2026-03-21"] }"#,
//! )?;
//! // Wednesday the 18th, an hour before closing; Saturday the 21st is a holiday.
//! let received: Timestamp = "2026-03-18T15:00:00+03:30".parse()?;
//! let due = office.add_working(received, "4 working hours".parse()?)?;
//! assert_eq!(due, "2026-03-22T11:00:00+03:30".parse()?);
//! assert_eq!(office.working_between(received, due), WorkingTime::from_hours(4).unwrap());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is open
//!
//! - An instant is open exactly when the wall clock of the zone, read at that instant, shows a time inside an interval
//!   that is open on that civil date. Elapsed time is physical: an hour that the clock skips counts nothing, one that it
//!   repeats counts twice.
//! - Intervals are half-open, and 24:00 is a legal end. One that ends before it starts crosses midnight and belongs to
//!   the date on which it starts. Those that overlap or touch are one.
//! - The layers, the stronger last: weekly hours, [seasons](Season), [holidays](Holiday) (which close), shifts (which
//!   replace what their date owns), breaks (which cut from whatever is left). A [`Revision`] changes them from a date on.
//!   What a holiday closes, its date, what it owns, or both, is its [scope](HolidayScope).
//! - Calendars in any zones can be [combined](Combination): either, both, or one without the other.
//! - Open around the clock is `"24x7"`, or `"weekly": "24x7"` with holidays on top.
//! - All layers count in the years 1900 to 2200, and a date outside of them is refused; before and after, the weekly hours
//!   and weekly breaks go on to the ends of time.
//!
//! # How it answers
//!
//! How much open time lies before an instant is a line that rises and never falls. It is put together once, when the
//! calendar is made; after that each question is one or two lookups on it, however far apart the instants are.
//!
//! ```text
//! Spec ─▶ Rules: what of a date? ─▶ Patterns: weeks alike ─▶ weave (+ the zone's offsets) ─▶ Timeline ─┬▶ Calendar
//!                                                            combine: pairs of weeks of two Timelines ─┘
//! ```
//!
//! # How much there may be
//!
//! [`MAX_DATES`] holidays, shifts and breaks, [`MAX_SEASONS`], [`MAX_REVISIONS`], [`MAX_INTERVALS`] in one list,
//! [`MAX_PARTS`] calendars in [`MAX_LEVELS`] levels of a combination. More is refused with [`Flaw::TooMany`]. Within that,
//! each call on any instant of the years 1 to 9999 ends under a millisecond; `benches/COUNTS.md` tells what it takes.

mod amount;
mod answers;
mod builder;
mod business;
mod check;
mod combination;
mod dates;
mod day;
mod day_time;
mod days;
mod easter;
mod exceptions;
mod explain;
mod flaw;
mod holiday;
mod interval;
mod lead;
mod pattern;
mod percent;
mod print;
mod read;
mod read_holiday;
mod reasons;
mod rules;
mod sets;
mod span;
mod spans;
mod spec;
mod terms;
mod timeline;
mod turns;
mod wall;
mod weave;
mod write;
mod zone;

pub(crate) use amount::micros;
pub use amount::{Amount, AmountError, BusinessDays, CivilTime, DayEnd, ElapsedTime, Term, WorkingTime};
pub use answers::{Calendar, OutOfReach};
pub use builder::Builder;
pub use check::{MAX_DATES, MAX_INTERVALS, MAX_LEVELS, MAX_PARTS, MAX_REVISIONS, MAX_SEASONS};
pub use chrono::{NaiveDate, Weekday};
pub use chrono_tz::Tz;
pub use combination::Combination;
pub use day_time::{DayTime, DayTimeError};
pub use explain::{Because, Explained};
pub use flaw::Flaw;
pub use holiday::{EasterDay, Holiday, HolidayRule, NthWeekday, YearDay};
pub use interval::{Interval, IntervalError};
pub use lead::{Lead, LeadError};
pub use percent::Percent;
pub use span::Span;
pub use spans::OpenSpans;
pub use spec::{HolidayScope, Revision, Season, Spec, Week};
pub use wall::wall_instant;
