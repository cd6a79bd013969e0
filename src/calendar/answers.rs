//! The calendar itself, and what it answers about working time.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use chrono_tz::Tz;

use super::dates::Dates;
use super::exceptions::exceptions;
use super::pattern::Patterns;
use super::rules::Rules;
use super::timeline::{Timeline, Which};
use super::zone::Offsets;
use super::{Combination, Flaw, Spec, Term, WorkingTime, check, weave, zone};
use crate::document::Findings;
use crate::{Problems, Timestamp};

/// When a desk is open, ready to answer.
///
/// Two calendars are equal if they were made from equal [`Spec`]s in the same way. It serialises as its spec does; cloning
/// it copies no hours.
///
/// Making one looks through two and a half centuries of its zone's clock changes, which takes about a millisecond. Make it
/// once and keep it.
#[derive(Clone)]
pub struct Calendar {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) made: Made,
    pub(super) line: Timeline,
    pub(super) dates: Dates,
    pub(super) time_zone: Tz,
    pub(super) zone: Arc<[Offsets]>,
}

/// What a calendar was made from.
#[derive(Debug)]
pub(super) enum Made {
    Rules(Box<Rules>),
    Combined(Combination, Vec<Calendar>),
}

impl Calendar {
    /// Makes the calendar that follows these rules.
    ///
    /// # Errors
    /// [`Flaw::NeverOpens`] if it is not open for one microsecond in the years 1 to 9999, [`Flaw::DateBeyondLayers`] for
    /// each date outside of the years 1900 to 2200, and whatever else is said by [`Flaw`] of a season, a revision or a number
    /// of rules.
    ///
    /// # Example: a calendar that never opens
    ///
    /// ```
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let error = Calendar::new(Spec::new(Tz::Europe__Istanbul)).unwrap_err();
    /// assert_eq!(error.to_string(), "this calendar never opens; give it weekly hours, or a shift");
    /// ```
    pub fn new(spec: Spec) -> Result<Self, Problems<Flaw>> {
        let mut found = Findings::new();
        check::spec(&spec, &mut found);
        let spec = found.finish(Some(spec))?;
        Self::compile(spec).map_err(|flaw| Problems::one(String::new(), flaw))
    }

    /// The same for rules that have been checked.
    pub(super) fn compile(spec: Spec) -> Result<Self, Flaw> {
        let time_zone = spec.time_zone;
        let zone: Arc<[Offsets]> = zone::offsets(time_zone).into();
        let rules = Rules::new(spec);
        let patterns = Patterns::new(&rules);
        let exceptions = exceptions(&rules, &patterns);
        let line = weave::weave(&patterns, &exceptions, &zone).map_err(|_| Flaw::TOO_MANY_STRETCHES)?;
        let dates = Dates::of_rules(&rules, &patterns, &exceptions, &zone);
        Self::made(Inner { made: Made::Rules(Box::new(rules)), line, dates, time_zone, zone }).ok_or(Flaw::NeverOpens)
    }

    /// The calendar, if it ever opens.
    pub(super) fn made(inner: Inner) -> Option<Self> {
        let opens =
            inner.line.open_before(Timestamp::MIN.as_micros()) < inner.line.open_before(Timestamp::MAX.as_micros());
        opens.then(|| Self { inner: Arc::new(inner) })
    }

    /// The rules that it follows; `None` if it is a combination of others.
    ///
    /// # A combination has no rules of its own
    ///
    /// ```
    /// use owed::calendar::{Calendar, Spec, Tz};
    ///
    /// let (utc, tokyo) = (Calendar::new(Spec::round_the_clock(Tz::UTC))?, Calendar::new(Spec::round_the_clock(Tz::Asia__Tokyo))?);
    /// assert!(utc.spec().is_some());
    /// let both = tokyo.union(&utc)?;
    /// assert!(both.spec().is_none());
    /// assert_eq!(both.time_zone(), Tz::Asia__Tokyo); // its dates are those of its first part
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spec(&self) -> Option<&Spec> {
        match &self.inner.made {
            Made::Rules(rules) => Some(&rules.spec),
            Made::Combined(..) => None,
        }
    }

    /// The zone on whose wall clock its dates are read. That of a combination is that of its first part.
    #[must_use]
    pub fn time_zone(&self) -> Tz {
        self.inner.time_zone
    }

    /// How many bytes of memory it takes for its answers, apart from the rules as they were written.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let Inner { line, dates, zone, .. } = &*self.inner;
        line.bytes() + dates.bytes() + size_of_val(&**zone)
    }

    /// Whether an instant is open. The opening is, the closing is not.
    ///
    /// # At nine it is open, at five it is closed
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// assert!(desk.is_open("2026-03-06T09:00:00Z".parse()?));
    /// assert!(desk.is_open("2026-03-06T16:59:59.999999Z".parse()?));
    /// assert!(!desk.is_open("2026-03-06T17:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.inner.line.is_open(at.as_micros())
    }

    /// How much open time lies between two instants; nothing if `until` is not after `from`.
    ///
    /// # Backwards, no working time has gone by
    ///
    /// ```
    /// use owed::calendar::{Calendar, WorkingTime};
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let (friday, monday) = ("2026-03-06T16:00:00Z".parse()?, "2026-03-09T10:00:00Z".parse()?);
    /// assert_eq!(desk.working_between(friday, monday).to_string(), "2 working hours");
    /// assert_eq!(desk.working_between(monday, friday), WorkingTime::ZERO);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn working_between(&self, from: Timestamp, until: Timestamp) -> WorkingTime {
        let open = self.inner.line.open_between(from.as_micros(), until.as_micros());
        WorkingTime::from_micros(u64::try_from(open).unwrap_or(0))
    }

    /// Microseconds of open time from one instant to another; negative if `until` is before `from`.
    ///
    /// # Backwards it is less than nothing
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let (friday, monday) = ("2026-03-06T16:00:00Z".parse()?, "2026-03-09T10:00:00Z".parse()?);
    /// assert_eq!(desk.signed_working_between(friday, monday), 7_200_000_000);
    /// assert_eq!(desk.signed_working_between(monday, friday), -7_200_000_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn signed_working_between(&self, from: Timestamp, until: Timestamp) -> i64 {
        self.inner.line.open_between(from.as_micros(), until.as_micros())
    }

    /// The first instant by which so much open time has gone by.
    ///
    /// If the amount is used up on a closing, that is the answer, not the next opening. No time at all gives `from`, open
    /// or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if so much is not found by the end of the year 9999.
    ///
    /// # Used up at closing time, it is due at closing time
    ///
    /// ```
    /// use owed::calendar::{Calendar, WorkingTime};
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let (friday, saturday) = ("2026-03-06T15:00:00Z".parse()?, "2026-03-07T12:00:00Z".parse()?);
    /// assert_eq!(desk.add_working(friday, "2 working hours".parse()?)?, "2026-03-06T17:00:00Z".parse()?);
    /// assert_eq!(desk.add_working(saturday, WorkingTime::ZERO)?, saturday); // no time at all goes nowhere
    /// assert!(desk.add_working(friday, WorkingTime::from_micros(u64::MAX)).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_working(&self, from: Timestamp, amount: WorkingTime) -> Result<Timestamp, OutOfReach> {
        if amount == WorkingTime::ZERO {
            return Ok(from);
        }
        let figure = |amount: i64| self.inner.line.open_before(from.as_micros()).checked_add(amount);
        let figure = i64::try_from(amount.as_micros()).ok().and_then(figure);
        let found = figure.and_then(|figure| self.inner.line.find_open(Which::First, figure));
        found.and_then(within_time).ok_or(OutOfReach::After { from, amount })
    }

    /// The last instant from which so much open time is left until `until`.
    ///
    /// If the amount is used up on an opening, that is the answer, not the closing before it. No time at all gives `until`,
    /// open or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if so much is not found back to the beginning of the year 1.
    ///
    /// # Used up at opening time, it began at opening time
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk: Calendar = serde_json::from_str(r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#)?;
    /// let monday = "2026-03-09T11:00:00Z".parse()?;
    /// assert_eq!(desk.sub_working(monday, "2 working hours".parse()?)?, "2026-03-09T09:00:00Z".parse()?);
    /// assert_eq!(desk.sub_working(monday, "3 working hours".parse()?)?, "2026-03-06T16:00:00Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sub_working(&self, until: Timestamp, amount: WorkingTime) -> Result<Timestamp, OutOfReach> {
        if amount == WorkingTime::ZERO {
            return Ok(until);
        }
        let figure = |amount: i64| self.inner.line.open_before(until.as_micros()).checked_sub(amount);
        let figure = i64::try_from(amount.as_micros()).ok().and_then(figure);
        let found = figure.and_then(|figure| self.inner.line.find_open(Which::Last, figure));
        found.and_then(within_time).ok_or(OutOfReach::Before { until, amount })
    }
}

/// The instant, if it lies in the years 1 to 9999.
#[inline]
pub(super) fn within_time(micros: i64) -> Option<Timestamp> {
    let within = (Timestamp::MIN.as_micros()..=Timestamp::MAX.as_micros()).contains(&micros);
    within.then_some(Timestamp::from_micros(micros))
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        match (&self.inner.made, &other.inner.made) {
            (Made::Rules(one), Made::Rules(two)) => one.spec == two.spec,
            (Made::Combined(one, parts), Made::Combined(two, others)) => one == two && parts == others,
            _ => false,
        }
    }
}

impl Eq for Calendar {}

impl core::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &self.inner.made {
            Made::Rules(rules) => f.debug_tuple("Calendar").field(&rules.spec).finish(),
            Made::Combined(combination, parts) => f.debug_tuple("Calendar").field(combination).field(parts).finish(),
        }
    }
}

/// So much time is not to be found before time ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutOfReach {
    /// Not in the future, up to the end of the year 9999.
    #[error("there are no {amount} from {from} to the end of the year 9999")]
    After {
        /// From where it was to be counted.
        from: Timestamp,
        /// How much was to be counted.
        amount: WorkingTime,
    },
    /// Not in the past, back to the beginning of the year 1.
    #[error("there are no {amount} from the beginning of the year 1 to {until}")]
    Before {
        /// To where it was to be counted.
        until: Timestamp,
        /// How much was to be counted.
        amount: WorkingTime,
    },
    /// Some other amount of time, not in the future, up to the end of the year 9999.
    #[error("there are no {term} from {from} to the end of the year 9999")]
    TermAfter {
        /// From where it was to be counted.
        from: Timestamp,
        /// How much was to be counted.
        term: Term,
    },
    /// Some other amount of time, not in the past, back to the beginning of the year 1.
    #[error("there are no {term} from the beginning of the year 1 to {until}")]
    TermBefore {
        /// To where it was to be counted.
        until: Timestamp,
        /// How much was to be counted.
        term: Term,
    },
}
