//! Easter Sunday of the western churches.

use chrono::NaiveDate;

/// Easter Sunday in the Gregorian calendar, by the rule that the churches publish as golden number, epact and Sunday
/// letter. (The form of it is Meeus, Jones and Butcher's.)
pub(super) fn sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let leap_centuries = century.div_euclid(4);
    let moon = (century + 8).div_euclid(25);
    let moon = (century - moon + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - moon + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * in_century.div_euclid(4) - epact - in_century.rem_euclid(4))
        .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let days = epact + weekday - 7 * late + 114;
    let (month, day) = (u32::try_from(days / 31).ok()?, u32::try_from(days % 31).ok()?);
    NaiveDate::from_ymd_opt(year, month, day + 1)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    #[test]
    fn easter_is_on_the_known_days() {
        // The earliest and the latest there can be, and some that are easily wrong.
        let known = [(1818, 3, 22), (1886, 4, 25), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23)];
        for (year, month, day) in known.into_iter().chain([(2008, 3, 23), (2026, 4, 5), (2038, 4, 25), (2049, 4, 18)]) {
            assert_eq!(sunday(year), NaiveDate::from_ymd_opt(year, month, day));
        }
        assert!((1..=9999).all(|year| sunday(year).is_some_and(|date| date.weekday() == Weekday::Sun)));
    }
}
