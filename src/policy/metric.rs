//! A metric is data: what starts it, what stops it, what ends it otherwise, and when it stands still.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::fact::{Author, Status, Visibility};
use super::pattern::{Pattern, PauseRule};
use crate::Name;
use crate::commitment::Deliverable;

/// What is measured of a ticket. The built-in ones are written in the same words as a user's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Metric {
    /// What is owed while it runs.
    pub deliverable: Deliverable,
    /// A fact of one of these kinds starts a cycle, if none runs.
    pub start: Vec<Pattern>,
    /// Only after a cycle of this other metric has ended, whether or not anything is owed by that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Name>,
    /// A fact of one of these kinds is what was owed.
    pub stop: Vec<Pattern>,
    /// A fact of one of these kinds ends the cycle without what was owed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cancel: Vec<Pattern>,
    /// A fact of one of these kinds lets the running cycle begin again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reset: Vec<Pattern>,
    /// When the clock stands still.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pause: Vec<PauseRule>,
    /// How often it can start.
    pub cycles: Cycles,
}

/// How often a metric can start on one ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycles {
    /// Whenever a start comes and no cycle runs; every cycle is kept.
    #[default]
    Each,
    /// Once.
    Once,
}

/// The metrics that every rulebook has, unless it gives the name another meaning.
#[must_use]
pub fn built_in() -> BTreeMap<Name, Metric> {
    let by = |author| Pattern::Message { author: Vec::from([author]), visibility: Vec::from([Visibility::Public]) };
    let ended = || Pattern::Status { from: Vec::new(), to: Vec::from([Status::Solved, Status::Closed]) };
    let opened = |author| Pattern::Opened { author };
    let first_response = Metric {
        deliverable: Deliverable::Reply,
        start: Vec::from([opened(Vec::from([Author::Customer])), by(Author::Customer)]),
        after: None,
        stop: Vec::from([by(Author::Agent)]),
        cancel: Vec::from([ended()]),
        reset: Vec::new(),
        pause: Vec::new(),
        cycles: Cycles::Once,
    };
    let next_response = Metric {
        start: Vec::from([by(Author::Customer)]),
        after: Name::new("first_response").ok(),
        cycles: Cycles::Each,
        ..first_response.clone()
    };
    let first_resolution = Metric {
        deliverable: Deliverable::Fix,
        start: Vec::from([opened(Vec::new())]),
        after: None,
        stop: Vec::from([ended()]),
        cancel: Vec::new(),
        ..first_response.clone()
    };
    [("first_response", first_response), ("next_response", next_response), ("first_resolution", first_resolution)]
        .into_iter()
        .filter_map(|(name, metric)| Some((Name::new(name).ok()?, metric)))
        .collect()
}
