//! What a metric can see of a ticket: its facts.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::mark::Mark;
use super::standing::Standing;
use super::value::Value;
pub(crate) use crate::commitment::Channel;
use crate::commitment::{Owner, Stamp};
use crate::{AgentId, MessageRef, Name, Priority, Timestamp};

/// Who a message or a ticket comes from, in substance: a mail that an agent types in for a caller is the customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer, or somebody for him.
    Customer,
    /// One who works at the desk.
    Agent,
    /// An auto-reply, an acknowledgement, a macro.
    Automation,
    /// A language model that speaks for the desk.
    Ai,
    /// A supplier, or anybody else.
    ThirdParty,
    /// The system itself: a bounce, a delivery notice.
    System,
}

/// Who can read a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The customer too.
    #[default]
    Public,
    /// Only the desk.
    Internal,
}

/// What a message is that asks for nothing, as the host has classified it. It starts no clock and is no answer, unless a pattern asks
/// for its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// "Thank you."
    Thanks,
    /// "I am away until Monday."
    OutOfOffice,
    /// It has nothing to do with the matter.
    Spam,
}

/// How a call ended in which nobody spoke with whom he wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InVain {
    /// Nobody took it.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// A message was left.
    MessageLeft,
    /// He waited in the queue, and hung up.
    LeftQueue,
    /// He had been put on hold, and hung up.
    LeftHold,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    New,
    /// The desk is at it.
    Open,
    /// Waiting for the customer.
    Pending,
    /// Waiting for somebody else.
    OnHold,
    /// A solution was given.
    Solved,
    /// It is over.
    Closed,
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Automation => "automation",
            Self::Ai => "AI",
            Self::ThirdParty => "third party",
            Self::System => "system",
        })
    }
}

impl fmt::Display for InVain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoAnswer => "nobody took it",
            Self::Busy => "the line was busy",
            Self::MessageLeft => "a message was left",
            Self::LeftQueue => "he hung up in the queue",
            Self::LeftHold => "he hung up on hold",
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::OnHold => "on hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        })
    }
}

/// A fact that patterns match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The ticket was opened, and stood so.
    Opened(Box<Standing>),
    /// A message came in or went out.
    Message(Said),
    /// Somebody called, and spoke with whom he wanted, or did not.
    Called {
        /// Who.
        author: Author,
        /// Whether they spoke.
        reached: bool,
        /// How it ended, if they did not and somebody knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<InVain>,
    },
    /// The status changed.
    Status {
        /// From this.
        from: Status,
        /// To this.
        to: Status,
    },
    /// The priority became this, or none.
    Priority(Option<Priority>),
    /// It was given to somebody, or to nobody.
    Assigned {
        /// Who had it.
        from: Option<Owner>,
        /// Who has it.
        to: Option<Owner>,
    },
    /// It got other tags.
    Tagged {
        /// These it has now.
        added: BTreeSet<Name>,
        /// These it has no more.
        removed: BTreeSet<Name>,
    },
    /// One of its own fields became this, or nothing.
    Field {
        /// Which.
        field: Name,
        /// What it is.
        to: Option<Value>,
    },
    /// It goes on over another channel.
    Channel(Option<Channel>),
    /// It goes on in another language.
    Language(Option<Name>),
    /// It is another kind of matter.
    Kind(Option<Name>),
    /// It stands where it stood, by another name of the desk's own or by none.
    StatusName(Option<Name>),
    /// A supplier has it, or none has it any more.
    Vendor(Option<Name>),
    /// The customer was put on hold on a live channel, or taken off.
    OnTheLine(bool),
    /// The customer has asked to speak with a human being.
    HumanAskedFor,
    /// Nobody expects an answer to what was said last.
    NoReplyNeeded,
    /// Something else was said of the conversation.
    Marked(Mark),
    /// Another ticket goes on as part of this one.
    Merged,
    /// The host could not do what was to be done.
    EffectFailed,
}

impl Fact {
    /// Whether the customer has said something by it, with what he began or later.
    pub(super) const fn is_customers_message(&self) -> bool {
        match self {
            Self::Opened(opened) => matches!(opened.author, Author::Customer),
            Self::Message(said) => matches!(said.author, Author::Customer),
            Self::Called { .. }
            | Self::Status { .. }
            | Self::Priority(_)
            | Self::Assigned { .. }
            | Self::Tagged { .. }
            | Self::Field { .. }
            | Self::Channel(_)
            | Self::Language(_)
            | Self::Kind(_)
            | Self::StatusName(_)
            | Self::Vendor(_)
            | Self::OnTheLine(_)
            | Self::HumanAskedFor
            | Self::NoReplyNeeded
            | Self::Marked(_)
            | Self::Merged
            | Self::EffectFailed => false,
        }
    }

    /// Whether he has called, and nobody spoke with him.
    pub(super) const fn is_customers_call_in_vain(&self) -> bool {
        matches!(self, Self::Called { author: Author::Customer, reached: false, .. })
    }

    /// Where the host keeps what was said, if this is a message.
    ///
    /// # A call is no message, and of a message that the host has no reference to there is none
    ///
    /// ```
    /// use owed::policy::Fact;
    ///
    /// let message = |fact: &str| serde_json::from_str::<Fact>(fact).map(|fact| fact.message().cloned());
    /// assert_eq!(message(r#"{ "message": { "author": "agent", "visibility": "public", "message": "m-1" } }"#)?, Some("m-1".parse()?));
    /// assert_eq!(message(r#"{ "message": { "author": "agent", "visibility": "public" } }"#)?, None);
    /// assert_eq!(message(r#"{ "called": { "author": "customer", "reached": true } }"#)?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn message(&self) -> Option<&MessageRef> {
        match self {
            Self::Message(said) => said.message.as_ref(),
            Self::Opened(_)
            | Self::Called { .. }
            | Self::Status { .. }
            | Self::Priority(_)
            | Self::Assigned { .. }
            | Self::Tagged { .. }
            | Self::Field { .. }
            | Self::Channel(_)
            | Self::Language(_)
            | Self::Kind(_)
            | Self::StatusName(_)
            | Self::Vendor(_)
            | Self::OnTheLine(_)
            | Self::HumanAskedFor
            | Self::NoReplyNeeded
            | Self::Merged
            | Self::EffectFailed => None,
            Self::Marked(mark) => mark.message(),
        }
    }
}

/// A message: who can read it, who wrote it and where the host keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who it comes from, in substance.
    pub author: Author,
    /// Who can read it.
    pub visibility: Visibility,
    /// What it is, if it asks for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// The agent who filed it; where its author is an agent, he wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AgentId>,
    /// Where the host keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
    /// Whether it came back: nobody has read it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub bounced: bool,
    /// Whether it was moved to another ticket, and counts there.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub moved: bool,
    /// Whether its reference was erased. It had one, and counts for what it was.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub redacted: bool,
}

impl Said {
    /// Whether it was said on this ticket, and has reached somebody.
    ///
    /// # What has come back counts no more
    ///
    /// ```
    /// use owed::policy::Said;
    /// use owed::ticket::{Author, Visibility};
    ///
    /// let said = Said { author: Author::Agent, visibility: Visibility::Public, class: None, by: None, message: None, bounced: false, moved: false, redacted: false };
    /// assert!(said.counts());
    /// assert!(!Said { bounced: true, ..said }.counts());
    /// ```
    #[must_use]
    pub const fn counts(&self) -> bool {
        !self.bounced && !self.moved
    }
}

/// A fact of a ticket's past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// When it was taken in.
    pub at: Timestamp,
    /// When it happened.
    pub happened: Timestamp,
    /// What it was.
    pub fact: Fact,
    /// When it was put right what it was, each time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put_right: Vec<Timestamp>,
    /// Since when somebody claims that it happened then, if it is no more than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Timestamp>,
    /// What somebody claims it to have been, if he does, instead of what a program has vouched for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Box<Filed>>,
}

/// That a fact was this is somebody's claim, and no program's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Since when he says so.
    pub since: Timestamp,
    /// What it was by what a program has vouched for last.
    pub instead_of: Fact,
}

impl Past {
    /// It was something else, and somebody says so. Whoever says again what a program has vouched for claims nothing.
    pub(crate) fn put_right(&mut self, is: Fact, at: Timestamp, stamp: Stamp) {
        let was = core::mem::replace(&mut self.fact, is);
        self.put_right.push(at);
        let instead_of = self.filed.take().map_or(was, |filed| filed.instead_of);
        let is_claimed = stamp == Stamp::Claim && instead_of != self.fact;
        self.filed = is_claimed.then(|| Box::new(Filed { since: at, instead_of }));
    }

    /// Since when it has been known, or is beyond doubt to have happened: what somebody only claims, since he has said so.
    pub(crate) fn known(&self) -> Timestamp {
        let told = self.claimed.unwrap_or(self.happened);
        self.filed.as_ref().map_or(told, |filed| filed.since.max(told))
    }

    /// Until when a clock runs that it ends: a status holds from when it is taken in, and so does what somebody claims.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.counts_from().max(self.known())
    }

    /// Since when a clock that it starts counts it: a status holds from when it is taken in, however early somebody dates it.
    pub(super) const fn counts_from(&self) -> Timestamp {
        match self.fact {
            Fact::Status { .. } => self.at,
            Fact::Opened(_)
            | Fact::Message(_)
            | Fact::Called { .. }
            | Fact::Priority(_)
            | Fact::Assigned { .. }
            | Fact::Tagged { .. }
            | Fact::Field { .. }
            | Fact::Channel(_)
            | Fact::Language(_)
            | Fact::Kind(_)
            | Fact::StatusName(_)
            | Fact::Vendor(_)
            | Fact::OnTheLine(_)
            | Fact::HumanAskedFor
            | Fact::NoReplyNeeded
            | Fact::Marked(_)
            | Fact::Merged
            | Fact::EffectFailed => self.happened,
        }
    }
}
