//! A second bookkeeper: what stored events say of each commitment, kept without asking the crate.
//!
//! It has no rules. It remembers what was said last, so that a law can hold the next event against it.

use std::collections::BTreeMap;

use owed::calendar::Amount;
use owed::commitment::{Clock, Event as Fact, Origin, Pause, Promised, Terms, Verdict, WarningAt};
use owed::{CommitmentId, EditionNumber, Event, Name, Recorded, Timestamp};
use proptest::test_runner::TestCaseResult;

#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) entries: BTreeMap<CommitmentId, Entry>,
}

/// What is known of one commitment.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) promised: Promised,
    pub(crate) edition: EditionNumber,
    pub(crate) origin: Origin,
    pub(crate) terms: Terms,
    /// Its account as said last, with every pause since.
    pub(crate) clock: Clock,
    pub(crate) due: Timestamp,
    /// The warnings to come.
    pub(crate) warnings: Vec<WarningAt>,
    /// The event that its deadline and its warnings come from.
    pub(crate) set: Recorded,
    pub(crate) paused: Option<Standstill>,
    pub(crate) breach: Option<Recorded>,
    pub(crate) closed: Option<Recorded>,
    pub(crate) verdict: Verdict,
}

#[derive(Debug)]
pub(crate) struct Standstill {
    pub(crate) reasons: Vec<Name>,
    pub(crate) left: Amount,
    pub(crate) resume_by: Timestamp,
    /// The event that it began with.
    pub(crate) set: Recorded,
}

impl Book {
    /// Reads a log. The law sees each fact about a commitment beside what was known of that before.
    pub(crate) fn read(
        log: &[Recorded],
        mut law: impl FnMut(&Self, Option<&Entry>, &Recorded, &Fact) -> TestCaseResult,
    ) -> Result<Self, proptest::test_runner::TestCaseError> {
        let mut book = Self::default();
        for recorded in log {
            if let Event::Commitment(fact) = &recorded.event {
                law(&book, book.entries.get(&fact.commitment()), recorded, fact)?;
                book.take(recorded, fact);
            }
        }
        Ok(book)
    }

    /// The same without a law.
    pub(crate) fn of(log: &[Recorded]) -> Self {
        Self::read(log, |_, _, _, _| Ok(())).expect("no law to break")
    }

    fn take(&mut self, recorded: &Recorded, fact: &Fact) {
        if let Fact::Promised(promised) = fact {
            self.entries.insert(promised.commitment, Entry::new(recorded, promised));
        } else if let Some(entry) = self.entries.get_mut(&fact.commitment()) {
            entry.take(recorded, fact);
        }
    }
}

impl Entry {
    fn new(recorded: &Recorded, promised: &Promised) -> Self {
        Self {
            promised: promised.clone(),
            edition: recorded.edition,
            origin: promised.origin.clone(),
            terms: promised.terms.clone(),
            clock: promised.clock.clone(),
            due: promised.due,
            warnings: to_come(&promised.warnings, recorded.at),
            set: recorded.clone(),
            paused: None,
            breach: None,
            closed: None,
            verdict: Verdict::Pending,
        }
    }

    fn take(&mut self, recorded: &Recorded, fact: &Fact) {
        let at = recorded.at;
        match fact {
            Fact::Promised(_)
            | Fact::HandedOver { .. }
            | Fact::Suggested(_)
            | Fact::PromisedOnCondition(_)
            | Fact::Confirmed { .. }
            | Fact::ConditionMet { .. }
            | Fact::Attempted { .. }
            | Fact::Announced { .. }
            | Fact::Amended(_)
            | Fact::Proposed { .. }
            | Fact::Chased { .. }
            | Fact::Heard { .. }
            | Fact::Excluded { .. }
            | Fact::Delegated { .. }
            | Fact::PutAtRisk { .. }
            | Fact::HorizonReached { .. }
            | Fact::Redacted { .. } => {}
            Fact::Warned { warning, .. } => {
                let fired = self.warnings.iter().position(|waiting| waiting.warning == *warning);
                fired.map(|fired| self.warnings.remove(fired));
            }
            Fact::Paused { reason, left, resume_by, .. } => {
                self.begin(reason, at);
                let reasons = vec![reason.clone()];
                let set = recorded.clone();
                self.paused = Some(Standstill { reasons, left: *left, resume_by: *resume_by, set });
            }
            Fact::PauseJoined { reason, .. } => {
                self.begin(reason, at);
                self.paused.iter_mut().for_each(|paused| paused.reasons.push(reason.clone()));
            }
            Fact::PauseLeft { reason, .. } => {
                self.end(at, Some(reason));
                self.paused.iter_mut().for_each(|paused| paused.reasons.retain(|standing| standing != reason));
            }
            Fact::Resumed { due, warnings, .. } => {
                self.end(at, None);
                (self.due, self.warnings, self.set) = (*due, to_come(warnings, at), recorded.clone());
            }
            Fact::Retargeted(new) => {
                (self.terms, self.clock, self.due) = (new.terms.clone(), new.clock.clone(), new.due);
                (self.warnings, self.set) = (to_come(&new.warnings, at), recorded.clone());
                self.paused.iter_mut().for_each(|paused| paused.left = new.left);
                if let Origin::Policy(cycle) = &mut self.origin {
                    cycle.priority.clone_from(&new.priority);
                }
            }
            Fact::Breached { due, .. } => {
                self.end(at, None);
                (self.due, self.breach, self.verdict) = (*due, Some(recorded.clone()), Verdict::Breached);
            }
            Fact::Fulfilled { .. } | Fact::Corrected { .. } => self.close(recorded, Verdict::Fulfilled),
            Fact::Voided { .. } => self.close(recorded, Verdict::Void),
            Fact::DeliveredLate { .. } | Fact::Overtaken { .. } | Fact::Superseded { .. } | Fact::Ended { .. } => {
                self.close(recorded, Verdict::Breached);
            }
        }
    }

    fn begin(&mut self, reason: &Name, from: Timestamp) {
        self.clock.pauses.push(Pause { reason: reason.clone(), from, until: None });
    }

    fn end(&mut self, at: Timestamp, reason: Option<&Name>) {
        let of_reason = |pause: &&mut Pause| reason.is_none_or(|reason| pause.reason == *reason);
        let lasting = self.clock.pauses.iter_mut().filter(|pause| pause.until.is_none());
        lasting.filter(of_reason).for_each(|pause| pause.until = Some(at));
        self.paused.take_if(|_| reason.is_none());
    }

    fn close(&mut self, recorded: &Recorded, verdict: Verdict) {
        self.end(recorded.at, None);
        (self.closed, self.verdict) = (Some(recorded.clone()), verdict);
    }
}

/// What has passed already when it is said goes off no more.
fn to_come(warnings: &[WarningAt], at: Timestamp) -> Vec<WarningAt> {
    warnings.iter().filter(|warning| warning.at >= at).copied().collect()
}
