//! A calendar as a week that a person can read.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDate;

use super::answers::Made;
use super::{Calendar, Holiday, HolidayRule, HolidayScope, Interval, Revision, Season, Spec, Week, days};

/// It prints the week first, a line for each run of equal days, and then what is different when.
///
/// ```
/// use owed::calendar::Calendar;
///
/// let office = Calendar::builder()
///     .time_zone("Asia/Tehran")
///     .weekly("sat-wed", &["08:00-12:00", "13:00-16:30"])
///     .weekly("thu", &["08:00-12:00"])
///     .holiday("2026-03-21", "Nowruz")
///     .build()?;
/// assert_eq!(office.to_string(), "\
/// Asia/Tehran
/// thu      08:00-12:00
/// fri      closed
/// sat-wed  08:00-12:00, 13:00-16:30
/// closed on 2026-03-21 (Nowruz)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.made {
            Made::Rules(rules) => rules.spec.fmt(f),
            Made::Combined(combination, parts) => {
                write!(f, "{} of", combination.word())?;
                for (number, part) in (1..).zip(parts) {
                    let part = part.to_string().replace('\n', "\n   ");
                    write!(f, "\n{number}. {part}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.time_zone.name())?;
        week(f, &self.weekly, "")?;
        seasons(f, &self.seasons, "")?;
        holidays(f, &self.holidays, "")?;
        shifts(f, &self.shifts, "")?;
        weekly_breaks(f, &self.weekly_breaks, "")?;
        breaks(f, &self.breaks, "")?;
        if self.holiday_scope != HolidayScope::default() {
            scope(f, self.holiday_scope, "")?;
        }
        if !self.shifts_beat_holidays {
            beat(f, false, "")?;
        }
        self.revisions.iter().try_for_each(|revision| revision.fmt(f))
    }
}

impl fmt::Display for Revision {
    /// What is different, under a line that says from when on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\nfrom {} on, instead:", self.from)?;
        let none =
            |f: &mut fmt::Formatter<'_>, empty: bool, what| if empty { write!(f, "\n  no {what}") } else { Ok(()) };
        if let Some(weekly) = &self.weekly {
            week(f, weekly, "  ")?;
        }
        if let Some(list) = &self.seasons {
            none(f, list.is_empty(), "seasons")?;
            seasons(f, list, "  ")?;
        }
        if let Some(list) = &self.holidays {
            none(f, list.is_empty(), "holidays")?;
            holidays(f, list, "  ")?;
        }
        if let Some(list) = &self.shifts {
            none(f, list.is_empty(), "shifts")?;
            shifts(f, list, "  ")?;
        }
        if let Some(list) = &self.weekly_breaks {
            none(f, *list == Week::default(), "weekly breaks")?;
            weekly_breaks(f, list, "  ")?;
        }
        if let Some(list) = &self.breaks {
            none(f, list.is_empty(), "dated breaks")?;
            breaks(f, list, "  ")?;
        }
        self.holiday_scope.map_or(Ok(()), |what| scope(f, what, "  "))?;
        self.shifts_beat_holidays.map_or(Ok(()), |what| beat(f, what, "  "))
    }
}

type Dated = BTreeMap<NaiveDate, Vec<Interval>>;

fn week(f: &mut fmt::Formatter<'_>, hours: &Week, indent: &str) -> fmt::Result {
    let mut runs = days::all_runs(hours).into_iter();
    runs.try_for_each(|(key, hours)| write!(f, "\n{indent}{key:<7}  {}", list(hours, "closed")))
}

fn seasons(f: &mut fmt::Formatter<'_>, seasons: &[Season], indent: &str) -> fmt::Result {
    for season in seasons {
        let name = season.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        write!(f, "\n{indent}from {} through {}{name}", season.from, season.through)?;
        week(f, &season.weekly, &format!("{indent}  "))?;
    }
    Ok(())
}

fn holidays(f: &mut fmt::Formatter<'_>, holidays: &[Holiday], indent: &str) -> fmt::Result {
    for holiday in holidays {
        write!(f, "\n{indent}closed ")?;
        match holiday.on {
            HolidayRule::Date(date) => write!(f, "on {date}")?,
            HolidayRule::Yearly(day) => write!(f, "every year on {day}")?,
            HolidayRule::Nth(nth) => write!(f, "every year on the {nth}")?,
            HolidayRule::Easter(day) => match (day.days(), day.days().unsigned_abs()) {
                (0, _) => f.write_str("on Easter Sunday")?,
                (after, days) => {
                    let (plural, side) = (if days == 1 { "" } else { "s" }, if after < 0 { "before" } else { "after" });
                    write!(f, "{days} day{plural} {side} Easter Sunday")?;
                }
            },
        }
        holiday.name.iter().try_for_each(|name| write!(f, " ({name})"))?;
    }
    Ok(())
}

fn shifts(f: &mut fmt::Formatter<'_>, shifts: &Dated, indent: &str) -> fmt::Result {
    shifts.iter().try_for_each(|(date, hours)| write!(f, "\n{indent}on {date} {}", list(hours, "closed")))
}

fn weekly_breaks(f: &mut fmt::Formatter<'_>, breaks: &Week, indent: &str) -> fmt::Result {
    let mut runs = days::runs(breaks).into_iter();
    runs.try_for_each(|(key, hours)| write!(f, "\n{indent}break on {key} {}", list(hours, "none")))
}

fn breaks(f: &mut fmt::Formatter<'_>, breaks: &Dated, indent: &str) -> fmt::Result {
    breaks.iter().try_for_each(|(date, hours)| write!(f, "\n{indent}break on {date} {}", list(hours, "none")))
}

fn scope(f: &mut fmt::Formatter<'_>, scope: HolidayScope, indent: &str) -> fmt::Result {
    let what = match scope {
        HolidayScope::Both => "their date, and the night shifts that begin on it",
        HolidayScope::Date => "their date, and no shift of it after midnight",
        HolidayScope::Shift => "the shifts that begin on their date, and none of the night before",
    };
    write!(f, "\n{indent}holidays close {what}")
}

fn beat(f: &mut fmt::Formatter<'_>, beat: bool, indent: &str) -> fmt::Result {
    let what =
        if beat { "a date that has a shift is no holiday" } else { "holidays close dates that have a shift, too" };
    write!(f, "\n{indent}{what}")
}

fn list(hours: &[Interval], none: &str) -> String {
    let hours: Vec<String> = hours.iter().map(ToString::to_string).collect();
    if hours.is_empty() { none.into() } else { hours.join(", ") }
}
