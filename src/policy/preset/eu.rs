//! Regulation (EEC, Euratom) No 1182/71: when a period of EU law ends.

use crate::Timestamp;
use crate::calendar::{Calendar, CivilTime, DayEnd, OutOfReach, Term};

const HOUR: u64 = 3_600_000_000;

/// When a period of EU law ends that begins with an event: article 3 of Regulation 1182/71, which is no duty but a rule of counting.
///
/// - The hour of the event is not counted (1): so many hours run from the next full one, through weekends.
/// - The day of the event is not counted either. Days, weeks and months end with the last hour of their last day (2), and if that is no
///   working day, of the next one (4). Working days are counted by themselves (3).
/// - A period of two days or more has at least two working days in it (5).
///
/// The calendar is to be open all day, from 00:00 to 24:00, on the working days of the law and on no other; then the close of a day is its
/// last hour. Working time is no period of this law, and is counted as it always is. Full hours are those of UTC, which in
/// the EU are those on the wall.
///
/// No target counts so by itself; a host that wants the instant promises it as a fixed one.
///
/// # Neither the hour nor the day of the event counts, and no month ends on a holiday
///
/// ```
/// use owed::calendar::Calendar;
/// use owed::policy::eu_1182_71;
///
/// let law: Calendar = serde_json::from_str(
///     r#"{ "time_zone": "Europe/Brussels", "weekly": { "mon-fri": ["00:00-24:00"] }, "holidays": ["2026-05-01"] }"#,
/// )?;
/// let received = "2026-04-01T10:20:00+02:00".parse()?;
/// let ends = |term: &str| eu_1182_71(&law, received, term.parse().unwrap());
/// assert_eq!(ends("72 hours")?, "2026-04-04T11:00:00+02:00".parse()?);
/// // 1 May is a holiday and a Friday: the month ends with Monday.
/// assert_eq!(ends("1 month")?, "2026-05-05T00:00:00+02:00".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`OutOfReach`] if that is after the year 9999.
pub fn eu_1182_71(calendar: &Calendar, event: Timestamp, period: Term) -> Result<Timestamp, OutOfReach> {
    let end = match period {
        Term::Working(_) => return calendar.add(event, period),
        Term::Business(days) => return calendar.add_business_days(event, days.days, DayEnd::Close),
        Term::Elapsed(_) => {
            let past_the_hour = event.micros_since(Timestamp::MIN) % HOUR;
            calendar.add(event.plus_micros(HOUR - past_the_hour), period)?
        }
        Term::Civil(time) => calendar.add_business_days(calendar.add_civil(event, time)?, 0, DayEnd::Close)?,
    };
    let working = if is_two_days(period) { calendar.add_business_days(event, 2, DayEnd::Close)? } else { end };
    Ok(end.max(working))
}

/// Whether a period is of two days or more, as it is written.
fn is_two_days(period: Term) -> bool {
    match period {
        Term::Elapsed(time) => time.as_micros() >= 48 * HOUR,
        Term::Civil(CivilTime::Days(days)) => days >= 2,
        Term::Civil(CivilTime::Weeks(count) | CivilTime::Months(count)) => count >= 1,
        // Working days are working days.
        Term::Business(_) | Term::Working(_) => false,
    }
}
