//! Why is this clock running? What users of every helpdesk ask their vendor.
//!
//! For each metric that some agreement has a target for: which agreement counts and why the others do not; and of each cycle, which
//! fact began it, whether it runs, stands or has ended, and with which fact.

mod words;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::statement::{PausedTime, left, paused, used};
use crate::calendar::{Amount, Term, micros};
use crate::commitment::{AgreementKind, Commitment, Cycle, DueRule, Origin, Outcome, Phase};
use crate::policy::{Fact, Metric, Past, Policy, Standing, WhyNot, last_of};
use crate::{CommitmentId, EditionNumber, Name, Rulebook, Ticket, Timestamp};

/// What agreements have to do with a ticket, metric by metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// As it is at this instant.
    pub at: Timestamp,
    /// By the edition in force then.
    pub edition: EditionNumber,
    /// Each metric that an agreement of that edition has a target for, or of which there was a cycle.
    pub metrics: Vec<MetricExplained>,
}

/// What agreements of one kind have to do with a ticket as to one metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricExplained {
    /// The metric.
    pub metric: Name,
    /// Between whom the agreements are.
    pub kind: AgreementKind,
    /// The agreements in their order. One at most counts.
    pub agreements: Vec<Considered>,
    /// The cycles that there have been, in their order.
    pub cycles: Vec<CycleExplained>,
}

/// Whether an agreement counts for a metric of a ticket as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// Which.
    pub agreement: Name,
    /// The budget, if it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Term>,
    /// Why not, if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
}

/// One cycle of a metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleExplained {
    /// The commitment that it is.
    pub commitment: CommitmentId,
    /// The cycle, and the agreement that it is of.
    pub cycle: Cycle,
    /// The edition whose rules it goes by.
    pub edition: EditionNumber,
    /// Since when it counts.
    pub since: Timestamp,
    /// The fact that began it; absent where that was no single one, as when a ticket came under an agreement later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<Seen>,
    /// The calendar that it counts by; absent where it counts elapsed time, whatever the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// What has run of its budget.
    #[serde(with = "micros")]
    pub used: Amount,
    /// How long it has stood still so far, by reason, and what that has spared of its budget.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paused: Vec<PausedTime>,
    /// Where it is.
    pub now: Now,
}

/// A fact of a ticket, with its instants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it was taken in.
    pub at: Timestamp,
    /// When it happened.
    pub happened: Timestamp,
    /// What it was.
    pub fact: Fact,
}

/// Where a cycle is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Now {
    /// It runs.
    Runs {
        /// Until then.
        due: Timestamp,
        /// With so much left.
        #[serde(with = "micros")]
        left: Amount,
    },
    /// It stands still.
    Stands {
        /// Since when.
        since: Timestamp,
        /// Why.
        reasons: Vec<Name>,
        /// When it goes on at the latest.
        resume_by: Timestamp,
        /// With so much left.
        #[serde(with = "micros")]
        left: Amount,
    },
    /// It is broken, and owed still.
    Overdue {
        /// When it should have been done.
        due: Timestamp,
    },
    /// It has ended.
    Ended {
        /// When that was recorded.
        at: Timestamp,
        /// The fact that ended it; absent where an order about the commitment did, or the passing of time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Seen>,
        /// How.
        outcome: Outcome,
    },
}

/// Explains a ticket as it stands at `now`, up to which its time must have been caught up.
///
/// Nothing where the ticket has not been opened, or no edition is in force.
///
/// # Of a ticket that was never opened there is nothing to explain
///
/// ```
/// # use owed::ticket::{Author, Order, Status};
/// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
/// # use uuid::Uuid;
/// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
/// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
/// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
/// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
/// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
/// # let mut ticket = Ticket::new(id);
/// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
/// use owed::report::explain;
///
/// assert!(explain(&ticket, &rules, at).is_none());
/// ticket.handle(&rules, &open)?;
/// assert!(explain(&ticket, &rules, at).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn explain(ticket: &Ticket, rules: &Rulebook, now: Timestamp) -> Option<Explanation> {
    let standing = ticket.standing()?;
    let number = rules.in_force(now)?;
    let policy = rules.edition(number)?.policy();
    let mut cycles: Vec<(&Cycle, &Commitment)> = ticket.ledger().all().filter_map(with_cycle).collect();
    cycles.sort_by_key(|(_, commitment)| commitment.version);
    let mut asked: Vec<(AgreementKind, &Name)> = Vec::new();
    let targets =
        policy.agreements.iter().flat_map(|agreement| agreement.targets.keys().map(|name| (agreement.kind, name)));
    for one in targets.chain(cycles.iter().map(|(cycle, _)| (cycle.kind, &cycle.metric))) {
        if !asked.contains(&one) {
            asked.push(one);
        }
    }
    let metrics = asked.into_iter().map(|(kind, metric)| MetricExplained {
        metric: metric.clone(),
        kind,
        agreements: considered(policy, metric, kind, standing, now),
        cycles: cycles
            .iter()
            .filter(|(cycle, _)| cycle.kind == kind && cycle.metric == *metric)
            .map(|(cycle, commitment)| explained(cycle, commitment, ticket, rules, now))
            .collect(),
    });
    Some(Explanation { at: now, edition: number, metrics: metrics.collect() })
}

fn with_cycle(commitment: &Commitment) -> Option<(&Cycle, &Commitment)> {
    match &commitment.origin {
        Origin::Policy(cycle) => Some((cycle, commitment)),
        Origin::Spoken { .. }
        | Origin::Amends { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_)
        | Origin::Delegated { .. } => None,
    }
}

fn considered(
    policy: &Policy,
    metric: &Name,
    kind: AgreementKind,
    standing: &Standing,
    now: Timestamp,
) -> Vec<Considered> {
    let mut first: Option<&Name> = None;
    let mut all = Vec::new();
    for agreement in policy.agreements.iter().filter(|agreement| agreement.kind == kind) {
        let answer = match (agreement.explain(metric, standing, now), first) {
            (Err(why_not), _) => Err(why_not),
            (Ok(_), Some(first)) => Err(WhyNot::After { agreement: first.clone() }),
            (Ok(budget), None) => {
                first = Some(&agreement.name);
                Ok(budget)
            }
        };
        let (budget, why_not) = (answer.as_ref().ok().copied(), answer.err());
        all.push(Considered { agreement: agreement.name.clone(), budget, why_not });
    }
    all
}

fn explained(
    cycle: &Cycle,
    commitment: &Commitment,
    ticket: &Ticket,
    rules: &Rulebook,
    now: Timestamp,
) -> CycleExplained {
    let policy = rules.edition(commitment.edition).map(crate::rulebook::Edition::policy);
    let metric = policy.and_then(|policy| policy.metrics.get(&cycle.metric));
    let rule = policy.and_then(|policy| policy.agreement(&cycle.agreement)?.targets.get(&cycle.metric));
    let also = rule.map_or(&[][..], |rule| &rule.also);
    let began = metric.and_then(|metric| {
        last_of(ticket.past(), &[&metric.start, &metric.reset], |past| past.happened == commitment.since)
    });
    let ended = |metric: &Metric| {
        let closed = commitment.closed_at();
        let done = commitment.done_at();
        let by = |past: &Past| Some(past.at) == closed || Some(past.happened) == done;
        last_of(ticket.past(), &[&metric.stop, also, &metric.cancel], by).map(Seen::of)
    };
    let now_left = || left(commitment, rules, now);
    let is = match &commitment.phase {
        Phase::Active { .. } | Phase::Candidate { .. } | Phase::Conditional { .. } => {
            Now::Runs { due: commitment.due, left: now_left() }
        }
        Phase::Paused { reasons, resume_by, left, .. } => Now::Stands {
            since: commitment
                .clock
                .pauses
                .iter()
                .filter(|pause| pause.until.is_none())
                .map(|pause| pause.from)
                .min()
                .unwrap_or(now),
            reasons: reasons.clone(),
            resume_by: *resume_by,
            left: *left,
        },
        Phase::Overdue => Now::Overdue { due: commitment.due },
        Phase::Closed { at, outcome, .. } => {
            Now::Ended { at: *at, by: metric.and_then(ended), outcome: outcome.clone() }
        }
    };
    CycleExplained {
        commitment: commitment.id,
        cycle: cycle.clone(),
        edition: commitment.edition,
        since: commitment.since,
        began: began.map(Seen::of),
        calendar: commitment.terms.calendar.clone().filter(|_| counts_by_a_calendar(&commitment.terms.due)),
        used: used(commitment, rules, now),
        paused: paused(commitment, rules, now),
        now: is,
    }
}

const fn counts_by_a_calendar(due: &DueRule) -> bool {
    match due {
        DueRule::Within(term) => term.needs_calendar(),
        DueRule::EndOfBusiness(_) | DueRule::Vague(_) => true,
        DueRule::At(_) | DueRule::By(_) => false,
    }
}

impl Seen {
    fn of(past: &Past) -> Self {
        Self { at: past.at, happened: past.happened, fact: past.fact.clone() }
    }
}
