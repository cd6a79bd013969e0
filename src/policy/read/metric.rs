//! Metrics, as someone wrote them.

use super::pattern::{at_least_one, patterns, pauses};
use super::{Found, word};
use crate::Name;
use crate::commitment::Deliverable;
use crate::document::{Entry, Node};
use crate::policy::metric::Metric;

pub(super) fn read(entry: &Entry<'_>, found: &mut Found) -> Option<Metric> {
    const KEYS: &[&str] = &["deliverable", "start", "after", "stop", "cancel", "reset", "pause", "cycles"];
    let fields = entry.fields(KEYS, found)?;
    let deliverable = fields.required("deliverable", found).and_then(|entry| deliverable(entry, found));
    let start = fields.required("start", found).map(|entry| at_least_one(entry, found));
    let stop = fields.required("stop", found).map(|entry| at_least_one(entry, found));
    let after = fields.optional("after").and_then(|entry| entry.parse(found, Name::new));
    let cancel = fields.optional("cancel").map(|entry| patterns(entry, found)).unwrap_or_default();
    let reset = fields.optional("reset").map(|entry| patterns(entry, found)).unwrap_or_default();
    let pause = fields.optional("pause").map(|entry| pauses(entry, found)).unwrap_or_default();
    let cycles = fields.optional("cycles").and_then(|entry| word(entry, found)).unwrap_or_default();
    Some(Metric { deliverable: deliverable?, start: start?, after, stop: stop?, cancel, reset, pause, cycles })
}

pub(super) fn deliverable(entry: &Entry<'_>, found: &mut Found) -> Option<Deliverable> {
    if let Node::Text(_) = entry.node {
        return word(entry, found);
    }
    let fields = entry.fields(&["other", "refund"], found)?;
    if let Some(refund) = fields.optional("refund") {
        return word(refund, found).map(Deliverable::Refund);
    }
    fields.required("other", found)?.parse(found, Name::new).map(Deliverable::Other)
}
