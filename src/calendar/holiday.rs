//! Days on which it is closed: one date, or a rule that names one in every year.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Flaw, days};
use crate::Name;

/// A day on which it is closed, and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    /// The date, or the rule for it.
    pub on: HolidayRule,
    /// What people call it.
    pub name: Option<Name>,
}

impl<T: Into<HolidayRule>> From<T> for Holiday {
    fn from(on: T) -> Self {
        Self { on: on.into(), name: None }
    }
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidayRule {
    /// Once: `"2026-03-21"`. Persian, lunar and decreed holidays are such dates.
    Date(NaiveDate),
    /// Every year on the same date: `{ "yearly": "12-25" }`.
    Yearly(YearDay),
    /// Every year on the same weekday of a month: `{ "nth": "4 thu nov" }`.
    Nth(NthWeekday),
    /// Every year so many days after Easter Sunday, in the western churches' count: `{ "easter": -2 }`.
    Easter(EasterDay),
}

impl HolidayRule {
    /// The dates in a year: none if it is 29 February, or counted from Easter perhaps two.
    ///
    /// # 29 February is not in every year
    ///
    /// ```
    /// use owed::calendar::{HolidayRule, YearDay};
    ///
    /// let leap_day = HolidayRule::Yearly(YearDay::new(2, 29).unwrap());
    /// assert_eq!(leap_day.in_year(2028).count(), 1);
    /// assert_eq!(leap_day.in_year(2027).count(), 0);
    /// ```
    pub fn in_year(self, year: i32) -> impl Iterator<Item = NaiveDate> {
        (year.saturating_sub(1)..=year.saturating_add(1))
            .filter_map(move |reckoned| self.reckoned_in(reckoned))
            .filter(move |date| date.year() == year)
    }

    /// The date by the rule for a year. Counted from Easter, it may lie in the year before or after.
    pub(super) fn reckoned_in(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => (date.year() == year).then_some(date),
            Self::Yearly(day) => NaiveDate::from_ymd_opt(year, day.month.into(), day.day.into()),
            Self::Nth(nth) => nth.in_year(year),
            Self::Easter(day) => super::easter::sunday(year).and_then(|sunday| later(sunday, day.0.into())),
        }
    }
}

impl From<NaiveDate> for HolidayRule {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

fn later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let distance = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(distance) } else { date.checked_add_days(distance) }
}

/// A day of every year: `12-25`. 29 February is there in leap years only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearDay {
    month: u8,
    day: u8,
}

impl YearDay {
    /// The day of a month; `None` if no year has it.
    ///
    /// # A day that no year has is none
    ///
    /// ```
    /// use owed::calendar::YearDay;
    ///
    /// assert!(YearDay::new(2, 29).is_some());
    /// assert_eq!(YearDay::new(2, 30), None);
    /// ```
    #[must_use]
    pub fn new(month: u8, day: u8) -> Option<Self> {
        // 2000 was a leap year.
        NaiveDate::from_ymd_opt(2000, month.into(), day.into()).map(|_| Self { month, day })
    }
}

impl FromStr for YearDay {
    type Err = Flaw;

    fn from_str(text: &str) -> Result<Self, Flaw> {
        let two_digits = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        };
        let parts = text.split_once('-');
        let day = parts.and_then(|(month, day)| Self::new(two_digits(month)?, two_digits(day)?));
        day.ok_or_else(|| Flaw::YearDay { text: text.into() })
    }
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl fmt::Debug for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A weekday of a month, counted from its beginning or its end: `4 thu nov`, `last mon may`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NthWeekday {
    /// 1 to 5, and 0 for the last.
    nth: u8,
    weekday: u8,
    month: u8,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl NthWeekday {
    /// The n-th such weekday of a month, `None` for the last one. There need not be a fifth in every year.
    ///
    /// `None` if there is no such month, or no month has so many.
    ///
    /// # There may be a fifth, and never a sixth
    ///
    /// ```
    /// use owed::calendar::{NthWeekday, Weekday};
    ///
    /// assert_eq!(NthWeekday::new(None, Weekday::Mon, 5).unwrap().to_string(), "last mon may");
    /// assert!(NthWeekday::new(Some(5), Weekday::Mon, 5).is_some());
    /// assert_eq!(NthWeekday::new(Some(6), Weekday::Mon, 5), None);
    /// assert_eq!(NthWeekday::new(Some(1), Weekday::Mon, 13), None);
    /// ```
    #[must_use]
    pub fn new(nth: Option<u8>, weekday: Weekday, month: u8) -> Option<Self> {
        let known = nth.is_none_or(|nth| (1..=5).contains(&nth)) && (1..=12).contains(&month);
        let weekday = u8::try_from(weekday.num_days_from_monday()).ok()?;
        known.then_some(Self { nth: nth.unwrap_or(0), weekday, month })
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        let weekday = Weekday::try_from(self.weekday).ok()?;
        let month = self.month.into();
        let nth = |nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
        if self.nth == 0 { nth(5).or_else(|| nth(4)) } else { nth(self.nth) }
    }
}

impl FromStr for NthWeekday {
    type Err = Flaw;

    fn from_str(text: &str) -> Result<Self, Flaw> {
        let read = || {
            let mut words = text.split(' ');
            let nth = match words.next()? {
                "last" => None,
                number if number.len() == 1 => Some(number.parse().ok()?),
                _ => return None,
            };
            let weekday = words.next()?;
            let weekday = days::NAMES.iter().position(|name| *name == weekday)?;
            let month = words.next()?;
            let month = MONTHS.iter().position(|name| *name == month)? + 1;
            let weekday = Weekday::try_from(u8::try_from(weekday).ok()?).ok()?;
            words.next().is_none().then(|| Self::new(nth, weekday, u8::try_from(month).ok()?))?
        };
        read().ok_or_else(|| Flaw::NthWeekday { text: text.into() })
    }
}

impl fmt::Display for NthWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekday = days::NAMES.get(usize::from(self.weekday)).copied().unwrap_or_default();
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or_default();
        match self.nth {
            0 => write!(f, "last {weekday} {month}"),
            nth => write!(f, "{nth} {weekday} {month}"),
        }
    }
}

impl fmt::Debug for NthWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// So many days after Easter Sunday, at most a year; before it if negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EasterDay(i16);

impl EasterDay {
    /// `-2` is Good Friday. `None` for more than 366 days in either direction.
    ///
    /// # A year away at the most
    ///
    /// ```
    /// use owed::calendar::EasterDay;
    ///
    /// assert_eq!(EasterDay::new(-2).map(EasterDay::days), Some(-2)); // Good Friday
    /// assert_eq!(EasterDay::new(367), None);
    /// ```
    #[must_use]
    pub const fn new(days: i16) -> Option<Self> {
        if -366 <= days && days <= 366 { Some(Self(days)) } else { None }
    }

    /// Days after Easter Sunday.
    #[must_use]
    pub const fn days(self) -> i16 {
        self.0
    }
}

/// Reads `YYYY-MM-DD` and nothing else: chrono would take "2026-3-1" and " +2026-03-01", and needs ten times as long.
pub(super) fn date(text: &str) -> Result<NaiveDate, Flaw> {
    let number = |part: &[u8]| {
        part.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    let date = match text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => number(&[*y1, *y2, *y3, *y4])
            .and_then(|year| NaiveDate::from_ymd_opt(year.cast_signed(), number(&[*m1, *m2])?, number(&[*d1, *d2])?)),
        _ => None,
    };
    date.ok_or_else(|| Flaw::Date { text: String::from(text) }).and_then(within_layers)
}

/// Keeps to the dates on which all layers count.
pub(super) fn within_layers(date: NaiveDate) -> Result<NaiveDate, Flaw> {
    if (1900..=2200).contains(&date.year()) { Ok(date) } else { Err(Flaw::DateBeyondLayers { date }) }
}
