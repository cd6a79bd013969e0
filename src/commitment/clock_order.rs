//! What an agreement may ask of a ledger about the clocks that it runs.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::clock::Pause;
use super::deliverable::Deliverable;
use super::due_rule::DueRule;
use super::happened::Happened;
use super::origin::{Binding, Cycle, Rule};
use super::party::{Actor, Owner, Party};
use super::terms::{Allowance, BreachOwes, Terms};
use super::warning::Warning;
use crate::calendar::{Amount, Term};
use crate::{CommitmentId, MessageRef, Name, Priority, Timestamp};

/// What becomes of the time that has run when the budget is swapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPriorityChange {
    /// It stays used. Where unit or calendar change, it is carried over as a share of the old budget.
    #[default]
    Keep,
    /// It is forgotten: the new budget begins now.
    Restart,
    /// It is measured again from the beginning, past pauses kept.
    Recount,
}

/// What an agreement asks about the clocks that it runs. No host can send one; one that does not apply yields nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClockOrder {
    /// A cycle of a metric begins.
    Start(Box<Start>),
    /// What the metric waits for was done; the message shows it.
    Stop(CommitmentId, Option<MessageRef>),
    /// The ticket has come to the status that the metric waits for.
    End(CommitmentId),
    /// A rule ends it without its being done, now or at an instant that is told of later.
    Cancel(CommitmentId, Rule, Option<Timestamp>),
    /// A pause condition has become true.
    Pause(CommitmentId, Name),
    /// A pause condition is no longer true.
    Resume(CommitmentId, Name),
    /// It gets another budget, now or as of an instant.
    Retarget(CommitmentId, Target, OnPriorityChange, Option<Timestamp>),
    /// It goes on by the rules of another edition, which let it stand still so far; so much of its budget has been used by the hours of
    /// its own, and by those it would be due then.
    Replan(CommitmentId, Target, Option<Allowance>, (Amount, Timestamp)),
    /// What had fulfilled it did not, or what had cancelled it: it bounced, or was something else. What is owed goes on in a successor.
    TakeBack(Box<TakenBack>),
    /// It ought never to have begun: what had started it was something else. Somebody says so.
    StrikeOut(CommitmentId, MessageRef, Option<Actor>),
    /// It begins again, now or at an instant that is told of later.
    Reset(CommitmentId, Target, Option<Timestamp>),
    /// Somebody else answers for it from now on.
    HandOver(CommitmentId, Owner),
    /// The customer, whose part it waits for, was asked, reminded and warned by the ticket, and is silent.
    FindAbsent(CommitmentId),
}

/// Why a cycle is struck out that turned out never to have begun.
pub(crate) const NEVER_BEGAN: &str = "its start was something else";

/// A cycle whose end was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TakenBack {
    pub(crate) commitment: CommitmentId,
    /// The message that was something else.
    pub(crate) evidence: MessageRef,
    /// When it would have stood still since then.
    pub(crate) pauses: Vec<Pause>,
    /// When those that still last must end.
    pub(crate) resume_by: Option<Timestamp>,
    /// When what takes its place is claimed to have been done, and by whom: he may have to be let.
    pub(crate) claimed: Option<(Happened, Option<Actor>)>,
}

/// Everything that a new cycle of a metric is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// The derived id.
    pub(crate) commitment: CommitmentId,
    /// The cycle of which metric under which agreement.
    pub(crate) cycle: Cycle,
    /// What is owed.
    pub(crate) deliverable: Deliverable,
    /// Who owes it, if that is not the desk.
    pub(crate) promiser: Option<Party>,
    /// To whom.
    pub(crate) beneficiary: Party,
    /// Who answers for it.
    pub(crate) owner: Owner,
    /// Whether the customer has been told.
    pub(crate) binding: Binding,
    /// Its budget and what goes with that.
    pub(crate) target: Target,
    /// How long it may stand still.
    pub(crate) pausable: Option<Allowance>,
    /// Since when its time counts.
    pub(crate) since: Timestamp,
    /// When it has begun again since, unless it was broken by then.
    pub(crate) again: Vec<Timestamp>,
    /// Stretches that count towards it and ended before that, each with its beginning and its end.
    pub(crate) earlier: Vec<(Timestamp, Timestamp)>,
    /// When it would have stood still, had it been running since then; those that still last have no end.
    pub(crate) pauses: Vec<Pause>,
    /// When those that still last must end, if they have begun before.
    pub(crate) resume_by: Option<Timestamp>,
    /// The closed cycle whose account it goes on with: what had run of that has run of this.
    pub(crate) continues: Option<Continues>,
}

/// The closed cycle whose account another goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Continues {
    /// The ticket had left its agreement: it goes on since an instant, at which the ticket was back.
    Left(CommitmentId, Timestamp),
    /// It had ended, and the ticket was reopened: the time in between does not count.
    Reopened(CommitmentId),
}

impl Continues {
    /// The closed cycle.
    pub(crate) const fn of(self) -> CommitmentId {
        match self {
            Self::Left(commitment, _) | Self::Reopened(commitment) => commitment,
        }
    }
}

/// A budget, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// How much time there is.
    pub(crate) budget: Term,
    /// The calendar by which working time counts.
    pub(crate) calendar: Option<Name>,
    /// When to warn.
    pub(crate) warn: Vec<Warning>,
    /// What a breach owes.
    pub(crate) breach_owes: Option<BreachOwes>,
    /// The priority whose budget it is.
    pub(crate) priority: Option<Priority>,
}

impl Target {
    /// Whether these terms are those of the target.
    pub(crate) fn is_of(&self, terms: &Terms) -> bool {
        terms.due == DueRule::Within(self.budget) && terms.calendar == self.calendar
    }
}

impl ClockOrder {
    /// The commitment that it is about.
    #[must_use]
    pub(crate) const fn commitment(&self) -> CommitmentId {
        match self {
            Self::Start(start) => start.commitment,
            Self::TakeBack(back) => back.commitment,
            Self::Stop(commitment, _)
            | Self::Cancel(commitment, ..)
            | Self::Pause(commitment, _)
            | Self::Resume(commitment, _)
            | Self::End(commitment)
            | Self::FindAbsent(commitment)
            | Self::StrikeOut(commitment, ..)
            | Self::Retarget(commitment, ..)
            | Self::Replan(commitment, ..)
            | Self::Reset(commitment, ..)
            | Self::HandOver(commitment, _) => *commitment,
        }
    }
}
