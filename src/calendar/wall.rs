//! From a time on the wall to an instant.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use super::answers::within_time;
use super::day_time::DayTime;
use super::zone::{instant_of, offsets};
use crate::Timestamp;

/// The instant at which the wall clock of a zone shows a time of a date.
///
/// A time that the clock skips is the instant at which it does; of one that it repeats, it is the first. `None` outside of the years
/// 1 to 9999.
///
/// # A time that the clocks skip
///
/// ```
/// use owed::calendar::{NaiveDate, Tz, wall_instant};
///
/// let date = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
/// let noon = wall_instant(Tz::Europe__Istanbul, date, "12:00".parse()?);
/// assert_eq!(noon, Some("2026-03-10T12:00:00+03:00".parse()?));
/// // On 29 March the clocks of Berlin go from 02:00 to 03:00.
/// let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
/// let skipped = wall_instant(Tz::Europe__Berlin, date, "02:30".parse()?);
/// assert_eq!(skipped, Some("2026-03-29T03:00:00+02:00".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn wall_instant(zone: Tz, date: NaiveDate, time: DayTime) -> Option<Timestamp> {
    let midnight = date.and_hms_opt(0, 0, 0).filter(|_| (0..=10_000).contains(&date.year()))?;
    let second = midnight.and_utc().timestamp() + i64::from(time.as_seconds());
    within_time(instant_of(&offsets(zone), second).checked_mul(1_000_000)?)
}
