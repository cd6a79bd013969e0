//! What starts an escalation by itself, and when the reason for it is gone: patterns over facts and over what becomes of commitments.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::cause::{Cause, Why};
use crate::calendar::Term;
use crate::commitment::{Binding, Commitment, Event, Ledger, Origin, Outcome, Phase, VoidCause, Warning};
use crate::policy::{Condition, Fact, Past, Pattern, Standing, Status};
use crate::{Name, Timestamp};

/// What starts a ladder by itself.
///
/// One that comes while the ladder is climbed already joins its causes: it leads up to its own rung if that is higher, and else is among what the
/// next notice tells of. Whoever was told of the warning and is to be told anew, at once, of the breach, has a ladder of its own for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// What has to happen.
    pub on: On,
    /// The how many-th time it has to be, at least.
    pub times: u32,
    /// How long it has to last before anybody hears of it.
    pub after: Option<Term>,
    /// The rung on which it begins, from 1. An escalation that stands lower goes up to it.
    pub rung: u16,
    /// Facts after which it is gone, besides what ends it anyway.
    pub until: Vec<Pattern>,
}

/// What has to happen for a ladder to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// A commitment that climbs the ladder is warned of, broken, promised again or put at risk.
    Commitment(Turn),
    /// A fact of the ticket.
    Fact(Pattern),
    /// The ticket stands so. A condition that does not ask for the status holds until the ticket is solved.
    While(Condition),
    /// The customer asks for a decision.
    CustomerRequest,
}

/// What becomes of a commitment, and of which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What becomes of it.
    pub what: Happening,
    /// By one of these warnings; empty: any.
    pub warning: Vec<Warning>,
    /// Of one of these metrics; empty: anything.
    pub metric: Vec<Name>,
    /// Promised, or the desk's own goal; absent: both.
    pub binding: Option<Binding>,
}

/// What becomes of a commitment so that somebody may have to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// Its deadline is near.
    Warned,
    /// It is broken.
    Breached,
    /// After a breach it is promised again.
    PromisedAgain,
    /// A part of it that was given on is broken.
    AtRisk,
}

/// A fact of the ticket, and how it stood before and stands after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turned<'a> {
    /// What has happened.
    pub(crate) fact: &'a Fact,
    /// Nothing, if this opened it.
    pub(crate) before: Option<&'a Standing>,
    pub(crate) after: &'a Standing,
    /// All facts, this one included.
    pub(crate) past: &'a [Past],
}

impl Trigger {
    /// Whatever happens, the first time, at once, on the first rung.
    #[must_use]
    pub const fn new(on: On) -> Self {
        Self { on, times: 1, after: None, rung: 1, until: Vec::new() }
    }

    /// What a fact about a commitment that climbs the ladder starts.
    pub(crate) fn commitment(&self, event: &Event, ledger: &Ledger) -> Option<Why> {
        let On::Commitment(turn) = &self.on else {
            return self.request(event);
        };
        let commitment = ledger.get(event.commitment())?;
        if !turn.admits(commitment) {
            return None;
        }
        let why = match (turn.what, event) {
            (Happening::Warned, Event::Warned { warning, due, .. }) => {
                let admitted = turn.warning.is_empty() || turn.warning.contains(warning);
                admitted.then_some(Why::Warned { warning: *warning, due: *due })
            }
            (Happening::Breached, Event::Breached { due, .. }) => {
                let times = chain(ledger, commitment).filter(|one| one.breach.is_some() && counts(one)).count();
                Some(Why::Breached { due: *due, times: count(times) })
            }
            (Happening::PromisedAgain, Event::Promised(promised)) if promised.repairs.is_some() => {
                let times = chain(ledger, commitment).filter(|one| one.repairs.is_some() && counts(one)).count();
                Some(Why::PromisedAgain { times: count(times) })
            }
            (Happening::AtRisk, Event::PutAtRisk { child, .. }) => Some(Why::AtRisk { part: *child }),
            (Happening::Warned | Happening::Breached | Happening::PromisedAgain | Happening::AtRisk, _) => None,
        };
        why.filter(|why| self.often_enough(why))
    }

    fn request(&self, event: &Event) -> Option<Why> {
        let Event::Promised(promised) = event else { return None };
        match (&self.on, &promised.origin) {
            (On::CustomerRequest, Origin::Request { .. }) => Some(Why::CustomerAsked),
            _ => None,
        }
    }

    /// What a fact of the ticket starts.
    pub(crate) fn fact(&self, turned: &Turned<'_>) -> Option<Why> {
        self.begins(turned, |pattern| times(pattern, turned.past))
    }

    /// The same, where `times` tells how many facts of a kind there have been.
    fn begins(&self, turned: &Turned<'_>, times: impl FnOnce(&Pattern) -> usize) -> Option<Why> {
        let why = match &self.on {
            On::Fact(pattern) => {
                let matches = pattern.matches(turned.fact, turned.after);
                matches.then(|| Why::Fact { times: count(times(pattern)) })
            }
            On::While(condition) => {
                let stood = turned.before.is_some_and(|before| stands(condition, before));
                let begins = stands(condition, turned.after) && (!stood || self.is_over(turned));
                begins.then_some(Why::Stands)
            }
            On::Commitment(_) | On::CustomerRequest => None,
        };
        why.filter(|why| self.often_enough(why))
    }

    /// What causes it by a whole past, as if that were told for the first time, and since when; nothing where it has gone again.
    pub(crate) fn caused(&self, past: &[Past]) -> Option<(Timestamp, Why)> {
        let (mut standing, mut caused): (Option<Standing>, Option<(Timestamp, Why)>) = (None, None);
        let mut so_far = 0_usize;
        for (index, told) in past.iter().enumerate() {
            let before = standing.clone();
            let Some(after) = Standing::follow(&mut standing, &told.fact) else { continue };
            let known = past.get(..=index).unwrap_or(past);
            let turned = Turned { fact: &told.fact, before: before.as_ref(), after, past: known };
            if self.is_gone(&turned) {
                caused = None;
            }
            let matches = matches!(&self.on, On::Fact(pattern) if pattern.matches(turned.fact, turned.after));
            so_far = so_far.saturating_add(usize::from(matches));
            // Another of its kind is no other cause.
            caused = caused.or_else(|| Some((told.at, self.begins(&turned, |_| so_far)?)));
        }
        caused
    }

    /// Whether a fact of the ticket takes away a cause that this started.
    pub(crate) fn is_gone(&self, turned: &Turned<'_>) -> bool {
        let ended = match &self.on {
            On::While(condition) => !stands(condition, turned.after),
            On::Fact(_) => has_ended(turned),
            On::Commitment(_) | On::CustomerRequest => false,
        };
        ended || self.is_over(turned)
    }

    fn is_over(&self, turned: &Turned<'_>) -> bool {
        self.until.iter().any(|pattern| pattern.matches(turned.fact, turned.after))
    }

    fn often_enough(&self, why: &Why) -> bool {
        match why {
            Why::Breached { times, .. } | Why::PromisedAgain { times } | Why::Fact { times } => *times >= self.times,
            Why::Warned { .. } | Why::AtRisk { .. } | Why::Stands | Why::CustomerAsked | Why::Asked { .. } => true,
        }
    }
}

impl Turn {
    /// Whatever commitment it is.
    #[must_use]
    pub const fn any(what: Happening) -> Self {
        Self { what, warning: Vec::new(), metric: Vec::new(), binding: None }
    }

    fn admits(&self, commitment: &Commitment) -> bool {
        let metric = match &commitment.origin {
            Origin::Policy(cycle) => Some(&cycle.metric),
            _ => None,
        };
        let of_metric = self.metric.is_empty() || metric.is_some_and(|metric| self.metric.contains(metric));
        of_metric && self.binding.is_none_or(|binding| binding == commitment.binding)
    }
}

impl Cause {
    /// Whether a fact about a commitment, which is its subject or a part of that, takes it away. Each round of a series is the subject, and as long
    /// as news is missing, that one round closes for the next ends nothing.
    pub(crate) fn is_gone(&self, event: &Event, of_subject: bool, is_missing_news: bool) -> bool {
        match (&self.why, of_subject) {
            // What is owed no longer need not be heard of.
            (_, true) if event.closes() && !is_missing_news => true,
            (Why::Warned { .. }, true) => event.disarms(),
            // A part that cannot be done is at risk more than ever.
            (Why::AtRisk { part }, false) => {
                event.closes() && event.commitment() == *part && !matches!(event, Event::Ended { .. })
            }
            (
                Why::Warned { .. }
                | Why::Breached { .. }
                | Why::PromisedAgain { .. }
                | Why::AtRisk { .. }
                | Why::Fact { .. }
                | Why::Stands
                | Why::CustomerAsked
                | Why::Asked { .. },
                _,
            ) => false,
        }
    }
}

/// Whether the matter has just come to an end.
pub(crate) fn has_ended(turned: &Turned<'_>) -> bool {
    is_ended(turned.after.status) && turned.before.is_some_and(|before| !is_ended(before.status))
}

const fn is_ended(status: Status) -> bool {
    match status {
        Status::New | Status::Open | Status::Pending | Status::OnHold => false,
        Status::Solved | Status::Closed => true,
    }
}

fn stands(condition: &Condition, standing: &Standing) -> bool {
    condition.holds(standing) && (!is_ended(standing.status) || condition.asks_for_status())
}

/// A commitment, and what it goes on with or stands in for, back to the first.
fn chain<'a>(ledger: &'a Ledger, commitment: &'a Commitment) -> impl Iterator<Item = &'a Commitment> {
    let before = |one: &&Commitment| ledger.get(one.repairs.or(one.renews.map(|renews| renews.of))?);
    core::iter::successors(Some(commitment), before).take(ledger.len())
}

/// Whether it counts besides what goes on with it. What was taken back, struck out or owed after all is the same one.
fn counts(one: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &one.phase else { return true };
    match cause {
        VoidCause::Retracted { .. } | VoidCause::InError { .. } | VoidCause::InTime { .. } => false,
        VoidCause::Released { .. }
        | VoidCause::Rule(_)
        | VoidCause::Corrected { .. }
        | VoidCause::Dismissed { .. }
        | VoidCause::Lapsed
        | VoidCause::Withdrawn { .. }
        | VoidCause::Renegotiated { .. }
        | VoidCause::CustomerAbsent
        | VoidCause::SeriesStopped { .. } => true,
    }
}

/// How many facts of a kind there have been.
fn times(pattern: &Pattern, past: &[Past]) -> usize {
    let mut standing = None;
    let mut matches = |past: &&Past| {
        Standing::follow(&mut standing, &past.fact).is_some_and(|after| pattern.matches(&past.fact, after))
    };
    past.iter().filter(|past| matches(past)).count()
}

fn count(times: usize) -> u32 {
    u32::try_from(times).unwrap_or(u32::MAX)
}

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.on {
            On::Commitment(turn) => {
                map.serialize_entry("on", &turn.what)?;
                if !turn.warning.is_empty() {
                    let texts: Vec<String> = turn.warning.iter().map(ToString::to_string).collect();
                    map.serialize_entry("warning", &texts)?;
                }
                if !turn.metric.is_empty() {
                    map.serialize_entry("metric", &turn.metric)?;
                }
                if let Some(binding) = &turn.binding {
                    map.serialize_entry("binding", binding)?;
                }
            }
            On::Fact(pattern) => map.serialize_entry("on", pattern)?,
            On::While(condition) => map.serialize_entry("while", condition)?,
            On::CustomerRequest => map.serialize_entry("on", "customer_request")?,
        }
        if self.times > 1 {
            map.serialize_entry("times", &self.times)?;
        }
        if let Some(after) = &self.after {
            map.serialize_entry("after", after)?;
        }
        if self.rung > 1 {
            map.serialize_entry("rung", &self.rung)?;
        }
        if !self.until.is_empty() {
            map.serialize_entry("until", &self.until)?;
        }
        map.end()
    }
}
