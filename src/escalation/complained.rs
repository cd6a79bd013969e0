//! Whom a customer complains of, in the two forms that it has on disk.
//!
//! The first release knew one agent, `"about": "bob"`. He may have spoken with two, so it is a list now, `"about": ["bob", "eve"]`, and the events that
//! say so have other names: an earlier release finds a name that it does not know, and not a text that turns out to be a list.

use alloc::vec::Vec;
use core::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::AgentId;

/// Reads either form, as the list.
pub(super) fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AgentId>, D::Error> {
    deserializer.deserialize_any(OneOrMore)
}

/// Writes a command as somebody would who gives it: one by himself.
pub(super) fn as_given<S: Serializer>(about: &[AgentId], serializer: S) -> Result<S::Ok, S::Error> {
    match about {
        [agent] => agent.serialize(serializer),
        several => several.serialize(serializer),
    }
}

/// Adds whom he complains of, each once.
pub(super) fn add(complained_of: &mut Vec<AgentId>, about: &[AgentId]) {
    for agent in about {
        if !complained_of.contains(agent) {
            complained_of.push(agent.clone());
        }
    }
}

struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = Vec<AgentId>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an agent, or a list of agents")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<AgentId>, E> {
        Ok(Vec::new())
    }

    fn visit_str<E: Error>(self, agent: &str) -> Result<Vec<AgentId>, E> {
        AgentId::new(agent).map(|agent| Vec::from([agent])).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, agents: A) -> Result<Vec<AgentId>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(agents))
    }
}
