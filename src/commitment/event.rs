//! What has happened to a commitment. Stored for ever: fields may be added, never changed.

use super::cause::BreachCause;
use super::cause::Ending;
use super::cause::Exclusion;
use super::cause::Short;
use super::cause::VoidCause;
use super::made::Amended;
use super::made::Drafted;
use super::made::Promised;
use super::made::Proposal;
use super::made::Retargeted;
use super::made::Running;
use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::addressee::Addressee;
use super::clock::Fallback;
use super::happened::Stamp;
use super::origin::{Origin, Rule};
use super::party::{Owner, Party};
use super::promise::Chase;
use super::state::Commitment;
use super::warning::{Warning, WarningAt};
use crate::calendar::{Amount, micros};
use crate::{CommitmentId, MessageRef, Name, StreamId, Timestamp};

/// A fact about one commitment, with its results: replaying it needs no calendar and no rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// It was made, and its clock runs.
    Promised(Box<Promised>),
    /// Its deadline is near.
    Warned {
        /// Which.
        commitment: CommitmentId,
        /// Who answers for it.
        owner: Owner,
        /// The warning that went off.
        warning: Warning,
        /// The deadline.
        due: Timestamp,
    },
    /// It was not kept. It is still owed.
    Breached {
        /// Which.
        commitment: CommitmentId,
        /// Who answered for it then.
        owner: Owner,
        /// Who was let down.
        beneficiary: Party,
        /// The deadline.
        due: Timestamp,
        /// What made it a breach.
        cause: BreachCause,
        /// How the customer was told, if the desk withdrew it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<MessageRef>,
    },
    /// It was kept.
    Fulfilled {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// It was done after it was broken. The breach stands; nothing is owed any more.
    DeliveredLate {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// The deadline.
        due: Timestamp,
        /// How much later, in microseconds of elapsed time.
        late_us: u64,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The record of a breach was wrong: it had been done in time. Both stay on record.
    Corrected {
        /// Which.
        commitment: CommitmentId,
        /// When it was done.
        done: Timestamp,
        /// Who vouches for that.
        stamp: Stamp,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// Its clock stands still.
    Paused {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// What is left of its budget.
        #[serde(with = "micros")]
        left: Amount,
        /// When it goes on at the latest.
        resume_by: Timestamp,
        /// How the customer was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MessageRef>,
    },
    /// Another reason for its standing still has come up.
    PauseJoined {
        /// Which.
        commitment: CommitmentId,
        /// The further reason.
        reason: Name,
        /// How the customer was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MessageRef>,
    },
    /// A reason is gone, and it still stands for another.
    PauseLeft {
        /// Which.
        commitment: CommitmentId,
        /// The reason that is gone.
        reason: Name,
    },
    /// Its clock goes on: the last reason is gone, or it has stood as long as it may.
    Resumed {
        /// Which.
        commitment: CommitmentId,
        /// The last reason; absent where the time was up and all reasons ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Name>,
        /// What is left of its budget.
        #[serde(with = "micros")]
        left: Amount,
        /// The new deadline.
        due: Timestamp,
        /// The instants of its warnings.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        warnings: Vec<WarningAt>,
        /// Why the deadline is in elapsed time after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<Fallback>,
    },
    /// Its agreement gives it another budget, or lets it begin again.
    Retargeted(Box<Retargeted>),
    /// It fell away without anybody's fault.
    Voided {
        /// Which.
        commitment: CommitmentId,
        /// How.
        cause: VoidCause,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
        /// Who vouches that this came before the verdict on record, which it takes back: a breach, a lapse, an absence. Absent where
        /// there was none. Both stay on record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<Stamp>,
        /// Who is to be told of it, and how: he who is owed it no longer, since his part was not done in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Box<Addressee>>,
    },
    /// It was broken, and then its metric ended without its being done.
    Overtaken {
        /// Which.
        commitment: CommitmentId,
        /// The rule.
        rule: Rule,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// It was broken, and another commitment stands in for it now.
    Superseded {
        /// Which.
        commitment: CommitmentId,
        /// The one that stands in for it.
        by: CommitmentId,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// Somebody else answers for it.
    HandedOver {
        /// Which.
        commitment: CommitmentId,
        /// Who.
        owner: Owner,
    },
    /// It was found in a message, and somebody is to look whether it is a promise.
    Suggested(Box<Drafted>),
    /// It was promised on a condition, which is the customer's part.
    PromisedOnCondition(Box<Drafted>),
    /// What was found in a message counts: somebody has said so, or nobody has looked.
    Confirmed {
        /// Which.
        commitment: CommitmentId,
        /// Its clock runs; absent where it waits for the customer's part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        running: Option<Box<Running>>,
    },
    /// The customer has done his part, and the clock runs.
    ConditionMet {
        /// Which.
        commitment: CommitmentId,
        /// When he had done it.
        met: Timestamp,
        /// What shows it.
        evidence: MessageRef,
        /// What it came to.
        running: Box<Running>,
    },
    /// Something was done that does not count.
    Attempted {
        /// Which.
        commitment: CommitmentId,
        /// When.
        tried: Timestamp,
        /// Why it does not count.
        short: Short,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The customer was told of it: from now on he can hold the desk to it.
    Announced {
        /// Which.
        commitment: CommitmentId,
        /// How he was told.
        message: MessageRef,
    },
    /// Its terms are better for the customer.
    Amended(Box<Amended>),
    /// Worse terms were told to the customer, who has not accepted them.
    Proposed {
        /// Which.
        commitment: CommitmentId,
        /// What was proposed.
        proposal: Proposal,
    },
    /// The customer did not accept what was proposed. The terms stand, and the clock has run on.
    Declined {
        /// Which.
        commitment: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The customer was asked for his part, reminded of it or warned.
    Chased {
        /// Which.
        commitment: CommitmentId,
        /// Which step.
        step: Chase,
        /// How he was told.
        message: MessageRef,
    },
    /// The customer spoke again: what he had been asked before counts no more.
    Heard {
        /// Which.
        commitment: CommitmentId,
    },
    /// It was broken, and is owed no longer all the same.
    Ended {
        /// Which.
        commitment: CommitmentId,
        /// How.
        ending: Ending,
        /// What had run of its budget by then.
        #[serde(with = "micros")]
        used: Amount,
    },
    /// Its breach is counted apart. It stands.
    Excluded {
        /// Which.
        commitment: CommitmentId,
        /// Why and by whom.
        exclusion: Exclusion,
    },
    /// A part, or all, of it was given on.
    Delegated {
        /// Which.
        commitment: CommitmentId,
        /// What is owed to the desk for it.
        child: CommitmentId,
        /// Whether that is due later than this one, which nobody should have agreed to.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        too_late: bool,
    },
    /// What was given on is broken, so this one may be next.
    PutAtRisk {
        /// Which.
        commitment: CommitmentId,
        /// Who answers for it.
        owner: Owner,
        /// What is broken.
        child: CommitmentId,
        /// The deadline.
        due: Timestamp,
    },
    /// The series has not come to its end by its horizon. It goes on, and somebody is to decide.
    HorizonReached {
        /// The round that is owed.
        commitment: CommitmentId,
    },
    /// What a reference points to was erased.
    Redacted {
        /// Which.
        commitment: CommitmentId,
        /// The reference.
        reference: MessageRef,
    },
    /// It is on record in another stream from now on, as it stands: that took it in by a [`CarriedIn`](Self::CarriedIn).
    CarriedOut {
        /// Which.
        commitment: CommitmentId,
        /// The other stream.
        to: StreamId,
    },
    /// It was on record in another stream until now, which let it go by a [`CarriedOut`](Self::CarriedOut). It goes on as it stood.
    CarriedIn {
        /// The other stream.
        from: StreamId,
        /// All that is on record of it.
        commitment: Box<Commitment>,
    },
}

impl Event {
    /// Whether nothing is owed after it.
    pub(crate) const fn closes(&self) -> bool {
        match self {
            Self::Fulfilled { .. }
            | Self::DeliveredLate { .. }
            | Self::Corrected { .. }
            | Self::Voided { .. }
            | Self::Overtaken { .. }
            | Self::Ended { .. }
            | Self::Superseded { .. } => true,
            Self::Promised(_)
            | Self::Suggested(_)
            | Self::PromisedOnCondition(_)
            | Self::Confirmed { .. }
            | Self::ConditionMet { .. }
            | Self::Attempted { .. }
            | Self::Announced { .. }
            | Self::Amended(_)
            | Self::Proposed { .. }
            | Self::Declined { .. }
            | Self::Chased { .. }
            | Self::Heard { .. }
            | Self::Excluded { .. }
            | Self::Delegated { .. }
            | Self::PutAtRisk { .. }
            | Self::HorizonReached { .. }
            | Self::Redacted { .. }
            | Self::CarriedOut { .. }
            | Self::CarriedIn { .. }
            | Self::Warned { .. }
            | Self::Breached { .. }
            | Self::Paused { .. }
            | Self::PauseJoined { .. }
            | Self::PauseLeft { .. }
            | Self::Resumed { .. }
            | Self::Retargeted(_)
            | Self::HandedOver { .. } => false,
        }
    }

    /// Whether a deadline that was near is so no longer: it has passed, or is another, or the clock stands.
    pub(crate) const fn disarms(&self) -> bool {
        matches!(self, Self::Breached { .. } | Self::Paused { .. } | Self::Retargeted(_) | Self::Amended(_))
            || self.closes()
    }

    /// Whether it tells of something that the customer did or said about it.
    pub(crate) const fn is_the_customers(&self) -> bool {
        matches!(
            self,
            Self::ConditionMet { .. }
                | Self::Declined { .. }
                | Self::Heard { .. }
                | Self::Ended { ending: Ending::Waived { .. }, .. }
                | Self::Voided {
                    cause: VoidCause::Released { .. } | VoidCause::Renegotiated { .. } | VoidCause::InTime { .. },
                    ..
                }
        )
    }

    /// Whether it may be why somebody must hear of a commitment.
    pub(crate) const fn may_start_an_escalation(&self) -> bool {
        matches!(self, Self::Warned { .. } | Self::Breached { .. } | Self::Promised(_) | Self::PutAtRisk { .. })
    }

    /// Whether something is owed from it on that was not owed before.
    pub(crate) const fn makes_one(&self) -> bool {
        matches!(self, Self::Promised(_) | Self::Suggested(_) | Self::PromisedOnCondition(_))
    }

    /// What shows that it was done, if it says so.
    pub(super) const fn kept_by(&self) -> Option<&MessageRef> {
        match self {
            Self::Fulfilled { evidence, .. }
            | Self::DeliveredLate { evidence, .. }
            | Self::Corrected { evidence, .. } => evidence.as_ref(),
            _ => None,
        }
    }

    /// Whether what it is about was done.
    pub(crate) const fn is_done(&self) -> bool {
        matches!(self, Self::Fulfilled { .. } | Self::DeliveredLate { .. } | Self::Corrected { .. })
    }

    /// Whether what it is about is owed no longer, or was not to be.
    pub(crate) const fn ends_one(&self) -> bool {
        matches!(
            self,
            Self::Fulfilled { .. }
                | Self::DeliveredLate { .. }
                | Self::Corrected { .. }
                | Self::Voided { .. }
                | Self::Overtaken { .. }
                | Self::Superseded { .. }
                | Self::Ended { .. }
        )
    }

    /// The commitment that it springs from, if it makes one that goes by the edition of another. What goes on with one is that one still, whoever had
    /// given it on.
    pub(crate) fn springs_from(&self) -> Option<CommitmentId> {
        let (origin, renews) = match self {
            Self::Promised(promised) => (&promised.origin, promised.renews),
            Self::Suggested(drafted) | Self::PromisedOnCondition(drafted) => (&drafted.origin, drafted.renews),
            _ => return None,
        };
        renews.map(|renews| renews.of).or(match origin {
            Origin::Amends { of, .. } | Origin::Delegated { by: of } => Some(*of),
            Origin::Policy(_)
            | Origin::Spoken { .. }
            | Origin::Horizon { .. }
            | Origin::Request { .. }
            | Origin::Incident(_) => None,
        })
    }

    /// The commitment that it is about.
    #[must_use]
    pub fn commitment(&self) -> CommitmentId {
        match self {
            Self::Promised(promised) => promised.commitment,
            Self::Retargeted(retargeted) => retargeted.commitment,
            Self::Suggested(drafted) | Self::PromisedOnCondition(drafted) => drafted.commitment,
            Self::Amended(amended) => amended.commitment,
            Self::Warned { commitment, .. }
            | Self::Breached { commitment, .. }
            | Self::Fulfilled { commitment, .. }
            | Self::DeliveredLate { commitment, .. }
            | Self::Corrected { commitment, .. }
            | Self::Paused { commitment, .. }
            | Self::PauseJoined { commitment, .. }
            | Self::PauseLeft { commitment, .. }
            | Self::Resumed { commitment, .. }
            | Self::Voided { commitment, .. }
            | Self::Overtaken { commitment, .. }
            | Self::Superseded { commitment, .. }
            | Self::HandedOver { commitment, .. }
            | Self::Confirmed { commitment, .. }
            | Self::ConditionMet { commitment, .. }
            | Self::Attempted { commitment, .. }
            | Self::Announced { commitment, .. }
            | Self::Proposed { commitment, .. }
            | Self::Declined { commitment, .. }
            | Self::Chased { commitment, .. }
            | Self::Heard { commitment }
            | Self::Ended { commitment, .. }
            | Self::Excluded { commitment, .. }
            | Self::Delegated { commitment, .. }
            | Self::PutAtRisk { commitment, .. }
            | Self::HorizonReached { commitment }
            | Self::Redacted { commitment, .. }
            | Self::CarriedOut { commitment, .. } => *commitment,
            Self::CarriedIn { commitment, .. } => commitment.id,
        }
    }
}
