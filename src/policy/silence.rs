//! What is to become of a matter in which the customer is silent.
//!
//! A rule of silence waits while a ticket stands in some way and the desk has had the last word. It has the customer reminded and warned,
//! and closes the matter. Each step counts only once the host has reported that he was told, so whoever was never asked is never given up.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize, Serializer};

use super::condition::{Clause, Condition};
use super::fact::{Author, Class, Fact, Past, Status, Visibility};
use super::mark::Mark;
use super::standing::Standing;
use crate::calendar::Term;
use crate::{Name, Timestamp};

/// What is to become of a matter in which the customer is silent.
///
/// The simple form of a rulebook, `"customer_silent"`, is such a rule for tickets that wait for the customer (status pending).
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{
///     "calendar": "24x7", "agreement": { "first_response": "4 hours" },
///     "customer_silent": { "remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days" }
/// }"#)?;
/// let full: Rulebook = serde_json::from_str(r#"{
///     "calendar": "24x7", "agreement": { "first_response": "4 hours" },
///     "silence": [{ "name": "customer_silent", "while": { "status": ["pending"] },
///                   "remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days" }]
/// }"#)?;
/// assert_eq!(rules, full);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SilenceRule {
    /// Its name, which the events carry.
    pub name: Name,
    /// How a ticket stands while the customer's silence counts.
    #[serde(rename = "while")]
    pub holds: Condition,
    /// When he is to be reminded, counted from the desk's last word, or from when the ticket came to stand so if that was later.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_texts")]
    pub remind: Vec<Term>,
    /// When he is to be told that the matter will be closed.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub warn: Option<Term>,
    /// When it is closed.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub close: Option<Term>,
}

/// A step of a rule of silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilenceStep {
    /// The customer is to be reminded.
    Remind,
    /// He is to be told that the matter will be closed.
    Warn,
    /// The matter is closed.
    Close,
}

impl SilenceRule {
    /// Its steps in their order, each with how long after the beginning of the silence it comes.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (SilenceStep, Term)> {
        let remind = self.remind.iter().map(|term| (SilenceStep::Remind, *term));
        let warn = self.warn.map(|term| (SilenceStep::Warn, term));
        let close = self.close.map(|term| (SilenceStep::Close, term));
        remind.chain(warn).chain(close)
    }

    /// Whether silence counts on a ticket that stands so, after all that was said.
    ///
    /// What he does about what is owed is his word as well: he lets it go, accepts other terms, asks for a decision. `acted` is when he did last.
    pub(crate) fn counts(&self, standing: &Standing, past: &[Past], acted: Option<Timestamp>) -> bool {
        let waits = standing.status != Status::Closed && self.holds.holds(standing);
        let last = last_word(past).filter(|_| waits);
        last.is_some_and(|(word, said)| word == Word::Desk && acted.is_none_or(|acted| acted < said))
    }

    /// Whether it is about matters that are solved, and no others.
    pub(crate) fn is_about_the_solved(&self) -> bool {
        let only =
            |clause: &Clause| matches!(clause, Clause::Status(list) if list.iter().all(|one| *one == Status::Solved));
        self.holds.0.iter().any(only)
    }
}

/// Who has had the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Customer,
    Desk,
}

/// Who has had the last word in public, and when he said it. What a machine sends is no word of the desk's, and what asks for nothing
/// (thanks, an out-of-office, spam) is none of the customer's.
///
/// What the desk had said before the customer wrote answers him not, however late it is told of. What he had said before the desk wrote,
/// and is told of later, nobody had read.
pub(crate) fn last_word(past: &[Past]) -> Option<(Word, Timestamp)> {
    let said = past.iter().filter_map(|past| Some((past.fact.word()?, past.happened)));
    said.fold(None, |last, (word, said)| match (last, word) {
        (Some((Word::Customer, asked)), Word::Desk) if said < asked => last,
        (Some((Word::Customer, asked)), Word::Customer) => Some((Word::Customer, asked.max(said))),
        _ => Some((word, said)),
    })
}

impl Fact {
    /// Whether the customer is heard by it, so that he is not silent: he says something, calls, or is spoken with.
    pub(crate) fn is_heard_of_him(&self) -> bool {
        match self {
            Self::Called { author: Author::Agent, reached: true, .. } => true,
            Self::Message(said) if said.class == Some(Class::Thanks) => {
                said.author == Author::Customer && said.visibility == Visibility::Public
            }
            _ => self.is_return(),
        }
    }

    /// Whether he comes back by it to a matter that was given up: he has something to say, or is on the telephone.
    pub(crate) fn is_return(&self) -> bool {
        matches!(self, Self::Called { author: Author::Customer, .. }) || self.word() == Some(Word::Customer)
    }

    /// Whose word it is, if it is one.
    pub(crate) fn word(&self) -> Option<Word> {
        match self {
            Self::Opened(opened) => by(opened.author),
            Self::Message(said) => {
                let is_word = said.counts() && said.visibility == Visibility::Public && said.class.is_none();
                by(said.author).filter(|_| is_word)
            }
            // Who was not reached has heard nothing; a customer who reached nobody waits.
            Self::Called { author, reached: true, .. } => by(*author).map(|_| Word::Desk),
            Self::Called { author, reached: false, .. } => by(*author).filter(|word| *word == Word::Customer),
            // Whoever files it, it is the customer who asks, or who is not helped.
            Self::HumanAskedFor
            | Self::Marked(
                Mark::RemedyAsked { .. }
                | Mark::SolutionFailed { .. }
                | Mark::Unclear { .. }
                | Mark::FeedbackGiven { safe: Some(false), .. },
            ) => Some(Word::Customer),
            Self::Status { .. }
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
            | Self::NoReplyNeeded
            | Self::Marked(_)
            | Self::Merged
            | Self::EffectFailed => None,
        }
    }
}

const fn by(author: Author) -> Option<Word> {
    match author {
        Author::Customer => Some(Word::Customer),
        Author::Agent => Some(Word::Desk),
        Author::Automation | Author::Ai | Author::ThirdParty | Author::System => None,
    }
}

#[expect(clippy::ptr_arg, reason = "serde hands a reference to the list")]
fn as_texts<S: Serializer>(terms: &Vec<Term>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(terms.iter().map(alloc::string::ToString::to_string))
}

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn as_text<S: Serializer>(term: &Option<Term>, serializer: S) -> Result<S::Ok, S::Error> {
    let text: Option<String> = term.map(|term| alloc::format!("{term}"));
    text.serialize(serializer)
}
