//! What is promised, and what is told of a customer, in an order.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::deliverable::Deliverable;
use super::due_rule::DueRule;
use super::party::{Owner, Party};
use super::series::Rounds;
use super::strict;
use super::terms::{Allowance, BreachOwes, Condition};
use super::warning::Warning;
use crate::calendar::{Term, micros};
use crate::{CommitmentId, MessageRef, Name, SeriesId, Timestamp};

/// A series of promises that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartSeries {
    /// Its id, new and given by the host. Those of the rounds are derived from it.
    pub series: SeriesId,
    /// What is owed in each round.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    #[serde(deserialize_with = "crate::document::strict")]
    pub owner: Owner,
    /// How far the rounds are apart, in any unit: `"2 hours"`, `"1 business day, 17:00"`; at least a minute.
    #[serde(with = "micros::term")]
    pub every: Term,
    /// From where the next round counts.
    pub mode: Rounds,
    /// What ends it, in the host's word: "fixed".
    pub stop: Name,
    /// When somebody is to decide how it goes on, if that has not come by then.
    #[serde(deserialize_with = "crate::document::strict")]
    pub horizon: DueRule,
    /// Who decides then. A [`Decision`](super::Deliverable::Decision) is owed to the same customer, and kept by an [`Order::Fulfil`](super::Order::Fulfil) of its id
    /// ([`Origin::Horizon`](super::Origin::Horizon)). It moves nothing by itself: whoever wants another cadence stops the series and starts one. The stop lets it fall away,
    /// unless it is broken by then.
    #[serde(deserialize_with = "crate::document::strict")]
    pub lead: Owner,
    /// Within how much time, in any unit.
    #[serde(with = "micros::term")]
    pub decide_within: Term,
    /// The calendar for all but elapsed time; absent: the rulebook's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn of each round's deadline.
    #[serde(default, deserialize_with = "strict::warnings", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
    /// In which role, as the host knows it; absent: nobody says. What it may promise is said of the first round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Name>,
}

/// What came of an attempt to reach the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// Nobody answered, or the line was busy.
    NotReached,
    /// Nobody answered, and a message was left.
    MessageLeft,
}

/// A step on the way to finding that the customer's part has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chase {
    /// He was asked for his part.
    Asked,
    /// He was reminded of it.
    Reminded,
    /// He was told that it ends if he stays silent until then.
    Warned {
        /// The last instant at which he is heard.
        until: Timestamp,
    },
}

/// A promise that somebody at the desk has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Its id, new and given by the host.
    pub commitment: CommitmentId,
    /// What was promised.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    #[serde(deserialize_with = "crate::document::strict")]
    pub owner: Owner,
    /// By when.
    #[serde(deserialize_with = "crate::document::strict")]
    pub due: DueRule,
    /// The calendar for all but elapsed time; absent: the rulebook's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// When to warn of the deadline.
    #[serde(default, deserialize_with = "strict::warnings", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// How long it may stand still; absent: not at all.
    #[serde(default, deserialize_with = "strict::allowance_if_any", skip_serializing_if = "Option::is_none")]
    pub pausable: Option<Allowance>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// Who owes it, if that is not the desk: a supplier, another team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
    /// What is done before this instant does not count; absent: early counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// Whether an attempt that did not reach the customer counts.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub attempt_counts: bool,
    /// What the customer does first; the time that it takes counts only from then.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What a breach of it owes by itself; absent: nothing.
    #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
    pub breach_owes: Option<BreachOwes>,
    /// In which role it was said, as the host knows it; absent: nobody says. A rulebook may limit what a role promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Name>,
}
