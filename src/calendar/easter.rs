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
