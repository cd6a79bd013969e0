//! A ticket's events as metrics see them.

use alloc::boxed::Box;

use super::event::Event;
use super::state::Matter;
use crate::commitment::{Actor, Happened, Owner, Party, Stamp};
use crate::policy::{Author, Fact, Said, Standing, Status, Word, last_word};
use crate::{MessageRef, Timestamp};

impl Event {
    /// The same as a fact that the patterns of metrics match, by the one who gave the command; nothing where a record was put
    /// right, or the rules have changed.
    #[must_use]
    pub(super) fn fact(&self, by: Option<&Actor>, owner: Option<&Owner>) -> Option<Fact> {
        Some(match self {
            Self::Opened { requester, author, priority, about, .. } => Fact::Opened(Box::new(Standing {
                priority: priority.clone(),
                organisation: about.organisation.clone(),
                channel: about.channel,
                language: about.language.clone(),
                kind: about.kind.clone(),
                tags: about.tags.clone(),
                fields: about.fields.clone(),
                ..Standing::new(Party::Customer(requester.clone()), *author)
            })),
            Self::MessageAdded { author, visibility, class, message, filed_by, claimed: _ } => {
                // Whoever it was filed under, it may turn out to be the agent's own.
                let agent = match (filed_by, by) {
                    (Some(agent), _) | (None, Some(Actor::Agent(agent))) => Some(agent.clone()),
                    _ => None,
                };
                let (author, visibility, class, message) = (*author, *visibility, *class, message.clone());
                Fact::Message(Said {
                    author,
                    visibility,
                    class,
                    by: agent,
                    message,
                    bounced: false,
                    moved: false,
                    redacted: false,
                })
            }
            Self::Called { author, reached, how } => Fact::Called { author: *author, reached: *reached, how: *how },
            Self::StatusChanged { from, to } => Fact::Status { from: *from, to: *to },
            Self::PriorityChanged { to, .. } => Fact::Priority(to.clone()),
            Self::Assigned { to } => Fact::Assigned { from: owner.cloned(), to: to.clone() },
            Self::Tagged { added, removed } => Fact::Tagged { added: added.clone(), removed: removed.clone() },
            Self::FieldSet { field, to, .. } => Fact::Field { field: field.clone(), to: to.clone() },
            Self::ChannelChanged { to, .. } => Fact::Channel(*to),
            Self::LanguageChanged { to, .. } => Fact::Language(to.clone()),
            Self::KindChanged { to, .. } => Fact::Kind(to.clone()),
            Self::StatusNamed { name } => Fact::StatusName(name.clone()),
            Self::HandedToVendor { vendor } => Fact::Vendor(Some(vendor.clone())),
            Self::TakenBack { .. } => Fact::Vendor(None),
            Self::LineHeld {} => Fact::OnTheLine(true),
            Self::LinePickedUp {} => Fact::OnTheLine(false),
            Self::HumanAskedFor {} => Fact::HumanAskedFor,
            Self::NoReplyNeeded {} => Fact::NoReplyNeeded,
            Self::Marked { mark } => Fact::Marked(mark.clone()),
            Self::Solved { from } => Fact::Status { from: *from, to: Status::Solved },
            Self::Closed { from, .. } | Self::MergedInto { from, .. } => {
                Fact::Status { from: *from, to: Status::Closed }
            }
            Self::Reopened { from, .. } => Fact::Status { from: *from, to: Status::Open },
            Self::MergedFrom { .. } => Fact::Merged,
            Self::EffectFailed { .. } => Fact::EffectFailed,
            Self::MessageReclassified { .. }
            | Self::MessageBounced { .. }
            | Self::MessageMoved { .. }
            | Self::Redacted { .. }
            | Self::EffectDone { .. }
            | Self::SplitFrom { .. }
            | Self::SilenceBegan(_)
            | Self::SilenceEnded { .. }
            | Self::ChaseDue { .. }
            | Self::Chased { .. }
            | Self::ClosingPutOff { .. }
            | Self::Replanned { .. } => return None,
        })
    }

    /// When what it tells of happened, and who vouches for that; `happened` is what its envelope says. What was claimed on another ticket counts
    /// since then.
    pub(super) fn counts_as_of(&self, happened: Option<Happened>) -> Option<Happened> {
        match self {
            Self::MessageAdded { claimed: Some(claimed), .. } => {
                Some(Happened { at: *claimed, stamp: Stamp::Transport })
            }
            _ => happened,
        }
    }

    /// The message that it tells of.
    ///
    /// # What was opened without one, and what has happened to no message, tell of none
    ///
    /// ```
    /// use owed::ticket::Event;
    ///
    /// let message = |event: &str| serde_json::from_str::<Event>(event).map(|event| event.message().cloned());
    /// assert_eq!(message(r#"{ "type": "opened", "requester": "c-17", "author": "customer", "message": "m-1" }"#)?, Some("m-1".parse()?));
    /// assert_eq!(message(r#"{ "type": "opened", "requester": "c-17", "author": "customer" }"#)?, None);
    /// assert_eq!(message(r#"{ "type": "status_changed", "from": "new", "to": "open" }"#)?, None);
    /// assert_eq!(message(r#"{ "type": "message_bounced", "message": "m-1" }"#)?, Some("m-1".parse()?)); // it is about one all the same
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn message(&self) -> Option<&MessageRef> {
        match self {
            Self::Opened { message, .. } | Self::MessageAdded { message, .. } => message.as_ref(),
            Self::MessageReclassified { message, .. }
            | Self::MessageBounced { message }
            | Self::MessageMoved { message, .. }
            | Self::Redacted { message } => Some(message),
            Self::StatusChanged { .. }
            | Self::PriorityChanged { .. }
            | Self::Assigned { .. }
            | Self::Called { .. }
            | Self::Tagged { .. }
            | Self::FieldSet { .. }
            | Self::ChannelChanged { .. }
            | Self::LanguageChanged { .. }
            | Self::KindChanged { .. }
            | Self::StatusNamed { .. }
            | Self::HandedToVendor { .. }
            | Self::TakenBack { .. }
            | Self::LineHeld {}
            | Self::LinePickedUp {}
            | Self::HumanAskedFor {}
            | Self::NoReplyNeeded {}
            | Self::Marked { .. }
            | Self::Replanned { .. }
            | Self::EffectFailed { .. }
            | Self::EffectDone { .. }
            | Self::SilenceBegan(_)
            | Self::SilenceEnded { .. }
            | Self::ChaseDue { .. }
            | Self::Chased { .. }
            | Self::ClosingPutOff { .. }
            | Self::MergedInto { .. }
            | Self::MergedFrom { .. }
            | Self::SplitFrom { .. }
            | Self::Solved { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. } => None,
        }
    }
}

/// A fact of the past, and what it turned out to have been.
pub(super) struct PutRight {
    /// Which of the past.
    pub(super) index: usize,
    /// When it had happened.
    pub(super) happened: Timestamp,
    /// What it was.
    pub(super) is: Fact,
}

impl Matter {
    /// The message by the host's reference, as it is known now: the last of that reference that was not moved to another ticket.
    pub(super) fn message(&self, message: &MessageRef) -> Option<(usize, &Said)> {
        self.past.iter().enumerate().rev().find_map(|(index, past)| match &past.fact {
            Fact::Message(said) if said.message.as_ref() == Some(message) && !said.moved => Some((index, said)),
            _ => None,
        })
    }

    /// Whether it is the message that the ticket began with, and no later one of the same reference.
    pub(super) fn opened_by(&self, message: &MessageRef) -> bool {
        self.opening.as_ref() == Some(message) && self.message(message).is_none()
    }

    /// Whether the customer had the last word, or did something later.
    pub(super) fn waits_for_the_desk(&self) -> bool {
        let Some((word, said)) = last_word(&self.past) else { return self.acted.is_some() };
        word == Word::Customer || self.acted.is_some_and(|acted| said <= acted)
    }

    /// How the ticket stood when it was opened, had it been by such an author.
    pub(super) fn opened_as(&self, author: Author) -> Box<Standing> {
        let opened = self.past.first().and_then(|past| match &past.fact {
            Fact::Opened(opened) => Some(opened.as_ref()),
            _ => None,
        });
        Box::new(Standing { author, ..opened.unwrap_or(&self.standing).clone() })
    }

    /// What an event that puts a record right says of the past.
    pub(super) fn put_right(&self, event: &Event) -> Option<PutRight> {
        let message = event.message()?;
        let (index, is) = match event {
            Event::MessageReclassified { author, .. } if self.opened_by(message) => {
                (0, Fact::Opened(self.opened_as(*author)))
            }
            Event::MessageReclassified { author, visibility, class, .. } => {
                let (index, said) = self.message(message)?;
                let is = Said { author: *author, visibility: *visibility, class: *class, ..said.clone() };
                (index, Fact::Message(is))
            }
            Event::MessageBounced { .. } => {
                let (index, said) = self.message(message)?;
                (index, Fact::Message(Said { bounced: true, ..said.clone() }))
            }
            Event::MessageMoved { .. } => {
                let (index, said) = self.message(message)?;
                (index, Fact::Message(Said { moved: true, ..said.clone() }))
            }
            _ => return None,
        };
        let happened = self.past.get(index)?.happened;
        Some(PutRight { index, happened, is })
    }
}
