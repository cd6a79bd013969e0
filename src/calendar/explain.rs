//! Why it is open or closed: the layer that decides, for a customer who asks why something is due then.

use core::fmt;
use core::iter;

use super::answers::Made;
use super::rules::{DayNumber, Owner, Rules, date_of};
use super::sets::DAY;
use super::terms::DAY as DAY_SECONDS;
use super::{Calendar, Combination, DayTime, NaiveDate};
use crate::{Name, Timestamp};

/// The layer that opens or closes.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What is true from an instant on, for how long, in microseconds.
struct State {
    open: bool,
    because: Because,
    until: i64,
}

const SECOND: i64 = 1_000_000;

impl Calendar {
    /// Why it is open or closed between two instants, date by date, each stretch found when it is asked for.
    ///
    /// The open ones, added up, are the working time between the two.
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
        let mut here = from.as_micros();
        let until = until.as_micros();
        iter::from_fn(move || {
            if here >= until {
                return None;
            }
            let start = here;
            let (date, State { open, because, until: end }) = (self.date_at(start), self.state(start));
            here = end;
            // Pieces of one date with one reason are told as one.
            while here < until && self.date_at(here) == date {
                let next = self.state(here);
                if (next.open, &next.because) != (open, &because) {
                    break;
                }
                here = next.until;
            }
            here = here.min(until);
            Some(self.explained(start, here, open, because))
        })
    }

    fn date_at(&self, x: i64) -> DayNumber {
        self.wall(Timestamp::from_micros(x)).0
    }

    fn explained(&self, from: i64, until: i64, open: bool, because: Because) -> Explained {
        let (day, starts) = self.wall(Timestamp::from_micros(from));
        let (last, ends) = self.wall(Timestamp::from_micros(until - 1));
        let time = |micros: i64| u32::try_from(micros / SECOND).ok().and_then(DayTime::from_seconds);
        let ends = if last == day { time(ends + 1) } else { None };
        Explained {
            from: Timestamp::from_micros(from),
            until: Timestamp::from_micros(until),
            open,
            because,
            date: date_of(day),
            starts: time(starts).unwrap_or(DayTime::START),
            ends: ends.unwrap_or(DayTime::END),
        }
    }

    /// What is true at an instant, and until when at least.
    fn state(&self, x: i64) -> State {
        match &self.inner.made {
            Made::Rules(rules) => self.state_by_rules(rules, x),
            Made::Combined(combination, parts) => combined(*combination, parts, x, self.next_midnight(x)),
        }
    }

    fn state_by_rules(&self, rules: &Rules, x: i64) -> State {
        let (number, within) = self.wall(Timestamp::from_micros(x));
        let second = u32::try_from(within / SECOND).unwrap_or(0);
        let (day, before) = (rules.day(number), rules.day(number - 1));
        // What decides changes only where a stretch of some layer begins or ends.
        let mut until = DAY;
        let mut holds = |(start, end): (u32, u32)| {
            for edge in [start, end].into_iter().filter(|edge| *edge > second) {
                until = until.min(edge);
            }
            (start..end).contains(&second)
        };
        let left_over = |(start, end): (u32, u32)| (start.max(DAY) - DAY, end.max(DAY) - DAY);
        let mut any = |found: &mut dyn Iterator<Item = (u32, u32)>| found.filter(|stretch| holds(*stretch)).count() > 0;
        let own = any(&mut day.owned().iter().map(|interval| interval.seconds()));
        let night = any(&mut before.owned().iter().map(|interval| left_over(interval.seconds())));
        let would_own = any(&mut day.hours.iter().map(|interval| interval.seconds()));
        let would_run_on = any(&mut before.hours.iter().map(|interval| left_over(interval.seconds())));
        let cut = any(&mut day.all_breaks().chain(before.all_breaks().map(left_over)));
        let of = |owner: Owner<'_>| match owner {
            Owner::Weekly => Because::Hours,
            Owner::Season(season) => Because::Season(season.name.clone()),
            Owner::Shift => Because::Shift,
        };
        let (open, because) = match (day.holiday, before.holiday) {
            (Some(holiday), _) if day.is_closed() => (false, Because::Holiday(holiday.name.clone())),
            _ if (own || night) && cut => (false, Because::Break),
            _ if own => (true, of(day.owner)),
            _ if night => (true, of(before.owner)),
            (Some(holiday), _) if would_own => (false, Because::Holiday(holiday.name.clone())),
            (_, Some(holiday)) if would_run_on => (false, Because::Holiday(holiday.name.clone())),
            _ => (false, of(day.owner)),
        };
        let until = x - within % SECOND + i64::from(until - second) * SECOND;
        State { open, because, until: until.min(self.next_change(x)) }
    }

    fn next_midnight(&self, x: i64) -> i64 {
        let (_, within) = self.wall(Timestamp::from_micros(x));
        (x + DAY_SECONDS * SECOND - within).min(self.next_change(x))
    }

    /// When the clock is changed next.
    fn next_change(&self, x: i64) -> i64 {
        let zone = &self.inner.zone;
        let behind = zone.partition_point(|stretch| stretch.start <= x.div_euclid(SECOND));
        zone.get(behind).map_or(i64::MAX, |stretch| stretch.start * SECOND)
    }
}

/// The reason of a combination is that of the part that decides.
fn combined(combination: Combination, parts: &[Calendar], x: i64, until: i64) -> State {
    let mut states = parts.iter().map(|part| part.state(x));
    let Some(mut state) = states.next() else { return State { open: false, because: Because::Hours, until } };
    for next in states {
        let open = combination.holds(state.open, next.open);
        // If the next one has changed the answer, it is its reason.
        let because = if open == state.open { state.because } else { next.because };
        state = State { open, because, until: state.until.min(next.until) };
    }
    State { until: state.until.min(until), ..state }
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
