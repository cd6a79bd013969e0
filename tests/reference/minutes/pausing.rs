//! Why and how long a clock stands: reasons are a union, all together have an allowance, and one pause has one of its own.

use super::{Minute, Terms};

#[derive(Clone, Debug, Default)]
pub(super) struct Pausing {
    pub(super) reasons: Vec<&'static str>,
    /// When it goes on at the latest.
    pub(super) resume_by: Option<Minute>,
    /// When the last pause came to its limit, if it did.
    pub(super) run_out: Option<Minute>,
    /// For how many minutes it has stood.
    pub(super) stood: i64,
}

/// Why a clock is to stand in a status.
pub(super) fn wanted(terms: &Terms, status: &str) -> Option<&'static str> {
    match status {
        "pending" if terms.pauses => Some("customer"),
        "on_hold" if terms.pauses => Some("supplier"),
        _ => None,
    }
}

impl Pausing {
    pub(super) fn stands(&self) -> bool {
        !self.reasons.is_empty()
    }

    pub(super) fn begin(&mut self, terms: &Terms, reason: &'static str, now: Minute) {
        if !self.stands() {
            let left = terms.total - self.stood;
            if left <= 0 {
                return;
            }
            self.run_out = None;
            self.resume_by = Some(now + left.min(terms.once.unwrap_or(left)));
        }
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    pub(super) fn end(&mut self, reason: &str) {
        self.reasons.retain(|standing| *standing != reason);
        if !self.stands() {
            self.resume_by = None;
        }
    }

    /// The status has changed. What begins comes first: for one reason after another it stands throughout.
    pub(super) fn turn(&mut self, terms: &Terms, before: &str, after: &str, now: Minute) {
        let (ended, begun) = (wanted(terms, before), wanted(terms, after));
        if ended == begun {
            return;
        }
        begun.into_iter().for_each(|reason| self.begin(terms, reason, now));
        ended.into_iter().for_each(|reason| self.end(reason));
    }

    /// A minute begins; true if the clock stands in it.
    pub(super) fn minute(&mut self, minute: Minute) -> bool {
        if self.resume_by.is_some_and(|by| by <= minute) {
            self.run_out = self.resume_by;
            self.reasons.clear();
            self.resume_by = None;
        }
        self.stood += i64::from(self.stands());
        self.stands()
    }
}
