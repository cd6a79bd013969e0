//! A second bookkeeper: what stored events say of each commitment, kept without asking the crate.
//!
//! It has no rules. It remembers what was said last, so that a law can hold the next event against it.

use std::collections::BTreeMap;

use owed::calendar::Amount;
use owed::commitment::{
    Binding, Chase, Clock, Drafted, Event as Fact, Origin, Owner, Party, Pause, PhaseName, Promised, Proposal, Renews,
    Running, Short, Terms, Verdict, VoidCause, WarningAt,
};
use owed::{CommitmentId, EditionNumber, Event, Name, Recorded, Timestamp};
use proptest::test_runner::{TestCaseError, TestCaseResult};

#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) entries: BTreeMap<CommitmentId, Entry>,
}

/// What is known of one commitment.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The event that made it.
    pub(crate) made: Recorded,
    pub(crate) beneficiary: Party,
    pub(crate) owner: Owner,
    pub(crate) binding: Binding,
    pub(crate) repairs: Option<CommitmentId>,
    pub(crate) renews: Option<Renews>,
    pub(crate) edition: EditionNumber,
    pub(crate) origin: Origin,
    pub(crate) terms: Terms,
    /// Since when it is owed.
    pub(crate) since: Timestamp,
    /// Its account as said last, with every pause since.
    pub(crate) clock: Clock,
    pub(crate) due: Timestamp,
    /// The warnings to come.
    pub(crate) warnings: Vec<WarningAt>,
    /// The event that its deadline and its warnings, or its limit, come from.
    pub(crate) set: Recorded,
    /// What its clock waits for before it runs.
    pub(crate) waits: Option<Waits>,
    /// Whether its clock has ever run.
    pub(crate) ran: bool,
    pub(crate) paused: Option<Standstill>,
    /// What was told last and may be accepted.
    pub(crate) proposal: Option<Proposal>,
    /// How the customer has been asked for his part since he spoke last.
    pub(crate) chased: Vec<Chase>,
    pub(crate) tried: Vec<(Timestamp, Short)>,
    pub(crate) at_risk: bool,
    pub(crate) breach: Option<Recorded>,
    /// Every fact that closed it: one, and those that put the record right.
    pub(crate) closings: Vec<Recorded>,
    pub(crate) closed: Option<Recorded>,
    pub(crate) verdict: Verdict,
    /// The latest that stands in for it.
    pub(crate) repaired_by: Option<CommitmentId>,
    pub(crate) renewed_by: Option<CommitmentId>,
}

/// What a clock waits for before it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Waits {
    /// That somebody looks, until then; and for the customer's part after that, until the other.
    Review(Timestamp, Option<Timestamp>),
    /// For the customer's part, until then.
    Condition(Timestamp),
}

#[derive(Debug)]
pub(crate) struct Standstill {
    pub(crate) reasons: Vec<Name>,
    pub(crate) left: Amount,
    pub(crate) resume_by: Timestamp,
    /// The event that it began with.
    pub(crate) set: Recorded,
}

type Law<'a> = dyn FnMut(&Book, Option<&Entry>, &Recorded, &Fact) -> TestCaseResult + 'a;

impl Book {
    /// Reads a log. The law sees each fact about a commitment beside what was known of that before.
    pub(crate) fn read(
        log: &[Recorded],
        mut law: impl FnMut(&Self, Option<&Entry>, &Recorded, &Fact) -> TestCaseResult,
    ) -> Result<Self, TestCaseError> {
        Self::read_to(log, &mut law)
    }

    fn read_to(log: &[Recorded], law: &mut Law<'_>) -> Result<Self, TestCaseError> {
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
        let made = match fact {
            Fact::Promised(promised) => Entry::running(recorded, promised),
            Fact::Suggested(drafted) | Fact::PromisedOnCondition(drafted) => Entry::drafted(recorded, drafted),
            fact => {
                if let Some(entry) = self.entries.get_mut(&fact.commitment()) {
                    entry.take(recorded, fact);
                }
                return;
            }
        };
        let id = fact.commitment();
        if let Some(broken) = made.repairs.and_then(|broken| self.entries.get_mut(&broken)) {
            broken.repaired_by = Some(id);
        }
        if let Some(original) = made.renews.and_then(|renews| self.entries.get_mut(&renews.of)) {
            original.renewed_by = Some(id);
        }
        self.entries.insert(id, made);
    }
}

impl Entry {
    fn running(recorded: &Recorded, promised: &Promised) -> Self {
        Self {
            repairs: promised.repairs,
            renews: promised.renews,
            since: promised.since.unwrap_or(promised.clock.since),
            warnings: to_come(&promised.warnings, recorded.at),
            ran: true,
            ..Self::new(
                recorded,
                (&promised.beneficiary, &promised.owner, promised.binding, &promised.origin),
                (&promised.terms, &promised.clock, promised.due),
            )
        }
    }

    fn drafted(recorded: &Recorded, drafted: &Drafted) -> Self {
        let waits = match (drafted.review_by, drafted.limit) {
            (Some(review_by), limit) => Waits::Review(review_by, limit),
            (None, Some(limit)) => Waits::Condition(limit),
            (None, None) => panic!("a draft that waits for nothing: {recorded:?}"),
        };
        Self {
            repairs: drafted.repairs,
            renews: drafted.renews,
            since: drafted.since,
            waits: Some(waits),
            ..Self::new(
                recorded,
                (&drafted.beneficiary, &drafted.owner, drafted.binding, &drafted.origin),
                (&drafted.terms, &drafted.clock, drafted.due),
            )
        }
    }

    /// One of which nothing has become yet.
    fn new(
        recorded: &Recorded,
        (beneficiary, owner, binding, origin): (&Party, &Owner, Binding, &Origin),
        (terms, clock, due): (&Terms, &Clock, Timestamp),
    ) -> Self {
        Self {
            made: recorded.clone(),
            beneficiary: beneficiary.clone(),
            owner: owner.clone(),
            binding,
            repairs: None,
            renews: None,
            edition: recorded.edition,
            origin: origin.clone(),
            terms: terms.clone(),
            since: clock.since,
            clock: clock.clone(),
            due,
            warnings: vec![],
            set: recorded.clone(),
            waits: None,
            ran: false,
            paused: None,
            proposal: None,
            chased: vec![],
            tried: vec![],
            at_risk: false,
            breach: None,
            closings: vec![],
            closed: None,
            verdict: Verdict::Pending,
            repaired_by: None,
            renewed_by: None,
        }
    }

    /// Where it is in its life.
    pub(crate) fn phase(&self) -> PhaseName {
        match (&self.closed, &self.breach, &self.waits, &self.paused) {
            (Some(_), ..) => PhaseName::Closed,
            (None, Some(_), ..) => PhaseName::Overdue,
            (None, None, Some(Waits::Review(..)), _) => PhaseName::Candidate,
            (None, None, Some(Waits::Condition(_)), _) => PhaseName::Conditional,
            (None, None, None, Some(_)) => PhaseName::Paused,
            (None, None, None, None) => PhaseName::Active,
        }
    }

    /// Whether what closed it last is void, and for such a cause.
    pub(crate) fn is_void(&self, wanted: impl Fn(&VoidCause) -> bool) -> bool {
        match self.closed.as_ref().map(|closed| &closed.event) {
            Some(Event::Commitment(Fact::Voided { cause, .. })) => wanted(cause),
            Some(_) | None => false,
        }
    }

    fn take(&mut self, recorded: &Recorded, fact: &Fact) {
        let at = recorded.at;
        match fact {
            Fact::Promised(_)
            | Fact::Suggested(_)
            | Fact::PromisedOnCondition(_)
            | Fact::Excluded { .. }
            | Fact::Delegated { .. }
            | Fact::CarriedOut { .. }
            | Fact::CarriedIn { .. } => {}
            Fact::Redacted { reference, .. } => {
                if let Origin::Spoken { message, .. } = &mut self.origin {
                    message.take_if(|message| message == reference);
                }
            }
            Fact::Confirmed { running: Some(running), .. } | Fact::ConditionMet { running, .. } => {
                self.begin_to_run(recorded, running);
            }
            Fact::Confirmed { running: None, .. } => {
                if let Some(Waits::Review(_, Some(limit))) = self.waits {
                    (self.waits, self.set) = (Some(Waits::Condition(limit)), recorded.clone());
                }
            }
            Fact::HandedOver { owner, .. } => self.owner = owner.clone(),
            Fact::Attempted { tried, short, .. } => self.tried.push((*tried, *short)),
            Fact::Announced { .. } => self.binding = Binding::Promised,
            Fact::Amended(new) => {
                let Running { clock, due, warnings, .. } = &new.running;
                (self.terms, self.clock, self.due) = (new.terms.clone(), clock.clone(), *due);
                match (&self.waits, &mut self.paused) {
                    (Some(_), _) => {}
                    (None, Some(paused)) => paused.left = new.left,
                    (None, None) => (self.warnings, self.set) = (to_come(warnings, at), recorded.clone()),
                }
            }
            Fact::Proposed { proposal, .. } => self.proposal = Some(proposal.clone()),
            Fact::Declined { .. } => self.proposal = None,
            Fact::Chased { step: Chase::Asked, .. } => self.chased = vec![Chase::Asked],
            Fact::Chased { step, .. } => self.chased.push(*step),
            Fact::Heard { .. } => self.chased.clear(),
            Fact::PutAtRisk { .. } => self.at_risk = true,
            Fact::HorizonReached { .. } => {
                self.terms.series.iter_mut().for_each(|series| series.past_horizon = true);
            }
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
                (self.since, self.edition) = (new.since, recorded.edition);
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
            Fact::Superseded { by, .. } => {
                self.repaired_by = Some(*by);
                self.close(recorded, Verdict::Breached);
            }
            Fact::DeliveredLate { .. } | Fact::Overtaken { .. } | Fact::Ended { .. } => {
                self.close(recorded, Verdict::Breached);
            }
        }
    }

    fn begin_to_run(&mut self, recorded: &Recorded, running: &Running) {
        (self.since, self.clock, self.due) = (running.clock.since, running.clock.clone(), running.due);
        (self.warnings, self.set) = (to_come(&running.warnings, recorded.at), recorded.clone());
        (self.waits, self.ran) = (None, true);
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
        self.closings.push(recorded.clone());
        (self.closed, self.verdict) = (Some(recorded.clone()), verdict);
    }
}

/// What has passed already when it is said goes off no more.
fn to_come(warnings: &[WarningAt], at: Timestamp) -> Vec<WarningAt> {
    warnings.iter().filter(|warning| warning.at >= at).copied().collect()
}
