//! What both say of each commitment, of what somebody is to hear, and of the next wake.

use std::cell::RefCell;
use std::collections::BTreeMap;

use owed::commitment::{Commitment, Event as Fact, Notes, Owner, Phase, PhaseName, Verdict, Warning};
use owed::{CommitmentId, Event, Recorded, Ticket, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::model::{Breach, Debt, Heard, State, World};

/// How often each thing has been seen.
pub(crate) type Seen = RefCell<BTreeMap<String, u32>>;

pub(crate) fn count(seen: &Seen, what: &str) {
    *seen.borrow_mut().entry(what.into()).or_default() += 1;
}

/// What is known of a commitment, and no more.
#[derive(Debug, PartialEq)]
struct Standing {
    phase: PhaseName,
    verdict: Verdict,
    due: Option<Timestamp>,
    warnings: Vec<(Timestamp, Warning)>,
    resume_by: Option<Timestamp>,
    breach: Option<Breach>,
    closed: Option<Timestamp>,
    since: Timestamp,
    owner: Owner,
    parts: Vec<CommitmentId>,
    at_risk: bool,
    repairs: Option<CommitmentId>,
    /// Of a round: its number, whether the horizon has passed, and how many have been missed since.
    round: Option<(u32, bool, u32)>,
}

fn of_crate(known: &Commitment) -> Standing {
    let due = match known.phase {
        Phase::Active { .. } => Some(known.due),
        // Both the last that there can be and the one that counts from its making stand in its record.
        Phase::Candidate { .. } | Phase::Conditional { .. } => Some(known.due),
        Phase::Paused { .. } | Phase::Overdue | Phase::Closed { .. } => None,
    };
    let resume_by = match known.phase {
        Phase::Paused { resume_by, .. } => Some(resume_by),
        _ => None,
    };
    let warnings = match &known.phase {
        Phase::Active { warnings, .. } => warnings.iter().map(|waiting| (waiting.at, waiting.warning)).collect(),
        _ => vec![],
    };
    let nothing = Notes::default();
    let notes = known.notes.as_deref().unwrap_or(&nothing);
    Standing {
        phase: known.phase.name(),
        verdict: known.verdict(),
        due,
        warnings,
        resume_by,
        breach: known.breach.map(|breach| Breach { at: breach.at, due: breach.due, cause: breach.cause }),
        closed: known.closed_at(),
        since: known.since,
        owner: known.owner.clone(),
        parts: notes.given_on.clone(),
        at_risk: notes.at_risk,
        repairs: known.repairs,
        round: known.terms.series.as_ref().map(|round| (round.round, round.past_horizon, round.missed)),
    }
}

fn of_reference(debt: &Debt) -> Standing {
    let resume_by = match debt.state {
        State::Standing { until, .. } => Some(until),
        _ => None,
    };
    let due = match debt.state {
        State::Found { .. } | State::Waiting | State::Running => Some(debt.due()),
        State::Standing { .. } | State::Broken | State::Over { .. } => None,
    };
    Standing {
        phase: debt.phase(),
        verdict: debt.verdict(),
        due,
        warnings: if debt.state == State::Running { debt.warnings.clone() } else { vec![] },
        resume_by,
        breach: debt.breach,
        closed: debt.closed(),
        since: debt.since,
        owner: debt.owner.clone(),
        parts: debt.parts.clone(),
        at_risk: debt.at_risk,
        repairs: debt.repairs,
        round: debt.round.as_ref().map(|round| (round.number, round.past_horizon, round.missed)),
    }
}

/// What somebody is to hear of these events.
pub(crate) fn heard(events: &[Recorded]) -> Vec<Heard> {
    let one = |recorded: &Recorded| {
        let (at, Event::Commitment(fact)) = (recorded.at, &recorded.event) else { return None };
        match fact {
            Fact::Warned { commitment, warning, due, .. } => Some(Heard::Warned(at, *commitment, *warning, *due)),
            Fact::PutAtRisk { commitment, child, .. } => Some(Heard::AtRisk(at, *commitment, *child)),
            Fact::Delegated { commitment, child, too_late } => Some(Heard::GivenOn(at, *commitment, *child, *too_late)),
            Fact::HandedOver { commitment, owner } => Some(Heard::HandedOver(at, *commitment, owner.clone())),
            Fact::HorizonReached { commitment } => Some(Heard::Horizon(at, *commitment)),
            _ => None,
        }
    };
    events.iter().filter_map(one).collect()
}

pub(crate) fn same(ticket: &Ticket, so_far: &[Heard], world: &World, tale: &str, seen: &Seen) -> TestCaseResult {
    let ledger = ticket.ledger();
    let of_crate: BTreeMap<_, _> = ledger.all().map(|known| (known.id, of_crate(known))).collect();
    let of_reference: BTreeMap<_, _> = world.debts.iter().map(|(id, debt)| (*id, of_reference(debt))).collect();
    for standing in of_reference.values() {
        count(seen, &standing.phase.to_string());
        standing.breach.iter().for_each(|breach| count(seen, &format!("{:?}", breach.cause)));
    }
    let known = of_crate.keys().collect::<Vec<_>>();
    prop_assert_eq!(known, of_reference.keys().collect::<Vec<_>>(), "\n{}", tale);
    for (id, standing) in &of_reference {
        prop_assert_eq!(&of_crate[id], standing, "{} in\n{}", id, tale);
    }
    for heard in so_far {
        let name = format!("{heard:?}");
        count(seen, name.split('(').next().unwrap_or(&name));
    }
    prop_assert_eq!(so_far, &world.heard[..], "\n{}", tale);
    let wake = ticket.next_wake().map(|wake| wake.at);
    prop_assert_eq!(wake, world.next().map(|at| at.plus_micros(1)), "\n{}", tale);
    Ok(())
}
