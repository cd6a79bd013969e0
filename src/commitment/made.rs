//! What a fact that makes or changes a commitment says of it.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::clock::{Clock, Fallback};
use super::deliverable::Deliverable;
use super::due_rule::DueRule;
use super::origin::{Binding, Origin, Renews};
use super::party::{Owner, Party};
use super::terms::Terms;
use super::warning::WarningAt;
use crate::calendar::{Amount, micros};
use crate::{CommitmentId, MessageRef, Priority, Timestamp};

/// A commitment whose clock does not run yet: nobody has confirmed it, or the customer has not done his part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted {
    /// Its id.
    pub commitment: CommitmentId,
    /// What is owed.
    pub deliverable: Deliverable,
    /// Who owes it, if that is not the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    pub owner: Owner,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the customer can hold the desk to it.
    pub binding: Binding,
    /// Its terms.
    pub terms: Terms,
    /// When it was said.
    pub since: Timestamp,
    /// The account of its time, which runs on paper only: where it waits for the customer's part, as if that came last.
    pub clock: Clock,
    /// The deadline: where it waits for the customer's part, the last that there can be.
    pub due: Timestamp,
    /// Until when somebody is to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Timestamp>,
    /// Until when the customer is to have done his part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Timestamp>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The closed commitment that this one goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// Why a deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// A clock that runs, and where that leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The account of its time.
    pub clock: Clock,
    /// The deadline, inclusive.
    pub due: Timestamp,
    /// The instants of its warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// Why the deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

/// Better terms, with what they came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amended {
    /// Which.
    pub commitment: CommitmentId,
    /// Its terms from now on.
    pub terms: Terms,
    /// What is left of its budget.
    #[serde(with = "micros")]
    pub left: Amount,
    /// Its clock from now on. Where it stands, or does not run yet, the deadline is what it would be.
    pub running: Running,
}

/// Terms that were told to the customer and wait for his word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Since when they count.
    pub since: Timestamp,
    /// How the deadline is found.
    pub due: DueRule,
    /// The deadline that he was told.
    pub due_at: Timestamp,
    /// How he was told.
    pub told: MessageRef,
    /// Until when he is to have done his part, where it waits for that and goes on waiting. Its time counts from then, so the
    /// deadline is the last that there can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Timestamp>,
    /// From when on it is to count, where that is to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
}

/// A commitment was made, with all that was agreed and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// Its id.
    pub commitment: CommitmentId,
    /// What is owed.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    pub owner: Owner,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the customer can hold the desk to it.
    pub binding: Binding,
    /// Its terms.
    pub terms: Terms,
    /// Since when it is owed, where that is before its account begins: it goes on with what was owed under another agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// The account of its time.
    pub clock: Clock,
    /// The deadline, inclusive.
    pub due: Timestamp,
    /// The instants of its warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The closed commitment that this one goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// Who owes it, if that is not the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
    /// Why the deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

impl Promised {
    /// A promise of the desk's own, from now on: it stands in for nothing, and goes on with nothing.
    pub(super) fn anew(
        (commitment, deliverable): (CommitmentId, Deliverable),
        (beneficiary, owner): (Party, Owner),
        origin: Origin,
        terms: Terms,
        Running { clock, due, warnings, fallback }: Running,
    ) -> Self {
        Self {
            commitment,
            deliverable,
            beneficiary,
            owner,
            origin,
            binding: Binding::Promised,
            terms,
            since: None,
            clock,
            due,
            warnings,
            repairs: None,
            renews: None,
            promiser: None,
            fallback,
        }
    }
}

/// A commitment got another budget, with what that came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retargeted {
    /// Which.
    pub commitment: CommitmentId,
    /// The priority whose budget it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Its terms from now on.
    pub terms: Terms,
    /// Since when it is owed: as before, unless it begins again.
    pub since: Timestamp,
    /// The account of its time from now on.
    pub clock: Clock,
    /// What is left of the new budget.
    #[serde(with = "micros")]
    pub left: Amount,
    /// The new deadline; where it stands still, what it would be if it went on now.
    pub due: Timestamp,
    /// The instants of its warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// Why the deadline is in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}
