//! Why an order about a ticket is refused.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::policy::{Author, InVain, Mover, Stage, Status};
use crate::{CommandId, CommitmentId, MessageRef, Name, TicketId, Timestamp};

/// Why an order about a ticket was refused, with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// The ticket has not been opened.
    #[error("ticket {ticket} has not been opened")]
    NotOpened {
        /// The ticket.
        ticket: TicketId,
    },
    /// The ticket has been opened before.
    #[error("ticket {ticket} was opened already, at {opened}")]
    AlreadyOpened {
        /// The ticket.
        ticket: TicketId,
        /// When.
        opened: Timestamp,
    },
    /// A solved or closed ticket has no other status until it is reopened.
    #[error("the ticket is {status}; reopen it first")]
    Ended {
        /// Where it stands.
        status: Status,
    },
    /// Solving and closing are orders of their own.
    #[error("a ticket is made {status} by an order of its own, not by setting its status")]
    OrderOfItsOwn {
        /// The status asked for.
        status: Status,
    },
    /// The rulebook has no such name for where a ticket stands.
    #[error("there is no status {name}; the rulebook defines it under \"statuses\"")]
    UnknownStatus {
        /// The name.
        name: Name,
    },
    /// By the rulebook, that does not follow where it stands.
    #[error("{to} does not follow {from}: {}", may_follow(allowed))]
    NotAllowed {
        /// Where it stands.
        from: String,
        /// Where it was to stand.
        to: String,
        /// What may follow.
        allowed: Vec<Name>,
    },
    /// By the rulebook, others bring a ticket there.
    #[error("no {by} makes a ticket {to}: {} may", list_of(allowed))]
    NotByThem {
        /// Where it was to stand.
        to: String,
        /// Who ordered it.
        by: Mover,
        /// Who may.
        allowed: Vec<Mover>,
    },
    /// More of something than a ticket can have.
    #[error("a ticket has at most {most} {what}, and it would have {would_be}")]
    TooMany {
        /// Of what.
        what: Name,
        /// The most.
        most: usize,
        /// How many there would be.
        would_be: usize,
    },
    /// Only what is solved or closed can be reopened.
    #[error("the ticket is {status}: there is nothing to reopen")]
    NotEnded {
        /// Where it stands.
        status: Status,
    },
    /// No message of the ticket has this reference.
    #[error("no message of this ticket is {message}")]
    UnknownMessage {
        /// The reference.
        message: MessageRef,
    },
    /// The ticket began with it, so that it is nothing but somebody's matter. Only whose can turn out to have been another's.
    #[error("{message} opened the ticket; only its author can be put right")]
    OpensTheTicket {
        /// The message.
        message: MessageRef,
    },
    /// Nothing of the kind has ever been owed on this ticket.
    #[error("nothing was ever owed on this ticket as {commitment}")]
    UnknownCommitment {
        /// The id.
        commitment: CommitmentId,
    },
    /// More than the best.
    #[error("{score} is no score; the best is {most}")]
    NoScore {
        /// What was given.
        score: u8,
        /// The best there is.
        most: u8,
    },
    /// He was asked since the solution was given; asked again, he would be pestered.
    #[error("feedback on this solution was asked for already, at {asked}")]
    FeedbackAsked {
        /// When.
        asked: Timestamp,
    },
    /// Each stage comes after the one before it.
    #[error("nobody is {stage} who was not {missing} before")]
    StageMissing {
        /// How far it was to go.
        stage: Stage,
        /// What has to come before.
        missing: Stage,
    },
    /// A call in which they spoke did not end in vain.
    #[error("they spoke: then it is not so that {how}")]
    TheySpoke {
        /// How it was said to have ended.
        how: InVain,
    },
    /// What a machine sends by itself answers nobody, nor does a third party, a note that the customer cannot read, a message that came back, or a
    /// language model once the customer has asked for a human being.
    #[error("{message}, written by {author}, is no answer: {commitment} is owed still; name the message that answers")]
    NoAnswer {
        /// The reply that is owed.
        commitment: CommitmentId,
        /// What was to show that it was given.
        message: MessageRef,
        /// Who it comes from.
        author: Author,
    },
    /// A supplier has it already.
    #[error("{vendor} has it; take it back first")]
    WithVendor {
        /// Who.
        vendor: Name,
    },
    /// No supplier has it.
    #[error("no supplier has it: there is nothing to take back")]
    NotWithVendor {},
    /// No rule of silence asks for a customer to be told anything now.
    #[error("no rule of silence asks for the customer to be reminded or warned now")]
    NobodyToChase {},
    /// The ticket has no such event, so nothing was to be done because of it.
    #[error("there is no event {version} on this ticket, whose last is {last}: nothing was to be done because of it")]
    UnknownEffect {
        /// The event.
        version: u64,
        /// The last that there is.
        last: u64,
    },
    /// It goes on as part of another ticket.
    #[error("the ticket was merged into {into}: speak there, or reopen it")]
    Merged {
        /// The other.
        into: TicketId,
    },
    /// A ticket is not merged into itself, nor split off itself.
    #[error("both are ticket {ticket}; name another one")]
    SameTicket {
        /// Which.
        ticket: TicketId,
    },
    /// The command was recorded on one of its two tickets and not on the other.
    #[error(
        "command {command} is on record here, but not on ticket {missing}: both lists of events are to be stored in one transaction"
    )]
    HalfStored {
        /// The command.
        command: CommandId,
        /// The ticket whose events were lost.
        missing: TicketId,
    },
    /// On both tickets the customer waits for a decision, and there can be one at a time.
    #[error("the customer waits for two decisions, {first} and {second}; give one of them first")]
    TwoRequests {
        /// What is owed on the one.
        first: CommitmentId,
        /// What is owed on the other.
        second: CommitmentId,
    },
    /// A matter begins with something that was said, and not with a note, an out-of-office or the like.
    #[error("none of these messages asks for anything in public; name one that does")]
    NothingToOpenWith {},
    /// The clocks of its agreements stay with a ticket; one that is split off gets its own.
    #[error("{commitment} is a clock of this ticket's own, which stays with it; the other gets its own")]
    OwnClock {
        /// Which.
        commitment: CommitmentId,
    },
    /// A promise to a customer is still owed.
    #[error("{} still owed; fulfil each, or have it released: {}", count(owed), list(owed))]
    StillOwed {
        /// Every one of them.
        owed: Vec<Owing>,
    },
}

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOpened { .. } => "not_opened",
            Self::AlreadyOpened { .. } => "already_opened",
            Self::Ended { .. } => "ended",
            Self::OrderOfItsOwn { .. } => "order_of_its_own",
            Self::UnknownStatus { .. } => "unknown_status",
            Self::NotAllowed { .. } => "not_allowed",
            Self::NotByThem { .. } => "not_by_them",
            Self::TooMany { .. } => "too_many",
            Self::NotEnded { .. } => "not_ended",
            Self::UnknownMessage { .. } => "unknown_message",
            Self::OpensTheTicket { .. } => "opens_the_ticket",
            Self::UnknownCommitment { .. } => "unknown_commitment",
            Self::NoScore { .. } => "no_score",
            Self::FeedbackAsked { .. } => "feedback_asked",
            Self::StageMissing { .. } => "stage_missing",
            Self::TheySpoke { .. } => "they_spoke",
            Self::NoAnswer { .. } => "no_answer",
            Self::WithVendor { .. } => "with_vendor",
            Self::NotWithVendor {} => "not_with_vendor",
            Self::NobodyToChase {} => "nobody_to_chase",
            Self::UnknownEffect { .. } => "unknown_effect",
            Self::Merged { .. } => "merged",
            Self::SameTicket { .. } => "same_ticket",
            Self::HalfStored { .. } => "half_stored",
            Self::TwoRequests { .. } => "two_requests",
            Self::NothingToOpenWith {} => "nothing_to_open_with",
            Self::OwnClock { .. } => "own_clock",
            Self::StillOwed { .. } => "still_owed",
        }
    }
}

/// Something owed that keeps a ticket, or an incident, from closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owing {
    /// Which.
    pub commitment: CommitmentId,
    /// Its deadline; where its clock stands, the last one that it had.
    pub due: Timestamp,
}

fn list_of(movers: &[Mover]) -> String {
    let names: Vec<String> = movers.iter().map(alloc::string::ToString::to_string).collect();
    names.join(", ")
}

fn may_follow(allowed: &[Name]) -> String {
    let words: Vec<&str> = allowed.iter().map(Name::as_str).collect();
    if words.is_empty() {
        "it can only be solved".into()
    } else {
        alloc::format!("there may follow {}", words.join(", "))
    }
}

pub(crate) fn count(owed: &[Owing]) -> alloc::string::String {
    match owed.len() {
        1 => "a promise is".into(),
        many => alloc::format!("{many} promises are"),
    }
}

pub(crate) fn list(owed: &[Owing]) -> alloc::string::String {
    let each: Vec<_> =
        owed.iter().map(|Owing { commitment, due }| alloc::format!("{commitment} (due {due})")).collect();
    each.join(", ")
}
