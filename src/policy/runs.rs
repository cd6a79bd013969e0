//! Which cycles of which metrics a ticket has had.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::fate::was_put_right;
use crate::commitment::{AgreementKind, Cycle, Event, Ledger, Origin, Rule, RuleReason, VoidCause};
use crate::{CommitmentId, Name};

/// The cycles of a ticket, by agreement and metric, in the order in which they began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Runs(Vec<Run>);

/// The cycles of one metric under one agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// The agreement.
    pub agreement: Name,
    /// The metric.
    pub metric: Name,
    /// Between whom the agreement is.
    #[serde(default, skip_serializing_if = "AgreementKind::is_sla")]
    pub kind: AgreementKind,
    /// Its cycles, the latest last.
    pub cycles: Vec<CommitmentId>,
    /// Those that have not ended. What was struck out and reinstated may be one of them, behind a later cycle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<CommitmentId>,
    /// Those that began on another ticket and were carried over. They are watched like the others, and are none of this ticket's own
    /// stretches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried_in: Vec<CommitmentId>,
    /// Whether the last one ended because the ticket left the agreement, so that it may begin again.
    #[serde(default)]
    pub left: bool,
}

impl Run {
    fn of(cycle: &Cycle) -> Self {
        Self {
            agreement: cycle.agreement.clone(),
            metric: cycle.metric.clone(),
            kind: cycle.kind,
            cycles: Vec::new(),
            open: Vec::new(),
            carried_in: Vec::new(),
            left: false,
        }
    }

    /// Its cycles that may not have ended: what is known to be open, and the latest.
    pub(super) fn running(&self) -> impl Iterator<Item = CommitmentId> {
        let latest = self.cycles.last().filter(|latest| !self.open.contains(latest));
        latest.into_iter().chain(self.open.iter().rev()).copied()
    }

    /// Whether its latest cycle is over for good: it was decided, and nothing has taken that off the record.
    pub(super) fn is_over(&self, ledger: &Ledger) -> bool {
        let last = self.cycles.last().and_then(|id| ledger.get(*id));
        !self.left && last.is_some_and(|last| !last.is_open() && !was_put_right(last))
    }
}

impl Runs {
    /// Every run.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Run> {
        self.0.iter()
    }

    /// How many cycles there have been, whatever kind of agreement it was.
    #[must_use]
    pub(crate) fn cycles(&self, agreement: &Name, metric: &Name) -> u32 {
        let runs = self.iter().filter(|run| run.agreement == *agreement && run.metric == *metric);
        runs.fold(0, |sum, run| sum.saturating_add(u32::try_from(run.cycles.len()).unwrap_or(u32::MAX)))
    }

    /// The run that a cycle belongs to, begun if there is none. An agreement of the same name may be of another kind in another edition.
    fn of(&mut self, cycle: &Cycle) -> Option<&mut Run> {
        let of_cycle =
            |run: &Run| run.agreement == cycle.agreement && run.metric == cycle.metric && run.kind == cycle.kind;
        let index = self.0.iter().position(of_cycle).unwrap_or(self.0.len());
        if index == self.0.len() {
            self.0.push(Run::of(cycle));
        }
        self.0.get_mut(index)
    }

    /// Takes a fact about a commitment as it stands.
    pub(crate) fn evolve(&mut self, event: &Event) {
        if event.closes() || matches!(event, Event::CarriedOut { .. }) {
            self.0.iter_mut().for_each(|run| run.open.retain(|id| *id != event.commitment()));
        }
        match event {
            Event::Promised(promised) => {
                let Origin::Policy(cycle) = &promised.origin else { return };
                let Some(run) = self.of(cycle) else { return };
                run.cycles.push(promised.commitment);
                run.open.push(promised.commitment);
                run.left = false;
            }
            Event::CarriedIn { commitment, .. } => {
                let Origin::Policy(cycle) = &commitment.origin else { return };
                let Some(run) = self.of(cycle) else { return };
                // It may have come home.
                if !run.cycles.contains(&commitment.id) && !run.carried_in.contains(&commitment.id) {
                    run.carried_in.push(commitment.id);
                }
                run.open.extend(commitment.is_open().then_some(commitment.id));
            }
            Event::Voided { commitment, cause: VoidCause::Rule(Rule { why: RuleReason::Left, .. }), .. } => {
                if let Some(run) = self.0.iter_mut().find(|run| run.cycles.last() == Some(commitment)) {
                    run.left = true;
                }
            }
            Event::Voided { .. }
            | Event::Warned { .. }
            | Event::Breached { .. }
            | Event::Fulfilled { .. }
            | Event::DeliveredLate { .. }
            | Event::Corrected { .. }
            | Event::Paused { .. }
            | Event::PauseJoined { .. }
            | Event::PauseLeft { .. }
            | Event::Resumed { .. }
            | Event::Retargeted(_)
            | Event::Overtaken { .. }
            | Event::Superseded { .. }
            | Event::HandedOver { .. }
            | Event::Suggested(_)
            | Event::PromisedOnCondition(_)
            | Event::Confirmed { .. }
            | Event::ConditionMet { .. }
            | Event::Attempted { .. }
            | Event::Announced { .. }
            | Event::Amended(_)
            | Event::Proposed { .. }
            | Event::Declined { .. }
            | Event::Chased { .. }
            | Event::Heard { .. }
            | Event::Ended { .. }
            | Event::Excluded { .. }
            | Event::Delegated { .. }
            | Event::PutAtRisk { .. }
            | Event::HorizonReached { .. }
            | Event::Redacted { .. }
            | Event::CarriedOut { .. } => {}
        }
    }
}
