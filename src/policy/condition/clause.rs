//! One thing that a condition asks.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt::Display;

use serde::Serializer;
use serde::ser::SerializeMap;

use super::sample::Sample;
use super::test::Test;
use super::unmet::{Subject, Unmet};
use super::{Condition, Standing};
use crate::commitment::Party;
use crate::policy::fact::{Author, Channel, Status};
use crate::{AgentId, ContactId, Name, Priority, TeamId};

/// One thing that a condition asks. A list admits a ticket that has one of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `"status": ["pending"]`
    Status(Vec<Status>),
    /// `"priority": ["1", "2"]`
    Priority(Vec<Priority>),
    /// `"author": ["customer"]`: who began it.
    Author(Vec<Author>),
    /// `"channel": ["chat"]`
    Channel(Vec<Channel>),
    /// `"language": ["tr"]`
    Language(Vec<Name>),
    /// `"kind": ["complaint"]`
    Kind(Vec<Name>),
    /// `"status_name": ["waiting for parts"]`: it stands so by the desk's own name for it.
    StatusName(Vec<Name>),
    /// `"sample": {"per_thousand": 50, "salt": "reviews"}`: it is one of a share of all tickets.
    Sample(Sample),
    /// `"tags": ["vip"]`: it has one of these at least.
    Tags(Vec<Name>),
    /// `"team": ["network"]`
    Team(Vec<TeamId>),
    /// `"agent": ["ada"]`
    Agent(Vec<AgentId>),
    /// `"requester": ["c-17"]`
    Requester(Vec<ContactId>),
    /// `"organisation": ["acme"]`
    Organisation(Vec<Name>),
    /// `"vendor": ["acme-hosting"]`: this supplier has it.
    Vendor(Vec<Name>),
    /// `"with_vendor": true`: some supplier has it.
    WithVendor(bool),
    /// `"on_the_line": true`: the customer is on hold on a live channel.
    OnTheLine(bool),
    /// `"human_asked_for": true`: the customer has asked to speak with a human being.
    HumanAskedFor(bool),
    /// `"fields": {"plan": "gold", "seats": {"at_least": 100}}`: every one passes.
    Fields(BTreeMap<Name, Test>),
    /// `"all": [{…}, {…}]`
    All(Vec<Condition>),
    /// `"any": [{…}, {…}]`: one at least holds.
    Any(Vec<Condition>),
    /// `"not": {…}`
    Not(Box<Condition>),
}

impl Clause {
    pub(super) fn asks_for_status(&self) -> bool {
        match self {
            Self::Status(_) | Self::StatusName(_) => true,
            Self::All(list) | Self::Any(list) => list.iter().any(Condition::asks_for_status),
            Self::Not(condition) => condition.asks_for_status(),
            Self::Priority(_)
            | Self::Author(_)
            | Self::Channel(_)
            | Self::Language(_)
            | Self::Kind(_)
            | Self::Sample(_)
            | Self::Tags(_)
            | Self::Team(_)
            | Self::Agent(_)
            | Self::Requester(_)
            | Self::Organisation(_)
            | Self::Vendor(_)
            | Self::WithVendor(_)
            | Self::OnTheLine(_)
            | Self::HumanAskedFor(_)
            | Self::Fields(_) => false,
        }
    }

    /// Whether it holds of a ticket that stands so.
    #[must_use]
    pub(crate) fn holds(&self, standing: &Standing) -> bool {
        let owner = standing.owner.as_ref();
        match self {
            Self::Status(list) => list.contains(&standing.status),
            Self::Priority(list) => one_of(list, standing.priority.as_ref()),
            Self::Author(list) => list.contains(&standing.author),
            Self::Channel(list) => one_of(list, standing.channel.as_ref()),
            Self::Language(list) => one_of(list, standing.language.as_ref()),
            Self::Kind(list) => one_of(list, standing.kind.as_ref()),
            Self::StatusName(list) => one_of(list, standing.status_name.as_ref()),
            Self::Sample(sample) => standing.ticket.is_some_and(|ticket| sample.has(ticket)),
            Self::Tags(list) => list.iter().any(|tag| standing.tags.contains(tag)),
            Self::Team(list) => one_of(list, owner.map(|owner| &owner.team)),
            Self::Agent(list) => one_of(list, owner.and_then(|owner| owner.agent.as_ref())),
            Self::Requester(list) => one_of(list, contact(&standing.requester)),
            Self::Organisation(list) => one_of(list, standing.organisation.as_ref()),
            Self::Vendor(list) => one_of(list, standing.vendor.as_ref()),
            Self::WithVendor(wanted) => standing.vendor.is_some() == *wanted,
            Self::OnTheLine(wanted) => standing.on_the_line == *wanted,
            Self::HumanAskedFor(wanted) => standing.human_asked_for == *wanted,
            Self::Fields(tests) => tests.iter().all(|(field, test)| test.passes(standing.fields.get(field))),
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(standing)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(standing)),
            Self::Not(condition) => !condition.holds(standing),
        }
    }

    /// Why it does not hold, if it does not.
    pub(super) fn unmet(&self, standing: &Standing) -> Option<Unmet> {
        if self.holds(standing) {
            return None;
        }
        let owner = standing.owner.as_ref();
        Some(match self {
            Self::Status(list) => is(Subject::Status, Some(&standing.status), list),
            Self::Priority(list) => is(Subject::Priority, standing.priority.as_ref(), list),
            Self::Author(list) => is(Subject::Author, Some(&standing.author), list),
            Self::Channel(list) => is(Subject::Channel, standing.channel.as_ref(), list),
            Self::Language(list) => is(Subject::Language, standing.language.as_ref(), list),
            Self::Kind(list) => is(Subject::Kind, standing.kind.as_ref(), list),
            Self::StatusName(list) => is(Subject::StatusName, standing.status_name.as_ref(), list),
            Self::Sample(_) => yes_or_no(Subject::Sample, true),
            Self::Tags(list) => {
                let tags: Vec<_> = standing.tags.iter().map(ToString::to_string).collect();
                let found = (!tags.is_empty()).then(|| tags.join(", "));
                Unmet::Is { what: Subject::Tags, found, wanted: strings(list) }
            }
            Self::Team(list) => is(Subject::Team, owner.map(|owner| &owner.team), list),
            Self::Agent(list) => is(Subject::Agent, owner.and_then(|owner| owner.agent.as_ref()), list),
            Self::Requester(list) => is(Subject::Requester, contact(&standing.requester), list),
            Self::Organisation(list) => is(Subject::Organisation, standing.organisation.as_ref(), list),
            Self::Vendor(list) => is(Subject::Vendor, standing.vendor.as_ref(), list),
            Self::WithVendor(wanted) => yes_or_no(Subject::WithVendor, *wanted),
            Self::OnTheLine(wanted) => yes_or_no(Subject::OnTheLine, *wanted),
            Self::HumanAskedFor(wanted) => yes_or_no(Subject::HumanAskedFor, *wanted),
            Self::Fields(tests) => {
                let failed = tests.iter().find(|(field, test)| !test.passes(standing.fields.get(*field)));
                let (field, test) = failed?;
                let found = standing.fields.get(field).map(ToString::to_string);
                Unmet::Is { what: Subject::Field(field.clone()), found, wanted: Vec::from([test.to_string()]) }
            }
            Self::All(conditions) => return conditions.iter().find_map(|condition| condition.unmet(standing)),
            Self::Any(conditions) => Unmet::NoneOf(conditions.iter().filter_map(|one| one.unmet(standing)).collect()),
            Self::Not(condition) => Unmet::Holds(condition.to_string()),
        })
    }

    /// Writes it as an entry of a map.
    pub(super) fn write<S: Serializer>(&self, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self {
            Self::Status(list) => map.serialize_entry("status", list),
            Self::Priority(list) => map.serialize_entry("priority", list),
            Self::Author(list) => map.serialize_entry("author", list),
            Self::Channel(list) => map.serialize_entry("channel", list),
            Self::Language(list) => map.serialize_entry("language", list),
            Self::Kind(list) => map.serialize_entry("kind", list),
            Self::StatusName(list) => map.serialize_entry("status_name", list),
            Self::Sample(sample) => map.serialize_entry("sample", sample),
            Self::Tags(list) => map.serialize_entry("tags", list),
            Self::Team(list) => map.serialize_entry("team", list),
            Self::Agent(list) => map.serialize_entry("agent", list),
            Self::Requester(list) => map.serialize_entry("requester", list),
            Self::Organisation(list) => map.serialize_entry("organisation", list),
            Self::Vendor(list) => map.serialize_entry("vendor", list),
            Self::WithVendor(wanted) => map.serialize_entry("with_vendor", wanted),
            Self::OnTheLine(wanted) => map.serialize_entry("on_the_line", wanted),
            Self::HumanAskedFor(wanted) => map.serialize_entry("human_asked_for", wanted),
            Self::Fields(tests) => map.serialize_entry("fields", tests),
            Self::All(conditions) => map.serialize_entry("all", conditions),
            Self::Any(conditions) => map.serialize_entry("any", conditions),
            Self::Not(condition) => map.serialize_entry("not", condition),
        }
    }
}

fn contact(party: &Party) -> Option<&ContactId> {
    match party {
        Party::Customer(contact) => Some(contact),
        Party::Organisation(_)
        | Party::Team(_)
        | Party::Agent(_)
        | Party::Vendor(_)
        | Party::Authority(_)
        | Party::Affected(_) => None,
    }
}

fn one_of<T: PartialEq>(list: &[T], value: Option<&T>) -> bool {
    value.is_some_and(|value| list.contains(value))
}

fn is<T: Display>(what: Subject, found: Option<&T>, wanted: &[T]) -> Unmet {
    Unmet::Is { what, found: found.map(ToString::to_string), wanted: strings(wanted) }
}

fn yes_or_no(what: Subject, wanted: bool) -> Unmet {
    let word = |yes: bool| if yes { "yes" } else { "no" };
    Unmet::Is { what, found: Some(word(!wanted).into()), wanted: Vec::from([word(wanted).into()]) }
}

fn strings<T: Display>(list: &[T]) -> Vec<alloc::string::String> {
    list.iter().map(ToString::to_string).collect()
}
