//! A metric is data: what starts it, what stops it, what ends it otherwise, and when it stands still.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

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
    /// Once: reopened or not, it has been measured.
    Once,
    /// Whenever a start comes and no cycle runs; but a cycle goes on with what the one before had used, the time in between
    /// left out. So a total is bounded over reopenings.
    Resume,
}
