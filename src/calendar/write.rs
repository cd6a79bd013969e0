//! From a calendar to what one would have written. What is as usual is left out.

use alloc::string::ToString;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::answers::Made;
use super::{Calendar, Holiday, HolidayRule, HolidayScope, Interval, Revision, Season, Spec, days, spec};

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.inner.made {
            Made::Rules(rules) => rules.spec.serialize(serializer),
            Made::Combined(combination, parts) => serializer.collect_map([(combination.word(), parts)]),
        }
    }
}

impl Serialize for Spec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("time_zone", self.time_zone.name())?;
        map.serialize_entry("weekly", &Weekly(&self.weekly))?;
        if !self.seasons.is_empty() {
            map.serialize_entry("seasons", &self.seasons)?;
        }
        if !self.holidays.is_empty() {
            map.serialize_entry("holidays", &self.holidays)?;
        }
        if !self.shifts.is_empty() {
            map.serialize_entry("shifts", &self.shifts)?;
        }
        if self.weekly_breaks != spec::Week::default() {
            map.serialize_entry("weekly_breaks", &Weekly(&self.weekly_breaks))?;
        }
        if !self.breaks.is_empty() {
            map.serialize_entry("breaks", &self.breaks)?;
        }
        if self.holiday_scope != HolidayScope::default() {
            map.serialize_entry("holiday_scope", self.holiday_scope.word())?;
        }
        if !self.shifts_beat_holidays {
            map.serialize_entry("shifts_beat_holidays", &false)?;
        }
        if !self.revisions.is_empty() {
            map.serialize_entry("revisions", &self.revisions)?;
        }
        map.end()
    }
}

impl Serialize for Revision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("from", &self.from.to_string())?;
        if let Some(weekly) = &self.weekly {
            map.serialize_entry("weekly", &Weekly(weekly))?;
        }
        if let Some(seasons) = &self.seasons {
            map.serialize_entry("seasons", seasons)?;
        }
        if let Some(holidays) = &self.holidays {
            map.serialize_entry("holidays", holidays)?;
        }
        if let Some(shifts) = &self.shifts {
            map.serialize_entry("shifts", shifts)?;
        }
        if let Some(weekly_breaks) = &self.weekly_breaks {
            map.serialize_entry("weekly_breaks", &Weekly(weekly_breaks))?;
        }
        if let Some(breaks) = &self.breaks {
            map.serialize_entry("breaks", breaks)?;
        }
        if let Some(scope) = self.holiday_scope {
            map.serialize_entry("holiday_scope", scope.word())?;
        }
        if let Some(beat) = self.shifts_beat_holidays {
            map.serialize_entry("shifts_beat_holidays", &beat)?;
        }
        map.end()
    }
}

struct Weekly<'a>(&'a spec::Week);

impl Serialize for Weekly<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(days::runs(self.0))
    }
}

impl Serialize for Season {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(name) = &self.name {
            map.serialize_entry("name", name)?;
        }
        map.serialize_entry("from", &self.from.to_string())?;
        map.serialize_entry("through", &self.through.to_string())?;
        map.serialize_entry("weekly", &Weekly(&self.weekly))?;
        map.end()
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Holiday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let (HolidayRule::Date(date), None) = (self.on, &self.name) {
            return serializer.collect_str(&date);
        }
        let mut map = serializer.serialize_map(None)?;
        match &self.on {
            HolidayRule::Date(date) => map.serialize_entry("date", &date.to_string())?,
            HolidayRule::Yearly(day) => map.serialize_entry("yearly", &day.to_string())?,
            HolidayRule::Nth(nth) => map.serialize_entry("nth", &nth.to_string())?,
            HolidayRule::Easter(day) => map.serialize_entry("easter", &day.days())?,
        }
        if let Some(name) = &self.name {
            map.serialize_entry("name", name)?;
        }
        map.end()
    }
}
