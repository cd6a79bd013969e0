//! What a metric waits for, as data: patterns over facts.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::fact::{Author, Class, Fact, InVain, Status, Visibility};
use super::standing::Standing;
use crate::Name;
use crate::commitment::Owner;

/// A kind of fact and, where that is not enough, how the ticket stands when it has come:
/// `{"fact": "message", "author": ["ai"], "when": {"human_asked_for": false}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// The kind of fact.
    #[serde(flatten)]
    pub kind: FactKind,
    /// How the ticket stands then.
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
}

/// A kind of fact. An empty list asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum FactKind {
    /// `{"fact": "opened", "author": ["customer"]}`
    Opened {
        /// Opened by or for one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Author>,
    },
    /// `{"fact": "message", "author": ["agent"], "visibility": ["public"]}`
    Message {
        /// From one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Author>,
        /// To be read by these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        visibility: Vec<Visibility>,
        /// Written by one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        by: Vec<Writer>,
        /// Of one of these classes. Empty: of none, since what asks for nothing starts and stops nothing.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        class: Vec<Class>,
    },
    /// `{"fact": "call", "author": ["agent"], "reached": true}`, `{"fact": "call", "how": ["left_queue", "left_hold"]}`
    Call {
        /// By one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Author>,
        /// Whether they spoke.
        #[serde(skip_serializing_if = "Option::is_none")]
        reached: Option<bool>,
        /// Ended in one of these ways.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        how: Vec<InVain>,
    },
    /// `{"fact": "status", "to": ["solved", "closed"]}`
    Status {
        /// Away from one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        from: Vec<Status>,
        /// To one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        to: Vec<Status>,
    },
    /// `{"fact": "priority"}`
    Priority {},
    /// `{"fact": "assigned", "to": ["another_team"]}`
    Assigned {
        /// To one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        to: Vec<Assignee>,
    },
    /// `{"fact": "vendor", "to": ["somebody"]}`
    Vendor {
        /// To one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        to: Vec<Handed>,
    },
    /// `{"fact": "hold", "on": true}`: put on hold on a live channel, or taken off.
    Hold {
        /// Which of the two.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<bool>,
    },
    /// `{"fact": "tagged", "tags": ["outage"]}`: it got one of these.
    Tagged {
        /// Which.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Name>,
    },
    /// `{"fact": "field", "name": ["approved"]}`: one of these fields was set or removed.
    Field {
        /// Which.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        name: Vec<Name>,
    },
    /// `{"fact": "channel"}`: it goes on over another channel.
    Channel {},
    /// `{"fact": "language"}`: it goes on in another language.
    Language {},
    /// `{"fact": "kind"}`: it is another kind of matter.
    Kind {},
    /// `{"fact": "status_name"}`: it stands where it stood, by another name.
    StatusName {},
    /// `{"fact": "human_asked_for"}`
    HumanAskedFor {},
    /// `{"fact": "no_reply_needed"}`
    NoReplyNeeded {},
    /// `{"fact": "merged"}`: another ticket goes on as part of this one.
    Merged {},
    /// `{"fact": "effect_failed"}`: the host could not do what was to be done.
    EffectFailed {},
    /// `{"fact": "marked", "what": ["feedback_given"], "score_at_most": 40}`
    Marked {
        /// As one of these.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        what: Vec<&'static str>,
        /// With no higher score.
        #[serde(skip_serializing_if = "Option::is_none")]
        score_at_most: Option<u8>,
    },
}

/// Who writes a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writer {
    /// The agent whose ticket it is.
    Assignee,
    /// Anybody else.
    Other,
}

/// To whom a ticket is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// A team that did not have it.
    AnotherTeam,
    /// An agent who did not have it.
    AnotherAgent,
    /// An agent, whoever.
    Agent,
    /// A team, and none in it.
    Team,
    /// Nobody.
    Nobody,
}

/// Which way a ticket goes between the desk and a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handed {
    /// To a supplier.
    Vendor,
    /// Back to the desk.
    Desk,
}

impl Pattern {
    /// Whether a fact is of this kind, of a ticket that stands so after it.
    #[must_use]
    pub(crate) fn matches(&self, fact: &Fact, after: &Standing) -> bool {
        self.kind.matches(fact, after) && self.when.holds(after)
    }

    /// Whether a fact that it admits can be a reply. What a machine sends by itself never is; what a language model or a third party says, and
    /// what the customer cannot read, is one only where the pattern asks for it by name.
    pub(super) fn is_answered_by(&self, fact: &Fact) -> bool {
        let (FactKind::Message { author, visibility, .. }, Fact::Message(said)) = (&self.kind, fact) else {
            return true;
        };
        let speaks = match said.author {
            Author::Agent | Author::Customer => true,
            Author::Ai | Author::ThirdParty => author.contains(&said.author),
            Author::Automation | Author::System => false,
        };
        speaks && (said.visibility == Visibility::Public || visibility.contains(&said.visibility))
    }
}

impl From<FactKind> for Pattern {
    fn from(kind: FactKind) -> Self {
        Self { kind, when: Condition::default() }
    }
}

impl FactKind {
    fn matches(&self, fact: &Fact, after: &Standing) -> bool {
        match (self, fact) {
            (Self::Opened { author }, Fact::Opened(opened)) => admits(author, &opened.author),
            (Self::Message { author, visibility, by, class }, Fact::Message(said)) => {
                let assignee = after.owner.as_ref().and_then(|owner| owner.agent.as_ref());
                let writer = said.by.as_ref().filter(|_| said.author == Author::Agent);
                let writer = if writer.is_some() && writer == assignee { Writer::Assignee } else { Writer::Other };
                let classed = said.class.map_or(class.is_empty(), |is| class.contains(&is));
                said.counts()
                    && classed
                    && admits(author, &said.author)
                    && admits(visibility, &said.visibility)
                    && admits(by, &writer)
            }
            (Self::Call { author, reached, how }, Fact::Called { author: caller, reached: spoke, how: ended }) => {
                let so = how.is_empty() || ended.is_some_and(|ended| how.contains(&ended));
                so && admits(author, caller) && reached.is_none_or(|wanted| wanted == *spoke)
            }
            (Self::Status { from, to }, Fact::Status { from: before, to: after }) => {
                admits(from, before) && admits(to, after)
            }
            (Self::Assigned { to: list }, Fact::Assigned { from, to }) => {
                list.is_empty() || list.iter().any(|assignee| assignee.is(from.as_ref(), to.as_ref()))
            }
            (Self::Marked { what, score_at_most }, Fact::Marked(mark)) => {
                let low = score_at_most.is_none_or(|most| mark.score().is_some_and(|score| score <= most));
                low && admits(what, &mark.name())
            }
            (Self::Vendor { to }, Fact::Vendor(vendor)) => {
                admits(to, if vendor.is_some() { &Handed::Vendor } else { &Handed::Desk })
            }
            (Self::Hold { on }, Fact::OnTheLine(held)) => on.is_none_or(|wanted| wanted == *held),
            (Self::Tagged { tags }, Fact::Tagged { added, .. }) => {
                !added.is_empty() && (tags.is_empty() || tags.iter().any(|tag| added.contains(tag)))
            }
            (Self::Field { name }, Fact::Field { field, .. }) => admits(name, field),
            (Self::Priority {}, Fact::Priority(_))
            | (Self::Channel {}, Fact::Channel(_))
            | (Self::Language {}, Fact::Language(_))
            | (Self::Kind {}, Fact::Kind(_))
            | (Self::StatusName {}, Fact::StatusName(_))
            | (Self::HumanAskedFor {}, Fact::HumanAskedFor)
            | (Self::NoReplyNeeded {}, Fact::NoReplyNeeded)
            | (Self::Merged {}, Fact::Merged)
            | (Self::EffectFailed {}, Fact::EffectFailed) => true,
            (
                Self::Opened { .. }
                | Self::Message { .. }
                | Self::Call { .. }
                | Self::Status { .. }
                | Self::Priority {}
                | Self::Assigned { .. }
                | Self::Vendor { .. }
                | Self::Hold { .. }
                | Self::Tagged { .. }
                | Self::Field { .. }
                | Self::Channel {}
                | Self::Language {}
                | Self::Kind {}
                | Self::StatusName {}
                | Self::HumanAskedFor {}
                | Self::NoReplyNeeded {}
                | Self::Merged {}
                | Self::EffectFailed {}
                | Self::Marked { .. },
                _,
            ) => false,
        }
    }
}

impl Assignee {
    fn is(self, from: Option<&Owner>, to: Option<&Owner>) -> bool {
        let agent = |owner: Option<&Owner>| owner.and_then(|owner| owner.agent.clone());
        let team = |owner: Option<&Owner>| owner.map(|owner| owner.team.clone());
        match self {
            Self::AnotherTeam => to.is_some() && team(to) != team(from),
            Self::AnotherAgent => agent(to).is_some() && agent(to) != agent(from),
            Self::Agent => agent(to).is_some(),
            Self::Team => to.is_some() && agent(to).is_none(),
            Self::Nobody => to.is_none(),
        }
    }
}

fn admits<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// Whether a fact is of one of these kinds.
pub(super) fn any(patterns: &[Pattern], fact: &Fact, after: &Standing) -> bool {
    patterns.iter().any(|pattern| pattern.matches(fact, after))
}

/// A reason for a clock to stand still, for as long as a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PauseRule {
    /// What the time is booked under.
    pub reason: Name,
    /// When it stands still.
    pub when: Condition,
}
