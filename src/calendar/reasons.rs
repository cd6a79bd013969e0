//! Which layer decides about an instant, and for how long.

use alloc::vec::Vec;

use super::answers::Made;
use super::day::{Day, Owner};
use super::rules::{DayNumber, Rules};
use super::sets::DAY;
use super::terms::DAY as DAY_SECONDS;
use super::{Calendar, Combination};
use crate::{Name, Timestamp};

const SECOND: i64 = 1_000_000;

/// The layer that opens or closes, with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer<'a> {
    Hours,
    Season(Option<&'a Name>),
    Shift,
    Holiday(Option<&'a Name>),
    Break,
}

/// Whether it is open, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason<'a> {
    pub(super) open: bool,
    pub(super) layer: Layer<'a>,
}

/// What is true from an instant on, and until when at least, in microseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct State<'a> {
    pub(super) reason: Reason<'a>,
    pub(super) until: i64,
}

/// A calendar that is asked about one instant after the other, and remembers the date.
pub(super) enum Source<'a> {
    Rules { calendar: &'a Calendar, rules: &'a Rules, date: Option<DayNumber>, reasons: Vec<(u32, Reason<'a>)> },
    Combined { combination: Combination, parts: Vec<Source<'a>> },
}

impl<'a> Source<'a> {
    pub(super) fn of(calendar: &'a Calendar) -> Self {
        match &calendar.inner.made {
            Made::Rules(rules) => Self::Rules { calendar, rules, date: None, reasons: Vec::new() },
            Made::Combined(combination, parts) => {
                Self::Combined { combination: *combination, parts: parts.iter().map(Self::of).collect() }
            }
        }
    }

    /// What is true at an instant.
    pub(super) fn state(&mut self, x: i64) -> State<'a> {
        match self {
            Self::Rules { calendar, rules, date, reasons } => {
                let (day, within) = calendar.wall(Timestamp::from_micros(x));
                if *date != Some(day) {
                    (*date, *reasons) = (Some(day), reasons_on(rules, day));
                }
                let second = u32::try_from(within / SECOND).unwrap_or(0);
                let behind = reasons.partition_point(|(start, _)| *start <= second);
                let reason = reasons.get(behind.wrapping_sub(1)).map_or(CLOSED, |(_, reason)| *reason);
                let end = reasons.get(behind).map_or(DAY_SECONDS, |(start, _)| i64::from(*start));
                State { reason, until: (x - within + end * SECOND).min(calendar.next_change(x)) }
            }
            Self::Combined { combination, parts } => combined(*combination, parts, x),
        }
    }
}

const CLOSED: Reason<'_> = Reason { open: false, layer: Layer::Hours };

/// The reason of a combination is that of the part that decides.
fn combined<'a>(combination: Combination, parts: &mut [Source<'a>], x: i64) -> State<'a> {
    let mut states = parts.iter_mut().map(|part| part.state(x));
    let Some(mut state) = states.next() else { return State { reason: CLOSED, until: i64::MAX } };
    for next in states {
        let open = combination.holds(state.reason.open, next.reason.open);
        // If the next one has changed the answer, it is its reason.
        let layer = if open == state.reason.open { state.reason.layer } else { next.reason.layer };
        state = State { reason: Reason { open, layer }, until: state.until.min(next.until) };
    }
    state
}

/// What may be said of a second of a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    /// It lies in hours that the date owns.
    Own,
    /// It lies in hours that the date before owns.
    Night,
    /// It would, but for the holiday of the date.
    TakenFromOwn,
    /// It would, but for the holiday of the date before.
    TakenFromNight,
    /// It lies in a break.
    Cut,
}

/// From which second of a date on which reason holds; each is another one than that before it.
fn reasons_on(rules: &Rules, number: DayNumber) -> Vec<(u32, Reason<'_>)> {
    let (day, before) = (rules.day(number), rules.day(number - 1));
    if let Some(holiday) = day.holiday.filter(|_| day.is_closed()) {
        return alloc::vec![(0, Reason { open: false, layer: Layer::Holiday(holiday.name.as_ref()) })];
    }
    let left_over = |(start, end): (u32, u32)| (start.max(DAY) - DAY, end.max(DAY) - DAY);
    let own =
        |said: Said, day: &Day<'_>| day.hours.iter().map(move |hours| (said, hours.seconds())).collect::<Vec<_>>();
    let taken = |day: &Day<'_>| day.owned().is_empty();
    let mut all = own(if taken(&day) { Said::TakenFromOwn } else { Said::Own }, &day);
    let night = own(if taken(&before) { Said::TakenFromNight } else { Said::Night }, &before);
    all.extend(night.into_iter().map(|(said, hours)| (said, left_over(hours))));
    all.extend(day.all_breaks().chain(before.all_breaks().map(left_over)).map(|hours| (Said::Cut, hours)));
    // What is said changes only where one of these begins or ends.
    let within = |(said, (start, end)): (Said, (u32, u32))| [(start.min(DAY), said, 1_i32), (end.min(DAY), said, -1)];
    let mut edges: Vec<_> = all.into_iter().flat_map(within).collect();
    edges.push((0, Said::Own, 0));
    edges.sort_unstable();
    let mut inside = [0_i32; 5];
    let mut found: Vec<(u32, Reason<'_>)> = Vec::new();
    for at in edges.chunk_by(|one, next| one.0 == next.0) {
        let Some((second, ..)) = at.first().filter(|(second, ..)| *second < DAY) else { continue };
        for (_, said, step) in at {
            inside.iter_mut().skip(*said as usize).take(1).for_each(|count| *count += step);
        }
        let reason = reason(&day, &before, inside.map(|count| count > 0));
        if found.last().is_none_or(|(_, latest)| *latest != reason) {
            found.push((*second, reason));
        }
    }
    found
}

fn reason<'a>(day: &Day<'a>, before: &Day<'a>, said: [bool; 5]) -> Reason<'a> {
    let [own, night, taken_from_own, taken_from_night, cut] = said;
    let of = |day: &Day<'a>| match day.owner {
        Owner::Weekly => Layer::Hours,
        Owner::Season(season) => Layer::Season(season.name.as_ref()),
        Owner::Shift => Layer::Shift,
    };
    let closed = |layer: Layer<'a>| Reason { open: false, layer };
    let open = |layer: Layer<'a>| Reason { open: true, layer };
    match (day.holiday, before.holiday) {
        _ if (own || night) && cut => closed(Layer::Break),
        _ if own => open(of(day)),
        _ if night => open(of(before)),
        (Some(holiday), _) if taken_from_own => closed(Layer::Holiday(holiday.name.as_ref())),
        (_, Some(holiday)) if taken_from_night => closed(Layer::Holiday(holiday.name.as_ref())),
        _ => closed(of(day)),
    }
}

impl Calendar {
    /// When the clock is changed next.
    fn next_change(&self, x: i64) -> i64 {
        let zone = &self.inner.zone;
        let behind = zone.partition_point(|stretch| stretch.start <= x.div_euclid(SECOND));
        zone.get(behind).map_or(i64::MAX, |stretch| stretch.start * SECOND)
    }
}
