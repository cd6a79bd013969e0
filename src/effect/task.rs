//! One thing that there may be to do.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::digest::{DigestKey, Reader};
use crate::commitment::{Actor, Addressee, BreachCause, Channel, Deliverable, Owner, Party, Warning};
use crate::escalation::{Notice, Subject, Suggestion, Unhandled};
use crate::policy::SilenceStep;
use crate::ticket::{self, EffectRef};
use crate::{CommitmentId, ContactId, EscalationId, MessageRef, Name, TicketId, Timestamp};

/// What a host may have to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Task {
    /// Tell the owner that a deadline is near.
    ///
    /// Where a ladder has the warning for a cause, a [`Notify`](Self::Notify) of its own comes as well, from an event of its own. A host whose
    /// ladders begin with the owner tells him by one of the two.
    WarnOwner {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// Which warning it is.
        warning: Warning,
        /// The deadline.
        due: Timestamp,
    },
    /// Somebody is to look whether what was found in a message is a promise.
    Review {
        /// Who.
        owner: Owner,
        /// What was found.
        commitment: CommitmentId,
        /// Until when; after that it counts.
        review_by: Timestamp,
    },
    /// Tell the customer that it is owed no longer, since his part was not done in time.
    TellOfLapse {
        /// Which.
        commitment: CommitmentId,
        /// Whom, and how he is spoken with. Absent in what was stored before 0.2: the host knows who was owed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Box<Addressee>>,
    },
    /// Tell the owner that something that he gave on is broken.
    TellOwnerOfRisk {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// What is broken.
        child: CommitmentId,
        /// The deadline.
        due: Timestamp,
    },
    /// Tell the owner that it was not kept, and is owed still; or what was told in its stead is, which a later event of that instant says. As with a warning, a ladder's [`Notify`](Self::Notify) comes besides.
    ///
    /// If the breach turns out to be none and is corrected or taken back, nothing need be done about that and no effect says so: a host that wants to
    /// tell him looks among the events for [`Corrected`](crate::commitment::Event::Corrected), and for [`Voided`](crate::commitment::Event::Voided) with
    /// `corrects`: the customer had released or renegotiated it in time, and that was heard of later.
    TellOwnerOfBreach {
        /// Who.
        owner: Owner,
        /// Of what.
        commitment: CommitmentId,
        /// The deadline.
        due: Timestamp,
        /// What made it a breach.
        cause: BreachCause,
    },
    /// Tell the owner that more was promised than a role may promise. It is owed all the same.
    TellOfPromiseBeyond {
        /// Who answers for it.
        owner: Owner,
        /// What is owed.
        commitment: CommitmentId,
        /// By when.
        due: Timestamp,
        /// Who promised it.
        by: Actor,
        /// The role that may not.
        role: Name,
    },
    /// The customer asks for a decision, and one who may give it is to answer him; or a series has come to its horizon, and its lead is to say how it goes on.
    Decide {
        /// Who answers for it.
        owner: Owner,
        /// What is owed.
        commitment: CommitmentId,
        /// By when.
        due: Timestamp,
    },
    /// Tell whoever has a role that he must look at something, and report whether he was there ([`Order::ReportReached`], [`Order::ReportNobodyThere`]).
    ///
    /// "Reached" is on record and stops nothing: the next rung is told when the wait is over, unless it is acknowledged, owned or done by then. "Nobody
    /// there" goes on as if there were no such rung: the next one is told at once, and its wait counts from where the empty one stood. So does a host report it
    /// as soon as it knows; if it comes late, those further up whose time has come meanwhile hear of it with him. A host that reports neither leaves it to the wait.
    ///
    /// After a correction an escalation is closed, and no effect tells those who have heard: a host that wants to looks among the events for
    /// [`Closed`](crate::escalation::Event::Closed).
    ///
    /// [`Order::ReportReached`]: crate::escalation::Order::ReportReached
    /// [`Order::ReportNobodyThere`]: crate::escalation::Order::ReportNobodyThere
    Notify {
        /// All that there is to say.
        notice: Box<Notice>,
        /// How late it is, in microseconds: nobody woke the ticket sooner, or reported sooner that nobody was there. A host that wakes it just when it is asked to finds 1, since a timer
        /// goes off a microsecond after its instant.
        late_us: u64,
    },
    /// Everybody has been told, and nobody has taken it up: tell the role that it names that it is unhandled, and
    /// report like for a notice whether somebody was there.
    TellUnhandled {
        /// All that there is to say.
        unhandled: Box<Unhandled>,
        /// How late it is, in microseconds.
        late_us: u64,
    },
    /// Something that was to be done could not be done as it was to be: somebody is to see to it another way.
    ///
    /// What it was, the stored event of that version tells ([`effects`](crate::effects)); on a ticket, [`undone`](crate::Ticket::undone) lists it until the host
    /// reports it as done.
    SeeToIt {
        /// Who answers for the ticket, if anybody does.
        owner: Option<Owner>,
        /// Which effect.
        effect: EffectRef,
        /// Why it could not be done.
        why: Name,
        /// How often it was tried in vain by now.
        times: u32,
    },
    /// Tell a customer what an incident owes him: that he is affected, that it is over, or the question whether he is safe.
    Tell {
        /// Whom.
        customer: ContactId,
        /// What.
        what: Deliverable,
        /// The commitment that is kept by it.
        commitment: CommitmentId,
        /// By when.
        due: Timestamp,
        /// Over which channel; absent: the host knows.
        channel: Option<Channel>,
        /// In which language; absent: the host knows.
        language: Option<Name>,
        /// Whether he was told before, and that has come back: the same way leads nowhere.
        again: bool,
    },
    /// Hand this order to a ticket, which is a stream of its own. If it does not apply there, nothing comes of it.
    ///
    /// It is a command of that ticket, given by a program ([`Actor::System`]): with an id of version 8 that is made from [`Effect::id`](super::Effect::id), so that it is
    /// the same one each time, and with the instant of the incident's event ([`Recorded::at`](crate::commitment::envelope::Recorded::at)). Kept with that event, among the commands, it is carried out
    /// however late, and taken in again ([`Command::taken_in_again`](crate::Command)): what it tells the customer was told then.
    OrderTicket {
        /// Which.
        ticket: TicketId,
        /// The order.
        order: Box<ticket::Order>,
    },
    /// Remind the customer, or warn him that the matter will be closed, and say so ([`Order::Chase`](ticket::Order::Chase)): until then nothing
    /// more comes of his silence.
    ChaseCustomer {
        /// Whom, and how he is spoken with.
        to: Addressee,
        /// Which of both.
        step: SilenceStep,
        /// The rule that asks for it.
        rule: Name,
        /// When the matter will be closed, if he is told at once.
        closes: Option<Timestamp>,
        /// How late it is, in microseconds: nobody woke the ticket sooner.
        late_us: u64,
    },
    /// Tell the customer that the matter was closed, since he was silent. His next word takes it up again.
    TellOfClosing {
        /// Whom, and how he is spoken with.
        to: Addressee,
        /// The rule that closed it.
        rule: Name,
    },
    /// Erase what a reference points to, wherever the host keeps it.
    Erase {
        /// The reference.
        message: MessageRef,
    },
    /// It may be well to do this. Nothing does it by itself.
    Suggest {
        /// What.
        what: Suggestion,
        /// For whom, by the ladder.
        role: Name,
        /// Because of which escalation.
        escalation: EscalationId,
        /// What that is about.
        subject: Subject,
    },
}

impl Task {
    /// With what else it may be told. Nothing: it is told by itself, or nobody is told.
    ///
    /// A notice is told by itself unless a window holds it back ([`Notice::digest`]); that nobody takes something up, always.
    ///
    /// # What is to be erased nobody is told
    ///
    /// ```
    /// use owed::Task;
    ///
    /// assert_eq!(Task::Erase { message: "mail-7".parse()? }.digest_key(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn digest_key(&self) -> Option<DigestKey> {
        let reader = match self {
            Self::Notify { notice, .. } => {
                let window = Some(notice.digest.as_ref()?.key.clone());
                let owner = notice.owner().cloned().map(Reader::Owner);
                return Some(DigestKey { reader: owner.unwrap_or_else(|| Reader::Role(notice.role.clone())), window });
            }
            Self::TellUnhandled { .. } | Self::OrderTicket { .. } | Self::Erase { .. } => return None,
            Self::SeeToIt { owner, .. } => Reader::Owner(owner.clone()?),
            Self::TellOfLapse { to, .. } => Reader::Customer(to.as_ref()?.customer.clone()),
            Self::WarnOwner { owner, .. }
            | Self::Review { owner, .. }
            | Self::TellOwnerOfRisk { owner, .. }
            | Self::TellOwnerOfBreach { owner, .. }
            | Self::TellOfPromiseBeyond { owner, .. }
            | Self::Decide { owner, .. } => Reader::Owner(owner.clone()),
            Self::Tell { customer, .. } => Reader::Customer(Party::Customer(customer.clone())),
            Self::ChaseCustomer { to, .. } | Self::TellOfClosing { to, .. } => Reader::Customer(to.customer.clone()),
            Self::Suggest { role, .. } => Reader::Role(role.clone()),
        };
        Some(DigestKey::of(reader))
    }
}
