//! Calendars made from calendars, in any zones.

use alloc::string::String;
use alloc::vec::Vec;

use super::answers::{Inner, Made};
use super::dates::Dates;
use super::timeline::combine;
use super::{Calendar, Flaw, check};
use crate::Problems;

/// How calendars are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Combination {
    /// Open when any of them is: follow the sun.
    Union,
    /// Open when all of them are: the customer's hours and the team's.
    Intersection,
    /// Open when the first is and none of the others.
    Minus,
}

impl Combination {
    pub(super) const ALL: [Self; 3] = [Self::Union, Self::Intersection, Self::Minus];

    /// The key for it in JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Union => "union",
            Self::Intersection => "intersection",
            Self::Minus => "minus",
        }
    }

    /// Whether it is open, knowing the same of two calendars.
    pub(super) const fn holds(self, one: bool, two: bool) -> bool {
        match self {
            Self::Union => one || two,
            Self::Intersection => one && two,
            Self::Minus => one && !two,
        }
    }
}

impl Calendar {
    /// Open when either is.
    ///
    /// # Errors
    /// [`Flaw::TooMany`] if it consists of too many calendars.
    ///
    /// # Example: follow the sun
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = |zone: &str| Calendar::builder().time_zone(zone).weekly("mon-fri", &["09:00-17:00"]).build();
    /// let both = desk("Asia/Tokyo")?.union(&desk("Europe/Berlin")?)?;
    /// assert!(both.is_open("2026-03-02T01:00:00Z".parse()?) && both.is_open("2026-03-02T15:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn union(&self, other: &Self) -> Result<Self, Problems<Flaw>> {
        Self::combined(Combination::Union, &[self.clone(), other.clone()])
    }

    /// Open when both are.
    ///
    /// # Errors
    /// [`Flaw::NeverOpensTogether`] if there is no such time, [`Flaw::TooMany`] if it consists of too many calendars.
    ///
    /// # Hours that never meet make no calendar
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = |hours| Calendar::builder().time_zone("UTC").weekly("mon-fri", &[hours]).build();
    /// let (early, late) = (desk("06:00-14:00")?, desk("14:00-22:00")?);
    /// assert_eq!(early.intersection(&late).unwrap_err().to_string(), "this intersection never opens; its calendars leave no time that is open");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn intersection(&self, other: &Self) -> Result<Self, Problems<Flaw>> {
        Self::combined(Combination::Intersection, &[self.clone(), other.clone()])
    }

    /// Open when this one is and the other is not.
    ///
    /// # Errors
    /// [`Flaw::NeverOpensTogether`] if there is no such time, [`Flaw::TooMany`] if it consists of too many calendars.
    ///
    /// # Where the other closes, this one opens
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = |hours| Calendar::builder().time_zone("UTC").weekly("mon-fri", &[hours]).build();
    /// let (day, lunch) = (desk("09:00-17:00")?, desk("12:00-13:00")?);
    /// let rest = day.minus(&lunch)?;
    /// assert!(!rest.is_open("2026-03-06T12:00:00Z".parse()?));
    /// assert!(rest.is_open("2026-03-06T13:00:00Z".parse()?));
    /// assert!(lunch.minus(&day).is_err()); // nothing is left of it
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn minus(&self, other: &Self) -> Result<Self, Problems<Flaw>> {
        Self::combined(Combination::Minus, &[self.clone(), other.clone()])
    }

    /// Combines two or more. Dates are read on the wall clock of the first.
    ///
    /// # Errors
    /// [`Flaw::TooFewParts`] for less than two; otherwise as for two.
    ///
    /// # One alone is no combination, and the order matters for the dates
    ///
    /// ```
    /// use owed::calendar::{Calendar, Combination, Spec, Tz};
    ///
    /// let [one, two] = [Tz::UTC, Tz::Asia__Tokyo].map(|zone| Calendar::new(Spec::round_the_clock(zone)));
    /// let (one, two) = (one?, two?);
    /// assert!(Calendar::combined(Combination::Union, &[one.clone()]).is_err());
    /// let both = Calendar::combined(Combination::Union, &[two, one])?;
    /// assert_eq!(both.time_zone(), Tz::Asia__Tokyo);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn combined(combination: Combination, parts: &[Self]) -> Result<Self, Problems<Flaw>> {
        Self::combine(combination, parts).map_err(|flaw| Problems::one(String::new(), flaw))
    }

    pub(super) fn combine(combination: Combination, parts: &[Self]) -> Result<Self, Flaw> {
        let [one, two, rest @ ..] = parts else {
            return Err(Flaw::TooFewParts { combination: combination.word() });
        };
        check::parts(parts)?;
        let too_many = |_| Flaw::TOO_MANY_STRETCHES;
        let mut line = combine(combination, &one.inner.line, &two.inner.line).map_err(too_many)?;
        for part in rest {
            line = combine(combination, &line, &part.inner.line).map_err(too_many)?;
        }
        let zone = one.inner.zone.clone();
        let dates = Dates::of_line(&line, &zone);
        let made = Made::Combined(combination, parts.to_vec());
        let inner = Inner { made, line, dates, time_zone: one.inner.time_zone, zone };
        Self::made(inner).ok_or(Flaw::NeverOpensTogether { combination: combination.word() })
    }

    /// How it was combined, and from which calendars; `None` if it follows rules of its own.
    ///
    /// # One that follows rules has no parts
    ///
    /// ```
    /// use owed::calendar::{Calendar, Combination, Spec, Tz};
    ///
    /// let always = Calendar::new(Spec::round_the_clock(Tz::UTC))?;
    /// assert_eq!(always.parts(), None);
    /// let twice = always.union(&always)?;
    /// assert_eq!(twice.parts().map(|(how, parts)| (how, parts.len())), Some((Combination::Union, 2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parts(&self) -> Option<(Combination, &[Self])> {
        match &self.inner.made {
            Made::Rules(_) => None,
            Made::Combined(combination, parts) => Some((*combination, parts)),
        }
    }

    /// How many calendars with rules of their own it consists of, and how deep they are nested.
    pub(super) fn size(&self) -> (usize, usize) {
        let sizes: Vec<_> = self.parts().map(|(_, parts)| parts.iter().map(Self::size).collect()).unwrap_or_default();
        let leaves: usize = sizes.iter().map(|(leaves, _)| leaves).sum();
        let depth = sizes.iter().map(|(_, depth)| depth + 1).max();
        (leaves.max(1), depth.unwrap_or(0))
    }
}
