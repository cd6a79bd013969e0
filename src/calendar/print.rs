//! A calendar as a week that a person can read.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::answers::Made;
use super::{Calendar, HolidayRule, HolidayScope, Interval, Spec, Week, days};

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
        week(f, &self.weekly, "closed", "")?;
        for season in &self.seasons {
            let name = season.name.as_ref().map(|name| alloc::format!(" ({name})")).unwrap_or_default();
            write!(f, "\nfrom {} through {}{name}", season.from, season.through)?;
            week(f, &season.weekly, "closed", "  ")?;
        }
        for holiday in &self.holidays {
            match &holiday.on {
                HolidayRule::Date(date) => write!(f, "\nclosed on {date}")?,
                HolidayRule::Yearly(day) => write!(f, "\nclosed every {day}")?,
                HolidayRule::Nth(nth) => write!(f, "\nclosed every {nth}")?,
                HolidayRule::Easter(day) => write!(f, "\nclosed {} days from Easter", day.days())?,
            }
            if let Some(name) = &holiday.name {
                write!(f, " ({name})")?;
            }
        }
        for (date, hours) in &self.shifts {
            write!(f, "\non {date} {}", list(hours, "closed"))?;
        }
        if self.weekly_breaks != Week::default() {
            f.write_str("\nbreaks")?;
            week(f, &self.weekly_breaks, "none", "  ")?;
        }
        for (date, hours) in &self.breaks {
            write!(f, "\nbreak on {date} {}", list(hours, "none"))?;
        }
        match self.holiday_scope {
            HolidayScope::Both => {}
            HolidayScope::Date => f.write_str("\nholidays close the date")?,
            HolidayScope::Shift => f.write_str("\nholidays close the shifts that begin on the date")?,
        }
        if !self.shifts_beat_holidays {
            f.write_str("\nholidays close dates that have a shift, too")?;
        }
        for revision in &self.revisions {
            write!(f, "\nchanged from {} on", revision.from)?;
            if let Some(weekly) = &revision.weekly {
                week(f, weekly, "closed", "  ")?;
            }
        }
        Ok(())
    }
}

fn week(f: &mut fmt::Formatter<'_>, hours: &Week, none: &str, indent: &str) -> fmt::Result {
    let lines: Vec<(String, &[Interval])> = days::all_runs(hours);
    for (key, hours) in lines {
        write!(f, "\n{indent}{key:<7}  {}", list(hours, none))?;
    }
    Ok(())
}

fn list(hours: &[Interval], none: &str) -> String {
    let hours: Vec<String> = hours.iter().map(ToString::to_string).collect();
    if hours.is_empty() { none.into() } else { hours.join(", ") }
}
