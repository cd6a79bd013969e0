//! The log's instants: `29/2/2016 01:16`, without a zone. They are taken as UTC, which the rulebook's calendar is in too.

use chrono::NaiveDate;
use owed::Timestamp;

/// Reads an instant. chrono says whether there is such a one; its parser, which reads any form, would take a twentieth of the
/// whole run.
pub(super) fn read(cell: &[u8]) -> Result<Timestamp, String> {
    let read = || {
        let [day, month, year, hour, minute] = numbers(cell)?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        Some(date.and_hms_opt(hour, minute, 0)?.and_utc().into())
    };
    let no_instant = || format!("{:?} is no instant; it is written as 29/2/2016 01:16", String::from_utf8_lossy(cell));
    read().ok_or_else(no_instant)
}

/// Its five numbers, if nothing but what separates them stands between and behind.
fn numbers(cell: &[u8]) -> Option<[u32; 5]> {
    let mut numbers = [0; 5];
    let mut rest = cell;
    for (number, end) in numbers.iter_mut().zip([&b"/"[..], b"/", b" ", b":", b""]) {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, behind) = rest.split_at_checked(digits).filter(|(digits, _)| (1..=4).contains(&digits.len()))?;
        *number = digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        rest = behind.strip_prefix(end)?;
    }
    rest.is_empty().then_some(numbers)
}
