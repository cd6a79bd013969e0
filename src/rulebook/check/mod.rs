//! What a person gets wrong in a rulebook that is right: advice, not errors.
//!
//! A rulebook that has been read is one that can be carried out. It may all the same say what nobody means: a target that nothing ever starts,
//! a calendar that nobody asks. [`Rulebook::check`] says so. What it says is so: it advises where it has tried every ticket that makes a
//! difference to the conditions at hand, and is silent where those are too many.

mod advice;
mod after;
mod agreements;
mod calendars;
mod ladders;
mod mentions;
mod support;
mod targets;
mod worlds;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use advice::{Advice, Sign};

use super::{Edition, Rulebook};
use crate::Problem;

/// Advice, each with its place.
type Given = Vec<Problem<Advice>>;

fn give(given: &mut Given, place: impl Into<String>, advice: Advice) {
    given.push(Problem { place: place.into(), flaw: advice });
}

impl Rulebook {
    /// What is probably not meant, with its place in the expanded form; of several editions, each under its own.
    ///
    /// # A calendar of nothing, a warning before the start, and an agreement that never counts
    ///
    /// ```
    /// use owed::Rulebook;
    ///
    /// let rules: Rulebook = serde_json::from_str(r#"{
    ///     "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "shop": "24x7" },
    ///     "calendar": "office",
    ///     "agreements": [
    ///         { "name": "base", "targets": { "first_response": { "budget": "4 working hours", "warn": ["5 working hours before"] } } },
    ///         { "name": "gold", "when": { "tags": ["gold"] }, "targets": { "first_response": "1 working hour" } }
    ///     ]
    /// }"#)?;
    /// let advice: Vec<String> = rules.check().iter().map(ToString::to_string).collect();
    /// assert_eq!(advice, [
    ///     "calendars.shop: nothing counts by this calendar; only a promise that names it would",
    ///     "agreements[0].targets.first_response.warn[0]: warns 5 working hours before the deadline, which is before the clock starts",
    ///     "agreements[1]: never counts: base stands before it and has a target wherever it has one; put this one first",
    /// ]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Problem<Advice>> {
        let one = self.editions.len() == 1;
        let of = |(index, edition): (usize, &Edition)| {
            let place = move |problem: Problem<Advice>| {
                let place = if one { problem.place } else { format!("editions[{index}].{}", problem.place) };
                Problem { place, ..problem }
            };
            edition.check().into_iter().map(place)
        };
        self.editions.iter().enumerate().flat_map(of).collect()
    }
}

impl Edition {
    /// The same of one edition: each place is told from there.
    ///
    /// # Where a rulebook says which edition, its edition does not
    ///
    /// ```
    /// use owed::Rulebook;
    ///
    /// let shop = r#""calendars": { "shop": "24x7" }, "agreements": []"#;
    /// let rules: Rulebook =
    ///     serde_json::from_str(&format!(r#"{{ "editions": [{{ {shop} }}, {{ "from": "2026-07-01T00:00:00Z", {shop} }}] }}"#))?;
    /// assert_eq!(rules.check()[1].place, "editions[1].calendars.shop");
    /// assert_eq!(rules.edition(rules.in_force("2026-08-01T00:00:00Z".parse()?).unwrap()).unwrap().check()[0].place, "calendars.shop");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Problem<Advice>> {
        let mut given = Vec::new();
        calendars::check(self, &mut given);
        ladders::check(self, &mut given);
        for (index, agreement) in self.policy.agreements.iter().enumerate() {
            let place = format!("agreements[{index}]");
            agreements::check(&self.policy, index, &place, &mut given);
            if let (Some(from), Some(until)) = (self.from, agreement.until.filter(|until| Some(*until) <= self.from)) {
                give(&mut given, format!("{place}.until"), Advice::OverBefore { from, until });
            }
            for (metric, rule) in &agreement.targets {
                let Some(data) = self.policy.metrics.get(metric) else { continue };
                let place = format!("{place}.targets.{metric}");
                let target = targets::Owed { policy: &self.policy, agreement, name: metric, metric: data, rule };
                target.check(&place, &mut given);
                support::check(&target, &place, &mut given);
            }
        }
        given
    }
}
