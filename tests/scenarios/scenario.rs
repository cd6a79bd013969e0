//! A scenario as it stands in the file. A key that is not known here is an error that names it: nothing is passed over unread.

use std::collections::BTreeMap;

use owed::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// Of each clock the figures that are expected.
pub type Figures = BTreeMap<String, BTreeMap<String, Value>>;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub id: String,
    pub source: String,
    pub calendar: Calendar,
    pub policy: BTreeMap<String, Value>,
    pub policy_after: Option<BTreeMap<String, Value>>,
    pub calendar_after: Option<Calendar>,
    pub events: Vec<Event>,
    pub expected: Figures,
    /// The right values, where the source's differ.
    pub exact: Option<Figures>,
    /// What is expected before the first thing that changes.
    pub before_change: Option<Figures>,
    /// The first of all deadlines that run.
    pub next_due_at: Option<Timestamp>,
    #[serde(rename = "odd")]
    pub _odd: Option<String>,
    #[serde(rename = "note")]
    pub _note: Option<String>,
    #[serde(rename = "checked")]
    pub _checked: Option<String>,
    /// What the source calls all clocks together: a word of its own, for which there is none here.
    #[serde(rename = "agreement_state")]
    pub _agreement_state: Option<String>,
    /// The same instants once more, on the wall.
    #[serde(rename = "local")]
    pub _local: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub tz: String,
    pub weekly: Weekly,
    #[serde(default)]
    pub holidays: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Weekly {
    /// `"24x7"`
    Word(String),
    Days(BTreeMap<String, Vec<(String, String)>>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub at: Timestamp,
    #[serde(rename = "type")]
    pub kind: String,
    pub note: Option<String>,
}

impl Scenario {
    /// The figures that are right: the source's own, and the exact ones in their place where there are some.
    pub fn right(&self) -> Figures {
        let mut right = self.expected.clone();
        for (clock, figures) in self.exact.iter().flatten() {
            right.entry(clock.clone()).or_default().extend(figures.clone());
        }
        right
    }

    /// The same story until just before the first thing that changes.
    pub fn before_change(&self) -> Option<Self> {
        let expected = self.before_change.clone()?;
        let kept = self.events.iter().take_while(|event| !event.is_a_change()).cloned();
        let (exact, before_change, next_due_at) = (None, None, None);
        Some(Self { events: kept.collect(), expected, exact, before_change, next_due_at, ..self.clone() })
    }

    /// Whether its hours never come.
    pub fn never_opens(&self) -> bool {
        match &self.calendar.weekly {
            Weekly::Word(_) => false,
            Weekly::Days(days) => days.values().all(Vec::is_empty),
        }
    }
}

impl Event {
    fn is_a_change(&self) -> bool {
        let kind = self.kind.split(':').next().unwrap_or_default();
        matches!(kind, "priority" | "policy_changed" | "calendar_changed" | "status")
    }
}
