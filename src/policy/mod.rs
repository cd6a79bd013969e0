//! What is owed without anyone saying so?
//!
//! An [`Agreement`] sets targets for the tickets that it applies to: how much time a [`Metric`] gets at each priority. A metric
//! is data: patterns over [`Fact`]s that start, stop, cancel and reset it, and conditions under which its clock stands still. A
//! cycle of a metric *is* a commitment; nothing here decides what becomes of one. This room watches facts and gives orders.

mod agreement;
mod fact;
mod flaw;
mod metric;
mod pattern;
mod react;
mod read;
mod runs;
mod trace;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

pub use agreement::{Agreement, Budgets, PauseLimit, TargetRule};
pub use fact::{Author, Fact, Past, Status, View, Visibility};
pub use flaw::Flaw;
pub use metric::{Cycles, Metric, built_in};
pub use pattern::{Condition, Pattern, PauseRule};
pub(crate) use react::{Moment, about_running, to_begin, wants_pause};
pub(crate) use read::CalendarNames;
pub use runs::{Run, Runs};

use crate::Name;
use crate::calendar::Amount;

/// The agreements of one edition of a rulebook, with the metrics that they measure by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Policy {
    /// The metrics by name, the built-in ones among them. Those are not written out.
    #[serde(serialize_with = "but_the_built_in", skip_serializing_if = "are_built_in")]
    pub metrics: BTreeMap<Name, Metric>,
    /// The agreements. Of several that have a target for a metric, the first that applies to a ticket counts.
    pub agreements: Vec<Agreement>,
}

fn are_built_in(metrics: &BTreeMap<Name, Metric>) -> bool {
    *metrics == built_in()
}

fn but_the_built_in<S: Serializer>(metrics: &BTreeMap<Name, Metric>, serializer: S) -> Result<S::Ok, S::Error> {
    let built_in = built_in();
    serializer.collect_map(metrics.iter().filter(|(name, metric)| built_in.get(*name) != Some(*metric)))
}

impl Policy {
    /// The agreement that counts for a metric of a ticket that stands so: the first that has a budget for it.
    #[must_use]
    pub fn applying(&self, metric: &Name, view: &View<'_>) -> Option<(&Agreement, Amount)> {
        self.agreements.iter().find_map(|agreement| Some((agreement, agreement.target(metric, view)?.1)))
    }

    /// The agreement of this name.
    #[must_use]
    pub fn agreement(&self, name: &Name) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.name == *name)
    }
}
