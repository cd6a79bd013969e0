//! "Every two hours until it is fixed": rounds of one promise, each a commitment of its own.

use serde::{Deserialize, Serialize};

use super::party::Owner;
use crate::calendar::{Term, micros};
use crate::{Name, SeriesId, Timestamp};

/// What a round knows of the series that it is one of. It says all that the next one needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The series.
    pub id: SeriesId,
    /// Which round this is, from 1.
    pub round: u32,
    /// How far the rounds are apart, in any unit.
    #[serde(with = "micros::term")]
    pub every: Term,
    /// From where the next round counts.
    pub mode: Rounds,
    /// What ends it, in the host's word: "fixed".
    pub stop: Name,
    /// When somebody is to decide how it goes on, if that has not come by then. The rounds go on meanwhile.
    pub horizon: Timestamp,
    /// Who decides then. A [`Decision`](super::Deliverable::Decision) is owed to the same customer, and kept by an [`Order::Fulfil`](super::Order::Fulfil) of its id
    /// ([`Origin::Horizon`](super::Origin::Horizon)). It moves nothing by itself: whoever wants another cadence stops the series and starts one. The stop lets it fall away,
    /// unless it is broken by then.
    pub lead: Owner,
    /// Within how much time.
    #[serde(with = "micros::term")]
    pub decide_within: Term,
    /// Whether the horizon has passed.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub past_horizon: bool,
    /// How many rounds have been missed in a row since then. Each doubles the time to the next, so that it never goes quiet and
    /// never is without bound.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missed: u32,
    /// Where this round stands among those that are counted from one instant. Only rounds that are dates apart are: hours go on where
    /// others have ended, but a half-day or a short month would move every round after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
}

/// The deadline of a round, so many of a series' lengths after the instant from which its rounds are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// From where the rounds are counted: the start, or the last delivery where they roll.
    pub(crate) from: Timestamp,
    /// How many lengths after that.
    pub(crate) nth: u32,
}

/// From where the next round of a series counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounds {
    /// From the delivery.
    Rolling,
    /// From the end of the slot, whenever in it the delivery came: several in one slot do not use up later ones.
    Slots,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(missed: &u32) -> bool {
    *missed == 0
}
