//! What a ledger answers when it is asked: what is owed, to whom, by whom, and how much of all that was made.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::ledger::{Carried, Ledger};
use super::party::Party;
use super::phase::{Phase, Verdict};
use super::state::Commitment;
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
        let there = u64::try_from(self.len()).unwrap_or(u64::MAX);
        let Carried { into: carried_in, out: carried_out } = self.carried();
        let made = there.saturating_add(carried_out).saturating_sub(carried_in);
        let counts = Counts { made, carried_in, carried_out, ..Counts::default() };
        self.all().fold(counts, |counts, commitment| counts.and(commitment.verdict()))
    }
}

/// How many commitments were made, and what became of them. Nothing gets lost: what was made, or carried in, is pending, has a verdict,
/// or was carried out.
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
    /// How many came from other streams.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried_in: u64,
    /// How many went to other streams, and count there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried_out: u64,
}

impl Counts {
    /// Whether what was made and carried in is just what is pending, kept, broken, void and carried out together.
    #[must_use]
    pub const fn add_up(&self) -> bool {
        let decided = self.fulfilled.saturating_add(self.breached).saturating_add(self.void);
        let here = decided.saturating_add(self.pending);
        self.made.saturating_add(self.carried_in) == here.saturating_add(self.carried_out)
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
        let Self { made, pending, fulfilled, breached, void, carried_in, carried_out } = self;
        write!(f, "{made} made")?;
        if *carried_in > 0 {
            write!(f, ", {carried_in} carried in")?;
        }
        write!(f, ": {pending} pending, {fulfilled} fulfilled, {breached} breached, {void} void")?;
        if *carried_out > 0 {
            write!(f, ", {carried_out} carried out")?;
        }
        Ok(())
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}
