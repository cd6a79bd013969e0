//! A ladder: who must hear of it, in which order, and when. It is data, and a running escalation carries its own copy.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::trigger::{On, Trigger};
use crate::Name;
use crate::calendar::{ElapsedTime, Term};
use crate::policy::{Author, Fact, FactKind, Pattern, Standing};

/// The most rungs that a ladder may have.
pub const MAX_RUNGS: usize = 32;

/// Who must hear of it, in which order and when. [`Bound`](super::Bound) shows one as it stands in a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ladder {
    /// Its name.
    pub name: Name,
    /// What starts it by itself; somebody may also ask for it by its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Trigger>,
    /// Whom it tells, one after the other; at least one.
    pub rungs: Vec<Rung>,
    /// By which calendar its waits count; absent: the edition's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// How often it begins again at the first rung after the last, if nobody takes it up.
    #[serde(skip_serializing_if = "is_zero")]
    pub repeats: u8,
    /// How often somebody may take it up, or put it off, and let his time pass, before nobody is asked any more.
    pub lapses: u8,
    /// How long whoever takes it up has it for himself.
    pub hold: Term,
    /// How long at most, however often there is progress; counted from when he took it up.
    pub hold_at_most: Term,
    /// Where it goes on when his time is over.
    #[serde(skip_serializing_if = "AfterHold::is_first")]
    pub after_hold: AfterHold,
    /// How long it can be put off at most.
    #[serde(serialize_with = "as_term")]
    pub snooze_at_most: ElapsedTime,
    /// What counts as progress besides saying so; where nothing is written, a message of an agent's.
    pub progress: Vec<Pattern>,
    /// In so much time a role hears of one thing; of what comes after that together, at its end. Absent: of each at once.
    #[serde(serialize_with = "as_term_if_any", skip_serializing_if = "Option::is_none")]
    pub window: Option<ElapsedTime>,
    /// Under which key a host gathers what comes together, over all its streams; absent: the role's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Name>,
}

/// One who must hear of it, and how long is waited for him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// The role. The host knows who has it; `owner` is whoever answers for the matter.
    pub notify: Name,
    /// How long until the next one hears of it.
    pub wait: Term,
    /// What becomes of the rung if nobody has the role.
    #[serde(skip_serializing_if = "IfNobody::is_skip")]
    pub if_nobody: IfNobody,
    /// How much skill it takes: the functional tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// How much authority it takes: the hierarchical level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// What the host may want to do besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggest: Vec<Suggestion>,
}

/// What becomes of a rung if nobody has its role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IfNobody {
    /// The next one hears of it at once, as if there were no such rung: its wait counts from where this one stood.
    #[default]
    Skip,
    /// The next one hears of it when he would have.
    Wait,
}

/// Where a ladder goes on when whoever took it up has had his time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterHold {
    /// At the first rung.
    #[default]
    First,
    /// At the one after the last that heard of it.
    Next,
}

/// What a host may want to do. It is never done by an escalation: that changes no debt, no owner and no priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggestion {
    /// Give it to the one who hears of it.
    Reassign,
    /// Make it more urgent.
    RaisePriority,
    /// Call the customer.
    CallBack,
}

impl Ladder {
    /// A ladder of these rungs with nothing else written: no cause starts it, it is climbed once, whoever takes it up has eight hours and
    /// with progress a day, once.
    #[must_use]
    pub fn new(name: Name, rungs: Vec<Rung>) -> Self {
        Self {
            name,
            causes: Vec::new(),
            rungs,
            calendar: None,
            repeats: 0,
            lapses: 1,
            hold: ElapsedTime::from_micros(8 * HOUR).into(),
            hold_at_most: ElapsedTime::from_micros(24 * HOUR).into(),
            after_hold: AfterHold::First,
            snooze_at_most: ElapsedTime::from_micros(72 * HOUR),
            progress: said_by_an_agent(),
            window: None,
            digest: None,
        }
    }

    /// The rung of this number, from 1.
    ///
    /// # Rungs go from 1
    ///
    /// ```
    /// use owed::escalation::{Ladder, Rung};
    ///
    /// let ladder = Ladder::new("breach".parse()?, vec![Rung::new("lead".parse()?, "2 hours".parse()?)]);
    /// assert!(ladder.rung(0).is_none());
    /// assert!(ladder.rung(1).is_some());
    /// assert!(ladder.rung(2).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rung(&self, number: u16) -> Option<&Rung> {
        self.rungs.get(usize::from(number.checked_sub(1)?))
    }

    /// Whether facts of tickets start it.
    pub(crate) fn watches_tickets(&self) -> bool {
        self.causes.iter().any(|cause| matches!(cause.on, On::Fact(_) | On::While(_)))
    }

    /// Whether a customer's request for a decision starts it.
    pub(crate) fn watches_requests(&self) -> bool {
        self.causes.iter().any(|cause| cause.on == On::CustomerRequest)
    }

    /// Whether a fact is progress for whoever has it.
    pub(crate) fn takes_for_progress(&self, fact: &Fact, after: &Standing) -> bool {
        self.progress.iter().any(|pattern| pattern.matches(fact, after))
    }

    /// The rung on which one begins that somebody asks for: the lowest that a cause begins on.
    pub(crate) fn first_rung(&self) -> u16 {
        self.causes.iter().map(|cause| cause.rung).min().unwrap_or(1)
    }

    /// How many rungs it has.
    pub(crate) fn height(&self) -> u16 {
        u16::try_from(self.rungs.len()).unwrap_or(u16::MAX)
    }

    /// Every amount of time that it waits.
    pub(crate) fn waits(&self) -> impl Iterator<Item = Term> {
        let after = self.causes.iter().filter_map(|cause| cause.after);
        self.rungs.iter().map(|rung| rung.wait).chain([self.hold, self.hold_at_most]).chain(after)
    }
}

impl Rung {
    /// A role, and how long is waited for it.
    #[must_use]
    pub const fn new(notify: Name, wait: Term) -> Self {
        Self { notify, wait, if_nobody: IfNobody::Skip, tier: None, level: None, suggest: Vec::new() }
    }
}

impl IfNobody {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    const fn is_skip(&self) -> bool {
        matches!(self, Self::Skip)
    }
}

impl AfterHold {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    const fn is_first(&self) -> bool {
        matches!(self, Self::First)
    }
}

const HOUR: u64 = 3_600_000_000;

pub(super) fn said_by_an_agent() -> Vec<Pattern> {
    let message = FactKind::Message {
        author: Vec::from([Author::Agent]),
        visibility: Vec::new(),
        by: Vec::new(),
        class: Vec::new(),
    };
    Vec::from([message.into()])
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_term<S: serde::Serializer>(time: &ElapsedTime, serializer: S) -> Result<S::Ok, S::Error> {
    Term::Elapsed(*time).serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn as_term_if_any<S: serde::Serializer>(time: &Option<ElapsedTime>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(Term::Elapsed).serialize(serializer)
}
