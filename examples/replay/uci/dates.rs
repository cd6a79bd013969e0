//! The log's instants: `29/2/2016 01:16`, without a zone. They are taken as UTC, which the rulebook's calendar is in too.

use chrono::NaiveDate;
use owed::Timestamp;

/// Reads an instant. chrono says whether there is such a day; its parser for any form costs three times as much.
pub(super) fn read(cell: &[u8]) -> Result<Timestamp, String> {
    let instant = str::from_utf8(cell).ok().and_then(instant);
    instant
        .ok_or_else(|| format!("{:?} is no instant; it is written as 29/2/2016 01:16", String::from_utf8_lossy(cell)))
}

fn instant(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(' ')?;
    let (day, month_and_year) = date.split_once('/')?;
    let (month, year) = month_and_year.split_once('/')?;
    let (hour, minute) = time.split_once(':')?;
    let date = NaiveDate::from_ymd_opt(i32::from(number(year, 4)?), number(month, 2)?.into(), number(day, 2)?.into())?;
    Some(date.and_hms_opt(number(hour, 2)?.into(), number(minute, 2)?.into(), 0)?.and_utc().into())
}

/// A number of so many digits at most, and of nothing else.
fn number(text: &str, digits: usize) -> Option<u16> {
    let plain = text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}
