//! Readers for commands. An event tolerates what a later release adds; a command with a word that nobody knows is no command.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer};

use super::terms::Allowance;
use super::warning::Warning;
use crate::calendar::{Amount, micros};

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
