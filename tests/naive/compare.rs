//! What the crate says and what the naive desk says, question by question.

use owed::commitment::{BreachCause, Commitment, Phase, PhaseName, Verdict, Warning};
use owed::escalation::{Escalation, Stage as Stood, Subject};
use owed::{Command, CommitmentId, EscalationId, Refusal, Rulebook, Ticket, Timestamp, ticket};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::climb::{Climb, Stage};
use super::desk::Desk;
use super::life::{Life, State};
use super::week::stamp;
use super::{Seen, count, warning};

/// A commitment as it stands.
#[derive(Debug, PartialEq)]
struct Standing {
    id: CommitmentId,
    phase: PhaseName,
    verdict: Verdict,
    promised: bool,
    since: Timestamp,
    due: Option<Timestamp>,
    warnings: Vec<(Timestamp, Warning)>,
    left: Option<i64>,
    resume_by: Option<Timestamp>,
    reasons: Vec<String>,
    breach: Option<(Timestamp, Timestamp, BreachCause)>,
    closed: Option<Timestamp>,
    /// What it stands in for, or goes on with.
    before: Option<CommitmentId>,
}

fn of_crate(known: &Commitment) -> Standing {
    let (left, resume_by, mut reasons) = match &known.phase {
        Phase::Paused { left, resume_by, reasons, .. } => {
            let reasons = reasons.iter().map(ToString::to_string).collect();
            (i64::try_from(left.as_micros()).ok(), Some(*resume_by), reasons)
        }
        _ => (None, None, vec![]),
    };
    reasons.sort();
    let warnings = match &known.phase {
        Phase::Active { warnings, .. } => warnings.iter().map(|waiting| (waiting.at, waiting.warning)).collect(),
        _ => vec![],
    };
    Standing {
        id: known.id,
        phase: known.phase.name(),
        verdict: known.verdict(),
        promised: known.binding == owed::commitment::Binding::Promised,
        since: known.since,
        due: known.due_now(),
        warnings,
        left,
        resume_by,
        reasons,
        breach: known.breach.map(|breach| (breach.at, breach.due, breach.cause)),
        closed: known.closed_at(),
        before: known.repairs.or(known.renews.map(|renews| renews.of)),
    }
}

fn of_desk(life: &Life<'_>, now: i64) -> Standing {
    let phase = match life.state {
        State::Running(_) => PhaseName::Active,
        State::Standing(..) => PhaseName::Paused,
        State::Broken => PhaseName::Overdue,
        State::Over(..) => PhaseName::Closed,
    };
    let breach = life.breach.map(|(at, due, cause)| (stamp(at), stamp(due), cause));
    let (due, left, resume_by) = match life.state {
        State::Running(due) => (Some(stamp(due)), None, None),
        State::Standing(_, until) => (None, Some(life.left(now)), Some(stamp(until))),
        State::Broken => (breach.map(|(_, due, _)| due), None, None),
        State::Over(..) => (None, None, None),
    };
    let mut reasons: Vec<_> = life.reasons.iter().map(ToString::to_string).collect();
    reasons.sort();
    Standing {
        id: life.id,
        phase,
        verdict: life.verdict(),
        promised: life.is_promised(),
        since: stamp(life.since),
        due,
        warnings: life.warnings.iter().map(|(at, warn)| (stamp(*at), warning(*warn))).collect(),
        left,
        resume_by,
        reasons,
        breach,
        closed: if let State::Over(at, _) = life.state { Some(stamp(at)) } else { None },
        before: life.before,
    }
}

/// An escalation as it stands.
#[derive(Debug, PartialEq)]
struct Climbed {
    id: EscalationId,
    about: Option<CommitmentId>,
    causes: Vec<(Option<u16>, Timestamp, Option<Timestamp>)>,
    since: Timestamp,
    place: (u16, u16, u16),
    notices: u32,
    nobody: u16,
    vacant: Vec<u16>,
    stage: (&'static str, Vec<Timestamp>),
    told: (Option<String>, u32),
}

fn climbed_by_crate(one: &Escalation) -> Climbed {
    let (stage, told) = match &one.stage {
        Stood::Armed { .. } => (("armed", vec![]), (None, 0)),
        Stood::Notified { scheduled, next } => (("notified", vec![*scheduled, *next]), (None, 0)),
        Stood::Acknowledged { by, since, until } => {
            (("acknowledged", vec![*since, *until]), (serde_json::to_string(by).ok(), 0))
        }
        Stood::Snoozed { until, .. } => (("snoozed", vec![*until]), (None, 0)),
        Stood::Exhausted { since, reminders, next } => (("exhausted", vec![*since, *next]), (None, *reminders)),
        Stood::Closed { at, .. } => (("closed", vec![*at]), (None, 0)),
    };
    Climbed {
        id: one.id,
        about: match one.subject {
            Subject::Commitment(id) => Some(id),
            Subject::Ticket => None,
        },
        causes: one.causes.iter().map(|cause| (cause.trigger, cause.since, cause.until)).collect(),
        since: one.since,
        place: (one.place.lapse, one.place.round, one.place.rung),
        notices: one.notices,
        nobody: one.nobody,
        vacant: one.vacant.iter().copied().collect(),
        stage,
        told,
    }
}

fn climbed_by_desk(climb: &Climb) -> Climbed {
    let (stage, told) = match climb.stage {
        Stage::Armed(_) => (("armed", vec![]), (None, 0)),
        Stage::Notified(scheduled, next) => (("notified", vec![scheduled, next]), (None, 0)),
        Stage::Acknowledged(by, since, until) => {
            (("acknowledged", vec![since, until]), (Some(format!(r#"{{"agent":"{by}"}}"#)), 0))
        }
        Stage::Snoozed(until) => (("snoozed", vec![until]), (None, 0)),
        Stage::Exhausted(since, reminders, next) => (("exhausted", vec![since, next]), (None, reminders)),
        Stage::Closed(at) => (("closed", vec![at]), (None, 0)),
    };
    let trigger = |trigger: usize| u16::try_from(trigger).expect("few");
    let causes = climb.causes.iter();
    Climbed {
        id: climb.id,
        about: climb.about,
        causes: causes.map(|cause| (cause.trigger.map(trigger), stamp(cause.since), cause.until.map(stamp))).collect(),
        since: stamp(climb.since),
        place: (climb.place.lapse, climb.place.round, climb.place.rung),
        notices: climb.notices,
        nobody: climb.nobody,
        vacant: climb.vacant.clone(),
        stage: (stage.0, stage.1.into_iter().map(stamp).collect()),
        told,
    }
}

/// Every question, put to both.
pub(crate) fn same(
    ticket: &Ticket,
    rules: &Rulebook,
    desk: &Desk<'_>,
    closing: &Command,
    seen: &Seen,
) -> TestCaseResult {
    let mut lives: Vec<_> = desk.lives.iter().map(|life| of_desk(life, desk.now)).collect();
    let mut known: Vec<_> = ticket.ledger().all().map(of_crate).collect();
    lives.sort_by_key(|life| life.id);
    known.sort_by_key(|life| life.id);
    for life in &lives {
        count(seen, &life.phase.to_string());
        count(seen, &life.verdict.to_string());
        life.breach.iter().for_each(|(_, _, cause)| count(seen, &format!("{cause:?}")));
    }
    let ids = |list: &[Standing]| list.iter().map(|one| one.id).collect::<Vec<_>>();
    prop_assert_eq!(ids(&known), ids(&lives));
    for (known, life) in known.iter().zip(&lives) {
        prop_assert_eq!(known, life);
    }
    let mut climbs: Vec<_> = desk.climbs.iter().map(climbed_by_desk).collect();
    let mut known: Vec<_> = ticket.escalations().all().map(climbed_by_crate).collect();
    climbs.sort_by_key(|climb| climb.id);
    known.sort_by_key(|climb| climb.id);
    climbs.iter().for_each(|climb| count(seen, climb.stage.0));
    let ids = |list: &[Climbed]| list.iter().map(|one| one.id).collect::<Vec<_>>();
    prop_assert_eq!(ids(&known), ids(&climbs));
    for (known, climb) in known.iter().zip(&climbs) {
        prop_assert_eq!(known, climb);
    }
    // What is owed now, the most urgent first.
    let mut owed: Vec<_> = lives.iter().filter(|life| life.closed.is_none()).collect();
    owed.sort_by_key(|life| (life.due.is_none(), life.due.or(life.resume_by)));
    let urgency: Vec<_> = owed.iter().map(|life| life.due.or(life.resume_by)).collect();
    let known = ticket.ledger().owed().into_iter().map(|known| known.due_now().or(known.waits_until()));
    prop_assert_eq!(known.collect::<Vec<_>>(), urgency);
    prop_assert_eq!(ticket.status().map(|status| status.to_string()), Some(desk.stand.status.replace('_', " ")));
    prop_assert_eq!(ticket.next_wake().map(|wake| wake.at), desk.next_wake());
    // Whether it may close, and what stands against that.
    let mut against = match ticket.clone().handle(rules, closing).map_err(|refused| refused.why) {
        Ok(_) => vec![],
        Err(Refusal::Ticket(ticket::Refusal::StillOwed { owed })) => {
            owed.into_iter().map(|owing| owing.commitment).collect()
        }
        Err(why) => return Err(TestCaseError::fail(format!("{why:?}"))),
    };
    against.sort();
    let mut expected = if desk.stand.status == "closed" { vec![] } else { desk.stands_against_closing() };
    expected.sort();
    count(seen, if expected.is_empty() { "may close" } else { "may not close" });
    prop_assert_eq!(against, expected);
    Ok(())
}
