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
//! - A shift replaces what its date owns. A holiday closes its date, what it owns, or both; see [`HolidayScope`].
//! - Open around the clock is `"weekly": { "mon-sun": ["00:00-24:00"] }`.
//!
//! # How it answers
//!
//! How much open time lies before an instant is a line that rises and never falls. It is put together once, when the
//! calendar is made; after that each question is one or two lookups on it, however far apart the instants are.
//!
//! ```text
//! Spec ─▶ Hours of a day ─▶ Week, repeated ─▶ Civil dates ─▶ OpenTime over instants ─▶ Calendar
//!          (merged)                            (+ holidays,    (+ the zone's offsets)
//!                                                 shifts)
//! ```

mod amount;
mod answers;
mod civil;
mod count;
mod day_time;
mod days;
mod flaw;
mod hours;
mod interval;
mod open_time;
mod read;
mod span;
mod spec;
mod week;
mod write;
mod zone;

pub use amount::{Amount, AmountError, ElapsedTime, WorkingTime, micros};
pub use answers::{Calendar, OutOfReach};
pub use chrono::NaiveDate;
pub use chrono_tz::Tz;
pub use day_time::{DayTime, DayTimeError};
pub use flaw::Flaw;
pub use interval::{Interval, IntervalError};
pub use span::Span;
pub use spec::{Holiday, HolidayScope, Spec};
