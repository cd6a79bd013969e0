//! Where an escalation stands.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::cause::{Cause, Subject, Why};
use super::event::Closing;
use super::ladder::Ladder;
use crate::commitment::{Actor, Armed, Timer};
use crate::policy::{Fact, Visibility};
use crate::{AgentId, EditionNumber, EscalationId, Name, Timestamp, WakeReason};

/// Something that somebody must hear of, on its way up a ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Its id.
    pub id: EscalationId,
    /// What it is about.
    pub subject: Subject,
    /// The ladder, as it was when it began.
    pub ladder: Box<Ladder>,
    /// Why somebody must hear of it.
    pub causes: Vec<Cause>,
    /// Since when.
    pub since: Timestamp,
    /// The edition of the rulebook that it began under: its waits count by the calendars of that.
    pub edition: EditionNumber,
    /// How far it has come.
    pub place: Place,
    /// How many notices there have been.
    pub notices: u32,
    /// How many rungs in a row had nobody.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nobody: u16,
    /// The rungs of which the host has said, since they were last told, that nobody has their role.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub vacant: BTreeSet<u16>,
    /// The notice of which the host has said last that nobody has its role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<u32>,
    /// The rung that it does not begin above, since somebody has put it lower before anybody had heard of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins_at_most: Option<u16>,
    /// Who has heard of the last notice, as far as the host has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<AgentId>,
    /// The functional tier that it was handed over to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// Where it is.
    pub stage: Stage,
    /// The event that set its timer.
    pub(crate) armed: Armed,
}

/// How far an escalation has come. It only ever grows: first the lapses count, then the rounds, then the rungs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// How often somebody had it and let his time pass.
    pub lapse: u16,
    /// The round, from 0.
    pub round: u16,
    /// The rung, from 1.
    pub rung: u16,
}

/// Where an escalation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has heard of it yet.
    Armed {
        /// When somebody is to.
        until: Timestamp,
    },
    /// The one on its rung has.
    Notified {
        /// When he was to.
        scheduled: Timestamp,
        /// When the next one hears of it.
        next: Timestamp,
    },
    /// Somebody has taken it up.
    Acknowledged {
        /// Who.
        by: Actor,
        /// Since when.
        since: Timestamp,
        /// How long he has it for himself.
        until: Timestamp,
    },
    /// It was put off.
    Snoozed {
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: Name,
    },
    /// Everybody has been told, and nobody has it. Still live: there is a reminder, ever more rarely.
    Exhausted {
        /// Since when.
        since: Timestamp,
        /// How many reminders there have been.
        reminders: u32,
        /// When there is the next one.
        next: Timestamp,
    },
    /// Nobody need hear of it any more.
    Closed {
        /// Since when.
        at: Timestamp,
        /// Why.
        why: Closing,
    },
}

/// A stage without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    /// [`Stage::Armed`]
    Armed,
    /// [`Stage::Notified`]
    Notified,
    /// [`Stage::Acknowledged`]
    Acknowledged,
    /// [`Stage::Snoozed`]
    Snoozed,
    /// [`Stage::Exhausted`]
    Exhausted,
    /// [`Stage::Closed`]
    Closed,
}

impl Stage {
    /// Which it is.
    #[must_use]
    pub const fn name(&self) -> StageName {
        match self {
            Self::Armed { .. } => StageName::Armed,
            Self::Notified { .. } => StageName::Notified,
            Self::Acknowledged { .. } => StageName::Acknowledged,
            Self::Snoozed { .. } => StageName::Snoozed,
            Self::Exhausted { .. } => StageName::Exhausted,
            Self::Closed { .. } => StageName::Closed,
        }
    }
}

impl core::fmt::Display for StageName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Armed => "armed",
            Self::Notified => "notified",
            Self::Acknowledged => "acknowledged",
            Self::Snoozed => "snoozed",
            Self::Exhausted => "exhausted",
            Self::Closed => "closed",
        })
    }
}

impl Escalation {
    /// Whether somebody must still hear of it, or has it.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        !matches!(self.stage, Stage::Closed { .. })
    }

    /// Whether whoever hears of this one hears of all that another is about, and no later.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let has = |cause: &Cause| cause.trigger.is_some() && self.causes.iter().any(|own| own.trigger == cause.trigger);
        let is_armed = |escalation: &Self| matches!(escalation.stage, Stage::Armed { .. });
        let as_far = is_armed(other) || !is_armed(self) && self.place >= other.place;
        self.ladder == other.ladder && as_far && other.causes.iter().all(has)
    }

    /// Whether a fact can be progress of whoever has it: a note that the customer cannot read tells only of the writer's own work.
    pub(crate) fn is_work_on_it(&self, fact: &Fact) -> bool {
        let (Stage::Acknowledged { by, .. }, Fact::Message(said)) = (&self.stage, fact) else { return true };
        let own = matches!((by, &said.by), (Actor::Agent(holder), Some(writer)) if holder == writer);
        said.visibility == Visibility::Public || own
    }

    /// The rung that hears of it while nobody takes it up: the last, or the nearest below that somebody may have.
    pub(super) fn reminds(&self) -> u16 {
        let height = self.ladder.height();
        (1..=height).rev().find(|rung| !self.vacant.contains(rung)).unwrap_or(height)
    }

    /// The rung that the last notice was for.
    pub(super) fn last_told(&self) -> u16 {
        if let Stage::Exhausted { .. } = self.stage { self.reminds() } else { self.place.rung }
    }

    /// Whether a part that was given on is why somebody must hear of it.
    pub(crate) fn hears_of_parts(&self) -> bool {
        self.causes.iter().any(|cause| matches!(cause.why, Why::AtRisk { .. }))
    }

    /// The cause that has to last for the shortest time yet, and until when; none that nobody need wait for.
    pub(super) fn lasting(&self) -> Option<(u16, Timestamp)> {
        let lasting = self.causes.iter().zip(0_u16..).filter_map(|(cause, index)| Some((index, cause.until?)));
        lasting.min_by_key(|(index, until)| (*until, *index))
    }

    /// What it waits for. A live one always waits for something: it never goes quiet.
    pub(super) fn timer(&self) -> Option<Timer<EscalationId>> {
        let (nominal, reason) = self.waits()?;
        let lasting = self.lasting().map(|(_, until)| until).filter(|until| *until < nominal);
        let (nominal, reason) = lasting.map_or((nominal, reason), |until| (until, WakeReason::Rung));
        Some(Timer { nominal, reason, version: self.armed.version, index: 0, of: self.id })
    }

    /// What its stage waits for.
    pub(super) fn waits(&self) -> Option<(Timestamp, WakeReason)> {
        Some(match self.stage {
            // Nobody has heard of it: so it waits for the first cause that has lasted.
            Stage::Armed { until } => (self.lasting().map_or(until, |(_, until)| until), WakeReason::Rung),
            Stage::Notified { next, .. } => (next, WakeReason::Rung),
            Stage::Acknowledged { until, .. } | Stage::Snoozed { until, .. } => (until, WakeReason::HoldOver),
            Stage::Exhausted { next, .. } => (next, WakeReason::Reminder),
            Stage::Closed { .. } => return None,
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u16) -> bool {
    *number == 0
}
