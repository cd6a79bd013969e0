//! What a desk owes a customer who asks for a decision by one who may give it.

use alloc::string::ToString;
use alloc::vec::Vec;

use serde::Serialize;

use crate::Name;
use crate::calendar::{Amount, ElapsedTime, Term};
use crate::commitment::{Owner, Warning};

/// What a desk owes a customer who asks for a supervisor. It is owed whether or not a rulebook says anything of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supervisor {
    /// Within how much time he gets his answer; an hour where nothing is written.
    pub within: Term,
    /// By which calendar; absent: the edition's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// Who answers for it; absent: the team that has the ticket, and no agent of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// When to warn.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<Warning>,
    /// By when what is offered instead of what he asked for is due at the latest, counted from the offer; thirty days where nothing is written.
    #[serde(serialize_with = "as_amount", skip_serializing_if = "is_thirty_days")]
    pub offer_within: ElapsedTime,
    /// Words that are no reason to decline, besides those that never are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no_reason: Vec<Name>,
}

/// What is no reason anywhere: that nobody has time, or nobody is there.
const NO_REASON: &[&str] = &[
    "busy",
    "no time",
    "isn't any time",
    "not any time",
    "have any time",
    "has any time",
    "nobody is available",
    "nobody available",
    "no one available",
    "no one is available",
    "not available",
    "nobody is there",
    "nobody there",
    "no one is there",
    "no one there",
    "nobody is free",
    "no one is free",
    "no supervisor",
    "short of staff",
    "understaffed",
];

impl Default for Supervisor {
    fn default() -> Self {
        let within = ElapsedTime::from_micros(3_600_000_000).into();
        let offer_within = ElapsedTime::from_micros(30 * 86_400_000_000);
        Self { within, calendar: None, owner: None, warn: Vec::new(), offer_within, no_reason: Vec::new() }
    }
}

impl Supervisor {
    /// Whether these words are no reason to decline: they hold, word for word, what is none.
    ///
    /// # Busy is none, and neither is a word
    ///
    /// ```
    /// use owed::Name;
    /// use owed::escalation::Supervisor;
    ///
    /// let rule = Supervisor::default();
    /// assert!(rule.is_no_reason(&Name::new("we are busy")?));
    /// assert!(rule.is_no_reason(&Name::new("no")?));
    /// assert!(!rule.is_no_reason(&Name::new("the refund has been paid already")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_no_reason(&self, reason: &Name) -> bool {
        let said = words(reason.as_str());
        let own = self.no_reason.iter().map(Name::as_str);
        NO_REASON
            .iter()
            .copied()
            .chain(own)
            .map(words)
            .any(|none| said.windows(none.len().max(1)).any(|part| part == none))
            || said.len() < 2 && !said.iter().any(|word| is_a_sentence(word))
    }
}

/// Whether what has no space in it is more than a word: some scripts write none. They know no small letters either.
fn is_a_sentence(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic() && !c.is_lowercase()).count() > 5
}

/// The words of a text, in lower case and without what stands between them.
fn words(text: &str) -> Vec<alloc::string::String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn as_text<S: serde::Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(warnings.iter().map(ToString::to_string))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_amount<S: serde::Serializer>(time: &ElapsedTime, serializer: S) -> Result<S::Ok, S::Error> {
    Amount::Elapsed(*time).serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_thirty_days(time: &ElapsedTime) -> bool {
    *time == Supervisor::default().offer_within
}
