//! What the desk has been told, fact after fact, and what of that has happened to the ticket.

use owed::{CommitmentId, EscalationId};

use super::week::At;

#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) at: At,
    pub(crate) deed: Deed,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    Open {
        by_customer: bool,
        priority: usize,
    },
    Says(Who),
    Status(&'static str),
    Priority(usize),
    Solve,
    Reopen,
    Close,
    NoReplyNeeded,
    Promise(Promise),
    Fulfil(CommitmentId),
    Release(CommitmentId),
    Withdraw(CommitmentId),
    Waive(CommitmentId),
    WriteOff(CommitmentId),
    Pause(CommitmentId, &'static str, Option<At>),
    Resume(CommitmentId, &'static str),
    /// The customer is told of it.
    Announce(CommitmentId),
    Escalate(usize, Option<CommitmentId>),
    Acknowledge(EscalationId, &'static str),
    Progress(EscalationId),
    Snooze(EscalationId, At),
    Nobody(EscalationId, u32),
    Reached(EscalationId, u32),
    Lower(EscalationId, Option<u16>),
}

impl Deed {
    pub(crate) fn name(&self) -> String {
        let all = format!("{self:?}");
        all.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
    }
}

/// Who says something, and whether the customer can read it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Who {
    Customer,
    /// Only his thanks.
    Thanks,
    Agent,
    Note,
    Machine,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Promise {
    pub(crate) id: CommitmentId,
    pub(crate) to_customer: bool,
    pub(crate) due: Due,
    pub(crate) warn: Vec<super::book::Warn>,
    pub(crate) allowance: Option<(At, Option<At>)>,
    pub(crate) owes: Option<At>,
    pub(crate) repairs: Option<CommitmentId>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Due {
    At(At),
    Within(super::week::Unit, At),
}

/// How the ticket stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stand {
    pub(crate) status: &'static str,
    pub(crate) priority: usize,
}

impl Stand {
    pub(crate) fn is_ended(self) -> bool {
        matches!(self.status, "solved" | "closed")
    }
}

/// A fact of which something has come, and how the ticket stood before and stands after it.
#[derive(Clone, Debug)]
pub(crate) struct Heard<'a> {
    pub(crate) key: Key,
    pub(crate) deed: &'a Deed,
    pub(crate) before: Option<Stand>,
    pub(crate) after: Stand,
}

/// When something came: at which instant, by which fact or, after all facts of that instant, by time alone, and in which step of that.
pub(crate) type Key = (At, usize, u8);

/// By time alone.
pub(crate) const TIME: usize = usize::MAX;

impl Heard<'_> {
    /// Where the ticket came to stand by it.
    pub(crate) fn comes_to(&self) -> Option<&'static str> {
        let before = self.before?.status;
        (before != self.after.status).then_some(self.after.status)
    }

    /// Whether the matter ends by it, for now.
    pub(crate) fn ends(&self) -> bool {
        self.after.is_ended() && self.before.is_some_and(|before| !before.is_ended())
    }

    pub(crate) fn says(&self, who: Who) -> bool {
        *self.deed == Deed::Says(who)
    }
}

/// The facts in their order. What changes nothing has not happened.
pub(crate) fn hear(facts: &[Fact]) -> Vec<Heard<'_>> {
    let mut stand: Option<Stand> = None;
    let mut heard = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        let before = stand;
        let deed = &fact.deed;
        let after = match (deed, before) {
            (Deed::Open { priority, .. }, _) => Stand { status: "new", priority: *priority },
            (_, None) => continue,
            (Deed::Status(status), Some(stand)) => Stand { status, ..stand },
            (Deed::Priority(priority), Some(stand)) => Stand { priority: *priority, ..stand },
            (Deed::Solve, Some(stand)) if !stand.is_ended() => Stand { status: "solved", ..stand },
            (Deed::Close, Some(stand)) => Stand { status: "closed", ..stand },
            (Deed::Reopen, Some(stand)) => Stand { status: "open", ..stand },
            (_, Some(stand)) => stand,
        };
        let turns = matches!(deed, Deed::Status(_) | Deed::Priority(_) | Deed::Solve | Deed::Close | Deed::Reopen);
        if turns && before == Some(after) {
            continue;
        }
        stand = Some(after);
        heard.push(Heard { key: (fact.at, index, 0), deed, before, after });
    }
    heard
}
