//! Whom to tell something, and how.

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::party::Party;
use crate::Name;

/// Whom to tell, and how he is spoken with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// The customer.
    pub customer: Party,
    /// Over which channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
}

/// With whom a stream speaks, and how, as far as it knows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reach<'a> {
    pub(crate) whom: Option<&'a Party>,
    pub(crate) channel: Option<Channel>,
    pub(crate) language: Option<&'a Name>,
}

impl Reach<'_> {
    /// How to tell a party something. How others than the one it speaks with are spoken with, the host knows.
    pub(crate) fn address(self, customer: &Party) -> Addressee {
        let Self { channel, language, .. } = if self.whom == Some(customer) { self } else { Self::default() };
        Addressee { customer: customer.clone(), channel, language: language.cloned() }
    }
}
