//! A calendar in a chain of calls, from the same texts as in JSON.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Calendar, Flaw, HolidayScope};
use crate::Problems;
use crate::document::{Entry, Node};

/// Collects the rules of a calendar as text. [`build`](Self::build) says everything that is wrong with them at once, by
/// the places that they would have in JSON.
///
/// ```
/// use owed::calendar::Calendar;
///
/// let office = Calendar::builder()
///     .time_zone("Europe/Berlin")
///     .weekly("mon-thu", &["08:00-12:00", "13:00-17:00"])
///     .weekly("fri", &["08:00-12:00"])
///     .easter(-2, "Karfreitag")
///     .yearly("12-25", "1. Weihnachtstag")
///     .shift("2026-12-24", &["08:00-12:00"])
///     .build()?;
/// assert!(!office.is_open("2026-04-03T09:00:00+02:00".parse()?));
///
/// let error = Calendar::builder().weekly("mon", &["9-17"]).build().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the key \"time_zone\" is missing\nweekly.mon[0]: \"9\" is no time of day; write 00:00 to 24:00"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder makes nothing until it is told to build"]
pub struct Builder {
    fields: Vec<(String, Node)>,
}

impl Calendar {
    /// Begins a calendar with nothing in it.
    pub fn builder() -> Builder {
        Builder::default().with("weekly", Node::Map(Vec::new()))
    }
}

impl Builder {
    /// On whose wall clock the hours are read: an IANA name.
    pub fn time_zone(self, name: &str) -> Self {
        self.with("time_zone", text(name))
    }

    /// The hours of a day of the week, or of a run of days: `mon-fri`.
    pub fn weekly(self, days: &str, hours: &[&str]) -> Self {
        self.pair("weekly", days, list(hours))
    }

    /// Open around the clock, unless something else is said of a date.
    pub fn round_the_clock(self) -> Self {
        self.with("weekly", text("24x7"))
    }

    /// A time of the year with its own week.
    ///
    /// # Days that its week does not name are closed
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-fri", &["09:00-17:00"]);
    /// let desk = desk.season("summer", "2026-07-01", "2026-07-31", &[("mon-thu", &["09:00-14:00"])]).build()?;
    /// assert!(desk.is_open("2026-07-30T10:00:00Z".parse()?)); // Thursday
    /// assert!(!desk.is_open("2026-07-31T10:00:00Z".parse()?)); // Friday, its last date
    /// assert!(desk.is_open("2026-08-03T16:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn season(self, name: &str, from: &str, through: &str, weekly: &[(&str, &[&str])]) -> Self {
        let weekly = weekly.iter().map(|(days, hours)| (String::from(*days), list(hours))).collect();
        let season =
            [("name", text(name)), ("from", text(from)), ("through", text(through)), ("weekly", Node::Map(weekly))];
        self.item("seasons", map(season))
    }

    /// A holiday on one date: `2026-03-21`.
    pub fn holiday(self, date: &str, name: &str) -> Self {
        self.item("holidays", map([("date", text(date)), ("name", text(name))]))
    }

    /// A holiday on the same date of every year: `12-25`.
    pub fn yearly(self, day: &str, name: &str) -> Self {
        self.item("holidays", map([("yearly", text(day)), ("name", text(name))]))
    }

    /// A holiday on the same weekday of a month in every year: `4 thu nov`, `last mon may`.
    pub fn nth(self, weekday: &str, name: &str) -> Self {
        self.item("holidays", map([("nth", text(weekday)), ("name", text(name))]))
    }

    /// A holiday so many days after Easter Sunday.
    pub fn easter(self, days: i16, name: &str) -> Self {
        self.item("holidays", map([("easter", Node::Int(days.into())), ("name", text(name))]))
    }

    /// Hours that stand in place of a date's weekly ones.
    ///
    /// # No hours at all close the date
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-fri", &["09:00-17:00"]).shift("2026-03-06", &[]).build()?;
    /// assert!(!desk.is_open("2026-03-06T12:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shift(self, date: &str, hours: &[&str]) -> Self {
        self.pair("shifts", date, list(hours))
    }

    /// What is cut from the hours of a day of the week, or of a run of days.
    pub fn weekly_break(self, days: &str, hours: &[&str]) -> Self {
        self.pair("weekly_breaks", days, list(hours))
    }

    /// What is cut from the hours of a date.
    ///
    /// # It is cut from a shift, too
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-fri", &["09:00-17:00"]);
    /// let desk = desk.shift("2026-03-07", &["10:00-14:00"]).cut("2026-03-07", &["12:00-13:00"]).build()?;
    /// assert!(desk.is_open("2026-03-07T11:00:00Z".parse()?));
    /// assert!(!desk.is_open("2026-03-07T12:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cut(self, date: &str, hours: &[&str]) -> Self {
        self.pair("breaks", date, list(hours))
    }

    /// What a holiday closes.
    ///
    /// # Who works into Christmas
    ///
    /// ```
    /// use owed::calendar::{Calendar, HolidayScope};
    ///
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-sun", &["22:00-06:00"]).holiday("2026-12-25", "Christmas");
    /// let early = "2026-12-25T03:00:00Z".parse()?; // the night shift of the 24th
    /// assert!(!desk.clone().build()?.is_open(early)); // nobody
    /// assert!(desk.holiday_scope(HolidayScope::Shift).build()?.is_open(early));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn holiday_scope(self, scope: HolidayScope) -> Self {
        self.with("holiday_scope", text(scope.word()))
    }

    /// Whether a date that has a shift is no holiday.
    ///
    /// # A shift on a holiday is worked, unless it is said not to be
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-fri", &["09:00-17:00"]);
    /// let desk = desk.yearly("12-25", "Christmas").shift("2026-12-25", &["10:00-12:00"]);
    /// let morning = "2026-12-25T11:00:00Z".parse()?;
    /// assert!(desk.clone().build()?.is_open(morning));
    /// assert!(!desk.shifts_beat_holidays(false).build()?.is_open(morning));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shifts_beat_holidays(self, beat: bool) -> Self {
        self.with("shifts_beat_holidays", Node::Bool(beat))
    }

    /// What is different from a date on: another builder, of which only what it says counts.
    ///
    /// # What it leaves out stays as it was
    ///
    /// ```
    /// use owed::calendar::{Builder, Calendar};
    ///
    /// let shorter = Builder::default().weekly("mon-fri", &["10:00-16:00"]);
    /// let desk = Calendar::builder().time_zone("UTC").weekly("mon-fri", &["09:00-17:00"]).weekly_break("mon-fri", &["12:00-13:00"]);
    /// let desk = desk.revision("2027-01-01", shorter).build()?;
    /// assert!(desk.is_open("2026-12-31T09:00:00Z".parse()?));
    /// assert!(!desk.is_open("2027-01-04T09:00:00Z".parse()?));
    /// assert!(!desk.is_open("2027-01-04T12:30:00Z".parse()?)); // the break is there still
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn revision(self, from: &str, changes: Self) -> Self {
        let mut fields = alloc::vec![(String::from("from"), text(from))];
        fields.extend(changes.fields.into_iter().filter(|(_, node)| *node != Node::Map(Vec::new())));
        self.item("revisions", Node::Map(fields))
    }

    /// Makes the calendar.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    ///
    /// # Everything that is wrong is told at once
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let wrong = Calendar::builder().time_zone("Mars/Olympus").weekly("mon", &["9-17"]).build().unwrap_err();
    /// assert_eq!(wrong.as_slice().len(), 2);
    /// assert!(Calendar::builder().time_zone("UTC").build().is_err()); // it never opens
    /// ```
    pub fn build(self) -> Result<Calendar, Problems<Flaw>> {
        Calendar::read(&Entry::root(&Node::Map(self.fields)))
    }

    fn slot(&mut self, key: &str, empty: Node) -> Option<&mut Node> {
        if !self.fields.iter().any(|(known, _)| known == key) {
            self.fields.push((key.into(), empty));
        }
        self.fields.iter_mut().find(|(known, _)| known == key).map(|(_, node)| node)
    }

    fn with(mut self, key: &str, node: Node) -> Self {
        if let Some(slot) = self.slot(key, Node::Null) {
            *slot = node;
        }
        self
    }

    fn pair(mut self, key: &str, name: &str, node: Node) -> Self {
        if let Some(Node::Map(pairs)) = self.slot(key, Node::Map(Vec::new())) {
            pairs.push((name.into(), node));
        }
        self
    }

    fn item(mut self, key: &str, node: Node) -> Self {
        if let Some(Node::List(items)) = self.slot(key, Node::List(Vec::new())) {
            items.push(node);
        }
        self
    }
}

fn text(text: &str) -> Node {
    Node::Text(text.into())
}

fn list(texts: &[&str]) -> Node {
    Node::List(texts.iter().map(|item| text(item)).collect())
}

fn map<const N: usize>(pairs: [(&str, Node); N]) -> Node {
    Node::Map(pairs.into_iter().map(|(key, node)| (key.into(), node)).collect())
}
