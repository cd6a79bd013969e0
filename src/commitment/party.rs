//! Who owes, who is owed, and who speaks.

use core::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{AgentId, ContactId, IncidentId, Name, TeamId};

/// Who answers for a commitment inside the desk: a team always, and an agent where one has taken it on.
///
/// When the agent is away or leaves, the team still owns it: nothing is ever owed by nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Owner {
    /// The team.
    pub team: TeamId,
    /// The agent, if it is one person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.agent {
            Some(agent) => write!(f, "{agent} ({})", self.team),
            None => fmt::Display::fmt(&self.team, f),
        }
    }
}

/// Who is owed. A customer is written as a bare text, everybody else with his kind: `"c-17"`, `{"team": "billing"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Form", into = "Form")]
pub enum Party {
    /// A customer, by the host's reference.
    Customer(ContactId),
    /// A customer's company, or the desk's own.
    Organisation(Name),
    /// A team of the desk.
    Team(TeamId),
    /// One who works at the desk.
    Agent(AgentId),
    /// A supplier.
    Vendor(Name),
    /// A regulator or a court.
    Authority(Name),
    /// Everybody whom an incident affects, whoever they are by then.
    Affected(IncidentId),
}

#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Form {
    Customer(ContactId),
    Other(Kind),
}

/// By hand, since an untagged one would not say which kind it does not know.
impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormVisitor)
    }
}

struct FormVisitor;

impl<'de> Visitor<'de> for FormVisitor {
    type Value = Form;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a customer as a text, or somebody else with his kind")
    }

    fn visit_str<E: Error>(self, customer: &str) -> Result<Form, E> {
        ContactId::new(customer).map(Form::Customer).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, kinds: A) -> Result<Form, A::Error> {
        Kind::deserialize(MapAccessDeserializer::new(kinds)).map(Form::Other)
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Customer(ContactId),
    Organisation(Name),
    Team(TeamId),
    Agent(AgentId),
    Vendor(Name),
    Authority(Name),
    Affected(IncidentId),
}

impl From<Form> for Party {
    fn from(form: Form) -> Self {
        match form {
            Form::Customer(customer) | Form::Other(Kind::Customer(customer)) => Self::Customer(customer),
            Form::Other(Kind::Organisation(name)) => Self::Organisation(name),
            Form::Other(Kind::Team(team)) => Self::Team(team),
            Form::Other(Kind::Agent(agent)) => Self::Agent(agent),
            Form::Other(Kind::Vendor(name)) => Self::Vendor(name),
            Form::Other(Kind::Authority(name)) => Self::Authority(name),
            Form::Other(Kind::Affected(incident)) => Self::Affected(incident),
        }
    }
}

impl From<Party> for Form {
    fn from(party: Party) -> Self {
        match party {
            Party::Customer(customer) => Self::Customer(customer),
            Party::Organisation(name) => Self::Other(Kind::Organisation(name)),
            Party::Team(team) => Self::Other(Kind::Team(team)),
            Party::Agent(agent) => Self::Other(Kind::Agent(agent)),
            Party::Vendor(name) => Self::Other(Kind::Vendor(name)),
            Party::Authority(name) => Self::Other(Kind::Authority(name)),
            Party::Affected(incident) => Self::Other(Kind::Affected(incident)),
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer(customer) => fmt::Display::fmt(customer, f),
            Self::Organisation(name) | Self::Vendor(name) | Self::Authority(name) => fmt::Display::fmt(name, f),
            Self::Team(team) => fmt::Display::fmt(team, f),
            Self::Agent(agent) => fmt::Display::fmt(agent, f),
            Self::Affected(_) => f.pad("everybody affected"),
        }
    }
}

/// Who gives a command, or said what is promised: `{"agent": "ada"}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// One who works at the desk.
    Agent(AgentId),
    /// A customer.
    Customer(ContactId),
    /// A supplier, or another helper from outside.
    Vendor(Name),
    /// A rule of the host's: a macro, an auto-reply.
    Automation(Name),
    /// A language model that speaks for the desk.
    Ai(Name),
    /// A program that only passes on what others did: an importer, a mail gateway.
    System(Name),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agent(agent) => fmt::Display::fmt(agent, f),
            Self::Customer(customer) => fmt::Display::fmt(customer, f),
            Self::Vendor(name) | Self::Automation(name) | Self::Ai(name) | Self::System(name) => {
                fmt::Display::fmt(name, f)
            }
        }
    }
}
