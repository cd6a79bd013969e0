//! What has happened on a ticket. Stored for ever: fields may be added, never changed.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::refusal::Owing;
use super::silence::{Began, StepAt};
use super::undone::EffectRef;
use crate::commitment::Addressee;
use crate::commitment::Owner;
use crate::policy::{Author, Channel, Class, InVain, Mark, SilenceStep, Status, Value, Visibility};
use crate::{AgentId, CommitmentId, ContactId, MessageRef, Name, Priority, TicketId, Timestamp};

/// A fact about a ticket itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A matter began.
    Opened {
        /// Whose matter it is.
        requester: ContactId,
        /// Who began it.
        author: Author,
        /// How urgent it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
        /// What he wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
        /// What else was known of it.
        #[serde(default, skip_serializing_if = "About::is_nothing")]
        about: Box<About>,
    },
    /// A message came in or went out.
    MessageAdded {
        /// Who it comes from.
        author: Author,
        /// Who can read it.
        visibility: Visibility,
        /// What it is, if it asks for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Class>,
        /// Where the host keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
        /// The agent who filed it, where it was moved here by somebody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filed_by: Option<AgentId>,
        /// Since when somebody claims that it was said when the envelope says, where it was moved here from another ticket.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed: Option<Timestamp>,
    },
    /// It stood elsewhere.
    StatusChanged {
        /// Where it stood.
        from: Status,
        /// Where it stands.
        to: Status,
    },
    /// It became more urgent, or less.
    PriorityChanged {
        /// How urgent it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Priority>,
        /// How urgent it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Priority>,
    },
    /// It was given to somebody.
    Assigned {
        /// Who answers for it; absent: nobody in particular.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Owner>,
    },
    /// Somebody called.
    Called {
        /// Who.
        author: Author,
        /// Whether they spoke.
        reached: bool,
        /// How it ended, if they did not and somebody knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<InVain>,
    },
    /// It got other tags.
    Tagged {
        /// These it has got.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        added: BTreeSet<Name>,
        /// These it has lost.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        removed: BTreeSet<Name>,
    },
    /// One of its own fields became something else.
    FieldSet {
        /// Which.
        field: Name,
        /// What it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Value>,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Value>,
    },
    /// It went on over another channel.
    ChannelChanged {
        /// Which it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Channel>,
        /// Which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Channel>,
    },
    /// It went on in another language.
    LanguageChanged {
        /// Which it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Name>,
        /// Which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Name>,
    },
    /// It turned out to be another kind of matter.
    KindChanged {
        /// Which it was taken for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Name>,
        /// Which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Name>,
    },
    /// It stands where it stood, by another name of the desk's own.
    StatusNamed {
        /// The name; absent: that of the category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Name>,
    },
    /// A supplier got it.
    HandedToVendor {
        /// Who.
        vendor: Name,
    },
    /// The supplier gave it back.
    TakenBack {
        /// Who.
        vendor: Name,
    },
    /// The customer was put on hold on a live channel.
    LineHeld {},
    /// He was taken off.
    LinePickedUp {},
    /// The customer asked to speak with a human being.
    HumanAskedFor {},
    /// What had been said last needed no answer.
    NoReplyNeeded {},
    /// Something else was said of the conversation.
    Marked {
        /// What.
        #[serde(deserialize_with = "crate::document::tolerant")]
        mark: Mark,
    },
    /// A message was something else than it had been taken for.
    MessageReclassified {
        /// Which.
        message: MessageRef,
        /// Who it comes from.
        author: Author,
        /// Who can read it.
        visibility: Visibility,
        /// What it is, if it asks for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Class>,
    },
    /// A message came back: nobody has read it.
    MessageBounced {
        /// Which.
        message: MessageRef,
    },
    /// A message belonged to another matter, and was moved there.
    MessageMoved {
        /// Which.
        message: MessageRef,
        /// The other ticket.
        to: TicketId,
    },
    /// What a reference points to was erased.
    Redacted {
        /// The reference.
        message: MessageRef,
    },
    /// The host could not do what was to be done.
    EffectFailed {
        /// Which effect.
        effect: EffectRef,
        /// Why.
        why: Name,
        /// How often it was tried in vain by now.
        times: u32,
        /// Who answers for the ticket, and so has to see to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Owner>,
    },
    /// It has done it after all.
    EffectDone {
        /// Which effect.
        effect: EffectRef,
    },
    /// It goes on as part of another ticket, and is over itself.
    MergedInto {
        /// The other ticket.
        ticket: TicketId,
        /// Where it stood.
        from: Status,
    },
    /// Another ticket goes on as part of it.
    MergedFrom {
        /// The other ticket.
        ticket: TicketId,
        /// Whether the customer had the last word there, and so waits here.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        his_word: bool,
    },
    /// It was split off another ticket.
    SplitFrom {
        /// The other ticket.
        ticket: TicketId,
    },
    /// What was owed by the rules of earlier editions went on by those in force.
    Replanned {
        /// What a customer was told otherwise, so that it stays as it was told. Somebody must tell him what has changed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        must_tell: Vec<CommitmentId>,
    },
    /// A solution was given.
    Solved {
        /// Where it stood.
        from: Status,
    },
    /// The customer's silence began to count, from this instant on.
    SilenceBegan(Box<Began>),
    /// It counts no more: he has spoken, or the ticket stands otherwise.
    SilenceEnded {
        /// The rule.
        rule: Name,
    },
    /// The customer is to be reminded or warned.
    ChaseDue {
        /// The rule.
        rule: Name,
        /// Which step.
        step: SilenceStep,
        /// When that was planned.
        scheduled: Timestamp,
        /// When the matter will be closed, if he is told by now; absent where the rule closes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes: Option<Timestamp>,
        /// Whom to tell.
        to: Addressee,
    },
    /// He was.
    Chased {
        /// The rule.
        rule: Name,
        /// Which step.
        step: SilenceStep,
        /// How he was told.
        message: MessageRef,
        /// The steps still to come, each with when it comes now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<StepAt>,
    },
    /// The matter was to be closed, and a promise is owed in it: it is closed as soon as none is.
    ClosingPutOff {
        /// The rule.
        rule: Name,
        /// What is owed.
        owed: Vec<Owing>,
    },
    /// It was over.
    Closed {
        /// Where it stood.
        from: Status,
        /// The rule of silence that closed it, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Name>,
        /// Whom to tell, if a rule closed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Box<Addressee>>,
        /// What was owed and waited for the customer, and was let go with it. His return takes it up again.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        absent: Vec<CommitmentId>,
        /// How he was reminded and warned before: one that comes back has told him nothing, and takes the closing back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        told: Vec<MessageRef>,
    },
    /// It was not over after all.
    Reopened {
        /// Where it stood.
        from: Status,
        /// Whether the customer came back to what a rule of silence had closed.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        returned: bool,
    },
}
