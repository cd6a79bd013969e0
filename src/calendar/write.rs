//! From a calendar to what one would have written. What is as usual is left out.

use alloc::string::ToString;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Calendar, Holiday, HolidayScope, Interval, Spec, days};

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.spec().serialize(serializer)
    }
}

impl Serialize for Spec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("time_zone", self.time_zone.name())?;
        map.serialize_entry("weekly", &Weekly(self))?;
        if !self.holidays.is_empty() {
            map.serialize_entry("holidays", &self.holidays)?;
        }
        if !self.shifts.is_empty() {
            map.serialize_entry("shifts", &self.shifts)?;
        }
        if self.holiday_scope != HolidayScope::default() {
            map.serialize_entry("holiday_scope", self.holiday_scope.word())?;
        }
        if !self.shifts_beat_holidays {
            map.serialize_entry("shifts_beat_holidays", &false)?;
        }
        map.end()
    }
}

struct Weekly<'a>(&'a Spec);

impl Serialize for Weekly<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(days::runs(&self.0.weekly))
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Holiday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(name) = &self.name else {
            return serializer.collect_str(&self.date);
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("date", &self.date.to_string())?;
        map.serialize_entry("name", name)?;
        map.end()
    }
}
