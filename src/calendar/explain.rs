//! Why it is open or closed: the layer that decides, for a customer who asks why something is due then.

use core::fmt;
use core::iter;

use super::reasons::{Layer, Reason, Source, State};
use super::rules::{DayNumber, date_of};
use super::{Calendar, DayTime, NaiveDate};
use crate::{Name, Timestamp};

/// The layer that opens or closes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Because {
    /// Open by the weekly hours; or closed, because they leave this time out.
    Hours,
    /// The same for the hours of a season, with its name.
    Season(Option<Name>),
    /// The same for a shift.
    Shift,
    /// Closed by a holiday, with its name.
    Holiday(Option<Name>),
    /// Closed by a break.
    Break,
}

/// A stretch of a date on which one layer decides.
///
/// It prints as a line: `Friday 3 April 2026: closed, holiday Karfreitag`. Less than a whole date is printed with its times:
/// `Thursday 2 April 2026, 16:00-17:00: open, 1 h`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub until: Timestamp,
    /// Whether it is open.
    pub open: bool,
    /// Why.
    pub because: Because,
    /// The date on the wall.
    pub date: NaiveDate,
    /// The time on the wall when it begins.
    pub starts: DayTime,
    /// The time on the wall when it is over. A change of the clock may make it an earlier one.
    pub ends: DayTime,
}

const SECOND: i64 = 1_000_000;

impl Calendar {
    /// Why it is open or closed between two instants, date by date, each stretch found when it is asked for.
    ///
    /// The open ones, added up, are the working time between the two.
    ///
    /// # A holiday is called by its name
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = Calendar::builder()
    ///     .time_zone("Europe/Berlin")
    ///     .weekly("mon-fri", &["09:00-17:00"])
    ///     .easter(-2, "Karfreitag")
    ///     .build()?;
    /// let lines: Vec<_> = desk
    ///     .explain("2026-04-02T16:00:00+02:00".parse()?, "2026-04-04T00:00:00+02:00".parse()?)
    ///     .map(|stretch| stretch.to_string())
    ///     .collect();
    /// assert_eq!(lines, [
    ///     "Thursday 2 April 2026, 16:00-17:00: open, 1 h",
    ///     "Thursday 2 April 2026, 17:00-24:00: closed, outside the hours",
    ///     "Friday 3 April 2026: closed, holiday Karfreitag",
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Explained> {
        let (mut here, until) = (from.as_micros(), until.as_micros());
        let mut source = Source::of(self);
        iter::from_fn(move || {
            if here >= until {
                return None;
            }
            let start = here;
            let (date, State { reason, until: end }) = (self.date_at(start), source.state(start));
            here = end;
            // Pieces of one date with one reason are told as one.
            while here < until && self.date_at(here) == date {
                let next = source.state(here);
                if next.reason != reason {
                    break;
                }
                here = next.until;
            }
            here = here.min(until);
            Some(self.explained(start, here, reason))
        })
    }

    fn date_at(&self, x: i64) -> DayNumber {
        self.wall(Timestamp::from_micros(x)).0
    }

    fn explained(&self, from: i64, until: i64, reason: Reason<'_>) -> Explained {
        let (day, starts) = self.wall(Timestamp::from_micros(from));
        let (last, ends) = self.wall(Timestamp::from_micros(until - 1));
        let time = |micros: i64| u32::try_from(micros / SECOND).ok().and_then(DayTime::from_seconds);
        let ends = if last == day { time(ends + 1) } else { None };
        Explained {
            from: Timestamp::from_micros(from),
            until: Timestamp::from_micros(until),
            open: reason.open,
            because: reason.layer.into(),
            date: date_of(day),
            starts: time(starts).unwrap_or(DayTime::START),
            ends: ends.unwrap_or(DayTime::END),
        }
    }
}

impl From<Layer<'_>> for Because {
    fn from(layer: Layer<'_>) -> Self {
        match layer {
            Layer::Hours => Self::Hours,
            Layer::Season(name) => Self::Season(name.cloned()),
            Layer::Shift => Self::Shift,
            Layer::Holiday(name) => Self::Holiday(name.cloned()),
            Layer::Break => Self::Break,
        }
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date.format("%A %-d %B %Y"))?;
        if (self.starts, self.ends) != (DayTime::START, DayTime::END) {
            write!(f, ", {}-{}", self.starts, self.ends)?;
        }
        f.write_str(if self.open { ": open" } else { ": closed" })?;
        let outside = if self.open { "" } else { "outside the hours of " };
        match &self.because {
            Because::Hours if !self.open => f.write_str(", outside the hours")?,
            Because::Hours => {}
            Because::Season(None) => write!(f, ", {outside}the season")?,
            Because::Season(Some(name)) => write!(f, ", {outside}season {name}")?,
            Because::Shift => write!(f, ", {outside}the shift")?,
            Because::Holiday(None) => f.write_str(", holiday")?,
            Because::Holiday(Some(name)) => write!(f, ", holiday {name}")?,
            Because::Break => f.write_str(", break")?,
        }
        if self.open {
            write!(f, ", {}", Length(self.until.micros_since(self.from)))?;
        }
        Ok(())
    }
}

/// Microseconds as one says them: `3 h 30 min`.
struct Length(u64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.0 / 1_000_000, self.0 % 1_000_000);
        let parts = [(seconds / 3_600, " h"), (seconds / 60 % 60, " min"), (seconds % 60, " s"), (micros, " µs")];
        let mut space = "";
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, "{space}{count}{unit}")?;
            space = " ";
        }
        Ok(())
    }
}
