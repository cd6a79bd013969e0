//! Readers for commands. An event tolerates what a later release adds; a command with a word that nobody knows is no command.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer};

use super::happened::{Happened, Stamp};
use super::party::Owner;
use super::terms::Allowance;
use super::warning::Warning;
use crate::calendar::{Amount, micros};
use crate::{AgentId, TeamId, Timestamp};

#[derive(Deserialize)]
#[serde(remote = "Owner", deny_unknown_fields)]
struct StrictOwner {
    team: TeamId,
    #[serde(default)]
    agent: Option<AgentId>,
}

#[derive(Deserialize)]
#[serde(remote = "Happened", deny_unknown_fields)]
struct StrictHappened {
    at: Timestamp,
    stamp: Stamp,
}

/// An owner.
pub(crate) fn owner<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Owner, D::Error> {
    StrictOwner::deserialize(deserializer)
}

/// An owner, or none.
pub(crate) fn owner_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Owner>, D::Error> {
    #[derive(Deserialize)]
    struct Given(#[serde(with = "StrictOwner")] Owner);
    Ok(Option::<Given>::deserialize(deserializer)?.map(|Given(owner)| owner))
}

/// When it happened, if that is said.
pub(crate) fn happened_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Happened>, D::Error> {
    #[derive(Deserialize)]
    struct Given(#[serde(with = "StrictHappened")] Happened);
    Ok(Option::<Given>::deserialize(deserializer)?.map(|Given(happened)| happened))
}

/// How long it may be paused, if it may.
pub(crate) fn allowance_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Allowance>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Given {
        #[serde(with = "micros")]
        total: Amount,
        #[serde(default, with = "micros::option")]
        once: Option<Amount>,
    }
    let Some(Given { total, once }) = Option::deserialize(deserializer)? else { return Ok(None) };
    let elapsed = |amount| match amount {
        Amount::Elapsed(time) => Ok(time),
        Amount::Working(_) => {
            Err(serde::de::Error::custom(format_args!("{amount}: a pause is measured in elapsed time")))
        }
    };
    Ok(Some(Allowance { total: elapsed(total)?, once: once.map(elapsed).transpose()? }))
}

/// Warnings, each in its stored form or as people write it: `"50 %"`.
pub(crate) fn warnings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Warning>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Text(String),
        Form(Warning),
    }
    let read = |given| match given {
        Given::Text(text) => text.parse().map_err(serde::de::Error::custom),
        Given::Form(warning) => Ok(warning),
    };
    Vec::<Given>::deserialize(deserializer)?.into_iter().map(read).collect()
}
