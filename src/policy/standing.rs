//! How a ticket stands: all that conditions can ask of it.

use alloc::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fact::{Author, Channel, Fact, InVain, Status};
use super::value::Value;
use crate::commitment::{Addressee, Owner, Party, Reach};
use crate::{Name, Priority, TicketId};

/// How a ticket stands. It is what its facts, taken in their order, have made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose matter it is.
    pub requester: Party,
    /// Who began it.
    pub author: Author,
    /// Where it stands.
    pub status: Status,
    /// How urgent it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The customer's company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Name>,
    /// How one speaks with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
    /// What kind of matter it is: a question, an incident, a complaint, a request, or whatever else the desk calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Name>,
    /// The desk's own name for where it stands, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_name: Option<Name>,
    /// Which ticket it is, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// The host's own words for it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<Name>,
    /// The host's own fields, and what it knows of the customer's history.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Name, Value>,
    /// Who it is given to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The supplier who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<Name>,
    /// Whether the customer waits on the line.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub on_the_line: bool,
    /// Whether the customer has asked to speak with a human being.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub human_asked_for: bool,
}

impl Standing {
    /// With whom the desk speaks, and how.
    pub(crate) fn reach(&self) -> Reach<'_> {
        Reach { whom: Some(&self.requester), channel: self.channel, language: self.language.as_ref() }
    }

    /// Whose matter it is, and how one speaks with him.
    pub(crate) fn addressee(&self) -> Addressee {
        self.reach().address(&self.requester)
    }

    /// A ticket of which nothing more is known than whose it is and who began it.
    #[must_use]
    pub const fn new(requester: Party, author: Author) -> Self {
        Self {
            requester,
            author,
            status: Status::New,
            priority: None,
            organisation: None,
            channel: None,
            language: None,
            kind: None,
            status_name: None,
            ticket: None,
            tags: BTreeSet::new(),
            fields: BTreeMap::new(),
            owner: None,
            vendor: None,
            on_the_line: false,
            human_asked_for: false,
        }
    }

    /// How a ticket stands after each of its facts, taken one by one. Before it has been opened, it does not stand at all.
    pub(crate) fn follow<'a>(ticket: &'a mut Option<Self>, fact: &Fact) -> Option<&'a Self> {
        match (&mut *ticket, fact) {
            (_, Fact::Opened(opened)) => *ticket = Some(Self::clone(opened)),
            (Some(standing), _) => standing.take(fact),
            (None, _) => {}
        }
        ticket.as_ref()
    }

    /// How it stands after a fact.
    pub(crate) fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Opened(opened) => *self = Self::clone(opened),
            Fact::Status { to, .. } => (self.status, self.status_name) = (*to, None),
            Fact::StatusName(name) => self.status_name.clone_from(name),
            Fact::Kind(to) => self.kind.clone_from(to),
            Fact::Priority(to) => self.priority.clone_from(to),
            Fact::Assigned { to, .. } => self.owner.clone_from(to),
            Fact::Tagged { added, removed } => {
                self.tags.extend(added.iter().cloned());
                self.tags.retain(|tag| !removed.contains(tag));
            }
            Fact::Field { field, to: Some(value) } => {
                self.fields.insert(field.clone(), value.clone());
            }
            Fact::Field { field, to: None } => {
                self.fields.remove(field);
            }
            Fact::Channel(to) => self.channel = *to,
            Fact::Language(to) => self.language.clone_from(to),
            Fact::Vendor(to) => self.vendor.clone_from(to),
            Fact::OnTheLine(held) => self.on_the_line = *held,
            // Whoever hangs up waits on the line no more.
            Fact::Called { how: Some(InVain::LeftQueue | InVain::LeftHold), .. } => self.on_the_line = false,
            Fact::HumanAskedFor => self.human_asked_for = true,
            Fact::Message(_)
            | Fact::Called { .. }
            | Fact::NoReplyNeeded
            | Fact::Marked(_)
            | Fact::Merged
            | Fact::EffectFailed => {}
        }
    }
}
