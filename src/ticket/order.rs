//! What may be asked of a ticket.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::undone::EffectRef;
use crate::commitment::Owner;
use crate::policy::{Author, Channel, Class, InVain, Mark, Status, Value, Visibility};
use crate::{ContactId, MessageRef, Name, Priority};

/// What a host may ask of a ticket. There is none that removes anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// A matter begins.
    Open {
        /// The customer whose matter it is.
        requester: ContactId,
        /// Who began it: the customer (also where an agent writes down what he says), or the desk.
        #[serde(default = "customer")]
        author: Author,
        /// How urgent it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
        /// What he wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
        /// What else is known of it.
        #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "About::is_nothing")]
        about: Box<About>,
    },
    /// A message came in or went out.
    ///
    /// It moves no status: a host whose desk wants a customer's answer to end `pending`, or to reopen what is solved, orders that as
    /// well. Only what a rule has closed for the customer's silence is taken up again by his word alone.
    Message {
        /// Who it comes from, in substance.
        author: Author,
        /// Who can read it.
        #[serde(default)]
        visibility: Visibility,
        /// What it is, if it asks for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Class>,
        /// Where the host keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// It stands elsewhere now: new, open, pending or on hold. Solving, closing and reopening are orders of their own.
    SetStatus {
        /// Where.
        status: Status,
    },
    /// It is more urgent, or less.
    SetPriority {
        /// How urgent; absent: nobody says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
    },
    /// It is given to a team, or to one in it; or taken from them and given to nobody.
    Assign {
        /// Who answers for it from now on; absent: nobody in particular.
        #[serde(default, deserialize_with = "crate::document::strict", skip_serializing_if = "Option::is_none")]
        to: Option<Owner>,
    },
    /// A solution was given. Never refused.
    Solve {},
    /// Somebody called, and spoke with whom he wanted, or did not.
    Call {
        /// Who called.
        author: Author,
        /// Whether they spoke.
        reached: bool,
        /// How it ended, if they did not and somebody knows. Who hangs up while he waits is off the line with that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<InVain>,
    },
    /// Other words of the host's own for it.
    Tag {
        /// These it gets.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        add: BTreeSet<Name>,
        /// These it loses.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        remove: BTreeSet<Name>,
    },
    /// One of its own fields, or something that the host knows of the customer's history.
    SetField {
        /// Which.
        field: Name,
        /// What it is; absent: nobody knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// It goes on over another channel: a chat that ends unanswered goes on by mail. What waits for an answer waits on.
    SetChannel {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// It goes on in another language.
    SetLanguage {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Name>,
    },
    /// It turns out to be another kind of matter: a question becomes a complaint.
    SetKind {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<Name>,
    },
    /// It stands so by the desk's own name, which the rulebook puts over a category.
    SetNamedStatus {
        /// The name.
        name: Name,
    },
    /// A supplier gets it.
    HandToVendor {
        /// Who.
        vendor: Name,
    },
    /// The supplier has given it back.
    TakeBack {},
    /// The customer is put on hold on a live channel.
    HoldLine {},
    /// He is taken off.
    PickUpLine {},
    /// The customer asks to speak with a human being.
    AskForHuman {},
    /// What was said last needs no answer.
    NeedNoReply {},
    /// Something else is said of the conversation: it was passed on, was not clear, somebody apologised.
    Mark {
        /// What.
        mark: Mark,
    },
    /// A message was something else than it was taken for. What it had started or stopped is put right.
    Reclassify {
        /// Which, by the host's reference.
        message: MessageRef,
        /// Who it comes from, in substance.
        author: Author,
        /// Who can read it.
        #[serde(default)]
        visibility: Visibility,
        /// What it is, if it asks for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Class>,
    },
    /// A message came back: nobody has read it. What it had fulfilled is owed still.
    Bounce {
        /// Which, by the host's reference.
        message: MessageRef,
    },
    /// What a reference points to is erased at the host, and so the reference goes, wherever it stands on this ticket. Ids, instants and
    /// verdicts stay. A message without its reference can be put right no more.
    Redact {
        /// Which, by the host's reference.
        message: MessageRef,
    },
    /// The host could not do what was to be done: a notice came back, a number is dead. It stays on record until it is done.
    ReportFailed {
        /// Which effect of this ticket's.
        #[serde(deserialize_with = "crate::document::strict")]
        effect: EffectRef,
        /// Why.
        why: Name,
    },
    /// The host has done what it had reported as failed. What never failed need not be reported.
    ReportDone {
        /// Which effect of this ticket's.
        #[serde(deserialize_with = "crate::document::strict")]
        effect: EffectRef,
    },
    /// The customer was reminded, or warned, as a rule of silence asked ([`Task::ChaseCustomer`](crate::Task::ChaseCustomer)).
    Chase {
        /// Which rule; absent: whichever asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Name>,
        /// How he was told.
        message: MessageRef,
    },
    /// What is owed by the rules of earlier editions goes on by those in force. What the customer was told stays unless it comes nearer.
    Replan {},
    /// It is over. Refused while a promise is owed.
    Close {},
    /// It is not over after all.
    Reopen {},
}

impl Order {
    /// A message that the customer can read, of which the host keeps no reference.
    #[must_use]
    pub const fn message(author: Author) -> Self {
        Self::Message { author, visibility: Visibility::Public, class: None, message: None }
    }

    /// The customer says thanks, and nothing else. It asks for no answer.
    ///
    /// # It starts no clock
    ///
    /// ```
    /// # use owed::ticket::{Author, Order};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId};
    /// # use uuid::Uuid;
    /// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "next_response": "4 hours" } }] }"#)?;
    /// # let [id, a, b, c, d] = [1, 2, 3, 4, 5].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # ticket.handle(&rules, &ticket.command(CommandId(a), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone())))?;
    /// # ticket.handle(&rules, &ticket.command(CommandId(b), "2026-03-06T10:00:00Z".parse()?, ada, Order::message(Author::Agent)))?;
    /// // Ada has answered Ryan.
    /// ticket.handle(&rules, &ticket.command(CommandId(c), "2026-03-06T11:00:00Z".parse()?, ryan.clone(), Order::thanks()))?;
    /// assert!(ticket.ledger().owed().is_empty());
    /// ticket.handle(&rules, &ticket.command(CommandId(d), "2026-03-06T12:00:00Z".parse()?, ryan, Order::message(Author::Customer)))?;
    /// assert_eq!(ticket.ledger().owed().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn thanks() -> Self {
        let (author, visibility) = (Author::Customer, Visibility::Public);
        Self::Message { author, visibility, class: Some(Class::Thanks), message: None }
    }

    /// A matter of a customer's begins, of which nothing more is known. What else is known stands in its [`About`], and conditions of
    /// agreements look at it:
    ///
    /// # Of a customer who has the gold plan
    ///
    /// ```
    /// use owed::ticket::{About, Author, Order, Value};
    /// use owed::{ContactId, Name, Priority};
    ///
    /// let plan = (Name::new("plan")?, Value::Text(Name::new("gold")?));
    /// let open = Order::Open {
    ///     requester: ContactId::new("c-17")?,
    ///     author: Author::Customer,
    ///     priority: Some(Priority::new("high")?),
    ///     message: None,
    ///     about: Box::new(About { fields: [plan].into(), ..About::default() }),
    /// };
    /// let read: Order = serde_json::from_str(
    ///     r#"{ "type": "open", "requester": "c-17", "priority": "high", "about": { "fields": { "plan": "gold" } } }"#,
    /// )?;
    /// assert_eq!(open, read);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open(requester: ContactId) -> Self {
        Self::Open { requester, author: Author::Customer, priority: None, message: None, about: Box::default() }
    }
}

const fn customer() -> Author {
    Author::Customer
}
