//! What a ledger answers when it is asked: what is owed, to whom, by whom, and how much of all that was made.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use super::party::Party;
use super::state::{Commitment, Phase, Verdict};
use crate::{AgentId, TeamId, Timestamp};

impl Ledger {
    /// What is owed now, broken or not, the most urgent first.
    ///
    /// What has a deadline comes first, by that. What has none follows: it stands still, waits for the customer's part, or for
    /// somebody to look at it; those go by the instant at which that ends at the latest. What is alike goes as it was made.
    #[must_use]
    pub fn owed(&self) -> Vec<&Commitment> {
        self.owed_where(|_| true)
    }

    /// What is owed to one, the most urgent first, as [`owed`](Self::owed) sorts it.
    #[must_use]
    pub fn owed_to(&self, beneficiary: &Party) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.beneficiary == *beneficiary)
    }

    /// What a team answers for, also through one of its agents, the most urgent first.
    #[must_use]
    pub fn owed_by_team(&self, team: &TeamId) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.owner.team == *team)
    }

    /// What an agent answers for, in whichever team, the most urgent first.
    #[must_use]
    pub fn owed_by_agent(&self, agent: &AgentId) -> Vec<&Commitment> {
        self.owed_where(|commitment| commitment.owner.agent.as_ref() == Some(agent))
    }

    fn owed_where(&self, wanted: impl Fn(&Commitment) -> bool) -> Vec<&Commitment> {
        let mut owed: Vec<&Commitment> = self.open().filter(|commitment| wanted(commitment)).collect();
        owed.sort_by_key(|commitment| commitment.urgency());
        owed
    }

    /// How many commitments there are, and what became of them.
    #[must_use]
    pub fn count(&self) -> Counts {
        let made = u64::try_from(self.len()).unwrap_or(u64::MAX);
        self.all().fold(Counts { made, ..Counts::default() }, |counts, commitment| counts.and(commitment.verdict()))
    }
}

/// How many commitments were made, and what became of them. Nothing gets lost: what was made is pending or has a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many were made.
    pub made: u64,
    /// How many have no verdict yet.
    pub pending: u64,
    /// How many were kept.
    pub fulfilled: u64,
    /// How many were broken, whether or not they are owed still.
    pub breached: u64,
    /// How many fell away without fault.
    pub void: u64,
}

impl Counts {
    /// Whether what was made is just what is pending, kept, broken and void together.
    #[must_use]
    pub const fn add_up(&self) -> bool {
        let decided = self.fulfilled.saturating_add(self.breached).saturating_add(self.void);
        self.made == decided.saturating_add(self.pending)
    }

    const fn and(mut self, verdict: Verdict) -> Self {
        let count = match verdict {
            Verdict::Pending => &mut self.pending,
            Verdict::Fulfilled => &mut self.fulfilled,
            Verdict::Breached => &mut self.breached,
            Verdict::Void => &mut self.void,
        };
        *count = count.saturating_add(1);
        self
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { made, pending, fulfilled, breached, void } = self;
        write!(f, "{made} made: {pending} pending, {fulfilled} fulfilled, {breached} breached, {void} void")
    }
}

impl Commitment {
    /// The deadline that it has now. None while it stands still or waits, and none once it is closed.
    #[must_use]
    pub const fn due_now(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Active { .. } | Phase::Overdue => Some(self.due),
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Paused { .. } | Phase::Closed { .. } => None,
        }
    }

    /// Until when it stands still at the latest, or waits: for the customer's part, or for somebody to look at it.
    #[must_use]
    pub const fn waits_until(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Candidate { review_by: until, .. }
            | Phase::Conditional { limit: until, .. }
            | Phase::Paused { resume_by: until, .. } => Some(until),
            Phase::Active { .. } | Phase::Overdue | Phase::Closed { .. } => None,
        }
    }

    fn urgency(&self) -> (bool, Option<Timestamp>, u64) {
        let due = self.due_now();
        (due.is_none(), due.or(self.waits_until()), self.version)
    }
}
