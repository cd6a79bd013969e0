//! What is to be said of a conversation besides its messages: it was passed on, it was not clear, somebody apologised.
//!
//! A mark is a fact like any other, so metrics, ladders and conditions can wait for it. It keeps no promise by itself: an apology is no
//! fix. What it answers, it may say ([`about`](Mark::about)).

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{AgentId, CommitmentId, MessageRef, Name, TeamId, TicketId};

/// What is to be said of a conversation besides its messages.
///
/// ```
/// use owed::policy::Mark;
///
/// let mark: Mark = serde_json::from_str(r#"{"what": "feedback_given", "score": 20, "safe": false}"#)?;
/// assert_eq!(mark.to_string(), "feedback: 20 of 100, not safe");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mark {
    /// Who was on the line was passed on.
    Transferred {
        /// To whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<TeamId>,
    },
    /// This matter only asks what the last answer in another meant.
    FollowsUp {
        /// The other.
        ticket: TicketId,
        /// The answer there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<MessageRef>,
    },
    /// An answer was not clear: the customer had to ask what it meant.
    Unclear {
        /// Which.
        answer: MessageRef,
        /// Where he asked, if that was a matter of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_in: Option<TicketId>,
    },
    /// A way out was offered.
    SolutionOffered {
        /// Where it is put down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// It has not held.
    SolutionFailed {
        /// What was offered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// The desk says that it was its own fault.
    FaultAcknowledged {
        /// What was owed, and went wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<CommitmentId>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// Somebody apologised.
    Apologised {
        /// For what had been owed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<CommitmentId>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// Somebody said why.
    Explained {
        /// Why what had been owed went wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<CommitmentId>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// The customer asks for a remedy.
    RemedyAsked {
        /// Which.
        remedy: Remedy,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// He was given one, perhaps another.
    RemedyGiven {
        /// Which.
        remedy: Remedy,
        /// For what had been owed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<CommitmentId>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// The customer was asked what he thinks of it. Once for each solution.
    FeedbackAsked {
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// He has said it.
    FeedbackGiven {
        /// How much he thinks of it, from 0 to 100.
        score: u8,
        /// Whether all is well now, if he was asked that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        safe: Option<bool>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageRef>,
    },
    /// Somebody has looked at how it went.
    Reviewed {
        /// Who.
        reviewer: AgentId,
        /// How good it was, from 0 to 100.
        score: u8,
    },
    /// What the desk does about abuse. It cancels nothing that is owed.
    Conduct {
        /// How far it goes.
        stage: Stage,
        /// Who has decided so.
        by: AgentId,
        /// Why.
        reason: Name,
    },
}

/// What makes good for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Why it happened.
    Explanation,
    /// That it was no small matter to him.
    Recognition,
    /// The same anew.
    Exchange,
    /// His money.
    Refund,
    /// Something off what he owes.
    Credit,
    /// That it works.
    Fix,
    /// Something else.
    Other(Name),
}

/// How far the desk goes with somebody who abuses it, each stage after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// He was told to stop.
    Warned,
    /// He is answered in fewer ways.
    Limited,
    /// He is spoken with no more. What is owed to him is owed still.
    Ended,
}

/// The highest score.
pub(crate) const MOST: u8 = 100;

/// Every mark by its name.
pub(crate) const NAMES: [&str; 14] = [
    "transferred",
    "follows_up",
    "unclear",
    "solution_offered",
    "solution_failed",
    "fault_acknowledged",
    "apologised",
    "explained",
    "remedy_asked",
    "remedy_given",
    "feedback_asked",
    "feedback_given",
    "reviewed",
    "conduct",
];

impl Mark {
    /// What it is, in the word that it is stored with.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Transferred { .. } => "transferred",
            Self::FollowsUp { .. } => "follows_up",
            Self::Unclear { .. } => "unclear",
            Self::SolutionOffered { .. } => "solution_offered",
            Self::SolutionFailed { .. } => "solution_failed",
            Self::FaultAcknowledged { .. } => "fault_acknowledged",
            Self::Apologised { .. } => "apologised",
            Self::Explained { .. } => "explained",
            Self::RemedyAsked { .. } => "remedy_asked",
            Self::RemedyGiven { .. } => "remedy_given",
            Self::FeedbackAsked { .. } => "feedback_asked",
            Self::FeedbackGiven { .. } => "feedback_given",
            Self::Reviewed { .. } => "reviewed",
            Self::Conduct { .. } => "conduct",
        }
    }

    /// What had been owed, if it answers that.
    ///
    /// # An apology need not be for anything that was owed
    ///
    /// ```
    /// use owed::ticket::Mark;
    ///
    /// assert_eq!(Mark::Apologised { about: None, message: None }.about(), None);
    /// ```
    #[must_use]
    pub const fn about(&self) -> Option<CommitmentId> {
        match self {
            Self::FaultAcknowledged { about, .. }
            | Self::Apologised { about, .. }
            | Self::Explained { about, .. }
            | Self::RemedyGiven { about, .. } => *about,
            Self::Transferred { .. }
            | Self::FollowsUp { .. }
            | Self::Unclear { .. }
            | Self::SolutionOffered { .. }
            | Self::SolutionFailed { .. }
            | Self::RemedyAsked { .. }
            | Self::FeedbackAsked { .. }
            | Self::FeedbackGiven { .. }
            | Self::Reviewed { .. }
            | Self::Conduct { .. } => None,
        }
    }

    /// The message of this ticket that shows it, if the host keeps one.
    ///
    /// # A host may keep none
    ///
    /// ```
    /// use owed::ticket::Mark;
    ///
    /// assert_eq!(Mark::SolutionOffered { message: Some("mail-7".parse()?) }.message(), Some(&"mail-7".parse()?));
    /// assert_eq!(Mark::SolutionOffered { message: None }.message(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn message(&self) -> Option<&MessageRef> {
        match self {
            Self::SolutionOffered { message }
            | Self::SolutionFailed { message }
            | Self::FaultAcknowledged { message, .. }
            | Self::Apologised { message, .. }
            | Self::Explained { message, .. }
            | Self::RemedyAsked { message, .. }
            | Self::RemedyGiven { message, .. }
            | Self::FeedbackAsked { message }
            | Self::FeedbackGiven { message, .. } => message.as_ref(),
            Self::Transferred { .. }
            | Self::FollowsUp { .. }
            | Self::Unclear { .. }
            | Self::Reviewed { .. }
            | Self::Conduct { .. } => None,
        }
    }

    /// How good somebody found it, from 0 to 100.
    ///
    /// # What nobody has judged has none
    ///
    /// ```
    /// use owed::ticket::Mark;
    ///
    /// assert_eq!(Mark::SolutionOffered { message: None }.score(), None);
    /// ```
    #[must_use]
    pub const fn score(&self) -> Option<u8> {
        match self {
            Self::FeedbackGiven { score, .. } | Self::Reviewed { score, .. } => Some(*score),
            Self::Transferred { .. }
            | Self::FollowsUp { .. }
            | Self::Unclear { .. }
            | Self::SolutionOffered { .. }
            | Self::SolutionFailed { .. }
            | Self::FaultAcknowledged { .. }
            | Self::Apologised { .. }
            | Self::Explained { .. }
            | Self::RemedyAsked { .. }
            | Self::RemedyGiven { .. }
            | Self::FeedbackAsked { .. }
            | Self::Conduct { .. } => None,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transferred { to: Some(to) } => write!(f, "transferred to {to}"),
            Self::Transferred { to: None } => f.write_str("transferred"),
            Self::FollowsUp { ticket, .. } => write!(f, "asks what the answer in {ticket} meant"),
            Self::Unclear { answer, .. } => write!(f, "{answer} was not clear"),
            Self::SolutionOffered { .. } => f.write_str("solution offered"),
            Self::SolutionFailed { .. } => f.write_str("the solution has not held"),
            Self::FaultAcknowledged { .. } => f.write_str("fault acknowledged"),
            Self::Apologised { .. } => f.write_str("apologised"),
            Self::Explained { .. } => f.write_str("explained"),
            Self::RemedyAsked { remedy, .. } => write!(f, "{remedy} asked for"),
            Self::RemedyGiven { remedy, .. } => write!(f, "{remedy} given"),
            Self::FeedbackAsked { .. } => f.write_str("feedback asked for"),
            Self::FeedbackGiven { score, safe, .. } => {
                write!(f, "feedback: {score} of {MOST}")?;
                match safe {
                    Some(true) => f.write_str(", safe"),
                    Some(false) => f.write_str(", not safe"),
                    None => Ok(()),
                }
            }
            Self::Reviewed { reviewer, score } => write!(f, "reviewed by {reviewer}: {score} of {MOST}"),
            Self::Conduct { stage, by, reason } => write!(f, "conduct {stage} by {by} ({reason})"),
        }
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Explanation => "explanation",
            Self::Recognition => "recognition",
            Self::Exchange => "exchange",
            Self::Refund => "refund",
            Self::Credit => "credit",
            Self::Fix => "fix",
            Self::Other(name) => name.as_str(),
        })
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warned => "warned",
            Self::Limited => "limited",
            Self::Ended => "ended",
        })
    }
}
