//! What a host may ask of a ledger.

use super::promise::Attempt;
use super::promise::Chase;
use super::promise::Promise;
use super::promise::StartSeries;
use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::due_rule::DueRule;
use super::party::{Owner, Party};
use crate::{CommitmentId, MessageRef, Name, SeriesId, Timestamp};

/// What a host may ask about a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Somebody at the desk has promised something. The words bind the desk, whoever spoke them.
    Promise(Box<Promise>),
    /// It has been done. Before a slot that was agreed opens it has only been tried ([`Attempted`](super::Event::Attempted), "too early"): the
    /// events say whether it counts, not that the order was taken.
    Fulfil {
        /// Which.
        commitment: CommitmentId,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The clock is to stand still.
    Pause {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// Until when at the latest; the terms may end it sooner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// How the customer was told. Needed where it is a promise; a pause that an agreement has by itself is told by the agreement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MessageRef>,
    },
    /// A reason to stand still is gone.
    Resume {
        /// Which.
        commitment: CommitmentId,
        /// The reason.
        reason: Name,
    },
    /// The customer lets the desk off. Whoever has heard him may report it, with what shows it; a customer who gives it himself must be the one
    /// who is owed. Whether the evidence is his word is for the host to see to. If he did so before a breach and that came in later, the breach is taken back.
    /// From what is broken he lets the desk off by [`Waive`](Self::Waive).
    Release {
        /// Which.
        commitment: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The desk does not mean to do it any more. That is a breach, then and there, but for what still waits for the customer's part, which falls away. What is broken is owed still: until it is done late, promised anew, waived or
    /// written off.
    Withdraw {
        /// Which.
        commitment: CommitmentId,
        /// How the customer was told.
        notice: MessageRef,
    },
    /// Somebody else answers for it from now on.
    HandOver {
        /// Which.
        commitment: CommitmentId,
        /// Who.
        #[serde(deserialize_with = "crate::document::strict")]
        owner: Owner,
    },
    /// A promise was found in a message, and somebody is to look whether it is one. If nobody does, it counts.
    Suggest {
        /// Until when somebody is to look.
        review_by: Timestamp,
        /// What was found.
        promise: Box<Promise>,
    },
    /// What was found is a promise.
    Confirm {
        /// Which.
        commitment: CommitmentId,
    },
    /// What was found is none.
    Dismiss {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
    },
    /// The customer has done his part. If he had done it by its limit and that was recorded as passed before this came in, another
    /// commitment is owed in place of the lapsed one, from when he did it; its id is derived.
    MeetCondition {
        /// Which.
        commitment: CommitmentId,
        /// What shows it.
        evidence: MessageRef,
    },
    /// Somebody tried, and did not reach the customer. Whether that counts is said by its terms.
    Attempt {
        /// Which.
        commitment: CommitmentId,
        /// What came of it.
        outcome: Attempt,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<MessageRef>,
    },
    /// The customer is told of it. A goal is a promise from then on.
    Announce {
        /// Which.
        commitment: CommitmentId,
        /// How he was told.
        message: MessageRef,
    },
    /// Terms that are no worse for the customer.
    Amend {
        /// Which.
        commitment: CommitmentId,
        /// The new deadline, no later than the present one.
        #[serde(deserialize_with = "crate::document::strict")]
        due: DueRule,
        /// From when on it counts, where that changes: no later than it does now, and the new slot is not over before the one that
        /// was agreed on opens. The customer need not be there sooner than he agreed to; what is tried before that does not make
        /// him absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opens_at: Option<Timestamp>,
    },
    /// Other terms, told to the customer: worse ones, as a rule, since better ones need no consent ([`Amend`](Self::Amend)). The clock runs on until he accepts.
    ///
    /// If the deadline passes first, the promise is broken, and what was told is owed in its place: a promise that stands in for it, with an id of the
    /// crate's, which can be broken, too.
    Propose {
        /// Which.
        commitment: CommitmentId,
        /// The deadline that is proposed.
        #[serde(deserialize_with = "crate::document::strict")]
        due: DueRule,
        /// From when on it is to count, where that is to change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opens_at: Option<Timestamp>,
        /// How he was told.
        told: MessageRef,
        /// Whether he need not do his part any more, where it waits for that. Otherwise what he accepts goes on waiting, by the same
        /// limit.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        outright: bool,
    },
    /// The customer accepts the terms that were proposed: by the same rule as [`Release`](Self::Release). If he did so before a breach and that came in later, the breach is taken back.
    ///
    /// What is owed then runs to the deadline that he was told, even if a reason to stand still holds at that moment: he agreed to a date, knowing of the
    /// reason. A reason that begins later makes it stand as its terms say, with the whole of their allowance, since the account is a new one.
    Accept {
        /// Which.
        commitment: CommitmentId,
        /// The id of what is owed from now on, new and given by the host.
        successor: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The customer does not accept them: nothing has been proposed any more, and what was owed is owed as it was.
    Decline {
        /// Which.
        commitment: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// The customer is asked for what cannot be done without him, reminded of it or warned, each once he has had time to answer the one before: while the
    /// clock runs or stands still. A promise on a condition has a limit for that, at which it lapses, and is refused here.
    Chase {
        /// Which.
        commitment: CommitmentId,
        /// Which step.
        #[serde(deserialize_with = "crate::document::strict")]
        step: Chase,
        /// How he was told.
        message: MessageRef,
    },
    /// The customer has spoken again: what he had been asked before counts no more. If he spoke before he was found absent and that
    /// came in later, another commitment is owed in place of the closed one, by the instants that it had; its id is derived.
    Hear {
        /// Which.
        commitment: CommitmentId,
    },
    /// The customer's part failed: asked, reminded twice, warned and silent; or two attempts in the agreed slot and a message left.
    FindAbsent {
        /// Which.
        commitment: CommitmentId,
    },
    /// The customer is back: what had been closed for his absence is owed again, with what was left of it.
    TakeUpAgain {
        /// Which was closed for his absence.
        commitment: CommitmentId,
        /// The id of what is owed from now on, new and given by the host.
        successor: CommitmentId,
    },
    /// It cannot be done. That is a breach, then and there, and owes an explanation: as its terms say, or else within a day.
    DeclareImpossible {
        /// Which.
        commitment: CommitmentId,
        /// How the customer was told.
        notice: MessageRef,
    },
    /// The customer does not insist on what is broken.
    Waive {
        /// Which.
        commitment: CommitmentId,
        /// How he said so.
        evidence: MessageRef,
    },
    /// Nothing will come of what is broken any more, says one who may.
    WriteOff {
        /// Which.
        commitment: CommitmentId,
        /// Who may say so.
        authority: Party,
        /// Why.
        reason: Name,
    },
    /// A breach is not to count against the desk: a strike, a declared outage. The breach stands, and is counted apart.
    Exclude {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// Who says so.
        approver: Party,
    },
    /// A part, or all, of it is given on to another, who owes it to the desk. Its owner stays answerable.
    Delegate {
        /// Which.
        commitment: CommitmentId,
        /// What the other owes.
        promise: Box<Promise>,
    },
    /// What had fulfilled it is taken back: it bounced, was meant for another.
    Retract {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// The id of what is owed from now on, new and given by the host.
        successor: CommitmentId,
    },
    /// It should not be on record: the wrong ticket, terms or customer, spam, a duplicate.
    RecordInError {
        /// Which.
        commitment: CommitmentId,
        /// Why.
        reason: Name,
        /// What shows it.
        evidence: MessageRef,
    },
    /// It was struck out in error, and that was the error.
    Reinstate {
        /// Which.
        commitment: CommitmentId,
        /// The id of what is owed from now on, new and given by the host.
        successor: CommitmentId,
    },
    /// What a reference points to has been erased. What was owed stays.
    Redact {
        /// Which.
        commitment: CommitmentId,
        /// The reference.
        reference: MessageRef,
    },
    /// News, or the like, every so often until something has come.
    StartSeries(Box<StartSeries>),
    /// That has come. Rounds that were broken since then, as the channel or a person vouches, are taken back.
    StopSeries {
        /// Which.
        series: SeriesId,
        /// What shows it.
        evidence: MessageRef,
    },
    /// Everything that one answers for is another's from now on.
    HandOverAll {
        /// Who answered: a team, or one in it.
        #[serde(deserialize_with = "crate::document::strict")]
        from: Owner,
        /// Who answers now.
        #[serde(deserialize_with = "crate::document::strict")]
        to: Owner,
    },
}

impl Order {
    /// The commitment that it is about; none if it is about all of an owner's.
    ///
    /// # One about all of an owner's is about none
    ///
    /// ```
    /// use owed::commitment::{Order, Owner};
    /// use owed::TeamId;
    ///
    /// let [from, to] = ["sales", "support"].map(|team| TeamId::new(team).map(Owner::from));
    /// assert_eq!(Order::HandOverAll { from: from?, to: to? }.commitment(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn commitment(&self) -> Option<CommitmentId> {
        match self {
            Self::Promise(promise) | Self::Suggest { promise, .. } => Some(promise.commitment),
            Self::Fulfil { commitment, .. }
            | Self::Pause { commitment, .. }
            | Self::Resume { commitment, .. }
            | Self::Release { commitment, .. }
            | Self::Withdraw { commitment, .. }
            | Self::HandOver { commitment, .. }
            | Self::Confirm { commitment }
            | Self::Dismiss { commitment, .. }
            | Self::MeetCondition { commitment, .. }
            | Self::Attempt { commitment, .. }
            | Self::Announce { commitment, .. }
            | Self::Amend { commitment, .. }
            | Self::Propose { commitment, .. }
            | Self::Accept { commitment, .. }
            | Self::Decline { commitment, .. }
            | Self::Chase { commitment, .. }
            | Self::Hear { commitment }
            | Self::FindAbsent { commitment }
            | Self::TakeUpAgain { commitment, .. }
            | Self::DeclareImpossible { commitment, .. }
            | Self::Waive { commitment, .. }
            | Self::WriteOff { commitment, .. }
            | Self::Exclude { commitment, .. }
            | Self::Delegate { commitment, .. }
            | Self::Retract { commitment, .. }
            | Self::RecordInError { commitment, .. }
            | Self::Reinstate { commitment, .. }
            | Self::Redact { commitment, .. } => Some(*commitment),
            Self::StartSeries(start) => Some(CommitmentId::of_round(start.series, 1)),
            Self::StopSeries { series, .. } => Some(CommitmentId::of_round(*series, 1)),
            Self::HandOverAll { .. } => None,
        }
    }
}
