//! The one calendar of the reference: Monday to Friday, nine to five, UTC. Days are counted, one after another.

use owed::Timestamp;

const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;

/// The kind of time that is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Elapsed,
    Working,
}

/// The open hours of the day that an instant lies in; none on Saturday and Sunday. 1 January 1970 was a Thursday.
fn hours(instant: i64) -> Option<(i64, i64)> {
    let day = instant.div_euclid(DAY);
    let weekday = (day + 3).rem_euclid(7);
    (weekday < 5).then_some((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR))
}

/// How much time lies between two instants.
pub(crate) fn between(unit: Unit, from: Timestamp, until: Timestamp) -> i64 {
    let (from, until) = (from.as_micros(), until.as_micros());
    if until <= from {
        return 0;
    }
    match unit {
        Unit::Elapsed => until - from,
        Unit::Working => {
            let mut sum = 0;
            let mut day = from.div_euclid(DAY) * DAY;
            while day < until {
                if let Some((open, close)) = hours(day) {
                    sum += (close.min(until) - open.max(from)).max(0);
                }
                day += DAY;
            }
            sum
        }
    }
}

/// The first instant by which so much time has run.
pub(crate) fn after(unit: Unit, from: Timestamp, much: i64) -> Timestamp {
    let from = from.as_micros();
    let instant = match unit {
        Unit::Elapsed => from + much,
        Unit::Working => {
            let (mut here, mut left) = (from, much);
            while left > 0 {
                let there = match hours(here) {
                    Some((open, _)) if here < open => open,
                    Some((_, close)) if here < close => {
                        let there = close.min(here + left);
                        left -= there - here;
                        there
                    }
                    Some(_) | None => (here.div_euclid(DAY) + 1) * DAY,
                };
                here = there;
            }
            here
        }
    };
    Timestamp::from_micros(instant)
}

/// The last instant from which so much time is left until another.
pub(crate) fn before(unit: Unit, until: Timestamp, much: i64) -> Timestamp {
    let until = until.as_micros();
    let instant = match unit {
        Unit::Elapsed => until - much,
        Unit::Working => {
            let (mut here, mut left) = (until, much);
            while left > 0 {
                // The day that ends here, if this is a midnight.
                let there = match hours(here - 1) {
                    Some((_, close)) if close < here => close,
                    Some((open, _)) if open < here => {
                        let there = open.max(here - left);
                        left -= here - there;
                        there
                    }
                    Some(_) | None => (here - 1).div_euclid(DAY) * DAY,
                };
                here = there;
            }
            here
        }
    };
    Timestamp::from_micros(instant)
}
