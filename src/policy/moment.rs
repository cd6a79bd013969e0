//! A fact of a ticket, with all that agreements ask about it.

use super::fact::{Fact, Past};
use super::pattern::{Pattern, any};
use super::standing::Standing;
use crate::commitment::{Happened, Owner};
use crate::{MessageRef, Name, TicketId, Timestamp};

/// A fact of a ticket, with all that agreements ask about it.
#[derive(Clone, Debug)]
pub(crate) struct Moment<'a> {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) happened: Option<Happened>,
    /// What has happened; nothing where only the rules have changed.
    pub(crate) fact: Option<&'a Fact>,
    /// Whether what runs is to be found anew from the past.
    pub(crate) anew: Anew<'a>,
    pub(crate) evidence: Option<&'a MessageRef>,
    pub(crate) before: &'a Standing,
    pub(crate) after: &'a Standing,
    /// All facts of the ticket, this one included.
    pub(crate) past: &'a [Past],
}

/// Why what runs is to be found from the whole past, and not from the fact alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Anew<'a> {
    /// It is not: the fact is a new one.
    No,
    /// The rules are others.
    Rules,
    /// Somebody's word has ended a cycle of this metric, and tells of that only now: what waits since then begins, and what waits for that.
    Word(&'a Name),
    /// A record was put right: this is the past as it was known. Only what it does not tell of begins.
    Record(&'a [Past]),
}

impl Anew<'_> {
    pub(super) const fn is_so(self) -> bool {
        match self {
            Self::No => false,
            Self::Rules | Self::Word(_) | Self::Record(_) => true,
        }
    }
}

impl Moment<'_> {
    pub(super) fn happened_at(&self) -> Timestamp {
        self.happened.map_or(self.at, |happened| happened.at)
    }

    /// Whether the fact is of one of these kinds.
    pub(super) fn is_any(&self, patterns: &[Pattern]) -> bool {
        self.fact.is_some_and(|fact| any(patterns, fact, self.after))
    }

    /// Who the ticket is given to, if it is.
    pub(super) const fn owner(&self) -> Option<&Owner> {
        self.after.owner.as_ref()
    }
}
