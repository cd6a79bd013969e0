//! What the metric would be doing, whether a target applies or not: a target that comes late finds what one that always applied has.

use super::pausing::Pausing;
use super::{Fact, Metric, Minute, Terms};

#[derive(Clone, Debug, Default)]
pub(super) struct Ghost {
    /// Since when a stretch lasts, and in which of its minutes the clock would have stood.
    pub(super) stretch: Option<Stretch>,
    /// Whether there has been one, for a metric that starts once.
    ended: bool,
    /// Whether the first response has been given, or is not needed.
    answered: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) since: Minute,
    pub(super) stood: Vec<bool>,
    pub(super) pausing: Pausing,
}

impl Ghost {
    pub(super) fn minute(&mut self, minute: Minute) {
        if let Some(stretch) = &mut self.stretch {
            let stands = stretch.pausing.minute(minute);
            stretch.stood.push(stands);
        }
    }

    /// Hears a fact; true if it starts a stretch.
    pub(super) fn hear(&mut self, terms: &Terms, fact: Fact, status: (&str, &str), now: Minute) -> bool {
        if let Some(stretch) = &mut self.stretch {
            stretch.pausing.turn(terms, status.0, status.1, now);
            let since = stretch.since;
            let ends = match (terms.metric, fact) {
                (Metric::FirstResponse | Metric::NextResponse, Fact::Answer(ago)) => now - ago >= since,
                (_, Fact::Solve) => true,
                _ => false,
            };
            if ends {
                self.stretch = None;
                self.ended = true;
            } else if let (Metric::Quiet, Fact::Answer(_)) = (terms.metric, fact) {
                *stretch = Stretch { since: now, stood: vec![], pausing: stretch.pausing.clone() };
            }
        }
        let starts = match (terms.metric, fact) {
            (Metric::NextResponse, Fact::Ask) => self.answered,
            (Metric::NextResponse, _) => false,
            (_, Fact::Open(_)) => !self.ended,
            _ => false,
        };
        if let Fact::Answer(_) | Fact::Solve = fact {
            self.answered = true;
        }
        if !starts || self.stretch.is_some() {
            return false;
        }
        let mut pausing = Pausing::default();
        pausing.turn(terms, "", status.1, now);
        self.stretch = Some(Stretch { since: now, stood: vec![], pausing });
        true
    }
}
