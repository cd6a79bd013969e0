//! What an incident can owe.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::commitment::Deliverable;

/// What an incident can owe, by what it is owed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// To an affected customer: that he is affected.
    Notice,
    /// To an affected customer who asks: an answer.
    Answer,
    /// To an affected customer: that it is over.
    News,
    /// To an affected customer: the question whether he is safe.
    Feedback,
    /// To an affected customer who is not safe: that he is.
    Repair,
    /// To all of them: that the cause is gone.
    Fix,
    /// To all of them, where no fix can be dated: a look at where it stands.
    Progress,
    /// To all of them, once it is over: a look back at how it went.
    Review,
}

impl Role {
    /// What is owed to each affected customer for himself.
    pub(super) const OF_ONE: [Self; 5] = [Self::Notice, Self::Answer, Self::News, Self::Feedback, Self::Repair];

    /// Its name, which ids are derived from.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Answer => "answer",
            Self::News => "news",
            Self::Feedback => "feedback",
            Self::Repair => "repair",
            Self::Fix => "fix",
            Self::Progress => "progress",
            Self::Review => "review",
        }
    }

    /// What is to be done.
    #[must_use]
    pub(crate) const fn deliverable(self) -> Deliverable {
        match self {
            Self::Notice => Deliverable::Notice,
            Self::Answer => Deliverable::Reply,
            Self::News => Deliverable::Update,
            Self::Feedback => Deliverable::Feedback,
            Self::Repair | Self::Fix => Deliverable::Fix,
            Self::Progress | Self::Review => Deliverable::Review,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
