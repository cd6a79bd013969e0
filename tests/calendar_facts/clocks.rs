//! Instants are those of chrono, and what a wall clock shows is what the zone data say.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use owed::Timestamp;
use owed::calendar::Tz;

use super::calendar;

/// Hours that look different whenever they are read by another offset: a quarter is open or not as if by lot.
struct Pattern([bool; 96]);

impl Pattern {
    fn new() -> Self {
        Self(std::array::from_fn(|quarter| (quarter * quarter * 29 + quarter * 7) % 97 % 5 < 2))
    }

    fn calendar(&self, zone: Tz) -> owed::calendar::Calendar {
        let time = |quarter: usize| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        let open: Vec<String> = (0..96)
            .filter(|quarter| self.0[*quarter])
            .map(|quarter| format!("\"{}-{}\"", time(quarter), time(quarter + 1)))
            .collect();
        let open = open.join(", ");
        calendar(&format!(r#"{{ "time_zone": "{zone}", "weekly": {{ "mon-sun": [{open}] }} }}"#))
    }

    fn is_open(&self, second_of_day: u32) -> bool {
        self.0[usize::try_from(second_of_day / 900).unwrap()]
    }
}

/// Asks a zone every so many seconds, from before the first clock was changed to after the last that is known, and compares.
fn agrees_with_the_clock(zone: Tz, step: usize) {
    let pattern = Pattern::new();
    let calendar = pattern.calendar(zone);
    let [first, last] = [1830, 2111].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
    let [first, last] = [first, last].map(|date| date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp());
    for second in (first..last).step_by(step) {
        let at = DateTime::from_timestamp(second, 0).unwrap();
        let shown = zone.from_utc_datetime(&at.naive_utc()).num_seconds_from_midnight();
        assert_eq!(calendar.is_open(at.into()), pattern.is_open(shown), "{zone} at {at}");
    }
}

#[test]
fn odd_zones_agree_with_the_clock() {
    for zone in [Tz::Africa__Cairo, Tz::Asia__Gaza, Tz::America__Noronha, Tz::Africa__Casablanca, Tz::UTC] {
        agrees_with_the_clock(zone, 5 * 3_600 + 7);
    }
}

#[test]
#[ignore = "minutes in release; run it when the zone data change"]
fn all_zones_agree_with_the_clock() {
    for zone in chrono_tz::TZ_VARIANTS {
        agrees_with_the_clock(zone, 3_601);
    }
}

#[test]
fn instants_are_those_of_chrono_in_both_directions() {
    let (day, rest) = (86_400_000_000, 45_296_123_457);
    for since in 0..3_652_059 {
        let micros = Timestamp::MIN.as_micros() + since * day + rest;
        let (ours, theirs) = (Timestamp::from_micros(micros), DateTime::from_timestamp_micros(micros).unwrap());
        assert_eq!(ours.to_utc(), theirs);
        assert_eq!(Timestamp::from(theirs), ours);
    }
    for end in [Timestamp::MIN, Timestamp::MAX] {
        assert_eq!(Some(end.to_utc()), DateTime::from_timestamp_micros(end.as_micros()));
        assert_eq!(Timestamp::from(end.to_utc()), end);
    }
}

#[test]
fn what_lies_outside_becomes_an_end_of_time() {
    let (first, last) = (Timestamp::MIN.to_utc(), Timestamp::MAX.to_utc());
    for before in [DateTime::<Utc>::MIN_UTC, first - TimeDelta::nanoseconds(1), first - TimeDelta::days(400)] {
        assert_eq!(Timestamp::from(before), Timestamp::MIN);
    }
    let leap = last.date_naive().and_hms_micro_opt(23, 59, 59, 1_500_000).unwrap().and_utc();
    for after in [DateTime::<Utc>::MAX_UTC, last + TimeDelta::microseconds(1), leap] {
        assert_eq!(Timestamp::from(after), Timestamp::MAX);
    }
    assert_eq!(Timestamp::from(last + TimeDelta::nanoseconds(999)), Timestamp::MAX);
}
